"""The drawing of a lineage: columns are sessions, to scale in years; rows are chambers; each bill is a bar. Pure.

All measures are whole pixels, so that no language writes them with a comma. The drawing is never shrunk: a narrow
screen scrolls it, and the table beneath it says the same.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bills.pages.lineage import Entry

NARROWEST_YEAR, WIDEST_YEAR, WIDTH_TO_FILL = 88, 130, 1080  # two years fit on the narrowest phone
MARGIN = 10  # beside the first and the last column
INSET = 10  # of a bar within its column
HEADER, LANE_NAME = 34, 26  # heights
NUMBER, BAR, LINE, GAP = 20, 12, 16, 14
SIGN = 18  # a bar's mark of how it ended
LETTER = 7  # pixels that a letter takes on average
MOST_LINES = 3
ORDER = {"senate": 0, "house": 1, "assembly": 2, "council": 3}


@dataclass(frozen=True, slots=True)
class Column:
    x: int
    width: int
    y: int
    height: int
    middle: int
    label: str
    label_y: int


@dataclass(frozen=True, slots=True)
class Lane:
    y: int
    chamber: str


@dataclass(frozen=True, slots=True)
class Bar:
    """`filled` of `width` is how far up the ladder it got; `cuts` part its rungs."""

    entry: Entry
    x: int
    width: int
    filled: int
    cuts: tuple[int, ...]
    number_y: int
    y: int
    sign_x: int
    sign_y: int
    lines: tuple[tuple[int, str, bool], ...]  # y, words, whether they tell the end


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    height: int
    columns: list[Column]
    lanes: list[Lane]
    bars: list[Bar]
    today_x: int | None


def chart_of(entries: Sequence[Entry], *, today: date) -> Chart:
    """Lay out the bars of `entries`, of which there is at least one."""
    first = min(entry.starts for entry in entries).year
    last_day = max(entry.ends for entry in entries)
    years = max(1, round((last_day - date(first, 1, 1)).days / 365))
    per_year = max(NARROWEST_YEAR, min(WIDEST_YEAR, WIDTH_TO_FILL // years))

    def across(day: date) -> int:
        into_year = (day - date(day.year, 1, 1)).days / 365
        return MARGIN + round((day.year - first + into_year) * per_year)

    columns: list[Column] = []
    lanes: list[Lane] = []
    bars: list[Bar] = []
    y = 0
    for legislature in sorted({entry.legislature for entry in entries}):
        own = [entry for entry in entries if entry.legislature == legislature]
        top, y = y, y + HEADER
        for chamber in sorted({entry.chamber for entry in own}, key=lambda name: ORDER.get(name, 9)):
            lanes.append(Lane(y + 16, chamber))
            y += LANE_NAME
            placed, y = _bars([entry for entry in own if entry.chamber == chamber], across, y)
            bars += placed
        for starts, ends, label in sorted({(one.starts, one.ends, one.session_label) for one in own}):
            x, width = across(starts), across(ends) - across(starts)
            columns.append(Column(x, width, top, y - top, x + width // 2, label, top + 22))
        y += GAP
    now = across(today) if date(first, 1, 1) <= today <= last_day else None
    return Chart(across(last_day) + MARGIN, y - GAP, columns, lanes, bars, now)


def _bars(entries: Sequence[Entry], across, y: int) -> tuple[list[Bar], int]:
    """The bars of one chamber from `y` down, those of one session below each other; and where they end."""
    by_session: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_session[entry.session].append(entry)
    placed = []
    for depth in range(max(map(len, by_session.values()))):
        row = [own[depth] for own in by_session.values() if len(own) > depth]
        drawn = [_bar(entry, across, y) for entry in row]
        placed += drawn
        y += NUMBER + BAR + 6 + LINE * max(len(bar.lines) for bar in drawn) + GAP
    return placed, y


def _bar(entry: Entry, across, y: int) -> Bar:
    x = across(entry.starts) + INSET
    width = across(entry.ends) - across(entry.starts) - 2 * INSET
    filled = width * entry.rung // entry.rungs if entry.rungs else 0
    cuts = tuple(x + width * rung // entry.rungs for rung in range(1, entry.rungs))
    bar_y = y + NUMBER
    told = [(words, True) for words in _wrapped(entry.end_in_words, width)]
    told += [(words, False) for words in _wrapped(entry.furthest_in_words, width)]
    return Bar(
        entry=entry,
        x=x,
        width=width,
        filled=filled,
        cuts=cuts,
        number_y=y + 13,
        y=bar_y,
        sign_x=min(x + filled - SIGN // 2, x + width - SIGN // 2) if filled else x - 2,
        sign_y=bar_y + BAR // 2 - SIGN // 2,
        lines=tuple((bar_y + BAR + 18 + LINE * place, *line) for place, line in enumerate(told)),
    )


def _wrapped(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, max(8, width // LETTER), max_lines=MOST_LINES, placeholder=" …")
