"""The poll: one answer per visitor and bill, whoever tries what."""

from __future__ import annotations

import re
import threading
import uuid
from datetime import date, timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from redis.exceptions import ConnectionError as RedisIsDown

from bills import poll as polls
from bills.models import Bill, PollAnswer
from sponsors.networks import network_of
from sponsors.publishing import renew_mark
from tests.factories import make_bill
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture(autouse=True)
def nobody_counted_yet():
    cache.clear()


@pytest.fixture
def bill():
    return make_bill("S1066", year=2025)


def poll_of(bill) -> str:
    return f"{bill.get_absolute_url()}poll/"


def answer(client, bill, choice: str, **fields):
    return client.post(poll_of(bill), {"answer": choice, **fields})


def page(client, bill) -> str:
    return text_of(client.get(poll_of(bill)))


def ballot_on(client, bill) -> str:
    html = client.get(poll_of(bill)).content.decode()
    return re.search(r'name="ballot" value="([^"]+)"', html)[1]


# --- one answer, shown, changed, withdrawn


def test_an_answer_is_kept_shown_and_counted(client, bill):
    said = answer(client, bill, "aye")
    assert (said.status_code, said["Location"]) == (302, "/bills/ny/2025/s1066/poll/")
    shown = page(client, bill)
    assert "Your answer: Aye." in shown
    assert "1 answer so far" in shown
    assert "Aye 1 (100%)" in shown
    assert "Not a scientific sample" in shown


def test_a_changed_answer_takes_the_place_of_the_first(client, bill):
    answer(client, bill, "aye")
    answer(client, bill, "nay")
    assert "Your answer: Nay." in page(client, bill)
    assert list(PollAnswer.objects.values_list("answer", flat=True)) == ["nay"]


def test_a_withdrawn_answer_is_gone_and_the_cookie_with_the_last_one(client, bill):
    other = make_bill("S1067", year=2025)
    answer(client, bill, "aye")
    answer(client, other, "nay")
    answer(client, bill, "withdraw")
    assert client.cookies[polls.COOKIE].value
    answer(client, other, "withdraw")
    assert not client.cookies[polls.COOKIE].value
    assert PollAnswer.objects.count() == 0
    assert "Your answer" not in page(client, bill)


def test_withdrawing_nothing_changes_nothing(client, bill):
    assert answer(client, bill, "withdraw").status_code == 302
    assert not client.cookies.get(polls.COOKIE)


def test_the_cookie_comes_with_the_answer_and_tells_nothing(client, bill):
    page(client, bill)
    assert not client.cookies
    cookie = answer(client, bill, "undecided").cookies[polls.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 24 * 60 * 60)
    assert "undecided" not in cookie.value


def test_two_visitors_are_two_answers(bill):
    for choice in ("aye", "nay", "nay"):
        answer(Client(), bill, choice)
    shown = page(Client(), bill)
    assert "3 answers so far" in shown
    assert "Nay 2 (67%)" in shown


# --- who is counted once


def test_a_double_click_of_a_new_visitor_is_one_answer(bill):
    ballot = ballot_on(Client(), bill)
    answer(Client(), bill, "aye", ballot=ballot)
    answer(Client(), bill, "aye", ballot=ballot)
    assert PollAnswer.objects.count() == 1


def test_each_reading_of_the_page_has_a_ballot_of_its_own(bill):
    assert ballot_on(Client(), bill) != ballot_on(Client(), bill)


def test_the_cookie_counts_before_the_ballot(client, bill):
    ballot = ballot_on(client, bill)
    answer(client, bill, "aye", ballot=ballot)
    answer(client, bill, "nay", ballot=ballot_on(Client(), bill))
    assert PollAnswer.objects.count() == 1


@pytest.mark.parametrize("ballot", ["", "x", "a:b:c", "\x01", "9" * 100_000, "5e" * 16])
def test_a_ballot_that_is_none_loses_no_answer(bill, ballot):
    assert answer(Client(), bill, "aye", ballot=ballot).status_code == 302
    assert PollAnswer.objects.count() == 1


def test_a_ballot_of_another_bill_or_of_long_ago_is_a_new_visitors(bill, time_machine):
    other = make_bill("S1067", year=2025)
    ballot = ballot_on(Client(), other)
    voter = polls.voter_of_ballot(ballot, other)
    assert polls.voter_of_ballot(ballot, bill) != voter
    time_machine.shift(polls.BALLOT_AGE + timedelta(seconds=1))
    assert polls.voter_of_ballot(ballot, other) != voter


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        "::::",
        uuid.uuid4().hex,
        f"{uuid.uuid4().hex}:1:signature",
        "é",
        "A" * 5000,
        signing.TimestampSigner(salt="another purpose").sign(uuid.uuid4().hex),
        signing.TimestampSigner(salt="bills.poll.voter").sign("not a number"),
    ],
    ids=["empty", "letter", "colons", "number", "shape", "accent", "long", "other-salt", "no-number"],
)
def test_a_forged_or_broken_cookie_is_no_cookie(client, bill, cookie):
    client.cookies[polls.COOKIE] = cookie
    assert "Your answer" not in page(client, bill)
    assert answer(client, bill, "aye").status_code == 302
    assert PollAnswer.objects.count() == 1


