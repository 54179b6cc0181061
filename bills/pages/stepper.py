"""The stepper of a bill page: the ladder in rows, one for each chamber and one for the executive. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from bills.stages import LAW_OUTCOMES, NOT_REACHED, SKIPPED, Standing, Step, committee_in_words, ladder, steps

# Ends that are a decision of the last rung; the others are shown where the bill stood when it ended.
_DECIDED_AT_THE_END = LAW_OUTCOMES | {"vetoed", "adopted"}
_EXECUTIVE = {"ny": "governor", "nyc": "mayor", "us": "president"}

STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Row:
    """The steps within one chamber. `place` is "senate" to "council", or "governor", "mayor", "president"."""

    place: str
    steps: tuple[Step, ...]


def rows(standing: Standing, *, introduced_on: date | None = None) -> list[Row]:
    """The bill's steps in the order it climbs them. The state "stopped" marks where it was when it ended."""
    rungs = ladder(standing.legislature, standing.print_no)
    drawn = [_complete(step, introduced_on) for step in steps(standing, rungs)]
    closing = drawn[-1]
    if closing.ending and closing.ending not in _DECIDED_AT_THE_END:
        last = rungs[-1]
        drawn[-1] = Step(last.code, last.label, last.chamber, last.explanation, NOT_REACHED)
        drawn = _stopped_at_last_reached(drawn)
    origin = "senate" if standing.print_no.startswith("S") else "house"
    placed = []
    for step in drawn:
        place = step.chamber
        if not place and standing.legislature == "us" and step.code in {"INTRODUCED", "REPORTED"}:
            place = origin
        placed.append((place or _place_without_chamber(standing), step))
    return [
        Row(place, tuple(step for _place, step in group))
        for place, group in groupby(placed, key=lambda pair: pair[0])
    ]


def _complete(step: Step, introduced_on: date | None) -> Step:
    """New York's record has no line for the introduction; a committee is named as readers say it."""
    if step.code == "INTRODUCED" and step.date is None:
        step = replace(step, date=introduced_on)
    if step.committee:
        step = replace(step, committee=committee_in_words(step.committee, ""))
    return step


def explanations(drawn: list[Row]) -> list[Step]:
    """Each step once, for the list that explains them."""
    return [step for row in drawn for step in row.steps]


def _place_without_chamber(standing: Standing) -> str:
    if standing.is_resolution:
        return "resolution"
    return _EXECUTIVE[standing.legislature]


def _stopped_at_last_reached(drawn: list[Step]) -> list[Step]:
    reached = [index for index, step in enumerate(drawn) if step.state not in {NOT_REACHED, SKIPPED}]
    if reached:
        drawn[reached[-1]] = replace(drawn[reached[-1]], state=STOPPED)
    return drawn
