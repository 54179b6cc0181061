"""All that a bill's page shows, read in a fixed number of queries however long its record is."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from bills import wording
from bills.models import Bill, Sponsorship
from bills.models.bill import BillQuerySet
from bills.pages import change_log, stepper
from bills.pages.family import family_of
from bills.pages.freshness import freshness_of
from bills.pages.poll import totals
from bills.pages.timeline import timeline
from bills.refresh.facts import web_address
from bills.stages import ActionLine, Standing, read_standing
from bills.tracking.reasons import reasons_of

# A page stays light however long the record is; what lies beyond stands at the source, and the page says so.
MOST_NAMES_OF_VOTES = 650  # ten votes of the Senate, told name by name
LONGEST_MESSAGES = 9000  # characters of the executive's messages together
MOST_PAPERS = 40
MOST_AGENDAS = 40
FOLDED_AFTER = 6  # votes, papers or agendas

VOTE_NAMES = {
    "aye": gettext_lazy("For"),
    "aye_with_reservations": gettext_lazy("For, with reservations"),
    "nay": gettext_lazy("Against"),
    "abstained": gettext_lazy("Abstained"),
    "excused": gettext_lazy("Excused"),
    "absent": gettext_lazy("Absent"),
    "not_voting": gettext_lazy("Not voting"),
}


@cache
def pages() -> BillQuerySet:
    """Bills with what their pages show, to be filtered. Made once: making it takes longer than asking it."""
    return Bill.objects.published().for_page()


def context_of(bill: Bill, *, now: datetime) -> dict[str, Any]:
    """The page's context. `bill` is a row of `Bill.objects.for_page()`."""
    today = timezone.localdate(now)
    actions = list(bill.actions.all())
    mentions = bill.mentions.for_bill_page() if bill.is_spoken_of else []
    sponsorships = list(bill.sponsorships.for_bill_page())
    standing = _standing(bill, actions, today=today)
    family = family_of(bill, today=today)
    return {
        "bill": bill,
        "headline": wording.in_words(standing),
        "explanation": wording.explained(standing),
        "rows": (drawn := stepper.rows(standing, introduced_on=bill.introduced_on)),
        "steps": stepper.explanations(drawn),
        "days": timeline(actions, mentions, latest_print=bill.active_amendment),
        "family": family,
        "reasons": reasons_of(bill, family.ties),
        "checks": change_log.newest(bill),
        "longest": change_log.LONGEST_ON_BILL_PAGE,
        "prime_sponsors": [
            one for one in sponsorships if one.kind == Sponsorship.Kind.PRIME and not one.withdrawn_on
        ],
        "cosponsors": [
            one for one in sponsorships if one.kind != Sponsorship.Kind.PRIME and not one.withdrawn_on
        ],
        "withdrawn": [one for one in sponsorships if one.withdrawn_on],
        "votes": (votes := _votes(bill))[:FOLDED_AFTER],
        "older_votes": votes[FOLDED_AFTER:],
        "messages": _messages(bill),
        "agendas": (agendas := _agendas(bill))[:FOLDED_AFTER],
        "older_agendas": agendas[FOLDED_AFTER:MOST_AGENDAS],
        "papers": (papers := _papers(bill))[:MOST_PAPERS],
        "more_papers": max(0, len(papers) - MOST_PAPERS),
        "folded_after": FOLDED_AFTER,
        "freshness": freshness_of(bill, now=now),
        "poll": totals(bill),
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
    """Newest first, the first ones with `groups` of those who voted alike, in the order of `VOTE_NAMES`.

    `is_cut` where the names are known and there are too many to tell.
    """
    left = MOST_NAMES_OF_VOTES
    votes = []
    for vote in sorted(bill.votes, key=lambda vote: vote["date"], reverse=True):
        left -= len(vote["member_votes"])
        groups = _groups(vote["member_votes"]) if left >= 0 else []
        told = {"date": _day(vote["date"]), "groups": groups}
        votes.append({**vote, **told, "is_cut": bool(vote["member_votes"]) and not groups})
    return votes


def _messages(bill: Bill) -> list[dict[str, Any]]:
    """In the order of their numbers; of texts that are too long together only the beginning, with `is_cut`."""
    left = LONGEST_MESSAGES
    messages = []
    for one in sorted(bill.messages, key=lambda one: (one["year"], one["kind"], one["number"])):
        text = one["text"][:left]
        left -= len(text)
        is_cut = len(text) < one["length"]
        messages.append({**one, "signed_on": _day(one["signed_on"]), "text": text, "is_cut": is_cut})
    return messages


def _agendas(bill: Bill) -> list[dict[str, Any]]:
    """The latest first."""
    return sorted(
        bill.agendas,
        key=lambda one: (one["year"], one["number"], one["kind"], one["committee"]),
        reverse=True,
    )


def _papers(bill: Bill) -> list[dict[str, Any]]:
    """Texts before other papers, each by date; nothing that a browser should not open."""
    papers = [
        {**one, "published_on": _day(one["published_on"])} for one in bill.papers if web_address(one["url"])
    ]
    return sorted(
        papers, key=lambda one: (one["kind"] != "text", one["published_on"] or date.min, one["name"])
    )


def _groups(member_votes: list[list[str]]) -> list[dict[str, Any]]:
    return [
        {"vote": name, "names": names}
        for code, name in VOTE_NAMES.items()
        if (names := [who for vote, who in member_votes if vote == code])
    ]


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
