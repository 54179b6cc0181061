"""Days as people write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sponsors.days import read_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03-01", date(2026, 3, 1), date(2026, 3, 1)),
        (" 2026-3-1 ", date(2026, 3, 1), date(2026, 3, 1)),
        ("3/1/2026", date(2026, 3, 1), date(2026, 3, 1)),
        ("March 1, 2026", date(2026, 3, 1), date(2026, 3, 1)),
        ("Mar. 1, 2026", date(2026, 3, 1), date(2026, 3, 1)),
        ("1 mar 2026", date(2026, 3, 1), date(2026, 3, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_is_read_in_any_usual_form(text, first, last):
    assert read_day(text) == first
    assert read_day(text, is_end=True) == last


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-30", "2026-00", "0001", "9999-01-01", "13/13/2026", "1" * 50]
)
def test_what_is_no_day_raises(text):
    with pytest.raises(ValueError, match="not a day"):
        read_day(text)


@given(st.text(max_size=60), st.booleans())
def test_nothing_else_is_raised(text, is_end):
    with suppress(ValueError):
        assert isinstance(read_day(text, is_end=is_end), date)
