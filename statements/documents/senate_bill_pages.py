"""Bill pages of the Senate's site, in its forms since 2011."""

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
from statements.documents.person_names import name_run
from statements.documents.stages_stated import Stated, committee_name, stage_of_actions, stage_of_phrase

_SENATE_NUMBER = re.compile(
    r"^(?:senate|assembly|joint)? ?(?:bill|resolution) ([SAJKBCREL]\d{1,5}[A-Z]?)\b",
    re.IGNORECASE | re.MULTILINE,
)
_SENATE_DETAILS = re.compile(
    r"^((?:\d{4}-)?[SAJKBCREL]\d{1,5}[A-Z]?) (?:\((?:ACTIVE|"
    r"REFERENCE)\) )?- (?:Details|Summary|Bill Text|Sponsor Memo)",
    re.MULTILINE,
)
_SENATE_STATUS = re.compile(
    r"^(?:Archive: Last Bill Status|Current Bill Status|Last Bill Status|"
    r"Bill Status)(?:\s+Via ([SA]\d+[A-Z]?))?\s*(?:[-–—:]\s*(.*))?$",
    re.MULTILINE | re.IGNORECASE,
)
_FLAG = re.compile(
    r"^(Signed|Vetoed|Adopted)(?: By Governor)?(?:Sponsored By)?$", re.IGNORECASE | re.MULTILINE
)
_NOT_TITLE = re.compile(
    r"(?:amended|signed|vetoed|passed|adopted|introduced|in committee|on floor|"
    r"delivered|download|sponsor|co-?sponsor|archive|current|bill status|view |"
    r"actions?\b|"
    r"votes?\b|\d{4}-\d{4}|\(?[dr]\b|share|print|your voice|do you support|"
    r"assembly actions|senate actions|see (?:assembly|senate)|via )",
    re.IGNORECASE,
)


def is_senate_page(text: str) -> bool:
    return bool(
        _SENATE_NUMBER.search(text)
        or _SENATE_DETAILS.search(text)
        or re.search(r"^(?:Current|Archive: Last) Bill Status", text, re.MULTILINE)
    )


def read_senate_page(lines: list[str], text: str) -> BillPage:
    match = _SENATE_NUMBER.search(text) or _SENATE_DETAILS.search(text)
    number = match.group(1).upper() if match else ""
    session = search(r"\b(\d{4})-\d{4} (?:Legislative Session|Regular Session)", text) or search(
        r"Legislative Cycle:\s*(\d{4})-", text
    )
    session = session or search(r"^(\d{4})-[SA]\d", text)
    house = "assembly" if number.split("-")[-1].startswith(("A", "K", "E", "L", "C")) else "senate"
    stated = _senate_status(lines, text, house)
    committee = stated.committee or (
        committee_name(search(r"^Current Committee:[ \t]*\n?([^\n:]+)$", text))
        if stated.stage.startswith("In Committee") or not stated.stage
        else ""
    )
    actions = dated_actions(lines)
    if not stated.stage and session and actions:
        stated = stage_of_actions(number.split("-")[-1], int(session), actions)
    elif not stated.stage and committee:
        stated = Stated(f"In Committee {house.title()}")
    elif not stated.date and actions:
        stated = Stated(stated.stage, stated.committee, max(action.date for action in actions))
    return BillPage(
        number=number,
        session=int(session) if session else None,
        title=_senate_title(lines, text) or act_clause(text),
        stated=Stated(stated.stage, stated.committee or committee, stated.date),
        sponsor=_senate_sponsor(lines, text),
        same_as=tuple(
            re.findall(
                r"^See (?:Assembly|Senate) Version of this Bill:\s*([SA]\d{1,5}[A-Z]?)", text, re.MULTILINE
            )
        ),
        publisher="New York State Senate",
    )


def _senate_status(lines: list[str], text: str, house: str) -> Stated:
    match = _SENATE_STATUS.search(text)
    phrase = match.group(2) if match else ""
    if match and not phrase:
        number = text.count("\n", 0, match.end())
        following = lines[number + 1] if number + 1 < len(lines) else ""
        phrase = (
            following
            if re.match(
                r"(?:[-–—] ?)?(?:In (?:Senate|Assembly)|Signed|Vetoed|Passed|Delivered|On Floor|Adopted)",
                following,
            )
            else ""
        )
        phrase = "" if _begins_stepper(lines, number + 1) else phrase
    stated = stage_of_phrase(phrase, house=house) if phrase else Stated()
    if stated.stage:
        return stated
    stepper = next((index for index, line in enumerate(lines) if line.casefold() == "introduced"), 40)
    flag = _FLAG.search("\n".join(lines[: min(stepper, 40)]))
    return stage_of_phrase(flag.group().removesuffix("Sponsored By"), house=house) if flag else Stated()


def _begins_stepper(lines: list[str], index: int) -> bool:
    """Is the line the first of the list of all stages, which states none?"""
    return any(line.casefold().startswith("introduced") for line in lines[max(0, index - 2) : index + 1])


def _senate_title(lines: list[str], text: str) -> str:
    match = _SENATE_NUMBER.search(text)
    first = text.count("\n", 0, match.start()) + 1 if match else 0
    for line in lines[first : first + 12]:
        if re.match(
            r"(?:sponsored by|sponsor|current bill status|archive)", line, re.IGNORECASE
        ) and not _NOT_TITLE.match(line[:0] or line):
            break
        if len(line.split()) >= 4 and not _NOT_TITLE.match(line) and not line.startswith("("):
            return line
    for index, line in enumerate(lines):
        if (
            re.search(r"(?:^|\s)- Summary$|^Summary$", line)
            and index + 1 < len(lines)
            and len(lines[index + 1].split()) >= 4
        ):
            return lines[index + 1]
    return search(r"TITLE OF BILL:+\s*(.{20,400}?)(?: PURPOSE|\n|$)", text)


def _senate_sponsor(lines: list[str], text: str) -> str:
    for index, line in enumerate(lines):
        match = re.search(r"Sponsored By:?\s*(.*)$", line, re.IGNORECASE)
        if not match:
            continue
        for candidate in (match.group(1), *lines[index + 1 : index + 3]):
            tokens = re.sub(r"\s*\(.*?\)", "", candidate).split()
            if _NOT_TITLE.match(candidate):
                break
            if (
                tokens
                and 1 <= len(tokens) <= 5
                and (name_run(tokens, 0) == len(tokens) or (candidate.isupper() and candidate.isalpha()))
            ):
                return sponsor_name(candidate)
        break
    return sponsor_name(
        search(r"\bSPONSOR:\s*([A-Z][A-Z'’. -]{2,40}?)(?:\s+TITLE|\s{2}|\n|$)", text)
    ) or introducer(text)
