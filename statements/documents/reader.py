"""One document to a ParsedDocument: every reader of this package in its order."""

from __future__ import annotations

import re
from dataclasses import replace

from bills.print_numbers import find_drafting_numbers
from statements.documents import kinds
from statements.documents.bill_pages import BillPage, council_sponsor, read_bill_page
from statements.documents.bills_named import find_bills, sponsor_told
from statements.documents.cast import Cast, read_cast
from statements.documents.credits import Credit
from statements.documents.dates import document_date
from statements.documents.decoding import SIZE_LIMIT, DocumentError
from statements.documents.furniture import Regions, regions
from statements.documents.heading import Heading, split_heading
from statements.documents.html_text import WebPage, looks_like_html, read_html
from statements.documents.issues import inferred_issues, issues_of_bill, labelled_issues, listed_issues
from statements.documents.layout import Block, Layout, read_layout
from statements.documents.offices import is_office
from statements.documents.parsed import BillNamed, ParsedDocument, Remark, Speaker
from statements.documents.person_names import same_person
from statements.documents.positions import read_events, read_positions
from statements.documents.primary import find_primary, is_official
from statements.documents.programmes import find_programmes
from statements.documents.publishers import find_publisher
from statements.documents.related_legislation import read_related_legislation
from statements.documents.reported import read_reported
from statements.documents.signatures import Signed, read_endorsers, read_signatures
from statements.documents.speakers import Spoken, read_speakers, without
from statements.documents.stages_stated import Stated, stage_told
from statements.documents.titles import find_title, without_site

_OFFICIAL_TITLE = re.compile(
    r"^(?:NYC |NYS |New York (?:City |State )?|City |State )?(?:Senate|Assembly|Council|Mayor|Governor|Attorney General|Comptroller|Legislature)\b(?! Must| Fails| Should| Leaves)",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"^(?:NEW YORK STATE SENATOR|- ?NYS Senate|NYS Senate|City Hall, NY)|Office of the (?:Attorney General|Governor|Mayor)|nysenate\.gov|nyassembly\.gov|council\.nyc\.gov",
    re.MULTILINE,
)

_CLAUSE = re.compile(r"(?:whereas|(?:now, therefore,? )?(?:be it )?(?:further )?resolved)\b", re.IGNORECASE)


def read(text: str, *, filename: str = "", html: bool | None = None) -> ParsedDocument:
    """Read one document. `html` tells whether `text` is a web page; None looks. `filename` is only a last hint.

    Raises DocumentError for a text that is empty or over `SIZE_LIMIT` characters, and nothing else.
    """
    if not isinstance(text, str):
        raise TypeError(f"A document is read from text, not from {type(text).__name__}; decode bytes first.")
    if len(text) > SIZE_LIMIT:
        raise DocumentError(f"The document is larger than {SIZE_LIMIT // (1024 * 1024)} MB.")
    heading, text = split_heading(text)
    page = read_html(text) if (looks_like_html(text) if html is None else html) else None
    layout = read_layout(page.text if page else text)
    if not layout.blocks:
        raise DocumentError("The document is empty.")
    is_page = kinds.is_bill_page(layout.text, layout.blocks)
    parsed = _bill_page(layout, page, filename) if is_page else _statement(layout, page, filename, heading)
    return replace(parsed, source_url=heading.source_url, retold=heading.retold)


def _bill_page(layout: Layout, page: WebPage | None, filename: str) -> ParsedDocument:
    facts = read_bill_page(layout.blocks)
    title = facts.title or (without_site(page.title) if page else "") or find_title(layout.blocks, "bill_page")[0]
    parts = regions(layout.blocks)
    bills = find_bills(
        layout.text,
        legislature="us" if facts.publisher in ("United States Congress", "GovTrack") else None,
        date=None,
        page_session=facts.session,
        page_number=facts.number,
    )
    bills = [_with_page_facts(bill, facts) if bill.is_chief else bill for bill in bills]
    body = [block for block in (*parts.header, *parts.body)]
    return ParsedDocument(
        kind="bill_page",
        title=title,
        text=layout.text,
        body="\n\n".join(block.text for block in body),
        date=facts.date,
        publisher=facts.publisher or find_publisher("bill_page", list(layout.blocks[:12]), "", filename=filename),
        issues=labelled_issues(list(layout.blocks[:40])) or issues_of_bill(title, layout.text, facts.stated.committee),
        bills=tuple(bills),
        programmes=find_programmes(layout.text),
        drafting_numbers=_drafting_numbers(layout.text),
        status_stage=facts.stated.stage,
        committee=facts.stated.committee,
        sponsor=facts.sponsor,
        cut=layout.cut,
    )


