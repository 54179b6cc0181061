"""One GET against servers that answer, fail, lie, drip and never end."""

from __future__ import annotations

import gzip
import json
import logging
import socket
import struct
import time
import traceback
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from werkzeug import Response

from bills.providers.base import (
    KeyRefused,
    SourceError,
    SourceResting,
    SourceUnavailable,
    UnexpectedAnswer,
)
from bills.providers.http import Answer, HttpSource, Key

SECRET = "never-show-8f31c"
PATH = "/bills/2017/S4075"


@pytest.fixture
def source(httpserver, quick):
    return HttpSource(
        httpserver.url_for("/api/3"), name="The Office", key=Key("key", "OFFICE_KEY", SECRET), manners=quick
    )


def fault_of(source: HttpSource) -> SourceError:
    with pytest.raises(SourceError) as caught:
        source.get_json(PATH)
    return caught.value


def keyless(address: str, quick) -> HttpSource:
    return HttpSource(address, name="The Office", manners=quick)


# --- good answers


def test_an_answer_is_the_json_at_the_path_below_the_base(source, httpserver):
    httpserver.expect_oneshot_request(
        f"/api/3{PATH}", query_string={"view": "no_fulltext", "key": SECRET}
    ).respond_with_json({"result": 1})
    assert source.get_json(PATH, {"view": "no_fulltext"}) == Answer(200, {"result": 1})


def test_no_address_ever_ends_in_a_slash(source, httpserver):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json({})
    source.get_json(PATH)
    assert not httpserver.log[0][0].path.endswith("/")


def test_a_404_with_json_is_the_callers_to_read(source, httpserver):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json({"errorCode": 11}, status=404)
    assert source.get_json(PATH) == Answer(404, {"errorCode": 11})


def test_packed_answers_and_a_byte_order_mark_are_read(source, httpserver):
    body = gzip.compress(b'\xef\xbb\xbf {"caf\xc3\xa9": 1} ')
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data(body, headers={"Content-Encoding": "gzip"})
    assert source.get_json(PATH).data == {"café": 1}


# --- faults, and which kind each one is


@pytest.mark.parametrize(
    ("status", "content_type", "body", "kind", "words"),
    [
        (400, "application/json", '{"errorCode": 1}', UnexpectedAnswer, "400"),
        (401, "application/json", '{"errorCode": 701}', KeyRefused, "Check OFFICE_KEY"),
        (403, "text/html", "<html>", KeyRefused, "Check OFFICE_KEY"),
        (404, "text/html", "<html>Not here</html>", SourceUnavailable, "404 with a web page"),
        (404, "text/plain", "gone", SourceUnavailable, "404 without data"),
        (410, "application/json", "{}", UnexpectedAnswer, "410"),
        (204, "application/json", "", UnexpectedAnswer, "204"),
        (429, "application/json", "{}", SourceUnavailable, "429"),
        (500, "application/json", "{}", SourceUnavailable, "500"),
        (503, "text/html", "<html>", SourceUnavailable, "503"),
        (200, "text/html", "<!doctype html><title>Sorry</title>", SourceUnavailable, "web page"),
        (200, "application/json", "\n <html>", SourceUnavailable, "web page"),
        (200, "application/json", "", SourceUnavailable, "breaks off"),
        (200, "application/json", '{"result": {"title": "Relates to', SourceUnavailable, "breaks off"),
        (200, "application/json", '{"result": {"size": 1}', SourceUnavailable, "breaks off"),
        (200, "application/json", '{"success": tru', SourceUnavailable, "breaks off"),
        (200, "application/json", "{'result': 1}", UnexpectedAnswer, "not JSON"),
        (200, "application/json", '{"size": NaN}', UnexpectedAnswer, "read alike"),
        (200, "application/json", '{"size": -Infinity}', UnexpectedAnswer, "read alike"),
        (200, "application/json", '{"size": 1, "size": 2}', UnexpectedAnswer, "read alike"),
        (200, "application/json", '{"size": ' + "9" * 5000 + "}", UnexpectedAnswer, "read alike"),
        (200, "application/json", "[" * 50_000, UnexpectedAnswer, "read alike"),
        (200, "application/json; charset=latin-1", "caf\xe9".encode("latin-1"), UnexpectedAnswer, "UTF-8"),
        (200, "application/json", '{"a": 1}'.encode("utf-16"), UnexpectedAnswer, "UTF-8"),
        (200, "application/json", b'"' + b"x" * 200_000 + b'"', UnexpectedAnswer, "more than 100,000 bytes"),
    ],
)
def test_an_answer_that_cannot_be_used_is_an_error_of_its_kind(
    source, httpserver, status, content_type, body, kind, words
):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data(body, status, content_type=content_type)
    fault = fault_of(source)
    assert type(fault) is kind
    assert words in str(fault)
    assert str(fault).startswith("The Office ")
    assert str(fault).endswith(".")


