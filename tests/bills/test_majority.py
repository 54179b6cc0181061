"""Names on a bill beside the number that it takes to pass it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from bills.pages.majority import majority_of, needed_of, seats_of
from bills.providers.base import SponsorLine
from bills.refresh import store
from tests.factories import NOW, make_snapshot
from tests.reading import text_of


def name(place: int, *, chamber: str | None = "senate", district: str = "9", **more):
    term = SimpleNamespace(chamber=chamber, district=district) if chamber else None
    known = {
        "person_id": place, "name_as_written": f"P{place}", "withdrawn_on": None, "term": term, "seat_as_written": "",
    }  # fmt: skip
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


@pytest.mark.parametrize(
    "district",
    [
        "DC-At Large", "DC", "PR", "PR-At Large", "GU-At Large", "VI-At Large", "AS-At Large", "MP-At Large",
        "District of Columbia", "Puerto Rico", "Guam", "U.S. Virgin Islands", "Virgin Islands at large",
        "American Samoa", "Northern Mariana Islands",
    ],
)  # fmt: skip
def test_delegates_have_no_vote_and_are_named_beside_those_who_count(district):
    known = name(1, chamber="house", district=district)
    as_written = name(
        0, chamber=None, person_id=None, name_as_written="Ana Example", seat_as_written=district
    )
    member = name(3, chamber="house", district="Virginia 11")
    found = of(known, as_written, member, legislature="us", chamber="house", session=119)
    assert (found.named, found.delegates) == (1, 2)
    assert found.line == "Named on it: 1 of 435 members of the House. A majority of all of them: 218."
    assert found.delegates_line == (
        "Also named, and not counted: 2 delegates of the District of Columbia or a territory, who have no vote when "
        "the House passes bills."
    )
    alone = of(known, legislature="us", chamber="house", session=119)
    assert alone.line.startswith("Named on it: 0 of 435")
    assert "1 delegate of" in alone.delegates_line


@pytest.mark.parametrize(
    "district", ["VA-11", "Virginia 11", "AK-At Large", "WA-1", "", "34", "California 34", "ME-2"]
)
def test_members_of_states_vote(district):
    found = of(name(1, chamber="house", district=district), legislature="us", chamber="house", session=119)
    assert (found.named, found.delegates, found.delegates_line) == (1, 0, "")


def test_only_the_house_has_delegates():
    found = of(name(1, chamber="senate", district="DC"), legislature="us", chamber="senate", session=119)
    assert (found.named, found.delegates) == (1, 0)


@pytest.mark.django_db
def test_a_delegate_whom_the_roster_does_not_know_is_told_by_the_seat_that_the_source_writes(client):
    snapshot = make_snapshot("HR9001", None, legislature="us", session=119)
    named = (
        SponsorLine("Ana Example", "prime", "house", "NY-7"),
        SponsorLine("Bo Sample", "co", "house", "DC-At Large"),
    )
    bill = store(replace(snapshot, sponsors=named), source="congress", now=NOW).bill
    text = text_of(client.get(bill.get_absolute_url()))
    assert "Named on it: 1 of 435 members of the House." in text
    assert "Also named, and not counted: 1 delegate" in text


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
