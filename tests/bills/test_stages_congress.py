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
    two_texts = PASSED_HOUSE + "2021-06-11 S Passed Senate with an amendment by Yea-Nay Vote. 53 - 46."
    standing = us(two_texts, today=date(2023, 6, 1))
    assert (standing.outcome, standing.died_on) == ("died", date(2023, 1, 3))


def test_presented_to_the_president_is_not_law_yet():
    standing = us(TO_THE_PRESIDENT)
    assert (standing.status, standing.outcome, standing.law_state) == ("TO_PRESIDENT", None, "not_law")
    assert codes(standing) == ["INTRODUCED", "REPORTED", "PASSED_HOUSE", "PASSED_SENATE", "TO_PRESIDENT"]


@pytest.mark.parametrize(
    "text",
    [
        "Signed by President pro tempore of the Senate.",
        "Signed by the President Pro Tem.",
        "Measure Signed by the President of the Senate.",
        "Presented to the President of the Senate.",
        "Signed by Presidential commission.",
        "Public Law 117-1 was cited in debate.",
        "Private Law 117-1 was cited in debate.",
        "Public Lawn Act considered.",
    ],
)
def test_words_about_a_law_or_another_president_make_no_law(text):
    before = us(TO_THE_PRESIDENT.split("2021-06-20")[0])
    standing = us(TO_THE_PRESIDENT.split("2021-06-20")[0] + f"2021-06-25 S {text}")
    assert (standing.status, standing.outcome, standing.law) == (before.status, None, False)


@pytest.mark.parametrize(
    "text", ["Became Public Law No: 117-25.", "Public Law No: 117-25.", "Public Law No. 117-25."]
)
def test_a_law_number_is_law(text):
    assert us(TO_THE_PRESIDENT + f"2021-06-25 H {text}").status == "BECAME_LAW"


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


SENATE_AMENDS = (
    PASSED_HOUSE
    + """
2021-06-11 S Passed Senate with an amendment and an amendment to the Title by Voice Vote.
2021-06-11 S Passed/agreed to in Senate: Passed Senate with an amendment and an amendment to the Title by Voice Vote.
2021-06-14 S Message on Senate action sent to the House.
"""
)
AFTER = date(2023, 6, 1)  # the 117th Congress is over


@pytest.mark.parametrize(
    "text",
    [
        "Committee on Lanterns. Reported by Senator Vennart without amendment. With written report No. 117-9.",
        "Select Committee on Lanterns. Original measure reported to Senate by Senator Vennart.",
        "Reported (Amended) by the Committee on Lanterns. H. Rept. 117-90.",
        "The House Committee on Rules reported an original measure, H. Rept. 117-9, by Mr. Vennart.",
    ],
)
def test_what_a_committee_writes_when_it_reports(text):
    standing = us("2021-01-04 H Introduced in House\n2021-02-01 H " + text)
    assert (standing.status, standing.date) == ("REPORTED", date(2021, 2, 1))


@pytest.mark.parametrize(
    ("text", "committee"),
    [
        ("Read twice and referred to the Select Committee on Lanterns.", "Select Committee on Lanterns"),
        (
            "Received in the Senate and Read twice and referred jointly to the Committee on Lanterns; and the "
            "Committee on the Budget.",
            "Committee on Lanterns",
        ),
        ("Committee on Ferries discharged and referred to the Committee on Piers.", "Committee on Piers"),
        ("Re-referred to the Committee on Piers by unanimous consent.", "Committee on Piers"),
        ("Subcommittee on Wicks Discharged.", "Committee on Ferries"),
        ("Committee on the Budget discharged.", "Committee on Ferries"),
        ("Committee on Ferries discharged.", ""),
    ],
)
def test_the_committee_that_has_it(text, committee):
    start = "2021-01-04 S Introduced in Senate\n2021-01-04 S Referred to the Committee on Ferries.\n"
    assert us(start + f"2021-02-01 S {text}", print_no="S9901").committee == committee


def test_sent_back_to_its_committee_it_goes_backwards():
    text = "2021-02-02 H Recommitted to the Committee on Oversight and Reform by unanimous consent."
    standing = us(IN_HOUSE + text)
    assert codes(standing) == ["INTRODUCED"]
    assert standing.committee == "Committee on Oversight and Reform"


