"""What the list of proposals can be narrowed by."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from bills.models import Proposal
from sponsors.filters import UNKNOWN, UNUSABLE, ListFilter

STATES = [
    ("alive", _("Alive")),
    ("law", _("Became law")),
    ("adopted", _("Adopted (resolutions)")),
    ("ended", _("Ended without becoming law")),
    ("unknown", _("Outcome not in our source")),
]


class ProposalFilter(ListFilter):
    """`/proposals/?q=green+light&state=law`."""

    q = django_filters.CharFilter(label=_("Name"), method="by_name", max_length=100, error_messages=UNUSABLE)
    state = django_filters.ChoiceFilter(
        label=_("Where it stands"), choices=STATES, empty_label=_("Any"), error_messages=UNKNOWN
    )

    class Meta:
        model = Proposal
        fields: list[str] = []

    def by_name(self, queryset, _name: str, value: str):
        return queryset.named(value)
