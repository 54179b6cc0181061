"""What is measured, as lines of a table and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.measuring import Cost

MEGABYTE = 1_000_000
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


def growth(samples: Iterable[Figure]) -> float:
    """How much more memory the last sample has than the second, as a part of the second: 0.02 is 2 %."""
    held = [sample.memory or 0 for sample in samples]
    return held[-1] / held[1] - 1
