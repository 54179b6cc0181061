"""A source's data checked against the shape that its documentation gives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from bills.providers.base import UnexpectedAnswer

FIRST_YEAR, LAST_YEAR = 1777, 2199  # New York's first Legislature; years that clerks mistype lie far outside
MOST_ITEMS = 5_000  # in one list; the longest real ones have some hundreds

Wanted = TypeVar("Wanted")
Item = TypeVar("Item")
# The first wrong item ends it: a body within its bytes can hold millions, and each would become an error of its own.
Items = Annotated[list[Item], Field(max_length=MOST_ITEMS, fail_fast=True)]
ItemsByName = Annotated[dict[str, Item], Field(max_length=MOST_ITEMS, fail_fast=True)]

SomeDay = TypeVar("SomeDay", bound=date)


class ImpossibleDay(ValueError):
    """A day or moment of a year in which nothing that we read was done."""

    def __init__(self) -> None:
        super().__init__("is a day that cannot be")


def possible(day: SomeDay) -> SomeDay:
    """The day or moment as it is; raises ImpossibleDay. What passes can be moved by days and zones."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ImpossibleDay
    return day


def where_possible(read: Callable[[Any], Wanted]) -> Callable[[Any], Wanted | None]:
    """`read`, giving None for an impossible day: in a list the entry counts, and one time must not stop the rest."""

    def read_or_none(value: Any) -> Wanted | None:
        try:
            return read(value)
        except ImpossibleDay:
            return None

    return read_or_none


def checked(validate: Callable[[Any], Wanted], data: Any, fault: str) -> Wanted:
    """What `validate`, of a pydantic model or adapter, makes of `data`.

    Raises UnexpectedAnswer: `fault`, such as "Legistar sent an answer of another shape", then the place in the
    data and what is wrong there, and never the value, which may be anything.
    """
    try:
        return validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:100] or "the whole"
        told = first["msg"].removeprefix("Value error, ")[:200]
    raise UnexpectedAnswer(f"{fault}: {place}: {told}.")
