"""Names of records in the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import translation
from django.utils.formats import number_format

from bills.markup.in_words import day, moment, span_in_words
from bills.names import issue_in_words
from bills.stages import Standing
from bills.wording import in_words
from sponsors.recorded_names import party_in_words, session_in_words


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", "119th Congress (2025-2026)"), ("es", "Congreso n.º 119 (2025-2026)")],
)
def test_a_session_of_congress_is_told_in_the_readers_language(code, told):
    with translation.override(code):
        assert session_in_words("119th Congress (2025-2026)") == told
        assert session_in_words("2017-2018") == "2017-2018"


def test_parties_and_issues_are_translated_and_unknown_ones_stay():
    with translation.override("es"):
        assert party_in_words("Democratic") == "Partido Demócrata"
        assert party_in_words("Working Families") == "Working Families"
        assert issue_in_words("Health Care") == "Atención médica"
        assert issue_in_words("Added by staff") == "Added by staff"
    assert (party_in_words("Democratic"), issue_in_words("Health Care")) == ("Democratic", "Health Care")


def test_days_and_moments_are_written_as_spanish_writes_them():
    with translation.override("es"):
        assert "17 de junio de 2019<" in day(date(2019, 6, 17))
        assert "17 de junio de 2019, 3:04\u00a0p.m.<" in moment(datetime(2019, 6, 17, 19, 4, tzinfo=UTC))
        assert span_in_words(datetime(2019, 1, 1, 0, 1) - datetime(2019, 1, 1)) == "1 minuto"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            {"status": "SENATE_FLOOR", "chamber": "senate"},
            "En el calendario del pleno, en el Senado, desde el 17 de junio de 2019",
        ),
        (
            {"status": "PASSED_ASSEMBLY", "chamber": "assembly"},
            "Aprobado en la Asamblea el 17 de junio de 2019; falta que lo apruebe el Senado",
        ),
        (
            {"status": "IN_SENATE_COMM", "chamber": "senate", "committee": "Finance"},
            "En el Senate Finance Committee desde el 17 de junio de 2019",
        ),
    ],
)
def test_a_headline_reads_as_spanish_with_its_articles(facts, told):
    standing = Standing(
        legislature="ny", session=2019, print_no="S1", as_of=date(2019, 6, 20), date=date(2019, 6, 17),
        last_action=object(), session_ends=date(2020, 12, 31), **facts,
    )  # fmt: skip
    with translation.override("es"):
        assert in_words(standing) == told


def test_spanish_numbers_are_grouped_as_in_new_york():
    with translation.override("es"):
        assert (intcomma(12345), number_format(0.5, 1)) == ("12,345", "0.5")
