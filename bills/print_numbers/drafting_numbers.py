"""Drafting numbers: the "LS# 9714, 9725" that the Council's drafters put under a text.

They count drafts, not bills: one draft may become no bill and a bill may have several drafts, so nothing
here is a print number.
"""

import re
from dataclasses import dataclass

from bills.print_numbers.typography import plain_characters

# Not a part of a date: "LS # 5/9/2017" is a label whose number was never filled in.
_DIGITS = r"([0-9]{1,2},[0-9]{3}|[0-9]{1,5})(?![0-9])(?!/[0-9]{1,2}/)(?!\.[0-9])"
_YEAR = r"(?:/((?:19|20)[0-9]{2})(?![0-9/])| \(((?:19|20)[0-9]{2})\))?"
# "LS" comes first so that the engine can skip to it; no letter or digit may stand before it.
_FIRST = re.compile(rf"LS(?<![^\W_]..)\s?#?\s?{_DIGITS}{_YEAR}")
_NEXT = re.compile(rf"\s?(?:[,/&]|and)\s?(?:and\s)?(?:LS\s?)?#?\s?{_DIGITS}{_YEAR}")


@dataclass(frozen=True, slots=True)
class DraftingNumber:
    """One drafting number; `year` is that of "LS 927/2014". `text[start:end] == as_written`."""

    number: int
    year: int | None
    start: int
    end: int
    as_written: str


def find_drafting_numbers(text: str) -> list[DraftingNumber]:
    """Return the drafting numbers in `text`, in order: "LS# 9714, 9725" gives 9714 and 9725."""
    if not isinstance(text, str):
        raise TypeError(f"Drafting numbers are looked for in a text, not in {type(text).__name__}.")
    flat = plain_characters(text)
    found = []
    match = _FIRST.search(flat)
    while match:
        start = match.start() if flat.startswith("LS", match.start()) else match.start(1)
        year = match[2] or match[3]
        found.append(
            DraftingNumber(
                number=int(match[1].replace(",", "")),
                year=int(year) if year else None,
                start=start,
                end=match.end(),
                as_written=text[start : match.end()],
            )
        )
        match = _NEXT.match(flat, match.end()) or _FIRST.search(flat, match.end())
    return found
