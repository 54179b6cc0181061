"""What the list of proposals can be narrowed by."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bills.models import Proposal
from sponsors.facets import Choice, FacetFilter
from sponsors.filters import ListFilter, ListForm, words_filter

STATES = [
    ("alive", _("Alive")),
    ("law", _("Became law")),
    ("adopted", _("Adopted (resolutions)")),
    ("ended", _("Ended without becoming law")),
    ("unknown", _("Outcome not in our source")),
]


class ProposalFilter(ListFilter):
    """`/proposals/?q=green+light&state=law`, the last to move first. Its rows are those of `standing_on()`."""

    q = words_filter(_("Name"), "by_name", 100)
    state = FacetFilter(label=_("Where it stands"), column="state", is_open=True)

    class Meta:
        model = Proposal
        form = ListForm
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["state"].extra["choices"] = [Choice(code, words, (code,)) for code, words in STATES]

    @cached_property
    def rows(self):
        return self.queryset

    def order_of(self, sort: str, prefix: str = "") -> list[Any]:
        return [F("last_moved").desc(nulls_last=True), "pk"]

    def by_name(self, rows, _name: str, value: str):
        return rows.named(value) if value else rows
