"""oEmbed 1.0 (https://oembed.com) for bills: what a site that is given a bill's address shows in its place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bills.models import Bill
from bills.share.finding import address
from sponsors.addresses import absolute
from sponsors.atom import in_xml
from sponsors.pictures import HEIGHT as PICTURE_HEIGHT
from sponsors.pictures import WIDTH as PICTURE_WIDTH

NARROWEST, WIDEST = 240, 560  # pixels, of the card
LONGEST_ADDRESS = 2000  # characters


@dataclass(frozen=True, slots=True)
class Named:
    """The parts of a bill's address, and the language that it is in."""

    legislature: str
    session_year: int
    print_no: str
    language: str


def named_by(url: str, request: HttpRequest) -> Named | None:
    """What bill a web address names; None for an address of another site or another page."""
    try:
        parts = urlsplit(iri_to_uri(url))
    except ValueError:
        return None
    ours = {request.get_host().lower(), urlsplit(absolute("/")).netloc.lower()}
    if parts.scheme not in {"http", "https"} or parts.netloc.lower() not in ours:
        return None
    language = translation.get_language_from_path(parts.path) or translation.get_language() or "en"
    with translation.override(language):
        try:
            found = resolve(parts.path if parts.path.endswith("/") else f"{parts.path}/")
        except Resolver404:
            return None
    if found.view_name != "bills:detail":
        return None
    told = found.kwargs
    return Named(told["legislature"], told["session_year"], told["print_no"], language)


def card_height(width: int) -> int:
    """How many pixels the card needs at most, at a width in pixels: the narrower, the more lines."""
    return 380 if width < 300 else 310 if width < 400 else 270 if width < 500 else 230


def iframe(bill: Bill, *, width: int = WIDEST, theme: str = "") -> SafeString:
    """The HTML that shows the card on another site."""
    query = f"?theme={theme}" if theme else ""
    return format_html(
        '<iframe src="{}{}" title="{}" width="{}" height="{}" loading="lazy" style="{}"></iframe>',
        absolute(address("embed", bill)),
        query,
        gettext("Where %(number)s stands (%(session)s)")
        % {"number": bill.display_no, "session": bill.session.label},
        width,
        card_height(width),
        f"border:0;width:100%;max-width:{width}px",
    )


def badge_html(page: str, picture: str, about: str) -> SafeString:
    """The HTML that shows the badge on another site, as a link to the page."""
    return format_html('<a href="{}"><img src="{}" alt="{}" height="24"></a>', page, picture, about)


def described(bill: Bill, *, max_width: int | None, max_height: int | None, cache_age: int) -> dict:
    """oEmbed's answer of the type "rich". Raises ValueError where the card does not fit."""
    width = min(max_width or WIDEST, WIDEST)
    if width < NARROWEST or (max_height is not None and max_height < card_height(width)):
        raise ValueError
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": f"{bill.display_no} {bill.name}"[:300] if bill.name != bill.display_no else bill.display_no,
        "provider_name": "Passage",
        "provider_url": absolute("/"),
        "cache_age": cache_age,
        "html": str(iframe(bill, width=width)),
        "width": width,
        "height": card_height(width),
    }
    if (max_width or PICTURE_WIDTH) >= PICTURE_WIDTH and (max_height or PICTURE_HEIGHT) >= PICTURE_HEIGHT:
        answer |= {
            "thumbnail_url": absolute(address("picture", bill)),
            "thumbnail_width": PICTURE_WIDTH,
            "thumbnail_height": PICTURE_HEIGHT,
        }
    return answer


def as_json(answer: dict) -> HttpResponse:
    return HttpResponse(json.dumps(answer, ensure_ascii=False), content_type="application/json")


def as_xml(answer: dict) -> HttpResponse:
    response = HttpResponse(content_type="text/xml; charset=utf-8")
    writer = XMLGenerator(response, "utf-8")
    nothing = AttributesImpl({})
    writer.startDocument()
    writer.startElement("oembed", nothing)
    for name, value in answer.items():
        writer.startElement(name, nothing)
        writer.characters(in_xml(str(value)))
        writer.endElement(name)
    writer.endElement("oembed")
    writer.endDocument()
    return response
