"""How a bill stands, computed from its action list and from nothing else.

    standing = read_standing("ny", 2019, "S1747", actions, today=today)
    standing.status, standing.words, standing.outcome, standing.stages
    steps(standing, ladder("ny", "S1747"))

Pure: the clock, the substitute and every action are arguments. The whole list is read anew each time, so a
bill can go backwards and an undone substitution leaves no trace. docs/status-rules.md has the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bills.print_numbers.sessions import session_end
from bills.stages import congress, council, new_york, words
from bills.stages.ladders import CURRENT, NOT_REACHED, REACHED, SKIPPED, Rung, Step, ladder, steps
from bills.stages.standing import (
    EXECUTIVE_MAY_ACT_FOR,
    LAW_OUTCOMES,
    OUTCOMES,
    ActionLine,
    Note,
    StageReached,
    Standing,
    as_json,
    in_order,
)
from bills.stages.words import committee_in_words, english_day, explanation, headline

__all__ = [
    "CODES",
    "CURRENT",
    "EXECUTIVE_MAY_ACT_FOR",
    "LAW_OUTCOMES",
    "NOT_REACHED",
    "OUTCOMES",
    "REACHED",
    "SKIPPED",
    "ActionLine",
    "Note",
    "Rung",
    "StageReached",
    "Standing",
    "Step",
    "as_json",
    "committee_in_words",
    "english_day",
    "explanation",
    "headline",
    "ladder",
    "read_standing",
    "steps",
    "with_substitute",
]

CODES = {"ny": new_york.CODES, "nyc": council.CODES, "us": congress.CODES}


def read_standing(
    legislature: str,
    session: int,
    print_no: str,
    actions: Iterable[ActionLine],
    *,
    today: date,
    substitute: Standing | None = None,
    referred_to: str = "",
) -> Standing:
    """Read where one bill stands on `today`.

    `print_no` is the base print number. `substitute` is the standing of the bill that replaced this one,
    where the caller has it; it is used only while the substitution holds. `referred_to` is the committee the
    record names, for the Council and Congress, whose referral lines often do not. Actions dated after `today`
    are not counted: they are in `held`. Raises ValueError for an unknown legislature, and for nothing else.
    """
    ordered = in_order(actions)
    counted = [action for action in ordered if action.date <= today]
    held = tuple(action for action in ordered if action.date > today)
    try:
        ends = session_end(legislature, session)
    except ValueError:
        ends = None  # a session that its legislature never had cannot be over
    if legislature == "ny":
        standing = new_york.read(session, print_no, counted, as_of=today, session_ends=ends)
    elif legislature in {"nyc", "us"}:
        rules = council if legislature == "nyc" else congress
        standing = rules.read(
            session, print_no, counted, as_of=today, session_ends=ends, referred_to=referred_to or ""
        )
    else:
        raise ValueError(f"{legislature!r:.40} is no legislature; expected ny, nyc or us.")
    return _in_words(replace(standing, held=held, substitute=_in_force(standing, substitute)))


def with_substitute(standing: Standing, substitute: Standing | None) -> Standing:
    """The same standing, saying what became of the bill that replaced it.

    One hop: if that bill was replaced in its turn, this one does not follow.
    """
    return _in_words(replace(standing, substitute=_in_force(standing, substitute)))


def _in_force(standing: Standing, substitute: Standing | None) -> Standing | None:
    if standing.outcome != "substituted":
        return None
    return substitute or standing.substitute


def _in_words(standing: Standing) -> Standing:
    return replace(standing, words=words.headline(standing), explanation=words.explanation(standing))
