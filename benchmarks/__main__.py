"""`make bench`: every part in a process of its own, a table on the terminal, and JSON where BENCH_JSON names a file.

make bench                                  all parts
make bench PARTS="pages poll"               some of them
BILLS=2000 make bench PARTS=pages           a smaller session
GROWTH=1000000 make bench PARTS=pages       and once more when it has grown to a million bills
BENCH_BILLS=500 BENCH_SNAPSHOTS=5000 BENCH_FILES=2000 make bench PARTS="refresh memory mirror"
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from benchmarks import sizes
from benchmarks.figures import HEADING, ROW_HEADING, Figure, Row, growth
from config import embedded, env
from config.keeper import die_with_parent

PARTS = ("pages", "poll", "documents", "refresh", "memory", "mirror")
WITH_GOALS = frozenset({"pages", "poll", "documents"})  # their figures are rows
REFRESH_GOAL = 300  # changed bills a second of a core, DESIGN section 5


KINDS: dict[str, type[Figure] | type[Row]] = {"Figure": Figure, "Row": Row}


class PartFailed(RuntimeError):
    """A part ended early; its own message stands on standard error."""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def measure(part: str) -> Iterator[Figure | Row]:
    """The figures of one part, as they come."""
    command = [sys.executable, "-m", "benchmarks.part", part]
    with subprocess.Popen(
        command,
        cwd=embedded.PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            [(kind, fields)] = json.loads(line).items()
            yield KINDS[kind](**fields)
    if process.returncode:
        raise PartFailed(f"The part {part} ended with status {process.returncode}.")


def run(parts: list[str], report: Path | None) -> None:
    found: list[Figure | Row] = []
    for part in parts:
        say(f"\n{f'{part:44}'}{(ROW_HEADING if part in WITH_GOALS else HEADING)[44:]}")
        for figure in measure(part):
            say(figure.line())
            found.append(figure)
            if reached := _against_goal(figure):
                say(reached.line())
                found.append(reached)
    samples = [
        one for one in found if isinstance(one, Figure) and one.part == "memory" and one.memory is not None
    ]
    if samples:
        say(f"\nMemory grew by {growth(samples):.1%} from the second tenth of the snapshots to the last.")
    goals = [one for one in found if isinstance(one, Row) and one.goal is not None]
    if goals:
        missed = [one.what for one in goals if not one.is_met]
        say(
            f"\n{len(goals) - len(missed)} of {len(goals)} goals reached. {_missed_in_words(missed)}".rstrip()
        )
    if report:
        machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
        told = {
            "machine": machine,
            "sizes": asdict(sizes.read()),
            "figures": [asdict(one) for one in found if isinstance(one, Figure)],
            "rows": [
                asdict(one) | {"ratio": one.ratio, "is_met": one.is_met}
                for one in found
                if isinstance(one, Row)
            ],
        }
        report.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def _against_goal(figure: Figure | Row) -> Row | None:
    """The row of the one figure of the refresh that has a goal."""
    if not isinstance(figure, Figure) or figure.what != "changed bills, in batches" or not figure.core:
        return None
    rate = figure.count / figure.core
    return Row("refresh", "changed bills, of a core", rate, "a second", goal=REFRESH_GOAL, at_least=True)


def _missed_in_words(missed: list[str]) -> str:
    return f"Missed: {'; '.join(missed)}." if missed else ""


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
