"""What a person typed into the search box: which bills it may mean."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from bills import official_pages
from bills.models import Bill
from bills.print_numbers import PrintNumber, read_query, session_of_date
from sponsors.prepared import Prepared, array_text, is_one_of

# Digits alone could be any legislature's; an amendment letter or a leading zero decides nothing.
_BARE_NUMBER = re.compile(r"0{0,8}([1-9][0-9]{0,4})-?[a-z]?", re.IGNORECASE | re.ASCII)
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One number of the query and the bills that bear it, the newest session first.

    `number` is None where only digits were typed.
    """

    as_read: str
    number: PrintNumber | None
    bills: list[Bill]

    @property
    def official_page(self) -> str:
        return official_page(self.number, today=timezone.localdate()) if self.number else ""


def choices_for(query: str) -> list[Choice]:
    """One Choice for each number in the query; [] where it holds no number, and is a search for words."""
    numbers = list(dict.fromkeys(replace(number, amendment="") for number in read_query(query)))
    if numbers:
        return _numbered(numbers)
    bare = _BARE_NUMBER.fullmatch(query.strip().lstrip("#"))
    if not bare:
        return []
    digits = bare[1]
    found = Bill.objects.published().filter(base_print_no__regex=rf"^[A-Z]+ ?0*{digits}$")
    bills = list(_newest_first(found)[:MOST_SHOWN])
    return [Choice(digits, None, bills)] if bills else []


def _numbered(numbers: list[PrintNumber]) -> list[Choice]:
    found: defaultdict[str, list[Bill]] = defaultdict(list)
    for bill in _bearing(array_text(number.base_print_no for number in numbers)):
        found[bill.base_print_no].append(bill)
    return [
        Choice(
            number.display,
            number,
            [bill for bill in found[number.base_print_no] if _may_mean(number, bill)][:MOST_SHOWN],
        )
        for number in numbers
    ]


def _may_mean(number: PrintNumber, bill: Bill) -> bool:
    """ "S744" alone may be New York's or Congress's: the number decides, unless its session was named."""
    session = bill.session
    if number.session is not None:
        return (number.legislature, number.session) == (session.legislature_id, session.year)
    return number.legislature in {"ny", session.legislature_id}


def _newest_first(bills):
    return bills.for_cards().order_by("-session__start", "session__legislature", "base_print_no")


# The bills of any of these numbers, whatever the session: one has some dozen in all.
_bearing = Prepared(
    lambda numbers: _newest_first(
        Bill.objects.published().filter(
            is_one_of(Cast(Value(numbers), ArrayField(TextField())), "base_print_no")
        )
    ),
    ("{@numbers}",),
)


def official_page(number: PrintNumber, *, today: date) -> str:
    """Where the legislature itself shows this number; of its running session where the number names none."""
    session = number.session or session_of_date(number.legislature, today)
    return official_pages.official_page(number, session=session)
