"""Pages about statements: the list, one statement, and the glossary of what statements name."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bills.refresh.facts import web_address
from sponsors.pagination import page_of
from statements.filters import StatementFilter
from statements.glossary import explained, in_order
from statements.models import Statement


@require_safe
def statement_list(request: HttpRequest) -> HttpResponse:
    """/statements/ : what people have said about legislation, the newest first."""
    statements = StatementFilter(request.GET, queryset=Statement.objects.published())
    page = page_of(statements.qs, request.GET.get("page"), shown=Statement.objects.for_cards())
    return render(request, "statements/statement_list.html", {"filter": statements, "page": page})


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
