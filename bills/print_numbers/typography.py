"""Typographic characters that stand for plain ones in bill numbers, with no change of length.

Web pages and word processors write "S.3076‑A" with a non-breaking hyphen, "S 4075" with a non-breaking
space, "№ 34", or full-width letters. The readers of print numbers see the plain characters, and the
places they report still fit the text as it was given.
"""

import re
import unicodedata
from functools import lru_cache

_HYPHENS = dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
_PLAIN = _HYPHENS | {"№": "#", "\u2044": "/", "\u2215": "/"}

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")

# Compatibility forms that differ from the plain character in looks alone. A superscript is left out:
# "S4075²" has a footnote mark, not a sixth digit.
_LOOKS_ALONE = ("<wide>", "<narrow>", "<font>", "<noBreak>", "<compat>")


def plain_characters(text: str) -> str:
    """Return `text` with each typographic character replaced by one plain character; same length."""
    return text if text.isascii() else _replaced(text)


@lru_cache(maxsize=2)  # a document is read for several sorts of numbers
def _replaced(text: str) -> str:
    """One character after the other, which takes a tenth of what `translate()` takes: there are but a few."""
    plain = {character: _plain(character) for character in set(_NOT_ASCII.findall(text))}
    for character, instead in plain.items():
        if character != instead:
            text = text.replace(character, instead)
    return text


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character in _PLAIN:
        return _PLAIN[character]
    if unicodedata.category(character) in ("Cf", "Zs", "Zl", "Zp", "No"):
        return _single(character, otherwise=" ")
    return _single(character, otherwise=character)


def _single(character: str, otherwise: str) -> str:
    if unicodedata.decomposition(character).split(" ")[0] in _LOOKS_ALONE:
        folded = unicodedata.normalize("NFKC", character)
        if len(folded) == 1:
            return folded
    return otherwise
