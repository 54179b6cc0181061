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

_COMMITTEE = r"(?:HOUSE |SENATE )?(?:(?:PERMANENT )?SELECT |SPECIAL |JOINT )?COMMITTEES? ON "
# The Senate has presidents of its own, who sign every enrolled bill before it goes to the President.
_PRESIDENT = r"PRESIDENT\b(?! PRO TEM|,? OF THE SENATE\b)"
_BETWEEN_HOUSES = r"^(?:RESOLVING DIFFERENCES -- (?:HOUSE|SENATE) ACTIONS:? ?)?"
# The first that fits decides. Texts of rules and motions name passage too, hence the anchors.
_RULES = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("law", r"^BECAME (?:PUBLIC|PRIVATE) LAW\b|^(?:PUBLIC|PRIVATE) LAW NO\b"),
        ("unsigned", r"^SENT TO (?:THE )?ARCHIVIST OF THE UNITED STATES UNSIGNED"),
        ("signed", rf"^(?:MEASURE )?SIGNED BY (?:THE )?{_PRESIDENT}"),
        ("vetoed", rf"^(?:POCKET |MEASURE )?VETOED BY (?:THE )?{_PRESIDENT}"),
        ("overridden", r"^PASSED (HOUSE|SENATE) OVER VETO"),
        ("two_thirds", r"^TWO-THIRDS OF THE (?:MEMBERS|SENATORS)(?!.{0,200} NOT ).{0,200} PASSED"),
        ("overridden", r"OBJECTIONS OF THE PRESIDENT TO THE CONTRARY NOTWITHSTANDING,? PASSED"),
        ("", r"OVER VETO|CONTRARY NOTWITHSTANDING"),
        (
            "reopened",
            r"\bTO RECONSIDER THE VOTE BY WHICH\b.{0,160} (?:FAILED|REJECTED|NOT AGREED TO)\b"
            r".{0,80} (?:ENTERED|AGREED TO)\b",
        ),
        # Suspension needs two thirds: without them the bill can still come up under a rule.
        ("", r"\bSUSPEND THE RULES\b.{0,300} FAILED\b|\bCONFERENCE REPORT\b.{0,200} (?:FAILED|REJECTED)\b"),
        ("lost", r"^FAILED OF PASSAGE(?:/NOT AGREED TO)? IN (?:THE )?(HOUSE|SENATE)\b"),
        ("lost", r"^ON PASSAGE(?: OF THE [A-Z ]{1,30})?,? FAILED\b"),
        ("lost", r"^ON AGREEING TO THE (?:CONCURRENT )?RESOLUTION\b.{0,60} FAILED\b"),
        ("lost", r"^RESOLUTION (?:NOT AGREED TO|REJECTED) IN (HOUSE|SENATE)\b"),
        ("", r"^FAILED|\bFAILED BY\b"),
        ("presented", rf"^(?:MEASURE )?PRESENTED TO (?:THE )?{_PRESIDENT}"),
        ("conference", r"^CONFERENCE REPORT AGREED TO IN (?:THE )?(HOUSE|SENATE)\b"),
        ("conference", _BETWEEN_HOUSES + r"(HOUSE|SENATE) AGREED TO (?:THE )?CONFERENCE REPORT\b"),
        (
            "conference",
            r"^ON (?:AGREEING TO|MOTION TO SUSPEND THE RULES AND AGREE TO) THE CONFERENCE REPORT\b"
            r".{0,80} AGREED TO\b",
        ),
        (
            "concurred",
            _BETWEEN_HOUSES + r"ON MOTION (?!.{0,200}\bINSTRUCT).{0,160}\b(?:AGREE|CONCUR)\b"
            r".{0,160}\b(?:HOUSE|SENATE) AMENDMENTS?\b.{0,160} AGREED TO\b",
        ),
        (
            "concurred",
            _BETWEEN_HOUSES + r"(?:PURSUANT TO .{1,120}, )?(?:THE )?(?:HOUSE|SENATE) "
            r"(?:AGREED|CONCURRED|RECEDED)\b.{0,200}\bAMENDMENTS?\b",
        ),
        ("passed", r"^PASSED(?:/AGREED TO)? (?:IN )?(?:THE )?(HOUSE|SENATE)\b"),
        ("passed", r"^(?:RESOLUTION )?AGREED TO IN (HOUSE|SENATE)\b"),
        (
            "passed",
            r"^(?:RECEIVED|INTRODUCED|SUBMITTED) IN THE (HOUSE|SENATE),.{0,160}\b(?:PASSED|AGREED TO)\b",
        ),
        ("passed", r"^ON PASSAGE(?: OF THE [A-Z ]{1,30})?,? PASSED\b|^PASSED BY\b"),
        ("passed", r"^ON MOTION TO SUSPEND THE RULES AND (?:PASS|AGREE TO) THE .{1,80} AGREED TO\b"),
        ("passed", r"^ON AGREEING TO THE (?:CONCURRENT )?RESOLUTION\b.{0,60} AGREED TO\b"),
        ("passed", r"^PURSUANT TO .{1,200} THE FOLLOWING BILLS PASSED UNDER SUSPENSION OF THE RULES\b"),
        ("deemed", r"^PURSUANT TO .{1,200}, (.{1,30}) IS CONSIDERED PASSED HOUSE\b"),
        ("reported", r"^REPORTED\b|^REPORTS FAVORABLY"),
        ("reported", rf"^{_COMMITTEE}.{{1,120}}\. (?:ORIGINAL MEASURE )?REPORTED (?:BY|TO)\b"),
        ("reported", rf"^THE {_COMMITTEE}.{{1,120}} REPORTED AN ORIGINAL MEASURE\b"),
        ("discharged", r"^(?!SUBCOMMITTEE\b).*\bDISCHARGED\b"),
        ("received", r"^RECEIVED IN THE (HOUSE|SENATE)"),
        ("recommitted", rf"^(?:MEASURE |BILL )?RECOMMITTED TO (?:THE )?{_COMMITTEE}"),
        ("referred", rf"\bREFERRED (?:JOINTLY )?TO THE {_COMMITTEE}"),
        ("cleared", r"^CLEARED FOR WHITE HOUSE"),
        ("introduced", r"^INTRODUCED\b|^SUBMITTED IN (?:THE )?(HOUSE|SENATE)\b"),
    )
)
_LAW_NUMBER = re.compile(r"\bPUBLIC LAW(?: NO:?)? ?([0-9]{1,4}-[0-9]{1,5})")
_AMENDED = re.compile(r"\bAS AMENDED\b|\(AMENDED\)|\bWITH (?:AN |A FURTHER |FURTHER )?AMENDMENTS?\b")
_REFERRAL = re.compile(
    r"(?:referred (?:jointly )?|committed )to (?:the )?(?:House |Senate )?"
    r"((?:(?:Permanent )?Select |Special |Joint )?Committees? on [^.;(]{1,160})",
    re.IGNORECASE,
)
_FURTHER_COMMITTEES = re.compile(
    r",? and in addition\b|,? for a period\b|, and to the\b|, the Committee\b| by unanimous consent\b"
    r"| pursuant to\b| with instructions\b",
    re.IGNORECASE,
)
_DISCHARGED_COMMITTEE = re.compile(rf"{_COMMITTEE}(.{{1,120}}?),? DISCHARGED\b")
_SIMPLE = {"HRES", "SRES"}
_CONCURRENT = {"HCONRES", "SCONRES"}
_BOTH = {"house", "senate"}
# A day's lines come in no sure order, so what ends a bill is not always listed last.
_ORDER = {"INTRODUCED": 0, "REPORTED": 1, "PASSED_HOUSE": 2, "PASSED_SENATE": 2, "TO_PRESIDENT": 3}


