"""What the refresh did and has before it, how far each source was read, and what was found changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce, Left, NullIf
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from bills.models.bill import Bill
from sponsors.models import Legislature


class RefreshRunQuerySet(models.QuerySet):
    def whole_runs(self):
        """Runs by which a source is followed, without those asked for single bills."""
        return self.exclude(kind=RefreshRun.Kind.CHOSEN)

    def at_work(self):
        return self.filter(finished_at=None)

    def for_workers(self):
        """Runs at work that the queue's workers go on with."""
        return self.at_work().filter(by_hand=False)

    def with_success(self):
        """Finished runs that brought something; a run in part is one."""
        return self.filter(
            result__in=[RefreshRun.Result.SUCCEEDED, RefreshRun.Result.PARTLY], finished_at__isnull=False
        )

    def latest_of_each_source(self):
        newest = self.order_by("source", "legislature_id", "-started_at").distinct("source", "legislature_id")
        return newest.select_related("legislature")

    def open_faults(self, *, now: datetime):
        """Runs of the last week with faults that no later clean run of the same source has healed."""
        healed = RefreshRun.objects.whole_runs().filter(
            legislature=OuterRef("legislature"),
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
    """One run of the refresh: over what a source has changed, over every bill anew, or over chosen bills."""

    class Kind(models.TextChoices):
        ROUND = "round", _("What has changed")
        READING = "reading", _("Every bill anew")
        CHOSEN = "chosen", _("Chosen bills")

    class Result(models.TextChoices):
        RUNNING = "running", _("Running")
        SUCCEEDED = "succeeded", _("Succeeded")
        PARTLY = "partly", _("Succeeded in part")
        FAILED = "failed", _("Failed")

    legislature = models.ForeignKey(Legislature, on_delete=models.PROTECT, related_name="runs")
    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ROUND)
    bill = models.ForeignKey(
        Bill,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="runs",
        help_text="Where one was asked for.",
    )
    started_at = models.DateTimeField(db_index=True)
    read_from = models.CharField(
        max_length=40, blank=True, help_text="The source's cursor as the run began: a time or a commit."
    )
    read_to = models.CharField(
        max_length=40,
        blank=True,
        help_text="Where the cursor goes once all is stored; empty where the list of changes was not read.",
    )
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When the source told of its changes; of a mirror the commit's time."
    )
    read_after = models.CharField(
        max_length=300, blank=True, help_text="The last file of a mirror that is stored."
    )
    reads_all = models.BooleanField(
        default=False, help_text="Whether every file of a mirror is read, not only those that changed."
    )
    every_bill = models.BooleanField(
        default=False, help_text="Whether every bill of a mirror is followed, not only chosen ones."
    )
    topics = models.JSONField(
        default=dict,
        blank=True,
        help_text="What all files are looked through for: words by name of the query.",
    )
    is_listed = models.BooleanField(default=True, help_text="Whether every bill to check is known.")
    by_hand = models.BooleanField(
        default=False, help_text="Whether a command works on it; workers then leave it alone."
    )
    worked_at = models.DateTimeField(null=True, blank=True, help_text="When somebody last took work from it.")
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, default=Result.RUNNING)
    due = models.PositiveIntegerField(default=0, help_text="Bills that the run set out to check.")
    checked = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    arrived = models.PositiveIntegerField(default=0, help_text="Bills that we did not hold before.")
    found = models.PositiveIntegerField(default=0, help_text="Bills that topic queries found.")
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


