"""Who carries a bill: the names of its record, tied to people where the roster leaves no doubt."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cached_property, lru_cache

from django.db.models import Q

from bills.models import Sponsorship
from bills.print_numbers import session_start, session_years
from bills.refresh.facts import KINDS, Facts
from bills.refresh.parts import Row
from bills.search.indexing import index_bills
from sponsors.people import People, load_people

LONGEST_REASON = 300
NAMES_REMEMBERED = 20_000  # a session has some 158,000 sponsorships under fewer than a thousand spellings
ROWS_AT_ONCE = 1000

Found = tuple[int | None, int | None, str]  # person, term, why there is none


class SponsorFinder:
    """Decides whom the sponsor lists of bills name, and remembers it: one for a run.

    The roster is read with the first name that is not settled; most answers have none, and reading it takes as long
    as storing hundreds of bills.
    """

    def __init__(self) -> None:
        self._person = lru_cache(NAMES_REMEMBERED)(self._decide)
        self._term = lru_cache(NAMES_REMEMBERED)(self._look_up_term)

    @cached_property
    def _people(self) -> People:
        return load_people()

    def rows(self, facts: Facts, existing: Collection[Row]) -> list[Row]:
        """The sponsorships a bill is to have, beside those it has, in the order of `parts.SPONSORS`.

        A name that is tied to a person stays tied: staff may have done it, and know better than the roster.
        Staff untie a name by emptying its person; then no reason is left, and the name is left alone too.
        """
        settled = {(row[0], row[2]): row[3:6] for row in existing if row[3] is not None or not row[5]}
        introduced_on = facts.stated.get("introduced_on")
        places = dict.fromkeys(KINDS, 0)
        rows = []
        for line in facts.sponsors or ():
            places[line.kind] += 1
            found = settled.get((line.kind, line.name)) or self.find(
                line.name,
                legislature=facts.number.legislature,
                session=facts.session,
                chamber=line.chamber or facts.number.chamber,
                introduced_on=introduced_on if isinstance(introduced_on, date) else None,
            )
            told = (line.joined_on, line.withdrawn_on, line.district)
            rows.append((line.kind, places[line.kind], line.name, *found, *told))
        return rows

    def find(
        self, name: str, *, legislature: str, session: int, chamber: str, introduced_on: date | None
    ) -> Found:
        """The keys of the person and of their term at the time; or why the name stays a name."""
        person, why = self._person(name, legislature, session, chamber)
        if person is None:
            return None, None, why
        return person, self.term(person, legislature, session, chamber, introduced_on), ""

    def term(
        self, person: int, legislature: str, session: int, chamber: str, introduced_on: date | None
    ) -> int | None:
        """The key of the term that covers the introduction, or else some of the session."""
        first, last = _days_of(legislature, session)
        if introduced_on is not None and first <= introduced_on <= last:
            first = introduced_on
        return self._term(person, legislature, chamber, first, last)

    def _decide(self, name: str, legislature: str, session: int, chamber: str) -> tuple[int | None, str]:
        resolution = self._people.roster.resolve(
            name, legislature=legislature, chamber=chamber, session=_days_of(legislature, session)
        )
        if not isinstance(resolution.person_key, int):
            return None, (resolution.reason or "Nobody of this name is known.")[:LONGEST_REASON]
        return resolution.person_key, ""

    def _look_up_term(
        self, person: int, legislature: str, chamber: str, first: date, last: date
    ) -> int | None:
        return self._people.term_of(person, legislature=legislature, chamber=chamber, days=(first, last))


def _days_of(legislature: str, session: int) -> tuple[date, date]:
    """A session's first and last day; of a Congress, which ends on 3 January, the last of the year before."""
    return session_start(legislature, session), date(session_years(legislature, session)[1], 12, 31)


def resolve_waiting(finder: SponsorFinder | None = None) -> int:
    """Ask the roster again about every name that waits for a person or a term; how many rows changed.

    For after new people have arrived. Names that staff have settled do not wait.
    """
    finder = finder or SponsorFinder()
    waiting = (
        Sponsorship.objects.filter(
            Q(person=None) & ~Q(why_unresolved="") | Q(person__isnull=False, term=None)
        )
        .select_related("bill__session")
        .order_by("pk")
    )
    changed: list[Sponsorship] = []
    for row in waiting.order_by("pk").iterator(chunk_size=ROWS_AT_ONCE):
        before = (row.person_id, row.term_id, row.why_unresolved)
        bill = row.bill
        place = (bill.session.legislature_id, bill.session.year, bill.chamber, bill.introduced_on)
        if row.person_id is None:
            legislature, session, chamber, introduced_on = place
            row.person_id, row.term_id, row.why_unresolved = finder.find(
                row.name_as_written,
                legislature=legislature,
                session=session,
                chamber=chamber,
                introduced_on=introduced_on,
            )
        else:
            row.term_id = finder.term(row.person_id, *place)
        if before != (row.person_id, row.term_id, row.why_unresolved):
            changed.append(row)
    Sponsorship.objects.bulk_update(changed, ["person", "term", "why_unresolved"], batch_size=ROWS_AT_ONCE)
    index_bills({row.bill_id for row in changed}, texts_of=[])
    return len(changed)
