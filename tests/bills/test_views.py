"""The bill page, and the search box, as a reader meets them."""

from __future__ import annotations

import gzip
import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from bills.models import (
    AgendaItem,
    Amendment,
    Bill,
    BillDocument,
    Change,
    ExecutiveMessage,
    Issue,
    PrintText,
    Proposal,
    RelatedBill,
    RollCall,
    Sponsorship,
)
from bills.refresh import store
from tests.factories import (
    lines,
    make_bill,
    make_person,
    make_snapshot,
    make_statement,
    make_term,
)
from tests.reading import text_of, without_our_scripts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]

NOW = datetime(2026, 3, 10, 16, tzinfo=UTC)
DEAD = lines(
    "2017-02-02 senate REFERRED TO FINANCE",
    "2017-02-06 senate AMEND AND RECOMMIT TO FINANCE",
    "2017-02-06 senate PRINT NUMBER 9001A",
    "2018-01-03 senate REFERRED TO FINANCE",
)
LAW = lines(
    "2019-01-30 assembly referred to codes",
    "2019-06-11 assembly reported referred to rules",
    "2019-06-11 assembly ordered to third reading rules cal.118",
    "2019-06-12 assembly passed assembly",
    "2019-06-12 senate REFERRED TO RULES",
    "2019-06-17 senate SUBSTITUTED FOR S9003B",
    "2019-06-17 senate 3RD READING CAL.1466",
    "2019-06-17 senate PASSED SENATE",
    "2019-06-17 assembly delivered to governor",
    "2019-06-17 assembly signed chap.37",
)


def stored(print_no: str, actions, *, session: int = 2017, source: str = "records", **stated) -> Bill:
    """A bill as a source's answer makes it."""
    legislature = stated.pop("legislature", "ny")
    snapshot = make_snapshot(print_no, actions, session=session, legislature=legislature, **stated)
    return store(snapshot, source=source, now=NOW).bill


def read(client, bill: Bill) -> str:
    answer = client.get(bill.get_absolute_url())
    assert answer.status_code == 200
    return text_of(answer)


# --- is it law, and where does it stand


def test_a_dead_bill_says_that_it_is_not_law_and_where_it_stopped(client):
    page = read(client, stored("S9001", DEAD))
    assert "This is not law." in page
    assert "Died without a vote." in page
    assert (
        "It last moved on January 3, 2018, when it was sent to the Senate Finance Committee, which held it for 362 "
        "days until the session ended on December 31, 2018." in page
    )
    assert page.index("This is not law.") < page.index("How far it got")


def test_a_law_says_since_when_and_its_chapter(client):
    page = read(client, stored("A9002", LAW, session=2019))
    assert "This has been law since June 17, 2019 (chapter 37)." in page
    assert "not law." not in page.split("How far it got")[0]


def test_a_replaced_bill_tells_the_outcome_via_the_one_that_took_its_place(client):
    stored("A9002", LAW, session=2019)
    replaced = stored(
        "S9003",
        lines("2019-01-16 senate REFERRED TO CODES", "2019-06-17 senate SUBSTITUTED BY A9002B"),
        session=2019,
    )
    page = read(client, replaced)
    assert "This has been law since June 17, 2019 (chapter 37), via A9002B." in page
    assert "Replaced here by A9002B" in page
    assert "Go on to A9002" in page


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("2019-12-20 assembly vetoed memo.288", "Vetoed by the Governor on December 20, 2019."),
        ("2019-12-20 senate ENACTING CLAUSE STRICKEN", "Withdrawn on December 20, 2019"),
        ("2019-12-20 assembly LOST", "Voted down in the Assembly on December 20, 2019."),
    ],
)
def test_every_other_end_has_its_own_words_and_is_not_law(client, last, words):
    page = read(client, stored("A9004", lines("2019-01-30 assembly referred to codes", last), session=2019))
    assert "This is not law." in page
    assert words in page


