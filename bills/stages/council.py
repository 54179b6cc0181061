"""New York City Council: what its Legistar history states of an introduction or resolution.

The Council's system keeps a status for each file; the codes here are ours, one for each of those statuses,
read from the history lines alone. Chambers are not used: the text and the acting body say enough.
docs/status-rules.md lists every text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bills.stages.standing import ActionLine, StageReached, Standing, plain

# In the order of the ladder. LAID_OVER is the committee rung still: heard, and put off.
RANK = {
    "INTRODUCED": 0,
    "IN_COMMITTEE": 1,
    "LAID_OVER": 1,
    "APPROVED_BY_COMMITTEE": 2,
    "APPROVED_BY_COUNCIL": 3,
    "MAYORS_DESK": 4,
}
ENDS = ("ENACTED", "VETOED", "ADOPTED", "LOST", "FILED", "WITHDRAWN")
CODES = frozenset({*RANK, *ENDS})

_PRECONSIDERED = r"(?:P-C ITEM |PREC ITEM )?"
_RULES = (
    # The first that fits decides. A code of "" moves nothing.
    ("", re.compile(r"HEARING (?:HELD|SCHEDULED) BY MAYOR|RECV?E?D FROM MAYOR|RECEIVED FROM MAYOR")),
    (
        "ENACTED",
        re.compile(r"^SIGNED INTO LAW BY MAYOR|^CITY CHARTER RULE ADOPTED|^RETURNED UNSIGNED BY MAYOR"),
    ),
    ("ENACTED", re.compile(r"^OVERRIDDEN BY COUNCIL")),
    ("VETOED", re.compile(r"^(?:VETOED|DISAPPROVED) BY MAYOR")),
    ("WITHDRAWN", re.compile(r"^(?:BILL )?WITHDRAWN")),
    (
        "FILED",
        re.compile(
            rf"^FILED \(END OF SESSION\)|^SINE DIE|^{_PRECONSIDERED}FILED,? BY |^RCVD, ?ORD, ?PRNT, ?FLD"
        ),
    ),
    ("LOST", re.compile(r"^(?:DISAPPROVED|DEFEATED),? BY COUNCIL")),
    ("MAYORS_DESK", re.compile(r"^SENT TO MAYOR")),
    (
        "APPROVED_BY_COUNCIL",
        re.compile(r"^(?:APPROVED|ADOPTED),? BY COUNCIL|^APPROVED WITH MODIFICATIONS BY COUNCIL"),
    ),
    ("APPROVED_BY_COMMITTEE", re.compile(rf"^{_PRECONSIDERED}APPROVED,? BY COMM(?:ITTEE)?\b")),
    ("LAID_OVER", re.compile(rf"^{_PRECONSIDERED}LAID OVER (?:AGAIN )?BY (?:COMM|SUBCOMM)")),
    ("IN_COMMITTEE", re.compile(r"^HEARING (?:HELD BY (?:COMM|SUBCOMM)|ON P-C ITEM BY COMM)")),
    ("REFERRED", re.compile(r"^(?:RE-?)?REFERRED TO COMM|^RECOMMIT TO COMM|^RE-REFERRED PURSUANT TO RULE")),
    ("INTRODUCED", re.compile(r"^INTRODUCED BY COUNCIL")),
)
_END_OF_SESSION = re.compile(r"END OF SESSION|^SINE DIE")
_COMMITTEE_BODY = re.compile(r"\bCOMMITTEE\b", re.IGNORECASE)


def meaning_of(text: str) -> str:
    """The code a text in capitals stands for, "REFERRED" for a referral, "" for one that moves nothing."""
    return next((code for code, pattern in _RULES if pattern.search(text)), "")


@dataclass(slots=True)
class _Course:
    """The way of one file so far."""

    is_resolution: bool
    code: str = "INTRODUCED"
    since: date | None = None
    committee: str = ""
    outcome: str | None = None
    overridden: bool = False
    reached: dict[str, StageReached] = field(default_factory=dict)
    furthest: StageReached | None = None

    @property
    def ended(self) -> bool:
        return self.code in ENDS

    def move(self, code: str, day: date, committee: str = "") -> None:
        rung = "IN_COMMITTEE" if code == "LAID_OVER" else code
        if rung in RANK:
            beyond = [s for s in self.reached.values() if RANK.get(s.code, -1) > RANK[rung]]
            if beyond:
                self.furthest = max(beyond, key=lambda stage: RANK[stage.code])
            for stage in beyond:
                del self.reached[stage.code]
        if rung not in self.reached:
            self.reached[rung] = StageReached(rung, "council", day, committee)
        if code != self.code or self.since is None:
            self.code, self.since = code, day


def read(
    session: int,
    print_no: str,
    actions: Sequence[ActionLine],
    *,
    as_of: date,
    session_ends: date | None,
    referred_to: str = "",
) -> Standing:
    """Where a Council file stands.

    `referred_to` is the committee its record names, since the line of the referral does not.
    """
    course = _Course(is_resolution=print_no.strip().upper().startswith("RES"))
    for action in actions:
        _follow(course, action, referred_to)
    outcome, ended_on = course.outcome, course.since if course.outcome else None
    waiting = course.code in {"APPROVED_BY_COUNCIL", "MAYORS_DESK"}
    if outcome is None and actions and session_ends is not None and as_of > session_ends and not waiting:
        outcome, ended_on = "died", session_ends
    in_committee = course.code in {"IN_COMMITTEE", "LAID_OVER"}
    law_since = course.since if course.code == "ENACTED" else None
    return Standing(
        legislature="nyc",
        session=session,
        print_no=print_no,
        as_of=as_of,
        status=course.code,
        chamber="council" if course.code not in {"MAYORS_DESK", "ENACTED", "VETOED"} else "",
        committee=course.committee if in_committee or (course.code == "APPROVED_BY_COMMITTEE") else "",
        date=course.since,
        outcome=outcome,
        ended_on=ended_on,
        stages=tuple(course.reached.values()),
        furthest=course.furthest if course.code in RANK else None,
        law_since=law_since,
        is_resolution=course.is_resolution,
        passed_both=waiting,
        last_action=actions[-1] if actions else None,
        session_ends=session_ends,
    )


def _follow(course: _Course, action: ActionLine, referred_to: str) -> None:
    text = plain(action.text)
    code = meaning_of(text)
    failed = (action.result or "").strip().casefold() == "fail"
    if not code or (failed and code != "APPROVED_BY_COUNCIL"):
        return
    if course.ended and not (course.code == "VETOED" and text.startswith("OVERRIDDEN")):
        return  # a hearing on an override, or the Mayor's copy coming back, changes nothing
    if code == "INTRODUCED":
        if "INTRODUCED" not in course.reached:
            _introduce(course, action.date)
        return
    body = action.body if _COMMITTEE_BODY.search(action.body or "") else ""
    if code == "REFERRED":
        course.committee = body or referred_to
        course.move("IN_COMMITTEE", action.date, course.committee)
    elif code in {"IN_COMMITTEE", "LAID_OVER"}:
        course.committee = course.committee or body
        _name_committee(course)
        if code == "IN_COMMITTEE" and RANK.get(course.code, 9) >= 1 and course.code != "LAID_OVER":
            return  # a further hearing, or one held after the vote, is not a new stage
        course.move(code, action.date, course.committee)
    elif code == "APPROVED_BY_COMMITTEE":
        course.committee = body or course.committee
        course.move(code, action.date, course.committee)
    elif code == "APPROVED_BY_COUNCIL" and failed:
        course.move("LOST", action.date)
        course.outcome = "lost"
    elif code == "APPROVED_BY_COUNCIL" and course.is_resolution:
        course.move("ADOPTED", action.date)
        course.outcome = "adopted"
    else:
        course.reached.pop("VETOED", None)
        course.move(code, action.date)
        course.outcome = _outcome_of(code, text)


def _introduce(course: _Course, day: date) -> None:
    """A referral, or the hearing of a pre-considered item, may come before the introduction: it stays."""
    later = dict(course.reached)
    course.reached = {"INTRODUCED": StageReached("INTRODUCED", "council", day), **later}
    if not later:
        course.since = day


def _name_committee(course: _Course) -> None:
    stage = course.reached.get("IN_COMMITTEE")
    if stage and not stage.committee and course.committee:
        course.reached["IN_COMMITTEE"] = StageReached(stage.code, stage.chamber, stage.date, course.committee)


def _outcome_of(code: str, text: str) -> str | None:
    if code == "ENACTED":
        if text.startswith("SIGNED"):
            return "signed"
        return "veto_overridden" if text.startswith("OVERRIDDEN") else "law_without_signature"
    if code == "FILED":
        return "filed_end_of_session" if _END_OF_SESSION.search(text) else "died"
    return {"VETOED": "vetoed", "WITHDRAWN": "withdrawn", "LOST": "lost"}.get(code)
