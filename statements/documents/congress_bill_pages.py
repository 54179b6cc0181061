"""Bills of Congress: congress.gov, GovTrack and the printed bill."""

from __future__ import annotations

import re

from statements.documents.bill_page_facts import BillPage, search, sponsor_name
from statements.documents.dates import find_dates
from statements.documents.stages_stated import Stated, committee_name

_CONGRESS_NUMBER = r"((?:H\.? ?R\.|S\.|[HS]\.? ?(?:J\.? ?|Con\.? ?)?Res\.) ?\d+)"

_SHORT_TITLE = re.compile(r"(?:[A-Z][\w'’-]*|of|the|and|for|to|in) (?:\S+ ){1,10}Act(?: of (?:19|20)\d\d)?")


def is_congress_page(text: str) -> bool:
    return bool(
        re.search(
            r"^\[Congressional Bills|^(?:H\.? ?R\.|S\.|H\.J\.Res\.|S\.J\.Res\.|H\.Res\.|"
            r"S\.Res\.|H\.Con\.Res\.) ?\d+",
            text,
            re.MULTILINE,
        )
        or re.search(r"\b1\d\dth C(?:ongress|ONGRESS)", text)
    )


def read_congress_page(lines: list[str], text: str) -> BillPage:
    congress = search(r"\b(\d{2,3})(?:st|nd|rd|th) ?\)?:? ?(?:Congress|CONGRESS)?", text[:3000])
    number = search(rf"^\[?{_CONGRESS_NUMBER}", text)
    sponsor = search(r"^Sponsor:\s*([^(\n]+)", text)
    if not sponsor and "Sponsor and status" in lines:
        sponsor = (
            lines[lines.index("Sponsor and status") + 1]
            if lines.index("Sponsor and status") + 1 < len(lines)
            else ""
        )
    sponsor = sponsor or search(
        r"^((?:Mr|Ms|Mrs|Miss)\. [A-Z][\w'’ -]{1,30}?)(?: \(for| introduced|,| of)", text
    )
    committee = committee_name(
        search(
            r"(?:[Rr]eferred\s+to\s+the\s+(?:House |Senate )?Committees?\s+on\s+)((?:the "
            r")?[A-Z][\w ,&]{2,60}?)(?:,? and |[.;,]|\n|$)",
            text,
        )
        or search(r"^Committees?:\s*(?:House|Senate)?\s*[-–]?\s*([^,|\n]+)", text)
    )
    printed = find_dates(search(r"^IN THE (?:SENATE|HOUSE)[^\n]*\n([^\n]{5,40})$", text))
    return BillPage(
        number=number,
        session=int(congress) if congress else None,
        title=_congress_title(lines, text),
        stated=Stated(_congress_stage(text), committee),
        sponsor=sponsor_name(sponsor),
        publisher="GovTrack"
        if re.search(r"govtrack|Sponsor and status", text, re.IGNORECASE)
        else "United States Congress",
        date=printed[0].date if printed else None,
    )


def _congress_title(lines: list[str], text: str) -> str:
    for line in lines[:30]:
        if re.match(rf"{_CONGRESS_NUMBER}\s*(?:\(\d+\w+\):|[-–—])\s*\S", line) and len(line.split()) >= 4:
            return line
    short = next((line for line in lines[:12] if _SHORT_TITLE.fullmatch(line)), "")
    if short:
        return short
    official = re.search(
        r"^(To [a-z].{15,600}?(?:\.(?=\s|$)|(?=\n(?:[A-Z]{2,} ){2})))", text, re.MULTILINE | re.DOTALL
    )
    return (
        " ".join(official.group(1).split())
        if official
        else next((line for line in lines if len(line.split()) > 4), "")
    )


def _congress_stage(text: str) -> str:
    status = search(
        r"This bill has the status\s+(Became Law|Passed House|Passed Senate|To President|"
        r"Introduced|Agreed to in \w+|Vetoed[^\n]*)",
        text,
    )
    if status:
        return status
    if (
        re.search(r"\bBecame (?:Public )?Law\b|\bwas enacted\b|^Enacted\b", text, re.MULTILINE)
        and "was not enacted" not in text
    ):
        return "Became Law" if not re.search(r"could have become law", text) else ""
    told = {
        house: re.search(rf"(?<!never )passed (?:by|in) the {house}\b|Passed {house}\b", text)
        for house in ("House", "Senate")
    }
    if told["House"] and told["Senate"]:
        return "Passed Senate" if told["Senate"].start() > told["House"].start() else "Passed House"
    for house, match in told.items():
        if match:
            return f"Passed {house}"
    return (
        "Introduced"
        if re.search(
            r"\bIntroduced (?:in|on)\b|^Introduced\b|introduced\s+the\s+following\s+bill", text, re.MULTILINE
        )
        else ""
    )
