"""A git clone in the shape of the State's mirror, read with few followed bills, with all, and when little changed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from benchmarks.database import forget_bills
from benchmarks.figures import Figure
from benchmarks.measuring import Cost, forget_peak, measured, memory_peak
from bills.models import WantedBill
from bills.providers.mirrors import mirror_at
from bills.rounds import mirrors
from bills.rounds.work import work_through
from tests.bills.providers.mirror_repository import change_some, make_state_mirror, path_of

FOLLOWED = 20
CHANGED = 100  # one file of so many


def figures(files: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="passage-bench-") as folder:
        clone = Path(folder) / "ny.git"
        make_state_mirror(clone, files)
        forget_bills()
        _want(range(0, files, max(1, files // FOLLOWED)))
        yield _figure("files, few bills followed", files, *_read(clone, every_bill=False))
        forget_bills()
        yield _figure("files, every bill followed", files, *_read(clone, every_bill=True))
        moved = range(0, files, CHANGED)
        change_some(clone, moved)
        yield _figure("changed files, every bill followed", len(moved), *_read(clone, every_bill=True))


def _read(clone: Path, *, every_bill: bool) -> tuple[Cost, int]:
    """Read what the clone has that was not read yet, to the end; the cost and our peak of memory, git's left out."""
    mirror = mirror_at(clone)
    forget_peak()
    with measured() as cost:
        run = mirrors.open_round(mirror, "ny", now=timezone.now(), pull=False, every_bill=every_bill)
        while not mirrors.read_on(run, mirror):
            pass
    peak = memory_peak()
    work_through(run, mirror, worker="benchmark")  # the cursor moves once the run has ended
    return cost, peak


def _want(places: range) -> None:
    now = timezone.now()
    for place in places:
        _, session, name = path_of(place).split("/")
        WantedBill.objects.create(
            legislature_id="ny",
            session_year=int(session),
            print_no=name.removesuffix(".json"),
            why=WantedBill.Why.CHOSEN,
            wanted_since=now,
        )


def _figure(what: str, files: int, cost: Cost, peak: int) -> Figure:
    return Figure.of_work("mirror", what, files, cost, peak)