def test_an_adopted_resolution_is_not_law_either(client):
    page = read(client, stored("J9005", lines("2025-05-01 senate ADOPTED"), session=2025))
    assert "This is not law." in page
    assert "A resolution states a view and changes no law." in page


def test_a_bill_whose_record_stops_short_is_not_called_alive(client):
    delivered = lines(
        "2024-01-05 senate REFERRED TO CODES",
        "2024-05-28 senate PASSED SENATE",
        "2024-05-29 assembly passed assembly",
        "2024-12-12 senate DELIVERED TO GOVERNOR",
    )
    page = read(client, stored("S9006", delivered, session=2023))
    assert "Outcome not in our source" in page
    assert "This poll is closed" in page
    assert "Our source does not say whether this is law." in page
    assert "This is not law" not in page


def test_a_bill_without_any_action_on_record_is_not_said_to_be_no_law(client):
    page = read(client, stored("S9017", None, session=2025))
    assert "Our source does not say whether this is law." in page


def test_a_bill_replaced_by_one_that_we_do_not_hold_is_not_said_to_be_no_law(client):
    replaced = lines("2019-01-30 senate REFERRED TO CODES", "2019-06-17 senate SUBSTITUTED BY A9998B")
    page = read(client, stored("S9018", replaced, session=2019))
    assert "Our source does not say whether this is law." in page


def test_a_bill_without_actions_says_so(client):
    page = read(client, make_bill(year=2025, status="INTRODUCED"))
    assert "Our source lists no actions for this bill" in page
    assert "we hold no statements about it" in page


# --- how current it is


def test_records_are_never_called_checked_live(client):
    page = read(client, stored("S9001", DEAD))
    assert "Not checked live." in page
    assert "This may be out of date" not in page


@pytest.mark.parametrize(("hours", "warned"), [(1, False), (5, False), (7, True)])
def test_a_living_bill_not_checked_for_six_hours_carries_a_warning(client, hours, warned):
    bill = stored(
        "S9007", lines("2026-01-07 senate REFERRED TO CODES"), session=2025, source="open_legislation"
    )
    Bill.objects.update(checked_at=timezone.now() - timedelta(hours=hours))
    page = read(client, bill)
    assert ("This may be out of date." in page) is warned
    assert "at its source: New York Senate Open Legislation" in page


def test_an_ended_bill_is_never_late(client):
    bill = stored("A9002", LAW, session=2019, source="open_legislation")
    Bill.objects.update(checked_at=timezone.now() - timedelta(days=400))
    assert "This may be out of date" not in read(client, bill)


@pytest.mark.parametrize(
    ("today", "promise"),
    [
        ("2026-03-10", "every six hours while its session runs"),
        ("2027-01-05", "We promise to check a bill once a day"),
    ],
)
def test_a_late_bill_names_the_promise_that_was_not_kept(client, time_machine, today, promise):
    passed = lines("2026-01-07 senate REFERRED TO CODES", "2026-12-30 senate PASSED SENATE")
    bill = stored(
        "S9007", passed if today > "2026-12" else passed[:1], session=2025, source="open_legislation"
    )
    time_machine.move_to(f"{today}T12:00:00-05:00", tick=False)
    Bill.objects.update(checked_at=timezone.now() - timedelta(days=3), status="PASSED_SENATE")
    assert promise in read(client, bill)


def test_after_a_fault_the_page_says_that_it_shows_what_was_known_before(client):
    bill = stored("S9007", DEAD)
    Bill.objects.update(fault="S9007 came without actions; we keep those we hold.", fault_at=NOW)
    page = read(client, bill)
    assert "Our check of March 10, 2026 brought nothing that we can show." in page
    assert "What you read here is what we knew before it. S9007 came without actions" in page


def test_without_a_fault_there_is_no_word_of_one(client):
    assert "brought nothing" not in read(client, stored("S9007", DEAD))


