"""The web server as production runs it, two workers with four threads each, on the benchmark's database."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from config import embedded
from config.keeper import die_with_parent
from config.run import answers, commands

START_SECONDS = 60


class NotServing(RuntimeError):
    """The web server did not come up; its message stands on standard error."""


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server that answers; it ends with the block, or with this process."""
    port = _free_port()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "PORT": str(port)}
    process = subprocess.Popen(
        commands(port)["web"],
        cwd=embedded.PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # ours carries the figures
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise NotServing("The web server to be measured did not start.")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
