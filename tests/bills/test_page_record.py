"""Sponsors, relatives, votes, messages and papers on a bill's page."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache

from bills.models import (
    AgendaItem,
    Bill,
    BillDocument,
    ExecutiveMessage,
    Proposal,
    RelatedBill,
    RollCall,
    Sponsorship,
)
from tests.bills.bill_page import DEAD, NOW, read, stored
from tests.factories import lines, make_bill, make_person, make_term
from tests.reading import text_of, without_our_scripts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


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
    with django_assert_num_queries(2):
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
