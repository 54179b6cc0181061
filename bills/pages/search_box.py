"""What a person typed into the search box: which bills it may mean."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils import timezone

from bills import official_pages
from bills.models import Bill
from bills.print_numbers import PrintNumber, read_query, session_of_date

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
    bills = list(_newest_first(found))
    return [Choice(digits, None, bills)] if bills else []


def _numbered(numbers: list[PrintNumber]) -> list[Choice]:
    wanted = Q()
    for number in numbers:
        wanted |= _meant_by(number)
    found: defaultdict[str, list[Bill]] = defaultdict(list)
    for bill in _newest_first(Bill.objects.published().filter(wanted)):
        found[bill.base_print_no].append(bill)
    return [
        Choice(
            number.display,
            number,
            [bill for bill in found[number.base_print_no] if number.session in (None, bill.session.year)],
        )
        for number in numbers
    ]


def _meant_by(number: PrintNumber) -> Q:
    """ "S744" alone may be New York's or Congress's: the number decides, unless its session was named."""
    if number.session is not None:
        return Q(
            base_print_no=number.base_print_no,
            session__legislature=number.legislature,
            session__year=number.session,
        )
    if number.legislature == "ny":
        return Q(base_print_no=number.base_print_no)
    return Q(base_print_no=number.base_print_no, session__legislature=number.legislature)


def _newest_first(bills):
    return bills.for_cards().order_by("-session__start", "session__legislature", "base_print_no")[:MOST_SHOWN]


def official_page(number: PrintNumber, *, today: date) -> str:
    """Where the legislature itself shows this number; of its running session where the number names none."""
    session = number.session or session_of_date(number.legislature, today)
    return official_pages.official_page(number, session=session)
