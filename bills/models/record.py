"""The official record of a bill: prints, actions, stages, sponsors, relations, votes, messages, agendas, papers."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from bills.models.bill import CARD_FIELDS, Bill
from bills.models.subjects import Proposal
from sponsors.models import Chamber, Person, Term, rows_of
from sponsors.quick_rows import QuickRows
from sponsors.recorded_names import session_in_words


class Amendment(QuickRows):
    """A print of a bill: the original ("") or an amended one ("A"). What its source does not tell of it is empty."""

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="amendments")
    letter = models.CharField(max_length=2, blank=True)
    published_on = models.DateField(null=True, blank=True)
    title = models.TextField(blank=True, help_text="The official title while this print was in force.")
    act_clause = models.TextField(blank=True)
    law_section = models.CharField(max_length=200, blank=True)
    law_code = models.TextField(
        blank=True, help_text="The changes in the record's short form: Amd §444-e, RP L."
    )
    laws = models.JSONField(
        default=list,
        blank=True,
        help_text="Pairs of an action (add, amend, repeal ...) and a section of law.",
    )
    sponsors = models.JSONField(
        null=True,
        blank=True,
        help_text="Pairs of kind and name, of bills with several prints; null where no source told.",
    )

    class Meta:
        ordering = ["letter"]
        constraints = [models.UniqueConstraint(fields=["bill", "letter"], name="amendment_unique")]

    def __str__(self) -> str:
        return f"{self.bill.base_print_no}{self.letter}"


class PrintText(models.Model):
    """The words of one print. They stand apart from it because a refresh reads prints often and texts never.

    A row without text says that its source had none when it was asked.
    """

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="print_texts")
    letter = models.CharField(max_length=2, blank=True)
    text = models.TextField(blank=True)
    is_cut = models.BooleanField(default=False, help_text="It was too long to keep, and its end is missing.")
    source = models.CharField(max_length=40)
    source_url = models.URLField(max_length=500, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["letter"]
        constraints = [models.UniqueConstraint(fields=["bill", "letter"], name="print_text_unique")]

    def __str__(self) -> str:
        return f"{self.bill.base_print_no}{self.letter}"


class DatedQuerySet(models.QuerySet):
    """Rows with a day in `date`."""

    def until(self, day: date):
        """Those that may be told on `day`: what is dated later is held until then, on pages, in feeds and files."""
        return self.exclude(date__gt=day)


class Action(QuickRows):
    """One dated line of the official record, in the record's order."""

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="actions")
    sequence = models.PositiveIntegerField()
    date = models.DateField()
    chamber = models.CharField(max_length=10, choices=Chamber.choices)
    text = models.TextField()
    body = models.CharField(
        max_length=150, blank=True, help_text="The committee that acted, where the source names it."
    )
    result = models.CharField(max_length=40, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["bill", "sequence"], name="action_unique"),
            models.CheckConstraint(condition=~Q(text=""), name="action_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.text}"

    @property
    def actor(self) -> str:
        """Who acted: the chamber or, where the Council's history says so, "committee" or "mayor"."""
        body = self.body.casefold()
        if "committee" in body:
            return "committee"
        return "mayor" if body == "mayor" else self.chamber


class Stage(QuickRows):
    """A rung that the bill has reached: rewritten whole from the actions at every refresh."""

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    chamber = models.CharField(max_length=10, blank=True, choices=Chamber.choices)
    date = models.DateField(null=True)
    committee = models.CharField(max_length=150, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["bill", "position"], name="stage_unique")]
        # A committee's page asks for the bills that were ever before it; records write names in any case.
        indexes = [models.Index(Upper("committee"), "chamber", name="stage_by_committee")]

    def __str__(self) -> str:
        return f"{self.code} {self.date or ''}".strip()


