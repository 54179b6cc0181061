"""What a bill is tied to: the people who carry it, the bills its record names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bills.models import Bill, RelatedBill, Sponsorship
from bills.providers.base import SponsorLine
from bills.refresh import link_waiting, resolve_waiting, store, store_all
from tests.factories import NOW, lines, make_person, make_session, make_snapshot, make_term

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def put(snapshot, *, now=NOW, **options):
    return store(snapshot, source="open_legislation", now=now, **options)


def carried_by(*names: str, now=NOW, **stated) -> list[Sponsorship]:
    bill = put(make_snapshot(sponsors=names, **stated), now=now).bill
    return list(bill.sponsorships.select_related("person"))


@pytest.fixture
def ana():
    """Ana Example, a senator in two terms that the introduction of S4075 lies in the second of."""
    make_session()
    person = make_person("Ana Example")
    make_term(person, district="1", start=date(2015, 1, 1), end=date(2016, 12, 31))
    make_term(person, district="2", start=date(2017, 1, 1), end=date(2018, 12, 31))
    return person


# --- sponsors


def test_a_name_on_a_bill_is_tied_to_the_person_and_the_term_of_that_time(ana):
    (row,) = carried_by("Ana Example")
    assert (row.person, row.term.district, row.why_unresolved) == (ana, "2", "")


def test_a_name_that_nobody_bears_stays_as_written_and_says_why(ana):
    rows = carried_by("Ana Example", "Bo Nobody")
    assert [(row.name_as_written, row.person) for row in rows] == [("Ana Example", ana), ("Bo Nobody", None)]
    assert "Bo Nobody" in rows[1].why_unresolved or "No" in rows[1].why_unresolved


def test_two_people_of_one_name_are_never_guessed_between(ana):
    other = make_person("Ana Example", slug="ana-example-2")
    make_term(other, district="9", start=date(2017, 1, 1), end=date(2018, 12, 31))
    (row,) = carried_by("Ana Example")
    assert row.person is None
    assert row.why_unresolved


def test_prime_sponsors_keep_the_records_order_and_the_others_stand_by_name():
    sponsors = (
        SponsorLine("ZUE", "prime"), SponsorLine("ABE", "prime"),
        SponsorLine("YAN", "co"), SponsorLine("BEA", "co"),
        SponsorLine("CAL", "multi"),
    )  # fmt: skip
    bill = put(replace(make_snapshot(), sponsors=sponsors)).bill
    assert [(row.kind, row.position, row.name_as_written) for row in bill.sponsorships.all()] == [
        ("prime", 1, "ZUE"), ("prime", 2, "ABE"), ("co", 1, "BEA"), ("co", 2, "YAN"), ("multi", 1, "CAL"),
    ]  # fmt: skip


def test_a_name_written_twice_is_one_sponsor_and_the_prime_sponsor_is_no_cosponsor():
    rows = carried_by("SERRANO", "RIVERA", "RIVERA", " SERRANO ", "", "RIVERA")
    assert [(row.kind, row.name_as_written) for row in rows] == [("prime", "SERRANO"), ("co", "RIVERA")]


def test_sponsors_who_come_and_go_are_told_by_name():
    carried_by("SERRANO", "RIVERA", "ADAMS")
    result = put(make_snapshot(sponsors=("SERRANO", "RIVERA", "BAILEY")), now=LATER)
    assert {(change.fact, change.before, change.after) for change in result.changes} == {
        ("sponsor", "ADAMS (co-sponsor)", ""),
        ("sponsor", "", "BAILEY (co-sponsor)"),
    }


def test_a_cosponsor_who_takes_the_bill_over_is_told_as_one_change():
    carried_by("SERRANO", "RIVERA")
    result = put(make_snapshot(sponsors=("RIVERA",)), now=LATER)
    told = {(change.before, change.after) for change in result.changes}
    assert told == {("RIVERA (co-sponsor)", "RIVERA (prime sponsor)"), ("SERRANO (prime sponsor)", "")}


def test_a_person_whom_staff_chose_stays_while_the_name_does(ana):
    other = make_person("Bo Other", terms=(("ny", "senate"),))
    carried_by("Ana Example", "Nobody")
    Sponsorship.objects.filter(name_as_written="Ana Example").update(person=other)
    Sponsorship.objects.filter(name_as_written="Nobody").update(person=ana)
    rows = carried_by("Ana Example", "Nobody", "Newcomer", now=LATER)
    people = {row.name_as_written: row.person for row in rows}
    assert people == {"Ana Example": other, "Nobody": ana, "Newcomer": None}


def test_a_name_that_staff_untied_stays_untied(ana):
    carried_by("Ana Example")
    Sponsorship.objects.update(person=None, term=None)
    rows = carried_by("Ana Example", "Newcomer", now=LATER)
    assert rows[0].person is None
    assert resolve_waiting() == 0


def test_names_that_wait_find_their_person_when_the_roster_grows():
    bill = put(make_snapshot(sponsors=("Ana Example", "Bo Nobody"))).bill
    ana = make_person("Ana Example", terms=(("ny", "senate"),))
    assert resolve_waiting() == 1
    assert [row.person for row in bill.sponsorships.all()] == [ana, None]
    assert bill.sponsorships.get(person=ana).term is not None
    assert resolve_waiting() == 0


def test_a_person_known_before_their_term_gets_the_term_later(ana):
    (row,) = carried_by("Ana Example")
    assert row.term
    ana.terms.all().delete()
    row.refresh_from_db()
    assert row.term is None
    make_term(ana, district="7")
    assert resolve_waiting() == 1
    row.refresh_from_db()
    assert row.term.district == "7"


# --- related bills


def test_a_related_bill_is_tied_when_both_are_here_whichever_comes_first():
    put(make_snapshot("S1", same_as=("A1",)))
    assert RelatedBill.objects.get().related is None
    later = put(
        make_snapshot("A1", actions=lines("2017-02-02 assembly REFERRED TO CODES"), same_as=("S1",))
    ).bill
    pairs = {(row.bill.base_print_no, row.related.base_print_no) for row in RelatedBill.objects.all()}
    assert pairs == {("S1", "A1"), ("A1", "S1")}
    assert [row.bill.base_print_no for row in later.related_from.all()] == ["S1"]


def test_bills_of_one_batch_are_tied_to_each_other():
    store_all(
        [make_snapshot("S1", same_as=("A1",)), make_snapshot("A1", actions=(), same_as=("S1",))],
        source="records",
        now=NOW,
    )
    assert RelatedBill.objects.exclude(related=None).count() == 2


def test_a_bill_of_the_same_number_in_another_session_is_another_bill():
    put(make_snapshot("A1", actions=(), session=2019))
    put(make_snapshot("S1", same_as=("A1",)))
    put(make_snapshot("S100", actions=(), legislature="us", session=117))
    assert RelatedBill.objects.get().related is None


def test_a_bill_is_never_related_to_itself():
    bill = put(make_snapshot("S1", same_as=("S1", "S1A", "A1"), earlier=("S1",))).bill
    assert [row.print_no for row in bill.relations.all()] == ["A1"]


def test_a_substituted_bill_points_to_the_one_that_took_its_place():
    put(make_snapshot("A3675", actions=lines("2017-02-02 assembly REFERRED TO CODES"), session=2017))
    frozen = lines("2017-02-02 senate REFERRED TO CODES", "2017-06-01 senate SUBSTITUTED BY A3675B")
    bill = put(make_snapshot("S1747", actions=frozen)).bill
    assert (bill.outcome, bill.substituted_by_print_no) == ("substituted", "A3675B")
    assert bill.substituted_by.base_print_no == "A3675"


def test_a_substitute_that_arrives_later_is_tied_in_both_ways():
    frozen = lines("2017-02-02 senate REFERRED TO CODES", "2017-06-01 senate SUBSTITUTED BY A3675B")
    bill = put(make_snapshot("S1747", actions=frozen)).bill
    assert bill.substituted_by is None
    substitute = put(make_snapshot("A3675", actions=())).bill
    bill.refresh_from_db()
    assert bill.substituted_by == substitute
    assert bill.changed_at is None
    assert RelatedBill.objects.get(kind="substituted_by").related == substitute


def test_a_substitution_that_is_undone_leaves_no_trace():
    put(make_snapshot("A4470", actions=()))
    frozen = lines("2017-02-02 senate REFERRED TO CODES", "2017-06-01 senate SUBSTITUTED BY A4470")
    put(make_snapshot("S1", actions=frozen))
    undone = lines(
        "2018-01-03 senate SUBSTITUTION RECONSIDERED", "2018-01-03 senate ORDERED TO THIRD READING CAL.2"
    )
    bill = put(make_snapshot("S1", actions=frozen + undone), now=LATER).bill
    assert (bill.outcome, bill.substituted_by, bill.substituted_by_print_no) == ("", None, "")
    assert not bill.relations.exists()


def test_two_bills_that_name_each_other_as_substitute_are_stored_as_they_say():
    put(make_snapshot("S1", actions=lines("2017-06-01 senate SUBSTITUTED BY A1")))
    put(make_snapshot("A1", actions=lines("2017-06-01 assembly SUBSTITUTED BY S1")))
    one, other = Bill.objects.get(base_print_no="S1"), Bill.objects.get(base_print_no="A1")
    assert (one.substituted_by, other.substituted_by) == (other, one)


def test_a_bill_that_names_itself_as_its_substitute_is_not_its_own():
    bill = put(make_snapshot("S1", actions=lines("2017-06-01 senate SUBSTITUTED BY S1A"))).bill
    assert bill.substituted_by is None
    assert not bill.relations.exists()


def test_ties_that_two_workers_missed_are_made_at_the_end_of_a_run():
    put(make_snapshot("S1", actions=lines("2017-06-01 senate SUBSTITUTED BY A1"), same_as=("A1",)))
    put(make_snapshot("A1", actions=()))
    RelatedBill.objects.update(related=None)
    Bill.objects.update(substituted_by=None)
    for year in (2015, 2019):
        put(make_snapshot("A1", actions=(), session=year))
    assert link_waiting() == 2
    substitute = Bill.objects.get(base_print_no="S1").substituted_by
    assert (substitute.base_print_no, substitute.session.year) == ("A1", 2017)
    assert set(RelatedBill.objects.values_list("related", flat=True)) == {substitute.pk}
    assert link_waiting() == 0
