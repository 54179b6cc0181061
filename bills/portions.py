"""Long lists in portions that fit into one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def in_portions(items: Iterable[Item], most: int) -> Iterator[list[Item]]:
    """Lists of at most so many items. Where `items` breaks off with an error, what came before comes too."""
    portion: list[Item] = []
    try:
        for item in items:
            portion.append(item)
            if len(portion) == most:
                yield portion
                portion = []
    except Exception:
        if portion:
            yield portion
        raise
    if portion:
        yield portion
