"""A connection that the server ended is noticed before a request needs it; one that stands is not asked."""

from __future__ import annotations

import threading

import psycopg2
import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_that_stands_is_not_asked():
    connection.ensure_connection()
    with CaptureQueriesContext(connection) as asked:
        assert connection.is_usable()
    assert len(asked) == 0


def test_one_that_the_server_ended_is_replaced_before_the_next_request(client):
    assert client.get("/about/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [process] = cursor.fetchone()

    def end():
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
        connections["default"].close()

    thread = threading.Thread(target=end)
    thread.start()
    thread.join(20)
    assert not connection.is_usable()
    connection.close_if_unusable_or_obsolete()
    connection.health_check_done = False
    connection.health_check_enabled = True
    connection.close_if_health_check_failed()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_one_that_we_closed_is_not_usable():
    connection.ensure_connection()
    connection.connection.close()
    assert not connection.is_usable()
    with pytest.raises(psycopg2.InterfaceError):
        connection.connection.cursor()
    connection.connection = None
