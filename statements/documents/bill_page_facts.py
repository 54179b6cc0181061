"""What the pages that record one bill have in common: the facts they give, and how names, clauses and
actions are printed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from statements.documents.dates import find_dates
from statements.documents.person_names import tidy
from statements.documents.stages_stated import PageAction, Stated


@dataclass(frozen=True, slots=True)
class BillPage:
    """The facts of one page, as it writes them. `number` is the bill's own, `session` a year or Congress
    beside it, `kind` "resolution" where the page says that its matter is one.
    """

    number: str = ""
    session: int | None = None
    title: str = ""
    stated: Stated = field(default_factory=Stated)
    sponsor: str = ""
    same_as: tuple[str, ...] = ()
    publisher: str = ""
    date: dt.date | None = None
    kind: str = "bill_page"


_ACTION = re.compile(
    r"(?:referred|reported|advanced|ordered|passed|delivered|returned|amend|"
    r"print number|substitut|signed|veto|1st|2nd|3rd|rules report|committee disch|"
    r"notice of|recommit|"
    r"died in|recalled|held for|enacting clause|reference changed|committed|repassed|"
    r"vote recons|tabled|adopted|chapter \d|approval memo|pocket|lost|motion|restored|"
    r"laid aside|"
    r"restored to|message|prefiled|opinion|to attorney)",
    re.IGNORECASE,
)


def search(pattern: str, text: str, flags: int = re.MULTILINE) -> str:
    match = re.search(pattern, text, flags)
    return match.group(1).strip() if match else ""


def sponsor_name(text: str) -> str:
    """A sponsor's name as a person's: without title, party or district, and not all in capitals."""
    text = re.sub(r"\s*[(\[][^)\]]*[)\]]?", "", text).strip(" .,;|")
    text = re.sub(
        r"^(?:(?:state )?(?:senators?|sens?\.)|m\. ?of ?a\.|members? of assembly|"
        r"assembly ?(?:member|man|woman)s?|rep(?:resentative|s?\.)|"
        r"(?:the )?public advocate|council ?members?|mr\.|ms\.|mrs\.|(?:the )?speaker|by)\s+",
        "",
        text,
        flags=re.IGNORECASE,
    )
    if "," in text:
        last, first = (part.strip() for part in text.split(",", 1))
        if not re.match(r"(?:jr|sr|ii|iii|iv)\b", first, re.IGNORECASE):
            text = f"{first.split(',')[0]} {last}" if first and " " not in last.strip() else last
    name = tidy(text)
    letters = [character for character in name if character.isalpha()]
    if letters and all(character.isupper() for character in letters) and len(letters) > 1:
        name = tidy(name + " ").title() if len(letters) <= 3 else name.title()
    return name if 0 < len(name) <= 60 and name[0].isalpha() else ""


def introducer(text: str) -> str:
    """The first sponsor of a printed bill: "Introduced by Sens. SERRANO, HOYLMAN -- read twice"."""
    name = search(
        r"Introduced\s+by\s+(?:Sens?\.|M\.\s*of\s*A\.|Senators?|"
        r"Member(?:s)? of Assembly)\s+([A-Z][A-Z'’.\- ]{1,40}?)\s*(?:,|--|\(|$)",
        text,
    )
    return sponsor_name(name) if name else ""


def act_clause(text: str) -> str:
    match = re.search(
        r"\bAN\s+ACT\s+(?:to|in|making|authorizing|"
        r"relating)\b.{15,600}?(?=\s(?:The\s+People|THE\s+PEOPLE)\b|\n\s*\n|$)",
        text,
        re.DOTALL,
    )
    return re.sub(r"(?<=[a-z])- (?=[a-z])", "", " ".join(match.group().split())) if match else ""


def dated_actions(lines: list[str]) -> list[PageAction]:
    """Action lines with their dates, oldest first; a date on a line of its own holds for the lines under
    it.
    """
    found: list[PageAction] = []
    day: dt.date | None = None
    other = False
    for line in lines:
        written = find_dates(line[:40])
        if written and written[0].start <= 2:
            day = written[0].date
            line = line[written[0].end :].strip(" |\t:-–")
        elif re.match(r"[SA]\d{5} AMEND=", line):
            other = True
            continue
        if day and line and _ACTION.match(line):
            found.append(PageAction(day, line.strip(" |"), other))
        elif not written:
            day = None if not _ACTION.match(line) else day
    return found if not found or found[0].date <= found[-1].date else found[::-1]
