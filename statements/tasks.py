"""Tasks of the queue about statements, and what is above bills."""

from __future__ import annotations

import time

import structlog
from celery import shared_task

from bills.search.indexing import index_all_bills
from statements.search.indexing import index_all_statements
from statements.search.vocabulary import gather_words

SECONDS_AT_ONCE = 120  # well within a task's time limit; a million bills take several turns

log = structlog.get_logger(__name__)


@shared_task
def heal_search(after: int = 0) -> None:
    """Bring what search reads up to the rows, from the bill behind key `after` on; safe to repeat."""
    until = time.monotonic() + SECONDS_AT_ONCE
    for last in index_all_bills(after=after):
        if time.monotonic() > until:
            heal_search.delay(last)
            return
    for _last in index_all_statements():
        pass
    log.info("search.healed", words=gather_words())
