"""Invented bills are the same for the same seed, agree with themselves, and take nobody's place."""

from __future__ import annotations

from datetime import date
from statistics import mean

import pytest

from bills.models import Action, Bill, RollCall, Sponsorship, Stage
from bills.pages.bill_page import context_of
from bills.sample_data import PREFIX, SOURCE, loading, removing, words
from bills.sample_data.invented import BILLS_IN_A_SESSION, MOST_ACTIONS, RECORD_HOLDERS, invent
from bills.stages import ActionLine, read_standing
from sponsors.models import Person
from tests.factories import NOW, make_bill

TODAY = date(2026, 3, 2)


def bills_at(places, seed: int = 1):
    return [invent(place, newest=2025, today=TODAY, seed=seed) for place in places]


# --- pure


def test_a_bill_is_the_same_whatever_came_before_it():
    assert bills_at([7]) == bills_at(range(8))[-1:]
    assert bills_at([7], seed=2) != bills_at([7])


def test_there_is_as_much_of_everything_as_a_real_session_has():
    bills = bills_at(range(2000))
    assert mean(len(bill.actions) for bill in bills) == pytest.approx(5.25, rel=0.1)
    assert mean(len(bill.sponsors) for bill in bills) == pytest.approx(7.9, rel=0.1)
    texts = [len(f"{bill.sponsor_memo} {bill.official_summary}".split()) for bill in bills]
    assert mean(texts) == pytest.approx(600, rel=0.1)
    assert max(len(bill.actions) for bill in bills) == MOST_ACTIONS
    assert max(len(bill.sponsors) for bill in bills) > 60
    assert {bill.standing.outcome for bill in bills} >= {
        None,
        "signed",
        "vetoed",
        "substituted",
        "stricken",
        "lost",
    }


def test_nothing_happens_after_today_or_after_the_session():
    assert max(line.date for bill in bills_at(range(500)) for line in bill.actions) <= TODAY
    earlier = bills_at(range(BILLS_IN_A_SESSION, BILLS_IN_A_SESSION + 300))
    assert {bill.session for bill in earlier} == {2023}
    assert max(line.date for bill in earlier for line in bill.actions) <= date(2024, 12, 31)
    assert "died" in {bill.standing.outcome for bill in earlier}


def test_members_and_texts_are_skewed_as_in_life():
    bills = bills_at(range(1000))
    led = [bill.sponsors[0][2] for bill in bills if bill.house == "senate"]
    assert led.count(0) > 4 * max(1, led.count(60))
    assert sum("lantern" in bill.title for bill in bills) > 30
    assert len({words.person(number) for number in range(5000)}) == 5000


# --- in rows


@pytest.mark.django_db
def test_rows_say_what_their_actions_amount_to():
    assert loading.load(60, today=TODAY) == 60
    for bill in Bill.objects.select_related("session"):
        lines = [ActionLine(one.date, one.chamber, one.text, one.sequence) for one in bill.actions.all()]
        read = read_standing("ny", bill.session.year, bill.base_print_no, lines, today=TODAY)
        assert (bill.status, bill.outcome or None, bill.status_date) == (read.status, read.outcome, read.date)
        assert [stage.code for stage in bill.stages.all()] == [stage.code for stage in read.stages]
        if read.status.endswith("_COMM"):
            assert bill.committee.name.casefold() == bill.status_committee.casefold()


@pytest.mark.django_db
def test_loading_goes_on_from_where_it_stopped_and_gives_what_one_call_gives():
    def held():
        return list(
            Bill.objects.order_by("base_print_no").values_list(
                "base_print_no", "title", "status", "sponsor_memo", "substituted_by__base_print_no"
            )
        )

    loading.load(31, today=TODAY)
    assert loading.load(80, today=TODAY) == 49
    assert loading.load(80, today=TODAY) == loading.load(10, today=TODAY) == 0
    in_parts, counts = held(), [model.objects.count() for model in (Action, Stage, Sponsorship, RollCall)]
    removing.remove()
    loading.load(80, today=TODAY)
    assert [row[:4] for row in held()] == [row[:4] for row in in_parts]
    assert [model.objects.count() for model in (Action, Stage, Sponsorship, RollCall)] == counts


@pytest.mark.django_db
def test_a_portion_that_fails_leaves_whole_portions(monkeypatch):
    monkeypatch.setattr(loading, "PORTION", 10)

    def fails(portion):
        if portion.bills[0].place == 20:
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        loading.load(40, today=TODAY, also=fails)
    assert Bill.objects.count() == 20
    assert not Action.objects.exclude(bill__in=Bill.objects.all()).exists()
    assert loading.load(40, today=TODAY) == 20


@pytest.mark.django_db
def test_the_heaviest_bill_and_its_page_are_there():
    loading.load(RECORD_HOLDERS, today=TODAY)
    longest = max(Bill.objects.all(), key=lambda bill: bill.actions.count())
    assert longest.actions.count() > 150
    context = context_of(Bill.objects.for_page(TODAY).get(pk=longest.pk), now=NOW)
    assert len(context["cosponsors"]) > 60


@pytest.mark.django_db
def test_removing_leaves_real_rows_alone_and_nothing_invented_behind():
    real = make_bill("S4075", year=2025)
    before = Person.objects.count()
    loading.load(40, today=TODAY)
    real.substituted_by = Bill.objects.filter(source=SOURCE).first()
    real.save()
    assert removing.remove() == 40
    real.refresh_from_db()
    assert (Bill.objects.get(), real.substituted_by) == (real, None)
    assert Person.objects.count() == before
    assert not Person.objects.filter(slug__startswith=PREFIX).exists()
    assert Bill.history.filter(history_type="-").count() == 0
