"""How much is measured, from the environment; the defaults take a few minutes."""

from __future__ import annotations

from dataclasses import dataclass

from config import env

MOST_BILLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """`bills`, `snapshots` and `files` are of the refresh, the others of pages and poll.

    `session` is how many bills the generated session has, `growth` to how many it then grows (0: it does not),
    `seconds` how long each measurement over HTTP takes, `visits` the most visits of one kind of page in process.
    """

    bills: int
    snapshots: int
    files: int
    session: int
    growth: int
    seconds: int
    visits: int


def read() -> Sizes:
    """Raises ImproperlyConfigured, which names the variable, for a value that is no number or out of bounds."""
    return Sizes(
        bills=env.integer("BENCH_BILLS", 2_000, least=1, most=100_000),
        snapshots=env.integer("BENCH_SNAPSHOTS", 100_000, least=100, most=10_000_000),
        files=env.integer("BENCH_FILES", 80_000, least=1, most=1_000_000),
        session=env.integer("BILLS", 20_000, least=50, most=MOST_BILLS),
        growth=env.integer("GROWTH", 0, least=0, most=MOST_BILLS),
        seconds=env.integer("BENCH_SECONDS", 3, least=1, most=600),
        visits=env.integer("BENCH_VISITS", 150, least=2, most=10_000),
    )
