"""Pages about statements: the list, one statement, and the glossary of what statements name."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bills.refresh.facts import web_address
from sponsors.exports import as_csv, as_json, refusal
from sponsors.list_page import without_empty_fields
from statements.filters import StatementFilter
from statements.glossary import explained, in_order
from statements.lists import export_of_statements, feed_of_statements, list_page_of_statements
from statements.models import Statement


@require_safe
def statement_list(request: HttpRequest) -> HttpResponse:
    """/statements/ : what people have said about legislation, the newest first."""
    listing = StatementFilter(request.GET, queryset=Statement.objects.published())
    if shorter := without_empty_fields(request, listing):
        return shorter
    shown = list_page_of_statements(listing, request.GET.get("page"))
    return render(request, "statements/statement_list.html", {"list": shown, "page": shown.page})


@require_safe
def statement_list_csv(request: HttpRequest) -> HttpResponseBase:
    """/statements/list.csv : exactly the list of the same query string, every page of it."""
    listing = StatementFilter(request.GET, queryset=Statement.objects.published())
    return refusal(listing) or as_csv(export_of_statements(listing))


@require_safe
def statement_list_json(request: HttpRequest) -> HttpResponseBase:
    """/statements/list.json : the same as JSON."""
    listing = StatementFilter(request.GET, queryset=Statement.objects.published())
    return refusal(listing) or as_json(export_of_statements(listing))


@require_safe
def statement_list_atom(request: HttpRequest) -> HttpResponseBase:
    """/statements/feed.atom : the newest of the same query string."""
    listing = StatementFilter(request.GET, queryset=Statement.objects.published())
    return refusal(listing) or feed_of_statements(listing)


@require_safe
def statement_detail(request: HttpRequest, year: int | None, slug: str) -> HttpResponse:
    """/statements/2017/a-title/ : who said what, where, about which bills."""
    statement = Statement.objects.published().addressed(year, slug).for_page().first()
    if statement is None:
        raise Http404("There is no statement at this address.")
    context = {
        "statement": statement,
        "named": explained(statement.programmes, f"{statement.title}\n{statement.body}"),
        "original": web_address(statement.source_url),
    }
    return render(request, "statements/statement_detail.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """/glossary/#secure-communities : programmes, orders and terms, explained in our own words."""
    return render(request, "statements/glossary.html", {"entries": in_order()})
