"""Facts as the rows that each part is to hold, in the order of the part's fields."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bills.refresh.facts import Facts, key
from bills.refresh.parts import (
    ACTIONS,
    AGENDA,
    DOCUMENTS,
    MESSAGES,
    PRINTS,
    RELATIONS,
    ROLL_CALLS,
    SPONSORS,
    STAGES,
    Part,
    Row,
)
from bills.refresh.sponsorships import SponsorFinder


def is_stated(part: Part, facts: Facts) -> bool:
    """Whether the answer says anything of this part; otherwise its rows stay."""
    if part in (ACTIONS, STAGES):
        return facts.has_actions_stated
    if part is RELATIONS:
        return bool(facts.relations)
    return _told(part, facts) is not None


def _told(part: Part, facts: Facts) -> tuple | None:
    """What the answer says of a part whose lines are its rows, or nearly so; None where it says nothing."""
    told = {
        SPONSORS: facts.sponsors,
        PRINTS: facts.prints,
        ROLL_CALLS: facts.roll_calls,
        MESSAGES: facts.messages,
        AGENDA: facts.agenda,
        DOCUMENTS: facts.documents,
    }
    return told[part]


def wanted_rows(
    part: Part,
    facts: Facts,
    existing: Collection[Row],
    *,
    sponsors: SponsorFinder,
    bills: Mapping[tuple, int],
) -> list[Row]:
    """What the bill's rows of this part are to be, beside those it has. `bills`: keys of Bill by number."""
    if part is ACTIONS:
        lines = enumerate(facts.actions, start=1)
        return [(place, line.date, line.chamber, line.text, line.body, line.result) for place, line in lines]
    if part is STAGES:
        return [(place, *stage) for place, stage in enumerate(facts.stages, start=1)]
    if part is SPONSORS:
        return sponsors.rows(facts, existing)
    if part is RELATIONS:
        return _relations(facts, existing, bills)
    if part is PRINTS:
        return _prints(facts, existing)
    return list(_told(part, facts) or ())


def _prints(facts: Facts, existing: Collection[Row]) -> list[Row]:
    """The prints that are stated, each with what an earlier answer told of it and this one does not."""
    held = {row[0]: row for row in existing}
    return [
        (
            row[0],
            *map(_told_or_held, row[1:-1], held.get(row[0], ())[1:-1] or row[1:-1]),
            _sponsors(row, held),
        )
        for row in facts.prints or ()
    ]


def _told_or_held(told: object, held: object) -> object:
    return told or held


def _sponsors(row: Row, held: Mapping[str, Row]) -> tuple | None:
    """An empty list states that the print names nobody; None says nothing."""
    if row[-1] is not None:
        return row[-1]
    return held[row[0]][-1] if row[0] in held else None


def _relations(facts: Facts, existing: Collection[Row], bills: Mapping[tuple, int]) -> list[Row]:
    """The ties that are stated, and those of kinds that this answer says nothing of."""
    kept = [row for row in existing if row[0] not in facts.relations]
    stated = [
        (kind, number.session, number.base_print_no, bills.get(key(number)))
        for kind, numbers in facts.relations.items()
        for number in numbers
    ]
    return [*kept, *stated]
