"""The rows below a bill, compared with what they are to be: what differs is written, what is equal is left.

A part is one table. Its rows are handled as plain tuples of their values in the order of `fields`, for many
bills at once, so that a batch costs one question for all tables and at most two writes for each. A row that
differs is written anew: nothing refers to these rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from bills.models import (
    Action,
    AgendaItem,
    Amendment,
    BillDocument,
    ExecutiveMessage,
    RelatedBill,
    RollCall,
    Sponsorship,
    Stage,
)
from bills.refresh import tables
from bills.refresh.changes import Told
from sponsors.models import Chamber

Row = tuple


@dataclass(frozen=True, eq=False)  # a part is itself and no other, which is quick to tell
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
    day, chamber, committee, amendment, _place, ayes, nays, others, _votes = row
    where = f"{_chamber(chamber)} {committee}".strip() + (f", print {amendment}" if amendment else "")
    return f"{day} {where}: {ayes} to {nays}" + (f", {others} other" if others else "")


def _sponsor_in_words(row: Row) -> str:
    withdrawn = f", withdrawn {row[7]}" if row[7] else ""
    return f"{row[2]} ({Sponsorship.Kind(row[0]).label.lower()}{withdrawn})"


def _message_in_words(row: Row) -> str:
    kind, year, number, _chapter, signer, signed_on, _text = row
    told = f"{ExecutiveMessage.Kind(kind).label} {number} of {year}"
    return told + (f", {signer}" if signer else "") + (f", {signed_on}" if signed_on else "")


def _agenda_in_words(row: Row) -> str:
    kind, year, number, chamber, committee = row
    return f"{AgendaItem.Kind(kind).label} {number} of {year}, {_chamber(chamber)} {committee}".strip()


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
    ("letter", "published_on", "title", "act_clause", "law_section", "law_code", "laws", "sponsors"),
    fact=lambda row: "print",
    words=lambda row: f"{row[0] or 'original'}{f' {row[1]}' if row[1] else ''}",
    pair=lambda row: row[0],
)
SPONSORS = Part(
    Sponsorship,
    (
        "kind",
        "position",
        "name_as_written",
        "person_id",
        "term_id",
        "why_unresolved",
        "joined_on",
        "withdrawn_on",
        "seat_as_written",
    ),
    fact=lambda row: "sponsor",
    words=_sponsor_in_words,
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
    (
        "date",
        "chamber",
        "committee",
        "amendment",
        "sequence",
        "ayes",
        "nays",
        "others",
        "member_votes",
    ),
    fact=lambda row: "roll_call",
    words=_vote_in_words,
    pair=lambda row: row[:5],
)
MESSAGES = Part(
    ExecutiveMessage,
    ("kind", "year", "number", "chapter", "signer", "signed_on", "text"),
    fact=lambda row: "message",
    words=_message_in_words,
    pair=lambda row: row[:3],
)
AGENDA = Part(
    AgendaItem,
    ("kind", "year", "number", "chamber", "committee"),
    fact=lambda row: "agenda",
    words=_agenda_in_words,
)
DOCUMENTS = Part(
    BillDocument,
    ("kind", "name", "url", "published_on"),
    fact=lambda row: "document",
    words=lambda row: f"{row[1]}{f', {row[3]}' if row[3] else ''}",
    pair=lambda row: row[:2],
)
PARTS = (ACTIONS, STAGES, PRINTS, SPONSORS, RELATIONS, ROLL_CALLS, MESSAGES, AGENDA, DOCUMENTS)


@dataclass
class Rewrite:
    """The rows of one part that a batch takes away and adds."""

    part: Part
    stale: list[int] = field(default_factory=list)
    fresh: list[Row] = field(default_factory=list)  # each after the key of its bill
    bills: set[int] = field(default_factory=set)  # whose rows differ

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
        self.fresh += [(bill_id, *row) for row in missing]
        if gone or missing:
            self.bills.add(bill_id)
        return tell(self.part, gone, missing)

    def write(self) -> None:
        """At most two statements; rows go before rows come, since a new one may take an old one's place."""
        tables.delete(self.part.model, self.stale)
        tables.insert(self.part.model, ("bill_id", *self.part.fields), self.fresh)


def existing_rows(parts: Sequence[Part], bill_ids: Collection[int]) -> dict[Part, dict[int, dict[int, Row]]]:
    """The rows of each part by bill and primary key, in one question for all of them."""
    found: dict[Part, dict[int, dict[int, Row]]] = {part: {} for part in parts}
    below = tables.rows_below([(part.model, part.fields) for part in parts], bill_ids)
    for place, bill_id, rows in below:
        found[parts[place]][bill_id] = rows
    return found


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
