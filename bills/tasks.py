"""What the queue runs. Tasks take keys of rows, are safe to run twice, and hold no state of their own.

A run's bills are a list in the database (`bills/rounds/runs.py`). The queue holds only calls to work on it: each
works for a while, then calls for the next, so that a run of ten thousand bills takes as many places in the queue as
one of ten. A call that is lost is made again by `tend`; one that comes twice finds nothing of the other's to do.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import structlog
from celery import Task, current_app, shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError as QueueError

from bills import coordination
from bills.models import Bill, ListedBill, RefreshRun, Session, StaffNotice
from bills.providers.base import KeyRefused, SourceError
from bills.providers.mirrors import Mirror
from bills.providers.registry import AnySource, live_source, mirror_of, source_for
from bills.rounds import choosing, meetings, mirrors, runs, watch
from bills.rounds.counting import compare, sessions_to_count
from bills.rounds.work import RETRY_MOST_SECONDS, work_through

AT_WORK_TOGETHER = 2  # calls for one run; more would only wait for their turn at the same host
WORK_SECONDS = 120  # of one call, well below its time limit
MOST_WAITING = 500  # messages in the queue, before `tend` adds no more

log = structlog.get_logger(__name__)

# The database went away: once more, a little later, under the same name, so that it goes on with its own bills.
when_database_returns = {
    "bind": True,
    "max_retries": 5,
    "autoretry_for": runs.DATABASE_IS_AWAY,
    "retry_backoff": settings.REFRESH_RETRY_SECONDS,
    "retry_backoff_max": RETRY_MOST_SECONDS,
}


@shared_task(**when_database_returns)
def refresh_legislature(self: Task, code: str) -> None:
    """Open a round over what the legislature's source has changed, and call for work on it.

    While the round before is still at work none is opened, so starting twice does no harm.
    """
    lock, owner = f"round:{code}", self.request.id or ""
    with coordination.lock(lock, seconds=settings.CELERY_TASK_TIME_LIMIT, owner=owner) as free:
        now = timezone.now()
        runs.close_abandoned(now)
        rounds = RefreshRun.objects.filter(legislature=code, kind=RefreshRun.Kind.ROUND)
        if not free or rounds.at_work().exists():
            log.info("refresh.round_skipped", legislature=code)
            return
        try:
            source = source_for(code)
        except SourceError as error:
            # A mirror of the settings that is none: told, and watched, as one that fails.
            runs.state_of(f"{code}_mirror", code, now=now)
            run = runs.start(
                f"{code}_mirror",
                legislature=code,
                kind=RefreshRun.Kind.ROUND,
                due=[],
                now=now,
                faults=[str(error)],
            )
        else:
            if isinstance(source, Mirror):
                run = mirrors.open_round(source, code, now=now, pull=settings.MIRROR_PULL)
            else:
                run = choosing.open_round(source, code, now=now)
    log.info("refresh.round_opened", legislature=code, bills=run.due, run=run.pk)
    call_for_work(run)


@shared_task(**when_database_returns)
def read_anew(self: Task, code: str) -> None:
    """Open a run over every bill of the legislature that may still move, whatever its source says has changed.

    Of a mirror all files are read; of our own records there is nobody to ask.
    """
    lock, owner = f"reading:{code}", self.request.id or ""
    with coordination.lock(lock, seconds=settings.CELERY_TASK_TIME_LIMIT, owner=owner) as free:
        now = timezone.now()
        source = live_source(code) or mirror_of(code)
        kind = RefreshRun.Kind.ROUND if isinstance(source, Mirror) else RefreshRun.Kind.READING
        at_work = RefreshRun.objects.at_work().filter(legislature=code, kind=kind)
        if not free or source is None or at_work.exists():
            return
        if isinstance(source, Mirror):
            run = mirrors.open_round(source, code, now=now, pull=False, reads_all=True)
        else:
            run = choosing.open_reading(source, code, now=now)
    call_for_work(run)


@shared_task(**when_database_returns)
def refresh_bill(self: Task, bill_id: int) -> None:
    """Ask the bill's source and store the answer, as a run of its own."""
    bill = Bill.objects.select_related("session").filter(pk=bill_id).first()
    if bill is None:
        return
    code = bill.session.legislature_id
    run = choosing.open_chosen(source_for(code), code, [bill], now=timezone.now())
    call_for_work(run)


