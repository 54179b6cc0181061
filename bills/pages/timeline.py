"""What happened to a bill and what was said of it, day by day, newest first. Pure: rows in, days out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext

from bills.wording import day_in_words, place_name

MOST_STANCES = 6  # of one statement


@dataclass(slots=True)
class Day:
    """Everything of one day; `date` is None for statements whose text gives no day."""

    date: date | None
    said: list[Said] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)  # the last one first


@dataclass(frozen=True, slots=True)
class Done:
    """One line of the record in a reader's words: who acted, what is written, and the result or body beside it."""

    sequence: int
    who: str
    text: str
    notes: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement about the bill, with the print it speaks of in words ("" where there is only one print).

    `stances` are where those who speak in it stand, each with its words; `more_stances` are not told.
    """

    mention: Any  # a BillMention row as `for_bill_page()` gives it
    print_words: str
    is_about_earlier: bool = False
    stances: tuple[dict[str, str], ...] = ()
    more_stances: int = 0


def timeline(
    actions: Iterable[Any],
    mentions: Iterable[Any],
    *,
    latest_print: str,
    printed_on: date | None = None,
) -> list[Day]:
    """Days with what was said above what was done: a statement speaks of the day's moves.

    A statement that names the bill twice comes once, by the mention that names a print. `printed_on` is the day of the
    latest print, where its source tells.
    """
    days: defaultdict[date | None, Day] = defaultdict(lambda: Day(None))
    names: dict[str, str] = {}
    for action in actions:
        days[action.date].done.append(_done(action, names))
    seen = set()
    for mention in sorted(mentions, key=lambda mention: not mention.amendment):
        if mention.statement_id not in seen:
            seen.add(mention.statement_id)
            days[mention.statement.date].said.append(_said(mention, latest_print, printed_on))
    for day, one in days.items():
        one.date = day
        one.done.sort(key=lambda action: action.sequence, reverse=True)
    dated = sorted((day for day in days if day), reverse=True)
    return [days[day] for day in dated] + ([days[None]] if None in days else [])


def _done(action: Any, names: dict[str, str]) -> Done:
    """`names` keeps the words for chambers and offices from one line to the next."""
    actor = action.actor
    if actor not in names:
        names[actor] = place_name(actor)
    notes = [action.result, action.body if actor == "committee" else ""]
    return Done(action.sequence, names[actor], action.text, " \u00b7 ".join(note for note in notes if note))


def _said(mention: Any, latest: str, printed_on: date | None) -> Said:
    stances = mention.stances
    # A position names its print where the mention does not.
    spoken_of = mention.amendment or next((one["amendment"] for one in stances if one["amendment"]), "")
    said_on = mention.statement.date
    came_later = bool(latest and not spoken_of and said_on and printed_on and said_on < printed_on)
    words = print_words(spoken_of, latest, later_on=printed_on if came_later else None)
    is_earlier = came_later or bool(spoken_of and latest > spoken_of)
    first = mention.first_speaker["name"] if mention.first_speaker else ""
    told = tuple({**one, "words": stance_words(one, said_by=first)} for one in stances[:MOST_STANCES])
    return Said(mention, words, is_earlier, told, max(0, len(stances) - MOST_STANCES))


def stance_words(stance: dict[str, Any], *, said_by: str) -> str:
    """Where one speaker or organisation stands: "Example Coalition: for the bill".

    Of `said_by`, whose name stands beside it, only the stance is told.
    """
    who = stance["organization"] or stance["speaker"] or ""
    if who == said_by:
        return {"supports": gettext("for the bill"), "opposes": gettext("against the bill")}.get(
            stance["stance"], gettext("neutral")
        )
    words = {
        "supports": gettext("%(who)s: for the bill"),
        "opposes": gettext("%(who)s: against the bill"),
    }.get(stance["stance"], gettext("%(who)s: neutral"))
    return words % {"who": who}


def print_words(spoken_of: str, latest: str, *, later_on: date | None = None) -> str:
    """Which print a statement speaks of, beside the latest one. Letters, "" for the original print.

    `later_on` is the day of the latest print where the statement is older and names none.
    """
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
    if latest and later_on:
        named = {"latest": latest, "day": day_in_words(later_on)}
        return gettext("Names no print. Print %(latest)s, the latest, came later, on %(day)s.") % named
    if latest:
        return gettext("Names no print. The latest is print %(latest)s.") % {"latest": latest}
    return ""


def about_print(spoken_of: str, bill: Any) -> str:
    """Which print is meant, away from the bill's own page: "About an earlier print, A. The latest is B."."""
    if spoken_of and bill.active_amendment > spoken_of:
        named = {"letter": spoken_of, "latest": bill.active_amendment}
        return gettext("About an earlier print, %(letter)s. The latest is %(latest)s.") % named
    return print_words(spoken_of, bill.active_amendment)
