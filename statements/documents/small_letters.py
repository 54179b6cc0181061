"""Text in small letters, so that a pattern need not ask for either case.

The engine of `re` skips an alternative by its first letter, but with re.IGNORECASE it tries each at each place, which
takes three to five times as long.
"""

from __future__ import annotations

from functools import lru_cache

# What re.IGNORECASE takes for an "i" or an "s" as well.
_SAME = {"İ": "i", "ı": "i", "ſ": "s"}
LONG = 1_000  # characters: a longer text is a whole document, for which several readers ask


def small(text: str) -> str:
    """`text` in small letters, of the same length: what is found in one stands at the same place in the other.

    A pattern written in small letters finds here what it finds with re.IGNORECASE in `text`.
    """
    return _kept(text) if len(text) > LONG else _letters(text)


def _letters(text: str) -> str:
    if not text.isascii():
        for letter, plain in _SAME.items():
            text = text.replace(letter, plain)
    return text.lower()


_kept = lru_cache(maxsize=4)(_letters)
