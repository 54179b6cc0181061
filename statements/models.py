"""Says: source documents, statements, their speakers, remarks, positions and the bills they name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Count, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from bills.models import Bill, Issue
from bills.models.bill import CARD_FIELDS
from bills.pages.timeline import about_print
from sponsors.models import Organization, Person
from sponsors.quick_rows import QuickRows
from sponsors.search.grammar import read_words
from sponsors.search.text import TextQuery, matches, vector_of
from statements.stages_in_words import stage_in_words

EVENT_WORDS = {
    "session_closed": _("The session closed."),
    "no_vote": _("No vote was taken on the bill."),
}


@dataclass(frozen=True)
class EventTold:
    """Something that a text says happened, and the day where the text gives it."""

    words: str
    date: date | None


class StatementQuerySet(models.QuerySet):
    def published(self):
        """Statements the public may see."""
        return self.filter(state=Statement.State.PUBLISHED)

    def latest_first(self):
        """The newest first; those without a date last."""
        return self.order_by(models.F("date").desc(nulls_last=True), "-pk")

    def saying(self, words: str):
        """Statements that have all these words somewhere: in title, text, speakers, subjects or bills named.

        As on web search engines: "exact phrase", -without, or. None where the words ask for nothing.
        """
        asked = read_words(words)
        if not asked and not asked.without:
            return self.none()
        rows = StatementSearch.objects.filter(matches(TextQuery.wanted(asked))) if asked else None
        found = self if rows is None else self.filter(pk__in=rows.values("pk"))
        if asked.without:
            unwanted = StatementSearch.objects.filter(matches(TextQuery.unwanted(asked)))
            found = found.exclude(pk__in=unwanted.values("pk"))
        return found

    def addressed(self, year: int | None, slug: str):
        """The statement at an address; a year of None stands for "undated"."""
        return self.filter(slug=slug, **({"date": None} if year is None else {"date__year": year}))

    def by_organization(self, key, name, aliases):
        """Statements that an organisation publishes under one of its names, or in which somebody speaks for it.

        The arguments are its columns, or references to them in an outer query.
        """
        place = Func(
            Cast(aliases, ArrayField(models.TextField())),
            Cast("publisher", models.TextField()),
            function="array_position",
            output_field=models.IntegerField(),
        )
        own = Q(publisher__iexact=name) | Q(alias_place__isnull=False) | Q(speakers__organization=key)
        return self.annotate(alias_place=place).filter(own)

    def of_organization(self, organization: Organization):
        """The same for one organisation, each statement once."""
        aliases = Value(organization.aliases, output_field=ArrayField(models.TextField()))
        own = self.by_organization(organization.pk, organization.name, aliases)
        return Statement.objects.filter(pk__in=own.order_by().values("pk"))

    def for_page(self):
        """With all that a statement's own page shows."""
        bills = Bill.objects.published().for_cards()
        speaker = ("speaker__person", "speaker__organization")
        return self.prefetch_related(
            "issues",
            models.Prefetch("speakers", Speaker.objects.select_related("person", "organization")),
            models.Prefetch("remarks", Remark.objects.select_related(*speaker)),
            models.Prefetch("bill_mentions__bill", bills),
            models.Prefetch("positions", Position.objects.readable().for_pages()),
        )

    def for_api_record(self):
        """With all that the API tells of one statement.

        Adds `public_positions`, on published bills; the `bill` of a mention is None where it is not published.
        """
        bills = Bill.objects.published().for_cards()
        positions = Position.objects.filter(bill__is_published=True).select_related(
            "bill__session", "speaker__person", "organization"
        )
        return self.prefetch_related(
            "issues",
            models.Prefetch("speakers", Speaker.objects.select_related("person", "organization")),
            models.Prefetch("remarks", Remark.objects.select_related("speaker__person")),
            models.Prefetch("bill_mentions__bill", bills),
            models.Prefetch("positions", positions, to_attr="public_positions"),
        )

    def for_cards(self):
        """With what a list card shows.

        Adds `first_speaker` {name, role, organization, slug} or None, and `bills_named`
        [{legislature, year, slug, number, is_chief}] of the bills that have a page here.
        """
        mentions = BillMention.objects.filter(statement=OuterRef("pk"), bill__is_published=True)
        bill = {
            "legislature": "bill__session__legislature_id",
            "year": "bill__session__year",
            "slug": "bill__slug",
            "number": Coalesce(NullIf("bill__file_no", Value("")), "bill__base_print_no"),
        }
        return self.defer("body").annotate(
            first_speaker=first_speaker(OuterRef("pk")),
            bills_named=ArraySubquery(mentions.order_by().values(json=JSONObject(**bill)).distinct()),
        )


def first_speaker(statement):
    """{name, role, organization, slug} of a statement's primary speaker, for an annotation."""
    return Subquery(
        Speaker.objects.filter(statement=statement, is_primary=True).values(
            json=JSONObject(
                name="name_as_written",
                role="role",
                organization="organization_as_written",
                slug="person__slug",
            )
        )[:1]
    )


