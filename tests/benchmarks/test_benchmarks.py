"""`make bench` in small: every part runs, counts what it says, and refuses what it cannot do."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.figures import Figure, Row, growth
from benchmarks.generated_session import READ_AT, SEATS, GeneratedSession
from benchmarks.load import drive, get
from benchmarks.visiting import loads_from_elsewhere, weight
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
def test_every_part_of_the_refresh_runs_and_tells_what_it_did(tmp_path):
    report = tmp_path / "bench.json"
    done = bench(
        "refresh",
        "memory",
        "mirror",
        BENCH_BILLS="20",
        BENCH_SNAPSHOTS="100",
        BENCH_FILES="60",
        BENCH_JSON=str(report),
        LANG="C.UTF-8",
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(report.read_text())
    figures = [Figure(**one) for one in told["figures"]]
    assert told["sizes"].items() >= {"bills": 20, "snapshots": 100, "files": 60}.items()
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
    assert [row["what"] for row in told["rows"]] == ["changed bills, of a core"]


def rows_of(report: Path, *parts: str) -> dict[str, dict]:
    """What a small run of these parts tells, by what it measured; each row was printed too."""
    sizes = {"BILLS": "50", "GROWTH": "80", "BENCH_SECONDS": "1", "BENCH_VISITS": "3"}
    done = bench(*parts, **sizes, BENCH_JSON=str(report), LANG="C.UTF-8")
    assert done.returncode == 0, done.stderr
    assert "goals reached." in done.stdout
    rows = json.loads(report.read_text())["rows"]
    for fields in rows:
        row = Row(**{name: value for name, value in fields.items() if name not in ("ratio", "is_met")})
        assert row.line() in done.stdout
        assert ("MISSED" in row.line()) is not row.is_met
    return {row["what"]: row for row in rows}


@pytest.mark.slow
@pytest.mark.xdist_group("benchmark")
@pytest.mark.django_db
def test_pages_are_measured_in_process_over_http_and_grown(tmp_path):
    rows = rows_of(tmp_path / "bench.json", "pages")
    for what in (
        "bill page",
        "list by sponsor’s name",
        "search for a phrase",
        "search for a print number",
        "anonymous, asked for again: bill pages",
        "ceiling: an empty view",
        "ceiling: a static file",
        "ceiling: one raw query",
        "at 80: bill page",
    ):
        assert rows[what]["figure"] > 0, what
        assert "FAILED" not in rows[what]["told"], rows[what]
    # What does not depend on the machine holds at any size.
    for what in (
        "queries of any bill page",
        "queries of any list",
        "weight of a bill page",
        "weight of the heaviest bill page",
        "files that bill pages load from other hosts",
        "lists, 50 crawlers: not answered",
    ):
        assert rows[what]["is_met"], rows[what]
    assert rows["bill page"]["ratio"] == pytest.approx(rows["bill page"]["figure"] / 12)


@pytest.mark.slow
@pytest.mark.xdist_group("benchmark")
@pytest.mark.django_db
def test_the_poll_loses_and_doubles_nothing_and_documents_are_read(tmp_path):
    rows = rows_of(tmp_path / "bench.json", "poll", "documents")
    assert rows["answers taken"]["figure"] > 0
    assert [rows[f"answers {what}"]["figure"] for what in ("refused or not answered", "lost", "doubled")] == [
        0,
        0,
        0,
    ]
    for what in ("documents that are shipped", "invented documents of 600 words"):
        assert rows[what]["figure"] > 0


@pytest.mark.parametrize(
    ("parts", "variables", "said"),
    [
        ((), {"BENCH_BILLS": "many"}, "BENCH_BILLS must be a whole number"),
        ((), {"BENCH_SNAPSHOTS": "0"}, "BENCH_SNAPSHOTS must be a whole number"),
        (("flying",), {}, "There is no part flying"),
        (("pages",), {"BILLS": "-3"}, "BILLS must be a whole number"),
        (("pages",), {"BILLS": "2000000"}, "BILLS must be a whole number from 50 to 1000000"),
        (("pages",), {"GROWTH": "twice"}, "GROWTH must be a whole number"),
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


def test_a_row_says_what_must_be_reached_and_marks_what_is_missed():
    slow, quick = (Row("pages", "list", figure, "ms", 15, told="p95 40.0 ms") for figure in (30.0, 10.0))
    assert (slow.ratio, slow.is_met, quick.is_met) == (2.0, False, True)
    assert slow.line().split() == [
        "list",
        "≤",
        "15.0",
        "ms",
        "30.0",
        "ms",
        "2.00",
        "MISSED",
        "p95",
        "40.0",
        "ms",
    ]
    assert "MISSED" not in quick.line()
    rate = Row("poll", "answers taken", 400, "a second", 500, at_least=True)
    assert (rate.ratio, rate.is_met) == (0.8, False)
    assert Row("pages", "front page", 3, "ms").is_met
    assert not Row("poll", "answers lost", 1, "", 0).is_met


class Answering(threading.Thread):
    """A server that sends these bytes for each request on one connection after another, and hangs up in between
    where `hangs_up`.
    """

    def __init__(self, answer: bytes, *, hangs_up: bool = False) -> None:
        super().__init__(daemon=True)
        self.answer, self.hangs_up = answer, hangs_up
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.start()

    def run(self) -> None:
        while True:
            connection, _ = self.listening.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        while connection.recv(10_000):
            connection.sendall(self.answer)
            if self.hangs_up:
                break
        connection.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    ],
)
def test_the_client_counts_every_answer_and_sends_each_request_once_where_asked(answer):
    server = Answering(answer)
    driven = drive(
        server.port, [get(f"/{number}") for number in range(20)], connections=3, seconds=20, once=True
    )
    assert sorted(driven.answered) == list(range(20))
    assert driven.statuses == [200] * 20
    assert (driven.received, driven.failed) == (20 * len(answer), 0)
    assert 0 < driven.percentile(50) <= driven.percentile(95)


def test_the_client_tells_refusals_and_answers_that_break_off():
    refusing = drive(Answering(b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n").port, [get("/")] * 4,
                     connections=2, seconds=20, once=True)  # fmt: skip
    assert refusing.other_than(200) == 4
    broken = Answering(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhal", hangs_up=True)
    driven = drive(broken.port, [get("/")] * 4, connections=2, seconds=20, once=True)
    assert (driven.failed, driven.other_than(200), len(driven.taken)) == (4, 4, 0)


def test_the_weight_of_a_page_has_its_style_sheets_in_it_and_other_hosts_are_told():
    page = b'<link rel="stylesheet" href="/static/passage.0123456789ab.css"><p>Text</p>'
    assert weight(page) > len(page) + 1000
    assert loads_from_elsewhere(page) == []
    assert loads_from_elsewhere(page + b'<img src="https://example.org/a.png">') == [
        "https://example.org/a.png"
    ]


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
    assert os.path.exists(PROJECT / "docs" / "performance.md")
