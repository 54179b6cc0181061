"""Facets: what a list can be narrowed by, several values at once, with a count beside each."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sponsors.days import read_day

MOST_CHOSEN = 40  # values of one facet; nobody ticks more, and each makes the question longer
LONGEST_SHOWN = 60  # characters of a value that we do not have
SHOWN_AT_ONCE = 8  # values of a facet before the rest is folded away


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet. `value` stands in addresses, `keys` are what rows hold, as text.

    `group` is the heading it stands under; `needs_group` says that it means little without.
    """

    value: str
    label: Any
    keys: tuple[str, ...]
    group: Any = ""
    needs_group: bool = False

    @property
    def alone(self) -> str:
        """Its words where it stands without its heading: "2025-2026, New York State"."""
        if not self.needs_group:
            return str(self.label)
        return gettext("%(value)s, %(group)s") % {"value": self.label, "group": self.group}


def by_value(choices: Iterable[Choice]) -> dict[str, Choice]:
    return {choice.value: choice for choice in choices}


class QuickInput(forms.TextInput):
    """An `<input>` as Django's template writes it, without the template: a list has six of them, and they were a
    sixth of its time."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        told = context["widget"]
        attributes = {"type": told["type"], "name": told["name"]}
        attributes |= {"value": told["value"]} if told["value"] is not None else {}
        attributes |= told["attrs"]
        shown = [
            (name, "" if value is True else f'="{escape(value)}"')
            for name, value in attributes.items()
            if value is not False
        ]
        return mark_safe(f"<input{''.join(f' {name}{value}' for name, value in shown)}>")  # noqa: S308


class FacetField(forms.Field):
    """Takes any number of its choices. What is none of them lands in `unknown` and leaves the others standing."""

    widget = forms.SelectMultiple

    def __init__(
        self,
        *,
        choices: Iterable[Choice] | dict[str, Choice] = (),
        aliases: dict[str, list[str]] | None = None,
        read: Callable[[str], Choice | None] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.by_value = choices if isinstance(choices, dict) else by_value(choices)
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
            self.by_value = {**self.by_value, read.value: read}  # they may be those of every reader
            return [read.value]
        return []

    def keys_of(self, values: Iterable[str]) -> list[str]:
        return [key for value in values for key in self.by_value[value].keys]


class Light:
    """A filter whose copy is cheap. A FilterSet copies its filters for each request, words and all, which takes
    longer than the questions that it asks the database."""

    extra: dict[str, Any]
    method: Any

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        twin = copy.copy(self)
        twin.extra = dict(self.extra)
        vars(twin).pop("_field", None)
        if method := twin.method:
            twin.method = method  # binds it to the copy
        return twin


class FacetFilter(Light, django_filters.Filter):
    """A facet over rows. Where they hold its value:

    - `column`: a column or annotation of the rows, or an array of them (`is_array`);
    - `pairs`: a function that gives a `values_list()` of (key of the row, value), for values in another table.
    """

    field_class = FacetField

    def __init__(
        self,
        *,
        column: str = "",
        pairs: Callable[[], Any] | None = None,
        is_array: bool = False,
        shown: int = SHOWN_AT_ONCE,
        is_open: bool = False,
        is_counted: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.column, self.pairs, self.is_array = column, pairs, is_array
        self.shown, self.is_open, self.is_counted = shown, is_open, is_counted

    def narrow(self, rows: QuerySet, keys: list[str]) -> QuerySet:
        """The rows that hold any of `keys`."""
        if self.pairs is not None:
            holding: Any = self.pairs()
            row, value = holding._fields
            return rows.filter(pk__in=holding.filter(**{f"{value}__in": keys}).values(row))
        if self.is_array:
            return rows.filter(**{f"{self.column}__overlap": keys})
        return rows.filter(**{f"{self.column}__in": keys})


class DayField(forms.CharField):
    """A day, or the month or year that it begins or ends."""

    widget = QuickInput

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


class DayFilter(Light, django_filters.Filter):
    """Rows whose `column` is on or after the day; on or before it where `is_end`."""

    field_class = DayField

    def __init__(self, *, column: str, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(is_end=is_end, **kwargs)
        self.column, self.is_end = column, is_end

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return (
            qs if value is None else qs.filter(**{f"{self.column}__{'lte' if self.is_end else 'gte'}": value})
        )


class WordsFilter(Light, django_filters.CharFilter):
    """Words that a reader typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=QuickInput, **kwargs)


class OptionField(forms.Field):
    """One of a few options, or none: {value: words}; an unknown one is an error."""

    def __init__(self, *, options: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(widget=QuickInput, **kwargs)
        self.options = options

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if text and text not in self.options:
            raise ValidationError(gettext("We do not have this one; it was ignored."), code="invalid_choice")
        return text


class OptionFilter(Light, django_filters.Filter):
    """The order of a list, or what else has one value of a few and leaves the rows as they are."""

    field_class = OptionField

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return qs