@pytest.mark.parametrize(
    ("packing", "body", "kind"),
    [
        ("gzip", b"not gzip at all", SourceUnavailable),
        ("gzip", gzip.compress(b'{"a": 1}')[:-6], SourceUnavailable),
        ("gzip", gzip.compress(b'{"a": 1}') + b"tail", SourceUnavailable),
        ("gzip", gzip.compress(b" " * 50_000_000), UnexpectedAnswer),  # 48 KB that unpack to 50 MB
        ("br", b"\x0b\x02\x80", UnexpectedAnswer),
        ("gzip, gzip", gzip.compress(gzip.compress(b"{}")), UnexpectedAnswer),
    ],
)
def test_badly_packed_answers_are_refused(source, httpserver, packing, body, kind):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data(body, headers={"Content-Encoding": packing})
    assert type(fault_of(source)) is kind


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=strategies.one_of(
        strategies.binary(max_size=300),
        strategies.text(alphabet='{}[]":,0123456789.eE-+ \\utfnNI<', max_size=80).map(str.encode),
        strategies.recursive(
            strategies.none() | strategies.booleans() | strategies.integers() | strategies.text(max_size=8),
            lambda inner: (
                strategies.lists(inner) | strategies.dictionaries(strategies.text(max_size=4), inner)
            ),
        ).map(lambda data: json.dumps(data).encode()),
    ),
    packing=strategies.sampled_from(["identity", "gzip"]),
)
def test_any_bytes_end_in_data_or_in_a_source_error(source, httpserver, body, packing):
    httpserver.clear_all_handlers()
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data(body, headers={"Content-Encoding": packing})
    source.manners = replace(source.manners, most_failures=10_000)
    with suppress(SourceError):
        assert isinstance(source.get_json(PATH), Answer)


# --- bad connections


def answer_with(*pieces: bytes, pause: float = 0):
    def behave(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return behave


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def endless(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"\r\n[")
    while True:
        connection.sendall(b"1," * 10_000)


def silent(_connection: socket.socket) -> None:
    time.sleep(0.8)


@pytest.mark.parametrize(
    ("behave", "kind", "words"),
    [
        (reset, SourceUnavailable, "broke off"),
        (silent, SourceUnavailable, "fell silent for 0.4 seconds"),
        (endless, UnexpectedAnswer, "more than 100,000 bytes"),
        (answer_with(HEAD + b'Content-Length: 500\r\n\r\n{"a": 1}'), SourceUnavailable, "broke off"),
        (answer_with(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), SourceUnavailable, "broke off"),
        (answer_with(b"SMTP ready\r\n\r\n"), SourceUnavailable, "broke off"),
        (answer_with(HEAD + b"X: " + b"y" * 300_000), SourceUnavailable, "broke off"),
        (answer_with(HEAD, *[b"X: y\r\n"] * 20, pause=0.1), SourceUnavailable, "longer than 1 seconds"),
        (answer_with(HEAD + b"\r\n[", *[b"1,"] * 20, pause=0.1), SourceUnavailable, "longer than 1 seconds"),
    ],
)
def test_a_bad_connection_ends_in_time_with_an_error_of_its_kind(raw_server, quick, behave, kind, words):
    begun = time.monotonic()
    fault = fault_of(keyless(raw_server(behave), quick))
    assert type(fault) is kind
    assert words in str(fault)
    assert time.monotonic() - begun < 5


def test_a_refused_connection_is_passing(quick):
    with socket.create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]
    fault = fault_of(keyless(f"http://127.0.0.1:{port}", quick))
    assert type(fault) is SourceUnavailable
    assert str(fault) == "The Office could not be reached."


