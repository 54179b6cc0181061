"""A bill's status as a picture."""

from __future__ import annotations

from datetime import datetime

from bills.models import Bill
from bills.pages import stepper
from bills.share.summary import steps_of, summary_of
from bills.stages import Step
from sponsors.pictures import Card


def card_of(bill: Bill, *, now: datetime) -> Card:
    """What the bill's picture says, in the language that is active. Reads its stages."""
    summary = summary_of(bill, now=now)
    steps = [step for row in steps_of(bill, now=now) for step in row.steps]
    return Card(
        heading=bill.name if bill.name != bill.display_no else "",
        above=summary.place,
        number=bill.display_no,
        verdict=summary.law_line,
        line=f"{summary.headline}." if summary.says_more_than_law_line else "",
        condition=summary.condition,
        steps=tuple(_state(step, bill) for step in steps),
        foot=f"{summary.checked}.",
    )


def _state(step: Step, bill: Bill) -> str:
    """As the stepper names it, but "replaced" where another bill took its place."""
    if step.state == stepper.STOPPED and bill.outcome == "substituted":
        return "replaced"
    if step.ending:
        return "stopped" if step.ending == "vetoed" else "reached"
    return step.state
