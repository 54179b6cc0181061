"""/api/v1/people, /api/v1/committees, /api/v1/organizations."""

from __future__ import annotations

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router

from sponsors import models
from sponsors.addresses import absolute
from sponsors.api import shapes
from sponsors.api.paging import PAGING, Limit, PageNumber, chosen, listed, only, parameters_of
from sponsors.api.problems import not_found
from sponsors.api.shapes import known
from sponsors.filters import PersonFilter
from sponsors.models import rows_of

router = Router(tags=["People"])


@router.get(
    "/people",
    response=shapes.PersonList,
    operation_id="listPeople",
    summary="People: legislators and those who speak in statements",
    url_name="people",
    openapi_extra={"parameters": parameters_of(PersonFilter)},
)
def people(request: HttpRequest, page: PageNumber, limit: Limit):
    """The filters are those of the page /sponsors/. Sorted by surname."""
    rows = chosen(request, PersonFilter, models.Person.objects.in_public())
    shown = models.Person.objects.for_cards()
    return listed(
        request,
        shapes.PersonList,
        rows,
        lambda row: shapes.Person(**_person(row)),
        page=page,
        limit=limit,
        shown=shown,
    )


@router.get(
    "/people/{person}",
    response=shapes.PersonRecord,
    operation_id="getPerson",
    summary="One person, with every term",
    url_name="person",
)
def person(request: HttpRequest, person: str):
    """`person` is the stable name, for example `jose-m-serrano`."""
    only(request)
    row = models.Person.objects.in_public().for_cards().for_page().filter(slug=_text(person)).first()
    if row is None:
        raise not_found("We know no person of this name. /api/v1/people?q= finds the stable name.")
    return shapes.PersonRecord(
        **_person(row),
        aliases=row.aliases,
        terms=[term_shape(term) for term in row.terms.all()],
        bills_url=absolute(reverse("api:bills", query={"sponsor": row.slug})),
        statements_url=absolute(reverse("api:statements", query={"speaker": row.slug})),
    )


def term_shape(term: models.Term) -> shapes.Term:
    return shapes.Term(
        legislature=term.legislature_id,
        chamber=term.chamber,
        district=known(term.district),
        party=known(term.party),
        caucus=known(term.caucus),
        start=term.start,
        end=term.end,
    )


def _person(row) -> dict:
    term = row.latest_term
    return {
        "id": row.slug,
        "name": row.name,
        "sort_name": row.sort_name,
        "latest_term": {name: known(value) for name, value in term.items()} if term else None,
        "bills_carried": row.bills_carried,
        "bills_joined": row.bills_joined,
        "statements_made": row.statements_made,
        "url": absolute(reverse("api:person", args=[row.slug])),
        "page": absolute(row.get_absolute_url()),
    }


def _text(value: str) -> str:
    """A name from an address; the database takes no null character, and no name has one."""
    return value.replace("\0", "")


@router.get(
    "/committees",
    response=shapes.CommitteeList,
    operation_id="listCommittees",
    summary="Committees with bills before them",
    url_name="committees",
)
def committees(request: HttpRequest, page: PageNumber, limit: Limit):
    """Committees that have, or had, one of the published bills before them."""
    only(request, *PAGING)
    before_it = rows_of("bills.Bill").published().filter(committee=OuterRef("pk")).order_by()
    number = before_it.values("committee").annotate(number=Count("pk")).values("number")
    rows = models.Committee.objects.filter(Exists(before_it))
    shown = models.Committee.objects.annotate(number_of_bills=Coalesce(Subquery(number), 0))
    return listed(
        request,
        shapes.CommitteeList,
        rows,
        lambda row: shapes.Committee(
            id=(name := committee_id(row)),
            legislature=row.legislature_id,
            chamber=row.chamber,
            name=row.name,
            bills=row.number_of_bills,
            bills_url=absolute(reverse("api:bills", query={"committee": name})),
        ),
        page=page,
        limit=limit,
        shown=shown,
    )


def committee_id(row: models.Committee) -> str:
    """ "ny.senate.finance", as the filter of the bill list takes it."""
    return f"{row.legislature_id}.{row.chamber}.{row.slug}"


@router.get(
    "/organizations",
    response=shapes.OrganizationList,
    operation_id="listOrganizations",
    summary="Organisations that have spoken",
    url_name="organizations",
)
def organizations(request: HttpRequest, page: PageNumber, limit: Limit):
    """Organisations that speak or take a position in a published statement."""
    only(request, *PAGING)
    return listed(
        request,
        shapes.OrganizationList,
        models.Organization.objects.in_public(),
        lambda row: shapes.Organization(
            id=row.slug,
            name=row.name,
            aliases=row.aliases,
            website=known(row.website),
            statements_made=row.statements_made,
        ),
        page=page,
        limit=limit,
        shown=models.Organization.objects.annotate(statements_made=_statements_of_organization()),
    )


def _of_organization() -> Q:
    return Q(speakers__organization=OuterRef("pk")) | Q(positions__organization=OuterRef("pk"))


def _statements_of_organization():
    rows = rows_of("statements.Statement").published().filter(_of_organization()).order_by()
    counted = rows.annotate(one=F("state")).values("one").annotate(number=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("number")), 0)
