"""The queue's tasks, run by a real worker on a real Redis against a server that answers as the API does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError as QueueError

from bills import coordination, tasks
from bills.models import Bill, RefreshRun, SourceState
from bills.rounds import choosing, runs
from config.celery import app
from tests.bills.rounds.conftest import IN_COMMITTEE, LONG_AGO, ON_FLOOR, SECRET
from tests.bills.state_senate import Reply

PROJECT = Path(__file__).resolve().parents[3]
HOUR = timedelta(hours=1)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("senate")]


@contextmanager
def worker():
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield


@pytest.fixture
def running():
    with worker():
        yield


def until(is_so, *, seconds: float = 30):
    """What `is_so` gives, once it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := is_so():
            return found
        time.sleep(0.02)
    raise AssertionError("It never was so.")


def finished(number: int = 1) -> RefreshRun:
    """The newest run, once so many have ended."""
    until(lambda: RefreshRun.objects.filter(finished_at__isnull=False).count() >= number)
    return RefreshRun.objects.latest("pk")


def queue_length() -> int:
    with app.producer_pool.acquire(block=True) as producer:
        return producer.channel.queue_declare("refresh", durable=True).message_count


# --- one bill


@pytest.mark.usefixtures("running")
def test_a_good_answer_moves_the_bill_and_tells_what_changed(make_bill, senate):
    senate.put("S9871", [*ON_FLOOR, "2026-01-07 senate REFERRED TO LANTERNS"])
    bill = make_bill()
    tasks.refresh_bill.delay(bill.pk)
    run = finished()
    bill.refresh_from_db()
    assert (run.result, run.kind, run.due, run.checked, run.changed) == ("succeeded", "chosen", 1, 1, 1)
    assert (run.bill, run.source, run.faults) == (bill, "open_legislation", [])
    assert (bill.status, bill.status_committee, bill.status_date) == (
        "IN_SENATE_COMM",
        "Lanterns",
        date(2026, 1, 7),
    )
    assert bill.actions.count() == 3
    assert timezone.now() - bill.checked_at < timedelta(minutes=1)
    moved = bill.changes.get(fact="status")
    assert (moved.before, moved.after, moved.run) == ("SENATE_FLOOR", "IN_SENATE_COMM", run)


@pytest.mark.usefixtures("running")
def test_the_same_answer_again_moves_only_the_time_of_the_check(make_bill, senate):
    senate.put("S9871", IN_COMMITTEE)
    bill = make_bill()
    tasks.refresh_bill.delay(bill.pk)
    finished()
    before, changes = Bill.objects.get(), bill.changes.count()
    tasks.refresh_bill.delay(bill.pk)
    assert finished(2).changed == 0
    after = Bill.objects.get()
    assert after.checked_at > before.checked_at
    assert (after.changed_at, bill.changes.count()) == (before.changed_at, changes)


