"""The rows that lists ask: the database keeps them in step with the tables they are made from."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db.models import Q

from bills.models import Bill, Issue, ListedBill, PollAnswer, Session, Sponsorship
from bills.models.listed import number_key
from sponsors.models import Term
from statements.models import BillMention, Statement
from tests.factories import make_bill, make_person, make_statement, make_term

pytestmark = pytest.mark.django_db


def listed(bill: Bill) -> ListedBill:
    return ListedBill.objects.get(pk=bill.pk)


def carried_by(bill: Bill, party: str, **fields) -> Sponsorship:
    term = make_term(make_person(f"Ana {party} {bill.pk}"), party=party)
    fields = {"kind": "prime", "position": 0, "name_as_written": party} | fields
    return Sponsorship.objects.create(bill=bill, person=term.person, term=term, **fields)


def test_a_new_bill_is_listed_and_a_deleted_one_is_not():
    bill = make_bill("S4075", short_name="Liberty Act", last_action_on=date(2017, 2, 1))
    row = listed(bill)
    assert (row.number_key, row.title_key, row.last_action_on) == (
        "S00004075",
        "liberty act",
        date(2017, 2, 1),
    )
    bill.delete()
    assert not ListedBill.objects.exists()


def test_bills_written_and_moved_in_bulk_are_listed_as_they_are():
    bill = make_bill("S1")
    Bill.objects.bulk_create(
        [Bill(session=bill.session, base_print_no="A2", slug="a2", chamber="assembly", title="Two")]
    )
    Bill.objects.filter(base_print_no="A2").update(status="PASSED_ASSEMBLY", is_published=False)
    row = ListedBill.objects.get(bill__base_print_no="A2")
    assert (row.status, row.is_published) == ("PASSED_ASSEMBLY", False)


def test_a_check_that_finds_nothing_new_writes_no_row(django_assert_num_queries):
    bill = make_bill("S1")
    ListedBill.objects.update(title_key="untouched")
    Bill.objects.update(checked_at="2026-01-01T00:00Z")
    assert listed(bill).title_key == "untouched"
    Bill.objects.update(outcome="died")
    assert listed(bill).title_key == "relates to an example"


def test_the_party_is_that_of_the_prime_sponsor_in_the_term_of_that_time():
    bill = make_bill("S1")
    assert listed(bill).party == ""
    carried_by(bill, "Republican", kind="co")
    assert listed(bill).party == ""
    prime = carried_by(bill, "Democratic", position=1)
    assert listed(bill).party == "Democratic"
    Term.objects.filter(pk=prime.term_id).update(party="Working Families")
    assert listed(bill).party == "Working Families"
    prime.withdrawn_on = date(2018, 1, 1)
    prime.save()
    assert listed(bill).party == ""
    Sponsorship.objects.update(withdrawn_on=None)
    Sponsorship.objects.filter(kind="prime").delete()
    assert listed(bill).party == ""


def test_issues_come_and_go_with_the_bill():
    bill = make_bill("S1")
    housing, work = (Issue.objects.create(slug=slug, name=slug) for slug in ("housing", "work"))
    bill.issues.add(work, housing)
    assert listed(bill).issue_ids == [housing.pk, work.pk]
    bill.issues.set([work])
    assert listed(bill).issue_ids == [work.pk]
    bill.issues.clear()
    assert listed(bill).issue_ids == []


def test_only_a_published_statement_counts_as_one():
    bill, other = make_bill("S1"), make_bill("S2")
    statement = make_statement(bill=bill, state="draft")
    assert not listed(bill).is_spoken_of
    Statement.objects.update(state="published")
    assert listed(bill).is_spoken_of
    BillMention.objects.update(bill=other)
    assert (listed(bill).is_spoken_of, listed(other).is_spoken_of) == (False, True)
    statement.delete()
    assert not listed(other).is_spoken_of


def test_a_session_whose_end_moves_moves_it_for_its_bills():
    bill = make_bill("S1")
    Session.objects.update(end=date(2019, 6, 30))
    assert listed(bill).session_end == date(2019, 6, 30)


def test_poll_answers_are_counted_when_somebody_counts():
    bill, other = make_bill("S1"), make_bill("S2")
    for answer in ("aye", "nay"):
        PollAnswer.objects.create(bill=bill, voter=uuid.uuid4(), answer=answer)
    assert listed(bill).answers == 0
    assert ListedBill.objects.recount_answers() == 1
    assert (listed(bill).answers, listed(other).answers) == (2, 0)
    PollAnswer.objects.all().delete()
    assert ListedBill.objects.recount_answers() == 1
    assert listed(bill).answers == 0
    assert ListedBill.objects.recount_answers() == 0


def test_tending_counts_the_answers(monkeypatch):
    from bills import tasks

    bill = make_bill("S1")
    PollAnswer.objects.create(bill=bill, voter=uuid.uuid4(), answer="aye")
    tasks.tend.run()
    assert listed(bill).answers == 1


@pytest.mark.parametrize("number", ["S4075", "A1", "HR12345", "INT 1568", "SJRES7"])
def test_the_number_is_written_the_same_here_and_in_the_database(number):
    bill = make_bill("S1")
    Bill.objects.filter(Q(pk=bill.pk)).update(base_print_no=number)
    assert listed(bill).number_key == number_key(number)


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2019, 1, 1), date(2019, 1, 31), date(2019, 2, 1)])
def test_lists_pages_and_filters_agree_on_which_bills_can_still_move(day, time_machine, client):
    for status in ("", "INTRODUCED", "SENATE_FLOOR", "PASSED_SENATE", "DELIVERED_TO_GOV"):
        for acted_on in (None, date(2018, 6, 1)):
            for outcome in ("", "vetoed"):
                make_bill(status=status, last_action_on=acted_on, outcome=outcome)
    make_bill("Int 9", legislature="nyc", year=2018, status="APPROVED_BY_COUNCIL")
    make_bill("HR9", legislature="us", year=115, status="TO_PRESIDENT", last_action_on=date(2018, 12, 1))
    time_machine.move_to(f"{day}T12:00:00-05:00", tick=False)
    alive = set(Bill.objects.alive_on(day).values_list("pk", flat=True))
    assert alive == {bill.pk for bill in Bill.objects.all() if bill.condition == "alive"}
    listed_alive = ListedBill.objects.with_ending(day).filter(ending="alive").values_list("pk", flat=True)
    assert alive == set(listed_alive)
    assert client.get("/bills/?outcome=alive").context["list"].total == len(alive)
