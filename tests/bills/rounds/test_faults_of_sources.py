"""The source misbehaves over HTTP while a worker on a real queue follows it: nothing is wrong, lost or doubled.

After each fault the last known status stands, what went wrong is told, and the next run heals it.
"""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from celery.contrib.testing.worker import start_worker
from django.db import connection
from django.utils import timezone

from bills import tasks
from bills.models import Bill, Candidate, RefreshRun, SourceState, TopicQuery
from bills.providers.base import SourceError
from bills.providers.registry import source_for
from bills.rounds import choosing, runs, work
from bills.rounds.work import MOST_TRIES, work_through
from config.celery import app
from tests.bills.rounds.conftest import IN_COMMITTEE, LONG_AGO, ON_FLOOR
from tests.bills.rounds.machines import wait_until
from tests.bills.rounds.whole import assert_whole
from tests.bills.state_senate import Reply
from tests.factories import make_session

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)
PASSED = [*ON_FLOOR, "2025-03-05 senate PASSED SENATE", "2025-03-05 senate DELIVERED TO ASSEMBLY"]


@pytest.fixture
def worker(senate):
    """Takes tasks from the queue in a thread of its own."""
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield


def finished() -> int:
    return RefreshRun.objects.exclude(finished_at=None).count()


def run_by(task, *arguments: object) -> RefreshRun:
    """What comes of the task, once a worker has done it and all that it calls for."""
    before = finished()
    task.delay(*arguments)
    wait_until(lambda: finished() > before, "the run has ended")
    return RefreshRun.objects.latest("pk")


def a_round() -> RefreshRun:
    return run_by(tasks.refresh_legislature, "ny")


def a_reading() -> RefreshRun:
    Bill.objects.update(read_at=LONG_AGO)  # a day has passed
    return run_by(tasks.read_anew, "ny")


def cursor() -> str:
    return SourceState.objects.get().cursor


def cursor_at(moment: datetime) -> str:
    state = runs.state_of("open_legislation", "ny", now=moment)
    state.cursor = choosing._as_cursor(moment)
    state.save()
    return state.cursor


def known(*print_nos: str) -> list[dict]:
    """All that readers see of these bills, but for when they were checked and what is wrong with the source."""
    bookkeeping = ("checked_at", "read_at", "fault", "fault_at", "fault_since")
    rows = Bill.objects.filter(base_print_no__in=print_nos).order_by("pk")
    seen = []
    for bill in rows:
        row = Bill.objects.filter(pk=bill.pk).values().get()
        for name in bookkeeping:
            row.pop(name)
        seen.append({**row, "actions": list(bill.actions.values_list("text", flat=True))})
    return seen


@pytest.fixture
def two_bills(senate, worker, make_bill, now):
    """Two bills that stand here as they stand at their source, and have moved there since."""
    for print_no in ("S9871", "S9872"):
        make_bill(print_no, status="")
        senate.put(print_no, IN_COMMITTEE, processed=None)
    a_round()
    cursor_at(now - 3 * HOUR)
    Bill.objects.update(read_at=now - 3 * HOUR, checked_at=now - 3 * HOUR)
    for print_no in ("S9871", "S9872"):
        senate.put(print_no, ON_FLOOR, processed=now - HOUR)
    senate.asked.clear()


# --- answers that are none

ERROR_PAGE = Reply(200, b"<!DOCTYPE html><title>Error</title><h1>We will be right back</h1>", "text/html")
NOT_SAID_TO_BE_HTML = Reply(200, ERROR_PAGE.body, "application/json")
NO_SUCCESS = Reply(200, b'{"success": false, "message": "Internal", "responseType": "error", "errorCode": 1}')
NOTHING = Reply(200, b"")
DRIP = Reply(200, b'{"success": true, "result": ' + b" " * 1000, drip=0.05)


