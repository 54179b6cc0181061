"""A mirror's files into rows: those that changed since the commit last read, in batches, in bounded memory.

Bills that we hold or want are stored, the others only looked through for topics. After each batch the run knows the
last file that is stored, in the same transaction; so a run that is killed goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bills.models import Bill, RefreshRun, WantedBill
from bills.providers.base import BillSnapshot, SourceError, SourceUnavailable, Touched, UnexpectedAnswer
from bills.providers.git_clone import CommitGone
from bills.providers.mirrors import Mirror, MirrorEntry
from bills.refresh import BILLS_AT_ONCE, Known, store_all
from bills.rounds import runs
from bills.rounds.choosing import what_lists_cannot_tell
from bills.tracking.candidates import active_topics, mark_searched, note_found, unsearched
from bills.tracking.wanted import note_wanted

FILES_AT_ONCE = 2000  # between two notes of how far we are, where few of them are bills of ours
PULL_SECONDS = 180  # within the time of a task; a clone that was not updated for long needs more, by hand
PULL_BY_HAND_SECONDS = 1800

log = structlog.get_logger(__name__)


def open_round(
    mirror: Mirror,
    legislature: str,
    *,
    now: datetime,
    pull: bool,
    every_bill: bool = False,
    reads_all: bool = False,
    by_hand: bool = False,
) -> RefreshRun:
    """A run over what changed in the clone since the commit last read, once it is brought up to date.

    All files are read where `reads_all`, where topics are new, and where every bill is to be followed that was not.
    Where the clone cannot be brought up to date, what it holds is read all the same, and the run says so; where it
    cannot be read, the run has failed.
    """
    state = runs.state_of(mirror.code, legislature, now=now)
    faults = []
    if pull:
        try:
            mirror.pull(PULL_BY_HAND_SECONDS if by_hand else PULL_SECONDS)
        except SourceUnavailable as error:
            faults.append(str(error))
    every_bill = every_bill or settings.FOLLOW_EVERY_BILL
    start = partial(
        runs.start,
        mirror.code,
        legislature=legislature,
        kind=RefreshRun.Kind.ROUND,
        due=[],
        now=now,
        by_hand=by_hand,
        every_bill=every_bill,
    )
    try:
        head = mirror.head()
    except SourceUnavailable as error:
        return start(faults=[*faults, str(error)])
    is_new = not state.cursor or bool(unsearched(legislature, now=now))
    reads_all = reads_all or is_new or (every_bill and not state.has_every_bill)
    return start(
        faults=faults,
        read_from=state.cursor,
        read_to=head.hash,
        told_at=min(head.committed_at, now),
        reads_all=reads_all,
        topics={topic.name: list(topic.words) for topic in active_topics(legislature)} if reads_all else {},
        is_listed=False,
    )


def read_on(
    run: RefreshRun,
    mirror: Mirror,
    *,
    seconds: float = float("inf"),
    passed: Callable[[int], object] = lambda files: None,
) -> bool:
    """Read the run's files on from the last one stored, for at most so many seconds; whether all are read.

    `passed` is told how many files were done with. Raises SourceUnavailable where the clone breaks.
    """
    run.refresh_from_db()
    if run.finished_at is not None:
        return True
    reader = _Reader(run, mirror)
    until = time.monotonic() + seconds
    try:
        since = None if run.reads_all else run.read_from
        entries = mirror.entries(since, run.read_to, after=run.read_after)
        for entry in entries:
            is_late = time.monotonic() >= until
            if reader.take(entry) or is_late:
                passed(reader.write())
                if is_late:
                    entries.close()
                    return False
    except CommitGone:
        # The mirror's history was written anew: read all of it, and let the cursor move from where it stands.
        log.warning("mirror.history_rewritten", source=mirror.code)
        runs.forget_cursor(run)
        return False
    passed(reader.write())
    _list_the_rest(run, mirror)
    return True


def _list_the_rest(run: RefreshRun, mirror: Mirror) -> None:
    """All files are read: what they cannot tell of is asked for one by one."""
    now = timezone.now()
    note_wanted(run.legislature_id, now=now)
    searched = [
        topic for topic in active_topics(run.legislature_id) if run.topics.get(topic.name) == [*topic.words]
    ]
    mark_searched(searched, run.legislature_id, now=now)
    runs.complete_list(run, what_lists_cannot_tell(mirror, run.legislature_id, now=run.started_at))
    run.refresh_from_db()


class _Reader:
    """Entries gathered until there are enough of them to write."""

    def __init__(self, run: RefreshRun, mirror: Mirror) -> None:
        self.run, self.mirror = run, mirror
        self.legislature = run.legislature_id
        self.topics = active_topics(self.legislature)
        self.known = Known()
        held = Bill.objects.of_legislature(self.legislature).order_by()
        wanted = WantedBill.objects.filter(legislature=self.legislature).order_by()
        self.ours = set(held.values_list("session__year", "base_print_no").iterator())
        self.ours.update(wanted.values_list("session_year", "print_no").iterator())
        self._begin()

    def _begin(self) -> None:
        self.files = 0
        self.last = ""
        self.snapshots: list[BillSnapshot] = []
        self.others: list[Touched] = []
        self.faults: list[tuple[tuple[int, str], str]] = []

    def take(self, entry: MirrorEntry) -> bool:
        """Whether there are enough to write now."""
        self.files += 1
        self.last = entry.path
        place = (entry.number.session or 0, entry.number.base_print_no)
        if self.run.every_bill or place in self.ours:
            try:
                self.snapshots.append(entry.snapshot())
            except UnexpectedAnswer as error:
                self.faults.append((place, str(error)))
        elif entry.touched is not None:
            self.others.append(entry.touched)
        return len(self.snapshots) >= BILLS_AT_ONCE or self.files >= FILES_AT_ONCE

    def write(self) -> int:
        """Store what was gathered and how far that is, together; how many files it was."""
        if not self.files:
            return 0
        now = timezone.now()
        with transaction.atomic():
            results = store_all(
                self.snapshots, source=self.mirror.code, now=now, run=self.run, known=self.known
            )
            found = note_found(
                self.others, self.topics, legislature=self.legislature, source=self.mirror.code, now=now
            )
            faults = list(self.faults)
            for result in results:
                if result.error is not None:
                    number = result.number
                    faults.append(((number.session or 0, number.base_print_no), str(result.error)))
            stored = [result for result in results if result.error is None and not result.is_older]
            runs.count_files(
                self.run,
                after=self.last,
                checked=len(stored),
                changed=sum(result.has_changed for result in stored),
                arrived=sum(result.created for result in stored),
                found=found,
                faults=faults,
            )
        if any(isinstance(result.error, SourceError) for result in results):
            self.known = self.known.anew()  # what a transaction that failed has taught it may not be there
        files = self.files
        self._begin()
        return files
