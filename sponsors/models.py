"""Who: legislatures and their committees, legislators and speakers, organisations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Count, Exists, F, Func, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from simple_history.models import HistoricalRecords

from sponsors.addresses import path_of
from sponsors.quick_rows import QuickRows


def rows_of(model: str) -> Any:
    """The manager of a model that builds on the caller's, and that the caller therefore cannot import."""
    return apps.get_model(model)._default_manager


class Chamber(models.TextChoices):
    SENATE = "senate", "Senate"
    ASSEMBLY = "assembly", "Assembly"
    COUNCIL = "council", "Council"
    HOUSE = "house", "House"


class Legislature(models.Model):
    """A body that makes law: New York State, its City Council, Congress. Its code stands in addresses."""

    code = models.CharField(max_length=8, primary_key=True)
    name = models.CharField(max_length=100, unique=True)
    short_name = models.CharField(max_length=40)
    website = models.URLField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


# After a surname, and no part of it.
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})


class PersonQuerySet(models.QuerySet):
    def legislators(self):
        """People who hold or held a seat."""
        return self.filter(Exists(Term.objects.filter(person=OuterRef("pk"))))

    def named(self, text: str):
        """The person whose slug `text` is; otherwise all whose name has its words, accents set aside."""
        if not (slug := slugify(text)):
            return self.none()
        words = slug.split("-")
        has_all = Q(*(Q(slug__contains=word) for word in words))
        return self.filter(Q(slug=text) | (has_all & ~Exists(self.model._default_manager.filter(slug=text))))

    def with_something_to_show(self):
        """People who carry a bill that readers can see, or speak in a published statement."""
        return self.with_what_they_have().filter(has__gt=0)

    def in_public(self):
        """People whom readers may meet: all but those whom only drafts and hidden bills name."""
        seats = Term.objects.filter(person=OuterRef("pk"))
        shown = Exists(seats) | Exists(self._sponsorships()) | Exists(self._speaking())
        named = (
            rows_of(model).filter(person=OuterRef("pk")).order_by()
            for model in ("bills.Sponsorship", "statements.Speaker")
        )
        by_bill, by_statement = (Exists(rows) for rows in named)
        return self.filter(shown | ~(by_bill | by_statement))

    def with_what_they_have(self):
        """Adds `has`: 1 for bills that readers can see, 2 for published statements, 3 for both, 0 for neither."""

        def one(
            rows, worth: int
        ):  # with a limit, so that the database looks for one of each person, not for all
            return Coalesce(Subquery(rows.annotate(worth=Value(worth)).values("worth")[:1]), 0)

        return self.annotate(has=one(self._sponsorships(), 1) + one(self._speaking(), 2))

    def for_cards(self):
        """With what a list card shows.

        Adds `bills_carried`, `bills_joined`, `statements_made` (int) and `latest_term`
        {chamber, district, party, legislature, end} or None.
        """
        latest = Term.objects.filter(person=OuterRef("pk")).order_by(
            F("end").desc(nulls_first=True), F("start").desc(nulls_last=True)
        )
        term = JSONObject(
            chamber="chamber", district="district", party="party", legislature="legislature_id", end="end"
        )
        return self.annotate(
            bills_carried=_number_of(self._sponsorships().filter(kind="prime"), "bill"),
            bills_joined=_number_of(self._sponsorships().exclude(kind="prime"), "bill"),
            statements_made=_number_of(self._speaking(), "statement"),
            latest_term=Subquery(latest.values(json=term)[:1]),
        )

    def for_page(self):
        """With what a person's own page shows, but bills and statements."""
        return self.prefetch_related(models.Prefetch("terms", Term.objects.select_related("legislature")))

    def mistakable_for(self, person: Person):
        """Others of the same first name and surname, whatever stands between: Jose M. and José E. Serrano."""
        words = [word for word in slugify(person.name).split("-") if word not in GENERATIONS]
        if len(words) < 2:
            return self.none()
        same = rf"^{words[0]}(-.+)?-{words[-1]}(-({'|'.join(sorted(GENERATIONS))}|[0-9]+))?$"
        return self.filter(slug__regex=same).exclude(pk=person.pk)

    def _sponsorships(self):
        rows = rows_of("bills.Sponsorship")
        return rows.of_published_bills().carrying().filter(person=OuterRef("pk")).order_by()

    def _speaking(self):
        rows = rows_of("statements.Speaker")
        return rows.in_published_statements().filter(person=OuterRef("pk")).order_by()


