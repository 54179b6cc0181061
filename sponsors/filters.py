"""What the list of people can be narrowed by."""

from __future__ import annotations

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from sponsors.models import Organization, Person, Term

UNKNOWN = {"invalid_choice": _("We do not have this one; it was ignored.")}
UNUSABLE = {
    "max_length": _("That is too long; it was ignored."),
    "null_characters_not_allowed": _("That has a character we cannot search for; it was ignored."),
}
CHAMBERS = [
    ("ny.senate", _("New York Senate")),
    ("ny.assembly", _("New York Assembly")),
    ("nyc.council", _("New York City Council")),
    ("us.senate", _("United States Senate")),
    ("us.house", _("House of Representatives")),
]


class ListFilter(django_filters.FilterSet):
    """A filter of a list page. Its first field is always in view; on a phone the others are folded away."""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order was chosen."""
        return any(value for name, value in self.form.cleaned_data.items() if name != "sort")

    @property
    def has_folded_chosen(self) -> bool:
        """Whether a folded field is in use, or has an error to show."""
        return any(
            self.form.cleaned_data.get(name) or name in self.form.errors for name in list(self.filters)[1:]
        )


class PersonFilter(ListFilter):
    """`/sponsors/?q=serrano&chamber=ny.senate&show=all`. Without `show`, only those with something here."""

    q = django_filters.CharFilter(label=_("Name"), method="by_name", max_length=100, error_messages=UNUSABLE)
    chamber = django_filters.ChoiceFilter(
        label=_("Has served in"),
        method="by_chamber",
        choices=CHAMBERS,
        empty_label=_("Any"),
        error_messages=UNKNOWN,
    )
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="by_show",
        choices=[("all", _("Everyone on record"))],
        empty_label=_("With bills or statements"),
        error_messages=UNKNOWN,
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("show") == "all" else queryset.with_something_to_show()

    def by_name(self, queryset, _name: str, value: str):
        return queryset.named(value)

    def by_chamber(self, queryset, _name: str, value: str):
        legislature, chamber = value.split(".")
        terms = Term.objects.filter(person=OuterRef("pk"), legislature=legislature, chamber=chamber)
        return queryset.filter(Exists(terms))

    def by_show(self, queryset, _name: str, _value: str):
        return queryset


class OrganizationFilter(ListFilter):
    """`/organizations/?q=civil+liberties`."""

    q = django_filters.CharFilter(label=_("Name"), method="by_name", max_length=100, error_messages=UNUSABLE)

    class Meta:
        model = Organization
        fields: list[str] = []

    def by_name(self, queryset, _name: str, value: str):
        return queryset.named(value)
