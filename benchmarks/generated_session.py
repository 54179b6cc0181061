"""A session of New York with invented bills, as answers of a source. The same place gives the same bill.

Each bill has five actions, eight sponsors, a companion in the other house, the bill of the session before, three
prints and some 700 words of text; every fifth has a vote of the Senate with its 63 members. `moves` is how often it
has moved since: each time by one more action and one more sponsor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bills.print_numbers import PrintNumber, parse_print_no
from bills.providers.base import BillSnapshot, PrintLine, RollCallLine, SponsorLine
from bills.stages import ActionLine

SESSION = 2025
READ_AT = datetime(2026, 3, 2, 15, tzinfo=UTC)  # the first time; after every move of its bills
FIRST_DAY = date(2025, 1, 8)
SPONSORS = 8
SEATS = 63
BILLS_TO_A_VOTE = 5
WORDS = (
    "lanterns",
    "ferries",
    "towers",
    "locks",
    "clocks",
    "kites",
    "barrels",
    "bridges",
    "gardens",
    "markets",
)
COMMITTEES = ("LANTERNS", "FERRIES AND BELLS", "CANALS", "PUBLIC CLOCKS", "ORCHARDS")


@dataclass(frozen=True)
class GeneratedSession:
    """`bills` of them, half of each house, under the names in `names` (at least 63)."""

    bills: int
    names: Sequence[str]

    def number(self, place: int) -> PrintNumber:
        return _number("SA"[place % 2], place // 2 + 1, SESSION)

    def snapshot(self, place: int, *, moves: int = 0, read_at: datetime) -> BillSnapshot:
        house = ("senate", "assembly")[place % 2]
        subject = _words(place, 3)
        return BillSnapshot(
            self.number(place),
            _actions(place, house, moves),
            title=f"Relates to the keeping of {subject} in places of public resort",
            act_clause=f"AN ACT to amend the lantern law, in relation to the keeping of {subject}",
            law_section="Lantern Law",
            official_summary=f"Provides for {_words(place, 60)}.",
            sponsor_memo=_words(place, 600),
            source_url=f"https://example.org/bills/{place}",
            sponsors=self._sponsors(place, moves),
            prints=tuple(PrintLine(letter, FIRST_DAY) for letter in ("", "A", "B")),
            active_amendment="B",
            same_as=(_number("AS"[place % 2], place // 2 + 1, SESSION),),
            earlier=(_number("SA"[place % 2], place + 1, SESSION - 2),),
            roll_calls=(self._vote(place),) if place % BILLS_TO_A_VOTE == 0 else (),
            messages=(),
            agenda=(),
            read_at=read_at,
        )

    def _sponsors(self, place: int, moves: int) -> tuple[SponsorLine, ...]:
        names = [self.names[(place + seat) % len(self.names)] for seat in range(SPONSORS + moves)]
        return tuple(SponsorLine(name, "co" if seat else "prime") for seat, name in enumerate(names))

    def _vote(self, place: int) -> RollCallLine:
        votes = tuple(
            ("nay" if (seat + place) % 4 == 0 else "aye", self.names[seat % len(self.names)])
            for seat in range(SEATS)
        )
        nays = sum(vote == "nay" for vote, _ in votes)
        return RollCallLine(FIRST_DAY + timedelta(days=60), "senate", SEATS - nays, nays, votes=votes)


def _number(house: str, number: int, session: int) -> PrintNumber:
    return parse_print_no(f"{house}{number}", legislature="ny", session=session)


def _actions(place: int, house: str, moves: int) -> tuple[ActionLine, ...]:
    committee = COMMITTEES[place % len(COMMITTEES)]
    texts = [
        f"REFERRED TO {committee}",
        "AMEND AND RECOMMIT",
        f"PRINT NUMBER {place}A",
        "AMEND AND RECOMMIT",
        f"PRINT NUMBER {place}B",
        *(f"REFERRED TO {COMMITTEES[(place + move) % len(COMMITTEES)]}" for move in range(1, moves + 1)),
    ]
    begun = FIRST_DAY + timedelta(days=place % 60)
    return tuple(ActionLine(begun + timedelta(days=7 * day), house, text) for day, text in enumerate(texts))


def _words(place: int, count: int) -> str:
    """So many words, the same for the same bill."""
    return " ".join(WORDS[(place * 7 + word * (place % 5 + 1)) % len(WORDS)] for word in range(count))