def _with_page_facts(bill: BillNamed, facts: BillPage) -> BillNamed:
    return replace(
        bill,
        stage=facts.stated.stage,
        committee=facts.stated.committee,
        status_date=facts.stated.date,
        sponsor=facts.sponsor or bill.sponsor,
        same_as=facts.same_as or bill.same_as,
    )


def _statement(layout: Layout, page: WebPage | None, filename: str, heading: Heading) -> ParsedDocument:
    blocks = list(layout.blocks)
    rough_kind = kinds.kind_of(layout.text)
    title, title_at = find_title(blocks, rough_kind)
    if page and page.title and title_at < 0:
        title = without_site(page.title)
    parts = regions(blocks, title_at=title_at)
    cast = read_cast(layout.text)
    signed = read_signatures([*parts.header, *parts.body], layout.text) if rough_kind == "letter" else Signed((), (), len(blocks))
    read_spoken = read_reported if heading.retold else read_speakers
    spoken = read_spoken(_spoken_blocks(parts, blocks, signed, rough_kind), cast)
    organisations = len({speaker.organisation for speaker in spoken.speakers if speaker.organisation})
    page_parts = {"header": parts.header, "title": title, "body": parts.body, "spoken": spoken, "cast": cast, "text": layout.text}
    by_official = _is_official_page(parts, title, spoken) or is_official(**page_parts)
    kind = kinds.kind_of(layout.text, organisations=organisations, by_official=by_official)
    primary = find_primary(kind, **page_parts)
    if kind == "letter":
        primary, spoken = _signed_by(signed, spoken, cast)
    if primary:
        spoken = without(spoken, primary.name)
    date = (page.date if page else None) or document_date(_header_for_date(parts, blocks, title_at), parts.body, parts.footer)
    opening = _opening(parts.body)
    publisher = find_publisher(
        kind,
        parts.header,
        "\n".join(block.text for block in parts.body)[: 60_000 if kind == "resolution" else 4000],
        site_name=page.site_name if page else "",
        filename=filename,
        primary=primary,
        speakers=spoken.speakers,
    )
    bills = find_bills(layout.text, legislature=_legislature_hint(publisher), date=date, title=title)
    stated, sponsor, bills = _stated(parts, kind, title, opening, bills, primary)
    programmes = find_programmes(layout.text)
    remarks = _remarks(spoken, primary, kind, parts)
    if heading.retold:
        remarks = tuple(replace(remark, verbatim=False) for remark in remarks)
    speakers = tuple(speaker for speaker in spoken.speakers if not (primary and same_person(speaker.name, primary.name)))
    body = "\n\n".join(block.text for block in parts.body) or layout.text
    above = "\n".join(block.text for block in parts.header)
    return ParsedDocument(
        kind=kind,
        title=title,
        text=layout.text,
        body=body,
        date=date,
        publisher=publisher,
        primary_speaker=primary,
        speakers=speakers,
        issues=listed_issues(parts.header, parts.footer) or inferred_issues(title, f"{above}\n{body}"),
        remarks=remarks,
        bills=tuple(bills),
        programmes=programmes,
        drafting_numbers=_drafting_numbers(layout.text),
        status_stage=stated.stage,
        committee=stated.committee,
        sponsor=sponsor,
        positions=read_positions(
            title=title,
            opening=opening,
            primary=primary,
            speakers=speakers,
            remarks=remarks,
            bills=bills,
            programmes=programmes,
            publisher=publisher,
            kind=kind,
        ),
        endorsers=tuple(dict.fromkeys((*signed.organisations, *read_endorsers(parts.body)))),
        events=read_events(body, date),
        cut=layout.cut,
    )


def _is_official_page(parts: Regions, title: str, spoken: Spoken) -> bool:
    """Does the page bear an office's name, or an official body stand at the head of its title and speak first?"""
    lines = [block.text for block in parts.header] + [block.text[:40] for block in parts.body[:1]]
    if _OFFICIAL.search("\n".join(lines)):
        return True
    first = spoken.speakers[0] if spoken.speakers else None
    return bool(first and _OFFICIAL_TITLE.match(title) and any(is_office(word) for word in first.title.split()))


