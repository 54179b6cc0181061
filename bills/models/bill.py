"""The bill itself, and the questions that are asked of bills."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, ExtractYear, JSONObject, Left, Length, RowNumber
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from simple_history.models import HistoricalRecords

from bills import wording
from bills.models.carrying import sponsorships_of, terms_of
from bills.models.session import Session
from bills.models.states import PAST_COMMITTEE, STATES_IN_LISTS, alive_on, state_on
from bills.models.subjects import Issue, Proposal, bill_names
from sponsors.addresses import path_of
from sponsors.models import Chamber, Committee, rows_of
from sponsors.publishing import pages_changed
from sponsors.quick_rows import QuickRows
from sponsors.search.grammar import read_words
from sponsors.search.text import TextQuery

if TYPE_CHECKING:
    from bills.print_numbers import PrintNumber


# What it takes to say where a bill stands and to link to it.
STANDING_FIELDS = [
    "base_print_no", "slug", "file_no", "chamber", "is_resolution", "active_amendment", "status",
    "status_date", "status_chamber", "status_committee", "outcome", "ended_on", "substituted_by_print_no",
    "chapter", "law_since", "last_action_on", "is_published", "substituted_by", "proposal",
    *(f"session__{name}" for name in ("legislature", "year", "label", "start", "end")),
]  # fmt: skip
# What a card, a row of a table or a choice shows of a bill, and of the one that took its place.
CARD_FIELDS = [
    "title",
    "short_name",
    *STANDING_FIELDS,
    *(f"substituted_by__{name}" for name in STANDING_FIELDS),
]
# Bills of the last days of a session are signed, vetoed, printed and corrected into the next one.
UNSETTLED_FOR = timedelta(days=60)
LONGEST_HEADING = 160  # characters: about three lines on a phone
# What files and API say of a bill beyond a card.
API_FIELDS = [
    *CARD_FIELDS,
    "file_no",
    "introduced_on",
    "source",
    "source_url",
    "official_url",
    "checked_at",
    "read_at",
    "changed_at",
    "proposal__slug",
]
# More than a bill's page shows.
LONGEST_MESSAGE_READ = 10_000  # characters
LONGEST_VALUE_READ = 300  # characters, of a value in the list of changes
CHANGES_READ = 8


def _poll_counts() -> ArraySubquery:
    answers = rows_of("bills.PollAnswer").filter(bill=OuterRef("pk")).order_by().values("answer")
    counted = answers.annotate(count=Count("pk"))
    return ArraySubquery(counted.values(json=JSONObject(answer="answer", count="count")))


def this_day() -> date:
    """timezone.localdate(), which looks for another zone of this thread first. A list asks fifty times."""
    return datetime.now(timezone.get_default_timezone()).date()


class BillQuerySet(models.QuerySet):
    def published(self):
        """Bills the public may see; staff drafts are left out."""
        return self.filter(is_published=True)

    def numbered(self, number: PrintNumber):
        """The bill of this print number, whatever its amendment; of every session where it names none."""
        found = self.filter(session__legislature=number.legislature, base_print_no=number.base_print_no)
        return found if number.session is None else found.filter(session__year=number.session)

    def alive(self):
        """Bills that have not come to an end."""
        return self.filter(outcome="")

    def alive_on(self, day: date):
        """Bills that can still move on `day`; after a session only those with the executive.

        A bill without any action on record may be anything, law included: it is not counted.
        """
        return self.filter(alive_on(day))

    def with_state(self, day: date):
        """With `state` as `Bill.condition` tells it on `day`: one of `STATES`."""
        return self.annotate(state=Case(*state_on(day), default=Value("unknown")))

    def first_of_each_state(self, day: date, number: int):
        """With `state`; of each state only the `number` that moved last, in the order of `STATES_IN_LISTS`."""
        last_moved = [F("last_action_on").desc(nulls_last=True), F("pk").desc()]
        place = Window(RowNumber(), partition_by=F("state"), order_by=last_moved)
        # Numbered as bare keys: sorting whole rows takes several times as long.
        numbered = self.order_by().with_state(day).annotate(place=place).filter(place__lte=number)
        rank = Case(*(When(state=state, then=rank) for rank, state in enumerate(STATES_IN_LISTS)))
        shown = rows_of("bills.Bill").filter(pk__in=numbered.values("pk")).with_state(day)
        return shown.annotate(rank=rank).order_by("rank", *last_moved)

    def tally(self, day: date) -> dict[str, int]:
        """How many there are of each state that occurs."""
        counted = self.with_state(day).order_by().values_list("state").annotate(Count("pk", distinct=True))
        return dict(counted)

    def before_committee(self, day: date):
        """Bills that wait for their committee on `day`; `committee` is the one they are in."""
        return self.alive_on(day).exclude(committee=None).exclude(status__in=PAST_COMMITTEE)

    def died_in_committee(self):
        """Bills whose session ended while they waited for their committee."""
        ended = self.filter(outcome__in=["died", "filed_end_of_session"])
        return ended.exclude(committee=None).exclude(status__in=PAST_COMMITTEE)

    def ever_before(self, committee: Committee):
        """Bills that are or were before `committee`, as far as the stages of their records tell."""
        names = Q()
        for written in (committee.name, f"Committee on {committee.name}", f"{committee.name} Committee"):
            names |= Q(committee__iexact=written)
        stages = rows_of("bills.Stage").filter(names, chamber=committee.chamber).order_by().values("bill")
        of_body = Q(session__legislature=committee.legislature_id)
        return self.filter(of_body & (Q(committee=committee) | Q(pk__in=stages)))

    def committee_tally(self, committee: Committee, day: date) -> dict[str, Any]:
        """`waiting`, `died` and `ever`, how many each, and `since`, the day on which the longest wait began.

        The rows are those of `ever_before(committee)`.
        """
        own = rows_of("bills.Bill").filter(committee=committee).order_by()
        waiting = Q(pk__in=own.before_committee(day).values("pk"))
        died = Q(pk__in=own.died_in_committee().values("pk"))
        return self.order_by().aggregate(
            waiting=Count("pk", filter=waiting),
            died=Count("pk", filter=died),
            ever=Count("pk"),
            since=Min("status_date", filter=waiting),
        )

    def longest_wait_first(self):
        return self.order_by(F("status_date").asc(nulls_last=True), "pk")

    def laws(self):
        """Bills that became law themselves; one that was replaced is counted by its replacement."""
        return self.exclude(law_since=None)

    def living_proposals(self, day: date):
        """The latest living bill of each proposal, with `sessions_tried` (int); the last to move first."""
        same = rows_of("bills.Bill").published().filter(proposal=OuterRef("proposal")).order_by()
        tried = same.values("proposal").annotate(number=Count("session", distinct=True)).values("number")
        chosen = (
            rows_of("bills.Bill")
            .published()
            .alive_on(day)
            .exclude(proposal=None)
            .order_by("proposal_id", F("last_action_on").desc(nulls_last=True), "-pk")
            .distinct("proposal_id")
        )
        return self.filter(pk__in=chosen.values("pk")).annotate(sessions_tried=Subquery(tried)).latest_first()

    def carried_by(self, name: str):
        """Bills with a sponsor of this name: a slug, or any part of a name, with or without accents."""
        return self.filter(pk__in=sponsorships_of(*terms_of(name)))

    def saying(self, words: str):
        """Bills that have all these words somewhere: in number, names, people, issues, summary, statements or text.

        As on web search engines: "exact phrase", -without, or. None where the words ask for nothing.
        """
        asked = read_words(words)
        if not asked and not asked.without:
            return self.none()
        found = self.filter(_having(TextQuery.wanted(asked))) if asked else self
        return found.exclude(_having(TextQuery.unwanted(asked))) if asked.without else found

    def latest_first(self):
        """The last to move first; bills without any action last."""
        return self.order_by(F("last_action_on").desc(nulls_last=True), "-pk")

    def for_cards(self):
        """With what a list card shows."""
        return self.select_related("session", "substituted_by__session").only(*CARD_FIELDS)

    def for_poll(self):
        """With what its poll shows. Adds `poll_counts` [{answer, count}]."""
        return self.for_cards().annotate(poll_counts=_poll_counts())

    def for_sharing(self):
        """With what stands outside of our pages: where it stands, as on a card, and how current that is."""
        current = ("source", "checked_at", "official_url", "fault", "fault_at", "introduced_on", "changed_at")
        return self.select_related("session", "substituted_by__session").only(*CARD_FIELDS, *current)

    def for_list_files(self):
        """With what a list's files tell: what cards show, `listed`, `prime_sponsor` and `issue_slugs` [str]."""
        sponsor = (
            rows_of("bills.Sponsorship")
            .filter(bill=OuterRef("pk"), kind="prime", withdrawn_on=None)
            .order_by("position", "pk")
        )
        issues = rows_of("bills.Issue").filter(bills=OuterRef("pk")).order_by("slug")
        return (
            self.select_related("session", "substituted_by__session", "committee", "listed")
            .only(
                *CARD_FIELDS,
                "introduced_on",
                "checked_at",
                "changed_at",
                "committee__name",
                "listed__party",
                "listed__is_spoken_of",
                "listed__answers",
            )
            .annotate(
                prime_sponsor=Subquery(sponsor.values(name=Coalesce("person__name", "name_as_written"))[:1]),
                issue_slugs=ArraySubquery(issues.values("slug")),
            )
        )

    def for_proposal_page(self):
        """With what the page of its proposal tells of each bill.

        Adds `stages_reached` [{code, chamber, date, committee}], `votes_counted` [{date, chamber, ayes, nays}] of
        whole houses, `passages` [{date, chamber}], the lines of New York's record that tell of such a vote, and
        `leaders` [{name, slug}], its prime sponsors.
        """

        def listed(rows, **values: Any):
            return ArraySubquery(rows.values(json=JSONObject(**values)))

        def own(model: str):
            return rows_of(model).filter(bill=OuterRef("pk"))

        leading = own("bills.Sponsorship").filter(kind="prime", withdrawn_on=None).order_by("position")
        told = (
            own("bills.Action").filter(text__iregex=r"passed (senate|assembly)|^lost$").order_by("sequence")
        )
        stage = {name: name for name in ("code", "chamber", "date", "committee")}
        vote = {name: name for name in ("date", "chamber", "ayes", "nays")}
        shown = self.select_related("session", "substituted_by__session").only(*CARD_FIELDS, "introduced_on")
        return shown.annotate(
            stages_reached=listed(own("bills.Stage").order_by("position"), **stage),
            votes_counted=listed(own("bills.RollCall").filter(committee="").order_by("date", "pk"), **vote),
            passages=listed(told.filter(bill__session__legislature="ny"), date="date", chamber="chamber"),
            leaders=listed(
                leading,
                name=Coalesce("person__name", "name_as_written"),
                slug=Coalesce("person__slug", Value("")),
            ),
        )

    def for_page(self, day: date):
        """With all that a bill's own page shows on `day`, but its long lists.

        Adds `prints` [{letter, published_on, has_text}], `issues_filed` [{slug, name}], `votes` [{date, chamber,
        committee, amendment, ayes, nays, others, member_votes}], `messages` (of the text its beginning, and the
        `length`), `papers` and `agendas` likewise, `newest_changes` (their values shortened), `poll_counts` [{answer,
        count}], `is_spoken_of`, whether any statement names it, `is_met_about`, whether it is on the list of any
        meeting, and `choice` {found_by} or None, why staff follow it.
        """

        def own(model: str, field: str = "bill"):
            return rows_of(model).filter(**{field: OuterRef("pk")})

        def listed(model: str, *fields: str, **computed: Any):
            values = {name: name for name in fields} | computed
            return ArraySubquery(own(model).values(json=JSONObject(**values)))

        vote = ("date", "chamber", "committee", "amendment", "ayes", "nays", "others", "member_votes")
        message = ("kind", "year", "number", "signer", "signed_on")
        beginning = Left("text", LONGEST_MESSAGE_READ)
        text_of_print = (
            rows_of("bills.PrintText")
            .filter(bill=OuterRef("bill"), letter=OuterRef("letter"))
            .exclude(text="")
        )
        unread = ["act_clause", "content_hash", "sponsor_memo"]
        unread += ["substituted_by__edited_fields"] + [
            f"substituted_by__{name}"
            for name in (*unread, "title", "plain_summary", "official_summary", "official_url", "fault")
        ]
        shown = self.select_related("session", "substituted_by__session", "committee", "proposal").defer(
            *unread
        )
        return shown.annotate(
            is_spoken_of=Exists(own("statements.BillMention")),
            is_met_about=Exists(own("bills.Meeting", "bills")),
            prints=listed("bills.Amendment", "letter", "published_on", has_text=Exists(text_of_print)),
            issues_filed=ArraySubquery(
                own("bills.Issue", "bills").order_by("name").values(json=JSONObject(slug="slug", name="name"))
            ),
            votes=ArraySubquery(
                own("bills.RollCall").until(day).values(json=JSONObject(**{name: name for name in vote}))
            ),
            messages=listed("bills.ExecutiveMessage", *message, text=beginning, length=Length("text")),
            papers=listed("bills.BillDocument", "kind", "name", "url", "published_on"),
            newest_changes=ArraySubquery(
                own("bills.Change")
                .for_readers(day)
                .order_by("-found_at", "pk")
                .values(
                    json=JSONObject(
                        fact="fact",
                        before=Left("before", LONGEST_VALUE_READ),
                        after=Left("after", LONGEST_VALUE_READ),
                        source="source",
                        source_url="source_url",
                        found_at="found_at",
                    )
                )[:CHANGES_READ]
            ),
            agendas=listed("bills.AgendaItem", "kind", "year", "number", "chamber", "committee"),
            choice=Subquery(
                own("bills.Candidate").filter(state="followed").values(json=JSONObject(found_by="found_by"))
            ),
            poll_counts=_poll_counts(),
        )

    def for_api(self):
        """With what a list of the API tells of each."""
        return self.select_related("session", "proposal", "substituted_by__session").only(*API_FIELDS)

    def for_bulk(self):
        """With what a row of the bulk files tells: adds `issues_filed` [{slug}], `poll_counts` [{answer, count}]."""
        texts = ("plain_summary", "official_summary", "act_clause", "law_section")
        issues = rows_of("bills.Issue").filter(bills=OuterRef("pk")).order_by("name")
        answers = rows_of("bills.PollAnswer").filter(bill=OuterRef("pk")).order_by().values("answer")
        counted = answers.annotate(count=Count("pk"))
        return (
            self.for_api()
            .only(*API_FIELDS, *texts)
            .annotate(
                issues_filed=ArraySubquery(issues.values(json=JSONObject(slug="slug"))),
                poll_counts=ArraySubquery(counted.values(json=JSONObject(answer="answer", count="count"))),
            )
        )

    def for_api_record(self, day: date):
        """With all that the API tells of one bill on `day`, but its actions, sponsors and ties.

        Adds `issues_filed` [{slug}], `prints` [{letter, published_on}], `rungs` [{code, chamber, date,
        committee}], `votes`, `messages`, `papers`, `agendas` whole, `poll_counts` [{answer, count}],
        `same_proposal` [{legislature, session, slug}] and `statements_about` [{year, slug, print, is_chief}].
        """

        def listed(model: str, *order: str, field: str = "bill", **fields: str):
            rows = rows_of(model).filter(**{field: OuterRef("pk")}).order_by(*order)
            if model in ("bills.Stage", "bills.RollCall"):
                rows = rows.until(day)
            return ArraySubquery(rows.values(json=JSONObject(**fields)))

        def own(*names: str) -> dict[str, str]:
            return {name: name for name in names}

        answers = rows_of("bills.PollAnswer").filter(bill=OuterRef("pk")).order_by().values("answer")
        counted = answers.annotate(count=Count("pk")).values(json=JSONObject(**own("answer", "count")))
        others = rows_of("bills.Bill").published().filter(proposal=OuterRef("proposal"))
        named = rows_of("statements.BillMention").filter(bill=OuterRef("pk"), statement__state="published")
        about = named.order_by(F("statement__date").desc(nulls_last=True), "-statement", "-is_chief", "pk")
        vote = own("date", "chamber", "committee", "ayes", "nays", "others", "member_votes")
        return (
            self.select_related("session", "proposal", "substituted_by__session")
            .defer("content_hash", "edited_fields")
            .annotate(
                issues_filed=listed("bills.Issue", "name", field="bills", slug="slug"),
                prints=listed("bills.Amendment", "letter", **own("letter", "published_on")),
                rungs=listed("bills.Stage", "position", **own("code", "chamber", "date", "committee")),
                votes=listed("bills.RollCall", "-date", "-pk", **vote, print="amendment"),
                messages=listed(
                    "bills.ExecutiveMessage", **own("kind", "year", "number", "signer", "signed_on", "text")
                ),
                papers=listed("bills.BillDocument", "pk", **own("kind", "name", "url", "published_on")),
                agendas=listed("bills.AgendaItem", **own("kind", "year", "number", "chamber", "committee")),
                poll_counts=ArraySubquery(counted),
                same_proposal=bill_names(others.exclude(pk=OuterRef("pk"))),
                statements_about=ArraySubquery(
                    about.values(
                        json=JSONObject(
                            year=ExtractYear("statement__date"),
                            slug="statement__slug",
                            print="amendment",
                            is_chief="is_chief",
                        )
                    )
                ),
            )
        )

    def of_legislature(self, code: str):
        return self.filter(session__legislature=code)

    def unsettled(self, day: date):
        """Bills that a source may still move: of a running session or one just over, or with no outcome yet."""
        return self.filter(Q(session__end__gte=day - UNSETTLED_FOR) | Q(outcome=""))

    def checked_before(self, moment: datetime):
        """Bills never checked, or last checked before then; those that wait longest first."""
        waiting = self.filter(Q(checked_at=None) | Q(checked_at__lt=moment))
        return waiting.order_by(F("checked_at").asc(nulls_first=True), "pk")

    def with_fault(self):
        """Bills whose source's last answer is not stored."""
        return self.exclude(fault="")

    def put_fault_on_record(self, fault: str, *, now: datetime) -> int:
        """Until their next good answer, their pages and the desk say what was wrong with the last one."""
        since = Case(When(fault="", then=Value(now)), default=Coalesce("fault_since", Value(now)))
        with transaction.atomic():  # or a page could be kept between the mark and the fault
            pages_changed()
            return self.update(fault=fault, fault_at=now, fault_since=since)

    def read_before(self, moment: datetime):
        """Bills whose whole record was never read, or last read before then; the oldest reading first."""
        waiting = self.filter(Q(read_at=None) | Q(read_at__lt=moment))
        return waiting.order_by(F("read_at").asc(nulls_first=True), "pk")


