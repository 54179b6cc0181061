"""Which meetings are to come: a source that announces them is asked every few hours, and its answer stored."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.utils import timezone

from bills.providers.base import LiveSource, MeetingSource
from bills.refresh.meetings import MeetingsStored, store_meetings

LOOK_BACK, LOOK_AHEAD = timedelta(days=7), timedelta(days=60)

log = structlog.get_logger(__name__)


def read(source: LiveSource, legislature: str, *, now: datetime) -> MeetingsStored:
    """Ask for the meetings around today and store them; nothing of a source that announces none.

    Raises a SourceError; then nothing is stored.
    """
    if not isinstance(source, MeetingSource):
        return MeetingsStored(0, 0, 0)
    today = timezone.localdate(now)
    since, until = today - LOOK_BACK, today + LOOK_AHEAD
    lines = source.meetings(legislature, since, until)
    stored = store_meetings(
        lines, legislature=legislature, source=source.code, since=since, until=until, now=now
    )
    log.info(
        "meetings.read", legislature=legislature, told=stored.told, new=stored.new, changed=stored.changed
    )
    return stored
