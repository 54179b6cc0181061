"""Bills told apart by how they stand, for the pages of issues, committees and people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext

from bills.models.states import STATES_IN_LISTS


@dataclass(frozen=True, slots=True)
class Told:
    """A number of bills of one state: "7 ended without becoming law"."""

    state: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    state: str
    heading: str
    bills: list[Any]


def tally_in_words(counts: dict[str, int]) -> list[Told]:
    """`BillQuerySet.tally()` in the order of `STATES_IN_LISTS`, those that occur."""
    return [
        Told(state, counts[state], number_in_words(state, counts[state]))
        for state in STATES_IN_LISTS
        if counts.get(state)
    ]


def number_in_words(state: str, number: int) -> str:
    """ "2 became law", "7 ended without becoming law"."""
    words = {
        "law": ngettext("%(number)d became law", "%(number)d became law", number),
        "alive": ngettext("%(number)d is alive", "%(number)d are alive", number),
        "adopted": ngettext("%(number)d was adopted", "%(number)d were adopted", number),
        "unknown": ngettext(
            "%(number)d with an outcome that our source does not tell",
            "%(number)d with an outcome that our source does not tell",
            number,
        ),
        "ended": ngettext(
            "%(number)d ended without becoming law", "%(number)d ended without becoming law", number
        ),
    }[state]
    return words % {"number": number}


def by_state(bills: Iterable[Any]) -> list[Group]:
    """Rows of `first_of_each_state()` in groups."""
    return [
        Group(state, heading(state), list(rows))
        for state, rows in groupby(bills, key=lambda bill: bill.state)
    ]


def heading(state: str) -> str:
    return {
        "law": pgettext("several bills", "Became law"),
        "alive": gettext("Alive"),
        "adopted": gettext("Adopted"),
        "unknown": gettext("Outcome not in our source"),
        "ended": gettext("Ended without becoming law"),
    }[state]


def carried_in_words(role: str, number: int) -> str:
    """ "Led 12 bills", "Joined 1 bill"; `role` is "led" or "joined"."""
    if role == "led":
        return ngettext("Led %(number)d bill:", "Led %(number)d bills:", number) % {"number": number}
    return ngettext("Joined %(number)d bill:", "Joined %(number)d bills:", number) % {"number": number}
