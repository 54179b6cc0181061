"""The session clock: days at its edges, what ends with it, and none where nothing can end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bills.pages.session_clock import session_clock
from bills.stages import ActionLine, read_standing

STARTS, ENDS = date(2025, 1, 1), date(2026, 12, 31)


def clock(*texts: str, today: date = date(2026, 3, 10), print_no: str = "S1", legislature: str = "ny"):
    """Of a bill with these lines, "senate REFERRED TO CODES", all of the first days of the session."""
    starts, ends = {
        "ny": (STARTS, ENDS),
        "nyc": (date(2026, 1, 1), date(2029, 12, 31)),
        "us": (date(2025, 1, 3), date(2027, 1, 3)),
    }[legislature]
    session = {"ny": 2025, "nyc": 2026, "us": 119}[legislature]
    lines = [
        ActionLine(starts + timedelta(days=place), *text.split(" ", 1)) for place, text in enumerate(texts)
    ]
    standing = read_standing(legislature, session, print_no, lines, today=today)
    return session_clock(standing, starts=starts, ends=ends, today=today)


IN_COMMITTEE = ("senate REFERRED TO CODES",)
PASSED_ONE = (
    *IN_COMMITTEE,
    "senate PASSED SENATE",
    "senate DELIVERED TO ASSEMBLY",
    "assembly referred to codes",
)
PASSED_BOTH = (*PASSED_ONE, "assembly passed assembly")


@pytest.mark.parametrize(
    ("today", "days", "line"),
    [
        (date(2025, 2, 1), 698, "698 days to the scheduled end of the session, December 31, 2026."),
        (date(2026, 12, 30), 1, "1 day to the scheduled end of the session, December 31, 2026."),
        (ENDS, 0, "The session is scheduled to end today, December 31, 2026."),
    ],
)
def test_days_are_counted_to_the_last_one(today, days, line):
    found = clock(*IN_COMMITTEE, today=today)
    assert (found.days, found.line) == (days, line)


@pytest.mark.parametrize("today", [date(2024, 12, 31), date(2027, 1, 1), date(2031, 5, 5)])
def test_outside_of_the_session_no_clock_runs(today):
    assert clock(*IN_COMMITTEE, today=today) is None


@pytest.mark.parametrize("last", ["senate SIGNED CHAP.37", "senate ENACTING CLAUSE STRICKEN", "senate LOST"])
def test_for_a_bill_that_has_ended_no_clock_runs(last):
    assert clock(*IN_COMMITTEE, last) is None


def test_in_the_first_year_a_bill_carries_over():
    words = " ".join(clock(*IN_COMMITTEE, today=date(2025, 12, 31)).what_ends)
    assert "is carried over into the second" in words
    assert "carried over" not in " ".join(clock(*IN_COMMITTEE, today=date(2026, 1, 1)).what_ends)


@pytest.mark.parametrize("texts", [PASSED_ONE, PASSED_ONE[:2]])
def test_in_the_first_year_a_bill_that_one_house_passed_goes_back_to_it(texts):
    words = " ".join(clock(*texts, today=date(2025, 7, 1)).what_ends)
    assert "goes back to that house in January, and must pass it again" in words
    assert "is carried over into the second" not in words


def test_june_is_named_without_a_day():
    spring = " ".join(clock(*IN_COMMITTEE, today=date(2026, 6, 30)).what_ends)
    assert "usually stop sitting in June" in spring
    assert "The day is not in our source." in spring
    assert "between then and January" in " ".join(clock(*IN_COMMITTEE, today=date(2026, 7, 1)).what_ends)


@pytest.mark.parametrize("texts", [PASSED_BOTH, (*PASSED_BOTH, "senate DELIVERED TO GOVERNOR")])
def test_a_bill_that_both_houses_passed_is_not_said_to_die(texts):
    words = " ".join(clock(*texts).what_ends)
    assert "does not end with the session" in words
    assert "dies" not in words


def test_the_council_files_what_it_has_not_decided():
    words = " ".join(
        clock("council Referred to Comm by Council", legislature="nyc", print_no="INT 1").what_ends
    )
    assert "is filed, which ends it" in words
    assert "December 31, 2029" in words


def test_congress_carries_bills_from_its_first_year_into_its_second():
    text = "house Referred to the House Committee on the Judiciary."
    first = clock(text, legislature="us", print_no="HR1", today=date(2025, 5, 1))
    second = clock(text, legislature="us", print_no="HR1", today=date(2027, 1, 3))
    assert "goes on in the second from where it stands" in " ".join(first.what_ends)
    assert (second.days, len(second.what_ends)) == (0, 1)


def test_the_drawing_is_written_alike_in_every_language():
    from django.utils import translation

    with translation.override("es"):
        assert clock(*IN_COMMITTEE, today=date(2025, 9, 10)).over == "34.6%"
