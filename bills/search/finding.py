"""The bills that a reader's words mean, the best first, with what to show of each.

[found] = in_step(find_bills(put(read_words("dream act")), shown=6))
found.bills, found.total, found.is_more
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Concat, Left
from django.utils.safestring import SafeString

from bills.models import Bill
from sponsors.prepared import Finder, Prepared, PreparedText, array_text, as_keys, is_one_of
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
)

MOST_COUNTED = 50  # a search counts no further; the list of bills does
LONGEST_NAME = 300
NOT_ALL = 0  # the key under which passage_bills() says that not every text was looked through
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
    """`total` is how many there are, or MOST_COUNTED where `is_more`. `was_cut`: not every text was looked through for
    a phrase, so that there may be others."""

    bills: list[FoundBill]
    total: int
    is_more: bool
    was_cut: bool = False


def find_bills(question: Question, *, shown: int) -> Finder[FoundBills]:
    """Two questions; none where nothing is asked for."""
    if not question:
        return FoundBills([], 0, False)
    places = dict((yield _PLACES, (question.wanted, question.loose, question.unwanted, MOST_COUNTED + 1)))
    was_cut = places.pop(NOT_ALL, None) is not None
    best = dict(list(places.items())[:shown])
    return FoundBills(
        (yield from _with_marks(best, question)) if best else [],
        min(len(places), MOST_COUNTED),
        is_more=len(places) > MOST_COUNTED,
        was_cut=was_cut,
    )


def bills_beginning(typed: str, *, most: int) -> list[Bill]:
    """Bills whose number, name, title, people or issues have these words; `typed` as `being_typed()` gives it."""
    places = dict(_PLACES(typed, None, "", most))
    bills = Bill.objects.published().for_cards().in_bulk(list(places)) if places else {}
    return [bills[key] for key in places if key in bills]


# Where the words stand in each bill that has them, the best first, and NOT_ALL: of what is wanted, loose and unwanted,
# and of how many at most.
_PLACES = PreparedText(
    "SELECT bill_id, place FROM public.passage_bills(%s::tsquery, %s::tsquery, %s::tsquery, %s)", width=2
)


def _marked(query: Any, keys: Any, in_text: Any) -> Any:
    """Bills with marks where the words are: in title and summary, or in what was said and the text for `in_text`."""
    words = TextField()
    official = Case(When(short_name="", then=Value("")), default=F("title"), output_field=words)
    short = Concat(official, Value("\n"), "search_row__summary", output_field=words)
    whole = Concat("text_row__said", Value("\n"), "text_row__text", output_field=words)
    text = Case(When(in_text, then=whole), default=short, output_field=words)
    name = Case(When(short_name="", then=F("title")), default=F("short_name"), output_field=words)
    return (
        Bill.objects.published()
        .for_cards()
        .filter(keys)
        .annotate(
            marked_name=headline(Left(name, LONGEST_NAME), query, WHOLE),
            marked_text=headline(text, query, FRAGMENTS, near=ONE_PLACE),
        )
    )


_IN_TEXT = "@in text"
_bills_marked = Prepared(
    lambda *_examples: _marked(ONE_QUERY, ONE_OF_KEYS, is_one_of(as_keys(_IN_TEXT))),
    (QUERY, KEYS, NEAR, _IN_TEXT),
)


def _with_marks(places: dict[int, int], question: Question) -> Finder[list[FoundBill]]:
    in_text = [key for key, place in places.items() if place > IN_SUMMARY]
    rows = yield _bills_marked, (question.wanted, array_text(places), question.near, array_text(in_text))
    found: dict[int, Any] = {row.pk: row for row in rows}
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
