"""How much is measured, from the environment; the defaults take a few minutes."""

from __future__ import annotations

from dataclasses import dataclass

from config import env


@dataclass(frozen=True, slots=True)
class Sizes:
    bills: int
    snapshots: int
    files: int


def read() -> Sizes:
    """Raises ImproperlyConfigured, which names the variable, for a value that is no number or out of bounds."""
    return Sizes(
        bills=env.integer("BENCH_BILLS", 2_000, least=1, most=100_000),
        snapshots=env.integer("BENCH_SNAPSHOTS", 100_000, least=100, most=10_000_000),
        files=env.integer("BENCH_FILES", 80_000, least=1, most=1_000_000),
    )
