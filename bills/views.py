"""Pages about bills: the list, one bill, its poll, the search box, and how current it all is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bills import poll as polls
from bills.filters import BillFilter
from bills.forms import GoForm
from bills.models import Bill, Change, RefreshRun, SourceCount
from bills.models.bill import CARD_FIELDS
from bills.pages import change_log, prints
from bills.pages.bill_list import export_of_bills, feed_of_bills, list_page_of_bills
from bills.pages.bill_page import bill_numbered, context_of
from bills.pages.poll import poll_of_visitor
from bills.pages.search_box import choices_for, official_page
from bills.pages.source_status import sources
from bills.print_numbers import PrintNumber, parse_print_no, session_label, session_named
from bills.refresh.facts import web_address
from sponsors.exports import as_csv, as_json, refusal
from sponsors.list_page import without_empty_fields
from sponsors.pagination import page_of


@require_safe
def bill_list(request: HttpRequest) -> HttpResponse:
    """/bills/ : every bill we follow, narrowed and sorted by the query string."""
    listing = BillFilter(request.GET, queryset=Bill.objects.published())
    if shorter := without_empty_fields(request, listing):
        return shorter
    shown = list_page_of_bills(listing, request.GET.get("page"))
    return render(request, "bills/bill_list.html", {"list": shown, "page": shown.page})


@require_safe
def bill_list_csv(request: HttpRequest) -> HttpResponseBase:
    """/bills/list.csv : exactly the list of the same query string, every page of it."""
    listing = BillFilter(request.GET, queryset=Bill.objects.published())
    return refusal(listing) or as_csv(export_of_bills(listing))


@require_safe
def bill_list_json(request: HttpRequest) -> HttpResponseBase:
    """/bills/list.json : the same as JSON."""
    listing = BillFilter(request.GET, queryset=Bill.objects.published())
    return refusal(listing) or as_json(export_of_bills(listing))


@require_safe
def bill_list_atom(request: HttpRequest) -> HttpResponseBase:
    """/bills/feed.atom : those of the same query string that moved last."""
    listing = BillFilter(request.GET, queryset=Bill.objects.published())
    return refusal(listing) or feed_of_bills(listing)


@require_safe
def bill_detail(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """/bills/ny/2017/s4075/ : where one bill stands, for anyone."""
    number = _number_or_404(legislature, session_year, print_no)
    now = timezone.now()
    bill = bill_numbered(number, today=timezone.localdate(now))
    if bill is None:
        return _not_followed(request, [number])
    if request.path != bill.get_absolute_url():
        return _to_canonical(request, bill.get_absolute_url())
    return render(request, "bills/bill_detail.html", context_of(bill, now=now))


@require_safe
def bill_changes(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """.../changes/ : everything that our record of one bill has changed by, the newest first."""
    number = _number_or_404(legislature, session_year, print_no)
    bill = get_object_or_404(Bill.objects.published().for_cards().numbered(number))
    address = reverse("bills:changes", args=[bill.session.legislature_id, bill.session.year, bill.slug])
    if request.path != address:
        return _to_canonical(request, address)
    page = page_of(
        change_log.changes_of(bill, today=timezone.localdate()),
        request.GET.get("page"),
        shown=Change.objects.all(),
    )
    checks = change_log.checks(page.object_list, legislature=bill.session.legislature_id)
    return render(request, "bills/changes.html", {"bill": bill, "page": page, "checks": checks})


@require_safe
def bill_compare(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """.../compare/?from=original&to=A : what one print says and another does not."""
    number = _number_or_404(legislature, session_year, print_no)
    found = Bill.objects.published().numbered(number).for_cards().only(*CARD_FIELDS, "official_url")
    bill = get_object_or_404(found)
    address = reverse("bills:compare", args=[bill.session.legislature_id, bill.session.year, bill.slug])
    if request.path != address:
        return _to_canonical(request, address)
    if set(request.GET) - {"from", "to"}:  # a page that costs this much has few addresses
        asked = {name: request.GET[name] for name in ("from", "to") if name in request.GET}
        return redirect(f"{address}?{urlencode(asked)}" if asked else address, permanent=True)
    held = list(bill.amendments.all())
    context: dict[str, Any] = {
        "bill": bill,
        "prints": [prints.Choice.of(one) for one in held],
        "official_page": web_address(bill.official_url),
    }
    if len(held) < 2:
        return render(request, "bills/compare.html", context)
    try:
        before, after = prints.chosen(bill, held, request.GET)
    except ValueError as error:
        return render(request, "bills/compare.html", context | {"fault": str(error)}, status=400)
    if before is None or after is None:
        return render(request, "bills/compare.html", context | {"fault": prints.no_such()}, status=404)
    texts = bill.print_texts.filter(letter__in={before.letter, after.letter})
    compared = prints.comparison(before, after, texts)
    context |= {"before": prints.Choice.of(before), "after": prints.Choice.of(after), "compared": compared}
    return render(request, "bills/compare.html", context)


@csrf_exempt  # checked by came_from_our_page(), which needs no cookie on a page that is only read
@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]  # it takes any view
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """.../poll/ : the poll as this visitor sees it; a POST takes one answer, changes it or takes it back.

    With `?framed=1` without the site's frame around it, as it stands in the bill's page: that page is the same for
    everybody and can be kept in caches, and what is the visitor's own is here.
    """
    number = _number_or_404(legislature, session_year, print_no)
    if request.method != "POST":
        return _poll_page(request, number, {}, status=200)
    choice = polls.choice_of(request)
    if choice is None:
        return _poll_page(request, number, {"refused": "no_answer"}, status=400)
    if not polls.came_from_our_page(request):
        return _poll_page(request, number, {"confirm": choice}, status=403)
    counted = polls.count_answer(request)
    # Most answers lead elsewhere: what only a redrawn poll shows is read for that alone.
    bill = polls.bill_asked_about(number, mark=counted.mark)
    if bill is None:
        raise _no_poll_of(number)
    if bill.why_poll_is_closed:
        return _poll_page(request, number, {"refused": "closed"}, status=409)
    if not counted.is_within_limit:
        return _poll_page(request, number, {"refused": "too_many"}, status=429)
    return _take_answer(request, bill, choice)


def _take_answer(request: HttpRequest, bill: Bill, choice: str) -> HttpResponse:
    voter = polls.voter_of(request)
    response = HttpResponseRedirect(request.get_full_path())
    if choice == polls.WITHDRAW:
        if voter and not polls.withdraw(bill, voter):
            polls.forget_voter(response)
        return response
    voter = voter or polls.voter_of_ballot(request.POST.get("ballot", ""), bill)
    polls.answer(bill, voter, choice)
    polls.remember_voter(response, voter)
    return response


def _no_poll_of(number: PrintNumber) -> Http404:
    return Http404(f"We do not follow {number.display}.")


def _poll_page(
    request: HttpRequest, number: PrintNumber, context: dict[str, Any], *, status: int
) -> HttpResponse:
    bill = polls.bill_with_counts(number)
    if bill is None:
        raise _no_poll_of(number)
    frame = "bills/poll_frame.html" if request.GET.get("framed") == "1" else "base.html"
    context = {"bill": bill, "frame": frame} | poll_of_visitor(bill, polls.voter_of(request)) | context
    response = render(request, "bills/poll.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(int(polls.ANSWERS_WINDOW.total_seconds()))
    return response


@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """/bills/go/?q=S.03076-A/A.02328-A : any spelling to its bill or a choice; words to the search."""
    form = GoForm(request.GET)
    if not form.is_valid():
        return render(request, "bills/go.html", {"errors": form.errors["q"]}, status=400)
    query = form.cleaned_data["q"]
    choices = choices_for(query)
    if not choices:
        return redirect(reverse("search", query={"q": query}) if query else "bills:list")
    found = [bill for choice in choices for bill in choice.bills]
    if not found:
        return _not_followed(request, [choice.number for choice in choices if choice.number], query=query)
    if len(found) == 1 and len(choices) == 1:
        return redirect(found[0])
    return render(request, "bills/go.html", {"choices": choices, "query": query})


@require_safe
@cache_control(public=True, no_cache=True)  # rounds come and go on it
def status(request: HttpRequest) -> HttpResponse:
    """/status/ : when each source was last asked, and with what success."""
    now = timezone.now()
    context = {
        "sources": sources(now=now),
        "faults": RefreshRun.objects.open_faults(now=now),
        "counts": SourceCount.objects.newest_of_each(),
    }
    return render(request, "bills/status.html", context)


def _number_or_404(legislature: str, session_year: int, print_no: str) -> PrintNumber:
    try:
        number = parse_print_no(print_no, legislature=legislature)
        return replace(number, session=session_named(legislature, session_year), year=None)
    except ValueError as error:
        raise Http404(str(error)) from error


def _to_canonical(request: HttpRequest, address: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return redirect(address + (f"?{query}" if query else ""), permanent=True)


def _not_followed(request: HttpRequest, numbers: list[PrintNumber], *, query: str = "") -> HttpResponse:
    today = timezone.localdate()
    unknown = [
        {
            "number": number,
            "official_page": official_page(number, today=today),
            "session_label": session_label(number.legislature, number.session) if number.session else "",
        }
        for number in numbers
    ]
    return render(request, "bills/not_followed.html", {"unknown": unknown, "query": query}, status=404)
