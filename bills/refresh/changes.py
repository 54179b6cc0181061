"""What differed, kept for readers and staff: one Change a fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bills.models import Bill, Change, RefreshRun
from bills.refresh import tables

Told = tuple[str, str, str]  # the fact, before, after
COLUMNS = ("bill_id", "run_id", "fact", "before", "after", "source", "source_url", "found_at", "was_kept_out")


@dataclass(slots=True)
class News:
    """What one answer changed on a bill, and what it would have changed where staff wrote the field."""

    told: list[Told] = field(default_factory=list)
    kept_out: list[Told] = field(default_factory=list)


def write_changes(
    news: Sequence[tuple[Bill, News]], *, source: str, run: RefreshRun | None, found_at: datetime
) -> dict[int, list[Change]]:
    """Store the news; the rows by bill. What staff keep out is told once, not at every refresh."""
    told_before = _kept_out_before([bill.pk for bill, one in news if one.kept_out])
    changes: dict[int, list[Change]] = {}
    for bill, one in news:
        kept_out = [told for told in one.kept_out if told_before.get((bill.pk, told[0])) != told[2]]
        changes[bill.pk] = [
            Change(
                bill=bill,
                run=run,
                fact=fact,
                before=before,
                after=after,
                source=source,
                source_url=bill.source_url,
                found_at=found_at,
                was_kept_out=was_kept_out,
            )
            for facts, was_kept_out in ((one.told, False), (kept_out, True))
            for fact, before, after in facts
        ]
    all_rows = [change for rows in changes.values() for change in rows]
    values = [tuple(getattr(change, name) for name in COLUMNS) for change in all_rows]
    for change, key in zip(all_rows, tables.insert(Change, COLUMNS, values), strict=True):
        change.pk = key
    return changes


def _kept_out_before(bill_ids: list[int]) -> dict[tuple[int, str], str]:
    """What was last kept out of each field, by bill and fact."""
    if not bill_ids:
        return {}
    rows = Change.objects.filter(bill__in=bill_ids, was_kept_out=True).order_by("pk")
    return {(bill, fact): after for bill, fact, after in rows.values_list("bill_id", "fact", "after")}
