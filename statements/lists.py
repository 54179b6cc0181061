"""The list of statements as a page, and as files and a feed of exactly what the page lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bills.refresh.facts import web_address
from bills.share import entries
from sponsors import atom
from sponsors.addresses import absolute, tag
from sponsors.exports import Export
from sponsors.list_page import ListPage
from statements.api.statements import statement_id
from statements.filters import StatementFilter
from statements.models import Statement

FORMATS = (
    ("statements:list_csv", _("CSV"), "text/csv"),
    ("statements:list_json", _("JSON"), "application/json"),
    ("statements:list_atom", _("Atom feed"), "application/atom+xml"),
)
# Names of a promise: docs/data.md lists them, a column may be added at the end, none renamed.
COLUMNS = (
    "id", "kind", "title", "date", "publisher", "speaker", "speaker_role", "speaker_id", "bills", "issues",
    "is_retold", "correction", "source_url", "address",
)  # fmt: skip


def list_page_of_statements(listing: StatementFilter, number: str | None) -> ListPage:
    return ListPage(
        listing, "statements:list", shown=Statement.objects.for_cards(), number=number, formats=FORMATS
    )


def export_of_statements(listing: StatementFilter) -> Export:
    rows = Statement.objects.for_cards().prefetch_related("issues")
    return Export(listing, "statements:list", "statements", COLUMNS, rows, _record)


def _record(statement: Any) -> dict[str, Any]:
    speaker = statement.first_speaker or {}
    return {
        "id": statement_id(statement),
        "kind": statement.kind,
        "title": statement.title,
        "date": statement.date.isoformat() if statement.date else None,
        "publisher": statement.publisher or None,
        "speaker": speaker.get("name"),
        "speaker_role": speaker.get("role") or None,
        "speaker_id": speaker.get("slug"),
        "bills": sorted(
            f"{bill['legislature']}/{bill['year']}/{bill['slug']}" for bill in statement.bills_named
        ),
        "issues": sorted(issue.slug for issue in statement.issues.all()),
        "is_retold": statement.is_retold,
        "correction": statement.correction or None,
        "source_url": web_address(statement.source_url) or None,
        "address": absolute(statement.get_absolute_url()),
    }


def feed_of_statements(listing: StatementFilter) -> HttpResponse:
    """The newest fifty of the list, as Atom."""
    query = listing.query(sort="")
    return atom.feed(
        key=tag("statements", query.removeprefix("?")) if query else tag("statements"),
        title=gettext("Statements on Passage"),
        subtitle=listing.in_words() or gettext("Every statement we hold"),
        path=reverse("statements:list") + query,
        feed_path=reverse("statements:list_atom") + query,
        entries=newest_statements(listing),
    )


def newest_statements(listing: StatementFilter) -> Iterator[atom.Entry]:
    """The newest fifty of the list; one of a day to come is held till then."""
    today = timezone.localdate()
    rows = listing.narrowed().exclude(date__gt=today).order_by(*listing.order_of(""))
    keys = list(rows[: atom.MOST_ENTRIES].values_list("pk", flat=True))
    for one in Statement.objects.for_cards().filter(pk__in=keys):
        numbers = gettext(", ").join(sorted(bill["number"] for bill in one.bills_named))
        about = gettext("About %(bills)s.") % {"bills": numbers} if numbers else ""
        if made := entries.statement(one, speaker=one.first_speaker, today=today, about=about):
            yield made
