"""What the lists ask of a bill, in one narrow row."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from bills.models.bill import Bill
from bills.models.session import Session
from bills.models.states import alive_on
from sponsors.models import Committee, rows_of


def number_key(base_print_no: str) -> str:
    """ "S4075" as "S00004075": what `number_key` holds, so that numbers sort as numbers."""
    letters = base_print_no.rstrip("0123456789")
    return f"{letters.strip()}{base_print_no[len(letters) :].zfill(8)}"


class ListedBillQuerySet(models.QuerySet):
    def published(self):
        """Of the bills that the public may see."""
        return self.filter(is_published=True)

    def with_ending(self, day: date):
        """Adds `ending`: the outcome, or "alive" where the bill can still move on `day`, or "" where its
        record stops short."""
        return self.annotate(
            ending=Case(
                When(~Q(outcome=""), then=F("outcome")),
                When(alive_on(day, session_end="session_end"), then=Value("alive")),
                default=Value(""),
                output_field=models.CharField(),
            )
        )

    def recount_answers(self) -> int:
        """Write down how many answers each bill's poll has now; return how many numbers were wrong."""
        answers = rows_of("bills.PollAnswer").filter(bill=OuterRef("bill")).order_by()
        counted = answers.values("bill").annotate(number=models.Count("pk")).values("number")
        concerned = self.filter(
            Q(answers__gt=0) | Q(bill__in=rows_of("bills.PollAnswer").order_by().values("bill").distinct())
        ).annotate(now=Coalesce(Subquery(counted), 0))
        return concerned.exclude(answers=F("now")).update(answers=F("now"))


class ListedBill(models.Model):
    """A bill as the lists narrow, count and sort it.

    The database keeps it: triggers on the tables that it is made from write it in the same transaction, whatever
    wrote there (migrations `bills.0006` and `statements.0002`). Nothing else does, `answers` aside, which
    `recount_answers()` brings up to date every few minutes. A bill's own row is some fifty times as wide, and moves
    whenever its source is asked. docs/decisions/0013-lists.md has the reasons.
    """

    bill = models.OneToOneField(
        Bill, on_delete=models.DO_NOTHING, primary_key=True, related_name="listed"
    )  # a trigger deletes it with its bill
    is_published = models.BooleanField()
    session = models.ForeignKey(Session, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    session_start = models.DateField()
    session_end = models.DateField()
    status = models.CharField(max_length=30)
    outcome = models.CharField(max_length=30)
    committee = models.ForeignKey(
        Committee, null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    party = models.CharField(max_length=60, help_text="Of the prime sponsor, in the term of that time.")
    issue_ids = ArrayField(models.BigIntegerField(), default=list)
    is_spoken_of = models.BooleanField(default=False, help_text="Whether a published statement names it.")
    introduced_on = models.DateField(null=True)
    last_action_on = models.DateField(null=True)
    answers = models.PositiveIntegerField(default=0, help_text="To its poll, when last counted.")
    number_key = models.CharField(max_length=30, help_text="S4075 as S00004075, so that numbers sort.")
    written_in = models.BigIntegerField(
        default=0, help_text="The transaction that wrote it last; a trigger sets it."
    )
    title_key = models.CharField(max_length=80, help_text="The beginning of its name, in lower case.")

    objects = ListedBillQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                F("last_action_on").desc(nulls_last=True),
                F("bill").desc(),
                name="listed_latest",
                condition=Q(is_published=True),
            ),
            models.Index(
                F("introduced_on").desc(nulls_last=True),
                F("bill").desc(),
                name="listed_newest",
                condition=Q(is_published=True),
            ),
            models.Index(
                F("answers").desc(),
                F("last_action_on").desc(nulls_last=True),
                F("bill").desc(),
                name="listed_most_answered",
                condition=Q(is_published=True),
            ),
            models.Index("title_key", F("bill").desc(), name="listed_title", condition=Q(is_published=True)),
            models.Index(
                "number_key", F("bill").desc(), name="listed_number", condition=Q(is_published=True)
            ),
            models.Index(
                F("session_start").desc(),
                "number_key",
                F("bill").desc(),
                name="listed_session",
                condition=Q(is_published=True),
            ),
            models.Index(fields=["bill"], name="listed_unpublished", condition=Q(is_published=False)),
            models.Index(fields=["session", "status"], name="listed_stage"),
            models.Index(fields=["outcome"], name="listed_outcome"),
            models.Index(fields=["party"], name="listed_party"),
            models.Index(fields=["is_spoken_of"], name="listed_spoken_of", condition=Q(is_spoken_of=True)),
            GinIndex(fields=["issue_ids"], name="listed_issues"),
            models.Index(fields=["written_in"], name="listed_written"),
        ]

    def __str__(self) -> str:
        return f"{self.number_key} {self.title_key}"
