"""Whether a bill is law, where it stands and how far it got, as its page says it."""

from __future__ import annotations

import pytest

from tests.bills.bill_page import DEAD, LAW, read, stored
from tests.factories import lines, make_bill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


# --- is it law, and where does it stand


def test_a_dead_bill_says_that_it_is_not_law_and_where_it_stopped(client):
    page = read(client, stored("S9001", DEAD))
    assert "This is not law." in page
    assert "Died without a vote." in page
    assert (
        "It last moved on January 3, 2018, when it was sent to the Senate Finance Committee, which held it for 362 "
        "days until the session ended on December 31, 2018." in page
    )
    assert page.index("This is not law.") < page.index("How far it got")


def test_a_law_says_since_when_and_its_chapter(client):
    page = read(client, stored("A9002", LAW, session=2019))
    assert "This has been law since June 17, 2019 (chapter 37)." in page
    assert "not law." not in page.split("How far it got")[0]


def test_a_replaced_bill_tells_the_outcome_via_the_one_that_took_its_place(client):
    stored("A9002", LAW, session=2019)
    replaced = stored(
        "S9003",
        lines("2019-01-16 senate REFERRED TO CODES", "2019-06-17 senate SUBSTITUTED BY A9002B"),
        session=2019,
    )
    page = read(client, replaced)
    assert "This has been law since June 17, 2019 (chapter 37), via A9002B." in page
    assert "Replaced here by A9002B" in page
    assert "Go on to A9002" in page


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("2019-12-20 assembly vetoed memo.288", "Vetoed by the Governor on December 20, 2019."),
        ("2019-12-20 senate ENACTING CLAUSE STRICKEN", "Withdrawn on December 20, 2019"),
        ("2019-12-20 assembly LOST", "Voted down in the Assembly on December 20, 2019."),
    ],
)
def test_every_other_end_has_its_own_words_and_is_not_law(client, last, words):
    page = read(client, stored("A9004", lines("2019-01-30 assembly referred to codes", last), session=2019))
    assert "This is not law." in page
    assert words in page


def test_an_adopted_resolution_is_not_law_either(client):
    page = read(client, stored("J9005", lines("2025-05-01 senate ADOPTED"), session=2025))
    assert "This is not law." in page
    assert "A resolution states a view and changes no law." in page


def test_a_bill_whose_record_stops_short_is_not_called_alive(client):
    delivered = lines(
        "2024-01-05 senate REFERRED TO CODES",
        "2024-05-28 senate PASSED SENATE",
        "2024-05-29 assembly passed assembly",
        "2024-12-12 senate DELIVERED TO GOVERNOR",
    )
    page = read(client, stored("S9006", delivered, session=2023))
    assert "Outcome not in our source" in page
    assert "This poll is closed" in page
    assert "Our source does not say whether this is law." in page
    assert "This is not law" not in page


def test_a_bill_without_any_action_on_record_is_not_said_to_be_no_law(client):
    page = read(client, stored("S9017", None, session=2025))
    assert "Our source does not say whether this is law." in page


def test_a_bill_replaced_by_one_that_we_do_not_hold_is_not_said_to_be_no_law(client):
    replaced = lines("2019-01-30 senate REFERRED TO CODES", "2019-06-17 senate SUBSTITUTED BY A9998B")
    page = read(client, stored("S9018", replaced, session=2019))
    assert "Our source does not say whether this is law." in page


def test_a_bill_without_actions_says_so(client):
    page = read(client, make_bill(year=2025, status="INTRODUCED"))
    assert "Our source lists no actions for this bill" in page
    assert "we hold no statements about it" in page


# --- the stepper


def test_every_step_has_its_state_in_words(client):
    page = read(client, stored("S9001", DEAD))
    steps = page[page.index("How far it got") : page.index("What each step means")]
    assert "Introduced Reached February 2, 2017" in steps
    assert "In Senate committee Stopped here, reached January 3, 2018 Finance Committee" in steps
    assert steps.count("Not reached") == 7


def test_every_step_is_explained(client):
    page = read(client, stored("S9001", DEAD))
    assert "Most bills stop here and never get a vote." in page
    assert "The Governor has signed it. It is law." in page


def test_a_bill_on_its_way_says_where_it_is_now(client):
    page = read(client, stored("S9007", lines("2026-01-07 senate REFERRED TO CODES"), session=2025))
    assert "In Senate committee Here now, since January 7, 2026 Codes Committee" in page
