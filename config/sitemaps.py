"""What search engines are told of. Sections are cut into files of 50,000 addresses by Django."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from bills.models import Bill, Issue, Proposal
from config.languages import path_in
from sponsors.addresses import absolute
from sponsors.models import Committee, Organization, Person
from statements.models import Statement


class Section(Sitemap):
    """Each page with its addresses in every language: `in_languages` [(code, address)], empty where there is one."""

    def get_urls(self, page=1, site=None, protocol=None):
        urls = super().get_urls(page=page, site=site, protocol=protocol)
        codes = [code for code, _name in settings.LANGUAGES] if len(settings.LANGUAGES) > 1 else []
        for url in urls:
            path = urlsplit(url["location"]).path
            url["location"] = absolute(path)
            url["in_languages"] = [(code, absolute(path_in(path, code))) for code in codes]
        return urls


class Pages(Section):
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


class Bills(Section):
    limit = 10_000

    def items(self):
        fields = ("slug", "changed_at", "session__year", "session__legislature_id")
        return Bill.objects.published().select_related("session").only(*fields).order_by("pk")

    def lastmod(self, bill: Bill):
        return bill.changed_at


class Statements(Section):
    limit = 10_000

    def items(self):
        return Statement.objects.published().only("slug", "date").order_by("pk")


class People(Section):
    limit = 10_000

    def items(self):
        return Person.objects.with_something_to_show().only("slug").order_by("pk")


class Issues(Section):
    def items(self):
        return Issue.objects.only("slug").order_by("pk")


class Proposals(Section):
    limit = 10_000

    def items(self):
        return Proposal.objects.with_bills().only("slug").order_by("pk")


class Committees(Section):
    limit = 10_000

    def items(self):
        return Committee.objects.with_bills().only("legislature_id", "chamber", "slug").order_by("pk")


class Organizations(Section):
    limit = 10_000

    def items(self):
        return Organization.objects.with_something_to_show().only("slug").order_by("pk")


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": Pages,
    "bills": Bills,
    "proposals": Proposals,
    "statements": Statements,
    "people": People,
    "committees": Committees,
    "organizations": Organizations,
    "issues": Issues,
}


def index(request: HttpRequest) -> TemplateResponse:
    """/sitemap.xml : its parts, by the site's own name; Django's view takes the name that was asked for."""
    response = views.index(
        request, SITEMAPS, template_name="sitemap_index.xml", sitemap_url_name="sitemap-section"
    )
    for part in (response.context_data or {}).get("sitemaps", ()):
        parts = urlsplit(part.location)
        part.location = absolute(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return response