def test_a_bill_last_checked_before_its_session_ended_says_so_once(client):
    bill = stored("S9007", lines("2017-02-02 senate REFERRED TO CODES"), source="open_legislation")
    Bill.objects.update(checked_at=datetime(2018, 5, 1, tzinfo=UTC), outcome="", ended_on=None)
    page = read(client, bill)
    assert "The session has ended since this bill was last checked." in page
    assert page.count("This may be out of date.") == 1


# --- the stepper


def test_every_step_has_its_state_in_words(client):
    page = read(client, stored("S9001", DEAD))
    steps = page[page.index("How far it got") : page.index("What each step means")]
    assert "Introduced Reached February 2, 2017" in steps
    assert "In Senate committee Stopped here, reached January 3, 2018 Finance Committee" in steps
    assert steps.count("Not reached") == 7


def test_every_step_is_explained(client):
    page = read(client, stored("S9001", DEAD))
    assert "Most bills stop here and never get a vote." in page
    assert "The Governor has signed it. It is law." in page


def test_a_bill_on_its_way_says_where_it_is_now(client):
    page = read(client, stored("S9007", lines("2026-01-07 senate REFERRED TO CODES"), session=2025))
    assert "In Senate committee Here now, since January 7, 2026 Codes Committee" in page


# --- actions and statements


def test_statements_stand_between_the_actions_by_date(client):
    bill = stored("S9001", DEAD)
    make_statement("The senator calls", bill=bill, amendment="A", speaker="Ana Example", says="Vote on it.")
    make_statement("A later letter", bill=bill, date=date(2017, 9, 1), slug="later")
    make_statement("No date on this one", bill=bill, date=None, slug="undated")
    page = read(client, bill)
    timeline = page[page.index("What happened, and what was said") :]
    order = [
        "January 3, 2018",
        "A later letter",
        "The senator calls",
        "PRINT NUMBER 9001A",
        "February 2, 2017",
    ]
    places = [timeline.index(words) for words in [*order, "No date on this one"]]
    assert places == sorted(places)
    assert "Senate PRINT NUMBER 9001A" in timeline


@pytest.mark.parametrize(
    ("print_spoken_of", "words"),
    [
        ("A", "Speaks of print A. The bill has changed since: the latest is print B."),
        ("B", "Speaks of print B, the latest."),
        ("", "Names no print. The latest is print B."),
    ],
)
def test_a_statement_tells_which_print_it_speaks_of(client, print_spoken_of, words):
    bill = stored(
        "S9001", lines("2017-02-02 senate REFERRED TO CODES", "2017-03-02 senate PRINT NUMBER 9001B")
    )
    make_statement(bill=bill, amendment=print_spoken_of)
    assert words in read(client, bill)


def test_drafts_are_not_shown(client):
    bill = stored("S9001", DEAD)
    make_statement("Not yet to be read", bill=bill, state="draft")
    assert "Not yet to be read" not in read(client, bill)


def test_what_is_said_in_substance_is_not_set_as_a_quotation(client):
    bill = stored("S9001", DEAD)
    make_statement(bill=bill, speaker="Ana Example", says="She asked for a vote.", verbatim=False)
    html = client.get(bill.get_absolute_url()).content.decode()
    assert "In substance" in html
    assert "<blockquote>" not in html


# --- sponsors, relations, record


def test_sponsors_carry_the_seat_and_party_of_that_time(client):
    person = make_person("Ana Example")
    then = make_term(
        person, district="29", party="Democratic", start=date(2013, 1, 1), end=date(2020, 12, 31)
    )
    make_term(person, district="34", party="Working Families", start=date(2021, 1, 1))
    bill = make_bill("S9001")
    Sponsorship.objects.create(
        bill=bill, kind="prime", position=1, name_as_written="EXAMPLE", person=person, term=then
    )
    Sponsorship.objects.create(bill=bill, kind="co", position=1, name_as_written="NOBODY KNOWN")
    page = read(client, bill)
    assert "Ana Example Senate district 29, Democratic" in page
    assert "Working Families" not in page
    assert "NOBODY KNOWN" in page


