"""The rules for Congress, on measures that do not exist; the texts are those of congress.gov."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bills.stages import CODES, OUTCOMES, ActionLine, Standing, ladder, read_standing, steps
from tests.bills.record_lines import codes, lines

IN_HOUSE = """
2021-01-04 H Introduced in House
2021-01-04 H Referred to the Committee on Oversight and Reform, and in addition to the Committee on Rules.
2021-01-20 H Reported by the Committee on Oversight and Reform. H. Rept. 117-1.
2021-02-01 H Rules Committee Resolution H. Res. 77 Reported to House. Rule provides for consideration.
2021-02-02 H Rule H. Res. 77 passed House.
"""
PASSED_HOUSE = (
    IN_HOUSE
    + """
2021-02-03 H On passage Passed by the Yeas and Nays: 232 - 186 (Roll no. 28). (text: CR H1)
2021-02-03 H Passed/agreed to in House: On passage Passed by the Yeas and Nays: 232 - 186 (Roll no. 28).
2021-02-03 H Motion to reconsider laid on the table Agreed to without objection.
2021-02-06 S Received in the Senate and Read twice and referred to the Committee on Space, and Technology.
"""
)
TO_THE_PRESIDENT = (
    PASSED_HOUSE
    + """
2021-06-10 S Senate Committee on Space, and Technology discharged by Unanimous Consent.
2021-06-11 S Passed Senate without amendment by Yea-Nay Vote. 53 - 46. Record Vote Number: 67.
2021-06-12 H Cleared for White House.
2021-06-20 H Presented to President.
"""
)


def us(
    text: str, *, print_no: str = "HR9901", session: int = 117, today: date = date(2022, 1, 1), **more
) -> Standing:
    return read_standing("us", session, print_no, lines(text), today=today, **more)


def test_introduced_and_referred_names_the_first_committee():
    standing = us("\n".join(IN_HOUSE.splitlines()[:3]))
    assert (standing.status, standing.committee, standing.chamber) == (
        "INTRODUCED",
        "Committee on Oversight and Reform",
        "house",
    )
    assert standing.words == "In the House Committee on Oversight and Reform since January 4, 2021"


def test_a_rule_that_passes_the_house_is_not_the_bill():
    standing = us(IN_HOUSE)
    assert (standing.status, standing.date) == ("REPORTED", date(2021, 1, 20))


def test_one_passage_reported_twice_is_one_stage_and_the_senates_committee_has_it_now():
    standing = us(PASSED_HOUSE)
    assert codes(standing) == ["INTRODUCED", "REPORTED", "PASSED_HOUSE"]
    assert standing.words == (
        "Passed the House on February 3, 2021; now in the Senate Committee on Space, and Technology"
    )


@pytest.mark.parametrize(
    "text",
    [
        "On motion to suspend the rules and pass the bill, as amended Agreed to by voice vote.",
        "On motion to suspend the rules and pass the bill Agreed to by the Yeas and Nays: 416 - 0.",
        "Passed House",
    ],
)
def test_other_words_for_passing_the_house(text):
    assert us(IN_HOUSE + f"2021-02-03 H {text}").status == "PASSED_HOUSE"


@pytest.mark.parametrize(
    "text",
    [
        "On passage Failed by the Yeas and Nays: 143 - 245 (Roll no. 2).",
        "On motion to suspend the rules and pass the bill Failed by the Yeas and Nays: 200 - 199.",
        "Failed of passage in House by recorded vote: 1 - 2.",
        "On motion to recommit with instructions Failed by recorded vote: 202 - 221 (Roll no. 239).",
        "The previous question on the motion to recommit was ordered without objection.",
        "Committee on Rules. Ordered to be reported without amendment favorably.",
        "Referred to the Subcommittee on Immigration.",
        "Cloture on the motion to proceed to the bill invoked in Senate by Yea-Nay Vote. 60 - 39.",
        "Placed on the Union Calendar, Calendar No. 5.",
    ],
)
def test_texts_that_pass_nothing(text):
    assert us(IN_HOUSE + f"2021-02-03 H {text}").status == "REPORTED"


def test_passed_by_both_it_lies_in_neither_chamber():
    standing = us(TO_THE_PRESIDENT.split("2021-06-12")[0])
    assert (standing.status, standing.chamber, standing.passed_both) == ("PASSED_SENATE", "", True)
    assert standing.words == "Passed both the House and the Senate, the Senate on June 11, 2021"


def test_what_the_houses_never_agreed_on_dies_with_its_congress():
    standing = us(TO_THE_PRESIDENT.split("2021-06-12")[0], today=date(2023, 6, 1))
    assert (standing.outcome, standing.died_on) == ("died", date(2023, 1, 3))


def test_presented_to_the_president_is_not_law_yet():
    standing = us(TO_THE_PRESIDENT)
    assert (standing.status, standing.outcome, standing.law_state) == ("TO_PRESIDENT", None, "not_law")
    assert codes(standing) == ["INTRODUCED", "REPORTED", "PASSED_HOUSE", "PASSED_SENATE", "TO_PRESIDENT"]


def test_signed_is_law_from_that_day_with_its_public_law_number():
    standing = us(
        TO_THE_PRESIDENT + "2021-06-25 H Signed by President.\n2021-06-25 H Became Public Law No: 117-25."
    )
    assert (standing.outcome, standing.chapter, standing.law_since) == ("signed", "117-25", date(2021, 6, 25))
    assert standing.words == "Signed into law on June 25, 2021 (Public Law 117-25)"


def test_a_law_number_alone_says_law_but_not_how():
    assert us(TO_THE_PRESIDENT + "2021-07-02 H Became Public Law No: 117-25.").outcome == "enacted"


def test_a_veto_stands_until_both_houses_override_it():
    vetoed = TO_THE_PRESIDENT + "2021-06-25 H Vetoed by President.\n"
    assert us(vetoed).outcome == "vetoed"
    question = "On passage, the objections of the President to the contrary notwithstanding"
    failed = f"2021-07-01 H {question} Failed by the Yeas and Nays: 143 - 245."
    assert us(vetoed + failed).outcome == "vetoed"
    one = "2021-07-01 H Two-thirds of the Members present having voted in the affirmative the bill is passed."
    assert us(vetoed + one).outcome == "vetoed"
    both = one + "\n2021-07-02 S Passed Senate over veto by Yea-Nay Vote. 70 - 26."
    assert us(vetoed + both).outcome == "veto_overridden"
    assert us(vetoed + both + "\n2021-07-02 H Became Public Law No: 117-25.").chapter == "117-25"


def test_a_pocket_veto_is_a_veto():
    assert us(TO_THE_PRESIDENT + "2021-06-25 H Pocket Vetoed by President.").outcome == "vetoed"


def test_a_resolution_of_one_chamber_is_agreed_to_there():
    standing = us("2021-03-01 H On agreeing to the resolution Agreed to by voice vote.", print_no="HRES99")
    assert (standing.status, standing.outcome) == ("ADOPTED", "adopted")
    standing = us(
        "2021-03-01 S Submitted in the Senate, considered, and agreed to by Unanimous Consent.",
        print_no="SRES99",
    )
    assert standing.outcome == "adopted"


def test_a_concurrent_resolution_needs_both_chambers():
    one = "2021-03-01 H On agreeing to the resolution Agreed to by voice vote."
    assert us(one, print_no="HCONRES9").outcome is None
    assert us(
        one + "\n2021-03-04 S Resolution agreed to in Senate without amendment.", print_no="HCONRES9"
    ).outcome == ("adopted")


def test_a_congress_ends_on_the_third_of_january():
    assert us(PASSED_HOUSE, today=date(2023, 1, 3)).outcome is None
    dead = us(PASSED_HOUSE, today=date(2023, 1, 4))
    assert (dead.outcome, dead.died_on) == ("died", date(2023, 1, 3))
    assert dead.words == "Died after passing the House: the session ended on January 3, 2023"


def test_what_the_president_has_at_the_end_is_not_called_dead():
    assert us(TO_THE_PRESIDENT, today=date(2023, 1, 10)).outcome is None
    assert us(TO_THE_PRESIDENT, today=date(2023, 6, 1)).law_state == "unknown"


def test_a_list_that_begins_late_does_not_tell_the_day_of_introduction():
    standing = us("2021-02-03 H Passed House")
    assert [(stage.code, stage.date) for stage in standing.stages] == [
        ("INTRODUCED", None),
        ("PASSED_HOUSE", date(2021, 2, 3)),
    ]


def test_a_senate_bill_climbs_the_senate_first_and_a_rung_passed_over_is_skipped():
    standing = us(
        "2021-02-03 S Read twice and referred to the Committee on Health.\n2021-03-03 S Passed Senate",
        print_no="S99",
    )
    drawn = steps(standing, ladder("us", "S99"))
    assert [(step.code, step.state) for step in drawn] == [
        ("INTRODUCED", "reached"),
        ("REPORTED", "skipped"),
        ("PASSED_SENATE", "current"),
        ("PASSED_HOUSE", "not_reached"),
        ("TO_PRESIDENT", "not_reached"),
        ("BECAME_LAW", "not_reached"),
    ]


@given(
    texts=st.lists(
        st.one_of(
            st.text(max_size=60),
            st.sampled_from(
                [line.text for line in lines(TO_THE_PRESIDENT)]
                + ["Signed by President.", "Vetoed by President."]
            ),
        ),
        max_size=10,
    ),
    chamber=st.sampled_from(["house", "senate", "", "joint"]),
    print_no=st.sampled_from(["HR1", "S1", "HRES1", "SCONRES1", "HJRES1", ""]),
)
def test_no_list_raises_and_every_code_is_known(texts, chamber, print_no):
    actions = [ActionLine(date(2021, 1, 1), chamber, text) for text in texts]
    standing = read_standing("us", 117, print_no, actions, today=date(2024, 6, 1))
    assert standing.status in CODES["us"]
    assert standing.outcome is None or standing.outcome in OUTCOMES
    assert {stage.code for stage in standing.stages} <= CODES["us"]
    assert standing.words
    assert steps(standing, ladder("us", print_no))
