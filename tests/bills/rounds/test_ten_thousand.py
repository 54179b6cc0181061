"""Ten thousand changed bills in one window: each is stored once, by few messages, and the cursor moves at the end."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from bills import tasks
from bills.models import Action, Bill, Change, RefreshRun, SourceState
from bills.rounds import choosing, runs
from tests.bills.rounds.conftest import LONG_AGO, ON_FLOOR
from tests.bills.rounds.machines import OwnRedis, WorkerProcess
from tests.bills.rounds.whole import assert_whole
from tests.factories import make_session

MANY = 10_000
TEND_EVERY_SECONDS = 60
MOST_IN_QUEUE = 20  # two calls for work, and what the clock sent while both children were busy
MOST_MESSAGES = 150  # two calls for work every two minutes, and the clock's


@pytest.fixture
def many_bills(senate, now) -> None:
    """They have all moved at their source within an hour; our rows are older."""
    session = make_session("ny", 2025)
    rows = []
    for number in range(1, MANY + 1):
        print_no = f"S{number}"
        at = now - timedelta(hours=2) + timedelta(hours=1) * number / MANY
        senate.put(print_no, ON_FLOOR, processed=at)
        rows.append(
            Bill(
                session=session,
                base_print_no=print_no,
                slug=print_no.lower(),
                chamber="senate",
                status="IN_SENATE_COMM",
                status_date=date(2025, 2, 3),
                source="open_legislation",
                read_at=LONG_AGO,
                checked_at=LONG_AGO,
            )
        )
    Bill.objects.bulk_create(rows, batch_size=1000)
    state = runs.state_of("open_legislation", "ny", now=now)
    SourceState.objects.filter(pk=state.pk).update(cursor=choosing._as_cursor(now - timedelta(hours=3)))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("many_bills")
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_changes_in_one_window_are_stored_once_each_through_a_short_queue(senate, tmp_path, now):
    with (
        OwnRedis(tmp_path) as redis,
        WorkerProcess(tmp_path, senate, redis_url=redis.url, concurrency=2) as worker,
    ):
        redis.send(tasks.refresh_legislature, "ny")
        longest = follow(redis, worker)
        messages = redis.client.info("commandstats")["cmdstat_lpush"]["calls"]
    run = RefreshRun.objects.get()
    assert (run.result, run.due, run.checked, run.changed, run.failed) == ("succeeded", MANY, MANY, MANY, 0)
    assert len(senate.asked_about()) == len(set(senate.asked_about())) == MANY
    assert longest <= MOST_IN_QUEUE
    assert messages <= MOST_MESSAGES
    assert Action.objects.count() == MANY * len(ON_FLOOR)
    assert Change.objects.filter(fact="status").count() == MANY
    assert SourceState.objects.get().cursor == choosing._as_cursor(now - timedelta(hours=1))
    assert_whole(senate, bills=MANY)


def follow(redis: OwnRedis, worker: WorkerProcess) -> int:
    """Look on until the run has ended, its cursor in its place till then; the most messages there were at once."""
    before = SourceState.objects.get().cursor
    longest = 0
    tend_at = time.monotonic() + TEND_EVERY_SECONDS
    while True:
        longest = max(longest, redis.length() + redis.unacknowledged())
        cursor = SourceState.objects.get().cursor  # read first: it moves with the end of the run
        if RefreshRun.objects.exclude(finished_at=None).exists():
            return longest
        assert cursor == before
        assert worker.process.poll() is None, worker.said()
        if time.monotonic() > tend_at:
            redis.send(tasks.tend)  # as the clock does, and more often
            tend_at += TEND_EVERY_SECONDS
        time.sleep(0.25)
