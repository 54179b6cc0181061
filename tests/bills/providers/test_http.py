"""One GET against servers that answer, fail, lie, drip and never end."""

from __future__ import annotations

import gzip
import json
import logging
import pickle
import socket
import struct
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
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

SECRET = "never+show/8f31c="  # as many keys, it looks different in an address
QUOTED = "never%2Bshow%2F8f31c%3D"
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
    body = gzip.compress(b'\xef\xbb\xbf {"caf\xc3\xa9": 1} ', mtime=0)
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data(body, headers={"Content-Encoding": "gzip"})
    assert source.get_json(PATH).data == {"café": 1}


@pytest.mark.parametrize("data", [None, True, 7, -0.5, "text", [], {}, "\ud800", 10**4000])
def test_any_json_is_the_callers_to_judge(source, httpserver, data):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data(json.dumps(data) + "\n")
    assert source.get_json(PATH) == Answer(200, data)


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
        (206, "application/json", "{}", UnexpectedAnswer, "206"),
        (304, "application/json", "", UnexpectedAnswer, "304"),
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
        (200, "application/json", '{"size": 1e999}', UnexpectedAnswer, "read alike"),
        (200, "application/json", '{"size": -1e999}', UnexpectedAnswer, "read alike"),
        (200, "application/json", "[" * 50_000, UnexpectedAnswer, "read alike"),
        (200, "application/json", "[" * 49_000 + "]" * 49_000, UnexpectedAnswer, "read alike"),
        (200, "application/json", '{"a":' * 12_000 + "1" + "}" * 12_000, UnexpectedAnswer, "read alike"),
        (200, "application/json", "tru", SourceUnavailable, "breaks off"),
        (200, "application/json", '"half a te', SourceUnavailable, "breaks off"),
        (200, "application/json", "\x00", SourceUnavailable, "breaks off"),
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
        ("gzip", gzip.compress(b'{"a": 1}', mtime=0)[:-6], SourceUnavailable),
        ("gzip", gzip.compress(b'{"a": 1}', mtime=0) + b"tail", SourceUnavailable),
        ("gzip", gzip.compress(b" " * 50_000_000, mtime=0), UnexpectedAnswer),  # 48 KB that unpack to 50 MB
        ("br", b"\x0b\x02\x80", UnexpectedAnswer),
        ("gzip, gzip", gzip.compress(gzip.compress(b"{}", mtime=0), mtime=0), UnexpectedAnswer),
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
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def reset_midway(connection: socket.socket) -> None:
    connection.sendall(HEAD + b'Content-Length: 500\r\n\r\n{"a": 1}')
    time.sleep(0.05)
    reset(connection)


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
        (answer_with(HEAD + b'Content-Length: 7\r\n\r\n{"a": 1}'), SourceUnavailable, "breaks off"),
        (answer_with(HEAD + b"Content-Length: -1\r\n\r\n{}"), SourceUnavailable, "broke off"),
        (
            answer_with(HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
            SourceUnavailable,
            "broke off",
        ),
        (
            answer_with(HEAD + b"Content-Length: 9" + b"9" * 15 + b"\r\n\r\n{}"),
            SourceUnavailable,
            "broke off",
        ),
        (answer_with(HEAD + CHUNKED + b'8\r\n{"a": 1}\r\n'), SourceUnavailable, "broke off"),
        (answer_with(HEAD + CHUNKED + b"ffffffffff\r\n{}\r\n0\r\n\r\n"), SourceUnavailable, "broke off"),
        (answer_with(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), SourceUnavailable, "broke off"),
        (answer_with(b"HTTP/1.1 999 Odd\r\n\r\n"), UnexpectedAnswer, "999"),
        (
            answer_with(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 20, pause=0.1),
            SourceUnavailable,
            "longer than 1",
        ),
        (reset_midway, SourceUnavailable, "broke off"),
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
        "http://192.168.1.1/x",
        "http://172.16.0.1/x",
        "http://100.64.0.1/x",
        "http://0.0.0.0/x",
        "http://[fe80::1]/x",
        "http://[fc00::1]/x",
        "http://[::ffff:127.0.0.1]/x",
        "http://2130706433/x",
        "http://0x7f000001/x",
        "http://127.1/x",
        "ftp://127.0.0.1/x",
        "javascript:alert(1)",
        "http://127.0.0.1:99999999/x",
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


@pytest.mark.parametrize(
    ("of_ours", "another"),
    [
        ("http://127.0.0.1:", "https://127.0.0.1:"),
        ("http://127.0.0.1:", "http://localhost:"),
        ("http://127.0.0.1:", "http://127.0.0.1.:"),
        ("http://127.0.0.1:", "http://127.1:"),
        ("http://127.0.0.1:", "http://2130706433:"),
        ("http://127.0.0.1:", "http://[::1]:"),
        ("http://127.0.0.1:", "http://me@127.0.0.1:"),
        ("http://127.0.0.1:", "http://:secret@127.0.0.1:"),
        ("http://127.0.0.1:", "http://127.0.0.1:1"),
    ],
)
def test_only_the_same_scheme_host_and_port_is_the_same_address(raw_server, quick, of_ours, another):
    asked = []

    def behave(connection: socket.socket) -> None:
        asked.append(another)
        location = address.replace(of_ours, another)
        connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {location}/x\r\n\r\n".encode())

    address = raw_server(behave)
    assert type(fault_of(keyless(address, quick))) is UnexpectedAnswer
    assert len(asked) == 1


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:{port}", "HTTP://127.0.0.1:{port}", "//127.0.0.1:{port}"]
)
def test_the_configured_host_may_name_itself_in_full_though_it_is_a_private_one(raw_server, quick, address):
    answers = iter([b"HTTP/1.1 302 Found\r\nLocation: %s/moved\r\n\r\n", HEAD + b"\r\n[1]"])

    def behave(connection: socket.socket) -> None:
        answer = next(answers)
        connection.sendall(answer % target.encode() if b"%s" in answer else answer)

    base = raw_server(behave)
    target = address.format(port=base.split(":")[2].split("/")[0])
    assert keyless(base, quick).get_json(PATH).data == [1]


