"""How a bill died: only what its record says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bills.models import Bill
from bills.pages.ending import ending_of
from bills.stages import read_standing
from tests.factories import lines

TODAY = date(2026, 3, 10)
CITY = {"legislature": "nyc", "session": 2018, "print_no": "INT 9"}
US = {"legislature": "us", "session": 116, "print_no": "HR9"}
FIRST = "2017-02-02 senate REFERRED TO FINANCE"


def vote(day: str, ayes: int, nays: int, *, chamber: str = "senate", committee: str = "") -> dict:
    return {"date": day, "chamber": chamber, "committee": committee, "ayes": ayes, "nays": nays}


def ending(
    *texts: str, votes: tuple[dict, ...] = (), print_no="S1", legislature="ny", session=2017, results=None
):
    """`results` are the Council's, with the committee that voted, by the place of a line."""
    actions = tuple(
        replace(line, **dict(zip(("result", "body"), (results or {}).get(place, ()), strict=False)))
        for place, line in enumerate(lines(*texts))
    )
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
    [
        "2018-05-05 senate SIGNED CHAP.9", "2018-05-05 senate SUBSTITUTED BY A9", "2018-05-05 senate VETOED MEMO.7",
        "2018-05-05 senate ENACTING CLAUSE STRICKEN", "2018-05-05 senate APPROVAL PENDING CHAPTER 7",
    ],
)  # fmt: skip
def test_a_bill_that_ended_otherwise_did_not_die(last):
    assert ending(FIRST, last) is None


# How each outcome is reached, and what is said of it first; None where the headline says it.
OUTCOMES = {
    "signed": (("2018-05-05 senate SIGNED CHAP.9",), {}, None),
    "law_without_signature": (("2018-05-05 senate CHAPTER 9",), {}, None),
    "vetoed": (("2018-05-05 senate VETOED MEMO.7",), {}, None),
    "veto_overridden": (("2018-05-05 senate VETOED MEMO.7", "2018-06-05 senate CHAPTER 9"), {}, None),
    "enacted": (("2019-06-05 house Became Public Law No: 116-1.",), US, None),
    "adopted": (("2018-05-05 senate ADOPTED",), {"print_no": "J9"}, None),
    "substituted": (("2018-05-05 senate SUBSTITUTED BY A9",), {}, None),
    "stricken": (("2018-05-05 senate ENACTING CLAUSE STRICKEN",), {}, None),
    "lost": (("2018-05-05 senate LOST",), {}, "Voted down in the Senate on May 5, 2018."),
    "withdrawn": (("2018-05-05 council Withdrawn",), CITY, None),
    "filed_end_of_session": (
        ("2021-12-31 council Filed (End of Session)",), CITY, "Died without a vote.",
    ),
    "died": ((), {}, "Died without a vote."),
}  # fmt: skip


def test_every_outcome_is_tried():
    assert OUTCOMES.keys() == set(Bill.Outcome.values)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_outcome_is_told_by_the_ending_or_left_to_the_headline(outcome):
    more, place, lead = OUTCOMES[outcome]
    first = {
        "us": "2019-03-12 house Introduced in House",
        "nyc": "2018-02-14 council Introduced by Council",
    }.get(place.get("legislature"), FIRST)
    actions = lines(first, *more)
    asked = {"print_no": "S1", "legislature": "ny", "session": 2017} | place
    standing = read_standing(asked["legislature"], asked["session"], asked["print_no"], actions, today=TODAY)
    assert standing.outcome == outcome
    found = ending_of(standing, actions, ())
    assert (found.lead if found else None) == lead


def test_a_bill_that_was_voted_down_says_so_with_day_count_and_what_was_needed():
    found = ending(FIRST, "2018-03-17 senate LOST", votes=(vote("2018-03-17", 30, 29),))
    assert found.lead == "Voted down in the Senate on March 17, 2018."
    assert found.moved == "The vote was 30 for and 29 against; 32 were needed."


@pytest.mark.parametrize(
    "votes",
    [
        (),
        (vote("2018-03-16", 30, 29),),
        (vote("2018-03-17", 9, 4, committee="Finance"),),
        (vote("2018-03-17", 70, 60, chamber="assembly"),),
        (vote("2018-03-17", 30, 29), vote("2018-03-17", 31, 28)),
    ],
)
def test_a_count_that_may_be_of_another_vote_is_not_told(votes):
    found = ending(FIRST, "2018-03-17 senate LOST", votes=votes)
    assert found.moved == "How many voted for and against it is not in our source."


