"""The tables of this app: people, their terms, committees, organisations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from pydantic import Field

from sponsors.api.people import committee_id, term_shape
from sponsors.api.shapes import CommitteeFacts, OrganizationFacts, PersonFacts, Shape, TermFacts, known
from sponsors.bulk.table import READ_AT_ONCE, Row, Table
from sponsors.models import Committee, Organization, Person, Term, rows_of


class PersonRow(PersonFacts):
    aliases: list[str] = Field(description="Other spellings of the name.")


class _OfPerson(Shape):
    person: str = Field(description="Stable name of the person.")


class TermRow(TermFacts, _OfPerson):
    pass


def _people(_today: date) -> Iterator[Row]:
    for row in Person.objects.in_public().order_by("slug").iterator(READ_AT_ONCE):
        yield {"id": row.slug, "name": row.name, "sort_name": row.sort_name, "aliases": row.aliases}


def _terms(_today: date) -> Iterator[Row]:
    rows = Term.objects.select_related("person").order_by("person__slug", "start", "pk")
    for row in rows.iterator(READ_AT_ONCE):
        yield {"person": row.person.slug, **dict(term_shape(row))}


def _committees(_today: date) -> Iterator[Row]:
    before_it = rows_of("bills.Bill").published().filter(committee=OuterRef("pk"))
    rows = Committee.objects.filter(Exists(before_it)).order_by("legislature", "chamber", "slug")
    for row in rows.iterator(READ_AT_ONCE):
        yield {
            "id": committee_id(row),
            "legislature": row.legislature_id,
            "chamber": row.chamber,
            "name": row.name,
        }


def _organizations(_today: date) -> Iterator[Row]:
    for row in Organization.objects.in_public().order_by("slug").iterator(READ_AT_ONCE):
        yield {"id": row.slug, "name": row.name, "aliases": row.aliases, "website": known(row.website)}


TABLES = [
    Table("people", "Legislators, and those who speak in published statements.", PersonRow, _people),
    Table("terms", "Stretches of service of these people, one row each.", TermRow, _terms),
    Table("committees", "Committees that have, or had, a bill before them.", CommitteeFacts, _committees),
    Table(
        "organizations",
        "Organisations that speak or take a position in a published statement.",
        OrganizationFacts,
        _organizations,
    ),
]
