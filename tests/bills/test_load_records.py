"""load_records: files of records into the database."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from bills.models import Action, Bill, Change, Sponsorship
from bills.refresh import store
from tests.factories import make_session, make_snapshot

PROJECT = Path(__file__).resolve().parents[2]
LEAST = {"legislature": "ny", "session": 2017, "print_no": "S4075"}
REFERRED = {"date": "2017-02-02", "chamber": "senate", "text": "REFERRED TO CODES"}


def load(*paths, fails: bool = False) -> tuple[str, str]:
    """Standard output and standard error of a run; with `fails` it must end with exit status 1."""
    out, err = io.StringIO(), io.StringIO()
    if fails:
        with pytest.raises(CommandError) as caught:
            call_command("load_records", *map(str, paths), stdout=out, stderr=err)
        assert caught.value.returncode == 1
    else:
        call_command("load_records", *map(str, paths), stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().strip()


@pytest.fixture
def write(tmp_path):
    def write(*entries, name: str = "records.json") -> Path:
        file = tmp_path / name
        file.write_text(json.dumps(entries))
        return file

    return write


@pytest.mark.django_db
def test_the_shipped_records_load_and_the_second_time_write_nothing():
    first, _ = load()
    assert first == f"{Bill.objects.count()} bills: {Bill.objects.count()} new, 0 changed"
    assert Bill.objects.count() > 100
    wrote = []

    def watch(execute, sql, params, many, context):
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE")):
            wrote.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        second, _ = load()
    assert second == f"{Bill.objects.count()} bills: 0 new, 0 changed"
    assert wrote == []
    assert not Change.objects.exists()


@pytest.mark.django_db
def test_a_changed_record_is_told(write):
    load(write(LEAST | {"title_or_summary": "First"}))
    assert load(write(LEAST | {"title_or_summary": "Second"}))[0] == "1 bill: 0 new, 1 changed"
    assert Change.objects.get().after == "Second"


@pytest.mark.django_db
def test_each_fault_is_one_line_and_hides_no_other(write):
    file = write(
        LEAST | {"print_no": "S1"},
        {"legislature": "ny"},
        LEAST | {"print_no": "S2", "actions": [REFERRED | {"date": "yesterday"}]},
        LEAST | {"print_no": "S3", "same_as": ["no number"]},
        LEAST | {"print_no": "S4", "actions": [REFERRED | {"chamber": "duma"}]},
        "text",
        LEAST | {"print_no": "S5"},
    )
    (file.parent / "torn.json").write_text("[{")
    out, err = load(file.parent, fails=True)
    assert out == "2 bills: 2 new, 0 changed, 6 not loaded"
    assert [line.split(": ")[1] for line in err.splitlines()] == [
        "entry 2 (ny)", "entry 3 (ny 2017 S2)", "S3 (2017) names a related bill", "entry 6",
        "is not JSON", "“duma” is no chamber we know.",
    ]  # fmt: skip
    assert all(str(file.parent) in line for line in err.splitlines())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_path_that_holds_no_records_is_a_fault(tmp_path, name):
    (tmp_path / "empty").mkdir()
    out, err = load(tmp_path / name, fails=True)
    assert out == "0 bills: 0 new, 0 changed, 1 not loaded"
    assert name in err
    assert len(err.splitlines()) == 1


@pytest.mark.django_db
def test_two_different_records_of_one_bill_and_day_are_a_fault_and_the_first_counts(write):
    file = write(
        LEAST | {"title_or_summary": "First"},
        LEAST | {"title_or_summary": "Second"},
        LEAST | {"title_or_summary": "First"},
    )
    for told in ("1 bill: 1 new, 0 changed, 1 not loaded", "1 bill: 0 new, 0 changed, 1 not loaded"):
        out, err = load(file, fails=True)
        assert out == told
        assert err.endswith("ny 2017 S4075 has another record of the same day, which counts.")
    assert Bill.objects.get().title == "First"


@pytest.mark.django_db
@pytest.mark.parametrize("order", [1, -1])
def test_of_two_records_of_one_bill_the_later_day_counts_in_any_order(write, order):
    entries = [
        LEAST | {"title_or_summary": "Old", "as_of": "2018-01-01"},
        LEAST | {"title_or_summary": "New", "as_of": "2018-02-01"},
    ][::order]
    load(write(*entries))
    out, _ = load(write(*entries))
    assert out == "2 bills: 0 new, 0 changed, 1 left as they are, having been checked later"
    assert Bill.objects.get().title == "New"


@pytest.mark.django_db
def test_a_record_says_when_it_was_checked_and_not_when_it_was_loaded(write):
    load(write(LEAST | {"as_of": "2018-01-05"}))
    assert Bill.objects.get().checked_at == datetime(2018, 1, 5, 5, tzinfo=UTC)
    load(write(LEAST | {"print_no": "S2"}))
    assert Bill.objects.get(base_print_no="S2").checked_at is None


@pytest.mark.django_db
def test_a_record_never_turns_back_what_a_legislature_said_later(write):
    make_session()
    store(make_snapshot(title="Live"), source="open_legislation", now=timezone.now())
    out, _ = load(write(LEAST | {"title_or_summary": "Shipped", "as_of": "2018-01-05"}))
    assert out == "1 bill: 0 new, 0 changed, 1 left as they are, having been checked later"
    assert Bill.objects.get().title == "Live"


@pytest.mark.django_db
def test_a_folder_is_the_default_where_the_settings_say_so(write, settings):
    settings.RECORDS_FOLDER = write(LEAST).parent
    assert load()[0] == "1 bill: 1 new, 0 changed"


@pytest.mark.django_db(transaction=True)
def test_a_run_that_is_killed_leaves_whole_bills_and_the_next_one_finishes(write):
    make_session()
    names = [f"Member {number}" for number in range(20)]
    actions = [REFERRED | {"text": f"REFERRED TO CODES {number}"} for number in range(20)]
    file = write(
        *(
            LEAST | {"print_no": f"S{n}", "sponsor": "X", "cosponsors": names, "actions": actions}
            for n in range(1, 1501)
        )
    )
    run = subprocess.Popen(
        [sys.executable, "manage.py", "load_records", str(file)],
        cwd=PROJECT,
        env=os.environ
        | {"DATABASE_URL": _address(), "SECRET_KEY": "x" * 40, "REDIS_URL": "redis://127.0.0.1:1/0"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while not Bill.objects.exists() and time.monotonic() < deadline:
        assert run.poll() is None, run.stderr.read().decode()
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    loaded = Bill.objects.count()
    assert 0 < loaded < 1500
    assert Action.objects.count() == 20 * loaded
    assert Sponsorship.objects.count() == 21 * loaded
    assert load(file)[0] == f"1500 bills: {1500 - loaded} new, 0 changed"


def _address() -> str:
    """The test database as DATABASE_URL names one."""
    made = connection.settings_dict
    return f"postgres://{made['USER']}@/{made['NAME']}?host={quote(made['HOST'], safe='')}"


@pytest.mark.django_db
def test_the_real_records_stand_where_their_source_said(shared):
    file = shared / "samples" / "bills" / "bills.json"
    out, err = load(file)
    entries = json.loads(file.read_text())
    assert (out, err) == (f"{len(entries)} bills: {len(entries)} new, 0 changed", "")
    official = {
        (entry["session"], entry["print_no"]): entry["status_text"]
        for entry in entries
        if entry["legislature"] == "ny" and entry["session"] >= 2019
    }
    rows = Bill.objects.filter(session__legislature="ny", session__year__gte=2019)
    stored = {(bill.session.year, bill.base_print_no): bill.status for bill in rows.select_related("session")}
    assert len(official) > 500
    assert {
        number: (stored[number], status) for number, status in official.items() if stored[number] != status
    } == {}
