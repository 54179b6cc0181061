"""What happened to a bill and what was said of it, day by day, newest first. Pure: rows in, days out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext


@dataclass(slots=True)
class Day:
    """Everything of one day; `date` is None for statements whose text gives no day."""

    date: date | None
    said: list[Said] = field(default_factory=list)
    done: list[Any] = field(default_factory=list)  # Action rows, the last one first


@dataclass(frozen=True, slots=True)
class Said:
    """A statement about the bill, with the print it speaks of in words ("" where there is only one print)."""

    mention: Any  # a BillMention row as `for_bill_page()` gives it
    print_words: str


def timeline(actions: Iterable[Any], mentions: Iterable[Any], *, latest_print: str) -> list[Day]:
    """Days with what was said above what was done: a statement speaks of the day's moves.

    A statement that names the bill twice comes once, by the mention that names a print.
    """
    days: defaultdict[date | None, Day] = defaultdict(lambda: Day(None))
    for action in actions:
        days[action.date].done.append(action)
    seen = set()
    for mention in sorted(mentions, key=lambda mention: not mention.amendment):
        if mention.statement_id not in seen:
            seen.add(mention.statement_id)
            words = print_words(mention.amendment, latest_print)
            days[mention.statement.date].said.append(Said(mention, words))
    for day, one in days.items():
        one.date = day
        one.done.sort(key=lambda action: action.sequence, reverse=True)
    dated = sorted((day for day in days if day), reverse=True)
    return [days[day] for day in dated] + ([days[None]] if None in days else [])


def print_words(spoken_of: str, latest: str) -> str:
    """Which print a statement speaks of, beside the latest one. Letters, "" for the original print."""
    if spoken_of and spoken_of == latest:
        return gettext("Speaks of print %(letter)s, the latest.") % {"letter": spoken_of}
    if spoken_of and latest > spoken_of:
        named = {"letter": spoken_of, "latest": latest}
        return (
            gettext("Speaks of print %(letter)s. The bill has changed since: the latest is print %(latest)s.")
            % named
        )
    if spoken_of:
        return gettext("Speaks of print %(letter)s.") % {"letter": spoken_of}
    if latest:
        return gettext("Names no print. The latest is print %(latest)s.") % {"latest": latest}
    return ""


def about_print(spoken_of: str, bill: Any) -> str:
    """Which print is meant, away from the bill's own page: "About an earlier print, A. The latest is B."."""
    if spoken_of and bill.active_amendment > spoken_of:
        named = {"letter": spoken_of, "latest": bill.active_amendment}
        return gettext("About an earlier print, %(letter)s. The latest is %(latest)s.") % named
    return print_words(spoken_of, bill.active_amendment)
