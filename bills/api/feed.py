"""/api/v1/changes: what changed on all bills, for a program that comes back for more."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from ninja import Query, Router

from bills.api import shapes
from bills.api.rows import change_facts, id_of
from bills.models import Change
from bills.print_numbers import LEGISLATURES
from sponsors.addresses import absolute
from sponsors.api.paging import MOST_PER_PAGE, date_answer, only
from sponsors.api.problems import bad_parameters

router = Router(tags=["Changes"])

# A transaction stamps its changes when it begins and shows them when it ends. Without this wait a reader who asks in
# between would be given a cursor beyond them and never see them.
SETTLED_AFTER = timedelta(minutes=2)

Since = Annotated[
    str | None,
    Query(
        None,
        max_length=40,
        description="Changes found at or after this moment: 2026-03-01 (New York time) or 2026-03-01T12:00:00Z.",
    ),
]
Cursor = Annotated[
    str | None,
    Query(None, max_length=100, description="Go on where an earlier answer ended; instead of `since`."),
]
Legislature = Annotated[str | None, Query(None, max_length=8, description="Only of ny, nyc or us.")]
Limit = Annotated[int, Query(50, ge=1, le=MOST_PER_PAGE, description="How many at once.")]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer ended: after this change."""

    found_at: datetime
    key: int

    def __str__(self) -> str:
        return (
            base64.urlsafe_b64encode(f"{self.found_at.isoformat()} {self.key}".encode()).decode().rstrip("=")
        )


def place_of(text: str) -> Place:
    """Raises ValueError for what we did not write."""
    try:
        padded = text + "=" * (-len(text) % 4)
        moment, key = base64.b64decode(padded, altchars=b"-_", validate=True).decode().split(" ")
        place = Place(datetime.fromisoformat(moment).astimezone(UTC), int(key))
    except (binascii.Error, ValueError, OverflowError) as error:
        raise ValueError("no cursor of ours") from error
    if not 0 <= place.key < 2**63 or str(place) != text:
        raise ValueError("no cursor of ours")
    return place


@router.get(
    "/changes",
    response=shapes.ChangeFeed,
    operation_id="followChanges",
    summary="What changed on all bills, to be followed",
    url_name="changes",
)
def changes(
    request: HttpRequest,
    response: HttpResponse,
    since: Since,
    cursor: Cursor,
    legislature: Legislature,
    limit: Limit,
):
    """Ask with `since` once, then always the address in `next`: nothing comes twice and nothing is left out. A change
    appears two minutes after it was found."""
    only(request, "since", "cursor", "legislature", "limit")
    now = timezone.now()
    rows = Change.objects.for_feed(timezone.localdate(now)).filter(found_at__lte=now - SETTLED_AFTER)
    place = None
    if cursor and since:
        raise bad_parameters([{"parameter": "cursor", "detail": "Give either `cursor` or `since`."}])
    if cursor:
        place = _read_cursor(cursor)
        rows = rows.filter(Q(found_at=place.found_at, pk__gt=place.key) | Q(found_at__gt=place.found_at))
        rows = rows.filter(found_at__gte=place.found_at)  # by the index
    elif since:
        rows = rows.filter(found_at__gte=_read_since(since))
    if legislature:
        if legislature not in LEGISLATURES:
            raise bad_parameters([{"parameter": "legislature", "detail": "It is ny, nyc or us."}])
        rows = rows.filter(bill__session__legislature=legislature)
    found = list(rows[: limit + 1])
    shown = found[:limit]
    if shown:
        place = Place(shown[-1].found_at, shown[-1].pk)
    date_answer(response, (row.found_at for row in shown))
    return shapes.ChangeFeed(
        results=[shapes.Change(**change_facts(row, id_of(row.bill))) for row in shown],
        has_more=len(found) > limit,
        cursor=str(place) if place else None,
        next=_next(request, place),
    )


def _next(request: HttpRequest, place: Place | None) -> str:
    query = request.GET.copy()
    if place:
        query.pop("since", None)
        query["cursor"] = str(place)
    return absolute(f"{request.path}?{query.urlencode()}" if query else request.path)


def _read_cursor(text: str) -> Place:
    try:
        return place_of(text)
    except ValueError as error:
        told = "This is no cursor of ours. Begin anew with `since`."
        raise bad_parameters([{"parameter": "cursor", "detail": told}]) from error


def _read_since(text: str) -> datetime:
    """A day begins in New York; a time without a zone is New York's too."""
    try:
        moment: datetime | date | None = parse_date(text) or parse_datetime(text.replace(" ", "+"))
        if isinstance(moment, date) and not isinstance(moment, datetime):
            moment = datetime.combine(moment, time())
        if moment is not None:
            aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
            return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    told = "Write a day, 2026-03-01, or a moment with its zone, 2026-03-01T12:00:00Z."
    raise bad_parameters([{"parameter": "since", "detail": told}])
