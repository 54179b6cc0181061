"""Which bills a run is to check, and how far it will have read its source's changes once it has.

A round reads what the source says has changed since its cursor, with an overlap, and asks about those bills of ours
that were not read since. So a quiet round costs the pages of that list and nothing else. Beside them it asks about
what the list cannot tell: bills that we do not hold yet, bills last read from another source, and bills whose last
answer could not be stored. A reading, each night, asks about every bill anew, and so heals what lists leave out.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from bills.models import Bill, RefreshRun, Session, SourceState, WantedBill
from bills.portions import in_portions
from bills.providers.base import BillSource, LiveSource, SourceError, SourceUnavailable, Touched
from bills.providers.records import Records
from bills.refresh import relations
from bills.rounds import runs
from bills.rounds.runs import Due
from bills.tracking.candidates import SEARCH_AGAIN_AFTER, active_topics, mark_searched, note_found, unsearched
from bills.tracking.wanted import note_wanted

OVERLAP = timedelta(minutes=15)  # which end of a window is open is documented and built differently
CLOCKS_DIFFER = OVERLAP  # at most, between the source and us
LONGEST_WINDOW_DAYS = 7  # of one round, so that catching up after a rest takes several of bearable length
LONGEST_READING_SECONDS = 150  # of a list of changes, well below a task's time limit
LOOK_AGAIN_AFTER = timedelta(days=1)
LONGEST_LOOK_BACK = timedelta(days=60)  # after a longer rest every bill is read anew instead
READ_AGAIN_AFTER = timedelta(
    hours=20
)  # so that a nightly reading takes every bill, however long the last one took
# Where the list of changes cannot be read, bills are asked about singly, in time for the promise of six hours.
ASK_SINGLY_AFTER = timedelta(hours=4, minutes=30)
MOST_SINGLY = 2000
SEARCH_AFTER_FAULT = timedelta(days=1)
MOST_WANTED = 200  # in one round; the others come in the next
MOST_FROM_ELSEWHERE = 500
MOST_WITH_FAULT = 200
NUMBERS_AT_ONCE = 500

log = structlog.get_logger(__name__)


def open_round(
    source: LiveSource | Records, legislature: str, *, now: datetime, by_hand: bool = False
) -> RefreshRun:
    """A run over what is to be asked about now. The source is asked for its changes here, and may fail to answer."""
    state = runs.state_of(source.code, legislature, now=now)
    cursor = parse_datetime(state.cursor) if state.cursor else None
    changes = _Changes(source, legislature, now=now)
    if isinstance(source, Records):
        changes.read(cursor or datetime.min.replace(tzinfo=UTC), until=now)
    elif cursor is None or cursor < now - LONGEST_LOOK_BACK:
        changes.begin_anew()
    else:
        window = timedelta(days=state.window_days)
        changes.read(cursor - OVERLAP, until=min(now, cursor + window))
        SourceState.objects.filter(pk=state.pk).update(
            window_days=max(1, state.window_days // 2) if changes.took_too_long else LONGEST_WINDOW_DAYS
        )
    if not isinstance(source, Records):
        note_wanted(legislature, now=now)
        changes.add(what_lists_cannot_tell(source, legislature, now=now))
    seen_to = max(filter(None, (cursor, changes.seen_to)), default=now)
    return runs.start(
        source.code,
        legislature=legislature,
        kind=RefreshRun.Kind.ROUND,
        due=changes.due.values(),
        now=now,
        faults=changes.faults,
        found=changes.found,
        read_from=state.cursor,
        read_to="" if changes.is_broken else _as_cursor(seen_to),
        told_at=changes.told_at,
        by_hand=by_hand,
    )


def search(source: LiveSource, legislature: str, *, now: datetime) -> int:
    """Look through running sessions for topics that are new, or were not looked for in a week; how many were found.

    Raises a SourceError; then it is tried again the day after.
    """
    topics = unsearched(legislature, now=now)
    words = list(dict.fromkeys(word for topic in topics for word in topic.words))
    found = 0
    # Noted first, so that a search that is cut off is not begun again each hour.
    mark_searched(topics, legislature, now=now - SEARCH_AGAIN_AFTER + SEARCH_AFTER_FAULT)
    for session in running_sessions(legislature, now=now) if topics else ():
        touched = source.find(legislature, session, words)
        found += note_found(touched, topics, legislature=legislature, source=source.code, now=now)
    mark_searched(topics, legislature, now=now)
    return found


def open_reading(source: LiveSource, legislature: str, *, now: datetime) -> RefreshRun:
    """A run over every bill of this source that may still move and was not read in full for most of a day."""
    bills = Bill.objects.of_legislature(legislature).unsettled(timezone.localdate(now))
    due = bills.filter(source=source.code).read_before(now - READ_AGAIN_AFTER)
    return runs.start(
        source.code, legislature=legislature, kind=RefreshRun.Kind.READING, due=runs.due_of(due), now=now
    )


def open_chosen(
    source: BillSource,
    legislature: str,
    bills: QuerySet[Bill] | list[Bill],
    *,
    now: datetime,
    by_hand: bool = False,
) -> RefreshRun:
    """A run over just these bills of one legislature."""
    due = runs.due_of(bills)
    only = bills[0] if len(due) == 1 else None
    return runs.start(
        source.code,
        legislature=legislature,
        kind=RefreshRun.Kind.CHOSEN,
        due=due,
        now=now,
        bill=only,
        by_hand=by_hand,
    )


class _Changes:
    """What the source says has changed, read page by page, and the bills to ask about because of it."""

    def __init__(self, source: LiveSource | Records, legislature: str, *, now: datetime) -> None:
        self.source, self.legislature, self.now = source, legislature, now
        self.topics = active_topics(legislature)
        self.due: dict[tuple[int, str], Due] = {}
        self.faults: list[str] = []
        self.found = 0
        self.seen_to: datetime | None = None
        self.told_at = now  # until when it told
        self.is_broken = False
        self.took_too_long = False

    def add(self, due: Iterable[Due]) -> None:
        for one in due:
            self.due.setdefault((one.session_year, one.print_no), one)

    def begin_anew(self) -> None:
        """Nothing to go on from: every bill is asked about, and the next round goes on from now.

        Where some could not be had and it comes to this again, those that were had are not asked about twice.
        """
        self.seen_to = self.now
        bills = Bill.objects.of_legislature(self.legislature).read_before(self.now)
        is_read = Q(source=self.source.code, read_at__gte=self.now - READ_AGAIN_AFTER)
        self.add(runs.due_of(bills.exclude(is_read)))

    def read(self, since: datetime, *, until: datetime) -> None:
        """Put the bills of ours that have changed on the list; where it breaks off, ask singly instead."""
        self.told_at = until
        if until < self.now:
            self.seen_to = until  # nothing of the window is left, whatever was in it
        changed = self.source.changed_since(self.legislature, since, until)
        deadline = time.monotonic() + LONGEST_READING_SECONDS
        try:
            for batch in in_portions(changed, NUMBERS_AT_ONCE):
                self._take(batch)
                if time.monotonic() > deadline:
                    self.took_too_long = True
                    raise SourceUnavailable(f"{self.source.name} tells of too much to be read in one go.")
        except runs.DATABASE_IS_AWAY:
            raise
        except (SourceError, SoftTimeLimitExceeded) as error:
            self.took_too_long |= isinstance(error, SoftTimeLimitExceeded)
            self._ask_singly(
                str(error) if isinstance(error, SourceError) else "Its list of changes took too long."
            )
        except Exception as error:
            log.exception("refresh.list_failed", source=self.source.code)
            self._ask_singly(
                f"An error of our own ({type(error).__name__}) in its list of changes; the log has it."
            )

    def _ask_singly(self, fault: str) -> None:
        """The list cannot be read to its end: the cursor stays, and the bills that are late are asked about."""
        self.is_broken = True
        self.faults.append(fault)
        late = Bill.objects.of_legislature(self.legislature).unsettled(timezone.localdate(self.now))
        late = late.filter(source=self.source.code).checked_before(self.now - ASK_SINGLY_AFTER)
        self.add(runs.due_of(late[:MOST_SINGLY]))

    def _take(self, batch: list[Touched]) -> None:
        touched: dict[tuple[int, str], datetime | None] = {}
        numbers = {}
        for one in batch:
            if one.processed_at is not None:
                # A time ahead of ours would make the next rounds overlook what comes before it.
                seen = min(one.processed_at, self.told_at, self.now)
                self.seen_to = max(self.seen_to or seen, seen)
            place = (one.number.session or 0, one.number.base_print_no)
            numbers[place] = one.number
            times = (one.changed_by, touched.get(place, one.changed_by))
            touched[place] = None if None in times else max(filter(None, times))
        self.found += note_found(
            batch, self.topics, legislature=self.legislature, source=self.source.code, now=self.now
        )
        held = relations.numbered(numbers.values()).order_by("pk")
        rows = held.values_list("session__year", "base_print_no", "pk", "read_at", "source")
        for year, print_no, pk, read_at, source in rows:
            at = touched[year, print_no]
            is_read = source == self.source.code and at and read_at and at < read_at - CLOCKS_DIFFER
            if not is_read:
                self.due[year, print_no] = Due(year, print_no, pk)


def what_lists_cannot_tell(source: BillSource, legislature: str, *, now: datetime) -> Iterator[Due]:
    """Bills that we want, that were last read elsewhere, or whose last answer before `now` could not be stored."""
    wanted = WantedBill.objects.filter(legislature=legislature).due(now)
    for year, print_no in wanted.values_list("session_year", "print_no")[:MOST_WANTED]:
        yield Due(year, print_no)
    bills = Bill.objects.of_legislature(legislature)
    yield from runs.due_of(bills.exclude(source=source.code).filter(fault="")[:MOST_FROM_ELSEWHERE])
    # A bill that this source never had is looked for once a day; one that it gave us before, each time.
    due = Q(source=source.code, fault_at__lt=now) | Q(fault_at__lt=now - LOOK_AGAIN_AFTER)
    at_fault = bills.with_fault().filter(due)
    yield from runs.due_of(at_fault.order_by(F("fault_at").asc(nulls_first=True), "pk")[:MOST_WITH_FAULT])


def running_sessions(legislature: str, *, now: datetime) -> list[int]:
    """Years of the sessions that run today."""
    today = timezone.localdate(now)
    sessions = Session.objects.filter(legislature=legislature, start__lte=today, end__gte=today)
    return list(sessions.order_by("year").values_list("year", flat=True))


def _as_cursor(moment: datetime) -> str:
    """One spelling for every time, so that equal times are equal text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
