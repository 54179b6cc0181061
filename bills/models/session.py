"""Sessions of the legislatures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bills import wording
from sponsors.models import Legislature
from sponsors.quick_rows import QuickRows


class Session(QuickRows):
    """One session of a legislature, named by its first year, or by the number of the Congress."""

    legislature = models.ForeignKey(Legislature, on_delete=models.PROTECT, related_name="sessions")
    year = models.PositiveSmallIntegerField(help_text="First year of the session; for Congress its number.")
    label = models.CharField(max_length=40)
    start = models.DateField()
    end = models.DateField(help_text="Last day on which a bill of this session can still move.")

    class Meta:
        ordering = ["legislature", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["legislature", "year"], name="session_unique"),
            models.CheckConstraint(
                condition=Q(end__gt=models.F("start")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(legislature="ny") | Q(year__iregex=r"[13579]$"), name="session_ny_year_is_odd"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.legislature_id} {self.label}"

    @property
    def legislature_name(self) -> str:
        """ "New York State" in the reader's language, without asking the database."""
        return wording.legislature_name(self.legislature_id)
