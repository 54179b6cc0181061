"""How far the living bills have come, for the front page."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext


def alive_by_step(bills) -> list[dict[str, Any]]:
    """Four steps that every legislature has, each {label, number}; `bills` is a queryset of living bills."""
    numbers = [0, 0, 0, 0]
    for status, number in bills.order_by().values_list("status").annotate(Count("pk")):
        numbers[_step_of(status)] += number
    labels = [
        gettext("in committee"),
        gettext("waiting for a vote of the whole house"),
        gettext("passed by a house"),
        gettext("with the Governor, Mayor or President"),
    ]
    return [{"label": label, "number": number} for label, number in zip(labels, numbers, strict=True)]


def _step_of(status: str) -> int:
    if status in {"DELIVERED_TO_GOV", "MAYORS_DESK", "TO_PRESIDENT"}:
        return 3
    if status.startswith("PASSED_") or status == "APPROVED_BY_COUNCIL":
        return 2
    if status.endswith("_FLOOR") or status in {"APPROVED_BY_COMMITTEE", "REPORTED"}:
        return 1
    return 0
