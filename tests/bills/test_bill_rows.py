"""A bill in a short list: what the record says is escaped, and every part is there or not as asked for."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import engines
from django.utils import translation

from bills.models import Bill
from tests.factories import make_bill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


def row(bill: Bill, source: str = "{{ bill_row(bill) }}") -> str:
    bill = Bill.objects.for_cards().get(pk=bill.pk)
    return engines["jinja2"].from_string(source).render({"bill": bill})


def test_what_a_record_says_is_escaped_and_a_day_is_a_time():
    bill = make_bill("S1", short_name="<b>Lanterns & 'kites'</b>", year=2025, last_action_on=date(2026, 2, 3))
    html = row(bill, "{{ bill_row(bill, 4, dated=true, tried=3) }}")
    assert "&lt;b&gt;Lanterns &amp; &#39;kites&#39;&lt;/b&gt;" in html
    assert "<b>" not in html
    assert 'last moved <time datetime="2026-02-03">February 3, 2026</time></p>' in html
    assert "Tried in 3 sessions." in html
    assert '<h4 class="row-title">' in html
    assert '<span class="for-readers">Alive</span>' in html


def test_what_was_not_asked_for_or_is_not_known_is_not_there():
    html = row(make_bill("S1", last_action_on=date(2017, 2, 3)), "{{ bill_row(bill, tried=1) }}")
    assert "last moved" not in html
    assert "Tried" not in html
    assert '<h3 class="row-title">' in html
    assert "last moved" not in row(make_bill("S2", last_action_on=None), "{{ bill_row(bill, dated=true) }}")


def test_a_long_name_is_cut_and_a_law_says_since_when():
    bill = make_bill(
        "S1",
        title=" ".join(["word"] * 40),
        outcome="signed",
        ended_on=date(2017, 6, 1),
        law_since=date(2017, 6, 1),
    )
    html = row(bill)
    assert html.count("word") == 18
    assert "word …" in html
    assert "This has been law since June 1, 2017" in html
    with translation.override("es"):
        assert "es ley desde" in row(bill)
