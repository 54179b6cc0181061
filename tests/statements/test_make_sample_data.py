"""make_sample_data: what it makes, what it refuses, and that it can be taken back."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from bills.models import Bill
from bills.sample_data import SOURCE, loading
from sponsors.models import Organization, Person
from statements import sample_data
from statements.models import BillMention, Position, Remark, Speaker, Statement
from tests.factories import make_bill, make_statement

pytestmark = pytest.mark.django_db


def make(*arguments: str) -> str:
    said = StringIO()
    call_command("make_sample_data", *arguments, stdout=said)
    return said.getvalue()


def test_it_fills_an_empty_site_and_says_how_much_there_is(client):
    assert make("--bills", "60") == "60 invented bills added; 60 are there.\n"
    assert Statement.objects.count() >= 3
    for page in (
        Bill.objects.first(),
        Statement.objects.first(),
        Person.objects.filter(sponsorships__kind="prime")[0],
    ):
        assert client.get(page.get_absolute_url()).status_code == 200
    assert make("--bills", "60") == "0 invented bills added; 60 were there already.\n"


def test_nobody_real_speaks_in_an_invented_statement():
    make("--bills", "40")
    assert not Speaker.objects.exclude(person=None).exclude(person__slug__startswith="sample-").exists()
    assert not Organization.objects.exclude(name__contains="invented").exists()
    assert Remark.objects.count() == 2 * Statement.objects.count()
    assert Position.objects.exclude(bill__source=SOURCE).count() == 0


def test_some_bill_is_spoken_of_far_more_than_others():
    sample_data.load(200, today=date(2026, 3, 2))
    first = BillMention.objects.filter(bill__base_print_no="S50001", is_chief=True)
    assert first.count() >= sample_data.MOST_ON_A_BILL - 10


def test_a_page_says_that_its_bill_is_invented(client):
    make("--bills", "2")
    assert "invented sample data" in client.get(Bill.objects.first().get_absolute_url()).content.decode()


def test_a_database_with_real_bills_is_refused_unless_that_is_said():
    real = make_bill("S4075", year=2025)
    with pytest.raises(CommandError, match=r"holds 1 real bill; say --into-existing"):
        make("--bills", "20")
    assert Bill.objects.count() == 1
    make("--bills", "20", "--into-existing")
    assert Bill.objects.count() == 21
    assert make("--remove") == "20 invented bills removed.\n"
    assert Bill.objects.get() == real


def test_what_was_invented_can_be_taken_back_and_real_statements_stay():
    kept = make_statement("Kept", bill=make_bill("S4075"))
    make("--bills", "40", "--into-existing")
    make("--remove")
    assert Statement.objects.get() == kept
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say how many bills there are to be: --bills 1000."),
        (("--bills", ""), "--bills must be a whole number"),
        (("--bills", "0"), "--bills must be a whole number from 1 to 1,000,000."),
        (("--bills", "-5"), "--bills must be a whole number"),
        (("--bills", "many"), "--bills must be a whole number"),
        (("--bills", "1.5"), "--bills must be a whole number"),
        (("--bills", "٣"), "--bills must be a whole number"),
        (("--bills", "9" * 400), "--bills must be a whole number"),
        (("--bills", "5", "--seed", "x"), "--seed must be a whole number"),
        (("--bills", "5", "--remove"), "--remove takes all invented bills away; leave --bills out."),
    ],
)
def test_what_makes_no_sense_is_said_in_one_line(arguments, said):
    with pytest.raises(CommandError) as raised:
        make(*arguments)
    assert str(raised.value).startswith(said)
    assert "\n" not in str(raised.value)
    assert not Bill.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_a_time_are_refused():
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [loading._LOCK])
        with pytest.raises(CommandError, match="made or removed just now by another process"):
            make("--bills", "5", "--into-existing")
    finally:
        other.close()
