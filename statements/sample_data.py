"""Invented statements on invented bills: one for every twenty, most of them on few bills. See bills/sample_data.

    added = load(20_000)      # invented bills until there are so many, and their statements
    removed = remove()

Nobody real speaks in them: speakers are the invented members of the session, and invented organisations.
"""
# ruff: noqa: S311 (what is drawn here decides nothing)

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from random import Random
from typing import Any

from django.apps import apps
from django.core.management import call_command, get_commands

from bills.sample_data import PREFIX, SOURCE, loading, removing, words
from bills.sample_data.copying import copy_rows, take_keys
from bills.sample_data.invented import BILLS_TO_A_STATEMENT, Invented
from bills.sample_data.loading import Portion
from statements.models import BillMention, Position, Remark, Speaker, Statement

WORDS_OF_STATEMENT = 300
MOST_ON_A_BILL = 50
BILLS_IN_FOCUS = 20_000  # one bill of so many has that many
_KINDS = ("press_release", "press_release", "press_release", "letter", "coalition_statement", "news")
_STANCES = ("supports", "supports", "supports", "opposes", "neutral")


def load(
    bills: int,
    *,
    seed: int = 1,
    today: date | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """As `bills.sample_data.loading.load`, with statements."""
    return loading.load(bills, seed=seed, today=today, also=_write, progress=progress)


def bring_up_to_date() -> None:
    """What is kept beside bills by whoever stores one, and not by the database: made anew once all rows are in."""
    if "index_search" in get_commands():
        call_command("index_search", stdout=StringIO())
    with suppress(LookupError):
        listed: Any = apps.get_app_config("bills").get_model("ListedBill")
        listed.objects.recount_answers()


def remove(*, progress: Callable[[int], None] = lambda done: None) -> int:
    """Take away all that was invented; how many bills went."""
    return removing.remove(Statement.objects.filter(slug__startswith=PREFIX), progress=progress)


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement to write, and the bills that it names by their places in the portion, the chief one first."""

    key: int
    random: Random
    named: list[int]


def _write(portion: Portion) -> None:
    """The statements on a portion's bills, in the transaction of the portion."""
    told = list(_drawn(portion))
    copy_rows(Statement, _STATEMENT, (_statement(one, portion) for one in told))
    speakers = take_keys(Speaker, 2 * len(told))
    pairs = list(zip(told, speakers[::2], speakers[1::2], strict=True))
    copy_rows(Speaker, _SPEAKER, (row for pair in pairs for row in _speakers(*pair, portion)))
    copy_rows(
        Remark,
        ("statement_id", "speaker_id", "place", "text", "verbatim"),
        (
            (one.key, speaker, place, words.paragraph(one.random, 30, seed=portion.seed), place == 1)
            for one, *both in pairs
            for place, speaker in enumerate(both, start=1)
        ),
    )
    copy_rows(BillMention, _MENTION, (row for one in told for row in _mentions(one, portion)))
    copy_rows(
        Position,
        ("statement_id", "bill_id", "amendment", "speaker_id", "stance"),
        (
            (
                one.key,
                portion.keys[one.named[0]],
                portion.bills[one.named[0]].standing.active_amendment,
                speaker,
                one.random.choice(_STANCES),
            )
            for one, speaker, _ in pairs
        ),
    )


def _drawn(portion: Portion) -> Iterator[_Told]:
    """A statement for every twentieth bill, about one that is drawn; half of them name two more.

    The first bill of a session is spoken of as much as any bill ever is.
    """
    own = [place for place, bill in enumerate(portion.bills) if bill.place % BILLS_TO_A_STATEMENT == 0]
    chief: list[tuple[Random, int]] = []
    many = len(portion.bills)
    for place in own:
        random = Random(f"statement {portion.seed} {portion.bills[place].place}")
        chief.append((random, int(many * random.random() ** 3)))
    if portion.bills[0].place % BILLS_IN_FOCUS == 0:
        chief += [
            (Random(f"focus {portion.seed} {number}"), 0) for number in range(MOST_ON_A_BILL - len(own))
        ]
    for key, (random, place) in zip(take_keys(Statement, len(chief)), chief, strict=True):
        others = random.sample(range(many), min(2, many)) if random.random() < 0.5 else []
        yield _Told(key, random, list(dict.fromkeys([place, *others])))


_STATEMENT = ("id", "identity", "slug", "kind", "title", "date", "publisher", "body", "loaded_at")
_SPEAKER = ("id", "statement_id", "place", "is_primary", "name_as_written", "role", "person_id",
            "organization_as_written", "organization_id")  # fmt: skip
_MENTION = ("statement_id", "bill_id", "as_written", "legislature_code", "session_year", "base_print_no", "amendment",
            "is_chief")  # fmt: skip


def _statement(one: _Told, portion: Portion) -> tuple:
    random, bill = one.random, portion.bills[one.named[0]]
    title = (
        f"On the keeping of {words.short_name(random).removesuffix(' Act').lower()}s in {words.place(random)}"
    )
    body = "\n\n".join(words.paragraph(random, WORDS_OF_STATEMENT // 4, seed=portion.seed) for _ in range(4))
    return (
        one.key,
        hashlib.sha256(f"{SOURCE} {one.key}".encode()).hexdigest(),
        f"{PREFIX}{one.key}",
        random.choice(_KINDS),
        title,
        _day(random, bill, portion),
        words.organization(random.randrange(40)),
        body,
        portion.now,
    )


def _day(random: Random, bill: Invented, portion: Portion) -> date:
    """Some day from the bill's first action on, and not in the future."""
    first = bill.actions[0].date if bill.actions else date(bill.session, 1, 6)
    return min(first + timedelta(days=random.randrange(300)), portion.now.date())


def _speakers(one: _Told, first: int, second: int, portion: Portion) -> Iterator[tuple]:
    bill, random = portion.bills[one.named[0]], one.random
    _, house, seat = bill.sponsors[0]
    sponsor = portion.cast.seats(bill.session, house)[seat]
    yield first, one.key, 1, True, sponsor.name, "Member", sponsor.person, "", None
    number = random.randrange(len(portion.cast.organizations))
    given, surname = words.person(random.randrange(10_000))
    name = words.organization(number)
    yield (
        second,
        one.key,
        2,
        False,
        f"{given} {surname}",
        "Director",
        None,
        name,
        portion.cast.organizations[number],
    )


def _mentions(one: _Told, portion: Portion) -> Iterator[tuple]:
    for place in one.named:
        bill = portion.bills[place]
        letter = bill.standing.active_amendment
        number = f"{bill.base_print_no}{letter}"
        is_chief = place == one.named[0]
        yield one.key, portion.keys[place], number, "ny", bill.session, bill.base_print_no, letter, is_chief