def test_a_truncated_cookie_is_no_cookie(client, bill):
    answer(client, bill, "aye")
    client.cookies[polls.COOKIE] = client.cookies[polls.COOKIE].value[:-1]
    assert "Your answer" not in page(client, bill)


def test_a_ballot_cannot_be_used_as_a_cookie(client, bill):
    client.cookies[polls.COOKIE] = ballot_on(client, bill)
    assert "Your answer" not in page(client, bill)


@pytest.mark.django_db(transaction=True)
def test_answers_sent_at_the_same_moment_are_one(bill):
    voter, start = uuid.uuid4(), threading.Barrier(8)

    def send(choice: str) -> None:
        start.wait()
        try:
            polls.answer(bill, voter, choice)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[choice]) for choice in ("aye", "nay") * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert PollAnswer.objects.filter(bill=bill, voter=voter).count() == 1


# --- which bill


def test_one_bill_is_read_once_for_many_answers_until_something_is_written(bill):
    renew_mark()
    answer(Client(), bill, "aye")
    with CaptureQueriesContext(connection) as asked:
        answer(Client(), bill, "nay")
    assert [one["sql"].split()[0] for one in asked] == ["EXECUTE"]
    Bill.objects.filter(pk=bill.pk).update(outcome="vetoed", ended_on=date(2026, 1, 2))
    renew_mark()
    assert answer(Client(), bill, "nay").status_code == 409
    Bill.objects.filter(pk=bill.pk).update(is_published=False)
    renew_mark()
    assert answer(Client(), bill, "nay").status_code == 404
    assert PollAnswer.objects.count() == 2


def test_a_bill_is_read_for_each_answer_where_nobody_tells_what_was_written(bill):
    cache.clear()
    answer(Client(), bill, "aye")
    Bill.objects.filter(pk=bill.pk).update(outcome="vetoed", ended_on=date(2026, 1, 2))
    assert answer(Client(), bill, "nay").status_code == 409


# --- closed


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"outcome": "died", "ended_on": date(2018, 12, 31)}, "the bill died on December 31, 2018"),
        (
            {"outcome": "vetoed", "status": "VETOED", "ended_on": date(2017, 12, 1)},
            "the bill was vetoed on December 1, 2017",
        ),
        (
            {
                "outcome": "signed",
                "status": "SIGNED_BY_GOV",
                "ended_on": date(2017, 6, 1),
                "law_since": date(2017, 6, 1),
            },
            "the bill became law on June 1, 2017",
        ),
        (
            {"outcome": "substituted", "ended_on": date(2017, 6, 1), "substituted_by_print_no": "A2B"},
            "A2B took this bill’s place on June 1, 2017",
        ),
        (
            {"outcome": "stricken", "status": "STRICKEN", "ended_on": date(2017, 6, 1)},
            "the bill was withdrawn",
        ),
        ({}, "the session of this bill ended on December 31, 2018"),
    ],
)
def test_the_poll_on_a_bill_that_has_ended_is_closed_with_its_reason(client, fields, reason):
    bill = make_bill("S9001", **fields)
    shown = page(client, bill)
    assert f"This poll is closed: {reason}" in shown
    refused = answer(client, bill, "aye")
    assert refused.status_code == 409
    assert reason in refused.content.decode()
    assert PollAnswer.objects.count() == 0


def test_a_closed_poll_keeps_its_totals_in_the_bills_page(client):
    bill = make_bill("S9001", outcome="died", ended_on=date(2018, 12, 31))
    PollAnswer.objects.create(bill=bill, voter=uuid.uuid4(), answer="aye")
    shown = text_of(client.get(bill.get_absolute_url()))
    assert "1 answer so far" in shown
    assert "1 answer so far" in page(client, bill)
    assert "<iframe" not in client.get(bill.get_absolute_url()).content.decode()


# --- refused


@pytest.mark.parametrize(
    "choice", ["", "maybe", "AYE", "aye\x00", "<script>alert(1)</script>", "x" * 1_000_000]
)
def test_what_is_no_answer_is_refused_in_words(client, bill, choice):
    refused = answer(client, bill, choice)
    assert refused.status_code == 400
    html = refused.content.decode()
    assert "Choose Aye, Nay or Undecided." in html
    assert "<script>" not in html
    assert len(html) < 20_000
    assert PollAnswer.objects.count() == 0


def test_reading_the_polls_address_writes_nothing_and_is_kept_in_no_cache(client, bill):
    asked = client.get(f"{poll_of(bill)}?answer=aye")
    assert "no-store" in asked["Cache-Control"]
    assert PollAnswer.objects.count() == 0
    assert not client.cookies


