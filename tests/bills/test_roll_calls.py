"""Recorded votes: what was needed and what came of it, where that can be said; and what our source lacks."""

from __future__ import annotations

import pytest

from bills.pages.roll_calls import gaps, rows


def vote(day: str = "2017-06-01", ayes: int = 40, nays: int = 23, *, chamber: str = "senate", **more) -> dict:
    known = {"committee": "", "amendment": "", "others": 0, "member_votes": []}
    return {"date": day, "chamber": chamber, "ayes": ayes, "nays": nays} | known | more


def told(*votes: dict, legislature: str = "ny", session: int = 2017, **more):
    known = {"is_resolution": False, "was_vetoed": False, "most_names": 100}
    return rows(votes, legislature=legislature, session=session, **known | more)


@pytest.mark.parametrize(
    ("ayes", "nays", "came"),
    [(32, 31, "Enough to pass"), (31, 0, "Not enough to pass"), (31, 30, "Not enough to pass")],
)
def test_in_new_york_a_majority_of_all_members_is_needed_and_not_of_those_who_vote(ayes, nays, came):
    (row,) = told(vote(ayes=ayes, nays=nays))
    assert (row.needed, row.came_of_it) == (32, came)


def test_the_council_needs_26():
    (row,) = told(vote(chamber="council", ayes=25, nays=3), legislature="nyc", session=2024)
    assert (row.needed, row.came_of_it) == (26, "Not enough to pass")


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"committee": "Codes"}, {}),
        ({}, {"is_resolution": True}),
        ({}, {"legislature": "us", "session": 119}),
    ],
)
def test_where_we_do_not_know_what_was_needed_only_the_counts_are_compared(more, kind):
    (row,) = told(vote(ayes=8, nays=8, **more), **kind)
    assert (row.needed, row.came_of_it) == (None, "Not more for than against")


def test_a_vote_after_a_veto_may_need_more_and_is_not_measured_by_a_majority():
    newest, oldest = told(
        vote("2025-12-18", 39, 9, chamber="council"), vote("2026-01-29", 30, 7, chamber="council"),
        legislature="nyc", session=2024, was_vetoed=True,
    )  # fmt: skip
    assert (oldest.needed, newest.needed) == (26, None)


def test_newest_come_first_and_only_so_many_names_are_told():
    names = [["aye", f"M{n}"] for n in range(60)] + [["nay", "N"]]
    newest, older = told(vote("2017-06-01", member_votes=names), vote("2017-06-09", member_votes=names))
    assert str(newest.date) == "2017-06-09"
    assert [len(group["names"]) for group in newest.groups] == [60, 1]
    assert (older.groups, older.is_cut) == ([], True)


def test_the_drawing_parts_the_whole():
    (row,) = told(vote(ayes=30, nays=20, others=10))
    assert (row.ayes_width, row.nays_width, row.nays_from) == ("50.0%", "33.3%", "66.7%")
    (empty,) = told(vote(ayes=0, nays=0))
    assert (empty.ayes_width, empty.nays_width) == ("0%", "0%")


def test_what_our_source_lacks_is_said():
    assert gaps("ny") == ["The Assembly’s votes are not in our source."]
    assert "Congress" in gaps("us")[0]
    assert gaps("nyc") == []
