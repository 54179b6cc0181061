"""Where a text quotes: the spans between quotation marks, straight or curly, within and across paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Single characters as alternatives too: then the engine skips to the next of all of them.
_MARKS = re.compile(r"\"|“|”|„|«|»|``|''")
_NICKNAME = re.compile(r"[\"“”][A-Z][\w.’'-]{1,14}[\"“”](?= [A-Z])")
_OPENS_AFTER = frozenset(" \t([{—–-/…:,")


@dataclass(frozen=True, slots=True)
class Span:
    """One quotation in one paragraph: the text without its outer marks is `paragraph[start:end]`.

    `opened` is False where the paragraph goes on with a quotation begun before it, `closed` False where it
    does not end in this one. `outer_start` and `outer_end` take in the marks.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    opened: bool
    closed: bool


def spans(paragraph: str, *, inside: bool = False) -> list[Span]:
    """The quotations of one paragraph. `inside` tells that a quotation begun earlier still runs at its
    start.
    """
    found: list[Span] = []
    depth = 1 if inside else 0
    start = outer = 0
    opened = not inside
    skip_to = 0
    for match in _MARKS.finditer(paragraph):
        place = match.start()
        if place < skip_to:
            continue
        nickname = _NICKNAME.match(paragraph, place) if not depth and place else None
        if nickname and paragraph[place - 1] == " " and _after_name(paragraph, place):
            skip_to = nickname.end()
            continue
        if _is_opening(paragraph, match, depth):
            if depth == 0:
                start, outer, opened = match.end(), place, True
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append(Span(start, place, outer, match.end(), opened, closed=True))
    if depth:
        found.append(Span(start, len(paragraph), outer, len(paragraph), opened, closed=False))
    return found


def _after_name(paragraph: str, place: int) -> bool:
    """Does a capitalised word stand right before `place`, as in Letitia “Tish” James?"""
    word = paragraph[max(0, place - 30) : place].rstrip().rsplit(" ", 1)[-1]
    return (word[:1].isupper() and word[-1:].isalpha()) or word[-1:] == "."


def _is_opening(paragraph: str, match: re.Match, depth: int) -> bool:
    """Opening or closing, by what stands around the mark first and by its shape second."""
    before = paragraph[match.start() - 1] if match.start() else " "
    after = paragraph[match.end()] if match.end() < len(paragraph) else " "
    mark = match.group()
    loose_before, loose_after = before in _OPENS_AFTER, after.isspace()
    if mark in ("“", "„", "«", "``"):
        return not (depth and loose_after)
    if mark in ("”", "»", "''"):
        return not depth and loose_before and not loose_after
    if before.isspace() and loose_after:
        return not depth
    if loose_after or after in ",.;:!?)]”":
        return False
    if before.isspace() or match.start() == 0:
        return True
    return loose_before and not (depth and before in ",:-—–…")


def begins_with_quote(paragraph: str) -> bool:
    """Does the paragraph open with a quotation mark?"""
    return (
        paragraph[:1] in ("“", '"', "„", "«", "”") and paragraph[1:2].strip() != ""
    ) or paragraph.startswith("``")