class Statement(QuickRows):
    """A published text by people about legislation."""

    class Kind(models.TextChoices):
        PRESS_RELEASE = "press_release", _("Press release")
        BILL_PAGE = "bill_page", _("Bill page")
        LETTER = "letter", _("Letter")
        RESOLUTION = "resolution", _("Resolution")
        COALITION_STATEMENT = "coalition_statement", _("Coalition statement")
        NEWS = "news", _("News")

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    identity = models.CharField(
        max_length=64, unique=True, editable=False, help_text="Hash of title, date, publisher."
    )
    slug = models.SlugField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.TextField()
    date = models.DateField(
        null=True, blank=True, help_text="Empty where the text does not give a full date."
    )
    publisher = models.CharField(max_length=200, blank=True)
    body = models.TextField(
        blank=True, help_text="The text without menus and footers, paragraphs parted by empty lines."
    )
    issues = models.ManyToManyField(Issue, blank=True, related_name="statements")
    programmes = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    drafting_numbers = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    stage_stated = models.CharField(
        max_length=60, blank=True, help_text="The stage that the text itself states."
    )
    committee_stated = models.CharField(max_length=150, blank=True)
    events = models.JSONField(
        default=list,
        blank=True,
        help_text="What the text says happened: kind, date, and the words that say so.",
    )
    source_url = models.URLField("address of the original", max_length=500, blank=True)
    is_retold = models.BooleanField(
        default=False, help_text="Retold in our words rather than the original text."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    correction = models.TextField(blank=True, help_text="Shown to readers: what was corrected.")
    corrected_on = models.DateField(
        null=True,
        blank=True,
        help_text="Shown with the correction. Left empty, it becomes the day you write it.",
    )
    edited_fields = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="Fields staff wrote; loading keeps them.",
    )
    loaded_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = StatementQuerySet.as_manager()

    if TYPE_CHECKING:  # what for_api_record() adds
        public_positions: list[Position]

    class Meta:
        ordering = [models.F("date").desc(nulls_last=True), "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "slug"], nulls_distinct=False, name="statement_address_unique"
            ),
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
    def events_told(self) -> list[EventTold]:
        """What the text says happened, in words for a reader; kinds that have no words are left out."""
        return [
            EventTold(
                str(EVENT_WORDS[event["kind"]]), date.fromisoformat(event["date"]) if event["date"] else None
            )
            for event in self.events
            if event.get("kind") in EVENT_WORDS
        ]

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the text but those that are a remark, which the page shows with its speaker."""
        shown = {remark.text.strip() for remark in self.remarks.all()}
        return [part for part in self.body.split("\n\n") if part.strip() and part.strip() not in shown]


class StatementSearch(models.Model):
    """What search reads of a published statement, written by statements/search/indexing.py alone."""

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, primary_key=True, related_name="search_row"
    )
    said_on = models.DateField(null=True)
    title = models.TextField()
    people = models.TextField(help_text="Speakers with their roles, organisations, the publisher.")
    subjects = models.TextField(help_text="Issues, programmes, and the bills named with their names.")
    body = models.TextField()
    vector = models.GeneratedField(
        expression=vector_of(
            title=("A", "plain en es"),
            people=("B", "plain en"),
            subjects=("C", "plain en es"),
            body=("D", "en es"),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="statement_search_words")]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word of names and titles, accents set aside, and in how many it stands: what a misspelt word may have meant."""

    word = models.CharField(max_length=40, primary_key=True)
    uses = models.PositiveIntegerField()

    class Meta:
        indexes = [GinIndex(OpClass("word", name="public.gin_trgm_ops"), name="word_trigrams")]

    def __str__(self) -> str:
        return self.word


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


class SpeakerQuerySet(models.QuerySet):
    def in_published_statements(self):
        return self.filter(statement__state=Statement.State.PUBLISHED)

    def named(self, name: str):
        """Speakers of this name, as written or as the person is known."""
        return self.filter(Q(person__in=Person.objects.named(name)) | Q(name_as_written__icontains=name))

    def who_speak_for(self, organization: Organization):
        """{slug, name, statements} of each who speaks for it in a statement that readers can see."""
        return (
            self.in_published_statements()
            .filter(organization=organization)
            .order_by()
            .values(
                slug=Coalesce("person__slug", Value("")), name=Coalesce("person__name", "name_as_written")
            )
            .annotate(statements=Count("statement", distinct=True))
            .order_by("name", "slug")
        )

    def for_person_page(self):
        """With the statement, the newest first."""
        return (
            self.in_published_statements()
            .select_related("statement")
            .defer("statement__body")
            .order_by(models.F("statement__date").desc(nulls_last=True), "-statement")
        )


