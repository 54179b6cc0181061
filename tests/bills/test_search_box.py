"""The box that takes a print number in any spelling."""

from __future__ import annotations

import pytest

from tests.factories import make_bill
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


@pytest.mark.parametrize(
    "query", ["S4075", "s.04075-A", "S 4075a", "bill s4075 please", "2017-S4075", "Senate Bill 4075"]
)
def test_any_spelling_leads_straight_to_the_only_bill_of_that_number(client, query):
    bill = make_bill("S4075")
    assert client.get("/bills/go/", {"q": query})["Location"] == bill.get_absolute_url()


def test_a_number_of_several_sessions_is_a_choice_newest_first(client):
    make_bill("S3076", year=2017)
    make_bill("S3076", year=2021)
    page = text_of(client.get("/bills/go/?q=S.03076-A"))
    assert page.index("2021-2022") < page.index("2017-2018")


def test_a_session_in_the_query_decides(client):
    make_bill("S3076", year=2017)
    bill = make_bill("S3076", year=2021)
    assert client.get("/bills/go/?q=S3076-2022")["Location"] == bill.get_absolute_url()


def test_a_pair_offers_both(client):
    first, second = make_bill("S3076", year=2021), make_bill("A2328", year=2021)
    html = client.get("/bills/go/?q=S.03076-A/A.02328-A").content.decode()
    assert first.get_absolute_url() in html
    assert second.get_absolute_url() in html


def test_half_a_pair_is_shown_with_the_other_named_as_unknown(client):
    make_bill("S3076", year=2021)
    page = text_of(client.get("/bills/go/?q=S3076/A2328"))
    assert "We do not follow A2328 (yet)." in page


def test_digits_alone_offer_every_bill_of_that_number(client):
    make_bill("S4075"), make_bill("A4075"), make_bill("A14075")
    page = text_of(client.get("/bills/go/?q=4075"))
    assert "S4075" in page
    assert "A4075" in page
    assert "A14075" not in page


def test_the_same_letters_of_congress_are_offered_too(client):
    bill = make_bill("S744", legislature="us", year=113, status="INTRODUCED")
    assert client.get("/bills/go/?q=S.744")["Location"] == bill.get_absolute_url()


def test_an_unknown_number_gets_an_honest_page_and_the_official_address(client):
    answer = client.get("/bills/go/?q=S9999")
    assert answer.status_code == 404
    assert "We do not follow S9999 (yet)" in text_of(answer)
    assert "https://www.nysenate.gov/legislation/bills/2025/S9999" in answer.content.decode()


@pytest.mark.parametrize("query", ["dream act", "2020 dream act", "ley de dignidad", "'; drop table", "<b>"])
def test_words_go_on_to_the_search(client, query):
    answer = client.get("/bills/go/", {"q": query}, follow=True)
    assert answer.redirect_chain[0][0].startswith("/search/?q=")
    assert answer.status_code == 200


def test_an_empty_search_shows_the_list(client):
    assert client.get("/bills/go/")["Location"] == "/bills/"


@pytest.mark.parametrize("query", ["S4075\x00", "x" * 201, "S" * 100_000])
def test_an_unusable_search_is_refused_in_words(client, query):
    answer = client.get("/bills/go/", {"q": query})
    assert answer.status_code == 400
    assert "We cannot search for that" in text_of(answer)
