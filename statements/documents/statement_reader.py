"""A release, letter, resolution, coalition statement or news item to a ParsedDocument."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bills.print_numbers import find_drafting_numbers
from statements.documents import kinds
from statements.documents.bills_named import find_bills, sponsor_told
from statements.documents.cast import Cast, read_cast
from statements.documents.council_bill_pages import council_sponsor
from statements.documents.credits import Credit
from statements.documents.dates import document_date
from statements.documents.furniture import Regions, regions
from statements.documents.html_text import WebPage
from statements.documents.issues import inferred_issues, listed_issues
from statements.documents.layout import Block, Layout
from statements.documents.parsed import BillNamed, ParsedDocument, Remark, Speaker
from statements.documents.person_names import same_person
from statements.documents.positions import read_events, read_positions
from statements.documents.primary import PageRead, find_primary, is_official, page_owner
from statements.documents.programmes import find_programmes
from statements.documents.publishers import find_publisher
from statements.documents.related_legislation import read_related_legislation
from statements.documents.reported import read_reported
from statements.documents.sessions_stated import day_of_session
from statements.documents.signatures import Signed, read_endorsers, read_signatures
from statements.documents.speakers import Spoken, read_speakers, without
from statements.documents.stages_stated import Stated, stage_told
from statements.documents.titles import find_title, without_site

LEAD = 4_000  # characters of the text in which its publisher is named
UNDER = 8  # blocks at the end of a page in which its publisher is named
OWN_WORDS = 120  # characters: a shorter paragraph of a letter or bare statement is an address or a greeting
_CLAUSE = re.compile(r"(?:whereas|(?:now, therefore,? )?(?:be it )?(?:further )?resolved)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A page taken apart, and who speaks on it."""

    kind: str
    title: str
    title_at: int
    parts: Regions
    signed: Signed
    primary: Speaker | None
    spoken: Spoken


def read_statement(layout: Layout, page: WebPage | None, *, filename: str, retold: bool) -> ParsedDocument:
    """Read a text that is no bill page. `retold` tells that its keeper wrote it anew: nothing in it is
    verbatim.
    """
    opened = _opened(layout, page, retold=retold)
    parts, primary = opened.parts, opened.primary
    date = (page.date if page else None) or document_date(
        _header_for_date(opened, layout), parts.body, parts.footer
    )
    publisher = _publisher(opened, layout, page, filename)
    bills = find_bills(
        layout.text,
        legislature=_hint(publisher),
        date=date or day_of_session(layout.text),
        title=opened.title,
    )
    stated, sponsor, bills = _stated(opened, bills, publisher)
    programmes = find_programmes(layout.text)
    remarks = _remarks(opened, retold=retold)
    speakers = _others(opened)
    body = "\n\n".join(block.text for block in parts.body) or layout.text
    above = "\n".join(block.text for block in parts.header)
    return ParsedDocument(
        kind=opened.kind,
        title=opened.title,
        text=layout.text,
        body=body,
        date=date,
        publisher=publisher,
        primary_speaker=primary,
        speakers=speakers,
        issues=listed_issues(parts.header, parts.footer) or inferred_issues(opened.title, f"{above}\n{body}"),
        remarks=remarks,
        bills=tuple(bills),
        programmes=programmes,
        drafting_numbers=drafting_numbers(layout.text),
        status_stage=stated.stage,
        committee=stated.committee,
        sponsor=sponsor,
        positions=read_positions(
            title=opened.title,
            opening=_opening(parts),
            primary=primary,
            speakers=speakers,
            remarks=remarks,
            bills=bills,
            programmes=programmes,
            publisher=publisher,
        ),
        endorsers=tuple(dict.fromkeys((*opened.signed.organisations, *read_endorsers(parts.body)))),
        events=read_events(body, date),
        cut=layout.cut,
    )


def drafting_numbers(text: str) -> tuple[str, ...]:
    """The Council's drafting numbers in `text`, each once."""
    return tuple(dict.fromkeys(str(found.number) for found in find_drafting_numbers(text)))


