"""What usually comes next for a bill that stands where this one stands: whole sentences, in English.

What usually happens, not what will: no sentence here says anything of this one bill. Sources: the State Constitution,
article IV, section 7; the New York City Charter, sections 36 and 37; the United States Constitution, article I,
section 7; the rules of each chamber; and the records themselves (docs/status-rules.md). A test holds a sentence
against every code.
"""

from __future__ import annotations

import re

from bills.stages.standing import LAW_OUTCOMES, Standing

NEXT = {
    "introduced": "Usually it is sent to a committee within days.",
    "committee": (
        "Usually a bill stays in its committee until the chair puts it to a vote there, and most are never put to one. "
        "One that the committee votes for goes to another committee or to the floor calendar of the %(chamber)s."
    ),
    "floor_senate": (
        "Usually it waits until the leaders of the Senate call it for a vote. One that they have not called when the "
        "house stops sitting for the year is usually sent to the Rules Committee."
    ),
    "floor_assembly": (
        "Usually it waits until the leaders of the Assembly call it for a vote. One that they have not called in the "
        "first year usually comes back to the floor or to a committee in January of the second."
    ),
    "passed_one": (
        "Usually it is sent to the %(other)s within days, and a committee there takes it up. Often the %(other)s has "
        "the same bill under a number of its own, and one of the two then takes the other's place."
    ),
    "passed_both": (
        "Usually it is sent to the Governor before the year is over. The houses choose the day, and many bills are "
        "sent in the last weeks."
    ),
    "amendment": (
        "Usually the next elected Legislature takes it up again under a new number. Only if that one passes it too do "
        "the voters decide."
    ),
    "governor": (
        "While the Legislature sits the Governor has ten days, without Sundays, and a bill that is neither signed nor "
        "vetoed is law after them. After its final adjournment the Governor has thirty days, and a bill that is not "
        "signed in them is not law."
    ),
    "ny_resolution": (
        "Usually a resolution is taken up by the house in which it was introduced. It is not sent to the Governor."
    ),
    "nyc_introduced": "Usually it is sent to a committee at the same meeting of the Council.",
    "nyc_committee": (
        "Usually the committee holds a hearing before it votes, and many bills never get one. After a hearing a bill "
        "is usually laid over while its text is worked on."
    ),
    "nyc_laid_over": (
        "Usually the text is worked on after a hearing. If the committee takes the bill up again, it votes on it, "
        "often on an amended print, and the full Council soon after."
    ),
    "nyc_approved_by_committee": (
        "Usually the full Council votes on it at its next meeting, often on the same day."
    ),
    "nyc_approved": "Usually it is sent to the Mayor within days, who has 30 days to sign or veto it.",
    "mayor": (
        "Most bills become law without a signature once the 30 days are over. The Council can override a veto with the "
        "votes of two thirds of its members."
    ),
    "nyc_resolution": (
        "Usually the committee votes on a resolution and then the full Council does. It is not sent to the Mayor."
    ),
    "us_introduced": "Usually it is sent to the committees whose subject it is, within days.",
    "us_committee": (
        "Usually a bill stays in its committee. One that the committee takes up gets hearings, a session in which its "
        "text is worked through, and a vote on whether to report it to the full chamber."
    ),
    "us_reported": (
        "Usually it is put on a calendar and waits until the leaders bring it up. In the House a rule made for the "
        "bill usually sets how it is debated; in the Senate it usually takes 60 votes to end the debate."
    ),
    "passed_house": (
        "Usually the Senate sends it to a committee or puts it on its calendar. In the Senate it usually takes 60 "
        "votes to end the debate before there can be a vote."
    ),
    "us_passed_senate": "Usually the House sends it to a committee or holds it at the Speaker's desk.",
    "us_passed_both": (
        "If both have passed the same text, it is made ready for the President, which can take weeks. If the texts "
        "differ, the two chambers must first agree on one."
    ),
    "president": (
        "The President has ten days, without Sundays, to sign it or veto it. A bill that is neither signed nor vetoed "
        "is law after them, unless Congress has adjourned and it cannot be sent back: then it is not."
    ),
    "us_resolution": (
        "Usually the chamber votes on a resolution once its committee or its leaders bring it up. It is not sent to "
        "the President."
    ),
    "law": "A law takes effect on the day that its own text names, usually in its last section.",
    "veto_ny": "The Legislature can override a veto with the votes of two thirds of each house. It seldom does.",
    "veto_nyc": "The Council can override a veto with the votes of two thirds of its members.",
    "veto_us": "Congress can override a veto with the votes of two thirds of each chamber. It seldom does.",
}
_CHAMBERS = {"senate": ("Senate", "Assembly"), "assembly": ("Assembly", "Senate")}


