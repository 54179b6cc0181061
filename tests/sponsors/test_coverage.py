"""From when on a roster holds everybody who sat."""

from __future__ import annotations

from datetime import date

from sponsors.coverage import complete_since
from sponsors.standing import PersonFact, TermFact

SENATE = ("ny", "senate")


def senators(count: int, start: date | None, end: date | None, prefix: str = "Member") -> list[PersonFact]:
    return [
        PersonFact(f"{prefix} {number}", f"{prefix} {number}", (), (TermFact(*SENATE, "", "", start, end),))
        for number in range(count)
    ]


def test_a_chamber_is_whole_from_one_term_before_the_first_recorded_departure():
    people = senators(60, date(2019, 1, 2), None) + senators(
        60, date(2011, 1, 1), date(2018, 12, 31), "Former"
    )
    assert complete_since(people) == {SENATE: date(2016, 12, 31)}


def test_a_chamber_is_whole_no_earlier_than_its_first_recorded_start():
    people = senators(60, date(2019, 1, 2), None) + senators(
        60, date(2018, 1, 3), date(2018, 12, 31), "Former"
    )
    assert complete_since(people) == {SENATE: date(2018, 1, 3)}


def test_a_few_members_are_no_chamber():
    people = senators(20, date(2011, 1, 1), None) + senators(
        20, date(2009, 1, 1), date(2012, 12, 31), "Former"
    )
    assert complete_since(people) == {}


def test_a_list_of_todays_members_only_is_never_whole():
    assert complete_since(senators(63, date(2011, 1, 1), None)) == {}


def test_a_chamber_that_later_stands_half_empty_is_not_whole():
    people = senators(60, date(2011, 1, 1), date(2018, 12, 31)) + senators(9, date(2019, 1, 2), None, "New")
    assert complete_since(people) == {}


def test_nobody_is_no_chamber():
    assert complete_since([]) == {}
    assert complete_since([PersonFact("speaker", "Murad Awawdeh", (), ())]) == {}


def test_bodies_without_a_known_number_of_seats_are_never_whole():
    mayors = [
        PersonFact(
            n, f"Mayor {n}", (), (TermFact("ny", "mayor", "", "", date(2011, 1, 1), date(2012, 1, 1)),)
        )
        for n in range(99)
    ]
    assert complete_since(mayors) == {}