def _opened(layout: Layout, page: WebPage | None, *, retold: bool) -> _Opened:
    """Kind, title, regions and speakers. Who speaks helps to tell the kind, so a first guess of it comes
    before.
    """
    blocks = list(layout.blocks)
    guess = kinds.kind_of(layout.text)
    title, title_at = find_title(blocks, guess)
    if page and page.title and title_at < 0:
        title = without_site(page.title)
    parts = regions(blocks, title_at=title_at)
    cast = read_cast(layout.text)
    signed = _signed(parts, layout) if guess == "letter" else Signed((), (), len(blocks))
    spoken = (read_reported if retold else read_speakers)(_spoken_blocks(parts, blocks, guess), cast)
    owner = page_owner(parts.header, title, layout.text, cast)
    read = PageRead(title, parts.header, parts.body, cast, spoken, owner)
    organisations = len({speaker.organisation for speaker in spoken.speakers if speaker.organisation})
    kind = kinds.kind_of(
        layout.text,
        speakers=len(spoken.speakers),
        organisations=organisations,
        by_official=is_official(read),
    )
    if kind == "letter":
        primary, spoken = _signed_by(signed, spoken, cast)
        primary = primary or owner
    else:
        primary = find_primary(kind, read)
    if primary:
        spoken = without(spoken, primary.name)
    return _Opened(kind, title, title_at, parts, signed, primary, spoken)


def _signed(parts: Regions, layout: Layout) -> Signed:
    return read_signatures([*parts.header, *parts.body], layout.text)


def _spoken_blocks(parts: Regions, blocks: list[Block], kind: str) -> list[Block]:
    """The blocks whose quotations count: of a letter only what stands above it, of a resolution not its
    clauses, of all else the text and its head.
    """
    if kind == "resolution":
        return [block for block in (*parts.header, *parts.body) if not _CLAUSE.match(block.text)]
    if kind != "letter":
        return [block for block in parts.header if not block.level] + parts.body
    within = next((index for index, block in enumerate(blocks) if "Dear " in block.text[:200]), 0)
    return blocks[:within]


def _header_for_date(opened: _Opened, layout: Layout) -> list[Block]:
    """The lines above the text but its title, whose dates are of what it tells."""
    title = layout.blocks[opened.title_at] if opened.title_at >= 0 else None
    above = opened.parts.header
    if opened.kind == "letter":
        salutation = next(
            (index for index, block in enumerate(layout.blocks) if "Dear " in block.text[:200]), 0
        )
        above = [*above, *layout.blocks[len(above) : salutation]]
    return [block for block in above if block is not title]


def _opening(parts: Regions) -> str:
    return " ".join(block.text for block in parts.body[:3])[:1600]


def _publisher(opened: _Opened, layout: Layout, page: WebPage | None, filename: str) -> str:
    lead = "\n".join(block.text for block in opened.parts.body)
    return find_publisher(
        opened.kind,
        opened.parts.header,
        lead if opened.kind == "resolution" else lead[:LEAD],
        site_name=page.site_name if page else "",
        filename=filename,
        primary=opened.primary,
        title=opened.title,
        below=[*opened.parts.footer, *layout.blocks[-UNDER:]],
        organisations=[speaker.organisation for speaker in opened.spoken.speakers if speaker.organisation]
        + [remark.organisation for remark in opened.spoken.remarks if remark.organisation],
    )


def _hint(publisher: str) -> str | None:
    """The legislature whose numbers a publisher of that name means by a bare "S. 744"."""
    if publisher == "New York City Council":
        return "nyc"
    if publisher.startswith("New York State"):
        return "ny"
    return "us" if publisher.endswith("United States Congress") else None


def _signed_by(signed: Signed, spoken: Spoken, cast: Cast) -> tuple[Speaker | None, Spoken]:
    """The first who signs is the letter's speaker; the others and whoever is quoted around it speak too."""
    if not signed.persons:
        return (spoken.speakers[0] if spoken.speakers else None), spoken
    first, *others = signed.persons
    known = cast.find(Credit(first.name))
    title = first.title or (known.title if known else "")
    if title and first.organisation.endswith(
        "ommittee"
    ):  # a committee is part of the office, not a body of its own
        first = Speaker(first.name, f"{title}, {first.organisation}")
    else:
        first = Speaker(first.name, title, first.organisation)
    names = [speaker.name for speaker in (first, *others)]
    quoted = [
        speaker for speaker in spoken.speakers if not any(same_person(speaker.name, name) for name in names)
    ]
    return first, Spoken((*others, *quoted), spoken.remarks, spoken.uncredited)


