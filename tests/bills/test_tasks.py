"""The queue's tasks, run by a real worker on a real Redis against a server that answers as the API does."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.cache import cache
from django.db import connection, connections
from django.utils import timezone

from bills import coordination, tasks
from bills.models import Bill, RefreshRun, Session
from bills.providers.registry import source_for
from bills.refresh import rounds, runs
from config.celery import app
from sponsors.models import Legislature

PROJECT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "providers" / "data"
SECRET = "never-show-c41d7"
BILL_PATH = "/api/3/bills/2025/S9871"
UPDATES = re.compile(r"/api/3/bills/updates/.*")
LONG_AGO = datetime(2026, 1, 2, 3, 4, tzinfo=timezone.get_fixed_timezone(0))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _open_legislation(settings, httpserver, monkeypatch, transactional_db):
    """The site asks the local server, with a key, and loses no time between tries."""
    coordination.forget()
    cache.clear()
    settings.OPEN_LEGISLATION_KEY = SECRET
    settings.OPEN_LEGISLATION_URL = httpserver.url_for("/api/3")
    settings.REFRESH_RETRY_SECONDS = 0
    settings.SOURCE_MANNERS = {
        "read_seconds": 0.3,
        "total_seconds": 1,
        "per_second": 10_000,
        "attempts": 1,
        "most_failures": 1000,
    }
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    for code in ("ny", "nyc"):  # a test that commits is followed by a flush, which takes these rows too
        Legislature.objects.get_or_create(code=code, defaults={"name": code, "short_name": code})
    yield
    coordination.forget()


@pytest.fixture
def session() -> Session:
    return Session.objects.get_or_create(
        legislature_id="ny",
        year=2025,
        defaults={"label": "2025-2026", "start": date(2025, 1, 1), "end": date(2026, 12, 31)},
    )[0]


@pytest.fixture
def make_bill(session):
    def make(print_no: str = "S9871", **fields) -> Bill:
        known = {"status": "SENATE_FLOOR", "status_date": date(2025, 2, 20), "checked_at": LONG_AGO}
        return Bill.objects.create(
            session=session,
            base_print_no=print_no,
            slug=print_no.lower(),
            chamber="senate",
            **(known | fields),
        )

    return make


@contextmanager
def worker():
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield


@pytest.fixture
def running():
    with worker():
        yield


def saved(name: str) -> dict:
    return json.loads((DATA / name).read_text())


def wait_for_the_run(*, seconds: float = 20) -> RefreshRun:
    """The newest run, once it is finished."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        run = RefreshRun.objects.order_by("-pk").first()
        if run and run.finished_at:
            return run
        time.sleep(0.02)
    raise AssertionError("The run did not finish.")


# --- the good way


@pytest.mark.usefixtures("running")
def test_a_good_answer_moves_the_bill_and_tells_what_changed(make_bill, httpserver):
    httpserver.expect_request(BILL_PATH).respond_with_json(saved("bill_S9871-2025.json"))
    bill = make_bill()
    tasks.refresh_bill.delay(bill.pk)
    run = wait_for_the_run()
    bill.refresh_from_db()
    assert (run.result, run.due, run.checked, run.changed, run.failed) == ("succeeded", 1, 1, 1, 0)
    assert (run.bill, run.source, run.faults) == (bill, "open_legislation", [])
    assert (bill.status, bill.status_committee, bill.status_date) == (
        "IN_SENATE_COMM",
        "Lanterns",
        date(2026, 1, 7),
    )
    assert [stage.code for stage in bill.stages.all()] == ["IN_SENATE_COMM"]
    assert bill.actions.count() == 5
    assert bill.source == "open_legislation"
    assert timezone.now() - bill.checked_at < timedelta(minutes=1)
    moved = bill.changes.get(fact="status")
    assert (moved.before, moved.after, moved.run) == ("SENATE_FLOOR", "IN_SENATE_COMM", run)


