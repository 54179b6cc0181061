"""New York: what one line of the record says. bills/stages/new_york.py says what the lines add up to.

The patterns are the official system's, on text in capitals; docs/status-rules.md lists the texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bills.stages.standing import ActionLine, Note

_COMMITTEE = re.compile(r"(?:REFERRED|COMMITTED|RECOMMIT) TO (.{1,150})")
_FLOOR = re.compile(r"REPORT CAL|THIRD READING|3RD READING|RULES REPORT")
_CALENDAR = re.compile(r"CAL\.([0-9]{1,6})")
_PASSED = re.compile(r"PASSED (ASSEMBLY|SENATE)")
_SIGNED = re.compile(r"SIGNED CHAP\.([0-9]{1,6})")
_CHAPTER = re.compile(r"CHAPTER ([0-9]{1,6})")
_VETO = re.compile(r"VETO(?:ED)? MEMO|POCKET VETO")
_VETO_MEMO = re.compile(r"(?:MEMO|VETO)\.([0-9]{1,6})")
OVERRIDE = re.compile(r"VETO OVERRIDDEN|OVERRIDE OF VETO|NOTWITHSTANDING (?:THE )?OBJECTIONS")

_PRINT_NUMBER = r"[0-9]{1,6}([A-Z]?)(?![0-9A-Z])"
_NEW_PRINT = re.compile(
    rf"PRINT NUMBER {_PRINT_NUMBER}"
    rf"|AMEND(?:ED)? (?:ON THIRD READING )?(?:\(T\) )?{_PRINT_NUMBER}"
    rf"|AMEND(?:ED)? (?:\(T\) )?AND RECOMMIT(?:TED)? TO RULES {_PRINT_NUMBER}"
    rf"|AMEND(?:ED)? BY RESTORING TO (?:PREVIOUS|ORIGINAL) PRINT {_PRINT_NUMBER}"
)

SUBSTITUTED = re.compile(
    r"SUBSTITUTED (BY|FOR) ([A-Z])[^A-Z0-9]{0,3}0{0,5}([0-9]{1,6})-?([A-Z]?)(?![0-9A-Z])"
)

_NOTES = (
    ("held", re.compile(r"HELD FOR CONSIDERATION IN (.{1,150})")),
    ("defeated", re.compile(r"DEFEATED IN (.{1,150})")),
    ("recalled_from_governor", re.compile(r"RECALLED FROM (GOVERNOR)")),
    ("recalled", re.compile(r"RECALLED FROM (SENATE|ASSEMBLY)")),
    ("died_in_house", re.compile(r"DIED IN (SENATE|ASSEMBLY)")),
    ("reference_changed", re.compile(r"REFERENCE CHANGED TO (.{1,150})")),
    ("attorney_general", re.compile(r"TO ATTORNEY-GENERAL FOR OPINION")),
)
CONSTITUTIONAL = re.compile(r"ATTORNEY-GENERAL FOR OPINION|OPINION REFERRED TO|SECRETARY OF STATE")


class Meaning(NamedTuple):
    """What one text says: a kind of move and its detail (a committee, a calendar number, a chapter ...)."""

    kind: str
    detail: str = ""


@lru_cache(maxsize=4096)
def meaning_of(text: str) -> Meaning | None:
    """What a text in capitals moves a bill to, or None. The first rule that fits decides."""
    if found := _COMMITTEE.search(text):
        return Meaning("committee", found[1])
    if _FLOOR.search(text):
        calendar = _CALENDAR.search(text)
        return Meaning("floor", calendar[1] if calendar else "")
    if found := _PASSED.search(text):
        return Meaning("passed", found[1].lower())
    if "DELIVERED TO GOVERNOR" in text:
        return Meaning("delivered")
    if found := _SIGNED.search(text):
        return Meaning("signed", found[1])
    if found := _CHAPTER.search(text):
        return Meaning("chapter", found[1])
    if _VETO.search(text):
        if "LINE" in text:
            return None
        memo = _VETO_MEMO.search(text)
        return Meaning("vetoed", memo[1] if memo else "")
    if "ENACTING CLAUSE STRICKEN" in text:
        return Meaning("stricken")
    if text == "LOST":
        return Meaning("lost")
    return None


def committee_case(name: str) -> str:
    """WAYS AND MEANS -> "Ways And Means": a capital after each space, as the official system does."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in name.split())


def active_amendment(texts: Sequence[str]) -> str:
    """The letter of the print in force, "" for the original; it can go back to an earlier one."""
    letter = ""
    for text in texts:
        if ("PRINT" in text or "AMEND" in text) and (found := _NEW_PRINT.search(text)):
            letter = next((group for group in found.groups() if group), "")
    return letter


def note_after(actions: Sequence[ActionLine], texts: Sequence[str], *, after: int) -> Note | None:
    note = None
    for action, text in zip(actions[after:], texts[after:], strict=True):
        for kind, pattern in _NOTES:
            if found := pattern.search(text):
                note = Note(kind, action.date, committee_case(found[1]) if pattern.groups else "")
                break
    return note
