"""The prints of a bill: what is known of each, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from bills.models import Amendment, Bill, PrintText
from bills.pages.word_diff import Piece, TextDiff, text_changed, words_changed

ORIGINAL = "original"  # in addresses, where the letter is ""


@dataclass(frozen=True, slots=True)
class Print:
    """One print as a bill's page lists it. `before` is the letter of the print before it, None for the first."""

    letter: str
    published_on: date | None
    has_text: bool
    is_in_force: bool
    before: str | None

    @property
    def name(self) -> str:
        return print_name(self.letter)

    @property
    def in_address(self) -> str:
        return self.letter or ORIGINAL

    @property
    def before_in_address(self) -> str:
        return self.before or ORIGINAL


@dataclass(frozen=True, slots=True)
class Choice:
    """A print that can be chosen for a comparison. `in_address` is its letter there, or "original"."""

    name: str
    in_address: str
    published_on: date | None

    @classmethod
    def of(cls, one: Amendment) -> Choice:
        return cls(print_name(one.letter), one.letter or ORIGINAL, one.published_on)


@dataclass(frozen=True, slots=True)
class Row:
    """One fact that both prints state, or one of them. `pieces` are empty where both say the same."""

    name: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs. `text` is None where the words of one of the prints are not here, `is_cut` where they end early."""

    rows: list[Row]
    laws_added: list[str]
    laws_removed: list[str]
    knows_laws: bool
    joined: list[str]
    left: list[str]
    without_sponsors: list[str]  # names of the prints whose co-sponsors no source told
    text: TextDiff | None
    is_cut: bool
    missing: list[str]  # names of the prints whose words are not here


def print_name(letter: str) -> str:
    return gettext("Print %(letter)s") % {"letter": letter} if letter else gettext("Original print")


def prints_of(bill: Bill) -> list[Print]:
    """All prints, the original first, though the record may list none. `bill` is a row of `for_page()`."""
    known = {one["letter"]: one for one in bill.prints}
    letters = sorted({"", bill.active_amendment, *known})
    told = []
    for place, letter in enumerate(letters):
        one = known.get(letter, {})
        day = one.get("published_on")
        told.append(
            Print(
                letter,
                date.fromisoformat(day) if day else None,
                bool(one.get("has_text")),
                letter == bill.active_amendment,
                letters[place - 1] if place else None,
            )
        )
    return told


def comparison(before: Amendment, after: Amendment, texts: Iterable[PrintText]) -> Comparison:
    """What `after` says and `before` does not, and the other way round; only what both prints tell is compared."""
    words = {text.letter: text for text in texts if text.text}
    old, new = words.get(before.letter), words.get(after.letter)
    added, removed = _parted(_laws(before), _laws(after))
    knows_sponsors = before.sponsors is not None and after.sponsors is not None
    joined, left = _parted(_names(before), _names(after)) if knows_sponsors else ([], [])
    return Comparison(
        rows=_rows(before, after),
        laws_added=added,
        laws_removed=removed,
        knows_laws=bool(before.laws and after.laws),
        joined=joined,
        left=left,
        without_sponsors=[print_name(one.letter) for one in (before, after) if one.sponsors is None],
        text=text_changed(old.text, new.text) if old and new else None,
        is_cut=any(text.is_cut for text in (old, new) if text),
        missing=[print_name(one.letter) for one in (before, after) if one.letter not in words],
    )


def _rows(before: Amendment, after: Amendment) -> list[Row]:
    names = {
        "title": gettext("Official title"),
        "act_clause": gettext("Act clause"),
        "law_section": gettext("Law it amends"),
        "law_code": gettext("Changes in short"),
    }
    rows = []
    for field, name in names.items():
        was, now = getattr(before, field), getattr(after, field)
        if was or now:
            pieces = words_changed(was, now) if was and now and was.split() != now.split() else ()
            rows.append(Row(name, was, now, pieces))
    return rows


def _parted(was: Sequence[str], now: Sequence[str]) -> tuple[list[str], list[str]]:
    """Those that came and those that went, in their own order."""
    return [one for one in now if one not in set(was)], [one for one in was if one not in set(now)]


def _laws(one: Amendment) -> list[str]:
    return [_law_in_words(action, section) for action, section in one.laws]


def _law_in_words(action: str, section: str) -> str:
    words = {
        "add": gettext("Adds %(section)s"),
        "amend": gettext("Amends %(section)s"),
        "repeal": gettext("Repeals %(section)s"),
        "renumber": gettext("Renumbers %(section)s"),
    }.get(action, gettext("Touches %(section)s"))
    return words % {"section": section}


def _names(one: Amendment) -> list[str]:
    return [name for _kind, name in one.sponsors or ()]


def no_such() -> str:
    return gettext("This bill has no print of that letter.")


def letter_in_address(value: str | None, *, unstated: str) -> str | None:
    """The letter that an address names, "" for the original; None where it names no letter at all."""
    text = (value or "").strip().upper()
    if not text:
        return unstated
    if text == ORIGINAL.upper():
        return ""
    return text if len(text) == 1 and "A" <= text <= "Z" else None


def chosen(bill: Bill, held: Sequence[Amendment], query: Any) -> tuple[Amendment | None, Amendment | None]:
    """The two prints that a query names by `from` and `to`, unstated the one in force and the one before it.

    None for one that is no print of this bill. Raises ValueError where the query names no letter of a print.
    """
    letters = [one.letter for one in held]
    active = bill.active_amendment if bill.active_amendment in letters else letters[-1]
    to = letter_in_address(query.get("to"), unstated=active)
    earlier = [letter for letter in letters if to is not None and letter < to]
    start = letter_in_address(query.get("from"), unstated=earlier[-1] if earlier else letters[0])
    if to is None or start is None:
        raise ValueError(gettext("A print is named by one letter, or by “original”."))
    by_letter = {one.letter: one for one in held}
    return by_letter.get(start), by_letter.get(to)
