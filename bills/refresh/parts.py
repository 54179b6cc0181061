"""The rows below a bill, compared with what they are to be: what differs is written, what is equal is left.

A part is one table. Its rows are handled as plain tuples of their values in the order of `fields`, for many
bills at once, so that a batch costs each table one question and at most two writes. A row that differs is
written anew: nothing refers to these rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Model

from bills.models import Action, Amendment, RelatedBill, RollCall, Sponsorship, Stage
from bills.refresh.changes import Told
from sponsors.models import Chamber

Row = tuple
ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Part:
    """One table below Bill.

    `words` tells a row to readers. A new row takes the place of an old one for which `pair` gives the same.
    """

    model: type[Model]
    fields: tuple[str, ...]
    fact: Callable[[Row], str | None]  # None: follows from other facts, and is not told
    words: Callable[[Row], str] = str
    pair: Callable[[Row], object] = tuple


def _chamber(code: str) -> str:
    return Chamber(code).label if code else ""


def _vote_in_words(row: Row) -> str:
    day, chamber, committee, amendment, ayes, nays, others = row
    where = f"{_chamber(chamber)} {committee}".strip() + (f", print {amendment}" if amendment else "")
    return f"{day} {where}: {ayes} to {nays}" + (f", {others} not voting" if others else "")


ACTIONS = Part(
    Action,
    ("sequence", "date", "chamber", "text", "body", "result"),
    fact=lambda row: "action",
    words=lambda row: f"{row[1]} {_chamber(row[2])}: {row[3]}{f' ({row[5]})' if row[5] else ''}",
    pair=lambda row: row[1],
)
STAGES = Part(Stage, ("position", "code", "chamber", "date", "committee"), fact=lambda row: None)
PRINTS = Part(
    Amendment,
    ("letter", "published_on"),
    fact=lambda row: "print",
    words=lambda row: f"{row[0] or 'original'}{f' {row[1]}' if row[1] else ''}",
    pair=lambda row: row[0],
)
SPONSORS = Part(
    Sponsorship,
    ("kind", "position", "name_as_written", "person_id", "term_id", "why_unresolved"),
    fact=lambda row: "sponsor",
    words=lambda row: f"{row[2]} ({Sponsorship.Kind(row[0]).label.lower()})",
    pair=lambda row: row[2],
)
RELATIONS = Part(
    RelatedBill,
    ("kind", "session_year", "print_no", "related_id"),
    fact=lambda row: None if row[0] == "substituted_by" else row[0],  # told by the bill's own field
    words=lambda row: f"{row[2]} ({row[1]})",
)
ROLL_CALLS = Part(
    RollCall,
    ("date", "chamber", "committee", "amendment", "ayes", "nays", "others"),
    fact=lambda row: "roll_call",
    words=_vote_in_words,
    pair=lambda row: row[:4],
)
PARTS = (ACTIONS, STAGES, PRINTS, SPONSORS, RELATIONS, ROLL_CALLS)


@dataclass
class Rewrite:
    """The rows of one part that a batch takes away and adds."""

    part: Part
    stale: list[int] = field(default_factory=list)
    fresh: list[Model] = field(default_factory=list)

    def compare(self, bill_id: int, existing: Mapping[int, Row], wanted: Iterable[Row]) -> list[Told]:
        """Note what differs for one bill, and tell it. `existing` is by primary key."""
        missing = dict.fromkeys(wanted)
        gone: list[Row] = []
        for pk, row in existing.items():
            if row in missing:
                del missing[row]
            else:
                self.stale.append(pk)
                gone.append(row)
        for row in missing:
            self.fresh.append(
                self.part.model(bill_id=bill_id, **dict(zip(self.part.fields, row, strict=True)))
            )
        return tell(self.part, gone, missing)

    def write(self) -> None:
        """At most two statements; rows go before rows come, since a new one may take an old one's place."""
        if self.stale:
            self.part.model._default_manager.filter(pk__in=self.stale).delete()
        if self.fresh:
            self.part.model._default_manager.bulk_create(self.fresh, batch_size=ROWS_AT_ONCE)


def existing_rows(part: Part, bill_ids: Iterable[int]) -> dict[int, dict[int, Row]]:
    """The rows of one part by bill and primary key, in one question."""
    rows: dict[int, dict[int, Row]] = defaultdict(dict)
    found = part.model._default_manager.filter(bill__in=list(bill_ids)).order_by("pk")
    for bill_id, pk, *values in found.values_list("bill_id", "pk", *part.fields):
        rows[bill_id][pk] = tuple(values)
    return rows


def tell(part: Part, gone: Iterable[Row], come: Iterable[Row]) -> list[Told]:
    """What rows that went and rows that came amount to, an old one beside the new one that takes its place.

    Rows that read the same in words, a moved position or a found person, are no news.
    """
    left: dict[object, list[Row]] = defaultdict(list)
    for row in gone:
        left[part.fact(row), part.words(row)].append(row)
    news = []
    for row in come:
        same = left.get((part.fact(row), part.words(row)))
        if same:
            same.pop()
        else:
            news.append(row)
    places: dict[object, list[Row]] = defaultdict(list)
    for rows in left.values():
        for row in rows:
            places[part.pair(row)].append(row)
    told = []
    for row in news:
        before = places[part.pair(row)].pop(0) if places.get(part.pair(row)) else None
        told.append((part.fact(row), part.words(before) if before else "", part.words(row)))
    told += [(part.fact(row), part.words(row), "") for rows in places.values() for row in rows]
    return [(fact, before, after) for fact, before, after in told if fact is not None]