def test_proxy_variables_of_the_environment_are_not_followed(source, httpserver, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json({})
    assert source.get_json(PATH).status == 200


# --- redirects


def redirect(httpserver, location: str, path: str = f"/api/3{PATH}") -> None:
    httpserver.expect_request(path).respond_with_data("", 301, headers={"Location": location})


def test_a_redirect_at_the_same_address_is_followed_with_the_key_sent_once(source, httpserver):
    redirect(httpserver, f"/api/3/moved?key={SECRET}&view=info")
    httpserver.expect_request("/api/3/moved", query_string={"key": SECRET, "view": "info"}).respond_with_json(
        []
    )
    assert source.get_json(PATH).data == []


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/api/3/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:9/x",
        "http://[::1]/x",
        "http://localhost/x",
        "https://127.0.0.1/x",
        "file:///etc/passwd",
        "//example.org/x",
        "http://example.org:bad/x",
        "http://[",
        "http://127.0.0.1@example.org/",
    ],
)
def test_a_redirect_to_another_address_is_not_followed(raw_server, quick, location):
    asked = []

    def behave(connection: socket.socket) -> None:
        asked.append(location)
        connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {location}?key={SECRET}\r\n\r\n".encode())

    fault = fault_of(keyless(raw_server(behave), quick))
    assert type(fault) is UnexpectedAnswer
    assert "redirected to another address" in str(fault)
    assert len(asked) == 1


def test_a_redirect_that_adds_a_user_name_is_not_followed(source, httpserver):
    redirect(httpserver, httpserver.url_for("/api/3/moved").replace("//", "//someone@"))
    assert type(fault_of(source)) is UnexpectedAnswer


def test_redirects_that_go_in_a_circle_end_after_three(source, httpserver):
    redirect(httpserver, f"/api/3{PATH}")
    assert "more than 3 times" in str(fault_of(source))
    assert len(httpserver.log) == 4


# --- the key


def everything_told(fault: BaseException) -> str:
    """The error as logs and error trackers tell it: its causes, and the variables of every frame."""
    told = traceback.TracebackException.from_exception(fault, capture_locals=True)
    return "".join(told.format(chain=True)) + repr(fault) + repr(vars(fault))


def listen(caplog) -> None:
    """Hear everything, the lines too that our settings keep quiet."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="httpx")


def our_log(caplog) -> str:
    """What this side logged, without the lines of the test's own server."""
    return "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("werkzeug"))


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 429, 500, 200])
def test_no_error_shows_the_key_even_where_the_source_repeats_it(source, httpserver, caplog, status):
    listen(caplog)
    echo = f"<html>Your key={SECRET} at /api/3{PATH}?key={SECRET}</html>"
    headers = {"Location": f"http://example.org/?key={SECRET}"} if status == 301 else {}
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data(
        echo, status, headers=headers, content_type="text/html"
    )
    fault = fault_of(source)
    assert SECRET not in everything_told(fault)
    assert SECRET not in our_log(caplog)


@pytest.mark.parametrize("behave", [reset, silent, answer_with(HEAD + b"Content-Length: 9\r\n\r\n{")])
def test_no_broken_connection_shows_the_key(raw_server, quick, caplog, behave):
    listen(caplog)
    source = HttpSource(
        raw_server(behave), name="The Office", key=Key("key", "OFFICE_KEY", SECRET), manners=quick
    )
    fault = fault_of(source)
    assert fault.__cause__ is None
    assert fault.__context__ is None
    assert SECRET not in everything_told(fault)
    assert SECRET not in our_log(caplog)


def test_a_good_answer_logs_no_key_at_any_level(source, httpserver, caplog):
    listen(caplog)
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json({})
    source.get_json(PATH)
    assert "HTTP Request: GET" in our_log(caplog)
    assert SECRET not in our_log(caplog)
    assert SECRET not in repr(source) + repr(Key("key", "OFFICE_KEY", SECRET))


# --- trying again, waiting, leaving alone


def test_a_passing_fault_is_tried_again_and_heals(source, httpserver, quick):
    source.manners = replace(quick, attempts=3)
    for status in (503, 500):
        httpserver.expect_ordered_request(f"/api/3{PATH}").respond_with_data("", status)
    httpserver.expect_ordered_request(f"/api/3{PATH}").respond_with_json({"a": 1})
    assert source.get_json(PATH).data == {"a": 1}
    assert len(httpserver.log) == 3


@pytest.mark.parametrize("status", [400, 401])
def test_a_lasting_fault_is_not_tried_again(source, httpserver, quick, status):
    source.manners = replace(quick, attempts=3)
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json({}, status=status)
    fault_of(source)
    assert len(httpserver.log) == 1


