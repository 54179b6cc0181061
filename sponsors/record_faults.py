"""What is wrong with an entry of a record file, on one line for whoever wrote the file. Bills' files use it too."""

from __future__ import annotations

import re

from pydantic import ValidationError

LONGEST = 300  # characters
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def first_fault(error: ValidationError) -> str:
    """ "terms.1.start: Input should be a valid date.": the place, counted from 1, and what is wrong there."""
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
    message = fault["msg"].removeprefix("Value error, ").rstrip(".")
    return one_line(f"{place}: {message}." if place else f"{message}.")


def one_line(text: str) -> str:
    return " ".join(_CONTROL_CHARACTERS.sub(" ", text).split())[:LONGEST]
