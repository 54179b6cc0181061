"""The Council's files: pages of its Legistar, and the texts of introductions."""

from __future__ import annotations

import re

from statements.documents.bill_page_facts import BillPage, search, sponsor_name
from statements.documents.dates import find_dates
from statements.documents.stages_stated import Stated, committee_name

_LEGISTAR_LABELS = (
    "File #|Version|Name|Type|Status|Committee|On agenda|Enactment date|Law number|"
    "Title|Sponsors|Council Member Sponsors|Summary|Indexes|Attachments|"
    "In control|File created|Final action|Date"
)
_LEGISTAR_STATUS = {
    "committee": "In Committee",
    "laid over in committee": "Laid Over in Committee",
    "introduced": "Introduced",
    "reported from committee": "Approved by Committee",
    "enacted (mayor's desk for signature)": "Mayor's Desk",
    "enacted (mayor’s desk for signature)": "Mayor's Desk",
    "mayor's desk": "Mayor's Desk",
}


def is_legistar_page(text: str) -> bool:
    return bool(re.search(r"^File ?#:", text, re.MULTILINE))


def _label(text: str, label: str) -> str:
    """What stands after a label of the page, up to the next label."""
    match = re.search(
        rf"(?:^|\s){label}:\s*(.*?)(?=\s(?:{_LEGISTAR_LABELS}):|\n(?:Date|Attachments)\b|$)", text, re.DOTALL
    )
    return " ".join(match.group(1).split()) if match else ""


def read_legistar_page(lines: list[str], text: str) -> BillPage:
    head = text[:8000]
    status = _label(head, "Status")
    sponsors = _label(head, "Sponsors")
    prime = re.split(r",\s*(?!Jr|Sr|II)", sponsors)[0] if sponsors else ""
    committee = _label(head, "Committee") or _label(head, "In control")
    dates = [written.date for line in lines for written in find_dates(line[:14]) if written.start == 0]
    return BillPage(
        number=_label(head, "File ?#"),
        title=_label(head, "Title") or _label(head, "Name"),
        stated=Stated(
            _LEGISTAR_STATUS.get(status.casefold(), status) if len(status) < 50 else "",
            "" if committee.casefold() in {"city council", "council"} else committee_name(committee),
            max(dates) if dates else None,
        ),
        sponsor=sponsor_name(re.sub(r"^The Public Advocate \((?:Mr|Ms|Mrs)\. ([^)]+)\)", r"\1", prime)),
        publisher="New York City Council",
        date=next((written.date for written in find_dates(_label(head, "On agenda")[:12])), None),
        kind="resolution" if _label(head, "Type").startswith("Resolution") else "bill_page",
    )


def is_council_text(text: str) -> bool:
    return bool(
        re.search(
            r"^(?:Proposed |Preconsidered )*Int\.? ?(?:No\.? ?)?\d+|^Be it enacted by the Council\b",
            text,
            re.MULTILINE | re.IGNORECASE,
        )
    )


def read_council_text(lines: list[str], text: str) -> BillPage:
    title = next(
        (
            line
            for line in lines
            if re.match(r"(?:A )?local law\b", line, re.IGNORECASE) and len(line.split()) > 5
        ),
        "",
    )
    number = search(
        r"^(?:Proposed |Preconsidered )*(Int\.? ?(?:No\.? ?)?\d+(?:-\d{4})?(?:-[A-Z])?)",
        text,
        re.MULTILINE | re.IGNORECASE,
    )
    return BillPage(
        number=number,
        title=title,
        sponsor=council_sponsor(text),
        publisher="New York City Council",
        stated=_council_status(lines),
    )


def _council_status(lines: list[str]) -> Stated:
    for line in lines[:25]:
        if re.fullmatch(
            r"Enacted|Vetoed|Adopted|Withdrawn|Filed(?: \(End of Session\))?|Laid Over in Committee", line
        ):
            return Stated(line)
    return Stated()


def council_sponsor(text: str) -> str:
    """The first sponsor of a Council text: "By Council Members Roy, Park and Diaz", "By the Speaker
    (Council Member Roy)".
    """
    match = re.search(
        r"^By (?:the )?(?:Speaker,? ?\(?|Public Advocate,? ?\(?|Council ?Members?|"
        r"Borough President)\s*(?:\((?:the )?)?(?:Council Member |Mr\. |Ms\. |"
        r"Mrs\. )?([^,()\n]{2,40}?)(?=[,()\n]| and |$)",
        text,
        re.MULTILINE | re.IGNORECASE,
    )
    return sponsor_name(match.group(1)) if match else ""