def _number_of(rows, what: str):
    """How many different `what` the rows of a correlated query have, for an annotation."""
    counted = rows.values("person").annotate(number=Count(what, distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0)


class Person(QuickRows):
    """A legislator or a speaker. Two people of one name are two rows; one person of two spellings is one."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(
        max_length=200, help_text="As the person is commonly called, for example Jose M. Serrano."
    )
    sort_name = models.CharField(max_length=200, db_index=True, help_text="Surname first, for lists.")
    aliases = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        help_text="Other spellings that mean this person and nobody else, separated by commas.",
    )
    note = models.TextField(blank=True, help_text="Who this is not: shown where two people have one name.")
    history = HistoricalRecords()

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "slug"]
        verbose_name_plural = "people"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name")]
        indexes = [
            GinIndex(
                OpClass(
                    Func(F("name"), F("aliases"), function="public.passage_names"),
                    name="public.gin_trgm_ops",
                ),
                name="person_names",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_of("sponsors:detail", self.slug)


class TermQuerySet(models.QuerySet):
    def on(self, day: date):
        """Terms that cover `day`; an open end counts as unbounded."""
        return self.filter(Q(start=None) | Q(start__lte=day), Q(end=None) | Q(end__gte=day))


class Term(QuickRows):
    """One stretch of a person's service in one chamber, with the district and party of that time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="terms")
    legislature = models.ForeignKey(Legislature, on_delete=models.PROTECT, related_name="terms")
    chamber = models.CharField(max_length=10, choices=Chamber.choices)
    district = models.CharField(max_length=20, blank=True)
    party = models.CharField(max_length=60, blank=True)
    caucus = models.CharField(max_length=100, blank=True)
    start = models.DateField(null=True, blank=True, help_text="Empty where the source does not say.")
    end = models.DateField(null=True, blank=True, help_text="Empty while the term runs, or where unknown.")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = [F("start").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")),
                name="term_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["person", "legislature", "chamber", "district", "start"],
                nulls_distinct=False,
                name="term_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_chamber_display()} {self.district})".strip()

    @property
    def seat(self) -> str:
        """ "Senate district 29", "Senate, California", "Council"."""
        return seat_in_words(self.chamber, self.district)


def seat_in_words(chamber: str, district: str) -> str:
    """A seat as readers say it; `district` is a number, a place or empty."""
    house = chamber_in_words(chamber)
    if district.isdigit():
        return gettext("%(house)s district %(district)s") % {"house": house, "district": district}
    return f"{house}, {district}" if district else house


def chamber_in_words(chamber: str) -> str:
    return {
        "senate": gettext("Senate"),
        "assembly": gettext("Assembly"),
        "council": gettext("Council"),
        "house": gettext("House"),
    }.get(chamber, chamber)


def house_in_words(legislature: str, chamber: str) -> str:
    """ "ny" and "senate" as "New York Senate"."""
    return {
        ("ny", "senate"): gettext("New York Senate"),
        ("ny", "assembly"): gettext("New York Assembly"),
        ("nyc", "council"): gettext("New York City Council"),
        ("us", "senate"): gettext("United States Senate"),
        ("us", "house"): gettext("House of Representatives"),
    }.get((legislature, chamber)) or f"{legislature} {chamber_in_words(chamber)}"


class OrganizationQuerySet(models.QuerySet):
    def named(self, text: str):
        """Organisations with all these words in their names or in one of their other names."""
        other_names = Func("aliases", Value(" "), function="array_to_string", output_field=models.TextField())
        all_words = Q()
        for word in text.split():
            written = Q(name__icontains=word) | Q(other_names__icontains=word)
            if slug := slugify(word):
                written |= Q(slug__contains=slug)
            all_words &= written
        return self.annotate(other_names=other_names).filter(all_words)

    def in_public(self):
        """Organisations that a reader can meet: one that only a draft names is left out."""
        of_it = Q(speakers__organization=OuterRef("pk")) | Q(positions__organization=OuterRef("pk"))
        said = rows_of("statements.Statement").published().filter(of_it).order_by()
        return self.filter(Exists(said) | Exists(self._statements()))

    def with_something_to_show(self):
        """Organisations that publish, speak or take a position in a statement that readers can see."""
        return self.filter(Exists(self._statements()) | Exists(self._positions()))

    def for_cards(self):
        """With what a list card shows: `statements_made`, `bills_supported` and `bills_opposed` (int)."""

        def number(rows, of: str):
            counted = rows.order_by().annotate(one=Value(1)).values("one")
            return Coalesce(Subquery(counted.annotate(number=Count(of, distinct=True)).values("number")), 0)

        return self.annotate(
            statements_made=number(self._statements(), "pk"),
            bills_supported=number(self._positions().filter(stance="supports"), "bill"),
            bills_opposed=number(self._positions().filter(stance="opposes"), "bill"),
        )

    def _statements(self):
        return (
            rows_of("statements.Statement")
            .published()
            .by_organization(OuterRef("pk"), OuterRef("name"), OuterRef("aliases"))
        )

    def _positions(self):
        return rows_of("statements.Position").readable().of_organization(OuterRef("pk"))


class Organization(models.Model):
    """An organisation that speaks, publishes or takes a position."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200, unique=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    website = models.URLField(blank=True)
    history = HistoricalRecords()

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="organization_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("sponsors:organization", args=[self.slug])

    @property
    def web_page(self) -> str:
        """Its site where that is an address of the web, else ""."""
        return self.website if self.website.startswith(("https://", "http://")) else ""


class CommitteeQuerySet(models.QuerySet):
    def with_bills(self):
        """Committees that have, or had last, a bill that readers can see."""
        return self.filter(Exists(self._bills()))

    def for_cards(self, day: date):
        """With `bills_before_it` and `bills_died` (int), and `waiting_since`, the date of the longest wait."""
        before_it = self._bills().before_committee(day).order_by()
        died = self._bills().died_in_committee().order_by()
        waiting = before_it.values("committee").annotate(since=Min("status_date")).values("since")

        def number(rows):
            return Coalesce(Subquery(rows.values("committee").annotate(n=Count("pk")).values("n")), 0)

        return self.annotate(
            bills_before_it=number(before_it), bills_died=number(died), waiting_since=Subquery(waiting)
        )

    def _bills(self):
        return rows_of("bills.Bill").published().filter(committee=OuterRef("pk"))


class Committee(models.Model):
    """A committee of one chamber, named without the word committee: "Finance"."""

    legislature = models.ForeignKey(Legislature, on_delete=models.PROTECT, related_name="committees")
    chamber = models.CharField(max_length=10, choices=Chamber.choices)
    name = models.CharField(max_length=150)
    slug = models.SlugField(max_length=180)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["legislature", "chamber", "name"]
        constraints = [
            models.UniqueConstraint(fields=["legislature", "chamber", "slug"], name="committee_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.get_chamber_display()} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("sponsors:committee", args=[self.legislature_id, self.chamber, self.slug])

    @property
    def house(self) -> str:
        """ "New York Senate": the body it belongs to."""
        return house_in_words(self.legislature_id, self.chamber)

    @property
    def in_words(self) -> str:
        """ "Senate Codes Committee", "Committee on Immigration" of the Council, which has one house."""
        named = {"name": self.name, "chamber": chamber_in_words(self.chamber)}
        if self.chamber == Chamber.COUNCIL:
            return gettext("Committee on %(name)s") % named
        return gettext("%(chamber)s %(name)s Committee") % named
