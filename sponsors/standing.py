"""Facts about people and their terms, and how those terms stand to a body and a time. Pure."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from sponsors.titles import Body

# Recorded dates are rough. openstates/people (data/ny) begins one senator's first term a year late, ends an
# assemblyman's last one eleven months early, and often begins a member's service where district lines were
# redrawn. For this long outside a recorded term its holder may still be the one who is meant.
ROUGHNESS = timedelta(days=730)
# Members are sworn in on the first Wednesday; a term is closed when the next one opens or a few days after.
SESSION_CHANGE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TermFact:
    """One stretch of service. A `start` of None is unknown; an `end` of None is unknown or not yet come."""

    legislature: str
    chamber: str
    district: str
    party: str
    start: date | None
    end: date | None

    @property
    def body(self) -> Body:
        return self.legislature, self.chamber


@dataclass(frozen=True, slots=True)
class PersonFact:
    """One person as the record has them. `key` is the caller's own, and comes back in the answers."""

    key: Hashable
    name: str
    aliases: tuple[str, ...]
    terms: tuple[TermFact, ...]


@dataclass(frozen=True, slots=True)
class Time:
    """The day or session that a text speaks of, both ends included."""

    first_day: date
    last_day: date
    is_session: bool = False

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError(f"A time that ends on {self.last_day}, before it begins on {self.first_day}.")

    def __str__(self) -> str:
        if self.is_session:
            return f"in the session of {self.first_day.year}-{self.last_day.year}"
        return f"on {self.first_day.day} {self.first_day:%B} {self.first_day.year}"


class Standing(IntEnum):
    ELSEWHERE = 0  # has terms, none of them in the body asked about
    NO_TERMS = 1
    OUTSIDE = 2  # sat in that body, at another time
    NEAR = 3  # outside by no more than the record's roughness
    OPEN = 4  # the start is not recorded; the term may reach back to the time
    SAT = 5


def standing(person: PersonFact, bodies: Collection[Body] | None, time: Time | None) -> Standing:
    """The best that any of the person's terms shows. `bodies` None is any body, `time` None any time."""
    if not person.terms:
        return Standing.NO_TERMS
    of_bodies = (term for term in person.terms if bodies is None or term.body in bodies)
    return max((_term_standing(term, time) for term in of_bodies), default=Standing.ELSEWHERE)


def sat_throughout(person: PersonFact, bodies: Collection[Body], session: Time) -> bool:
    """Whether one dated term in `bodies` runs from the session's first days to its last."""
    return any(
        term.body in bodies
        and term.start is not None
        and term.start <= session.first_day + SESSION_CHANGE
        and (term.end is None or term.end >= session.last_day - SESSION_CHANGE)
        for term in person.terms
    )


def _term_standing(term: TermFact, time: Time | None) -> Standing:
    if time is None:
        return Standing.SAT
    first_day = time.first_day + SESSION_CHANGE if time.is_session else time.first_day
    if term.end is not None and term.end < first_day:
        return Standing.NEAR if first_day - term.end <= ROUGHNESS else Standing.OUTSIDE
    if term.start is None:
        return Standing.OPEN
    if term.start > time.last_day:
        return Standing.NEAR if term.start - time.last_day <= ROUGHNESS else Standing.OUTSIDE
    return Standing.SAT
