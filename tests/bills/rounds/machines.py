"""What a run needs besides the source, as processes that a test may kill, stop and start: worker, Redis, database.

with OwnRedis(folder) as redis, WorkerProcess(folder, senate, redis_url=redis.url) as worker:
    redis.send(tasks.tend)
    worker.kill_child()
    redis.kill(), redis.start()     # it comes back empty
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psycopg2
import redis
from celery import Task
from django.db import connection

from config import embedded
from config.celery import app
from config.keeper import Servers, die_with_parent
from tests.bills.state_senate import StateSenate
from tests.processes import eventually

SECRET = "never-show-c41d7"
QUEUE = "passage:refresh"
UNACKNOWLEDGED = "passage:unacked"
PATIENCE_SECONDS = 120  # with a machine that has much else to do


def wait_until(is_so, what: str, worker: WorkerProcess | None = None) -> None:
    """Wait until it is so; an AssertionError that shows the end of the worker's log where it never is."""
    if not eventually(is_so, seconds=PATIENCE_SECONDS):
        raise AssertionError(f"Never so: {what}.\n{worker.said()[-4000:] if worker else ''}")


def database_url() -> str:
    """The address of the database that this test is connected to."""
    known = connection.settings_dict
    login = known["USER"] + (f":{known['PASSWORD']}" if known.get("PASSWORD") else "")
    if str(known["HOST"]).startswith("/"):
        return f"postgres://{login}@/{known['HOST']}/{known['NAME']}"
    return f"postgres://{login}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


def broker_url(redis_url: str) -> str:
    """A Redis's address as Celery writes it."""
    if not redis_url.startswith("unix://"):
        return redis_url
    return redis_url.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")


class Queue:
    """The queue that lies in one Redis, looked at and written to from outside."""

    def __init__(self, redis_url: str) -> None:
        self.url = redis_url
        self.client = redis.Redis.from_url(redis_url, socket_timeout=5)

    def send(self, task: Task, *arguments: object, **options: object) -> None:
        with app.connection_for_write(broker_url(self.url)) as opened:
            task.apply_async(arguments, connection=opened, **options)

    def length(self) -> int:
        return self.client.llen(QUEUE)

    def unacknowledged(self) -> int:
        """Messages that a worker has taken and not acknowledged."""
        return self.client.hlen(UNACKNOWLEDGED)

    def hand_out_anew(self) -> None:
        """As if Redis had waited long enough for acknowledgements: the next look gives the messages back."""
        index = f"{UNACKNOWLEDGED}_index"
        for tag in self.client.zrange(index, 0, -1):
            self.client.zadd(index, {tag: 1})

    def locks_run_out(self) -> None:
        for name in self.client.scan_iter("passage:lock:*"):
            self.client.delete(name)


class Gate:
    """Holds back the source's answer to one path, from when it is asked for until `open()`.

    So a worker can be found between its question and the answer. What is asked for after that is answered.
    """

    def __init__(self, senate: StateSenate, ending: str) -> None:
        self.ending = ending
        self._reached, self._opened = threading.Event(), threading.Event()
        senate.behave = self._hold

    def _hold(self, path: str) -> None:
        if path.endswith(self.ending):
            self._reached.set()
            self._opened.wait(PATIENCE_SECONDS)

    def is_reached(self) -> bool:
        return self._reached.is_set()

    def open(self) -> None:
        self._opened.set()


