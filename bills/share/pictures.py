"""A bill's status as a picture."""

from __future__ import annotations

from datetime import datetime

from bills.models import Bill
from bills.share.summary import steps_of, summary_of
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
        steps=tuple(_state(step) for step in steps),
        foot=f"{summary.checked}.",
    )


def _state(step) -> str:
    """ "reached", "current", "skipped", "not_reached", or "stopped" where it ended without becoming law."""
    if step.ending:
        return "stopped" if step.ending == "vetoed" else "reached"
    return step.state
