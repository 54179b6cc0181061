"""What changed on a bill, in readers' words: the log on its page and the page of the whole log.

What one check found stands together, under its moment: a vote in the Senate is a new status, a line of the record and
a count, and a reader wants to see that as one event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from bills import wording
from bills.models import Bill, Change
from bills.print_numbers import session_label
from bills.providers.registry import source_name
from bills.refresh.facts import web_address
from bills.stages import CODES, ladder
from sponsors.recorded_names import session_in_words

LONGEST_ON_BILL_PAGE = 200  # characters

FACTS = {
    "status": gettext_lazy("Where it stands"),
    "status_committee": gettext_lazy("Committee"),
    "outcome": gettext_lazy("How it ended"),
    "chapter": gettext_lazy("Number of the law"),
    "law_since": gettext_lazy("Law since"),
    "introduced_on": gettext_lazy("Introduced on"),
    "substituted_by_print_no": gettext_lazy("Replaced by"),
    "active_amendment": gettext_lazy("Print in force"),
    "title": gettext_lazy("Title"),
    "short_name": gettext_lazy("Short name"),
    "act_clause": gettext_lazy("Act clause"),
    "law_section": gettext_lazy("Law it amends"),
    "plain_summary": gettext_lazy("Summary in plain words"),
    "official_summary": gettext_lazy("Official summary"),
    "sponsor_memo": gettext_lazy("Sponsor’s memorandum"),
    "file_no": gettext_lazy("File number"),
    "official_url": gettext_lazy("Official page"),
    "proposal": gettext_lazy("Proposal"),
    "issue": gettext_lazy("Issue"),
    "action": gettext_lazy("Line of the record"),
    "print": gettext_lazy("Print"),
    "sponsor": gettext_lazy("Sponsor"),
    "same_as": gettext_lazy("Same bill in the other house"),
    "earlier": gettext_lazy("In an earlier session"),
    "later": gettext_lazy("In a later session"),
    "roll_call": gettext_lazy("Recorded vote"),
    "message": gettext_lazy("Message of the executive"),
    "agenda": gettext_lazy("Agenda or calendar"),
    "document": gettext_lazy("Text or paper"),
}
_EXAMPLES = {"ny": ("S1", "A1", "J1"), "nyc": ("INT 1", "RES 1"), "us": ("HR1", "S1", "HRES1", "HCONRES1")}
# Codes that are no rung of a ladder, and one that is a rung under different names.
_OTHER_STATUSES = {
    "ADOPTED": gettext_lazy("Adopted"),
    "LAID_OVER": gettext_lazy("Laid over in committee"),
    "VETOED": gettext_lazy("Vetoed"),
    "POCKET_APPROVAL": gettext_lazy("Became law without signature"),
    "SUBSTITUTED": gettext_lazy("Replaced by another bill"),
    "STRICKEN": gettext_lazy("Withdrawn: its enacting clause was struck out"),
    "LOST": gettext_lazy("Voted down"),
    "FILED": gettext_lazy("Filed without a decision"),
    "WITHDRAWN": gettext_lazy("Withdrawn"),
}
_DAYS = frozenset({"law_since", "introduced_on"})
_TIES = frozenset({"same_as", "earlier", "later"})
# Facts of which a bill has several; of the others it has one or none.
_ROWS = _TIES | {"action", "print", "sponsor", "roll_call", "message", "agenda", "document"}
# The days in our own phrases (bills/refresh/parts.py): first in a line of the record, last in the others.
_FIRST_DAY = re.compile(r"^\d{4}-\d\d-\d\d(?= )")
_LAST_DAY = re.compile(r"(?<=[ ,])\d{4}-\d\d-\d\d(?=\)?$)")
_TIE = re.compile(r"(?P<number>.+) \((?P<session>\d{1,4})\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. An empty `before` was nothing before; where `is_gone`, `after` says that nothing is left."""

    fact: str
    before: str
    after: str
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Check:
    """What one look at a source found changed. `source_url` is "" or a web address."""

    found_at: datetime
    source: str
    source_url: str
    entries: list[Entry]


def changes_of(bill: Bill, *, today: date) -> QuerySet[Change]:
    """The bill's changes for readers: the newest check first, within it as they were told."""
    return Change.objects.filter(bill=bill).for_readers(today).order_by("-found_at", "pk")


def newest(bill: Bill) -> list[Check]:
    """The newest entries of a bill's log. `bill` is a row of `for_page()`."""
    rows = [
        Change(**{**told, "found_at": datetime.fromisoformat(told["found_at"])})
        for told in bill.newest_changes
    ]
    return checks(rows, legislature=bill.session.legislature_id)


def checks(rows: Iterable[Change], *, legislature: str) -> list[Check]:
    """Changes as readers see them, in the order given, those of one check together."""
    by_check = groupby(rows, key=lambda row: (row.found_at, row.source, row.source_url))
    return [
        Check(
            found_at=found_at,
            source=source_name(source),
            source_url=web_address(source_url),
            entries=[_entry(row, legislature) for row in found],
        )
        for (found_at, source, source_url), found in by_check
    ]


def _entry(row: Change, legislature: str) -> Entry:
    before, after = (_in_words(row.fact, value, legislature) for value in (row.before, row.after))
    left = gettext("No longer in the record") if row.fact in _ROWS else gettext("None")
    return Entry(fact_in_words(row.fact), before, after or left, is_gone=not after)


def fact_in_words(fact: str) -> str:
    """ "roll_call" as "Recorded vote"."""
    return str(FACTS.get(fact) or _spelled_out(fact))


def status_in_words(code: str, legislature: str) -> str:
    """ "IN_SENATE_COMM" as "In Senate committee"; a code of a former time is at least spelled out."""
    return gettext(str(statuses(legislature).get(code) or _spelled_out(code)))


def _in_words(fact: str, value: str, legislature: str) -> str:
    if fact == "active_amendment":
        return value or gettext("Original")
    if fact == "outcome":
        label = dict(Bill.Outcome.choices).get(value) or _spelled_out(value)
        return gettext(label) if value else gettext("Not ended")
    if not value:
        return ""
    if fact == "status":
        return status_in_words(value, legislature)
    if fact in _DAYS:
        return _day(value)
    if fact in _TIES:
        return _tie(value, legislature)
    if fact in {"action", "roll_call"}:
        return _FIRST_DAY.sub(lambda found: f"{_day(found[0])},", value)
    if fact == "print":
        value = re.sub(r"^original\b", gettext("Original"), value)
    if fact in {"print", "sponsor", "message", "document"}:
        return _LAST_DAY.sub(lambda found: _day(found[0]), value)
    return value


def _spelled_out(code: str) -> str:
    return code.replace("_", " ").strip().capitalize()


def _day(value: str) -> str:
    try:
        return wording.day_in_words(date.fromisoformat(value))
    except ValueError:
        return value


def _tie(value: str, legislature: str) -> str:
    """ "S9001 (2017)" as "S9001 (2017-2018)"."""
    if found := _TIE.fullmatch(value):
        try:
            return (
                f"{found['number']} ({session_in_words(session_label(legislature, int(found['session'])))})"
            )
        except ValueError:
            return value
    return value


@cache
def statuses(legislature: str) -> dict[str, object]:
    """Each status code of a legislature with its words, not yet translated."""
    rungs = {
        rung.code: rung.label
        for example in _EXAMPLES.get(legislature, ())
        for rung in ladder(legislature, example)
        if rung.code in CODES[legislature]
    }
    return {**rungs, **_OTHER_STATUSES}
