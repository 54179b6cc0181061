"""Bill pages of the Assembly's site, as plain lines or as table rows."""

from __future__ import annotations

import re

from statements.documents.bill_page_facts import (
    BillPage,
    act_clause,
    dated_actions,
    introducer,
    search,
    sponsor_name,
)
from statements.documents.stages_stated import Stated, stage_of_actions

_ASSEMBLY_NUMBER = re.compile(r"^BILL NO\s*\|?\s*([SAJKBCREL]\d{5}[A-Z]?)", re.MULTILINE)
_LAW_LINE = re.compile(
    r"(?:Add|Amd|Rpld?|Ren|Desig|Amds|Rpls|add|amd|rpld|Create|Part [A-Z])\b.{0,20}(?:§|Art|Part|Title|\bL\b)"
)
_ASSEMBLY_LABEL = re.compile(
    r"(?:BILL NO|SAME AS|SPONSOR|COSPNSR|MLTSPNSR|Go to top|[SA]\d{5} |Summary|"
    r"Actions|Memo|Text|Votes|LFIN|Floor|Committee|Chamber)"
)


def is_assembly_page(text: str) -> bool:
    return bool(
        _ASSEMBLY_NUMBER.search(text) or re.search(r"^[SA]\d{5} (?:Summary|Actions):", text, re.MULTILINE)
    )


def read_assembly_page(lines: list[str], text: str) -> BillPage:
    number = search(r"^BILL NO\s*\|?\s*([SAJKBCREL]\d{5}[A-Z]?)", text) or search(
        r"^([SA]\d{5}) (?:Summary|Actions)", text
    )
    actions = dated_actions(lines)
    session = search(r"(\d{4})-\d{4} Regular Sessions", text)
    year = int(session) if session else (actions[0].date.year if actions else None)
    if year and year % 2 == 0:
        year -= 1
    plain = re.sub(r"^([A-Z])0+", r"\1", number)
    stated = (
        stage_of_actions(plain[:-1] if plain[-1:].isalpha() else plain, year, actions)
        if year and plain
        else Stated()
    )
    same_as = re.findall(r"SAME AS ([SA]\d{5}(?:-[A-Z])?)", search(r"^SAME AS\s*\|?\s*(.*)$", text) or "")
    sponsor = re.sub(r"\s*\((?:MS|[^)]{0,60})\)", "", search(r"^SPONSOR\s*\|?\s*(.+)$", text))
    return BillPage(
        number=number,
        session=year,
        title=_assembly_title(lines) or act_clause(text),
        stated=stated,
        sponsor=sponsor_name(sponsor) or introducer(text),
        same_as=tuple(same_as),
        publisher="New York State Assembly",
    )


def _assembly_title(lines: list[str]) -> str:
    """The line under the law section: what the bill does. A law line on the page is no title."""
    started = False
    for line in lines:
        if line.startswith(("SPONSOR", "MLTSPNSR", "COSPNSR")):
            started = True
            continue
        if started and re.match(r"Go to top|[SA]\d{5} Actions", line):
            break
        if (
            started
            and len(line.split()) >= 4
            and not _LAW_LINE.match(line)
            and not _ASSEMBLY_LABEL.match(line)
        ):
            return line.strip(" |")
    return ""
