"""Where facts are from, beside each and in a table: `{% load whence %}`.

Made here and not in a template, because a bill's page has some dozen of each, and this takes a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from bills.pages.provenance import Origin
from bills.templatetags.in_words import day

register = template.Library()


@register.simple_tag
def whence(origin: Origin | str | None) -> str:
    """A link to the row of this fact, with all of it as a tip; nothing where the page does not tell of the fact."""
    if not isinstance(origin, Origin):
        return ""
    return format_html(
        '<a class="whence" href="#from-{}" data-tip="{}" aria-label="{}">{}</a>',
        origin.key,
        origin.tip,
        gettext("source: %(fact)s") % {"fact": origin.name},
        gettext("source"),
    )


@register.simple_tag
def whence_rows(origins: Iterable[Origin]) -> str:
    """The rows of the table, each with an id that the links lead to."""
    source, read_on, how = gettext("Source"), gettext("Read on"), gettext("How")
    unknown = gettext("not on record")
    days = {one.read_on: day(one.read_on) or unknown for one in origins}
    return format_html_join(
        "\n",
        '<tr id="from-{}"><th scope="row">{}</th><td data-label="{}">{}</td><td data-label="{}">{}</td>'
        '<td data-label="{}">{}</td></tr>',
        (
            (one.key, one.name, source, _named(one), read_on, days[one.read_on], how, one.method)
            for one in origins
        ),
    )


def _named(one: Origin) -> str:
    if not one.address:
        return one.source
    return format_html('<a href="{}" rel="external">{}</a>', one.address, one.source)
