"""Refresh runs: the list of bills to check, who is at work on which, and what came of each.

The list is in the database. A worker claims some of it, and what it claimed is free again when its time is up, or
at once for the same task handed out anew; so a worker that is killed, and a message that is lost or comes twice,
cost time and nothing else. The run ends when nothing waits any more; then the source's cursor moves, if all that
lies before it is stored. What a run could not do stands in its `faults`, in sentences that hold no key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from bills.models import Bill, RefreshItem, RefreshRun, SourceState
from bills.print_numbers import PrintNumber, parse_print_no
from bills.providers.records import CODE as RECORDS
from bills.refresh import StoreResult, tie_arrived
from sponsors.publishing import pages_changed

CLAIMED_AT_ONCE = 10
CLAIM_FOR = timedelta(minutes=6)  # longer than a task may run
MOST_FAULTS = 100  # sentences kept of one run
LONGEST_FAULT = 400  # characters
HOLDS_CURSOR_FOR = timedelta(days=1)  # a bill that its source cannot give us
ABANDONED_AFTER = timedelta(hours=3)  # without anybody at work on it
ROWS_AT_ONCE = 2000

DATABASE_IS_AWAY = (OperationalError, InterfaceError)

State = RefreshItem.State

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """One bill to check; `bill_id` is None where we do not hold it yet."""

    session_year: int
    print_no: str
    bill_id: int | None = None


def start(
    source: str,
    *,
    legislature: str,
    kind: str,
    due: Iterable[Due],
    now: datetime,
    bill: Bill | None = None,
    faults: Iterable[str] = (),
    found: int = 0,
    **reading: Any,
) -> RefreshRun:
    """A new run over these bills; `source` is a code, `reading` holds fields about the source's list of changes.

    One with nothing to do ends at once.
    """
    wanted = {(one.session_year, one.print_no): one for one in due}
    run = RefreshRun(
        source=source,
        legislature_id=legislature,
        kind=kind,
        bill=bill,
        due=len(wanted),
        started_at=now,
        found=found,
        **reading,
    )
    for fault in faults:
        _add_fault(run, fault)
    with transaction.atomic():
        run.save()
        _add_items(run, wanted.values())
    finish_if_done(run)
    run.refresh_from_db()
    return run


def complete_list(run: RefreshRun, due: Iterable[Due]) -> None:
    """Put the last bills on a run's list: all to check is known now. Nothing happens to one that has ended."""
    with _locked(run) as row:
        if row.finished_at is None:
            before = row.items.count()
            _add_items(row, due)
            row.due += row.items.count() - before
            row.is_listed = True


def _add_items(run: RefreshRun, due: Iterable[Due]) -> None:
    RefreshItem.objects.bulk_create(
        [
            RefreshItem(run=run, bill_id=one.bill_id, session_year=one.session_year, print_no=one.print_no)
            for one in due
        ],
        batch_size=ROWS_AT_ONCE,
        ignore_conflicts=True,
    )


# --- claiming


