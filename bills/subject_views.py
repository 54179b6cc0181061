"""Pages about subjects: proposals that come back session after session, and issues that bills are filed under."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bills.models import Bill, Issue, Proposal
from bills.models.states import STATES
from bills.pages import proposal_page
from bills.pages.by_state import by_state, tally_in_words
from bills.subject_filters import ProposalFilter
from sponsors.list_page import ListPage, without_empty_fields
from sponsors.pagination import page_of
from sponsors.prepared import A_KEY, Prepared

BILLS_OF_A_STATE = 6
PROPOSALS_OF_AN_ISSUE = 24
STATEMENTS_OF_AN_ISSUE = 6


@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    """/proposals/?q=green+light&state=law : what has been tried again and again, and what came of it."""
    today = timezone.localdate()
    listing = ProposalFilter(request.GET, queryset=Proposal.objects.with_bills().standing_on(today))
    if shorter := without_empty_fields(request, listing):
        return shorter
    cards = Proposal.objects.for_cards(today)
    shown = ListPage(listing, "bills:proposals", shown=cards, number=request.GET.get("page"))
    return render(request, "bills/proposal_list.html", {"list": shown, "page": shown.page})


@require_safe
def proposal_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """/proposals/new-york-for-all/ : each attempt, how far it got, and who spoke for or against it."""
    today = timezone.localdate()
    proposal = get_object_or_404(Proposal.objects.with_bills().for_page(), slug=slug)
    context = proposal_page.context_of(proposal, today=today)
    return render(request, "bills/proposal_detail.html", context)


@lru_cache(maxsize=2)
def _proposals_about(day: date) -> Prepared[Proposal]:
    """Of an issue by its key, as they stand on this day: what that means makes the question a long one to write."""
    return Prepared(
        lambda issue: (
            Proposal.objects.about(issue).standing_on(day).last_moved_first()[:PROPOSALS_OF_AN_ISSUE]
        ),
        (A_KEY,),
    )


@require_safe
def issue_list(request: HttpRequest) -> HttpResponse:
    """/issues/ : every subject, with how much is filed under it."""
    issues = Issue.objects.for_cards(timezone.localdate())
    return render(request, "bills/issue_list.html", {"issues": issues})


@require_safe
def issue_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """/issues/immigration/?state=alive : bills, proposals and statements filed under one subject.

    Without a state the bills that moved last of each; with one, all of it in pages.
    """
    today = timezone.localdate()
    issue = get_object_or_404(Issue, slug=slug)
    bills = issue.bills.published()
    state = request.GET.get("state", "")
    context = {"issue": issue, "tally": tally_in_words(bills.tally(today)), "state": ""}
    if state in STATES:
        chosen = bills.with_state(today).filter(state=state).latest_first()
        page = page_of(chosen, request.GET.get("page"), shown=Bill.objects.for_cards())
        context |= {"state": state, "page": page}
    else:
        context |= {
            "groups": by_state(bills.first_of_each_state(today, BILLS_OF_A_STATE).for_cards()),
            "proposals": _proposals_about(today)(issue.pk),
            "statements": issue.statements.published().for_cards().latest_first()[:STATEMENTS_OF_AN_ISSUE],
        }
    return render(request, "bills/issue.html", context)
