"""How far back a roster knows everybody who sat. Pure.

"Senator Kim" proves nothing to one who knows three senators out of a hundred. Before a surname alone may
name a member, the list of that body has to be whole at the time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from sponsors.standing import PersonFact, Standing, Time, standing
from sponsors.titles import NY_ASSEMBLY, NY_SENATE, NYC_COUNCIL, US_HOUSE, US_SENATE, Body

# Seats, and the years of one term. New York State constitution, art. III (62 senators before 2013, then 63);
# New York City Charter, sections 22 and 25; 2 U.S.C. 2a; U.S. constitution, art. I.
_SEATS_AND_YEARS: dict[Body, tuple[int, int]] = {
    NY_SENATE: (62, 2),
    NY_ASSEMBLY: (150, 2),
    NYC_COUNCIL: (51, 4),
    US_HOUSE: (435, 2),
    US_SENATE: (100, 6),
}
# Seats stand empty, and records lack a few: openstates/people knows 59 of the 63 state senators of 2021.
_WHOLE = 0.9


def complete_since(people: Iterable[PersonFact]) -> dict[Body, date]:
    """From which day on the roster holds a body's members; a body it does not hold is not in the answer.

    A record that names only today's members shows nobody leaving. So a list can be whole no further back than
    one term before the first recorded departure, and it counts as whole where nine seats in ten have a holder
    then and at the last recorded beginning.
    """
    by_body: dict[Body, list[PersonFact]] = defaultdict(list)
    for person in people:
        for body in {term.body for term in person.terms} & _SEATS_AND_YEARS.keys():
            by_body[body].append(person)
    found = {}
    for body, members in by_body.items():
        seats, years = _SEATS_AND_YEARS[body]
        terms = [term for person in members for term in person.terms if term.body == body]
        ends = [term.end for term in terms if term.end is not None]
        starts = [term.start for term in terms if term.start is not None]
        if not ends or not starts:
            continue
        since = max(min(ends) - timedelta(days=365 * years), min(starts))
        if all(_holders(members, body, day) >= _WHOLE * seats for day in (since, max(since, *starts))):
            found[body] = since
    return found


def _holders(members: Iterable[PersonFact], body: Body, day: date) -> int:
    return sum(standing(person, {body}, Time(day, day)) >= Standing.OPEN for person in members)