class RefreshItem(models.Model):
    """One bill that a run is to check, by number, since we may not hold it yet. Rows go when the run ends.

    This is the work list: the queue holds only calls to work on a run, so a message that is lost, or comes twice,
    loses and doubles nothing.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        # The source has no such bill and never told us that it had, or tells of a day before what we hold.
        PASSED_OVER = "passed_over", _("Passed over")
        REFUSED = (
            "refused",
            _("Refused"),
        )  # asking again would give the same: on the bill's record, for a person
        GIVEN_UP = "given_up", _("Given up")  # a passing fault that did not pass

    run = models.ForeignKey(RefreshRun, on_delete=models.CASCADE, related_name="items")
    bill = models.ForeignKey(Bill, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    session_year = models.PositiveSmallIntegerField()
    print_no = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    has_changed = models.BooleanField(default=False)
    is_new = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=60, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "session_year", "print_no"], name="refresh_item_unique"),
        ]
        indexes = [
            models.Index(fields=["run", "id"], condition=Q(state="waiting"), name="refresh_item_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.print_no} ({self.session_year}): {self.get_state_display()}"


class SourceState(models.Model):
    """How far one source has been read for one legislature, and what staff were told about it."""

    source = models.CharField(max_length=40)
    legislature = models.ForeignKey(Legislature, on_delete=models.CASCADE, related_name="source_states")
    cursor = models.CharField(
        max_length=40,
        blank=True,
        help_text="Everything up to here is stored: the greatest time of processing seen, or a mirror's commit.",
    )
    cursor_moved_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the source last told of all its changes, and they were stored."
    )
    has_every_bill = models.BooleanField(
        default=False, help_text="Of a mirror: whether every bill up to the cursor was followed."
    )
    window_days = models.PositiveSmallIntegerField(
        default=7,
        help_text="How much of the source's changes one round reads; less after one that took too long.",
    )
    followed_since = models.DateTimeField(help_text="When it was first asked.")
    quiet_since = models.DateTimeField(
        null=True, blank=True, help_text="Its last success, while staff know it to be quiet; empty otherwise."
    )

    class Meta:
        ordering = ["source", "legislature"]
        constraints = [
            models.UniqueConstraint(fields=["source", "legislature"], name="source_state_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.legislature_id}"


class SourceCountQuerySet(models.QuerySet):
    def newest_of_each(self):
        """The last comparison of each source and session."""
        newest = self.order_by("source", "session_id", "-counted_at").distinct("source", "session_id")
        return newest.select_related("session")


class SourceCount(models.Model):
    """One weekly comparison of what a source has of a session with what it had and what we hold of it."""

    source = models.CharField(max_length=40)
    session = models.ForeignKey("bills.Session", on_delete=models.CASCADE, related_name="source_counts")
    counted_at = models.DateTimeField()
    stated = models.PositiveIntegerField(
        null=True, help_text="The total that the source states; empty where none."
    )
    listed = models.PositiveIntegerField(help_text="The bills it lists.")
    held = models.PositiveIntegerField(help_text="Bills of ours that are read from it.")
    missing = models.JSONField(default=list, help_text="Numbers of ours that it does not list.")
    found = models.PositiveIntegerField(default=0, help_text="Bills on a topic that nobody had seen before.")
    differences = models.JSONField(default=list, help_text="What differs, one plain sentence each.")

    objects = SourceCountQuerySet.as_manager()

    class Meta:
        ordering = ["-counted_at", "source"]

    def __str__(self) -> str:
        return f"{self.source} {self.session} {self.counted_at:%Y-%m-%d}"


class StaffNotice(models.Model):
    """A mail to staff, written down in the transaction that gave the reason, and sent after it."""

    subject = models.CharField(max_length=150)
    body = models.TextField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["id"], condition=Q(sent_at=None), name="staff_notice_unsent")]

    def __str__(self) -> str:
        return self.subject


class ScheduleEntry(models.Model):
    """When an entry of the schedule was last sent to the queue, for every beat that runs."""

    name = models.CharField(max_length=100, primary_key=True)
    last_sent_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "schedule entries"

    def __str__(self) -> str:
        return self.name


# Of these facts our own phrase begins with the day (bills/refresh/parts.py).
DATED_FACTS = ("action", "roll_call")


class ChangeQuerySet(models.QuerySet):
    def until(self, day: date):
        """Those that may be told on `day`: a line of the record that is dated later is held, as in `DatedQuerySet`."""
        told_of = Left(Coalesce(NullIf("after", Value("")), "before"), 10)
        of_day = Cast(
            Value(day), models.DateField()
        )  # said, since a prepared question does not see the value
        written = Func(of_day, Value("YYYY-MM-DD"), function="to_char", output_field=models.TextField())
        return self.exclude(Q(fact__in=DATED_FACTS) & GreaterThan(told_of, written))

    def for_readers(self, day: date):
        """What readers are told: without what staff keep out, and what is held on `day`."""
        return self.filter(was_kept_out=False).until(day)

    def for_feed(self, day: date):
        """What changed on published bills, the oldest first, each with its bill's name."""
        names = ("slug", "session__year", "session__legislature_id")
        return (
            self.for_readers(day)
            .filter(bill__is_published=True)
            .select_related("bill__session")
            .only(
                "fact",
                "before",
                "after",
                "source",
                "source_url",
                "found_at",
                *(f"bill__{name}" for name in names),
            )
            .order_by("found_at", "pk")
        )


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

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        indexes = [
            models.Index(fields=["bill", "-found_at"], name="change_by_bill"),
            models.Index(fields=["found_at", "id"], condition=Q(was_kept_out=False), name="change_feed"),
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {self.before[:40]} → {self.after[:40]}"
