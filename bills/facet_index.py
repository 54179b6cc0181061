"""Which listed bills have which value of which facet, held in this process, so that a list counts without the database.

    tally = facet_index.count(listing)      exact, as of now; None where the rows must be counted

A listed bill has a place, the later it moved the higher, and a value of a facet is the set of the places that have
it, written as the bits of one integer. To narrow is to AND such sets, to count is to count bits, and a page is the bits
from one rank to another: microseconds for 20,000 bills, a tenth of a millisecond for a million. Before each count one
short question asks which rows were written since the last one, so that no count is older than the page's own rows.
docs/decisions/0020-facet-index.md has the reasons.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial, reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone

from bills.facet_days import Days
from bills.models import ListedBill
from sponsors import pagination
from sponsors.facets import DayFilter, FacetFilter
from sponsors.prepared import VARIES, ServerSide
from sponsors.tally import Tally

if TYPE_CHECKING:
    from bills.filters import BillFilter

# Columns of a listed bill that facets are made of, `issue_ids` as the list that it is.
COLUMNS = ("ending", "session_id", "status", "committee_id", "party", "is_spoken_of")
LISTS = ("issue_ids",)
MOVED = "last_action_on"
DAYS = ("introduced_on", MOVED)
# Keys that are sent to be sorted: a thousand take a millisecond. Of longer lists an index has the order, and the
# database walks along it; where it would have to look for words or sponsors once more, more are sent.
MOST_SENT, MOST_SENT_OF_FOUND = 1_000, 5_000
# Bills that moved after places were given out, beside one of so many: with more all rows are read anew.
MOST_ASTRAY, ONE_ASTRAY_OF = 1_000, 100
MOST_FOUND = pagination.MOST_COUNTED  # bills with certain words or sponsors; more are counted by the database

Value = tuple[str, str]  # column, and what it holds as text
Row = tuple[Any, ...]  # bill_id, is_published, COLUMNS, LISTS, DAYS


@dataclass(slots=True)
class _State:
    """`seen`: the oldest transaction that may not have ended when the rows were read; what it or a later one wrote is
    read again. `table`: what becomes another when rows went away, which leave nothing behind to be read."""

    day: date
    table: tuple[int, ...]
    seen: int
    listed: int = 0
    astray: int = 0  # the places that tell no order: of bills that moved or came since places were given out
    places: dict[int, int] = field(default_factory=dict)  # of each bill's key
    keys: list[int] = field(default_factory=list)  # at each place
    values: list[tuple[Value, ...] | None] = field(
        default_factory=list
    )  # at each place; None where not published
    days: dict[str, Days] = field(default_factory=lambda: {column: Days([]) for column in DAYS})
    sets: dict[Value, int] = field(default_factory=dict)
    by_column: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def fill(self, rows: Iterable[Row]) -> None:
        """Take in all rows at once, in the order of their days and keys."""
        having: dict[Value, list[int]] = defaultdict(list)
        days: dict[str, list[int]] = {column: [] for column in DAYS}
        listed = []
        for place, row in enumerate(rows):
            values = _values_of(row)
            self.places[row[0]] = place
            self.keys.append(row[0])
            self.values.append(values)
            for column, day in zip(DAYS, row[-len(DAYS) :], strict=True):
                days[column].append(day.toordinal() if day else 0)
            if values is not None:
                listed.append(place)
                for value in values:
                    having[value].append(place)
        self.days = {column: Days(some) for column, some in days.items()}
        self.listed = _bits(listed)
        for value, places in having.items():
            self._hold(value, _bits(places))

    def take(self, row: Row) -> None:
        """Take in a row that is new or was written anew."""
        place = self.places.setdefault(row[0], len(self.values))
        bit = 1 << place
        if place == len(self.values):
            self.values.append(None)
            self.keys.append(row[0])
            for days in self.days.values():
                days.append(0)
            self.astray |= bit
        stood = self.days[MOVED][place]
        for column, day in zip(DAYS, row[-len(DAYS) :], strict=True):
            self.days[column][place] = day.toordinal() if day else 0
        if self.days[MOVED][place] != stood:
            self.astray |= bit
        before, after = self.values[place], _values_of(row)
        if before == after:
            return
        for value in before or ():
            self.sets[value] &= ~bit
        for value in after or ():
            self._hold(value, self.sets.get(value, 0) | bit)
        self.listed = self.listed & ~bit if after is None else self.listed | bit
        self.values[place] = after

    def _hold(self, value: Value, places: int) -> None:
        self.sets[value] = places
        self.by_column[value[0]].add(value[1])

    def holding(self, column: str, keys: Iterable[str]) -> int:
        """The places that hold any of these."""
        places = 0
        for key in keys:
            places |= self.sets.get((column, key), 0)
        return places

    def having(self, bills: Iterable[int]) -> int:
        """The places of these bills. One written since is in the next question."""
        return _bits([place for place in map(self.places.get, bills) if place is not None])

    @property
    def is_out_of_order(self) -> bool:
        return self.astray.bit_count() > MOST_ASTRAY + len(self.keys) // ONE_ASTRAY_OF

    def keys_at(self, places: int) -> list[int]:
        """The keys of the bills at these places."""
        return [self.keys[place] for place in _places(places)]

    def page(self, places: int, start: int, stop: int) -> list[int]:
        """The keys of those at these places that are from `start` to before `stop`, the last to move first."""
        astray = self._dated(_places(places & self.astray))
        # At worst all that are astray come before the page, and then it begins so many ranks earlier.
        first = max(0, start - len(astray))
        settled = self._dated(_ranked(places & ~self.astray, first, stop))
        rows = sorted([*settled, *astray], reverse=True)[start - first : stop - first]
        return [key for _day, key in rows]

    def _dated(self, places: list[int]) -> list[tuple[int, int]]:
        """(day, key) of the bills there, in the order of lists."""
        moved = self.days[MOVED]
        return sorted(((moved[place], self.keys[place]) for place in places), reverse=True)


def _places(bits: int) -> list[int]:
    """The lowest first."""
    digits, places = bin(bits)[:1:-1], []
    place = digits.find("1")
    while place >= 0:
        places.append(place)
        place = digits.find("1", place + 1)
    return places


def _ranked(bits: int, first: int, stop: int) -> list[int]:
    """The places from one rank to before another, where the highest place has rank 0."""
    lowest, above = _least(bits, stop), _least(bits, first)
    return [lowest + place for place in _places((bits >> lowest) & ((1 << above - lowest) - 1))]


def _least(bits: int, number: int) -> int:
    """The least place that has at most `number` bits at or above it."""
    return bisect_left(range(bits.bit_length() + 1), -number, key=lambda place: -(bits >> place).bit_count())


class _Index:
    """The state of this process. Several threads ask: one brings it up to date while the others wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: _State | None = None

    def count(self, listing: BillFilter) -> Tally | None:
        """None where more than MOST_FOUND bills have the words or sponsors that were asked for."""
        found = listing.found
        if found is not None and len(found) > MOST_FOUND:
            return None
        with self._lock:
            state = self._up_to_date()
            holding = state.listed if found is None else state.having(found)
            within = state.listed & holding
            for column, (first, last) in _spans(listing).items():
                within &= state.days[column].between(first.toordinal(), last.toordinal())
            tally = _tally(listing, state, within)
            if tally.total or not listing.is_narrowed:
                return tally
            return replace(tally, without=_without(listing, state, holding))

    def page(self, state: _State, places: int, start: int, stop: int) -> list[int]:
        with self._lock:
            return state.page(places, start, stop)

    def _up_to_date(self) -> _State:
        day = timezone.localdate()
        if connection.in_atomic_block:
            return _read_whole(day)  # it may see what others never will
        state = self._state
        if state is not None and state.day == day:
            with _rows_since(day, state.seen) as (table, seen, rows):
                if table == state.table:
                    for row in rows:
                        state.take(row)
                    state.seen = seen
                    if not state.is_out_of_order:
                        return state
        self._state = None  # the old one makes room for the new
        self._state = _read_whole(day)
        return self._state


