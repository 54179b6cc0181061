"""The address alone says which language a page is in."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from config import languages
from tests.factories import make_bill

pytestmark = pytest.mark.django_db


def test_a_prefix_gives_the_language_and_no_cookie_or_header_does(client):
    spanish = client.get("/es/", HTTP_ACCEPT_LANGUAGE="en")
    assert (spanish["Content-Language"], 'lang="es"' in spanish.content.decode()) == ("es", True)
    client.cookies["django_language"] = "es"
    english = client.get("/", HTTP_ACCEPT_LANGUAGE="es")
    assert (english["Content-Language"], 'lang="en"' in english.content.decode()) == ("en", True)
    assert "Accept-Language" not in english.get("Vary", "")


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/en/", "/"),
        ("/en/bills/?session=2017", "/bills/?session=2017"),
        ("/es", "/es/"),
        ("/es/bills", "/es/bills/"),
        ("/es/bills/ny/2018/S9001A/", "/es/bills/ny/2017/s9001/"),
    ],
)
def test_other_spellings_of_an_address_lead_to_it(client, asked, led_to):
    make_bill("S9001")
    told = client.get(asked)
    assert (told.status_code, told["Location"]) == (301, led_to)


@pytest.mark.parametrize(
    "address", ["/fr/", "/xx/bills/", "/es/nowhere/", "/en/nowhere/", "/es/admin/", "/es/healthz"]
)
def test_what_there_is_not_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_error_page_is_in_the_language_of_its_address(client):
    assert 'lang="es"' in client.get("/es/nowhere/").content.decode()


def test_every_page_names_itself_in_every_language(client, settings):
    address = make_bill("S9001").get_absolute_url()
    for asked in (address, f"/es{address}"):
        html = client.get(asked).content.decode()
        told = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html)
        assert told == [
            ("en", f"{settings.SITE_URL}{address}"),
            ("x-default", f"{settings.SITE_URL}{address}"),
            ("es", f"{settings.SITE_URL}/es{address}"),
        ]


def test_the_switch_keeps_the_list_as_it_is(client):
    assert (
        'href="/es/bills/?session=2017&amp;q=a%20b"'
        in client.get("/bills/?session=2017&q=a%20b").content.decode()
    )
    assert 'href="/bills/?session=2017"' in client.get("/es/bills/?session=2017").content.decode()


def test_links_stay_in_the_language(client):
    make_bill("S9001")
    hrefs = re.findall(r'href="(/[^"]*)"', Client().get("/es/bills/").content.decode())
    english = [one for one in hrefs if not one.startswith(("/es/", "/static/"))]
    assert english == ["/bills/"] * len(english), "only the switch leads to English"
    assert len(hrefs) > 10


def test_languages_in_preparation_cover_the_language_access_law():
    codes = {code for code, _name in languages.LANGUAGES + languages.IN_PREPARATION}
    assert codes == {
        "en",
        "es",
        "ar",
        "bn",
        "fr",
        "ht",
        "it",
        "ko",
        "pl",
        "ru",
        "ur",
        "yi",
        "zh-hans",
        "zh-hant",
    }


def test_no_address_makes_the_switch_lead_to_another_site(client):
    told = client.get("/es//elsewhere.example/")
    assert told.status_code == 404
    assert 'href="/elsewhere.example/"' in told.content.decode()
    assert 'href="//' not in told.content.decode()
