"""A vote that went against a bill: who voted it down, on what day, and by what count where we hold it.

Pure. A count is told only where one vote alone can be meant; one that may be of another vote is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from bills.pages.majority import OF_ALL_MEMBERS, needed_of, seats_of
from bills.stages import ActionLine, Standing, committee_in_words
from bills.wording import day_in_words, place_in_sentence

_HOUSES = {"senate": "Senate", "assembly": "Assembly", "house": "House", "council": "Council"}
_UNDONE = ("RECONSIDER", "PASSED", "APPROVED BY COUNCIL", "ADOPTED BY COUNCIL")
_BY_COMMITTEE = ("APPROVED BY COMM", "APPROVED, BY COMM")
# "On passage Failed by the Yeas and Nays: 195 - 225 (Roll no. 30).": Congress's counts stand in its lines alone.
_COUNT_IN_LINE = re.compile(
    r"(?:YEAS AND NAYS|RECORDED VOTE|YEA-NAY VOTE)[:.]? {0,2}([0-9]{1,3}) ?- ?([0-9]{1,3})"
)


@dataclass(frozen=True, slots=True)
class Defeat:
    """`committee` is "" for a vote of the whole house. `ayes` and `nays` are None where we do not hold them."""

    day: date
    chamber: str
    committee: str
    ayes: int | None = None
    nays: int | None = None
    needed: int | None = None

    @property
    def on_floor(self) -> bool:
        return not self.committee

    @property
    def said(self) -> str:
        """Who voted it down and when, in a sentence."""
        day = day_in_words(self.day)
        if self.committee:
            told = {"day": day, "committee": committee_in_words(self.committee, self.chamber)}
            return gettext("The %(committee)s voted it down on %(day)s.") % told
        told = {"day": day, "chamber": place_in_sentence(_HOUSES.get(self.chamber, ""))}
        return gettext("The %(chamber)s voted it down on %(day)s.") % told

    @property
    def count(self) -> str:
        """The count in a sentence; "" where we do not hold it."""
        if self.ayes is None or self.nays is None:
            return ""
        told = {"ayes": self.ayes, "nays": self.nays, "needed": self.needed}
        if self.needed is not None:
            return gettext("The vote was %(ayes)d for and %(nays)d against; %(needed)d were needed.") % told
        return gettext("The vote was %(ayes)d for and %(nays)d against.") % told


def defeat_of(
    standing: Standing, actions: Sequence[ActionLine], votes: Iterable[dict[str, Any]]
) -> Defeat | None:
    """The last vote that went against the bill and still stands; None where the record tells of none."""
    found = _line_of_defeat(standing, actions)
    if found is None:
        return None
    line, committee = found
    chamber = "council" if standing.legislature == "nyc" else line.chamber
    if standing.outcome == "lost" and not committee:
        chamber = standing.chamber or chamber
    counted = _counted(votes, day=line.date, chamber=chamber, committee=committee)
    if counted is None and (in_line := _COUNT_IN_LINE.search(_plain(line))):
        counted = int(in_line[1]), int(in_line[2])
    ayes, nays = counted or (None, None)
    needed = None if committee or standing.is_resolution else _needed(standing, chamber)
    return Defeat(line.date, chamber, committee, ayes, nays, needed)


def _line_of_defeat(standing: Standing, actions: Sequence[ActionLine]) -> tuple[ActionLine, str] | None:
    """The line that tells of it, and the committee that voted, "" for a house."""
    since: list[str] = []
    for line in reversed(actions):
        text = _plain(line)
        committee = _committee(standing, line, text)
        if committee is not None and not any(sign in later for later in since for sign in _UNDONE):
            return line, committee
        since.append(text)
    return None


def _committee(standing: Standing, line: ActionLine, text: str) -> str | None:
    """The committee that voted the bill down by this line, "" for a house; None where the line tells nothing of it."""
    note = standing.note
    if standing.legislature == "ny":
        if text == "LOST":
            return ""
        if note and note.kind == "defeated" and line.date == note.date and "DEFEATED IN" in text:
            return standing.committee or note.place
        return None
    if standing.legislature == "nyc":
        if line.result.strip().casefold() == "fail" and any(sign in text for sign in _BY_COMMITTEE):
            return line.body or standing.committee or None
        return "" if standing.outcome == "lost" and _ends(standing, line) else None
    # What of Congress's lines is a defeat its rules have decided; of the lines of that day the one with a count tells.
    if standing.outcome == "lost" and _ends(standing, line) and ("FAILED" in text or "NOT AGREED" in text):
        return ""
    return None


def _ends(standing: Standing, line: ActionLine) -> bool:
    return line.date == standing.ended_on


def _counted(
    votes: Iterable[dict[str, Any]], *, day: date, chamber: str, committee: str
) -> tuple[int, int] | None:
    there = [
        (vote["ayes"], vote["nays"])
        for vote in votes
        if vote.get("date") == day.isoformat()
        and vote["chamber"] == chamber
        and bool(vote["committee"]) == bool(committee)
        and vote["committee"].casefold() in committee.casefold()
    ]
    return there[0] if len(there) == 1 else None


def _needed(standing: Standing, chamber: str) -> int | None:
    if standing.legislature not in OF_ALL_MEMBERS:
        return None
    seats = seats_of(standing.legislature, chamber, standing.session)
    return needed_of(seats) if seats else None


def _plain(line: ActionLine) -> str:
    return " ".join(line.text.upper().split())
