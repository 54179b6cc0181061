"""What the bill list can be narrowed by. A value nobody could choose is named beside it and ignored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bills import facet_index
from bills.models import Bill, Issue, ListedBill, Session
from bills.models.carrying import sponsorships_of, terms_of
from bills.models.listed import number_key
from bills.models.states import alive_on
from bills.names import issue_in_words
from bills.print_numbers import read_query
from bills.stages import LAW_OUTCOMES
from sponsors.facets import Choice, DayFilter, FacetFilter, by_value
from sponsors.filters import (
    CHAMBERS,
    ListFilter,
    ListForm,
    day_filter,
    party_choices,
    session_choice,
    sort_filter,
    words_filter,
    yes,
)
from sponsors.models import Committee, Term
from sponsors.prepared import FixedQuestion, PreparedKeys, array_text, as_keys, is_one_of

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
# Ended, and not as a law: what was adopted or replaced by another bill is neither.
DEAD_OUTCOMES = ("vetoed", "stricken", "lost", "withdrawn", "filed_end_of_session", "died")
STANDINGS = [
    ("alive", _("Still alive"), ("alive",)),
    ("law", _("Became law under its own number"), tuple(sorted(LAW_OUTCOMES))),
    ("dead", _("Dead: ended without becoming law"), DEAD_OUTCOMES),
]
OUTCOMES = [
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
]
# By which the list is sorted: value in addresses, words, columns of ListedBill.
SORTS = (
    ("", _("Latest action"), ("-last_action_on", "-bill_id")),
    ("introduced", _("Newest"), ("-introduced_on", "-bill_id")),
    ("answered", _("Most answered"), ("-answers", "-last_action_on", "-bill_id")),
    ("title", _("Title"), ("title_key", "-bill_id")),
    ("number", _("Number"), ("number_key", "-bill_id")),
    ("session", _("Latest session"), ("-session_start", "number_key", "-bill_id")),
)


def _all_choices() -> QuerySet:
    text = CharField()
    sessions = Session.objects.order_by().values_list(
        Value("session"), Cast("pk", text), F("legislature_id"), Cast("year", text), Cast("label", text)
    )
    committees = Committee.objects.order_by().values_list(
        Value("committee"),
        Cast("pk", text),
        Concat(F("legislature_id"), Value("."), F("chamber"), output_field=text),
        Cast("slug", text),
        Cast("name", text),
    )
    issues = Issue.objects.order_by().values_list(
        Value("issue"), Cast("pk", text), Value("", output_field=text), Cast("slug", text), Cast("name", text)
    )
    parties = (
        Term.objects.order_by()
        .exclude(party="")
        .distinct()
        .values_list(
            Value("party"),
            Cast("party", text),
            Value("", output_field=text),
            Value("", output_field=text),
            Cast("party", text),
        )
    )
    return sessions.union(committees, issues, parties, all=True)


_CATALOGUE = FixedQuestion(_all_choices)


def _by_kind(told: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, str, str, str]]]:
    """The catalogue as "session", "committee", "issue" and "party", each with rows (key, group, value, label)."""
    rows: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for kind, key, group, value, label in told:
        rows[kind].append((key, group, value, label))
    return rows


@dataclass
class _Offered:
    """`choices` of each facet by value; the sessions that bare `years` mean; the form with them, once it is made."""

    choices: dict[str, dict[str, Choice]]
    years: dict[str, list[str]]
    form: type[ListForm] | None = None


@lru_cache(maxsize=50)
def _offered(_language: str | None, told: tuple[tuple[str, ...], ...]) -> _Offered:
    """What the form offers. It differs by language only as long as the catalogue is the same; made anew it was a
    fourth of a list's time."""
    rows = _by_kind(told)
    facets: dict[str, Iterable[Choice]] = {
        "outcome": outcome_choices(),
        "legislature": legislature_choices(rows["session"]),
        "session": session_choices(rows["session"]),
        "stage": stage_choices(),
        "committee": committee_choices(rows["committee"]),
        "party": party_choices(row[0] for row in rows["party"]),
        "issue": issue_choices(rows["issue"]),
        "statements": yes(_("Named in a statement")),
    }
    said = {
        name: by_value(replace(one, label=str(one.label), group=str(one.group)) for one in choices)
        for name, choices in facets.items()
    }
    return _Offered(said, bare_years(rows["session"]))


def legislature_choices(sessions: list[tuple[str, str, str, str]]) -> Iterator[Choice]:
    for code, name in LEGISLATURE_NAMES:
        yield Choice(code, name, tuple(key for key, group, _year, _label in sessions if group == code))


def session_choices(sessions: list[tuple[str, str, str, str]]) -> Iterator[Choice]:
    """Of each legislature the newest first."""
    names = dict(LEGISLATURE_NAMES)
    places = {code: place for place, code in enumerate(names)}
    for key, group, year, label in sorted(
        sessions, key=lambda row: (places.get(row[1], len(places)), -int(row[2]))
    ):
        yield session_choice(group, names.get(group, group), year, label, key)


def bare_years(sessions: list[tuple[str, str, str, str]]) -> dict[str, list[str]]:
    """What old addresses have: "2025" for the sessions that any legislature names by it."""
    named: dict[str, list[str]] = defaultdict(list)
    for _key, group, year, _label in sessions:
        named[year].append(f"{group}.{year}")
    return named


def stage_choices() -> Iterator[Choice]:
    for group, stages in STAGES:
        for value, label in stages:
            yield Choice(value, label, (value.upper(),), group)


def outcome_choices() -> Iterator[Choice]:
    for value, label, keys in STANDINGS:
        yield Choice(value, label, keys)
    for value, label in OUTCOMES:
        yield Choice(value, label, (value,), _("How it ended"))


