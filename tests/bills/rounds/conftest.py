"""A source on this machine that the site asks with a key, and bills that it follows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.db import connections
from django.utils import timezone

from bills import coordination
from bills.models import Bill, TopicQuery
from bills.providers.registry import source_for
from sponsors.models import Legislature
from tests.bills.state_senate import StateSenate
from tests.factories import NAMES, make_session

SECRET = "never-show-c41d7"
LONG_AGO = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
IN_COMMITTEE = ["2025-02-03 senate REFERRED TO LANTERNS"]
ON_FLOOR = [*IN_COMMITTEE, "2025-02-20 senate 1ST REPORT CAL.9"]


@pytest.fixture(autouse=True)
def _no_topics_and_every_legislature(request):
    """A test says itself what is looked for. After a flush the rows of our migrations are gone."""
    if {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("transactional_db" if _commits(request) else "db")
        TopicQuery.objects.all().delete()
        for code, name in NAMES.items():
            Legislature.objects.get_or_create(code=code, defaults={"name": name, "short_name": name})


def _commits(request) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return "transactional_db" in request.fixturenames or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture
def senate(settings, monkeypatch):
    """New York's source, asked at once and without mercy."""
    coordination.forget()
    cache.clear()
    with StateSenate() as server:
        settings.OPEN_LEGISLATION_KEY = SECRET
        settings.OPEN_LEGISLATION_URL = server.address
        settings.REFRESH_RETRY_SECONDS = 0
        settings.SOURCE_MANNERS = {
            "connect_seconds": 2,
            "read_seconds": 2,
            "total_seconds": 4,
            "per_second": 100_000,
            "attempts": 1,
            "most_failures": 100_000,
        }
        monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
        yield server
    coordination.forget()


@pytest.fixture
def source(senate):
    return source_for("ny")


@pytest.fixture
def make_bill():
    """A bill of New York's running session, last read from the source long ago unless told otherwise."""

    def make(print_no: str = "S9871", *, year: int = 2025, **fields) -> Bill:
        known = {
            "status": "SENATE_FLOOR",
            "status_date": date(2025, 2, 20),
            "source": "open_legislation",
            "checked_at": LONG_AGO,
            "read_at": fields.get("checked_at", LONG_AGO),
            "chamber": "senate",
        }
        return Bill.objects.create(
            session=make_session("ny", year),
            base_print_no=print_no,
            slug=print_no.lower(),
            **(known | fields),
        )

    return make


@pytest.fixture
def now() -> datetime:
    return timezone.now()
