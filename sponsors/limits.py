"""How often one network may ask. Counted in Redis by the minute, for each purpose; without Redis nobody is limited."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis import Redis
from redis.exceptions import RedisError

from sponsors.networks import network_of

WINDOW_SECONDS = 60
LEAVE_REDIS_ALONE_SECONDS = 10  # after it failed to answer, so that its time-out is not paid at every request

log = structlog.get_logger(__name__)
_redis_rests_until = 0.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a network has left of this minute, the request at hand already taken off."""

    allowed: int
    left: int
    seconds_left: int
    is_spent: bool

    @property
    def headers(self) -> dict[str, str]:
        """As in draft-ietf-httpapi-ratelimit-headers: quota and window, what remains and for how long."""
        return {
            "RateLimit-Policy": f'"minute";q={self.allowed};w={WINDOW_SECONDS}',
            "RateLimit": f'"minute";r={self.left};t={self.seconds_left}',
        }


def count_one(key: str, *, seconds: float) -> int:
    """One more under this key, which lives so long from its first; how many that makes. One way to Redis and back.

    Raises RedisError or OSError.
    """
    return count_one_and_get(key, "", seconds=seconds)[0]


def count_one_and_get(key: str, cached: str, *, seconds: float) -> tuple[int, bytes | None]:
    """The same, and what the cache holds under the name `cached` as it is written there, None for nothing."""
    name = f"passage:limit:{key}"
    counting = _client(str(settings.CACHES["default"]["LOCATION"])).pipeline(transaction=False)
    counting.set(name, 0, ex=math.ceil(seconds), nx=True)
    counting.incr(name)
    if cached:
        counting.get(cache.make_key(cached))
    _, number, *held = counting.execute()
    return int(number), held[0] if held else None


@lru_cache(maxsize=4)
def _client(address: str) -> Redis:
    options: Any = settings.CACHES["default"].get("OPTIONS", {})
    return Redis.from_url(address, **options)


def take_one(request: HttpRequest, purpose: str, *, allowed: int) -> Allowance | None:
    """Count this request against its network, which has `allowed` a minute; None where nobody counts."""
    global _redis_rests_until
    if time.monotonic() < _redis_rests_until:
        return None
    now = time.time()
    window = math.floor(now / WINDOW_SECONDS)
    key = f"{purpose}:{window}:{network_of(request, purpose)}"
    try:
        asked = count_one(key, seconds=2 * WINDOW_SECONDS)
    except (RedisError, OSError) as error:
        _redis_rests_until = time.monotonic() + LEAVE_REDIS_ALONE_SECONDS
        log.warning("limits.not_counted", purpose=purpose, error=type(error).__name__)
        return None
    return Allowance(
        allowed=allowed,
        left=max(0, allowed - asked),
        seconds_left=max(1, math.ceil((window + 1) * WINDOW_SECONDS - now)),
        is_spent=asked > allowed,
    )
