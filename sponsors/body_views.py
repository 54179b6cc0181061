"""Pages about bodies: the committees that hold bills, and the organisations that speak of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sponsors.filters import OrganizationFilter
from sponsors.list_page import ListPage, without_empty_fields
from sponsors.models import Committee, Organization, rows_of
from sponsors.pagination import page_of

DIED_SHOWN = 10
STATEMENTS_PER_PAGE = 20
POSITIONS_SHOWN = 60
SPEAKERS_SHOWN = 60
SHOWN = ("died", "ever")


@require_safe
def committee_list(request: HttpRequest) -> HttpResponse:
    """/committees/ : each committee with a bill before it, or one that died there, by its house."""
    committees = Committee.objects.with_bills().for_cards(timezone.localdate())
    return render(request, "sponsors/committee_list.html", {"committees": committees})


@require_safe
def committee_detail(request: HttpRequest, legislature: str, chamber: str, slug: str) -> HttpResponse:
    """/committees/ny/senate/codes/?show=died : what waits there, what died there, what was ever before it."""
    committee = get_object_or_404(
        Committee.objects.select_related("legislature"), legislature=legislature, chamber=chamber, slug=slug
    )
    bills, today = rows_of("bills.Bill"), timezone.localdate()
    own = bills.published().filter(committee=committee)
    waiting = own.before_committee(today).longest_wait_first()
    died = own.died_in_committee().latest_first()
    show = request.GET.get("show", "")
    chosen = {"died": died, "ever": bills.published().ever_before(committee).latest_first()}.get(
        show, waiting
    )
    context: dict[str, Any] = {
        "committee": committee,
        "show": show if show in SHOWN else "",
        "page": page_of(chosen, request.GET.get("page"), shown=bills.for_cards()),
        "numbers": bills.published().ever_before(committee).committee_tally(committee, today),
    }
    if not context["show"]:
        context["died"] = died.for_cards()[:DIED_SHOWN]
    return render(request, "sponsors/committee_detail.html", context)


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    """/organizations/?q=civil : who publishes, speaks or takes a position."""
    listing = OrganizationFilter(request.GET, queryset=Organization.objects.with_something_to_show())
    if shorter := without_empty_fields(request, listing):
        return shorter
    cards, number = Organization.objects.for_cards(), request.GET.get("page")
    shown = ListPage(listing, "sponsors:organizations", shown=cards, number=number)
    return render(request, "sponsors/organization_list.html", {"list": shown, "page": shown.page})


@require_safe
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """/organizations/vera-institute-of-justice/ : what it said, who spoke for it, which bills it is for or against."""
    organization = get_object_or_404(Organization.objects.in_public(), slug=slug)
    statements = rows_of("statements.Statement").published().of_organization(organization)
    positions = rows_of("statements.Position").readable().of_organization(organization.pk).for_pages()
    context = {
        "organization": organization,
        "page": page_of(
            statements.latest_first(),
            request.GET.get("page"),
            shown=rows_of("statements.Statement").for_cards(),
            per_page=STATEMENTS_PER_PAGE,
        ),
        "positions": positions[:POSITIONS_SHOWN],
        "speakers": rows_of("statements.Speaker").who_speak_for(organization)[:SPEAKERS_SHOWN],
    }
    return render(request, "sponsors/organization_detail.html", context)
