"""Workers, Redis and the database fail in the middle of a run: nothing is wrong, lost or doubled, and it heals.

Workers are processes as they are deployed. They are met at an exact point by what they wait for: the source's
answer, or a row that somebody else holds.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bills import tasks
from bills.models import Bill, RefreshItem, RefreshRun, SourceState, TopicQuery
from bills.rounds import choosing, runs
from tests.bills.rounds.conftest import IN_COMMITTEE, LONG_AGO, ON_FLOOR
from tests.bills.rounds.machines import (
    Gate,
    Held,
    OwnDatabase,
    OwnRedis,
    Queue,
    WorkerProcess,
    somebody_waits_for_rows,
    wait_until,
)
from tests.bills.rounds.whole import assert_whole
from tests.bills.state_senate import Reply

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

HOUR = timedelta(hours=1)
PRINT_NOS = ["S9871", "S9872", "S9873"]
THE_ITEM = f"SELECT 1 FROM bills_refreshitem WHERE print_no = '{PRINT_NOS[1]}' FOR UPDATE"
THE_BILL = f"SELECT 1 FROM bills_bill WHERE base_print_no = '{PRINT_NOS[1]}' FOR UPDATE"
THE_LIST = "LOCK TABLE bills_refreshitem IN SHARE MODE"


@pytest.fixture
def queue(settings) -> Queue:
    return Queue(settings.REDIS_URL)


@pytest.fixture
def own_redis(tmp_path):
    with OwnRedis(tmp_path) as server:
        yield server


@pytest.fixture
def start_worker(senate, settings, tmp_path):
    """Starts worker processes, and ends those that are left."""
    started = []

    def start(*, redis_url: str = "", **options) -> WorkerProcess:
        worker = WorkerProcess(tmp_path, senate, redis_url=redis_url or settings.REDIS_URL, **options)
        started.append(worker.__enter__())
        return worker

    yield start
    for worker in started:
        worker.__exit__()


@pytest.fixture
def changed(senate, make_bill, now) -> list[Bill]:
    """Three bills of ours that have moved at their source since the cursor."""
    return change_at_source(senate, make_bill, now)


def change_at_source(senate, make_bill, now) -> list[Bill]:
    bills = []
    for print_no in PRINT_NOS:
        bills.append(make_bill(print_no, status="IN_SENATE_COMM"))
        senate.put(print_no, ON_FLOOR, processed=now - HOUR, cosponsors=("Bo Example", "Cy Example"))
    state = runs.state_of("open_legislation", "ny", now=now)
    SourceState.objects.filter(pk=state.pk).update(cursor=choosing._as_cursor(now - 3 * HOUR))
    return bills


def cursor() -> str:
    return SourceState.objects.get().cursor


def is_finished(number: int = 1) -> bool:
    return RefreshRun.objects.exclude(finished_at=None).count() >= number


def claims_run_out() -> None:
    RefreshItem.objects.exclude(claimed_until=None).update(claimed_until=LONG_AGO)


def nobody_else_is_connected() -> bool:
    with connection.cursor() as asked:
        asked.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"  # the database's own tidying up comes and goes
        )
        return asked.fetchone()[0] == 0


def untouched(bill: Bill) -> bool:
    row = Bill.objects.filter(pk=bill.pk).values().get()
    expected = {name: getattr(bill, name) for name in row}
    return row == expected and not bill.actions.exists() and not bill.changes.exists()


def meet(moment: str, senate, worker: WorkerProcess, then) -> None:
    """Call `then` while the worker is at this point of its work on the second bill."""
    gate = Gate(senate, PRINT_NOS[1])
    if moment == "it has asked":
        wait_until(gate.is_reached, "the second bill is asked about", worker)
        then()
        gate.open()
        return
    wait_until(gate.is_reached, "the second bill is asked about", worker)
    with Held(THE_BILL if moment == "it has the answer" else THE_ITEM):
        gate.open()
        wait_until(somebody_waits_for_rows, "the worker waits for the rows", worker)
        then()


MOMENTS = ["it has asked", "it has the answer", "it has written and not committed"]


# --- the worker is killed


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_killed_between_fetch_and_commit_leaves_nothing_half_done_and_the_next_one_goes_on(
    moment, changed, senate, queue, start_worker, now
):
    worker = start_worker()
    queue.send(tasks.refresh_legislature, "ny")
    meet(moment, senate, worker, worker.kill)
    wait_until(nobody_else_is_connected, "the dead worker's connection is gone")
    assert [untouched(bill) for bill in changed] == [False, True, True]
    assert cursor() == choosing._as_cursor(now - 3 * HOUR)

    claims_run_out(), queue.locks_run_out()
    worker = start_worker()
    queue.send(tasks.tend)
    wait_until(is_finished, "the run has ended", worker)
    assert_whole(senate, bills=3)
    run = RefreshRun.objects.get()
    assert (run.result, run.due, run.checked, run.changed) == ("succeeded", 3, 3, 3)
    assert senate.asked_about() == ["S9871", "S9872", "S9872", "S9873"]
    assert cursor() == choosing._as_cursor(now - HOUR)


@pytest.mark.parametrize("moment", MOMENTS)
def test_where_only_the_child_is_killed_its_message_is_handed_out_anew_and_goes_on_at_once(
    moment, changed, senate, queue, start_worker
):
    worker = start_worker()
    queue.send(tasks.refresh_legislature, "ny")
    meet(moment, senate, worker, worker.kill_children)
    wait_until(is_finished, "the run has ended", worker)
    assert_whole(senate, bills=3)
    assert RefreshRun.objects.get().result == "succeeded"
    assert senate.asked_about() == ["S9871", "S9872", "S9872", "S9873"]


def test_the_message_of_a_dead_worker_is_handed_to_the_next_and_goes_on(changed, senate, queue, start_worker):
    worker = start_worker()
    queue.send(tasks.refresh_legislature, "ny")
    meet("it has asked", senate, worker, worker.kill)
    queue.hand_out_anew()
    worker = start_worker()
    wait_until(is_finished, "the run has ended", worker)
    assert_whole(senate, bills=3)
    assert senate.asked_about() == ["S9871", "S9872", "S9872", "S9873"]


def test_a_worker_killed_between_commit_and_acknowledgement_has_its_message_done_twice_and_the_work_once(
    changed, senate, own_redis, start_worker
):
    worker = start_worker(redis_url=own_redis.url)
    gate = Gate(senate, PRINT_NOS[-1])
    own_redis.send(tasks.refresh_legislature, "ny")
    wait_until(gate.is_reached, "the last bill is asked about", worker)
    own_redis.freeze()  # so that the acknowledgement cannot be given
    gate.open()
    wait_until(is_finished, "the run has ended", worker)
    worker.kill()
    own_redis.thaw()
    assert own_redis.unacknowledged() == 1
    before = list(Bill.objects.order_by("pk").values())

    own_redis.hand_out_anew()
    worker = start_worker(redis_url=own_redis.url)
    wait_until(
        lambda: not own_redis.unacknowledged() and not own_redis.length(), "the queue is empty", worker
    )
    assert_whole(senate, bills=3)
    assert list(Bill.objects.order_by("pk").values()) == before
    assert RefreshRun.objects.count() == 1
    assert senate.asked_about() == PRINT_NOS


def test_a_worker_killed_while_it_opens_a_round_leaves_no_half_list(
    changed, senate, queue, start_worker, now
):
    worker = start_worker()
    with Held(THE_LIST):  # the run's own row is written before it
        queue.send(tasks.refresh_legislature, "ny")
        wait_until(somebody_waits_for_rows, "the round is being opened", worker)
        worker.kill()
    wait_until(nobody_else_is_connected, "the dead worker's connection is gone")
    assert not RefreshRun.objects.exists()
    assert cursor() == choosing._as_cursor(now - 3 * HOUR)
    queue.locks_run_out()
    worker = start_worker()
    queue.send(tasks.refresh_legislature, "ny")
    wait_until(is_finished, "the run has ended", worker)
    assert_whole(senate, bills=3)


def test_a_round_that_was_opened_and_never_called_for_is_gone_on_with_by_the_clock(
    changed, senate, queue, start_worker, source, now
):
    choosing.open_round(source, "ny", now=now)  # the last that a worker did
    worker = start_worker()
    queue.send(tasks.refresh_legislature, "ny")
    queue.send(tasks.tend)
    wait_until(is_finished, "the run has ended", worker)
    assert_whole(senate, bills=3)
    assert RefreshRun.objects.count() == 1


def test_a_child_killed_while_it_opens_a_round_is_followed_by_one_that_opens_it_at_once(
    changed, senate, queue, start_worker
):
    worker = start_worker()
    with Held(THE_LIST):
        queue.send(tasks.refresh_legislature, "ny")
        wait_until(somebody_waits_for_rows, "the round is being opened", worker)
        worker.kill_children()
    wait_until(is_finished, "the run has ended", worker)
    assert_whole(senate, bills=3)
    assert RefreshRun.objects.count() == 1


# --- Redis goes away


def test_redis_killed_in_the_middle_of_a_run_and_back_without_memory_stops_nothing(
    changed, senate, own_redis, start_worker, now
):
    worker = start_worker(redis_url=own_redis.url)
    gate = Gate(senate, PRINT_NOS[1])
    own_redis.send(tasks.refresh_legislature, "ny")
    wait_until(gate.is_reached, "the second bill is asked about", worker)
    own_redis.kill()
    gate.open()
    wait_until(is_finished, "the run has ended", worker)
    assert_whole(senate, bills=3)
    assert cursor() == choosing._as_cursor(now - HOUR)

    own_redis.start()
    senate.put(PRINT_NOS[0], IN_COMMITTEE, processed=None)
    Bill.objects.update(read_at=LONG_AGO)
    own_redis.send(tasks.read_anew, "ny")
    wait_until(lambda: is_finished(2), "the worker takes messages again", worker)
    assert_whole(senate, bills=3)


def test_a_call_that_could_not_be_queued_while_redis_was_away_is_made_again(
    changed, senate, own_redis, start_worker
):
    worker = start_worker(redis_url=own_redis.url)
    gate = Gate(senate, PRINT_NOS[1])
    own_redis.send(tasks.refresh_legislature, "ny")
    wait_until(gate.is_reached, "the second bill is asked about", worker)
    own_redis.kill()
    senate.behave = lambda path: Reply(503) if path.endswith(PRINT_NOS[2]) else None
    gate.open()
    # The third bill is to be asked about again a little later, by a call that no queue takes.
    wait_until(lambda: "raised unexpected" in worker.said(), "the call has failed", worker)
    assert not is_finished()
    senate.behave = lambda path: None
    own_redis.start()
    put_off = RefreshItem.objects.exclude(not_before=None)
    wait_until(
        lambda: not put_off.filter(not_before__gt=timezone.now()).exists(), "its time has come", worker
    )
    own_redis.send(tasks.tend)
    wait_until(is_finished, "the run has ended", worker)
    assert_whole(senate, bills=3)
    assert RefreshRun.objects.get().result == "succeeded"


def test_redis_that_stops_answering_for_a_while_stops_nothing(changed, senate, own_redis, start_worker):
    worker = start_worker(redis_url=own_redis.url)
    gate = Gate(senate, PRINT_NOS[1])
    own_redis.send(tasks.refresh_legislature, "ny")
    wait_until(gate.is_reached, "the second bill is asked about", worker)
    own_redis.freeze()
    gate.open()
    wait_until(is_finished, "the run has ended", worker)
    own_redis.thaw()
    assert_whole(senate, bills=3)
    wait_until(lambda: not own_redis.unacknowledged(), "the message is acknowledged", worker)
    own_redis.send(tasks.refresh_bill, changed[0].pk)
    wait_until(lambda: is_finished(2), "the worker takes messages again", worker)
    assert_whole(senate, bills=3)


# --- the database goes away


@pytest.fixture
def own_database(open_folder, monkeypatch, settings):
    """A PostgreSQL of the test's own with our tables, to which this process and its workers are connected."""
    monkeypatch.setenv("VAR_DIR", str(open_folder / "var"))
    settings.EMBEDDED_DATABASE = False  # a connection that fails is not to start the site's own
    with OwnDatabase() as server:
        connection.close()
        with monkeypatch.context() as swapped:
            for name, value in server.settings().items():
                swapped.setitem(connection.settings_dict, name, value)
            call_command("migrate", verbosity=0)
            TopicQuery.objects.all().delete()
            yield server
            connection.close()


