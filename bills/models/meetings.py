"""Meetings that a legislature announces: committee meetings, hearings, floor sessions."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bills.models.bill import Bill
from sponsors.models import Chamber, Legislature


class MeetingQuerySet(models.QuerySet):
    def on_or_after(self, day: date):
        """Meetings of that day and later, those called off among them."""
        return self.filter(date__gte=day)

    def about_followed_bills(self):
        """Meetings with a bill that readers can see on the order of business."""
        return self.filter(models.Exists(Bill.objects.published().filter(meetings=models.OuterRef("pk"))))

    def soonest_first(self):
        """By day; within a day those without a time last."""
        return self.order_by("date", models.F("starts_at").asc(nulls_last=True), "pk")

    def with_bills(self):
        """With the published bills on each, as cards show them."""
        bills = Bill.objects.published().for_cards().order_by("session", "base_print_no")
        return self.prefetch_related(models.Prefetch("bills", bills, to_attr="bills_shown"))


class Meeting(models.Model):
    """One announced meeting. What a source changes about it is changed here; `sequence` counts the changes."""

    class Kind(models.TextChoices):
        AGENDA = "agenda", _("Committee meeting")
        HEARING = "hearing", _("Committee meeting or hearing")
        CALENDAR = "calendar", _("Meeting of the whole chamber")

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Scheduled")
        CANCELLED = "cancelled", _("Called off")
        GONE = "gone", _("No longer on its source’s list")

    legislature = models.ForeignKey(Legislature, on_delete=models.PROTECT, related_name="meetings")
    chamber = models.CharField(max_length=10, choices=Chamber.choices)
    committee = models.CharField(max_length=150, blank=True, help_text="Empty for a whole chamber.")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    date = models.DateField()
    starts_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty where the source gives no time of day."
    )
    place = models.CharField(max_length=300, blank=True)
    notes = models.TextField(blank=True, help_text="In the source's words.")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(
        null=True, blank=True, help_text="Of the agenda or calendar, in its year."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.SCHEDULED)
    moved_from = models.DateField(
        null=True, blank=True, help_text="The day it was announced for before; empty where it was not moved."
    )
    sequence = models.PositiveSmallIntegerField(default=0, help_text="How often it was changed since.")
    bills = models.ManyToManyField(Bill, blank=True, related_name="meetings")
    source = models.CharField(max_length=40)
    source_key = models.CharField(max_length=200, help_text="What names it in its source.")
    source_url = models.URLField(max_length=500, blank=True)
    read_at = models.DateTimeField(help_text="When its source last told of it.")
    changed_at = models.DateTimeField(help_text="When it was last told otherwise than before.")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["date", models.F("starts_at").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], name="meeting_unique"),
            models.CheckConstraint(condition=~Q(source_key=""), name="meeting_is_named"),
        ]
        indexes = [models.Index(fields=["legislature", "date"], name="meeting_by_day")]

    def __str__(self) -> str:
        return f"{self.date} {self.get_chamber_display()} {self.committee}".strip()

    @property
    def is_off(self) -> bool:
        return self.state != self.State.SCHEDULED
