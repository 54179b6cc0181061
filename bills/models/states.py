"""How a bill stands in one word, as conditions of a query. `Bill.condition` says the same of a row."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, Value, When

from bills import wording
from bills.stages import EXECUTIVE_MAY_ACT_FOR, LAW_OUTCOMES

# The one that a reader looks for first in front; `BillQuerySet.with_state()` tells which a bill has.
STATES = ("law", "alive", "adopted", "unknown", "ended")
STATES_IN_LISTS = ("alive", "law", "adopted", "unknown", "ended")

# What a committee has decided on stands under its name until the next step.
PAST_COMMITTEE = ("APPROVED_BY_COMMITTEE", "REPORTED")


def alive_on(day: date, to: str = "", *, session_end: str = "session__end") -> Q:
    """Bills that can still move on `day`, whatever rows are asked: `to` leads from them to their bills, "bills__" from
    proposals, "" from bills and from the narrow rows of lists, which hold `session_end` themselves."""

    def bill(**wanted: Any) -> Q:
        return Q(**{f"{to}{name}": value for name, value in wanted.items()})

    passed = (
        bill(status__in=wording.WITH_EXECUTIVE)
        | bill(status__startswith="PASSED_")
        | bill(status="APPROVED_BY_COUNCIL")
    )
    last_day = f"{session_end}__gte"
    open_still = bill(**{last_day: day}) | (passed & bill(**{last_day: day - EXECUTIVE_MAY_ACT_FOR}))
    without_record = bill(last_action_on__isnull=True, status__in=["", "INTRODUCED"])
    return bill(outcome="") & open_still & ~without_record


def state_on(day: date, to: str = "") -> list[When]:
    """The cases of a bill's state, without the last one: "unknown"."""
    outcome = f"{to}outcome"
    by_another = Q(**{outcome: "substituted", f"{to}substituted_by__outcome__in": LAW_OUTCOMES})
    return [
        When(Q(**{f"{outcome}__in": LAW_OUTCOMES}) | by_another, then=Value("law")),
        When(**{outcome: "adopted"}, then=Value("adopted")),
        When(~Q(**{outcome: ""}), then=Value("ended")),
        When(alive_on(day, to), then=Value("alive")),
    ]
