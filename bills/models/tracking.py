"""Why a bill is followed: topic queries, what they found, and the bills that we are to hold and do not yet."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bills.models.bill import Bill
from sponsors.models import Legislature


class TopicQuery(models.Model):
    """Words that bills on a topic have in their title or summary, at their source."""

    name = models.CharField(max_length=80, unique=True, help_text=_("What the topic is: “Deportation”."))
    words = models.TextField(
        help_text=_(
            "One a line. A word may end in *, and several words in a row count as one phrase: immigra*"
        )
    )
    legislatures = models.ManyToManyField(
        Legislature, blank=True, related_name="+", help_text=_("Only these; all where none is chosen.")
    )
    follows_at_once = models.BooleanField(
        default=False, help_text=_("Follow what it finds without asking; otherwise it becomes a candidate.")
    )
    is_active = models.BooleanField(default=True)
    searched = models.JSONField(
        default=dict,
        editable=False,
        help_text=_("When running sessions were last searched, by legislature; empty once its words change."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "topic queries"

    def __str__(self) -> str:
        return self.name


class CandidateQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Candidate.State.WAITING)

    def followed(self):
        return self.filter(state=Candidate.State.FOLLOWED)


class Candidate(models.Model):
    """A bill that topic queries found or that staff named, and what staff decided about it.

    `found_by` names the queries; it is empty where staff named the bill themselves.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for staff")
        FOLLOWED = "followed", _("Followed")
        DISMISSED = "dismissed", _("Dismissed")

    legislature = models.ForeignKey(Legislature, on_delete=models.CASCADE, related_name="candidates")
    session_year = models.PositiveSmallIntegerField()
    print_no = models.CharField(max_length=20)
    title = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    found_by = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    source = models.CharField(max_length=40, blank=True)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    bill = models.OneToOneField(
        Bill, null=True, blank=True, on_delete=models.SET_NULL, related_name="candidate"
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["legislature", "session_year", "print_no"], name="candidate_unique"
            ),
        ]
        indexes = [models.Index(fields=["state", "-found_at"], name="candidate_desk")]

    def __str__(self) -> str:
        return f"{self.print_no} ({self.session_year})"


class WantedBillQuerySet(models.QuerySet):
    def due(self, now: datetime):
        """Those to ask for now: staff's own first, then those never asked for, then the longest waiting."""
        due = self.filter(Q(ask_after=None) | Q(ask_after__lte=now))
        first = models.Case(models.When(why=WantedBill.Why.CHOSEN, then=0), default=1)
        return due.order_by(first, models.F("ask_after").asc(nulls_first=True), "pk")


class WantedBill(models.Model):
    """A bill that we are to follow and do not hold yet. The row goes when the bill comes."""

    class Why(models.TextChoices):
        CHOSEN = "chosen", _("Staff chose it")
        TOPIC = "topic", _("A topic query found it")
        DOCUMENT = "document", _("A document names it")
        RELATED = "related", _("A bill that we follow is tied to it")

    legislature = models.ForeignKey(Legislature, on_delete=models.CASCADE, related_name="+")
    session_year = models.PositiveSmallIntegerField()
    print_no = models.CharField(max_length=20)
    why = models.CharField(max_length=10, choices=Why.choices)
    wanted_since = models.DateTimeField()
    ask_after = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=400, blank=True)

    objects = WantedBillQuerySet.as_manager()

    class Meta:
        ordering = ["wanted_since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["legislature", "session_year", "print_no"], name="wanted_bill_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.print_no} ({self.session_year})"
