"""How a bill died: only what its record says."""

from __future__ import annotations

from datetime import date

import pytest

from bills.pages.ending import ending_of
from bills.stages import read_standing
from tests.factories import lines

TODAY = date(2026, 3, 10)
FIRST = "2017-02-02 senate REFERRED TO FINANCE"


def ending(*texts: str, votes: tuple[dict, ...] = (), print_no="S1", legislature="ny", session=2017):
    actions = lines(*texts)
    standing = read_standing(legislature, session, print_no, actions, today=TODAY)
    return ending_of(standing, actions, votes)


def test_a_bill_that_stayed_in_committee_died_without_a_vote():
    found = ending(FIRST, "2018-01-03 senate REFERRED TO FINANCE")
    assert found.lead == "Died without a vote."
    assert found.moved == (
        "It last moved on January 3, 2018, when it was sent to the Senate Finance Committee, which held it for 362 "
        "days until the session ended on December 31, 2018."
    )


@pytest.mark.parametrize(
    "voted",
    ["2017-03-03 senate REPORTED AND COMMITTED TO RULES", "2017-03-03 senate 1ST REPORT CAL.9"],
)
def test_where_a_committee_has_voted_only_the_floor_has_not(voted):
    found = ending(FIRST, voted, "2018-01-03 senate REFERRED TO FINANCE")
    assert found.lead == "Died without a vote on the floor."


@pytest.mark.parametrize(
    "voted",
    [
        "2007-10-24 senate Cloture on the motion to proceed to the measure not invoked by Yea-Nay Vote. 52 - 44.",
        "2008-02-12 house On motion to suspend the rules and pass the bill Failed by the Yeas and Nays: 201 - 210.",
    ],
)
def test_a_vote_of_congress_that_changed_no_stage_was_a_vote(voted):
    found = ending(
        "2007-01-09 senate Introduced in Senate",
        voted,
        print_no="S2205",
        legislature="us",
        session=110,
    )
    assert found.lead == "Died at the end of its session."


def test_a_committee_of_congress_that_voted_is_not_the_floor():
    found = ending(
        "2007-01-09 house Referred to the House Committee on the Judiciary.",
        "2007-05-02 house Ordered to be Reported (Amended) by the Yeas and Nays: 22 - 11.",
        print_no="HR1",
        legislature="us",
        session=110,
    )
    assert found.lead == "Died without a vote on the floor."


def test_a_motion_that_a_whole_house_voted_down_was_a_vote():
    assert (
        ending(FIRST, "2018-02-06 senate MOTION TO DISCHARGE LOST").lead == "Died at the end of its session."
    )


def test_a_vote_of_a_committee_that_no_line_tells_counts_too():
    assert ending(FIRST, votes=({"committee": "Finance"},)).lead == "Died without a vote on the floor."


def test_a_bill_on_the_calendar_waited_there():
    found = ending(FIRST, "2018-06-20 senate ORDERED TO THIRD READING CAL.1466")
    assert found.lead == "Died without a vote on the floor."
    assert "stood on the Senate floor calendar, and waited there for 194 days" in found.moved


@pytest.mark.parametrize(
    ("after", "lead"),
    [
        ("2017-06-20 assembly referred to codes", "Died after passing only the Senate."),
        ("2018-01-03 senate REFERRED TO FINANCE", "Died after passing only the Senate."),
    ],
)
def test_a_bill_that_one_house_passed_says_so_wherever_it_stood_at_the_end(after, lead):
    assert ending(FIRST, "2017-06-19 senate PASSED SENATE", after).lead == lead


def test_a_bill_that_stood_still_after_one_house_had_passed_it():
    found = ending(FIRST, "2018-06-19 senate PASSED SENATE")
    assert found.lead == "Died after passing only the Senate."
    assert "the record shows no move in the 195 days" in found.moved


def test_a_vote_that_was_taken_back_is_not_told_as_one():
    found = ending(
        FIRST,
        "2018-06-10 senate PASSED SENATE",
        "2018-06-12 senate RECALLED FROM ASSEMBLY",
        "2018-06-12 senate VOTE RECONSIDERED - RESTORED TO THIRD READING",
    )
    assert found.lead == "Died at the end of its session."


def test_a_vote_on_the_floor_that_came_to_nothing_is_not_denied():
    found = ending(FIRST, votes=({"committee": ""},))
    assert found.lead == "Died at the end of its session."


def test_the_councils_filing_is_such_an_end():
    found = ending(
        "2022-02-10 council Introduced by Council",
        "2022-02-10 council Referred to Comm by Council",
        "2023-12-31 council Filed (End of Session)",
        legislature="nyc", print_no="INT 9", session=2022,
    )  # fmt: skip
    assert found is None or found.lead == "Died without a vote."


@pytest.mark.parametrize(
    "last",
    ["2018-05-05 senate SIGNED CHAP.9", "2018-05-05 senate LOST", "2018-05-05 senate SUBSTITUTED BY A9"],
)
def test_a_bill_that_ended_otherwise_did_not_die(last):
    assert ending(FIRST, last) is None


def test_a_living_bill_and_one_without_lines_have_not_died():
    assert ending("2026-01-07 senate REFERRED TO CODES", session=2025) is None
    assert ending() is None


def test_a_bill_that_was_amended_in_committee_was_not_first_sent_there_on_that_day():
    found = ending(
        FIRST, "2018-01-03 senate REFERRED TO FINANCE", "2018-03-03 senate AMEND AND RECOMMIT TO FINANCE"
    )
    assert found.moved == (
        "It last moved on March 3, 2018, and the record shows no move in the 303 days until the session ended on "
        "December 31, 2018."
    )


def test_a_file_of_the_council_that_was_filed_last_moved_before():
    found = ending(
        "2014-10-07 council Introduced by Council",
        "2014-10-07 council Referred to Comm by Council",
        "2015-05-07 committee Hearing Held by Committee",
        "2015-05-07 committee Laid Over by Committee",
        "2017-12-31 council Filed (End of Session)",
        print_no="Int 486",
        legislature="nyc",
        session=2014,
    )
    assert found.lead == "Died without a vote."
    assert found.moved == (
        "It last moved on May 7, 2015, and the record shows no move in the 969 days until the session ended on "
        "December 31, 2017."
    )
