"""Pages about people: who carries bills and who has spoken, and one person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sponsors.exports import as_csv, as_json, refusal
from sponsors.filters import PersonFilter
from sponsors.list_page import without_empty_fields
from sponsors.lists import export_of_people, list_page_of_people
from sponsors.models import Person, rows_of
from sponsors.pagination import page_of

BILLS_PER_PAGE = 50
STATEMENTS_SHOWN = 50
POSITIONS_SHOWN = 30
OTHERS_SHOWN = 6


@require_safe
def sponsor_list(request: HttpRequest) -> HttpResponse:
    """/sponsors/ : the people of this record."""
    listing = PersonFilter(request.GET, queryset=Person.objects.all())
    if shorter := without_empty_fields(request, listing):
        return shorter
    shown = list_page_of_people(listing, request.GET.get("page"))
    return render(request, "sponsors/sponsor_list.html", {"list": shown, "page": shown.page})


@require_safe
def sponsor_list_csv(request: HttpRequest) -> HttpResponseBase:
    """/sponsors/list.csv : exactly the list of the same query string, every page of it."""
    listing = PersonFilter(request.GET, queryset=Person.objects.all())
    return refusal(listing) or as_csv(export_of_people(listing))


@require_safe
def sponsor_list_json(request: HttpRequest) -> HttpResponseBase:
    """/sponsors/list.json : the same as JSON."""
    listing = PersonFilter(request.GET, queryset=Person.objects.all())
    return refusal(listing) or as_json(export_of_people(listing))


@require_safe
def sponsor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """/sponsors/jose-m-serrano/ : one person's terms, bills, statements and positions."""
    person = get_object_or_404(Person.objects.in_public().for_page(), slug=slug)
    sponsorships = person.sponsorships.of_published_bills().carrying()
    context = {
        "person": person,
        "others": Person.objects.in_public().mistakable_for(person).for_cards()[:OTHERS_SHOWN],
        "tallies": sponsorships.tally(timezone.localdate()),
        "page": page_of(
            sponsorships.leading_first(),
            request.GET.get("page"),
            shown=person.sponsorships.for_person_page(),
            per_page=BILLS_PER_PAGE,
        ),
        "positions": rows_of("statements.Position")
        .readable()
        .of_person(person)
        .for_pages()[:POSITIONS_SHOWN],
        "speaking": person.speaking.for_person_page()[:STATEMENTS_SHOWN],
    }
    return render(request, "sponsors/sponsor_detail.html", context)
