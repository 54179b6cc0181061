"""Dates, stretches of time and seats as readers say them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext

from bills import wording
from bills.pages import by_state
from sponsors.models import seat_in_words

# Constants, to stand within a tag: nothing that anybody wrote goes into them.
_AS_WRITTEN = mark_safe(' dir="auto"')
_IN_ENGLISH = mark_safe(' lang="en" dir="auto"')


def day(value: date | None) -> str:
    """`<time datetime="2019-06-17">June 17, 2019</time>`; empty for None."""
    return _day(value, get_language()) if value else ""


@lru_cache(maxsize=4096)
def _day(value: date, _language: str | None) -> str:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), wording.day_in_words(value))


def iso_day(value: date) -> str:
    """ "2019-06-17"; of a moment, the day on New York's clock."""
    day_of_it = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return day_of_it.isoformat()


def moment(value: datetime | None) -> str:
    """`<time datetime="...">June 17, 2019, 3:10 p.m.</time>`, on New York's clock."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    # Translators: how a date with its time of day is written; letters as in Django's date filter. The space before
    # "a.m." does not break.
    words = date_format(local, pgettext("date and time", "F j, Y, g:i\u00a0a"))
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


def in_english() -> SafeString:
    """The attributes of an element whose text stays as its source or our records have it: official titles and lines
    of the record, what a statement says, summaries. On an English page only the direction is left to the text.
    """
    return _AS_WRITTEN if get_language() == "en" else _IN_ENGLISH


def span_in_words(value: timedelta) -> str:
    """A stretch of time, roughly: "less than a minute", "12 minutes", "5 hours", "3 days"."""
    minutes = int(value.total_seconds() // 60)
    if minutes < 1:
        return gettext("less than a minute")
    if minutes < 120:
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    if minutes < 2 * 1440:
        return gettext("%(number)d hours") % {"number": minutes // 60}
    return gettext("%(number)d days") % {"number": minutes // 1440}


def carried_in_words(counts: dict[str, int], role: str) -> str:
    """ "Led 12 bills:", or "" for none; `role` is "led" or "joined"."""
    return by_state.carried_in_words(role, number) if (number := sum(counts.values())) else ""


def seat(term: dict[str, Any]) -> str:
    """The seat of a term read as a dictionary."""
    return seat_in_words(term["chamber"], term["district"])
