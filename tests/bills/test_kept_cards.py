"""A card that was kept is the one that would be written now: nothing that it shows can change without it."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import engines
from django.utils import translation

from bills.markup import cards
from bills.models import Bill
from bills.models.bill import STANDING_FIELDS
from tests.factories import make_bill, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


@pytest.fixture
def written():
    return []


@pytest.fixture
def card(written):
    """The card of a bill as lists have it; `written` has the bills whose cards were not kept."""
    macro = engines["jinja2"].env.get_template("bills/_cards.html").module.bill_card

    def write(bill, level):
        written.append(bill.pk)
        return macro(bill, level)

    kept = cards.kept(write)
    return lambda bill, level=3: kept(Bill.objects.for_cards().get(pk=bill.pk), level)


def test_the_same_card_is_written_once_for_each_language_level_and_day(card, written, time_machine):
    bill = make_bill("S1", year=2025, short_name="Lanterns Act", last_action_on=date(2026, 2, 3))
    first = card(bill)
    assert card(bill) == first
    assert len(written) == 1
    with translation.override("es"):
        assert 'href="/es/bills/' in card(bill)
    assert "<h2" in card(bill, 2)
    time_machine.move_to("2027-03-01T12:00:00-05:00")
    assert "is-alive" in first
    assert "is-alive" not in card(bill), "its session has ended"
    assert len(written) == 4


CHANGES = {
    "title": "Relates to kites", "short_name": "Kites Act", "base_print_no": "S9", "slug": "s9", "file_no": "Int 9",
    "chamber": "assembly", "is_resolution": True, "active_amendment": "A", "status": "SENATE_FLOOR",
    "status_date": date(2026, 2, 9), "status_chamber": "assembly", "status_committee": "FINANCE",
    "outcome": "vetoed", "ended_on": date(2026, 2, 9), "substituted_by_print_no": "A9", "chapter": "9 of 2026",
    "law_since": date(2026, 2, 9), "last_action_on": date(2026, 2, 9), "is_published": False,
}  # fmt: skip
RELATED = {"substituted_by", "proposal", "session__legislature"}


def test_every_column_of_a_card_is_tried_here():
    assert set(STANDING_FIELDS) | {"title", "short_name"} == {*CHANGES, *RELATED} | {
        f"session__{name}" for name in ("year", "label", "start", "end")
    }


@pytest.mark.parametrize("column", CHANGES)
def test_a_column_that_changes_brings_another_card(card, written, column):
    ended = {"outcome": "signed", "ended_on": date(2026, 2, 1)} if column == "law_since" else {}
    bill = make_bill("S1", year=2025, **ended)
    card(bill)
    Bill.objects.filter(pk=bill.pk).update(**{column: CHANGES[column]})
    card(bill)
    assert len(written) == 2


@pytest.mark.parametrize(
    ("column", "value"), [("label", "2025 to 2026"), ("end", date(2026, 1, 1)), ("year", 2031)]
)
def test_so_does_its_session_and_the_bill_that_took_its_place(card, written, column, value):
    other = make_bill("A1", year=2025)
    bill = make_bill(
        "S1", year=2023, outcome="substituted", substituted_by=other, substituted_by_print_no="A1"
    )
    card(bill)
    make_session("ny", 2023).__class__.objects.filter(year=2023).update(**{column: value})
    card(bill)
    assert len(written) == 2
    make_session("ny", 2025).__class__.objects.filter(year=2025).update(end=date(2025, 12, 1))
    card(bill)
    Bill.objects.filter(pk=other.pk).update(status="ASSEMBLY_FLOOR")
    card(bill)
    assert len(written) == 4


def test_no_more_than_so_many_are_kept_and_then_it_begins_anew(card, written, monkeypatch):
    monkeypatch.setattr(cards, "MOST_KEPT", 2)
    bills = [make_bill() for _ in range(3)]
    for bill in (*bills, bills[2], bills[0]):
        card(bill)
    assert written == [*(bill.pk for bill in bills), bills[0].pk]