@shared_task(**when_database_returns)
def work_on(self: Task, run_id: int, place: int = 0) -> None:
    """Check bills of a run for a while, then call for the next to go on. `place` is one of AT_WORK_TOGETHER."""
    run = RefreshRun.objects.for_workers().filter(pk=run_id).first()
    if run is None:
        return
    worker = self.request.id or uuid.uuid4().hex
    lock = f"run:{run_id}:{place}"
    with coordination.lock(lock, seconds=settings.CELERY_TASK_TIME_LIMIT, owner=worker) as free:
        if not free:
            return
        try:
            wait = _work(run, worker=worker)
        except KeyRefused as error:
            log.warning("refresh.key_refused", source=run.source, error=str(error))
            return
    if wait is not None:
        work_on.apply_async([run_id, place], countdown=min(wait, RETRY_MOST_SECONDS))


def _work(run: RefreshRun, *, worker: str) -> float | None:
    """Seconds to wait before going on; None where the run has ended."""
    try:
        source = source_for(run.legislature_id)
    except SourceError as error:
        runs.close(run, str(error))
        return None
    if source.code != run.source:
        runs.close(run, "Another source is asked now.")
        return None
    if not run.is_listed:
        return _read_files(run, source)
    return work_through(run, source, worker=worker, seconds=WORK_SECONDS)


def _read_files(run: RefreshRun, source: AnySource) -> float | None:
    """One worker reads a mirror's files; the others look again later."""
    with coordination.lock(f"files:{run.pk}", seconds=settings.CELERY_TASK_TIME_LIMIT) as free:
        if not free:
            return float(WORK_SECONDS)
        if not isinstance(source, Mirror):
            runs.close(run, "It was broken off before its list was complete.")
            return None
        try:
            mirrors.read_on(run, source, seconds=WORK_SECONDS)
        except SourceError as error:
            runs.close(run, str(error))
            return None
        return 0.0


def call_for_work(run: RefreshRun) -> None:
    """Put the calls for a run into the queue, however long its list; none where it has ended.

    Where the queue does not answer the run stays open, and `tend` calls for it later.
    """
    if run.finished_at is not None:
        return
    calls = min(AT_WORK_TOGETHER, max(1, math.ceil(run.due / runs.CLAIMED_AT_ONCE)))
    for place in range(calls):
        work_on.apply_async([run.pk, place], retry=False)  # raises kombu's OperationalError at once


@shared_task(**when_database_returns)
def search_topics(self: Task, code: str) -> None:
    """Search the legislature's own system for topics that are new, or were not searched for in a week."""
    _with_live_source("search", code, choosing.search)


@shared_task(**when_database_returns)
def read_meetings(self: Task, code: str) -> None:
    """Ask the legislature's own system which meetings are to come."""
    _with_live_source("meetings", code, meetings.read)


@shared_task(**when_database_returns)
def count_sources(self: Task, code: str) -> None:
    """Have each session of the legislature counted that may still move, in a task of its own."""
    for key in sessions_to_count(code, now=timezone.now()):
        count_session.delay(key)


@shared_task(**when_database_returns)
def count_session(self: Task, session_id: int) -> None:
    """Compare what a source has of a session with what it had and what we hold; tell staff what differs."""
    session = Session.objects.get(pk=session_id)
    name = f"count:{session_id}"
    _with_live_source(name, session.legislature_id, partial(compare, session=session))


def _with_live_source(what: str, code: str, ask: Callable[..., object]) -> None:
    """Ask the legislature's own system something that no run is kept of; nothing where its key is not set."""
    source = live_source(code)
    if source is None:
        return
    with coordination.lock(f"{what}:{code}", seconds=settings.CELERY_TASK_TIME_LIMIT) as free:
        if not free:
            return
        try:
            ask(source, code, now=timezone.now())
        except SourceError as error:
            log.warning("asking.failed", what=what, source=source.code, error=str(error))


@shared_task(**when_database_returns)
def tend(self: Task) -> None:
    """Go on with runs that stand still, end those that nobody will, see whether a source has fallen silent, and count
    the polls for the lists."""
    now = timezone.now()
    runs.close_abandoned(now)
    if _waiting() < MOST_WAITING:
        for run in RefreshRun.objects.for_workers().order_by("pk"):
            if not runs.finish_if_done(run) and (
                runs.seconds_until_ready(run, now=now) == 0 or not run.is_listed
            ):
                call_for_work(run)
    watch.watch(now=now)
    ListedBill.objects.recount_answers()
    if StaffNotice.objects.filter(sent_at=None).exists():
        send_notices.apply_async(retry=False)


@shared_task(**when_database_returns)
def send_notices(self: Task) -> None:
    """Send the mails to staff that are written and not sent."""
    watch.send_notices(now=timezone.now())


def _waiting() -> int:
    """How many messages wait in our queue; 0 where nobody can tell."""
    with suppress(QueueError, OSError), current_app.producer_pool.acquire(block=True) as producer:
        queue = settings.CELERY_TASK_DEFAULT_QUEUE
        return producer.channel.queue_declare(queue, durable=True).message_count
    return 0
