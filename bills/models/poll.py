"""Readers' answers to "Do you support this bill?"."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bills.models.bill import Bill


class PollAnswer(models.Model):
    """One visitor's answer about one bill. The voter is a random number from a signed cookie, no more."""

    class Answer(models.TextChoices):
        AYE = "aye", _("Aye")
        NAY = "nay", _("Nay")
        UNDECIDED = "undecided", _("Undecided")

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="poll_answers")
    voter = models.UUIDField()
    answer = models.CharField(max_length=10, choices=Answer.choices)
    answered_on = models.DateField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill", "voter"], name="one_poll_answer_per_voter"),
            models.CheckConstraint(
                condition=models.Q(answer__in=["aye", "nay", "undecided"]), name="poll_answer_known"
            ),
        ]
        indexes = [models.Index(fields=["bill", "answer"], name="poll_totals")]

    def __str__(self) -> str:
        return f"{self.get_answer_display()} on {self.bill_id}"
