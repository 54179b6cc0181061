"""The parts of a bill beside its actions as Congress.gov gives them, in our words. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from selectolax.lexbor import LexborHTMLParser

from bills.print_numbers import PrintNumber
from bills.providers.base import DocumentLine, SponsorLine
from bills.providers.congress_actions import plain_line
from bills.providers.congress_answers import Bill, Committee, Member, RelatedBill, Summary, TextVersion, Title
from bills.stages import Standing

_TITLE_BEFORE_NAME = re.compile(r"^(?:[A-Z][a-z]{2,11}\.|Resident Commissioner|Commissioner) +")
_PARTY_AFTER_NAME = re.compile(r" *\[[^\]]{0,40}\][^\[\]]{0,40}$")
_SHORT_TITLE = re.compile(r"Short Titles?\b|Short Title\(s\)", re.IGNORECASE)
_SHORT_TITLE_STAGES = ("Introduced", "Reported", "Passed", "ENR", "Enacted")
_READABLE_FORMATS = ("Formatted Text", "PDF", "Generated HTML", "Formatted XML")
_BLOCKS = "p, li, ul, ol, div, br, tr, h1, h2, h3, h4, h5, h6"


# --- the other parts


def title_of(bill: Bill, titles: Sequence[Title] | None) -> str | None:
    """The official title as introduced, else the one that congress.gov shows."""
    official = [
        each.title for each in titles or [] if each.title_type.lower() == "official title as introduced"
    ]
    return next((told for text in [*official, bill.title] if (told := " ".join(text.split()))), None)


def short_name_of(bill: Bill, titles: Sequence[Title] | None) -> str | None:
    """The title that congress.gov shows where that is a short one, else the latest short title of the whole bill."""
    titles = titles or []
    officials = {
        plain_line(each.title) for each in titles if each.title_type.lower().startswith("official title")
    }
    shown = " ".join(bill.title.split())
    if shown and officials and plain_line(shown) not in officials:
        return shown
    found = [
        (stage, " ".join(each.title.split()))
        for each in titles
        if _SHORT_TITLE.match(each.title_type)
        and "portion" not in each.title_type.lower()
        and each.title.strip()
        for stage, word in enumerate(_SHORT_TITLE_STAGES)
        if word in each.title_type
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def summary_of(summaries: Sequence[Summary] | None) -> str | None:
    """The latest summary as plain text; the last one listed where two are of one day."""
    best: tuple[date, datetime, str] | None = None
    for each in summaries or []:
        text = plain_text(each.text)
        dated = (each.action_date or date.min, each.update_date or datetime.min.replace(tzinfo=UTC))
        if text and (best is None or dated >= best[:2]):
            best = (*dated, text)
    return best[2] if best else None


def plain_text(html: str) -> str:
    """A summary's words without its markup, its paragraphs parted by empty lines."""
    tree = LexborHTMLParser(html.encode("utf-8", "replace").decode())
    tree.strip_tags(["script", "style", "template"])
    for node in tree.css(_BLOCKS):
        node.insert_before("\n\n")
        node.insert_after("\n\n")
    text = tree.body.text(deep=True) if tree.body else ""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(part for part in paragraphs if part)


def documents_of(versions: Sequence[TextVersion] | None) -> tuple[DocumentLine, ...] | None:
    """One line a version of the text, oldest first, at the address that reads best; versions without one left out."""
    if versions is None:
        return None
    lines = []
    for version in versions:
        addresses = {each.type: each.url for each in version.formats if each.url.startswith("https://")}
        preferred = [addresses[each] for each in _READABLE_FORMATS if each in addresses]
        if addresses:
            url = next(iter(preferred or addresses.values()))
            lines.append(DocumentLine("text", version.type.strip() or "Text", url, version.date))
    return tuple(sorted(dict.fromkeys(lines), key=lambda line: line.published_on or date.max))


def same_as_of(related: Sequence[RelatedBill] | None, number: PrintNumber) -> tuple[PrintNumber, ...] | None:
    """Bills of the same Congress that either chamber or the Library calls identical."""
    if related is None:
        return None
    found = [
        other
        for bill in related
        if any(each.type.strip().lower() == "identical bill" for each in bill.relationship_details)
        and (other := bill.print_number()) is not None
    ]
    return tuple(
        dict.fromkeys(other for other in found if other.session == number.session and other != number)
    )


def referred_to_of(committees: Sequence[Committee] | None, standing: Standing) -> str | None:
    """The committee that had it first in the chamber where it lies, as the API prints it."""
    here = [
        (
            min((act.date for act in each.activities if act.date), default=datetime.max.replace(tzinfo=UTC)),
            each,
        )
        for each in committees or []
        if each.name.strip() and standing.chamber and each.chamber.strip().lower() == standing.chamber
    ]
    return " ".join(min(here, key=lambda pair: pair[0])[1].name.split()) if here else None


def sponsor_line(member: Member, kind: str, chamber: str) -> SponsorLine | None:
    name = _name(member)
    if not name:
        return None
    return SponsorLine(
        name,
        kind,
        chamber,
        _district(member, chamber),
        joined_on=member.sponsorship_date,
        withdrawn_on=member.sponsorship_withdrawn_date,
    )


def _name(member: Member) -> str:
    """ "Gerald E. Connolly" of "Rep. Connolly, Gerald E. [D-VA-11]", "Frank Pallone Jr." of "Pallone, Frank, Jr."."""
    listed = _PARTY_AFTER_NAME.sub("", " ".join(member.full_name.split()))
    surname, *rest = [part.strip() for part in _TITLE_BEFORE_NAME.sub("", listed).split(",")]
    if surname and any(rest):
        return " ".join(part for part in (rest[0], surname, *rest[1:]) if part)
    parts = (member.first_name, member.middle_name, member.last_name)
    return " ".join(" ".join(parts).split()) or surname


def _district(member: Member, chamber: str) -> str:
    """ "VA-11", "DC-At Large" (the API's 0), or the state of a senator: "VA"."""
    if chamber == "senate" or member.district is None or not member.state:
        return member.state
    return f"{member.state}-{member.district or 'At Large'}"