def meaning_of(text: str) -> tuple[str, str]:
    """What a text in capitals says, and the house or measure it names: ("passed", "HOUSE"), ("", "")."""
    for kind, pattern in _RULES:
        if found := pattern.search(text):
            return kind, next((group for group in found.groups() if group), "")
    return "", ""


@dataclass(slots=True)
class _Course:
    designator: str
    measure: str  # the print number in bare capitals and digits
    reached: dict[str, StageReached] = field(default_factory=dict)
    chamber: str = ""  # where it lies now
    committee: str = ""
    cleared: bool = False  # a line says that both houses have settled on one text
    same_text: bool = False  # the second house passed it, as far as its line says unchanged
    passed: list[str] = field(default_factory=list)
    conference: set[str] = field(default_factory=set)  # the houses that agreed to its report
    overridden: set[str] = field(default_factory=set)
    lost_in: str = ""
    lost_on: date | None = None
    outcome: str | None = None
    ended_on: date | None = None
    law_number: str = ""

    def reach(self, code: str, day: date, chamber: str = "", committee: str = "") -> None:
        if code not in self.reached:
            self.reached[code] = StageReached(code, chamber, day, committee)

    def reopen(self) -> None:
        self.lost_in, self.lost_on = "", None


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
    course = _Course(designator, _bare(print_no.upper()), chamber=origin)
    for action in actions:
        _follow(course, action)
    if actions:
        _introduce(course, actions[0], origin)
    stages = sorted(course.reached.values(), key=lambda stage: _ORDER.get(stage.code, 4))
    status = stages[-1].code if stages else "INTRODUCED"
    outcome, ended_on = course.outcome, course.ended_on
    if outcome is None and course.lost_on is not None:
        outcome, ended_on = "lost", course.lost_on
        course.chamber, course.committee = course.lost_in, ""
    # Ten days may run past the end of a Congress; a bill the houses never agreed on in one text just dies.
    with_president = course.cleared or course.same_text or "TO_PRESIDENT" in course.reached
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
        if settled or status == "REPORTED" or outcome == "lost"
        else (course.committee or ("" if course.passed else referred_to)),
        date=course.reached[status].date if status in course.reached else None,
        outcome=outcome,
        ended_on=ended_on,
        stages=tuple(stages),
        chapter=course.law_number if status == "BECAME_LAW" else "",
        law_since=ended_on if status == "BECAME_LAW" else None,
        is_resolution=designator in _SIMPLE | _CONCURRENT,
        passed_both=set(course.passed) >= _BOTH,
        last_action=actions[-1] if actions else None,
        session_ends=session_ends,
    )