@pytest.mark.usefixtures("running")
def test_the_same_answer_again_moves_only_the_time_of_the_check(make_bill, httpserver):
    httpserver.expect_request(BILL_PATH).respond_with_json(saved("bill_S9871-2025.json"))
    bill = make_bill()
    tasks.refresh_bill.delay(bill.pk)
    wait_for_the_run()
    before = Bill.objects.get()
    changes = bill.changes.count()
    tasks.refresh_bill.delay(bill.pk)
    until = time.monotonic() + 20
    while RefreshRun.objects.filter(finished_at__isnull=False).count() < 2 and time.monotonic() < until:
        time.sleep(0.02)
    after = Bill.objects.get()
    assert RefreshRun.objects.latest("pk").changed == 0
    assert after.checked_at > before.checked_at
    assert after.changed_at == before.changed_at
    assert bill.changes.count() == changes


# --- every failure leaves the row alone, is told, and heals


def slow(_request):
    time.sleep(0.6)


def respond(expected, failure: str) -> None:
    if failure == "401":
        expected.respond_with_json(saved("key_refused.json"), status=401)
    elif failure == "404 JSON":
        expected.respond_with_json(saved("no_such_bill.json"), status=404)
    elif failure == "404 HTML":
        expected.respond_with_data("<h1>Not found</h1>", 404, content_type="text/html")
    elif failure == "500":
        expected.respond_with_json({"success": False, "errorCode": -1}, status=500)
    elif failure == "time-out":
        expected.respond_with_handler(slow)
    elif failure == "truncated":
        whole = json.dumps(saved("bill_S9871-2025.json"))
        expected.respond_with_data(whole[: len(whole) // 2], content_type="application/json")
    elif failure == "blank":
        blank = saved("blank_bill_A9874-2025.json")
        blank["result"].update(basePrintNo="S9871", printNo="S9871")
        expected.respond_with_json(blank)
    elif failure == "contradiction":
        answer = saved("bill_S9871-2025.json")
        answer["result"]["status"]["statusType"] = "SIGNED_BY_GOV"
        expected.respond_with_json(answer)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    ("failure", "words", "tries"),
    [
        ("401", "Open Legislation refused our key (401). Check OPEN_LEGISLATION_KEY.", 1),
        ("404 JSON", "Open Legislation has no bill S9871 of 2025.", 1),
        ("404 HTML", "Open Legislation is out of order (it answered 404 with a web page).", 4),
        ("500", "Open Legislation is out of order (it answered 500).", 4),
        ("time-out", "Open Legislation fell silent for 0.3 seconds.", None),
        ("truncated", "Open Legislation sent an answer that breaks off.", 4),
        ("blank", "Open Legislation sent a blank record: it states no status.", 1),
        ("contradiction", "its own actions amount to IN_SENATE_COMM.", 1),
    ],
)
def test_a_failure_keeps_the_last_known_status_says_so_and_heals(
    make_bill, httpserver, failure, words, tries
):
    bill = make_bill()
    known = Bill.objects.filter(pk=bill.pk).values().get()
    respond(httpserver.expect_request(BILL_PATH), failure)
    tasks.refresh_bill.delay(bill.pk)
    run = wait_for_the_run()
    assert (run.result, run.checked, run.failed) == ("failed", 0, 1)
    assert run.faults[-1].startswith("S9871 of 2025-2026: ")
    assert words in run.faults[-1]
    assert SECRET not in json.dumps(run.faults)
    assert tries in (None, len(httpserver.log))  # the server is still at work on what timed out
    assert Bill.objects.filter(pk=bill.pk).values().get() == known
    assert not bill.changes.exists()

    httpserver.clear_all_handlers()
    httpserver.expect_request(BILL_PATH).respond_with_json(saved("bill_S9871-2025.json"))
    tasks.refresh_bill.delay(bill.pk)
    until = time.monotonic() + 20
    while not RefreshRun.objects.filter(result="succeeded").exists() and time.monotonic() < until:
        time.sleep(0.02)
    bill.refresh_from_db()
    assert bill.status == "IN_SENATE_COMM"
    assert bill.checked_at > LONG_AGO


@pytest.mark.usefixtures("running")
def test_a_passing_fault_is_tried_again_within_the_same_run(make_bill, httpserver):
    httpserver.expect_ordered_request(BILL_PATH).respond_with_data("", 503)
    httpserver.expect_ordered_request(BILL_PATH).respond_with_json(saved("bill_S9871-2025.json"))
    tasks.refresh_bill.delay(make_bill().pk)
    run = wait_for_the_run()
    assert (run.result, run.checked, run.failed) == ("succeeded", 1, 0)
    assert run.faults == [
        "S9871 of 2025-2026: Open Legislation is out of order (it answered 503). It is being tried again."
    ]
    assert RefreshRun.objects.count() == 1


@pytest.mark.usefixtures("running")
def test_an_answer_without_actions_takes_none_away(make_bill, httpserver):
    httpserver.expect_oneshot_request(BILL_PATH).respond_with_json(saved("bill_S9871-2025.json"))
    bill = make_bill()
    tasks.refresh_bill.delay(bill.pk)
    wait_for_the_run()
    empty = saved("bill_S9871-2025.json")
    empty["result"]["actions"] = {"items": [], "size": 0}
    empty["result"]["status"]["statusType"] = "INTRODUCED"
    httpserver.expect_request(BILL_PATH).respond_with_json(empty)
    tasks.refresh_bill.delay(bill.pk)
    until = time.monotonic() + 20
    while not RefreshRun.objects.filter(result="failed").exists() and time.monotonic() < until:
        time.sleep(0.02)
    bill.refresh_from_db()
    assert (bill.status, bill.actions.count()) == ("IN_SENATE_COMM", 5)


@pytest.mark.usefixtures("running")
def test_a_bill_that_is_being_asked_about_waits_for_its_turn_and_is_told(make_bill, httpserver):
    bill = make_bill()
    with coordination.lock(f"bill:{bill.pk}", seconds=30):
        tasks.refresh_bill.delay(bill.pk)
        run = wait_for_the_run()
    assert "Another worker" in run.faults[-1]
    assert not httpserver.log


@pytest.mark.usefixtures("running")
def test_a_bill_that_is_gone_is_no_error():
    run = runs.start(source_for("ny"), due=1, legislature="ny")
    tasks.refresh_bill.delay(987654321, run.pk)
    assert "no longer here" in wait_for_the_run().faults[0]


def test_an_error_of_our_own_ends_the_run_and_stays_an_error(make_bill, monkeypatch):
    monkeypatch.setattr(runs, "store", lambda *_args, **_kwargs: 1 / 0)
    monkeypatch.setattr(runs, "parse_print_no", lambda *_args, **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.refresh_bill(make_bill().pk)
    run = RefreshRun.objects.get()
    assert (run.result, run.failed) == ("failed", 1)
    assert "ZeroDivisionError" in run.faults[0]


def test_waits_between_tries_grow_differ_and_have_a_limit(settings):
    settings.REFRESH_RETRY_SECONDS = 60
    task = tasks.refresh_bill
    task.push_request(retries=2)
    try:
        waits = {tasks._wait(task, Exception()) for _ in range(50)}
        long = tasks._wait(task, type("Asked", (Exception,), {"retry_after": 3600})())
    finally:
        task.pop_request()
    assert len(waits) > 40
    assert min(waits) >= 240
    assert max(waits) <= 360
    assert long == tasks.RETRY_MOST_SECONDS


# --- rounds


def expect_updates(httpserver, *print_nos: str) -> None:
    items = [{"id": {"basePrintNo": print_no, "session": 2025}} for print_no in print_nos]
    page = {"success": True, "total": len(items), "offsetEnd": len(items), "result": {"items": items}}
    httpserver.expect_request(UPDATES).respond_with_json(page)


def expect_bills(httpserver, *print_nos: str) -> None:
    for print_no in print_nos:
        answer = saved("bill_S9871-2025.json")
        answer["result"]["basePrintNo"] = print_no
        httpserver.expect_request(f"/api/3/bills/2025/{print_no}").respond_with_json(answer)


@pytest.mark.usefixtures("running")
def test_a_round_asks_about_the_living_bills_that_are_due(make_bill, httpserver):
    expect_bills(httpserver, "S9871", "S9881")
    make_bill("S9871"), make_bill("S9881", checked_at=None)
    make_bill("S9882", checked_at=timezone.now() - timedelta(hours=1))
    make_bill("S9883", outcome="stricken", status="STRICKEN")
    tasks.refresh_legislature.delay("ny")
    run = wait_for_the_run()
    assert (run.result, run.due, run.checked, run.bill) == ("succeeded", 2, 2, None)
    assert {request.path[-5:] for request, _ in httpserver.log} == {"S9871", "S9881"}


@pytest.mark.usefixtures("running")
def test_the_next_round_asks_only_about_what_the_source_has_touched(make_bill, httpserver):
    expect_bills(httpserver, "S9871", "S9881", "S9883")
    make_bill("S9871"), make_bill("S9881"), make_bill("S9883", outcome="stricken", status="STRICKEN")
    tasks.refresh_legislature.delay("ny")
    wait_for_the_run()
    httpserver.clear_log()
    expect_updates(httpserver, "S9881", "S9883", "S1", "J5")
    tasks.refresh_legislature.delay("ny")
    until = time.monotonic() + 20
    while RefreshRun.objects.filter(finished_at__isnull=False).count() < 2 and time.monotonic() < until:
        time.sleep(0.02)
    run = RefreshRun.objects.latest("pk")
    assert (run.result, run.due) == ("succeeded", 2)
    assert [request.path.rsplit("/", 1)[1] for request, _ in httpserver.log[1:]] == ["S9881", "S9883"]


@pytest.mark.usefixtures("running")
def test_one_bad_bill_does_not_stop_the_round_and_holds_the_cursor(make_bill, httpserver):
    expect_bills(httpserver, "S9881")
    respond(httpserver.expect_request(BILL_PATH), "blank")
    make_bill("S9871"), make_bill("S9881")
    tasks.refresh_legislature.delay("ny")
    run = wait_for_the_run()
    assert (run.result, run.checked, run.failed) == ("partly", 1, 1)
    assert rounds._cursor(source_for("ny"), "ny") is None


def test_the_window_begins_at_the_last_clean_round_and_at_most_a_week_back(make_bill, httpserver):
    make_bill()
    expect_updates(httpserver)
    now = timezone.now()
    source = source_for("ny")
    for age, result in ((30, "succeeded"), (3, "succeeded"), (2, "partly"), (1, "failed")):
        RefreshRun.objects.create(
            legislature_id="ny", source=source.code, started_at=now - timedelta(days=age), result=result
        )
    assert rounds._cursor(source, "ny") == now - timedelta(days=3)
    RefreshRun.objects.filter(started_at=now - timedelta(days=3)).delete()
    rounds.choose(source, "ny", now=now)
    start = httpserver.log[0][0].path.split("/")[-2]
    assert start[:10] == timezone.localdate(now - timedelta(days=7)).isoformat()


@pytest.mark.usefixtures("running")
def test_a_list_of_updates_that_fails_is_told_and_the_due_bills_are_asked_about_all_the_same(
    make_bill, httpserver
):
    expect_bills(httpserver, "S9871")
    httpserver.expect_request(UPDATES).respond_with_data("", 500)
    make_bill()
    RefreshRun.objects.create(
        legislature_id="ny",
        source="open_legislation",
        started_at=timezone.now() - timedelta(hours=1),
        finished_at=timezone.now(),
        result="succeeded",
    )
    tasks.refresh_legislature.delay("ny")
    until = time.monotonic() + 20
    while RefreshRun.objects.filter(checked=1).count() < 1 and time.monotonic() < until:
        time.sleep(0.02)
    run = RefreshRun.objects.latest("pk")
    assert (run.result, run.checked) == ("succeeded", 1)
    assert run.faults == ["Open Legislation is out of order (it answered 500)."]


def test_a_round_started_twice_queues_once(make_bill):
    make_bill()
    tasks.refresh_legislature("ny")
    tasks.refresh_legislature("ny")
    assert RefreshRun.objects.count() == 1
    with coordination.lock("round:nyc", seconds=30):
        tasks.refresh_legislature("nyc")
    assert RefreshRun.objects.count() == 1


def test_a_run_that_nobody_finished_is_closed_and_the_next_round_goes_on(make_bill):
    make_bill()
    lost = runs.start(source_for("ny"), due=5, legislature="ny")
    RefreshRun.objects.filter(pk=lost.pk).update(started_at=timezone.now() - timedelta(hours=3), checked=2)
    tasks.refresh_legislature("ny")
    lost.refresh_from_db()
    assert (lost.result, lost.faults) == ("partly", ["The run was broken off. Not reached: 3 of 5."])
    assert RefreshRun.objects.filter(finished_at=None).count() == 1


def test_the_queue_is_never_filled_beyond_its_limit(make_bill, monkeypatch):
    monkeypatch.setattr(tasks, "MOST_WAITING", 3)
    for place in range(5):
        make_bill(f"S99{place:02}")
    tasks.refresh_legislature("ny")
    run = RefreshRun.objects.get()
    assert (run.due, run.failed) == (5, 2)
    assert run.faults == ["The queue is full: 2 bills wait for the next round."]
    with app.producer_pool.acquire(block=True) as producer:
        assert tasks._waiting(producer) == 3


def test_a_queue_that_does_not_answer_ends_the_run_and_is_an_error(make_bill, monkeypatch):
    make_bill()

    def broken(*_args, **_kwargs):
        raise ConnectionError

    monkeypatch.setattr(tasks.refresh_bill, "apply_async", broken)
    with pytest.raises(ConnectionError):
        tasks.refresh_legislature("ny")
    assert RefreshRun.objects.get().result == "failed"


def test_without_a_key_new_york_is_read_from_the_records(make_bill, settings, tmp_path, httpserver):
    settings.OPEN_LEGISLATION_KEY = ""
    settings.RECORDS_FOLDER = tmp_path
    action = {"date": "2025-01-14", "chamber": "senate", "text": "REFERRED TO LANTERNS"}
    record = {
        "legislature": "ny",
        "session": 2025,
        "print_no": "S9871",
        "title_or_summary": "Lamps",
        "actions": [action],
    }
    (tmp_path / "lamps.json").write_text(json.dumps([record]))
    make_bill(checked_at=None), make_bill("S9881")
    with worker():
        tasks.refresh_legislature.delay("ny")
        run = wait_for_the_run()
    assert (run.source, run.due, run.result) == ("records", 1, "succeeded")
    assert Bill.objects.get(base_print_no="S9871").status == "IN_SENATE_COMM"
    assert not httpserver.log
    tasks.refresh_legislature("ny")
    assert RefreshRun.objects.latest("pk").due == 0  # nothing was written since


# --- a worker of its own, as it is deployed


@pytest.mark.slow
def test_a_worker_process_takes_bills_from_the_queue(make_bill, httpserver, settings):
    httpserver.expect_request(BILL_PATH).respond_with_json(saved("bill_S9871-2025.json"))
    database = connection.settings_dict
    address = f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}"
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": "x" * 40,
        "OPEN_LEGISLATION_KEY": SECRET,
        "OPEN_LEGISLATION_URL": httpserver.url_for("/api/3"),
        "LOG_LEVEL": "INFO",
    }
    bill = make_bill()
    tasks.refresh_bill.delay(bill.pk)
    with subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", "worker", "-Q", "refresh", "--concurrency", "1"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        until = time.monotonic() + 60
        while not RefreshRun.objects.filter(finished_at__isnull=False).exists() and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        told = process.communicate(timeout=60)[0]
    assert RefreshRun.objects.filter(result="succeeded").exists(), told
    bill.refresh_from_db()
    assert bill.status == "IN_SENATE_COMM"
    assert SECRET not in told