class SponsorshipQuerySet(models.QuerySet):
    def for_bill_page(self):
        """With the person and the term of that time, in the record's order."""
        person, term = ("name", "slug"), ("chamber", "district", "party")
        read = [f"person__{name}" for name in person] + [f"term__{name}" for name in term]
        return (
            self.select_related("person", "term")
            .only(
                "bill",
                "kind",
                "position",
                "name_as_written",
                "seat_as_written",
                "person",
                "term",
                "withdrawn_on",
                *read,
            )
            .order_by("position")
        )

    def of_published_bills(self):
        """Those on bills that the public may see. Drafts are few: leaving them out asks nothing of the others."""
        return self.exclude(bill__in=rows_of("bills.ListedBill").filter(is_published=False).values("pk"))

    def carrying(self):
        """Those whose name still stands on the bill."""
        return self.filter(withdrawn_on=None)

    def leading_first(self):
        """Those in which the person leads first, by session, the newest first; then the bills that moved last."""
        return self.order_by(
            models.Case(models.When(kind="prime", then=0), default=1),
            "-bill__session__start",
            "bill__session__legislature",
            models.F("bill__last_action_on").desc(nulls_last=True),
            "-bill_id",
        )

    def tally(self, day: date) -> dict[str, dict[str, int]]:
        """How many bills of each state: {"led": {"law": 2, "ended": 7}, "joined": {...}}."""
        led = models.Case(models.When(kind="prime", then=models.Value("led")), default=models.Value("joined"))
        bills = Bill.objects.with_state(day).filter(pk=models.OuterRef("bill"))
        rows = (
            self.order_by()
            .annotate(role=led, state=models.Subquery(bills.values("state")[:1]))
            .values_list("role", "state")
            .annotate(number=models.Count("bill", distinct=True))
        )
        told: dict[str, dict[str, int]] = {"led": {}, "joined": {}}
        for role, state, number in rows:
            told[role][state] = number
        return told

    def for_person_page(self):
        """With the bill and where it stands."""
        return self.select_related("bill__session", "bill__substituted_by__session").only(
            "kind", "person", *(f"bill__{name}" for name in CARD_FIELDS)
        )


