"""Two texts compared word by word. Pure, and bounded: what is too long to compare closely is said to be.

    words_changed("the old law", "the new law")       pieces: same, removed, added, same
    text_changed(before, after)                        paragraphs first, then the words of those that differ

A bill's text comes in lines of a printed page, which break anew in every print. So lines are joined to paragraphs
before they are compared, and a hyphen at the end of a line says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"

MOST_PARAGRAPHS = 2_000  # of each text
MOST_PAIRS = 1_500_000  # of words that are held against each other, in all
MOST_CHANGES = 150  # shown
MOST_CHARACTERS = 60_000  # shown
LONGEST_PRINTED = 110  # characters of a line
AROUND = 12  # words that are shown before and after a change

_NUMBERED = re.compile(r"^ {0,7}[0-9]{1,2}(?: {2}| ?$)")
_PAGE_HEAD = re.compile(
    r"^\s*[AS]\.\s?[0-9]+(?:--?[A-Z])?(?:\s+[0-9]{1,4})?(?:\s+[AS]\.\s?[0-9]+(?:--?[A-Z])?)?(?:\s+[0-9]{1,4})?\s*$"
)
_EXPLANATION = re.compile(
    r"^\s*(?:EXPLANATION--Matter in|\[ ?\] is old law to be omitted|LBD[0-9-]+\s*$)", re.I
)
_ENACTING = re.compile(r"DO\s+ENACT\s+AS\s+FOLLOWS:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that are the "same" in both texts, "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the texts differ, with some words around it; `unchanged` paragraphs lie before it."""

    pieces: tuple[Piece, ...]
    unchanged: int
    is_close: bool = True  # False: too long to be compared word by word


@dataclass(slots=True)
class TextDiff:
    """All places in order. `left_out` more are not shown; where `is_too_long`, nothing was compared."""

    changes: list[Change] = field(default_factory=list)
    left_out: int = 0
    unchanged_after: int = 0
    is_too_long: bool = False

    @property
    def are_alike(self) -> bool:
        return not self.changes and not self.is_too_long


def words_changed(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in reading order, what was removed before what was added in its place."""
    return _pieces(before.split(), after.split())


def text_changed(before: str, after: str) -> TextDiff:
    """Where two texts differ, by paragraphs and within them by words."""
    old, new = paragraphs(before), paragraphs(after)
    if max(len(old), len(new)) > MOST_PARAGRAPHS:
        return TextDiff(is_too_long=True)
    diff = TextDiff()
    pairs, characters = MOST_PAIRS, MOST_CHARACTERS
    matcher = SequenceMatcher(None, [_key(each) for each in old], [_key(each) for each in new])
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            diff.unchanged_after += old_to - old_from
            continue
        if len(diff.changes) >= MOST_CHANGES or characters <= 0:
            diff.left_out += 1
            continue
        was = " ".join(old[old_from:old_to]).split()
        now = " ".join(new[new_from:new_to]).split()
        pairs -= len(was) * len(now)
        is_close = pairs >= 0
        pieces = _shortened(_pieces(was, now)) if is_close else _whole(was, now)
        if all(piece.kind == SAME for piece in pieces):  # the same words, parted otherwise
            diff.unchanged_after += new_to - new_from
            continue
        characters -= sum(len(piece.text) for piece in pieces)
        diff.changes.append(Change(pieces, diff.unchanged_after, is_close))
        diff.unchanged_after = 0
    return diff


def paragraphs(text: str) -> list[str]:
    """The text without the furniture of the printed page, each paragraph in one line.

    What stands before "DO ENACT AS FOLLOWS" is the title page, and is left out.
    """
    if enacting := _ENACTING.search(text[:20_000]):
        text = text[enacting.end() :]
    lines = [
        line.rstrip()
        for line in text.expandtabs().splitlines()
        if not _PAGE_HEAD.match(line) and not _EXPLANATION.match(line)
    ]
    filled = [line for line in lines if line.strip()]
    if sum(bool(_NUMBERED.match(line)) for line in filled) * 2 > len(filled):
        lines = [_NUMBERED.sub("", line, count=1) for line in lines]
    margin = _margin(lines)
    found: list[list[str]] = []
    is_new = True
    for line in lines:
        words = line.split()
        if not words:
            is_new = True
            continue
        if is_new or _indent(line) > margin or not found:
            found.append(words)
        else:
            _join(found[-1], words)
        is_new = False
    return [" ".join(words) for words in found]


def _margin(lines: Sequence[str]) -> int:
    """Where lines begin that go on with a paragraph: the smallest indentation that a tenth of them have.

    -1 where no page was printed, and every line is a paragraph.
    """
    if sum(len(line) > LONGEST_PRINTED for line in lines) * 4 > len(lines):
        return -1
    indents = Counter(_indent(line) for line in lines if line.strip())
    often = [indent for indent, times in indents.items() if times * 10 >= indents.total()]
    return min(often, default=0)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _join(words: list[str], more: list[str]) -> None:
    """Go on with the next line; a word that was parted at the end of the line is one again."""
    if len(words[-1]) > 1 and words[-1].endswith("-") and words[-1][-2].isalpha() and more[0][:1].isalpha():
        words[-1] = words[-1][:-1] + more[0]
        more = more[1:]
    words += more


def _key(text: str) -> str:
    """What is compared of a word or paragraph: hyphens may be the end of a line."""
    return text.replace("-", "")


def _pieces(was: Sequence[str], now: Sequence[str]) -> tuple[Piece, ...]:
    matcher = SequenceMatcher(None, [_key(each) for each in was], [_key(each) for each in now])
    pieces = []
    for kind, was_from, was_to, now_from, now_to in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, " ".join(now[now_from:now_to])))
            continue
        if was_from < was_to:
            pieces.append(Piece(REMOVED, " ".join(was[was_from:was_to])))
        if now_from < now_to:
            pieces.append(Piece(ADDED, " ".join(now[now_from:now_to])))
    return tuple(pieces)


def _whole(was: Sequence[str], now: Sequence[str]) -> tuple[Piece, ...]:
    """Both sides as they are, cut where they are too long to show."""
    told = ((REMOVED, was), (ADDED, now))
    return tuple(Piece(kind, _cut(" ".join(words))) for kind, words in told if words)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS // 4 else text[: MOST_CHARACTERS // 4] + " …"


def _shortened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with long stretches of same words cut down to those beside a change."""
    short = []
    for place, piece in enumerate(pieces):
        words = piece.text.split()
        if piece.kind == SAME and len(words) > 2 * AROUND + 4:
            end = [*words[:AROUND], "…"] if place else ["…"]
            start = words[-AROUND:] if place < len(pieces) - 1 else []
            piece = Piece(SAME, " ".join(end + start))
        short.append(piece if piece.kind == SAME else Piece(piece.kind, _cut(piece.text)))
    return tuple(short)
