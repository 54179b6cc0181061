"""The roster as the database holds it now, read once for a run."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sponsors.coverage import complete_since
from sponsors.models import Person, Term
from sponsors.resolution import PersonFact, Roster, TermFact


@dataclass(frozen=True, slots=True)
class People:
    """Who is known, and when each of them sat. Keys are primary keys of Person and Term."""

    roster: Roster
    terms: dict[int, list[tuple[int, TermFact]]]

    def term_of(
        self, person_id: int, *, legislature: str, chamber: str, days: tuple[date, date]
    ) -> int | None:
        """The key of the person's term in a chamber at a time, `days` being its first and last day.

        The term that covers the first day, or else the one that begins soonest after it; None where none
        overlaps. A start or end that is not recorded is no bound.
        """
        first, last = days
        overlapping = [
            (key, term)
            for key, term in self.terms.get(person_id, ())
            if (term.legislature, term.chamber) == (legislature, chamber)
            and (term.start is None or term.start <= last)
            and (term.end is None or term.end >= first)
        ]
        if not overlapping:
            return None
        # Among terms that began before the first day the latest is the nearest to it.
        covering = [
            (term.start or date.min, key) for key, term in overlapping if (term.start or date.min) <= first
        ]
        if covering:
            return max(covering)[1]
        return min((term.start, key) for key, term in overlapping if term.start is not None)[1]


def load_people() -> People:
    """Everybody in the database, in two questions."""
    terms: dict[int, list[tuple[int, TermFact]]] = defaultdict(list)
    rows = Term.objects.order_by("person", "start", "pk").values_list(
        "person_id", "pk", "legislature_id", "chamber", "district", "party", "start", "end"
    )
    for person_id, key, legislature, chamber, district, party, start, end in rows:
        terms[person_id].append((key, TermFact(legislature, chamber, district, party, start, end)))
    people = [
        PersonFact(key, name, tuple(aliases), tuple(term for _, term in terms[key]))
        for key, name, aliases in Person.objects.order_by("pk").values_list("pk", "name", "aliases")
    ]
    return People(Roster(people, complete_since=complete_since(people)), dict(terms))


def load_roster_of_people() -> Roster:
    """The roster alone, for names in texts."""
    return load_people().roster
