"""The day a document bears: written dates of any usual form, and which of them is the document's own."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from statements.documents.layout import Block

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero",
            "february feb febrero",
            "march mar marzo",
            "april apr abril",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto",
            "september sept sep septiembre",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})"
_FORMS = (
    re.compile(
        rf"(?<![A-Za-z]){_MONTH} ?{_DAY}(?:st|nd|rd|th)?[,.]? {{0,2}}(?:of )?{_YEAR}(?!\d)", re.IGNORECASE
    ),
    re.compile(
        rf"(?<!\d){_DAY}(?:st|nd|rd|th)?,? ?(?:de |of |/ |-)?{_MONTH}(?: de| /|,|-)? ?{_YEAR}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![\d-]){_YEAR}-(?P<month>\d\d)-{_DAY}(?!\d)"),
    re.compile(rf"(?<![\d/.])(?P<month>\d{{1,2}})/{_DAY}/(?P<year>(?:19|20)?\d\d)(?![\d/])"),
    re.compile(rf"(?<![\d.])(?P<month>\d{{1,2}})\.{_DAY}\.(?P<year>(?:19|20)?\d\d)(?![\d.])"),
)
_HAS_DIGIT = re.compile(r"\d")
_LABEL = re.compile(
    r"(?:for (?:immediate )?release|immediate release|posted|published|date|released|"
    r"issued|dated|created|press release|"
    r"originally|statement|article|news|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated|modified|last (?:updated|modified|reviewed)|accessed|retrieved|effective)\b", re.IGNORECASE
)
_POSTED = re.compile(
    r"\b(?:posted|published|entry was posted|was posted|was published|released)\b[^.\n]{0,60}?$",
    re.IGNORECASE,
)
_NOT_ITS_OWN = re.compile(
    r"©|copyright|all rights reserved|\bwill (?:be|take)\b|\bdeadline\b|\bexpires?\b|\bRSVP\b", re.IGNORECASE
)
DATELINE = 130  # characters at the start of a text in which its dateline stands
LABEL_SPACE = 70  # characters that may stand beside a date on a line that is only a dateline


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A full date and its place in the text it was found in."""

    date: dt.date
    start: int
    end: int


def find_dates(text: str) -> list[WrittenDate]:
    """Every full date in `text`, in order. A date without its year is none."""
    if not _HAS_DIGIT.search(text):
        return []
    found: list[WrittenDate] = []
    for form in _FORMS:
        for match in form.finditer(text):
            date = _date(match)
            if date and not any(one.start < match.end() and match.start() < one.end for one in found[-60:]):
                found.append(WrittenDate(date, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def _date(match: re.Match) -> dt.date | None:
    year = int(match.group("year"))
    if year < 100:
        year += 2000 if year < 60 else 1900
    month = match.group("month").casefold()
    try:
        return dt.date(year, int(month) if month.isdigit() else _MONTHS[month], int(match.group("day")))
    except ValueError:
        return None


def document_date(header: list[Block], body: list[Block], footer: list[Block]) -> dt.date | None:
    """The document's own date: on a line of its own above the text, in its dateline, or in "Posted on"
    below it.

    Never a date within the text, of a copyright line or of a comment.
    """
    updated = None
    for block in header:
        for written in find_dates(block.text[:300]):
            beside = (block.text[: written.start] + " " + block.text[written.end :]).strip()
            if _NOT_ITS_OWN.search(block.text) or not _is_dateline(beside):
                break
            if _UPDATED.search(beside) and not _POSTED.search(block.text[: written.start]):
                updated = updated or written.date
                continue
            return written.date
    begun = False
    for block in body[:4]:
        begun = begun or len(block.text) > LABEL_SPACE
        day = _in_dateline(block.text) or (None if begun else _alone(block.text))
        if day:
            return day
    return _posted_below(footer) or updated


def _alone(text: str) -> dt.date | None:
    """The date of a line that holds hardly anything else."""
    dates = find_dates(text) if len(text) <= LABEL_SPACE else []
    return (
        dates[0].date
        if dates and not _NOT_ITS_OWN.search(text) and len(text) - (dates[0].end - dates[0].start) <= 30
        else None
    )


def _is_dateline(beside: str) -> bool:
    """Is what stands beside a date no sentence: a label, a name, a place, a time of day?"""
    return len(beside) <= LABEL_SPACE or bool(_LABEL.match(beside) and len(beside) <= 2 * LABEL_SPACE)


def _in_dateline(text: str) -> dt.date | None:
    """The date of "ALBANY, N.Y., March 3, 2024 – ..." and "(New York, NY - June 5, 2019) ..."."""
    for written in find_dates(text[:DATELINE])[:1]:
        before = text[: written.start]
        after = text[written.end :].lstrip()
        if written.start > 70 or re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", before):
            return None
        if after.startswith((")", "–", "—", "-", "]", "|", ":")) or _LABEL.match(text):
            return written.date
        if before.rstrip().endswith(("-", "–", "—")) and after[:1].isupper():
            return written.date
    return None


def _posted_below(footer: list[Block]) -> dt.date | None:
    for block in footer[:25]:
        for written in find_dates(block.text[:300])[:1]:
            if _POSTED.search(block.text[: written.start]) and not _NOT_ITS_OWN.search(block.text):
                return written.date
    return None
