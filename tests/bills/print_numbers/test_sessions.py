"""Which years make a session, for each legislature."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bills.print_numbers.sessions import (
    session_end,
    session_label,
    session_named,
    session_of_date,
    session_of_year,
    session_start,
    session_years,
)


@pytest.mark.parametrize(
    ("legislature", "year", "session"),
    [
        ("ny", 2017, 2017),
        ("ny", 2018, 2017),
        ("ny", 1999, 1999),
        ("nyc", 1996, 1994),
        ("nyc", 1998, 1998),
        ("nyc", 2001, 1998),
        ("nyc", 2003, 2002),
        ("nyc", 2005, 2004),
        ("nyc", 2009, 2006),
        ("nyc", 2012, 2010),
        ("nyc", 2017, 2014),
        ("nyc", 2021, 2018),
        ("nyc", 2023, 2022),
        ("nyc", 2025, 2024),
        ("nyc", 2029, 2026),
        ("nyc", 2033, 2030),
        ("us", 2013, 113),
        ("us", 2026, 119),
        ("us", 1789, 1),
    ],
)
def test_a_year_belongs_to_one_session(legislature, year, session):
    assert session_of_year(legislature, year) == session


@pytest.mark.parametrize(
    ("legislature", "session", "label"),
    [
        ("ny", 2017, "2017-2018"),
        ("ny", 2018, "2017-2018"),
        ("nyc", 2014, "2014-2017"),
        ("nyc", 2024, "2024-2025"),
        ("us", 119, "119th Congress (2025-2026)"),
        ("us", 111, "111th Congress (2009-2010)"),
        ("us", 101, "101st Congress (1989-1990)"),
        ("us", 102, "102nd Congress (1991-1992)"),
        ("us", 103, "103rd Congress (1993-1994)"),
    ],
)
def test_a_session_has_a_label_in_words(legislature, session, label):
    assert session_label(legislature, session) == label


@pytest.mark.parametrize(
    ("legislature", "session", "start", "end"),
    [
        ("ny", 2017, date(2017, 1, 1), date(2018, 12, 31)),
        ("nyc", 2018, date(2018, 1, 1), date(2021, 12, 31)),
        ("nyc", 2022, date(2022, 1, 1), date(2023, 12, 31)),
        ("us", 118, date(2023, 1, 3), date(2025, 1, 3)),
        ("us", 73, date(1933, 3, 4), date(1935, 1, 3)),
        ("us", 1, date(1789, 3, 4), date(1791, 3, 4)),
    ],
)
def test_a_session_has_a_first_and_a_last_day(legislature, session, start, end):
    assert (session_start(legislature, session), session_end(legislature, session)) == (start, end)


def test_a_congress_begins_on_3_january():
    assert session_of_date("us", date(2025, 1, 2)) == 118
    assert session_of_date("us", date(2025, 1, 3)) == 119
    assert session_of_date("us", datetime(2025, 1, 2, 23, 59)) == 118
    assert session_of_date("ny", date(2025, 1, 1)) == 2025


def test_a_person_may_name_a_session_by_any_of_its_years():
    assert session_named("ny", 2018) == 2017
    assert session_named("nyc", 2016) == 2014
    assert session_named("us", 117) == session_named("us", 2022) == 117


@pytest.mark.parametrize(
    ("legislature", "year"),
    [
        ("ny", 1700),
        ("ny", 9999),
        ("nyc", 1993),
        ("us", 0),
        ("us", -1),
        ("us", 1700),
        ("ny", True),
        ("ny", "2017"),
    ],
)
def test_what_is_no_session_is_refused_in_words(legislature, year):
    with pytest.raises(ValueError, match=r"no session"):
        session_named(legislature, year)


def test_an_unknown_legislature_is_refused_by_name():
    with pytest.raises(ValueError, match="'nj' is no legislature"):
        session_of_year("nj", 2017)


@given(st.sampled_from(["ny", "nyc", "us"]), st.integers(1994, 2199))
def test_a_session_holds_the_year_it_was_found_by(legislature, year):
    session = session_of_year(legislature, year)
    first, last = session_years(legislature, session)
    assert first <= year <= last
    assert session_named(legislature, session) == session
    assert session_of_date(legislature, session_start(legislature, session)) == session
    assert session_start(legislature, session) < session_end(legislature, session)
