"""Which pages are measured: for each kind of page its addresses and what its middle one must reach.

The only place to touch when a page moves or a filter is added. A filter that the site does not have is left out.
"""
# ruff: noqa: S311 (what is drawn here decides nothing)

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import Resolver404, resolve, reverse

from bills.filters import BillFilter
from bills.models import Bill
from bills.sample_data import PREFIX, words
from sponsors.models import Person
from statements.models import Statement

BILLS_VISITED = 150
PAGES_OF_A_KIND = 40
PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Kind:
    """Pages of one kind, and the goal for the middle one's time in milliseconds; None where DESIGN names none."""

    what: str
    paths: list[str]
    goal: float | None = None


def bill_pages() -> Kind:
    """Bills from all over, each another."""
    keys = list(Bill.objects.order_by().values_list("pk", flat=True))
    chosen = Random(5).sample(keys, min(BILLS_VISITED, len(keys)))
    bills = Bill.objects.filter(pk__in=chosen).select_related("session")
    return Kind("bill page", [bill.get_absolute_url() for bill in bills], goal=12)


def heaviest_bill() -> str:
    """The page with the most actions, sponsors or statements: the longest record that the generator makes."""
    return (
        Bill.objects.annotate(lines=Count("actions", distinct=True))
        .order_by("-lines", "pk")
        .select_related("session")[0]
        .get_absolute_url()
    )


def list_pages() -> Iterator[Kind]:
    """The list of bills with each filter, some of them together, and far back."""
    random = Random(6)
    committees = [
        f"ny.{house}.{PREFIX}{_slug(name)}" for house in ("senate", "assembly") for name in words.COMMITTEES
    ]
    issues = [f"{PREFIX}{_slug(name)}" for name in words.ISSUES]
    carrying = Person.objects.filter(sponsorships__isnull=False).order_by("slug").distinct()
    people = list(carrying.values_list("slug", "name"))
    surnames = [name.split()[-1].lower() for _, name in people]
    sessions = [
        str(year) for year in Bill.objects.order_by().values_list("session__year", flat=True).distinct()
    ]
    last = max(1, min(500, Bill.objects.count() // PER_PAGE))
    drawn: dict[str, Callable[[], dict[str, str]]] = {
        "without a filter": dict,
        "by legislature": lambda: {"legislature": "ny"},
        "by session": lambda: {"session": random.choice(sessions)},
        "by stage": lambda: {"stage": random.choice(("in_senate_comm", "senate_floor", "in_assembly_comm"))},
        "by outcome": lambda: {
            "outcome": random.choice(("alive", "law", "signed", "vetoed", "died", "substituted"))
        },
        "by committee": lambda: {"committee": random.choice(committees)},
        "by sponsor’s address": lambda: {"sponsor": random.choice(people)[0]},
        "by sponsor’s name": lambda: {"sponsor": random.choice(surnames)},
        "by issue": lambda: {"issue": random.choice(issues)},
        "by party": lambda: {"party": random.choice(("harbor", "meadow"))},
        "with statements": lambda: {"statements": "yes"},
        "sorted by number": lambda: {"sort": "number"},
        "sorted by introduction": lambda: {"sort": "introduced"},
        "since a day": lambda: {"moved_after": random.choice(("2025-02", "2025-06-01", "2026-01-20"))},
        "four filters": lambda: {
            "session": random.choice(sessions),
            "outcome": "alive",
            "committee": random.choice(committees),
            "issue": random.choice(issues),
        },
        f"page {last}": lambda: {"page": str(last - random.randrange(min(last, 20)))},
        f"page {last // 2}, alive": lambda: {
            "outcome": "alive",
            "page": str(max(1, last // 2 - random.randrange(9))),
        },
    }
    for what, query in drawn.items():
        queries = [query() for _ in range(PAGES_OF_A_KIND)]
        if set(queries[0]) - {"page"} <= set(BillFilter.base_filters):
            paths = [_with_query(reverse("bills:list"), one) for one in queries]
            yield Kind(f"list {what}", paths, goal=15)


def searches() -> Iterator[Kind]:
    """Two words, a phrase of two words, and print numbers as people write them."""
    random = Random(7)
    address = _first_of("/search/", reverse("bills:list"))
    pairs = [
        (random.choice(words.QUALITIES), random.choice(words.NOUNS), words.place(random))
        for _ in range(PAGES_OF_A_KIND)
    ]
    numbers = list(Bill.objects.order_by("pk").values_list("base_print_no", flat=True)[:2000])
    spellings: list[Callable[[str], str]] = [
        str,
        str.lower,
        lambda number: f"{number[0]}.{number[1:]}",
        lambda number: f"{number[0]} {number[1:]}",
    ]
    two_words = [f"{noun} {town}" for _, noun, town in pairs]
    phrases = [f'"{quality} {noun}"' for quality, noun, _ in pairs]
    written = [random.choice(spellings)(random.choice(numbers)) for _ in range(3 * PAGES_OF_A_KIND)]
    for_numbers = _first_of("/search/", reverse("bills:go"))
    yield Kind("search for words", [_with_query(address, {"q": text}) for text in two_words], goal=20)
    yield Kind("search for a phrase", [_with_query(address, {"q": text}) for text in phrases], goal=20)
    yield Kind(
        "search for a print number", [_with_query(for_numbers, {"q": text}) for text in written], goal=5
    )


def other_pages() -> Iterator[Kind]:
    """What DESIGN sets no goal for."""
    people = Person.objects.filter(slug__startswith=PREFIX).order_by("pk")[:PAGES_OF_A_KIND]
    statements = Statement.objects.order_by("-pk")[:PAGES_OF_A_KIND]
    issues = [reverse("bills:issue", args=[f"{PREFIX}{_slug(name)}"]) for name in words.ISSUES]
    yield Kind("front page", [reverse("home")] * 20)
    yield Kind("person", [person.get_absolute_url() for person in people])
    yield Kind("statement", [statement.get_absolute_url() for statement in statements])
    yield Kind("issue", issues)
    yield Kind("statements", [reverse("statements:list")] * 20)
    yield Kind("people", [reverse("sponsors:list")] * 20)
    yield Kind("how current it is", [reverse("bills:status")] * 20)


def crawled() -> list[str]:
    """Lists as a crawler follows them: filters, one with another, and page after page, each address once."""
    kinds = list(list_pages())
    return [
        path + ("&" if "?" in path else "?") + f"page={page}"
        for page in range(1, 20)
        for kind in kinds
        for path in kind.paths[:10]
        if "page=" not in path
    ]


def _with_query(address: str, query: dict[str, str]) -> str:
    return f"{address}?{urlencode(query)}" if query else address


def _first_of(address: str, otherwise: str) -> str:
    """`address` where the site has it."""
    try:
        resolve(address)
    except Resolver404:
        return otherwise
    return address


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")
