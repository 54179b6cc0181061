"""Committee meetings in the answers of New York's Open Legislation API, in the parts that we read.

Source: https://legislation.nysenate.gov/static/docs/html/agendas.html. A weekly agenda has a number in its year, a
part for each committee, and addenda ("" is the first print, then "A", "B", …), each of which states the committee's
meeting anew and brings more bills. Times are New York local; a meeting "immediately following session" comes as
midnight, which stands for no time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator

from bills.print_numbers import PrintNumber
from bills.providers.base import MeetingLine, UnexpectedAnswer
from bills.providers.open_legislation_answers import (
    NEW_YORK,
    AgendaId,
    BillId,
    Committee,
    List,
    Shape,
    new_york_time,
)
from bills.providers.shapes import where_possible

# The Senate's own calendar of meetings; an agenda has no public page whose address can be told from its number.
PUBLIC_PAGE = "https://www.nysenate.gov/events"


def _local_or_none(text: str | None) -> datetime | None:
    return None if text is None else new_york_time(text).astimezone(NEW_YORK)


class MeetingFacts(Shape):
    location: str | None = None
    meeting_date_time: Annotated[datetime | None, BeforeValidator(where_possible(_local_or_none))] = None
    notes: str | None = None


class ListedMeeting(Shape):
    """An entry of /agendas/meetings/{from}/{to}: one committee's meeting as one addendum states it."""

    agenda_id: AgendaId
    committee_id: Committee
    addendum: str | None = None
    meeting: MeetingFacts

    @property
    def agenda(self) -> tuple[int, int]:
        """Year and number."""
        return self.agenda_id.year, self.agenda_id.number

    @property
    def day(self) -> date | None:
        moment = self.meeting.meeting_date_time
        return moment and moment.date()


class OnAgenda(Shape):
    bill_id: BillId


class Addendum(Shape):
    bills: List[OnAgenda] | None = None


class CommitteeOfAgenda(Shape):
    committee_id: Committee
    addenda: List[Addendum]


class WholeAgenda(Shape):
    id: AgendaId
    committee_agendas: List[CommitteeOfAgenda]


class AgendaAnswer(Shape):
    success: Literal[True]
    result: WholeAgenda


def meeting_lines(found: Iterable[ListedMeeting], agendas: Sequence[WholeAgenda]) -> list[MeetingLine]:
    """Each committee's meeting of each agenda once, as its last addendum states it, with the bills of all of them."""
    bills = _bills(agendas)
    stated: dict[tuple[int, int, str], ListedMeeting] = {}
    for one in found:
        key = (*one.agenda, one.committee_id.name)
        if key not in stated or (one.addendum or "") >= (stated[key].addendum or ""):
            stated[key] = one
    return [
        _line(one, day, bills.get(key))
        for key, one in stated.items()
        if (day := one.day) is not None  # of which we cannot say when it is
    ]


def _line(one: ListedMeeting, day: date, bills: tuple[PrintNumber, ...] | None) -> MeetingLine:
    moment = one.meeting.meeting_date_time
    year, number = one.agenda
    return MeetingLine(
        key=f"agenda/{year}/{number}/{one.committee_id.name}",
        kind="agenda",
        chamber=one.committee_id.chamber.lower(),
        committee=one.committee_id.name,
        date=day,
        starts_at=moment if moment and (moment.hour, moment.minute) != (0, 0) else None,
        place=_one_line(one.meeting.location),
        notes=_one_line((one.meeting.notes or "").replace("||", " ")),
        year=year,
        number=number,
        url=PUBLIC_PAGE,
        bills=bills,
    )


def _bills(agendas: Sequence[WholeAgenda]) -> dict[tuple[int, int, str], tuple[PrintNumber, ...]]:
    found: dict[tuple[int, int, str], dict[PrintNumber, None]] = defaultdict(dict)
    for agenda in agendas:
        for part in agenda.committee_agendas.items:
            numbers = found[agenda.id.year, agenda.id.number, part.committee_id.name]
            for addendum in part.addenda.items:
                for item in addendum.bills.items if addendum.bills else ():
                    if number := _number(item.bill_id):
                        numbers[number] = None
    return {key: tuple(numbers) for key, numbers in found.items()}


def _number(bill: BillId) -> PrintNumber | None:
    """None for what is no number of ours: one odd entry must not hide the meeting."""
    try:
        return bill.number()
    except UnexpectedAnswer:
        return None


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
