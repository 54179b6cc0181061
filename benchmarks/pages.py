"""Pages of the generated session: in this process with nothing cached, and over HTTP beside what the server can do.

In process, each kind of page is asked for at many addresses through the whole of Django's handler. Over HTTP a web
server as in production answers, in one run, with an empty view, a static file and one raw query as the ceiling, and
with the pages that anonymous readers ask for again and again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import date
from statistics import median

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from benchmarks import addresses, urls
from benchmarks.addresses import Kind
from benchmarks.database import vacuum
from benchmarks.figures import Row
from benchmarks.load import Driven, drive, get
from benchmarks.measuring import memory_peak
from benchmarks.server import serving
from benchmarks.visiting import Visitor, Visits, loads_from_elsewhere, uncached, weight
from statements import sample_data

PART = "pages"
TODAY: date | None = None  # of the generated session: the running one
CONNECTIONS = 8  # kept alive, as many as the two workers have threads
CRAWLERS = 50
WARMING = 2  # seconds
CACHED_SHARE = 0.7  # of what the server gives for an empty view
BILLS_ASKED_FOR_AGAIN = 20
WEIGHED = 20
KILOBYTE = 1000
PAGE_WEIGHT = 50  # KB
GROWN_LISTS = 3  # times what they took before
GROWN_BILL_PAGE = 1.25  # "flat", with room for the noise of a machine


def rows(bills: int, *, growth: int, seconds: int, visits: int) -> Iterator[Row]:
    """All rows of DESIGN section 5 about pages; with `growth` those about a session grown to so many bills.

    `visits` is the most of one kind of page, `seconds` how long each measurement over HTTP takes.
    """
    call_command("collectstatic", interactive=False, verbosity=0)
    yield _fill(bills)
    visitor = Visitor(longest=2 * seconds, most=visits)
    before: dict[str, Visits] = {}
    with uncached():
        for kind in _kinds():
            before[kind.what] = visitor.visits(kind.paths)
            yield _of_kind(kind, before[kind.what])
        yield from _queries(before)
        yield from _weights(visitor)
    yield from _over_http(seconds)
    if growth > bills:
        yield _fill(growth)
        with uncached():
            yield from _grown(visitor, before, growth)


def _kinds() -> Iterator[Kind]:
    yield addresses.bill_pages()
    yield from addresses.list_pages()
    yield from addresses.searches()
    yield from addresses.other_pages()


def _fill(bills: int) -> Row:
    begun = time.perf_counter()
    added = sample_data.load(bills, today=TODAY)
    sample_data.bring_up_to_date()
    vacuum()
    taken = time.perf_counter() - begun
    told = f"{bills:,} bills in {taken:.0f} s, {memory_peak() / 1_000_000:.0f} MB at most"
    return Row(PART, f"generated session of {bills:,} bills", added / taken, "a second", told=told)


def _of_kind(kind: Kind, visits: Visits) -> Row:
    told = (
        f"p95 {visits.p95 * 1000:.1f} ms; of a core {visits.ours * 1000:.1f} + {visits.database * 1000:.1f} ms;"
        f" {visits.queries} queries; {visits.size / KILOBYTE:.1f} KB, {visits.compressed / KILOBYTE:.1f} compressed"
    )
    return Row(PART, kind.what, visits.p50 * 1000, "ms", kind.goal, told=told)


def _queries(visited: dict[str, Visits]) -> Iterator[Row]:
    """The most that any page of a sort asked."""
    for beginning, goal in (("bill page", 8), ("list ", 4)):
        most, what = max(
            (visits.queries, what) for what, visits in visited.items() if what.startswith(beginning)
        )
        yield Row(PART, f"queries of any {beginning.strip()}", most, "queries", goal, told=what)


def _weights(visitor: Visitor) -> Iterator[Row]:
    """Page, style sheets and scripts together, of many bills and of the one with the longest record."""
    pages = [visitor.visit(path)[1] for path in addresses.bill_pages().paths[:WEIGHED]]
    middle = median(weight(page) for page in pages) / KILOBYTE
    heaviest = visitor.visit(addresses.heaviest_bill())[1]
    elsewhere = {address for page in (*pages, heaviest) for address in loads_from_elsewhere(page)}
    told = "compressed, with style sheet and script"
    yield Row(PART, "weight of a bill page", middle, "KB", PAGE_WEIGHT, told=told)
    yield Row(
        PART, "weight of the heaviest bill page", weight(heaviest) / KILOBYTE, "KB", PAGE_WEIGHT, told=told
    )
    named = " ".join(sorted(elsewhere))
    yield Row(PART, "files that bill pages load from other hosts", len(elsewhere), "", 0, told=named)


# --- over HTTP


def _over_http(seconds: int) -> Iterator[Row]:
    cache.clear()  # of a run before this one, whose bills had other keys
    again = addresses.bill_pages().paths[:BILLS_ASKED_FOR_AGAIN]
    lists = [kind.paths[0] for kind in addresses.list_pages()]
    with serving() as port:
        _driven(port, again, WARMING)  # both workers have read their templates
        empty = _driven(port, [f"/{urls.EMPTY}"], seconds)
        told = f"{CONNECTIONS} connections; the client took {empty.busy:.0%} of a core"
        yield _rate("ceiling: an empty view", empty, told=told)
        yield _rate(
            "ceiling: a static file", _driven(port, [staticfiles_storage.url("passage.css")], seconds)
        )
        yield _rate("ceiling: one raw query", _driven(port, [f"/{urls.QUERY}"], seconds))
        goal = empty.rate * CACHED_SHARE
        for what, paths in (
            ("front page", [reverse("home")]),
            ("bill pages", again),
            ("lists", lists),
        ):
            driven = _driven(port, paths, seconds)
            share = f"{driven.rate / empty.rate:.2f} of the empty view"
            yield _rate(f"anonymous, asked for again: {what}", driven, goal=goal, told=share)
        fresh = addresses.bill_pages().paths[BILLS_ASKED_FOR_AGAIN:]
        yield _rate("bill pages, each for the first time", _driven(port, fresh, seconds, once=True))
        crawl = addresses.crawled()
        driven = _driven(port, crawl, 2 * seconds, connections=CRAWLERS, once=True)
        yield _rate(f"lists, {CRAWLERS} crawlers", driven, told="each address once")
        yield Row(PART, f"lists, {CRAWLERS} crawlers: not answered", driven.other_than(200), "", 0)


def _driven(
    port: int, paths: list[str], seconds: float, *, connections: int = CONNECTIONS, once: bool = False
) -> Driven:
    requests = [get(path, network=place % connections) for place, path in enumerate(paths)]
    if not once:  # what is asked for again is there already
        drive(port, requests, connections=connections, seconds=0.5)
    return drive(port, requests, connections=connections, seconds=seconds, once=once)


def _rate(what: str, driven: Driven, *, goal: float | None = None, told: str = "") -> Row:
    faults = driven.other_than(200)
    times = f"p50 {driven.percentile(50) * 1000:.1f} ms, p95 {driven.percentile(95) * 1000:.1f} ms"
    each = driven.received / max(1, len(driven.taken)) / KILOBYTE
    parts = [times, f"{each:.1f} KB each", told, f"{faults} FAILED" if faults else ""]
    return Row(PART, what, driven.rate, "a second", goal, at_least=True, told="; ".join(filter(None, parts)))


# --- growth


def _grown(visitor: Visitor, before: dict[str, Visits], bills: int) -> Iterator[Row]:
    kinds: Iterable[Kind] = (addresses.bill_pages(), *addresses.list_pages(), *addresses.searches())
    for kind in kinds:
        earlier = before.get(kind.what)
        if earlier is None:  # "page 500" of a small session has another name
            continue
        visits = visitor.visits(kind.paths)
        goal = GROWN_BILL_PAGE if kind.what == "bill page" else GROWN_LISTS
        told = f"{earlier.p50 * 1000:.1f} to {visits.p50 * 1000:.1f} ms, p95 {visits.p95 * 1000:.1f} ms"
        yield Row(PART, f"at {bills:,}: {kind.what}", visits.p50 / earlier.p50, "times", goal, told=told)