def _others(opened: _Opened) -> tuple[Speaker, ...]:
    """All who speak but the primary speaker, each once."""
    primary = opened.primary
    others: list[Speaker] = []
    for speaker in opened.spoken.speakers:
        if not any(
            same_person(speaker.name, known.name) for known in (*others, *([primary] if primary else []))
        ):
            others.append(speaker)
    return tuple(others)


def _stated(opened: _Opened, bills: list[BillNamed], publisher: str) -> tuple[Stated, str, list[BillNamed]]:
    """Stage, committee and sponsor of the chief bill: from its own block on the page, else as the text
    tells.
    """
    parts = opened.parts
    chief = next((bill for bill in bills if bill.is_chief), None)
    sponsor = chief.sponsor if chief and _stands_out(chief, bills, opened.title) else ""
    stated = Stated()
    if parts.related:
        stated, block_sponsor = read_related_legislation(parts.related)
        sponsor = block_sponsor or sponsor
    if chief and not stated.stage and opened.kind in ("press_release", "coalition_statement", "news"):
        stated = stage_told(
            opened.title,
            [
                block.text
                for block in parts.header
                if 30 < len(block.text) < 200 and block.text != opened.title
            ],
            _opening(parts),
            legislature=chief.legislature,
            designator=chief.designator,
        )
    elif not chief and not stated.stage and opened.kind == "press_release":
        city = "City" in publisher or opened.title.startswith(("Council ", "Mayor "))
        stated = stage_told(opened.title, [], "", legislature="nyc" if city else "ny", designator="")
    if opened.kind == "resolution":
        sponsor = council_sponsor("\n".join(block.text for block in (*parts.header, *parts.body))) or sponsor
    if chief and not sponsor:
        sponsor = sponsor_told(_opening(parts), opened.primary.name if opened.primary else "")
    if chief:
        told = replace(
            chief, stage=stated.stage, committee=stated.committee, status_date=stated.date, sponsor=sponsor
        )
        bills = [told if bill is chief else bill for bill in bills]
    return stated, sponsor, bills


def _stands_out(chief: BillNamed, bills: list[BillNamed], title: str) -> bool:
    """Is the text about this bill more than about others that it names with their sponsors?"""
    rivals = [
        bill for bill in bills if bill.sponsor and bill is not chief and bill.as_written not in chief.same_as
    ]
    return not rivals or chief.as_written in title


def _remarks(opened: _Opened, *, retold: bool) -> tuple[Remark, ...]:
    """The remarks in the order of the text. What nobody is credited with is the primary speaker's own
    statement.
    """
    remarks = list(opened.spoken.remarks)
    if opened.primary and opened.kind != "resolution":
        name = opened.primary.name
        remarks.extend(replace(remark, speaker=name) for remark in opened.spoken.uncredited)
        if opened.kind == "letter" or not remarks:
            remarks.extend(Remark(name, block.text, block.start, block.end) for block in _own_words(opened))
    if retold:
        remarks = [replace(remark, verbatim=False) for remark in remarks]
    return tuple(sorted((remark for remark in remarks if remark.text), key=lambda remark: remark.start))


def _own_words(opened: _Opened) -> list[Block]:
    """The paragraphs of a letter, or of a statement that is printed without quotation marks."""
    blocks = opened.parts.body
    if opened.kind == "letter":
        start = next((index for index, block in enumerate(blocks) if "Dear " in block.text[:300]), -1)
        return [block for block in blocks[start + 1 :] if len(block.text) > OWN_WORDS]
    if not any(re.search(r"\bstatement\b", block.text, re.IGNORECASE) for block in opened.parts.header):
        return []
    return [block for block in blocks if len(block.text) > OWN_WORDS]
