"""One document to a ParsedDocument: the way in for every text."""

from __future__ import annotations

from dataclasses import replace

from statements.documents import kinds
from statements.documents.bill_page_facts import BillPage
from statements.documents.bill_pages import read_bill_page
from statements.documents.bills_named import find_bills
from statements.documents.decoding import SIZE_LIMIT, DocumentError
from statements.documents.furniture import regions
from statements.documents.heading import split_heading
from statements.documents.html_text import WebPage, looks_like_html, read_html
from statements.documents.issues import issues_of_bill, labelled_issues
from statements.documents.layout import END_MARK, Layout, read_layout
from statements.documents.parsed import BillNamed, ParsedDocument
from statements.documents.programmes import find_programmes
from statements.documents.publishers import find_publisher
from statements.documents.sessions_stated import day_of_session
from statements.documents.statement_reader import drafting_numbers, read_statement
from statements.documents.titles import find_title, without_site

HEADER = 40  # blocks at the start of a bill page in which its issues and publisher are named


def read(text: str, *, filename: str = "", html: bool | None = None) -> ParsedDocument:
    """Read one document. `html` tells whether `text` is a web page; None looks. `filename` is a last hint.

    Raises DocumentError for a text that is empty or over `SIZE_LIMIT` characters, TypeError for what is no
    text, and nothing else.
    """
    if not isinstance(text, str):
        raise TypeError(f"A document is read from text, not from {type(text).__name__}; decode bytes first.")
    if len(text) > SIZE_LIMIT:
        raise DocumentError(f"The document is larger than {SIZE_LIMIT // (1024 * 1024)} MB.")
    heading, text = split_heading(text.lstrip("\ufeff"))
    page = read_html(text) if (looks_like_html(text) if html is None else html) else None
    layout = read_layout(page.text if page else text)
    if all(block.text == END_MARK for block in layout.blocks):
        raise DocumentError("The document is empty.")
    if kinds.is_bill_page(layout.text):
        parsed = _read_bill_page(layout, page, filename)
    else:
        parsed = read_statement(layout, page, filename=filename, retold=heading.retold)
    return replace(parsed, source_url=heading.source_url, retold=heading.retold)


def _read_bill_page(layout: Layout, page: WebPage | None, filename: str) -> ParsedDocument:
    facts = read_bill_page(layout.blocks)
    header = list(layout.blocks[:HEADER])
    title = facts.title or (without_site(page.title) if page else "")
    title = title or find_title(layout.blocks, "bill_page")[0]
    parts = regions(layout.blocks)
    bills = find_bills(
        layout.text,
        legislature="us" if facts.publisher in ("United States Congress", "GovTrack") else None,
        date=facts.date or day_of_session(layout.text),
        page_session=facts.session,
        page_number=facts.number,
    )
    return ParsedDocument(
        kind=facts.kind,
        title=title,
        text=layout.text,
        body="\n\n".join(block.text for block in (*parts.header, *parts.body)),
        date=facts.date,
        publisher=facts.publisher or find_publisher("bill_page", header, "", filename=filename),
        issues=labelled_issues(header) or issues_of_bill(title, layout.text, facts.stated.committee),
        bills=tuple(_with_page_facts(bill, facts) if bill.is_chief else bill for bill in bills),
        programmes=find_programmes(layout.text),
        drafting_numbers=drafting_numbers(layout.text),
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
