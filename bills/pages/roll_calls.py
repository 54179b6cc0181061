"""Recorded votes as a page shows them: a table's rows with a bar each, what was needed, and what our source lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from bills.pages.majority import OF_ALL_MEMBERS, needed_of, seats_of

VOTE_NAMES = {
    "aye": gettext_lazy("For"),
    "aye_with_reservations": gettext_lazy("For, with reservations"),
    "nay": gettext_lazy("Against"),
    "abstained": gettext_lazy("Abstained"),
    "excused": gettext_lazy("Excused"),
    "absent": gettext_lazy("Absent"),
    "not_voting": gettext_lazy("Not voting"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One vote. `needed` is None where we do not know it; others are excused, absent or abstaining.

    `groups` are the members' names by how they voted. Without them `is_cut` says that they are known and too many for
    the page; if not, the source names nobody.
    """

    date: date
    chamber: str
    committee: str
    amendment: str
    ayes: int
    nays: int
    others: int
    needed: int | None
    came_of_it: str
    groups: list[dict[str, Any]]
    is_cut: bool

    @property
    def ayes_width(self) -> str:
        """Of a drawing, like the next two: a part of all who are counted, in percent."""
        return _percent(self.ayes, self.total)

    @property
    def nays_width(self) -> str:
        return _percent(self.nays, self.total)

    @property
    def nays_from(self) -> str:
        return _percent(self.total - self.nays, self.total)

    @property
    def total(self) -> int:
        return self.ayes + self.nays + self.others


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "0%"


def rows(
    votes: Iterable[dict[str, Any]],
    *,
    legislature: str,
    session: int,
    is_resolution: bool,
    was_vetoed: bool,
    most_names: int,
) -> list[Row]:
    """Newest first. `votes` as `for_page()` reads them; `most_names` are told in all.

    Of a bill that was vetoed, a later vote of the same chamber may be one to override, which needs more: of those
    nothing is said.
    """
    votes = list(votes)
    first: dict[str, str] = {}
    for vote in votes:
        if not vote["committee"]:
            first[vote["chamber"]] = min(vote["date"], first.get(vote["chamber"], vote["date"]))
    left = most_names
    told = []
    for vote in sorted(votes, key=lambda vote: vote["date"], reverse=True):
        left -= len(vote["member_votes"])
        groups = _groups(vote["member_votes"]) if left >= 0 else []
        may_override = was_vetoed and vote["date"] > first.get(vote["chamber"], vote["date"])
        needed = None if is_resolution or may_override else _needed(vote, legislature, session)
        told.append(
            Row(
                date.fromisoformat(vote["date"]),
                vote["chamber"],
                vote["committee"],
                vote["amendment"],
                vote["ayes"],
                vote["nays"],
                vote["others"],
                needed,
                _came_of_it(vote["ayes"], vote["nays"], needed),
                groups,
                bool(vote["member_votes"]) and not groups,
            )
        )
    return told


def gaps(legislature: str) -> list[str]:
    """What our source does not have, in sentences: a missing vote must not pass for none."""
    if legislature == "ny":
        return [gettext("The Assembly’s votes are not in our source.")]
    if legislature == "us":
        return [gettext("The votes of Congress are not in our source; lines of the record name them.")]
    return []


def _needed(vote: dict[str, Any], legislature: str, session: int) -> int | None:
    """Of all members, on the floor; a committee's size, and what a vote of Congress needed, we do not know."""
    if vote["committee"] or legislature not in OF_ALL_MEMBERS:
        return None
    seats = seats_of(legislature, vote["chamber"], session)
    return needed_of(seats) if seats else None


def _came_of_it(ayes: int, nays: int, needed: int | None) -> str:
    if needed is None:
        return gettext("More for than against") if ayes > nays else gettext("Not more for than against")
    return gettext("Enough to pass") if ayes >= needed else gettext("Not enough to pass")


def _groups(member_votes: list[list[str]]) -> list[dict[str, Any]]:
    return [
        {"vote": name, "names": names}
        for code, name in VOTE_NAMES.items()
        if (names := [who for vote, who in member_votes if vote == code])
    ]
