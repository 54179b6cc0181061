"""Which days of action lines can be right."""

from __future__ import annotations

from datetime import date

import pytest

from bills.print_numbers import PrintNumber
from bills.providers.base import UnexpectedAnswer
from bills.providers.plausible import check_days
from bills.stages import ActionLine

TODAY = date(2026, 11, 25)
BILLS = {
    "ny": PrintNumber("ny", "S", 9871, session=2025),
    "us": PrintNumber("us", "HR", 9801, session=119),
    "nyc": PrintNumber("nyc", "Int", 9412, session=2024),
}


def check(legislature: str, *days: str) -> None:
    lines = [
        ActionLine(date.fromisoformat(day), "", "Lamps lit.", place) for place, day in enumerate(days, 1)
    ]
    check_days(BILLS[legislature], lines, today=TODAY)


@pytest.mark.parametrize(
    ("legislature", "day"),
    [
        ("ny", "2024-12-04"),  # prefiled
        ("nyc", "2023-12-20"),  # heard as a pre-considered item
        ("nyc", "2026-12-31"),  # marked as ended ahead of the day
        ("us", "2025-01-03"),
        ("us", "2023-01-03"),
        ("ny", "2023-01-01"),
        ("ny", "2027-01-24"),
    ],
)
def test_days_around_a_session_can_be(legislature, day):
    check(legislature, day, "2025-05-01")


@pytest.mark.parametrize(
    ("legislature", "day", "told"),
    [
        ("ny", "2027-01-25", "too far ahead"),
        ("us", "2052-05-01", "too far ahead"),
        ("nyc", "2199-12-31", "too far ahead"),
        ("ny", "2022-12-31", "long before"),
        ("us", "2023-01-02", "long before"),
        ("nyc", "1925-05-01", "long before"),
    ],
)
def test_a_mistyped_year_is_refused_and_shown(legislature, day, told):
    with pytest.raises(UnexpectedAnswer, match=told) as caught:
        check(legislature, "2025-05-01", day)
    assert day in str(caught.value)
    assert BILLS[legislature].base_print_no in str(caught.value)
