"""Names on a bill beside the number that it takes to pass it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from bills.pages.majority import majority_of, needed_of, seats_of


def name(place: int, *, chamber: str | None = "senate", district: str = "9", **more):
    term = SimpleNamespace(chamber=chamber, district=district) if chamber else None
    known = {"person_id": place, "name_as_written": f"P{place}", "withdrawn_on": None, "term": term}
    return SimpleNamespace(**known | more)


def of(
    *names, legislature: str = "ny", chamber: str = "senate", session: int = 2017, is_resolution: bool = False
):
    return majority_of(legislature, chamber, session, names, is_resolution=is_resolution)


@pytest.mark.parametrize(
    ("legislature", "chamber", "session", "seats", "needed"),
    [
        ("ny", "senate", 2017, 63, 32),
        ("ny", "senate", 2011, 62, 32),
        ("ny", "assembly", 2017, 150, 76),
        ("nyc", "council", 2024, 51, 26),
        ("us", "house", 119, 435, 218),
        ("us", "senate", 119, 100, 51),
    ],
)
def test_more_than_half_of_all_members_is_needed(legislature, chamber, session, seats, needed):
    assert seats_of(legislature, chamber, session) == seats
    assert needed_of(seats) == needed


def test_of_times_and_places_that_we_do_not_know_nothing_is_said():
    assert seats_of("ny", "senate", 1999) is None
    assert seats_of("us", "house", 60) is None
    assert seats_of("ny", "council", 2017) is None
    assert of(name(1), session=1999) is None


def test_each_member_counts_once_and_only_of_the_bills_own_chamber():
    assembly = name(7, chamber="assembly")
    gone = name(8, withdrawn_on=date(2017, 5, 1))
    found = of(name(1), name(2), name(2), assembly, gone)
    assert found.line == "Named on it: 2 of 63 senators. Needed to pass the Senate: 32."


def test_bodies_and_members_without_a_vote_do_not_count():
    body = name(0, chamber=None, person_id=None, name_as_written="Rules Committee")
    advocate = name(3, chamber="council", district="Public Advocate")
    assert of(body) is None
    assert (
        of(advocate, name(4, chamber="council"), legislature="nyc", chamber="council", session=2024).named
        == 1
    )


def test_a_name_that_we_could_not_resolve_counts():
    assert of(name(0, chamber=None, person_id=None, name_as_written="Someone")).named == 1


def test_a_name_is_said_to_be_no_vote():
    assert "not a vote" in of(name(1)).notes[0]


def test_the_senate_of_congress_is_said_to_need_sixty_to_end_debate():
    found = of(name(1), legislature="us", session=119)
    assert any("60 votes to end the debate" in note for note in found.notes)
    assert not any("60" in note for note in of(name(1)).notes)


@pytest.mark.parametrize("more", [{"is_resolution": True}])
def test_resolutions_have_no_count(more):
    assert of(name(1), **more) is None
    assert of() is None


def test_the_drawing_is_in_percent_of_the_seats():
    found = of(*map(name, range(18)))
    assert (found.named_width, found.needed_from) == ("28.6%", "50.8%")