class Speaker(models.Model):
    """Someone who speaks in a statement, as it names them, and who that is where we know."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="speakers")
    place = models.PositiveSmallIntegerField()
    is_primary = models.BooleanField(default=False)
    name_as_written = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    organization_as_written = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="speaking"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="speakers"
    )
    why_unresolved = models.CharField(max_length=300, blank=True)

    objects = SpeakerQuerySet.as_manager()

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
    speaker = models.ForeignKey(
        Speaker, null=True, blank=True, on_delete=models.CASCADE, related_name="remarks"
    )
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

    @property
    def is_in_our_words(self) -> bool:
        """Whether we wrote it: the statement is retold, or its text does not have these words."""
        return not self.verbatim and (
            self.statement.is_retold or self.text.strip() not in self.statement.body
        )


class BillMentionQuerySet(models.QuerySet):
    def for_bill_page(self):
        """With the published statement and what it says first.

        Adds `first_speaker` as on cards, `first_remark` {text, verbatim, name} or None, and `stances`
        [{stance, speaker, organization, amendment}] of positions on the bill.
        """
        remarks = Remark.objects.filter(statement=OuterRef("statement")).order_by(
            models.F("speaker__is_primary").desc(nulls_last=True), "place"
        )
        positions = Position.objects.filter(statement=OuterRef("statement"), bill=OuterRef("bill")).order_by(
            "pk"
        )
        return (
            self.filter(statement__state=Statement.State.PUBLISHED)
            .select_related("statement")
            .defer("statement__body")
            .order_by(
                models.F("statement__date").desc(nulls_last=True),
                "-statement",
                "-is_chief",
                "-amendment",
                "pk",
            )
            .annotate(
                first_speaker=first_speaker(OuterRef("statement")),
                first_remark=Subquery(
                    remarks.values(
                        json=JSONObject(text="text", verbatim="verbatim", name="speaker__name_as_written")
                    )[:1]
                ),
                stances=ArraySubquery(
                    positions.values(
                        json=JSONObject(
                            stance="stance",
                            speaker="speaker__name_as_written",
                            organization="organization__name",
                            amendment="amendment",
                        )
                    )
                ),
            )
        )


class BillMention(QuickRows):
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

    objects = BillMentionQuerySet.as_manager()

    class Meta:
        ordering = ["statement", "-is_chief", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "as_written"], name="bill_mention_unique"),
        ]

    def __str__(self) -> str:
        return self.as_written

    @property
    def stage_in_words(self) -> str:
        """The stage that the text states, as readers say it; "" for none."""
        return stage_in_words(self.stage_stated)

    @property
    def print_spoken_of(self) -> str:
        """Which print of the bill is named, and whether that is an earlier one; "" where we do not hold the bill."""
        return about_print(self.amendment, self.bill) if self.bill else ""


class PositionQuerySet(models.QuerySet):
    def readable(self):
        """Positions in published statements, on bills that the public may see."""
        return self.filter(statement__state=Statement.State.PUBLISHED, bill__is_published=True)

    def of_person(self, person: Person):
        return self.filter(speaker__person=person)

    def of_organization(self, key):
        """Its own, and those of people who speak for it. `key` may be a reference in an outer query."""
        return self.filter(Q(organization=key) | Q(speaker__organization=key))

    def for_pages(self):
        """With the statement, who takes it, and the bill as on a card; the newest first."""
        statement = [f"statement__{name}" for name in ("slug", "title", "date", "kind")]
        speaker = [
            *(f"speaker__{name}" for name in ("name_as_written", "role", "organization_as_written")),
            *(f"speaker__{one}__{name}" for one in ("person", "organization") for name in ("slug", "name")),
        ]
        organization = [f"organization__{name}" for name in ("slug", "name")]
        return (
            self.select_related(
                "statement",
                "speaker__person",
                "speaker__organization",
                "organization",
                "bill__session",
                "bill__substituted_by__session",
            )
            .only(
                "stance",
                "amendment",
                *statement,
                *speaker,
                *organization,
                *(f"bill__{name}" for name in CARD_FIELDS),
            )
            .order_by(models.F("statement__date").desc(nulls_last=True), "-statement", "pk")
        )


class Position(models.Model):
    """Where a speaker or an organisation stands on a bill, tied to the print they spoke of."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("Supports")
        OPPOSES = "opposes", _("Opposes")
        NEUTRAL = "neutral", _("Neutral")

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="positions")
    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="positions")
    amendment = models.CharField(max_length=2, blank=True)
    speaker = models.ForeignKey(
        Speaker, null=True, blank=True, on_delete=models.CASCADE, related_name="positions"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="positions"
    )
    stance = models.CharField(max_length=10, choices=Stance.choices)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["statement", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker__isnull=False) | Q(organization__isnull=False),
                name="position_is_somebodys",
            ),
            models.UniqueConstraint(
                fields=["statement", "bill", "speaker", "organization"],
                nulls_distinct=False,
                name="position_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker or self.organization} {self.get_stance_display().lower()} {self.bill_id}"

    @property
    def print_spoken_of(self) -> str:
        """Which print of the bill was meant, and whether that is an earlier one; "" where there is only one."""
        return about_print(self.amendment, self.bill)
