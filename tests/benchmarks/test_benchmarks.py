"""`make bench` in small: every part runs, counts what it says, and refuses what it cannot do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest

from benchmarks.figures import Figure, growth
from benchmarks.generated_session import READ_AT, SEATS, GeneratedSession
from config.embedded import PROJECT
from tests.processes import environment

NAMES = [f"Member {number}" for number in range(SEATS)]


def bench(*parts: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """On the servers of the tests, which run anyway, with a database of its own."""
    from config import embedded

    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *parts],
        cwd=PROJECT,
        env=environment(embedded.var(), **variables),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.xdist_group("benchmark")
@pytest.mark.django_db  # so that the servers are there
def test_every_part_runs_and_tells_what_it_did(tmp_path):
    report = tmp_path / "bench.json"
    done = bench(
        BENCH_BILLS="20", BENCH_SNAPSHOTS="100", BENCH_FILES="60", BENCH_JSON=str(report), LANG="C.UTF-8"
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(report.read_text())
    figures = [Figure(**one) for one in told["figures"]]
    assert told["sizes"] == {"bills": 20, "snapshots": 100, "files": 60}
    assert [figure.count for figure in figures if figure.part == "refresh"] == [20] * 9
    assert [figure.count for figure in figures if figure.part == "memory"] == [*range(10, 101, 10), 100]
    assert [figure.count for figure in figures if figure.part == "mirror"] == [60, 60, 1]
    for figure in figures:
        assert figure.line() in done.stdout
        assert figure.clock is None or (figure.clock > 0 and figure.statements), figure
    batches, singly = (
        next(one for one in figures if one.what == f"changed bills, {way}")
        for way in ("in batches", "one by one")
    )
    assert batches.statements < singly.statements / 10
    assert "Memory grew by" in done.stdout


@pytest.mark.parametrize(
    ("parts", "variables", "said"),
    [
        ((), {"BENCH_BILLS": "many"}, "BENCH_BILLS must be a whole number"),
        ((), {"BENCH_SNAPSHOTS": "0"}, "BENCH_SNAPSHOTS must be a whole number"),
        (("poll",), {}, "There is no part poll"),
    ],
)
def test_what_cannot_be_measured_is_said_in_one_line(parts, variables, said):
    done = bench(*parts, **variables)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_bill_is_the_same_each_time_and_moves_by_one_action_and_one_sponsor():
    session = GeneratedSession(10, NAMES)
    one, again = (session.snapshot(4, read_at=READ_AT) for _ in range(2))
    moved = session.snapshot(4, moves=1, read_at=READ_AT + timedelta(days=1))
    assert one == again
    assert (len(one.actions), len(one.sponsors)) == (5, 8)
    assert moved.actions[:-1] == one.actions
    assert moved.sponsors[:-1] == one.sponsors


def test_the_bills_of_a_session_differ_and_every_fifth_has_the_votes_of_its_members():
    session = GeneratedSession(20, NAMES)
    bills = [session.snapshot(place, read_at=READ_AT) for place in range(20)]
    assert len({bill.number for bill in bills}) == 20
    assert {bill.same_as[0] for bill in bills} == {bill.number for bill in bills}
    votes = [bill.roll_calls for bill in bills if bill.roll_calls]
    assert [len(vote.votes) for (vote,) in votes] == [SEATS] * 4


def test_growth_is_of_the_last_sample_over_the_second():
    samples = [Figure("memory", "", 1, memory=bytes_held) for bytes_held in (50, 100, 140, 103)]
    assert growth(samples) == pytest.approx(0.03)


def test_make_names_the_target_and_the_folder_of_its_data():
    done = subprocess.run(
        ["make", "--dry-run", "bench", "PARTS=refresh"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "-m benchmarks refresh" in done.stdout
    assert "VAR_DIR:-var/bench" in done.stdout
    assert os.path.exists(PROJECT / "docs" / "benchmarks.md")
