"""What the official record says of one bill: the words every legislature's rules answer in.

Pure: no Django, no clock, no file. `bills.stages.read_standing` makes a Standing from a bill's action list.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

OUTCOMES = (
    "signed",
    "law_without_signature",
    "vetoed",
    "veto_overridden",
    "enacted",
    "adopted",
    "substituted",
    "stricken",
    "lost",
    "withdrawn",
    "filed_end_of_session",
    "died",
)
# After the session: New York's Governor has 30 days for bills delivered in its last days, the Mayor 30, the
# President 10 without Sundays. A record that says nothing after that has stopped short.
EXECUTIVE_MAY_ACT_FOR = dt.timedelta(days=31)

LAW_OUTCOMES = frozenset({"signed", "law_without_signature", "veto_overridden", "enacted"})


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One dated line of the official record.

    `chamber` is "senate", "assembly", "council" or "house", and for the Council also "committee" or "mayor".
    `sequence` orders a bill's lines, from 1; 0 where the source numbers none, and the given order counts.
    `body` and `result` are the Council's: the committee that acted, and "Pass" or "Fail".
    """

    date: dt.date
    chamber: str
    text: str
    sequence: int = 0
    body: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class StageReached:
    """One rung that a bill stands on or has passed, with the day.

    `backfilled` marks a stage that no action states: the official system fills it in, with the next stage's
    day, because a later stage was reached.
    """

    code: str
    chamber: str
    date: dt.date | None
    committee: str = ""
    backfilled: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A line since the last move that moves nothing and that a reader must still know.

    `kind` is "held", "defeated", "recalled", "died_in_house", "reference_changed", "attorney_general" or
    "recalled_from_governor"; `place` is the committee or house it names.
    """

    kind: str
    date: dt.date
    place: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the actions of one bill say, as of one day. Dates are days in the legislature's own place."""

    legislature: str
    session: int
    print_no: str  # base print number, as given: "S4075", "INT 0486", "HR6"
    as_of: dt.date
    status: str  # a code of `bills.stages.CODES[legislature]`
    chamber: str = ""  # "" with the Governor, Mayor or President
    committee: str = ""  # as the official record writes it; "" outside committee
    date: dt.date | None = None  # the day of the status
    calendar_no: int | None = None
    outcome: str | None = None  # None while alive, or where the record does not say
    ended_on: dt.date | None = None
    via: str = ""  # the substitute as written, with its letter: "A3675B"
    substitute: Standing | None = None
    stages: tuple[StageReached, ...] = ()
    furthest: StageReached | None = None  # reached once, further than now: the bill went backwards
    active_amendment: str = ""
    chapter: str = ""  # "37" of New York's laws of `chapter_year`; "119-1" for a public law
    chapter_year: int | None = None
    veto_memo: str = ""
    lines_vetoed: bool = False  # signed, with items of it struck out
    law_since: dt.date | None = None
    is_resolution: bool = False
    constitutional_amendment: bool = False
    passed_both: bool = False
    note: Note | None = None
    last_action: ActionLine | None = None
    held: tuple[ActionLine, ...] = ()  # dated after `as_of`: not counted, not to be announced
    session_ends: dt.date | None = None
    words: str = ""  # the headline, in English
    explanation: str = ""  # the sentences under it

    @property
    def law(self) -> bool:
        return self.outcome in LAW_OUTCOMES

    @property
    def session_over(self) -> bool:
        return self.session_ends is not None and self.as_of > self.session_ends

    @property
    def time_is_up(self) -> bool:
        """The session is over, and so is the time the executive has for what it was sent at the end."""
        return self.session_ends is not None and self.as_of > self.session_ends + EXECUTIVE_MAY_ACT_FOR

    @property
    def is_open(self) -> bool:
        """It may still move. `outcome` is None then, but also where the record stops short."""
        if self.outcome is not None:
            return False
        return not (self.session_over if self.last_action is None else self.time_is_up)

    @property
    def law_state(self) -> str:
        """One of "law", "law_via_substitute", "not_law", and "unknown" where the record does not tell.

        Unknown are a record without actions, one that stops with both houses passed or with the executive
        although their time is up, and a replaced bill whose substitute is not in hand.
        """
        if self.law:
            return "law"
        if self.outcome == "substituted":
            state = self.substitute.law_state if self.substitute else "unknown"
            return "law_via_substitute" if state == "law" else state
        if self.last_action is None or (self.outcome is None and self.time_is_up):
            return "unknown"
        return "not_law"

    @property
    def died_on(self) -> dt.date | None:
        return self.ended_on if self.outcome == "died" else None

    @property
    def via_base(self) -> str:
        """The substitute's base print number, the key of its record: "A3675" for "A3675B"."""
        return self.via[:-1] if re.fullmatch(r"[A-Z]\d+[A-Z]", self.via) else self.via


def in_order(actions: Iterable[ActionLine]) -> list[ActionLine]:
    """The actions oldest first: by their numbers, or by day and within a day in the order given."""
    lines = list(actions)
    if len(lines) > 1 and all(line.sequence > 0 for line in lines):
        numbers = {line.sequence for line in lines}
        if len(numbers) == len(lines):
            return sorted(lines, key=lambda line: line.sequence)
    return sorted(lines, key=lambda line: (line.date, line.sequence))


def plain(text: str | None) -> str:
    """An action's text in capitals with single spaces; how a source prints case and spacing says nothing."""
    return " ".join((text or "").upper().split())


def as_json(standing: Standing) -> dict:
    """The line that `bill_status --json` prints; `via` is the substitute's base print number."""
    return {
        "legislature": standing.legislature,
        "session": standing.session,
        "print_no": standing.print_no,
        "status": standing.status,
        "words": standing.words,
        "chamber": standing.chamber or None,
        "committee": standing.committee or None,
        "date": _iso(standing.date),
        "outcome": standing.outcome,
        "via": standing.via_base or None,
        "stages": [
            {
                "stage": stage.code,
                "chamber": stage.chamber or None,
                "date": _iso(stage.date),
                "committee": stage.committee or None,
            }
            for stage in standing.stages
        ],
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
