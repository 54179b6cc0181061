"""Once a week: does a source still have what we hold, and as much as it had?

A list of changes can leave things out without a sign. Here the whole list of a session is read and compared, and
what differs is written to staff.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from bills.models import Bill, Session, SourceCount
from bills.models.bill import UNSETTLED_FOR
from bills.providers.base import LiveSource, SourceError
from bills.providers.registry import source_name
from bills.rounds.watch import write_notice
from bills.tracking.candidates import active_topics, note_found

MOST_NAMED = 20  # numbers in one sentence
# While it is read a list may grow: bills are introduced on session days.
GROWS_WHILE_READ = 50


def sessions_to_count(legislature: str, *, now: datetime) -> list[int]:
    """Keys of the sessions in which something may still move."""
    day = timezone.localdate(now)
    sessions = Session.objects.filter(legislature=legislature, start__lte=day, end__gte=day - UNSETTLED_FOR)
    return list(sessions.order_by("year").values_list("pk", flat=True))


def compare(source: LiveSource, legislature: str, *, session: Session, now: datetime) -> SourceCount:
    """Compare one session, and write to staff where something differs.

    Raises a SourceError; then nothing is noted of the session, and staff read that it was not counted.
    """
    name = source_name(source.code)
    try:
        count = _count(source, session, now=now)
    except SourceError as error:
        write_notice(f"Not counted: {name}", f"{session}: {error}\n\nIt is tried again next week.", now=now)
        raise
    if count.differences:
        told = "\n".join(f"{session}: {line}" for line in count.differences)
        write_notice(f"Counts differ: {name}", told, now=now)
    return count


def _count(source: LiveSource, session: Session, *, now: datetime) -> SourceCount:
    legislature = session.legislature_id
    stated = source.count(legislature, session.year)
    entries = list(source.listed(legislature, session.year))
    listed = {entry.number.base_print_no for entry in entries}
    found = note_found(
        entries,
        active_topics(legislature),
        legislature=legislature,
        source=source.code,
        now=now,
    )
    held = Bill.objects.filter(session=session, source=source.code).order_by("base_print_no")
    numbers = list(held.values_list("base_print_no", flat=True))
    missing = [number for number in numbers if number not in listed]
    last = SourceCount.objects.filter(source=source.code, session=session).order_by("-counted_at").first()
    return SourceCount.objects.create(
        source=source.code,
        session=session,
        counted_at=now,
        stated=stated,
        listed=len(listed),
        held=len(numbers),
        missing=missing,
        found=found,
        differences=list(_differences(stated, len(listed), missing, last)),
    )


def _differences(
    stated: int | None, listed: int, missing: list[str], last: SourceCount | None
) -> Iterator[str]:
    if stated is not None and not stated <= listed <= stated + GROWS_WHILE_READ:
        yield f"It says that it has {stated:,} bills, and lists {listed:,}."
    if last is not None and listed < last.listed:
        since = timezone.localdate(last.counted_at)
        yield f"It lists {listed:,} bills; on {since:%Y-%m-%d} it listed {last.listed:,}."
    if missing:
        more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        yield f"It does not list bills that we read from it: {', '.join(missing[:MOST_NAMED])}{more}."
