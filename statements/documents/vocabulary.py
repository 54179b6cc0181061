"""Word lists, written as text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of `text` between its blanks, each once."""
    return frozenset(text.split())


def one_of(alternatives: str) -> str:
    """A pattern of "said|says|noted" that asks for each first letter once: "(?:s(?:aid|ays)|n(?:oted))"."""
    by_letter: dict[str, list[str]] = {}
    for word in alternatives.split("|"):
        by_letter.setdefault(word[0], []).append(word[1:])
    return "(?:" + "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items()) + ")"
