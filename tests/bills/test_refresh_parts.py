"""Votes with their members, messages, agendas, papers, and names taken off again: stored, compared, told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bills.models import Bill, Change, RollCall, Sponsorship
from bills.providers.base import AgendaLine, DocumentLine, MessageLine, RollCallLine, SponsorLine
from bills.refresh import store
from tests.factories import NOW, make_person, make_snapshot

pytestmark = pytest.mark.django_db

DAY = date(2017, 6, 1)
VOTES = (("nay", "SERRANO"), ("aye", "RIVERA"), ("aye", "BAILEY"), ("excused", "SALAZAR"))
FLOOR = RollCallLine(DAY, "senate", 2, 1, 1, votes=VOTES)
VETO = MessageLine("veto", 2017, 9, chapter="", signer="Ana Example", signed_on=DAY, text="No.")
TEXT = DocumentLine("text", "S4075 as PDF", "https://example.org/s4075.pdf", DAY)
AGENDA = AgendaLine("agenda", 2017, 9, "senate", "Lanterns")


def put(*, after: timedelta = timedelta(0), **stated):
    snapshot = make_snapshot(read_at=NOW + after, **stated)
    return store(snapshot, source="open_legislation", now=NOW + after)


def told() -> list[tuple[str, str, str]]:
    return [(one.fact, one.before, one.after) for one in Change.objects.order_by("pk")]


def test_a_vote_keeps_who_voted_how_and_its_order_says_nothing():
    put(roll_calls=(FLOOR,))
    call = RollCall.objects.get()
    assert (call.ayes, call.nays, call.others, call.sequence) == (2, 1, 1, 1)
    assert call.member_votes == [
        ["aye", "BAILEY"],
        ["aye", "RIVERA"],
        ["excused", "SALAZAR"],
        ["nay", "SERRANO"],
    ]
    put(roll_calls=(replace(FLOOR, votes=VOTES[::-1]),), after=timedelta(hours=1))
    assert RollCall.objects.get() == call
    assert told() == []


def test_two_votes_of_one_body_on_one_day_are_two_and_one_told_twice_is_one():
    again = replace(FLOOR, ayes=3, votes=(*VOTES, ("aye", "COMRIE")))
    put(roll_calls=(FLOOR, again, FLOOR))
    assert list(RollCall.objects.order_by("sequence").values_list("sequence", "ayes")) == [(1, 2), (2, 3)]
    put(roll_calls=(replace(FLOOR, sequence=7),), after=timedelta(hours=1))
    assert list(RollCall.objects.values_list("sequence", "ayes")) == [(7, 2)]


def test_a_vote_that_was_corrected_is_told_before_and_after():
    put(roll_calls=(FLOOR,))
    put(roll_calls=(replace(FLOOR, ayes=1, nays=2),), after=timedelta(hours=1))
    assert told() == [
        (
            "roll_call",
            "2017-06-01 Senate: 2 to 1, 1 other",
            "2017-06-01 Senate: 1 to 2, 1 other",
        )
    ]


def test_messages_agendas_and_papers_come_change_and_go_and_each_is_told():
    put()
    put(messages=(VETO,), agenda=(AGENDA,), documents=(TEXT,), after=timedelta(hours=1))
    bill = Bill.objects.get()
    message = bill.executive_messages.get()
    assert (message.kind, message.number, message.signer, message.text) == ("veto", 9, "Ana Example", "No.")
    assert bill.documents.get().url == TEXT.url
    assert bill.agenda_items.get().committee == "Lanterns"
    assert told() == [
        ("message", "", "Veto message 9 of 2017, Ana Example, 2017-06-01"),
        ("agenda", "", "Committee agenda 9 of 2017, Senate Lanterns"),
        ("document", "", "S4075 as PDF, 2017-06-01"),
    ]
    put(messages=(VETO,), agenda=(), documents=(), after=timedelta(hours=2))
    assert (bill.executive_messages.count(), bill.agenda_items.count(), bill.documents.count()) == (1, 0, 0)
    assert told()[3:] == [
        ("agenda", "Committee agenda 9 of 2017, Senate Lanterns", ""),
        ("document", "S4075 as PDF, 2017-06-01", ""),
    ]


def test_what_an_answer_does_not_speak_of_stays():
    put(messages=(VETO,), agenda=(AGENDA,), documents=(TEXT,), roll_calls=(FLOOR,))
    put(after=timedelta(hours=1), title="Relates to something else")
    bill = Bill.objects.get()
    for rows in (bill.executive_messages, bill.agenda_items, bill.documents, bill.roll_calls):
        assert rows.count() == 1


def test_a_paper_without_a_web_address_or_a_name_is_none():
    put(
        documents=(
            replace(TEXT, url="javascript:alert(1)"),
            replace(TEXT, name=" "),
            replace(TEXT, url="https://x/" + "y" * 600),
            TEXT,
            TEXT,
        )
    )
    assert Bill.objects.get().documents.count() == 1


def test_a_sponsor_who_withdrew_stays_on_record_and_carries_the_bill_no_more():
    person = make_person("Ana Example", terms=(("ny", "senate"),))
    joined = SponsorLine("Ana Example", "co", "senate", joined_on=DAY)
    prime = SponsorLine("Bo Example", "prime", "senate")
    store(replace(make_snapshot(read_at=NOW), sponsors=(prime, joined)), source="open_legislation", now=NOW)
    bill = Bill.objects.get()
    assert list(Bill.objects.carried_by("Ana Example")) == [bill]
    later = NOW + timedelta(hours=1)
    withdrawn = replace(joined, withdrawn_on=date(2017, 7, 1))
    store(
        replace(make_snapshot(read_at=later), sponsors=(prime, withdrawn)),
        source="open_legislation",
        now=later,
    )
    row = Sponsorship.objects.get(person=person)
    assert (row.joined_on, row.withdrawn_on) == (DAY, date(2017, 7, 1))
    assert list(Bill.objects.carried_by("Ana Example")) == []
    assert list(Sponsorship.objects.carrying().values_list("name_as_written", flat=True)) == ["Bo Example"]
    assert told() == [
        ("sponsor", "Ana Example (co-sponsor)", "Ana Example (co-sponsor, withdrawn 2017-07-01)")
    ]


def test_who_withdrew_and_joined_again_carries_it():
    gone = SponsorLine("Ana Example", "co", joined_on=DAY, withdrawn_on=date(2017, 7, 1))
    back = SponsorLine("Ana Example", "co", joined_on=date(2017, 8, 1))
    for lines in ((gone, back), (back, gone)):
        Bill.objects.all().delete()
        store(replace(make_snapshot(), sponsors=lines), source="open_legislation", now=NOW)
        assert Sponsorship.objects.get().withdrawn_on is None


def test_a_long_text_is_told_by_its_beginning():
    put()
    put(sponsor_memo="x" * 50_000, after=timedelta(hours=1))
    change = Change.objects.get(fact="sponsor_memo")
    assert len(change.after) <= 1000
    assert Bill.objects.get().sponsor_memo == "x" * 50_000


def test_a_list_of_changes_makes_no_older_answer_newer():
    put()
    confirmed = NOW + timedelta(hours=3)
    Bill.objects.update(checked_at=confirmed)
    put(after=timedelta(hours=1), title="Read after the record we hold, before the list was")
    bill = Bill.objects.get()
    assert bill.title.startswith("Read after")
    assert (bill.read_at, bill.checked_at) == (NOW + timedelta(hours=1), confirmed)


def test_a_good_answer_takes_the_fault_off_also_where_nothing_else_differs():
    put()
    Bill.objects.update(fault="It was nonsense.", fault_at=datetime(2018, 1, 1, tzinfo=UTC))
    put(after=timedelta(hours=1))
    bill = Bill.objects.get()
    assert (bill.fault, bill.fault_at) == ("", None)
    assert told() == []
