"""Refresh runs: asking a source about bills, and keeping count of what came of it.

A run sets out to check `due` bills. Each of them ends in one `tally`, in whichever worker, and the last one
finishes the run. What a run could not do stands in its `faults`, in sentences that hold no key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bills.models import Bill, RefreshRun
from bills.print_numbers import parse_print_no
from bills.providers.base import BillSource
from bills.refresh import store

MOST_FAULTS = 100  # sentences kept of one run
LONGEST_FAULT = 400  # characters
ABANDONED_AFTER = timedelta(hours=2)


def start(
    source: BillSource, *, due: int, legislature: str, bill: Bill | None = None, faults: Iterable[str] = ()
) -> RefreshRun:
    """A new run over `due` bills of the legislature of that code, or over one bill."""
    now = timezone.now()
    run = RefreshRun(legislature_id=legislature, bill=bill, source=source.code, due=due, started_at=now)
    for fault in faults:
        _add_fault(run, fault)
    if not due:
        _finish(run, now)
    run.save()
    return run


def refresh_one(bill: Bill, source: BillSource, run: RefreshRun) -> bool:
    """Ask `source` about one bill and store the answer; whether the record moved.

    Safe to run twice. Where the source gives no usable answer a SourceError is raised, the bill's row stays
    as it was, and the caller decides whether to try again or to tally the fault.
    """
    number = parse_print_no(
        bill.base_print_no, legislature=bill.session.legislature_id, session=bill.session.year
    )
    snapshot = source.fetch_bill(number)
    result = store(snapshot, source=source.code, run=run, now=timezone.now())
    tally(run, changed=result.has_changed)
    return result.has_changed


def fault_of(bill: Bill, error: Exception | str) -> str:
    """What went wrong with one bill, in a sentence that begins with its number."""
    return f"{bill.base_print_no} of {bill.session.label}: {error}"


def tally(run: RefreshRun, *, changed: bool = False, fault: str = "", failed: int = 1) -> None:
    """Count one bill as checked, or with a `fault` so many as failed. The last one finishes the run."""
    with _locked(run) as row:
        if fault:
            row.failed += failed
            _add_fault(row, fault)
        else:
            row.checked += 1
            row.changed += changed
        if row.checked + row.failed >= row.due:
            _finish(row, timezone.now())


def note(run: RefreshRun, fault: str) -> None:
    """Keep a sentence about the run, without counting a bill."""
    with _locked(run) as row:
        _add_fault(row, fault)


def close(run: RefreshRun, why: str) -> None:
    """Finish a run early; nothing happens to one that has finished."""
    with _locked(run) as row:
        if row.finished_at is None:
            _add_fault(row, f"{why} Not reached: {row.due - row.checked - row.failed} of {row.due}.")
            _finish(row, timezone.now())


def close_abandoned(now: datetime) -> None:
    """Finish the runs that nobody finished, so that they do not look as if they went on."""
    for run in RefreshRun.objects.filter(finished_at=None, started_at__lt=now - ABANDONED_AFTER):
        close(run, "The run was broken off.")


@contextmanager
def _locked(run: RefreshRun) -> Iterator[RefreshRun]:
    """The run's row as it is now, for one change that no other worker's overlaps."""
    with transaction.atomic():
        row = RefreshRun.objects.select_for_update(no_key=True).get(pk=run.pk)
        yield row
        row.save()


def _add_fault(row: RefreshRun, fault: str) -> None:
    if len(row.faults) < MOST_FAULTS:
        printable = "".join(character if character.isprintable() else " " for character in fault)
        row.faults.append(" ".join(printable.split())[:LONGEST_FAULT])
    elif len(row.faults) == MOST_FAULTS:
        row.faults.append("There were more faults; these are the first ones.")


def _finish(row: RefreshRun, now: datetime) -> None:
    row.finished_at = max(now, row.started_at)
    if row.checked >= row.due and (row.checked or not row.faults):
        row.result = RefreshRun.Result.SUCCEEDED
    else:
        row.result = RefreshRun.Result.PARTLY if row.checked else RefreshRun.Result.FAILED
