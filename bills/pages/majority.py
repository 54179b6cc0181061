"""How many members of its own chamber have put their names to a bill, beside the number that it takes to pass it.

Pure: names and days in, numbers and sentences out. The seats are those of the law: New York's Constitution and Senate
reapportionments (62 seats from 2003, 63 from 2013), the City Charter, section 22 (51), and the apportionment of
Congress (435 and 100). Of earlier times nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

# Legislature and chamber: (first session, seats), the latest first.
SEATS = {
    ("ny", "senate"): ((2013, 63), (2003, 62)),
    ("ny", "assembly"): ((1967, 150),),
    ("nyc", "council"): ((1994, 51),),
    ("us", "house"): ((88, 435),),
    ("us", "senate"): ((88, 100),),
}
# Where a bill needs a majority of all members, and not of those who vote.
OF_ALL_MEMBERS = frozenset({"ny", "nyc"})
# Whose members of the House are delegates, or the resident commissioner: they sponsor and speak, and do not vote when
# it passes bills (Rules of the House, III). As the roster writes their seats, and as Congress.gov does: "DC-At Large".
_WITHOUT_A_VOTE = re.compile(
    r"(?:(?:DC|PR|GU|VI|AS|MP)(?:-|$)|District of Columbia|Puerto Rico|Guam|(?:U\.S\. |US )?Virgin Islands"
    r"|American Samoa|Northern Mariana Islands)",
    re.IGNORECASE,
)
_BODIES = ("committee", "commission", "governor", "mayor", "public advocate", "borough president")


@dataclass(frozen=True, slots=True)
class Majority:
    """`named` of `seats` members; `needed` is more than half of all. `delegates` are named too, and have no vote."""

    named: int
    seats: int
    needed: int
    line: str
    notes: list[str]
    delegates: int = 0

    @property
    def delegates_line(self) -> str:
        """A sentence, or "" where none is named."""
        if not self.delegates:
            return ""
        words = ngettext(
            "Also named, and not counted: %(number)d delegate of the District of Columbia or a territory, who has no "
            "vote when the House passes bills.",
            "Also named, and not counted: %(number)d delegates of the District of Columbia or a territory, who have no "
            "vote when the House passes bills.",
            self.delegates,
        )
        return words % {"number": self.delegates}

    @property
    def named_width(self) -> str:
        """Of a drawing, like the next one: a part of all seats, in percent."""
        return f"{100 * self.named / self.seats:.1f}%"

    @property
    def needed_from(self) -> str:
        return f"{100 * self.needed / self.seats:.1f}%"


def seats_of(legislature: str, chamber: str, session: int) -> int | None:
    """How many seats a chamber has in a session; None where we do not know."""
    known = SEATS.get((legislature, chamber), ())
    return next((seats for first, seats in known if session >= first), None)


def needed_of(seats: int) -> int:
    """More than half of all members: 32 of 63, 76 of 150, 26 of 51."""
    return seats // 2 + 1


def majority_of(
    legislature: str, chamber: str, session: int, sponsorships: Iterable[Any], *, is_resolution: bool
) -> Majority | None:
    """None for resolutions, and where the seats are not known or nobody of the chamber is named.

    `sponsorships` are rows as `for_bill_page()` gives them. Names taken off again, bodies that introduce bills, and
    members without a vote do not count.
    """
    seats = seats_of(legislature, chamber, session)
    if is_resolution or seats is None:
        return None
    standing = [one for one in sponsorships if one.withdrawn_on is None]
    delegates = [one for one in standing if (legislature, chamber) == ("us", "house") and _is_delegate(one)]
    voting = (one for one in standing if one not in delegates and _votes_there(one, chamber))
    named, unvoting = _each_once(voting), _each_once(delegates)
    if not (named or unvoting) or len(named) > seats:
        return None
    told = {"named": len(named), "seats": seats, "needed": needed_of(seats)}
    notes = [
        gettext(
            "A name on a bill is not a vote: who is named may vote against it, and who is not may vote for it."
        )
    ]
    if legislature not in OF_ALL_MEMBERS:
        notes.append(
            gettext(
                "%(needed)d is more than half of all members. It passes with more than half of those who vote."
            )
            % told
        )
    if (legislature, chamber) == ("us", "senate"):
        notes.append(gettext("In the Senate it usually takes 60 votes to end the debate before the vote."))
    return Majority(
        len(named), seats, told["needed"], _line(legislature, chamber) % told, notes, len(unvoting)
    )


def _each_once(rows: Iterable[Any]) -> set[Any]:
    return {one.person_id or one.name_as_written for one in rows}


def _is_delegate(one: Any) -> bool:
    seat = one.term.district if one.term else one.seat_as_written
    return bool(_WITHOUT_A_VOTE.match(seat))


def _votes_there(one: Any, chamber: str) -> bool:
    if one.term:
        return one.term.chamber == chamber and "advocate" not in one.term.district.casefold()
    return bool(one.person_id) or not any(word in one.name_as_written.casefold() for word in _BODIES)


def _line(legislature: str, chamber: str) -> str:
    return {
        ("ny", "senate"): gettext(
            "Named on it: %(named)d of %(seats)d senators. Needed to pass the Senate: %(needed)d."
        ),
        ("ny", "assembly"): gettext(
            "Named on it: %(named)d of %(seats)d members of the Assembly. Needed to pass the Assembly: %(needed)d."
        ),
        ("nyc", "council"): gettext(
            "Named on it: %(named)d of %(seats)d Council Members. Needed to pass the Council: %(needed)d."
        ),
        ("us", "house"): gettext(
            "Named on it: %(named)d of %(seats)d members of the House. A majority of all of them: %(needed)d."
        ),
        ("us", "senate"): gettext(
            "Named on it: %(named)d of %(seats)d senators. A majority of all of them: %(needed)d."
        ),
    }[legislature, chamber]
