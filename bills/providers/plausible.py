"""What a record's days can be. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bills.print_numbers import PrintNumber, session_start
from bills.providers.base import UnexpectedAnswer
from bills.stages import ActionLine

MOST_AHEAD = timedelta(days=60)  # a hearing or an effective day may be announced
YEARS_BEFORE = 2  # bills are prefiled in the December before; some records bring older lines


def check_days(number: PrintNumber, actions: Iterable[ActionLine], *, today: date) -> None:
    """Refuse a record with a mistyped day, which would give a wrong status without a word.

    That is one of more than 60 days after `today`, or more than two years before the session of `number` begins.
    Raises UnexpectedAnswer, with a sentence that names the day.
    """
    first = date.min
    if number.session is not None:
        begins = session_start(number.legislature, number.session)
        first = begins.replace(year=begins.year - YEARS_BEFORE)
    for day in sorted({action.date for action in actions}):
        if day - today > MOST_AHEAD:
            raise UnexpectedAnswer(f"{number.base_print_no} has a line of {day}, which is too far ahead.")
        if day < first:
            raise UnexpectedAnswer(f"{number.base_print_no} has a line of {day}, long before its session.")