def claim(run: RefreshRun, worker: str, *, now: datetime, most: int = CLAIMED_AT_ONCE) -> list[RefreshItem]:
    """Take some bills of the run for `worker`; those it had before first, whatever is left of its time."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(claimed_by=worker)
    ready = Q(not_before=None) | Q(not_before__lte=now)
    with transaction.atomic():
        items = list(
            _waiting(run)
            .filter(free & ready)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("bill__session")
            .order_by("pk")[:most]
        )
        _count_cut_short(items)
        RefreshItem.objects.filter(pk__in=[item.pk for item in items]).update(
            claimed_by=worker, claimed_until=now + CLAIM_FOR
        )
    if items:
        RefreshRun.objects.filter(pk=run.pk).update(worked_at=now)
    return items


def _count_cut_short(items: list[RefreshItem]) -> None:
    """Count a try of the bills at which a worker was ended: the first of those that it neither settled nor gave back.

    So a bill that ends every worker that asks about it is not handed out without end.
    """
    cut_short = {item.claimed_by: item for item in reversed(items) if item.claimed_by}
    if cut_short:
        RefreshItem.objects.filter(pk__in=[item.pk for item in cut_short.values()]).update(
            tries=F("tries") + 1
        )
    for item in cut_short.values():
        item.tries += 1


def release(run: RefreshRun, worker: str) -> None:
    """Give back what `worker` claimed and has not settled."""
    _waiting(run).filter(claimed_by=worker).update(claimed_by="", claimed_until=None)


def seconds_until_ready(run: RefreshRun, *, now: datetime) -> float | None:
    """How long until some bill of the run can be claimed; None where none waits."""
    times = _waiting(run).aggregate(
        claimed=Min("claimed_until", filter=Q(claimed_until__gt=now)),
        later=Min("not_before", filter=Q(not_before__gt=now)),
        all=Count("pk"),
        now=Count(
            "pk",
            filter=(Q(claimed_until=None) | Q(claimed_until__lte=now))
            & (Q(not_before=None) | Q(not_before__lte=now)),
        ),
    )
    if not times["all"]:
        return None
    if times["now"]:
        return 0.0
    moments = [moment for moment in (times["claimed"], times["later"]) if moment]
    return max(0.0, (min(moments) - now).total_seconds()) if moments else 0.0


def number_of(run: RefreshRun, item: RefreshItem) -> PrintNumber:
    return parse_print_no(item.print_no, legislature=run.legislature_id, session=item.session_year)


# --- settling


def done(item: RefreshItem, result: StoreResult) -> None:
    """The bill is stored. To be called in the transaction that stores it, so that neither stands without the other."""
    state = State.PASSED_OVER if result.is_older else State.DONE
    _settle(item, state, has_changed=result.has_changed, is_new=result.created)


def pass_over(item: RefreshItem, fault: str) -> None:
    """The source does not have a bill that it never told us of. No fault of the run; the bill's page says it."""
    if _settle(item, State.PASSED_OVER):
        _put_on_record(item, fault)


def refuse(run: RefreshRun, item: RefreshItem, fault: str) -> None:
    """The source's answer is not to be stored, and asking again would not change it."""
    _fail(run, item, State.REFUSED, fault)


def give_up(run: RefreshRun, item: RefreshItem, fault: str) -> None:
    """A passing fault did not pass."""
    _fail(run, item, State.GIVEN_UP, fault)


def try_again(run: RefreshRun, item: RefreshItem, until: datetime, fault: str) -> None:
    """A passing fault: once more, not before then. Who asked for just this bill reads of it at once."""
    _put_off(item, until, tries=F("tries") + 1)
    if run.bill_id and not item.tries:
        note(run, f"{name_of(item)}: {fault} It is being tried again.")


def look_later(item: RefreshItem, until: datetime) -> None:
    """Another worker has the bill just now."""
    _put_off(item, until)


def _put_off(item: RefreshItem, until: datetime, **more: Any) -> None:
    RefreshItem.objects.filter(pk=item.pk, state=State.WAITING).update(
        not_before=until, claimed_by="", claimed_until=None, **more
    )


def give_up_all(run: RefreshRun, fault: str) -> None:
    """The source would give every bill that is left the same answer."""
    with _locked(run) as row:
        _add_fault(row, fault)
        row.read_to = ""  # what was not asked about holds the cursor where it is
    _waiting(run).update(state=State.GIVEN_UP)
    finish_if_done(run)


def _settle(item: RefreshItem, state: str, **came_of_it: bool) -> bool:
    settled = RefreshItem.objects.filter(pk=item.pk, state=State.WAITING)
    return bool(settled.update(state=state, **came_of_it))


def _fail(run: RefreshRun, item: RefreshItem, state: str, fault: str) -> None:
    with transaction.atomic():
        if not _settle(item, state):
            return
        _put_on_record(item, fault)
        with _locked(run) as row:
            _add_fault(row, f"{name_of(item)}: {fault}")