def test_the_companion_is_shown_with_its_own_stage_and_moves_nothing_here(client):
    bill = stored("S9001", DEAD, same_as=("A9008",))
    stored("A9008", lines("2017-02-03 assembly referred to codes", "2017-02-06 assembly passed assembly"))
    page = read(client, Bill.objects.get(pk=bill.pk))
    assert "A9008 Died after passing the Assembly" in page
    assert "Passed Assembly Not reached" in page


def test_a_companion_that_we_do_not_follow_keeps_its_number(client):
    page = read(client, stored("S9001", DEAD, same_as=("A9998",)))
    assert "A9998 We do not follow it." in page


def test_the_proposal_is_told_session_by_session_and_leads_to_the_living_bill(client):
    proposal = Proposal.objects.create(slug="example", name="The Example Act")
    dead = stored("S9001", DEAD)
    living = stored("S9100", lines("2026-01-07 senate REFERRED TO CODES"), session=2025)
    Bill.objects.update(proposal=proposal)
    page = read(client, Bill.objects.get(pk=dead.pk))
    assert "The same proposal is alive in 2025-2026 as S9100" in page
    assert "Answer for S9100 instead" in page
    assert "2017-2018 S9001A this bill" in page
    assert "The same proposal is alive" not in read(client, Bill.objects.get(pk=living.pk))


def test_an_earlier_number_that_we_do_not_hold_still_stands_in_the_lineage(client):
    bill = make_bill("S9001", year=2019)
    RelatedBill.objects.create(bill=bill, kind="earlier", session_year=2017, print_no="S8680")
    assert "2017-2018 S8680 We do not follow this one." in read(client, bill)


def test_an_unpublished_relative_gets_no_link(client):
    hidden = make_bill("A9009", is_published=False)
    bill = make_bill("S9001")
    RelatedBill.objects.create(bill=bill, kind="same_as", session_year=2017, print_no="A9009", related=hidden)
    answer = client.get(bill.get_absolute_url())
    assert hidden.get_absolute_url() not in answer.content.decode()
    assert "A9009" in text_of(answer)


def test_an_unpublished_replacement_gets_no_link(client):
    hidden = make_bill("A9009", is_published=False)
    ended = {"outcome": "substituted", "substituted_by_print_no": "A9009", "ended_on": date(2018, 6, 1)}
    html = client.get(make_bill("S9001", substituted_by=hidden, **ended).get_absolute_url()).content.decode()
    assert hidden.get_absolute_url() not in html
    assert "Replaced by A9009 on June 1, 2018" in html


def test_a_visitors_own_answer_costs_the_bills_page_nothing(client, django_assert_num_queries):
    cache.clear()
    bill = stored("S9007", lines("2026-01-07 senate REFERRED TO CODES"), session=2025)
    client.post(f"{bill.get_absolute_url()}poll/", {"answer": "aye"})
    with django_assert_num_queries(4):
        client.get(bill.get_absolute_url())
    with django_assert_num_queries(2):
        client.get(f"{bill.get_absolute_url()}poll/")


def test_the_assemblys_votes_are_called_missing_and_not_none(client):
    bill = make_bill("S9001")
    RollCall.objects.create(bill=bill, date=date(2017, 6, 1), chamber="senate", ayes=56, nays=6)
    page = read(client, bill)
    assert "June 1, 2017 Senate, on the floor 56 6 0 32 Enough to pass" in page
    assert "Our source names no members for this vote." in page
    assert "The Assembly’s votes are not in our source." in page


def test_who_voted_how_is_told_by_name(client):
    votes = [["aye", "Ana Example"], ["nay", "Ben Birch"], ["excused", "Chi Cedar"], ["aye", "Dov Dogwood"]]
    RollCall.objects.create(
        bill=make_bill("S9001"), date=date(2017, 6, 1), chamber="senate", committee="Codes", ayes=2, nays=1,
        others=1, member_votes=votes,
    )  # fmt: skip
    page = read(client, Bill.objects.get())
    assert "June 1, 2017 Senate, Codes 2 1 1 not known More for than against" in page
    assert "Who voted how For: Ana Example, Dov Dogwood Against: Ben Birch Excused: Chi Cedar" in page


