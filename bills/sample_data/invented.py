"""One invented bill with its whole record. Pure: the same seed and place give the same bill, whatever came before.

Place 0 is the first bill of the newest session, and `BILLS_IN_A_SESSION` places on begins the session before. In a
session, places 2n and 2n + 1 have one number in the two houses and mostly are each other's companion. Numbers begin
above all that a real session has reached, so that an invented bill never takes a real one's address.
"""
# ruff: noqa: S311 (what is drawn here decides nothing)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from random import Random

from bills.print_numbers import session_end
from bills.sample_data import words
from bills.stages import ActionLine, Standing, read_standing

BILLS_IN_A_SESSION = 20_000
LAST_REAL_NUMBER = 50_000
HOUSES = ("senate", "assembly")
SEATS = {"senate": 63, "assembly": 150}
BILLS_TO_A_STATEMENT = 20
MOST_SPONSORS = 120
MOST_ACTIONS = 200
RECORD_HOLDERS = 1000  # one bill of so many has the most actions and sponsors
PROPOSAL_EVERY = 25  # one number of so many belongs to a proposal, in every session
_ANSWERS = ("aye",) * 6 + ("nay",) * 3 + ("undecided",)

# A course of business: who acts, what the record says. "own" is the house of origin.
_REFERRED = ("own", "REFERRED TO {committee}")
_FLOOR = [
    ("own", "1ST REPORT CAL.{calendar}"),
    ("own", "2ND REPORT CAL."),
    ("own", "ADVANCED TO THIRD READING"),
]
_PASSED = [_REFERRED, *_FLOOR, ("own", "PASSED {OWN}"), ("own", "DELIVERED TO {OTHER}"),
           ("other", "REFERRED TO {other_committee}")]  # fmt: skip
_BOTH = [*_PASSED, ("other", "ORDERED TO THIRD READING CAL.{calendar}"), ("other", "PASSED {OTHER}"),
         ("other", "RETURNED TO {OWN}"), ("own", "DELIVERED TO GOVERNOR")]  # fmt: skip
_AMENDED = [("own", "AMEND AND RECOMMIT TO {committee}"), ("own", "PRINT NUMBER {number}{letter}")]
_COURSES = {
    "referred": [_REFERRED],
    "referred twice": [_REFERRED, ("own", "REFERRED TO {committee}")],
    "referred on": [_REFERRED, ("own", "REPORTED REFERRED TO {other_committee}"), _REFERRED],
    "amended": [_REFERRED, *_AMENDED],
    "amended twice": [_REFERRED, *_AMENDED, _REFERRED, *_AMENDED],
    "floor": [_REFERRED, *_FLOOR],
    "back from the floor": [_REFERRED, *_FLOOR, ("own", "COMMITTED TO RULES"), _REFERRED],
    "amended, floor": [_REFERRED, *_AMENDED, *_FLOOR],
    "passed": _PASSED,
    "passed twice": [*_PASSED, ("other", "DIED IN {OTHER}"), ("other", "RETURNED TO {OWN}"), *_PASSED],
    "delivered": _BOTH,
    "signed": [*_BOTH, ("own", "SIGNED CHAP.{calendar}")],
    "vetoed": [*_BOTH, ("own", "VETOED MEMO.{calendar}")],
    "substituted": [_REFERRED, *_FLOOR, ("own", "SUBSTITUTED BY {companion}")],
    "stricken": [_REFERRED, ("own", "ENACTING CLAUSE STRICKEN")],
    "lost": [_REFERRED, *_FLOOR, ("own", "LOST")],
}
_WEIGHTS = {
    "referred": 10, "referred twice": 18, "referred on": 6, "amended": 11, "amended twice": 14, "floor": 6,
    "back from the floor": 7, "amended, floor": 7, "passed": 8, "passed twice": 6, "delivered": 1, "signed": 4,
    "vetoed": 1, "substituted": 2, "stricken": 1, "lost": 1,
}  # fmt: skip
_LONGEST_PAUSE = {"referred twice": 400}  # days between actions: mostly these wait for the second January


@dataclass(frozen=True, slots=True)
class Invented:
    """One bill. Committees, issues and people are places in their lists; people sit for the session, by house.

    `votes` are (date, house, committee or None, ayes, nays, others, [(vote, house, seat)]).
    """

    place: int
    session: int
    house: str
    number: int
    base_print_no: str
    title: str
    short_name: str
    law_section: str
    plain_summary: str
    official_summary: str
    sponsor_memo: str
    actions: tuple[ActionLine, ...]
    standing: Standing
    committee: int
    sponsors: tuple[tuple[str, str, int], ...]  # kind, house, seat
    issues: tuple[int, ...]
    has_companion: bool
    has_earlier: bool
    votes: tuple[tuple, ...]
    answers: tuple[str, ...]
    changes: int  # how many of its latest actions were seen to come

    @property
    def companion(self) -> str:
        return f"{'AS'[HOUSES.index(self.house)]}{self.number}"

    @property
    def proposal(self) -> int | None:
        """Which proposal it belongs to, by number; the same one in every session."""
        return self.number if self.number % PROPOSAL_EVERY == 0 else None


