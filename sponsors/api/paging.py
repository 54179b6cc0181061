"""Lists of the API: the pages' own filters, strictly read, and a bounded number of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Annotated, Any, TypeVar

import django_filters
from django import forms
from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.http import http_date
from django_filters.widgets import SuffixedMultiWidget
from ninja import Query

from sponsors.addresses import absolute
from sponsors.api.problems import bad_parameters, not_found
from sponsors.api.shapes import Listed
from sponsors.pagination import MOST_COUNTED, Pages

PER_PAGE = 25
MOST_PER_PAGE = 100

PageNumber = Annotated[int, Query(1, ge=1, le=MOST_COUNTED, description="Which page, from 1.")]
Limit = Annotated[
    int, Query(PER_PAGE, ge=1, le=MOST_PER_PAGE, description=f"How many to a page, {MOST_PER_PAGE} at most.")
]
PAGING = frozenset({"page", "limit"})
Row = TypeVar("Row")
Shape = TypeVar("Shape")
SomeList = TypeVar("SomeList", bound=Listed)


def only(request: HttpRequest, *allowed: str) -> None:
    """Refuse a parameter that this address does not know, or knows once and was given twice."""
    _refuse(_unknown(request.GET, set(allowed)) + _twice(request.GET, allowed))


def chosen(request: HttpRequest, filters: type[django_filters.FilterSet], queryset: QuerySet) -> QuerySet:
    """The rows that the filters choose. Raises a 422 that names each unknown or malformed parameter.

    The pages ignore what nobody could have chosen and say so; a program would not read that, and take a wider
    list for the one it asked for.
    """
    found = filters(request.GET, queryset=queryset)
    names = parameter_names(found.form)
    errors = _unknown(request.GET, {*names, *PAGING})
    errors += _twice(
        request.GET, [*PAGING, *(name for name, takes_several in names.items() if not takes_several)]
    )
    if not found.form.is_valid():
        errors += [
            {"parameter": name, "detail": _without_ignored(str(line))}
            for name, lines in found.form.errors.items()
            for line in lines
        ]
    _refuse(errors)
    return found.qs


def parameter_names(form: forms.Form) -> dict[str, bool]:
    """Each parameter that the form reads, and whether it may be given several times."""
    names: dict[str, bool] = {}
    for name, field in form.fields.items():
        if isinstance(field.widget, SuffixedMultiWidget):
            names |= {f"{name}_{suffix}": False for suffix in field.widget.suffixes}
            continue
        both = QueryDict(mutable=True)
        both.setlist(name, ["a", "b"])
        names[name] = isinstance(field.widget.value_from_datadict(both, {}, name), (list, tuple))
    return names


def parameters_of(filters: type[django_filters.FilterSet], **notes: str) -> list[dict[str, Any]]:
    """The filters as OpenAPI parameters, from the labels and choices that readers see.

    `notes` says of some what a label cannot.
    """
    with translation.override("en"):
        described = []
        for name, one in filters.base_filters.items():
            choices = _flat(one.extra.get("choices") or [])
            field = one.field_class
            several = issubclass(field, forms.MultipleChoiceField)
            value: dict[str, Any] = {"type": "string"}
            if issubclass(field, (forms.IntegerField, forms.DecimalField)):
                value = {"type": "integer"}
            said = str(one.label or name)
            if choices:
                value["enum"] = [choice for choice, _label in choices]
                value["x-labels"] = [label for _choice, label in choices]
            schema = {"type": "array", "items": value} if several else value
            suffixes = getattr(one.field_class.widget, "suffixes", None) or [""]
            described += [
                {
                    "name": f"{name}_{suffix}" if suffix else name,
                    "in": "query",
                    "required": False,
                    "description": f"{said}{_ENDS.get(suffix, '')}. {notes.get(name, '')}".strip(),
                    "schema": schema,
                }
                for suffix in suffixes
            ]
        return described


_ENDS = {"after": ", from this day on", "before": ", up to this day", "min": ", at least", "max": ", at most"}


def listed(
    request: HttpRequest,
    kind: type[SomeList],
    rows: QuerySet,
    shaped: Callable[[Any], Any],
    *,
    page: int,
    limit: int,
    shown: QuerySet,
) -> SomeList:
    """One page of `rows`, read through `shown`, each row made into its shape. A page beyond the last is a 404."""
    pages = Pages(rows, shown, limit)
    try:
        found = pages.page(page)
    except InvalidPage as error:
        raise not_found(_no_such_page(pages, page)) from error
    return kind(
        count=pages.count,
        count_is_exact=not pages.has_uncounted,
        page=page,
        limit=limit,
        next=_address(request, page + 1) if found.has_next() else None,
        previous=_address(request, page - 1) if page > 1 else None,
        results=[shaped(row) for row in found.object_list],
    )


def date_answer(response: HttpResponse, moments: Iterable[datetime | None]) -> None:
    """Last-Modified, from the moments at which what is told was read or moved; none where no moment is known."""
    known = [moment for moment in moments if moment]
    if known:
        response["Last-Modified"] = http_date(max(known).timestamp())


def _no_such_page(pages: Pages, page: int) -> str:
    if pages.has_uncounted and page > pages.num_pages:
        return f"Pages end with entry {MOST_COUNTED:,}. Narrow the list down, or take the nightly files at /data/."
    return f"There is no page {page} of this list; the last is page {pages.num_pages}."


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return absolute(f"{request.path}?{query.urlencode()}")


def _unknown(given: QueryDict, allowed: set[str]) -> list[dict[str, str]]:
    known = ", ".join(sorted(allowed)) or "none"
    return [
        {"parameter": name[:100], "detail": f"There is no such parameter here. Known are: {known}."}
        for name in given
        if name not in allowed
    ]


def _twice(given: QueryDict, once: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"parameter": name, "detail": "It takes one value and was given several."}
        for name in once
        if len(given.getlist(name)) > 1
    ]


def _refuse(errors: list[dict[str, str]]) -> None:
    if errors:
        raise bad_parameters(errors)


def _without_ignored(line: str) -> str:
    """The page's sentence without its second half, which says what the page does about it and the API does not."""
    return line.split(";")[0].rstrip(".") + "."


def _flat(choices: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    """Choices without their groups; choices that depend on the database are not known here."""
    if callable(choices):
        return []
    found: list[tuple[str, str]] = []
    for value, label in choices:
        found += _flat(label) if isinstance(label, (list, tuple)) else [(str(value), str(label))]
    return found
