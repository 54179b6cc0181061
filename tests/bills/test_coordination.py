"""Locks, pace and rests, agreed on through a real Redis, and without one."""

from __future__ import annotations

import time

import pytest
from django.core.cache import cache

from bills import coordination

HOST = "source.example:443"


@pytest.fixture(autouse=True)
def _nothing_agreed_on():
    coordination.forget()
    cache.clear()
    yield
    coordination.forget()


@pytest.fixture(params=["redis", "no redis"])
def with_or_without_redis(request, settings):
    if request.param == "no redis":
        settings.REDIS_URL = "redis://127.0.0.1:1/0"


@pytest.fixture
def no_redis(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


def test_a_lock_is_held_by_one_and_given_back():
    with coordination.lock("bill:1", seconds=5) as mine:
        with coordination.lock("bill:1", seconds=5) as again, coordination.lock("bill:2", seconds=5) as other:
            assert (mine, again, other) == (True, False, True)
        with coordination.lock("bill:1", seconds=5) as still:
            assert not still
    with coordination.lock("bill:1", seconds=5) as free:
        assert free


def test_its_owner_has_a_lock_again_and_nobody_else_has():
    with coordination.lock("bill:1", seconds=0.2, owner="a task"):
        time.sleep(0.15)
        with coordination.lock("bill:1", seconds=5, owner="a task") as mine:
            time.sleep(0.1)  # the first time has run out, the second has begun anew
            with coordination.lock("bill:1", seconds=5, owner="another") as other:
                assert (mine, other) == (True, False)
            with coordination.lock("bill:1", seconds=5) as nobody:
                assert not nobody
    with coordination.lock("bill:1", seconds=5) as free:
        assert free


def test_a_lock_is_given_back_after_an_error():
    with pytest.raises(RuntimeError), coordination.lock("bill:1", seconds=5):
        raise RuntimeError
    with coordination.lock("bill:1", seconds=5) as free:
        assert free


def test_a_lock_runs_out_and_its_late_holder_takes_nothing_from_the_next():
    with coordination.lock("bill:1", seconds=0.05):
        time.sleep(0.1)
        with coordination.lock("bill:1", seconds=5) as next_one:
            assert next_one
            with coordination.lock("bill:1", seconds=5) as third:
                assert not third


@pytest.mark.usefixtures("no_redis")
def test_without_redis_every_lock_is_granted_and_nobody_waits_for_it():
    begun = time.monotonic()
    for _ in range(50):
        with coordination.lock("bill:1", seconds=5) as free:
            assert free
    assert time.monotonic() - begun < 3


@pytest.mark.usefixtures("with_or_without_redis")
def test_turns_are_handed_out_at_the_pace():
    waits = [coordination.turn(HOST, per_second=2, longest_wait=10) for _ in range(4)]
    assert waits == pytest.approx([0, 0.5, 1.0, 1.5], abs=0.1)
    assert coordination.turn("other.example", per_second=2, longest_wait=10) == 0


@pytest.mark.usefixtures("with_or_without_redis")
def test_a_turn_too_far_off_is_not_taken():
    for _ in range(3):
        coordination.turn(HOST, per_second=1, longest_wait=10)
    assert coordination.turn(HOST, per_second=1, longest_wait=1) is None
    assert coordination.turn(HOST, per_second=1, longest_wait=10) == pytest.approx(3, abs=0.1)


@pytest.mark.usefixtures("with_or_without_redis")
def test_a_host_rests_for_as_long_as_it_was_told():
    assert coordination.rest_left(HOST) == 0
    coordination.rest(HOST, 0.2)
    assert 0 < coordination.rest_left(HOST) <= 0.2
    time.sleep(0.25)
    assert coordination.rest_left(HOST) == 0


@pytest.mark.usefixtures("with_or_without_redis")
def test_failures_count_only_in_a_row():
    for _ in range(2):
        coordination.failed(HOST, most=3, rest_seconds=60)
    coordination.answered(HOST)
    for _ in range(2):
        coordination.failed(HOST, most=3, rest_seconds=60)
    assert coordination.rest_left(HOST) == 0
    coordination.failed(HOST, most=3, rest_seconds=60)
    assert coordination.rest_left(HOST) > 59


@pytest.mark.usefixtures("with_or_without_redis")
def test_a_shorter_rest_does_not_cut_a_longer_one_short():
    coordination.rest(HOST, 60)
    coordination.rest(HOST, 1)
    assert coordination.rest_left(HOST) > 59
    coordination.rest(HOST, 120)
    assert coordination.rest_left(HOST) > 119


@pytest.mark.usefixtures("with_or_without_redis")
def test_a_host_that_failed_too_often_is_asked_by_one_at_a_time():
    def may_ask() -> bool:
        return coordination.may_ask(HOST, most=2, seconds=60)

    coordination.failed(HOST, most=2, rest_seconds=60)
    assert [may_ask() for _ in range(3)] == [True] * 3
    coordination.failed(HOST, most=2, rest_seconds=60)
    assert [may_ask() for _ in range(3)] == [True, False, False]
    coordination.failed(HOST, most=2, rest_seconds=60)
    assert [may_ask(), may_ask()] == [True, False]
    coordination.answered(HOST)
    assert [may_ask(), may_ask()] == [True, True]


@pytest.mark.usefixtures("with_or_without_redis")
def test_one_that_never_tells_what_came_of_it_does_not_keep_the_others_off():
    coordination.failed(HOST, most=1, rest_seconds=60)
    assert coordination.may_ask(HOST, most=1, seconds=0.1)
    assert not coordination.may_ask(HOST, most=1, seconds=0.1)
    time.sleep(0.15)
    assert coordination.may_ask(HOST, most=1, seconds=0.1)


def test_redis_is_asked_again_once_it_is_back(settings):
    address = settings.REDIS_URL
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with coordination.lock("bill:1", seconds=5) as free:
        assert free
    settings.REDIS_URL = address
    coordination.forget()
    with coordination.lock("bill:1", seconds=5), coordination.lock("bill:1", seconds=5) as second:
        assert not second
