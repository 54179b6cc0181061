"""Pages of a list. It lives here because every other app may import this one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

PER_PAGE = 25
# Counting a million rows takes longer than the page itself; nobody turns to page 1,000 by hand.
MOST_COUNTED = 25_000


class Pages(Paginator):
    """Pages over a queryset that chooses and orders, whose rows are read by another that knows what to show.

    The database so sorts and skips bare keys, not whole rows with their joins.
    """

    def __init__(self, chosen: QuerySet, shown: QuerySet, per_page: int) -> None:
        super().__init__(chosen, per_page)
        self.shown = shown

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_COUNTED)

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: MOST_COUNTED + 1].count()

    @property
    def has_uncounted(self) -> bool:
        return self._counted > MOST_COUNTED

    def _get_page(self, keys: QuerySet, number: int, *rest: Any) -> Page:
        order = keys.query.order_by or keys.model._meta.ordering
        rows = self.shown.filter(pk__in=keys.values("pk")).order_by(*order)
        return super()._get_page(rows, number, *rest)


def page_of(chosen: QuerySet, number: str | None, *, shown: QuerySet, per_page: int = PER_PAGE) -> Page:
    """The page that `number` asks for; the first for nonsense, the last for one beyond the end."""
    return Pages(chosen, shown, per_page).get_page(number)