@pytest.mark.parametrize(
    "line",
    [
        "2020-02-11 house On passage Failed by the Yeas and Nays: 195 - 225 (Roll no. 30).",
        "2020-02-11 house On passage Failed by recorded vote: 195 - 225 (Roll no. 30).",
        "2020-02-11 house Failed of passage in House by Yea-Nay Vote. 195 - 225. Record Vote Number: 30.",
    ],
)
def test_where_only_the_line_of_the_record_has_the_count_it_is_read_from_it(line):
    found = ending("2019-03-12 house Introduced in House", line, **US)
    assert found.lead == "Voted down in the House on February 11, 2020."
    assert found.moved == "The vote was 195 for and 225 against."


def test_a_vote_of_the_council_that_failed_is_told():
    found = ending(
        "2018-02-14 council Introduced by Council",
        "2018-05-05 council Approved by Council",
        results={1: ("Fail",)},
        votes=(vote("2018-05-05", 20, 29, chamber="council"),),
        **CITY,
    )
    assert found.lead == "Voted down in the Council on May 5, 2018."
    assert found.moved == "The vote was 20 for and 29 against; 26 were needed."


def test_a_bill_that_was_voted_down_and_went_back_to_its_committee_still_says_so():
    found = ending(
        FIRST,
        "2017-05-05 senate LOST",
        "2018-01-03 senate REFERRED TO FINANCE",
        votes=(vote("2017-05-05", 20, 40),),
    )
    assert found.lead == "Died after the Senate voted it down."
    assert found.moved.startswith(
        "The Senate voted it down on May 5, 2017. The vote was 20 for and 40 against; 32 were needed. It last moved "
        "on January 3, 2018"
    )


@pytest.mark.parametrize(
    "after",
    [
        ("2017-05-09 senate MOTION TO RECONSIDER ADOPTED", "2018-01-03 senate REFERRED TO FINANCE"),
        ("2017-05-09 senate PASSED SENATE", "2018-01-03 senate REFERRED TO FINANCE"),
    ],
)
def test_a_defeat_that_was_undone_is_not_told(after):
    found = ending(FIRST, "2017-05-05 senate LOST", *after)
    assert "voted it down" not in f"{found.lead} {found.moved}"


def test_a_bill_that_one_house_passed_and_the_other_voted_down_says_both():
    found = ending(
        FIRST,
        "2018-03-03 senate PASSED SENATE",
        "2018-05-05 assembly lost",
        "2018-06-01 assembly referred to codes",
    )
    assert found.lead == "Died after passing only the Senate."
    assert found.moved.startswith("The Assembly voted it down on May 5, 2018.")


def test_a_bill_that_its_committee_voted_down_was_not_merely_held():
    found = ending(
        FIRST,
        "2018-03-03 senate DEFEATED IN FINANCE",
        votes=(vote("2018-03-03", 4, 9, committee="Finance"),),
    )
    assert found.lead == "Died after a committee voted it down."
    assert found.moved == (
        "It was sent to the Senate Finance Committee on February 2, 2017, which voted it down on March 3, 2018. The "
        "vote was 4 for and 9 against."
    )
    assert found.tells_note


def test_a_bill_that_its_committee_took_up_and_held_says_so():
    found = ending(FIRST, "2018-03-03 senate HELD FOR CONSIDERATION IN FINANCE")
    assert found.lead == "Died without a vote on the floor."
    assert found.moved == (
        "It was sent to the Senate Finance Committee on February 2, 2017, which took it up on March 3, 2018 and held "
        "it until the session ended on December 31, 2018."
    )
    assert found.tells_note


def test_a_committee_of_the_council_that_voted_it_down_is_told():
    found = ending(
        "2018-02-14 council Introduced by Council",
        "2018-02-14 council Referred to Comm by Council",
        "2018-05-05 council Approved by Committee",
        results={2: ("Fail", "Committee on Immigration")},
        **CITY,
    )
    assert found.lead == "Died after a committee voted it down."
    assert found.moved.startswith("The Committee on Immigration voted it down on May 5, 2018.")


def test_a_file_that_was_filed_in_mid_session_tells_the_day():
    found = ending(
        "2018-02-14 council Introduced by Council",
        "2018-02-14 council Referred to Comm by Council",
        "2019-05-05 council Filed by Committee",
        **CITY,
    )
    assert found.moved == "It was filed on May 5, 2019, which ended it."


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