def _put_on_record(item: RefreshItem, fault: str) -> None:
    if item.bill_id is not None:
        bill = Bill.objects.filter(pk=item.bill_id)
        bill.put_fault_on_record(printable(fault)[:LONGEST_FAULT], now=timezone.now())


def name_of(item: RefreshItem) -> str:
    label = item.bill.session.label if item.bill else str(item.session_year)
    return f"{item.print_no} of {label}"


# --- the run as a whole


def note(run: RefreshRun, fault: str) -> None:
    """Keep a sentence about the run."""
    with _locked(run) as row:
        _add_fault(row, fault)


def finish_if_done(run: RefreshRun) -> bool:
    """End the run where nothing waits, move the cursor, and mark what the source says has not moved.

    True where the run has ended, now or before.
    """
    run.refresh_from_db()
    if run.finished_at is not None:
        return True
    if not run.is_listed or _waiting(run).exists():
        return False
    if run.arrived or run.items.filter(is_new=True).exists():
        tie_arrived()  # before the end, so that a worker killed in between leaves it to the next
    with _locked(run) as row:
        if row.finished_at is not None:
            return True
        holds_cursor = _is_given_up_lately(row)
        _count(row)
        if row.read_to:
            _confirm(row)
            if not holds_cursor:
                _move_cursor(row)
        _end(row)
    return True


def close(run: RefreshRun, why: str) -> None:
    """End a run early; nothing happens to one that has ended. The cursor stays where it is."""
    with _locked(run) as row:
        if row.finished_at is None:
            left = _waiting(row).count()
            _count(row)
            _add_fault(row, f"{why} Not reached: {left} of {row.due}.")
            _end(row, is_broken_off=True)


def close_abandoned(now: datetime) -> None:
    """End the runs on which nobody works any more, so that they do not look as if they went on."""
    long_ago = now - ABANDONED_AFTER
    for run in RefreshRun.objects.at_work().filter(started_at__lt=long_ago).order_by("pk"):
        put_off = run.items.filter(not_before__gte=long_ago)
        if (run.worked_at is None or run.worked_at < long_ago) and not put_off.exists():
            try:
                close(run, "The run was broken off.")
            except (
                DataError,
                IntegrityError,
            ):  # one run that cannot be ended keeps no other from being opened
                log.exception("refresh.cannot_end", run=run.pk)


def count_files(
    run: RefreshRun,
    *,
    after: str,
    checked: int,
    changed: int,
    arrived: int,
    found: int,
    faults: Sequence[tuple[tuple[int, str], str]],
) -> None:
    """Put a batch of a mirror's files on the run's account; to be called in the transaction that stores them.

    A fault comes with the session and number of its bill, where it is one of ours.
    """
    with _locked(run) as row:
        if row.finished_at is not None:
            return
        row.read_after, row.worked_at = after, timezone.now()
        row.due += checked + len(faults)
        row.checked += checked
        row.changed += changed
        row.arrived += arrived
        row.found += found
        row.failed += len(faults)
        for place, fault in faults:
            _add_fault(row, f"{place[1]} of {place[0]}: {fault}")
            bills = Bill.objects.of_legislature(row.legislature_id)
            bills.filter(session__year=place[0], base_print_no=place[1]).put_fault_on_record(
                printable(fault)[:LONGEST_FAULT], now=timezone.now()
            )


def forget_cursor(run: RefreshRun) -> None:
    """The source no longer knows where we were: this run begins at its beginning."""
    with _locked(run) as row:
        SourceState.objects.filter(
            source=row.source, legislature=row.legislature_id, cursor=row.read_from
        ).update(cursor="")
        row.read_from, row.read_after, row.reads_all = "", "", True


def _is_given_up_lately(row: RefreshRun) -> bool:
    """Whether some bill could not be had, and not only one that could not be had for long.

    Such a one is on record and asked about in each round. It must not hold up what comes after it for ever.
    """
    lately = timezone.now() - HOLDS_CURSOR_FOR
    return row.items.filter(state=State.GIVEN_UP, bill__fault_since__gte=lately).exists()


