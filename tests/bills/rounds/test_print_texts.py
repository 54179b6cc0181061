"""Texts of prints: at most one request for each bill and round, none for what is here, and no fault of the bill's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from bills.models import Bill, PrintText
from bills.print_numbers import parse_print_no
from bills.providers.base import PrintLine
from bills.refresh import print_texts, store
from bills.refresh.facts import LONGEST_PRINT
from bills.rounds import runs
from bills.rounds.runs import Due
from bills.rounds.work import work_through
from sponsors.publishing import MARK
from tests.bills.rounds.conftest import IN_COMMITTEE, ON_FLOOR
from tests.bills.state_senate import Reply
from tests.factories import make_snapshot

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


def read(source, *print_nos: str) -> None:
    due = [Due(2025, each) for each in print_nos]
    run = runs.start(source.code, legislature="ny", kind="chosen", due=due, now=NOW)
    work_through(run, source, worker="test")


def held() -> list[tuple[str, str]]:
    return list(PrintText.objects.order_by("letter").values_list("letter", "text"))


def test_each_round_asks_for_one_text_of_a_bill_the_print_in_force_first(source, senate):
    senate.put("S9871", ON_FLOOR, letters=("", "A", "B"))
    senate.texts = {("S9871", letter): f"Words of {letter}." for letter in ("", "A", "B")}
    for _ in range(5):
        read(source, "S9871")
    assert senate.texts_asked == [("S9871", "B"), ("S9871", "A"), ("S9871", "")]
    assert held() == [("", "Words of ."), ("A", "Words of A."), ("B", "Words of B.")]


def test_the_texts_of_a_round_grow_with_its_bills_and_with_nothing_else(source, senate):
    names = [f"S{number}" for number in range(9801, 9808)]
    for name in names:
        senate.put(name, ON_FLOOR)
        senate.texts[name, ""] = "Words."
    read(source, *names)
    assert len(senate.texts_asked) == 7
    read(source, *names)
    assert len(senate.texts_asked) == 7


def test_a_text_that_is_not_there_yet_is_asked_for_again_a_week_later(source, senate):
    senate.put("S9871", ON_FLOOR)
    read(source, "S9871")
    read(source, "S9871")
    assert (senate.texts_asked, held()) == ([("S9871", "")], [("", "")])
    PrintText.objects.update(read_at=NOW - timedelta(days=3000))
    senate.texts["S9871", ""] = "Words."
    read(source, "S9871")
    assert held() == [("", "Words.")]


@pytest.mark.parametrize("reply", [Reply(500, b""), Reply(200, b"{}"), Reply(404, b"{}"), Reply(401, b"{}")])
def test_a_fault_of_the_text_is_no_fault_of_the_bill(source, senate, reply):
    senate.put("S9871", IN_COMMITTEE)
    senate.behave_to_texts = lambda path: reply
    read(source, "S9871")
    bill = Bill.objects.get()
    assert (bill.status, bill.fault) == ("IN_SENATE_COMM", "")
    senate.behave_to_texts = lambda path: None
    senate.texts["S9871", ""] = "Words."
    PrintText.objects.update(read_at=NOW - timedelta(days=3000))
    read(source, "S9871")
    assert held() == [("", "Words.")]


def test_an_empty_answer_takes_no_text_away_and_a_very_long_one_is_cut():
    long = "word " * (LONGEST_PRINT // 5 + 9)
    put = {"source": "records", "now": NOW}
    store(make_snapshot(prints=(PrintLine("", text="Old."), PrintLine("A", text=long))), **put)
    store(make_snapshot(prints=(PrintLine("", text=""), PrintLine("A")), title="Another"), **put)
    original, amended = PrintText.objects.order_by("letter")
    assert (original.text, original.is_cut) == ("Old.", False)
    assert (len(amended.text), amended.is_cut) == (LONGEST_PRINT, True)


def test_a_text_that_is_told_twice_is_one_and_a_corrected_one_takes_its_place():
    for text in ("One.", "One.", "Two."):
        store(make_snapshot(prints=(PrintLine("", text=text),)), source="records", now=NOW)
    assert held() == [("", "Two.")]


def test_what_an_answer_leaves_out_of_a_print_stays():
    full = PrintLine("A", act_clause="AN ACT.", law_section="Lantern Law", laws=(("add", "LAN12"),))
    put = {"source": "records", "now": NOW}
    store(make_snapshot(prints=(PrintLine(""), full), active_amendment="A", title="Old title"), **put)
    later = make_snapshot(
        prints=(PrintLine(""), PrintLine("A"), PrintLine("B")), active_amendment="B", title="New title"
    )
    store(later, **put)
    prints = {each.letter: each for each in Bill.objects.get().amendments.all()}
    assert (prints["A"].act_clause, prints["A"].laws) == ("AN ACT.", [["add", "LAN12"]])
    assert [prints[letter].title for letter in ("", "A", "B")] == ["", "Old title", "New title"]


@pytest.mark.django_db(transaction=True)
def test_a_text_that_has_come_makes_kept_pages_anew(source, senate):
    senate.put("S9871", ON_FLOOR)
    read(source, "S9871")
    assert held() == [("", "")]
    PrintText.objects.all().delete()
    senate.texts["S9871", ""] = "Words."
    bill = Bill.objects.get()
    cache.set(MARK, "before")
    number = parse_print_no("S9871", legislature="ny", session=2025)
    assert print_texts.ask_for_one(source, bill, number, now=NOW)
    assert cache.get(MARK) != "before"
    assert held() == [("", "Words.")]
