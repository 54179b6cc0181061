"""How current each source is, for `/status/`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from bills import wording
from bills.models import Bill, RefreshRun, Session, SourceState
from bills.providers.records import CODE as RECORDS
from bills.providers.registry import is_mirror, source_name
from bills.rounds.watch import longest_silence

# Rounds go by the hour, so a source that was left out of them so long was left for another.
REPLACED_AFTER = timedelta(days=2)

Key = tuple[str, str]  # source and legislature


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source as it is read for one legislature. `lag` is the time since its last success; None without one.

    `is_live` is False for records, which nobody asks; `is_replaced` where another source is asked instead.
    """

    code: str
    name: str
    legislature: str
    last_success: datetime | None
    last_run: RefreshRun | None
    lag: timedelta | None
    is_late: bool
    is_live: bool
    is_mirror: bool
    is_replaced: bool
    bills: int
    checked_in_last_day: int
    at_fault: int


def sources(*, now: datetime) -> list[SourceStatus]:
    """Every source that is followed or that a bill was read from: those that are asked first, then by name."""
    runs = RefreshRun.objects.whole_runs()
    latest = {_key(run): run for run in runs.latest_of_each_source()}
    succeeded = {_key(run): run for run in runs.with_success().latest_of_each_source()}
    states = {(state.source, state.legislature_id): state for state in SourceState.objects.all()}
    counts = {(row["source"], row["session__legislature"]): row for row in _counts(now)}
    in_session = _in_session(now)
    newest: dict[str, datetime] = {}
    for run in latest.values():
        newest[run.legislature_id] = max(run.started_at, newest.get(run.legislature_id, run.started_at))
    found = [
        _status(
            key,
            last_run=latest.get(key),
            success=succeeded.get(key),
            state=states.get(key),
            counts=counts.get(key, {}),
            newest=newest.get(key[1]),
            in_session=key[1] in in_session,
            now=now,
        )
        for key in latest.keys() | states.keys() | counts.keys()
    ]
    return sorted(found, key=lambda one: (not one.is_live, one.is_replaced, one.name, one.legislature))


def _counts(now: datetime) -> Iterable[dict]:
    day_ago = now - timedelta(days=1)
    bills = Bill.objects.published().exclude(source="").order_by().values("source", "session__legislature")
    return bills.annotate(
        bills=Count("pk"),
        fresh=Count("pk", filter=Q(checked_at__gt=day_ago)),
        at_fault=Count("pk", filter=~Q(fault="")),
    )


def _in_session(now: datetime) -> set[str]:
    """Codes of the legislatures that sit today."""
    today = timezone.localdate(now)
    running = Session.objects.filter(start__lte=today, end__gte=today).order_by()
    return set(running.values_list("legislature", flat=True))


def _status(
    key: Key,
    *,
    last_run: RefreshRun | None,
    success: RefreshRun | None,
    state: SourceState | None,
    counts: dict,
    newest: datetime | None,
    in_session: bool,
    now: datetime,
) -> SourceStatus:
    code, legislature = key
    confirmed = state.confirmed_at if state else None
    last_success = confirmed or (success.finished_at if success else None)
    lag = max(timedelta(0), now - last_success) if last_success else None
    is_live = code != RECORDS
    asked_last = last_run.started_at if last_run else None
    is_replaced = newest is not None and (asked_last is None or asked_last < newest - REPLACED_AFTER)
    may_be_late = is_live and not is_replaced
    return SourceStatus(
        code=code,
        name=source_name(code),
        legislature=wording.legislature_name(legislature),
        last_success=last_success,
        last_run=last_run,
        lag=lag,
        is_late=may_be_late and (lag is None or lag > longest_silence(code, in_session=in_session)),
        is_live=is_live,
        is_mirror=is_mirror(code),
        is_replaced=is_replaced,
        bills=counts.get("bills", 0),
        checked_in_last_day=counts.get("fresh", 0),
        at_fault=counts.get("at_fault", 0),
    )


def _key(run: RefreshRun) -> Key:
    return run.source, run.legislature_id
