"""The site's addresses and, beside them, what its pages are held against: as little as its server can do at all."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as of_the_site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

EMPTY, QUERY = "bench/empty", "bench/query"


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, through everything that every page goes through."""
    return HttpResponse(b"")


def query(request: HttpRequest) -> HttpResponse:
    """One bill's title, by its key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM bills_bill WHERE id = (SELECT min(id) FROM bills_bill)")
        return HttpResponse(cursor.fetchone()[0])


urlpatterns = [path(EMPTY, empty), path(QUERY, query), *of_the_site]