def test_older_votes_are_folded_and_of_the_oldest_no_names_are_listed(client):
    bill = make_bill("S9001")
    votes = [["aye", f"Member {n}"] for n in range(300)]
    for day in range(1, 10):
        RollCall.objects.create(
            bill=bill, date=date(2017, 6, day), chamber="senate", ayes=300, nays=0, member_votes=votes
        )
    page = read(client, bill)
    assert "3 earlier votes" in page
    assert page.count("Member 299") == 2
    assert page.count("Who voted how stands at its source.") == 7


def test_a_veto_message_can_be_read(client):
    bill = make_bill("S9001")
    ExecutiveMessage.objects.create(
        bill=bill, kind="veto", year=2018, number=118, signer="Example", signed_on=date(2018, 12, 20),
        text="To the Senate:\n\nI am returning this bill.",
    )  # fmt: skip
    page = read(client, bill)
    assert "Veto message No. 118 of 2018, Example, December 20, 2018 Read it To the Senate:" in page
    assert "It goes on." not in page


def test_of_a_message_too_long_for_the_page_the_beginning_is_shown(client):
    bill = make_bill("S9001")
    for number in (1, 2):
        ExecutiveMessage.objects.create(
            bill=bill, kind="veto", year=2018, number=number, text="word " * 20_000
        )
    page = read(client, bill)
    assert 1500 < page.count("word ") < 2000
    assert "It goes on. The whole text stands at its source." in page
    assert "No. 2 of 2018 Its text stands at its source." in page


def test_agendas_and_calendars_are_told_the_latest_first(client):
    bill = make_bill("S9001")
    on = {"bill": bill, "chamber": "senate"}
    AgendaItem.objects.create(kind="agenda", year=2018, number=9, committee="Codes", **on)
    AgendaItem.objects.create(kind="calendar", year=2018, number=31, **on)
    page = read(client, bill)
    assert (
        "On agendas and calendars Senate floor calendar 31 of 2018 Senate committee agenda 9 of 2018 (Codes)"
        in page
    )


def test_papers_lead_to_their_source_texts_first(client):
    bill = make_bill("S9001")
    for kind, name in (("attachment", "A note"), ("text", "The text")):
        BillDocument.objects.create(bill=bill, kind=kind, name=name, url=f"https://example.org/{kind}")
    answer = client.get(bill.get_absolute_url())
    assert "Texts and papers at its source The text A note" in text_of(answer)
    assert 'href="https://example.org/text"' in answer.content.decode()


def test_of_very_many_papers_the_first_are_shown(client):
    bill = make_bill("S9001")
    for n in range(45):
        BillDocument.objects.create(
            bill=bill, kind="text", name=f"Paper {n:02}", url=f"https://example.org/{n}"
        )
    page = read(client, bill)
    assert "45 papers" in page
    assert "Paper 39" in page
    assert "Paper 40" not in page
    assert "5 more stand at its source." in page


def test_who_took_the_name_off_again_stands_apart(client):
    bill = make_bill("S9001")
    Sponsorship.objects.create(bill=bill, kind="co", position=1, name_as_written="STAYS")
    Sponsorship.objects.create(
        bill=bill, kind="co", position=2, name_as_written="LEFT", withdrawn_on=date(2017, 4, 2)
    )
    page = read(client, bill)
    assert "Co-sponsors STAYS" in page
    assert "Took their names off again LEFT April 2, 2017" in page


