"""beat_health: whether the schedule's clock runs, for the health check of its container."""

from __future__ import annotations

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bills.models import ScheduleEntry

LONGEST_SILENCE = timedelta(minutes=15)  # the most frequent entry is sent every five


class Command(BaseCommand):
    help = "Exit with 1 where no entry of the schedule was sent for 15 minutes, by whichever beat."

    def handle(self, *args, **options) -> None:
        last = ScheduleEntry.objects.order_by("-last_sent_at").values_list("last_sent_at", flat=True).first()
        if last is None:
            raise CommandError("Nothing was ever sent.")
        if timezone.now() - last > LONGEST_SILENCE:
            raise CommandError(f"Nothing was sent since {last:%Y-%m-%d %H:%M} UTC.")
        self.stdout.write(f"Last sent at {last:%Y-%m-%d %H:%M:%S} UTC.")
