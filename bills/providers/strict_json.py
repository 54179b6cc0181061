"""Strict JSON, for whatever comes from outside. Pure: no network, no files."""

from __future__ import annotations

import json
import math
from typing import Any


def read_json(text: str) -> Any:
    """What `text` says: no NaN or Infinity, no key twice in one object, no number too long or too large to read.

    Raises ValueError (a JSONDecodeError where it is no JSON at all) and, for what is nested too deeply,
    RecursionError.
    """
    return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant, parse_float=_finite)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("too large")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return made


def _refuse_constant(_constant: str) -> None:
    raise ValueError("not a number")
