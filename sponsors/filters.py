"""What every list is narrowed by, and the list of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.functional import cached_property
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sponsors.facets import (
    LONGEST_SHOWN,
    Choice,
    DayFilter,
    FacetField,
    FacetFilter,
    OptionFilter,
    WordsFilter,
)
from sponsors.models import Organization, Person, Term, rows_of
from sponsors.prepared import FixedQuestion
from sponsors.recorded_names import party_in_words, session_in_words

if TYPE_CHECKING:
    from sponsors.tally import Tally

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
PAGE = "page"
# What an address may carry besides filters without being told off: it changes nothing.
OTHER_PARAMETERS = {PAGE}


class ListForm(forms.Form):
    """Names beside a facet what it does not have, and keeps the values that it has."""

    def clean(self) -> dict[str, Any]:
        for name, field in self.fields.items():
            if isinstance(field, FacetField) and field.unknown:
                kept = self.cleaned_data.get(name, [])
                for text in dict.fromkeys(field.unknown):
                    self.add_error(name, self._we_lack(text))
                self.cleaned_data[name] = kept
        self._drop_turned_ranges()
        return self.cleaned_data

    def _we_lack(self, text: str) -> str:
        shown = Truncator(text.replace("\x00", "\ufffd")).chars(LONGEST_SHOWN)
        return gettext("We do not have “%(value)s”; it was ignored.") % {"value": shown}

    def _drop_turned_ranges(self) -> None:
        for name in [name for name in self.fields if name.endswith("_before")]:
            first = self.cleaned_data.get(f"{name.removesuffix('_before')}_after")
            last = self.cleaned_data.get(name)
            if first and last and last < first:
                self.add_error(name, gettext("This day is before the first one; it was ignored."))


class ListFilter(django_filters.FilterSet):
    """A filter of a list page: facets, words, days and an order, whose address is its whole state.

    Values of one facet widen each other, facets narrow each other. What cannot be used is in `faults`, and the list
    is as if it had not been asked for.
    """

    # By which the list is sorted: value in addresses, words, and columns of the rows ("-" for falling).
    SORTS: tuple[tuple[str, Any, tuple[str, ...]], ...] = ()
    # From so many rows on their counts are kept for a minute. A list of more does not notice one that comes or goes.
    KEPT_FROM = 1_000

    class Meta:
        form = ListForm

    @cached_property
    def rows(self) -> QuerySet:
        """What is narrowed and counted: a row for each that the list may show."""
        return self.queryset.all()

    def with_columns(self, rows: QuerySet) -> QuerySet:
        """The rows with the columns that facets are counted by, where those have to be worked out."""
        return rows

    @cached_property
    def facets(self) -> dict[str, FacetFilter]:
        return {name: one for name, one in self.filters.items() if isinstance(one, FacetFilter)}

    @cached_property
    def cleaned(self) -> dict[str, Any]:
        """What was asked for and can be used; {} where nobody asked."""
        has_been_read = self.form.is_bound and self.form.errors is not None
        return self.form.cleaned_data if has_been_read else {}

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What the list is narrowed by, in the order of the form."""
        names = [name for name in self.filters if name != "sort"]
        return {name: self.cleaned[name] for name in names if self.cleaned.get(name) not in (None, "", [])}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order was chosen."""
        return bool(self.chosen)

    @property
    def sort(self) -> str:
        return self.cleaned.get("sort") or ""

    @cached_property
    def faults(self) -> dict[str, list[str]]:
        """What could not be used: {parameter: [sentences]}."""
        return {name: [str(error) for error in errors] for name, errors in self.form.errors.items()}

    @property
    def strangers(self) -> list[str]:
        """Parameters of the address that are no filter of this list."""
        return [name for name in self.data or {} if name not in self.filters and name not in OTHER_PARAMETERS]

    @property
    def has_folded_faults(self) -> bool:
        """Whether a folded field has an error to show."""
        return any(name in self.form.errors for name in list(self.filters)[1:])

    @property
    def folded_chosen(self) -> int:
        """How many values of folded fields were chosen."""
        values = [value for name, value in self.chosen.items() if name != next(iter(self.filters))]
        return sum(len(value) if isinstance(value, list) else 1 for value in values)

    # --- rows

    def narrowed(self, *, without: str = "", only: Collection[str] | None = None) -> QuerySet:
        """The rows that fit all that was chosen; all but one part of it where `without` names it, or `only` some."""
        rows = self.rows
        for name, value in self.chosen.items():
            if name == without or (only is not None and name not in only):
                continue
            one = self.filters[name]
            if isinstance(one, FacetFilter) and not one._method:
                rows = one.narrow(rows, self.form.fields[name].keys_of(value))
            else:
                rows = one.filter(rows, value)
        return rows

    @property
    def is_steady(self) -> bool:
        """Whether the question for the rows is the same text each time, in one order, and its plan holds."""
        return False

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """What `.qs` gives: narrowed and in order."""
        return queryset.filter(pk__in=self.narrowed().values("pk")).order_by(*self.order())

    def order(self, prefix: str = "") -> list[Any]:
        """The order that was asked for, over columns of the rows, or over those of a table that reaches them."""
        return self.order_of(self.sort, prefix)

    def order_of_few(self) -> list[Any]:
        """The same order where few rows fit: the first column hidden in an expression, so that the database finds
        those rows and sorts them. Walking along the order's index it might look at a million for the few."""
        first, *others = self.order()
        first.set_source_expressions([Coalesce(*first.get_source_expressions() * 2)])
        return [first, *others]

    def order_of(self, sort: str, prefix: str = "") -> list[Any]:
        return ordered(self.SORTS, sort, prefix)

    def counted(self) -> Tally | None:
        """How many there are, where somebody keeps count; None where the rows must be counted."""
        return None

    # --- in words

    def label_of(self, name: str, value: Any) -> str:
        """One chosen value as readers say it, without the name of its field."""
        field = self.form.fields[name]
        if name in self.facets:
            return field.by_value[value].alone
        if isinstance(value, date):
            return value.isoformat()
        return str(value)

    def said(self, name: str, *values: Any) -> str:
        """ "Stage now: In committee, Passed Senate": values of one field, with its name."""
        words = gettext(", ").join(self.label_of(name, value) for value in values)
        return gettext("%(field)s: %(value)s") % {"field": self.form.fields[name].label, "value": words}

    def in_words(self) -> str:
        """All that was chosen, "" for nothing."""
        parts = (
            self.said(name, *value) if isinstance(value, list) else self.said(name, value)
            for name, value in self.chosen.items()
        )
        return gettext("; ").join(parts)

    # --- the address

    def query(self, *, without: str = "", value: str = "", **changed: str) -> str:
        """The list's query string, "?" included; "" where nothing is asked for.

        `without` leaves out one field, or of a facet only `value`. `changed` gives `sort` or `page` anew.
        """
        pairs: list[tuple[str, str]] = []
        for name, chosen in self.chosen.items():
            if name == without and not value:
                continue
            values = chosen if isinstance(chosen, list) else [chosen]
            pairs += [(name, str(one)) for one in values if not (name == without and one == value)]
        if sort := changed.get("sort", self.sort):
            pairs.append(("sort", sort))
        if changed.get(PAGE, "1") not in ("1", ""):
            pairs.append((PAGE, changed[PAGE]))
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def has_empty_parameters(self) -> bool:
        """Whether a form sent fields that nobody filled in."""
        return any("" in _values_of(self.data, name) for name in self.data or {} if name in self.filters)

    def query_without_empty(self) -> str:
        """The address as it was asked for, faults and all, without what is empty, in the order of the form."""
        names = [*self.filters, PAGE]
        pairs = [(name, value) for name in names for value in _values_of(self.data, name) if value]
        return f"?{urlencode(pairs)}" if pairs else ""


