"""What many invented bills share: sessions, committees, issues, proposals, and the people of each decade.

Rows are looked up by slug and made where missing, so that a second call finds those of the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from bills.models import Issue, Proposal, Session
from bills.print_numbers import session_end, session_label, session_start
from bills.sample_data import PREFIX, words
from bills.sample_data.invented import HOUSES, SEATS
from sponsors.models import Committee, Organization, Person, Term

SESSIONS_OF_A_GENERATION = 5  # for ten years the same people sit
PARTIES = ("Harbor", "Harbor", "Meadow")
ORGANIZATIONS = 40


@dataclass(frozen=True, slots=True)
class Seat:
    """Who holds a seat: keys of the person and of the term, and the name as records write it."""

    person: int
    term: int
    name: str


class Cast:
    """The rows that invented bills point to, by their places in `words`. Committees and issues are made at once."""

    def __init__(self) -> None:
        self.committees = {house: [_committee(house, name) for name in words.COMMITTEES] for house in HOUSES}
        self.issues = [_issue(name) for name in words.ISSUES]
        self.organizations = [_organization(number) for number in range(ORGANIZATIONS)]
        self._sessions: dict[int, Session] = {}
        self._proposals: dict[int, int] = {}
        self._seats: dict[tuple[int, str], list[Seat]] = {}

    def session(self, year: int) -> Session:
        if year not in self._sessions:
            days = {"start": session_start("ny", year), "end": session_end("ny", year)}
            self._sessions[year], _ = Session.objects.get_or_create(
                legislature_id="ny", year=year, defaults={"label": session_label("ny", year), **days}
            )
        return self._sessions[year]

    def seats(self, year: int, house: str) -> list[Seat]:
        """Everybody who sits in a house in the session of a year."""
        generation = (year // 2) // SESSIONS_OF_A_GENERATION
        if (generation, house) not in self._seats:
            self._seats[generation, house] = _seats(generation, house)
        return self._seats[generation, house]

    def proposals(self, numbers: set[int], names: dict[int, str]) -> dict[int, int]:
        """The keys of these proposals; those that are new get the names given."""
        if missing := numbers - self._proposals.keys():
            slugs = {f"{PREFIX}{number}": number for number in missing}
            Proposal.objects.bulk_create(
                [Proposal(slug=slug, name=names[number]) for slug, number in sorted(slugs.items())],
                ignore_conflicts=True,
            )
            held = Proposal.objects.filter(slug__in=slugs).values_list("slug", "pk")
            self._proposals |= {slugs[slug]: key for slug, key in held}
        return self._proposals


def _committee(house: str, name: str) -> int:
    made, _ = Committee.objects.get_or_create(
        legislature_id="ny", chamber=house, slug=f"{PREFIX}{slugify(name)}", defaults={"name": name}
    )
    return made.pk


def _issue(name: str) -> int:
    made, _ = Issue.objects.get_or_create(
        slug=f"{PREFIX}{slugify(name)}",
        defaults={"name": f"{name} (invented)", "description": "An invented issue of invented bills."},
    )
    return made.pk


def _organization(number: int) -> int:
    made, _ = Organization.objects.get_or_create(
        slug=f"{PREFIX}{number}", defaults={"name": f"{words.organization(number)} ({number}, invented)"}
    )
    return made.pk


def _seats(generation: int, house: str) -> list[Seat]:
    """The people of a generation in one house, made where missing, with a term of the whole time."""
    first_year = generation * SESSIONS_OF_A_GENERATION * 2 + 1
    begin = sum(SEATS.values()) * (generation % 40) + (0 if house == "senate" else SEATS["senate"])
    people = {}
    for seat in range(SEATS[house]):
        given, surname = words.person(begin + seat)
        people[f"{PREFIX}{first_year}-{house}-{seat + 1}"] = (f"{given} {surname}", f"{surname}, {given}")
    Person.objects.bulk_create(
        [
            Person(slug=slug, name=name, sort_name=sort_name, note="An invented person.")
            for slug, (name, sort_name) in people.items()
        ],
        ignore_conflicts=True,
    )
    keys = dict(Person.objects.filter(slug__in=people).values_list("slug", "pk"))
    held = dict(Term.objects.filter(person__in=keys.values()).order_by("pk").values_list("person", "pk"))
    missing = [
        Term(
            person_id=key,
            legislature_id="ny",
            chamber=house,
            district=slug.rpartition("-")[2],
            party=PARTIES[key % len(PARTIES)],
            start=date(first_year, 1, 1),
            end=date(first_year + 2 * SESSIONS_OF_A_GENERATION - 1, 12, 31),
        )
        for slug, key in keys.items()
        if key not in held
    ]
    held |= {term.person_id: term.pk for term in Term.objects.bulk_create(missing)}
    return [Seat(keys[slug], held[keys[slug]], people[slug][0]) for slug in people]
