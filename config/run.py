"""`make run`: prepare the database and run web server, Celery worker and beat until Ctrl-C.

Each process is a child of this one, in a session of its own so that Ctrl-C reaches only this one, which then ends
them in order. Killed outright, Linux ends the children in its stead (`die_with_parent`); started by `make` with
--leave-with-parent, it also leaves when make is killed.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

import httpx

from config import embedded
from config.keeper import die_with_parent

STOP_SECONDS = 20
WEB_START_SECONDS = 60


class StartError(RuntimeError):
    """The site could not start; the message says what to do."""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def require_free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise StartError(f"Port {port} is taken. Choose another: PORT=8001 make run") from error


def prepare() -> None:
    """Bring the database up to date and load what the project ships. Safe to repeat: a second time changes nothing."""
    from django.core.management import call_command

    steps: list[tuple[str, Callable[[], object]]] = [
        ("Database", lambda: call_command("migrate", interactive=False, verbosity=0)),
        ("Style sheets", lambda: call_command("collectstatic", interactive=False, verbosity=0)),
        ("Legislators", lambda: call_command("load_roster")),
        ("Bills", lambda: call_command("load_records")),
        ("Statements", lambda: call_command("load_documents")),
    ]
    for name, step in steps:
        say(f"{name} ...")
        step()


def commands(port: int) -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    # Its banner and its warning about root would bury the address that we print.
    celery = [
        sys.executable,
        "-W",
        "ignore:You're running the worker",
        "-m",
        "celery",
        "--quiet",
        "-A",
        "config",
    ]
    return {
        "web": [*python, "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4",
                "--log-level", "warning"],
        "worker": [*celery, "worker", "-Q", "refresh,mail", "--concurrency", "2", "--loglevel", "WARNING",
                   "--without-mingle", "--without-gossip"],
        "beat": [*celery, "beat", "--pidfile=", "--loglevel", "WARNING"],
    }  # fmt: skip


class Processes:
    """The running processes, ended together."""

    def __init__(self, port: int) -> None:
        self.running = {
            name: subprocess.Popen(
                command,
                cwd=embedded.PROJECT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
            for name, command in commands(port).items()
        }

    def first_dead(self) -> str | None:
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def answers(port: int) -> bool:
    """Whether a page comes. The port is open before the server has read its code."""
    try:
        return httpx.get(f"{address(port)}/healthz", timeout=5).is_success
    except httpx.HTTPError:
        return False


def wait_until_it_answers(port: int, processes: Processes) -> None:
    deadline = time.monotonic() + WEB_START_SECONDS
    while time.monotonic() < deadline and not processes.first_dead():
        if answers(port):
            return
        time.sleep(0.1)
    raise StartError("The web server did not start; its message stands above.")


def watch(processes: Processes, *, parent: int | None) -> None:
    """Return when the parent is gone; raise StartError when a process ends by itself."""
    while parent is None or os.getppid() == parent:
        dead = processes.first_dead()
        if dead:
            raise StartError(f"The {dead} process ended by itself; its message stands above.")
        time.sleep(0.5)


def serve(port: int, *, parent: int | None) -> None:
    require_free_port(port)
    prepare()
    processes = Processes(port)
    try:
        wait_until_it_answers(port, processes)
        say(
            f"\nPassage runs at {address(port)}\nMake a staff account in another terminal: make staff\nCtrl-C stops it."
        )
        watch(processes, parent=parent)
    finally:
        say("Stopping ...")
        processes.stop()


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    parent = os.getppid() if "--leave-with-parent" in arguments else None
    for ending in (
        signal.SIGINT,
        signal.SIGTERM,
        signal.SIGHUP,
    ):  # a shell starts background jobs with SIGINT ignored
        signal.signal(ending, signal.default_int_handler)
    from django.core.exceptions import ImproperlyConfigured

    try:
        import django
        from django.conf import settings

        from config import env

        port = env.integer("PORT", 8000, least=1, most=65535)
        if settings.EMBEDDED_DATABASE:
            embedded.ensure()
        django.setup()
        serve(port, parent=parent)
    except KeyboardInterrupt:
        return 130
    except (StartError, embedded.EmbeddedError, ImproperlyConfigured) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
