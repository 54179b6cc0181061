"""Pages about bills: the list, one bill, its poll, the search box, an issue, and how current it all is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bills import poll as polls
from bills.filters import BillFilter
from bills.forms import GoForm, PollForm
from bills.models import Bill, Change, Issue, RefreshRun, SourceCount
from bills.pages import change_log
from bills.pages.bill_page import context_of, pages, poll_context
from bills.pages.search_box import choices_for, official_page
from bills.pages.source_status import sources
from bills.print_numbers import PrintNumber, parse_print_no, session_label, session_named
from sponsors.pagination import page_of


@require_safe
def bill_list(request: HttpRequest) -> HttpResponse:
    """/bills/ : every bill we follow, narrowed and sorted by the query string."""
    bills = BillFilter(request.GET, queryset=Bill.objects.published())
    page = page_of(bills.qs, request.GET.get("page"), shown=Bill.objects.for_cards())
    return render(request, "bills/bill_list.html", {"filter": bills, "page": page})


@require_safe
@cache_control(private=True, max_age=0)  # the poll on it is the visitor's own
def bill_detail(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """/bills/ny/2017/s4075/ : where one bill stands, for anyone."""
    number = _number_or_404(legislature, session_year, print_no)
    bill = pages().numbered(number).first()
    if bill is None:
        return _not_followed(request, [number])
    if request.path != bill.get_absolute_url():
        return _to_canonical(request, bill.get_absolute_url())
    context = context_of(bill, now=timezone.now()) | poll_context(bill, polls.voter_of(request))
    return render(request, "bills/bill_detail.html", context)


@require_safe
def bill_changes(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """.../changes/ : everything that our record of one bill has changed by, the newest first."""
    number = _number_or_404(legislature, session_year, print_no)
    bill = get_object_or_404(Bill.objects.published().for_cards().numbered(number))
    address = reverse("bills:changes", args=[bill.session.legislature_id, bill.session.year, bill.slug])
    if request.path != address:
        return _to_canonical(request, address)
    page = page_of(change_log.changes_of(bill), request.GET.get("page"), shown=Change.objects.all())
    checks = change_log.checks(page.object_list, legislature=bill.session.legislature_id)
    return render(request, "bills/changes.html", {"bill": bill, "page": page, "checks": checks})


@csrf_exempt  # checked by came_from_our_page(), which needs no cookie on a page that is only read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """.../poll/ : take one answer, change it or take it back. A GET writes nothing and leads to the page."""
    number = _number_or_404(legislature, session_year, print_no)
    bill = get_object_or_404(pages().numbered(number))
    if request.method != "POST":
        return _to_poll(bill)
    form = PollForm(request.POST)
    if reason := bill.why_poll_is_closed:
        return _poll_page(request, bill, {"closed": reason}, status=409)
    if not form.is_valid():
        return _poll_page(request, bill, {"errors": form.errors.get("answer")}, status=400)
    if not polls.came_from_our_page(request):
        return _poll_page(request, bill, {"confirm": form.cleaned_data["answer"]}, status=403)
    if not polls.is_within_limit(request):
        return _poll_page(request, bill, {"too_many": True}, status=429)
    return _take_answer(request, bill, form)


def _take_answer(request: HttpRequest, bill: Bill, form: PollForm) -> HttpResponse:
    choice, voter = form.cleaned_data["answer"], polls.voter_of(request)
    response = _to_poll(bill)
    if choice == PollForm.WITHDRAW:
        if voter and not polls.withdraw(bill, voter):
            polls.forget_voter(response)
        return response
    voter = voter or polls.voter_of_ballot(form.cleaned_data["ballot"], bill)
    polls.answer(bill, voter, choice)
    polls.remember_voter(response, voter)
    return response


def _to_poll(bill: Bill) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{bill.get_absolute_url()}#poll")


def _poll_page(request: HttpRequest, bill: Bill, context: dict[str, Any], *, status: int) -> HttpResponse:
    context = {"bill": bill} | poll_context(bill, polls.voter_of(request)) | context
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
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """/issues/immigration/ : bills and statements filed under one subject."""
    found = get_object_or_404(Issue, slug=slug)
    bills = found.bills.published().latest_first()
    context = {
        "issue": found,
        "page": page_of(bills, request.GET.get("page"), shown=Bill.objects.for_cards()),
        "statements": found.statements.published().for_cards().latest_first()[:6],
    }
    return render(request, "bills/issue.html", context)


@require_safe
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
