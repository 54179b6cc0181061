"""The rows of the stepper, for each legislature and end."""

from __future__ import annotations

from datetime import date

import pytest

from bills.pages import stepper
from bills.stages import read_standing
from tests.factories import lines

TODAY = date(2026, 3, 10)


def drawn(
    legislature: str, session: int, print_no: str, *texts: str
) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(place, [(code, state)])] as the page draws it."""
    standing = read_standing(legislature, session, print_no, lines(*texts), today=TODAY)
    return [(row.place, [(step.code, step.state) for step in row.steps]) for row in stepper.rows(standing)]


@pytest.mark.parametrize(
    ("legislature", "session", "print_no", "places"),
    [
        ("ny", 2025, "S1", ["senate", "assembly", "governor"]),
        ("ny", 2025, "A1", ["assembly", "senate", "governor"]),
        ("ny", 2025, "J1", ["resolution"]),
        ("nyc", 2024, "INT 0001", ["council", "mayor"]),
        ("nyc", 2024, "RES 0001", ["council"]),
        ("us", 119, "HR1", ["house", "senate", "president"]),
        ("us", 119, "S1", ["senate", "house", "president"]),
        ("us", 119, "HRES1", ["house", "resolution"]),
    ],
)
def test_rows_follow_the_way_of_the_bill(legislature, session, print_no, places):
    assert [place for place, _steps in drawn(legislature, session, print_no)] == places


def test_a_dead_bill_stopped_where_it_was_and_was_never_signed():
    rows = dict(drawn("ny", 2017, "S1", "2017-02-02 senate REFERRED TO FINANCE"))
    assert rows["senate"] == [
        ("INTRODUCED", "reached"),
        ("IN_SENATE_COMM", "stopped"),
        ("SENATE_FLOOR", "not_reached"),
        ("PASSED_SENATE", "not_reached"),
    ]
    assert rows["governor"] == [("DELIVERED_TO_GOV", "not_reached"), ("SIGNED_BY_GOV", "not_reached")]


def test_a_veto_stands_at_the_last_step():
    rows = dict(
        drawn(
            "ny",
            2025,
            "S1",
            "2025-01-08 senate REFERRED TO CODES",
            "2025-05-01 senate PASSED SENATE",
            "2025-05-02 assembly passed assembly",
            "2025-12-01 senate DELIVERED TO GOVERNOR",
            "2025-12-20 senate VETOED MEMO.5",
        )
    )
    assert rows["governor"][-1] == ("SIGNED_BY_GOV", "current")
    assert "stopped" not in [state for steps in rows.values() for _code, state in steps]


def test_the_introduction_gets_its_day_and_a_committee_its_full_name():
    standing = read_standing("ny", 2025, "S1", lines("2026-01-07 senate REFERRED TO FINANCE"), today=TODAY)
    introduced, committee = stepper.rows(standing, introduced_on=date(2025, 1, 8))[0].steps[:2]
    assert introduced.date == date(2025, 1, 8)
    assert committee.committee == "Finance Committee"


def test_every_step_is_explained_once():
    standing = read_standing("ny", 2025, "S1", (), today=TODAY)
    rows = stepper.rows(standing)
    explained = stepper.explanations(rows)
    assert len(explained) == len({step.code for step in explained}) == 9
    assert all(step.explanation for step in explained)