@pytest.mark.parametrize(
    ("print_no", "house", "text"),
    [
        ("HR9901", "H", "Pursuant to the provisions of H. Res. 9, H.R. 9901 is considered passed House."),
        (
            "HR9901",
            "H",
            "Pursuant to section 9 of H. Res. 90, and the motion offered by Mr. Vennart, the following bills "
            "passed under suspension of the rules: H.R. 9900; H.R. 9901, as amended; and S. 9.",
        ),
        ("HR9901", "H", "On passage Passed without objection."),
        (
            "S9901",
            "S",
            "Introduced in the Senate, read twice, considered, read the third time, and passed without "
            "amendment by Unanimous Consent.",
        ),
        (
            "HR9901",
            "S",
            "Received in the Senate, read twice, considered, read the third time, and passed without "
            "amendment by Unanimous Consent.",
        ),
        (
            "S9901",
            "S",
            "Passed Senate, under the order of 2/1/2021, having achieved 60 votes in the affirmative, without "
            "amendment by Yea-Nay Vote. 76 - 20.",
        ),
    ],
)
def test_further_words_for_passing_a_chamber(print_no, house, text):
    standing = us(f"2021-02-03 {house} {text}", print_no=print_no)
    assert standing.status == ("PASSED_HOUSE" if house == "H" else "PASSED_SENATE")


@pytest.mark.parametrize(
    "text",
    [
        "Pursuant to the provisions of H. Res. 9, H. Res. 10 is considered passed House.",
        "Mr. Vennart moved to suspend the rules and pass the bill, as amended.",
        "DEBATE - The House proceeded with forty minutes of debate on passage of H.R. 9901.",
        "POSTPONED PROCEEDINGS - At the conclusion of debate, the Chair put the question on passage of the "
        "bill and by voice vote, announced that the ayes had prevailed.",
        "Motion to proceed to consideration of measure agreed to in Senate by Unanimous Consent.",
        "Motion to reconsider laid on the table Agreed to without objection.",
        "Cloture on the measure not invoked in Senate by Yea-Nay Vote. 50 - 49.",
        "On ordering the previous question Agreed to by the Yeas and Nays: 212 - 200.",
        "The Clerk was authorized to correct section numbers in the engrossment of H.R. 9901.",
        "Message on Senate action sent to the House.",
        "Ordered to be Reported in the Nature of a Substitute by the Yeas and Nays: 15 - 13.",
    ],
)
def test_lines_that_speak_of_passage_and_decide_nothing(text):
    before = us(IN_HOUSE)
    after = us(IN_HOUSE + f"2021-02-03 H {text}")
    assert (after.status, after.outcome, after.stages) == (before.status, None, before.stages)


@pytest.mark.parametrize(
    ("house", "text"),
    [
        ("H", "On passage Failed by the Yeas and Nays: 209 - 215 (Roll no. 19)."),
        ("?", "Failed of passage/not agreed to in House On passage Failed by the Yeas and Nays: 209 - 215."),
        ("?", "Failed of passage/not agreed to in House: On passage Failed by recorded vote: 209 - 215."),
    ],
)
def test_what_a_chamber_votes_down_is_lost(house, text):
    standing = us(IN_HOUSE + f"2021-02-03 {house} {text}", today=AFTER)
    assert (standing.outcome, standing.ended_on, standing.status) == ("lost", date(2021, 2, 3), "REPORTED")
    assert standing.words == "Voted down in the House on February 3, 2021"


def test_the_other_chamber_can_vote_it_down_and_a_resolution_can_be_too():
    failed = "2021-06-11 S Failed of passage in Senate by Yea-Nay Vote. 49 - 50. Record Vote Number: 9."
    standing = us(PASSED_HOUSE + failed)
    assert (standing.outcome, standing.chamber, standing.status) == ("lost", "senate", "PASSED_HOUSE")
    text = "2021-03-01 H On agreeing to the resolution Failed by recorded vote: 1 - 2."
    assert us(text, print_no="HRES99").outcome == "lost"