def half(senate) -> Reply:
    whole = json.dumps(
        {"success": True, "responseType": "bill", "result": senate.bills[2025, "S9871"].answer()}
    )
    return Reply(200, whole[: len(whole) // 2].encode())


def no_actions(senate) -> Reply:
    answer = senate.bills[2025, "S9871"].answer() | {"actions": {"items": [], "size": 0}}
    whole = {"success": True, "responseType": "bill", "result": answer}
    return Reply(200, json.dumps(whole).encode())


def another_bill(senate) -> Reply:
    whole = {"success": True, "responseType": "bill", "result": senate.bills[2025, "S9872"].answer()}
    return Reply(200, json.dumps(whole).encode())


@pytest.mark.parametrize(
    ("answer", "words", "tries"),
    [
        (lambda senate: ERROR_PAGE, "it answered 200 with a web page", MOST_TRIES),
        (lambda senate: NOT_SAID_TO_BE_HTML, "it answered 200 with a web page", MOST_TRIES),
        (lambda senate: NOTHING, "breaks off", MOST_TRIES),
        (half, "breaks off", MOST_TRIES),
        (lambda senate: NO_SUCCESS, "another shape: success", 1),
        (no_actions, "its own actions amount to", 1),
        (another_bill, "another bill than the one asked for", 1),
    ],
    ids=["error page", "error page as JSON", "nothing", "half", "no success", "no actions", "another bill"],
)
def test_a_200_that_is_no_answer_changes_nothing_stops_no_other_bill_and_heals(
    two_bills, senate, answer, words, tries
):
    before, held = known("S9871"), cursor()
    reply = answer(senate)
    senate.behave = lambda path: reply if path.endswith("S9871") else None
    run = a_round()
    assert (run.result, run.due, run.checked, run.failed) == ("partly", 2, 1, 1)
    assert run.faults[0].startswith("S9871 of 2025-2026: ")
    assert words in run.faults[0]
    assert senate.asked_about().count("S9871") == tries
    assert known("S9871") == before
    assert Bill.objects.get(base_print_no="S9871").fault == run.faults[0].partition(": ")[2]
    assert Bill.objects.get(base_print_no="S9872").status == "SENATE_FLOOR"
    assert (cursor() == held) == (tries > 1)  # a passing fault holds it; any other is on the bill's record

    senate.behave = lambda path: None
    assert a_round().result == "succeeded"
    assert_whole(senate, bills=2)


@pytest.mark.slow
def test_an_answer_that_drips_is_cut_off_tried_again_given_up_and_keeps_no_worker(
    two_bills, senate, settings
):
    settings.SOURCE_MANNERS = settings.SOURCE_MANNERS | {"total_seconds": 1}
    before, held = known("S9871"), cursor()
    senate.behave = lambda path: DRIP if path.endswith("S9871") else None
    run = a_round()
    assert (run.result, run.checked, run.failed) == ("partly", 1, 1)
    assert run.faults == ["S9871 of 2025-2026: Open Legislation took longer than 1 seconds."]
    assert senate.asked_about().count("S9871") == MOST_TRIES
    assert known("S9871") == before
    assert cursor() == held
    senate.behave = lambda path: None
    assert a_round().result == "succeeded"
    assert_whole(senate, bills=2)


@pytest.mark.parametrize(
    "answer",
    [
        ERROR_PAGE,
        NO_SUCCESS,
        NOTHING,
        Reply(200, b'{"success": true, "total": 2, "offsetEnd": 2, "result": {"it'),
    ],
    ids=["error page", "no success", "nothing", "half"],
)
def test_a_list_of_changes_that_is_none_moves_no_cursor_and_loses_nothing(two_bills, senate, answer):
    before, held = known("S9871", "S9872"), cursor()
    senate.behave = lambda path: answer if "updates" in path else None
    run = a_round()
    assert (run.result, run.due) == ("failed", 0)
    assert len(run.faults) == 1
    assert known("S9871", "S9872") == before
    assert cursor() == held
    senate.behave = lambda path: None
    assert a_round().checked == 2
    assert_whole(senate, bills=2)


def test_a_list_that_breaks_off_on_its_second_page_is_used_as_far_as_it_goes_and_read_again(
    two_bills, senate
):
    held = cursor()
    senate.page_size = 1
    broken = iter([None, ERROR_PAGE, None, ERROR_PAGE])  # it is asked for once more, without titles
    senate.behave = lambda path: next(broken, None) if "updates" in path else None
    run = a_round()
    assert (run.result, run.checked, cursor()) == ("partly", 1, held)
    assert a_round().checked == 1
    assert_whole(senate, bills=2)
    assert sorted(senate.asked_about()) == ["S9871", "S9872"]


def test_a_search_for_topics_that_breaks_off_keeps_what_it_found(two_bills, senate):
    TopicQuery.objects.create(name="Lamps", words="lamp*")
    for number in range(9801, 9804):
        senate.put(f"S{number}", ON_FLOOR, processed=None, title="Relates to lamps")
    senate.page_size = 2
    pages = iter([None, ERROR_PAGE])
    senate.behave = lambda path: next(pages, None) if path.endswith("/search") else None
    with pytest.raises(SourceError):
        choosing.search(source_for("ny"), "ny", now=timezone.now())
    assert sorted(Candidate.objects.values_list("print_no", flat=True)) == ["S9801", "S9802"]
    senate.asked.clear()
    assert choosing.search(source_for("ny"), "ny", now=timezone.now()) == 0
    assert not senate.asked  # not again before tomorrow
    assert choosing.search(source_for("ny"), "ny", now=timezone.now() + 25 * HOUR) == 1


# --- a list of changes that cannot be relied on


def test_a_list_that_repeats_and_reorders_its_entries_gives_each_bill_once(two_bills, senate, now):
    entries = [(now - hours * HOUR, 2025, print_no) for hours in (1, 2) for print_no in ("S9871", "S9872")]
    senate.changes = [*entries, *reversed(entries), *entries]
    senate.page_size = 5
    run = a_round()
    assert (run.result, run.due, run.checked, run.changed) == ("succeeded", 2, 2, 2)
    assert_whole(senate, bills=2)
    assert cursor() == choosing._as_cursor(now - HOUR)
    assert a_round().due == 0
    assert_whole(senate, bills=2)


def test_a_change_that_the_list_leaves_out_comes_with_the_nightly_reading(two_bills, senate, now):
    senate.changes = [entry for entry in senate.changes if entry[2] != "S9872"]
    assert a_round().checked == 1
    skipped = Bill.objects.get(base_print_no="S9872")
    assert skipped.status == "IN_SENATE_COMM"
    run = a_reading()
    assert (run.result, run.checked, run.changed) == ("succeeded", 2, 1)
    assert_whole(senate, bills=2)


def test_a_change_that_the_list_tells_late_is_within_the_overlap(two_bills, senate, now):
    late, senate.changes = senate.changes, []
    senate.changes = [(now - HOUR, 2025, "S1")]
    assert a_round().due == 0
    assert cursor() == choosing._as_cursor(now - HOUR)
    senate.changes += [(now - HOUR - timedelta(minutes=10), year, print_no) for _, year, print_no in late]
    assert a_round().checked == 2
    assert_whole(senate, bills=2)


def test_a_list_with_entries_older_than_its_window_neither_asks_twice_nor_turns_the_cursor_back(
    two_bills, senate, now
):
    a_round()
    reached = cursor()
    old = [(now - hours * HOUR, 2025, "S9871") for hours in (4, 50, 5000)]
    answer = _list_of(old)
    senate.behave = lambda path: answer if "updates" in path else None
    senate.asked.clear()
    run = a_round()
    assert (run.result, run.due, cursor()) == ("succeeded", 0, reached)
    assert senate.asked_about() == []
    assert_whole(senate, bills=2)


def test_a_list_with_entries_of_the_future_moves_the_cursor_no_further_than_now(two_bills, senate, now):
    answer = _list_of([(now + 300 * HOUR, 2025, "S9871"), (now - HOUR, 2025, "S9872")])
    senate.behave = lambda path: answer if "updates" in path else None
    run = a_round()
    assert (run.result, run.checked) == ("succeeded", 2)
    assert datetime.fromisoformat(cursor()) <= run.started_at
    senate.behave = lambda path: None
    senate.put("S9872", PASSED, processed=timezone.now())
    assert a_round().changed == 1
    assert_whole(senate, bills=2)


def test_a_source_whose_clock_is_set_back_is_read_again_by_the_night(two_bills, senate, now):
    a_round()
    reached = cursor()
    senate.put("S9871", PASSED, processed=now - 5 * HOUR)  # now, by a clock that is five hours late
    assert a_round().due == 0
    assert cursor() == reached
    assert a_reading().changed == 1
    assert_whole(senate, bills=2)


def test_a_list_that_grows_while_it_is_paged_loses_nothing(two_bills, senate, make_bill, now):
    for number in range(9801, 9807):
        make_bill(f"S{number}", read_at=now - 3 * HOUR)
        senate.put(f"S{number}", ON_FLOOR, processed=now - HOUR)
    make_bill("S9899", read_at=now - 3 * HOUR)
    senate.page_size = 3
    pages = iter(range(100))

    def grow(path: str) -> None:
        """Before each page something is added: at the end, as the API sorts, and once in the middle."""
        if "updates" in path:
            page = next(pages)
            if page == 1:
                senate.put("S9899", ON_FLOOR, processed=now - timedelta(minutes=50))
            if page == 2:
                senate.changes.insert(1, senate.changes[0])

    senate.behave = grow
    run = a_round()
    assert run.result == "succeeded"
    assert_whole(senate, bills=9)


def test_a_list_that_shrinks_while_it_is_paged_loses_nothing_for_longer_than_a_night(
    two_bills, senate, make_bill, now
):
    """The API tells each bill's latest change: one that moves while we page leaves its place to the next."""
    for number in range(9801, 9807):
        make_bill(f"S{number}", read_at=now - 3 * HOUR)
        senate.put(f"S{number}", ON_FLOOR, processed=now - HOUR)
    senate.page_size = 4
    pages = iter(range(100))

    def shrink(path: str) -> None:
        if "updates" in path and next(pages) == 1:
            senate.changes.append(senate.changes.pop(0))

    senate.behave = shrink
    a_round()
    a_reading()
    assert_whole(senate, bills=8)


def _list_of(entries: list[tuple[datetime, int, str]]) -> Reply:
    """The same list of changes whatever window is asked for."""
    items = [
        {
            "id": {"basePrintNo": print_no, "session": session},
            "contentType": "BILL",
            "processedDateTime": timezone.make_naive(at).isoformat(),
        }
        for at, session, print_no in entries
    ]
    whole = {
        "success": True,
        "total": len(items),
        "offsetStart": 1,
        "offsetEnd": len(items),
        "result": {"items": items, "size": len(items)},
    }
    return Reply(200, json.dumps(whole).encode())


# --- two at once


class Meeting:
    """Counts who is being answered at once; each answer waits for `others` more, for as long as it makes sense."""

    def __init__(self, senate, ending: str, *, others: int) -> None:
        self.ending, self.most, self._now = ending, 0, 0
        self._guard, self._barrier = threading.Lock(), threading.Barrier(others + 1)
        senate.behave = self._meet

    def _meet(self, path: str) -> None:
        if not path.endswith(self.ending):
            return
        with self._guard:
            self._now += 1
            self.most = max(self.most, self._now)
        with suppress(threading.BrokenBarrierError):
            self._barrier.wait(1)
        with self._guard:
            self._now -= 1


def chosen_run(source, now: datetime) -> RefreshRun:
    return choosing.open_chosen(source, "ny", list(Bill.objects.select_related("session")), now=now)


def work_at_once(source, *work: RefreshRun) -> None:
    """Work through these runs, each in a thread of its own, until all have ended."""

    def do(run: RefreshRun, name: str) -> None:
        try:
            while work_through(run, source, worker=name) is not None:
                time.sleep(0.02)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(run, f"worker {place}")) for place, run in enumerate(work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


@pytest.fixture
def no_redis(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


def test_two_workers_on_one_bill_ask_one_after_the_other(senate, source, make_bill, now, monkeypatch):
    monkeypatch.setattr(work, "LOOK_AGAIN_SECONDS", 0.05)
    make_bill("S9871", status="")
    senate.put("S9871", ON_FLOOR, cosponsors=("Bo Example",))
    meeting = Meeting(senate, "S9871", others=1)
    work_at_once(source, chosen_run(source, now), chosen_run(source, now))
    assert (meeting.most, senate.asked_about()) == (1, ["S9871"] * 2)
    assert sorted(RefreshRun.objects.values_list("result", "changed")) == [("succeeded", 0), ("succeeded", 1)]
    assert_whole(senate, bills=1)


@pytest.mark.usefixtures("no_redis")
def test_two_workers_on_one_bill_give_one_result_without_redis_too(senate, source, make_bill, now):
    make_bill("S9871", status="")
    senate.put("S9871", ON_FLOOR, cosponsors=("Bo Example",))
    meeting = Meeting(senate, "S9871", others=1)
    work_at_once(source, chosen_run(source, now), chosen_run(source, now))
    assert meeting.most == 2
    assert sorted(RefreshRun.objects.values_list("result", "changed")) == [("succeeded", 0), ("succeeded", 1)]
    assert_whole(senate, bills=1)


@pytest.mark.usefixtures("no_redis")
def test_two_workers_that_bring_the_same_new_bill_at_once_make_one_of_it(senate, source, now):
    make_session("ny", 2025)
    senate.put("S9871", ON_FLOOR, cosponsors=("Bo Example",))
    due = [runs.Due(2025, "S9871")]
    both = [runs.start(source.code, legislature="ny", kind="chosen", due=due, now=now) for _ in range(2)]
    meeting = Meeting(senate, "S9871", others=1)
    work_at_once(source, *both)
    assert meeting.most == 2
    assert sorted(RefreshRun.objects.values_list("result", "arrived")) == [("succeeded", 0), ("succeeded", 1)]
    assert_whole(senate, bills=1)


@pytest.mark.usefixtures("no_redis")
def test_an_answer_that_comes_after_a_later_one_turns_nothing_back(senate, source, make_bill, now):
    make_bill("S9871", status="")
    senate.put("S9871", IN_COMMITTEE)
    old = json.dumps(
        {"success": True, "responseType": "bill", "result": senate.bills[2025, "S9871"].answer()}
    )
    asked, overtaken = threading.Event(), threading.Event()

    def answer_the_first_last(path: str) -> Reply | None:
        if asked.is_set():
            return None
        asked.set()
        overtaken.wait(30)
        return Reply(200, old.encode())

    senate.behave = answer_the_first_last
    slow = threading.Thread(target=work_at_once, args=(source, chosen_run(source, now)))
    slow.start()
    assert asked.wait(30)
    senate.put("S9871", PASSED)
    work_at_once(source, chosen_run(source, now))
    overtaken.set()
    slow.join(60)
    assert_whole(senate, bills=1)
    assert sorted(RefreshRun.objects.values_list("result", "changed")) == [("succeeded", 0), ("succeeded", 1)]


def test_many_workers_on_one_run_ask_about_each_bill_once(senate, source, make_bill, now):
    for number in range(9800, 9840):
        make_bill(f"S{number}", status="")
        senate.put(f"S{number}", ON_FLOOR)
    run = chosen_run(source, now)
    work_at_once(source, *[run] * 4)
    assert len(senate.asked_about()) == len(set(senate.asked_about())) == 40
    assert RefreshRun.objects.get().checked == 40
    assert_whole(senate, bills=40)


# --- a worker that is ended each time


class Killed(BaseException):
    """What a kill looks like from within: nothing after it is done."""


class Deadly:
    """A source whose answer about one bill is the asker's end."""

    def __init__(self, source) -> None:
        self.source, self.code = source, source.code

    def fetch_bill(self, number):
        if number.base_print_no == "S9872":
            raise Killed
        return self.source.fetch_bill(number)


def test_a_bill_that_ends_every_worker_that_asks_about_it_holds_up_no_other(senate, source, make_bill, now):
    for print_no in ("S9871", "S9872", "S9873"):
        make_bill(print_no, status="")
        senate.put(print_no, ON_FLOOR)
    run = chosen_run(source, now)
    ended = 0
    for _ in range(10):
        try:
            work_through(run, Deadly(source), worker="the same message")
        except Killed:
            ended += 1
    assert ended == MOST_TRIES
    run.refresh_from_db()
    assert (run.result, run.checked, run.failed) == ("partly", 2, 1)
    assert "was ended before the answer could be stored" in run.faults[0]
    work_through(chosen_run(source, now), source, worker="another message")
    assert_whole(senate, bills=3)


# --- messages that come twice


def test_messages_that_come_twice_or_late_do_the_work_once(senate, source, make_bill, now):
    for number in range(9800, 9830):
        make_bill(f"S{number}", status="")
        senate.put(f"S{number}", ON_FLOOR)
    run = chosen_run(source, now)
    for _ in range(3):
        tasks.work_on.apply_async([run.pk, 0], task_id="one-and-the-same")
        tasks.work_on.delay(run.pk, 1)
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        wait_until(lambda: finished() == 1, "the run has ended")
        tasks.work_on.delay(run.pk, 0)
        tasks.tend.delay()
        tasks.refresh_bill.delay(987654321)
        run_by(tasks.refresh_bill, Bill.objects.first().pk)
    assert len(senate.asked_about()) == 30 + 1
    assert_whole(senate, bills=30)
    assert RefreshRun.objects.count() == 2


def test_a_round_asked_for_twice_is_opened_once(two_bills, senate):
    for _ in range(3):
        tasks.refresh_legislature.delay("ny")
    wait_until(lambda: finished() == 2, "the round has ended")
    a_round()
    assert senate.asked_about().count("S9871") == 1
    assert_whole(senate, bills=2)