def next_key(standing: Standing) -> str:
    """The key of `NEXT` for a bill that stands so; "" where nothing usual can be said."""
    if standing.outcome:
        return _after_the_end(standing)
    if not standing.is_open or standing.legislature not in {"ny", "nyc", "us"}:
        return ""
    return {"ny": _new_york, "nyc": _council, "us": _congress}[standing.legislature](standing)


def _after_the_end(standing: Standing) -> str:
    if standing.outcome in LAW_OUTCOMES:
        return "law"
    if standing.outcome == "vetoed" and not standing.session_over:
        return f"veto_{standing.legislature}"
    return ""


def _new_york(standing: Standing) -> str:
    status = standing.status
    if standing.is_resolution:
        return "ny_resolution"
    if status in {"IN_SENATE_COMM", "IN_ASSEMBLY_COMM"}:
        return "committee"
    if status in {"SENATE_FLOOR", "ASSEMBLY_FLOOR"}:
        return "floor_senate" if status == "SENATE_FLOOR" else "floor_assembly"
    if status == "DELIVERED_TO_GOV":
        return "" if standing.note and standing.note.kind == "recalled_from_governor" else "governor"
    if status in {"PASSED_SENATE", "PASSED_ASSEMBLY"}:
        if not standing.passed_both:
            return "passed_one"
        return "amendment" if standing.constitutional_amendment else "passed_both"
    return "introduced" if status == "INTRODUCED" else ""


def _council(standing: Standing) -> str:
    if standing.is_resolution or standing.print_no.upper().startswith("RES"):
        return "nyc_resolution"
    return {
        "INTRODUCED": "nyc_introduced",
        "IN_COMMITTEE": "nyc_committee",
        "LAID_OVER": "nyc_laid_over",
        "APPROVED_BY_COMMITTEE": "nyc_approved_by_committee",
        "APPROVED_BY_COUNCIL": "nyc_approved",
        "MAYORS_DESK": "mayor",
    }.get(standing.status, "")


def _congress(standing: Standing) -> str:
    letters = re.sub(r"[^A-Z]", "", standing.print_no.upper())
    if letters in {"HRES", "SRES", "HCONRES", "SCONRES"}:
        return "us_resolution"
    if standing.status == "TO_PRESIDENT":
        return "president"
    if standing.passed_both:
        return "us_passed_both"
    if standing.status in {"PASSED_HOUSE", "PASSED_SENATE"}:
        return "us_committee" if standing.committee else _PASSED_ONE[standing.status]
    if standing.status == "REPORTED":
        return "us_reported"
    if standing.status == "INTRODUCED":
        return "us_committee" if standing.committee else "us_introduced"
    return ""


_PASSED_ONE = {"PASSED_HOUSE": "passed_house", "PASSED_SENATE": "us_passed_senate"}


def usually_next(standing: Standing, *, translate=str) -> str:
    """What usually comes next, in one or two sentences; "" where nothing usual can be said."""
    key = next_key(standing)
    chamber, other = _CHAMBERS.get(standing.chamber, ("", ""))
    return translate(NEXT[key]) % {"chamber": chamber, "other": other} if key else ""
