"""What the list of statements can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from bills.models import Issue
from sponsors.filters import UNKNOWN, UNUSABLE, ListFilter
from statements.models import Speaker, Statement


class StatementFilter(ListFilter):
    """`/statements/?q=sanctuary&kind=letter&issue=immigration&year=2017&speaker=jose-m-serrano`."""

    q = django_filters.CharFilter(
        label=_("Words"), method="by_words", max_length=200, error_messages=UNUSABLE
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Statement.Kind.choices, empty_label=_("Any"), error_messages=UNKNOWN
    )
    issue = django_filters.ChoiceFilter(
        label=_("Issue"), method="by_issue", choices=[], empty_label=_("Any"), error_messages=UNKNOWN
    )
    year = django_filters.NumberFilter(
        label=_("Year"),
        method="by_year",
        min_value=1800,
        max_value=2199,
        decimal_places=0,
        error_messages={
            "invalid": _("A year has four digits; this was ignored."),
            "min_value": _("A year has four digits; this was ignored."),
            "max_value": _("A year has four digits; this was ignored."),
            "max_decimal_places": _("A year has four digits; this was ignored."),
        },
    )
    speaker = django_filters.CharFilter(
        label=_("Speaker’s name"), method="by_speaker", max_length=120, error_messages=UNUSABLE
    )

    class Meta:
        model = Statement
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["issue"].extra["choices"] = list(
            Issue.objects.order_by("name").values_list("slug", "name")
        )

    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset.latest_first())

    def by_words(self, queryset, _name: str, value: str):
        return queryset.saying(value)

    def by_issue(self, queryset, _name: str, value: str):
        return queryset.filter(Exists(Issue.objects.filter(slug=value, statements=OuterRef("pk"))))

    def by_year(self, queryset, _name: str, value):
        return queryset.filter(date__year=int(value))

    def by_speaker(self, queryset, _name: str, value: str):
        return queryset.filter(Exists(Speaker.objects.named(value).filter(statement=OuterRef("pk"))))
