"""Congress: what the action lines of congress.gov state of a bill or resolution.

Congress publishes no status field; the codes are ours and follow the tracker of congress.gov. The same event
often appears twice, from the chamber and from the Library of Congress, so a stage keeps its first day.
docs/status-rules.md lists every text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bills.stages.standing import ActionLine, StageReached, Standing, plain

LADDER = ("INTRODUCED", "REPORTED", "PASSED_HOUSE", "PASSED_SENATE", "TO_PRESIDENT")
CODES = frozenset({*LADDER, "BECAME_LAW", "VETOED", "ADOPTED"})

# The first that fits decides. Texts of rules and motions name passage too, hence the anchors.
_RULES = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("law", r"^BECAME (?:PUBLIC|PRIVATE) LAW"),
        ("signed", r"^SIGNED BY PRESIDENT"),
        ("vetoed", r"^(?:POCKET )?VETOED BY PRESIDENT"),
        ("overridden", r"^PASSED (?:HOUSE|SENATE) OVER VETO"),
        ("overridden", r"^TWO-THIRDS OF THE (?:MEMBERS|SENATORS).{0,200} PASSED"),
        ("overridden", r"OBJECTIONS OF THE PRESIDENT TO THE CONTRARY NOTWITHSTANDING PASSED"),
        ("", r"^FAILED|\bFAILED BY\b|OVER VETO|CONTRARY NOTWITHSTANDING"),
        ("presented", r"^PRESENTED TO PRESIDENT"),
        ("passed", r"^PASSED(?:/AGREED TO)? (?:IN )?(?:THE )?(HOUSE|SENATE)\b"),
        ("passed", r"^(?:RESOLUTION )?AGREED TO IN (HOUSE|SENATE)\b"),
        ("passed", r"^SUBMITTED IN THE (SENATE), CONSIDERED, AND AGREED TO"),
        ("passed", r"^ON PASSAGE PASSED\b|^PASSED BY\b"),
        ("passed", r"^ON MOTION TO SUSPEND THE RULES AND (?:PASS|AGREE TO) THE .{1,80} AGREED TO\b"),
        ("passed", r"^ON AGREEING TO THE (?:CONCURRENT )?RESOLUTION\b.{0,60} AGREED TO\b"),
        ("reported", r"^REPORTED\b|^COMMITTEE ON .{1,120}\. REPORTED BY|^REPORTS FAVORABLY"),
        ("discharged", r"\bDISCHARGED\b"),
        ("received", r"^RECEIVED IN THE (HOUSE|SENATE)"),
        ("referred", r"\bREFERRED TO THE (?:HOUSE |SENATE )?COMMITTEE ON "),
        ("cleared", r"^CLEARED FOR WHITE HOUSE"),
        ("introduced", r"^INTRODUCED\b"),
    )
)
_LAW_NUMBER = re.compile(r"LAW NO: ?([0-9]{1,4}-[0-9]{1,5})")
_REFERRAL = re.compile(r"\breferred to the (?:House |Senate )?(Committee on [^.;(]{1,160})", re.IGNORECASE)
_FURTHER_COMMITTEES = re.compile(
    r",? and in addition\b|,? for a period\b|, and to the\b|, the Committee\b", re.IGNORECASE
)
_SIMPLE = {"HRES", "SRES"}
_CONCURRENT = {"HCONRES", "SCONRES"}


def meaning_of(text: str) -> tuple[str, str]:
    """What a text in capitals says, and the house or committee it names: ("passed", "house"), ("", "")."""
    for kind, pattern in _RULES:
        if found := pattern.search(text):
            return kind, next((group for group in found.groups() if group), "")
    return "", ""


@dataclass(slots=True)
class _Course:
    reached: dict[str, StageReached] = field(default_factory=dict)
    chamber: str = ""  # where it lies now
    committee: str = ""
    cleared: bool = False
    passed: list[str] = field(default_factory=list)
    overridden: set[str] = field(default_factory=set)
    outcome: str | None = None
    ended_on: date | None = None
    signed: bool = False
    law_number: str = ""

    def reach(self, code: str, day: date, chamber: str = "", committee: str = "") -> None:
        if code not in self.reached:
            self.reached[code] = StageReached(code, chamber, day, committee)


def read(
    session: int,
    print_no: str,
    actions: Sequence[ActionLine],
    *,
    as_of: date,
    session_ends: date | None,
    referred_to: str = "",
) -> Standing:
    """Where a measure of Congress stands.

    `referred_to` is the committee its record names, used where no line names one.
    """
    designator = re.sub(r"[^A-Z]", "", print_no.upper())
    origin = "senate" if designator.startswith("S") else "house"
    course = _Course(chamber=origin)
    for action in actions:
        _follow(course, action, designator)
    if actions:
        _introduce(course, actions[0], origin)
    status = list(course.reached)[-1] if course.reached else "INTRODUCED"
    outcome, ended_on = course.outcome, course.ended_on
    passed_both = {"house", "senate"} <= set(course.passed)
    # Ten days may run past the end of a Congress; a bill the houses never agreed on in one text just dies.
    with_president = course.cleared or "TO_PRESIDENT" in course.reached
    if (
        outcome is None
        and actions
        and session_ends is not None
        and as_of > session_ends
        and not with_president
    ):
        outcome, ended_on = "died", session_ends
    settled = status in {"BECAME_LAW", "VETOED", "ADOPTED", "TO_PRESIDENT"}
    return Standing(
        legislature="us",
        session=session,
        print_no=print_no,
        as_of=as_of,
        status=status,
        chamber="" if settled else course.chamber,
        committee=""
        if settled or status == "REPORTED"
        else (course.committee or ("" if course.passed else referred_to)),
        date=course.reached[status].date if status in course.reached else None,
        outcome=outcome,
        ended_on=ended_on,
        stages=tuple(course.reached.values()),
        chapter=course.law_number if status == "BECAME_LAW" else "",
        law_since=ended_on if status == "BECAME_LAW" else None,
        is_resolution=designator in _SIMPLE | _CONCURRENT,
        passed_both=passed_both,
        last_action=actions[-1] if actions else None,
        session_ends=session_ends,
    )


def _introduce(course: _Course, first: ActionLine, origin: str) -> None:
    """A measure is referred the day it is introduced; a list that begins later does not tell the day."""
    if "INTRODUCED" not in course.reached:
        day = first.date if meaning_of(plain(first.text))[0] == "referred" else None
        course.reached = {"INTRODUCED": StageReached("INTRODUCED", origin, day), **course.reached}


def _follow(course: _Course, action: ActionLine, designator: str) -> None:
    text = plain(action.text)
    kind, detail = meaning_of(text)
    chamber = (action.chamber or "").strip().lower()
    chamber = chamber if chamber in {"house", "senate"} else ""
    if kind == "introduced":
        if not course.reached:
            course.reach("INTRODUCED", action.date, chamber or course.chamber)
    elif kind == "referred":
        course.chamber = chamber or course.chamber
        course.committee = _committee(action.text)
    elif kind == "received":
        course.chamber, course.committee = detail.lower(), _committee(action.text)
    elif kind == "reported":
        if not course.passed:
            course.reach("REPORTED", action.date, chamber or course.chamber, course.committee)
        course.committee = ""
    elif kind == "discharged":
        course.committee = ""
    elif kind == "passed":
        _pass(course, detail.lower() or chamber, action.date, designator)
    elif kind == "cleared":
        course.cleared = True
    elif kind == "presented":
        course.reach("TO_PRESIDENT", action.date)
    elif kind == "vetoed":
        course.reach("VETOED", action.date)
        course.outcome, course.ended_on = "vetoed", course.reached["VETOED"].date
    elif kind == "overridden":
        house = "house" if "HOUSE" in text[:14] else "senate" if "SENATE" in text[:14] else chamber
        course.overridden.add(house)
        if {"house", "senate"} <= course.overridden:
            _become_law(course, "veto_overridden", action.date)
    elif kind == "signed":
        _become_law(course, "signed", action.date)
    elif kind == "law":
        number = _LAW_NUMBER.search(text)
        course.law_number = number[1] if number else course.law_number
        _become_law(course, "veto_overridden" if "VETOED" in course.reached else "enacted", action.date)


def _become_law(course: _Course, outcome: str, day: date) -> None:
    """The first line that makes it law gives the day and the way; a law number alone does not say how."""
    if "BECAME_LAW" in course.reached:
        return
    course.reached.pop("VETOED", None)
    course.reach("BECAME_LAW", day)
    course.outcome, course.ended_on = outcome, day


def _pass(course: _Course, chamber: str, day: date, designator: str) -> None:
    if chamber not in {"house", "senate"} or "BECAME_LAW" in course.reached:
        return
    course.committee = ""
    if chamber not in course.passed:
        course.passed.append(chamber)
    needed = {"house", "senate"} if designator not in _SIMPLE else {chamber}
    if designator in _SIMPLE | _CONCURRENT and needed <= set(course.passed):
        course.reach("ADOPTED", day, chamber)
        if course.outcome is None:
            course.outcome, course.ended_on = "adopted", day
    else:
        course.reach(f"PASSED_{chamber.upper()}", day, chamber)
        course.chamber = "senate" if chamber == "house" else "house"
    if len(course.passed) == 2:
        course.chamber = ""


def _committee(text: str) -> str:
    """The first committee that a referral names, as printed; a bill can go to several at once."""
    found = _REFERRAL.search(" ".join(text.split()))
    return _FURTHER_COMMITTEES.split(found[1])[0].strip() if found else ""
