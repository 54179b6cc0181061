"""Which bills a round asks about: what the source says has moved, and whatever was not checked for too long.

The second half heals what the first misses, so the cursor needs no table of its own: it is the start of the
last round in which nothing failed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from bills.models import Bill, RefreshRun, Session
from bills.providers.base import BillSource, SourceError
from bills.providers.records import CODE as RECORDS

# With a round every hour this keeps the promise that no living bill goes unchecked for six hours.
MAX_AGE = timedelta(hours=4, minutes=30)
LONGEST_LOOK_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Choice:
    """Keys of the bills to ask about, the most pressing first, and what went wrong in choosing them."""

    bill_ids: list[int]
    faults: list[str]


def choose(source: BillSource, legislature: str, *, now: datetime) -> Choice:
    """The bills of `legislature` that `source` is to be asked about now.

    Reading our own records again asks nobody, so there only what changed in the folder counts.
    """
    changed, faults = _changed(source, legislature, now=now)
    chosen = list(Bill.objects.filter(changed).values_list("pk", flat=True)) if changed else []
    if source.code != RECORDS:
        due = Bill.objects.due_for_refresh(now=now, max_age=MAX_AGE).filter(session__legislature=legislature)
        chosen += due.order_by(F("checked_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)
    return Choice(list(dict.fromkeys(chosen)), faults)


def _changed(source: BillSource, legislature: str, *, now: datetime) -> tuple[Q, list[str]]:
    """What the source has touched since the last clean round, and the fault where it cannot be told."""
    since = _cursor(source, legislature)
    if source.code != RECORDS:
        if since is None:
            return Q(), []  # every living bill is due anyhow
        since = max(since, now - LONGEST_LOOK_BACK)
    numbers: dict[int, list[str]] = defaultdict(list)
    for session in _sessions(source, legislature):
        try:
            for number in source.changed_since(legislature, session.year, since):
                numbers[session.pk].append(number.base_print_no)
        except SourceError as error:
            return Q(), [str(error)]
    changed = Q()
    for session_id, base_print_nos in numbers.items():
        changed |= Q(session=session_id, base_print_no__in=base_print_nos)
    return changed, []


def _cursor(source: BillSource, legislature: str) -> datetime | None:
    clean = RefreshRun.objects.whole_runs().filter(
        legislature=legislature, source=source.code, result=RefreshRun.Result.SUCCEEDED, faults=[]
    )
    return clean.order_by("-started_at").values_list("started_at", flat=True).first()


def _sessions(source: BillSource, legislature: str):
    """Sessions in which something can still move; of our own records, all."""
    sessions = Session.objects.filter(legislature=legislature)
    return sessions if source.code == RECORDS else sessions.filter(bills__outcome="").distinct()