def test_words_and_addresses_of_a_record_are_harmless(client):
    harm = "<script>alert(1)</script>"
    bill = make_bill(
        "S9001",
        fault=harm,
        fault_at=NOW,
        status_committee=harm,
        official_url="javascript:alert(1)",
        law_section=harm,
    )
    BillDocument.objects.create(bill=bill, kind="text", name=harm, url="https://example.org/<script>")
    BillDocument.objects.create(bill=bill, kind="text", name="Trap", url="javascript:alert(1)")
    RollCall.objects.create(
        bill=bill, date=date(2017, 6, 1), chamber="senate", committee=harm, ayes=1, nays=0,
        member_votes=[["aye", harm]],
    )  # fmt: skip
    ExecutiveMessage.objects.create(bill=bill, kind="veto", year=2018, number=1, signer=harm, text=harm)
    AgendaItem.objects.create(bill=bill, kind="agenda", year=2018, number=1, chamber="senate", committee=harm)
    Sponsorship.objects.create(bill=bill, kind="co", position=1, name_as_written=harm, withdrawn_on=NOW)
    html = client.get(bill.get_absolute_url()).content.decode()
    assert html.count("&lt;script&gt;alert") >= 9
    assert "<script" not in without_our_scripts(html)
    assert "javascript:" not in html


def test_text_from_a_source_is_escaped(client):
    bill = make_bill("S9001", title="<script>alert(1)</script>", short_name='"><img src=x onerror=alert(1)>')
    html = client.get(bill.get_absolute_url()).content.decode()
    assert "<script>" not in html
    assert "<img" not in html


# --- addresses


@pytest.mark.parametrize(
    "address",
    [
        "/bills/ny/2017/S4075/",
        "/bills/ny/2017/s4075a/",
        "/bills/ny/2017/S.04075-A/",
        "/bills/ny/2018/s4075/",
        "/bills/NY/2017/s4075/",
        "/bills/ny/2018/2018-S4075/",
    ],
)
def test_any_other_spelling_leads_to_the_canonical_address_for_good(client, address):
    make_bill("S4075")
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, "/bills/ny/2017/s4075/")


def test_the_redirect_keeps_the_query_string(client):
    make_bill("S4075")
    assert client.get("/bills/ny/2018/s4075/?a=1")["Location"] == "/bills/ny/2017/s4075/?a=1"


@pytest.mark.parametrize(
    "address",
    [
        "/bills/ny/2017/s9999/",
        "/bills/ny/2017/4075/",
        "/bills/ny/2017/hello/",
        "/bills/tx/2017/s4075/",
        "/bills/ny/9999/s4075/",
        "/bills/ny/0/s4075/",
        "/bills/ny/2017/s4075%00/",
        "/bills/ny/2017/%F0%9F%92%A9/",
        "/bills/ny/2017/" + "9" * 3000 + "/",
        "/bills/us/2017/s4075a/",
    ],
)
def test_an_address_of_nothing_is_not_found(client, address):
    make_bill("S4075")
    assert client.get(address).status_code == 404


def test_an_unpublished_bill_is_not_found(client):
    bill = make_bill("S4075", is_published=False)
    assert client.get(bill.get_absolute_url()).status_code == 404


def test_a_bill_page_takes_no_post(client):
    assert client.post(make_bill().get_absolute_url()).status_code == 405


def test_addresses_of_the_other_legislatures(client):
    council = make_bill("Int 486", legislature="nyc", year=2014, chamber="council", status="IN_COMMITTEE")
    congress = make_bill("HR 6", legislature="us", year=116, chamber="house", status="INTRODUCED")
    assert council.get_absolute_url() == "/bills/nyc/2014/int-486/"
    assert client.get("/bills/nyc/2016/Int%200486-2014/")["Location"] == council.get_absolute_url()
    assert client.get("/bills/us/2019/H.R.6/")["Location"] == congress.get_absolute_url()
    assert client.get(council.get_absolute_url()).status_code == 200
    assert client.get(congress.get_absolute_url()).status_code == 200


# --- the search box


@pytest.mark.parametrize(
    "query", ["S4075", "s.04075-A", "S 4075a", "bill s4075 please", "2017-S4075", "Senate Bill 4075"]
)
def test_any_spelling_leads_straight_to_the_only_bill_of_that_number(client, query):
    bill = make_bill("S4075")
    assert client.get("/bills/go/", {"q": query})["Location"] == bill.get_absolute_url()


