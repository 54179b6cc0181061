"""The statements that a reader's words mean, the best first, with what to show of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.functions import Left
from django.utils.safestring import SafeString

from sponsors.search.grammar import Asked
from sponsors.search.snippets import FRAGMENTS, WHOLE, marked, snippet
from sponsors.search.text import TextQuery, headline, matches
from statements.models import Statement, StatementSearch

MOST_COUNTED = 50
READ_FOR_SNIPPET = 6_000  # characters of a text


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


def find_statements(asked: Asked, *, shown: int) -> FoundStatements:
    """Two questions; none where nothing is asked for. By where the words stand, then the newest first."""
    if not asked:
        return FoundStatements([], 0, False)
    query = TextQuery.wanted(asked)
    rows = StatementSearch.objects.filter(matches(query))
    if asked.without:
        rows = rows.exclude(matches(TextQuery.unwanted(asked)))
    keys = _best(rows, query, most=MOST_COUNTED + 1)
    return FoundStatements(
        _with_marks(keys[:shown], query) if keys else [],
        min(len(keys), MOST_COUNTED),
        len(keys) > MOST_COUNTED,
    )


def statements_beginning(text: str, *, most: int) -> list[Statement]:
    """Statements whose title, speakers or subjects have these words, the last of which is being typed."""
    query = TextQuery.typed(text)
    keys = _best(StatementSearch.objects.filter(matches(query)), query, most=most)
    found = Statement.objects.published().defer("body").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _best(rows, query: TextQuery, *, most: int) -> list[int]:
    """Keys of the newest matches, sorted by where they have the words."""
    newest = rows.order_by(F("said_on").desc(nulls_last=True), "-pk").values("pk")[: 4 * most]
    places = [
        When(matches(query, weights=weights), then=Value(place))
        for place, weights in enumerate(("a", "a,b", "a,b,c"))
    ]
    sorted_rows = (
        StatementSearch.objects.filter(pk__in=newest)
        .annotate(place=Case(*places, default=Value(3), output_field=IntegerField()))
        .order_by("place", F("said_on").desc(nulls_last=True), "-pk")
    )
    return list(sorted_rows.values_list("pk", flat=True)[:most])


def _with_marks(keys: list[int], query: TextQuery) -> list[FoundStatement]:
    rows = Statement.objects.published().for_cards().filter(pk__in=keys)
    found = {
        row.pk: row
        for row in rows.annotate(
            marked_title=headline(F("search_row__title"), query, WHOLE),
            marked_text=headline(Left("search_row__body", READ_FOR_SNIPPET), query, FRAGMENTS),
        )
    }
    return [
        FoundStatement(found[key], marked(found[key].marked_title), snippet(found[key].marked_text))
        for key in keys
        if key in found
    ]
