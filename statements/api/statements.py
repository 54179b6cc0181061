"""/api/v1/statements: the list, and one statement with its remarks, positions and bills."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router

from bills.api.rows import bill_id, id_of
from bills.models import Bill
from bills.refresh.facts import web_address
from sponsors.addresses import absolute
from sponsors.api.paging import Limit, PageNumber, chosen, listed, only, parameters_of
from sponsors.api.problems import not_found
from sponsors.api.shapes import known
from statements import models
from statements.api import shapes
from statements.filters import StatementFilter

router = Router(tags=["Statements"])


@router.get(
    "/statements",
    response=shapes.StatementList,
    operation_id="listStatements",
    summary="Statements, narrowed",
    url_name="statements",
    openapi_extra={
        "parameters": parameters_of(
            StatementFilter,
            issue="The `id` of an issue; see `/api/v1/issues`.",
            speaker="The `id` of a person, or any part of a name.",
        )
    },
)
def statements(request: HttpRequest, page: PageNumber, limit: Limit):
    """The filters are those of the page /statements/. The newest first."""
    return listed(
        request,
        shapes.StatementList,
        chosen(request, StatementFilter, models.Statement.objects.published()),
        lambda row: shapes.Statement(
            **statement_facts(row),
            **_addresses(row),
            speaker=row.first_speaker["name"] if row.first_speaker else None,
            bills=sorted(bill_id(one["legislature"], one["year"], one["slug"]) for one in row.bills_named),
        ),
        page=page,
        limit=limit,
        shown=models.Statement.objects.for_cards(),
    )


@router.get(
    "/statements/{year}/{slug}",
    response=shapes.StatementRecord,
    operation_id="getStatement",
    summary="One statement: speakers, remarks, positions, bills",
    url_name="statement",
)
def statement(request: HttpRequest, year: str, slug: str):
    """`year` is `undated` where the text gives no day."""
    only(request)
    row = None
    if year == "undated" or (year.isascii() and year.isdigit() and len(year) == 4 and int(year)):
        named = models.Statement.objects.published().addressed(
            None if year == "undated" else int(year), slug.replace("\0", "")
        )
        row = named.for_api_record().first()
    if row is None:
        raise not_found("There is no statement of this name. /api/v1/statements?q= finds it by its words.")
    return shapes.StatementRecord(
        **statement_facts(row),
        **_addresses(row),
        issues=[issue.slug for issue in row.issues.all()],
        text=known(row.body),
        speakers=[
            shapes.Speaker(
                name_as_written=one.name_as_written,
                is_primary=one.is_primary,
                role=known(one.role),
                organization_as_written=known(one.organization_as_written),
                person=one.person.slug if one.person else None,
                organization=one.organization.slug if one.organization else None,
            )
            for one in row.speakers.all()
        ],
        remarks=[shapes.Remark(**remark_facts(one)) for one in row.remarks.all()],
        positions=_positions(row),
        mentions=[shapes.Mention(**mention_facts(one, one.bill)) for one in row.bill_mentions.all()],
    )


def statement_facts(row: models.Statement) -> dict[str, Any]:
    return {
        "id": statement_id(row),
        "kind": row.kind,
        "title": row.title,
        "date": row.date,
        "publisher": known(row.publisher),
        "is_retold": row.is_retold,
        "correction": known(row.correction),
        "source_url": known(web_address(row.source_url)),
    }


def statement_id(row: models.Statement) -> str:
    return f"{row.year_in_address}/{row.slug}"


def remark_facts(row: models.Remark) -> dict[str, Any]:
    """`row` has its speaker with the person."""
    speaker = row.speaker
    return {
        "place": row.place,
        "speaker": speaker.name_as_written if speaker else None,
        "person": speaker.person.slug if speaker and speaker.person else None,
        "text": row.text,
        "verbatim": row.verbatim,
    }


def position_facts(row: models.Position, bill: Bill) -> dict[str, Any]:
    """`row` has its speaker with the person, and its organisation; `bill` is published."""
    speaker = row.speaker
    return {
        "bill": id_of(bill),
        "print": known(row.amendment),
        "stance": row.stance,
        "speaker": speaker.name_as_written if speaker else None,
        "person": speaker.person.slug if speaker and speaker.person else None,
        "organization": row.organization.slug if row.organization else None,
    }


def mention_facts(row: models.BillMention, bill: Bill | None) -> dict[str, Any]:
    """`bill` is the one it names where that is published; one that is not is a number that the text names."""
    return {
        "as_written": row.as_written,
        "bill": id_of(bill) if bill else None,
        "print": known(row.amendment),
        "is_chief": row.is_chief,
        "stage_stated": known(row.stage_stated),
    }


def _positions(row: models.Statement) -> list[shapes.Position]:
    """Those on bills that readers can see."""
    return [shapes.Position(**position_facts(one, one.bill)) for one in row.public_positions]


def _addresses(row: models.Statement) -> dict[str, Any]:
    address = reverse("api:statement", args=[row.year_in_address, row.slug])
    return {
        "url": absolute(address),
        "page": absolute(row.get_absolute_url()),
    }
