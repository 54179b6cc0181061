"""`make run`: comes up by itself, asks nothing, and leaves nothing behind however it ends."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from config.embedded import PROJECT
from tests.processes import environment, eventually, of_folder, pids_of_folder
from tests.site import Site

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]


@pytest.fixture(scope="module")
def first_start():
    """A site that was started on a machine that had nothing, and ended: its folder, what it said, and a page."""
    folder = Path(tempfile.mkdtemp(prefix="passage-test-")).resolve()
    folder.chmod(0o755)
    site = Site(folder / "var")
    page = site.get("/bills/ny/2017/s4075/")
    assert site.end(signal.SIGTERM) == 130
    assert site.leaves_nothing(), of_folder(site.var)
    yield site.var, site.said, page
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def start(open_folder, first_start):
    """Start a site on a folder as the first start left it, which takes less time than another first start."""
    sites = []
    var = open_folder / "var"
    subprocess.run(["cp", "-a", str(first_start[0]), str(var)], check=True)

    def start_site(**options) -> Site:
        sites.append(Site(var, **options))
        return sites[-1]

    yield start_site
    for site in sites:
        if site.process.poll() is None:
            site.process.kill()
        assert site.leaves_nothing(), of_folder(site.var)


def test_it_serves_the_shipped_bills_and_ctrl_c_ends_every_process(start):
    site = start()
    assert f"http://127.0.0.1:{site.port}" in site.said
    assert "make staff" in site.said
    assert "S4075" in site.get("/bills/ny/2017/s4075/")
    for part in ("gunicorn", "config worker", "config beat", "config.keeper"):
        assert pids_of_folder(site.var, part), part
    assert site.end(signal.SIGINT) == 130
    assert site.leaves_nothing()


def test_a_second_start_changes_nothing(start, first_start):
    _var, said, page = first_start
    assert "0 new" not in said.split("bills:")[1].splitlines()[0]
    second = start()
    assert "0 new, 0 changed" in second.said.split("bills:")[1].splitlines()[0]
    assert second.get("/bills/ny/2017/s4075/").count("<li") == page.count("<li")


def test_kill_9_leaves_no_process_behind(start):
    site = start()
    site.end(signal.SIGKILL)
    assert site.leaves_nothing()


def test_a_killed_parent_takes_it_along(start):
    site = start(through_shell=True)
    os.kill(site.process.pid, signal.SIGKILL)
    assert site.leaves_nothing()


def test_when_one_process_ends_by_itself_the_others_are_ended_and_it_says_which(start):
    site = start()
    os.kill(pids_of_folder(site.var, "config beat")[0], signal.SIGKILL)
    rest = site.process.stdout.read()
    assert site.process.wait(timeout=40) == 1
    assert "The beat process ended by itself" in rest


def test_a_port_that_is_taken_is_said_before_anything_starts(open_folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "config.run"],
            cwd=PROJECT,
            env=environment(open_folder / "var", PORT=str(port)),
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert eventually(lambda: not of_folder(open_folder / "var"))
