"""The day by which bills without a year are dated, where a document bears no date of its own."""

from __future__ import annotations

import datetime as dt
import re

from bills.print_numbers.sessions import session_of_year
from statements.documents.dates import find_dates

_DRAFTED = re.compile(
    r"^LS ?#? ?\d{2,5}(?:[ ,/]{1,3}\d{2,5}){0,4}\s+(\d{1,2}/\d{1,2}/\d{2,4})\b", re.MULTILINE
)
_YEAR = r"((?:19|20)\d\d)(?:\s?[-–]\s?(?:19|20)?\d\d)?"
_SESSION = (
    re.compile(
        rf"\b(?<!versions introduced in ){_YEAR} (?:new york )?(?:state )?"
        r"(?:(?:legislative|regular) sessions?|general assembly|state of the state)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\bsession (?:of|in) {_YEAR}\b", re.IGNORECASE),
)


def day_of_session(text: str) -> dt.date | None:
    """A day in the session that the text says it speaks of; None where it names none, or more than one.

    "LS #5634 / 2/17/2022" of a Council draft gives that day, "the 2023 legislative session" the middle of
    its year.
    """
    drafted = _DRAFTED.search(text)
    if drafted and (dates := find_dates(drafted[1])):
        return dates[0].date
    years = {int(match[1]) for form in _SESSION for match in form.finditer(text)}
    if len({session_of_year("ny", year) for year in years}) != 1:
        return None
    return dt.date(min(years), 7, 1)
