"""What the queue runs for the whole site, since this app sees all others."""

from __future__ import annotations

import time

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from bills.search.indexing import index_all_bills
from sponsors.bulk.folder import FolderInUse
from sponsors.publishing import pages_changed
from statements import bulk
from statements.search.indexing import index_all_statements
from statements.search.vocabulary import gather_words

# Long enough for a million bills. The queue may hand the task out again before it ends: the second one finds the
# folder locked and leaves it.
LONGEST_SECONDS = 3 * 60 * 60
SECONDS_AT_ONCE = 120  # well within a task's time limit; a million bills take several turns

log = structlog.get_logger(__name__)


@shared_task(time_limit=LONGEST_SECONDS + 60, soft_time_limit=LONGEST_SECONDS)
def write_bulk_files() -> None:
    """Write the nightly files; what readers get stays whole until they are."""
    try:
        manifest = bulk.write_bulk_files(settings.BULK_FOLDER, now=timezone.now())
    except FolderInUse:
        log.info("bulk.already_at_work")
        return
    pages_changed()  # /data/ tells of the files
    log.info(
        "bulk.written", files=len(manifest["files"]), bytes=sum(one["bytes"] for one in manifest["files"])
    )


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
