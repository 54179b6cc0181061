"""How current a bill's page is, and what it says where it is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from bills.models import Bill
from tests.bills.bill_page import DEAD, LAW, NOW, read, stored
from tests.factories import lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


def test_records_are_never_called_checked_live(client):
    page = read(client, stored("S9001", DEAD))
    assert "Not checked live." in page
    assert "This may be out of date" not in page


@pytest.mark.parametrize(("hours", "warned"), [(1, False), (5, False), (7, True)])
def test_a_living_bill_not_checked_for_six_hours_carries_a_warning(client, hours, warned):
    bill = stored(
        "S9007", lines("2026-01-07 senate REFERRED TO CODES"), session=2025, source="open_legislation"
    )
    Bill.objects.update(checked_at=timezone.now() - timedelta(hours=hours))
    page = read(client, bill)
    assert ("This may be out of date." in page) is warned
    assert "at its source: New York Senate Open Legislation" in page


def test_an_ended_bill_is_never_late(client):
    bill = stored("A9002", LAW, session=2019, source="open_legislation")
    Bill.objects.update(checked_at=timezone.now() - timedelta(days=400))
    assert "This may be out of date" not in read(client, bill)


@pytest.mark.parametrize(
    ("today", "promise"),
    [
        ("2026-03-10", "every six hours while its session runs"),
        ("2027-01-05", "We promise to check a bill once a day"),
    ],
)
def test_a_late_bill_names_the_promise_that_was_not_kept(client, time_machine, today, promise):
    passed = lines("2026-01-07 senate REFERRED TO CODES", "2026-12-30 senate PASSED SENATE")
    bill = stored(
        "S9007", passed if today > "2026-12" else passed[:1], session=2025, source="open_legislation"
    )
    time_machine.move_to(f"{today}T12:00:00-05:00", tick=False)
    Bill.objects.update(checked_at=timezone.now() - timedelta(days=3), status="PASSED_SENATE")
    assert promise in read(client, bill)


def test_after_a_fault_the_page_says_that_it_shows_what_was_known_before(client):
    bill = stored("S9007", DEAD)
    Bill.objects.update(fault="S9007 came without actions; we keep those we hold.", fault_at=NOW)
    page = read(client, bill)
    assert "Our check of March 10, 2026 brought nothing that we can show." in page
    assert "What you read here is what we knew before it. S9007 came without actions" in page


def test_without_a_fault_there_is_no_word_of_one(client):
    assert "brought nothing" not in read(client, stored("S9007", DEAD))


def test_a_bill_last_checked_before_its_session_ended_says_so_once(client):
    bill = stored("S9007", lines("2017-02-02 senate REFERRED TO CODES"), source="open_legislation")
    Bill.objects.update(checked_at=datetime(2018, 5, 1, tzinfo=UTC), outcome="", ended_on=None)
    page = read(client, bill)
    assert "The session has ended since this bill was last checked." in page
    assert page.count("This may be out of date.") == 1
