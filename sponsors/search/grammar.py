"""What a reader asks for: words that all have to be there, "exact phrases", -without, or. Pure.

    read_words('"New York" dream or liberty -tax') ->
        Asked(any_of=(("New York", "dream"), ("liberty",)), without=("tax",))

The signs are those of web search engines. Any text is a question; one that asks for nothing is empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_TERMS = 16  # more would only make the database work; the rest is left out

_TERM = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
# Quotes as phones and word processors type them.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
# Nothing that PostgreSQL could not be told: null characters, and halves of surrogate pairs.
_UNTELLABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """Groups of terms, of which all of one group have to be there; and terms that must not be.

    A term is a word, or a phrase of words between spaces.
    """

    any_of: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.any_of)

    @property
    def words(self) -> list[str]:
        """The single words that are asked for, in their order and each once."""
        found = [word for group in self.any_of for term in group for word in plain_words(term)]
        return list(dict.fromkeys(found))


def read_words(text: str) -> Asked:
    """Read a question. A minus before a word or a phrase takes it out of every group; "or" parts groups."""
    groups: list[list[str]] = [[]]
    without: list[str] = []
    for term in list(_TERM.finditer(tellable(text).translate(_QUOTES)))[:MOST_TERMS]:
        word = term["word"]
        if word is None:
            (without if term["minus"] else groups[-1]).append(" ".join(term["phrase"].split()))
        elif word.casefold() == "or":
            groups.append([])
        elif word.startswith("-"):
            without.append(word.lstrip("-"))
        else:
            groups[-1].append(word)
    sayable = [tuple(term for term in group if _WORD.search(term)) for group in groups]
    return Asked(
        tuple(dict.fromkeys(group for group in sayable if group)),
        tuple(dict.fromkeys(term for term in without if _WORD.search(term))),
    )


def tellable(text: str) -> str:
    """`text` without the characters that PostgreSQL takes from nobody."""
    return _UNTELLABLE.sub(" ", text)


def plain_words(text: str) -> list[str]:
    """The words of a text without signs: letters and digits only."""
    return _WORD.findall(tellable(text))
