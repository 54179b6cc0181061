"""What the bill list can be narrowed by. A value nobody could choose is named beside it and ignored."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import django_filters
from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bills.models import Bill, Issue, Session
from bills.print_numbers import LEGISLATURES, read_query
from bills.stages import LAW_OUTCOMES
from sponsors.filters import CHAMBERS, UNKNOWN, UNUSABLE, ListFilter
from sponsors.models import Committee
from sponsors.widgets import LongSelect

LEGISLATURE_NAMES = [
    ("ny", _("New York State")),
    ("nyc", _("New York City Council")),
    ("us", _("Congress")),
]
STAGES = [
    (
        _("New York State"),
        [
            ("in_senate_comm", _("In Senate committee")),
            ("senate_floor", _("On Senate floor calendar")),
            ("in_assembly_comm", _("In Assembly committee")),
            ("assembly_floor", _("On Assembly floor calendar")),
            ("passed_senate", _("Passed Senate")),
            ("passed_assembly", _("Passed Assembly")),
            ("delivered_to_gov", _("Delivered to Governor")),
        ],
    ),
    (
        _("New York City Council"),
        [
            ("in_committee", _("In committee")),
            ("laid_over", _("Laid over in committee")),
            ("approved_by_committee", _("Approved by committee")),
            ("approved_by_council", _("Approved by Council")),
            ("mayors_desk", _("Mayor’s desk")),
        ],
    ),
    (
        _("Congress"),
        [
            ("introduced", _("Introduced")),
            ("reported", _("Reported by committee")),
            ("passed_house", _("Passed House")),
            ("to_president", _("To President")),
        ],
    ),
]
OUTCOMES = [
    ("alive", _("Still alive")),
    ("law", _("Became law, in any way")),
    (
        _("How it ended"),
        [
            ("signed", _("Signed into law")),
            ("law_without_signature", _("Became law without signature")),
            ("veto_overridden", _("Became law over a veto")),
            ("enacted", _("Enacted")),
            ("vetoed", _("Vetoed")),
            ("adopted", _("Adopted (resolutions)")),
            ("substituted", _("Replaced by another bill")),
            ("stricken", _("Enacting clause stricken")),
            ("lost", _("Voted down")),
            ("withdrawn", _("Withdrawn")),
            ("filed_end_of_session", _("Filed at the end of the session")),
            ("died", _("Died at the end of the session")),
        ],
    ),
]
SORTS = [
    ("", _("Latest action")),
    ("introduced", _("Latest introduction")),
    ("number", _("Number")),
    ("session", _("Latest session")),
]
_ORDER_OF_SORT: dict[str, list[Any]] = {
    "introduced": [F("introduced_on").desc(nulls_last=True), "-pk"],
    "number": ["base_print_no", "-session__year", "pk"],
    "session": ["-session__start", "base_print_no", "pk"],
}


def catalogue() -> dict[str, list[tuple]]:
    """What there is to choose from, in one query: "session", "committee" and "issue", each with rows
    (group, value, label)."""
    published = Bill.objects.published()
    text = CharField()
    sessions = (
        Session.objects.filter(Exists(published.filter(session=OuterRef("pk"))))
        .order_by()
        .values_list(Value("session"), F("legislature_id"), Cast("year", text), Cast("label", text))
    )
    committees = (
        Committee.objects.filter(Exists(published.filter(committee=OuterRef("pk"))))
        .order_by()
        .values_list(
            Value("committee"),
            Concat(F("legislature_id"), Value("."), F("chamber"), output_field=text),
            Concat(F("legislature_id"), Value("."), F("chamber"), Value("."), F("slug"), output_field=text),
            Cast("name", text),
        )
    )
    issues = Issue.objects.order_by().values_list(
        Value("issue"), Value("", output_field=text), Cast("slug", text), Cast("name", text)
    )
    rows: dict[str, list[tuple]] = defaultdict(list)
    for kind, group, value, label in sessions.union(committees, issues, all=True):
        rows[kind].append((group, value, label))
    return rows


def _grouped(rows: list[tuple], names: dict[str, Any], *, newest_first: bool = False) -> list[tuple]:
    groups: dict[str, list[tuple[str, str]]] = {code: [] for code in names}
    for group, value, label in rows:
        groups.setdefault(group, []).append((value, label))
    for choices in groups.values():
        choices.sort(
            key=lambda choice: int(choice[0]) if newest_first else choice[1].casefold(), reverse=newest_first
        )
    return [(names.get(code, code), choices) for code, choices in groups.items() if choices]


def choice(label: Any, method: str, choices: list | tuple = ()) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label,
        method=method,
        choices=choices,
        empty_label=_("Any"),
        error_messages=UNKNOWN,
        widget=LongSelect,
    )


class BillFilter(ListFilter):
    """`/bills/?legislature=ny&session=2025&stage=in_senate_comm&outcome=alive&committee=ny.senate.finance
    &sponsor=serrano&issue=immigration&q=liberty+act&sort=number`."""

    q = django_filters.CharFilter(
        label=_("Words or number"), method="by_words", max_length=200, error_messages=UNUSABLE
    )
    outcome = choice(_("Outcome"), "by_outcome", OUTCOMES)
    legislature = choice(_("Legislature"), "by_legislature", LEGISLATURE_NAMES)
    session = choice(_("Session"), "by_session")
    stage = choice(_("Stage reached"), "by_stage", STAGES)
    committee = choice(_("Committee"), "by_committee")
    sponsor = django_filters.CharFilter(
        label=_("Sponsor’s name"), method="by_sponsor", max_length=100, error_messages=UNUSABLE
    )
    issue = choice(_("Issue"), "by_issue")
    sort = django_filters.ChoiceFilter(
        label=_("Sort by"),
        method="sorted_by",
        choices=SORTS[1:],
        empty_label=SORTS[0][1],
        error_messages=UNKNOWN,
    )

    class Meta:
        model = Bill
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = catalogue()
        names = dict(LEGISLATURE_NAMES)
        self.filters["session"].extra["choices"] = _grouped(rows["session"], names, newest_first=True)
        self.filters["committee"].extra["choices"] = _grouped(rows["committee"], dict(CHAMBERS))
        self.filters["issue"].extra["choices"] = sorted(
            (value, label) for _group, value, label in rows["issue"]
        )

    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset.latest_first())

    def by_words(self, queryset, _name: str, value: str):
        numbers = read_query(value)
        if not numbers:
            return queryset.saying(value)
        named = Q()
        for number in numbers:
            session = {} if number.session is None else {"session__year": number.session}
            named |= Q(base_print_no=number.base_print_no, **session)
        return queryset.filter(named)

    def by_legislature(self, queryset, _name: str, value: str):
        return queryset.filter(session__legislature=value) if value in LEGISLATURES else queryset

    def by_session(self, queryset, _name: str, value: str):
        return queryset.filter(session__year=int(value))

    def by_stage(self, queryset, _name: str, value: str):
        return queryset.filter(status=value.upper())

    def by_outcome(self, queryset, _name: str, value: str):
        if value == "alive":
            return queryset.alive_on(timezone.localdate())
        return queryset.filter(outcome__in=LAW_OUTCOMES if value == "law" else [value])

    def by_committee(self, queryset, _name: str, value: str):
        legislature, chamber, slug = value.split(".", 2)
        return queryset.filter(
            committee__legislature=legislature, committee__chamber=chamber, committee__slug=slug
        )

    def by_sponsor(self, queryset, _name: str, value: str):
        return queryset.carried_by(value)

    def by_issue(self, queryset, _name: str, value: str):
        return queryset.filter(Exists(Issue.objects.filter(slug=value, bills=OuterRef("pk"))))

    def sorted_by(self, queryset, _name: str, value: str):
        return queryset.order_by(*_ORDER_OF_SORT[value])
