"""Our own pages for errors, and what machines and worried readers ask for."""

from __future__ import annotations

import gzip
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.test import Client
from django.urls import path

from bills.models import Issue, Sponsorship
from config import urls
from config.views import SHOWN_AT_HOME
from tests.factories import make_bill, make_person, make_statement
from tests.reading import text_of, without_our_scripts


def denied(request):
    raise PermissionDenied


def nonsense(request):
    raise SuspiciousOperation("?")


def broken(request):
    raise RuntimeError("secret detail")


urlpatterns = [
    path("denied/", denied),
    path("nonsense/", nonsense),
    path("broken/", broken),
    *urls.urlpatterns,
]
handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler500 = "config.views.server_error"

with_faults = pytest.mark.urls(__name__)


@with_faults
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nonsense/", 400, "This request makes no sense to us"),
        ("/denied/", 403, "You may not see this"),
        ("/nowhere/", 404, "There is no such page"),
        ("/broken/", 500, "Something broke on our side"),
    ],
)
def test_each_error_has_a_page_of_ours_that_needs_no_database(address, status, words):
    answer = Client(raise_request_exception=False).get(address)
    page = text_of(answer)
    assert answer.status_code == status
    assert words in page
    assert "To the front page" in page
    assert "secret detail" not in page
    assert "Find bills, people and statements" in page


def test_an_unknown_host_gets_our_page_too():
    answer = Client().get("/", HTTP_HOST="elsewhere.example")
    assert answer.status_code == 400
    assert "This request makes no sense to us" in text_of(answer)


@pytest.mark.django_db
def test_a_form_without_its_token_is_told_so():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert answer.status_code == 403
    assert "Nothing was saved" in text_of(answer)


@pytest.mark.parametrize(
    "address", ["/", "/bills/", "/statements/", "/sponsors/", "/status/", "/privacy/", "/about/"]
)
def test_pages_are_for_reading_only(client, address):
    assert client.post(address).status_code == 405


# --- for machines


def test_healthz_asks_nobody(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_readyz_is_ready_where_both_answer(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "redis": "ok"})


@pytest.mark.django_db
def test_readyz_names_redis_when_it_is_down(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "redis": "no answer"})


@pytest.mark.django_db
def test_readyz_names_the_database_when_it_is_down(client, monkeypatch):
    from django.db import OperationalError

    def refuse(*_args):
        raise OperationalError("refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": "no answer", "redis": "ok"})


def test_robots_keep_out_of_the_desk_and_the_polls(client, settings):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Disallow: /*/poll/" in lines
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines


@pytest.mark.django_db
def test_the_sitemap_leads_to_every_public_page(client, settings):
    bill, hidden = make_bill("S9001"), make_bill("S9002", is_published=False)
    person = make_person("Ana Example")
    Sponsorship.objects.create(bill=bill, kind="prime", position=1, name_as_written="E", person=person)
    pages = [bill, person, make_statement("She speaks"), Issue.objects.create(slug="housing", name="Housing")]
    draft = make_statement("Draft", state="draft")
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = []
    for place in index.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        part = ElementTree.fromstring(client.get(place.text.removeprefix(settings.SITE_URL)).content)
        found += [one.text for one in part.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    for page in pages:
        assert f"{settings.SITE_URL}{page.get_absolute_url()}" in found
    for page in (hidden, draft):
        assert f"{settings.SITE_URL}{page.get_absolute_url()}" not in found
    in_spanish = client.get("/sitemap-bills.xml").content.decode()
    assert f'hreflang="es" href="{settings.SITE_URL}/es{pages[0].get_absolute_url()}"' in in_spanish
    assert client.get("/sitemap-nothing.xml").status_code == 404


# --- the front page and the promises


@pytest.mark.django_db
def test_the_front_page_with_nothing_loaded_says_so(client):
    page = text_of(client.get("/"))
    assert "No proposal is alive in a running session." in page
    assert "No statements have been loaded yet." in page


@pytest.mark.django_db
def test_the_front_page_takes_at_most_five_queries(client, django_assert_max_num_queries):
    for n in range(SHOWN_AT_HOME * 2):
        bill = make_bill(year=2025)
        make_statement(f"Speech {n}", bill=bill, speaker="Ana Example")
    with django_assert_max_num_queries(5):
        assert client.get("/").status_code == 200


def test_the_promises_stand_on_the_privacy_page(client):
    page = text_of(client.get("/privacy/"))
    for words in ("Reading sets no cookie.", "immigration status", "kept for 365 days", "for 10 minutes"):
        assert words in page


def test_about_says_what_passage_is_not(client):
    page = text_of(client.get("/about/"))
    assert "It is not a government site, and nothing here is legal advice." in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/bills/", "/bills/ny/2025/s9001/", "/about/", "/nowhere/"])
def test_no_page_has_inline_style_or_script_or_asks_another_host(client, address):
    make_bill("S9001", year=2025, official_url="https://www.nysenate.gov/legislation/bills/2025/S9001")
    html = client.get(address).content.decode()
    assert "<script" not in without_our_scripts(html)
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert 'src="http' not in html
    assert '<link rel="stylesheet" href="/static/' in html


@pytest.fixture(autouse=True)
def nothing_cached():
    cache.clear()


@pytest.mark.django_db
def test_a_bill_page_with_its_style_sheet_is_light(client, settings):
    """At most 50 KB compressed in all, on the fullest page that tests know."""
    from tests.bills.bill_page import full_bill

    html = client.get(full_bill().get_absolute_url()).content
    style = (settings.BASE_DIR / "static" / "passage.css").read_bytes()
    assert len(gzip.compress(html)) + len(gzip.compress(style)) <= 50 * 1024
