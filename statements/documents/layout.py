"""A cleaned text as blocks: headings, list items, paragraphs. Wrapped and page-broken paragraphs are made
whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from statements.documents.plain_text import clean, without_marks

READ_LIMIT = 400_000  # characters: a statement is far shorter; of a bill's full text the head is what matters

_HEADING = re.compile(r"(#{1,6}) +(?=\S)")
_BULLET = re.compile(r"(?:[-*+•·▪◦●] +){1,4}(?=\S)|\(?\d{1,2}[.)] +(?=\S)")
_RULE = re.compile(r"(?:[-_=~] ?){3,}|(?:\* ?){3,}|[|:\- ]{3,}")
_ONLY_MARKS = re.compile(r"[-–—|*•·#.,:;/\\ ]{1,10}")
_END_MARK = re.compile(r"#(?: ?#){1,7}|- ?30 ?-|\* ?\* ?\*|–? ?END ?–?")
# Controls and action lines of bill pages, which begin in small letters and go on with nothing.
_OWN_LINE = re.compile(
    r"(?:download|view|do you|share|print|read more|learn more|click|go to|"
    r"co-?sponsors?|multi-?sponsors?|senate bill|assembly bill|"
    r"referred|reported|passed|delivered|returned|substituted|signed|vetoed|ordered|"
    r"advanced|amend|3rd reading)\b|"
    r"[A-Z][A-Za-z]{2,12}(?: [A-Za-z]{2,12}){0,2}: |(?:[A-Z] ?){4,}|BILL NO|[SA]\d{4,5}[A-Z]? |\d{1,2}/\d{1,2}/\d{4}",
    re.ASCII,
)
_SENTENCE_END = (".", "!", "?", ":", ";", "”", '"', "»", "…")
END_MARK = "###"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row. `start` counts characters of `Layout.text`.

    `level` is 1 to 6 for a heading, 0 otherwise; `gap` is the number of empty lines before it.
    """

    text: str
    start: int
    level: int = 0
    bullet: bool = False
    strong: bool = False
    gap: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole text without markup, and its blocks in order. `cut` tells that more followed."""

    text: str
    blocks: tuple[Block, ...]
    cut: bool


@dataclass(slots=True)
class _Line:
    text: str
    level: int = 0
    bullet: bool = False
    strong: bool = False
    gap: int = 0


def read_layout(text: str) -> Layout:
    """The blocks of a text as pasted. A text of only blanks gives no blocks."""
    cut = len(text) > READ_LIMIT
    lines = _lines(clean(text[:READ_LIMIT]))
    lines = _join_wrapped(lines, _wrap_width(lines))
    lines = _join_page_breaks(lines)
    blocks: list[Block] = []
    parts: list[str] = []
    place = 0
    for line in lines:
        if parts:
            separator = "\n\n" if line.gap else "\n"
            parts.append(separator)
            place += len(separator)
        blocks.append(Block(line.text, place, line.level, line.bullet, line.strong, line.gap))
        parts.append(line.text)
        place += len(line.text)
    return Layout("".join(parts), tuple(blocks), cut)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    gap = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped:
            gap += 1
            continue
        if _END_MARK.fullmatch(stripped):
            lines.append(_Line(END_MARK, gap=max(gap, 1)))
            gap = 1
            continue
        if _RULE.fullmatch(stripped):
            if (
                lines
                and not gap
                and stripped[0] in "=-"
                and len(lines[-1].text) < 200
                and _is_underline(stripped)
            ):
                lines[-1].level = lines[-1].level or (1 if stripped[0] == "=" else 2)
            gap = max(gap, 1)
            continue
        line = _line(stripped, gap)
        if line.text and not _ONLY_MARKS.fullmatch(line.text):
            lines.append(line)
            gap = 0
    return lines


def _is_underline(stripped: str) -> bool:
    return len(stripped) >= 3 and len(set(stripped)) == 1


def _line(stripped: str, gap: int) -> _Line:
    level, bullet = 0, False
    stripped = (
        stripped.lstrip("> ").strip("|").strip() if stripped[0] in ">|" or stripped[-1] == "|" else stripped
    )
    while match := _HEADING.match(stripped):
        level = level or len(match.group(1))
        stripped = stripped[match.end() :]
    match = _BULLET.match(stripped)
    if match and not level:
        bullet, stripped = True, stripped[match.end() :]
    strong = (
        stripped.startswith(("**", "__")) and stripped.endswith(("**", "__")) and stripped.count("**") <= 2
    )
    return _Line(without_marks(stripped), level, bullet, strong, gap)


def _wrap_width(lines: list[_Line]) -> int:
    """The width at which the text was broken into lines, or 0 where each line is a paragraph of its own."""
    lengths = sorted(
        len(line.text)
        for line, following in pairwise(lines)
        if not following.gap and not line.bullet and not line.level
    )
    if len(lengths) < 4:
        return 0
    width = lengths[(len(lengths) * 9) // 10]
    near = sum(1 for length in lengths if width - 14 <= length <= width + 6)
    return width if 50 <= width <= 120 and near >= max(4, len(lengths) // 4) else 0


def _join_wrapped(lines: list[_Line], width: int) -> list[_Line]:
    joined: list[_Line] = []
    parts: list[str] = []
    last = ""
    for line in lines:
        first_word = line.text.split(" ", 1)[0]
        if (
            joined
            and not line.gap
            and not (line.level or line.bullet or joined[-1].level)
            and last[-1] != ":"
            and (
                (width and width - 6 < len(last) + 1 + len(first_word) and len(last) <= width + 8)
                or _breaks_off(last, line.text)
            )
            and " | " not in last
            and " | " not in line.text
            and not _OWN_LINE.match(line.text)
        ):
            parts.append(line.text)
            last = line.text
            continue
        if len(parts) > 1:
            joined[-1].text = " ".join(parts)
        joined.append(line)
        parts, last = [line.text], line.text
    if len(parts) > 1:
        joined[-1].text = " ".join(parts)
    return joined


def _breaks_off(line: str, following: str) -> bool:
    """Does a line of ordinary prose stop at the width of a page without end, in a text that is mostly not
    wrapped?
    """
    if not 60 <= len(line) <= 125 or len(following) > 125 or line.endswith(_SENTENCE_END):
        return False
    words = line.split()
    return sum(1 for word in words if word[0].isupper()) * 2 < len(words)


def _join_page_breaks(lines: list[_Line]) -> list[_Line]:
    """A paragraph that stops within a sentence, with the next beginning in lower case, is one paragraph."""
    joined: list[_Line] = []
    parts: list[str] = []
    for line in lines:
        last = parts[-1] if parts else ""
        if (
            joined
            and len(last) >= 60
            and not last.endswith(_SENTENCE_END)
            and line.text[0].islower()
            and not (line.bullet or line.level or joined[-1].level or joined[-1].bullet)
            and " | " not in last
            and not _OWN_LINE.match(line.text)
        ):
            parts.append(line.text)
            continue
        if len(parts) > 1:
            joined[-1].text = " ".join(parts)
        joined.append(line)
        parts = [line.text]
    if len(parts) > 1:
        joined[-1].text = " ".join(parts)
    return joined