class WorkerProcess:
    """A Celery worker as it is deployed, with its children; a context manager that leaves none of them behind."""

    def __init__(
        self,
        folder: Path,
        senate: StateSenate,
        *,
        redis_url: str,
        broker: str = "",
        concurrency: int = 1,
        **manners: float,
    ) -> None:
        self.folder, self.concurrency = folder, concurrency
        self.variables = {
            "DJANGO_SETTINGS_MODULE": "tests.bills.rounds.worker_settings",
            "DATABASE_URL": database_url(),
            "REDIS_URL": redis_url,
            "BROKER_URL": broker_url(broker or redis_url),
            "SECRET_KEY": "x" * 40,
            "OPEN_LEGISLATION_KEY": SECRET,
            "OPEN_LEGISLATION_URL": senate.address,
            "SOURCE_MANNERS": json.dumps(manners),
            "LOG_LEVEL": "INFO",
        }

    def __enter__(self) -> WorkerProcess:
        self._log = (self.folder / f"worker-{id(self)}.log").open("w+b")
        options = ["-Q", "refresh,mail", "--concurrency", str(self.concurrency), "--loglevel", "INFO"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", "worker", *options],
            cwd=embedded.PROJECT,
            env=os.environ | self.variables,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGCONT)
        self.kill()
        self._log.close()

    def children(self) -> list[int]:
        """The processes that run tasks."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
                if parent == self.process.pid:
                    found.append(int(stat.parent.name))
        return found

    def kill(self) -> None:
        """Kill -9 for the worker and all its children at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_children(self) -> None:
        """Kill -9 for those that run tasks, as the kernel does when memory runs out; the worker makes new ones."""
        for child in self.children():
            os.kill(child, signal.SIGKILL)

    def said(self) -> str:
        return Path(self._log.name).read_text(errors="replace")


class OwnRedis(Queue):
    """A Redis of the test's own, which keeps nothing on disk; a context manager."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        super().__init__(f"unix://{self.socket}?db=0")

    def __enter__(self) -> OwnRedis:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.kill()
        self.client.close()

    def start(self) -> None:
        options = {"port": "0", "unixsocket": str(self.socket), "save": "", "appendonly": "no"}
        self.process = subprocess.Popen(
            [
                embedded.redis_binary(),
                *(word for name, value in options.items() for word in (f"--{name}", value)),
            ],
            cwd=self.socket.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            preexec_fn=die_with_parent(signal.SIGKILL),
        )
        wait_until(self._answers, "Redis answers")

    def _answers(self) -> bool:
        with suppress(redis.RedisError):
            return bool(self.client.ping())
        return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """It takes connections and commands, and answers none."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)


class OwnDatabase(Servers):
    """A PostgreSQL cluster of the test's own, which it may crash; a context manager.

    `embedded` finds folders by VAR_DIR, which must lead to a folder of the test's while this is in use.
    """

    def __enter__(self) -> OwnDatabase:
        for folder in (embedded.var(), self.state):
            self._own_folder(folder, mine=True)
        self._own_folder(self.sockets)
        self._start_postgres()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
        if self.state != embedded.var():
            shutil.rmtree(self.state, ignore_errors=True)

    def settings(self) -> dict[str, str]:
        return embedded.database_settings()

    def crash(self) -> None:
        """What `pg_ctl stop -m immediate` does: every connection breaks, nothing is written down."""
        (process, _signal), self.processes = self.processes[0], []
        process.send_signal(signal.SIGQUIT)
        process.wait()

    def start_again(self) -> None:
        self._start_postgres()


class Held:
    """Rows locked from a connection beside all others, so that whoever writes them waits; a context manager.

    `statement` is what locks them: SELECT … FOR UPDATE, or LOCK TABLE.
    """

    def __init__(self, statement: str) -> None:
        self.statement = statement

    def __enter__(self) -> Held:
        known = connection.get_connection_params()
        names = ("dbname", "user", "password", "host", "port")
        self.connection = psycopg2.connect(**{name: known[name] for name in names if name in known})
        with self.connection.cursor() as cursor:
            cursor.execute(self.statement)
            assert cursor.rowcount, "there is nothing to hold"
        return self

    def __exit__(self, *_error: object) -> None:
        self.connection.rollback()
        self.connection.close()


def somebody_waits_for_rows() -> bool:
    """Whether some other connection to this database stands at a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0
