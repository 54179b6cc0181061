"""schema.org descriptions as JSON-LD, and the part of them that belongs to people.

They are data for programs that read pages. A browser runs nothing of them; they are escaped so that no text of a
source can end the element that holds them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from sponsors.addresses import absolute
from sponsors.models import Person

_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
SCHEMA = "https://schema.org"


def element(description: dict[str, Any]) -> SafeString:
    """The `<script type="application/ld+json">` of a description; what is None or empty in it is left out."""
    told = {"@context": SCHEMA, **_without_empty(description)}
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    # Escaped just above, as django.utils.html.json_script does it.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def graph(*descriptions: dict[str, Any]) -> SafeString:
    """Several descriptions of one page in one element."""
    return element({"@graph": list(descriptions)})


def breadcrumbs(pages: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Where a page stands: pairs of name and path, from the front page down."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
            for place, (name, path) in enumerate(pages, start=1)
        ],
    }


def person(one: Person) -> dict[str, Any]:
    """Who a person is, with the seats on our record. `one` has its terms with their legislatures."""
    return {
        "@type": "Person",
        "@id": absolute(one.get_absolute_url()),
        "url": absolute(one.get_absolute_url()),
        "name": one.name,
        "alternateName": one.aliases,
        "disambiguatingDescription": one.note,
        "hasOccupation": [
            {
                "@type": "Role",
                "hasOccupation": {"@type": "Occupation", "name": gettext("Legislator")},
                "roleName": term.seat,
                "startDate": term.start,
                "endDate": term.end,
            }
            for term in one.terms.all()
        ],
        "memberOf": [
            {"@type": "Role", "memberOf": {"@type": "GovernmentOrganization", "name": name}}
            for name in dict.fromkeys(term.legislature.name for term in one.terms.all())
        ],
    }


def named(one: Person) -> dict[str, Any]:
    """A person in a description of something else."""
    return {"@type": "Person", "@id": absolute(one.get_absolute_url()), "name": one.name}


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _without_empty(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_without_empty(part) for part in value]
    return value
