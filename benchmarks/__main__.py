"""`make bench`: every part in a process of its own, a table on the terminal, and JSON where BENCH_JSON names a file.

make bench                          all parts
make bench PARTS="refresh mirror"   some of them
BENCH_BILLS=500 BENCH_SNAPSHOTS=5000 BENCH_FILES=2000 make bench
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from benchmarks import sizes
from benchmarks.figures import HEADING, Figure, growth
from config import embedded, env

PARTS = ("refresh", "memory", "mirror")


class PartFailed(RuntimeError):
    """A part ended early; its own message stands on standard error."""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def measure(part: str) -> Iterator[Figure]:
    """The figures of one part, as they come."""
    command = [sys.executable, "-m", "benchmarks.part", part]
    with subprocess.Popen(command, cwd=embedded.PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield Figure(**json.loads(line))
    if process.returncode:
        raise PartFailed(f"The part {part} ended with status {process.returncode}.")


def run(parts: list[str], report: Path | None) -> None:
    found: list[Figure] = []
    say(HEADING)
    for part in parts:
        say(f"\n{part}")
        for figure in measure(part):
            say(figure.line())
            found.append(figure)
    samples = [figure for figure in found if figure.part == "memory" and figure.memory is not None]
    if samples:
        say(f"\nMemory grew by {growth(samples):.1%} from the second tenth of the snapshots to the last.")
    if report:
        machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
        told = {"machine": machine, "sizes": asdict(sizes.read()), "figures": [asdict(one) for one in found]}
        report.write_text(json.dumps(told, indent=1) + "\n")


def main(arguments: list[str]) -> int:
    try:
        if platform.system() != "Linux":
            raise PartFailed("The benchmark reads processor time from /proc, which only Linux has.")
        if unknown := set(arguments) - set(PARTS):
            raise PartFailed(f"There is no part {min(unknown)}; there are {', '.join(PARTS)}.")
        sizes.read()
        report = env.text("BENCH_JSON")
        fcntl.flock(embedded.open_lock("bench.lock"), fcntl.LOCK_EX)  # one at a time has the database
        embedded.ensure()  # for all parts, so that the servers start once
        run(arguments or list(PARTS), Path(report) if report else None)
    except (PartFailed, ImproperlyConfigured, embedded.EmbeddedError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
