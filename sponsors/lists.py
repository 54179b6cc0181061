"""The list of people as a page, and as files of exactly what the page lists."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sponsors.addresses import absolute
from sponsors.exports import Export
from sponsors.filters import PersonFilter
from sponsors.list_page import ListPage
from sponsors.models import Person

FORMATS = (
    ("sponsors:list_csv", _("CSV"), "text/csv"),
    ("sponsors:list_json", _("JSON"), "application/json"),
)
# Names of a promise: docs/data.md lists them, a column may be added at the end, none renamed.
COLUMNS = (
    "id", "name", "note", "legislature", "chamber", "district", "party", "term_ended_on", "bills_led",
    "bills_joined", "statements", "address",
)  # fmt: skip


def list_page_of_people(listing: PersonFilter, number: str | None) -> ListPage:
    return ListPage(
        listing, "sponsors:list", shown=Person.objects.for_cards(), number=number, formats=FORMATS
    )


def export_of_people(listing: PersonFilter) -> Export:
    return Export(listing, "sponsors:list", "people", COLUMNS, Person.objects.for_cards(), _record)


def _record(person: Any) -> dict[str, Any]:
    term = person.latest_term or {}
    return {
        "id": person.slug,
        "name": person.name,
        "note": person.note or None,
        "legislature": term.get("legislature"),
        "chamber": term.get("chamber"),
        "district": term.get("district") or None,
        "party": term.get("party") or None,
        "term_ended_on": term.get("end"),
        "bills_led": person.bills_carried,
        "bills_joined": person.bills_joined,
        "statements": person.statements_made,
        "address": absolute(person.get_absolute_url()),
    }
