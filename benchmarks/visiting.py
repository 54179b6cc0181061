"""Pages in this process, through the whole of Django's handler, with nothing kept from one visit to the next."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median, quantiles

from django.contrib.staticfiles import finders
from django.db import connection
from django.test import RequestFactory, override_settings

from benchmarks.measuring import measured
from config.wsgi import application

GZIP_LEVEL = 6  # nginx's and most others' own
WARMING = 5  # visits before the clock runs: templates are read, plans are made
FEWEST = 10
# What makes every visit an uncached one: no page is kept, and caches hold nothing.
UNCACHED = {
    "PAGE_CACHE_SECONDS": 0,
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
}
_SHEET = re.compile(rb"<link[^>]*rel=\"?stylesheet\"?[^>]*>")
_SCRIPT = re.compile(rb"<script[^>]*src=[^>]*>")
_ADDRESS = re.compile(rb"(?:href|src)=\"?([^\"> ]+)")


class Unexpected(RuntimeError):
    """A page answered with something else than a page or a way to one."""


@dataclass(frozen=True, slots=True)
class Visits:
    """Of several pages of a kind. Times in seconds, sizes in bytes; `queries` is the most that any of them asked.

    `ours` and `database` are a core's time for one page, by this process and by the whole database server.
    """

    count: int
    p50: float
    p95: float
    ours: float
    database: float
    queries: int
    size: int  # the middle one, as sent
    compressed: int


@contextmanager
def uncached() -> Iterator[None]:
    with override_settings(**UNCACHED):
        yield


class Visitor:
    """Asks for pages as a web server does."""

    def __init__(self, *, longest: float, most: int) -> None:
        """`longest`: seconds for one kind of page, or the slow ones would take the whole afternoon; `most`: visits."""
        self._longest, self._most = longest, most
        self._handler = application
        self._requests = RequestFactory(headers={"host": "127.0.0.1", "accept-language": "en"})

    def visit(self, path: str) -> tuple[float, bytes]:
        """Seconds from request to last byte, and the body. Raises Unexpected for an answer of 400 and up."""
        environ = self._requests.get(path).environ
        told: list[str] = []
        begun = time.perf_counter()
        answer = self._handler(environ, lambda status, headers, info=None: told.append(status))  # type: ignore[arg-type]
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        taken = time.perf_counter() - begun
        if not told[0].startswith(("2", "3")):
            raise Unexpected(f"{path} answered {told[0]}.")
        return taken, body

    def visits(self, paths: Sequence[str]) -> Visits:
        """Visit each page once, or as many as there is time for, at least FEWEST."""
        paths = paths[: self._most]
        for path in paths[:WARMING]:
            self.visit(path)
        queries = max(self._queries(path) for path in paths[:WARMING])
        times, bodies = [], []
        with measured() as cost:
            for path in paths:
                taken, body = self.visit(path)
                times.append(taken)
                bodies.append(body)
                if sum(times) > self._longest and len(times) >= FEWEST:
                    break
        size = sorted(bodies, key=len)[len(bodies) // 2]
        p95 = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        count = len(times)
        busy = (cost.ours / count, cost.database / count)
        return Visits(count, median(times), p95, *busy, queries, len(size), compressed(size))

    def _queries(self, path: str) -> int:
        asked = 0

        def counting(execute, sql, params, many, context):
            nonlocal asked
            asked += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(counting):
            self.visit(path)
        return asked


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, GZIP_LEVEL))


def weight(page: bytes) -> int:
    """Compressed bytes of a page with the style sheets and scripts that it loads."""
    loaded = {
        found[1].decode()
        for tag in (*_SHEET.findall(page), *_SCRIPT.findall(page))
        if (found := _ADDRESS.search(tag))
    }
    return compressed(page) + sum(_weight_of_file(address) for address in loaded)


def loads_from_elsewhere(page: bytes) -> list[str]:
    """Addresses of other hosts that a browser would ask without being told to: there must be none."""
    tags = re.findall(
        rb"<(?:link[^>]*rel=\"?(?:stylesheet|preload|icon)|script|img|iframe|source|video)[^>]*>", page
    )
    found = [match[1].decode() for tag in tags if (match := _ADDRESS.search(tag))]
    return [address for address in found if address.startswith(("http:", "https:", "//"))]


@lru_cache(maxsize=64)
def _weight_of_file(address: str) -> int:
    """Of a static file by its address, which bears the hash of its content."""
    name = re.sub(r"\.[0-9a-f]{12}(?=\.[a-z0-9]+$)", "", address.split("/static/", 1)[-1])
    found = finders.find(name)
    if not isinstance(found, str):
        raise Unexpected(f"The page loads {address}, which is none of the static files.")
    return compressed(Path(found).read_bytes())