@pytest.fixture
def redirecting(raw_server, quick):
    """A source that redirects to the last of a list of locations, and the list."""
    locations = []

    def behave(connection: socket.socket) -> None:
        location = locations[-1].encode("latin-1")
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\n\r\n")

    return keyless(raw_server(behave), replace(quick, most_failures=10_000)), locations


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    location=strategies.text(strategies.characters(min_codepoint=32, max_codepoint=255), max_size=40)
    | strategies.from_regex(
        r"([a-z]{1,6}:)?/{0,3}[^/\s]{0,12}", fullmatch=True, alphabet=strategies.characters(codec="latin-1")
    )
)
def test_wherever_a_redirect_points_it_ends_in_a_source_error(redirecting, location):
    source, locations = redirecting
    locations.append(location)
    fault_of(source)


def test_a_redirect_that_adds_a_user_name_is_not_followed(source, httpserver):
    redirect(httpserver, httpserver.url_for("/api/3/moved").replace("//", "//someone@"))
    assert type(fault_of(source)) is UnexpectedAnswer


def test_redirects_that_go_in_a_circle_end_after_three(source, httpserver):
    redirect(httpserver, f"/api/3{PATH}")
    assert "more than 3 times" in str(fault_of(source))
    assert len(httpserver.log) == 4


# --- the key

KEYS = {
    "in the address": Key("key", "OFFICE_KEY", SECRET),
    "in a header": Key("X-Api-Key", "OFFICE_KEY", SECRET, in_header=True),
}


