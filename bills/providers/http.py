"""The only module that opens connections: one polite, bounded GET that ends in data or in a SourceError.

Bounded: a time-out on each step and on the whole answer, a size limit on what is unpacked, three redirects
that must stay at the same scheme, host and port, and so never lead to a private address that is not the
configured one. Polite: a pace per host that all workers share, `Retry-After` obeyed by all of them, and a host
that fails again and again is left alone for a while, then tried by one. Connections are direct; proxy
variables are not read.

A key is put into the address or a header inside the transport, below everything that logs or raises, and
errors are raised outside the frames that hold it. Of an answer's headers only those that are read come up from
there, so that a source which repeats the key gets it into no log either. So no message, traceback or chained
exception shows it.
"""

from __future__ import annotations

import json
import logging
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote, unquote_plus

import httpcore
import httpx
import stamina
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bills import coordination
from bills.providers.base import KeyRefused, SourceError, SourceResting, SourceUnavailable, UnexpectedAnswer
from bills.providers.strict_json import read_json

MOST_REDIRECTS = 3
SHORTEST_KEY = 8  # characters
PASSING_STATUSES = frozenset({408, 425, 429, *range(500, 600)})
REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
READ_HEADERS = frozenset({b"content-encoding", b"content-type", b"retry-after"})
CONNECTION_FAULTS = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)


# At DEBUG it prints the headers of answers, where a source may repeat a key. A level could be set back.
logging.getLogger("httpcore.http11").addFilter(lambda _record: False)


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient, how fast and how persistent we are with one host. Times are in seconds."""

    connect_seconds: float = 5
    read_seconds: float = 15  # between two pieces of an answer
    total_seconds: float = 45  # for a whole answer, redirects included
    most_bytes: int = 20 * 1024 * 1024  # unpacked
    per_second: float = 2
    longest_wait_for_turn: float = 20
    attempts: int = 3
    retry_first_seconds: float = 1
    retry_most_seconds: float = 20
    retry_jitter_seconds: float = 1
    retry_all_seconds: float = 90  # no attempt begins later than this
    most_failures: int = 6  # in a row, before the host rests
    rest_seconds: float = 300
    longest_retry_after: float = 3600


@dataclass(frozen=True, slots=True)
class Key:
    """A secret read from the environment variable `variable`.

    It is sent as the query parameter of that name, or as the header where `in_header`.
    """

    parameter: str
    variable: str
    value: str = field(repr=False)
    in_header: bool = False

    def __post_init__(self) -> None:
        if not all("!" <= character <= "~" for character in self.value):
            raise ImproperlyConfigured(f"{self.variable} holds characters that no key has.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered: its status, 200 or 404, and its JSON."""

    status: int
    data: Any


