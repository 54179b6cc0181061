"""Meetings in the answers of Legistar's Web API ("events"), in the parts that we read.

Source: https://webapi.legistar.com/Help. The day and the time of day come apart, the time as people write it; a meeting
that is put off keeps its place in the list and has "Deferred" where its time stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated

from pydantic import BeforeValidator, Field, TypeAdapter

from bills.providers.base import MeetingLine
from bills.providers.council_matters import NEW_YORK, new_york_time, number_of
from bills.providers.legistar_answers import Id, Shape, Text
from bills.providers.shapes import Items, where_possible

WHOLE_COUNCIL = "City Council"
_TIME = re.compile(r"(\d{1,2}):(\d\d)\s*([AP])\.?M\.?", re.IGNORECASE | re.ASCII)
_CALLED_OFF = frozenset({"deferred", "cancelled", "canceled", "postponed"})


def _day(value: object) -> date | None:
    moment = new_york_time(value)
    return moment and moment.date()


class Event(Shape):
    id: Id = Field(alias="EventId")
    day: Annotated[date | None, BeforeValidator(where_possible(_day))] = Field(None, alias="EventDate")
    time: Text = Field("", alias="EventTime")
    body: Text = Field("", alias="EventBodyName")
    place: Text = Field("", alias="EventLocation")
    comment: Text = Field("", alias="EventComment")
    agenda_status: Text = Field("", alias="EventAgendaStatusName")
    url: Text = Field("", alias="EventInSiteURL")

    @property
    def is_called_off(self) -> bool:
        said = {self.time.strip().casefold(), self.agenda_status.strip().casefold()}
        return bool(said & _CALLED_OFF)

    def as_line(self, items: Sequence[EventItem] | None) -> MeetingLine:
        """Raises ValueError for an event without a day."""
        if self.day is None:
            raise ValueError("An event without a day is no meeting.")
        body = " ".join(self.body.split())
        is_whole = body == WHOLE_COUNCIL
        numbers = None
        if items is not None:
            found = (number_of(item.file, item.type_name) for item in items)
            numbers = tuple(dict.fromkeys(number for number in found if number))
        return MeetingLine(
            key=f"event/{self.id}",
            kind="calendar" if is_whole else "hearing",
            chamber="council",
            committee="" if is_whole else body,
            date=self.day,
            starts_at=_moment(self.day, self.time),
            place=" ".join(self.place.split()),
            notes=" ".join(self.comment.split()),
            url=self.url.strip(),
            is_cancelled=self.is_called_off,
            bills=numbers,
        )


class EventItem(Shape):
    file: Text = Field("", alias="EventItemMatterFile")
    type_name: Text = Field("", alias="EventItemMatterType")


EVENTS: TypeAdapter[list[Event]] = TypeAdapter(Items[Event])
EVENT_ITEMS: TypeAdapter[list[EventItem]] = TypeAdapter(Items[EventItem])


def _moment(day: date, written: str) -> datetime | None:
    """ "1:30 PM" of that day; None for anything that is no time."""
    found = _TIME.fullmatch(written.strip())
    if not found or not 1 <= int(found[1]) <= 12 or int(found[2]) > 59:
        return None
    hour = int(found[1]) % 12 + (12 if found[3].upper() == "P" else 0)
    return datetime.combine(day, time(hour, int(found[2])), NEW_YORK)
