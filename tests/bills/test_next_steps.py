"""What usually comes next: a sentence for every code of the three legislatures, and nothing about this one bill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bills.stages import CODES, ActionLine, Standing, read_standing
from bills.stages.next_steps import NEXT, next_key, usually_next

TODAY = date(2026, 3, 10)
ENDED = {
    "SIGNED_BY_GOV", "POCKET_APPROVAL", "VETOED", "STRICKEN", "LOST", "SUBSTITUTED", "ADOPTED", "FILED", "WITHDRAWN",
    "ENACTED", "BECAME_LAW", "FAILED",
}  # fmt: skip
NUMBERS = {
    "ny": ("S1", "A1", "J1"),
    "nyc": ("INT 1", "RES 1"),
    "us": ("HR1", "S1", "HRES1", "HCONRES1", "HJRES1"),
}
ENDS = {"ny": date(2026, 12, 31), "nyc": date(2029, 12, 31), "us": date(2027, 1, 3)}


def standing(legislature: str, print_no: str, status: str, **more) -> Standing:
    known = {
        "legislature": legislature,
        "session": 2025,
        "print_no": print_no,
        "as_of": TODAY,
        "status": status,
        "chamber": "assembly" if "ASSEMBLY" in status else "senate",
        "last_action": ActionLine(TODAY, "senate", "X"),
        "session_ends": ENDS[legislature],
        "is_resolution": print_no[0] == "J" or ("RES" in print_no and "J" not in print_no),
    }
    return Standing(**known | more)


@pytest.mark.parametrize("legislature", ["ny", "nyc", "us"])
def test_every_code_of_a_living_bill_has_a_sentence(legislature):
    for code in CODES[legislature] - ENDED:
        for print_no in NUMBERS[legislature]:
            words = usually_next(standing(legislature, print_no, code))
            assert words.endswith("."), (code, print_no)
            assert "  " not in words


def test_every_sentence_is_used():
    used = {
        next_key(replace(one, passed_both=both, constitutional_amendment=constitutional, committee=committee))
        for legislature, numbers in NUMBERS.items()
        for code in CODES[legislature]
        for print_no in numbers
        for one in (standing(legislature, print_no, code),)
        for both in (False, True)
        for constitutional in (False, True)
        for committee in ("", "Codes")
    }
    used |= {next_key(standing(place, NUMBERS[place][0], "VETOED", outcome="vetoed")) for place in NUMBERS}
    used.add(next_key(standing("ny", "S1", "SIGNED_BY_GOV", outcome="signed")))
    assert NEXT.keys() - used == set()


def test_the_houses_are_named_as_the_bill_meets_them():
    assert "floor calendar of the Assembly" in usually_next(standing("ny", "S1", "IN_ASSEMBLY_COMM"))
    assert usually_next(standing("ny", "A1", "PASSED_ASSEMBLY")).startswith(
        "Usually it is sent to the Senate"
    )


@pytest.mark.parametrize("outcome", ["died", "stricken", "lost", "withdrawn", "substituted", "adopted"])
def test_nothing_usual_follows_an_end(outcome):
    assert usually_next(standing("ny", "S1", "IN_SENATE_COMM", outcome=outcome)) == ""


def test_a_veto_can_be_overridden_only_while_the_session_lasts():
    vetoed = standing("ny", "S1", "VETOED", outcome="vetoed")
    assert "override" in usually_next(vetoed)
    assert usually_next(replace(vetoed, as_of=date(2027, 1, 1))) == ""


def test_a_record_that_stops_short_is_told_nothing():
    lines = [ActionLine(date(2024, 12, 12), "senate", "DELIVERED TO GOVERNOR")]
    assert usually_next(read_standing("ny", 2023, "S1", lines, today=TODAY)) == ""
    assert usually_next(read_standing("ny", 2023, "S1", [], today=TODAY)) == ""


def test_an_unknown_code_is_no_guess():
    assert usually_next(standing("ny", "S1", "SOMETHING_NEW")) == ""
