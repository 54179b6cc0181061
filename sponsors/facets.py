"""Facets: what a list can be narrowed by, several values at once, with a count beside each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sponsors.days import read_day

MOST_CHOSEN = 40  # values of one facet; nobody ticks more, and each makes the question longer
LONGEST_SHOWN = 60  # characters of a value that we do not have
SHOWN_AT_ONCE = 8  # values of a facet before the rest is folded away


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet. `value` stands in addresses, `keys` are what rows hold, as text.

    `group` is the heading it stands under; `alone` its words where it stands without that heading.
    """

    value: str
    label: Any
    keys: tuple[str, ...]
    group: Any = ""
    alone: Any = ""


class FacetField(forms.Field):
    """Takes any number of its choices. What is none of them lands in `unknown` and leaves the others standing."""

    widget = forms.SelectMultiple

    def __init__(
        self,
        *,
        choices: Iterable[Choice] = (),
        aliases: dict[str, list[str]] | None = None,
        read: Callable[[str], Choice | None] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.by_value = {choice.value: choice for choice in choices}
        self.aliases = aliases or {}
        self.read = read
        self.unknown: list[str] = []

    def to_python(self, value: Any) -> list[str]:
        given = [value] if isinstance(value, str) else list(value or [])
        chosen: dict[str, None] = {}
        self.unknown = []
        for text in given:
            if not isinstance(text, str) or not text:
                continue
            known = self._known(text)
            chosen.update(dict.fromkeys(known))
            if not known:
                self.unknown.append(text)
        if len(chosen) > MOST_CHOSEN:
            self.unknown += list(chosen)[MOST_CHOSEN:]
        return sorted(list(chosen)[:MOST_CHOSEN])

    def _known(self, text: str) -> list[str]:
        if text in self.by_value:
            return [text]
        if text in self.aliases:
            return self.aliases[text]
        if self.read and (read := self.read(text)):
            self.by_value[read.value] = read
            return [read.value]
        return []

    def keys_of(self, values: Iterable[str]) -> list[str]:
        return [key for value in values for key in self.by_value[value].keys]


class FacetFilter(django_filters.Filter):
    """A facet over rows. Where they hold its value:

    - `column`: a column or annotation of the rows, or an array of them (`is_array`);
    - `pairs`: a function that gives a `values_list()` of (key of the row, value), for values in another table.
    """

    field_class = FacetField

    def __init__(
        self,
        *,
        column: str = "",
        pairs: Callable[[], QuerySet] | None = None,
        is_array: bool = False,
        shown: int = SHOWN_AT_ONCE,
        is_open: bool = False,
        hide_empty: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.column, self.pairs, self.is_array = column, pairs, is_array
        self.shown, self.is_open, self.hide_empty = shown, is_open, hide_empty

    def narrow(self, rows: QuerySet, keys: list[str]) -> QuerySet:
        """The rows that hold any of `keys`."""
        if self.pairs is not None:
            holding = self.pairs()
            row, value = holding._fields
            return rows.filter(pk__in=holding.filter(**{f"{value}__in": keys}).values(row))
        if self.is_array:
            return rows.filter(**{f"{self.column}__overlap": keys})
        return rows.filter(**{f"{self.column}__in": keys})


class DayField(forms.CharField):
    """A day, or the month or year that it begins or ends."""

    widget = forms.DateInput

    def __init__(self, *, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_end = is_end

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_day(text, is_end=self.is_end)
        except ValueError:
            raise ValidationError(
                gettext("This is not a day we can read; it was ignored. Write it as 2026-03-01."),
                code="invalid",
            ) from None

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        return {"placeholder": _("YYYY-MM-DD"), "maxlength": 40, "autocomplete": "off"}


class DayFilter(django_filters.Filter):
    """Rows whose `column` is on or after the day; on or before it where `is_end`."""

    field_class = DayField

    def __init__(self, *, column: str, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(is_end=is_end, **kwargs)
        self.column, self.is_end = column, is_end

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return (
            qs if value is None else qs.filter(**{f"{self.column}__{'lte' if self.is_end else 'gte'}": value})
        )
