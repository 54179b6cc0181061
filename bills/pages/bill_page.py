"""All that a bill's page shows, read in a fixed number of queries however long its record is."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from functools import cache
from typing import Any

from django.utils import timezone

from bills import poll, wording
from bills.models import Bill, PollAnswer, Sponsorship
from bills.models.bill import BillQuerySet
from bills.pages import stepper
from bills.pages.family import family_of
from bills.pages.freshness import freshness_of
from bills.pages.timeline import timeline
from bills.stages import ActionLine, Standing, read_standing


@cache
def pages() -> BillQuerySet:
    """Bills with what their pages show, to be filtered. Made once: making it takes longer than asking it."""
    return Bill.objects.published().for_page()


def context_of(bill: Bill, *, now: datetime) -> dict[str, Any]:
    """The page's context but its poll. `bill` is a row of `Bill.objects.for_page()`."""
    today = timezone.localdate(now)
    actions = list(bill.actions.all())
    mentions = bill.mentions.for_bill_page() if bill.is_spoken_of else []
    sponsorships = list(bill.sponsorships.for_bill_page())
    standing = _standing(bill, actions, today=today)
    return {
        "bill": bill,
        "headline": wording.in_words(standing),
        "explanation": wording.explained(standing),
        "rows": (drawn := stepper.rows(standing, introduced_on=bill.introduced_on)),
        "steps": stepper.explanations(drawn),
        "days": timeline(actions, mentions, latest_print=bill.active_amendment),
        "family": family_of(bill, today=today),
        "prime_sponsors": [one for one in sponsorships if one.kind == Sponsorship.Kind.PRIME],
        "cosponsors": [one for one in sponsorships if one.kind != Sponsorship.Kind.PRIME],
        "votes": _votes(bill),
        "freshness": freshness_of(bill, now=now),
    }


def poll_context(bill: Bill, voter: uuid.UUID | None) -> dict[str, Any]:
    """The poll's part: totals, the visitor's own answer, and a ballot where the visitor has no cookie."""
    counts = {row["answer"]: row["count"] for row in bill.poll_counts}
    total = sum(counts.values())
    own = (
        PollAnswer.objects.filter(bill=bill, voter=voter).values_list("answer", flat=True).first()
        if voter
        else None
    )
    return {
        "own_answer": own,
        "ballot": "" if voter else poll.new_ballot(bill),
        "total": total,
        "choices": [
            {
                "value": value,
                "label": label,
                "count": counts.get(value, 0),
                "percent": round(100 * counts.get(value, 0) / total) if total else 0,
                "is_own": value == own,
            }
            for value, label in PollAnswer.Answer.choices
        ],
    }


def _standing(bill: Bill, actions: list[Any], *, today: date) -> Standing:
    """Read from the actions as of the last check, so that the page agrees with lists and poll.

    Where staff or an incomplete record make the row say something else, the row stands.
    """
    row = wording.standing_of(bill, today=today)
    as_of = timezone.localdate(bill.checked_at) if bill.checked_at and not bill.outcome else today
    read = read_standing(
        row.legislature,
        row.session,
        row.print_no,
        [ActionLine(one.date, one.chamber, one.text, one.sequence, one.body, one.result) for one in actions],
        today=as_of,
        substitute=row.substitute,
        referred_to=bill.status_committee,
    )
    return read if (read.status, read.outcome) == (row.status, row.outcome) else row


def _votes(bill: Bill) -> list[dict[str, Any]]:
    votes = [{**vote, "date": date.fromisoformat(vote["date"])} for vote in bill.votes]
    return sorted(votes, key=lambda vote: vote["date"], reverse=True)
