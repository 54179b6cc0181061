"""The Council's rules, on files that do not exist."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bills.stages import CODES, OUTCOMES, ActionLine, Standing, ladder, read_standing, steps
from tests.bills.record_lines import codes, lines

IN_COMMITTEE = """
2024-02-28 C Introduced by Council | City Council
2024-02-28 C Referred to Comm by Council | City Council
2025-04-15 C Hearing Held by Committee | Committee on Gardens
2025-04-15 C Laid Over by Committee | Committee on Gardens
"""
TO_THE_MAYOR = (
    IN_COMMITTEE
    + """
2025-06-30 C Hearing Held by Committee | Committee on Gardens
2025-06-30 C Amendment Proposed by Comm | Committee on Gardens
2025-06-30 C Amended by Committee | Committee on Gardens
2025-06-30 C Approved by Committee | Committee on Gardens | Pass
2025-06-30 C Approved by Council | City Council | Pass
2025-06-30 C Sent to Mayor by Council | City Council
"""
)
SIX_RUNGS = [
    "INTRODUCED",
    "IN_COMMITTEE",
    "APPROVED_BY_COMMITTEE",
    "APPROVED_BY_COUNCIL",
    "MAYORS_DESK",
    "ENACTED",
]


def nyc(
    text: str, *, print_no: str = "INT 9901", today: date = date(2025, 12, 1), session: int = 2024, **more
) -> Standing:
    return read_standing("nyc", session, print_no, lines(text), today=today, **more)


def test_an_introduction_waits_in_committee_since_its_referral():
    standing = nyc(IN_COMMITTEE.split("2025")[0], referred_to="Committee on Gardens")
    assert (standing.status, standing.date, standing.committee) == (
        "IN_COMMITTEE",
        date(2024, 2, 28),
        "Committee on Gardens",
    )
    assert standing.words == "In the Committee on Gardens since February 28, 2024"
    assert nyc("2024-02-28 C Referred to Comm by Council").words == "In committee since February 28, 2024"


def test_laid_over_is_its_own_code_on_the_committee_rung():
    standing = nyc(IN_COMMITTEE)
    assert (standing.status, standing.date) == ("LAID_OVER", date(2025, 4, 15))
    assert codes(standing) == ["INTRODUCED", "IN_COMMITTEE"]
    assert [step.state for step in steps(standing, ladder("nyc", "INT 9901"))][:2] == ["reached", "current"]


def test_a_further_hearing_takes_it_up_again():
    standing = nyc(IN_COMMITTEE + "2025-05-01 C Hearing Held by Committee | Committee on Gardens")
    assert (standing.status, standing.date) == ("IN_COMMITTEE", date(2025, 5, 1))


def test_the_committee_is_the_first_that_heard_it_or_the_one_that_approved_it():
    joint = IN_COMMITTEE + "2025-04-15 C Hearing Held by Committee | Committee on Paths"
    assert nyc(joint).committee == "Committee on Gardens"
    assert nyc(joint + "\n2025-05-01 C Approved by Committee | Committee on Paths | Pass").committee == (
        "Committee on Paths"
    )


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        ("Signed Into Law by Mayor | Mayor", "signed", "Signed into law on July 30, 2025"),
        (
            "City Charter Rule Adopted | Administration",
            "law_without_signature",
            "Became law without the Mayor's signature on July 30, 2025",
        ),
        (
            "Returned Unsigned by Mayor | City Council",
            "law_without_signature",
            "Became law without the Mayor's signature on July 30, 2025",
        ),
    ],
)
def test_three_ways_to_a_local_law(text, outcome, words):
    standing = nyc(
        TO_THE_MAYOR + f"2025-07-30 C {text}\n2025-07-31 C Recved from Mayor by Council | City Council"
    )
    assert (standing.status, standing.outcome, standing.words) == ("ENACTED", outcome, words)
    assert codes(standing) == SIX_RUNGS
    assert standing.law_since == date(2025, 7, 30)


def test_it_is_law_from_the_day_the_charter_gives_not_from_the_day_the_paper_came_back():
    standing = nyc(
        TO_THE_MAYOR
        + "2025-07-30 C City Charter Rule Adopted | Administration\n2025-08-02 C Returned Unsigned by Mayor"
    )
    assert standing.law_since == date(2025, 7, 30)


def test_on_the_mayors_desk_it_is_not_law_and_a_mayors_hearing_does_not_move_it():
    standing = nyc(TO_THE_MAYOR + "2025-07-10 C Hearing Held by Mayor | Mayor", today=date(2025, 7, 15))
    assert (standing.status, standing.outcome, standing.law_state) == ("MAYORS_DESK", None, "not_law")
    assert "30 days" in standing.explanation


def test_a_veto_is_not_final_while_it_can_be_overridden():
    vetoed = (
        TO_THE_MAYOR
        + "2025-07-20 C Vetoed by Mayor | Mayor"
        + "\n2025-08-10 C Hearing Held by Committee | Committee on Gardens"
    )
    standing = nyc(vetoed + "\n2025-08-10 C Approved by Committee | Committee on Gardens | Pass")
    assert (standing.status, standing.outcome, standing.law_state) == ("VETOED", "vetoed", "not_law")
    standing = nyc(vetoed + "\n2025-08-14 C Overridden by Council | City Council | Pass")
    assert (standing.status, standing.outcome) == ("ENACTED", "veto_overridden")
    assert standing.law_since == date(2025, 8, 14)
    assert nyc(vetoed + "\n2025-08-14 C Overridden by Council | City Council | Fail").outcome == "vetoed"


@pytest.mark.parametrize(
    ("text", "status", "outcome"),
    [
        ("Filed (End of Session)", "FILED", "filed_end_of_session"),
        ("Sine Die (Filed, End of Session)", "FILED", "filed_end_of_session"),
        ("Filed by Committee", "FILED", "died"),
        ("Filed, by Committee", "FILED", "died"),
        ("P-C Item Filed by Comm", "FILED", "died"),
        ("Rcvd, Ord, Prnt, Fld by Council", "FILED", "died"),
        ("Withdrawn", "WITHDRAWN", "withdrawn"),
        ("Withdrawn by Mayor", "WITHDRAWN", "withdrawn"),
        ("Disapproved by Council", "LOST", "lost"),
        ("Approved by Council | City Council | Fail", "LOST", "lost"),
    ],
)
def test_endings_without_a_law(text, status, outcome):
    standing = nyc(IN_COMMITTEE + f"2025-12-31 C {text}", today=date(2026, 3, 1))
    assert (standing.status, standing.outcome, standing.ended_on, standing.law) == (
        status,
        outcome,
        date(2025, 12, 31),
        False,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Amendment Proposed by Comm",
        "Recessed",
        "Hearing Scheduled by Mayor",
        "Bill Signing Scheduled by Mayor",
        "Disapproved by Committee",
        "Approved by Subcommittee",
        "Approved by Committee | Committee on Gardens | Fail",
        "City Charter Rule,File,City Planning Commission",
        "an action that no list names",
        "Introduced by Council",
    ],
)
def test_texts_that_move_nothing(text):
    assert nyc(IN_COMMITTEE + f"2025-05-01 C {text}").status == "LAID_OVER"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # Filed minutes before the meeting, in which it is referred all the same.
        (
            """
            2026-01-29 C Filed by Council | City Council
            2026-01-29 C Referred to Comm by Council | City Council
            2026-01-29 C Filed by Administration | Administration
            """,
            "FILED",
        ),
        # The 31st of December files everything, what was withdrawn years ago too.
        ("2026-05-19 C Withdrawn | City Council\n2029-12-31 C Filed (End of Session)", "WITHDRAWN"),
    ],
)
def test_an_end_stays_whatever_the_clerks_enter_after_it(text, status):
    standing = nyc(text, session=2026, today=date(2030, 2, 1))
    assert (standing.status, standing.ended_on.year) == (status, 2026)


def test_a_resolution_is_adopted_by_the_same_vote_and_is_no_law():
    standing = nyc(
        IN_COMMITTEE + "2025-05-01 C Approved, by Council | City Council | Pass", print_no="RES 9902"
    )
    assert (standing.status, standing.outcome, standing.law, standing.is_resolution) == (
        "ADOPTED",
        "adopted",
        False,
        True,
    )


def test_a_preconsidered_item_may_be_heard_before_it_is_introduced():
    standing = nyc(
        """
        2025-05-01 C Hearing on P-C Item by Comm | Committee on Gardens
        2025-05-01 C P-C Item Approved by Comm | Committee on Gardens | Pass
        2025-05-02 C Introduced by Council | City Council
        """
    )
    assert standing.status == "APPROVED_BY_COMMITTEE"
    assert codes(standing) == ["INTRODUCED", "IN_COMMITTEE", "APPROVED_BY_COMMITTEE"]


def test_an_introduction_written_down_after_the_referral_does_not_undo_it():
    standing = nyc("2025-05-01 C Referred to Comm by Council\n2025-05-08 C Introduced by Council")
    assert standing.status == "IN_COMMITTEE"
    assert codes(standing) == ["INTRODUCED", "IN_COMMITTEE"]


def test_a_bill_sent_back_to_committee_steps_back():
    standing = nyc(
        IN_COMMITTEE
        + """
        2025-05-01 C Approved by Committee | Committee on Gardens | Pass
        2025-05-09 C Recommit to Comm by Council | City Council
        """
    )
    assert (standing.status, codes(standing)) == ("IN_COMMITTEE", ["INTRODUCED", "IN_COMMITTEE"])
    assert standing.furthest.code == "APPROVED_BY_COMMITTEE"


def test_an_unfinished_file_is_dead_after_its_session_even_before_the_record_files_it():
    assert nyc(IN_COMMITTEE, today=date(2025, 12, 31)).outcome is None
    assert nyc(IN_COMMITTEE, today=date(2026, 1, 1)).outcome == "died"


def test_what_the_mayor_has_at_the_end_of_a_session_is_not_dead():
    standing = nyc(TO_THE_MAYOR, today=date(2026, 1, 10))
    assert (standing.outcome, standing.is_open) == (None, True)
    assert nyc(TO_THE_MAYOR, today=date(2026, 6, 1)).law_state == "unknown"


@given(
    texts=st.lists(
        st.one_of(
            st.text(max_size=60),
            st.sampled_from([line.text for line in lines(TO_THE_MAYOR)] + ["Vetoed by Mayor"]),
        ),
        max_size=10,
    ),
    result=st.sampled_from(["", "Pass", "Fail"]),
    print_no=st.sampled_from(["INT 9901", "RES 9902", "T 9903", ""]),
)
def test_no_history_raises_and_every_code_is_known(texts, result, print_no):
    actions = [ActionLine(date(2025, 1, 1), "council", text, 0, "Committee on X", result) for text in texts]
    standing = read_standing("nyc", 2024, print_no, actions, today=date(2025, 6, 1))
    assert standing.status in CODES["nyc"]
    assert standing.outcome is None or standing.outcome in OUTCOMES
    assert {stage.code for stage in standing.stages} <= CODES["nyc"]
    assert standing.words
    assert steps(standing, ladder("nyc", print_no))