def committee_choices(committees: list[tuple[str, str, str, str]]) -> Iterator[Choice]:
    """ "ny.senate.finance", by chamber and name."""
    names = dict(CHAMBERS)
    places = {code: place for place, code in enumerate(names)}
    for key, group, slug, label in sorted(
        committees, key=lambda row: (places.get(row[1], len(places)), row[3].casefold())
    ):
        chamber = names.get(group, group)
        yield Choice(f"{group}.{slug}", label, (key,), chamber, needs_group=True)


def issue_choices(issues: list[tuple[str, str, str, str]]) -> Iterator[Choice]:
    named = ((issue_in_words(label), slug, key) for key, _group, slug, label in issues)
    for label, slug, key in sorted(named, key=lambda one: one[0].casefold()):
        yield Choice(slug, label, (key,))


_CARRIED = PreparedKeys(
    lambda *terms: sponsorships_of(*terms)[: facet_index.MOST_FOUND + 1], ("a-slug", '{"%its%"}', "%a name%")
)


class BillFilter(ListFilter):
    """`/bills/?q=liberty+act&outcome=alive&legislature=ny&session=ny.2025&stage=in_senate_comm
    &committee=ny.senate.finance&party=democratic&issue=immigration&statements=yes&sponsor=serrano
    &introduced_after=2025-01-08&introduced_before=2025-03&moved_after=2026&sort=number`, facets several times.

    `queryset` is of bills; what is narrowed and counted are their rows in ListedBill, of those that are published.
    """

    SORTS = SORTS
    fitting: list[int] | None = None  # keys of the bills that it shows, where they are few and were counted

    q = words_filter(_("Words or number"), "by_words")
    outcome = FacetFilter(label=_("Outcome"), column="ending", method="by_outcome", shown=20, is_open=True)
    legislature = FacetFilter(label=_("Legislature"), column="session_id", is_open=True)
    session = FacetFilter(label=_("Session"), column="session_id", shown=6)
    stage = FacetFilter(label=_("Stage now"), column="status", shown=20)
    committee = FacetFilter(label=_("Committee"), column="committee_id")
    party = FacetFilter(label=_("Prime sponsor’s party"), column="party")
    issue = FacetFilter(label=_("Issue"), column="issue_ids", is_array=True)
    statements = FacetFilter(label=_("Statements"), column="is_spoken_of", method="by_statements")
    sponsor = words_filter(_("Sponsor’s name"), "by_sponsor", 100)
    introduced_after = day_filter(_("Introduced from"), "introduced_on")
    introduced_before = day_filter(_("Introduced until"), "introduced_on", is_end=True)
    moved_after = day_filter(_("Last action from"), "last_action_on")
    moved_before = day_filter(_("Last action until"), "last_action_on", is_end=True)
    sort = sort_filter(SORTS)

    class Meta:
        model = Bill
        form = ListForm
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = _offered(get_language(), tuple(_CATALOGUE.rows()))
        for name, choices in self._offered.choices.items():
            self.filters[name].extra["choices"] = choices
        self.filters["session"].extra["aliases"] = self._offered.years

    def get_form_class(self) -> type[ListForm]:
        self._offered.form = self._offered.form or super().get_form_class()
        return self._offered.form

    @cached_property
    def rows(self):
        return ListedBill.objects.published()

    @property
    def looked_up(self) -> list[str]:
        """What was chosen and only the database can find: words and sponsors."""
        return [name for name in self.chosen if not isinstance(self.filters[name], FacetFilter | DayFilter)]

    @cached_property
    def found(self) -> list[int] | None:
        """Keys of the bills that have what is looked up; None where nothing is. Of very many not all, see
        `facet_index.MOST_FOUND`."""
        if self.looked_up == ["sponsor"]:
            return _CARRIED(*terms_of(self.chosen["sponsor"]))
        return facet_index.keys_of(super().narrowed(only=self.looked_up)) if self.looked_up else None

    def counted(self):
        counted = facet_index.count(self)
        self.fitting = counted.keys if counted else None
        return counted

    def narrowed(self, *, without="", only=None):
        if without or only is not None or self.fitting is None:
            return super().narrowed(without=without, only=only)
        # They were found to be counted: not once more for the page.
        return self.rows.filter(is_one_of(as_keys(array_text(self.fitting))))

    @property
    def is_steady(self):
        return not self.is_narrowed or self.fitting is not None

    def with_columns(self, rows):
        return rows.with_ending(timezone.localdate())

    def filter_queryset(self, queryset):
        return queryset.filter(pk__in=self.narrowed().values("pk")).order_by(*self.order("listed__"))

    def by_words(self, rows, _name: str, value: str):
        if not value:
            return rows
        numbers = read_query(value)
        if not numbers:
            return rows.filter(bill__in=Bill.objects.saying(value).order_by().values("pk"))
        named = Q()
        for number in numbers:
            session = {} if number.session is None else {"session__year": number.session}
            named |= Q(number_key=number_key(number.base_print_no), **session)
        return rows.filter(named)

    def by_statements(self, rows, _name: str, _values: list[str]):
        return rows.filter(is_spoken_of=True)

    def by_outcome(self, rows, _name: str, values: list[str]):
        keys = self.form.fields["outcome"].keys_of(values)
        fits = Q(outcome__in=[key for key in keys if key != "alive"])
        if "alive" in keys:
            fits |= alive_on(timezone.localdate(), session_end="session_end")
        return rows.filter(fits)

    def by_sponsor(self, rows, _name: str, value: str):
        return rows.filter(bill__in=Bill.objects.carried_by(value).order_by().values("pk"))
