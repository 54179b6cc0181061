"""The bill that an address names, for everything that hangs below a bill's own address."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from bills.models import Bill
from bills.models.bill import BillQuerySet
from bills.print_numbers import parse_print_no, session_named
from sponsors.addresses import path_of


def bill_or_404(bills: BillQuerySet, legislature: str, session_year: int, print_no: str) -> Bill:
    """The published bill among `bills`, in whatever spelling; Http404 where there is none."""
    try:
        number = parse_print_no(print_no, legislature=legislature)
        number = replace(number, session=session_named(legislature, session_year), year=None)
    except ValueError as error:
        raise Http404(str(error)) from error
    return get_object_or_404(bills.published().numbered(number))


def address(name: str, bill: Bill) -> str:
    """The path of one of the pages and files below a bill's address: `address("embed", bill)`."""
    return path_of(f"bills:{name}", bill.session.legislature_id, bill.session.year, bill.slug)


def to_canonical(request: HttpRequest, name: str, bill: Bill) -> HttpResponse | None:
    """A permanent redirect where the bill was asked for in another spelling, with the query string; else None."""
    path = address(name, bill)
    if request.path == path:
        return None
    query = request.META.get("QUERY_STRING", "")
    return redirect(path + (f"?{query}" if query else ""), permanent=True)
