"""A bill as schema.org's `Legislation`, for programs that read pages.

Only what is certain is said: a bill that our source leaves open has no legal force on record, rather than none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from bills.models import Bill, Sponsorship
from bills.refresh.facts import web_address
from bills.share.finding import address
from sponsors.addresses import absolute
from sponsors.linked_data import SCHEMA, breadcrumbs, named

LONGEST_NAME = 500  # characters
_BODIES = {
    ("ny", "senate"): "New York State Senate",
    ("ny", "assembly"): "New York State Assembly",
    ("nyc", "council"): "New York City Council",
    ("us", "senate"): "United States Senate",
    ("us", "house"): "United States House of Representatives",
}
_JURISDICTIONS = {
    "ny": {"@type": "AdministrativeArea", "name": "New York", "identifier": "US-NY"},
    "nyc": {"@type": "City", "name": "New York City"},
    "us": {"@type": "Country", "name": "United States", "identifier": "US"},
}
_PASSED_BY = {
    "PASSED_SENATE": "senate", "PASSED_ASSEMBLY": "assembly", "PASSED_HOUSE": "house",
    "APPROVED_BY_COUNCIL": "council",
}  # fmt: skip


def legislation(
    bill: Bill, sponsors: Iterable[Sponsorship], *, standing: str, passed_by: Iterable[str]
) -> dict[str, Any]:
    """`sponsors` are its prime sponsors with their persons, `passed_by` the chambers that passed it."""
    code = bill.session.legislature_id
    url = absolute(bill.get_absolute_url())
    return {
        "@type": "Legislation",
        "@id": url,
        "url": url,
        "name": bill.name[:LONGEST_NAME],
        "alternateName": bill.title[:LONGEST_NAME] if bill.short_name else None,
        "abstract": bill.plain_summary or bill.official_summary[:LONGEST_NAME],
        "description": f"{bill.law_line} {standing}.",
        "legislationIdentifier": bill.display_no,
        "legislationType": "Resolution" if bill.is_resolution else "Bill",
        "legislationJurisdiction": _JURISDICTIONS[code],
        "legislationLegalForce": _force(bill),
        "legislationDate": bill.law_since or bill.introduced_on,
        "legislationDateVersion": bill.status_date,
        "legislationPassedBy": [
            {"@type": "GovernmentOrganization", "name": _BODIES[code, chamber]}
            for chamber in dict.fromkeys(passed_by)
            if (code, chamber) in _BODIES
        ],
        "sponsor": [
            named(one.person) if one.person else {"@type": "Person", "name": one.name_as_written}
            for one in sponsors
        ],
        "isPartOf": {
            "@type": "CreativeWork",
            "name": f"{bill.session.legislature_name} {bill.session.label}",
        },
        "sameAs": web_address(bill.official_url),
        "inLanguage": "en",
        "image": absolute(address("picture", bill)),
        "dateModified": bill.changed_at,
    }


def _force(bill: Bill) -> str:
    """None for what ended or still moves without being law. "" for the rest: a law names its own day, which may be
    after the signature, and of some bills nobody can tell.
    """
    return "" if bill.law_since or bill.condition in {"unknown", "law"} else f"{SCHEMA}/NotInForce"


def chambers_that_passed(codes: Iterable[str]) -> list[str]:
    """From codes of stages that were reached."""
    return [_PASSED_BY[code] for code in codes if code in _PASSED_BY]


def way_to(bill: Bill) -> dict[str, Any]:
    """Its breadcrumbs."""
    session = bill.session
    listed = reverse("bills:list")
    return breadcrumbs(
        [
            (gettext("Passage"), reverse("home")),
            (gettext("Bills"), listed),
            (
                f"{session.legislature_name}, {session.label}",
                f"{listed}?legislature={session.legislature_id}&session={session.year}",
            ),
            (bill.display_no, bill.get_absolute_url()),
        ]
    )
