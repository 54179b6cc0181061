"""The ladder of a bill, rung by rung, for a stepper that a page only has to draw.

`ladder()` gives the rungs in the order this bill climbs them; `steps()` sets a Standing on them. Labels and
explanations are whole English messages, ready to be marked for translation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bills.stages.standing import StageReached, Standing

REACHED, CURRENT, NOT_REACHED, SKIPPED = "reached", "current", "not_reached", "skipped"


@dataclass(frozen=True, slots=True)
class Rung:
    code: str
    label: str
    chamber: str  # "" for the executive
    explanation: str


@dataclass(frozen=True, slots=True)
class Step:
    """One rung as a bill stands to it.

    `state` is "reached", "current" (where it is now, or how it ended), "not_reached", or "skipped": passed
    without a line of its own in the record. `ending` is the outcome on the closing rung of a bill that ended.
    """

    code: str
    label: str
    chamber: str
    explanation: str
    state: str
    date: date | None = None
    committee: str = ""
    ending: str = ""


_INTRODUCED = Rung(
    "INTRODUCED",
    "Introduced",
    "",
    "A legislator has put the bill forward. It has a number and a text, and is not law.",
)


def _house_rungs(chamber: str, title: str, other: str) -> tuple[Rung, ...]:
    code = chamber.upper()
    return (
        Rung(
            f"IN_{code}_COMM",
            f"In {title} committee",
            chamber,
            f"A committee of the {title} decides whether to send the bill on. "
            "Most bills stop here and never get a vote.",
        ),
        Rung(
            f"{code}_FLOOR",
            f"On {title} floor calendar",
            chamber,
            f"The committees are done and the bill waits for a vote of the whole {title}. "
            "It comes up only when the leaders call it.",
        ),
        Rung(
            f"PASSED_{code}",
            f"Passed {title}",
            chamber,
            f"A majority of the {title} has voted for it. "
            f"To become law, the same text must pass the {other} too.",
        ),
    )


_SENATE = _house_rungs("senate", "Senate", "Assembly")
_ASSEMBLY = _house_rungs("assembly", "Assembly", "Senate")
_GOVERNOR = (
    Rung(
        "DELIVERED_TO_GOV",
        "Delivered to Governor",
        "",
        "Both houses have passed it and it is on the Governor's desk, to sign or to veto. "
        "Bills can wait months before they are sent.",
    ),
    Rung("SIGNED_BY_GOV", "Signed by Governor", "", "The Governor has signed it. It is law."),
)
_SECRETARY_OF_STATE = Rung(
    "PASSED_TWICE",
    "Passed again, then put to the voters",
    "",
    "An amendment of the State Constitution is not sent to the Governor. "
    "Two Legislatures in a row must pass it, and then the voters decide.",
)
_NEW_YORK_RESOLUTION = (
    replace(
        _INTRODUCED,
        explanation="A legislator has put the resolution forward. A resolution states a view; it is not law.",
    ),
    Rung("IN_COMMITTEE", "In committee", "", "A committee decides whether to send the resolution on."),
    Rung(
        "ADOPTED", "Adopted", "", "The house has adopted it. It states the house's view and changes no law."
    ),
)
_COUNCIL_START = (
    replace(
        _INTRODUCED,
        chamber="council",
        explanation="A Council Member has put it forward. It has a number and a text.",
    ),
    Rung(
        "IN_COMMITTEE",
        "In committee",
        "council",
        "A committee of the Council holds hearings, may change the text, and decides whether to send it on.",
    ),
    Rung(
        "APPROVED_BY_COMMITTEE",
        "Approved by committee",
        "council",
        "The committee has voted for it. The full Council is next.",
    ),
)
_COUNCIL_BILL = (
    *_COUNCIL_START,
    Rung(
        "APPROVED_BY_COUNCIL",
        "Approved by Council",
        "council",
        "A majority of the full Council has voted for it.",
    ),
    Rung(
        "MAYORS_DESK",
        "Mayor's desk",
        "",
        "The Mayor has 30 days to sign it or veto it. Without either it becomes law on its own.",
    ),
    Rung("ENACTED", "Enacted", "", "It is a local law of New York City."),
)
_COUNCIL_RESOLUTION = (
    *_COUNCIL_START,
    Rung(
        "ADOPTED",
        "Adopted",
        "council",
        "The Council has adopted it. It states the Council's view and changes no law.",
    ),
)


def _passed(chamber: str, title: str) -> Rung:
    return Rung(f"PASSED_{chamber.upper()}", f"Passed {title}", chamber, f"The {title} has voted for it.")


_HOUSE_PASSED, _US_SENATE_PASSED = _passed("house", "House"), _passed("senate", "Senate")
_CONGRESS_START = (
    replace(
        _INTRODUCED, explanation="A member of Congress has put it forward. It goes to a committee first."
    ),
    Rung(
        "REPORTED",
        "Reported by committee",
        "",
        "A committee has sent it to the full chamber. Most bills never get this far.",
    ),
)
_PRESIDENT = (
    Rung(
        "TO_PRESIDENT",
        "To President",
        "",
        "Both chambers have passed the same text. The President can sign it or veto it.",
    ),
    Rung("BECAME_LAW", "Became law", "", "It is a law of the United States."),
)
_AGREED = Rung(
    "ADOPTED", "Agreed to", "", "It states the view of Congress, or of one chamber, and is not law."
)


def ladder(legislature: str, print_no: str) -> tuple[Rung, ...]:
    """The rungs of a bill in its own order, by its base print number.

    Raises ValueError for an unknown legislature.
    """
    letters = re.sub(r"[^A-Z]", "", print_no.upper())
    if legislature == "ny":
        if letters[:1] == "S":
            return (replace(_INTRODUCED, chamber="senate"), *_SENATE, *_ASSEMBLY, *_GOVERNOR)
        if letters[:1] == "A":
            return (replace(_INTRODUCED, chamber="assembly"), *_ASSEMBLY, *_SENATE, *_GOVERNOR)
        return _NEW_YORK_RESOLUTION
    if legislature == "nyc":
        return _COUNCIL_RESOLUTION if letters.startswith("RES") else _COUNCIL_BILL
    if legislature == "us":
        first, second = (_HOUSE_PASSED, _US_SENATE_PASSED)
        if letters.startswith("S"):
            first, second = second, first
        if letters in {"HRES", "SRES"}:
            return (*_CONGRESS_START, _AGREED)
        if letters in {"HCONRES", "SCONRES"}:
            return (*_CONGRESS_START, first, second, _AGREED)
        return (*_CONGRESS_START, first, second, *_PRESIDENT)
    raise ValueError(f"{legislature!r:.40} is no legislature; expected ny, nyc or us.")


def every_rung() -> tuple[Rung, ...]:
    """The rungs of all ladders, for what concerns their words."""
    return (
        *(rung for no in ("S1", "A1", "J1") for rung in ladder("ny", no)),
        *(rung for no in ("INT 1", "RES 1") for rung in ladder("nyc", no)),
        *(rung for no in ("HR1", "SRES1", "SCONRES1") for rung in ladder("us", no)),
        _SECRETARY_OF_STATE,
    )


# How a bill ended, in the place of its last rung; one legislature's own words before the common ones.
ENDINGS = {
    "signed": ("Signed into law", "It has been signed. It is law."),
    "ny signed": ("Signed by Governor", "The Governor has signed it. It is law."),
    "nyc signed": ("Signed by Mayor", "The Mayor has signed it. It is a local law of New York City."),
    "us signed": ("Signed by President", "The President has signed it. It is a law of the United States."),
    "law_without_signature": (
        "Became law without signature",
        "It was neither signed nor vetoed in the time allowed, and so it is law.",
    ),
    "veto_overridden": (
        "Became law over a veto",
        "It was vetoed, and enough legislators voted for it again to make it law.",
    ),
    "enacted": ("Became law", "It is law."),
    "vetoed": ("Vetoed", "It had passed, and was refused. It is not law."),
    "ny vetoed": ("Vetoed by Governor", "Both houses passed it, and the Governor refused it. It is not law."),
    "nyc vetoed": ("Vetoed by Mayor", "The Council passed it, and the Mayor refused it. It is not law."),
    "us vetoed": ("Vetoed by President", "Congress passed it, and the President refused it. It is not law."),
    "adopted": ("Adopted", "It states a view and changes no law."),
    "substituted": (
        "Replaced by another bill",
        "The same bill from the other house took its place. What happens next is on that bill's record.",
    ),
    "stricken": (
        "Withdrawn",
        "Its enacting clause was struck out, which is how a bill is withdrawn in Albany.",
    ),
    "lost": ("Voted down", "It was put to a vote of the whole house and did not pass."),
    "withdrawn": ("Withdrawn", "It was taken back before a decision."),
    "filed_end_of_session": (
        "Filed at the end of the session",
        "The session ended before a decision. To go further it must be introduced again.",
    ),
    "died": ("Died", "It ended without a decision. To go further it must be introduced again."),
}

# What stands for a status that is no rung of its own.
_RUNG_OF_STATUS = {"LAID_OVER": "IN_COMMITTEE"}


def steps(standing: Standing, rungs: tuple[Rung, ...]) -> tuple[Step, ...]:
    """Each rung with its state, day and committee; the last one tells how the bill ended, where it has."""
    if standing.constitutional_amendment and not standing.is_resolution:
        rungs = (
            *(rung for rung in rungs if rung.code not in {"DELIVERED_TO_GOV", "SIGNED_BY_GOV"}),
            _SECRETARY_OF_STATE,
        )
    reached = {stage.code: stage for stage in standing.stages}
    now = _RUNG_OF_STATUS.get(standing.status, standing.status)
    if standing.is_resolution and standing.legislature == "ny" and now not in {"INTRODUCED", "ADOPTED"}:
        now = "IN_COMMITTEE"
    drawn = [_step(rung, standing, reached.get(rung.code), now) for rung in rungs[:-1]]
    drawn.append(_closing(rungs[-1], standing, reached.get(rungs[-1].code)))
    furthest = max(
        place for place, step in enumerate(drawn) if step.state != NOT_REACHED and not _abrupt(step)
    )
    return tuple(
        replace(step, state=SKIPPED) if place < furthest and step.state == NOT_REACHED else step
        for place, step in enumerate(drawn)
    )


def _abrupt(step: Step) -> bool:
    """The bill ended without the steps before the end: none of them was passed."""
    return step.ending in {"substituted", "stricken", "lost", "withdrawn", "filed_end_of_session", "died"}


def _step(rung: Rung, standing: Standing, stage: StageReached | None, now: str) -> Step:
    facts = (rung.code, rung.label, rung.chamber, rung.explanation)
    if rung.code == now and standing.outcome is None:
        return Step(*facts, CURRENT, standing.date, standing.committee)
    if stage is not None:
        return Step(*facts, SKIPPED if stage.backfilled else REACHED, stage.date, stage.committee)
    if rung.code == "INTRODUCED" or rung.code == now:
        # Nothing can happen to a bill before it is introduced; the record need not say so.
        return Step(*facts, REACHED, None if rung.code == "INTRODUCED" else standing.date)
    return Step(*facts, NOT_REACHED)


def _closing(rung: Rung, standing: Standing, stage: StageReached | None) -> Step:
    if standing.outcome is None:
        state = REACHED if stage is not None else NOT_REACHED
        return Step(
            rung.code, rung.label, rung.chamber, rung.explanation, state, stage.date if stage else None
        )
    common = ENDINGS[standing.outcome]
    label, explanation = ENDINGS.get(f"{standing.legislature} {standing.outcome}", common)
    return Step(rung.code, label, "", explanation, CURRENT, standing.ended_on, ending=standing.outcome)
