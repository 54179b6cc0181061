"""What the list of statements can be narrowed by."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bills.models import Issue
from bills.names import issue_in_words
from bills.print_numbers import read_query
from sponsors.facets import Choice, FacetFilter, WordsFilter
from sponsors.filters import UNUSABLE, ListFilter, ListForm, day_filter, sort_filter, words_filter, yes
from sponsors.models import Organization
from sponsors.prepared import FixedQuestion
from statements.models import BillMention, Position, Remark, Speaker, Statement

# Value in addresses, words, columns of Statement.
SORTS = (
    ("", _("Newest"), ("-date", "-pk")),
    ("oldest", _("Oldest"), ("date", "pk")),
    ("title", _("Title"), ("title", "pk")),
)
_YEAR = re.compile(r"(?:1[89]|2[01])[0-9]{2}")
_ADDRESSED = 60  # characters of a publisher's name in addresses


def _all_choices() -> QuerySet:
    text = CharField()
    published = Statement.objects.published().order_by()
    issues = Issue.objects.order_by().values_list(
        Value("issue"), Cast("pk", text), Cast("slug", text), Cast("name", text)
    )
    publishers = (
        published.exclude(publisher="")
        .distinct()
        .values_list(
            Value("publisher"), Cast("publisher", text), Cast("publisher", text), Cast("publisher", text)
        )
    )
    year = Cast(ExtractYear("date"), text)
    years = published.exclude(date=None).distinct().values_list(Value("year"), year, year, year)
    return issues.union(publishers, years, all=True)


_CATALOGUE = FixedQuestion(_all_choices)


def _catalogue() -> dict[str, list[tuple[str, str, str]]]:
    """What there is to choose from, in one query: "issue", "publisher" and "year", rows of (key, value, label)."""
    rows: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for kind, key, value, label in _CATALOGUE.rows():
        rows[kind].append((key, value, label))
    return rows


def _publisher_choices(rows: list[tuple[str, str, str]]) -> list[Choice]:
    named: dict[str, list[str]] = defaultdict(list)
    for key, _value, _label in rows:
        if slug := slugify(key)[:_ADDRESSED].strip("-"):
            named[slug].append(key)
    choices = [Choice(slug, min(keys), tuple(sorted(keys))) for slug, keys in named.items()]
    return sorted(choices, key=lambda choice: choice.label.casefold())


def _year_choice(text: str) -> Choice | None:
    """Any year of four digits can be asked for, whether or not something was said in it."""
    return Choice(text, text, (text,)) if _YEAR.fullmatch(text) else None


def _issues_of():
    return Statement.issues.through.objects.order_by().values_list("statement_id", "issue_id")


def _stances_in():
    return Position.objects.readable().order_by().values_list("statement_id", "stance")


def _quotes_in():
    """Pairs of statement and whether it has remarks word for word."""
    quotes = Remark.objects.filter(verbatim=True).order_by()
    return quotes.annotate(key=Value("yes")).values_list("statement_id", "key")


class NumberField(forms.CharField):
    """The number of a bill, in any spelling; text as it was written."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and not read_query(text):
            raise ValidationError(
                gettext("This is not the number of a bill; it was ignored."), code="invalid"
            )
        return text


class NumberFilter(WordsFilter):
    field_class = NumberField


class StatementFilter(ListFilter):
    """`/statements/?q=sanctuary&kind=letter&issue=immigration&year=2017&publisher=an-office&position=supports
    &quotes=yes&speaker=jose-m-serrano&organisation=coalition&bill=S4075&after=2017-02&before=2018&sort=oldest`."""

    SORTS = SORTS

    q = words_filter(_("Words"), "by_words")
    kind = FacetFilter(label=_("Kind"), column="kind", is_open=True)
    issue = FacetFilter(label=_("Issue"), pairs=_issues_of, is_open=True)
    year = FacetFilter(label=_("Year"), column="year", method="by_year", shown=6, is_open=True)
    position = FacetFilter(label=_("Position on a bill"), pairs=_stances_in)
    publisher = FacetFilter(label=_("Published by"), column="publisher", shown=6)
    quotes = FacetFilter(label=_("Quotes"), pairs=_quotes_in)
    speaker = words_filter(_("Speaker’s name"), "by_speaker", 120)
    organisation = words_filter(_("Organization"), "by_organisation", 120)
    bill = NumberFilter(label=_("Bill named"), method="by_bill", max_length=100, error_messages=UNUSABLE)
    after = day_filter(_("From"), "date")
    before = day_filter(_("Until"), "date", is_end=True)
    sort = sort_filter(SORTS)

    class Meta:
        model = Statement
        form = ListForm
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = _catalogue()
        years = sorted((value for _key, value, _label in rows["year"]), reverse=True)
        issues = sorted(
            ((key, slug, issue_in_words(label)) for key, slug, label in rows["issue"]),
            key=lambda row: row[2].casefold(),
        )
        for name, choices in (
            ("kind", [Choice(value, label, (value,)) for value, label in Statement.Kind.choices]),
            ("issue", [Choice(slug, label, (key,)) for key, slug, label in issues]),
            ("year", [Choice(year, year, (year,)) for year in years]),
            ("position", [Choice(value, label, (value,)) for value, label in Position.Stance.choices]),
            ("publisher", _publisher_choices(rows["publisher"])),
            ("quotes", yes(_("With words quoted"), "yes")),
        ):
            self.filters[name].extra["choices"] = choices
        self.filters["year"].extra["read"] = _year_choice

    def with_columns(self, rows):
        return rows.annotate(year=ExtractYear("date"))

    def filter_queryset(self, queryset):
        return self.narrowed().order_by(*self.order())

    def by_words(self, rows, _name: str, value: str):
        return rows.filter(pk__in=Statement.objects.saying(value).order_by().values("pk")) if value else rows

    def by_year(self, rows, _name: str, values: list[str]):
        return rows.filter(date__year__in=[int(value) for value in values])

    def by_speaker(self, rows, _name: str, value: str):
        speaking = Speaker.objects.named(value).order_by().values("statement")
        return rows.filter(pk__in=speaking) if value else rows

    def by_organisation(self, rows, _name: str, value: str):
        """Published by it, spoken for it, or with a position of it."""
        if not value:
            return rows
        known = Organization.objects.filter(Q(name__icontains=value) | Q(slug=value)).order_by().values("pk")
        spoken = Speaker.objects.filter(
            Q(organization_as_written__icontains=value) | Q(organization__in=known)
        )
        taken = Position.objects.readable().filter(organization__in=known)
        return rows.filter(
            Q(publisher__icontains=value)
            | Q(pk__in=spoken.order_by().values("statement"))
            | Q(pk__in=taken.order_by().values("statement"))
        )

    def by_bill(self, rows, _name: str, value: str):
        """Those that name a bill of this number, in any spelling; a number of no kind is named by none."""
        if not value:
            return rows
        named = Q(pk__in=[])
        for number in read_query(value):
            of_session = {} if number.session is None else {"session_year": number.session}
            named |= Q(base_print_no=number.base_print_no, legislature_code=number.legislature, **of_session)
        return rows.filter(pk__in=BillMention.objects.filter(named).order_by().values("statement"))
