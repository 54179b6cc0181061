"""Short forms of given names, for telling that "Jeff Klein" and "Jeffrey D. Klein" may be one person.

Only pairs attested in the public record of New York's legislators are kept: openstates/people
(data/ny, CC0 1.0) lists members under both forms, and the Senate's own releases write Jeff and Jeffrey.
Two long forms never meet through a short one: "Al" may be Albert or Alfred, but Albert is not Alfred.
"""

from __future__ import annotations

_LONG_FORMS = {
    "al": "albert alfred",
    "andy": "andrew",
    "bill": "william",
    "carrie": "caroline",
    "chris": "christopher",
    "chuck": "charles",
    "dan": "daniel",
    "danny": "daniel",
    "dave": "david",
    "doug": "douglas",
    "ed": "edward",
    "eddie": "edward",
    "fred": "frederick fredrick",
    "jake": "jacob",
    "jeff": "jeffrey",
    "jen": "jennifer",
    "jim": "james",
    "joe": "joseph",
    "jon": "jonathan",
    "josh": "joshua",
    "ken": "kenneth",
    "kenny": "kenneth",
    "liz": "elizabeth",
    "matt": "matthew",
    "mike": "michael",
    "pam": "pamela",
    "pat": "patricia patrick",
    "pete": "peter",
    "phil": "philip phillip",
    "rob": "robert",
    "ron": "ronald",
    "sam": "samuel",
    "steve": "stephen steven",
    "sue": "susan",
    "tim": "timothy",
    "tom": "thomas",
    "tony": "anthony",
    "will": "william",
}
SHORT_AND_LONG = frozenset(
    frozenset({short, long}) for short, longs in _LONG_FORMS.items() for long in longs.split()
)


def may_be_same_given_name(one: str, other: str) -> bool:
    """Whether two folded given names are equal, or one is a usual short form of the other."""
    return one == other or frozenset({one, other}) in SHORT_AND_LONG
