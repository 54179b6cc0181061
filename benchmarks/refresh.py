"""From snapshot to rows: a generated session stored new, unchanged and changed, by each way there is.

- in batches: `store_all` with BILLS_AT_ONCE bills at once, as a mirror's files are stored;
- one by one: `store` and the settling of the run's item in a transaction of their own, as a worker does it;
- a run: `work_through` with a source in memory, so with claims, locks and all else but the network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import islice

from django.db import transaction

from benchmarks.database import forget_bills, names
from benchmarks.figures import Figure
from benchmarks.generated_session import READ_AT, SESSION, GeneratedSession
from benchmarks.measuring import measured, stay_on_one_core
from bills.models import Bill, RefreshItem, RefreshRun
from bills.print_numbers import PrintNumber
from bills.providers.base import BillSnapshot
from bills.refresh import BILLS_AT_ONCE, Known, store, store_all
from bills.rounds import runs
from bills.rounds.runs import Due
from bills.rounds.work import work_through

NOW = READ_AT + timedelta(days=30)
MOVES = {"new": 0, "unchanged": 0, "changed": 1}


class InMemory:
    """A source that has every answer ready."""

    code = "open_legislation"
    name = title = "A source in memory"
    legislatures = frozenset({"ny"})

    def __init__(self, snapshots: Iterable[BillSnapshot]) -> None:
        self._snapshots = {one.number: one for one in snapshots}

    def fetch_bill(self, number: PrintNumber) -> BillSnapshot:
        return self._snapshots[number]


def batches(snapshots: Iterable[BillSnapshot]) -> Iterator[list[BillSnapshot]]:
    rest = iter(snapshots)
    while batch := list(islice(rest, BILLS_AT_ONCE)):
        yield batch


def in_batches(snapshots: list[BillSnapshot]) -> None:
    known = Known()
    for batch in batches(snapshots):
        store_all(batch, source=InMemory.code, now=NOW, known=known)


def one_by_one(snapshots: list[BillSnapshot]) -> None:
    run = _run(snapshots)
    items = {item.print_no: item for item in RefreshItem.objects.filter(run=run)}
    known = Known()
    for snapshot in snapshots:
        item = items[snapshot.number.base_print_no]
        with transaction.atomic():
            result = store(snapshot, source=InMemory.code, run=run, now=NOW, known=known)
            runs.done(item, result)


def as_a_run(snapshots: list[BillSnapshot]) -> None:
    run = _run(snapshots)
    work_through(run, InMemory(snapshots), worker="benchmark")


def _run(snapshots: list[BillSnapshot]) -> RefreshRun:
    keys = dict(Bill.objects.order_by().values_list("base_print_no", "pk"))
    due = [Due(SESSION, one.number.base_print_no, keys.get(one.number.base_print_no)) for one in snapshots]
    return runs.start("open_legislation", legislature="ny", kind=RefreshRun.Kind.READING, due=due, now=NOW)


WAYS: dict[str, Callable[[list[BillSnapshot]], None]] = {
    "in batches": in_batches,
    "one by one": one_by_one,
    "a run": as_a_run,
}


def figures(bills: int) -> Iterator[Figure]:
    """Every way with every kind of bills, each way beginning with empty tables."""
    session = GeneratedSession(bills, names())
    stay_on_one_core()
    for way, work in WAYS.items():
        forget_bills()
        for day, (kind, moves) in enumerate(MOVES.items()):
            read_at = READ_AT + timedelta(days=day)
            snapshots = [session.snapshot(place, moves=moves, read_at=read_at) for place in range(bills)]
            with measured() as cost:
                work(snapshots)
            yield Figure.of_work("refresh", f"{kind} bills, {way}", bills, cost)
