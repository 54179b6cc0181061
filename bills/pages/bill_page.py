"""All that a bill's page shows, read in a fixed number of queries however long its record is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from bills import wording
from bills.models import Action, Bill, Sponsorship
from bills.pages import change_log, provenance, roll_calls, stepper
from bills.pages.ending import Ending, ending_of
from bills.pages.family import NO_KEY, OTHERS, TIES, family_of
from bills.pages.freshness import freshness_of
from bills.pages.majority import majority_of
from bills.pages.meetings import meetings_of
from bills.pages.poll import totals
from bills.pages.prints import Print, prints_of
from bills.pages.session_clock import session_clock
from bills.pages.timeline import timeline
from bills.print_numbers import PrintNumber
from bills.refresh.facts import web_address
from bills.stages import ActionLine, Standing, read_standing
from bills.stages.next_steps import usually_next
from bills.tracking.reasons import reasons_of
from sponsors.models import rows_of
from sponsors.prepared import A_KEY, Prepared, Together

# A page stays light however long the record is; what lies beyond stands at the source, and the page says so.
MOST_NAMES_OF_VOTES = 650  # ten votes of the Senate, told name by name
LONGEST_MESSAGES = 9000  # characters of the executive's messages together
MOST_PAPERS = 40
MOST_AGENDAS = 40
FOLDED_AFTER = 6  # votes, papers or agendas


_A_DAY = date(3001, 1, 1)
_bill_numbered = Prepared(
    lambda legislature, session, print_no, day: (
        Bill.objects.published()
        .for_page(day)
        .filter(session__legislature=legislature, session__year=session, base_print_no=print_no)
    ),
    ("@legislature", 32001, "@print number", _A_DAY),
)
_actions = Prepared(lambda bill, day: Action.objects.filter(bill=bill).until(day), (A_KEY, _A_DAY))
_sponsorships = Prepared(lambda bill: Sponsorship.objects.filter(bill=bill).for_bill_page(), (A_KEY,))
_beside = Together(_actions, _sponsorships, TIES, OTHERS)
_mentions = Prepared(
    lambda bill: rows_of("statements.BillMention").filter(bill=bill).for_bill_page(), (A_KEY,)
)


def bill_numbered(number: PrintNumber, *, today: date) -> Bill | None:
    """The published bill with all that its page shows; `number` names its session."""
    found = _bill_numbered(number.legislature, number.session, number.base_print_no, today)
    return next(iter(found), None)


def context_of(bill: Bill, *, now: datetime) -> dict[str, Any]:
    """The page's context. `bill` is a row of `Bill.objects.for_page()`."""
    today = timezone.localdate(now)
    rows, sponsorships, ties, others = _beside(
        (bill.pk, today), (bill.pk,), (bill.pk,), (bill.pk, bill.proposal_id or NO_KEY)
    )
    actions = [
        ActionLine(one.date, one.chamber, one.text, one.sequence, one.body, one.result) for one in rows
    ]
    mentions = _mentions(bill.pk) if bill.is_spoken_of else []
    standing = _standing(bill, actions, today=today)
    family = family_of(bill, ties, others, today=today)
    prints = prints_of(bill)
    return {
        "bill": bill,
        "headline": wording.in_words(standing),
        "explanation": _explanation(standing, ending := ending_of(standing, actions, bill.votes)),
        "ending": ending,
        "meetings": meetings_of(bill, today=today) if bill.is_met_about else [],
        "rows": (drawn := stepper.rows(standing, introduced_on=bill.introduced_on)),
        "steps": stepper.explanations(drawn),
        "usually_next": usually_next(standing, translate=gettext),
        "clock": session_clock(standing, starts=bill.session.start, ends=bill.session.end, today=today),
        "days": timeline(rows, mentions, latest_print=bill.active_amendment, printed_on=_printed_on(prints)),
        "family": family,
        "reasons": reasons_of(bill, family.ties),
        "checks": change_log.newest(bill),
        "longest": change_log.LONGEST_ON_BILL_PAGE,
        "freshness": freshness_of(bill, now=now),
        "prints": prints,
        "poll": totals(bill),
        **_sponsors(bill, sponsorships),
        **_papers_and_votes(bill),
        **_origins(bill, actions=actions, sponsorships=sponsorships, has_companion=bool(family.same_as)),
    }


