"""What pages tell programs of themselves. Bills and statements have words of their own."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, to_locale

from sponsors import linked_data
from sponsors.addresses import absolute
from sponsors.models import Person


def in_one_line(written: str) -> SafeString:
    """What a page put into a block, once more and in one line, to stand in an attribute.

    So the title and description that other sites show are those of the page, written once.
    """
    # What a block wrote is escaped already, but for a quotation mark in the template's own words.
    return mark_safe(" ".join(written.split()).replace('"', "&quot;"))  # noqa: S308


def og_locale() -> str:
    """ "en_US", "es": the language as OpenGraph writes it."""
    code = get_language() or "en"
    return "en_US" if code == "en" else to_locale(code)


def feed_link(path: str, title: str) -> SafeString:
    """The link by which a reader of feeds finds one."""
    return format_html(
        '<link rel="alternate" type="application/atom+xml" href="{}" title="{}">', absolute(path), title
    )


def person_json_ld(person: Person) -> SafeString:
    """The person, with the way to them from the front page."""
    way = linked_data.breadcrumbs(
        [
            (gettext("Passage"), reverse("home")),
            (gettext("People"), reverse("sponsors:list")),
            (person.name, person.get_absolute_url()),
        ]
    )
    return linked_data.graph(linked_data.person(person), way)


def picture_about(title: SafeString) -> SafeString:
    """The words for those who do not see a share picture; `title` as `in_one_line()` gives it."""
    return mark_safe(gettext("%(what)s on Passage") % {"what": title})  # noqa: S308


def webcal(address: str) -> str:
    """The address of a calendar file as calendar programs subscribe to it."""
    return f"webcal://{address.partition('://')[2]}"
