"""Working through a run: claim some of its bills, ask about each, store what is answered, settle it.

The command does it in one go, a task of the queue for a while and then calls for the next. Both end here, so what
can go wrong with one bill is decided in one place: a passing fault is tried again a few times, minutes apart; any
other is put on the bill's record for a person, and the run goes on.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bills import coordination
from bills.models import Bill, RefreshItem, RefreshRun
from bills.print_numbers import PrintNumber
from bills.providers.base import (
    BillNotFound,
    BillSource,
    KeyRefused,
    SourceError,
    SourceResting,
    SourceUnavailable,
)
from bills.refresh import Known, print_texts, store
from bills.rounds import runs
from bills.tracking import wanted

MOST_TRIES = 4
RETRY_MOST_SECONDS = 900
LOOK_AGAIN_SECONDS = 5  # when another worker has the bill just now

Settled = Callable[[RefreshItem, str], object]

log = structlog.get_logger(__name__)


def work_through(
    run: RefreshRun,
    source: BillSource,
    *,
    worker: str,
    seconds: float = float("inf"),
    most_tries: int = MOST_TRIES,
    settled: Settled = lambda item, fault: None,
) -> float | None:
    """Check bills of the run for at most so many seconds; None where it has ended, else seconds to wait for more.

    `worker` is a name of the caller's own; the same name may go on where it was killed. `settled` is told each bill
    with its fault, "" where it was stored. Raises an error of the database where that goes away, and KeyRefused
    after giving up what is left.
    """
    until = time.monotonic() + seconds
    desk = _Desk(run, source, worker, most_tries, settled)
    try:
        while time.monotonic() < until:
            items = runs.claim(run, worker, now=timezone.now())
            if not items:
                break
            for item in items:
                if time.monotonic() >= until:
                    break
                desk.check(item)
    except SourceResting as error:
        runs.release(run, worker)
        return max(1.0, min(RETRY_MOST_SECONDS, error.retry_after or 0))
    except KeyRefused as error:
        runs.give_up_all(run, str(error))
        raise
    runs.release(run, worker)
    if runs.finish_if_done(run):
        return None
    return runs.seconds_until_ready(run, now=timezone.now()) or 0.0


class _Desk:
    """One worker's way with the bills of a run."""

    def __init__(
        self, run: RefreshRun, source: BillSource, worker: str, most_tries: int, settled: Settled
    ) -> None:
        self.run, self.source, self.worker = run, source, worker
        self.most_tries, self.settled = most_tries, settled
        self.known = Known()

    def check(self, item: RefreshItem) -> None:
        """Ask about one bill and settle it. Raises what ends all work on the run."""
        number = runs.number_of(self.run, item)
        if item.tries >= MOST_TRIES:
            self._refuse(item, number, "Whoever asked about it was ended before the answer could be stored.")
            return
        lock = f"bill:{number.legislature}/{number.session}/{number.base_print_no}"
        try:
            with coordination.lock(lock, seconds=settings.CELERY_TASK_TIME_LIMIT, owner=self.worker) as free:
                if free:
                    self._ask_and_store(item, number)
                else:
                    runs.look_later(item, timezone.now() + timedelta(seconds=LOOK_AGAIN_SECONDS))
            return
        except (KeyRefused, SourceResting, *runs.DATABASE_IS_AWAY):
            raise
        except BillNotFound as error:
            self._absent(item, number, str(error))
        except SourceUnavailable as error:
            self._try_again(item, number, error)
        except SoftTimeLimitExceeded:
            self._try_again(item, number, SourceUnavailable("It took too long and was stopped."))
        except SourceError as error:
            self._refuse(item, number, str(error))
        except Exception as error:
            log.exception("refresh.failed", bill=item.print_no)
            why = f"An error of our own ({type(error).__name__}); the log has it."
            self._refuse(item, number, why)
        self.known = self.known.anew()  # what a transaction that failed has taught it may not be there

    def _ask_and_store(self, item: RefreshItem, number: PrintNumber) -> None:
        snapshot = self.source.fetch_bill(number)
        with transaction.atomic():
            result = store(
                snapshot, source=self.source.code, run=self.run, now=timezone.now(), known=self.known
            )
            runs.done(item, result)
        self.settled(item, "")
        if result.bill and result.bill.source == self.source.code:
            self._ask_for_text(result.bill, number)

    def _ask_for_text(self, bill: Bill, number: PrintNumber) -> None:
        """The bill is stored: nothing that goes wrong here may make it a bill with a fault."""
        try:
            print_texts.ask_for_one(self.source, bill, number, now=timezone.now())
        except (SoftTimeLimitExceeded, *runs.DATABASE_IS_AWAY):
            raise
        except Exception:
            log.exception("print_text.failed", bill=bill.base_print_no)

    def _absent(self, item: RefreshItem, number: PrintNumber, fault: str) -> None:
        """No such bill there. That is a fault only of a bill that was read from this very source."""
        if item.bill and item.bill.source == self.source.code:
            self._refuse(item, number, fault)
        else:
            self._pass_over(item, number, fault)

    def _pass_over(self, item: RefreshItem, number: PrintNumber, fault: str) -> None:
        if item.bill_id is None:
            wanted.not_there(number, fault, now=timezone.now())
        runs.pass_over(item, fault)
        self.settled(item, "")

    def _refuse(self, item: RefreshItem, number: PrintNumber, fault: str) -> None:
        if item.bill_id is None:
            wanted.not_there(number, fault, now=timezone.now())
        runs.refuse(self.run, item, fault)
        self.settled(item, fault)

    def _try_again(self, item: RefreshItem, number: PrintNumber, error: SourceUnavailable) -> None:
        """Later, a few times. A bill that we only want may not exist: some sources are out of order then."""
        if item.tries + 1 >= self.most_tries and item.bill_id is None:
            self._pass_over(item, number, str(error))
        elif item.tries + 1 >= self.most_tries:
            runs.give_up(self.run, item, str(error))
            self.settled(item, str(error))
        else:
            wait = timedelta(seconds=wait_before_try(item.tries, error))
            runs.try_again(self.run, item, timezone.now() + wait, str(error))


def wait_before_try(tries: int, error: Exception) -> float:
    """Seconds until the next try: what the source asked for, or ever longer; never the same for all bills."""
    asked_for = getattr(error, "retry_after", None) or 0
    wait = max(asked_for, settings.REFRESH_RETRY_SECONDS * 2**tries)
    return min(RETRY_MOST_SECONDS, wait * random.uniform(1, 1.5))  # noqa: S311 (spreads load, guards nothing)
