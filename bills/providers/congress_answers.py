"""The answers of the Congress.gov API, version 3, as its documentation shapes them, in the parts that we read.

Source: https://github.com/LibraryOfCongress/api.congress.gov (Documentation/BillEndpoint.md), checked against
real answers. A list comes under its own name beside `pagination: {"count", "next"}`; what is empty is often left
out or null. Numbers come as numbers or as text.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Generic, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from bills.print_numbers import PrintNumber
from bills.print_numbers.designators import DESIGNATORS
from bills.providers.shapes import ImpossibleDay, Items, possible, where_possible

WASHINGTON = ZoneInfo("America/New_York")
DESIGNATOR_OF_TYPE = {code.upper(): code for legislature, code in DESIGNATORS if legislature == "us"}

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d(?::\d\d)?", re.ASCII)
_WHOLE_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


# --- days, times, numbers


def moment_or_day(text: str) -> datetime | date:
    """ "2026-05-18T20:50:59Z" as a moment in UTC, "2026-05-18" as a day. A moment without offset is in UTC.

    Raises ValueError for anything else, ImpossibleDay where only the year is wrong.
    """
    if isinstance(text, str) and _DAY.fullmatch(text):
        return possible(date.fromisoformat(text))
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise ValueError("is not a day or time such as 2026-05-18T20:50:59Z")
    moment = datetime.fromisoformat(text)
    try:
        return possible(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC))
    except OverflowError:
        raise ImpossibleDay from None


def washington_day(text: str) -> date:
    """The day of a moment in Washington: texts are dated at midnight there, which is "T05:00:00Z" in winter."""
    found = moment_or_day(text)
    return found.astimezone(WASHINGTON).date() if isinstance(found, datetime) else found


def start_of(text: str) -> datetime:
    """The moment, or the beginning of the day in UTC where only a day is given.

    A cursor set to that beginning asks for the day again; set to its end it would lose the rest of the day.
    """
    found = moment_or_day(text)
    return found if isinstance(found, datetime) else datetime.combine(found, time.min, UTC)


def whole_number(value: object) -> int:
    """A number, also where it comes as text. Raises ValueError for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    raise ValueError("is not a whole number")


def _time_of_day(text: object) -> time | None:
    if text in (None, ""):
        return None
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        raise ValueError("is not a time of day such as 12:17:14")
    return time.fromisoformat(text)


def _text(value: object) -> object:
    return "" if value is None else value


def _listed(value: object) -> object:
    return [] if value is None else value


def _unless_empty(read):
    return lambda value: None if value in (None, "") else read(value)


# --- the documented shape; what we do not use is not read

Item = TypeVar("Item")
Number = Annotated[int, BeforeValidator(whole_number)]
Count = Annotated[int, BeforeValidator(whole_number), Field(ge=0, le=10_000_000)]
Day = Annotated[date, BeforeValidator(washington_day)]
DayOrNone = Annotated[date | None, BeforeValidator(_unless_empty(washington_day))]
MomentOrNone = Annotated[datetime | None, BeforeValidator(_unless_empty(start_of))]
ListedMoment = Annotated[datetime | None, BeforeValidator(where_possible(_unless_empty(start_of)))]
TimeOrNone = Annotated[time | None, BeforeValidator(_time_of_day)]
Text = Annotated[str, BeforeValidator(_text)]


class Shape(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="ignore", frozen=True, strict=True)


class Pagination(Shape):
    """`count` of the co-sponsors leaves out those who withdrew, though the list holds them."""

    count: Count | None = None
    count_including_withdrawn_cosponsors: Count | None = None
    next: str | None = None

    @property
    def total(self) -> int | None:
        stated = [
            each for each in (self.count, self.count_including_withdrawn_cosponsors) if each is not None
        ]
        return max(stated, default=None)


class Listing(Shape, Generic[Item]):
    """One page of a list, under our name for it."""

    items: Annotated[Items[Item], BeforeValidator(_listed)]
    pagination: Pagination | None = None


class Named(Shape):
    """What names a bill: {"congress": 117, "type": "HR", "number": "21"}."""

    congress: Number
    type: str
    number: str | int

    def print_number(self) -> PrintNumber | None:
        """None where this is no bill number of ours; the oldest Congresses have halves and Roman numerals."""
        designator = DESIGNATOR_OF_TYPE.get(self.type.upper())
        try:
            return PrintNumber("us", designator or "", whole_number(self.number), session=self.congress)
        except ValueError:
            return None


class Counted(Shape):
    """How many entries a part of a bill has, each in a list of its own."""

    count: Count = 0
    count_including_withdrawn_cosponsors: Count | None = None

    @property
    def total(self) -> int:
        return max(self.count, self.count_including_withdrawn_cosponsors or 0)

    @property
    def is_empty(self) -> bool:
        return not self.total


class Law(Shape):
    type: str
    number: str


class Member(Shape):
    full_name: Text = ""
    first_name: Text = ""
    middle_name: Text = ""
    last_name: Text = ""
    state: Text = ""
    district: Annotated[int | None, BeforeValidator(_unless_empty(whole_number))] = None
    sponsorship_date: DayOrNone = None
    sponsorship_withdrawn_date: DayOrNone = None


class Bill(Named):
    title: Text = ""
    introduced_date: DayOrNone = None
    sponsors: Annotated[Items[Member] | None, BeforeValidator(lambda value: value or None)] = None
    laws: Annotated[Items[Law], BeforeValidator(_listed)] = []
    actions: Counted | None = None
    cosponsors: Counted | None = None
    committees: Counted | None = None
    titles: Counted | None = None
    text_versions: Counted | None = None
    summaries: Counted | None = None
    related_bills: Counted | None = None


class BillAnswer(Shape):
    bill: Bill


class SourceSystem(Shape):
    """0 Senate, 1 and 2 House, 9 Library of Congress."""

    code: Annotated[int | None, BeforeValidator(_unless_empty(whole_number))] = None
    name: Text = ""


class Action(Shape):
    action_date: Day
    action_time: TimeOrNone = None
    text: Text = ""
    type: Text = ""
    action_code: Text = ""
    source_system: SourceSystem | None = None


class Activity(Shape):
    name: Text = ""
    date: MomentOrNone = None


class Committee(Shape):
    name: Text = ""
    chamber: Text = ""
    activities: Annotated[Items[Activity], BeforeValidator(_listed)] = []


class Title(Shape):
    title: Text = ""
    title_type: Text = ""


class Format(Shape):
    type: Text = ""
    url: Text = ""


class TextVersion(Shape):
    type: Text = ""
    date: DayOrNone = None
    formats: Annotated[Items[Format], BeforeValidator(_listed)] = []


class Summary(Shape):
    action_date: DayOrNone = None
    update_date: MomentOrNone = None
    text: Text = ""


class Relationship(Shape):
    type: Text = ""


class RelatedBill(Named):
    relationship_details: Annotated[Items[Relationship], BeforeValidator(_listed)] = []


class ListedBill(Named):
    title: Text = ""
    update_date: ListedMoment = None
    update_date_including_text: ListedMoment = None