def test_a_vote_taken_again_undoes_the_loss():
    failed = IN_HOUSE + "2021-02-03 H On passage Failed by recorded vote: 209 - 215.\n"
    again = (
        "2021-02-04 H Motion by Mr. Vennart to reconsider the vote by which H.R. 9901 failed of passage {}"
    )
    assert us(failed + again.format("(Record Vote No. 9) entered in Senate.")).outcome is None
    assert us(failed + again.format("laid on the table.")).outcome == "lost"
    passed = us(failed + "2021-02-05 H On passage Passed by recorded vote: 215 - 209.")
    assert (passed.status, passed.outcome) == ("PASSED_HOUSE", None)


def test_two_thirds_missed_under_suspension_leave_it_alive():
    text = "On motion to suspend the rules and pass the bill, as amended Failed by the Yeas and Nays: (2/3 "
    text += "required): 248 - 177 (Roll no. 162)."
    for words in (text, f"Failed of passage/not agreed to in House: {text}"):
        assert us(IN_HOUSE + f"2021-02-03 H {words}").outcome is None


def test_what_is_amended_by_the_other_chamber_dies_unless_the_first_agrees():
    assert us(SENATE_AMENDS, today=AFTER).outcome == "died"
    agreed = us(SENATE_AMENDS + "2021-06-20 H " + HOUSE_AGREES, today=AFTER)
    assert (agreed.outcome, agreed.law_state) == (None, "unknown")
    assert us(TO_THE_PRESIDENT.split("2021-06-12")[0], today=AFTER).outcome is None


HOUSE_AGREES = (
    "Resolving differences -- House actions: On motion that the House agree to the Senate amendment Agreed to by "
    "the Yeas and Nays: 228 - 206 (Roll no. 369)."
)


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        (HOUSE_AGREES, True),
        ("On motion that the House suspend the rules and agree to the Senate amendment Agreed to.", True),
        ("On motion that the House concur in the Senate amendments Agreed to without objection.", True),
        ("Pursuant to the provisions of H. Res. 1061, the House agreed to the Senate amendment.", True),
        ("Senate agreed to the House amendment to H.R. 9901 by Unanimous Consent.", True),
        (
            "Senate agreed, under the order of 3/22/2021, to the House amendment by Yea-Nay Vote. 60 - 9.",
            True,
        ),
        ("Senate receded from its amendment and concurred by Unanimous Consent.", True),
        (
            "Senate concurred in the House amendment with an amendment (SA 3847) by Yea-Nay Vote. 50 - 48.",
            False,
        ),
        ("On motion that the House agree with an amendment to the Senate amendment Agreed to.", False),
        (
            "On motion that the House disagree to the Senate amendments, and request a conference Agreed to.",
            False,
        ),
        ("On motion that the House instruct conferees to agree to the Senate amendment Agreed to.", False),
        ("Mr. Vennart moved that the House agree to the Senate amendment.", False),
        ("Motion by Senator Vennart to concur in the House amendment made in Senate.", False),
        ("Conference report agreed to in House: On agreeing to the conference report Agreed to.", False),
        ("Cleared for White House.", True),
    ],
)
def test_what_settles_the_differences_of_the_chambers(text, settled):
    standing = us(SENATE_AMENDS + f"2021-06-20 H {text}", today=AFTER)
    assert (standing.outcome is None) is settled
    assert standing.status == "PASSED_SENATE"


def test_a_conference_report_needs_both_chambers():
    one = SENATE_AMENDS + "2021-07-01 H On agreeing to the conference report Agreed to by voice vote.\n"
    both = one + "2021-07-02 S Senate agreed to conference report by Yea-Nay Vote. 60 - 36."
    assert us(one, today=AFTER).outcome == "died"
    assert us(both, today=AFTER).outcome is None
    rejected = one + "2021-07-02 S Conference report disagreed to in Senate: Conference report rejected."
    assert us(rejected, today=AFTER).outcome == "died"