FAILURES = {
    "401": Reply(401, b'{"success": false, "errorCode": 701}'),
    "404 HTML": Reply(404, b"<h1>Not found</h1>", "text/html"),
    "500": Reply(500, b'{"success": false}'),
    "error page": Reply(200, b"<h1>Back soon</h1>", "text/html"),
    "truncated": Reply(200, b'{"success": true, "result": {"basePr'),
    "blank": Reply(
        200,
        b'{"success": true, "responseType": "bill", "result": {"basePrintNo": "S9871", "session": 2025, '
        b'"status": {"statusType": null}}}',
    ),
    "another": Reply(200, b'{"success": true, "responseType": "bill", "result": []}'),
}


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    ("failure", "words", "tries"),
    [
        ("401", "Open Legislation refused our key (401). Check OPEN_LEGISLATION_KEY.", 1),
        ("404 HTML", "Open Legislation is out of order (it answered 404 with a web page).", 4),
        ("500", "Open Legislation is out of order (it answered 500).", 4),
        ("error page", "Open Legislation is out of order (it answered 200 with a web page).", 4),
        ("truncated", "Open Legislation sent an answer that breaks off.", 4),
        ("blank", "Open Legislation sent a blank record: it states no status.", 1),
        ("another", "Open Legislation sent an answer of another shape", 1),
    ],
)
def test_a_failure_keeps_the_last_known_status_says_so_and_heals(make_bill, senate, failure, words, tries):
    bill = make_bill()
    known = Bill.objects.filter(pk=bill.pk).values().get()
    senate.behave = lambda path: FAILURES[failure]
    tasks.refresh_bill.delay(bill.pk)
    run = finished()
    assert (run.result, run.checked, run.failed) == ("failed", 0, 1)
    assert words in run.faults[-1]
    assert SECRET not in json.dumps(run.faults)
    assert len(senate.asked_about()) == tries
    left = Bill.objects.filter(pk=bill.pk).values().get()
    assert {name for name in known if left[name] != known[name]} <= {"fault", "fault_at", "fault_since"}
    assert not bill.changes.exists()

    coordination.forget()
    senate.behave = lambda path: None
    senate.put("S9871", IN_COMMITTEE)
    tasks.refresh_bill.delay(bill.pk)
    assert finished(2).result == "succeeded"
    bill.refresh_from_db()
    assert (bill.status, bill.fault) == ("IN_SENATE_COMM", "")
    assert bill.checked_at > LONG_AGO


@pytest.mark.usefixtures("running")
def test_a_passing_fault_is_tried_again_within_the_same_run_and_told_at_once(make_bill, senate):
    replies = [Reply(503)]
    senate.behave = lambda path: replies.pop() if replies else None
    senate.put("S9871", IN_COMMITTEE)
    tasks.refresh_bill.delay(make_bill().pk)
    run = finished()
    assert (run.result, run.checked, run.failed) == ("succeeded", 1, 0)
    assert run.faults == [
        "S9871 of 2025-2026: Open Legislation is out of order (it answered 503). It is being tried again."
    ]
    assert RefreshRun.objects.count() == 1


@pytest.mark.usefixtures("running")
def test_an_answer_without_actions_takes_none_away(make_bill, senate):
    senate.put("S9871", ON_FLOOR)
    bill = make_bill()
    tasks.refresh_bill.delay(bill.pk)
    finished()
    senate.put("S9871", [])
    tasks.refresh_bill.delay(bill.pk)
    assert finished(2).result == "failed"
    bill.refresh_from_db()
    assert (bill.status, bill.actions.count()) == ("SENATE_FLOOR", 2)


@pytest.mark.usefixtures("running")
def test_a_bill_that_another_worker_has_waits_for_it(make_bill, senate, monkeypatch):
    monkeypatch.setattr("bills.rounds.work.LOOK_AGAIN_SECONDS", 0.2)
    senate.put("S9871", IN_COMMITTEE)
    bill = make_bill()
    with coordination.lock("bill:ny/2025/S9871", seconds=30):
        tasks.refresh_bill.delay(bill.pk)
        until(lambda: RefreshRun.objects.filter(items__not_before__isnull=False).exists())
        assert not senate.asked
    assert finished().result == "succeeded"


@pytest.mark.usefixtures("running")
def test_a_bill_that_is_gone_is_no_error():
    tasks.refresh_bill.apply_async([987654321])
    until(lambda: queue_length() == 0)
    assert not RefreshRun.objects.exists()


def test_an_error_of_our_own_ends_the_run_is_logged_and_stops_no_other_bill(
    make_bill, senate, monkeypatch, source
):
    for print_no in ("S9871", "S9872"):
        make_bill(print_no)
        senate.put(print_no, IN_COMMITTEE)
    fetch = type(source).fetch_bill

    def broken(self, number):
        return 1 / 0 if number.base_print_no == "S9871" else fetch(self, number)

    monkeypatch.setattr(type(source), "fetch_bill", broken)
    run = choosing.open_chosen(source, "ny", list(Bill.objects.select_related("session")), now=timezone.now())
    tasks.work_on(run.pk)
    run.refresh_from_db()
    assert (run.result, run.checked, run.failed) == ("partly", 1, 1)
    assert "ZeroDivisionError" in run.faults[0]


