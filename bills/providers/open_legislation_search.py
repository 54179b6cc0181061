"""Words as a search of Open Legislation takes them: an Elasticsearch query string. Pure.

Each word is looked for in title and summary only. What a person typed can neither break the query nor widen it:
within quotation marks the service reads no operators, and outside them only letters and digits are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

LONGEST_LIST = (
    700  # characters of words in one query, which names them twice; a web address has no room for more
)

_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def search_terms(words: Sequence[str]) -> Iterator[str]:
    """Queries that together find whatever has any of the words; none where no word has a letter or digit.

    ["immigra*", "private prison"] -> 'title:(immigra* OR "private prison") OR summary:(immigra* OR "private prison")'
    """
    clauses: list[str] = []
    for clause in dict.fromkeys(clause for word in words if (clause := _clause(word))):
        if clauses and sum(map(len, clauses)) + 4 * len(clauses) + len(clause) > LONGEST_LIST:
            yield _query(clauses)
            clauses = []
        clauses.append(clause)
    if clauses:
        yield _query(clauses)


def _query(clauses: Sequence[str]) -> str:
    any_of = " OR ".join(clauses)
    return f"title:({any_of}) OR summary:({any_of})"


def _clause(word: str) -> str:
    """One word or phrase; "" where there is nothing to look for in it.

    A phrase is left to the service to take apart as it took apart the titles, so that "E-Verify" and "U.S." find
    themselves. Of a phrase with "*" at its end no order is asked, which quotation marks would need and "*" forbids.
    """
    plain = "".join(each if each.isprintable() and each not in '"\\' else " " for each in word)
    pieces = _PIECE.findall(plain)
    if not pieces:
        return ""
    if not plain.rstrip().endswith("*"):
        return f'"{" ".join(plain.split())}"'
    *whole, begun = pieces
    needed = [f'+"{piece}"' for piece in whole]
    return f"(+{begun.lower()}* {' '.join(needed)})" if needed else f"{begun.lower()}*"
