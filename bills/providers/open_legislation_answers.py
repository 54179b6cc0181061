"""The answers of New York's Open Legislation API as its documentation shapes them, in the parts that we read.

Source: https://legislation.nysenate.gov/static/docs/html/bills.html, checked against real answers. Lists and
maps come as `{"items": …, "size": n}`. Times are New York local without an offset.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from bills.print_numbers import PrintNumber, parse_print_no
from bills.providers.base import UnexpectedAnswer

NEW_YORK = ZoneInfo("America/New_York")

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


# --- dates


def new_york_time(text: str) -> datetime:
    """One of the API's moments, with microseconds, seconds or only minutes, as New York time.

    Raises ValueError for anything else, a moment with an offset too: the API never sends one.
    """
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise ValueError("is not a time such as 2017-01-04T10:45:46")
    return datetime.fromisoformat(text[:26]).replace(tzinfo=NEW_YORK)


def new_york_day(text: str) -> date:
    """One of the API's days: "2017-01-04", or the day of a moment. Raises ValueError for anything else."""
    if isinstance(text, str) and _DAY.fullmatch(text):
        return date.fromisoformat(text)
    return new_york_time(text).date()


# --- the documented shape; what we do not use is not read

Item = TypeVar("Item")
Day = Annotated[date, BeforeValidator(new_york_day)]
House = Literal["SENATE", "ASSEMBLY"]
Letter = Annotated[str, Field(pattern="^[A-Z]?$")]  # of a print; "" is the original


class Shape(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="ignore", frozen=True, strict=True)


class Counted(Shape, Generic[Item]):
    """A list or map with its stated size; one that lost items on the way is no answer."""

    size: int | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.size is not None and self.size != len(self.items):  # type: ignore[attr-defined]
            raise ValueError("does not hold as many items as it says")
        return self


class List(Counted[Item], Generic[Item]):
    items: list[Item]


class Map(Counted[Item], Generic[Item]):
    items: dict[str, Item]


class BillId(Shape):
    base_print_no: str
    session: int

    def number(self) -> PrintNumber:
        """Raises UnexpectedAnswer where this names no bill of New York."""
        try:
            return parse_print_no(self.base_print_no, legislature="ny", session=self.session)
        except ValueError as error:
            raise UnexpectedAnswer(f"Open Legislation names a bill that we cannot read: {error}") from None


class Member(Shape):
    full_name: str | None = None
    short_name: str | None = None
    chamber: House | None = None
    district_code: int | None = None


class Sponsor(Shape):
    member: Member | None = None
    budget: bool = False
    rules: bool = False
    redistricting: bool = False


class Status(Shape):
    status_type: str | None


class Action(Shape):
    date: Day
    chamber: House
    sequence_no: Annotated[int, Field(ge=1, le=100_000)]
    text: str | None


class Amendment(Shape):
    version: Letter
    publish_date: Day | None = None
    same_as: List[BillId] | None = None
    law_section: str | None = None
    act_clause: str | None = None
    co_sponsors: List[Member] | None = None
    multi_sponsors: List[Member] | None = None


class Committee(Shape):
    chamber: House
    name: str


class Vote(Shape):
    version: Letter = ""
    vote_type: Literal["COMMITTEE", "FLOOR"]
    vote_date: Day
    sequence_no: int | None = None
    committee: Committee | None = None
    member_votes: Map[List[Any]]


class Bill(BillId):
    title: str | None = None
    active_version: Letter = ""
    substituted_by: BillId | None = None
    sponsor: Sponsor | None = None
    status: Status
    actions: List[Action] | None = None
    amendments: Map[Amendment] | None = None
    votes: List[Vote] | None = None
    additional_sponsors: List[Member] | None = None
    previous_versions: List[BillId] | None = None


class BillAnswer(Shape):
    success: Literal[True]
    response_type: Literal["bill"]
    result: Bill


class Update(Shape):
    id: BillId


class UpdatePage(Shape):
    success: Literal[True]
    total: int
    offset_end: int
    result: List[Update]


class BillPage(Shape):
    success: Literal[True]
    total: int
    offset_end: int
    result: List[BillId]