# --- in the bill's page, which is the same for everybody


def test_the_bills_page_holds_nothing_of_the_visitor(client, bill):
    before = Client().get(bill.get_absolute_url())
    answer(client, bill, "aye")
    assert client.get(bill.get_absolute_url()).content == before.content
    assert b'src="/bills/ny/2025/s1066/poll/?framed=1"' in before.content


def test_in_the_frame_the_poll_stands_alone_and_stays_there(client, bill):
    framed = f"{poll_of(bill)}?framed=1"
    shown = client.get(framed)
    assert b"<header" not in shown.content
    assert client.post(framed, {"answer": "aye"})["Location"] == framed
    assert "Your answer: Aye." in text_of(client.get(framed))
    refused = client.post(framed, {"answer": "x"})
    assert (refused.status_code, b"<header" in refused.content) == (400, False)


def test_only_our_own_pages_may_frame_it(client, bill):
    shown = client.get(f"{poll_of(bill)}?framed=1")
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    page_itself = client.get(bill.get_absolute_url())
    assert "frame-ancestors 'none'" in page_itself["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, bill, method):
    assert getattr(client, method)(poll_of(bill)).status_code == 405


def test_a_missing_or_unpublished_bill_has_no_poll(client, bill):
    assert client.post("/bills/ny/2025/s9999/poll/", {"answer": "aye"}).status_code == 404
    type(bill).objects.update(is_published=False)
    assert answer(client, bill, "aye").status_code == 404


# --- from our own page only


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://testserver.elsewhere.example"},
        {"HTTP_ORIGIN": "https://testserver"},
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
        {},
    ],
)
def test_an_answer_from_another_page_is_not_kept_but_can_be_confirmed(bill, headers):
    refused = strict().post(poll_of(bill), {"answer": "aye"}, **headers)
    assert refused.status_code == 403
    assert "Please confirm your answer" in refused.content.decode()
    assert PollAnswer.objects.count() == 0


@pytest.mark.parametrize("headers", [OURS, {"HTTP_ORIGIN": "http://testserver"}])
def test_one_press_on_our_page_is_enough_without_a_cookie_before(bill, headers):
    assert strict().post(poll_of(bill), {"answer": "aye"}, **headers).status_code == 302
    assert PollAnswer.objects.count() == 1


def test_a_browser_that_says_nothing_confirms_with_djangos_token(bill):
    client = strict()
    asked = client.post(poll_of(bill), {"answer": "aye"})
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', asked.content.decode())[1]
    confirmed = client.post(poll_of(bill), {"answer": "aye", "csrfmiddlewaretoken": token})
    assert confirmed.status_code == 302
    assert PollAnswer.objects.count() == 1


# --- floods, and Redis


def test_a_network_that_sends_too_many_is_asked_to_wait(bill, time_machine):
    for _ in range(polls.ANSWERS_ALLOWED):
        assert answer(Client(), bill, "aye").status_code == 302
    refused = answer(Client(), bill, "aye")
    assert (refused.status_code, refused["Retry-After"]) == (429, "600")
    assert "try again in ten minutes" in refused.content.decode()
    assert PollAnswer.objects.count() == polls.ANSWERS_ALLOWED
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert answer(elsewhere, bill, "aye").status_code == 302


def test_no_network_address_is_kept_anywhere(bill):
    answer(Client(REMOTE_ADDR="203.0.113.77"), bill, "aye")
    keys = [key.decode() for key in cache._cache.get_client().scan_iter("*poll*")]
    assert len(keys) == 1
    assert "203.0.113.77" not in keys[0]
    assert cache._cache.get_client().ttl(keys[0]) <= 600
    assert {field.name for field in PollAnswer._meta.get_fields()} == {
        "id",
        "bill",
        "voter",
        "answer",
        "answered_on",
    }


def test_neighbours_in_one_ipv6_household_share_one_count(rf):
    def network(address, **more):
        return network_of(rf.post("/", REMOTE_ADDR=address, **more), "poll")

    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9")
    assert network("2001:db8:1:2::1") != network("2001:db8:1:3::1")
    assert network("203.0.113.1") != network("203.0.113.2")


def test_a_forwarded_address_is_believed_behind_our_own_proxy_only(rf, settings):
    def network(forwarded):
        return network_of(rf.post("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded), "poll")

    settings.SECURE_PROXY_SSL_HEADER = None
    assert network("203.0.113.1") == network("203.0.113.2")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert network("203.0.113.1") != network("203.0.113.2")
    assert network("6.6.6.6, 203.0.113.1") == network("203.0.113.1"), "only what our proxy saw counts"


def test_without_redis_answers_are_kept_all_the_same(client, bill, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    with pytest.raises(RedisIsDown):
        cache.get("anything")
    assert answer(client, bill, "aye").status_code == 302
    answer(client, bill, "nay")
    assert list(PollAnswer.objects.values_list("answer", flat=True)) == ["nay"]
    assert "Your answer: Nay." in page(client, bill)
