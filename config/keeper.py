"""Runs the private PostgreSQL and Redis for as long as somebody uses them: `python -m config.keeper`.

Started by `config.embedded.ensure()`, in a session of its own so that Ctrl-C does not reach it.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from config import embedded
from config.embedded import EmbeddedError

POLL_SECONDS = 0.25
STOP_SECONDS = 20
LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
PR_SET_PDEATHSIG = 1


def die_with_parent(stop_signal: int) -> Callable[[], None]:
    """For preexec_fn: have Linux send `stop_signal` to the child when this process is gone, even by kill -9."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def ask() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, stop_signal)

    return ask


class Servers:
    """The two server processes and the folders they live in."""

    def __init__(self) -> None:
        self.account = embedded.account()
        self.state = embedded.state_folder()
        self.sockets = embedded.socket_folder()
        self.data = self.state / "postgres"
        self.processes: list[tuple[subprocess.Popen[bytes], int]] = []

    def start(self) -> None:
        self._own_folder(embedded.var(), mine=True)
        self._own_folder(self.state, mine=True)
        self._own_folder(self.sockets)
        (self.sockets / "ready").unlink(missing_ok=True)
        self._start_redis()
        self._start_postgres()
        (self.sockets / "ready").touch()

    def stop(self) -> None:
        (self.sockets / "ready").unlink(missing_ok=True)
        for process, stop_signal in self.processes:
            process.send_signal(stop_signal)
        deadline = time.monotonic() + STOP_SECONDS
        for process, _ in self.processes:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
        if self.sockets.parent != self.state:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def have_died(self) -> bool:
        return any(process.poll() is not None for process, _ in self.processes)

    def _own_folder(self, folder: Path, *, mine: bool = False) -> None:
        """Make a folder that nobody else may write to; `mine` keeps it this process's own and passable."""
        if not folder.exists():
            folder.mkdir(parents=True, mode=0o711 if mine else 0o700)
            if not mine and not self.account.is_me:
                os.chown(folder, self.account.uid, self.account.gid)
        if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), self.account.uid}:
            raise EmbeddedError(f"{folder} belongs to somebody else.")

    def _run(
        self, command: list[str], *, stop_signal: int | None = None, **options
    ) -> subprocess.Popen[bytes]:
        who: dict[str, Any] = {}
        if not self.account.is_me:
            who = {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": LOCALE,
            "HOME": str(self.sockets),
            "VAR_DIR": str(embedded.var()),  # tells whose servers these are
        }
        process = subprocess.Popen(
            command,
            cwd=self.sockets,
            env=environment,
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent(stop_signal or signal.SIGTERM),
            **who,
            **options,
        )
        if stop_signal is not None:
            self.processes.append((process, stop_signal))
        return process

    def _reachable(self, program: Path, *, root: Path, needs: list[Path]) -> Path:
        """`program`, or its copy where the servers' user cannot reach it.

        `needs` is what the program must find at the same places below `root`: libraries, share files.
        """
        if self.account.is_me or embedded.can_reach(program, self.account):
            return program
        copy = self.state / "binaries" / f"{program.name}-{program.stat().st_mtime_ns}"
        if not copy.exists():
            partial = copy.with_name(f"{copy.name}.{os.getpid()}")
            for path in needs:
                target = partial / path.relative_to(root)
                if path.is_dir():
                    shutil.copytree(path, target, symlinks=True)
                else:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(path, target)
            partial.rename(copy)
        return copy / program.relative_to(root)

    def _start_redis(self) -> None:
        binary = embedded.redis_binary()
        binary = self._reachable(binary, root=binary.parent, needs=[binary])
        embedded.redis_socket().unlink(missing_ok=True)
        redis_data = self.state / "redis"
        self._own_folder(redis_data)
        options = {
            "port": "0",
            "unixsocket": str(embedded.redis_socket()),
            "unixsocketperm": "700",
            "dir": str(redis_data),
            "save": "",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
        }
        self._run(
            [str(binary), *(word for name, value in options.items() for word in (f"--{name}", value))],
            stop_signal=signal.SIGTERM,
        )
        self._wait_for("Redis", embedded.redis_socket().exists)

    def _start_postgres(self) -> None:
        folder = embedded.postgres_binaries()
        root, needs = embedded.postgres_tree(folder)
        folder = self._reachable(folder / "postgres", root=root, needs=needs).parent
        version = self.data / "PG_VERSION"
        if not version.exists():
            self._initdb(folder)
        major = embedded._major(folder / "postgres")
        if version.read_text().strip() != str(major):
            raise EmbeddedError(
                f"{self.data} was made by PostgreSQL {version.read_text().strip()} and this is {major}: "
                "set PG_BIN to the former, or move the folder away to begin anew."
            )
        self._forget_dead_postmaster()
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "port": "5432",
            "max_connections": "200",
            "shared_buffers": "128MB",
            "random_page_cost": "1.1",  # a page far away costs a solid-state disk what the next one does
            "logging_collector": "off",
            "log_min_messages": "warning",
        }
        self._run(
            [
                str(folder / "postgres"),
                "-D",
                str(self.data),
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            stop_signal=signal.SIGINT,
        )
        self._wait_for("PostgreSQL", self._postgres_accepts)
        self._create_database()

    def _initdb(self, folder: Path) -> None:
        partial = self.state / f"postgres.{os.getpid()}.new"
        for leftover in self.state.glob("postgres.*.new"):
            shutil.rmtree(leftover)
        self._own_folder(partial)
        done = self._run(
            [
                str(folder / "initdb"),
                "-D",
                str(partial),
                "-U",
                "passage",
                "--auth=trust",
                "-E",
                "UTF8",
                f"--locale={LOCALE}",
                "--no-instructions",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said, _ = done.communicate(timeout=embedded.START_SECONDS)
        if done.returncode:
            raise EmbeddedError("initdb failed: " + said.decode(errors="replace").strip().splitlines()[-1])
        partial.rename(self.data)  # whole or not at all, so a kill half way leaves nothing to trip over

    def _forget_dead_postmaster(self) -> None:
        """Remove the pid file of a killed server, whose number another process may bear by now."""
        noted = self.data / "postmaster.pid"
        try:
            pid = int(noted.read_text().split()[0])
            is_postgres = b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return  # PostgreSQL itself decides
        if is_postgres:
            raise EmbeddedError(f"Another PostgreSQL (process {pid}) already runs on {self.data}.")
        noted.unlink()

    def _connect(self, database: str):
        import psycopg2

        return psycopg2.connect(
            host=str(self.sockets), port=5432, user="passage", dbname=database, connect_timeout=5
        )

    def _postgres_accepts(self) -> bool:
        import psycopg2

        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def _create_database(self) -> None:
        with contextlib.closing(self._connect("postgres")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'passage'")
                if cursor.fetchone() is None:
                    cursor.execute("CREATE DATABASE passage")

    def _wait_for(self, name: str, is_up: Callable[[], bool]) -> None:
        deadline = time.monotonic() + embedded.START_SECONDS
        while time.monotonic() < deadline:
            if self.have_died():
                break
            if is_up():
                return
            time.sleep(0.05)
        raise EmbeddedError(f"{name} did not start; see {embedded.var() / 'run' / 'keeper.log'}.")


def wait_for_last_user(servers: Servers, lock: int) -> None:
    """Return, holding the lock alone, when no process uses the servers any more, or when a server has died."""
    while not servers.have_died():
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(POLL_SECONDS)
        else:
            return


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    lock = embedded.open_lock("users.lock")
    servers = Servers()
    try:
        servers.start()
        wait_for_last_user(servers, lock)
    except EmbeddedError as error:
        sys.stderr.write(f"{embedded.FAULT}{error}\n")
        return 1
    finally:
        servers.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