def _explanation(standing: Standing, ending: Ending | None) -> str:
    """What is to be added, without the passage and the note where the ending has told them."""
    if ending and ending.tells_passage:
        standing = replace(standing, furthest=None, stages=())
    if ending and ending.tells_note:
        standing = replace(standing, note=None)
    return wording.explained(standing)


def _sponsors(bill: Bill, sponsorships: list[Any]) -> dict[str, Any]:
    session = bill.session
    standing = [one for one in sponsorships if not one.withdrawn_on]
    return {
        "prime_sponsors": [one for one in standing if one.kind == Sponsorship.Kind.PRIME],
        "cosponsors": [one for one in standing if one.kind != Sponsorship.Kind.PRIME],
        "withdrawn": [one for one in sponsorships if one.withdrawn_on],
        "majority": majority_of(
            session.legislature_id, bill.chamber, session.year, standing, is_resolution=bill.is_resolution
        ),
    }


def _papers_and_votes(bill: Bill) -> dict[str, Any]:
    legislature = bill.session.legislature_id
    votes = roll_calls.rows(
        bill.votes,
        legislature=legislature,
        session=bill.session.year,
        is_resolution=bill.is_resolution,
        was_vetoed=bill.outcome in {"vetoed", "veto_overridden"},
        most_names=MOST_NAMES_OF_VOTES,
    )
    return {
        "votes": votes[:FOLDED_AFTER],
        "older_votes": votes[FOLDED_AFTER:],
        "more_votes": max(0, len(votes) - FOLDED_AFTER),
        "gaps": roll_calls.gaps(legislature),
        "messages": _messages(bill),
        "agendas": (agendas := _agendas(bill))[:FOLDED_AFTER],
        "older_agendas": agendas[FOLDED_AFTER:MOST_AGENDAS],
        "papers": (papers := _papers(bill))[:MOST_PAPERS],
        "more_papers": max(0, len(papers) - MOST_PAPERS),
        "folded_after": FOLDED_AFTER,
    }


def _origins(
    bill: Bill, *, actions: list[Any], sponsorships: list[Any], has_companion: bool
) -> dict[str, Any]:
    """Where each fact of the page comes from: `origins` in its order, `origin` by key for the links beside facts."""
    shown = {
        name: getattr(bill, name) for name in ("title", "short_name", "plain_summary", "official_summary")
    }
    shown |= {
        "committee": bill.status_committee,
        "sponsors": sponsorships,
        "prints": bill.prints,
        "same_as": has_companion,
        "law_section": bill.law_section,
        "votes": bill.votes,
        "messages": bill.messages,
        "agendas": bill.agendas,
        "papers": bill.papers,
        "actions": actions,
        "proposal": bill.proposal_id,
        "issues": bill.issues_filed,
    }
    held = provenance.facts_shown(shown)
    found = provenance.origins_of(bill, actions=len(actions), has_ended=bill.has_ended, held=held)
    return {"origin": found, "origins": list(found.values())}


def _printed_on(prints: list[Print]) -> date | None:
    return next((one.published_on for one in prints if one.is_in_force and one.letter), None)


def _standing(bill: Bill, actions: list[ActionLine], *, today: date) -> Standing:
    """Read from the actions as of the last check, so that the page agrees with lists and poll.

    Where staff or an incomplete record make the row say something else, the row stands.
    """
    row = wording.standing_of(bill, today=today)
    as_of = timezone.localdate(bill.checked_at) if bill.checked_at and not bill.outcome else today
    read = read_standing(
        row.legislature,
        row.session,
        row.print_no,
        actions,
        today=as_of,
        substitute=row.substitute,
        referred_to=bill.status_committee,
    )
    return read if (read.status, read.outcome) == (row.status, row.outcome) else row


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


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