def test_a_number_of_several_sessions_is_a_choice_newest_first(client):
    make_bill("S3076", year=2017)
    make_bill("S3076", year=2021)
    page = text_of(client.get("/bills/go/?q=S.03076-A"))
    assert page.index("2021-2022") < page.index("2017-2018")


def test_a_session_in_the_query_decides(client):
    make_bill("S3076", year=2017)
    bill = make_bill("S3076", year=2021)
    assert client.get("/bills/go/?q=S3076-2022")["Location"] == bill.get_absolute_url()


def test_a_pair_offers_both(client):
    first, second = make_bill("S3076", year=2021), make_bill("A2328", year=2021)
    html = client.get("/bills/go/?q=S.03076-A/A.02328-A").content.decode()
    assert first.get_absolute_url() in html
    assert second.get_absolute_url() in html


def test_half_a_pair_is_shown_with_the_other_named_as_unknown(client):
    make_bill("S3076", year=2021)
    page = text_of(client.get("/bills/go/?q=S3076/A2328"))
    assert "We do not follow A2328 (yet)." in page


def test_digits_alone_offer_every_bill_of_that_number(client):
    make_bill("S4075"), make_bill("A4075"), make_bill("A14075")
    page = text_of(client.get("/bills/go/?q=4075"))
    assert "S4075" in page
    assert "A4075" in page
    assert "A14075" not in page


def test_the_same_letters_of_congress_are_offered_too(client):
    bill = make_bill("S744", legislature="us", year=113, status="INTRODUCED")
    assert client.get("/bills/go/?q=S.744")["Location"] == bill.get_absolute_url()


def test_an_unknown_number_gets_an_honest_page_and_the_official_address(client):
    answer = client.get("/bills/go/?q=S9999")
    assert answer.status_code == 404
    assert "We do not follow S9999 (yet)" in text_of(answer)
    assert "https://www.nysenate.gov/legislation/bills/2025/S9999" in answer.content.decode()


@pytest.mark.parametrize("query", ["dream act", "2020 dream act", "ley de dignidad", "'; drop table", "<b>"])
def test_words_go_on_to_the_search(client, query):
    answer = client.get("/bills/go/", {"q": query}, follow=True)
    assert answer.redirect_chain[0][0].startswith("/search/?q=")
    assert answer.status_code == 200


def test_an_empty_search_shows_the_list(client):
    assert client.get("/bills/go/")["Location"] == "/bills/"


@pytest.mark.parametrize("query", ["S4075\x00", "x" * 201, "S" * 100_000])
def test_an_unusable_search_is_refused_in_words(client, query):
    answer = client.get("/bills/go/", {"q": query})
    assert answer.status_code == 400
    assert "We cannot search for that" in text_of(answer)


# --- how much it costs


def test_a_bill_page_takes_seven_queries_however_long_its_record_so_that_an_answer_of_ones_own_is_the_eighth(
    client, django_assert_num_queries
):
    bill = full_bill()
    with django_assert_num_queries(7):
        answer = client.get(bill.get_absolute_url())
    page = text_of(answer)
    assert "120 co-sponsors" in page
    assert page.count("REFERRED TO EXAMPLE") == 200
    assert page.count("Example speaks") == 50
    assert "24 earlier votes" in page
    assert "200 papers" in page


HEAVIEST = 50_000  # bytes of HTML and style sheet together, packed


@pytest.mark.parametrize("make", ["full", "usual"])
def test_a_bill_page_with_its_style_sheet_stays_light(client, make):
    bill = full_bill() if make == "full" else stored("S9001", DEAD)
    page = gzip.compress(client.get(bill.get_absolute_url()).content, compresslevel=6)
    style = gzip.compress((settings.BASE_DIR / "static/passage.css").read_bytes(), compresslevel=6)
    most = HEAVIEST if make == "full" else HEAVIEST // 3
    assert len(page) + len(style) <= most


