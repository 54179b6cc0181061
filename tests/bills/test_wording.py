"""Words that are kept are kept for each language."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from bills.wording import day_in_words


def test_a_day_that_was_written_in_one_language_is_written_anew_in_another():
    day = date(2019, 6, 17)
    for _ in range(2):
        with translation.override("en"):
            assert day_in_words(day) == "June 17, 2019"
        with translation.override("es"):
            assert "junio" in day_in_words(day).lower()
