"""Addresses of bills: the one, other spellings, and those of nothing."""

from __future__ import annotations

import pytest

from tests.factories import make_bill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


@pytest.mark.parametrize(
    "address",
    [
        "/bills/ny/2017/S4075/",
        "/bills/ny/2017/s4075a/",
        "/bills/ny/2017/S.04075-A/",
        "/bills/ny/2018/s4075/",
        "/bills/NY/2017/s4075/",
        "/bills/ny/2018/2018-S4075/",
    ],
)
def test_any_other_spelling_leads_to_the_canonical_address_for_good(client, address):
    make_bill("S4075")
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, "/bills/ny/2017/s4075/")


def test_the_redirect_keeps_the_query_string(client):
    make_bill("S4075")
    assert client.get("/bills/ny/2018/s4075/?a=1")["Location"] == "/bills/ny/2017/s4075/?a=1"


@pytest.mark.parametrize(
    "address",
    [
        "/bills/ny/2017/s9999/",
        "/bills/ny/2017/4075/",
        "/bills/ny/2017/hello/",
        "/bills/tx/2017/s4075/",
        "/bills/ny/9999/s4075/",
        "/bills/ny/0/s4075/",
        "/bills/ny/2017/s4075%00/",
        "/bills/ny/2017/%F0%9F%92%A9/",
        "/bills/ny/2017/" + "9" * 3000 + "/",
        "/bills/us/2017/s4075a/",
    ],
)
def test_an_address_of_nothing_is_not_found(client, address):
    make_bill("S4075")
    assert client.get(address).status_code == 404


def test_an_unpublished_bill_is_not_found(client):
    bill = make_bill("S4075", is_published=False)
    assert client.get(bill.get_absolute_url()).status_code == 404


def test_a_bill_page_takes_no_post(client):
    assert client.post(make_bill().get_absolute_url()).status_code == 405


def test_addresses_of_the_other_legislatures(client):
    council = make_bill("Int 486", legislature="nyc", year=2014, chamber="council", status="IN_COMMITTEE")
    congress = make_bill("HR 6", legislature="us", year=116, chamber="house", status="INTRODUCED")
    assert council.get_absolute_url() == "/bills/nyc/2014/int-486/"
    assert client.get("/bills/nyc/2016/Int%200486-2014/")["Location"] == council.get_absolute_url()
    assert client.get("/bills/us/2019/H.R.6/")["Location"] == congress.get_absolute_url()
    assert client.get(council.get_absolute_url()).status_code == 200
    assert client.get(congress.get_absolute_url()).status_code == 200
