"""Cards of bills in lists, each written once for each state of its bill.

A list has 25 of them, the same bills stand in one list after another, and writing them took a list a sixth of its time.
What a card says is a matter of the columns that it reads, the day and the language: they are what it is kept under, so
that one that was kept is what would be written now.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.utils.translation import get_language

from bills.models import Bill
from bills.models.bill import STANDING_FIELDS, this_day

MOST_KEPT = 5_000  # of about a kilobyte; one more and it begins anew

_KEYS = {
    "substituted_by": "substituted_by_id",
    "proposal": "proposal_id",
    "session__legislature": "session.legislature_id",
}
_STANDING = [_KEYS.get(name, name.replace("__", ".")) for name in STANDING_FIELDS]
_standing = attrgetter(*_STANDING)
_columns = attrgetter("pk", "title", "short_name", *_STANDING)


def kept(card: Callable[[Bill, int], str]) -> Callable[[Bill, int], str]:
    """`card` writes one, of a row of `for_cards()` and the level of its heading."""
    cards: dict[tuple[Any, ...], str] = {}

    def bill_card(bill: Bill, level: int = 3) -> str:
        other = bill.substituted_by
        key = (
            get_language(),
            this_day(),
            level,
            _columns(bill),
            _standing(other) if other else None,
        )
        written = cards.get(key)
        if written is None:
            if len(cards) >= MOST_KEPT:
                cards.clear()
            written = cards[key] = card(bill, level)
        return written

    return bill_card
