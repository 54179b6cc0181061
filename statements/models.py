"""Says: source documents, statements, their speakers, remarks, positions and the bills they name."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from bills.models import Bill, Issue
from sponsors.models import Organization, Person


class StatementQuerySet(models.QuerySet):
    def published(self):
        """Statements the public may see."""
        return self.filter(state=Statement.State.PUBLISHED)

    def for_cards(self):
        """With what a list card shows: who spoke first, which bills are named."""
        return self.prefetch_related(
            models.Prefetch("speakers", Speaker.objects.filter(is_primary=True).select_related("person")),
        )


class Statement(models.Model):
    """A published text by people about legislation."""

    class Kind(models.TextChoices):
        PRESS_RELEASE = "press_release", "Press release"
        BILL_PAGE = "bill_page", "Bill page"
        LETTER = "letter", "Letter"
        RESOLUTION = "resolution", "Resolution"
        COALITION_STATEMENT = "coalition_statement", "Coalition statement"
        NEWS = "news", "News"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    identity = models.CharField(max_length=64, unique=True, editable=False, help_text="Hash of title, date, publisher.")
    slug = models.SlugField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.TextField()
    date = models.DateField(null=True, blank=True, help_text="Empty where the text does not give a full date.")
    publisher = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True, help_text="The text without menus and footers, paragraphs parted by empty lines.")
    issues = models.ManyToManyField(Issue, blank=True, related_name="statements")
    programmes = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    drafting_numbers = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    stage_stated = models.CharField(max_length=60, blank=True, help_text="The stage that the text itself states.")
    committee_stated = models.CharField(max_length=150, blank=True)
    source_url = models.URLField("address of the original", max_length=500, blank=True)
    is_retold = models.BooleanField(default=False, help_text="Retold in our words rather than the original text.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    correction = models.TextField(blank=True, help_text="Shown to readers: what was corrected, and when.")
    edited_fields = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="Fields staff wrote; loading keeps them."
    )
    loaded_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = [models.F("date").desc(nulls_last=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["date", "slug"], nulls_distinct=False, name="statement_address_unique"),
            models.CheckConstraint(condition=~Q(title=""), name="statement_has_a_title"),
        ]
        indexes = [models.Index(fields=["state", "-date"], name="statement_latest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("statements:detail", args=[self.year_in_address, self.slug])

    @property
    def year_in_address(self) -> str:
        return str(self.date.year) if self.date else "undated"

    @property
    def primary_speaker(self) -> Speaker | None:
        return next((speaker for speaker in self.speakers.all() if speaker.is_primary), None)

    @property
    def paragraphs(self) -> list[str]:
        return [part for part in self.body.split("\n\n") if part.strip()]


class SourceDocument(models.Model):
    """The raw text that a statement was read from. Kept whole; one row per distinct text."""

    sha256 = models.CharField(max_length=64, unique=True)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="source_documents")
    filename = models.CharField(max_length=255)
    text = models.TextField()
    source_url = models.URLField(max_length=500, blank=True)
    is_retold = models.BooleanField(default=False)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-loaded_at", "-pk"]

    def __str__(self) -> str:
        return self.filename


class Speaker(models.Model):
    """Someone who speaks in a statement, as it names them, and who that is where we know."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="speakers")
    place = models.PositiveSmallIntegerField()
    is_primary = models.BooleanField(default=False)
    name_as_written = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    organization_as_written = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="speaking")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="speakers"
    )
    why_unresolved = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["statement", "place"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "place"], name="speaker_unique"),
            models.UniqueConstraint(
                fields=["statement"], condition=Q(is_primary=True), name="one_primary_speaker_per_statement"
            ),
            models.CheckConstraint(condition=~Q(name_as_written=""), name="speaker_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name_as_written


class Remark(models.Model):
    """What one speaker says in a statement: word for word, or in substance."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="remarks")
    speaker = models.ForeignKey(Speaker, null=True, blank=True, on_delete=models.CASCADE, related_name="remarks")
    place = models.PositiveSmallIntegerField()
    text = models.TextField()
    verbatim = models.BooleanField(help_text="Word for word as published. Unticked: in substance.")
    history = HistoricalRecords()

    class Meta:
        ordering = ["statement", "place"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "place"], name="remark_unique"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_has_text"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class BillMention(models.Model):
    """A bill that a statement names, with the print it names."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="bill_mentions")
    bill = models.ForeignKey(Bill, null=True, blank=True, on_delete=models.SET_NULL, related_name="mentions")
    as_written = models.CharField(max_length=80)
    legislature_code = models.CharField(max_length=8)
    session_year = models.PositiveSmallIntegerField(null=True, blank=True)
    base_print_no = models.CharField(max_length=20)
    amendment = models.CharField(max_length=2, blank=True)
    is_chief = models.BooleanField(default=False, help_text="The bill that the statement is chiefly about.")
    stage_stated = models.CharField(max_length=60, blank=True)
    stated_since = models.DateField(null=True, blank=True)
    committee_stated = models.CharField(max_length=150, blank=True)
    sponsor_stated = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["statement", "-is_chief", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "as_written"], name="bill_mention_unique"),
        ]

    def __str__(self) -> str:
        return self.as_written


class Position(models.Model):
    """Where a speaker or an organisation stands on a bill, tied to the print they spoke of."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", "Supports"
        OPPOSES = "opposes", "Opposes"
        NEUTRAL = "neutral", "Neutral"

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="positions")
    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="positions")
    amendment = models.CharField(max_length=2, blank=True)
    speaker = models.ForeignKey(Speaker, null=True, blank=True, on_delete=models.CASCADE, related_name="positions")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="positions"
    )
    stance = models.CharField(max_length=10, choices=Stance.choices)

    class Meta:
        ordering = ["statement", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker__isnull=False) | Q(organization__isnull=False), name="position_is_somebodys"
            ),
            models.UniqueConstraint(
                fields=["statement", "bill", "speaker", "organization"], nulls_distinct=False, name="position_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker or self.organization} {self.get_stance_display().lower()} {self.bill_id}"