def _count(row: RefreshRun) -> None:
    """Add up what came of the items on the run's row."""
    counts = row.items.aggregate(
        done=Count("pk", filter=Q(state=State.DONE)),
        passed_over=Count("pk", filter=Q(state=State.PASSED_OVER)),
        changed=Count("pk", filter=Q(has_changed=True)),
        new=Count("pk", filter=Q(is_new=True)),
        refused=Count("pk", filter=Q(state=State.REFUSED)),
        given_up=Count("pk", filter=Q(state=State.GIVEN_UP)),
    )
    row.due = max(0, row.due - counts["passed_over"])
    row.checked += counts["done"]
    row.changed += counts["changed"]
    row.arrived += counts["new"]
    row.failed += counts["refused"] + counts["given_up"]


def _confirm(row: RefreshRun) -> None:
    """The source told of all its changes: the bills of its that are not among them stand as we have them.

    Those with a fault do not: what the source says of them now is what we could not store. Nor do bills of our own
    records: reading our files asks nobody.
    """
    if row.source == RECORDS:
        return
    told_at = row.told_at or row.started_at
    Bill.objects.filter(
        session__legislature=row.legislature_id, source=row.source, fault="", checked_at__lt=told_at
    ).update(checked_at=told_at)
    state_of(row.source, row.legislature_id, now=row.started_at)
    SourceState.objects.filter(source=row.source, legislature=row.legislature_id).filter(
        Q(confirmed_at=None) | Q(confirmed_at__lt=told_at)
    ).update(confirmed_at=told_at)
    pages_changed()


def _move_cursor(row: RefreshRun) -> None:
    """Move it from where this run began to where it ended; a run that began elsewhere has been overtaken."""
    state = SourceState.objects.filter(
        source=row.source, legislature=row.legislature_id, cursor=row.read_from
    )
    state.update(has_every_bill=row.every_bill)
    if row.read_from != row.read_to:
        state.update(cursor=row.read_to, cursor_moved_at=timezone.now())


def state_of(source: str, legislature: str, *, now: datetime) -> SourceState:
    """How far the source was read for this legislature."""
    return SourceState.objects.get_or_create(
        source=source, legislature_id=legislature, defaults={"followed_since": now}
    )[0]


def _end(row: RefreshRun, *, is_broken_off: bool = False) -> None:
    """A round succeeded where it read the whole list, reached every bill, and has no fault to tell of."""
    row.items.all().delete()
    row.finished_at = max(timezone.now(), row.started_at)
    is_whole = row.checked >= row.due and not row.failed and not is_broken_off
    if row.kind == RefreshRun.Kind.ROUND:
        is_whole = is_whole and bool(row.read_to) and not row.faults
    if is_whole:
        row.result = RefreshRun.Result.SUCCEEDED
    else:
        row.result = RefreshRun.Result.PARTLY if row.checked else RefreshRun.Result.FAILED


def _waiting(run: RefreshRun) -> QuerySet[RefreshItem]:
    return RefreshItem.objects.filter(run=run, state=State.WAITING)


@contextmanager
def _locked(run: RefreshRun) -> Iterator[RefreshRun]:
    """The run's row as it is now, for one change that no other worker's overlaps."""
    with transaction.atomic():
        row = RefreshRun.objects.select_for_update(no_key=True).get(pk=run.pk)
        yield row
        row.save()


def _add_fault(row: RefreshRun, fault: str) -> None:
    if len(row.faults) < MOST_FAULTS:
        row.faults.append(printable(fault)[:LONGEST_FAULT])
    elif len(row.faults) == MOST_FAULTS:
        row.faults.append("There were more faults; these are the first ones.")


def printable(text: str) -> str:
    kept = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(kept.split())


def due_of(bills: Sequence[Bill] | QuerySet[Bill]) -> list[Due]:
    """Bills as entries of a run's list."""
    if isinstance(bills, QuerySet):
        rows = bills.values_list("session__year", "base_print_no", "pk")
        return [Due(*row) for row in rows]
    return [Due(bill.session.year, bill.base_print_no, bill.pk) for bill in bills]
