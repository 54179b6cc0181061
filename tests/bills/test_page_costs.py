"""What a bill's page costs in queries and bytes, and that reading it sets no cookie."""

from __future__ import annotations

import gzip

import pytest
from django.conf import settings

from bills.models import Bill
from tests.bills.bill_page import DEAD, NOW, full_bill, stored
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


def test_a_bill_page_takes_four_queries_however_long_its_record(client, django_assert_num_queries):
    bill = full_bill()
    with django_assert_num_queries(4):
        answer = client.get(bill.get_absolute_url())
    page = text_of(answer)
    assert "120 co-sponsors" in page
    assert page.count("REFERRED TO EXAMPLE") == 200
    assert page.count("Example speaks") == 50
    assert "24 earlier votes" in page
    assert "200 papers" in page


HEAVIEST = 50_000  # bytes of HTML and style sheet together, packed


@pytest.mark.parametrize("make", ["full", "usual"])
def test_a_bill_page_with_its_style_sheet_stays_light(client, make):
    bill = full_bill() if make == "full" else stored("S9001", DEAD)
    page = gzip.compress(client.get(bill.get_absolute_url()).content, compresslevel=6)
    style = gzip.compress((settings.BASE_DIR / "static/passage.css").read_bytes(), compresslevel=6)
    most = HEAVIEST if make == "full" else HEAVIEST // 3
    assert len(page) + len(style) <= most


def test_a_record_that_is_too_long_for_a_page_is_not_read_in_full(client):
    bill = full_bill()
    held = Bill.objects.for_page(NOW.date()).get(pk=bill.pk)
    assert "sponsor_memo" in held.get_deferred_fields()
    assert max(len(message["text"]) for message in held.messages) <= 10_000


@pytest.mark.parametrize(
    "address", ["/bills/ny/2017/s9001/", "/bills/", "/", "/bills/go/?q=S3", "/status/", "/privacy/"]
)
def test_reading_sets_no_cookie(client, address):
    stored("S9001", DEAD)
    answer = client.get(address)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
