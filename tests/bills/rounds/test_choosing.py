"""Which bills a round asks about, and where the cursor is once they are stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bills.models import Bill, Candidate, RefreshItem, RefreshRun, SourceState, WantedBill
from bills.print_numbers import parse_print_no
from bills.providers.base import KeyRefused, Touched
from bills.rounds import choosing, runs
from bills.rounds.work import work_through
from bills.tracking import candidates
from tests.bills.rounds.conftest import IN_COMMITTEE, LONG_AGO, ON_FLOOR
from tests.bills.state_senate import Reply
from tests.factories import make_session, make_statement

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
AT_NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


def cursor_at(moment: datetime, source) -> SourceState:
    state = runs.state_of(source.code, "ny", now=moment)
    state.cursor = choosing._as_cursor(moment)
    state.save()
    return state


def a_round(source, now: datetime) -> RefreshRun:
    """One round from its opening to its end."""
    run = choosing.open_round(source, "ny", now=now)
    work_through(run, source, worker="test", most_tries=1)
    run.refresh_from_db()
    return run


def cursor() -> str:
    return SourceState.objects.get(source="open_legislation", legislature="ny").cursor


# --- the cursor


def test_the_first_round_asks_about_every_bill_and_goes_on_from_its_beginning(source, senate, make_bill, now):
    for print_no in ("S9871", "S9872"):
        make_bill(print_no)
        senate.put(print_no, ON_FLOOR)
    run = a_round(source, now)
    assert (run.result, run.checked) == ("succeeded", 2)
    assert not [path for path in senate.asked if "updates" in path]
    assert cursor() == choosing._as_cursor(now)


def test_the_cursor_moves_to_the_greatest_time_seen_and_the_next_window_overlaps(
    source, senate, make_bill, now
):
    make_bill("S9871")
    cursor_at(now - 3 * HOUR, source)
    senate.put("S9871", ON_FLOOR, processed=now - 2 * HOUR)
    senate.put("J1", IN_COMMITTEE, processed=now - HOUR)
    senate.put("S9999", IN_COMMITTEE, processed=now - 2 * HOUR)
    a_round(source, now)
    assert senate.asked_about() == ["S9871"]
    assert cursor() == choosing._as_cursor(now - HOUR)
    senate.asked.clear()
    a_round(source, now + HOUR)
    window = senate.asked[0].split("/updates/")[1].split("/")[0]
    asked_from = datetime.fromisoformat(window).replace(tzinfo=choosing.timezone.get_default_timezone())
    assert now - HOUR - choosing.OVERLAP - timedelta(seconds=3) <= asked_from <= now - HOUR - choosing.OVERLAP


def test_a_quiet_round_costs_one_request_however_many_bills_we_follow(source, senate, make_bill, now):
    for number in range(9800, 9850):
        make_bill(f"S{number}", checked_at=now - 5 * HOUR)
    cursor_at(now - 2 * HOUR, source)
    run = a_round(source, now)
    assert (run.result, run.due) == ("succeeded", 0)
    assert len(senate.asked) == 1


def test_the_requests_of_a_round_grow_with_what_has_changed_and_with_nothing_else(
    source, senate, make_bill, now
):
    for number in range(9800, 9840):
        make_bill(f"S{number}", checked_at=now - 5 * HOUR)
    cursor_at(now - 2 * HOUR, source)
    for number in range(9800, 9807):
        senate.put(f"S{number}", ON_FLOOR, processed=now - HOUR)
    a_round(source, now)
    assert len(senate.asked) == 1 + 7
    senate.asked.clear()
    a_round(source, now + timedelta(minutes=5))
    assert len(senate.asked) == 1  # the overlap shows the seven again; they were read since


def test_a_round_that_brings_nothing_new_confirms_every_bill(source, senate, make_bill, now):
    bill = make_bill("S9871", checked_at=now - 5 * HOUR)
    elsewhere = make_bill("S9872", source="records", fault="It has no such bill.")
    cursor_at(now - 2 * HOUR, source)
    a_round(source, now)
    bill.refresh_from_db()
    elsewhere.refresh_from_db()
    assert bill.checked_at == now
    assert bill.read_at == now - 5 * HOUR
    assert elsewhere.checked_at == LONG_AGO


def test_a_bill_whose_answer_could_not_be_stored_is_not_confirmed_and_is_asked_about_again(
    source, senate, make_bill, now
):
    bill = make_bill("S9871")
    cursor_at(now - 2 * HOUR, source)
    senate.put("S9871", ON_FLOOR, processed=now - HOUR, stated="SIGNED_BY_GOV")
    run = a_round(source, now)
    bill.refresh_from_db()
    assert (run.result, run.failed) == ("failed", 1)
    assert (bill.status, bill.checked_at) == ("SENATE_FLOOR", LONG_AGO)
    assert "SIGNED_BY_GOV" in bill.fault
    assert cursor() == choosing._as_cursor(now - HOUR)  # it is on record, and does not hold up the others
    senate.put("S9871", ON_FLOOR, processed=None)
    run = a_round(source, now + HOUR)
    bill.refresh_from_db()
    assert (run.result, bill.fault, bill.fault_at) == ("succeeded", "", None)
    assert bill.checked_at > now


def test_a_passing_fault_holds_the_cursor_where_it_is(source, senate, make_bill, now):
    make_bill("S9871")
    state = cursor_at(now - 2 * HOUR, source)
    senate.put("S9871", ON_FLOOR, processed=now - HOUR)
    senate.behave = lambda path: Reply(500) if path.endswith("S9871") else None
    assert a_round(source, now).result == "failed"
    assert cursor() == state.cursor
    senate.behave = lambda path: None
    assert a_round(source, now + HOUR).result == "succeeded"
    assert cursor() == choosing._as_cursor(now - HOUR)


def test_one_bill_that_its_source_cannot_give_does_not_hold_up_the_others_for_ever(
    source, senate, make_bill, now
):
    bill = make_bill("S9871")
    state = cursor_at(now - 2 * HOUR, source)
    senate.put("S9871", ON_FLOOR, processed=now - HOUR)
    senate.behave = lambda path: Reply(500) if path.endswith("S9871") else None
    a_round(source, now)
    assert cursor() == state.cursor
    Bill.objects.update(fault_since=now - 25 * HOUR)
    a_round(source, now)
    assert cursor() == choosing._as_cursor(now - HOUR)
    bill.refresh_from_db()
    assert (bill.fault_since, bill.checked_at) == (now - 25 * HOUR, LONG_AGO)
    senate.asked.clear()
    a_round(source, now + HOUR)
    assert senate.asked_about() == ["S9871"]


def test_a_number_that_puts_the_source_out_of_order_holds_up_nothing(source, senate, now):
    make_session("ny", 2025)
    statement_wants("S9")
    cursor_at(now - 2 * HOUR, source)
    senate.put("S1", IN_COMMITTEE, processed=now - HOUR)
    senate.behave = lambda path: Reply(500) if path.endswith("S9") else None
    run = a_round(source, now)
    assert (run.result, cursor()) == ("succeeded", choosing._as_cursor(now - HOUR))
    assert WantedBill.objects.get().ask_after > now


def statement_wants(print_no: str) -> None:
    make_statement().bill_mentions.create(
        as_written=print_no, legislature_code="ny", session_year=2025, base_print_no=print_no
    )


def test_a_key_that_is_refused_holds_the_cursor(source, senate, make_bill, now):
    make_bill("S9871")
    state = cursor_at(now - 2 * HOUR, source)
    senate.put("S9871", ON_FLOOR, processed=now - HOUR)
    senate.behave = lambda path: Reply(401, b"{}") if path.endswith("S9871") else None
    with pytest.raises(KeyRefused):
        a_round(source, now)
    assert cursor() == state.cursor


def test_a_long_rest_is_caught_up_with_a_week_at_a_time(source, senate, make_bill, now):
    make_bill("S9871"), make_bill("S9872")
    cursor_at(now - timedelta(days=20), source)
    senate.put("S9871", ON_FLOOR, processed=now - timedelta(days=18))
    senate.put("S9872", ON_FLOOR, processed=now - timedelta(days=2))
    a_round(source, now)
    assert senate.asked_about() == ["S9871"]
    assert cursor() == choosing._as_cursor(now - timedelta(days=13))
    assert SourceState.objects.get().confirmed_at == now - timedelta(days=13)
    a_round(source, now)
    a_round(source, now)
    assert senate.asked_about() == ["S9871", "S9872"]
    assert cursor() == choosing._as_cursor(now - timedelta(days=2))
    assert SourceState.objects.get().confirmed_at == now


def test_a_time_that_the_source_tells_roughly_has_the_bill_read_again(source, senate, make_bill, now):
    make_bill("S9871", checked_at=now - HOUR)
    changes = choosing._Changes(source, "ny", now=now)
    rough = Touched(
        parse_print_no("S9871", legislature="ny", session=2025), now - 9 * HOUR, processed_until=now + HOUR
    )
    changes._take([rough])
    assert list(changes.due) == [(2025, "S9871")]
    changes.due.clear()
    changes._take([replace(rough, processed_until=None)])
    assert list(changes.due) == []


def test_a_run_that_is_closed_early_does_not_move_the_cursor(source, senate, make_bill, now):
    make_bill("S9871")
    state = cursor_at(now - 2 * HOUR, source)
    senate.put("S9871", ON_FLOOR, processed=now - HOUR)
    run = choosing.open_round(source, "ny", now=now)
    runs.close(run, "Stopped by hand.")
    assert cursor() == state.cursor


def test_the_cursor_never_goes_back_nor_ahead_of_the_clock(source, senate, make_bill, now):
    cursor_at(now - HOUR, source)
    senate.put("S1", ON_FLOOR, processed=now - HOUR - timedelta(minutes=10))
    a_round(source, now)
    assert cursor() == choosing._as_cursor(now - HOUR)
    changes = choosing._Changes(source, "ny", now=now)
    senate.changes = [(now + timedelta(days=300), 2025, "S1")]
    changes.read(now, until=now + timedelta(days=400))
    assert changes.seen_to == now


def test_after_a_long_rest_every_bill_is_read_anew(source, senate, make_bill, now):
    make_bill("S9871")
    senate.put("S9871", ON_FLOOR, processed=None)
    cursor_at(now - choosing.LONGEST_LOOK_BACK - HOUR, source)
    run = a_round(source, now)
    assert (run.checked, senate.asked_about()) == (1, ["S9871"])
    assert cursor() == choosing._as_cursor(now)


# --- what the list of changes says


def test_changes_of_other_sessions_go_to_the_bills_of_those_sessions(source, senate, make_bill, now):
    old, new = make_bill("S9871", year=2023, status="DELIVERED_TO_GOV"), make_bill("S9871")
    cursor_at(now - 2 * HOUR, source)
    signed = ["2024-06-03 senate DELIVERED TO GOVERNOR", "2024-12-20 senate SIGNED CHAP.9"]
    senate.put("S9871", signed, session=2023, processed=now - HOUR)
    run = a_round(source, now)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (run.checked, old.outcome, new.outcome) == (1, "signed", "")
    assert (new.status, new.read_at) == ("SENATE_FLOOR", LONG_AGO)


def test_a_list_that_repeats_and_reorders_asks_once_about_each(source, senate, make_bill, now):
    make_bill("S9871"), make_bill("S9872")
    cursor_at(now - 5 * HOUR, source)
    for hours in (1, 4, 2, 3):
        senate.put("S9872", ON_FLOOR, processed=now - hours * HOUR)
        senate.put("S9871", ON_FLOOR, processed=now - hours * HOUR)
    run = a_round(source, now)
    assert (run.checked, sorted(senate.asked_about())) == (2, ["S9871", "S9872"])
    assert cursor() == choosing._as_cursor(now - HOUR)


def test_a_list_of_many_pages_is_read_to_its_end(source, senate, make_bill, now):
    senate.page_size = 3
    cursor_at(now - 5 * HOUR, source)
    for number in range(9800, 9810):
        make_bill(f"S{number}")
        senate.put(f"S{number}", ON_FLOOR, processed=now - HOUR)
    run = a_round(source, now)
    assert run.checked == 10


def test_where_the_list_cannot_be_read_bills_are_asked_about_singly_before_their_promise_is_broken(
    source, senate, make_bill, now
):
    late = make_bill("S9871", checked_at=now - 5 * HOUR)
    make_bill("S9872", checked_at=now - HOUR)
    state = cursor_at(now - 2 * HOUR, source)
    senate.put("S9871", ON_FLOOR, processed=None)
    senate.behave = lambda path: Reply(500) if "updates" in path else None
    run = a_round(source, now)
    late.refresh_from_db()
    assert (run.result, senate.asked_about()) == ("partly", ["S9871"])
    assert run.faults == ["Open Legislation is out of order (it answered 500)."]
    assert late.checked_at > now - HOUR
    assert cursor() == state.cursor


# --- what lists cannot tell


def test_a_bill_last_read_from_our_own_records_is_asked_about(source, senate, make_bill, now):
    bill = make_bill("S9871", source="records")
    cursor_at(now - HOUR, source)
    senate.put("S9871", ON_FLOOR, processed=None)
    assert a_round(source, now).checked == 1
    bill.refresh_from_db()
    assert bill.source == "open_legislation"


def test_a_bill_that_the_source_never_had_says_so_and_is_no_fault_of_the_round(
    source, senate, make_bill, now
):
    bill = make_bill("S9871", year=2017, source="records")
    cursor_at(now - HOUR, source)
    run = a_round(source, now)
    bill.refresh_from_db()
    assert (run.result, run.faults) == ("succeeded", [])
    assert bill.fault == "Open Legislation has no bill S9871 of 2017."
    assert (bill.status, bill.checked_at) == ("SENATE_FLOOR", LONG_AGO)


def test_a_bill_that_is_gone_from_the_source_it_was_read_from_is_a_fault(source, senate, make_bill, now):
    make_bill("S9871")
    run = choosing.open_chosen(source, "ny", list(Bill.objects.select_related("session")), now=now)
    work_through(run, source, worker="test")
    run.refresh_from_db()
    assert (run.result, run.faults) == (
        "failed",
        ["S9871 of 2025-2026: Open Legislation has no bill S9871 of 2025."],
    )


def test_a_wanted_bill_is_brought(source, senate, now):
    make_session("ny", 2025)
    candidates.choose(parse_print_no("S9871", legislature="ny", session=2025), now=now)
    cursor_at(now - HOUR, source)
    senate.put("S9871", ON_FLOOR, processed=None)
    run = a_round(source, now)
    bill = Bill.objects.get()
    assert (run.result, run.arrived, bill.status) == ("succeeded", 1, "SENATE_FLOOR")
    assert not WantedBill.objects.exists()
    assert Candidate.objects.get().bill == bill


def test_a_wanted_bill_that_does_not_exist_is_asked_for_less_and_less(source, senate, now):
    make_session("ny", 2025)
    statement_wants("S9871")
    cursor_at(now - HOUR, source)
    run = a_round(source, now)
    assert (run.result, run.faults) == ("succeeded", [])
    assert not Bill.objects.exists()
    a_round(source, now + HOUR)
    assert senate.asked_about() == ["S9871"]


# --- every bill anew


def test_a_reading_takes_every_bill_that_may_still_move_and_was_not_read_today(
    source, senate, make_bill, now
):
    make_bill("S9871", read_at=now - 30 * HOUR)
    make_bill("S9872", read_at=now - HOUR)
    make_bill("S9873", year=2023, outcome="died", read_at=now - 900 * HOUR)
    make_bill("S9874", year=2023, status="DELIVERED_TO_GOV", read_at=now - 900 * HOUR)
    make_bill("S9875", source="records", read_at=now - 900 * HOUR)
    run = choosing.open_reading(source, "ny", now=now)
    assert sorted(run.items.values_list("print_no", flat=True)) == ["S9871", "S9874"]
    assert (run.kind, run.read_to) == ("reading", "")


def test_bills_of_a_session_that_is_just_over_are_read_until_two_months_later(
    source, make_bill, time_machine
):
    make_bill("S9871", outcome="died")
    for day, expected in (("2027-02-20", 1), ("2027-03-20", 0)):
        time_machine.move_to(f"{day}T12:00:00-05:00", tick=False)
        moment = choosing.timezone.now()
        assert choosing.open_reading(source, "ny", now=moment).due == expected
        RefreshItem.objects.all().delete()