class HttpSource:
    """One source's address, asked with good manners. `name` is what error sentences call it."""

    def __init__(
        self, base_url: str, *, name: str, key: Key | None = None, manners: Manners | None = None
    ) -> None:
        self.name = name
        self.base_url = base_url.rstrip("/")
        self.manners = manners or Manners()
        self._key_variable = key.variable if key else ""
        self._key_parameter = key.parameter if key else ""
        self._base = httpx.URL(self.base_url)
        self._host = f"{self._base.host}:{self._base.port or self._base.scheme}"
        self._transport = _KeyedTransport(key)
        self._client = httpx.Client(
            transport=self._transport,
            timeout=httpx.Timeout(self.manners.read_seconds, connect=self.manners.connect_seconds),
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
                "User-Agent": f"Passage (+{settings.SITE_URL})",
            },
            trust_env=False,
        )

    def __repr__(self) -> str:
        return f"<HttpSource {self.base_url}>"

    def close(self) -> None:
        self._client.close()

    def get_json(self, path: str, parameters: dict[str, str] | None = None) -> Answer:
        """The JSON at `path`: of a 200, or of a 404 that carries JSON, which the caller reads.

        Passing faults are tried again a few times first. Raises SourceUnavailable, KeyRefused or
        UnexpectedAnswer.
        """
        address = self._base.copy_with(raw_path=f"{self._base.path.rstrip('/')}{path}".encode("ascii"))
        address = address.copy_merge_params(parameters or {})
        retrying = stamina.RetryingCaller(
            attempts=self.manners.attempts,
            timeout=self.manners.retry_all_seconds,
            wait_initial=self.manners.retry_first_seconds,
            wait_max=self.manners.retry_most_seconds,
            wait_jitter=self.manners.retry_jitter_seconds,
        )
        return retrying(self._wait_before_retry, self._ask, address)

    def _ask(self, address: httpx.URL) -> Answer:
        outcome = self._ask_once(address)
        if isinstance(outcome, SourceError):
            raise outcome
        return outcome

    def _wait_before_retry(self, error: Exception) -> bool | float:
        """Whether to try again, or after how many seconds. A long wait or rest is not sat out."""
        if not isinstance(error, SourceUnavailable):
            return False
        if not error.retry_after:
            return not isinstance(error, SourceResting)
        return error.retry_after if error.retry_after <= self.manners.retry_most_seconds else False

    def _ask_once(self, address: httpx.URL) -> Answer | SourceError:
        """One request, counted for or against the host."""
        manners = self.manners
        if resting := self._resting():
            return resting
        wait = coordination.turn(
            self._host, per_second=manners.per_second, longest_wait=manners.longest_wait_for_turn
        )
        if wait is None:
            return SourceUnavailable(f"{self.name} was not asked: too many questions wait for their turn.")
        if wait:
            time.sleep(wait)
            if resting := self._resting():  # others may have met faults while this one stood in line
                return resting
        if not coordination.may_ask(
            self._host, most=manners.most_failures, seconds=manners.total_seconds + manners.connect_seconds
        ):
            return SourceResting(
                f"{self.name} was not asked: somebody else is finding out whether it answers again.",
                manners.total_seconds,
            )
        outcome = self._exchange(address)
        if isinstance(outcome, SourceUnavailable | KeyRefused):
            coordination.failed(self._host, most=manners.most_failures, rest_seconds=manners.rest_seconds)
        else:
            coordination.answered(self._host)
        if isinstance(outcome, SourceUnavailable) and outcome.retry_after:
            coordination.rest(self._host, outcome.retry_after)
        return outcome

    def _resting(self) -> SourceResting | None:
        left = coordination.rest_left(self._host)
        if not left:
            return None
        return SourceResting(
            f"{self.name} was not asked: it is left alone for another {left:.0f} seconds.", left
        )

    def _exchange(self, address: httpx.URL) -> Answer | SourceError:
        """Ask, follow redirects, read. Every fault is returned, so that what is raised chains to nothing."""
        deadline = _deadline.set(time.monotonic() + self.manners.total_seconds)
        try:
            for _ in range(MOST_REDIRECTS + 1):
                with self._client.stream("GET", address) as response:
                    if response.status_code not in REDIRECT_STATUSES:
                        return self._read(response)
                    target = self._redirect_target(response)
                if isinstance(target, SourceError):
                    return target
                address = target
            return UnexpectedAnswer(f"{self.name} redirected more than {MOST_REDIRECTS} times.")
        except CONNECTION_FAULTS as error:
            return self._passing_fault(error)
        finally:
            _deadline.reset(deadline)

    def _passing_fault(self, error: Exception) -> SourceUnavailable:
        if time.monotonic() >= _deadline.get():
            return SourceUnavailable(f"{self.name} took longer than {self.manners.total_seconds:g} seconds.")
        if isinstance(error, httpcore.ConnectTimeout):
            return SourceUnavailable(
                f"{self.name} could not be reached within {self.manners.connect_seconds:g} seconds."
            )
        if isinstance(error, httpcore.TimeoutException):
            return SourceUnavailable(f"{self.name} fell silent for {self.manners.read_seconds:g} seconds.")
        if isinstance(error, httpcore.ConnectError):
            return SourceUnavailable(f"{self.name} could not be reached.")
        return SourceUnavailable(f"{self.name} broke off the connection in the middle of its answer.")

    def _redirect_target(self, response: httpx.Response) -> httpx.URL | SourceError:
        """Where a redirect leads, if that is the same scheme, host and port, without the key that it may repeat."""
        try:
            target = response.url.join(response.extensions.get("location", ""))
            same = _origin(target) == _origin(self._base)
        except (httpx.InvalidURL, ValueError):
            same = False
        if not same or target.userinfo:
            return self._elsewhere()
        if self._key_parameter:
            target = target.copy_remove_param(self._key_parameter)
        if self._transport.shows_key(str(target)):
            return UnexpectedAnswer(f"{self.name} redirected to an address that repeats our key.")
        return target

    def _elsewhere(self) -> UnexpectedAnswer:
        return UnexpectedAnswer(f"{self.name} redirected to another address; that was not followed.")

    def _read(self, response: httpx.Response) -> Answer | SourceError:
        status = response.status_code
        if status in (401, 403):
            return KeyRefused(
                f"{self.name} refused our key ({status}). Check {self._key_variable}."
                if self._key_variable
                else f"{self.name} refused to answer without a key ({status})."
            )
        if status in PASSING_STATUSES:
            return SourceUnavailable(
                f"{self.name} is out of order (it answered {status}).", self._retry_after(response)
            )
        if status not in (200, 404):
            return UnexpectedAnswer(f"{self.name} answered {status}, which we do not expect.")
        try:
            body = _body(response, self.manners.most_bytes)
        except _TooLong:
            return UnexpectedAnswer(f"{self.name} sent more than {self.manners.most_bytes:,} bytes.")
        except zlib.error:
            return SourceUnavailable(f"{self.name} sent an answer that was damaged on the way.")
        except _UnknownPacking:
            return UnexpectedAnswer(f"{self.name} packed its answer in a way that we cannot read.")
        return self._parse(status, body, response.headers.get("content-type", ""))

    def _parse(self, status: int, body: bytes, content_type: str) -> Answer | SourceError:
        """The body as data. One that repeats our key is refused, so that no fault, page or run can hold it."""
        if "html" in content_type.lower() or body.lstrip()[:1] == b"<":
            return SourceUnavailable(f"{self.name} is out of order (it answered {status} with a web page).")
        try:
            text = body.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            return UnexpectedAnswer(f"{self.name} sent text that is not UTF-8.")
        repeats = UnexpectedAnswer(f"{self.name} repeated our key in its answer.")
        if self._transport.is_repeated_in(text):
            return repeats
        try:
            data = read_json(text)
            # JSON may spell any character as an escape.
            if "\\" in text and self._transport.is_repeated_in(json.dumps(data, ensure_ascii=False)):
                return repeats
            return Answer(status, data)
        except json.JSONDecodeError as error:
            if status == 404:
                return SourceUnavailable(f"{self.name} is out of order (it answered 404 without data).")
            if error.pos >= len(text) or not text.endswith(("}", "]")):
                return SourceUnavailable(f"{self.name} sent an answer that breaks off.")
            return UnexpectedAnswer(f"{self.name} sent something that is not JSON.")
        except (ValueError, RecursionError):
            return UnexpectedAnswer(f"{self.name} sent JSON that no two programs would read alike.")

    def _retry_after(self, response: httpx.Response) -> float | None:
        """The wait asked for, in seconds or as a date, kept within bounds; None where none can be read."""
        stated = response.headers.get("retry-after", "").strip()[:40]
        seconds = None
        if stated.isascii() and stated.isdigit():
            seconds = float(stated)
        elif stated:
            with suppress(ValueError, TypeError, OverflowError):
                moment = parsedate_to_datetime(stated)
                seconds = (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds()
        return None if seconds is None else min(max(0.0, seconds), self.manners.longest_retry_after)


def _origin(address: httpx.URL) -> tuple[str, str, int | None]:
    return address.scheme, address.host, address.port


# --- reading a body


class _TooLong(Exception):
    """The body has more bytes than allowed."""


class _UnknownPacking(Exception):
    """The body is compressed in a way that was not asked for."""


def _body(response: httpx.Response, most_bytes: int) -> bytes:
    """The unpacked body. Unpacks in bounded steps, so that a small packed body cannot fill the memory."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("gzip", "x-gzip", "identity", ""):
        raise _UnknownPacking
    body = bytearray()
    if "gzip" not in packing:
        for piece in response.iter_raw():
            body += piece
            if len(body) > most_bytes:
                raise _TooLong
        return bytes(body)
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    for piece in response.iter_raw():
        while piece:
            body += unpacker.decompress(piece, most_bytes + 1 - len(body))
            if len(body) > most_bytes:
                raise _TooLong
            piece = unpacker.unconsumed_tail
    if not unpacker.eof or unpacker.unused_data:
        raise zlib.error("ends too early or too late")
    return bytes(body)


# --- the transport

# When the answer that is being waited for must be complete, by time.monotonic().
_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))


def _time_left(timeout: float | None) -> float:
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the whole answer took too long")
    return left if timeout is None else min(timeout, left)


class _TimedStream(httpcore.NetworkStream):
    """A connection on which no step outlasts the deadline, however slowly the bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _time_left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _time_left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, _time_left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _TimedBackend(httpcore.SyncBackend):
    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        left = _time_left(timeout)
        return _TimedStream(super().connect_tcp(host, port, left, local_address, socket_options))


class _AnswerStream(httpx.SyncByteStream):
    def __init__(self, stream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class _KeyedTransport(httpx.BaseTransport):
    """Adds the key to address or headers on the way out; what httpx keeps, logs and shows never has it.

    Of an answer come back its status, its body and `READ_HEADERS`: no cookie, and no words of its status line.
    Where a redirect leads comes among the extensions, since httpx reads the header itself and fails on odd ones.
    """

    def __init__(self, key: Key | None) -> None:
        self._key = key
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=2,
            keepalive_expiry=15,
            network_backend=_TimedBackend(),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url, headers = request.url, list(request.headers.raw)
        if self._key and self._key.in_header:
            headers.append((self._key.parameter.encode("ascii"), self._key.value.encode("ascii")))
        elif self._key:
            url = url.copy_set_param(self._key.parameter, self._key.value)
        address = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        answer = self._pool.handle_request(
            httpcore.Request(request.method, address, headers=headers, extensions=request.extensions)
        )
        stream = _AnswerStream(answer.stream)
        kept = [(name, value) for name, value in answer.headers if name.lower() in READ_HEADERS]
        leads_to = [value for name, value in answer.headers if name.lower() == b"location"]
        extensions = {"location": b", ".join(leads_to).decode("utf-8", "replace")}
        return httpx.Response(answer.status, headers=kept, stream=stream, extensions=extensions)

    def shows_key(self, text: str) -> bool:
        """Whether `text` has the key in it, as it is or as an address writes it."""
        if self._key is None:
            return False
        return any(self._key.value in spelling for spelling in (text, unquote(text), unquote_plus(text)))

    def is_repeated_in(self, text: str) -> bool:
        """Whether a body has the key in it, also as JSON writes it.

        A key too short to be told from ordinary words is not looked for.
        """
        if self._key is None or len(self._key.value) < SHORTEST_KEY:
            return False
        return self.shows_key(text) or json.dumps(self._key.value)[1:-1] in text

    def close(self) -> None:
        self._pool.close()