def full_bill() -> Bill:
    """A bill with more of everything than any that we know; its texts are such as no compression shortens."""
    words = random.Random(7)

    def noise(length: int) -> str:
        return "".join(words.choices("abcdefghijklmnopqrstuvwxyz    ", k=length))

    proposal = Proposal.objects.create(slug="example", name="The Example Act")
    bill = stored(
        "S9001",
        lines(*(f"2017-{1 + n // 28:02}-{1 + n % 28:02} senate REFERRED TO EXAMPLE" for n in range(200))),
    )
    other = stored("A9001", lines("2017-02-03 assembly referred to codes"))
    Bill.objects.update(proposal=proposal)
    for n in range(121):
        person = make_person(f"Person {n}", slug=f"person-{n}")
        term = make_term(person, district=str(n + 1), party="Democratic")
        Sponsorship.objects.create(
            bill=bill,
            kind="co" if n else "prime",
            position=n,
            name_as_written=f"P{n}",
            person=person,
            term=term,
        )
    for n in range(50):
        make_statement(
            f"Example speaks {n}",
            bill=bill,
            amendment="A",
            speaker="Ana Example",
            says="Words.",
            stance="supports",
        )
    for n in range(8):
        issue = Issue.objects.create(slug=f"issue-{n}", name=f"Issue {n}")
        bill.issues.add(issue)
        RelatedBill.objects.create(bill=bill, kind="earlier", session_year=2015 - 2 * n, print_no=f"S{n + 1}")
    RelatedBill.objects.create(bill=bill, kind="same_as", session_year=2017, print_no="A9001", related=other)
    Amendment.objects.bulk_create(
        Amendment(
            bill=bill, letter=letter, title=noise(300), act_clause=noise(300),
            laws=[["amend", noise(8)] for _ in range(200)], sponsors=[["co", noise(12)] for _ in range(120)],
        )
        for letter in "ABCDE"
    )  # fmt: skip
    PrintText.objects.bulk_create(
        PrintText(bill=bill, letter=letter, text=noise(50_000), source="open_legislation")
        for letter in "ABCDE"
    )
    members = [noise(16) for _ in range(63)]
    for n in range(30):
        RollCall.objects.create(
            bill=bill, date=date(2017, 6, 1 + n), chamber="senate", ayes=40, nays=23,
            member_votes=[["aye" if words.random() < 0.6 else "nay", name] for name in members],
        )  # fmt: skip
    for n in range(3):
        ExecutiveMessage.objects.create(bill=bill, kind="line_veto", year=2018, number=n, text=noise(40_000))
    for n in range(200):
        Change.objects.create(
            bill=bill, fact="official_summary", before=noise(1000), after=noise(1000), source="open_legislation",
            found_at=NOW - timedelta(hours=n),
        )  # fmt: skip
        BillDocument.objects.create(
            bill=bill,
            kind="attachment",
            name=noise(40),
            url=f"https://example.org/{words.getrandbits(320):x}",
        )
        AgendaItem.objects.create(
            bill=bill, kind="agenda", year=2018, number=n, chamber="senate", committee="Codes"
        )
    Bill.objects.filter(pk=bill.pk).update(
        sponsor_memo=noise(20_000), fault="S9001 came without actions.", fault_at=NOW
    )
    return Bill.objects.get(pk=bill.pk)


def test_a_record_that_is_too_long_for_a_page_is_not_read_in_full(client):
    bill = full_bill()
    held = Bill.objects.for_page(NOW.date()).get(pk=bill.pk)
    assert "sponsor_memo" in held.get_deferred_fields()
    assert max(len(message["text"]) for message in held.messages) <= 10_000


@pytest.mark.parametrize(
    "address", ["/bills/ny/2017/s9001/", "/bills/", "/", "/bills/go/?q=S3", "/status/", "/privacy/"]
)
def test_reading_sets_no_cookie(client, address):
    stored("S9001", DEAD)
    answer = client.get(address)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
