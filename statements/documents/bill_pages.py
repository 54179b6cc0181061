"""Pages that record one bill, whichever site they are of: each form is known by its own marks."""

from __future__ import annotations

import re

from statements.documents.assembly_bill_pages import is_assembly_page, read_assembly_page
from statements.documents.bill_page_facts import BillPage, act_clause, introducer, search, sponsor_name
from statements.documents.congress_bill_pages import is_congress_page, read_congress_page
from statements.documents.council_bill_pages import (
    is_council_text,
    is_legistar_page,
    read_council_text,
    read_legistar_page,
)
from statements.documents.dates import find_dates
from statements.documents.layout import Block
from statements.documents.senate_bill_pages import is_senate_page, read_senate_page
from statements.documents.stages_stated import (
    PageAction,
    Stated,
    committee_name,
    stage_of_actions,
    stage_of_phrase,
)

HEAD = 400  # blocks at the start of a page in which its facts stand


def read_bill_page(blocks: tuple[Block, ...] | list[Block]) -> BillPage:
    """The facts of the page, by whichever site's form it has. Fields that the form does not give stay
    empty.
    """
    lines = [block.text for block in blocks[:HEAD]]
    text = "\n".join(lines)
    for is_form, read in (
        (is_legistar_page, read_legistar_page),
        (is_assembly_page, read_assembly_page),
        (_is_legiscan, _legiscan),
        (is_senate_page, read_senate_page),
        (_is_memo, _memo),
        (_is_tracker, _tracker),
        (is_congress_page, read_congress_page),
        (is_council_text, read_council_text),
    ):
        if is_form(text):
            return read(lines, text)
    return _printed(lines, text)


def _is_legiscan(text: str) -> bool:
    return bool(
        re.search(r"^Bill Text: [A-Z]{2} |^Bill Title: |\| General Assembly(?: \||$)", text, re.MULTILINE)
    )


def _legiscan(lines: list[str], text: str) -> BillPage:
    match = re.search(r"\b[A-Z]{2} ([A-Z]{1,3}\d{1,5}[A-Z]?) \| (\d{4})-\d{4}", text)
    number, session = (match.group(1), int(match.group(2))) if match else ("", None)
    house = "assembly" if number.startswith("A") else "senate"
    status = search(r"^Status: \(?([^)\n]{3,60})", text)
    line = re.search(
        r"^(?:Status|Action): ?(?:\([^)\n]*\))? ?(\d{4}-\d\d-\d\d) ?[-–] ?([^\[\n]+)", text, re.MULTILINE
    )
    stated = Stated()
    if line and number and session and (days := find_dates(line.group(1))):
        action = PageAction(days[0].date, line.group(2).strip())
        stated = stage_of_actions(re.sub(r"^([A-Z]+)0+", r"\1", number), session, [action])
    sponsor = search(r"^(?:Sponsors?|Primary Sponsor|Sponsored by):\s*(.+)$", text)
    return BillPage(
        number,
        session,
        search(r"^Bill Title:\s*(.+)$", text) or act_clause(text) or search(r"^Summary\n(\w+ .{15,})$", text),
        stated if stated.stage else stage_of_phrase(status, house=house),
        sponsor_name(sponsor) or introducer(text),
        publisher="LegiScan",
    )


def _is_memo(text: str) -> bool:
    return bool(re.search(r"^BILL NUMBER: ?[SA]\d", text, re.MULTILINE) and "TITLE OF BILL:" in text)


def _memo(lines: list[str], text: str) -> BillPage:
    """A sponsor's memorandum by itself: labels in capitals, each over its paragraph."""
    number = search(r"^BILL NUMBER: ?([SA]\d{1,5}(?:-?[A-Z])?)\b", text)
    title = search(r"^TITLE OF BILL:\s*(.{10,900}?)(?=\n[A-Z][A-Z ,/]{5,60}:|\Z)", text, re.M | re.S)
    house = re.match(r"NEW YORK STATE (SENATE|ASSEMBLY)\b", text)
    assembly = house[1] == "ASSEMBLY" if house else number.startswith("A")
    return BillPage(
        number=number,
        title=" ".join(title.split()),
        sponsor=sponsor_name(search(r"^SPONSOR: ?(.{2,60})$", text)),
        publisher="New York State Assembly" if assembly else "New York State Senate",
    )


def _is_tracker(text: str) -> bool:
    return bool(re.search(r"^Introduced Session$", text, re.MULTILINE))


def _tracker(lines: list[str], text: str) -> BillPage:
    """A tracking service's page of a State bill: "NY A04354", its sponsors with their party."""
    number = re.sub(r"^([A-Z]+)0+", r"\1", search(r"^(?:NY )?([SA]\d{1,5}[A-Z]?)$", text))
    session = search(r"^Introduced Session\n(\d{4})-\d{4}", text)
    line = re.search(r"^Last Action\n(.{4,200}?) \((?:on )?(\d{1,2}/\d{1,2}/\d{4})\)$", text, re.MULTILINE)
    stated = Stated()
    if line and number and session and (days := find_dates(line[2])):
        stated = stage_of_actions(number, int(session), [PageAction(days[0].date, line[1])])
    return BillPage(
        number=number,
        session=int(session) if session else None,
        title=search(r"^(?:NY )?[SA]\d{1,5}[A-Z]?\n(?!NY [SA]\d)(\w+ .{15,600})$", text) or act_clause(text),
        stated=stated,
        sponsor=sponsor_name(search(r"^Sponsors? \(\d{1,3}\)\n([A-Z][\w.'’ -]{3,50}?) \([DRI]\)", text)),
    )


def _printed(lines: list[str], text: str) -> BillPage:
    """A bill's own print, from the drafting commission's first page."""
    number = search(r"^\s*(\d{2,5}(?:--?[A-Z])?)$", text)
    house = (
        "S"
        if re.search(r"I ?N\s+S ?E ?N ?A ?T ?E", text)
        else "A"
        if re.search(r"I ?N\s+A ?S ?S ?E ?M ?B ?L ?Y", text)
        else ""
    )
    session = search(r"(\d{4})-\d{4}\s+Regular\s+Sessions?", text)
    committee = committee_name(
        search(
            r"(?:committed|referred)\s+to\s+the\s+Committee\s+on\s+([A-Z][\w ,]{2,50}?)(?:\s+--|\n|$)", text
        )
    )
    return BillPage(
        number=f"{house}{number.replace('-', '')}" if house and number else "",
        session=int(session) if session else None,
        title=act_clause(text),
        stated=Stated("", committee),
        sponsor=introducer(text),
    )
