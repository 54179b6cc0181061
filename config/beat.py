"""The schedule's clock: `celery -A config beat --scheduler config.beat.SharedSchedule`.

When each entry was last sent stands in the database, and who moves that time on is the one who sends. So any number
of beats may run, on any number of machines, and each turn is taken once; a beat that starts anew knows what was
sent, and a turn that nobody took is taken as soon as one is there. Why not a lock in Redis: docs/decisions/0007.
"""

from __future__ import annotations

from typing import Any

import structlog
from celery import beat
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

TRY_AGAIN_SECONDS = 5
LOOK_AGAIN_SECONDS = 60  # what another beat has sent meanwhile is seen at least so often

log = structlog.get_logger(__name__)


class SharedSchedule(beat.Scheduler):
    """Celery's own scheduler, with its memory in `ScheduleEntry`."""

    max_interval = LOOK_AGAIN_SECONDS

    def setup_schedule(self) -> None:
        self.merge_inplace(self.app.conf.beat_schedule)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due and tell how long to sleep; while the database is away nothing is sent."""
        try:
            self._remember()
            return super().tick(*args, **kwargs)
        except (OperationalError, InterfaceError) as error:
            log.warning("beat.no_database", error=type(error).__name__)
            self._heap = None
            return TRY_AGAIN_SECONDS
        finally:
            close_old_connections()

    def apply_entry(self, entry: beat.ScheduleEntry, producer: Any = None) -> None:
        """Send the entry, unless another beat has taken this turn. One that could not be sent is nobody's turn yet."""
        from bills.models import ScheduleEntry

        if not self._take_turn(entry):
            return
        try:
            self.apply_async(entry, producer=producer, advance=False)
        except Exception as error:
            log.warning("beat.not_sent", entry=entry.name, error=type(error).__name__)
            ScheduleEntry.objects.filter(name=entry.name).update(last_sent_at=entry.last_run_at)

    def _remember(self) -> None:
        """Set each entry to when it was last sent, by whichever beat."""
        from bills.models import ScheduleEntry

        sent = dict(ScheduleEntry.objects.values_list("name", "last_sent_at"))
        new = [name for name in self.schedule if name not in sent]
        if new:
            now = timezone.now()
            ScheduleEntry.objects.bulk_create(
                [ScheduleEntry(name=name, last_sent_at=now) for name in new], ignore_conflicts=True
            )
            sent = dict(ScheduleEntry.objects.values_list("name", "last_sent_at"))
        for name, entry in self.schedule.items():
            if entry.last_run_at != sent[name]:
                entry.last_run_at = sent[name]
                self._heap = None  # Celery plans by the heap, and makes it anew

    @staticmethod
    def _take_turn(entry: beat.ScheduleEntry) -> bool:
        from bills.models import ScheduleEntry

        turn = ScheduleEntry.objects.filter(name=entry.name, last_sent_at=entry.last_run_at)
        return bool(turn.update(last_sent_at=timezone.now()))