@pytest.fixture(params=KEYS)
def keyed(request, quick):
    """A source with a key, at an address."""

    def at(address: str) -> HttpSource:
        return HttpSource(address, name="The Office", key=KEYS[request.param], manners=quick)

    return at


def everything_told(fault: BaseException) -> str:
    """The error as logs and error trackers tell it: its causes, and the variables of every frame."""
    told = traceback.TracebackException.from_exception(fault, capture_locals=True)
    return "".join(told.format(chain=True)) + repr(fault) + repr(vars(fault))


def shows_key(text: str) -> bool:
    return any(each in text for each in (SECRET, QUOTED, "8f31c"))


def listen(caplog) -> None:
    """Hear everything, the lines too that our settings keep quiet."""
    for name in (None, "httpx", "httpcore", "httpcore.http11", "httpcore.connection"):
        caplog.set_level(logging.DEBUG, logger=name)


def our_log(caplog) -> str:
    """What this side logged, without the lines of the test's own server."""
    return "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("werkzeug"))


def test_a_key_in_a_header_is_in_no_address(httpserver, quick):
    httpserver.expect_request(f"/api/3{PATH}", query_string={"view": "info"}).respond_with_json({})
    source = HttpSource(
        httpserver.url_for("/api/3"), name="The Office", key=KEYS["in a header"], manners=quick
    )
    source.get_json(PATH, {"view": "info"})
    (request, _), *more = httpserver.log
    assert request.headers["X-Api-Key"] == SECRET
    assert not shows_key(request.url)
    assert not more


def test_a_key_in_the_address_is_in_no_header(source, httpserver):
    httpserver.expect_request(f"/api/3{PATH}", query_string={"key": SECRET}).respond_with_json({})
    source.get_json(PATH)
    assert not shows_key(str(httpserver.log[0][0].headers))


def test_a_key_in_a_header_goes_along_to_the_same_address(httpserver, quick):
    redirect(httpserver, "/api/3/moved?view=info")
    httpserver.expect_request(
        "/api/3/moved", query_string={"view": "info"}, headers={"X-Api-Key": SECRET}
    ).respond_with_json([])
    source = HttpSource(
        httpserver.url_for("/api/3"), name="The Office", key=KEYS["in a header"], manners=quick
    )
    assert source.get_json(PATH).data == []


def test_no_key_goes_along_to_another_address(raw_server, httpserver, keyed):
    heard = []
    elsewhere = raw_server(heard.append)
    redirect(httpserver, f"{elsewhere}/x")
    assert type(fault_of(keyed(httpserver.url_for("/api/3")))) is UnexpectedAnswer
    assert heard == []


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 429, 500, 200])
def test_no_error_shows_the_key_even_where_the_source_repeats_it(keyed, httpserver, caplog, status):
    listen(caplog)
    echo = f"<html>Your key={SECRET} at /api/3{PATH}?key={QUOTED}</html>"
    headers = {
        "X-Echo": SECRET,
        "Set-Cookie": f"key={SECRET}",
        "Retry-After": SECRET,
        "Content-Language": SECRET,
    }
    if status == 301:
        headers["Location"] = f"http://example.org/?key={SECRET}"
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data(
        echo, status, headers=headers, content_type=f"text/html; of={SECRET}"
    )
    fault = fault_of(keyed(httpserver.url_for("/api/3")))
    assert not shows_key(everything_told(fault))
    assert not shows_key(our_log(caplog))