def _values_of(data: Any, name: str) -> list[str]:
    if data is None:
        return []
    if hasattr(data, "getlist"):
        return data.getlist(name)
    value = data.get(name, [])
    return value if isinstance(value, list) else [value]


def ordered(sorts: Iterable[tuple[str, Any, tuple[str, ...]]], sort: str, prefix: str = "") -> list[Any]:
    """The order of one of `sorts`, by columns that `prefix` leads to."""
    columns = next((columns for value, _words, columns in sorts if value == sort), ("pk",))
    return [_ordered(column, prefix) for column in columns]


def _ordered(column: str, prefix: str) -> Any:
    name = f"{prefix}{column.lstrip('-')}"
    if not column.startswith("-"):
        return F(name).asc()
    if column.endswith(("_on", "date")):
        return F(name).desc(nulls_last=True)
    return F(name).desc()


def sort_filter(sorts: Iterable[tuple[str, Any, tuple[str, ...]]]) -> OptionFilter:
    return OptionFilter(
        label=_("Sort by"), options={value: words for value, words, _columns in sorts if value}
    )


def words_filter(label: Any, method: str, max_length: int = 200) -> WordsFilter:
    return WordsFilter(label=label, method=method, max_length=max_length, error_messages=UNUSABLE)


def day_filter(label: Any, column: str, *, is_end: bool = False) -> DayFilter:
    return DayFilter(label=label, column=column, is_end=is_end, error_messages=UNUSABLE)


def yes(label: Any, key: str = "true") -> list[Choice]:
    """The one choice of a facet that is only ever asked for."""
    return [Choice("yes", label, (key,))]


# Of the list of people: value, words, columns of Person.
PEOPLE_SORTS = (
    ("", _("Surname"), ("sort_name", "pk")),
    ("falling", _("Surname, from Z"), ("-sort_name", "pk")),
)


def _all_choices_of_people() -> QuerySet:
    text = CharField()
    sessions = (
        rows_of("bills.Session")
        .order_by()
        .values_list(Value("session"), F("legislature_id"), Cast("year", text), Cast("label", text))
    )
    parties = (
        Term.objects.order_by()
        .exclude(party="")
        .distinct()
        .values_list(Value("party"), Value("", output_field=text), Cast("party", text), Cast("party", text))
    )
    return sessions.union(parties, all=True)


