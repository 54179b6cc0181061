"""Fold written names for comparison: case, accents, points, hyphens and apostrophes set aside. Pure."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base and a mark.
_BASE_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
# Typists and keyboards: straight and curled quotes, primes, accents used as quotes.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´′ʹ＇"))
_NOT_A_LETTER = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower-case words without marks, parted by single spaces: "José E. Serrano" is "jose e serrano".

    An apostrophe joins ("D'Urso" is "durso"); a hyphen or point parts ("HOYLMAN-SIGAL" is "hoylman sigal").
    Folding a folded text changes nothing. Only for comparison: never show the result to a reader.
    """
    if text.isascii():
        return " ".join(_NOT_A_LETTER.sub(" ", text.lower().replace("'", "").replace("`", "")).split())
    text = text.translate(_APOSTROPHES)
    # Case folding can bring forth marks that were not there ("İ"), so text is taken apart again after it.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES).casefold().translate(_BASE_LETTERS)
    parted = unicodedata.normalize("NFKD", text)
    letters = "".join(char for char in parted if unicodedata.category(char)[0] != "M")
    return " ".join(_NOT_A_LETTER.sub(" ", letters).split())


def vocabulary(words: str) -> frozenset[str]:
    """The words of one string, parted by spaces, as a set: for the word lists of the name readers."""
    return frozenset(words.split())
