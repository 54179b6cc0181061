"""Runs that are cut off, overtaken or begun twice: none counts as a success, none loses a bill, none stops another."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from bills import tasks
from bills.models import Bill, Candidate, RefreshRun, SourceState, StaffNotice, TopicQuery, WantedBill
from bills.print_numbers import parse_print_no
from bills.providers.base import SourceUnavailable
from bills.providers.mirrors import mirror_at
from bills.providers.open_legislation import OpenLegislation
from bills.refresh import store
from bills.refresh.store import _Batch
from bills.rounds import choosing, mirrors, runs, watch
from bills.rounds.work import work_through
from bills.tracking import candidates
from tests.bills.providers.mirror_repository import (
    change_some,
    commit,
    make_state_mirror,
    path_of,
    state_bill,
)
from tests.bills.rounds.conftest import IN_COMMITTEE, ON_FLOOR
from tests.bills.state_senate import Reply
from tests.factories import make_session

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)


class Killed(BaseException):
    """What kill -9 does, at an exact place."""


@pytest.fixture
def clone(tmp_path, settings) -> Path:
    folder = tmp_path / "state"
    make_state_mirror(folder, bills=60)
    settings.OPEN_LEGISLATION_KEY = ""
    settings.MIRRORS = [str(folder)]
    settings.MIRROR_PULL = False
    return folder


@pytest.fixture
def at_once(monkeypatch):
    """Calls for work are answered within the call, as by a worker that waits for nothing else."""
    monkeypatch.setattr(tasks.work_on, "apply_async", lambda arguments, **_: tasks.work_on(*arguments))


@pytest.fixture
def unheard(monkeypatch):
    """Calls for work that nobody answers."""
    monkeypatch.setattr(tasks.work_on, "apply_async", lambda *_arguments, **_options: None)


def at_file(monkeypatch, number: int, do) -> None:
    """Do something when so many files of a mirror are taken up."""
    real, seen = mirrors._Reader.take, []

    def take(self, entry):
        seen.append(entry)
        if len(seen) == number:
            do()
        return real(self, entry)

    monkeypatch.setattr(mirrors, "BILLS_AT_ONCE", 10)
    monkeypatch.setattr(mirrors._Reader, "take", take)


def begin_at(moment: datetime, source) -> None:
    state = runs.state_of(source.code, "ny", now=moment)
    SourceState.objects.filter(pk=state.pk).update(cursor=choosing._as_cursor(moment))


def a_round(source, now: datetime) -> RefreshRun:
    run = choosing.open_round(source, "ny", now=now)
    work_through(run, source, worker="test", most_tries=1)
    run.refresh_from_db()
    return run


# --- a mirror that is being read


def breaks() -> None:
    raise SourceUnavailable("The clone is damaged.")


def test_a_mirror_that_breaks_midway_is_no_success_of_the_worker(clone, monkeypatch, unheard, settings):
    settings.FOLLOW_EVERY_BILL = True
    at_file(monkeypatch, 25, breaks)
    tasks.refresh_legislature("ny")
    run = RefreshRun.objects.get()
    tasks.work_on(run.pk)
    run.refresh_from_db()
    assert (run.result, run.checked) == ("partly", 20)
    assert RefreshRun.objects.open_faults(now=timezone.now()).get() == run


def test_nor_is_it_one_of_the_command(clone, monkeypatch):
    at_file(monkeypatch, 25, breaks)
    with pytest.raises(CommandError):
        call_command("refresh_status", from_mirror=clone, every_bill=True)
    assert RefreshRun.objects.get().result == "partly"
    assert SourceState.objects.get().cursor == ""


def test_the_worker_leaves_a_commands_run_alone(clone, monkeypatch, at_once):
    at_file(monkeypatch, 21, tasks.tend)
    call_command("refresh_status", from_mirror=clone, every_bill=True)
    run = RefreshRun.objects.get()
    assert (run.result, run.checked, Bill.objects.count()) == ("succeeded", 60, 60)
    assert SourceState.objects.get().cursor == run.read_to


def test_a_command_that_is_stopped_has_the_next_one_read_the_rest(clone, monkeypatch, at_once):
    def stopped() -> None:
        tasks.tend()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        at_file(patched, 21, stopped)
        with pytest.raises(SystemExit):
            call_command("refresh_status", from_mirror=clone, every_bill=True)
    assert Bill.objects.count() == 20
    call_command("refresh_status", from_mirror=clone, every_bill=True)
    assert Bill.objects.count() == 60


def test_every_bill_is_read_also_where_some_were_read_before(clone):
    call_command("refresh_status", from_mirror=clone)
    call_command("refresh_status", from_mirror=clone, every_bill=True)
    assert Bill.objects.count() == 60


def test_a_worker_killed_while_it_completes_a_list_leaves_a_run_that_ends(clone, monkeypatch, unheard, now):
    candidates.choose(parse_print_no("S19999", legislature="ny", session=2025), now=now)
    mirror = mirror_at(clone)
    run = mirrors.open_round(mirror, "ny", now=now, pull=False)
    real = runs._add_items

    def killed(*arguments) -> None:
        real(*arguments)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(runs, "_add_items", killed)
        with pytest.raises(Killed):
            mirrors.read_on(run, mirror)
    for _ in range(3):
        tasks.work_on(run.pk)
    run.refresh_from_db()
    assert (run.result, run.due) == ("succeeded", 0)


def test_a_mirror_that_is_read_for_hours_is_not_abandoned(clone, now):
    mirror = mirror_at(clone)
    run = mirrors.open_round(mirror, "ny", now=now - 4 * HOUR, pull=False, every_bill=True)
    assert not mirrors.read_on(run, mirror, seconds=0)
    runs.close_abandoned(timezone.now())
    run.refresh_from_db()
    assert run.finished_at is None


def test_a_line_dated_ahead_in_a_file_that_never_changes_again_is_read_at_night(clone, make_bill, at_once):
    day, later = datetime(2025, 8, 1, 15, tzinfo=UTC), datetime(2025, 8, 5, 15, tzinfo=UTC)
    ahead = {"Text": "ADVANCED TO THIRD READING", "Date": "2025-08-02", "Chamber": "SENATE"}
    file = state_bill(0) | {"Actions": [*state_bill(0)["Actions"][:2], ahead], "Status": "SENATE_FLOOR"}
    commit(clone, {path_of(0): json.dumps(file)}, at=day)
    bill = make_bill("S1", source="records", checked_at=datetime(2025, 1, 2, tzinfo=UTC))
    tasks.refresh_legislature("ny")
    bill.refresh_from_db()
    assert bill.last_action_on < date(2025, 8, 2)
    change_some(clone, [4], at=later)
    tasks.refresh_legislature("ny")
    tasks.read_anew("ny")
    bill.refresh_from_db()
    assert bill.last_action_on == date(2025, 8, 2)
    assert RefreshRun.objects.latest("pk").reads_all


def test_one_folder_that_is_no_mirror_silences_no_other_and_is_told(clone, settings, unheard, now):
    settings.MIRRORS = [str(clone.parent / "nyc_legislation"), str(clone)]
    for code in ("ny", "nyc", "us"):
        tasks.refresh_legislature(code)
    results = dict(RefreshRun.objects.values_list("source", "result"))
    assert results["ny_mirror"] == "running"
    assert results["nyc_mirror"] == "failed"
    assert results["records"] == "succeeded"
    watch.watch(now=now + timedelta(days=4))
    assert any("City Council" in notice.subject for notice in StaffNotice.objects.all())


# --- a live source


def test_a_first_reading_that_one_bill_holds_up_is_not_begun_anew_each_hour(source, senate, make_bill):
    for place in range(10, 40):
        make_bill(f"S98{place}", source="records")
        senate.put(f"S98{place}", IN_COMMITTEE)
    senate.behave = lambda path: Reply(500) if path.endswith("S9810") else None
    asked = []
    for _ in range(3):
        senate.asked.clear()
        a_round(source, timezone.now())
        asked.append(len(senate.asked))
    assert asked == [30, 1, 1]


def test_an_ended_bill_whose_answer_made_no_sense_is_asked_about_until_it_does(
    source, senate, make_bill, now
):
    bill = make_bill("S9871", year=2021, outcome="vetoed", status="VETOED")
    begin_at(now - 72 * HOUR, source)
    lines = ["2021-02-03 senate REFERRED TO LANTERNS"]
    senate.put("S9871", lines, session=2021, processed=now - 70 * HOUR, stated="SIGNED_BY_GOV")
    a_round(source, timezone.now())
    bill.refresh_from_db()
    assert bill.fault
    senate.bills[2021, "S9871"].stated = ""
    a_round(source, timezone.now() + HOUR)
    bill.refresh_from_db()
    assert (bill.fault, bill.status) == ("", "IN_SENATE_COMM")


@pytest.mark.parametrize("ending", [SoftTimeLimitExceeded, OverflowError])
def test_a_list_that_ends_its_reader_is_a_fault_and_not_the_end_of_the_round(
    senate, source, make_bill, now, monkeypatch, unheard, ending
):
    begin_at(now - 5 * HOUR, source)
    make_bill("S9871", checked_at=now - 5 * HOUR)

    def breaks_off(*_arguments):
        raise ending
        yield

    monkeypatch.setattr(OpenLegislation, "changed_since", breaks_off)
    tasks.refresh_legislature("ny")
    run = RefreshRun.objects.get()
    assert (run.due, run.read_to, len(run.faults)) == (1, "", 1)


def test_a_list_too_long_for_one_round_is_read_in_smaller_windows(senate, source, now, monkeypatch):
    begin_at(now - timedelta(days=20), source)
    for day in range(1, 20):
        senate.put(f"S98{day:02}", IN_COMMITTEE, processed=now - timedelta(days=day))
    monkeypatch.setattr(choosing, "LONGEST_READING_SECONDS", -1)
    run = a_round(source, now)
    assert run.faults == ["Open Legislation tells of too much to be read in one go."]
    assert SourceState.objects.get().window_days == choosing.LONGEST_WINDOW_DAYS // 2
    monkeypatch.setattr(choosing, "LONGEST_READING_SECONDS", 150)
    a_round(source, now)
    state = SourceState.objects.get()
    assert state.cursor == choosing._as_cursor(now - timedelta(days=20 - choosing.LONGEST_WINDOW_DAYS // 2))
    assert state.window_days == choosing.LONGEST_WINDOW_DAYS


def test_a_clock_of_ours_that_is_ahead_loses_no_change(senate, source, make_bill, now):
    ahead = timedelta(minutes=5)
    bill = make_bill("S9871")
    begin_at(now - HOUR / 2, source)
    senate.put("S9871", ON_FLOOR, processed=now - ahead - timedelta(minutes=10))
    a_round(source, now)
    bill.refresh_from_db()
    later = [*ON_FLOOR, "2025-02-21 senate 2ND REPORT CAL."]
    senate.put("S9871", later, processed=bill.read_at - ahead + timedelta(minutes=1))
    a_round(source, now + HOUR)
    bill.refresh_from_db()
    assert bill.last_action_on == date(2025, 2, 21)


def test_what_staff_chose_comes_before_numbers_that_do_not_exist(senate, source, now, monkeypatch):
    make_session("ny", 2025)
    monkeypatch.setattr(choosing, "MOST_WANTED", 5)
    for place in range(5000, 5005):
        number = parse_print_no(f"S{place}", legislature="ny", session=2025)
        Candidate.objects.filter(pk=candidates.choose(number, now=now).pk).update(found_by=["A topic"])
        WantedBill.objects.create(
            legislature_id="ny", session_year=2025, print_no=f"S{place}", why="topic", wanted_since=now,
            ask_after=now - HOUR,
        )  # fmt: skip
    candidates.choose(parse_print_no("S9871", legislature="ny", session=2025), now=now)
    senate.put("S9871", IN_COMMITTEE)
    begin_at(now - HOUR, source)
    run = choosing.open_round(source, "ny", now=now)
    assert run.items.filter(print_no="S9871").exists()


def test_an_answer_read_before_a_fault_does_not_take_it_off(senate, source, make_bill, monkeypatch):
    """Without a lock: one worker has an old, unchanged answer in hand while another is refused a newer one."""
    number = parse_print_no("S9871", legislature="ny", session=2025)
    bill = make_bill("S9871")
    senate.put("S9871", IN_COMMITTEE)
    store(source.fetch_bill(number), source=source.code, now=timezone.now())
    old = source.fetch_bill(number)
    run = choosing.open_chosen(source, "ny", [bill], now=timezone.now())
    senate.bills[2025, "S9871"].stated = "SIGNED_BY_GOV"
    real = _Batch._mark_checked

    def between(self, facts, row):
        monkeypatch.setattr(_Batch, "_mark_checked", real)
        work_through(run, source, worker="another", most_tries=1)
        return real(self, facts, row)

    monkeypatch.setattr(_Batch, "_mark_checked", between)
    store(old, source=source.code, now=timezone.now())
    bill.refresh_from_db()
    assert "SIGNED_BY_GOV" in bill.fault


def test_a_long_first_reading_is_not_told_to_staff_as_silence(senate, source, make_bill, now):
    for place in range(10, 40):
        make_bill(f"S98{place}")
        senate.put(f"S98{place}", IN_COMMITTEE)
    run = choosing.open_round(source, "ny", now=now - 7 * HOUR)
    for item in runs.claim(run, "one", now=now)[:3]:
        snapshot = source.fetch_bill(runs.number_of(run, item))
        runs.done(item, store(snapshot, source=source.code, now=now))
    watch.watch(now=now)
    assert not StaffNotice.objects.exists()
    watch.watch(now=now + 3 * HOUR)
    assert StaffNotice.objects.count() == 1


def test_words_that_change_while_they_are_searched_for_are_searched_for_again(
    senate, source, now, monkeypatch
):
    make_session("ny", 2025)
    query = TopicQuery.objects.create(name="X", words="lantern*")

    def find(*_arguments):
        TopicQuery.objects.filter(pk=query.pk).update(words="ferry", searched={})
        return iter(())

    monkeypatch.setattr(OpenLegislation, "find", find)
    choosing.search(source, "ny", now=now)
    assert [topic.words for topic in candidates.unsearched("ny", now=now)] == [("ferry",)]


def test_a_worker_killed_before_a_run_ends_leaves_the_tying_of_what_came_to_the_next(
    senate, source, now, monkeypatch
):
    make_session("ny", 2025)
    chosen = candidates.choose(parse_print_no("S9871", legislature="ny", session=2025), now=now)
    begin_at(now - HOUR, source)
    senate.put("S9871", IN_COMMITTEE, processed=None)
    run = choosing.open_round(source, "ny", now=now)
    with monkeypatch.context() as patched:
        patched.setattr(runs, "tie_arrived", lambda: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            work_through(run, source, worker="one")
    chosen.refresh_from_db()
    assert chosen.bill is None
    assert runs.finish_if_done(run)
    chosen.refresh_from_db()
    assert chosen.bill == Bill.objects.get()


def test_a_run_that_cannot_be_ended_keeps_no_other_from_being_opened(
    source, make_bill, now, monkeypatch, unheard
):
    make_bill("S9871")
    stuck = choosing.open_round(source, "ny", now=now - 5 * HOUR)
    real = runs._end

    def end(row: RefreshRun, **how: bool) -> None:
        if row.pk == stuck.pk:
            raise IntegrityError
        real(row, **how)

    with monkeypatch.context() as patched:
        patched.setattr(runs, "_end", end)
        tasks.refresh_legislature("us")
        tasks.tend()
    assert RefreshRun.objects.filter(legislature="us").exists()
    tasks.tend()
    stuck.refresh_from_db()
    assert stuck.result == "failed"
