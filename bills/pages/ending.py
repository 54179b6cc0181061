"""How a bill died or was voted down, said plainly: whether it came to a vote, when it last moved, and who held it.

Pure, and only what the record says. Whether a chamber voted is read from all lines: a bill that has gone back to a
committee may have been passed before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from bills.pages.defeat import Defeat, defeat_of
from bills.stages import ActionLine, Note, Standing, committee_in_words
from bills.wording import day_in_words, in_words

DEATHS = frozenset({"died", "filed_end_of_session"})
_IN_COMMITTEE = frozenset({"IN_SENATE_COMM", "IN_ASSEMBLY_COMM", "IN_COMMITTEE", "LAID_OVER"})
_VOTED_IN_COMMITTEE = (
    "REPORTED", "REPORT CAL", "RULES REPORT", "DEFEATED IN", "HELD FOR CONSIDERATION", "APPROVED BY COMMITTEE",
    "ORDERED TO BE REPORTED",
)  # fmt: skip
# Votes of a whole house that change no stage: on ending a debate, on a motion, on suspending the rules. Of Congress and
# the Assembly no roll calls are in our sources, so that lines are all that tells of them.
_FLOOR_VOTE = re.compile(r"\bVOTES?\b|\bYEAS\b|\bCLOTURE\b|\bFAILED\b|\bLOST\b|\bDEFEATED\b(?! IN\b)")
_OF_COMMITTEE = re.compile(r"\bORDERED TO BE REPORTED\b|\bSUBCOMMITTEE\b|\bREPORTED BY\b")
_PASSED = {"PASSED_SENATE": "senate", "PASSED_ASSEMBLY": "assembly", "PASSED_HOUSE": "house"}


@dataclass(frozen=True, slots=True)
class Ending:
    """`lead` in a few words, `moved` in a sentence or a few; "" where the record does not tell.

    `tells_passage` where the lead names the one house that passed it, `tells_note` where `moved` tells what the
    standing's note does.
    """

    lead: str
    moved: str
    tells_passage: bool = False
    tells_note: bool = False


def ending_of(
    standing: Standing, actions: Sequence[ActionLine], votes: Iterable[dict[str, Any]]
) -> Ending | None:
    """None for a bill that has neither died nor been voted down.

    `votes` are roll calls as `for_page()` reads them, with their `committee`, "" on the floor.
    """
    votes = list(votes)
    if standing.outcome == "lost":
        return _voted_down(standing, defeat_of(standing, actions, votes))
    if standing.outcome not in DEATHS or standing.ended_on is None:
        return None
    if not actions:
        ended = {"ended": day_in_words(standing.ended_on)}
        return Ending(
            gettext("Died when the session ended on %(ended)s.") % ended,
            gettext("Our source lists no actions for it."),
        )
    was_taken_back = standing.status not in _PASSED and any(
        "VOTE RECONSIDERED" in action.text.upper() for action in actions
    )
    defeat = defeat_of(standing, actions, votes)
    note = _note_of_committee(standing)
    parts = [defeat.said, defeat.count] if defeat and (defeat.on_floor or not note) else []
    parts += _noted(standing, note, defeat) if note else [_moved(standing, actions)]
    moved = " ".join(part for part in parts if part)
    if len(passed := _passed(standing)) == 1 and not was_taken_back:
        return Ending(_passed_one(passed.pop()), moved, tells_passage=True, tells_note=note is not None)
    lead = _lead_of_defeat(defeat) if defeat else _lead(standing, actions, votes, bool(passed))
    return Ending(lead, moved, tells_note=note is not None)


def _voted_down(standing: Standing, defeat: Defeat | None) -> Ending:
    count = defeat.count if defeat else ""
    return Ending(
        f"{in_words(standing)}.", count or gettext("How many voted for and against it is not in our source.")
    )


def _lead_of_defeat(defeat: Defeat) -> str:
    if not defeat.on_floor:
        return gettext("Died after a committee voted it down.")
    return {
        "senate": gettext("Died after the Senate voted it down."),
        "assembly": gettext("Died after the Assembly voted it down."),
        "house": gettext("Died after the House voted it down."),
    }.get(defeat.chamber, gettext("Died after the Council voted it down."))


def _note_of_committee(standing: Standing) -> Note | None:
    """That the committee took the bill up since it came there, and held it or voted it down."""
    note = standing.note
    return note if note and note.kind in {"held", "defeated"} and standing.committee else None


def _noted(standing: Standing, note: Note, defeat: Defeat | None) -> list[str]:
    told = {
        "committee": committee_in_words(standing.committee, standing.chamber),
        "day": day_in_words(standing.date) if standing.date else "",
        "noted": day_in_words(note.date),
        "ended": day_in_words(standing.ended_on) if standing.ended_on else "",
    }
    if note.kind == "held":
        words = gettext(
            "It was sent to the %(committee)s on %(day)s, which took it up on %(noted)s and held it until the session "
            "ended on %(ended)s."
        )
        return [words % told]
    words = gettext("It was sent to the %(committee)s on %(day)s, which voted it down on %(noted)s.")
    return [words % told, defeat.count if defeat and not defeat.on_floor else ""]


def _passed(standing: Standing) -> set[str]:
    """The chambers that passed it, as far as its rungs tell: those it stands on, and the furthest."""
    reached = {stage.code for stage in standing.stages if not stage.backfilled} | {standing.status}
    if standing.furthest:
        reached.add(standing.furthest.code)
    return {_PASSED[code] for code in reached & _PASSED.keys()}


def _passed_one(chamber: str) -> str:
    return {
        "senate": gettext("Died after passing only the Senate."),
        "assembly": gettext("Died after passing only the Assembly."),
        "house": gettext("Died after passing only the House."),
    }[chamber]


def _lead(
    standing: Standing, actions: Sequence[ActionLine], votes: list[dict[str, Any]], has_passed: bool
) -> str:
    texts = [" ".join(action.text.upper().split()) for action in actions]
    on_floor = any(not vote["committee"] for vote in votes) or any(
        "PASSED" in text
        or "RECONSIDER" in text
        or "APPROVED BY COUNCIL" in text
        or (_FLOOR_VOTE.search(text) and not _OF_COMMITTEE.search(text))
        for text in texts
    )
    if has_passed or on_floor:
        return gettext("Died at the end of its session.")
    in_committee = any(vote["committee"] for vote in votes) or any(
        sign in text for text in texts for sign in _VOTED_IN_COMMITTEE
    )
    if in_committee or standing.status not in _IN_COMMITTEE | {"INTRODUCED", "FILED"}:
        return gettext("Died without a vote on the floor.")
    return gettext("Died without a vote.")


def _moved(standing: Standing, actions: Sequence[ActionLine]) -> str:
    if standing.outcome == "died" and standing.status == "FILED" and standing.ended_on:
        return gettext("It was filed on %(ended)s, which ended it.") % {
            "ended": day_in_words(standing.ended_on)
        }
    ended_on, moved_on = standing.ended_on, standing.date
    if ended_on is not None and standing.outcome == "filed_end_of_session":
        # That it was filed is its end; what is asked for is its last move before.
        moved_on = max((action.date for action in actions if action.date < ended_on), default=None)
    if moved_on is None or ended_on is None:
        return ""
    days = (ended_on - moved_on).days
    status = standing.status
    # Amended, and sent back to the committee that had it: when that one first got it is not told here.
    was_sent_back = any(action.date == moved_on and "RECOMMIT" in action.text.upper() for action in actions)
    told = {
        "day": day_in_words(moved_on),
        "ended": day_in_words(ended_on),
        "days": days,
        "committee": committee_in_words(standing.committee, standing.chamber) if standing.committee else "",
    }
    if days < 1:
        return ""
    if (status in _IN_COMMITTEE or status == "INTRODUCED") and told["committee"] and not was_sent_back:
        words = ngettext(
            "It last moved on %(day)s, when it was sent to the %(committee)s, which held it for %(days)d day until "
            "the session ended on %(ended)s.",
            "It last moved on %(day)s, when it was sent to the %(committee)s, which held it for %(days)d days until "
            "the session ended on %(ended)s.",
            days,
        )
        if status == "LAID_OVER":
            words = ngettext(
                "It last moved on %(day)s, when the %(committee)s laid it over, and was held there for %(days)d day "
                "until the session ended on %(ended)s.",
                "It last moved on %(day)s, when the %(committee)s laid it over, and was held there for %(days)d days "
                "until the session ended on %(ended)s.",
                days,
            )
    elif status == "SENATE_FLOOR":
        words = ngettext(
            "It last moved on %(day)s, when it stood on the Senate floor calendar, and waited there for %(days)d "
            "day until the session ended on %(ended)s.",
            "It last moved on %(day)s, when it stood on the Senate floor calendar, and waited there for %(days)d "
            "days until the session ended on %(ended)s.",
            days,
        )
    elif status == "ASSEMBLY_FLOOR":
        words = ngettext(
            "It last moved on %(day)s, when it stood on the Assembly floor calendar, and waited there for %(days)d "
            "day until the session ended on %(ended)s.",
            "It last moved on %(day)s, when it stood on the Assembly floor calendar, and waited there for %(days)d "
            "days until the session ended on %(ended)s.",
            days,
        )
    else:
        words = ngettext(
            "It last moved on %(day)s, and the record shows no move in the %(days)d day until the session ended on "
            "%(ended)s.",
            "It last moved on %(day)s, and the record shows no move in the %(days)d days until the session ended on "
            "%(ended)s.",
            days,
        )
    return words % told
