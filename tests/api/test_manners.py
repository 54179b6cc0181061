"""How the API behaves whatever is asked: caches, other sites, limits, methods, languages, errors."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError as NoRedis

from sponsors import limits
from tests.factories import make_bill

pytestmark = pytest.mark.django_db
BILL = "/api/v1/bills/ny/2025/s90001"


@pytest.fixture(autouse=True)
def _redis_is_asked(monkeypatch):
    monkeypatch.setattr(limits, "_redis_rests_until", 0.0)


def problem(answer, status: int) -> dict:
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert told["status"] == status
    assert told["type"] == "about:blank"
    assert told["title"]
    assert told["detail"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-store"
    return told


def test_a_known_answer_is_not_sent_again(client, record):
    first = client.get(BILL)
    again = client.get(BILL, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Last-Modified"] == first["Last-Modified"] == "Mon, 09 Mar 2026 12:00:00 GMT"
    assert again["Access-Control-Allow-Origin"] == "*"
    for others in (f'"x", W/{first["ETag"]}', "*"):
        assert client.get(BILL, headers={"If-None-Match": others}).status_code == 304
    assert client.get(BILL, headers={"If-None-Match": '"other", nonsense'}).status_code == 200


@pytest.mark.parametrize(
    "path", ["bills", "issues", "people", "statements", "changes", "status", "", "openapi.json"]
)
def test_every_answer_has_a_tag_and_may_be_kept(client, record, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
    assert not answer.has_header("Vary")
    assert client.get(f"/api/v1/{path}", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_bill_that_changes_or_goes_changes_the_tag(client, record):
    first = client.get("/api/v1/bills")
    record.title = "Relates to another example"
    record.save()
    second = client.get("/api/v1/bills", headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    record.is_published = False
    record.save()
    # By its dates alone nobody could tell that a bill has left the list.
    third = client.get(
        "/api/v1/bills",
        headers={"If-None-Match": second["ETag"], "If-Modified-Since": second["Last-Modified"]},
    )
    assert third.status_code == 200


def test_head_is_get_without_the_body(client, record):
    got, head = client.get(BILL), client.head(BILL)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(got.content))
    assert head["ETag"] == got["ETag"]


def test_other_sites_may_ask_and_no_credentials_are_taken(client, record):
    asked = {"Origin": "https://news.example", "Access-Control-Request-Method": "GET"}
    answer = client.options(BILL, headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert not answer.has_header("Access-Control-Allow-Credentials")
    assert "RateLimit" in client.get(BILL, headers=asked)["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, record, method):
    answer = getattr(Client(enforce_csrf_checks=True), method)(BILL)
    problem(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_no_cookie_is_set_even_for_one_who_is_logged_in(admin_client, record):
    assert not admin_client.get(BILL).cookies


def test_the_words_are_english_whatever_the_browser_asks_for(client, record, settings):
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    plain = client.get(BILL)
    assert client.get(BILL, headers={"Accept-Language": "es"}).content == plain.content
    assert "In the Senate Codes Committee" in plain.json()["status_words"]
    client.get(BILL, headers={"Accept-Language": "es"})
    assert not client.get(BILL).has_header("Content-Language")


# --- limits, counted by the real Redis


def test_whoever_asks_too_often_is_told_in_words_when_to_come_back(client, record, settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    left = [client.get(BILL)["RateLimit"] for _ in range(3)]
    assert left == [f'"minute";r={left};t=30' for left in (2, 1, 0)]
    answer = client.get(BILL)
    told = problem(answer, 429)
    assert told["retry_after_seconds"] == 30
    assert "Come back in 30 seconds." in told["detail"]
    assert answer["Retry-After"] == "30"
    assert answer["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert answer["RateLimit"] == '"minute";r=0;t=30'


def test_the_next_minute_and_another_network_begin_anew(client, record, settings, time_machine):
    settings.API_REQUESTS_PER_MINUTE = 1
    client.get(BILL)
    assert client.get(BILL).status_code == 429
    assert client.get(BILL, REMOTE_ADDR="10.9.8.7").status_code == 200
    time_machine.move_to("2026-03-10T12:01:00-04:00", tick=False)
    assert client.get(BILL).status_code == 200


def test_pages_and_preflights_are_not_counted(client, record, settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    for _ in range(3):
        assert client.options(BILL).status_code == 204
        assert client.get("/api/").status_code == 200
        assert client.get("/bills/").status_code == 200
    assert client.get(BILL).status_code == 200


def test_no_network_address_is_kept(client, record):
    client.get(BILL, REMOTE_ADDR="203.0.113.77")
    keys = cache._cache.get_client().keys("*")
    assert any(b"api:" in key for key in keys)
    assert not any(b"203.0.113" in key for key in keys)


def test_without_redis_nobody_is_limited_and_it_is_left_alone_for_a_while(
    client, record, settings, monkeypatch
):
    settings.API_REQUESTS_PER_MINUTE = 1
    asked = []

    def fails(*_args, **_more):
        asked.append(1)
        raise NoRedis("gone")

    monkeypatch.setattr(limits, "count_one", fails)
    answers = [client.get(BILL) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert not answers[0].has_header("RateLimit")
    assert len(asked) == 1


# --- errors of every origin


@pytest.mark.parametrize("path", ["nothing", "bills/ny", "bills/ny/2017/s1/nothing", "openapi.yaml", "%ff"])
def test_an_address_that_is_none_gives_a_problem_not_a_page(client, path):
    problem(client.get(f"/api/v1/{path}", follow=True), 404)


def test_a_host_that_is_not_ours_gives_a_problem(client):
    problem(client.get("/api/v1/bills", headers={"Host": "evil.example"}), 400)


def test_a_fault_of_ours_gives_a_problem_that_tells_nothing_of_the_inside(record, monkeypatch):
    from bills.api import bills as api_of_bills

    def breaks(*_args, **_more):
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(api_of_bills, "bill_shape", breaks)
    answer = Client(raise_request_exception=False).get("/api/v1/bills")
    told = problem(answer, 500)
    assert "secret" not in str(told)


def test_the_site_itself_keeps_its_own_error_pages(client):
    answer = client.get("/nothing")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert not answer.has_header("Access-Control-Allow-Origin")


def test_odd_texts_come_back_as_they_are(client):
    title = "<script>alert(1)</script> ‏قانون “Dreamers” \\ \u2028 =1+1"
    make_bill("S1", title=title)
    answer = client.get("/api/v1/bills/ny/2017/s1")
    assert answer.json()["title"] == title
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
