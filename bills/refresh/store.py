"""Snapshots into rows: the one way by which a provider's answer enters the database.

    result = store(snapshot, source="open_legislation", now=timezone.now())
    results = store_all(snapshots, source="records", now=now, known=known)

A batch is one transaction and costs as many questions as one bill. What the rows are to hold is computed anew
from the whole answer (`facts`), compared with what they hold (`parts`), and only what differs is written.
Storing the same answer again asks two questions and moves `checked_at`, nothing else.

The bills of a batch are locked in the order of their keys. Two workers that bring the same new bill meet at
its unique constraint, and the second one reads what the first has written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from bills.models import Action, Bill, Change, RefreshRun
from bills.print_numbers import PrintNumber, session_label
from bills.providers.base import BillSnapshot, SourceError, UnexpectedAnswer
from bills.providers.records import CODE as RECORDS
from bills.refresh import print_texts, relations, tables
from bills.refresh.changes import News, write_changes
from bills.refresh.facts import Facts, clean, key, read_facts
from bills.refresh.known import Known
from bills.refresh.parts import PARTS, SPONSORS, Rewrite, existing_rows
from bills.refresh.rows import is_stated, wanted_rows
from bills.search.indexing import index_bills
from sponsors.publishing import pages_changed

# Staff may write these; the source's answer is then noted and kept out. All else is the record's.
STAFF_MAY_WRITE = frozenset(
    {
        "title",
        "short_name",
        "act_clause",
        "law_section",
        "plain_summary",
        "official_summary",
        "file_no",
        "official_url",
        "proposal",
    }
)
# These follow from the action lines, which are told one by one.
NOT_TOLD = frozenset(
    {"status_date", "status_chamber", "last_action_on", "ended_on", "committee", "substituted_by"}
)
# Keys of rows for a fact that another field states in words: finding the row later is no move of the bill.
LINKS = frozenset({"committee_id", "substituted_by_id"})
# Outside Bill's history: they say when and where we looked, not what the bill is.
BOOKKEEPING = (
    "source",
    "source_url",
    "checked_at",
    "read_at",
    "changed_at",
    "content_hash",
    "fault",
    "fault_at",
)
# What the short row of search is made of, sponsors and issues apart, and what its long row is made of.
SEARCHED = frozenset(
    {
        "short_name",
        "proposal_id",
        "title",
        "plain_summary",
        "official_summary",
        "act_clause",
        "active_amendment",
        "law_section",
        "file_no",
    }
)
SEARCHED_TEXTS = SEARCHED - {"law_section", "file_no"} | {"sponsor_memo"}
LONGEST_TOLD = 1000  # characters
# What a batch costs however small it is (plans, a commit that waits for the disk) is a quarter of 50 bills' time and
# little of 200; their locks are held for half a second.
BILLS_AT_ONCE = 200
TRIES = 3
UNIQUE_VIOLATION, DEADLOCK = "23505", "40P01"  # PostgreSQL's codes

log = structlog.get_logger(__name__)
Filing = Bill.issues.through


@dataclass(slots=True)
class StoreResult:
    """What became of one snapshot. `bill` is None only beside an `error`."""

    number: PrintNumber
    bill: Bill | None = None
    created: bool = False
    is_older: bool = False  # the row was checked later than this answer was read: nothing was written
    changes: list[Change] = field(default_factory=list)
    error: SourceError | None = None

    @property
    def has_changed(self) -> bool:
        """Whether the record of a bill that was here before has moved."""
        return any(not change.was_kept_out for change in self.changes)


@dataclass(slots=True)
class _Work:
    """One bill on its way through the transaction."""

    facts: Facts
    result: StoreResult
    bill: Bill
    created: bool
    written: set[str] = field(default_factory=set)  # attributes of the bill that differ
    news: News = field(default_factory=News)


def store(
    snapshot: BillSnapshot,
    *,
    source: str,
    now: datetime,
    run: RefreshRun | None = None,
    known: Known | None = None,
) -> StoreResult:
    """Bring one bill's rows up to its snapshot. Raises UnexpectedAnswer, and then nothing was written."""
    result = store_all([snapshot], source=source, now=now, run=run, known=known)[0]
    if result.error is not None:
        raise result.error
    return result