class Sponsorship(QuickRows):
    """Who carries a bill, as the record writes the name, and the person and term it was resolved to."""

    class Kind(models.TextChoices):
        PRIME = "prime", "Prime sponsor"
        CO = "co", "Co-sponsor"
        MULTI = "multi", "Multi-sponsor"

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="sponsorships")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    position = models.PositiveSmallIntegerField()
    name_as_written = models.CharField(max_length=200)
    seat_as_written = models.CharField(
        max_length=20, blank=True, help_text="Where the source tells it: VA-11, DC-At Large."
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="sponsorships"
    )
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    why_unresolved = models.CharField(max_length=300, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(
        null=True, blank=True, help_text="The day on which the name was taken off again."
    )

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        ordering = [
            "bill",
            models.Case(models.When(kind="prime", then=0), models.When(kind="co", then=1), default=2),
            "position",
        ]
        constraints = [
            models.UniqueConstraint(fields=["bill", "kind", "name_as_written"], name="sponsorship_unique"),
            models.CheckConstraint(condition=~Q(name_as_written=""), name="sponsorship_has_a_name"),
        ]
        indexes = [
            # What a person carries is told from it alone: counting from the rows took the list of people 50 ms.
            models.Index(
                fields=["person", "kind", "bill"],
                condition=Q(withdrawn_on=None),
                name="sponsorship_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name_as_written} ({self.get_kind_display()})"

    @property
    def is_prime(self) -> bool:
        return self.kind == self.Kind.PRIME

    @property
    def role_and_session(self) -> tuple[bool, str]:
        """Whether the person leads, and the session in words: what a person's page groups its bills by."""
        session = self.bill.session
        return self.is_prime, f"{session.legislature_name}, {session_in_words(session.label)}"


class RelatedBillQuerySet(models.QuerySet):
    def touching(self, bill: Bill | int):
        """Ties that the bill's record states, and those that another bill's record states of it."""
        return self.filter(Q(bill=bill) | Q(related=bill)).order_by()

    def of_proposal(self, proposal: Proposal):
        """Ties that its bills state, and those that others state of them; a substitution's tie is the bill's own."""
        stated = Q(bill__proposal=proposal) | Q(related__proposal=proposal)
        return self.filter(stated).exclude(kind=RelatedBill.Kind.SUBSTITUTED_BY).order_by()


class RelatedBill(QuickRows):
    """A tie that a bill's own record states. Its number stands even where we do not hold the other bill."""

    class Kind(models.TextChoices):
        SAME_AS = "same_as", "Same as"
        EARLIER = "earlier", "Earlier session"
        LATER = "later", "Later session"
        SUBSTITUTED_BY = "substituted_by", "Substituted by"

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    session_year = models.PositiveSmallIntegerField()
    print_no = models.CharField(max_length=20)
    related = models.ForeignKey(
        Bill, null=True, blank=True, on_delete=models.SET_NULL, related_name="related_from"
    )

    objects = RelatedBillQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-session_year", "print_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["bill", "kind", "session_year", "print_no"], name="related_bill_unique"
            ),
        ]
        indexes = [
            models.Index(
                fields=["print_no", "session_year"], condition=Q(related=None), name="related_bill_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.print_no} ({self.session_year})"


class RollCall(models.Model):
    """The counts of one recorded vote, where our source holds it."""

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="roll_calls")
    date = models.DateField()
    chamber = models.CharField(max_length=10, choices=Chamber.choices)
    committee = models.CharField(max_length=150, blank=True, help_text="Empty for a vote on the floor.")
    amendment = models.CharField(max_length=2, blank=True)
    ayes = models.PositiveSmallIntegerField()
    nays = models.PositiveSmallIntegerField()
    others = models.PositiveSmallIntegerField(default=0, help_text="Excused, absent and abstaining.")
    sequence = models.PositiveSmallIntegerField(
        default=1, help_text="Among the votes of this body on this print and day."
    )
    member_votes = models.JSONField(
        default=list, blank=True, help_text="Pairs of vote and name; empty where the source names nobody."
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bill", "date", "chamber", "committee", "amendment", "sequence"],
                name="roll_call_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.get_chamber_display()} {self.ayes} to {self.nays}"


class ExecutiveMessage(models.Model):
    """What the executive wrote when signing or refusing a bill."""

    class Kind(models.TextChoices):
        APPROVAL = "approval", _("Approval message")
        VETO = "veto", _("Veto message")
        LINE_VETO = "line_veto", _("Veto of single items")

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="executive_messages")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(help_text="Of the memo, in its year.")
    chapter = models.CharField(max_length=40, blank=True)
    signer = models.CharField(max_length=100, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["year", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["bill", "kind", "year", "number"], name="executive_message_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} of {self.year}"


class AgendaItem(models.Model):
    """Where a bill stood on the order of business: of a committee's meeting, or of the floor."""

    class Kind(models.TextChoices):
        AGENDA = "agenda", _("Committee agenda")
        CALENDAR = "calendar", _("Floor calendar")

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="agenda_items")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(help_text="Of the agenda or calendar, in its year.")
    chamber = models.CharField(max_length=10, choices=Chamber.choices)
    committee = models.CharField(max_length=150, blank=True, help_text="Empty for the floor.")

    class Meta:
        ordering = ["year", "number", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["bill", "kind", "year", "number", "chamber", "committee"], name="agenda_item_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} of {self.year}"


class BillDocument(models.Model):
    """A text or paper that the source keeps with the bill, where it can be read."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        ATTACHMENT = "attachment", _("Attachment")

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=300)
    url = models.URLField(max_length=500)
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "published_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bill", "kind", "name", "url"], name="bill_document_unique"),
        ]

    def __str__(self) -> str:
        return self.name
