"""Pages of a list. It lives here because every other app may import this one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from sponsors.prepared import PreparedRows, is_one_of

PER_PAGE = 25
# Counting a million rows takes longer than the page itself; nobody turns to page 1,000 by hand.
MOST_COUNTED = 25_000


class Pages(Paginator):
    """Pages over a queryset that chooses and orders, whose rows are read by another that knows what to show.

    The database so sorts and skips bare keys, not whole rows with their joins. `known` is the number of rows where the
    caller has counted them; `order` that of `shown`, where its columns are not those of `chosen` and it has no order.
    `is_steady`: `chosen` is asked in the same text each time. `here` gives the keys from one place in the list to
    before another, where somebody has them in order.
    """

    def __init__(
        self,
        chosen: QuerySet,
        shown: QuerySet | PreparedRows,
        per_page: int,
        *,
        known: int | None = None,
        order: Sequence[Any] | None = None,
        is_steady: bool = False,
        here: Callable[[int, int], list[int]] | None = None,
    ) -> None:
        super().__init__(chosen, per_page)
        self.chosen, self.shown, self.known, self.order = chosen, shown, known, order
        self.is_steady, self.here = is_steady, here

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_COUNTED)

    @cached_property
    def _counted(self) -> int:
        return self.chosen.order_by()[: MOST_COUNTED + 1].count() if self.known is None else self.known

    @property
    def has_uncounted(self) -> bool:
        return self._counted > MOST_COUNTED

    def page(self, number: int | str) -> Page:
        page = super().page(number)
        start = (page.number - 1) * self.per_page
        keys = self.chosen[start : start + self.per_page].values("pk")
        if not self.count:
            page.object_list = []
        elif self.here and isinstance(self.shown, PreparedRows):
            page.object_list = self.shown.at(self.here(start, start + self.per_page))
        elif isinstance(self.shown, PreparedRows):
            page.object_list = self.shown.of(keys, is_steady=self.is_steady and not start)
        else:
            order = self.order or self.chosen.query.order_by or self.chosen.model._meta.ordering
            page.object_list = self.shown.filter(is_one_of(ArraySubquery(keys))).order_by(*order)
        return page


def page_of(
    chosen: QuerySet,
    number: str | None,
    *,
    shown: QuerySet | PreparedRows,
    per_page: int = PER_PAGE,
    known: int | None = None,
    order: Sequence[Any] | None = None,
    is_steady: bool = False,
    here: Callable[[int, int], list[int]] | None = None,
) -> Page:
    """The page that `number` asks for; the first for nonsense, the last for one beyond the end."""
    pages = Pages(chosen, shown, per_page, known=known, order=order, is_steady=is_steady, here=here)
    return pages.get_page(number)
