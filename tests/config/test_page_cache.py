"""Pages that are kept: made once, the same for everybody, and never shown after what they show has changed."""

from __future__ import annotations

import gzip
import threading

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from bills.models import Bill, PollAnswer
from bills.refresh import store
from config import page_cache
from sponsors.publishing import MARK, pages_changed
from tests.factories import lines, make_bill, make_session, make_snapshot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept")]


@pytest.fixture
def kept(settings):
    settings.PAGE_CACHE_SECONDS = 600


def test_a_second_reader_costs_the_database_nothing(client, django_assert_num_queries):
    bill = make_bill("S9001")
    first = client.get(bill.get_absolute_url())
    with django_assert_num_queries(0):
        second = Client().get(bill.get_absolute_url())
    assert second.content == first.content
    for name in ("Content-Type", "Content-Language", "Content-Security-Policy", "X-Frame-Options", "ETag"):
        assert second[name] == first[name]


@pytest.mark.parametrize(
    "address", ["/", "/bills/", "/bills/?session=2017", "/statements/", "/sponsors/", "/about/"]
)
def test_every_page_for_everybody_may_stand_in_caches(client, address):
    make_bill("S9001")
    shown = client.get(address)
    assert shown["Cache-Control"] == page_cache.CACHE_CONTROL
    assert shown["Vary"] == "Accept-Encoding"
    assert not shown.cookies


@pytest.mark.parametrize("address", ["/bills/ny/2017/s9001/poll/", "/healthz", "/readyz", "/admin/login/"])
def test_what_is_a_visitors_own_or_of_the_moment_may_not(client, address):
    make_bill("S9001")
    assert "public" not in client.get(address).get("Cache-Control", "")
    assert cache._cache.get_client().keys("*page:*") == []


def test_a_change_is_seen_with_the_next_request(client):
    make_session()
    before = make_snapshot("S9001", lines("2026-01-07 senate REFERRED TO CODES"), session=2025)
    bill = store(before, source="records", now=timezone.now()).bill
    assert "Codes" in client.get(bill.get_absolute_url()).content.decode()
    after = make_snapshot(
        "S9001",
        lines("2026-01-07 senate REFERRED TO CODES", "2026-02-03 senate REPORTED AND COMMITTED TO FINANCE"),
        session=2025,
    )
    store(after, source="records", now=timezone.now())
    assert "Senate Finance Committee" in client.get(bill.get_absolute_url()).content.decode()


def test_nothing_outdates_a_page_before_the_commit(client):
    bill = make_bill("S9001", title="Relates to lamps")
    client.get(bill.get_absolute_url())
    mark = cache.get(MARK)
    with transaction.atomic():
        Bill.objects.update(title="Relates to candles")
        pages_changed()
        pages_changed()
        assert cache.get(MARK) == mark
    assert cache.get(MARK) != mark
    assert "candles" in client.get(bill.get_absolute_url()).content.decode()


def test_a_change_that_is_taken_back_leaves_the_pages(client):
    make_bill("S9001")
    client.get("/bills/")
    mark = cache.get(MARK)
    with transaction.atomic():
        pages_changed()
        transaction.set_rollback(True)
    assert cache.get(MARK) == mark


def test_what_staff_save_is_seen_at_once(client, admin_client):
    bill = make_bill("S9001", short_name="Lamp Act")
    assert "Lamp Act" in client.get(bill.get_absolute_url()).content.decode()
    Bill.objects.update(short_name="Candle Act")
    admin_client.post("/admin/bills/bill/", {"action": ""})
    assert "Candle Act" in client.get(bill.get_absolute_url()).content.decode()


def test_a_made_up_session_outdates_no_page(client):
    """Else anybody could have every page made anew, over and over."""
    bill = make_bill("S9001", short_name="Lamp Act")
    client.get(bill.get_absolute_url())
    mark = cache.get(MARK)
    client.cookies["sessionid"] = "made-up"
    client.post(bill.get_absolute_url())
    client.post("/admin/login/", {"username": "nobody", "password": "nothing"})
    assert cache.get(MARK) == mark


def test_an_answer_in_the_poll_outdates_no_page(client):
    bill = make_bill("S1066", year=2025)
    client.get(bill.get_absolute_url())
    mark = cache.get(MARK)
    client.post(f"{bill.get_absolute_url()}poll/", {"answer": "aye"}, HTTP_SEC_FETCH_SITE="same-origin")
    assert PollAnswer.objects.count() == 1
    assert cache.get(MARK) == mark


def test_a_new_day_makes_pages_anew(client, time_machine):
    time_machine.move_to("2018-12-31 23:00-05:00", tick=False)
    bill = make_bill("S9001", status_date="2017-02-02")
    assert "session of this bill ended" not in client.get(bill.get_absolute_url()).content.decode()
    time_machine.shift(2 * 60 * 60)
    assert "session of this bill ended" in client.get(bill.get_absolute_url()).content.decode()


# --- asked whether it is still the same


