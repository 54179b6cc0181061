"""Pages that record one bill: the Senate's and the Assembly's sites, Legistar, LegiScan, GovTrack, congress.gov, a print."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from statements.documents.dates import find_dates
from statements.documents.layout import Block
from statements.documents.person_names import name_run, tidy
from statements.documents.stages_stated import (
    PageAction,
    Stated,
    committee_name,
    stage_of_actions,
    stage_of_phrase,
)

HEAD = 400  # blocks at the start of a page in which its facts stand


@dataclass(frozen=True, slots=True)
class BillPage:
    """The facts of one page, as it writes them. `number` is the bill's own, `session` a year or Congress beside it."""

    number: str = ""
    session: int | None = None
    title: str = ""
    stated: Stated = Stated()
    sponsor: str = ""
    same_as: tuple[str, ...] = ()
    publisher: str = ""
    date: dt.date | None = None


def read_bill_page(blocks: tuple[Block, ...] | list[Block]) -> BillPage:
    """The facts of the page, by whichever site's form it has. Fields that the form does not give stay empty."""
    lines = [block.text for block in blocks[:HEAD]]
    text = "\n".join(lines)
    for is_form, read in (
        (_is_legistar, _legistar),
        (_is_assembly, _assembly),
        (_is_legiscan, _legiscan),
        (_is_senate, _senate),
        (_is_congress, _congress),
        (_is_council_text, _council_text),
    ):
        if is_form(text):
            return read(lines, text)
    return _printed(lines, text)


def _search(pattern: str, text: str, flags: int = re.MULTILINE) -> str:
    match = re.search(pattern, text, flags)
    return match.group(1).strip() if match else ""


