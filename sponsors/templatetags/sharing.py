"""What pages tell programs of themselves: `{% load sharing %}`. Bills and statements have tags of their own."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, to_locale

from sponsors import linked_data
from sponsors.addresses import absolute
from sponsors.models import Person

register = template.Library()


@register.simple_tag(takes_context=True)
def words_of_block(context: Context, name: str) -> SafeString:
    """What the page puts into a block, once more and in one line, to stand in an attribute.

    So the title and description that other sites show are those of the page, written once. To be used in
    base.html itself, not in an included file.
    """
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    if block is None:
        return mark_safe("")
    # A block's output is escaped already, but for a quotation mark in the template's own words.
    return mark_safe(" ".join(block.render(context).split()).replace('"', "&quot;"))  # noqa: S308


@register.simple_tag
def absolute_url(path: str) -> str:
    """The path with the site's own name before it."""
    return absolute(path)


@register.simple_tag
def og_locale() -> str:
    """ "en_US", "es": the language as OpenGraph writes it."""
    code = get_language() or "en"
    return "en_US" if code == "en" else to_locale(code)


@register.simple_tag
def feed_link(path: str, title: str) -> SafeString:
    """The link by which a reader of feeds finds one."""
    return format_html(
        '<link rel="alternate" type="application/atom+xml" href="{}" title="{}">', absolute(path), title
    )


@register.simple_tag
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


@register.filter
def picture_about(value: Any) -> str:
    """The words for those who do not see a share picture."""
    return gettext("%(what)s on Passage") % {"what": value}


@register.simple_tag
def webcal(address: str) -> str:
    """The address of a calendar file as calendar programs subscribe to it."""
    return f"webcal://{address.partition('://')[2]}"