_INDEX = _Index()


def count(listing: BillFilter) -> Tally | None:
    """How many bills the list has, and with each value of its facets; None where the database must count."""
    return _INDEX.count(listing)


def _spans(listing: BillFilter) -> dict[str, tuple[date, date]]:
    """The first and the last day that was asked for, by column."""
    spans: dict[str, tuple[date, date]] = {}
    for name, day in listing.chosen.items():
        one = listing.filters[name]
        if isinstance(one, DayFilter):
            first, last = spans.get(one.column, (date.min, date.max))
            spans[one.column] = (first, day) if one.is_end else (day, last)
    return spans


def _tally(listing: BillFilter, state: _State, within: int) -> Tally:
    chosen = {
        name: state.holding(one.column, listing.form.fields[name].keys_of(listing.chosen[name]))
        for name, one in listing.facets.items()
        if name in listing.chosen
    }
    fitting = within
    for places in chosen.values():
        fitting &= places
    counts: dict[str, dict[str, int]] = {}
    for name, one in listing.facets.items():
        rest = fitting
        if name in chosen:
            rest = within
            for other, places in chosen.items():
                rest = rest if other == name else rest & places
        counts[name] = {
            key: number
            for key in state.by_column[one.column]
            if (number := (rest & state.sets[one.column, key]).bit_count())
        }
    total = fitting.bit_count()
    most = MOST_SENT_OF_FOUND if listing.looked_up else MOST_SENT
    keys = state.keys_at(fitting) if listing.sort and listing.is_narrowed and total <= most else None
    in_order = None if listing.sort else partial(_INDEX.page, state, fitting)
    return Tally(total, counts=counts, of_all=state.listed.bit_count(), keys=keys, in_order=in_order)


