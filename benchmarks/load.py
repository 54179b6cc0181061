"""Requests over kept-alive connections, as quickly as they are answered, and what came of them.

Plain sockets and hardly any parsing, since a client that works hard would be measured itself: `busy` says how much of
a core it took.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles

TIME_OUT = 30  # seconds
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_END_OF_CHUNKS = b"\r\n0\r\n\r\n"


class BrokenOff(OSError):
    """The server hung up in the middle of an answer."""


def get(path: str, *, network: int = 0) -> bytes:
    """A reader's request for a page, as a browser that knows gzip sends it, without a cookie."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: en\r\n"
        f"X-Forwarded-For: {address_in(network)}\r\nAccept-Encoding: gzip\r\n\r\n"
    ).encode()


def address_in(network: int) -> str:
    """An address of a network of its own for each number: "10.0.1.44" for 300."""
    return ".".join(str(part) for part in (10, network >> 16 & 255, network >> 8 & 255, network & 255))


@dataclass
class Driven:
    """What came of a drive. `taken` are seconds for each answer, `statuses` one for each request that was answered, in
    the order of `answered` (places in the list of requests). `failed` got no answer.
    """

    seconds: float = 0.0
    busy: float = 0.0  # of a core, by the client
    taken: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    received: int = 0  # bytes
    failed: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.taken) / self.seconds if self.seconds else 0.0

    def percentile(self, percent: int) -> float:
        """Seconds within which so many percent were answered."""
        if len(self.taken) < 2:
            return self.taken[0] if self.taken else 0.0
        return quantiles(self.taken, n=100)[percent - 1]

    def other_than(self, *expected: int) -> int:
        """How many answers had another status, with the requests that got none."""
        return self.failed + sum(status not in expected for status in self.statuses)


def drive(
    port: int, requests: Sequence[bytes], *, connections: int, seconds: float, once: bool = False
) -> Driven:
    """Send the requests in turns over so many connections, round and round until the time is over.

    With `once` each is sent at most once. Neighbours in the list go out at the same time.
    """
    parts = [Driven() for _ in range(connections)]
    deadline = time.perf_counter() + seconds
    threads = [
        threading.Thread(
            target=_drive_one,
            args=(port, requests, place, connections, deadline, once, parts[place]),
            daemon=True,
        )
        for place in range(connections)
    ]
    begun, busy = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Driven(seconds=time.perf_counter() - begun)
    whole.busy = (time.process_time() - busy) / whole.seconds
    for part in parts:
        whole.taken += part.taken
        whole.statuses += part.statuses
        whole.answered += part.answered
        whole.received += part.received
        whole.failed += part.failed
    return whole


def _drive_one(
    port: int, requests: Sequence[bytes], place: int, step: int, deadline: float, once: bool, told: Driven
) -> None:
    connection: socket.socket | None = None
    while time.perf_counter() < deadline:
        if place >= len(requests):
            if once:
                break
            place %= len(requests)
        begun = time.perf_counter()
        try:
            connection = connection or socket.create_connection(("127.0.0.1", port), TIME_OUT)
            status, length, closes = _ask(connection, requests[place])
        except OSError:
            told.failed += 1
            closes = True
        else:
            told.taken.append(time.perf_counter() - begun)
            told.statuses.append(status)
            told.answered.append(place)
            told.received += length
        if closes and connection:
            connection.close()
            connection = None
        place += step
    if connection:
        connection.close()


def _ask(connection: socket.socket, request: bytes) -> tuple[int, int, bool]:
    """Status, bytes of the whole answer, and whether the server closes the connection after it."""
    connection.sendall(request)
    got = b""
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += _more(connection)
    head = got[: end + 2]
    status, length = int(head[9:12]), len(got)
    if found := _LENGTH.search(head):
        whole = end + 4 + int(found[1])
        while length < whole:
            length += len(_more(connection))
    elif _CHUNKED.search(head):
        while not got.endswith(_END_OF_CHUNKS):
            got += _more(connection)
        length = len(got)
    return status, length, bool(_CLOSES.search(head))


def _more(connection: socket.socket) -> bytes:
    if not (got := connection.recv(262_144)):
        raise BrokenOff("The server hung up.")
    return got