# --- rounds


@pytest.mark.usefixtures("running")
def test_a_round_asks_about_what_has_changed_and_the_next_about_what_has_since(make_bill, senate):
    for print_no in ("S9871", "S9872", "S9873"):
        make_bill(print_no)
        senate.put(print_no, IN_COMMITTEE, processed=None)
    tasks.refresh_legislature.delay("ny")
    assert finished().checked == 3
    senate.asked.clear()
    senate.put("S9872", ON_FLOOR, processed=timezone.now())
    tasks.refresh_legislature.delay("ny")
    run = finished(2)
    assert (run.result, run.due, run.changed) == ("succeeded", 1, 1)
    assert senate.asked_about() == ["S9872"]


@pytest.mark.usefixtures("running")
def test_one_bad_bill_does_not_stop_the_round(make_bill, senate):
    senate.put("S9871", IN_COMMITTEE, stated="SIGNED_BY_GOV")
    senate.put("S9872", IN_COMMITTEE)
    make_bill("S9871"), make_bill("S9872")
    tasks.refresh_legislature.delay("ny")
    run = finished()
    assert (run.result, run.checked, run.failed) == ("partly", 1, 1)


def test_a_round_started_twice_is_opened_once(make_bill):
    make_bill()
    tasks.refresh_legislature("ny")
    tasks.refresh_legislature("ny")
    assert RefreshRun.objects.count() == 1
    with coordination.lock("round:nyc", seconds=30):
        tasks.refresh_legislature("nyc")
    assert RefreshRun.objects.count() == 1


def test_a_run_takes_few_places_in_the_queue_however_many_bills_it_has(make_bill):
    for number in range(9700, 9760):
        make_bill(f"S{number}")
    tasks.refresh_legislature("ny")
    assert RefreshRun.objects.get().due == 60
    assert queue_length() == tasks.AT_WORK_TOGETHER


def test_a_queue_that_does_not_answer_leaves_the_run_to_be_gone_on_with(make_bill, senate, monkeypatch):
    senate.put("S9871", IN_COMMITTEE)
    make_bill()

    def broken(*_args, **_kwargs):
        raise QueueError

    with monkeypatch.context() as patched:
        patched.setattr(tasks.work_on, "apply_async", broken)
        with pytest.raises(QueueError):
            tasks.refresh_legislature("ny")
    assert RefreshRun.objects.get().finished_at is None
    with worker():
        tasks.tend.delay()
        assert finished().result == "succeeded"


def test_a_run_that_nobody_works_on_is_closed_and_the_next_round_goes_on(make_bill, source):
    make_bill()
    run = choosing.open_round(source, "ny", now=timezone.now())
    RefreshRun.objects.filter(pk=run.pk).update(started_at=timezone.now() - 4 * HOUR)
    tasks.refresh_legislature("ny")
    run.refresh_from_db()
    assert (run.result, run.faults) == ("failed", ["The run was broken off. Not reached: 1 of 1."])
    assert RefreshRun.objects.at_work().count() == 1
    assert SourceState.objects.get().cursor == ""


def test_a_message_that_comes_twice_finds_nothing_to_do(make_bill, senate, source):
    senate.put("S9871", IN_COMMITTEE)
    make_bill()
    run = choosing.open_round(source, "ny", now=timezone.now())
    tasks.work_on(run.pk)
    tasks.work_on(run.pk)
    run.refresh_from_db()
    assert (run.checked, senate.asked_about()) == (1, ["S9871"])