def _without(listing: BillFilter, state: _State, found: int) -> dict[str, int] | None:
    """How many there would be without each part of what was chosen; None where that is another question for words."""
    if len(listing.looked_up) > 1:
        return None
    parts: dict[str, int] = {}
    for name, value in listing.chosen.items():
        one = listing.filters[name]
        if isinstance(one, FacetFilter):
            parts[name] = state.holding(one.column, listing.form.fields[name].keys_of(value))
        elif isinstance(one, DayFilter):
            first, last = (date.min, value) if one.is_end else (value, date.max)
            parts[name] = state.days[one.column].between(first.toordinal(), last.toordinal())
        else:
            parts[name] = found
    return {
        left_out: reduce(
            and_, (places for name, places in parts.items() if name != left_out), state.listed
        ).bit_count()
        for left_out in parts
    }


def _values_of(row: Row) -> tuple[Value, ...] | None:
    _key, is_published, *plain, lists, _introduced, _moved = row
    if not is_published:
        return None
    told = [*zip(COLUMNS, plain, strict=True), *((LISTS[0], one) for one in lists)]
    return tuple((column, _as_text(held)) for column, held in told if held not in (None, ""))


def _as_text(held: object) -> str:
    """As PostgreSQL writes it, which choices go by."""
    return str(held).lower() if isinstance(held, bool) else str(held)


def _bits(places: list[int]) -> int:
    if not places:
        return 0
    digits = bytearray(b"0") * (max(places) + 1)
    for place in places:
        digits[place] = ord("1")
    digits.reverse()
    return int(digits, 2)


# --- the database


def keys_of(rows: Any) -> list[int]:
    """At most MOST_FOUND and one, in one array: as rows they take ten times as long to come."""
    wanted = rows.order_by().values("pk")[: MOST_FOUND + 1]
    try:
        sql, values = wanted.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ARRAY({sql})", values)
        return cursor.fetchone()[0]


# The table's own number, that of its file (another after TRUNCATE or a restored dump), and how many rows were ever
# deleted from it; beside them the oldest transaction that has not ended as this is read.
_TABLE = """
    SELECT place::oid::bigint, pg_relation_filenode(place)::bigint, pg_stat_get_tuples_deleted(place),
      pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    FROM CAST('bills_listedbill' AS regclass) AS place
"""
_WANTED = ("pk", "is_published", *COLUMNS, *LISTS, *DAYS)
_EVER = 0  # a transaction before all others
_ROWS_AT_ONCE = 5_000


def _read_whole(day: date) -> _State:
    with _rows_since(day, _EVER) as (table, seen, rows):
        state = _State(day, table, seen)
        state.fill(rows)
        return state


@contextmanager
def _rows_since(day: date, seen: int) -> Iterator[tuple[tuple[int, ...], int, Iterator[Row]]]:
    """What `_State.table` and `seen` are now, and the rows written by `seen` or a later transaction: one question."""
    sql, values, prepared = _question(day)
    is_long = seen == _EVER and not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    with connection.chunked_cursor() if is_long else connection.cursor() as cursor:
        cursor.execute(*((sql, (*values, seen)) if is_long else prepared.asked(connection, (seen,))))
        first = cursor.fetchone()
        *table, now = first[:4]
        yield tuple(table), now, (row[4:-1] for row in _rest(first, cursor) if row[4] is not None)


def _rest(first: Row, cursor: Any) -> Iterator[Row]:
    yield first
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        yield from rows


@lru_cache(maxsize=2)
def _question(day: date) -> tuple[str, tuple[Any, ...], ServerSide]:
    """Put together once a day: that takes Django longer than PostgreSQL needs to answer it."""
    names = (*_WANTED, "written_in")
    rows = ListedBill.objects.with_ending(day).order_by().values_list(*names)
    sql, values = rows.query.sql_with_params()
    text = (
        f"SELECT * FROM ({_TABLE}) AS now LEFT JOIN ({sql}) AS held({', '.join(names)}) ON held.written_in >= %s"  # noqa: S608 (Django's own SQL)
        f" ORDER BY held.{MOVED} NULLS FIRST, held.pk"
    )
    return text, values, ServerSide(text, (*values, VARIES))
