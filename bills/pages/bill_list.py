"""The list of bills as a page, and as files and a feed of exactly what the page lists."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bills.api.rows import id_of
from bills.filters import SORTS, BillFilter
from bills.models import Bill
from bills.share import entries
from sponsors import atom
from sponsors.addresses import absolute, tag
from sponsors.exports import Export
from sponsors.filters import ordered
from sponsors.list_page import ListPage
from sponsors.prepared import PreparedRows

FORMATS = (
    ("bills:list_csv", _("CSV"), "text/csv"),
    ("bills:list_json", _("JSON"), "application/json"),
    ("bills:list_atom", _("Atom feed"), "application/atom+xml"),
)
# Names of a promise: docs/data.md lists them, a column may be added at the end, none renamed.
COLUMNS = (
    "id", "legislature", "session", "session_label", "print_no", "number", "chamber", "short_name", "title",
    "is_law", "law_line", "law_since", "chapter", "status", "status_words", "status_date", "condition", "outcome",
    "ended_on", "replaced_by", "committee", "prime_sponsor", "prime_sponsor_party", "issues", "introduced_on",
    "last_action_on", "has_statements", "poll_answers", "checked_at", "changed_at", "address",
)  # fmt: skip


def list_page_of_bills(listing: BillFilter, number: str | None) -> ListPage:
    return ListPage(
        listing,
        "bills:list",
        shown=_cards(listing.sort),
        number=number,
        formats=FORMATS,
    )


@cache
def _cards(sort: str) -> PreparedRows[Bill]:
    return PreparedRows(Bill.objects.published().for_cards().order_by(*ordered(SORTS, sort, "listed__")))


def export_of_bills(listing: BillFilter) -> Export:
    return Export(listing, "bills:list", "bills", COLUMNS, Bill.objects.for_list_files(), _record)


def _record(bill: Bill) -> dict[str, Any]:
    session = bill.session
    return {
        "id": id_of(bill),
        "legislature": session.legislature_id,
        "session": session.year,
        "session_label": session.label,
        "print_no": bill.base_print_no,
        "number": bill.display_no,
        "chamber": bill.chamber,
        "short_name": bill.short_name,
        "title": bill.title,
        "is_law": bill.is_law,
        "law_line": bill.law_line,
        "law_since": _iso(bill.law_since),
        "chapter": bill.chapter,
        "status": bill.status,
        "status_words": bill.headline,
        "status_date": _iso(bill.status_date),
        "condition": bill.condition,
        "outcome": bill.outcome or None,
        "ended_on": _iso(bill.ended_on),
        "replaced_by": bill.substituted_by_print_no or None,
        "committee": bill.committee.name if bill.committee else None,
        "prime_sponsor": bill.prime_sponsor,
        "prime_sponsor_party": bill.listed.party or None,
        "issues": bill.issue_slugs,
        "introduced_on": _iso(bill.introduced_on),
        "last_action_on": _iso(bill.last_action_on),
        "has_statements": bill.listed.is_spoken_of,
        "poll_answers": bill.listed.answers,
        "checked_at": _iso(bill.checked_at),
        "changed_at": _iso(bill.changed_at),
        "address": absolute(bill.get_absolute_url()),
    }


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def feed_of_bills(listing: BillFilter) -> HttpResponse:
    """The fifty of the list that moved last, as Atom."""
    query = listing.query(sort="")
    return atom.feed(
        key=tag("bills", query.removeprefix("?")) if query else tag("bills"),
        title=gettext("Bills on Passage"),
        subtitle=listing.in_words() or gettext("Every bill we follow"),
        path=reverse("bills:list") + query,
        feed_path=reverse("bills:list_atom") + query,
        entries=newest_bills(listing),
    )


def newest_bills(listing: BillFilter) -> list[atom.Entry]:
    """The fifty of the list that moved last; a bill whose record speaks of a day to come is held till then."""
    now = timezone.now()
    rows = listing.narrowed().exclude(last_action_on__gt=timezone.localdate(now))
    keys = list(rows.order_by(*listing.order_of(""))[: atom.MOST_ENTRIES].values_list("pk", flat=True))
    return [entries.listed(bill, now=now) for bill in Bill.objects.for_sharing().filter(pk__in=keys)]
