"""Lists as files: CSV and JSON of exactly what a page lists, sent while they are read."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from sponsors.addresses import absolute
from sponsors.csv_cells import safe_cell
from sponsors.filters import ListFilter

MOST_ROWS = 10_000
ROWS_AT_ONCE = 250
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else


@dataclass(frozen=True)
class Export:
    """A list to be sent as a file.

    `view` names the list's address; `rows` reads what a row shows; `record` turns one of them into a flat
    dictionary whose keys are `columns`; `plural` is the name of the list in JSON and in file names.
    """

    listing: ListFilter
    view: str
    plural: str
    columns: Sequence[str]
    rows: QuerySet
    record: Callable[[Any], dict[str, Any]]

    def keys(self) -> tuple[list[Any], bool]:
        """The keys of the rows in the list's order, and whether there are more of them than a file holds."""
        chosen = self.listing.narrowed().order_by(*self.listing.order())
        found = list(chosen.values_list("pk", flat=True)[: MOST_ROWS + 1])
        return found[:MOST_ROWS], len(found) > MOST_ROWS

    def records(self, keys: list[Any]) -> Iterator[dict[str, Any]]:
        """A record for each key, in order; what was deleted meanwhile is left out."""
        for start in range(0, len(keys), ROWS_AT_ONCE):
            portion = keys[start : start + ROWS_AT_ONCE]
            found = {row.pk: row for row in self.rows.filter(pk__in=portion).order_by()}
            yield from (self.record(found[key]) for key in portion if key in found)

    @property
    def address(self) -> str:
        return absolute(reverse(self.view) + self.listing.query())


def refusal(listing: ListFilter) -> HttpResponse | None:
    """400 with the reason, in plain text, where anything asked for cannot be used: a file is never silently wider."""
    lines = [f"{name}: {message}" for name, messages in listing.faults.items() for message in messages]
    lines += [
        gettext("%(name)s: there is no such filter.") % {"name": name[:60]} for name in listing.strangers
    ]
    if not lines:
        return None
    text = "\n".join(line.replace("\x00", "\ufffd") for line in lines)
    return HttpResponse(f"{text}\n", status=400, content_type="text/plain; charset=utf-8")


def as_csv(export: Export) -> StreamingHttpResponse:
    """The list as CSV (RFC 4180, UTF-8 with a byte order mark), no cell of it a formula."""
    keys, is_cut = export.keys()
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK + writer.writerow(export.columns)
        for record in export.records(keys):
            yield writer.writerow([cell(record[column]) for column in export.columns])

    return _sent(export, lines(), "text/csv; charset=utf-8", "csv", len(keys), is_cut)


def as_json(export: Export) -> StreamingHttpResponse:
    """{"address", "count", "is_cut", PLURAL: [...]}; `count` is how many the file holds."""
    keys, is_cut = export.keys()

    def parts() -> Iterator[str]:
        head = {"address": export.address, "count": len(keys), "is_cut": is_cut}
        yield f"{json.dumps(head)[:-1]}, {json.dumps(export.plural)}: ["
        for place, record in enumerate(export.records(keys)):
            yield ("," if place else "") + "\n" + json.dumps(record, ensure_ascii=False)
        yield "\n]}\n"

    return _sent(export, parts(), "application/json", "json", len(keys), is_cut)


def _sent(
    export: Export, parts: Iterator[str], content_type: str, ending: str, count: int, is_cut: bool
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_in_chunks(parts), content_type=content_type)
    named = f"{export.plural}-first-{count}" if is_cut else export.plural
    response["Content-Disposition"] = f'attachment; filename="{named}.{ending}"'
    response["X-List-Count"] = str(count)
    response["X-List-Is-Cut"] = "yes" if is_cut else "no"
    response["Link"] = f'<{export.address}>; rel="canonical"'
    return response


def cell(value: Any) -> str:
    """A value as a cell: lists parted by "; ", yes and no as true and false, nothing as "", a formula made harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        text = "; ".join(str(one) for one in value)
    else:
        text = str(value)
    return safe_cell(text)


class _Echo:
    """A file that gives back what is written to it: csv writes, the response sends."""

    @staticmethod
    def write(line: str) -> str:
        return line


def _in_chunks(parts: Iterator[str], size: int = 32_768) -> Iterator[str]:
    """The same text in fewer pieces: each is a call of the server's."""
    waiting: list[str] = []
    length = 0
    for part in parts:
        waiting.append(part)
        length += len(part)
        if length >= size:
            yield "".join(waiting)
            waiting, length = [], 0
    yield "".join(waiting)
