"""What a run looks up once instead of once a bill: sessions, committees, issues, proposals, people."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from django.db import IntegrityError
from django.utils.text import slugify

from bills.models import Issue, Proposal, Session
from bills.print_numbers import session_end, session_label, session_start
from bills.refresh.facts import Facts
from bills.refresh.sponsorships import SponsorFinder
from sponsors.models import Committee


class Known:
    """Rows that bills point to, kept for one run. The next run needs a new one: staff may edit rows between.

    `learn` makes what is missing, outside any bill's transaction, so that a bill rolled back leaves nothing
    here that the database does not hold.
    """

    def __init__(self, sponsor_finder: SponsorFinder | None = None) -> None:
        self._sessions: dict[tuple[str, int], Session] = {}
        self._proposals: dict[str, int] = {}
        self.sponsor_finder = sponsor_finder or SponsorFinder()

    def anew(self) -> Known:
        """For after a transaction that failed, which took back rows that it had made: the people stay known."""
        return Known(self.sponsor_finder)

    def learn(self, batch: Iterable[Facts]) -> None:
        """Look up, and make where missing, everything that these bills point to."""
        for facts in batch:
            self._learn_session(facts.number.legislature, facts.session)
            self.committee(facts)
            for name in facts.issues:
                self.issue(name)
        self._learn_proposals(dict(facts.proposal for facts in batch if facts.proposal))

    def session(self, legislature: str, year: int) -> Session:
        return self._sessions[legislature, year]

    def committee(self, facts: Facts) -> int | None:
        """The committee's key; its row is made where it is new, and one that is here keeps its name."""
        if facts.committee is None:
            return None
        chamber, name = facts.committee
        place = (facts.number.legislature, chamber, slugify(name)[:180])
        if not place[2]:
            return None
        if place not in self._committees:
            row, _ = Committee.objects.get_or_create(
                legislature_id=place[0], chamber=chamber, slug=place[2], defaults={"name": name}
            )
            self._committees[place] = row.pk
        return self._committees[place]

    def issue(self, name: str) -> int | None:
        """The issue's key, by its slug or its name: staff may have renamed one, and the address stays."""
        slug = slugify(name)[:80]
        if not slug:
            return None
        found = self._issues.get(slug) or self._issues.get(name.casefold())
        if found is None:
            try:
                found = Issue.objects.get_or_create(slug=slug, defaults={"name": name})[0].pk
            except IntegrityError:  # another worker has just made one of this name
                found = Issue.objects.get(name=name).pk
            self._issues[slug] = found
        return found

    def proposal(self, facts: Facts) -> int | None:
        return self._proposals[facts.proposal[0]] if facts.proposal else None

    @cached_property
    def _committees(self) -> dict[tuple[str, str, str], int]:
        rows = Committee.objects.order_by().values_list("legislature_id", "chamber", "slug", "pk")
        return {(legislature, chamber, slug): pk for legislature, chamber, slug, pk in rows}

    @cached_property
    def _issues(self) -> dict[str, int]:
        rows = list(Issue.objects.order_by().values_list("slug", "name", "pk"))
        return {name.casefold(): pk for _, name, pk in rows} | {slug: pk for slug, _, pk in rows}

    def _learn_session(self, legislature: str, year: int) -> None:
        if (legislature, year) in self._sessions:
            return
        self._sessions[legislature, year], _ = Session.objects.get_or_create(
            legislature_id=legislature,
            year=year,
            defaults={
                "label": session_label(legislature, year),
                "start": session_start(legislature, year),
                "end": session_end(legislature, year),
            },
        )

    def _learn_proposals(self, names: dict[str, str]) -> None:
        missing = names.keys() - self._proposals.keys()
        if not missing:
            return
        self._proposals.update(Proposal.objects.filter(slug__in=missing).values_list("slug", "pk"))
        for slug in sorted(missing - self._proposals.keys()):
            made, _ = Proposal.objects.get_or_create(slug=slug, defaults={"name": names[slug]})
            self._proposals[slug] = made.pk