def _introduce(course: _Course, first: ActionLine, origin: str) -> None:
    """A measure is referred the day it is introduced; a list that begins later does not tell the day."""
    if "INTRODUCED" not in course.reached:
        text = plain(first.text)
        tells = meaning_of(text)[0] == "referred" or text.startswith(("INTRODUCED", "SUBMITTED"))
        day = first.date if tells else None
        course.reached = {"INTRODUCED": StageReached("INTRODUCED", origin, day), **course.reached}


def _follow(course: _Course, action: ActionLine) -> None:
    text = plain(action.text)
    kind, detail = meaning_of(text)
    chamber = (action.chamber or "").strip().lower()
    chamber = chamber if chamber in _BOTH else ""
    if kind == "introduced":
        if not course.reached:
            course.reach("INTRODUCED", action.date, chamber or course.chamber)
    elif kind in {"referred", "recommitted"}:
        course.chamber = chamber or course.chamber
        course.committee = _committee(action.text)
        if kind == "recommitted" and not course.passed:
            course.reached.pop("REPORTED", None)
    elif kind == "received":
        course.chamber, course.committee = detail.lower(), _committee(action.text)
    elif kind == "reported":
        if not course.passed:
            course.reach("REPORTED", action.date, chamber or course.chamber, course.committee)
        course.committee = ""
    elif kind == "discharged":
        _discharge(course, action.text)
    elif kind in {"passed", "two_thirds", "deemed"}:
        _vote(course, kind, detail, chamber, action.date, text)
    elif kind == "lost":
        _lose(course, detail.lower() or chamber or course.chamber, action.date)
    elif kind == "reopened":
        course.reopen()
    elif kind == "conference":
        course.conference.add(detail.lower() or chamber)
        course.cleared = course.cleared or course.conference >= _BOTH
    elif kind == "concurred":
        course.cleared = not _AMENDED.search(text)
        course.same_text = course.same_text and course.cleared
    elif kind == "cleared":
        course.cleared = True
    else:
        _reach_the_president(course, kind, detail.lower() or chamber, action.date, text)
    _adopt(course, action.date, chamber)


