"""A clone's files into rows: in batches, going on where it was cut off, one bad file hiding no other."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from bills import tasks
from bills.models import Bill, Candidate, RefreshRun, SourceState, TopicQuery
from bills.providers.base import SourceUnavailable
from bills.providers.mirrors import Mirror, mirror_at
from bills.rounds import mirrors, runs
from bills.rounds.work import work_through
from tests.bills.providers.mirror_repository import (
    change_some,
    commit,
    make_state_mirror,
    path_of,
    state_bill,
)

pytestmark = pytest.mark.django_db

MADE = datetime(2025, 1, 2, tzinfo=UTC)  # before the clone's commits


@pytest.fixture
def clone(tmp_path) -> Path:
    folder = tmp_path / "state"
    make_state_mirror(folder, bills=60)
    return folder


@pytest.fixture
def mirror(clone) -> Mirror:
    return mirror_at(clone)


def read(mirror: Mirror, now: datetime, **options) -> RefreshRun:
    """One round from its opening to its end."""
    run = mirrors.open_round(mirror, "ny", now=now, pull=False, **options)
    while not mirrors.read_on(run, mirror):
        pass
    work_through(run, mirror, worker="test", most_tries=1)
    run.refresh_from_db()
    return run


def test_every_bill_is_followed_where_staff_say_so_and_the_second_time_nothing_is_read(mirror, now, settings):
    settings.FOLLOW_EVERY_BILL = True
    run = read(mirror, now)
    assert (run.result, run.checked, run.arrived, Bill.objects.count()) == ("succeeded", 60, 60, 60)
    run = read(mirror, now)
    assert (run.result, run.due) == ("succeeded", 0)


def test_it_goes_on_behind_the_last_file_that_is_stored(mirror, now, monkeypatch):
    monkeypatch.setattr(mirrors, "BILLS_AT_ONCE", 10)
    run = mirrors.open_round(mirror, "ny", now=now, pull=False, every_bill=True)
    assert not mirrors.read_on(run, mirror, seconds=0)
    run.refresh_from_db()
    assert (run.checked, Bill.objects.count()) == (1, 1)  # time was over at once
    assert SourceState.objects.get().cursor == ""
    seen = []
    while not mirrors.read_on(run, mirror, passed=seen.append):
        pass
    work_through(run, mirror, worker="test", most_tries=1)
    run.refresh_from_db()
    assert (sum(seen), run.checked, run.arrived) == (59, 60, 60)
    assert SourceState.objects.get().cursor == run.read_to


def test_a_batch_that_the_database_refuses_leaves_no_trace_and_is_read_again(mirror, now, monkeypatch):
    monkeypatch.setattr(mirrors, "BILLS_AT_ONCE", 10)
    run = mirrors.open_round(mirror, "ny", now=now, pull=False, every_bill=True)
    with monkeypatch.context() as patched:
        patched.setattr(runs, "count_files", lambda *_a, **_k: (_ for _ in ()).throw(OperationalError))
        with pytest.raises(OperationalError):
            mirrors.read_on(run, mirror)
    assert not Bill.objects.exists()
    mirrors.read_on(run, mirror)
    assert Bill.objects.count() == 60


def test_bills_whose_files_did_not_change_count_as_checked_when_the_mirror_was_synced(
    clone, mirror, make_bill, now
):
    for print_no in ("S1", "S2"):
        make_bill(print_no, source="records", checked_at=MADE)
    read(mirror, now)
    later = datetime(2025, 8, 1, tzinfo=UTC)
    change_some(clone, [0], at=later)
    read(mirror, now)
    changed, same = Bill.objects.order_by("base_print_no")
    assert (changed.read_at, changed.checked_at) == (later, later)
    assert same.checked_at == later > same.read_at


def test_one_bad_file_hides_no_other_and_is_on_record(clone, mirror, make_bill, now):
    for print_no in ("S1", "S2"):
        make_bill(print_no, source="records", checked_at=MADE)
    broken = state_bill(0) | {"Status": "SIGNED_BY_GOV"}
    commit(clone, {path_of(0): json.dumps(broken), path_of(4): "{not json"})
    run = read(mirror, now)
    assert (run.result, run.checked, run.failed) == ("partly", 1, 1)
    assert Bill.objects.get(base_print_no="S1").fault
    assert Bill.objects.get(base_print_no="S2").fault == ""
    assert SourceState.objects.get().cursor == run.read_to
    commit(clone, {path_of(0): json.dumps(state_bill(0))})
    assert read(mirror, now).result == "succeeded"
    assert Bill.objects.get(base_print_no="S1").fault == ""


def test_topics_are_looked_for_in_all_files_when_they_are_new_and_else_in_what_changed(
    mirror, make_bill, now
):
    read(mirror, now)
    TopicQuery.objects.create(name="Example", words=state_bill(0)["Title"].split()[-1])
    run = read(mirror, now)
    assert run.reads_all
    assert run.found == Candidate.objects.count() > 0
    assert not read(mirror, now).reads_all
    assert read(mirror, now + timedelta(days=8)).reads_all


def test_a_clone_that_cannot_be_updated_is_read_all_the_same_and_says_so(mirror, make_bill, now):
    make_bill("S1", source="records", checked_at=MADE)
    run = mirrors.open_round(mirror, "ny", now=now, pull=True)
    assert "does not say what it was cloned from" in run.faults[0]
    assert mirrors.read_on(run, mirror)
    work_through(run, mirror, worker="test", most_tries=1)
    run.refresh_from_db()
    assert (run.result, Bill.objects.get().source) == ("partly", "ny_mirror")


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_a_mirror_that_the_settings_name(clone, make_bill, settings, now, monkeypatch):
    settings.OPEN_LEGISLATION_KEY = ""
    settings.MIRRORS = [str(clone)]
    settings.MIRROR_PULL = False
    make_bill("S1", source="records", checked_at=MADE)
    monkeypatch.setattr(tasks.work_on, "apply_async", lambda *_args, **_options: None)
    tasks.refresh_legislature("ny")
    run = RefreshRun.objects.get()
    assert not run.is_listed
    while RefreshRun.objects.at_work().exists():
        tasks.work_on(run.pk)
    run.refresh_from_db()
    assert (run.source, run.result, Bill.objects.get().source) == ("ny_mirror", "succeeded", "ny_mirror")


def test_a_mirror_of_the_settings_that_is_none_ends_what_was_at_work_with_it(clone, mirror, now, settings):
    settings.OPEN_LEGISLATION_KEY = ""
    settings.MIRRORS = [str(clone)]
    run = mirrors.open_round(mirror, "ny", now=now, pull=False)
    shutil.rmtree(clone)
    tasks.work_on(run.pk)
    run.refresh_from_db()
    assert "is not there" in run.faults[0]
    assert run.result == "failed"
    tasks.refresh_legislature("ny")
    told = RefreshRun.objects.latest("pk")
    assert (told.source, told.result) == ("ny_mirror", "failed")
    assert "is not there" in told.faults[0]


def test_a_clone_that_cannot_be_read_is_a_run_that_failed(clone, mirror, now):
    shutil.rmtree(clone)
    run = mirrors.open_round(mirror, "ny", now=now, pull=True)
    assert (run.result, run.finished_at is not None) == ("failed", True)
    assert "is not there" in run.faults[-1]


def test_a_clone_that_breaks_midway_ends_the_run_and_keeps_the_cursor(
    clone, mirror, make_bill, now, settings
):
    settings.OPEN_LEGISLATION_KEY = ""
    settings.MIRRORS = [str(clone)]
    run = mirrors.open_round(mirror, "ny", now=now, pull=False)
    for path in (clone / "objects").rglob("*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(SourceUnavailable):
        mirrors.read_on(run, mirror)
    assert SourceState.objects.get().cursor == ""