def test_an_unchanged_page_is_not_sent_again(client, django_assert_num_queries):
    bill = make_bill("S9001")
    first = client.get(bill.get_absolute_url())
    with django_assert_num_queries(0):
        by_tag = client.get(bill.get_absolute_url(), HTTP_IF_NONE_MATCH=first["ETag"])
        by_time = client.get(bill.get_absolute_url(), HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_time.status_code == 304
    assert by_tag["ETag"] == first["ETag"]


def test_a_page_that_is_made_anew_and_says_the_same_keeps_its_tag_and_time(client, time_machine):
    time_machine.move_to("2026-03-02 12:00+00:00", tick=False)
    make_bill("S9001")
    first = client.get("/about/")
    time_machine.shift(60)
    pages_changed()
    again = client.get("/about/", HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
    assert again.status_code == 304
    assert (again["ETag"], again["Last-Modified"]) == (first["ETag"], first["Last-Modified"])


def test_a_page_that_says_something_else_has_another_tag_and_time(client, time_machine):
    time_machine.move_to("2026-03-02 12:00+00:00", tick=False)
    bill = make_bill("S9001", short_name="Lamp Act")
    first = client.get(bill.get_absolute_url())
    time_machine.shift(60)
    Bill.objects.update(short_name="Candle Act")
    pages_changed()
    again = client.get(
        bill.get_absolute_url(),
        HTTP_IF_NONE_MATCH=first["ETag"],
        HTTP_IF_MODIFIED_SINCE=first["Last-Modified"],
    )
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]
    assert again["Last-Modified"] != first["Last-Modified"]


# --- how it is sent


def test_a_kept_page_is_sent_compressed_to_those_who_can_read_that(client):
    address = make_bill("S9001").get_absolute_url()
    plain = client.get(address)
    packed = client.get(address, HTTP_ACCEPT_ENCODING="gzip, br")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2


def test_a_head_request_is_answered_from_what_is_kept(client, django_assert_num_queries):
    address = make_bill("S9001").get_absolute_url()
    client.get(address)
    with django_assert_num_queries(0):
        told = client.head(address)
    assert (told.status_code, told.content) == (200, b"")


def test_each_language_has_a_page_of_its_own(client):
    address = make_bill("S9001").get_absolute_url()
    assert 'lang="en"' in client.get(address).content.decode()
    assert 'lang="es"' in client.get(f"/es{address}").content.decode()


# --- many at once, and without Redis


def test_of_many_who_ask_at_once_one_makes_the_page(monkeypatch):
    address = make_bill("S9001").get_absolute_url()
    made, start = [], threading.Barrier(6)
    may_be_kept = page_cache._may_be_kept

    def counted(request, response):
        made.append(request.path)
        return may_be_kept(request, response)

    monkeypatch.setattr(page_cache, "_may_be_kept", counted)
    told = []

    def ask() -> None:
        start.wait()
        try:
            told.append(Client().get(address).content)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 6
    assert len(set(told)) == 1
    assert made == [address]


@pytest.mark.parametrize("address", ["poll/", "badge.svg", "nothing/"])
def test_nobody_waits_for_an_answer_that_will_not_be_kept(client, monkeypatch, address):
    """Else two visitors of one poll, or two crawlers at one missing page, would hold a worker for seconds each."""
    address = f"{make_bill('S9001').get_absolute_url()}{address}"
    first = client.get(address)
    waited = []
    monkeypatch.setattr(page_cache.time, "sleep", waited.append)
    monkeypatch.setattr(page_cache, "_claim", lambda _making: False)  # somebody else asks for it, too
    assert client.get(address).status_code == first.status_code
    assert waited == []


def test_a_claim_that_was_let_go_keeps_nobody_waiting(client, monkeypatch):
    waited = []
    monkeypatch.setattr(page_cache.time, "sleep", waited.append)
    monkeypatch.setattr(page_cache, "_claim", lambda _making: False)
    assert client.get(make_bill("S9001").get_absolute_url()).status_code == 200
    assert waited == []


def test_who_only_waited_lets_go_of_nobodys_claim(client, monkeypatch):
    address = make_bill("S9001").get_absolute_url()
    monkeypatch.setattr(page_cache, "WAITING_SECONDS", 0)
    claims = []

    def claim(making):
        claims.append(making)
        cache.set(making, page_cache.BEING_MADE, 10)
        return False

    monkeypatch.setattr(page_cache, "_claim", claim)
    assert client.get(address).status_code == 200
    assert cache.get(claims[0]) == page_cache.BEING_MADE


def test_without_redis_pages_are_made_each_time(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    shown = client.get(make_bill("S9001").get_absolute_url())
    assert shown.status_code == 200
    assert shown["Cache-Control"] == page_cache.CACHE_CONTROL


@pytest.mark.parametrize("query", ["", "?x=" + "a" * 2000, "?" + "page=1&" * 300])
def test_no_address_breaks_it(client, query):
    assert client.get(f"/bills/{query}").status_code == 200


# --- crawlers


def test_a_network_that_asks_for_one_list_after_the_other_is_asked_to_wait(client, settings):
    settings.LISTS_PER_MINUTE = 3
    bill = make_bill("S9001")
    kept = "/bills/?page=1"
    answers = [client.get(f"/bills/?page={number}").status_code for number in range(1, 4)]
    refused = client.get("/es/bills/?page=4")
    assert answers == [200, 200, 200]
    assert (refused.status_code, refused["Retry-After"], refused["Cache-Control"]) == (429, "60", "no-store")
    assert 'lang="es"' in refused.content.decode()
    assert "frame-ancestors 'none'" in refused["Content-Security-Policy"]
    assert refused["X-Frame-Options"] == "DENY"
    assert client.get(kept).status_code == 200, "what is kept costs nothing"
    assert client.get(bill.get_absolute_url()).status_code == 200
    assert client.get("/api/v1/bills?limit=1").status_code == 200
    assert Client(REMOTE_ADDR="198.51.100.7").get("/bills/?page=5").status_code == 200
    keys = [key.decode() for key in cache._cache.get_client().keys("*lists:*")]
    assert keys
    assert not any("127.0.0.1" in key for key in keys)


def test_a_list_as_a_file_counts_without_a_query_too_and_a_poll_never(client, settings):
    settings.LISTS_PER_MINUTE = 1
    poll = f"{make_bill('S9001').get_absolute_url()}poll/?framed=1"
    assert [client.get(poll).status_code for _ in range(3)] == [200, 200, 200]
    assert [client.get("/bills/list.csv").status_code for _ in range(2)] == [200, 429]