def test_retries_end_when_their_time_is_up(source, httpserver, quick):
    source.manners = replace(
        quick, attempts=50, retry_all_seconds=0.2, retry_first_seconds=0.15, most_failures=99
    )
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data("", 500)
    fault_of(source)
    assert len(httpserver.log) <= 3


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("99999999999999999999", 3600),
        (lambda: format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True), 90),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 -2359", None),
        ("-5", None),
        ("soon", None),
        ("１２", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_seconds_or_as_a_date_within_bounds(source, httpserver, stated, seconds):
    text = stated() if callable(stated) else stated
    httpserver.expect_request(f"/api/3{PATH}").respond_with_response(
        Response("{}", 429, headers={"Retry-After": text.encode("utf-8").decode("latin-1")})
    )
    fault = fault_of(source)
    assert fault.retry_after == (None if seconds is None else pytest.approx(seconds, abs=3))


def test_a_short_retry_after_is_sat_out(source, httpserver, quick):
    source.manners = replace(quick, attempts=2)
    httpserver.expect_ordered_request(f"/api/3{PATH}").respond_with_data(
        "", 429, headers={"Retry-After": "1"}
    )
    httpserver.expect_ordered_request(f"/api/3{PATH}").respond_with_json({})
    begun = time.monotonic()
    assert source.get_json(PATH).status == 200
    assert time.monotonic() - begun >= 1


def test_a_long_retry_after_leaves_the_host_alone_for_every_worker(source, httpserver, quick):
    source.manners = replace(quick, attempts=3)
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data("", 429, headers={"Retry-After": "600"})
    assert fault_of(source).retry_after == 600
    another_worker = keyless(httpserver.url_for("/api/3"), quick)
    fault = fault_of(another_worker)
    assert type(fault) is SourceResting
    assert 590 < fault.retry_after <= 600
    assert len(httpserver.log) == 1


def test_a_host_that_fails_again_and_again_is_left_alone_for_a_while(source, httpserver, quick):
    source.manners = replace(quick, most_failures=3, rest_seconds=0.3)
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data("", 500)
    kinds = [type(fault_of(source)) for _ in range(5)]
    assert kinds == [SourceUnavailable] * 3 + [SourceResting] * 2
    time.sleep(0.35)
    assert type(fault_of(source)) is SourceUnavailable  # asked once more, and resting again at once
    assert type(fault_of(source)) is SourceResting
    assert len(httpserver.log) == 4


def test_a_good_answer_forgets_earlier_failures(source, httpserver, quick):
    source.manners = replace(quick, most_failures=2)
    for status in (500, 200, 500, 200):
        httpserver.expect_ordered_request(f"/api/3{PATH}").respond_with_data("{}", status)
    fault_of(source)
    source.get_json(PATH)
    fault_of(source)
    assert source.get_json(PATH).status == 200


def test_two_workers_together_keep_the_pace(httpserver, quick):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json({})
    manners = replace(quick, per_second=20)
    workers = [keyless(httpserver.url_for("/api/3"), manners) for _ in range(2)]
    begun = time.monotonic()
    for turn in range(6):
        workers[turn % 2].get_json(PATH)
    assert time.monotonic() - begun >= 5 / 20


def test_a_line_that_is_too_long_is_a_passing_fault(httpserver, quick):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json({})
    source = keyless(httpserver.url_for("/api/3"), replace(quick, per_second=0.1, longest_wait_for_turn=1))
    source.get_json(PATH)
    assert "wait for their turn" in str(fault_of(source))


# --- without Redis


@pytest.fixture
def no_redis(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


@pytest.mark.usefixtures("no_redis")
def test_without_redis_a_source_is_asked_all_the_same_and_no_faster(httpserver, quick):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json({})
    source = keyless(httpserver.url_for("/api/3"), replace(quick, per_second=20))
    begun = time.monotonic()
    for _ in range(4):
        assert source.get_json(PATH).status == 200
    assert time.monotonic() - begun >= 3 / 20


@pytest.mark.usefixtures("no_redis")
def test_without_redis_a_failing_host_is_left_alone_too(source, httpserver, quick):
    source.manners = replace(quick, most_failures=2)
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data("", 500)
    kinds = [type(fault_of(source)) for _ in range(3)]
    assert kinds == [SourceUnavailable, SourceUnavailable, SourceResting]
