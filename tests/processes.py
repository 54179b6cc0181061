"""Starting parts of Passage as processes of their own, and finding what they leave behind."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path


def environment(var: Path, **more: str) -> dict[str, str]:
    """What a fresh shell would have, with data of its own."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "VAR_DIR": str(var), **more}


def of_folder(var: Path) -> list[str]:
    """Command lines of the living processes that belong to this data folder."""
    return [command for _pid, command in _processes(var)]


def pids_of_folder(var: Path, word: str) -> list[int]:
    return [pid for pid, command in _processes(var) if word in command]


def _processes(var: Path) -> Iterator[tuple[int, str]]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            variables = (entry / "environ").read_bytes()
            state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        owned = f"VAR_DIR={var}\0".encode() in variables + b"\0" or str(var) in command
        if owned and state != "Z" and int(entry.name) != os.getpid():
            yield int(entry.name), command


def eventually(is_so: Callable[[], bool], *, seconds: float = 30) -> bool:
    """Wait until it is so; False where it never was."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.1)
    return is_so()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
