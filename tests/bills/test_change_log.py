"""A bill's change log, on its page and on a page of its own, as a reader meets it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bills.models import Bill, Change
from bills.pages import change_log
from bills.providers.base import AgendaLine, DocumentLine, MessageLine, PrintLine, RollCallLine
from bills.refresh import store
from bills.stages import CODES
from tests.factories import lines, make_bill, make_snapshot
from tests.reading import text_of, without_our_scripts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]

NOW = datetime(2026, 3, 10, 16, tzinfo=UTC)
IN_COMMITTEE = lines("2026-01-07 senate REFERRED TO CODES")
PASSED = (*IN_COMMITTEE, *lines("2026-02-03 senate 1ST REPORT CAL.9", "2026-03-02 senate PASSED SENATE"))


def changes_page(client, bill: Bill, query: str = "") -> str:
    answer = client.get(f"{bill.get_absolute_url()}changes/{query}")
    assert answer.status_code == 200
    return text_of(answer)


def make_change(bill: Bill, fact: str = "title", before: str = "", after: str = "", **fields) -> Change:
    known = {"source": "open_legislation", "found_at": NOW}
    return Change.objects.create(bill=bill, fact=fact, before=before, after=after, **(known | fields))


def followed_bill() -> Bill:
    """A bill that passed the Senate between two looks at its source."""
    earlier = make_snapshot("S9001", IN_COMMITTEE, session=2025)
    later = make_snapshot("S9001", PASSED, session=2025, source_url="https://example.org/api/S9001")
    store(earlier, source="open_legislation", now=NOW - timedelta(days=3))
    return store(later, source="open_legislation", now=NOW).bill


# --- in words


@pytest.mark.parametrize(
    ("legislature", "code"),
    [(legislature, code) for legislature in CODES for code in sorted(CODES[legislature])],
)
def test_every_status_has_words(legislature, code):
    assert code in change_log.statuses(legislature)
    words = change_log.status_in_words(code, legislature)
    assert words
    assert "_" not in words
    assert not words.isupper()


def test_no_code_is_shown_to_readers(client):
    bill = followed_bill()
    page = changes_page(client, bill)
    assert "Where it stands Before In Senate committee Now Passed Senate" in page
    assert "Line of the record New March 2, 2026, Senate: PASSED SENATE" in page
    shown = text_of(client.get(bill.get_absolute_url()))
    for code in ("IN_SENATE_COMM", "PASSED_SENATE", "open_legislation", "roll_call"):
        assert code not in page
        assert code not in shown


def test_a_code_and_a_fact_of_a_former_time_are_at_least_spelled_out(client):
    bill = make_bill()
    make_change(bill, "status", "HELD_SOMEWHERE", "PASSED_SENATE")
    make_change(bill, "former_fact", "a", "b")
    page = changes_page(client, bill)
    assert "Held somewhere" in page
    assert "Former fact" in page


def test_every_fact_that_a_refresh_can_tell_has_a_name():
    bare = make_snapshot("S9001", IN_COMMITTEE, session=2025, title=None, introduced_on=date(2026, 1, 7))
    full = make_snapshot(
        "S9001", (*PASSED, *lines("2026-03-03 senate SUBSTITUTED BY A9001A")), session=2025,
        short_name="s", act_clause="a", law_section="l", plain_summary="p", official_summary="o",
        sponsor_memo="m", file_no="f", official_url="https://example.org/", active_amendment="A", chapter="9",
        prints=(PrintLine(""), PrintLine("A", date(2026, 2, 2))), same_as=("A9001",), earlier=("S9002",),
        later=("S9003",), roll_calls=(RollCallLine(date(2026, 3, 2), "senate", 40, 20),),
        messages=(MessageLine("veto", 2026, 1),), agenda=(AgendaLine("agenda", 2026, 1, "senate", "Codes"),),
        documents=(DocumentLine("text", "Text", "https://example.org/"),), issues=("Courts",),
        introduced_on=date(2026, 1, 6), proposal_slug="x", proposal_name="X", sponsors=("Ana Example",),
    )  # fmt: skip
    store(bare, source="open_legislation", now=NOW - timedelta(days=1))
    store(full, source="open_legislation", now=NOW)
    told = set(Change.objects.values_list("fact", flat=True))
    # "law_since" needs an end that this bill cannot have as well.
    assert told == set(change_log.FACTS) - {"law_since"}


@pytest.mark.parametrize(
    ("fact", "before", "after", "words"),
    [
        ("active_amendment", "", "A", "Print in force Before Original Now A"),
        ("outcome", "", "vetoed", "How it ended Before Not ended Now Vetoed"),
        ("outcome", "substituted", "", "How it ended Before Substituted Now Not ended"),
        ("law_since", "", "2026-03-02", "Law since New March 2, 2026"),
        ("introduced_on", "2026-01-07", "not a day", "Before January 7, 2026 Now not a day"),
        ("status_committee", "Finance", "", "Committee Before Finance Now None"),
        ("sponsor", "ANA (co-sponsor)", "", "Sponsor Before ANA (co-sponsor) Now No longer in the record"),
        ("sponsor", "", "ANA (co-sponsor, withdrawn 2026-03-02)", "withdrawn March 2, 2026)"),
        ("same_as", "", "A9001 (2017)", "Same bill in the other house New A9001 (2017-2018)"),
        ("earlier", "", "A9001 (9999)", "In an earlier session New A9001 (9999)"),
        ("print", "original", "original 2026-03-02", "Print Before Original Now Original March 2, 2026"),
        ("roll_call", "", "2026-03-02 Senate: 40 to 20", "New March 2, 2026, Senate: 40 to 20"),
        ("document", "", "Fiscal note, 2026-03-02", "Text or paper New Fiscal note, March 2, 2026"),
        ("action", "2017-99-99 Senate: X", "", "2017-99-99, Senate: X"),
    ],
)
def test_values_are_told_in_readers_words(client, fact, before, after, words):
    bill = make_bill()
    make_change(bill, fact, before, after)
    assert words in changes_page(client, bill)


# --- order and extent


def test_what_one_check_found_stands_under_its_moment_the_newest_first(client):
    bill = followed_bill()
    make_change(bill, "title", "Old", "New title", found_at=NOW - timedelta(hours=1))
    page = changes_page(client, bill)
    places = [
        page.index(words)
        for words in (
            "March 10, 2026, 12:00 p.m.", "Where it stands", "Line of the record",
            "March 10, 2026, 11:00 a.m.", "New title",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert page.count("12:00 p.m.") == 1


def test_a_bills_page_shows_the_newest_and_leads_to_the_rest(client):
    bill = make_bill()
    for n in range(40):
        make_change(bill, "title", f"Title {n}.", f"Title {n + 1}.", found_at=NOW - timedelta(hours=40 - n))
    answer = client.get(bill.get_absolute_url())
    page = text_of(answer)
    assert "Title 40." in page
    assert "Title 30." not in page
    assert f'href="{bill.get_absolute_url()}changes/"' in answer.content.decode()


def test_a_long_value_is_cut_on_the_bills_page_and_whole_in_the_log(client):
    bill = make_bill()
    value = "long " * 199 + "end."
    make_change(bill, "official_summary", "", value)
    assert "end." not in text_of(client.get(bill.get_absolute_url()))
    assert value in changes_page(client, bill)


def test_a_bill_of_which_nothing_changed_says_so(client):
    bill = make_bill()
    assert "We have seen no change since this bill came to us." in changes_page(client, bill)
    assert "We have seen no change since this bill came to us." in text_of(
        client.get(bill.get_absolute_url())
    )


def test_a_difference_that_staff_keep_out_is_for_staff_only(client):
    bill = make_bill()
    make_change(bill, "plain_summary", "Ours", "Theirs", was_kept_out=True)
    assert "Theirs" not in changes_page(client, bill)
    assert "Theirs" not in text_of(client.get(bill.get_absolute_url()))


def test_the_log_of_two_hundred_changes_takes_three_queries_and_eight_pages(
    client, django_assert_num_queries
):
    bill = make_bill()
    for n in range(200):
        make_change(bill, "action", "", f"2026-01-07 Senate: LINE {n}", found_at=NOW - timedelta(minutes=n))
    with django_assert_num_queries(3):
        page = changes_page(client, bill)
    assert "200 changes" in page
    assert "Page 1 of 8" in page
    assert "LINE 199" in changes_page(client, bill, "?page=8")


# --- addresses and safety


@pytest.mark.parametrize("spelling", ["/bills/ny/2026/S.09001-A/changes/", "/bills/NY/2025/S9001/changes/"])
def test_any_other_spelling_leads_to_the_canonical_address(client, spelling):
    bill = make_bill("S9001", year=2025)
    answer = client.get(spelling)
    assert (answer.status_code, answer["Location"]) == (301, f"{bill.get_absolute_url()}changes/")


def test_the_redirect_keeps_the_page_that_was_asked_for(client):
    make_bill("S9001", year=2025)
    assert client.get("/bills/ny/2026/s9001/changes/?page=2")["Location"].endswith("/s9001/changes/?page=2")


@pytest.mark.parametrize("address", ["/bills/ny/2025/s9999/changes/", "/bills/ny/2025/nothing/changes/"])
def test_the_log_of_no_bill_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_the_log_of_an_unpublished_bill_is_not_found(client):
    bill = make_bill(is_published=False)
    assert client.get(f"{bill.get_absolute_url()}changes/").status_code == 404


def test_the_log_is_for_reading_only_and_sets_no_cookie(client):
    address = f"{make_bill().get_absolute_url()}changes/"
    assert client.post(address).status_code == 405
    assert not client.get(address).cookies


def test_words_and_addresses_of_a_source_are_harmless(client):
    bill = make_bill()
    make_change(
        bill, "<script>f</script>", "<script>1</script>", "<img src=x>", source_url="javascript:alert(1)"
    )
    make_change(
        bill, "status", "<b>A</b>", "<i>B</i>", source="<script>s</script>", source_url="data:text/html,x"
    )
    for address in (bill.get_absolute_url(), f"{bill.get_absolute_url()}changes/"):
        html = without_our_scripts(client.get(address).content.decode())
        for harm in ("<script", "<img src=x", "<b>", "<i>", "javascript:", "data:"):
            assert harm not in html


def test_the_source_of_a_change_is_linked(client):
    html = client.get(f"{followed_bill().get_absolute_url()}changes/").content.decode()
    assert 'href="https://example.org/api/S9001"' in html
