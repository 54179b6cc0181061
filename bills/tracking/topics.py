"""Topic queries: whether a title or summary has one of some words. Pure: no rows, no network.

    topic = Topic("Deportation", ("deport*", "removal proceedings"))
    topic.matches("Relates to deportation hearings")

Case, accents and the kind of space or hyphen between two words do not count. A word is found whole; one that
ends in "*" is found at the beginning of longer ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

LONGEST = 12_000  # characters of a text; sorting a long row of accents takes the square of their number
LONGEST_WORD = 80
MOST_WORDS = 100
SHORTEST_STEM = 3  # letters before a "*": "im*" would find half of all bills

_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—_"), " ")


@dataclass(frozen=True, slots=True)
class Topic:
    """Some words under a name. `legislatures` are codes; empty for all."""

    name: str
    words: tuple[str, ...]
    legislatures: frozenset[str] = frozenset()
    follows_at_once: bool = False
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = "|".join(map(_pattern_of, self.words)) or r"(?!)"
        object.__setattr__(self, "_pattern", re.compile(rf"(?<!\w)(?:{found})(?!\w)"))

    def matches(self, *texts: str) -> bool:
        return self.matches_folded([fold(text) for text in texts if text])

    def matches_folded(self, texts: Iterable[str]) -> bool:
        """As `matches`, for texts that `fold` made."""
        return any(self._pattern.search(text) for text in texts)

    def covers(self, legislature: str) -> bool:
        return not self.legislatures or legislature in self.legislatures


def fold(text: str) -> str:
    """`text` for comparison: no case, no accents, hyphens as spaces, single spaces. What is beyond LONGEST is cut."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST].casefold()).translate(_DASHES)
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.split())


def read_words(text: str) -> tuple[str, ...]:
    """The words of a query as staff write them, one a line; each once, in their order.

    Raises ValueError, with a sentence for the form, for none, too many, too long or too short ones, and for a
    "*" that does not end its word.
    """
    words = list(dict.fromkeys(word for line in text.splitlines() if (word := " ".join(line.split()))))
    if not words:
        raise ValueError("Write at least one word.")
    if len(words) > MOST_WORDS:
        raise ValueError(f"These are more than {MOST_WORDS} words; make two queries of them.")
    for word in words:
        stem = word.removesuffix("*")
        if len(word) > LONGEST_WORD:
            raise ValueError(f"“{word[:30]}…” is longer than {LONGEST_WORD} characters.")
        if "*" in stem or not re.search(r"[^\W_]", fold(stem)):
            raise ValueError(f"“{word}”: a * may stand only at the end of a word.")
        if word.endswith("*") and len(re.sub(r"\W", "", stem)) < SHORTEST_STEM:
            raise ValueError(f"“{word}” would find too much: write {SHORTEST_STEM} letters before the *.")
    return tuple(words)


def matching(topics: Iterable[Topic], *texts: str) -> list[Topic]:
    """The topics that one of the texts is about."""
    folded = [fold(text) for text in texts if text]
    return [topic for topic in topics if topic.matches_folded(folded)]


def _pattern_of(word: str) -> str:
    stem = re.escape(fold(word.removesuffix("*"))).replace(r"\ ", " ")
    return stem + (r"\w*" if word.endswith("*") else "")
