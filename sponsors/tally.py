"""How many rows of a list there are, and how many of each value of its facets: in one question to the database.

A facet's counts leave out what was chosen of itself, and fit everything else that was chosen: each says how long the
list would be with that value instead. docs/decisions/0013-lists.md says what bounds the work.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from redis.exceptions import RedisError

from sponsors import pagination
from sponsors.facets import FacetFilter
from sponsors.filters import ListFilter

FRESH_SECONDS = 60
FRESH_SECONDS_OF_ALL = 300  # of the list that nobody narrowed
FEW = 2_000  # rows, sorted within milliseconds
ONE_OF = 50  # more are still few where they are one of so many
KEPT_SECONDS = 24 * 60 * 60  # an old count serves everybody but the one reader who counts anew
COUNTING_SECONDS = 30  # after which another may count in the place of one that never came back
_CACHE_IS_AWAY = (RedisError, OSError)


@dataclass(frozen=True)
class Tally:
    """`counts` {facet: {key: rows}}. Where more than the limit were found counting stopped there: `is_cut` for the
    whole list, whose `total` is then the limit and one; `partial` the facets whose counts are at least so many."""

    total: int = 0
    is_cut: bool = False
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    looked_at: int = 0
    of_all: int = 0  # rows of the list that nobody narrowed, 0 where not known
    keys: list[int] | None = None  # of the rows, where whoever counted has them
    in_order: Callable[[int, int], list[int]] | None = (
        None  # or those from one place in the list to before another
    )
    without: dict[str, int] | None = (
        None  # as `totals_without()`, where there are none and whoever counted knows
    )


def tally(listing: ListFilter) -> Tally:
    """What the list itself knows; else count it, or give what was counted a moment ago where that is many rows."""
    if (known := listing.counted()) is not None:
        return known
    key = _key(listing, listing.query(sort=""))
    kept = _kept(key)
    fresh = FRESH_SECONDS if listing.is_narrowed else FRESH_SECONDS_OF_ALL
    now = time.time()
    if kept and now - kept[0] < fresh:
        return kept[1]
    has_turn = _take_turn(key)
    if kept and not has_turn:
        return kept[1]
    # Everything is counted whole, however much it is, but by one process at a time.
    counted = _count(listing, whole=has_turn and not listing.is_narrowed)
    if counted.looked_at >= listing.KEPT_FROM and has_turn:
        with suppress(*_CACHE_IS_AWAY):
            cache.set(key, (now, counted), KEPT_SECONDS)
    if has_turn:
        with suppress(*_CACHE_IS_AWAY):
            cache.delete(f"{key}:turn")
    return counted


def are_few(listing: ListFilter, counted: Tally) -> bool:
    """Whether these rows are so few of all that the database had better find and sort them. Looking for them along
    an index that has the order already it might pass by a million others first."""
    if not listing.is_narrowed or counted.is_cut:
        return False
    of_all = counted.of_all
    if not of_all and (whole := _kept(_key(listing, ""))):
        of_all = whole[1].total
    return counted.total <= max(FEW, of_all // ONE_OF)


def _key(listing: ListFilter, query: str) -> str:
    asked = f"{timezone.localdate()} {sorted(listing.facets)} {query}"
    return f"list:{type(listing).__name__}:{hashlib.sha256(asked.encode()).hexdigest()[:32]}"


def _kept(key: str) -> tuple[float, Tally] | None:
    with suppress(*_CACHE_IS_AWAY):
        return cache.get(key)
    return None


def _take_turn(key: str) -> bool:
    with suppress(*_CACHE_IS_AWAY):
        return cache.add(f"{key}:turn", 1, COUNTING_SECONDS)
    return True


def _count(listing: ListFilter, *, whole: bool) -> Tally:
    limit = None if whole else pagination.MOST_COUNTED + 1
    facets = {name: one for name, one in listing.facets.items() if one.is_counted}
    own = [name for name in facets if name in listing.chosen]
    shared = {name: one for name, one in facets.items() if name not in own}
    question = _Question(limit)
    question.add("", listing.with_columns(listing.narrowed()), shared)
    for name in own:
        question.add(name, listing.with_columns(listing.narrowed(without=name)), {name: facets[name]})
    totals: dict[str, int] = {}
    counts: dict[str, dict[str, int]] = {name: {} for name in facets}
    for part, facet, key, number in question.answers():
        if facet:
            counts[facet][key] = number
        else:
            totals[part] = number
    cut = {part for part, number in totals.items() if limit and number >= limit}
    partial = {name for name in facets if (name if name in own else "") in cut}
    return Tally(
        total=totals.get("", 0),
        is_cut="" in cut,
        counts=counts,
        partial=frozenset(partial),
        looked_at=sum(totals.values()),
    )


class _Question:
    """One statement of SQL, put together from the querysets of its parts.

    The rows of a part are read once. What many of them share is counted together first, and then by each facet.
    """

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        self.tables: list[str] = []
        self.selects: list[str] = []
        self.table_params: list[Any] = []
        self.params: list[Any] = []

    def add(self, part: str, rows: QuerySet, facets: dict[str, FacetFilter]) -> None:
        columns = list(dict.fromkeys(one.column for one in facets.values() if one.column))
        read = rows.order_by().values_list("pk", *columns)[: self.limit]
        try:
            sql, params = read.query.sql_with_params()
        except EmptyResultSet:
            return
        number = len(self.tables)
        row, cube = f"row{number}", f"cube{number}"
        names = {column: f"c{place}" for place, column in enumerate(columns)}
        self.tables.append(f"{row}({', '.join(['pk', *names.values()])}) AS MATERIALIZED ({sql})")
        self.table_params += params
        self._select(part, "", f"'', count(*) FROM {row}")
        plain = [names[one.column] for one in facets.values() if one.column and not one.is_array]
        plain = list(dict.fromkeys(plain))
        if plain:
            listed = ", ".join(plain)
            together = f"SELECT {listed}, count(*) AS n FROM {row} GROUP BY {listed}"  # noqa: S608 (names of ours)
            self.tables.append(f"{cube} AS MATERIALIZED ({together})")
        for name, one in facets.items():
            if one.pairs is not None:
                self._add_pairs(part, name, one, row)
            elif one.is_array:
                column = names[one.column]
                self._select(
                    part, name, f"key::text, count(*) FROM {row}, unnest({column}) AS key GROUP BY key"
                )
            else:
                column = names[one.column]
                self._select(part, name, f"{column}::text, sum(n)::bigint FROM {cube} GROUP BY {column}")

    def _add_pairs(self, part: str, name: str, one: FacetFilter, row: str) -> None:
        assert one.pairs is not None
        sql, params = one.pairs().order_by().query.sql_with_params()
        held = f"(SELECT DISTINCT * FROM ({sql}) AS every(pk, key)) AS held"  # noqa: S608 (Django's own SQL)
        self._select(
            part,
            name,
            f"key::text, count(*) FROM {row} JOIN {held} ON held.pk = {row}.pk GROUP BY key",
            params,
        )

    def _select(self, part: str, facet: str, rest: str, params: Any = ()) -> None:
        self.selects.append(f"SELECT %s, %s, {rest}")
        self.params += [part, facet, *params]

    def answers(self) -> Iterator[tuple[str, str, str, int]]:
        """(part, facet or "" for the whole part, key, number of rows)."""
        if not self.selects:
            return
        sql = f"WITH {', '.join(self.tables)} {' UNION ALL '.join(self.selects)}"
        with connection.cursor() as cursor:
            cursor.execute(sql, [*self.table_params, *self.params])
            for part, facet, key, number in cursor.fetchall():
                yield part, facet, key or "", number


def totals_without(listing: ListFilter) -> dict[str, int]:
    """{field: how many rows there would be without what was chosen of it}, at most MOST_COUNTED + 1 each."""
    question = _Question(pagination.MOST_COUNTED + 1)
    for name in listing.chosen:
        question.add(name, listing.narrowed(without=name), {})
    totals = dict.fromkeys(listing.chosen, 0)
    totals.update({part: number for part, _facet, _key, number in question.answers()})
    return totals
