"""The database itself keeps the rules, whoever writes."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from bills.models import Action, Amendment, Bill, PollAnswer, Session, Sponsorship
from sponsors.models import Legislature, Organization, Person, Term
from statements.models import Position, Remark, Speaker, Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return Session.objects.create(
        legislature_id="ny", year=2017, label="2017-2018", start=date(2017, 1, 1), end=date(2018, 12, 31)
    )


@pytest.fixture
def bill(session):
    return Bill.objects.create(
        session=session, base_print_no="S9001", slug="s9001", chamber="senate", title="Relates to x"
    )


@pytest.fixture
def statement():
    return Statement.objects.create(identity="a" * 64, slug="a", kind="letter", title="A letter")


def refused(write) -> str:
    """The name of the constraint that refuses `write`; fails where none does."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return caught.value.__cause__.diag.constraint_name


def test_a_bill_is_unique_by_session_and_base_print_number(session, bill):
    def again():
        Bill.objects.create(session=session, base_print_no="S9001", slug="other", chamber="senate")

    assert refused(again) == "bill_unique_in_session"


@pytest.mark.parametrize("number", ["", "4075", "s4075", "S4075A", "S-4075", "S 40 75"])
def test_a_bill_is_stored_under_a_base_print_number_only(session, number):
    def write():
        Bill.objects.create(session=session, base_print_no=number, slug="x", chamber="senate")

    assert refused(write) == "bill_print_no_is_a_base_number"


def test_a_bill_that_is_no_law_has_no_day_since_which_it_is(bill):
    bill.outcome, bill.law_since = "vetoed", date(2018, 1, 1)
    assert refused(bill.save) == "bill_law_has_a_law_outcome"


def test_a_bill_does_not_replace_itself(bill):
    bill.substituted_by = bill
    assert refused(bill.save) == "bill_not_its_own_substitute"


def test_one_poll_answer_per_voter_and_bill(bill):
    voter = uuid.uuid4()
    PollAnswer.objects.create(bill=bill, voter=voter, answer="aye")
    assert (
        refused(lambda: PollAnswer.objects.create(bill=bill, voter=voter, answer="nay"))
        == "one_poll_answer_per_voter"
    )


def test_a_poll_answer_is_one_of_three(bill):
    write = lambda: PollAnswer.objects.create(bill=bill, voter=uuid.uuid4(), answer="maybe")  # noqa: E731
    assert refused(write) == "poll_answer_known"


def test_a_session_of_new_york_is_named_by_an_odd_year():
    def write():
        Session.objects.create(
            legislature_id="ny", year=2018, label="2018", start=date(2018, 1, 1), end=date(2019, 1, 1)
        )

    assert refused(write) == "session_ny_year_is_odd"


def test_a_session_of_another_legislature_may_have_an_even_year():
    assert Session.objects.create(
        legislature_id="nyc", year=2022, label="2022-2023", start=date(2022, 1, 1), end=date(2023, 12, 31)
    ).pk


def test_prints_actions_and_sponsors_are_not_doubled(bill):
    Amendment.objects.create(bill=bill, letter="A")
    assert refused(lambda: Amendment.objects.create(bill=bill, letter="A")) == "amendment_unique"
    action = {
        "bill": bill,
        "sequence": 1,
        "date": date(2017, 2, 2),
        "chamber": "senate",
        "text": "REFERRED TO FINANCE",
    }
    Action.objects.create(**action)
    assert refused(lambda: Action.objects.create(**action)) == "action_unique"
    sponsor = {"bill": bill, "kind": "co", "position": 1, "name_as_written": "EXAMPLE"}
    Sponsorship.objects.create(**sponsor)
    assert refused(lambda: Sponsorship.objects.create(**sponsor)) == "sponsorship_unique"


def test_a_term_does_not_end_before_it_starts():
    person = Person.objects.create(slug="a", name="A", sort_name="A")

    def write():
        Term.objects.create(
            person=person, legislature_id="ny", chamber="senate", start=date(2020, 1, 1), end=date(2019, 1, 1)
        )

    assert refused(write) == "term_ends_after_it_starts"


def test_a_statement_has_one_primary_speaker(statement):
    Speaker.objects.create(statement=statement, place=1, name_as_written="A", is_primary=True)
    again = lambda: Speaker.objects.create(statement=statement, place=2, name_as_written="B", is_primary=True)  # noqa: E731
    assert refused(again) == "one_primary_speaker_per_statement"


def test_two_undated_statements_do_not_share_an_address(statement):
    again = lambda: Statement.objects.create(identity="b" * 64, slug="a", kind="letter", title="B")  # noqa: E731
    assert refused(again) == "statement_address_unique"


def test_a_position_is_somebodys(statement, bill):
    write = lambda: Position.objects.create(statement=statement, bill=bill, stance="supports")  # noqa: E731
    assert refused(write) == "position_is_somebodys"


def test_a_remark_says_something(statement):
    assert (
        refused(lambda: Remark.objects.create(statement=statement, place=1, text="", verbatim=True))
        == "remark_has_text"
    )


def test_a_legislature_with_bills_cannot_be_deleted(bill):
    with pytest.raises(Exception, match="protected"):
        Legislature.objects.get(code="ny").delete()


def test_an_organization_has_a_name():
    assert refused(lambda: Organization.objects.create(slug="a", name="")) == "organization_has_a_name"
