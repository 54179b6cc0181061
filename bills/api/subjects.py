"""/api/v1/proposals, /issues, /sessions and /status."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from bills import models
from bills.api import shapes
from bills.api.rows import bill_id, bill_shape, moments_of
from bills.models import Bill
from bills.pages.source_status import sources
from sponsors.addresses import absolute
from sponsors.api.paging import PAGING, Limit, PageNumber, date_answer, listed, only
from sponsors.api.problems import not_found
from sponsors.api.shapes import known

router = Router(tags=["Subjects"])
status_router = Router(tags=["Freshness"])


@router.get(
    "/proposals",
    response=shapes.ProposalList,
    operation_id="listProposals",
    summary="Proposals across chambers and sessions",
    url_name="proposals",
)
def proposals(request: HttpRequest, page: PageNumber, limit: Limit):
    """By name."""
    only(request, *PAGING)
    return listed(
        request,
        shapes.ProposalList,
        models.Proposal.objects.with_bills(),
        lambda row: shapes.Proposal(
            id=row.slug,
            name=row.name,
            bills=[bill_id(one["legislature"], one["session"], one["slug"]) for one in row.its_bills],
            url=_address("api:proposal", row.slug),
        ),
        page=page,
        limit=limit,
        shown=models.Proposal.objects.with_bill_names(),
    )


@router.get(
    "/proposals/{proposal}",
    response=shapes.ProposalRecord,
    operation_id="getProposal",
    summary="One proposal, with its bills",
    url_name="proposal",
)
def proposal(request: HttpRequest, response: HttpResponse, proposal: str):
    """Each bill with where it stands or how it ended."""
    only(request)
    row = models.Proposal.objects.with_bills().filter(slug=proposal.replace("\0", "")).first()
    if row is None:
        raise not_found("We know no proposal of this name. /api/v1/proposals lists them.")
    today = timezone.localdate()
    bills = list(
        Bill.objects.published()
        .for_api()
        .filter(proposal=row)
        .order_by("-session__start", "base_print_no", "pk")
    )
    date_answer(response, moments_of(bills))
    return shapes.ProposalRecord(
        id=row.slug,
        name=row.name,
        bills=[bill_shape(bill, today=today) for bill in bills],
        url=_address("api:proposal", row.slug),
    )


@router.get(
    "/issues",
    response=shapes.IssueList,
    operation_id="listIssues",
    summary="Issues that bills and statements are filed under",
    url_name="issues",
)
def issues(request: HttpRequest, page: PageNumber, limit: Limit):
    """By name."""
    only(request, *PAGING)
    filed = Bill.objects.published().filter(issues=OuterRef("pk")).order_by()
    number = filed.values("issues").annotate(number=Count("pk")).values("number")
    return listed(
        request,
        shapes.IssueList,
        models.Issue.objects.all(),
        lambda row: shapes.Issue(
            id=row.slug,
            name=row.name,
            description=known(row.description),
            bills=row.number_of_bills,
            bills_url=absolute(reverse("api:bills", query={"issue": row.slug})),
            statements_url=absolute(reverse("api:statements", query={"issue": row.slug})),
        ),
        page=page,
        limit=limit,
        shown=models.Issue.objects.annotate(number_of_bills=Coalesce(Subquery(number), 0)),
    )


@router.get(
    "/sessions",
    response=shapes.SessionList,
    operation_id="listSessions",
    summary="Sessions with bills",
    url_name="sessions",
)
def sessions(request: HttpRequest, page: PageNumber, limit: Limit):
    """By legislature, the latest first."""
    only(request, *PAGING)
    bills = Bill.objects.published().filter(session=OuterRef("pk")).order_by()
    number = bills.values("session").annotate(number=Count("pk")).values("number")
    return listed(
        request,
        shapes.SessionList,
        models.Session.objects.filter(Exists(bills)),
        lambda row: shapes.Session(
            id=f"{row.legislature_id}/{row.year}",
            legislature=row.legislature_id,
            session=row.year,
            label=row.label,
            start=row.start,
            end=row.end,
            bills=row.number_of_bills,
        ),
        page=page,
        limit=limit,
        shown=models.Session.objects.annotate(number_of_bills=Coalesce(Subquery(number), 0)),
    )


@status_router.get(
    "/status",
    response=shapes.SourceStatus,
    operation_id="getStatus",
    summary="When each source was last read",
    url_name="status",
)
def status(request: HttpRequest, response: HttpResponse):
    """What the page /status/ says: look here before you rely on a bill's `checked_at`."""
    only(request)
    found = sources(now=timezone.now())
    date_answer(response, (one.last_success for one in found))
    return shapes.SourceStatus(
        sources=[
            shapes.Source(
                source=one.code,
                name=one.name,
                legislature=one.legislature,
                kind="mirror" if one.is_mirror else "live" if one.is_live else "records",
                is_replaced=one.is_replaced,
                last_success=one.last_success,
                is_late=one.is_late,
                bills=one.bills,
                checked_in_last_day=one.checked_in_last_day,
                unreadable=one.at_fault,
            )
            for one in found
        ]
    )


def _address(name: str, *parts: object) -> str:
    return absolute(reverse(name, args=parts))
