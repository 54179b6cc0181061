"""Sources on this machine: a polite HTTP server, and one that speaks raw bytes and behaves badly."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

import pytest
from django.core.cache import cache

from bills import coordination
from bills.providers.http import Manners


@pytest.fixture(autouse=True)
def _nothing_agreed_on():
    """No host rests and no turn is taken when a test begins, in Redis or in this process."""
    coordination.forget()
    cache.clear()
    yield
    coordination.forget()


@pytest.fixture
def quick() -> Manners:
    """As patient as a test can afford, and with one attempt, so that each request is the test's own."""
    return Manners(
        connect_seconds=1,
        read_seconds=0.4,
        total_seconds=1,
        most_bytes=100_000,
        per_second=10_000,
        attempts=1,
        retry_first_seconds=0,
        retry_jitter_seconds=0,
        retry_most_seconds=1,
    )


@pytest.fixture
def raw_server():
    """Start a server that gives each connection to `behave(connection)`; returns its address."""
    running = []

    def start(behave) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        running.append(server)

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection, suppress(OSError):
                    connection.recv(65536)
                    behave(connection)

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/api/3"

    yield start
    for server in running:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
