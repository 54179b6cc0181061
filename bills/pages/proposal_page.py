"""All that a proposal's page shows, in a fixed number of queries however many bills and statements it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from bills.models import Bill, Proposal, RelatedBill
from bills.pages.lineage import account_of, entries_of, in_sentences
from bills.pages.lineage_chart import chart_of
from bills.pages.timeline import about_print
from sponsors.models import rows_of

MOST_STATEMENTS = 40


@dataclass(slots=True)
class Said:
    """A statement about one or more bills of the proposal."""

    statement: Any
    first_speaker: dict[str, Any] | None
    first_remark: dict[str, Any] | None
    bills: list[tuple[Bill, str, str]] = field(default_factory=list)  # bill, as written, its print in words
    stances: list[dict[str, str]] = field(default_factory=list)  # {stance, name}, each once


def context_of(proposal: Proposal, *, today: date) -> dict[str, Any]:
    """The page's context. `proposal` is a row of `for_page()`."""
    ties = list(RelatedBill.objects.of_proposal(proposal))
    tied = {pk for tie in ties for pk in (tie.bill_id, tie.related_id) if pk}
    found = list(Bill.objects.published().filter(Q(proposal=proposal) | Q(pk__in=tied)).for_proposal_page())
    own = [bill for bill in found if bill.proposal_id in {None, proposal.pk}]
    elsewhere = frozenset(
        (bill.session.legislature_id, bill.session.year, bill.base_print_no)
        for bill in found
        if bill.proposal_id not in {None, proposal.pk}
    )
    entries = entries_of(own, ties, others=elsewhere)
    said, has_more = _said(own)
    context: dict[str, Any] = {
        "proposal": proposal,
        "entries": entries,
        "said": said,
        "has_more_said": has_more,
    }
    if entries:
        account = account_of(entries, ties)
        headline, *sentences = in_sentences(account, entries)
        context |= {
            "account": account,
            "headline": headline,
            "sentences": sentences,
            "chart": chart_of(entries, today=today),
            "has_assembly": any(entry.legislature == "ny" for entry in entries),
        }
    return context


def _said(bills: list[Bill]) -> tuple[list[Said], bool]:
    """The newest statements about these bills, each once, and whether there are more."""
    held = {bill.pk: bill for bill in bills}
    if not held:
        return [], False
    mentions = rows_of("statements.BillMention").filter(bill__in=held).for_bill_page()
    told: dict[int, Said] = {}
    for mention in mentions[: MOST_STATEMENTS * 4]:
        one = told.setdefault(
            mention.statement_id, Said(mention.statement, mention.first_speaker, mention.first_remark)
        )
        bill = held[mention.bill_id]
        if all(bill.pk != other.pk for other, _, _ in one.bills):
            one.bills.append((bill, mention.as_written, about_print(mention.amendment, bill)))
        for stance in mention.stances:
            named = {"stance": stance["stance"], "name": stance["speaker"] or stance["organization"] or ""}
            if named not in one.stances:
                one.stances.append(named)
    said = list(told.values())
    return said[:MOST_STATEMENTS], len(said) > MOST_STATEMENTS
