"""What happened to a bill and what was said of it, in the order of days."""

from __future__ import annotations

from datetime import date

import pytest

from tests.bills.bill_page import DEAD, read, stored
from tests.factories import lines, make_statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


def test_statements_stand_between_the_actions_by_date(client):
    bill = stored("S9001", DEAD)
    make_statement("The senator calls", bill=bill, amendment="A", speaker="Ana Example", says="Vote on it.")
    make_statement("A later letter", bill=bill, date=date(2017, 9, 1), slug="later")
    make_statement("No date on this one", bill=bill, date=None, slug="undated")
    page = read(client, bill)
    timeline = page[page.index("What happened, and what was said") :]
    order = [
        "January 3, 2018",
        "A later letter",
        "The senator calls",
        "PRINT NUMBER 9001A",
        "February 2, 2017",
    ]
    places = [timeline.index(words) for words in [*order, "No date on this one"]]
    assert places == sorted(places)
    assert "Senate PRINT NUMBER 9001A" in timeline


@pytest.mark.parametrize(
    ("print_spoken_of", "words"),
    [
        ("A", "Speaks of print A. The bill has changed since: the latest is print B."),
        ("B", "Speaks of print B, the latest."),
        ("", "Names no print. The latest is print B."),
    ],
)
def test_a_statement_tells_which_print_it_speaks_of(client, print_spoken_of, words):
    bill = stored(
        "S9001", lines("2017-02-02 senate REFERRED TO CODES", "2017-03-02 senate PRINT NUMBER 9001B")
    )
    make_statement(bill=bill, amendment=print_spoken_of)
    assert words in read(client, bill)


def test_drafts_are_not_shown(client):
    bill = stored("S9001", DEAD)
    make_statement("Not yet to be read", bill=bill, state="draft")
    assert "Not yet to be read" not in read(client, bill)


def test_what_is_said_in_substance_is_not_set_as_a_quotation(client):
    bill = stored("S9001", DEAD)
    make_statement(bill=bill, speaker="Ana Example", says="She asked for a vote.", verbatim=False)
    html = client.get(bill.get_absolute_url()).content.decode()
    assert "In substance" in html
    assert "<blockquote>" not in html
