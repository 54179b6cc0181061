"""refresh_status, as it is typed: inline, without a queue, with one line for each fault."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from bills.models import Bill, Candidate, RefreshRun, SourceState, TopicQuery
from tests.bills.providers.mirror_repository import change_some, make_state_mirror
from tests.bills.rounds.conftest import IN_COMMITTEE, LONG_AGO, ON_FLOOR, SECRET
from tests.bills.state_senate import Reply
from tests.factories import make_session

PROJECT = Path(__file__).resolve().parents[3]

BEFORE_THE_CLONE = datetime(2025, 1, 2, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("senate")]


@pytest.fixture(autouse=True)
def _empty_records(settings, tmp_path):
    settings.RECORDS_FOLDER = tmp_path


def refresh(*arguments: str) -> None:
    call_command("refresh_status", *arguments)


# --- what is asked about


def test_without_arguments_it_does_what_the_worker_does(make_bill, senate, capsys):
    for print_no in ("S9871", "S9872"):
        make_bill(print_no)
        senate.put(print_no, IN_COMMITTEE, processed=None)
    refresh()
    assert "2 bills checked, 2 changed." in capsys.readouterr().out
    senate.asked.clear()
    senate.put("S9872", ON_FLOOR, processed=timezone.now())
    time.sleep(0.01)
    refresh()
    assert senate.asked_about() == ["S9872"]
    run = RefreshRun.objects.filter(legislature="ny").latest("pk")
    assert (run.kind, run.source, run.result) == ("round", "open_legislation", "succeeded")


def test_all_means_every_bill_ended_ones_too(make_bill, senate):
    make_bill("S9871", checked_at=timezone.now())
    make_bill("S9882", outcome="stricken", status="STRICKEN")
    for print_no in ("S9871", "S9882"):
        senate.put(print_no, IN_COMMITTEE)
    refresh("--all", "--legislature", "ny")
    assert sorted(senate.asked_about()) == ["S9871", "S9882"]


def test_each_legislature_is_a_run_of_its_own(make_bill, senate, tmp_path):
    make_bill("S9871")
    senate.put("S9871", IN_COMMITTEE)
    refresh()
    assert dict(RefreshRun.objects.values_list("legislature", "source")) == {
        "ny": "open_legislation",
        "nyc": "records",
        "us": "records",
    }
    asked = len(senate.asked)
    refresh("--legislature", "nyc")
    assert len(senate.asked) == asked


@pytest.mark.parametrize("text", ["ny/2017/S4075", "NY/2018/s.04075-a", " ny/2017/Senate Bill S4075"])
def test_one_bill_in_any_spelling(make_bill, senate, text):
    bill = make_bill("S4075", year=2017, outcome="died")
    senate.put("S4075", ["2017-02-02 senate REFERRED TO LANTERNS"], session=2017)
    refresh("--bill", text)
    run = RefreshRun.objects.get()
    assert (run.bill, run.kind, run.result) == (bill, "chosen", "succeeded")


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
        (["--from-mirror", "x", "--all"], "--from-mirror stands alone"),
        (["--from-mirror", "x", "--bill", "ny/2017/S4075"], "stands alone"),
        (["--from-mirror", "no-such-folder"], "no-such-folder"),
        (["--from-mirror", "templates"], "no git repository"),
        (["--pull"], "--from-mirror"),
        (["--every-bill"], "--from-mirror"),
        (["--legislature", "nz"], "invalid choice"),
    ],
)
def test_bad_input_is_one_clear_line(arguments, words):
    with pytest.raises(CommandError) as caught:
        refresh(*arguments)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 300
    assert "\n" not in str(caught.value)
    assert not RefreshRun.objects.exists()


def test_no_bills_at_all_is_no_fault(capsys):
    refresh("--legislature", "nyc")
    assert "0 bills checked." in capsys.readouterr().out


# --- faults


def test_each_fault_is_one_line_and_the_exit_status_is_not_zero(make_bill, senate, capsys):
    senate.put("S9882", IN_COMMITTEE)
    senate.behave = lambda path: Reply(500) if path.endswith("S9871") else None
    first = make_bill("S9871")
    make_bill("S9881"), make_bill("S9882")
    with pytest.raises(CommandError, match=r"^2 of 3 bills could not be checked\.$"):
        refresh("--legislature", "ny")
    assert capsys.readouterr().err.splitlines() == [
        "S9871 of 2025-2026: Open Legislation is out of order (it answered 500).",
        "S9881 of 2025-2026: Open Legislation has no bill S9881 of 2025.",
    ]
    run = RefreshRun.objects.get()
    assert (run.result, run.checked, run.failed, len(run.faults)) == ("partly", 1, 2, 2)
    first.refresh_from_db()
    assert (first.status, first.checked_at) == ("SENATE_FLOOR", LONG_AGO)


def test_a_refused_key_is_told_once_and_nothing_more_is_asked(make_bill, senate, capsys):
    senate.behave = lambda path: Reply(401, b"{}")
    make_bill("S9871"), make_bill("S9881")
    with pytest.raises(CommandError, match="2 of 2"):
        refresh("--legislature", "ny")
    told = capsys.readouterr().err
    assert told.splitlines() == ["Open Legislation refused our key (401). Check OPEN_LEGISLATION_KEY."]
    run = RefreshRun.objects.get()
    assert (run.result, run.checked, run.failed) == ("failed", 0, 2)
    assert SECRET not in told + json.dumps(run.faults)
    assert len(senate.asked) == 1


def test_a_list_of_changes_that_cannot_be_read_is_a_fault(make_bill, senate, capsys):
    make_bill("S9871")
    senate.put("S9871", IN_COMMITTEE)
    refresh("--legislature", "ny")
    senate.behave = lambda path: Reply(200, b"<p>Back soon</p>", "text/html") if "updates" in path else None
    with pytest.raises(CommandError, match="could not be read"):
        refresh("--legislature", "ny")
    assert "out of order" in capsys.readouterr().err


def test_it_works_without_redis(make_bill, senate, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    make_bill("S9871")
    senate.put("S9871", IN_COMMITTEE)
    refresh()
    assert Bill.objects.get().status == "IN_SENATE_COMM"


# --- from a clone


@pytest.fixture
def clone(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("clone") / "state"
    make_state_mirror(folder, bills=40)
    return folder


def print_nos(clone: Path) -> list[str]:
    listed = subprocess.run(
        ["git", "-C", str(clone), "ls-tree", "-r", "--name-only", "HEAD"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return sorted(Path(line).stem for line in listed.split() if line.startswith("bills/2025/S"))


def test_a_clone_brings_the_bills_we_follow_and_only_what_changed_the_next_time(clone, make_bill, capsys):
    first, second = print_nos(clone)[:2]
    for print_no in (first, second):
        make_bill(print_no, source="records", checked_at=BEFORE_THE_CLONE)
    refresh("--from-mirror", str(clone))
    run = RefreshRun.objects.get()
    assert (run.source, run.result) == ("ny_mirror", "succeeded")
    assert run.due == run.checked == Bill.objects.count()
    assert f"{run.checked} bills checked" in capsys.readouterr().out
    bill = Bill.objects.get(base_print_no=first)
    assert (bill.source, bill.fault, bill.actions.exists()) == ("ny_mirror", "", True)
    assert bill.read_at == run.told_at
    change_some(clone, [2 * (int(second[1:]) - 1)])  # the place of its file among those of both houses
    refresh("--from-mirror", str(clone))
    run = RefreshRun.objects.latest("pk")
    assert run.changed == 1
    bill.refresh_from_db()
    assert bill.read_at < bill.checked_at == run.told_at
    assert SourceState.objects.get().cursor == run.read_to


def test_a_clone_is_searched_for_topics(clone, capsys):
    make_session("ny", 2025)
    title = json.loads(
        subprocess.run(
            ["git", "-C", str(clone), "show", f"HEAD:bills/2025/{print_nos(clone)[0]}.json"],
            capture_output=True,
            check=True,
        ).stdout
    )["Title"]
    TopicQuery.objects.create(name="Example", words=" ".join(title.split()[:4]))
    refresh("--from-mirror", str(clone))
    assert Candidate.objects.filter(state="waiting").exists()
    assert "found by topic" in capsys.readouterr().out
    assert not Bill.objects.exists()


def test_every_bill_of_a_clone_is_followed_where_staff_want_it(clone, capsys):
    refresh("--from-mirror", str(clone), "--every-bill")
    assert Bill.objects.count() >= 40
    assert not Bill.objects.exclude(source="ny_mirror").exists()


def test_a_clone_whose_history_was_written_anew_is_read_from_its_beginning(
    clone, make_bill, tmp_path_factory
):
    print_no = print_nos(clone)[0]
    make_bill(print_no, source="records", checked_at=BEFORE_THE_CLONE)
    refresh("--from-mirror", str(clone))
    SourceState.objects.update(cursor="0" * 40)
    refresh("--from-mirror", str(clone))
    run = RefreshRun.objects.latest("pk")
    assert (run.reads_all, run.faults) == (True, [])
    assert (run.checked, SourceState.objects.get().cursor) == (1, run.read_to)


# --- stopped by hand


MANY = 200  # so many that a quick machine is not done with them before the signal comes


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ctrl_c_leaves_a_finished_run_and_whole_bills(make_bill, senate, settings):
    for place in range(100, 100 + MANY):
        senate.put(f"S9{place}", IN_COMMITTEE)
        make_bill(f"S9{place}")
    database = connection.settings_dict
    process = subprocess.Popen(
        [sys.executable, "manage.py", "refresh_status", "--legislature", "ny"],
        cwd=PROJECT,
        env={
            **os.environ,
            "DATABASE_URL": f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}",
            "REDIS_URL": settings.REDIS_URL,
            "SECRET_KEY": "x" * 40,
            "OPEN_LEGISLATION_KEY": SECRET,
            "OPEN_LEGISLATION_URL": senate.address,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 60
    while Bill.objects.filter(status="IN_SENATE_COMM").count() < 3 and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    run = RefreshRun.objects.get()
    stored = Bill.objects.filter(status="IN_SENATE_COMM")
    assert process.returncode == 130, told
    assert run.finished_at - run.started_at > timedelta(0)
    assert (run.result, run.checked) == ("partly", stored.count())
    assert run.faults == [f"Stopped by hand. Not reached: {MANY - run.checked} of {MANY}."]
    assert told.strip().endswith(f"Stopped: {run.checked} of {MANY} bills were checked, and are stored.")
    assert all(bill.actions.count() == 1 for bill in stored)
    assert SECRET not in told
