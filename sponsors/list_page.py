"""What a list's page shows around its rows: facets with counts, what was chosen, orders, and what to loosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.functional import cached_property

from sponsors.addresses import absolute, path_of
from sponsors.facets import Choice, DayFilter, FacetFilter
from sponsors.filters import ListFilter
from sponsors.pagination import MOST_COUNTED, page_of
from sponsors.prepared import PreparedRows
from sponsors.tally import Tally, are_few, tally, totals_without

MOST_LOOSENED = 8  # suggestions under an empty list


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was chosen, in words, and the list's address without it."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Looser:
    """A part that may be left out, with how long the list would then be."""

    words: str
    address: str
    number: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class Order:
    words: Any
    address: str
    is_current: bool


# A value that may be chosen, how many rows have it (None where nobody counted), and whether it is chosen.
Offered = tuple[Choice, int | None, bool]


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """`first` in view, `rest` folded away; `is_partial`: there are at least so many of each."""

    name: str
    label: Any
    first: list[Offered]
    rest: list[Offered]
    chosen: int
    is_open: bool
    is_partial: bool
    errors: list[str]

    @staticmethod
    def grouped(offered: list[Offered]) -> list[tuple[str, list[Offered]]]:
        """The same under the headings of their groups, "" for none."""
        groups: dict[str, list[Offered]] = {}
        for one in offered:
            groups.setdefault(str(one[0].group), []).append(one)
        return list(groups.items())


@dataclass
class ListPage:
    """A list as one reader asked for it. `view` is the name of its address, such as "bills:list"."""

    listing: ListFilter
    view: str
    shown: QuerySet | PreparedRows  # of what was chosen; prepared in the list's order
    number: str | None
    formats: tuple[tuple[str, Any, str], ...] = ()  # (name of the address, words, media type)

    @cached_property
    def path(self) -> str:
        return path_of(self.view)

    @cached_property
    def tally(self) -> Tally:
        return tally(self.listing)

    @cached_property
    def page(self) -> Any:
        listing, tally = self.listing, self.tally
        order = listing.order_of_few() if are_few(listing, tally) else listing.order()
        return page_of(
            listing.rows.order_by("pk") if tally.in_order else listing.narrowed().order_by(*order),
            self.number,
            shown=self.shown,
            known=tally.total,
            order=listing.order(),
            is_steady=listing.is_steady,
            here=tally.in_order,
        )

    @property
    def total(self) -> int:
        """How many there are, or the number at which counting stopped (`is_cut`)."""
        return MOST_COUNTED if self.tally.is_cut else self.tally.total

    @property
    def is_cut(self) -> bool:
        return self.tally.is_cut

    @property
    def ends_early(self) -> bool:
        """Whether this is the last page that can be turned to, with more behind it."""
        pages: Any = self.page.paginator
        return pages.has_uncounted and not self.page.has_next()

    @property
    def canonical(self) -> str:
        """The one address of this page of this list."""
        return absolute(self.path + self.listing.query(page=str(self.page.number)))

    @cached_property
    def clear(self) -> str:
        """The address of the whole list."""
        return self.path

    @property
    def previous(self) -> str:
        return self._page_address(self.page.previous_page_number())

    @property
    def next(self) -> str:
        return self._page_address(self.page.next_page_number())

    def _page_address(self, number: int) -> str:
        return self.path + self.listing.query(page=str(number))

    @cached_property
    def orders(self) -> list[Order]:
        listing = self.listing
        return [
            Order(words, self.path + listing.query(sort=value), value == listing.sort)
            for value, words, _columns in listing.SORTS
        ]

    @property
    def sort(self) -> str:
        return self.listing.sort

    @cached_property
    def downloads(self) -> list[tuple[str, str, str]]:
        """(address, words, media type) of exactly this list."""
        query = self.listing.query()
        return [(path_of(view) + query, str(words), media) for view, words, media in self.formats]

    # --- the form

    @cached_property
    def facets(self) -> list[ShownFacet]:
        shown = (self._facet(name, one) for name, one in self.listing.facets.items())
        return [facet for facet in shown if facet.first or facet.errors]

    @property
    def fields(self) -> list[Any]:
        """The other fields but the first and the order."""
        form = self.listing.form
        names = [name for name in self.listing.filters if name not in self.listing.facets]
        return [form[name] for name in names[1:] if name != "sort" and not self._is_day(name)]

    @property
    def days(self) -> list[Any]:
        form = self.listing.form
        return [form[name] for name in self.listing.filters if self._is_day(name)]

    @property
    def words(self) -> Any:
        """The first field, which is always in view."""
        return self.listing.form[next(iter(self.listing.filters))]

    def _is_day(self, name: str) -> bool:
        return isinstance(self.listing.filters[name], DayFilter)

    def _facet(self, name: str, one: FacetFilter) -> ShownFacet:
        chosen = set(self.listing.chosen.get(name, ()))
        counts = self.tally.counts.get(name)
        choices = [
            (choice, self._count(choice, counts), choice.value in chosen)
            for choice in self.listing.form.fields[name].by_value.values()
        ]
        if one.is_counted:
            choices = [triple for triple in choices if triple[1] or triple[2]]
        first, rest = choices, []
        if len(choices) > one.shown + 2:  # two more take no more room than the line that unfolds them
            by_count = sorted(choices, key=lambda triple: (not triple[2], -(triple[1] or 0)))
            kept = {triple[0].value for triple in by_count[: max(one.shown, len(chosen))]}
            first = [triple for triple in choices if triple[0].value in kept]
            rest = [triple for triple in choices if triple[0].value not in kept]
        errors = self.listing.faults.get(name, [])
        return ShownFacet(
            name=name,
            label=self.listing.form.fields[name].label,
            first=first,
            rest=rest,
            chosen=len(chosen),
            is_open=one.is_open or bool(chosen) or bool(errors),
            is_partial=name in self.tally.partial,
            errors=errors,
        )

    @staticmethod
    def _count(choice: Choice, counts: dict[str, int] | None) -> int | None:
        if counts is None:
            return None
        if len(choice.keys) == 1:
            return counts.get(choice.keys[0], 0)
        return sum(counts.get(key, 0) for key in choice.keys)

    # --- what was chosen

    @cached_property
    def chips(self) -> list[Chip]:
        listing, chips = self.listing, []
        for name, value in listing.chosen.items():
            if name in listing.facets:
                chips += [
                    Chip(listing.said(name, one), self.path + listing.query(without=name, value=one))
                    for one in value
                ]
            else:
                chips.append(Chip(listing.said(name, value), self.path + listing.query(without=name)))
        return chips

    @cached_property
    def loosers(self) -> list[Looser]:
        """For an empty list: what it is without each part of what was chosen; the longest first."""
        known = self.tally.without
        totals = totals_without(self.listing) if known is None else known
        loosers = [
            Looser(
                words=self._said_whole(name),
                address=self.path + self.listing.query(without=name),
                number=min(number, MOST_COUNTED),
                is_more=number > MOST_COUNTED,
            )
            for name, number in totals.items()
            if number
        ]
        return sorted(loosers, key=lambda one: -one.number)[:MOST_LOOSENED]

    def _said_whole(self, name: str) -> str:
        value = self.listing.chosen[name]
        return self.listing.said(name, *value) if isinstance(value, list) else self.listing.said(name, value)


def without_empty_fields(request: HttpRequest, listing: ListFilter) -> HttpResponseRedirect | None:
    """To the address without the fields that a form sent empty, so that what stands above the list can be shared."""
    if not listing.has_empty_parameters:
        return None
    return HttpResponseRedirect(request.path + listing.query_without_empty())
