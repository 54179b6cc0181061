"""Meetings as pages show them: on a bill's page, and all that are to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Max
from django.utils.translation import gettext

from bills import wording
from bills.models import Bill, Meeting
from bills.stages import committee_in_words

MOST_OF_BILL = 20
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    meetings: list[Meeting]


def meetings_of(bill: Bill, *, today: date) -> list[Meeting]:
    """The meetings to come that have the bill on their order of business, the soonest first. One question."""
    return list(bill.meetings.on_or_after(today).soonest_first()[:MOST_OF_BILL])


def days_to_come(*, today: date) -> list[Day]:
    """Meetings to come about bills that we follow, by day. Two questions."""
    rows = Meeting.objects.on_or_after(today).about_followed_bills().with_bills().soonest_first()[:MOST_SHOWN]
    return [Day(day, list(meetings)) for day, meetings in groupby(rows, key=lambda row: row.date)]


def last_read() -> datetime | None:
    """When any source last told of meetings; None where none has."""
    return Meeting.objects.aggregate(last=Max("read_at"))["last"]


def name_of(meeting: Meeting) -> str:
    """Who meets: "Senate Codes Committee", "Committee on Immigration", "New York City Council"."""
    if not meeting.committee:
        house = wording.place_name(meeting.chamber)
        return gettext("Meeting of the whole %(house)s") % {"house": house}
    return committee_in_words(meeting.committee, meeting.chamber)


def state_of(meeting: Meeting) -> str:
    """What is to be said of it first; "" where it goes ahead as announced."""
    if meeting.state == Meeting.State.CANCELLED:
        return gettext("Called off")
    if meeting.state == Meeting.State.GONE:
        return gettext("No longer on its source’s list")
    if meeting.moved_from:
        return gettext("Moved from %(day)s") % {"day": wording.day_in_words(meeting.moved_from)}
    return ""
