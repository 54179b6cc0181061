"""What is measured, as lines of a table and as JSON: costs of work (`Figure`), and pages against goals (`Row`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.measuring import Cost

MEGABYTE = 1_000_000
ROW_HEADING = f"{'':44}{'goal':>13}{'figure':>13}{'ratio':>8}"
HEADING = (
    f"{'':44}{'count':>8}{'seconds':>9}{'a second':>10}{'of a core':>10}{'statements':>12}{'memory':>10}"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. Seconds are of the clock (`clock`) and of a core, by us and by the database server.

    `memory` is in bytes: this process's peak, or what it held just then. None where a thing was not measured.
    """

    part: str
    what: str
    count: int
    clock: float | None = None
    ours: float | None = None
    database: float | None = None
    statements: int | None = None
    memory: int | None = None

    @classmethod
    def of_work(cls, part: str, what: str, count: int, cost: Cost, memory: int | None = None) -> Figure:
        return cls(part, what, count, cost.clock, cost.ours, cost.database, cost.statements, memory)

    @property
    def core(self) -> float | None:
        """Seconds of one core, ours and the database server's together."""
        return None if self.ours is None or self.database is None else self.ours + self.database

    def line(self) -> str:
        """What it took, how many a second by the clock and by a core's time, and statements for each."""
        cells = [
            f"{self.what:44}{self.count:>8,}",
            f"{self.clock:>9.1f}{self.count / self.clock:>10,.0f}" if self.clock else " " * 19,
            f"{self.count / self.core:>10,.0f}" if self.core else " " * 10,
            " " * 12 if self.statements is None else f"{self.statements / self.count:>12.2f}",
            " " * 10 if self.memory is None else f"{self.memory / MEGABYTE:>7.1f} MB",
        ]
        return "".join(cells).rstrip()


@dataclass(frozen=True, slots=True)
class Row:
    """One figure against its goal: the most it may be, or with `at_least` the least; None where there is none.

    `told` has what else was counted, in words.
    """

    part: str
    what: str
    figure: float
    unit: str  # "ms", "KB", "a second", "queries", "times", "" for a plain number
    goal: float | None = None
    at_least: bool = False
    told: str = ""

    @property
    def ratio(self) -> float | None:
        """The figure as a part of its goal: at most 1 is well, or with `at_least` 1 and more."""
        return None if not self.goal else self.figure / self.goal

    @property
    def is_met(self) -> bool:
        if self.goal is None:
            return True
        return self.figure >= self.goal if self.at_least else self.figure <= self.goal

    def line(self) -> str:
        """Goal, figure and ratio, "MISSED" where it is, and what else there is to say."""
        sign = (
            "" if self.goal is None else f"{'≥' if self.at_least else '≤'} {_written(self.goal, self.unit)}"
        )
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        mark = "" if self.is_met else "MISSED"
        line = (
            f"{self.what:44}{sign:>13}{_written(self.figure, self.unit):>13}{ratio:>8}  {mark:6}  {self.told}"
        )
        return line.rstrip()


def _written(value: float, unit: str) -> str:
    digits = 0 if unit in ("a second", "queries", "") else 2 if unit == "times" else 1
    return f"{value:,.{digits}f} {unit}".rstrip()


def growth(samples: Iterable[Figure]) -> float:
    """How much more memory the last sample has than the second, as a part of the second: 0.02 is 2 %."""
    held = [sample.memory or 0 for sample in samples]
    return held[-1] / held[1] - 1