@pytest.mark.parametrize(
    "answer",
    [
        f"HTTP/1.1 500 Bad key={SECRET}\r\nX: {SECRET}\r\n\r\n",
        f"HTTP/1.1 302 Found\r\nLocation: /api/3/{QUOTED}/x\r\n\r\n",
        f"HTTP/1.1 302 Found\r\nLocation: /api/3/{SECRET}/x\r\n\r\n",
        f"HTTP/1.1 302 Found\r\nLocation: /api/3/x?you={QUOTED}\r\n\r\n",
        f"HTTP/1.1 302 Found\r\nLocation: /api/3/x?you={SECRET}\r\n\r\n",
        f"HTTP/1.1 302 Found\r\nLocation: http://{SECRET}/\r\n\r\n",
        f"HTTP/1.1 302 Found\r\nLocation: http://[{SECRET}\r\n\r\n",
        f"HTTP/1.1 200 OK {SECRET}\r\nContent-Length: {SECRET}\r\n\r\n",
        f"HTTP/1.1 200 OK\r\nContent-Encoding: {SECRET}\r\n\r\n",
        f"{SECRET}\r\n\r\n",
    ],
)
def test_no_log_at_any_level_shows_the_key_wherever_the_source_repeats_it(raw_server, keyed, caplog, answer):
    listen(caplog)
    source = keyed(raw_server(answer_with(answer.encode())))
    fault = fault_of(source)
    assert not shows_key(everything_told(fault))
    assert not shows_key(our_log(caplog))


@pytest.mark.parametrize("behave", [reset, silent, answer_with(HEAD + b"Content-Length: 9\r\n\r\n{")])
def test_no_broken_connection_shows_the_key(raw_server, keyed, caplog, behave):
    listen(caplog)
    fault = fault_of(keyed(raw_server(behave)))
    assert fault.__cause__ is None
    assert fault.__context__ is None
    assert not shows_key(everything_told(fault))
    assert not shows_key(our_log(caplog))


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize(
    "spelled",
    [SECRET, QUOTED, SECRET.replace("/", "\\/"), "\\u006e" + SECRET[1:], QUOTED.replace("%", "\\u0025")],
)
def test_an_answer_that_repeats_our_key_is_refused_however_it_is_spelled(keyed, httpserver, status, spelled):
    body = f'{{"title": "An act about {spelled}", "more": 1}}'
    assert shows_key(json.dumps(json.loads(body)))
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data(
        body, status, content_type="application/json"
    )
    fault = fault_of(keyed(httpserver.url_for("/api/3")))
    assert (type(fault), str(fault)) == (UnexpectedAnswer, "The Office repeated our key in its answer.")
    assert not shows_key(everything_told(fault))


def test_a_key_with_a_quotation_mark_is_found_as_json_writes_it(httpserver, quick):
    key = Key("key", "OFFICE_KEY", 'never"show\\8f31c')
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json({"title": key.value})
    fault = fault_of(HttpSource(httpserver.url_for("/api/3"), name="The Office", key=key, manners=quick))
    assert "repeated our key" in str(fault)


def test_a_key_that_may_be_an_ordinary_word_is_not_looked_for(httpserver, quick):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json({"title": "Relates to lantern"})
    short = Key("key", "OFFICE_KEY", "lantern")
    source = HttpSource(httpserver.url_for("/api/3"), name="The Office", key=short, manners=quick)
    assert source.get_json(PATH).data == {"title": "Relates to lantern"}


def test_a_good_answer_logs_no_key_at_any_level(keyed, httpserver, caplog):
    listen(caplog)
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json({})
    source = keyed(httpserver.url_for("/api/3"))
    source.get_json(PATH)
    assert "HTTP Request: GET" in our_log(caplog)
    assert not shows_key(our_log(caplog))
    assert not shows_key(repr(source) + "".join(map(repr, KEYS.values())))


@pytest.mark.parametrize("status", [401, 429, 400])
def test_an_error_travels_between_processes_whole_and_without_the_key(keyed, httpserver, status):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data("{}", status, headers={"Retry-After": "7"})
    fault = fault_of(keyed(httpserver.url_for("/api/3")))
    packed = pickle.dumps(fault)
    arrived = pickle.loads(packed)
    assert (type(arrived), str(arrived), vars(arrived)) == (type(fault), str(fault), vars(fault))
    assert not shows_key(packed.decode("latin-1"))


