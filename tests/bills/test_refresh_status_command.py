"""refresh_status, as it is typed: inline, without a queue, with one line for each fault."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection

from bills import coordination
from bills.models import Bill, RefreshRun, Session
from sponsors.models import Legislature

PROJECT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "providers" / "data"
SECRET = "never-show-77a02"
LONG_AGO = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open_legislation(settings, httpserver, tmp_path):
    coordination.forget()
    cache.clear()
    settings.OPEN_LEGISLATION_KEY = SECRET
    settings.OPEN_LEGISLATION_URL = httpserver.url_for("/api/3")
    settings.RECORDS_FOLDER = tmp_path
    settings.SOURCE_MANNERS = {"per_second": 10_000, "attempts": 1, "most_failures": 1000}
    yield
    coordination.forget()


@pytest.fixture
def make_bill(db):
    def make(print_no: str = "S9871", legislature: str = "ny", **fields) -> Bill:
        # A test that commits is followed by a flush, which takes the legislatures too.
        Legislature.objects.get_or_create(
            code=legislature, defaults={"name": legislature, "short_name": legislature}
        )
        session, _ = Session.objects.get_or_create(
            legislature_id=legislature,
            year={"ny": 2025, "nyc": 2024, "us": 119}[legislature],
            defaults={"label": "2025-2026", "start": date(2025, 1, 1), "end": date(2026, 12, 31)},
        )
        known = {
            "slug": print_no.lower(),
            "chamber": "senate",
            "status": "SENATE_FLOOR",
            "checked_at": LONG_AGO,
        }
        return Bill.objects.create(session=session, base_print_no=print_no, **(known | fields))

    return make


def answer(print_no: str) -> dict:
    body = json.loads((DATA / "bill_S9871-2025.json").read_text())
    body["result"]["basePrintNo"] = print_no
    return body


@pytest.fixture
def respond(httpserver):
    """Let the source know these bills."""

    def expect(*print_nos: str) -> None:
        for print_no in print_nos:
            httpserver.expect_request(f"/api/3/bills/2025/{print_no}").respond_with_json(answer(print_no))

    return expect


def refresh(*arguments: str) -> None:
    call_command("refresh_status", *arguments)


def asked(httpserver) -> set[str]:
    return {request.path.rsplit("/", 1)[1] for request, _ in httpserver.log}


# --- what is asked about


def test_every_living_bill_is_checked_however_lately_it_was(make_bill, respond, httpserver, capsys):
    respond("S9871", "S9881", "S9882")
    make_bill("S9871"), make_bill("S9881", checked_at=datetime.now(UTC))
    make_bill("S9882", outcome="stricken", status="STRICKEN")
    refresh()
    assert asked(httpserver) == {"S9871", "S9881"}
    assert "2 bills checked." in capsys.readouterr().out
    run = RefreshRun.objects.get()
    assert (run.legislature_id, run.source, run.result) == ("ny", "open_legislation", "succeeded")
    assert (run.due, run.checked, run.bill) == (2, 2, None)
    assert Bill.objects.get(base_print_no="S9871").status == "IN_SENATE_COMM"


def test_all_means_ended_bills_too(make_bill, respond, httpserver):
    respond("S9882")
    make_bill("S9882", outcome="stricken", status="STRICKEN")
    refresh("--all", "--legislature", "ny")
    assert asked(httpserver) == {"S9882"}


def test_each_legislature_is_a_run_of_its_own(make_bill, respond, httpserver, tmp_path):
    respond("S9871")
    make_bill("S9871"), make_bill("INT 0005", "nyc", slug="int-5", chamber="council")
    record = {
        "legislature": "nyc",
        "session": 2024,
        "print_no": "INT 0005",
        "actions": [{"date": "2024-02-08", "chamber": "council", "text": "Introduced by Council"}],
    }
    (tmp_path / "council.json").write_text(json.dumps([record]))
    refresh()
    assert dict(RefreshRun.objects.values_list("legislature", "source")) == {
        "ny": "open_legislation",
        "nyc": "records",
    }
    refresh("--legislature", "nyc")
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("text", ["ny/2017/S4075", "NY/2018/s.04075-a", " ny/2017/Senate Bill S4075"])
def test_one_bill_in_any_spelling(make_bill, httpserver, text):
    session = Session.objects.create(
        legislature_id="ny", year=2017, label="2017-2018", start=date(2017, 1, 1), end=date(2018, 12, 31)
    )
    bill = Bill.objects.create(
        session=session, base_print_no="S4075", slug="s4075", chamber="senate", outcome="died"
    )
    body = answer("S4075")
    body["result"]["session"] = 2017
    httpserver.expect_request("/api/3/bills/2017/S4075").respond_with_json(body)
    refresh("--bill", text)
    assert RefreshRun.objects.get().bill == bill


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--bill", "S4075"], "ny/2017/S4075"),
        (["--bill", "ny/S4075"], "ny/2017/S4075"),
        (["--bill", "ny/2017/"], "ny/2017/S4075"),
        (["--bill", "ny/2017/lamp"], "no bill number"),
        (["--bill", "ny/2017/S3076A/A2328A"], "more than one bill"),
        (["--bill", "nz/2017/S4075"], "no legislature"),
        (["--bill", "ny/99999/S4075"], "no session"),
        (["--bill", "ny/99999999999999999999/S4075"], "ny/2017/S4075"),
        (["--bill", "ny/２０１７/S4075"], "ny/2017/S4075"),
        (["--bill", "ny/2017/S\x00\u202e4075" + "9" * 5000], "bill"),
        (["--bill", "ny/2017/S4075"], "S4075 of 2017 is not among our bills"),
        (["--bill", "ny/2017/S4075", "--all"], "--bill stands alone"),
        (["--bill", "ny/2017/S4075", "--legislature", "ny"], "--bill stands alone"),
        (["--legislature", "nz"], "invalid choice"),
    ],
)
def test_bad_input_is_one_clear_line(arguments, words):
    with pytest.raises(CommandError) as caught:
        refresh(*arguments)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 300
    assert not RefreshRun.objects.exists()


def test_no_bills_at_all_is_no_fault(capsys):
    refresh()
    assert "0 bills checked." in capsys.readouterr().out


# --- faults


def test_each_fault_is_one_line_and_the_exit_status_is_not_zero(make_bill, respond, httpserver, capsys):
    respond("S9882")
    httpserver.expect_request("/api/3/bills/2025/S9871").respond_with_data("", 500)
    httpserver.expect_request("/api/3/bills/2025/S9881").respond_with_json({"errorCode": 11}, status=404)
    first = make_bill("S9871")
    make_bill("S9881"), make_bill("S9882")
    with pytest.raises(CommandError, match=r"^2 of 3 bills could not be checked\.$"):
        refresh()
    assert capsys.readouterr().err.splitlines() == [
        "S9871 of 2025-2026: Open Legislation is out of order (it answered 500).",
        "S9881 of 2025-2026: Open Legislation has no bill S9881 of 2025.",
    ]
    run = RefreshRun.objects.get()
    assert (run.result, run.checked, run.failed, len(run.faults)) == ("partly", 1, 2, 2)
    first.refresh_from_db()
    assert (first.status, first.checked_at) == ("SENATE_FLOOR", LONG_AGO)


def test_a_refused_key_is_told_once_and_nothing_more_is_asked(make_bill, httpserver, capsys):
    httpserver.expect_request("/api/3/bills/2025/S9871").respond_with_json({}, status=401)
    make_bill("S9871"), make_bill("S9881")
    with pytest.raises(CommandError, match="2 of 2"):
        refresh()
    told = capsys.readouterr().err
    assert told.splitlines() == ["Open Legislation refused our key (401). Check OPEN_LEGISLATION_KEY."]
    run = RefreshRun.objects.get()
    assert (run.result, run.checked) == ("failed", 0)
    assert "Not reached: 2 of 2." in run.faults[-1]
    assert SECRET not in told + json.dumps(run.faults)
    assert len(httpserver.log) == 1


def test_an_error_of_our_own_stops_no_other_bill(make_bill, respond, monkeypatch, capsys):
    from bills.refresh import runs

    respond("S9871", "S9881")
    make_bill("S9871"), make_bill("S9881")
    store = runs.store

    def fail_once(snapshot, **others):
        if snapshot.number.base_print_no == "S9871":
            raise ZeroDivisionError
        return store(snapshot, **others)

    monkeypatch.setattr(runs, "store", fail_once)
    with pytest.raises(CommandError, match="1 of 2"):
        refresh()
    assert "An error of our own (ZeroDivisionError)" in capsys.readouterr().err
    assert RefreshRun.objects.get().result == "partly"


def test_it_works_without_redis(make_bill, respond, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    respond("S9871")
    make_bill("S9871")
    refresh()
    assert Bill.objects.get().status == "IN_SENATE_COMM"


# --- stopped by hand


@pytest.mark.django_db(transaction=True)
def test_ctrl_c_leaves_a_finished_run_and_whole_bills(make_bill, respond, httpserver, settings):
    for place in range(30):
        respond(f"S9{place:03}")
        make_bill(f"S9{place:03}")
    database = connection.settings_dict
    process = subprocess.Popen(
        [sys.executable, "manage.py", "refresh_status"],
        cwd=PROJECT,
        env={
            **os.environ,
            "DATABASE_URL": f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}",
            "REDIS_URL": settings.REDIS_URL,
            "SECRET_KEY": "x" * 40,
            "OPEN_LEGISLATION_KEY": SECRET,
            "OPEN_LEGISLATION_URL": httpserver.url_for("/api/3"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 60
    while not RefreshRun.objects.filter(checked__gt=1).exists() and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    run = RefreshRun.objects.get()
    assert process.returncode == 130, told
    assert run.finished_at is not None
    assert run.result == "partly"
    assert run.faults == [f"Stopped by hand. Not reached: {30 - run.checked} of 30."]
    assert told.strip().endswith(f"Stopped: {run.checked} of 30 bills were checked, and are stored.")
    assert Bill.objects.filter(status="IN_SENATE_COMM").count() >= run.checked
    assert all(bill.actions.count() == 5 for bill in Bill.objects.filter(status="IN_SENATE_COMM"))
    assert SECRET not in told
