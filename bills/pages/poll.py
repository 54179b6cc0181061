"""The poll on a bill as pages show it: what all have answered, and what this visitor has."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from bills import poll
from bills.models import Bill, PollAnswer


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be given, and how many gave it: `percent` of all, rounded."""

    value: str
    label: str
    count: int
    percent: int
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Poll:
    total: int
    choices: list[Choice]


def totals(bill: Bill, *, own: str = "") -> Poll:
    """What was answered so far. `bill` has `poll_counts`; `own` is the visitor's answer, where there is one."""
    counts = {row["answer"]: row["count"] for row in bill.poll_counts}
    total = sum(counts.values())
    return Poll(
        total,
        [
            Choice(
                value,
                str(label),
                counts.get(value, 0),
                round(100 * counts.get(value, 0) / total) if total else 0,
                is_own=value == own,
            )
            for value, label in PollAnswer.Answer.choices
        ],
    )


def poll_of_visitor(bill: Bill, voter: uuid.UUID | None) -> dict[str, Any]:
    """The context of the poll's own page: `poll`, the visitor's answer, and a ballot where there is no cookie."""
    own = (
        PollAnswer.objects.filter(bill=bill, voter=voter).values_list("answer", flat=True).first()
        if voter
        else None
    )
    return {
        "poll": totals(bill, own=own or ""),
        "own_answer": own,
        "ballot": "" if voter else poll.new_ballot(bill),
    }
