"""Announced meetings into rows: in one transaction, twice without harm, and nothing is erased.

A meeting that is moved or called off keeps its row, so that calendars which hold it are told. One that its source
no longer lists is marked as gone, but only where the source listed others: an empty answer says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bills.models import Bill, Meeting
from bills.print_numbers import PrintNumber
from bills.providers.base import MeetingLine
from bills.refresh.facts import web_address
from sponsors.publishing import pages_changed

LONGEST_PLACE, LONGEST_COMMITTEE, LONGEST_KEY, LONGEST_NOTES = 300, 150, 200, 4000  # characters
_TOLD = (
    "chamber",
    "committee",
    "kind",
    "date",
    "starts_at",
    "place",
    "notes",
    "year",
    "number",
    "source_url",
    "state",
)


@dataclass(frozen=True, slots=True)
class MeetingsStored:
    told: int
    new: int
    changed: int


def store_meetings(
    lines: Sequence[MeetingLine], *, legislature: str, source: str, since: date, until: date, now: datetime
) -> MeetingsStored:
    """Store what a source said of the meetings of these days. `now` is a moment before it was asked."""
    told = {line.key[:LONGEST_KEY]: line for line in lines}
    if not told:
        return MeetingsStored(0, 0, 0)
    with transaction.atomic():
        own = Meeting.objects.select_for_update().filter(legislature=legislature, source=source)
        known = {
            row.source_key: row for row in own.filter(Q(source_key__in=told) | Q(date__range=(since, until)))
        }
        numbers = {number for line in lines for number in line.bills or ()}
        bills = _keys(legislature, numbers)
        new = changed = 0
        for key, line in told.items():
            row = known.get(key)
            if row is not None and row.read_at > now:
                continue  # a later look has been stored already
            is_new = row is None
            if row is None:
                row = Meeting(legislature_id=legislature, source=source, source_key=key, changed_at=now)
                _put(row, line)
                row.read_at = now
                row.save()
                new += 1
            else:
                changed += _change(row, line, now=now)
            if line.bills is not None:
                keys = {bills[number] for number in line.bills if number in bills}
                if _put_bills(row, keys) and not is_new:
                    _say_changed(row, now=now)
        changed += _mark_gone([row for key, row in known.items() if key not in told], now=now)
        pages_changed()
    return MeetingsStored(len(told), new, changed)


def _put(row: Meeting, line: MeetingLine) -> None:
    row.chamber, row.committee, row.kind = line.chamber, line.committee[:LONGEST_COMMITTEE], line.kind
    row.date, row.starts_at = line.date, line.starts_at
    row.place, row.notes = _clean(line.place)[:LONGEST_PLACE], _clean(line.notes)[:LONGEST_NOTES]
    row.year, row.number = line.year, line.number
    row.source_url = web_address(line.url)
    row.state = Meeting.State.CANCELLED if line.is_cancelled else Meeting.State.SCHEDULED


def _put_bills(row: Meeting, keys: set[int]) -> bool:
    """Whether the order of business differs from what it was."""
    before = set(row.bills.values_list("pk", flat=True))
    if before != keys:
        row.bills.set(keys)
    return before != keys


def _say_changed(row: Meeting, *, now: datetime) -> None:
    """Calendars take a meeting anew when its sequence has grown. Once a look is enough."""
    if row.changed_at != now:
        row.sequence += 1
        row.changed_at = now
        row.save(update_fields=["sequence", "changed_at"])


def _change(row: Meeting, line: MeetingLine, *, now: datetime) -> bool:
    before = {name: getattr(row, name) for name in _TOLD}
    _put(row, line)
    differs = any(getattr(row, name) != value for name, value in before.items())
    if differs:
        row.sequence += 1
        row.changed_at = now
        if row.date != before["date"]:
            row.moved_from = before["date"]
    row.read_at = now
    row.save()
    return differs


def _mark_gone(rows: Sequence[Meeting], *, now: datetime) -> int:
    """Those to come that are no longer listed; one that is over is left as it was."""
    changed = 0
    for row in rows:
        if (
            row.state == Meeting.State.SCHEDULED
            and row.date >= timezone.localdate(now)
            and row.read_at <= now
        ):
            row.state, row.changed_at, row.read_at = Meeting.State.GONE, now, now
            row.sequence += 1
            row.save()
            changed += 1
    return changed


def _keys(legislature: str, numbers: set[PrintNumber]) -> dict[PrintNumber, int]:
    """The bills that we hold, by number."""
    if not numbers:
        return {}
    names = {number.base_print_no for number in numbers}
    rows = Bill.objects.of_legislature(legislature).filter(base_print_no__in=names)
    held = {(year, name): key for year, name, key in rows.values_list("session__year", "base_print_no", "pk")}
    return {
        number: held[number.session, number.base_print_no]
        for number in numbers
        if (number.session, number.base_print_no) in held
    }


def _clean(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
