"""The picture that other sites show beside a link to a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sponsors.models import Person
from sponsors.pictures import Card, in_drawable_language, picture_of


@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """/sponsors/jose-m-serrano/share.png : the name, and the last seat on our record."""
    person = get_object_or_404(Person.objects.in_public().for_page(), slug=slug)
    with in_drawable_language():
        term = next(iter(person.terms.all()), None)
        seat = f"{term.seat}, {term.party}" if term and term.party else term.seat if term else ""
        card = Card(
            heading=person.name,
            above=term.legislature.short_name if term else gettext("People"),
            line=seat,
            foot=gettext("Bills carried, and statements made"),
        )
    return picture_of(request, card)