def test_a_database_that_crashes_and_comes_back_in_the_middle_of_a_run_loses_nothing(
    own_database, senate, make_bill, queue, start_worker, now
):
    change_at_source(senate, make_bill, now)
    worker = start_worker()
    gate = Gate(senate, PRINT_NOS[1])
    queue.send(tasks.refresh_legislature, "ny")
    wait_until(gate.is_reached, "the second bill is asked about", worker)
    own_database.crash()
    own_database.start_again()
    connection.close()
    gate.open()  # the answer comes when the worker's connection is broken
    wait_until(is_finished, "the run has ended", worker)
    assert_whole(senate, bills=3)
    assert RefreshRun.objects.get().result == "succeeded"
    assert cursor() == choosing._as_cursor(now - HOUR)


def test_a_database_that_is_away_for_longer_than_the_worker_tries_is_gone_on_with_by_the_clock(
    own_database, senate, make_bill, queue, start_worker, now
):
    change_at_source(senate, make_bill, now)
    worker = start_worker()
    gate = Gate(senate, PRINT_NOS[1])
    queue.send(tasks.refresh_legislature, "ny")
    wait_until(gate.is_reached, "the second bill is asked about", worker)
    own_database.crash()
    gate.open()
    wait_until(lambda: "raised unexpected: OperationalError" in worker.said(), "the worker gives up", worker)
    wait_until(lambda: not queue.length() and not queue.unacknowledged(), "the queue is empty", worker)
    own_database.start_again()
    connection.close()
    assert not is_finished()
    claims_run_out()
    queue.send(tasks.tend)
    wait_until(is_finished, "the run has ended", worker)
    assert_whole(senate, bills=3)
    assert RefreshRun.objects.get().result == "succeeded"


def test_connections_that_the_database_breaks_off_are_made_anew(changed, senate, queue, start_worker):
    worker = start_worker()
    gate = Gate(senate, PRINT_NOS[1])
    queue.send(tasks.refresh_legislature, "ny")
    wait_until(gate.is_reached, "the second bill is asked about", worker)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    gate.open()
    wait_until(is_finished, "the run has ended", worker)
    assert_whole(senate, bills=3)
    assert RefreshRun.objects.get().result == "succeeded"
