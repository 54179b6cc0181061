"""The statements that a reader's words mean, the best first, with what to show of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.search import SearchQueryField
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils.safestring import SafeString

from sponsors.prepared import Finder, Prepared, array_text
from sponsors.search.snippets import FRAGMENTS, WHOLE, marked, snippet
from sponsors.search.text import (
    KEYS,
    NEAR,
    ONE_OF_KEYS,
    ONE_PLACE,
    ONE_QUERY,
    QUERY,
    Question,
    headline,
    matches,
)
from statements.models import Statement, StatementSearch

MOST_COUNTED = 50


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """`title` and `snippet` are HTML."""

    statement: Statement
    title: SafeString
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class FoundStatements:
    """`total` is how many there are, or MOST_COUNTED where `is_more`."""

    statements: list[FoundStatement]
    total: int
    is_more: bool


def find_statements(question: Question, *, shown: int) -> Finder[FoundStatements]:
    """Two questions; none where nothing is asked for. By where the words stand, then the newest first."""
    if not question:
        return FoundStatements([], 0, False)
    keys = [row.pk for row in (yield _best(question.wanted, question.unwanted, most=MOST_COUNTED + 1))]
    return FoundStatements(
        (yield from _with_marks(keys[:shown], question)) if keys else [],
        min(len(keys), MOST_COUNTED),
        len(keys) > MOST_COUNTED,
    )


def statements_beginning(typed: str, *, most: int) -> list[Statement]:
    """Statements whose title, speakers or subjects have these words; `typed` as `being_typed()` gives it."""
    matching, values = _best(typed, "", most=most)
    keys = [row.pk for row in matching(*values)]
    found = Statement.objects.published().defer("body").in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]


def _best(wanted: str | None, unwanted: str | None, *, most: int) -> tuple[Prepared[StatementSearch], Any]:
    """The question, with its values, for the newest matches, sorted by where they have the words."""
    return (_matching_but(most), (wanted, unwanted)) if unwanted else (_matching(most), (wanted,))


@cache
def _matching(most: int) -> Prepared[StatementSearch]:
    return Prepared(lambda _query: _newest(StatementSearch.objects.filter(_WANTED), most), (QUERY,))


@cache
def _matching_but(most: int) -> Prepared[StatementSearch]:
    unwanted = matches(Cast(Value(_UNWANTED), SearchQueryField()))
    return Prepared(
        lambda *_queries: _newest(StatementSearch.objects.filter(_WANTED).exclude(unwanted), most),
        (QUERY, _UNWANTED),
    )


_WANTED = matches(ONE_QUERY)
_UNWANTED = "@unwanted"


def _newest(rows: QuerySet[StatementSearch], most: int) -> QuerySet[StatementSearch]:
    newest = rows.order_by(F("said_on").desc(nulls_last=True), "-pk").values("pk")[: 4 * most]
    places = [
        When(matches(ONE_QUERY, weights=weights), then=Value(place))
        for place, weights in enumerate(("a", "a,b", "a,b,c"))
    ]
    return (
        StatementSearch.objects.filter(pk__in=newest)
        .annotate(place=Case(*places, default=Value(3), output_field=IntegerField()))
        .only("pk")
        .order_by("place", F("said_on").desc(nulls_last=True), "-pk")[:most]
    )


_statements_marked = Prepared(
    lambda *_examples: (
        Statement.objects.published()
        .defer("body")
        .filter(ONE_OF_KEYS)
        .annotate(
            marked_title=headline(F("search_row__title"), ONE_QUERY, WHOLE),
            marked_text=headline(F("search_row__body"), ONE_QUERY, FRAGMENTS, near=ONE_PLACE),
        )
    ),
    (QUERY, KEYS, NEAR),
)


def _with_marks(keys: list[int], question: Question) -> Finder[list[FoundStatement]]:
    rows = yield _statements_marked, (question.wanted, array_text(keys), question.near)
    found: dict[int, Any] = {row.pk: row for row in rows}
    return [
        FoundStatement(found[key], marked(found[key].marked_title), snippet(found[key].marked_text))
        for key in keys
        if key in found
    ]
