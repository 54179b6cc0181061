"""A statement as schema.org has it, for programs that read pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from bills.refresh.facts import web_address
from sponsors.addresses import absolute
from sponsors.linked_data import breadcrumbs, named
from statements.models import Statement

LONGEST_HEADLINE = 110  # characters; beyond that search engines leave the headline out
_TYPES = {"news": "NewsArticle", "press_release": "NewsArticle"}


def article(statement: Statement) -> dict[str, Any]:
    """`statement` is a row of `for_page()`.

    A text that we retold is ours and is about theirs: its author is not who speaks in it.
    """
    url = absolute(statement.get_absolute_url())
    original = web_address(statement.source_url)
    publisher = {"@type": "Organization", "name": statement.publisher} if statement.publisher else None
    speakers = [
        named(speaker.person) if speaker.person else {"@type": "Person", "name": speaker.name_as_written}
        for speaker in statement.speakers.all()
    ]
    return {
        "@type": "Article" if statement.is_retold else _TYPES.get(statement.kind, "Article"),
        "@id": url,
        "url": url,
        "headline": _cut(statement.title, LONGEST_HEADLINE),
        "name": statement.title,
        "datePublished": statement.date,
        "author": {"@type": "Organization", "name": "Passage"} if statement.is_retold else publisher,
        "publisher": None if statement.is_retold else publisher,
        "isBasedOn": original,
        "correction": statement.correction,
        "mentions": speakers,
        "about": [
            {
                "@type": "Legislation",
                "@id": absolute(mention.bill.get_absolute_url()),
                "legislationIdentifier": mention.bill.display_no,
                "name": _cut(mention.bill.name, 300),
            }
            for mention in statement.bill_mentions.all()
            if mention.bill
        ],
        "keywords": [issue.name for issue in statement.issues.all()],
        "image": absolute(reverse("statements:picture", args=[statement.year_in_address, statement.slug])),
        "inLanguage": "en",
    }


def way_to(statement: Statement) -> dict[str, Any]:
    """Its breadcrumbs."""
    return breadcrumbs(
        [
            (gettext("Passage"), reverse("home")),
            (gettext("Statements"), reverse("statements:list")),
            (_cut(statement.title, LONGEST_HEADLINE), statement.get_absolute_url()),
        ]
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