def test_no_cookie_of_a_source_is_kept(source, httpserver):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_json(
        {}, headers={"Set-Cookie": "visitor=7; Path=/"}
    )
    for _ in range(2):
        source.get_json(PATH)
    assert "Cookie" not in httpserver.log[1][0].headers


@pytest.mark.parametrize("value", ["clé", "a b", "a\nb", "a\x00", " a", "a\t", "\u200bkey", "x\r\nHost: y"])
@pytest.mark.parametrize("in_header", [True, False])
def test_a_key_that_cannot_be_one_is_refused_by_the_name_of_its_variable(value, in_header):
    with pytest.raises(ImproperlyConfigured) as caught:
        Key("key", "OFFICE_KEY", value, in_header=in_header)
    assert str(caught.value) == "OFFICE_KEY holds characters that no key has."


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


@pytest.mark.parametrize("stated", ["0", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_wait_of_nothing_does_not_do_away_with_our_own(source, httpserver, quick, stated):
    source.manners = replace(quick, attempts=2, retry_first_seconds=0.3)
    httpserver.expect_ordered_request(f"/api/3{PATH}").respond_with_data(
        "", 503, headers={"Retry-After": stated}
    )
    httpserver.expect_ordered_request(f"/api/3{PATH}").respond_with_json({})
    begun = time.monotonic()
    assert source.get_json(PATH).status == 200
    assert time.monotonic() - begun >= 0.3


def test_a_short_retry_after_binds_every_worker(source, httpserver, quick):
    httpserver.expect_ordered_request(f"/api/3{PATH}").respond_with_data(
        "", 429, headers={"Retry-After": "1"}
    )
    httpserver.expect_ordered_request(f"/api/3{PATH}").respond_with_json({})
    begun = time.monotonic()
    fault_of(source)
    another_worker = keyless(httpserver.url_for("/api/3"), replace(quick, attempts=2))
    assert another_worker.get_json(PATH).status == 200
    assert time.monotonic() - begun >= 1
    assert len(httpserver.log) == 2


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


@pytest.mark.parametrize("heals", [True, False])
def test_after_a_rest_one_worker_alone_finds_out(raw_server, quick, heals):
    """Four at once, of which the host sees one until that one has its answer."""
    asked, release = [], threading.Event()

    def behave(connection: socket.socket) -> None:
        asked.append(connection)
        if len(asked) > 1:
            release.wait(5)
        first = b"HTTP/1.1 500 Down\r\n\r\n"
        connection.sendall(HEAD + b"\r\n{}" if heals and len(asked) > 1 else first)

    manners = replace(quick, most_failures=1, rest_seconds=0.2, read_seconds=5, total_seconds=10)
    source, *others = [keyless(address, manners) for address in [raw_server(behave)] * 4]
    fault_of(source)
    time.sleep(0.25)
    with ThreadPoolExecutor(1) as prober:
        probe = prober.submit(source.get_json, PATH)
        while len(asked) < 2:
            time.sleep(0.01)
        kinds = [type(fault_of(other)) for other in others]
        release.set()
        assert kinds == [SourceResting] * 3
        assert len(asked) == 2
        assert (probe.exception() is None) == heals
    if heals:
        assert source.get_json(PATH).status == 200
    else:
        assert type(fault_of(source)) is SourceResting


def test_who_stood_in_line_while_others_failed_does_not_ask_any_more(httpserver, quick):
    httpserver.expect_request(f"/api/3{PATH}").respond_with_data("", 500)
    manners = replace(quick, per_second=4, most_failures=1, rest_seconds=60)
    workers = [keyless(httpserver.url_for("/api/3"), manners) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        kinds = [type(fault) for fault in pool.map(fault_of, workers)]
    assert sorted(kinds, key=str) == sorted([SourceUnavailable, SourceResting, SourceResting], key=str)
    assert len(httpserver.log) == 1


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