_CATALOGUE = FixedQuestion(_all_choices_of_people)


def _people_catalogue() -> dict[str, list[tuple[str, str, str]]]:
    """In one query: "session" and "party", each with rows (group, value, label)."""
    rows: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for kind, group, value, label in _CATALOGUE.rows():
        rows[kind].append((group, value, label))
    return rows


def _chambers_served() -> QuerySet:
    """Pairs of person and chamber: "ny.senate"."""
    place = Concat(F("legislature_id"), Value("."), F("chamber"), output_field=CharField())
    return Term.objects.order_by().annotate(key=place).values_list("person_id", "key")


def _parties_of() -> QuerySet:
    return Term.objects.order_by().values_list("person_id", "party")


def _sessions_served() -> QuerySet:
    """Pairs of person and session: "ny.2025". A term without a beginning or an end is taken to reach that far."""
    session = "legislature__sessions__"
    place = Concat(
        F("legislature_id"), Value("."), Cast(f"{session}year", CharField()), output_field=CharField()
    )
    return (
        Term.objects.order_by()
        .annotate(key=place, begins=F(f"{session}start"), ends=F(f"{session}end"))
        .filter(Q(start=None) | Q(start__lte=F("ends")), Q(end=None) | Q(end__gte=F("begins")))
        .values_list("person_id", "key")
    )


class PersonFilter(ListFilter):
    """`/sponsors/?q=serrano&chamber=ny.senate&party=democratic&session=ny.2025&has=bills&show=all`.

    Without `show`, only those with something here.
    """

    SORTS = PEOPLE_SORTS
    KEPT_FROM = 200  # what one has here is looked for in all sponsorships

    q = words_filter(_("Name"), "by_name", 100)
    chamber = FacetFilter(label=_("Has served in"), pairs=_chambers_served, is_open=True)
    party = FacetFilter(label=_("Party, at any time"), pairs=_parties_of, is_open=True)
    session = FacetFilter(label=_("Session served"), pairs=_sessions_served, shown=6)
    has = FacetFilter(label=_("Has here"), column="has", is_open=True)
    show = FacetFilter(label=_("Show"), column="has", method="by_show", is_counted=False)
    sort = sort_filter(PEOPLE_SORTS)

    class Meta:
        model = Person
        form = ListForm
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = _people_catalogue()
        legislatures = {"ny": _("New York State"), "nyc": _("New York City Council"), "us": _("Congress")}
        places = {code: place for place, code in enumerate(legislatures)}
        sessions = sorted(rows["session"], key=lambda row: (places.get(row[0], len(places)), -int(row[1])))
        self.filters["chamber"].extra["choices"] = [Choice(code, name, (code,)) for code, name in CHAMBERS]
        self.filters["party"].extra["choices"] = party_choices(party for _, party, _ in rows["party"])
        self.filters["session"].extra["choices"] = [
            session_choice(code, legislatures.get(code, code), year, label) for code, year, label in sessions
        ]
        self.filters["has"].extra["choices"] = [
            Choice("bills", _("Bills"), ("1", "3")),
            Choice("statements", _("Statements"), ("2", "3")),
        ]
        self.filters["show"].extra["choices"] = [Choice("all", _("Everyone on record"), ())]

    @cached_property
    def rows(self):
        if "all" in self.cleaned.get("show", ()):
            return self.queryset.in_public().with_what_they_have()
        return self.queryset.with_something_to_show()

    def filter_queryset(self, queryset):
        return self.narrowed().order_by(*self.order())

    def by_name(self, rows, _name: str, value: str):
        return rows.filter(pk__in=Person.objects.named(value).order_by().values("pk")) if value else rows

    def by_show(self, rows, _name: str, _values: list[str]):
        return rows


def session_choice(code: str, legislature: Any, year: str, label: str, key: str = "") -> Choice:
    """ "ny.2025": a year alone would name sessions of two legislatures."""
    return Choice(
        f"{code}.{year}", session_in_words(label), (key or f"{code}.{year}",), legislature, needs_group=True
    )


def party_choices(parties: Iterable[str]) -> list[Choice]:
    """ "democratic"; spellings that give one address are one party."""
    named: dict[str, list[str]] = defaultdict(list)
    for party in parties:
        if slug := slugify(party):
            named[slug].append(party)
    return [
        Choice(slug, party_in_words(min(keys)), tuple(sorted(keys))) for slug, keys in sorted(named.items())
    ]


class OrganizationFilter(ListFilter):
    """`/organizations/?q=civil+liberties`."""

    SORTS = (("", _("Name"), ("name", "pk")),)

    q = words_filter(_("Name"), "by_name", 100)

    class Meta:
        model = Organization
        form = ListForm
        fields: list[str] = []

    @cached_property
    def rows(self):
        return self.queryset

    def by_name(self, rows, _name: str, value: str):
        return rows.named(value) if value else rows
