"""Where each fact on a bill's page comes from: the source, its address, when it was read and how. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from bills.models import Bill
from bills.providers.records import CODE as RECORDS
from bills.providers.registry import MIRRORS, source_name
from bills.refresh.facts import web_address
from bills.wording import day_in_words

# What no legislature's system states: it came with our own records, whatever source was asked since.
_OUR_OWN = frozenset({"plain_summary", "proposal", "issues"})


@dataclass(frozen=True, slots=True)
class Origin:
    """Of one fact. `key` makes the row's id; `tip` is all of it in one line, for a link beside the fact."""

    key: str
    name: str
    source: str
    address: str  # "" where we know none
    read_on: date | None
    method: str

    @property
    def tip(self) -> str:
        told = {
            "source": self.source,
            "day": day_in_words(self.read_on) if self.read_on else "",
            "method": self.method,
        }
        if self.read_on:
            return gettext("%(source)s, read on %(day)s. %(method)s") % told
        return gettext("%(source)s. %(method)s") % told


def origins_of(
    bill: Bill, *, actions: int, has_ended: bool, held: Iterable[tuple[str, str]]
) -> dict[str, Origin]:
    """By key, in the order of the page. `held` are (key, name) of further facts that this page shows.

    `actions` is the number of lines on record, from which the standing is computed.
    """
    read_on = _day(bill.read_at or bill.checked_at)
    address = web_address(bill.source_url) or web_address(bill.official_url)
    from_source = (_source_name(bill.source), address, read_on)
    how = _method(bill.source)
    computed = _computed(actions)
    found: dict[str, Origin] = {}

    def put(key: str, name: str, source: tuple[str, str, date | None], method: str) -> None:
        found[key] = Origin(key, name, *source, method)

    checked = (from_source[0], address, _day(bill.checked_at) or read_on)
    put("status", gettext("Where it stands"), checked, computed)
    if has_ended:
        put("outcome", gettext("How it ended, and whether it is law"), from_source, computed)
    for key, name in held:
        field = {"committee": "status", "proposal": "proposal"}.get(key, key)
        if field in bill.edited_fields:
            put(key, name, _staff(), gettext("Written or corrected by our staff; no source overwrites it."))
        elif field in {"proposal", "issues"}:
            put(key, name, _staff(), gettext("Put together by Passage."))
        elif field in _OUR_OWN:
            put(key, name, _staff(), gettext("Written by Passage, in our own words."))
        elif key == "committee":
            put(key, name, from_source, computed)
        else:
            put(key, name, from_source, how)
    return found


def _staff() -> tuple[str, str, date | None]:
    return gettext("Passage"), "", None


def _source_name(code: str) -> str:
    return source_name(code) if code else gettext("No source on record")


def _method(code: str) -> str:
    if not code:
        return gettext("How it came here is not on record.")
    if code == RECORDS:
        return gettext("Taken from the official page into our records by hand.")
    if code in MIRRORS:
        return gettext("Read from a public copy of the legislature’s data.")
    return gettext("Read through the legislature’s own data service.")


def _computed(actions: int) -> str:
    if not actions:
        return gettext("The record has no lines to compute it from.")
    return ngettext(
        "Computed by us from the %(number)d line of the record.",
        "Computed by us from the %(number)d lines of the record.",
        actions,
    ) % {"number": actions}


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def facts_shown(shown: dict[str, Any]) -> list[tuple[str, str]]:
    """The keys and names of facts that this page has, in its order. `shown` says by key whether it has one."""
    names = {
        "title": gettext("Official title"),
        "short_name": gettext("Short name"),
        "plain_summary": gettext("Summary in plain words"),
        "official_summary": gettext("Official summary"),
        "committee": gettext("Committee"),
        "sponsors": gettext("Sponsors"),
        "prints": gettext("Prints"),
        "same_as": gettext("Same bill in the other house"),
        "law_section": gettext("Law it amends"),
        "votes": gettext("Recorded votes"),
        "messages": gettext("Messages of the executive"),
        "agendas": gettext("Agendas and calendars"),
        "papers": gettext("Texts and papers"),
        "actions": gettext("Lines of the record"),
        "proposal": gettext("Which bills are the same proposal"),
        "issues": gettext("Issues"),
    }
    return [(key, name) for key, name in names.items() if shown.get(key)]
