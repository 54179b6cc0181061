"""The bills that a reader's words mean, the best first, with what to show of each.

found = find_bills(read_words("dream act"), shown=6)
found.bills, found.total, found.is_more
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Concat, Left
from django.utils.safestring import SafeString

from bills.models import Bill
from sponsors.search.grammar import Asked
from sponsors.search.snippets import FRAGMENTS, WHOLE, marked, snippet
from sponsors.search.text import TextQuery, headline

MOST_COUNTED = 50  # a search counts no further; the list of bills does
READ_FOR_SNIPPET = 6_000  # characters of a text
LONGEST_NAME = 300
IN_SUMMARY = 4  # of the places that passage_bills() tells, the last in the short row


@dataclass(frozen=True, slots=True)
class FoundBill:
    """`name` and `snippet` are HTML; `from_text`: the words stand only in its whole text, or in what was said of it."""

    bill: Bill
    name: SafeString
    snippet: SafeString
    from_text: bool


@dataclass(frozen=True, slots=True)
class FoundBills:
    """`total` is how many there are, or MOST_COUNTED where `is_more`."""

    bills: list[FoundBill]
    total: int
    is_more: bool


def find_bills(asked: Asked, *, shown: int) -> FoundBills:
    """Two questions; none where nothing is asked for."""
    if not asked:
        return FoundBills([], 0, False)
    places = _places(
        TextQuery.wanted(asked),
        TextQuery.wanted(asked, loose=True),
        TextQuery.unwanted(asked),
        most=MOST_COUNTED + 1,
    )
    best = dict(list(places.items())[:shown])
    return FoundBills(
        _with_marks(best, TextQuery.wanted(asked)) if best else [],
        min(len(places), MOST_COUNTED),
        len(places) > MOST_COUNTED,
    )


def bills_beginning(text: str, *, most: int) -> list[Bill]:
    """Bills whose number, name, title, people or issues have these words, the last of which is being typed."""
    places = _places(TextQuery.typed(text), None, TextQuery(()), most=most)
    bills = Bill.objects.published().for_cards().in_bulk(list(places)) if places else {}
    return [bills[key] for key in places if key in bills]


def _places(wanted: TextQuery, loose: TextQuery | None, unwanted: TextQuery, *, most: int) -> dict[int, int]:
    """Where the words stand in each bill that has them, the best first; see passage_bills()."""
    parts, values = [], []
    for query in (wanted, loose, unwanted):
        text, some = query.as_sql() if query else ("NULL", [])
        parts.append(text)
        values += some
    with connection.cursor() as cursor:
        arguments = ", ".join(parts)  # our own SQL; what was typed is in the values
        cursor.execute(f"SELECT bill_id, place FROM public.passage_bills({arguments}, %s)", [*values, most])  # noqa: S608
        return dict(cursor.fetchall())


def _with_marks(places: dict[int, int], query: TextQuery) -> list[FoundBill]:
    """Marks where the words are: in title and summary, or in what was said and the text where only these have them."""
    in_text = [key for key, place in places.items() if place > IN_SUMMARY]
    words = TextField()
    official = Case(When(short_name="", then=Value("")), default=F("title"), output_field=words)
    short = Concat(official, Value("\n"), "search_row__summary", output_field=words)
    whole = Concat("text_row__said", Value("\n"), "text_row__text", output_field=words)
    text = Case(When(pk__in=in_text, then=whole), default=short, output_field=words)
    name = Case(When(short_name="", then=F("title")), default=F("short_name"), output_field=words)
    rows = Bill.objects.published().for_cards().filter(pk__in=places)
    found = {
        row.pk: row
        for row in rows.annotate(
            marked_name=headline(Left(name, LONGEST_NAME), query, WHOLE),
            marked_text=headline(Left(text, READ_FOR_SNIPPET), query, FRAGMENTS),
        )
    }
    return [
        FoundBill(
            found[key],
            marked(found[key].marked_name),
            snippet(found[key].marked_text.replace("\n", " · ")),
            place > IN_SUMMARY,
        )
        for key, place in places.items()
        if key in found
    ]
