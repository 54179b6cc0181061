"""What search engines are told of. Sections are cut into files of 50,000 addresses by Django."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from bills.models import Bill, Issue, Proposal
from sponsors.models import Committee, Organization, Person
from statements.models import Statement


class Pages(Sitemap):
    def items(self):
        return [
            "home",
            "bills:list",
            "bills:proposals",
            "bills:issues",
            "bills:calendar",
            "statements:list",
            "statements:glossary",
            "sponsors:list",
            "sponsors:committees",
            "sponsors:organizations",
            "bills:status",
            "about",
            "api-reference",
            "data",
            "privacy",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class Bills(Sitemap):
    limit = 10_000

    def items(self):
        fields = ("slug", "changed_at", "session__year", "session__legislature_id")
        return Bill.objects.published().select_related("session").only(*fields).order_by("pk")

    def lastmod(self, bill: Bill):
        return bill.changed_at


class Statements(Sitemap):
    limit = 10_000

    def items(self):
        return Statement.objects.published().only("slug", "date").order_by("pk")


class People(Sitemap):
    limit = 10_000

    def items(self):
        return Person.objects.with_something_to_show().only("slug").order_by("pk")


class Issues(Sitemap):
    def items(self):
        return Issue.objects.only("slug").order_by("pk")


class Proposals(Sitemap):
    limit = 10_000

    def items(self):
        return Proposal.objects.with_bills().only("slug").order_by("pk")


class Committees(Sitemap):
    limit = 10_000

    def items(self):
        return Committee.objects.with_bills().only("legislature_id", "chamber", "slug").order_by("pk")


class Organizations(Sitemap):
    limit = 10_000

    def items(self):
        return Organization.objects.with_something_to_show().only("slug").order_by("pk")


SITEMAPS = {
    "pages": Pages,
    "bills": Bills,
    "proposals": Proposals,
    "statements": Statements,
    "people": People,
    "committees": Committees,
    "organizations": Organizations,
    "issues": Issues,
}