def store_all(
    snapshots: Iterable[BillSnapshot],
    *,
    source: str,
    now: datetime,
    run: RefreshRun | None = None,
    known: Known | None = None,
) -> list[StoreResult]:
    """Store a batch (BILLS_AT_ONCE or fewer) in one transaction; one that cannot be stored stops no other.

    The results stand in the order of `snapshots`. A database that is down raises OperationalError.
    """
    batch = _Batch(source, now, run, known or Known())
    results = []
    rounds: dict[int, list[tuple[Facts, StoreResult]]] = defaultdict(list)
    times: dict[tuple, int] = defaultdict(int)
    for snapshot in snapshots:
        result = StoreResult(snapshot.number)
        results.append(result)
        try:
            # An answer tells where the bill stood when it was read, not what has become of it since.
            as_of = timezone.localdate(min(snapshot.read_at or now, now))
            facts = read_facts(snapshot, source=source, today=as_of)
        except UnexpectedAnswer as error:
            result.error = error
            continue
        # A bill that comes twice is stored twice, one after the other.
        rounds[times[key(facts.number)]].append((facts, result))
        times[key(facts.number)] += 1
    for place in sorted(rounds):
        batch.store(rounds[place])
    return results


class _Batch:
    def __init__(self, source: str, now: datetime, run: RefreshRun | None, known: Known) -> None:
        self.source = source
        self.now = now
        self.run = run
        self.known = known

    def store(self, batch: Sequence[tuple[Facts, StoreResult]]) -> None:
        changed = self._without_unchanged(batch)
        if not changed:
            return
        self.known.learn([facts for facts, _ in changed])
        try:
            self._write_in_turn(changed)
        except (IntegrityError, DataError) as error:
            if len(changed) > 1:
                for one in changed:
                    self.store([one])
                return
            facts, result = changed[0]
            log.error("bill.refused_by_database", bill=facts.number.base_print_no, error=str(error))
            why = str(error).splitlines()[0]
            result.error = UnexpectedAnswer(f"{_named(facts)} does not fit our rows: {why}")

    def _without_unchanged(
        self, batch: Sequence[tuple[Facts, StoreResult]]
    ) -> list[tuple[Facts, StoreResult]]:
        """Settle the bills whose rows already hold exactly this; hand back the rest."""
        rows = tables.bills_of(key(facts.number) for facts, _ in batch)
        changed = []
        times: dict[tuple[datetime | None, datetime | None], list[int]] = defaultdict(list)
        for facts, result in batch:
            bill = rows.get(key(facts.number))
            if bill is None or bill.content_hash != facts.hash_with(bill.edited_fields):
                changed.append((facts, result))
                continue
            result.bill = bill
            if self._is_older(facts, bill):
                result.is_older = True
            elif self._mark_checked(facts, bill):
                times[bill.checked_at, bill.read_at].append(bill.pk)
        for (checked_at, read_at), keys in times.items():
            self._write_times(keys, checked_at, read_at)
        return changed

    @staticmethod
    def _write_times(keys: list[int], checked_at: datetime | None, read_at: datetime | None) -> None:
        """Move the times on and take faults off, where no other worker has brought a later answer or fault since."""
        bills = Bill.objects.filter(pk__in=keys)
        if read_at is not None:
            bills = bills.filter(Q(read_at=None) | Q(read_at__lte=read_at))
            is_older_fault = Q(fault_at=None) | Q(fault_at__lte=read_at)
            bills.update(
                checked_at=Greatest("checked_at", Value(checked_at)),
                read_at=read_at,
                fault=Case(When(is_older_fault, then=Value("")), default=F("fault")),
                fault_at=Case(When(is_older_fault, then=Value(None)), default=F("fault_at")),
            )
            pages_changed()

    def _write_in_turn(self, batch: Sequence[tuple[Facts, StoreResult]]) -> None:
        """Write, and try again where another worker made the same bill meanwhile or stood in the way."""
        for tries_left in reversed(range(TRIES)):
            try:
                with transaction.atomic():
                    works = self._write(batch)
                    pages_changed()
            except (IntegrityError, OperationalError) as error:
                passing = getattr(error.__cause__, "pgcode", "") in {UNIQUE_VIOLATION, DEADLOCK}
                if not (passing and tries_left):
                    raise
                continue
            for work in works:
                work.result.bill, work.result.created = work.bill, work.created
            return

    def _write(self, batch: Sequence[tuple[Facts, StoreResult]]) -> list[_Work]:
        locked = tables.bills_of((key(facts.number) for facts, _ in batch), lock=True)
        works = []
        for facts, result in batch:
            bill = locked.get(key(facts.number))
            result.error, result.is_older, result.changes = None, False, []
            if bill is None:
                works.append(_Work(facts, result, self._new(facts), created=True))
            elif self._is_older(facts, bill):
                result.bill, result.is_older = bill, True
            elif facts.would_empty_the_record and Action.objects.filter(bill=bill).exists():
                result.error = UnexpectedAnswer(
                    f"{_named(facts)} came without actions; we keep those we hold."
                )
            else:
                works.append(_Work(facts, result, bill, created=False))
        found = relations.find(work.facts for work in works)
        for work in works:
            self._set_row(work, found)
        self._create_bills([work.bill for work in works if work.created])
        rewrites = self._compare_parts(works, found)
        filings = self._file_under_issues(works)
        self._update_bills([work for work in works if not work.created])
        for rewrite in rewrites:
            rewrite.write()
        Filing.objects.bulk_create(filings, ignore_conflicts=True)
        print_texts.write(
            [(work.bill, letter, text) for work in works for letter, text in work.facts.texts],
            source=self.source,
            read_at=self.now,
        )
        if created := [work.bill for work in works if work.created]:
            relations.link_waiting(created)
        old = {work.bill.pk: work for work in works if not work.created}
        news = [(work.bill, work.news) for work in old.values()]
        changes = write_changes(news, source=self.source, run=self.run, found_at=self.now)
        for bill_id, told in changes.items():
            old[bill_id].result.changes = told
        # After all rows are written. Most bills that move have no other words than before.
        texts_of = {
            work.bill.pk
            for work in works
            if work.created or work.facts.texts or work.written & SEARCHED_TEXTS
        }
        carried = next(rewrite.bills for rewrite in rewrites if rewrite.part is SPONSORS)
        filed = {filing.bill_id for filing in filings}
        renamed = {work.bill.pk for work in works if work.written & SEARCHED}
        index_bills(texts_of | carried | filed | renamed, texts_of=texts_of)
        return works

    # --- the bill's own row

    def _new(self, facts: Facts) -> Bill:
        number = facts.number
        return Bill(
            session=self.known.session(number.legislature, facts.session),
            base_print_no=number.base_print_no,
            slug=number.slug,
            file_no="" if number.legislature == "ny" else number.display,
            chamber=number.chamber,
            is_resolution=number.is_resolution,
        )

    def _is_older(self, facts: Facts, bill: Bill) -> bool:
        """Whether the row's record was read later than this answer: no answer turns a record back."""
        known_at = bill.read_at or bill.checked_at
        if known_at is None:
            return False
        if facts.read_at is None:
            return self.source == RECORDS
        return facts.read_at < known_at

    def _mark_checked(self, facts: Facts, bill: Bill) -> bool:
        """Set when the record was read, and with what success; False where nothing of it is new.

        Records were read long before they are loaded: loading them is not asking their source. A list of
        changes may have told later than this answer that the bill has not moved; that stands.
        """
        read_at = facts.read_at or (None if self.source == RECORDS else self.now)
        before = (bill.checked_at, bill.read_at, bill.fault)
        if read_at is not None:
            bill.read_at = min(read_at, self.now)
            bill.checked_at = max(bill.read_at, bill.checked_at or bill.read_at)
        bill.fault, bill.fault_at = "", None
        return (bill.checked_at, bill.read_at, bill.fault) != before

    def _set_row(self, work: _Work, found: dict[tuple, int]) -> None:
        """Set what differs on the bill; what staff wrote stays, and the difference is noted."""
        facts, bill = work.facts, work.bill
        wanted = dict(facts.stated)
        if facts.has_actions_stated or work.created:
            wanted |= facts.derived
            wanted["committee_id"] = self.known.committee(facts)
            wanted["substituted_by_id"] = found.get(key(facts.substitute)) if facts.substitute else None
        if facts.proposal:
            wanted["proposal_id"] = self.known.proposal(facts)
        for attribute, after in wanted.items():
            before = getattr(bill, attribute)
            if before == after:
                continue
            name = attribute.removesuffix("_id")
            told = (name, _in_words(before), _in_words(after))
            if facts.proposal and name == "proposal":
                told = (name, bill.proposal.name if bill.proposal else "", facts.proposal[1])
            if name in STAFF_MAY_WRITE and name in bill.edited_fields:
                work.news.kept_out.append(told)
                continue
            setattr(bill, attribute, after)
            work.written.add(attribute)
            if name not in NOT_TOLD:
                work.news.told.append(told)
        bill.source = self.source
        bill.source_url = facts.source_url or bill.source_url
        bill.content_hash = facts.hash_with(bill.edited_fields)
        self._mark_checked(facts, bill)

    def _create_bills(self, bills: list[Bill]) -> None:
        if bills:
            bills.sort(key=lambda bill: (bill.session_id, bill.base_print_no))  # one order for every worker
            Bill.objects.bulk_create(bills)
            tables.keep_history(bills, kind="+", reason=self.source, now=timezone.now())

    def _update_bills(self, works: Sequence[_Work]) -> None:
        """Write the rows, and their history where more than the bookkeeping differs."""
        for work in works:
            if work.news.told or work.written - LINKS:
                work.bill.changed_at = self.now
        written = sorted({attribute for work in works for attribute in work.written})
        tables.update(Bill, [work.bill for work in works], [*written, *BOOKKEEPING])
        moved = [work.bill for work in works if work.written]
        tables.keep_history(moved, kind="~", reason=self.source, now=timezone.now())

    # --- what hangs on it

    def _compare_parts(self, works: Sequence[_Work], found: dict[tuple, int]) -> list[Rewrite]:
        rewrites = []
        stated = {part: [work for work in works if is_stated(part, work.facts)] for part in PARTS}
        existing = existing_rows(
            [part for part in PARTS if stated[part]], [work.bill.pk for work in works if not work.created]
        )
        for part, stating in stated.items():
            rewrite = Rewrite(part)
            for work in stating:
                rows = existing[part].get(work.bill.pk, {})
                wanted = wanted_rows(
                    part, work.facts, rows.values(), sponsors=self.known.sponsor_finder, bills=found
                )
                work.news.told += rewrite.compare(work.bill.pk, rows, wanted)
            rewrites.append(rewrite)
        return rewrites

    def _file_under_issues(self, works: Sequence[_Work]) -> list[Any]:
        """File bills under the issues their record names. None is taken away, staff's filing left alone."""
        wanted = {
            (work.bill.pk, issue): (work, name)
            for work in works
            if "issues" not in work.bill.edited_fields
            for name in work.facts.issues
            if (issue := self.known.issue(name))
        }
        if old := [work.bill.pk for work, _ in wanted.values() if not work.created]:
            for filed in Filing.objects.filter(bill__in=old).values_list("bill_id", "issue_id"):
                wanted.pop(filed, None)
        for work, name in wanted.values():
            work.news.told.append(("issue", "", name))
        return [Filing(bill_id=bill, issue_id=issue) for bill, issue in wanted]


def _named(facts: Facts) -> str:
    return f"{facts.number.base_print_no} of {session_label(facts.number.legislature, facts.session)}"


def _in_words(value: object) -> str:
    """A value for the list of changes; of a long text its beginning, which tells the reader what it is."""
    return "" if value is None else clean(str(value), LONGEST_TOLD)
