"""Why a bill is followed, as its page and the desk say it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from bills.models import Bill, Candidate, RelatedBill
from bills.tracking import candidates
from tests.factories import make_bill, make_statement
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]

NOW = datetime(2026, 3, 10, 16, tzinfo=UTC)


def why(client, bill: Bill) -> str:
    page = text_of(client.get(bill.get_absolute_url()))
    return page[page.index("Why we follow it") : page.index("The same proposal, session by session")]


def make_candidate(bill: Bill, **fields) -> Candidate:
    known = {"state": "followed", "found_at": NOW, "bill": bill}
    return Candidate.objects.create(
        legislature_id="ny", session_year=bill.session.year, print_no=bill.base_print_no, **(known | fields)
    )


def test_a_bill_that_staff_chose(client):
    bill = make_bill()
    make_candidate(bill)
    assert "Our staff chose it." in why(client, bill)


def test_a_bill_that_a_topic_found(client):
    bill = make_bill()
    make_candidate(bill, found_by=["Asylum", "Deportation"])
    told = why(client, bill)
    assert "A search by topic found it: Asylum, Deportation." in told
    assert "staff" not in told


@pytest.mark.parametrize("state", ["waiting", "dismissed"])
def test_a_candidate_that_nobody_follows_is_no_reason(client, state):
    bill = make_bill()
    make_candidate(bill, found_by=["Asylum"], state=state)
    assert "Asylum" not in why(client, bill)


def test_a_bill_that_a_document_names(client):
    bill = make_bill()
    make_statement(bill=bill)
    assert "A document that we hold names it." in why(client, bill)


@pytest.mark.parametrize(
    ("kind", "states_it", "words"),
    [
        ("same_as", True, "It is the same bill as A9001 (2017-2018), which we follow."),
        ("same_as", False, "It is the same bill as A9001 (2017-2018), which we follow."),
        ("substituted_by", True, "A9001 (2017-2018), which we follow, took its place."),
        ("substituted_by", False, "It took the place of A9001 (2017-2018), which we follow."),
        ("earlier", True, "It is the same proposal as A9001 (2017-2018), which we follow."),
        ("later", False, "It is the same proposal as A9001 (2017-2018), which we follow."),
    ],
)
def test_a_bill_that_is_tied_to_another_whichever_of_them_states_it(client, kind, states_it, words):
    bill, other = make_bill("S9001"), make_bill("A9001")
    one, two = (bill, other) if states_it else (other, bill)
    RelatedBill.objects.create(
        bill=one, kind=kind, session_year=2017, print_no=two.base_print_no, related=two
    )
    assert words in why(client, bill)


def test_an_unpublished_bill_and_one_that_we_do_not_hold_are_no_reasons(client):
    bill, hidden = make_bill("S9001"), make_bill("A9001", is_published=False)
    RelatedBill.objects.create(bill=bill, kind="same_as", session_year=2017, print_no="A9001", related=hidden)
    RelatedBill.objects.create(bill=bill, kind="earlier", session_year=2015, print_no="S1")
    assert "which we follow" not in why(client, bill)


def test_a_bill_without_a_reason_on_record_is_given_none(client):
    assert "It is among the bills that were loaded here; no other reason is on record." in why(
        client, make_bill()
    )


def test_every_reason_is_told_also_at_the_desk(admin_client, client):
    bill, other = make_bill("S9001"), make_bill("A9001")
    make_statement(bill=bill)
    RelatedBill.objects.create(bill=bill, kind="same_as", session_year=2017, print_no="A9001", related=other)
    make_candidate(bill)
    reasons = (
        "Our staff chose it. A document that we hold names it. "
        "It is the same bill as A9001 (2017-2018), which we follow."
    )
    assert reasons in why(client, bill)
    desk = admin_client.get(reverse("admin:bills_bill_change", args=[bill.pk]))
    assert reasons in text_of(desk)


def test_a_bill_that_staff_follow_from_the_candidates_keeps_the_topics_that_found_it(client):
    bill = make_bill()
    row = make_candidate(bill, found_by=["Asylum"], state="waiting")
    candidates.follow([row], now=NOW)
    assert "A search by topic found it: Asylum." in why(client, bill)
