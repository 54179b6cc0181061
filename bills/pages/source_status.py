"""How current each source is, for `/status/`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from bills.models import Bill, RefreshRun
from bills.pages.freshness import LONGEST, RECORDS, SOURCE_NAMES


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source. `lag` is the time since its last success; None where there never was one."""

    code: str
    name: str
    last_success: datetime | None
    last_run: RefreshRun | None
    lag: timedelta | None
    is_late: bool
    is_live: bool
    bills: int
    checked_in_last_day: int


def sources(*, now: datetime) -> list[SourceStatus]:
    """Every source that was ever asked or that a bill was read from, by name."""
    latest = {run.source: run for run in RefreshRun.objects.whole_runs().latest_of_each_source()}
    succeeded = {
        run.source: run for run in RefreshRun.objects.whole_runs().with_success().latest_of_each_source()
    }
    counts = {
        row["source"]: row
        for row in Bill.objects.published()
        .exclude(source="")
        .order_by()
        .values("source")
        .annotate(bills=Count("pk"), fresh=Count("pk", filter=Q(checked_at__gt=now - timedelta(days=1))))
    }
    found = []
    for code in sorted(latest.keys() | counts.keys()):
        success = succeeded.get(code)
        last_success = success.finished_at if success else None
        lag = now - last_success if last_success else None
        row = counts.get(code, {"bills": 0, "fresh": 0})
        found.append(
            SourceStatus(
                code=code,
                name=str(SOURCE_NAMES.get(code, code)),
                last_success=last_success,
                last_run=latest.get(code),
                lag=lag,
                is_live=code != RECORDS,
                is_late=code != RECORDS and (lag is None or lag > LONGEST),
                bills=row["bills"],
                checked_in_last_day=row["fresh"],
            )
        )
    return found
