"""What the refresh did, and what it found changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bills.models.bill import Bill
from sponsors.models import Legislature


class RefreshRunQuerySet(models.QuerySet):
    def whole_runs(self):
        """Runs over everything a source has, without those asked for one bill."""
        return self.filter(bill=None)

    def with_success(self):
        """Finished runs that brought something; a run in part is one."""
        return self.filter(
            result__in=[RefreshRun.Result.SUCCEEDED, RefreshRun.Result.PARTLY], finished_at__isnull=False
        )

    def latest_of_each_source(self):
        return self.order_by("source", "-started_at").distinct("source").select_related("legislature")

    def open_faults(self, *, now: datetime):
        """Runs of the last week with faults that no later clean run of the same source has healed."""
        healed = RefreshRun.objects.whole_runs().filter(
            Q(legislature=OuterRef("legislature")) | Q(legislature=None),
            source=OuterRef("source"),
            result=RefreshRun.Result.SUCCEEDED,
            started_at__gt=OuterRef("started_at"),
        )
        return (
            self.whole_runs()
            .filter(started_at__gt=now - timedelta(days=7))
            .exclude(result__in=[RefreshRun.Result.SUCCEEDED, RefreshRun.Result.RUNNING])
            .exclude(Exists(healed))
            .select_related("legislature")
            .order_by("source", "legislature_id", "-started_at")
            .distinct("source", "legislature_id")
        )


class RefreshRun(models.Model):
    """One run of the refresh: over a legislature, a folder, or one bill."""

    class Result(models.TextChoices):
        RUNNING = "running", _("Running")
        SUCCEEDED = "succeeded", _("Succeeded")
        PARTLY = "partly", _("Succeeded in part")
        FAILED = "failed", _("Failed")

    legislature = models.ForeignKey(
        Legislature, null=True, blank=True, on_delete=models.PROTECT, related_name="runs"
    )
    source = models.CharField(max_length=40)
    bill = models.ForeignKey(
        Bill,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="runs",
        help_text="Where one was asked for.",
    )
    started_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, default=Result.RUNNING)
    due = models.PositiveIntegerField(default=0, help_text="Bills that the run set out to check.")
    checked = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, blank=True, help_text="One plain sentence each, without keys.")

    objects = RefreshRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")),
                name="run_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}: {self.get_result_display()}"


class Change(models.Model):
    """One fact that differed when a source was asked: what it was, what it is."""

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="changes")
    run = models.ForeignKey(
        RefreshRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes"
    )
    fact = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    source = models.CharField(max_length=40)
    source_url = models.URLField(max_length=500, blank=True)
    found_at = models.DateTimeField()
    was_kept_out = models.BooleanField(
        default=False, help_text="Staff wrote this field, so it was not overwritten."
    )

    class Meta:
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["bill", "-found_at"], name="change_by_bill")]

    def __str__(self) -> str:
        return f"{self.fact}: {self.before[:40]} → {self.after[:40]}"
