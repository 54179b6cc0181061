"""What workers agree on through Redis: who is at work on a thing, how fast a host is asked, which host rests.

Nothing here is needed for correct rows; it keeps us polite and spares double work. Where Redis does not
answer, each process keeps its own account of pace and rests, and every lock is granted.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TypeVar

import redis
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.exceptions import LockError, LockNotOwnedError, RedisError
from redis.retry import Retry

PREFIX = "passage:"
LEAVE_REDIS_ALONE_SECONDS = 10  # after it failed to answer, so that its time-out is not paid at every call

# Hands out turns: each caller learns how many milliseconds it must wait, and the next one's turn moves on.
# By Redis's own clock, since the workers' clocks differ. -1: the line is longer than the caller would wait.
TAKE_TURN = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local turn = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
if turn - now > tonumber(ARGV[2]) then return -1 end
redis.call('SET', KEYS[1], string.format('%.0f', turn + ARGV[1]), 'PX', 600000)
return turn - now
"""

log = structlog.get_logger(__name__)
Result = TypeVar("Result")

_guard = threading.Lock()
_redis_rests_until = 0.0
_turns: dict[str, float] = {}
_failures: dict[str, int] = {}
_rests: dict[str, float] = {}
_probes: dict[str, float] = {}


class _NoRedis(Exception):
    """Redis did not answer, or has not been asked because it just failed to."""


@lru_cache(maxsize=4)
def _client(address: str) -> redis.Redis:
    return redis.Redis.from_url(
        address,
        socket_connect_timeout=1,
        socket_timeout=2,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


def _ask(command: Callable[[redis.Redis], Result]) -> Result:
    global _redis_rests_until
    if time.monotonic() < _redis_rests_until:
        raise _NoRedis
    try:
        return command(_client(settings.REDIS_URL))
    except (RedisError, OSError) as error:
        _redis_rests_until = time.monotonic() + LEAVE_REDIS_ALONE_SECONDS
        log.warning("redis.does_not_answer", error=type(error).__name__)
        raise _NoRedis from error


def forget() -> None:
    """Drop this process's own account, as a new process would begin."""
    global _redis_rests_until
    with _guard:
        _redis_rests_until = 0.0
        for account in (_turns, _failures, _rests, _probes):
            account.clear()


# --- locks


@contextmanager
def lock(name: str, *, seconds: float, owner: str = "") -> Iterator[bool]:
    """Whether nobody else holds `name`; held until the block ends, or for `seconds` where the process dies.

    True without Redis: what is locked must be safe to do twice. True too where `owner` has it already: a task that
    is handed out anew, because its worker was killed, is not to wait for what it held itself.
    """
    taken = None
    try:
        taken = _ask(lambda client: _take(client, name, seconds, owner))
        free = taken is not None
    except _NoRedis:
        free = True
    try:
        yield free
    finally:
        if taken is not None:
            # Expired meanwhile and taken by another, or Redis went away: there is nothing left to give back.
            with suppress(LockError, RedisError, OSError):
                taken.release()


def _take(client: redis.Redis, name: str, seconds: float, owner: str):
    wanted = client.lock(f"{PREFIX}lock:{name}", timeout=seconds, blocking=False)
    if wanted.acquire(token=owner or None):
        return wanted
    if not owner:
        return None
    wanted.local.token = owner.encode()
    try:
        wanted.reacquire()
    except LockNotOwnedError:
        return None
    return wanted


# --- pace


def turn(host: str, *, per_second: float, longest_wait: float) -> float | None:
    """Seconds to wait before asking `host`, so that all workers together keep to `per_second`.

    None where the line is longer than `longest_wait` seconds; no turn is taken then.
    """
    gap = 1 / per_second
    # TAKE_TURN is our own constant; host and figures go in as keys and arguments, never into the script.
    try:
        waiting = _ask(
            lambda client: client.eval(
                TAKE_TURN, 1, f"{PREFIX}turn:{host}", round(gap * 1000), round(longest_wait * 1000)
            )
        )
        return None if waiting < 0 else waiting / 1000
    except _NoRedis:
        with _guard:
            now = time.monotonic()
            mine = max(now, _turns.get(host, 0.0))
            if mine - now > longest_wait:
                return None
            _turns[host] = mine + gap
            return mine - now


# --- rests: a host that fails again and again, or asked us to wait, is left alone for a while


def rest_left(host: str) -> float:
    """Seconds for which `host` is still to be left alone; 0 where it may be asked."""
    try:
        milliseconds = _ask(lambda client: client.pttl(f"{PREFIX}rest:{host}"))
        return max(0, milliseconds) / 1000
    except _NoRedis:
        return max(0.0, _rests.get(host, 0.0) - time.monotonic())


def rest(host: str, seconds: float) -> None:
    """Leave `host` alone for `seconds`, or for as long as it rests already where that is longer."""
    key, milliseconds = f"{PREFIX}rest:{host}", max(1, round(seconds * 1000))

    def prolong(client: redis.Redis) -> None:
        with client.pipeline() as together:
            together.set(key, 1, px=milliseconds, nx=True)
            together.pexpire(key, milliseconds, gt=True)
            together.execute()

    try:
        _ask(prolong)
    except _NoRedis:
        with _guard:
            _rests[host] = max(_rests.get(host, 0.0), time.monotonic() + seconds)


def may_ask(host: str, *, most: int, seconds: float) -> bool:
    """Whether to ask `host`, which does not rest: after `most` failures in a row one caller at a time may.

    That caller has `seconds` to tell what came of it, by `failed` or `answered`; then the next one may.
    """
    failures, probe = f"{PREFIX}failures:{host}", f"{PREFIX}probe:{host}"

    def take(client: redis.Redis) -> bool:
        if int(client.get(failures) or 0) < most:
            return True
        return bool(client.set(probe, 1, px=max(1, round(seconds * 1000)), nx=True))

    try:
        return _ask(take)
    except _NoRedis:
        with _guard:
            if _failures.get(host, 0) < most:
                return True
            now = time.monotonic()
            if _probes.get(host, 0.0) > now:
                return False
            _probes[host] = now + seconds
            return True


def failed(host: str, *, most: int, rest_seconds: float) -> None:
    """Count one failure of `host`; at `most` in a row it rests, and from then on after each."""
    key = f"{PREFIX}failures:{host}"

    def count_on(client: redis.Redis) -> int:
        with client.pipeline() as together:
            together.incr(key)
            together.pexpire(key, round(max(60, rest_seconds * 4) * 1000))
            return together.execute()[0]

    try:
        count = _ask(count_on)
    except _NoRedis:
        with _guard:
            count = _failures[host] = _failures.get(host, 0) + 1
    if count >= most:
        rest(host, rest_seconds)
        _end_probe(host)  # only now, so that nobody slips in between


def answered(host: str) -> None:
    """Forget the failures of `host`: it gave a usable answer."""
    try:
        _ask(lambda client: client.delete(f"{PREFIX}failures:{host}", f"{PREFIX}probe:{host}"))
    except _NoRedis:
        with _guard:
            _failures.pop(host, None)
            _probes.pop(host, None)


def _end_probe(host: str) -> None:
    try:
        _ask(lambda client: client.delete(f"{PREFIX}probe:{host}"))
    except _NoRedis:
        with _guard:
            _probes.pop(host, None)