def _named(text: str) -> str:
    """A sponsor's name as a person's: without title, party or district, and not all in capitals."""
    text = re.sub(r"\s*[(\[][^)\]]*[)\]]?", "", text).strip(" .,;|")
    text = re.sub(
        r"^(?:(?:state )?(?:senators?|sens?\.)|m\. ?of ?a\.|members? of assembly|assembly ?(?:member|man|woman)s?|rep(?:resentative|s?\.)|"
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


# --- the Senate's site -----------------------------------------------------------------------------------

_SENATE_NUMBER = re.compile(r"^(?:senate|assembly|joint)? ?(?:bill|resolution) ([SAJKBCREL]\d{1,5}[A-Z]?)\b", re.IGNORECASE | re.MULTILINE)
_SENATE_DETAILS = re.compile(r"^((?:\d{4}-)?[SAJKBCREL]\d{1,5}[A-Z]?) (?:\((?:ACTIVE|REFERENCE)\) )?- (?:Details|Summary|Bill Text|Sponsor Memo)", re.MULTILINE)
_SENATE_STATUS = re.compile(
    r"^(?:Archive: Last Bill Status|Current Bill Status|Last Bill Status|Bill Status)(?:\s+Via ([SA]\d+[A-Z]?))?\s*(?:[-–—:]\s*(.*))?$", re.MULTILINE | re.IGNORECASE
)
_FLAG = re.compile(r"^(Signed|Vetoed|Adopted)(?: By Governor)?(?:Sponsored By)?$", re.IGNORECASE | re.MULTILINE)
_NOT_TITLE = re.compile(
    r"(?:amended|signed|vetoed|passed|adopted|introduced|in committee|on floor|delivered|download|sponsor|co-?sponsor|archive|current|bill status|view |actions?\b|"
    r"votes?\b|\d{4}-\d{4}|\(?[dr]\b|share|print|your voice|do you support|assembly actions|senate actions|see (?:assembly|senate)|via )",
    re.IGNORECASE,
)


def _is_senate(text: str) -> bool:
    return bool(_SENATE_NUMBER.search(text) or _SENATE_DETAILS.search(text) or re.search(r"^(?:Current|Archive: Last) Bill Status", text, re.MULTILINE))


def _senate(lines: list[str], text: str) -> BillPage:
    match = _SENATE_NUMBER.search(text) or _SENATE_DETAILS.search(text)
    number = match.group(1).upper() if match else ""
    session = _search(r"\b(\d{4})-\d{4} (?:Legislative Session|Regular Session)", text) or _search(r"Legislative Cycle:\s*(\d{4})-", text)
    session = session or _search(r"^(\d{4})-[SA]\d", text)
    house = "assembly" if number.split("-")[-1].startswith(("A", "K", "E", "L", "C")) else "senate"
    stated = _senate_status(lines, text, house)
    committee = stated.committee or (
        committee_name(_search(r"^Current Committee:\s*(.+)$", text)) if stated.stage.startswith("In Committee") or not stated.stage else ""
    )
    actions = _dated_actions(lines)
    if not stated.stage and session and actions:
        stated = stage_of_actions(number.split("-")[-1], int(session), actions)
    elif not stated.stage and committee:
        stated = Stated(f"In Committee {house.title()}")
    elif not stated.date and actions:
        stated = Stated(stated.stage, stated.committee, max(action.date for action in actions))
    return BillPage(
        number=number,
        session=int(session) if session else None,
        title=_senate_title(lines, text) or _act_clause(text),
        stated=Stated(stated.stage, stated.committee or committee, stated.date),
        sponsor=_senate_sponsor(lines, text),
        same_as=tuple(re.findall(r"^See (?:Assembly|Senate) Version of this Bill:\s*([SA]\d{1,5}[A-Z]?)", text, re.MULTILINE)),
        publisher="New York State Senate",
    )


def _senate_status(lines: list[str], text: str, house: str) -> Stated:
    match = _SENATE_STATUS.search(text)
    phrase = match.group(2) if match else ""
    if match and not phrase:
        number = text.count("\n", 0, match.end())
        following = lines[number + 1] if number + 1 < len(lines) else ""
        phrase = following if re.match(r"(?:[-–—] ?)?(?:In (?:Senate|Assembly)|Signed|Vetoed|Passed|Delivered|On Floor|Adopted)", following) else ""
        phrase = "" if _begins_stepper(lines, number + 1) else phrase
    stated = stage_of_phrase(phrase, house=house) if phrase else Stated()
    if stated.stage:
        return stated
    flag = _FLAG.search("\n".join(lines[:40]))
    return stage_of_phrase(flag.group().removesuffix("Sponsored By"), house=house) if flag else Stated()


def _begins_stepper(lines: list[str], index: int) -> bool:
    """Is the line the first of the list of all stages, which states none?"""
    return any(line.casefold().startswith("introduced") for line in lines[max(0, index - 2) : index + 1])


def _senate_title(lines: list[str], text: str) -> str:
    match = _SENATE_NUMBER.search(text)
    first = text.count("\n", 0, match.start()) + 1 if match else 0
    for line in lines[first : first + 12]:
        if re.match(r"(?:sponsored by|sponsor|current bill status|archive)", line, re.IGNORECASE) and not _NOT_TITLE.match(line[:0] or line):
            break
        if len(line.split()) >= 4 and not _NOT_TITLE.match(line) and not line.startswith("("):
            return line
    for index, line in enumerate(lines):
        if re.search(r"(?:^|\s)- Summary$|^Summary$", line) and index + 1 < len(lines) and len(lines[index + 1].split()) >= 4:
            return lines[index + 1]
    return _search(r"TITLE OF BILL:+\s*(.{20,400}?)(?: PURPOSE|\n|$)", text)


def _senate_sponsor(lines: list[str], text: str) -> str:
    for index, line in enumerate(lines):
        match = re.search(r"Sponsored By:?\s*(.*)$", line, re.IGNORECASE)
        if not match:
            continue
        for candidate in (match.group(1), *lines[index + 1 : index + 3]):
            tokens = re.sub(r"\s*\(.*?\)", "", candidate).split()
            if _NOT_TITLE.match(candidate):
                break
            if tokens and 1 <= len(tokens) <= 5 and (name_run(tokens, 0) == len(tokens) or candidate.isupper() and candidate.isalpha()):
                return _named(candidate)
        break
    return _named(_search(r"\bSPONSOR:\s*([A-Z][A-Z'’. -]{2,40}?)(?:\s+TITLE|\s{2}|\n|$)", text)) or _introducer(text)


def _introducer(text: str) -> str:
    """The first sponsor of a printed bill: "Introduced by Sens. SERRANO, HOYLMAN -- read twice"."""
    name = _search(r"Introduced\s+by\s+(?:Sens?\.|M\.\s*of\s*A\.|Senators?|Member(?:s)? of Assembly)\s+([A-Z][A-Z'’.\- ]{1,40}?)\s*(?:,|--|\(|$)", text)
    return _named(name) if name else ""


def _act_clause(text: str) -> str:
    match = re.search(r"\bAN\s+ACT\s+(?:to|in|making|authorizing|relating)\b.{15,600}?(?=\s(?:The\s+People|THE\s+PEOPLE)\b|\n\s*\n|$)", text, re.DOTALL)
    return re.sub(r"(?<=[a-z])- (?=[a-z])", "", " ".join(match.group().split())) if match else ""


def _dated_actions(lines: list[str]) -> list[PageAction]:
    """Action lines with their dates, oldest first; a date on a line of its own holds for the lines under it."""
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


_ACTION = re.compile(
    r"(?:referred|reported|advanced|ordered|passed|delivered|returned|amend|print number|substitut|signed|veto|1st|2nd|3rd|rules report|committee disch|notice of|recommit|"
    r"died in|recalled|held for|enacting clause|reference changed|committed|repassed|vote recons|tabled|adopted|chapter \d|approval memo|pocket|lost|motion|restored|laid aside|"
    r"restored to|message|prefiled|opinion|to attorney)",
    re.IGNORECASE,
)


# --- the Assembly's site ---------------------------------------------------------------------------------

_ASSEMBLY_NUMBER = re.compile(r"^BILL NO\s*\|?\s*([SAJKBCREL]\d{5}[A-Z]?)", re.MULTILINE)
_LAW_LINE = re.compile(r"(?:Add|Amd|Rpld?|Ren|Desig|Amds|Rpls|add|amd|rpld|Create|Part [A-Z])\b.{0,20}(?:§|Art|Part|Title|\bL\b)")
_ASSEMBLY_LABEL = re.compile(r"(?:BILL NO|SAME AS|SPONSOR|COSPNSR|MLTSPNSR|Go to top|[SA]\d{5} |Summary|Actions|Memo|Text|Votes|LFIN|Floor|Committee|Chamber)")


def _is_assembly(text: str) -> bool:
    return bool(_ASSEMBLY_NUMBER.search(text) or re.search(r"^[SA]\d{5} (?:Summary|Actions):", text, re.MULTILINE))


def _assembly(lines: list[str], text: str) -> BillPage:
    number = _search(r"^BILL NO\s*\|?\s*([SAJKBCREL]\d{5}[A-Z]?)", text) or _search(r"^([SA]\d{5}) (?:Summary|Actions)", text)
    actions = _dated_actions(lines)
    session = _search(r"(\d{4})-\d{4} Regular Sessions", text)
    year = int(session) if session else (actions[0].date.year if actions else None)
    if year and year % 2 == 0:
        year -= 1
    plain = re.sub(r"^([A-Z])0+", r"\1", number)
    stated = stage_of_actions(plain[:-1] if plain[-1:].isalpha() else plain, year, actions) if year and plain else Stated()
    same_as = re.findall(r"SAME AS ([SA]\d{5}(?:-[A-Z])?)", _search(r"^SAME AS\s*\|?\s*(.*)$", text) or "")
    sponsor = re.sub(r"\s*\((?:MS|[^)]{0,60})\)", "", _search(r"^SPONSOR\s*\|?\s*(.+)$", text))
    return BillPage(
        number=number,
        session=year,
        title=_assembly_title(lines) or _act_clause(text),
        stated=stated,
        sponsor=_named(sponsor) or _introducer(text),
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
        if started and len(line.split()) >= 4 and not _LAW_LINE.match(line) and not _ASSEMBLY_LABEL.match(line):
            return line.strip(" |")
    return ""


# --- the Council's Legistar ------------------------------------------------------------------------------

_LEGISTAR_LABELS = (
    "File #|Version|Name|Type|Status|Committee|On agenda|Enactment date|Law number|Title|Sponsors|Council Member Sponsors|Summary|Indexes|Attachments|"
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


def _is_legistar(text: str) -> bool:
    return bool(re.search(r"^File ?#:", text, re.MULTILINE))


def _label(text: str, label: str) -> str:
    """What stands after a label of the page, up to the next label."""
    match = re.search(rf"(?:^|\s){label}:\s*(.*?)(?=\s(?:{_LEGISTAR_LABELS}):|\n(?:Date|Attachments)\b|$)", text, re.DOTALL)
    return " ".join(match.group(1).split()) if match else ""


def _legistar(lines: list[str], text: str) -> BillPage:
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
        sponsor=_named(re.sub(r"^The Public Advocate \((?:Mr|Ms|Mrs)\. ([^)]+)\)", r"\1", prime)),
        publisher="New York City Council",
    )


def _is_council_text(text: str) -> bool:
    return bool(re.search(r"^(?:Proposed |Preconsidered )*Int\.? ?(?:No\.? ?)?\d+|^Be it enacted by the Council\b", text, re.MULTILINE | re.IGNORECASE))


def _council_text(lines: list[str], text: str) -> BillPage:
    title = next((line for line in lines if re.match(r"(?:A )?local law\b", line, re.IGNORECASE) and len(line.split()) > 5), "")
    number = _search(r"^(?:Proposed |Preconsidered )*(Int\.? ?(?:No\.? ?)?\d+(?:-\d{4})?(?:-[A-Z])?)", text, re.MULTILINE | re.IGNORECASE)
    return BillPage(number=number, title=title, sponsor=council_sponsor(text), publisher="New York City Council", stated=_council_status(lines))


def _council_status(lines: list[str]) -> Stated:
    for line in lines[:25]:
        if re.fullmatch(r"Enacted|Vetoed|Adopted|Withdrawn|Filed(?: \(End of Session\))?|Laid Over in Committee", line):
            return Stated(line)
    return Stated()


def council_sponsor(text: str) -> str:
    """The first sponsor of a Council text: "By Council Members Roy, Park and Diaz", "By the Speaker (Council Member Roy)"."""
    match = re.search(
        r"^By (?:the )?(?:Speaker,? ?\(?|Public Advocate,? ?\(?|Council ?Members?|Borough President)\s*(?:\((?:the )?)?(?:Council Member |Mr\. |Ms\. |Mrs\. )?([^,()\n]{2,40}?)(?=[,()\n]| and |$)",
        text,
        re.MULTILINE | re.IGNORECASE,
    )
    return _named(match.group(1)) if match else ""


# --- Congress, LegiScan, a printed bill ------------------------------------------------------------------


def _is_legiscan(text: str) -> bool:
    return bool(re.search(r"^Bill Text: [A-Z]{2} |^Bill Title: |\| General Assembly(?: \||$)", text, re.MULTILINE))


def _legiscan(lines: list[str], text: str) -> BillPage:
    match = re.search(r"\b[A-Z]{2} ([A-Z]{1,3}\d{1,5}[A-Z]?) \| (\d{4})-\d{4}", text)
    number, session = (match.group(1), int(match.group(2))) if match else ("", None)
    house = "assembly" if number.startswith("A") else "senate"
    status = re.search(r"^Status: \(?([^)\n]{3,40})\)?\s*(\d{4}-\d\d-\d\d)?\s*[-–]?\s*([^\[\n]*)", text, re.MULTILINE)
    stated = Stated()
    if status and status.group(2):
        actions = [PageAction(dt.date.fromisoformat(status.group(2)), status.group(3).strip())] if _is_date(status.group(2)) else []
        stated = stage_of_actions(re.sub(r"^([A-Z]+)0+", r"\1", number), session or 0, actions) if actions and number and session else Stated()
    if status and not stated.stage:
        stated = stage_of_phrase(status.group(1), house=house)
    sponsor = _named(_search(r"^(?:Sponsors?|Primary Sponsor):\s*(.+)$", text)) or _introducer(text)
    return BillPage(number, session, _search(r"^Bill Title:\s*(.+)$", text) or _act_clause(text), stated, sponsor, publisher="LegiScan")


def _is_date(text: str) -> bool:
    return bool(find_dates(text))


def _is_congress(text: str) -> bool:
    return bool(
        re.search(r"^\[Congressional Bills|^(?:H\.? ?R\.|S\.|H\.J\.Res\.|S\.J\.Res\.|H\.Res\.|S\.Res\.|H\.Con\.Res\.) ?\d+", text, re.MULTILINE)
        or re.search(r"\b1\d\dth C(?:ongress|ONGRESS)", text)
    )


_CONGRESS_NUMBER = r"((?:H\.? ?R\.|S\.|H\.? ?J\.? ?Res\.|S\.? ?J\.? ?Res\.|H\.? ?Res\.|S\.? ?Res\.|H\.? ?Con\.? ?Res\.|S\.? ?Con\.? ?Res\.) ?\d+)"


def _congress(lines: list[str], text: str) -> BillPage:
    congress = _search(r"\b(\d{2,3})(?:st|nd|rd|th) ?\)?:? ?(?:Congress|CONGRESS)?", text[:3000])
    number = _search(rf"^\[?{_CONGRESS_NUMBER}", text)
    sponsor = _search(r"^Sponsor:\s*([^(\n]+)", text)
    if not sponsor and "Sponsor and status" in lines:
        sponsor = lines[lines.index("Sponsor and status") + 1] if lines.index("Sponsor and status") + 1 < len(lines) else ""
    sponsor = sponsor or _search(r"^((?:Mr|Ms|Mrs|Miss)\. [A-Z][\w'’ -]{1,30}?)(?: \(for| introduced|,| of)", text)
    committee = committee_name(
        _search(r"(?:referred\s+to\s+the\s+(?:House |Senate )?Committees?\s+on\s+)((?:the )?[A-Z][\w ,&]{2,60}?)(?:,? and |[.;,]|\n|$)", text)
        or _search(r"^Committees?:\s*(?:House|Senate)?\s*[-–]?\s*([^,|\n]+)", text)
    )
    printed = find_dates(_search(r"^IN THE (?:SENATE|HOUSE)[^\n]*\n([^\n]{5,40})$", text))
    return BillPage(
        number=number,
        session=int(congress) if congress else None,
        title=_congress_title(lines, text),
        stated=Stated(_congress_stage(text), committee),
        sponsor=_named(sponsor),
        publisher="GovTrack" if re.search(r"govtrack|Sponsor and status", text, re.IGNORECASE) else "United States Congress",
        date=printed[0].date if printed else None,
    )


def _congress_title(lines: list[str], text: str) -> str:
    for line in lines[:30]:
        if re.match(rf"{_CONGRESS_NUMBER}\s*(?:\(\d+\w+\):|[-–—])\s*\S", line) and len(line.split()) >= 4:
            return line
    official = re.search(r"^(To [a-z].{15,600}?\.)(?=\s|$)", text, re.MULTILINE | re.DOTALL)
    return " ".join(official.group(1).split()) if official else next((line for line in lines if len(line.split()) > 4), "")


def _congress_stage(text: str) -> str:
    status = _search(r"This bill has the status\s+(Became Law|Passed House|Passed Senate|To President|Introduced|Agreed to in \w+|Vetoed[^\n]*)", text)
    if status:
        return status
    if re.search(r"\bBecame (?:Public )?Law\b|\bwas enacted\b|^Enacted\b", text, re.MULTILINE) and "was not enacted" not in text:
        return "Became Law" if not re.search(r"could have become law", text) else ""
    told = {house: re.search(rf"(?<!never )passed (?:by|in) the {house}\b|Passed {house}\b", text) for house in ("House", "Senate")}
    if told["House"] and told["Senate"]:
        return "Passed Senate" if told["Senate"].start() > told["House"].start() else "Passed House"
    for house, match in told.items():
        if match:
            return f"Passed {house}"
    return "Introduced" if re.search(r"\bIntroduced (?:in|on)\b|^Introduced\b|introduced\s+the\s+following\s+bill", text, re.MULTILINE) else ""


def _printed(lines: list[str], text: str) -> BillPage:
    """A bill's own print, from the drafting commission's first page."""
    number = _search(r"^\s*(\d{2,5}(?:--?[A-Z])?)$", text)
    house = "S" if re.search(r"I ?N\s+S ?E ?N ?A ?T ?E", text) else "A" if re.search(r"I ?N\s+A ?S ?S ?E ?M ?B ?L ?Y", text) else ""
    session = _search(r"(\d{4})-\d{4}\s+Regular\s+Sessions?", text)
    committee = committee_name(_search(r"(?:committed|referred)\s+to\s+the\s+Committee\s+on\s+([A-Z][\w ,]{2,50}?)(?:\s+--|\n|$)", text))
    return BillPage(
        number=f"{house}{number.replace('-', '')}" if house and number else "",
        session=int(session) if session else None,
        title=_act_clause(text),
        stated=Stated("", committee),
        sponsor=_introducer(text),
    )
