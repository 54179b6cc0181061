"""What the refresh did, and what it found changed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bills.models.bill import Bill
from sponsors.models import Legislature


class RefreshRun(models.Model):
    """One run of the refresh: over a legislature, a folder, or one bill."""

    class Result(models.TextChoices):
        RUNNING = "running", "Running"
        SUCCEEDED = "succeeded", "Succeeded"
        PARTLY = "partly", "Succeeded in part"
        FAILED = "failed", "Failed"

    legislature = models.ForeignKey(Legislature, null=True, blank=True, on_delete=models.PROTECT, related_name="runs")
    source = models.CharField(max_length=40)
    bill = models.ForeignKey(
        Bill, null=True, blank=True, on_delete=models.CASCADE, related_name="runs", help_text="Where one was asked for."
    )
    started_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, default=Result.RUNNING)
    checked = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, blank=True, help_text="One plain sentence each, without keys.")

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")), name="run_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}: {self.get_result_display()}"


class Change(models.Model):
    """One fact that differed when a source was asked: what it was, what it is."""

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="changes")
    run = models.ForeignKey(RefreshRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes")
    fact = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    source = models.CharField(max_length=40)
    source_url = models.URLField(max_length=500, blank=True)
    found_at = models.DateTimeField()
    was_kept_out = models.BooleanField(default=False, help_text="Staff wrote this field, so it was not overwritten.")

    class Meta:
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["bill", "-found_at"], name="change_by_bill")]

    def __str__(self) -> str:
        return f"{self.fact}: {self.before[:40]} → {self.after[:40]}"
