"""Memory over many snapshots: a tenth as many bills, stored ten times, a fifth of them changed each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from benchmarks.database import forget_bills, names
from benchmarks.figures import Figure
from benchmarks.generated_session import READ_AT, GeneratedSession
from benchmarks.measuring import measured, memory_now
from benchmarks.refresh import NOW, InMemory, batches
from bills.refresh import Known, store_all

TIMES = 10


def figures(snapshots: int) -> Iterator[Figure]:
    """A sample after each tenth, and the cost of all of it. `snapshots` is at least TIMES."""
    bills = snapshots // TIMES
    session = GeneratedSession(bills, names())
    forget_bills()
    known = Known()
    with measured() as cost:
        for time in range(TIMES):
            read_at = READ_AT + timedelta(days=time)
            answers = (
                session.snapshot(place, moves=(time + place % 5) // 5, read_at=read_at)
                for place in range(bills)
            )
            for batch in batches(answers):
                store_all(batch, source=InMemory.code, now=NOW, known=known)
            done = bills * (time + 1)
            yield Figure("memory", f"after {done:,} snapshots", done, memory=memory_now())
    yield Figure.of_work("memory", "snapshots in batches, a fifth changed", bills * TIMES, cost)
