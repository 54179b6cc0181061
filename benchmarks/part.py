"""One part of the benchmark in this process: `python -m benchmarks.part refresh`. A line of JSON for each figure."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

from benchmarks import sizes
from benchmarks.database import own_database
from benchmarks.figures import Figure, Row


def figures(name: str) -> Iterator[Figure | Row]:
    size = sizes.read()
    # Imported here, since they need Django set up.
    if name == "refresh":
        from benchmarks import refresh

        yield from refresh.figures(size.bills)
    elif name == "memory":
        from benchmarks import memory

        yield from memory.figures(size.snapshots)
    elif name == "mirror":
        from benchmarks import mirror

        yield from mirror.figures(size.files)
    elif name == "pages":
        from benchmarks import pages

        yield from pages.rows(size.session, growth=size.growth, seconds=size.seconds, visits=size.visits)
    elif name == "poll":
        from benchmarks import poll

        yield from poll.rows(seconds=4 * size.seconds)
    elif name == "documents":
        from benchmarks import documents

        yield from documents.rows()
    else:
        raise ValueError(f"There is no part {name}.")


def main(name: str) -> None:
    with own_database():
        for figure in figures(name):
            sys.stdout.write(json.dumps({type(figure).__name__: asdict(figure)}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