def test_a_concurrent_resolution_is_adopted_when_both_chambers_agree_on_one_text():
    house = "2021-02-25 H On agreeing to the resolution Agreed to by the Yeas and Nays: 217 - 215.\n"
    senate = "2021-04-05 S Resolution agreed to in Senate with an amendment by Yea-Nay Vote. 51 - 48.\n"
    assert us(house + senate, print_no="HCONRES9").outcome is None
    standing = us(
        house + senate + "2021-04-10 H On motion that the House concur in the Senate amendment Agreed to.",
        print_no="HCONRES9",
    )
    assert (standing.outcome, standing.ended_on) == ("adopted", date(2021, 4, 10))
    assert codes(standing) == ["INTRODUCED", "PASSED_HOUSE", "PASSED_SENATE", "ADOPTED"]
    at_once = "2021-04-05 S Received in the Senate, considered, and agreed to without amendment by Unanimous Consent."
    assert us(house + at_once, print_no="HCONRES9").ended_on == date(2021, 4, 5)


def test_a_resolution_submitted_is_introduced_that_day():
    standing = us("2021-03-01 H Submitted in House", print_no="HRES99")
    assert (standing.status, standing.date) == ("INTRODUCED", date(2021, 3, 1))
    text = "2021-03-01 S Submitted in the Senate, considered, and agreed to without amendment."
    assert [stage.date for stage in us(text, print_no="SRES99").stages] == [date(2021, 3, 1)] * 2


def test_a_law_number_listed_before_the_signature_does_not_hide_it():
    """The Library's lines of one day have no times, and were listed in the wrong order."""
    ending = "2021-06-25 H Became Public Law No: 117-25.\n2021-06-25 H Signed by President."
    standing = us(TO_THE_PRESIDENT + ending)
    assert (standing.outcome, standing.law_since, standing.chapter) == ("signed", date(2021, 6, 25), "117-25")


def test_a_late_line_of_the_same_day_takes_no_law_back():
    ending = "2021-06-25 H Signed by President.\n2021-06-25 H Presented to President."
    standing = us(TO_THE_PRESIDENT.split("2021-06-20")[0] + ending)
    assert standing.status == "BECAME_LAW"
    assert codes(standing)[-2:] == ["TO_PRESIDENT", "BECAME_LAW"]
    assert us(TO_THE_PRESIDENT + "2021-06-25 H Signed by President.\n2021-06-25 H Vetoed by President.").law


def test_unsigned_after_ten_days_it_is_law():
    ending = "2021-07-02 H Sent to Archivist of the United States unsigned."
    assert us(TO_THE_PRESIDENT + ending).outcome == "enacted"
    numbered = us(TO_THE_PRESIDENT + "2021-07-02 H Became Public Law No: 117-25.\n" + ending)
    assert (numbered.outcome, numbered.chapter) == ("enacted", "117-25")


def test_a_private_law_is_not_named_a_public_one():
    standing = us(
        TO_THE_PRESIDENT + "2021-06-25 H Signed by President.\n2021-06-26 H Became Private Law No: 117-1."
    )
    assert standing.words == "Signed into law on June 25, 2021"


def test_two_thirds_that_did_not_vote_for_it_override_nothing():
    vetoed = TO_THE_PRESIDENT + "2021-06-25 H Vetoed by President.\n"
    missed = (
        "2021-07-01 H Two-thirds of the Members not having voted in the affirmative the bill is not passed.\n"
    )
    assert (
        us(vetoed + missed + "2021-07-02 S Passed Senate over veto by Yea-Nay Vote. 70 - 26.").outcome
        == "vetoed"
    )
    failed = "2021-07-01 H Failed of passage in House over veto: On passage, the objections of the President to the "
    failed += "contrary notwithstanding Failed by the Yeas and Nays: (2/3 required): 236 - 188."
    assert us(vetoed + failed).outcome == "vetoed"


def test_a_joint_resolution_that_both_chambers_passed_is_not_called_dead_without_a_president():
    """An amendment of the Constitution goes to the states; the lines do not tell it from a bill."""
    text = "2021-02-03 H On passage Passed by the Yeas and Nays: (2/3 required): 300 - 9.\n"
    text += "2021-03-03 S Passed Senate without amendment by Yea-Nay Vote. 90 - 9."
    standing = us(text, print_no="HJRES99", today=AFTER)
    assert (standing.status, standing.outcome, standing.law_state) == ("PASSED_SENATE", None, "unknown")


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
