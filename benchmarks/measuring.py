"""What a piece of work costs: time on the clock, processor time on both sides, statements, memory.

Processor time is that of this process and of the whole database server, its background writers too. It is what
"on one core" means here: a machine that others use as well slows the clock and hardly moves it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")  # to a second


@dataclass
class Cost:
    """Of one piece of work, in seconds. `statements` are those sent, without BEGIN and COMMIT."""

    clock: float = 0.0
    ours: float = 0.0
    database: float = 0.0
    statements: int = 0


@contextmanager
def measured() -> Iterator[Cost]:
    """The cost of the block, known when it ends."""
    cost = Cost()

    def counting(execute, sql, params, many, context):
        cost.statements += 1
        return execute(sql, params, many, context)

    server = _server_of_connection()
    clock, ours, database = time.perf_counter(), time.process_time(), _seconds_of(server)
    with connection.execute_wrapper(counting):
        yield cost
    cost.clock = time.perf_counter() - clock
    cost.ours = time.process_time() - ours
    cost.database = _seconds_of(server) - database


def stay_on_one_core() -> None:
    """Bind this process and the database server, its future processes too, to one and the same core."""
    core = {max(os.sched_getaffinity(0))}
    server = _server_of_connection()
    for process in (0, server, *_children(server)):
        with suppress(ProcessLookupError):
            os.sched_setaffinity(process, core)


def memory_now() -> int:
    """Bytes of this process that lie in memory."""
    return _bytes("VmRSS")


def memory_peak() -> int:
    """The most bytes of this process that lay in memory at once since `forget_peak`."""
    return _bytes("VmHWM")


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _bytes(line: str) -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{line}:")[1].split()[0]) * 1024


def _server_of_connection() -> int:
    """The process that made the one which answers our connection: PostgreSQL's first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(_stat(cursor.fetchone()[0])[1])


def _seconds_of(server: int) -> float:
    """Processor time of a server's processes, those that have ended included."""
    ticks = sum(map(int, _stat(server)[11:15]))  # its own, and that of its children that have ended
    for child in _children(server):
        with suppress(OSError):  # it has ended just now
            ticks += sum(map(int, _stat(child)[11:13]))
    return ticks / TICKS


def _children(process: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _stat(process: int) -> list[str]:
    """The fields of proc_pid_stat(5) from the third on."""
    return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
