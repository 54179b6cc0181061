"""A whole site of its own, started as `make run` starts it."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from config.embedded import PROJECT
from tests.processes import environment, eventually, free_port, of_folder


class Site:
    """A site started as `make run` starts it, through a parent shell where `through_shell`.

    `variables` stand in its environment.
    """

    def __init__(self, var: Path, *, through_shell: bool = False, **variables: str) -> None:
        self.var, self.port = var, free_port()
        command = [sys.executable, "-m", "config.run"]
        if through_shell:
            command = ["/bin/sh", "-c", f"{sys.executable} -m config.run --leave-with-parent; exit $?"]
        self.process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment(var, PORT=str(self.port), **variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if "Ctrl-C stops it" in line:
                return
        raise AssertionError(self.said)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *arguments: str, **variables: str) -> str:
        """Run a management command beside the site; what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=environment(self.var, PORT=str(self.port), **variables),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:
            return answer.read().decode()

    def leaves_nothing(self) -> bool:
        return eventually(lambda: not of_folder(self.var), seconds=40)

    def end(self, ending: signal.Signals) -> int:
        self.process.send_signal(ending)
        return self.process.wait(timeout=40)