def _having(query: TextQuery) -> Func:
    """Whether a bill has words, for a filter. Asked of a function that keeps the planner to the indexes."""
    return Func(
        F("pk"),
        query,
        template="(%(expressions)s)))",
        arg_joiner=" IN (SELECT public.passage_bills_having(",
        output_field=models.BooleanField(),
    )


class Bill(QuickRows):
    """One bill of one session. Its prints are amendments; its status follows from its actions."""

    class Outcome(models.TextChoices):
        SIGNED = "signed", _("Signed into law")
        LAW_WITHOUT_SIGNATURE = "law_without_signature", _("Became law without signature")
        VETOED = "vetoed", _("Vetoed")
        VETO_OVERRIDDEN = "veto_overridden", _("Veto overridden")
        ENACTED = "enacted", _("Enacted")
        ADOPTED = "adopted", _("Adopted")
        SUBSTITUTED = "substituted", _("Substituted")
        STRICKEN = "stricken", _("Stricken")
        LOST = "lost", _("Lost on a vote")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        FILED_END_OF_SESSION = "filed_end_of_session", _("Filed at the end of the session")
        DIED = "died", _("Died at the end of the session")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bills")
    base_print_no = models.CharField(
        "print number", max_length=20, help_text="Without amendment letter: S4075."
    )
    slug = models.CharField(max_length=20, help_text="As it stands in addresses: s4075.")
    file_no = models.CharField(
        max_length=30, blank=True, help_text="As the legislature prints it, where that differs."
    )
    chamber = models.CharField(max_length=10, choices=Chamber.choices, help_text="The chamber of origin.")
    is_resolution = models.BooleanField(default=False)
    active_amendment = models.CharField(max_length=2, blank=True)

    title = models.TextField(blank=True, help_text="The official title.")
    short_name = models.CharField(
        max_length=200, blank=True, help_text="What people call it: New York for All Act."
    )
    act_clause = models.TextField(blank=True)
    law_section = models.CharField(max_length=200, blank=True)
    plain_summary = models.TextField(blank=True, help_text="What it would do, in our own plain words.")
    official_summary = models.TextField(blank=True, help_text="What it would do, in its source's words.")
    sponsor_memo = models.TextField(blank=True, help_text="The sponsor's memorandum to the print in force.")
    official_url = models.URLField(max_length=500, blank=True)
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="bills"
    )
    issues = models.ManyToManyField(Issue, blank=True, related_name="bills")

    status = models.CharField(
        max_length=30, blank=True, db_index=True, help_text="Code; see docs/status-rules.md."
    )
    status_date = models.DateField(null=True, blank=True)
    status_chamber = models.CharField(max_length=10, blank=True, choices=Chamber.choices)
    status_committee = models.CharField(max_length=150, blank=True)
    committee = models.ForeignKey(
        Committee, null=True, blank=True, on_delete=models.SET_NULL, related_name="bills"
    )
    outcome = models.CharField(
        max_length=30, blank=True, choices=Outcome.choices, help_text="Empty while alive."
    )
    ended_on = models.DateField(null=True, blank=True)
    substituted_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="substitutes_for"
    )
    substituted_by_print_no = models.CharField(max_length=20, blank=True)
    chapter = models.CharField(max_length=40, blank=True)
    law_since = models.DateField(null=True, blank=True)
    introduced_on = models.DateField(null=True, blank=True)
    last_action_on = models.DateField(null=True, blank=True, db_index=True)

    source = models.CharField(
        max_length=40, blank=True, help_text="Which provider last answered for this bill."
    )
    source_url = models.URLField(max_length=500, blank=True)
    checked_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When its source last told how it stands: about this bill, or in a list of what has changed.",
    )
    read_at = models.DateTimeField(null=True, blank=True, help_text="When its whole record was last read.")
    fault = models.CharField(
        max_length=400, blank=True, help_text="Why its source's last answer is not stored; empty where it is."
    )
    fault_at = models.DateTimeField(null=True, blank=True, help_text="When it was last met.")
    fault_since = models.DateTimeField(
        null=True, blank=True, help_text="When it was first met; says nothing where there is no fault."
    )
    changed_at = models.DateTimeField(null=True, blank=True, help_text="When the record last moved.")
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    edited_fields = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="Fields staff wrote; imports keep them.",
    )
    is_published = models.BooleanField(default=True)
    history = HistoricalRecords(
        excluded_fields=[
            "checked_at",
            "read_at",
            "fault",
            "fault_at",
            "fault_since",
            "content_hash",
            "source",
            "source_url",
            "changed_at",
            "sponsor_memo",
        ],
    )

    objects = BillQuerySet.as_manager()

    if TYPE_CHECKING:  # what for_list_files(), for_page() and for_poll() add
        prime_sponsor: str | None
        issue_slugs: list[str]
        is_spoken_of: bool
        is_met_about: bool
        prints: list[dict[str, Any]]
        issues_filed: list[dict[str, str]]
        votes: list[dict[str, Any]]
        messages: list[dict[str, Any]]
        papers: list[dict[str, Any]]
        newest_changes: list[dict[str, Any]]
        agendas: list[dict[str, Any]]
        choice: dict[str, Any] | None
        # `prints`, otherwise filled, and the following: what for_api_record() adds
        rungs: list[dict[str, Any]]
        same_proposal: list[dict[str, Any]]
        statements_about: list[dict[str, Any]]
        poll_counts: list[dict[str, Any]]

    class Meta:
        ordering = ["-session__year", "base_print_no"]
        constraints = [
            models.UniqueConstraint(fields=["session", "base_print_no"], name="bill_unique_in_session"),
            models.UniqueConstraint(fields=["session", "slug"], name="bill_address_unique"),
            models.CheckConstraint(
                condition=Q(base_print_no__regex=r"^[A-Z]+ ?[0-9]+$"), name="bill_print_no_is_a_base_number"
            ),
            models.CheckConstraint(
                condition=Q(law_since=None)
                | Q(outcome__in=["signed", "law_without_signature", "veto_overridden", "enacted"]),
                name="bill_law_has_a_law_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(substituted_by=models.F("id")) | Q(substituted_by=None),
                name="bill_not_its_own_substitute",
            ),
        ]
        indexes = [
            models.Index(fields=["base_print_no"], name="bill_number"),
            models.Index(
                "is_published", F("last_action_on").desc(nulls_last=True), F("id").desc(), name="bill_latest"
            ),
            models.Index(fields=["outcome", "status"], name="bill_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.display_no} ({self.session.label})"

    def get_absolute_url(self) -> str:
        return path_of("bills:detail", self.session.legislature_id, self.session.year, self.slug)

    @property
    def display_no(self) -> str:
        """The number as its legislature writes it, with the print in force: "S4075A", "Int 1568-2017-A"."""
        parted = "-" if self.file_no and self.active_amendment else ""
        return f"{self.file_no or self.base_print_no}{parted}{self.active_amendment}"

    @property
    def name(self) -> str:
        """What a reader would call it."""
        return self.short_name or self.title or self.display_no

    @property
    def title_fits_heading(self) -> bool:
        """Whether the official title is short enough to stand where a short name would."""
        return 0 < len(self.title) <= LONGEST_HEADING

    @property
    def is_law(self) -> bool:
        return self.law_since is not None

    @property
    def has_ended(self) -> bool:
        return bool(self.outcome)

    @property
    def headline(self) -> str:
        """Where it stands, in one line: "In the Senate Finance Committee since January 7, 2026"."""
        return wording.in_words(wording.standing_of(self, today=this_day()))

    @property
    def law_line(self) -> str:
        """Whether it is law, in a sentence: "This is not law.", since when it is, or that our source does not tell."""
        return wording.law_line(self, today=this_day())

    @property
    def condition(self) -> str:
        """ "alive", "law", "adopted", "ended" or "unknown"."""
        return wording.condition(self, today=this_day())

    @property
    def condition_label(self) -> str:
        return wording.condition_label(self.condition)

    @property
    def why_poll_is_closed(self) -> str:
        return wording.why_poll_is_closed(self, today=this_day())
