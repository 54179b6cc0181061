"""What may stand in a cell of a CSV file: a spreadsheet must never take a title for a formula."""

from __future__ import annotations

from typing import Any

_STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def safe_cell(value: Any) -> Any:
    """The value; a text that a spreadsheet would work out, with an apostrophe before it.

    Blanks before the sign do not help: some programs cut them off first. Numbers stay numbers.
    """
    if isinstance(value, str) and (
        value.startswith(_STARTS_A_FORMULA) or value.lstrip().startswith(_STARTS_A_FORMULA)
    ):
        return f"'{value}"
    return value
