"""The answers of New York's Open Legislation API as its documentation shapes them, in the parts that we read.

Source: https://legislation.nysenate.gov/static/docs/html/bills.html, checked against real answers. Lists and
maps come as `{"items": …, "size": n}`. Times are New York local without an offset.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated, Generic, Literal, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from bills.print_numbers import PrintNumber, parse_print_no
from bills.providers.base import UnexpectedAnswer
from bills.providers.shapes import Items, ItemsByName, possible, where_possible

NEW_YORK = ZoneInfo("America/New_York")

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


LAW_ACTIONS = {
    "ADD": "add",
    "AMEND": "amend",
    "AMD": "amend",
    "REPEAL": "repeal",
    "RPLD": "repeal",
    "RENUMBER": "renumber",
    "REDESIGNATE": "renumber",
    "REN": "renumber",
}
LONGEST_SECTION, MOST_SECTIONS = 100, 500

# --- dates


def _local(text: str) -> datetime:
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise ValueError("is not a time such as 2017-01-04T10:45:46")
    return possible(datetime.fromisoformat(text[:26]))


def new_york_time(text: str) -> datetime:
    """One of the API's moments, with microseconds, seconds or only minutes, in universal time.

    In autumn the clock shows one hour twice, and the API does not say which it means. The earlier one is taken:
    whoever asks again from there on asks too much rather than too little. Raises ValueError for anything else, a
    moment with an offset too: the API never sends one.
    """
    local = _local(text).replace(tzinfo=NEW_YORK)
    return min(local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC))


def new_york_day(text: str) -> date:
    """One of the API's days: "2017-01-04", or the day of a moment. Raises ValueError for anything else."""
    if isinstance(text, str) and _DAY.fullmatch(text):
        return possible(date.fromisoformat(text))
    return _local(text).date()


def _moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else new_york_time(text)


# --- the documented shape; what we do not use is not read

Item = TypeVar("Item")
Day = Annotated[date, BeforeValidator(new_york_day)]
ListedMoment = Annotated[datetime | None, BeforeValidator(where_possible(_moment_or_none))]
Year = Annotated[int, Field(ge=1777, le=2199)]
Serial = Annotated[int, Field(ge=0, le=100_000)]  # of a memo, chapter, agenda or calendar; 0 is none
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
    items: Items[Item]


class Map(Counted[Item], Generic[Item]):
    items: ItemsByName[Item]


def quoted(text: str) -> str:
    """A value of the API for an error sentence: short, and without what cannot be printed or stored."""
    return f"“{''.join(each if each.isprintable() else '?' for each in text[:40])}”"


class BillId(Shape):
    base_print_no: str
    session: int

    def number(self) -> PrintNumber:
        """The bill that this names, without a print letter; raises UnexpectedAnswer where it is none of New York."""
        try:
            found = parse_print_no(self.base_print_no, legislature="ny", session=self.session)
        except ValueError:
            fault = f"Open Legislation names a bill that we cannot read: {quoted(self.base_print_no)}."
        else:
            return replace(found, amendment="")
        raise UnexpectedAnswer(fault)


class Member(Shape):
    full_name: str | None = None
    short_name: str | None = None
    chamber: House | None = None
    district_code: Annotated[int, Field(ge=0, le=999)] | None = None


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


def _laws(value: object) -> tuple[tuple[str, str], ...]:
    """Pairs of an action and a section of law: ("amend", "RPL444-E"). Nothing where they come in another shape.

    They decide nothing about a bill, and its standing must not be lost with them.
    """
    by_action = value.get("items") if isinstance(value, dict) else None
    if not isinstance(by_action, dict):
        return ()
    pairs = set()
    for told, listed in by_action.items():
        sections = listed.get("items") if isinstance(listed, dict) else listed
        action = LAW_ACTIONS.get(str(told).upper().split("_")[0], "other")
        for section in sections if isinstance(sections, list) else []:
            if isinstance(section, str) and section.strip():
                pairs.add((action, section.strip()[:LONGEST_SECTION]))
    return tuple(sorted(pairs)[:MOST_SECTIONS])


class Amendment(Shape):
    version: Letter
    publish_date: Day | None = None
    same_as: List[BillId] | None = None
    law_section: str | None = None
    law_code: str | None = None
    related_laws: Annotated[tuple[tuple[str, str], ...], BeforeValidator(_laws)] = ()
    act_clause: str | None = None
    memo: str | None = None
    co_sponsors: List[Member] | None = None
    multi_sponsors: List[Member] | None = None


class Committee(Shape):
    chamber: House
    name: str


class Vote(Shape):
    version: Letter = ""
    vote_type: Literal["COMMITTEE", "FLOOR"]
    vote_date: Day
    sequence_no: int | None = None  # older answers have none
    committee: Committee | None = None
    member_votes: Map[List[Member]]


class VetoMessage(Shape):
    veto_type: str
    year: Year
    veto_number: Serial
    chapter: Serial | None = None
    signer: str | None = None
    signed_date: Day | None = None
    memo_text: str | None = None


class ApprovalMessage(Shape):
    year: Year
    approval_number: Serial
    chapter: Serial | None = None
    signer: str | None = None
    text: str | None = None


class AgendaId(Shape):
    year: Year
    number: Serial


class CommitteeAgenda(Shape):
    agenda_id: AgendaId
    committee_id: Committee


class Calendar(Shape):
    year: Year
    calendar_number: Serial


class Bill(BillId):
    title: str | None = None
    summary: str | None = None
    active_version: Letter = ""
    substituted_by: BillId | None = None
    sponsor: Sponsor | None = None
    status: Status
    actions: List[Action] | None = None
    amendments: Map[Amendment] | None = None
    votes: List[Vote] | None = None
    veto_messages: List[VetoMessage] | None = None
    approval_message: ApprovalMessage | None = None
    committee_agendas: List[CommitteeAgenda] | None = None
    calendars: List[Calendar] | None = None
    additional_sponsors: List[Member] | None = None
    previous_versions: List[BillId] | None = None


class BillAnswer(Shape):
    success: Literal[True]
    response_type: Literal["bill"]
    result: Bill


class TextOfPrint(BillId):
    version: str
    full_text: str | None = None


class TextAnswer(Shape):
    success: Literal[True]
    result: TextOfPrint


# --- lists


class About(Shape):
    """What an entry of a list tells of its bill beside the number."""

    title: str | None = None
    summary: str | None = None


class Update(Shape):
    id: BillId
    processed_date_time: ListedMoment = None
    item: About | None = None


class FoundBill(BillId, About):
    """What a search tells of one bill."""


class Found(Shape):
    result: FoundBill


class Page(Shape, Generic[Item]):
    """One page of a list. Offsets count from 1."""

    success: Literal[True]
    total: Annotated[int, Field(ge=0)]
    offset_start: int | None = None
    offset_end: int
    result: List[Item]
