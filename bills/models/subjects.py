"""What bills are about: the issues they are filed under, and the proposals that come back in them."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.text import slugify

from bills.models.states import STATES, state_on
from sponsors.models import rows_of
from sponsors.search.text import vector_of


def _filings():
    """Pairs of bill and issue."""
    return apps.get_model("bills.Bill").issues.through.objects


class IssueQuerySet(models.QuerySet):
    def for_cards(self, day: date):
        """With what the list of issues tells of each: `bills_filed`, `bills_alive`, `statements_filed` (int)."""
        filed = _filings().filter(issue=OuterRef("pk"), bill__is_published=True).order_by()
        alive = filed.filter(bill__in=rows_of("bills.Bill").alive_on(day).values("pk"))
        said = rows_of("statements.Statement").published().filter(issues=OuterRef("pk")).order_by()

        def number(rows, group: str):
            counted = rows.values(group).annotate(number=Count("pk")).values("number")
            return Coalesce(Subquery(counted), 0)

        return self.annotate(
            bills_filed=number(filed, "issue"),
            bills_alive=number(alive, "issue"),
            statements_filed=number(said, "issues"),
        )


class Issue(models.Model):
    """A subject that bills and statements are filed under."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80, unique=True)
    description = models.TextField(blank=True)
    vector = models.GeneratedField(
        expression=vector_of(name=("A", "plain en"), description=("D", "plain en")),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("bills:issue", args=[self.slug])


class ProposalQuerySet(models.QuerySet):
    def with_bills(self):
        """Proposals with a bill that readers can see."""
        return self.filter(Exists(self._bills()))

    def named(self, text: str):
        """Proposals with all these words in their names, or in the short name of one of their bills."""
        found = self
        for word in text.split():
            called = (
                rows_of("bills.Bill").published().filter(short_name__icontains=word).exclude(proposal=None)
            )
            written = Q(name__icontains=word) | Q(pk__in=called.order_by().values("proposal"))
            if slug := slugify(word):
                written |= Q(slug__contains=slug)
            found = found.filter(written)
        return found

    def standing_on(self, day: date):
        """With `state` as of `day`: that of the bill which came furthest, in the order of `STATES`.

        Also adds `last_moved` (date or None) and `number_of_bills` (int).
        """
        # What took a bill's place and is not here may be law.
        decided_elsewhere = When(
            bills__outcome="substituted", bills__substituted_by__isnull=True, then=Value("unknown")
        )
        told = Case(decided_elsewhere, *state_on(day, "bills__"), default=Value("unknown"))
        places = {state: place for place, state in enumerate(STATES)}
        place = Case(*(When(told=state, then=place) for state, place in places.items()))
        published = Q(bills__is_published=True)
        return (
            self.alias(told=told)
            .annotate(
                best=Min(place, filter=published),
                last_moved=Max("bills__last_action_on", filter=published),
                number_of_bills=Count("bills", filter=published),
            )
            .annotate(state=Case(*(When(best=place, then=Value(state)) for state, place in places.items())))
        )

    def last_moved_first(self):
        """Of rows with `standing_on()`: those without any action last."""
        return self.order_by(F("last_moved").desc(nulls_last=True), "pk")

    def about(self, issue: Issue | int):
        """Proposals with a bill that is filed under `issue`, or under the one with this key."""
        return self.filter(Exists(self._bills().filter(issues=issue)))

    def for_cards(self, day: date):
        """With what a list card shows: its standing, and its bills that readers can see, the oldest first."""
        bills = rows_of("bills.Bill").published().for_cards().order_by("session__start", "base_print_no")
        return self.standing_on(day).prefetch_related(Prefetch("bills", bills))

    def for_page(self):
        """With `issues_filed` [{slug, name}] of its bills."""
        filed = _filings().filter(
            issue=OuterRef("pk"), bill__proposal=OuterRef(OuterRef("pk")), bill__is_published=True
        )
        issues = Issue.objects.filter(Exists(filed)).order_by("name")
        return self.annotate(
            issues_filed=ArraySubquery(issues.values(json=JSONObject(slug="slug", name="name")))
        )

    def with_bill_names(self):
        """Adds `its_bills` [{legislature, session, slug}] of the published ones, the newest session first."""
        return self.annotate(its_bills=bill_names(self._bills()))

    def _bills(self):
        return rows_of("bills.Bill").published().filter(proposal=OuterRef("pk"))


def bill_names(bills):
    """[{legislature, session, slug}] of a correlated query, for an annotation."""
    names = {"legislature": "session__legislature_id", "session": "session__year", "slug": "slug"}
    ordered = bills.order_by("-session__start", "base_print_no", "pk")
    return ArraySubquery(ordered.values(json=JSONObject(**names)))


class Proposal(models.Model):
    """The same proposal across chambers and sessions: the lineage that its bills belong to."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=150)
    plain_summary = models.TextField(
        blank=True, help_text="What it would do, in our own plain words, whatever the session."
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("bills:proposal", args=[self.slug])