def _spoken_blocks(parts: Regions, blocks: list[Block], signed: Signed, kind: str) -> list[Block]:
    """The blocks whose quotations count: of a letter only what stands around it, of all else the text and its head."""
    if kind == "resolution":
        return [block for block in (*parts.header, *parts.body) if not _CLAUSE.match(block.text)]
    if kind != "letter":
        return [block for block in parts.header if not block.level] + parts.body
    within = next((index for index, block in enumerate(blocks) if "Dear " in block.text[:200]), 0)
    return blocks[:within]


def _header_for_date(parts: Regions, blocks: list[Block], title_at: int) -> list[Block]:
    """The lines above the text but its title, whose dates are of what it tells."""
    title = blocks[title_at] if title_at >= 0 else None
    return [block for block in parts.header if block is not title]


def _opening(body: list[Block]) -> str:
    return " ".join(block.text for block in body[:3])[:1600]


def _signed_by(signed: Signed, spoken: Spoken, cast: Cast) -> tuple[Speaker | None, Spoken]:
    """The first who signs is the letter's speaker; the others and whoever is quoted around it speak too."""
    if not signed.persons:
        return (spoken.speakers[0] if spoken.speakers else None), spoken
    first, *others = signed.persons
    known = cast.find(Credit(first.name))
    first = Speaker(first.name, first.title or (known.title if known else ""), first.organisation)
    names = [speaker.name for speaker in (first, *others)]
    quoted = [speaker for speaker in spoken.speakers if not any(same_person(speaker.name, name) for name in names)]
    return first, Spoken((*others, *quoted), spoken.remarks, spoken.uncredited)


def _stated(
    parts: Regions, kind: str, title: str, opening: str, bills: list[BillNamed], primary: Speaker | None
) -> tuple[Stated, str, list[BillNamed]]:
    """Stage, committee and sponsor of the chief bill: from the bill's own block on the page, else as the text tells."""
    chief = next((bill for bill in bills if bill.is_chief), None)
    sponsor = chief.sponsor if chief else ""
    stated = Stated()
    if parts.related:
        stated, block_sponsor = read_related_legislation(parts.related)
        sponsor = block_sponsor or sponsor
    if chief and not stated.stage and kind in ("press_release", "coalition_statement", "news"):
        above = [block.text for block in parts.header if 30 < len(block.text) < 200 and block.text != title]
        stated = stage_told(title, above, opening, legislature=chief.legislature, designator=chief.designator)
    if kind == "resolution":
        sponsor = council_sponsor("\n".join(block.text for block in (*parts.header, *parts.body))) or sponsor
    if chief and not sponsor:
        sponsor = sponsor_told(opening, primary.name if primary else "")
    if chief:
        chief_now = replace(chief, stage=stated.stage, committee=stated.committee, status_date=stated.date, sponsor=sponsor)
        bills = [chief_now if bill is chief else bill for bill in bills]
    return stated, sponsor, bills


def _remarks(spoken: Spoken, primary: Speaker | None, kind: str, parts: Regions) -> tuple[Remark, ...]:
    """The remarks in the order of the text. What nobody is credited with is the primary speaker's own statement."""
    remarks = list(spoken.remarks)
    if primary and kind != "resolution":
        remarks.extend(replace(remark, speaker=primary.name) for remark in spoken.uncredited)
        if kind == "letter" or not remarks:
            remarks.extend(Remark(primary.name, block.text, block.start, block.end) for block in _own_words(parts, kind))
    return tuple(sorted((remark for remark in remarks if remark.text), key=lambda remark: remark.start))


def _own_words(parts: Regions, kind: str) -> list[Block]:
    """The paragraphs of a letter, or of a statement that is printed without quotation marks."""
    blocks = parts.body
    if kind == "letter":
        start = next((index for index, block in enumerate(blocks) if "Dear " in block.text[:300]), -1)
        return [block for block in blocks[start + 1 :] if len(block.text) > 120]
    if not any(re.search(r"\bstatement\b", block.text, re.IGNORECASE) for block in parts.header):
        return []
    return [block for block in blocks if len(block.text) > 120]


def _drafting_numbers(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(found.number) for found in find_drafting_numbers(text)))


def _legislature_hint(publisher: str) -> str | None:
    if publisher == "New York City Council":
        return "nyc"
    if publisher.startswith("New York State"):
        return "ny"
    return "us" if publisher.endswith("United States Congress") else None
