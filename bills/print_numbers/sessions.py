"""Sessions: the spans of years within which a legislature's print numbers are unique.

A session is one integer. `ny`: its odd year (2017 for 2017-2018). `nyc`: its first year (2014 for
2014-2017). `us`: the number of the Congress (119 for 2025-2026). Every function takes the legislature's
code first and raises ValueError for an unknown code or a year that legislature has no session for.

Sources: New York Legislative Law and the Senate's Open Legislation (an even year belongs to the odd year
before it); New York City Charter, section 25 (terms of four years, but two terms of two years from 2002
and from every twentieth year after that); United States Constitution, 20th Amendment (3 January).
"""

from datetime import date

LEGISLATURES = ("ny", "nyc", "us")

# The State's first legislature met in 1777, the first Congress in 1789. The Council has had four-year
# terms, and its files their present numbering, since 1994.
FIRST_COUNCIL_YEAR = 1994
_FIRST_YEAR = {"ny": 1777, "nyc": FIRST_COUNCIL_YEAR, "us": 1789}
_LAST_YEAR = 2199

# Before the 20th Amendment took effect in 1935 a Congress began on 4 March.
_FIRST_CONGRESS_OF_JANUARY = 74


def session_of_year(legislature: str, year: int) -> int:
    """Return the session that holds `year`: ("ny", 2018) -> 2017, ("nyc", 2017) -> 2014, ("us", 2025) -> 119.

    For Congress the first days of an odd year count as the new Congress; `session_of_date` is exact.
    """
    _check_year(legislature, year)
    if legislature == "ny":
        return year if year % 2 else year - 1
    if legislature == "us":
        return (year - 1789) // 2 + 1
    years_into_cycle = (year - 2002) % 20
    if years_into_cycle < 4:
        return year - years_into_cycle % 2
    return year - years_into_cycle % 4


def session_of_date(legislature: str, day: date) -> int:
    """Return the session sitting on `day`; on 2 January 2025 that is still the 118th Congress."""
    session = session_of_year(legislature, day.year)
    if legislature == "us" and session > 1 and _as_date(day) < session_start("us", session):
        return session - 1
    return session


def session_named(legislature: str, number: int) -> int:
    """Return the session that a person names by `number`: any of its years or, for Congress, its number.

    ("ny", 2018) -> 2017, ("nyc", 2017) -> 2014, ("us", 117) -> 117, ("us", 2022) -> 117.
    """
    if legislature == "us" and _is_whole(number) and 1 <= number <= _congress_of(_LAST_YEAR):
        return number
    return session_of_year(legislature, number)


def session_years(legislature: str, session: int) -> tuple[int, int]:
    """Return the first and last calendar year of a session as printed: ("us", 119) -> (2025, 2026)."""
    session = session_named(legislature, session)
    if legislature == "us":
        first = 1789 + 2 * (session - 1)
        return first, first + 1
    if legislature == "ny":
        return session, session + 1
    return session, session + (1 if (session - 2002) % 20 < 4 else 3)


def session_label(legislature: str, session: int) -> str:
    """Return the session in words: "2017-2018", "2024-2025", "119th Congress (2025-2026)"."""
    first, last = session_years(legislature, session)
    if legislature == "us":
        return f"{_ordinal(session_named(legislature, session))} Congress ({first}-{last})"
    return f"{first}-{last}"


def session_start(legislature: str, session: int) -> date:
    """Return the first day of a session."""
    first, _ = session_years(legislature, session)
    if legislature != "us":
        return date(first, 1, 1)
    if session_named("us", session) < _FIRST_CONGRESS_OF_JANUARY:
        return date(first, 3, 4)
    return date(first, 1, 3)


def session_end(legislature: str, session: int) -> date:
    """Return the last day of a session: 31 December or, for Congress, the day its term runs out at noon.

    New York's governor may still sign or veto for some weeks what was delivered before this day.
    """
    _, last = session_years(legislature, session)
    if legislature != "us":
        return date(last, 12, 31)
    if session_named("us", session) < _FIRST_CONGRESS_OF_JANUARY - 1:
        return date(last + 1, 3, 4)
    return date(last + 1, 1, 3)


def _check_year(legislature: str, year: int) -> None:
    if legislature not in LEGISLATURES:
        raise ValueError(f"{legislature!r:.40} is no legislature; expected one of {', '.join(LEGISLATURES)}.")
    if not _is_whole(year):
        raise ValueError(f"{year!r:.40} is no session; expected a year such as 2017.")
    first = _FIRST_YEAR[legislature]
    if not first <= year <= _LAST_YEAR:
        raise ValueError(
            f"{legislature} has no session in {year}; expected a year from {first} to {_LAST_YEAR}."
        )


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


def _congress_of(year: int) -> int:
    return (year - 1789) // 2 + 1


def _as_date(day: date) -> date:
    """A datetime is a date too, but the two cannot be compared."""
    return date(day.year, day.month, day.day)


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
