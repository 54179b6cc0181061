"""/api/v1/bills: the list, one bill, what changed on it; and what changed on all of them."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from bills.api import shapes
from bills.api.rows import bill_shape, change_facts, id_of, moments_of, path_of, record_shape
from bills.filters import BillFilter
from bills.models import Bill, Change
from bills.pages.change_log import changes_of
from bills.print_numbers import LEGISLATURES, PrintNumber, parse_print_no, session_named
from sponsors.api.paging import PAGING, Limit, PageNumber, chosen, date_answer, listed, only, parameters_of
from sponsors.api.problems import Problem, not_found

router = Router(tags=["Bills"])
BILL = "/bills/{legislature}/{session}/{print_no}"


_NOTES = {
    "q": "A print number in any spelling finds its bill, of every session.",
    "session": "First year of the session, or the number of a Congress; see `/api/v1/sessions`.",
    "committee": "The `id` of a committee; see `/api/v1/committees`.",
    "sponsor": "The `id` of a person, or any part of a name.",
    "issue": "The `id` of an issue; see `/api/v1/issues`.",
}


@router.get(
    "/bills",
    response=shapes.BillList,
    operation_id="listBills",
    summary="Bills, narrowed and sorted",
    url_name="bills",
    openapi_extra={"parameters": parameters_of(BillFilter, **_NOTES)},
)
def bills(request: HttpRequest, response: HttpResponse, page: PageNumber, limit: Limit):
    """The filters are those of the page /bills/, and mean the same. Without `sort`, the last to move comes first.

    An empty value is as good as none. A value that nobody could choose is an error, never a wider list.
    """
    rows = chosen(request, BillFilter, Bill.objects.published())
    today = timezone.localdate()
    read: list[Bill] = []

    def shaped(bill: Bill) -> shapes.Bill:
        read.append(bill)
        return bill_shape(bill, today=today)

    answer = listed(
        request, shapes.BillList, rows, shaped, page=page, limit=limit, shown=Bill.objects.for_api()
    )
    date_answer(response, moments_of(read))
    return answer


@router.get(
    BILL,
    response=shapes.BillRecord,
    operation_id="getBill",
    summary="One bill, with its whole record",
    url_name="bill",
)
def bill(request: HttpRequest, response: HttpResponse, legislature: str, session: str, print_no: str):
    """Any spelling is understood: a capital, points, noughts, an amendment letter, any year of the session. All but the
    plain one (`ny/2017/s4075`) are redirected to it for good (301)."""
    only(request)
    today = timezone.localdate()
    number = _number(legislature, session, print_no)
    found = Bill.objects.published().for_api_record(today).numbered(number).first()
    if found is None:
        raise not_found(_NOT_FOLLOWED)
    if request.path != path_of(found):
        return HttpResponsePermanentRedirect(path_of(found))
    date_answer(response, moments_of([found]))
    return record_shape(found, today=today)


@router.get(
    f"{BILL}/changes",
    response=shapes.ChangeList,
    operation_id="listChangesOfBill",
    summary="What changed on one bill",
    url_name="bill-changes",
)
def bill_changes(
    request: HttpRequest,
    response: HttpResponse,
    legislature: str,
    session: str,
    print_no: str,
    page: PageNumber,
    limit: Limit,
):
    """Each fact that its source has told otherwise than before, the newest first."""
    only(request, *PAGING)
    number = _number(legislature, session, print_no)
    found = Bill.objects.published().for_cards().numbered(number).first()
    if found is None:
        raise not_found(_NOT_FOLLOWED)
    address = reverse("api:bill-changes", args=[found.session.legislature_id, found.session.year, found.slug])
    if request.path != address:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    name = id_of(found)
    answer = listed(
        request,
        shapes.ChangeList,
        changes_of(found, today=timezone.localdate()),
        lambda row: shapes.Change(**change_facts(row, name)),
        page=page,
        limit=limit,
        shown=Change.objects.all(),
    )
    date_answer(response, (one.found_at for one in answer.results))
    return answer


_NOT_FOLLOWED = "We do not follow this bill. /api/v1/bills?q= takes a number in any spelling, or words."


def _number(legislature: str, session: str, print_no: str) -> PrintNumber:
    """Read a bill's address. Raises a 404 that says which part of it names nothing."""
    code = legislature.lower()
    if code not in LEGISLATURES:
        raise not_found("There is no such legislature: it is ny, nyc or us.")
    if not (session.isascii() and session.isdigit() and len(session) <= 4):
        raise not_found("The session is a year of it, or for Congress its number.")
    try:
        number = parse_print_no(print_no, legislature=code)
        return replace(number, session=session_named(code, int(session)), year=None)
    except ValueError as error:
        raise Problem(404, f"This is no bill's number: {error}") from error
