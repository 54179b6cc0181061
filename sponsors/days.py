"""Days as people write them in addresses and forms (pure)."""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from datetime import date, datetime

EARLIEST, LATEST = 1700, 2199  # years; what lies beyond is a slip of the pen
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_FORMS = ("%m/%d/%Y", "%B %d, %Y", "%B %d %Y", "%b %d, %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y")
_LONGEST = 40  # characters


def read_day(text: str, *, is_end: bool = False) -> date:
    """The day that `text` means; of a month or year alone its first day, or its last where `is_end`.

    "2026-03-01", "2026-3-1", "3/1/2026", "March 1, 2026", "1 Mar 2026"; "2026-03" and "2026" are wholes. Raises
    ValueError for anything else.
    """
    plain = " ".join(text.split())
    if len(plain) > _LONGEST or not plain.isascii():
        raise ValueError("This is not a day.")
    day = _iso(plain, is_end=is_end) or _written(plain)
    if day is None or not EARLIEST <= day.year <= LATEST:
        raise ValueError("This is not a day.")
    return day


def _iso(text: str, *, is_end: bool) -> date | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year = int(found[1])
    with suppress(ValueError):  # of the calendar module's own kinds too
        month = int(found[2] or (12 if is_end else 1))
        return date(year, month, int(found[3] or (calendar.monthrange(year, month)[1] if is_end else 1)))
    return None


def _written(text: str) -> date | None:
    for form in _FORMS:
        with suppress(ValueError):
            return datetime.strptime(text.replace(".", ""), form).date()
    return None
