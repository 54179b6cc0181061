"""What the queue runs: one bill's refresh, and the round that queues a legislature's due bills.

Both are safe to run twice and take keys of rows, never rows. Locks in Redis spare double work; without them
two workers write the same rows one after the other.
"""

from __future__ import annotations

import random

import structlog
from celery import Task, current_app, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from bills import coordination
from bills.models import Bill, RefreshRun
from bills.providers.base import SourceError, SourceUnavailable
from bills.providers.registry import source_for
from bills.refresh import rounds, runs
from sponsors.models import Legislature

MOST_WAITING = 1000  # messages in the queue
TRIES_AGAIN = 3
RETRY_MOST_SECONDS = 900  # well below the broker's visibility timeout, which would hand the task out twice

log = structlog.get_logger(__name__)


@shared_task(
    bind=True,
    max_retries=TRIES_AGAIN,
    autoretry_for=(OperationalError,),  # the database went away
    retry_backoff=settings.REFRESH_RETRY_SECONDS,
)
def refresh_bill(self: Task, bill_id: int, run_id: int | None = None) -> None:
    """Ask the bill's source and store the answer, as part of a run or as a run of its own.

    Passing faults are tried again a few times, minutes apart. What went wrong stands in the run.
    """
    run = RefreshRun.objects.filter(pk=run_id).first() if run_id else None
    bill = Bill.objects.select_related("session").filter(pk=bill_id).first()
    if bill is None:
        if run:
            runs.tally(run, fault=f"Bill {bill_id} is no longer here.")
        return
    source = source_for(bill.session.legislature_id)
    run = run or runs.start(source, due=1, legislature=bill.session.legislature_id, bill=bill)
    try:
        with coordination.lock(f"bill:{bill.pk}", seconds=settings.CELERY_TASK_TIME_LIMIT) as free:
            if not free:
                raise SourceUnavailable("Another worker is asking about it just now.")
            runs.refresh_one(bill, source, run)
    except SourceUnavailable as error:
        if self.request.retries >= TRIES_AGAIN:
            runs.tally(run, fault=runs.fault_of(bill, error))
            return
        if run.bill_id and not self.request.retries:
            runs.note(run, f"{runs.fault_of(bill, error)} It is being tried again.")
        raise self.retry(args=[bill.pk, run.pk], exc=error, countdown=_wait(self, error)) from None
    except SourceError as error:
        runs.tally(run, fault=runs.fault_of(bill, error))
    except SoftTimeLimitExceeded:
        runs.tally(run, fault=runs.fault_of(bill, "It took too long and was stopped."))
    except OperationalError:
        raise
    except Exception as error:
        fault = f"An error of our own ({type(error).__name__}); the log has it."
        runs.tally(run, fault=runs.fault_of(bill, fault))
        raise


def _wait(task: Task, error: Exception) -> float:
    """Seconds until the next try: what the source asked for, or ever longer; never the same for all tasks."""
    asked_for = getattr(error, "retry_after", None) or 0
    wait = max(asked_for, settings.REFRESH_RETRY_SECONDS * 2**task.request.retries)
    return min(RETRY_MOST_SECONDS, wait * random.uniform(1, 1.5))  # noqa: S311 (spreads load, guards nothing)


@shared_task
def refresh_legislature(code: str) -> None:
    """Queue the bills of a legislature that are to be asked about now, as one run.

    Nothing happens while the round before is still at work, so starting it twice does no harm.
    """
    legislature = Legislature.objects.get(pk=code)
    with coordination.lock(f"round:{code}", seconds=settings.CELERY_TASK_TIME_LIMIT) as free:
        now = timezone.now()
        runs.close_abandoned(now)
        at_work = RefreshRun.objects.whole_runs().filter(legislature=legislature, finished_at=None)
        if not free or at_work.exists():
            log.info("refresh.round_skipped", legislature=code)
            return
        source = source_for(code)
        choice = rounds.choose(source, code, now=now)
        run = runs.start(source, due=len(choice.bill_ids), legislature=code, faults=choice.faults)
        try:
            queued = _queue(choice.bill_ids, run)
        except Exception:
            runs.close(run, "The queue did not take all bills.")
            raise
    log.info("refresh.round_queued", legislature=code, bills=queued, run=run.pk)


def _queue(bill_ids: list[int], run: RefreshRun) -> int:
    """Queue as many bills as there is room for; the others count as failed and come up in the next round."""
    with current_app.producer_pool.acquire(block=True) as producer:
        room = max(0, MOST_WAITING - _waiting(producer))
        for bill_id in bill_ids[:room]:
            refresh_bill.apply_async(
                [bill_id, run.pk], producer=producer, expires=runs.ABANDONED_AFTER.total_seconds()
            )
    if left_out := len(bill_ids[room:]):
        runs.tally(
            run, failed=left_out, fault=f"The queue is full: {left_out} bills wait for the next round."
        )
    return min(room, len(bill_ids))


def _waiting(producer) -> int:
    """How many messages wait in our queue."""
    return producer.channel.queue_declare(settings.CELERY_TASK_DEFAULT_QUEUE, durable=True).message_count
