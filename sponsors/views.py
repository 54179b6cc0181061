"""Pages about people: who carries bills and who has spoken, and one person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sponsors.filters import PersonFilter
from sponsors.models import Person, rows_of
from sponsors.pagination import page_of

BILLS_PER_PAGE = 50
STATEMENTS_SHOWN = 50
POSITIONS_SHOWN = 30
OTHERS_SHOWN = 6


@require_safe
def sponsor_list(request: HttpRequest) -> HttpResponse:
    """/sponsors/ : the people of this record."""
    people = PersonFilter(request.GET, queryset=Person.objects.all())
    page = page_of(people.qs, request.GET.get("page"), shown=Person.objects.for_cards())
    return render(request, "sponsors/sponsor_list.html", {"filter": people, "page": page})


@require_safe
def sponsor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """/sponsors/jose-m-serrano/ : one person's terms, bills, statements and positions."""
    person = get_object_or_404(Person.objects.for_page(), slug=slug)
    sponsorships = person.sponsorships.of_published_bills().carrying()
    context = {
        "person": person,
        "others": Person.objects.mistakable_for(person).for_cards()[:OTHERS_SHOWN],
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