def _reach_the_president(course: _Course, kind: str, chamber: str, day: date, text: str) -> None:
    if kind == "presented":
        course.reach("TO_PRESIDENT", day)
    elif kind == "vetoed" and "BECAME_LAW" not in course.reached:
        course.reach("VETOED", day)
        course.outcome, course.ended_on = "vetoed", course.reached["VETOED"].date
    elif kind == "overridden":
        course.overridden.add(chamber)
        if course.overridden >= _BOTH:
            _become_law(course, "veto_overridden", day)
    elif kind == "signed":
        _become_law(course, "signed", day)
    elif kind == "unsigned":
        _become_law(course, "enacted", day)
    elif kind == "law":
        number = _LAW_NUMBER.search(text)
        course.law_number = number[1] if number else course.law_number
        _become_law(course, "veto_overridden" if "VETOED" in course.reached else "enacted", day)


def _become_law(course: _Course, outcome: str, day: date) -> None:
    """The first line that makes it law gives the day and the way; a law number alone does not say how.

    A signature does, also where the record lists it after the number.
    """
    if "BECAME_LAW" in course.reached:
        if (course.outcome, outcome) != ("enacted", "signed"):
            return
        course.reached.pop("BECAME_LAW")
    course.reached.pop("VETOED", None)
    course.reach("BECAME_LAW", day)
    course.outcome, course.ended_on = outcome, day


def _vote(course: _Course, kind: str, detail: str, chamber: str, day: date, text: str) -> None:
    """A house has passed it. Two thirds of a house do so too, and after a veto override it."""
    if kind == "deemed":
        if _bare(detail) == course.measure:
            _pass(course, "house", day, text)
    elif kind == "two_thirds" and "VETOED" in course.reached:
        _reach_the_president(course, "overridden", chamber, day, text)
    elif kind == "two_thirds":
        _pass(course, chamber, day, text)
    else:
        house = "house" if "UNDER SUSPENSION OF THE RULES" in text else chamber
        _pass(course, detail.lower() or house, day, text)


def _pass(course: _Course, chamber: str, day: date, text: str) -> None:
    if chamber not in _BOTH or "BECAME_LAW" in course.reached:
        return
    course.committee = ""
    if course.lost_in in {chamber, ""}:
        course.reopen()
    is_second = bool(course.passed) and chamber != course.passed[0]
    unchanged = "WITHOUT AMENDMENT" in text or not _AMENDED.search(text)
    if chamber not in course.passed:
        course.passed.append(chamber)
        course.same_text = is_second and unchanged
    elif is_second and not unchanged:
        course.same_text = False
    if course.designator not in _SIMPLE:
        course.reach(f"PASSED_{chamber.upper()}", day, chamber)
        course.chamber = "senate" if chamber == "house" else "house"
    if len(course.passed) == 2:
        course.chamber = ""


def _adopt(course: _Course, day: date, chamber: str) -> None:
    """A resolution is done when its house, or both houses in one text, have agreed to it."""
    simple = course.designator in _SIMPLE and bool(course.passed)
    concurrent = course.designator in _CONCURRENT and set(course.passed) >= _BOTH
    if course.outcome is None and (simple or (concurrent and (course.cleared or course.same_text))):
        course.reach("ADOPTED", day, course.passed[-1] if simple else chamber or course.passed[-1])
        course.outcome, course.ended_on = "adopted", day


def _lose(course: _Course, chamber: str, day: date) -> None:
    if course.lost_on is None and chamber not in course.passed:
        course.lost_in, course.lost_on = chamber, day


def _discharge(course: _Course, text: str) -> None:
    """The committee gives it up, and the line may name where it goes; a further committee's changes nothing."""
    named = _DISCHARGED_COMMITTEE.search(plain(text))
    if named and course.committee and _subject(named[1]) not in _subject(course.committee):
        return
    course.committee = _committee(text)


def _subject(committee: str) -> str:
    return re.sub(rf"^{_COMMITTEE}", "", plain(committee)).removeprefix("THE ")


def _bare(number: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", number)


def _committee(text: str) -> str:
    """The first committee that a referral names, as printed; a bill can go to several at once."""
    found = _REFERRAL.search(" ".join(text.split()))
    return _FURTHER_COMMITTEES.split(found[1])[0].strip() if found else ""
