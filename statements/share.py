"""The picture that other sites show beside a link to a statement."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from bills.wording import day_in_words
from sponsors.pictures import Card, in_drawable_language, picture_of
from statements.models import Statement


@require_safe
def picture(request: HttpRequest, year: int | None, slug: str) -> HttpResponse:
    """/statements/2017/a-title/share.png : its title, who published it, and when."""
    found = (
        Statement.objects.published()
        .addressed(year, slug)
        .only("kind", "title", "publisher", "date", "is_retold")
    )
    statement = found.first()
    if statement is None:
        raise Http404("There is no statement at this address.")
    with in_drawable_language():
        card = Card(
            heading=statement.title,
            above=statement.get_kind_display(),
            line=statement.publisher,
            foot=", ".join(
                part
                for part in (
                    day_in_words(statement.date) if statement.date else gettext("Undated"),
                    gettext("retold in our words") if statement.is_retold else "",
                )
                if part
            ),
        )
    return picture_of(request, card)