def session_of(place: int, *, newest: int) -> int:
    """The State's session of a place: newest, and two years back every BILLS_IN_A_SESSION places."""
    return newest - 2 * (place // BILLS_IN_A_SESSION)


def invent(place: int, *, newest: int, today: date, seed: int) -> Invented:
    """The bill at this place, its record as it stands on `today`. `newest` is the year of the newest session."""
    random = Random(f"{seed} {place}")
    session = session_of(place, newest=newest)
    within, side = divmod(place % BILLS_IN_A_SESSION, 2)
    house, number = HOUSES[side], LAST_REAL_NUMBER + 1 + within
    base_print_no = f"{'SA'[side]}{number}"
    committee = _skewed(random, len(words.COMMITTEES))
    is_holder = place % RECORD_HOLDERS == RECORD_HOLDERS - 1
    last_day = min(today, session_end("ny", session))
    actions = tuple(
        _actions(random, house, number, committee, session=session, last_day=last_day, is_holder=is_holder)
    )
    standing = read_standing("ny", session, base_print_no, actions, today=today)
    passed = [line for line in actions if line.text.upper().startswith("PASSED")]
    return Invented(
        place=place,
        session=session,
        house=house,
        number=number,
        base_print_no=base_print_no,
        title=words.title(random),
        short_name=words.short_name(random) if random.random() < 0.2 else "",
        law_section=words.law_section(random),
        plain_summary=words.paragraph(random, 30, seed=seed) if random.random() < 0.3 else "",
        official_summary=words.paragraph(random, 40, seed=seed),
        sponsor_memo=words.paragraph(random, words.WORDS_OF_MEMO, seed=seed),
        actions=actions,
        standing=standing,
        committee=committee,
        sponsors=_sponsors(random, house, is_holder=is_holder),
        issues=tuple(
            sorted({_skewed(random, len(words.ISSUES)) for _ in range(random.choice((0, 1, 1, 2, 3)))})
        ),
        has_companion=number % 3 != 0,
        has_earlier=random.random() < 0.3,
        votes=tuple(_votes(random, passed, actions, committee)),
        answers=tuple(random.choices(_ANSWERS, k=min(800, int(random.paretovariate(1.1)) - 1))),
        changes=random.choice((0, 0, 1, 2, 3)),
    )


def _actions(
    random: Random, house: str, number: int, committee: int, *, session: int, last_day: date, is_holder: bool
) -> Iterator[ActionLine]:
    """In order, none after `last_day`; the Assembly prints its own in lower case."""
    name = random.choices(tuple(_COURSES), weights=tuple(_WEIGHTS.values()))[0]
    other_house = HOUSES[1 - HOUSES.index(house)]
    named = {
        "committee": words.COMMITTEES[committee].upper(),
        "other_committee": words.COMMITTEES[_skewed(random, len(words.COMMITTEES))].upper(),
        "number": number,
        "calendar": random.randint(1, 1800),
        "OWN": house.upper(),
        "OTHER": other_house.upper(),
        "companion": f"{'AS'[HOUSES.index(house)]}{number}",
    }
    course = list(_COURSES[name])
    if is_holder:
        course = [*([_REFERRED, *_AMENDED] * (MOST_ACTIONS // 3))[: MOST_ACTIONS - len(course)], *course]
    first = date(session, 1, 6)
    day = first + timedelta(days=int((last_day - first).days * random.random() ** 2 * 0.7))
    pause = 2 if is_holder else _LONGEST_PAUSE.get(name, 45)
    prints = 0
    for who, text in course:
        if day > last_day:
            return
        if text.startswith("PRINT"):
            prints += 1
        acting = house if who == "own" else other_house
        line = text.format(**named, letter=chr(ord("A") + min(prints, 26) - 1))
        yield ActionLine(day, acting, line if acting == "senate" else line.lower())
        if not text.startswith("AMEND"):
            day += timedelta(days=random.randint(0, pause))


def _sponsors(random: Random, house: str, *, is_holder: bool) -> tuple[tuple[str, str, int], ...]:
    """Some eight on average: many bills have one, few have dozens; some members carry far more than others."""
    seats = SEATS[house]
    prime = _skewed(random, seats)
    others = MOST_SPONSORS if is_holder else int(random.expovariate(1 / 7.2))
    others = min(others, seats - 1)
    chosen: dict[int, None] = {}
    if others > seats // 2:
        chosen = dict.fromkeys(seat for seat in random.sample(range(seats), others + 1) if seat != prime)
    while len(chosen) < others and others <= seats // 2:
        if (seat := _skewed(random, seats)) != prime:
            chosen[seat] = None
    return (("prime", house, prime), *(("co", house, seat) for seat in list(chosen)[:others]))


def _votes(
    random: Random, passed: list[ActionLine], actions: tuple[ActionLine, ...], committee: int
) -> Iterator[tuple]:
    for line in {(line.date, line.chamber): line for line in passed}.values():
        yield (line.date, line.chamber, None, *_counted(random, line.chamber, SEATS[line.chamber]))
    reported = next((line for line in actions if line.text.upper().startswith("1ST REPORT")), None)
    if reported:
        yield (
            reported.date,
            reported.chamber,
            committee,
            *_counted(random, reported.chamber, 15, passes=True),
        )


def _counted(random: Random, house: str, members: int, *, passes: bool = True) -> tuple:
    against, excused = random.random() * 0.45, 0.02
    votes = []
    for seat in range(members):
        drawn = random.random()
        votes.append(
            ("nay" if drawn < against else "excused" if drawn < against + excused else "aye", house, seat)
        )
    counts = [sum(vote == code for vote, _, _ in votes) for code in ("aye", "nay", "excused")]
    if passes and counts[0] <= counts[1]:
        votes = [("aye", house, seat) for seat in range(members)]
        counts = [members, 0, 0]
    return (*counts, votes)


def _skewed(random: Random, many: int) -> int:
    """A place in a list of `many`, the first ones far more often, as Zipf has it."""
    return random.choices(range(many), cum_weights=_weights(many))[0]


@lru_cache(maxsize=16)
def _weights(many: int) -> tuple[float, ...]:
    total, weights = 0.0, []
    for place in range(many):
        total += 1 / (place + 3) ** 0.8
        weights.append(total)
    assert all(before < after for before, after in pairwise(weights))
    return tuple(weights)
