"""Those who carry a bill, a line each: `{% load sponsor_lines %}{% sponsor_lines cosponsors %}`.

A page has up to a hundred and fifty of them, and the same members stand on one bill after another: a line is made once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from bills.models import Sponsorship
from sponsors.addresses import path_of
from sponsors.models import seat_in_words
from sponsors.recorded_names import party_in_words

register = template.Library()


@register.simple_tag
def sponsor_lines(sponsorships: Iterable[Sponsorship]) -> SafeString:
    """Their `<li>`s, with seat and party of that time. They are rows as `for_bill_page()` gives them."""
    language = get_language()
    lines = []
    for one in sponsorships:
        person, term = one.person, one.term
        whom = (person.slug, person.name) if person else ("", one.name_as_written)
        seat = (term.chamber, term.district, term.party) if term else None
        lines.append(_line(language, *whom, seat))
    return mark_safe("\n".join(lines))  # noqa: S308


@lru_cache(maxsize=20_000)
def _line(_language: str | None, slug: str, name: str, seat: tuple[str, str, str] | None) -> SafeString:
    who = format_html('<a href="{}">{}</a>', path_of("sponsors:detail", slug), name) if slug else name
    if seat is None:
        return format_html("<li>{}</li>", who)
    chamber, district, party = seat
    where = seat_in_words(chamber, district) + (f", {party_in_words(party)}" if party else "")
    return format_html('<li>{} <span class="seat">{}</span></li>', who, where)