def test_a_source_that_rests_is_left_alone_and_the_run_goes_on_afterwards(make_bill, senate, source):
    senate.put("S9871", IN_COMMITTEE)
    make_bill()
    run = choosing.open_round(source, "ny", now=timezone.now())
    host = senate.address.removeprefix("http://").split("/")[0]
    coordination.rest(host, 200)
    assert 1 <= tasks._work(run, worker="one") <= 200
    assert not senate.asked
    coordination.forget()
    cache.clear()
    assert tasks._work(run, worker="two") is None
    run.refresh_from_db()
    assert run.result == "succeeded"


def test_every_bill_is_read_anew_only_where_there_is_a_source_to_ask(make_bill, senate):
    senate.put("S9871", IN_COMMITTEE)
    make_bill()
    tasks.read_anew("nyc")
    assert not RefreshRun.objects.exists()
    tasks.read_anew("ny")
    tasks.read_anew("ny")
    assert list(RefreshRun.objects.values_list("kind", "due")) == [("reading", 1)]


def test_another_source_than_the_run_began_with_ends_it(make_bill, senate, source, settings, tmp_path):
    make_bill()
    run = choosing.open_round(source, "ny", now=timezone.now())
    settings.OPEN_LEGISLATION_KEY = ""
    settings.RECORDS_FOLDER = tmp_path
    tasks.work_on(run.pk)
    run.refresh_from_db()
    assert run.faults == ["Another source is asked now. Not reached: 1 of 1."]


def test_without_a_key_new_york_is_read_from_the_records(make_bill, settings, tmp_path, senate):
    settings.OPEN_LEGISLATION_KEY = ""
    settings.RECORDS_FOLDER = tmp_path
    action = {"date": "2025-01-14", "chamber": "senate", "text": "REFERRED TO LANTERNS"}
    record = {
        "legislature": "ny",
        "session": 2025,
        "print_no": "S9871",
        "title_or_summary": "Lamps",
        "actions": [action],
        "as_of": "2026-06-01",
    }
    (tmp_path / "lamps.json").write_text(json.dumps([record]))
    make_bill(source="records"), make_bill("S9881", source="records")
    with worker():
        tasks.refresh_legislature.delay("ny")
        run = finished()
    assert (run.source, run.due, run.result) == ("records", 1, "succeeded")
    assert Bill.objects.get(base_print_no="S9871").status == "IN_SENATE_COMM"
    assert Bill.objects.get(base_print_no="S9881").checked_at == LONG_AGO  # our own files are nobody's word
    assert not senate.asked
    tasks.refresh_legislature("ny")
    assert RefreshRun.objects.latest("pk").due == 0  # nothing was written since


def test_the_database_away_for_a_moment_is_tried_again_and_anything_else_is_not():
    for task in (
        tasks.refresh_legislature,
        tasks.work_on,
        tasks.tend,
        tasks.refresh_bill,
        tasks.send_notices,
    ):
        assert task.autoretry_for == runs.DATABASE_IS_AWAY


# --- a worker of its own, as it is deployed


@pytest.mark.slow
def test_a_worker_process_takes_bills_from_the_queue(make_bill, senate, settings):
    senate.put("S9871", IN_COMMITTEE)
    database = connection.settings_dict
    address = f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}"
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": "x" * 40,
        "OPEN_LEGISLATION_KEY": SECRET,
        "OPEN_LEGISLATION_URL": senate.address,
        "LOG_LEVEL": "INFO",
    }
    bill = make_bill()
    tasks.refresh_bill.delay(bill.pk)
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "config",
            "worker",
            "-Q",
            "refresh,mail",
            "--concurrency",
            "1",
        ],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        end = time.monotonic() + 60
        while not RefreshRun.objects.filter(finished_at__isnull=False).exists() and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        told = process.communicate(timeout=60)[0]
    assert RefreshRun.objects.filter(result="succeeded").exists(), told
    bill.refresh_from_db()
    assert bill.status == "IN_SENATE_COMM"
    assert SECRET not in told
