"""What readers see has changed: pages that were kept are made anew.

It lives here because every other app may import this one. Redis holds a mark that each kept page was made under
(config/page_cache.py); whoever writes what pages show calls `pages_changed()`, and after the commit there is a new one.
"""

from __future__ import annotations

import uuid

import structlog
from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

MARK = "pages:mark"

log = structlog.get_logger(__name__)


def pages_changed() -> None:
    """Once the running transaction has committed, or at once without one, no kept page is shown any more."""
    if _waiting():
        return
    transaction.on_commit(renew_mark, robust=True)


def _waiting() -> bool:
    """Whether the running transaction will do it anyway: a run over many bills asks for it at each."""
    return any(step[1] is renew_mark for step in transaction.get_connection().run_on_commit)


def renew_mark() -> None:
    """Set a new mark. A Redis that cannot be reached and comes back with its memory shows old pages until they end,
    which is minutes."""
    try:
        cache.set(MARK, uuid.uuid4().hex, timeout=None)
    except (RedisError, OSError) as error:
        log.warning("pages.mark_not_renewed", error=type(error).__name__)


def first_mark() -> str:
    """The mark where Redis had none: of several who find it missing at once, all get the same."""
    cache.add(MARK, uuid.uuid4().hex, timeout=None)
    return cache.get(MARK, "")
