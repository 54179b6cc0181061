"""Who published a document: the house, office or organisation whose page or letterhead it stands on."""

from __future__ import annotations

import re

from statements.documents.issues import SENATE_ISSUE_LINE
from statements.documents.layout import Block
from statements.documents.offices import has_organisation_word, has_title_word, is_office, is_only_place
from statements.documents.parsed import Speaker

_IN_HEADER = (
    (
        re.compile(
            r"NEW YORK STATE SENATOR|NYS Senate|\bnysenate\.gov\b|New York State Senate$|"
            r"The New York Senate$",
            re.MULTILINE,
        ),
        "New York State Senate",
    ),
    (
        re.compile(
            r"NEW YORK STATE ASSEMBLY|\bNYS Assembly\b|\bnyassembly\.gov\b|New York State Assembly$",
            re.MULTILINE,
        ),
        "New York State Assembly",
    ),
    (
        re.compile(
            r"\bcouncil\.nyc\.gov\b|^(?:The )?(?:New York City Council|NYC Council|"
            r"The Council of the City of New York)$|^City Hall, NY|^CITY HALL\b|"
            r"^City Hall [–—-]",
            re.MULTILINE,
        ),
        "New York City Council",
    ),
    (
        re.compile(
            r"Office of the (?:New York (?:State )?)?Attorney General|\bag\.ny\.gov\b|"
            r"State of New York\W+Attorney General",
            re.IGNORECASE,
        ),
        "New York State Attorney General",
    ),
    (
        re.compile(r"\bgovernor\.ny\.gov\b|Office of the Governor|Executive Chamber", re.IGNORECASE),
        "New York State Governor",
    ),
    (
        re.compile(r"Office of the Mayor|City of New York\W+Office of the Mayor", re.IGNORECASE),
        "Office of the Mayor of New York City",
    ),
    (
        re.compile(r"Office of the (?:New York City )?Comptroller|\bcomptroller\.nyc\.gov\b", re.IGNORECASE),
        "New York City Comptroller",
    ),
    (
        re.compile(r"Office of the Public Advocate|\badvocate\.nyc\.gov\b", re.IGNORECASE),
        "New York City Public Advocate",
    ),
)
# What only the Senate's newsroom prints around a release.
_SENATE_NEWSROOM = re.compile(
    r"^(?:Share this Article or Press Release|Go to Newsroom|COMMITTEE: .+|(?i:related legislation))$",
    re.MULTILINE,
)
_HOUSE_BELOW = re.compile(
    r"^(?:The )?(New York City Council|New York State Senate|New York State Assembly)$", re.MULTILINE
)
_COPIES = re.compile(r"^(?:cc|c\.c\.|copies)\b", re.IGNORECASE | re.MULTILINE)
_ABOUT = re.compile(
    r"^(?:About|ABOUT) (?:[Tt]he |THE )?([A-Z][\w.&’'-]*"
    r"(?: (?:[A-Z][\w.&’'-]*|of|for|and|the|to|in|&)){1,9})(?::.*)?$",
    re.MULTILINE,
)
# "Source: Hudson Courier / Subject: ... / Type: Media Coverage", as a library of releases labels its items.
_LIBRARY_SOURCE = re.compile(r"^Source: ?([^\n]{2,80})\n(?:[^\n]{1,80}\n){0,2}Type: ", re.MULTILINE)
_STAFF = re.compile(
    r"^[A-Z][\w.'’-]+ (?:[A-Z]\. )?[A-Z][\w'’-]+, ((?:[A-Z][\w'’-]+ ){0,2}[A-Z][\w'’-]+) Staff\n"
    r"(?=Posted|Published|Updated|[A-Z][a-z]{2,8}\.? \d)",
    re.MULTILINE,
)
_ISSUES_STATEMENT = re.compile(
    r"^(?:The )?([A-Z][\w&’' -]{3,80}?) (?:today )?(?:issues?|issued|releases?|released) (?:today )?the following "
    r"(?:joint )?statement\b",
    re.MULTILINE,
)
_SHORT_FORM = re.compile(
    r"([A-Z]{3,8})(?:['’]s)? (?:Joins|Statement|Responds|Reacts|Applauds|Celebrates|Calls|Urges|Demands|"
    r"Condemns|Denounces|Commends|Praises|Announces|Releases|Welcomes)\b"
)
_ON_BEHALF = re.compile(
    r"\b[Oo]n behalf of (?:[a-z]+ ){0,4}(?:the )?([A-Z][\w’'&-]+(?: (?:[A-Z][\w’'&-]+|of|for|and|the|&)){1,7})"
)
_AFFILIATE = re.compile(r"^affiliate:\s*(.{3,80})$", re.IGNORECASE | re.MULTILINE)
_SITE_LINE = re.compile(
    r"^(?:published by|source|from|via|by):?\s+((?:the )?[A-Z][\w&.’' "
    r"-]{4,80}(?:Coalition|Union|Project|Society|Council|Alliance|Center|News|Times|"
    r"Post|Herald|Magazine|Journal|Gazette|Tribune|Courier|Reporter|Sun|Star|Voice))$",
    re.MULTILINE,
)
_OF_OFFICE = (
    (re.compile(r"\battorney general\b", re.IGNORECASE), "New York State Attorney General"),
    (
        re.compile(
            r"\bcongress(?:man|woman|member)?\b|\brep(?:resentative|s?\.)|\bu\.s\. senator\b|"
            r"united states senator",
            re.IGNORECASE,
        ),
        "United States Congress",
    ),
    (re.compile(r"\bassembly", re.IGNORECASE), "New York State Assembly"),
    (re.compile(r"\bcouncil|\bspeaker\b(?!.*assembly)", re.IGNORECASE), "New York City Council"),
    (re.compile(r"\bsenat", re.IGNORECASE), "New York State Senate"),
    (re.compile(r"\bgov(?:ernor|\.)", re.IGNORECASE), "New York State Governor"),
    (re.compile(r"\bmayor\b", re.IGNORECASE), "Office of the Mayor"),
    (re.compile(r"\bcomptroller\b", re.IGNORECASE), "New York City Comptroller"),
    (re.compile(r"\bpublic advocate\b", re.IGNORECASE), "New York City Public Advocate"),
)
_COUNCIL_TEXT = re.compile(
    r"Council of the City of New York|\bThe Council(?:['’]s)?\b|New York City Council|"
    r"^By (?:The |the )?(?:Council Member|Speaker|Public Advocate)",
    re.MULTILINE,
)
_OF_COUNCIL = re.compile(r"\bCity Council\b|\bCouncil Speaker\b|\bCouncil ?[Mm]embers?\b")
# "the Los Angeles City Council": bodies of other places have the same names of offices.
_BODY_OF_PLACE = re.compile(
    r"\b((?:[A-Z][a-z]+ )?[A-Z][a-z]+) (?:City Council|State Senate|State Assembly|Board of Supervisors)\b"
)
_LEAD_ORGANISATION = re.compile(
    r"\b(?:today,? |yesterday,? )?the ([A-Z][\w’'&-]+(?: (?:[A-Z][\w’'&-]+|of|for|and|"
    r"the|&)){1,7})(?: \([A-Z]{2,8}\))?(?:,| today| and| joined| rallied| released|"
    r" issued| announced| applaud| celebrate| call)"
)
_FILE_HOSTS = (
    ("nysenate-gov", "New York State Senate"),
    ("nysenate.gov", "New York State Senate"),
    ("nyassembly-gov", "New York State Assembly"),
    ("nyassembly.gov", "New York State Assembly"),
    ("assembly-state-ny-us", "New York State Assembly"),
    ("council-nyc-gov", "New York City Council"),
    ("council.nyc.gov", "New York City Council"),
    ("congress-gov", "United States Congress"),
    ("govtrack", "GovTrack"),
    ("legiscan", "LegiScan"),
    ("ag-ny-gov", "New York State Attorney General"),
    ("governor-ny-gov", "New York State Governor"),
)


def find_publisher(
    kind: str,
    header: list[Block],
    lead: str,
    *,
    site_name: str = "",
    filename: str = "",
    primary: Speaker | None = None,
    organisations: list[str] | None = None,
    title: str = "",
    below: list[Block] | None = None,
) -> str:
    """The publisher's name, "" where nothing tells it. `lead` is the start of the text; `organisations` are
    those that speak in it, in order; `below` is what stands under it.
    """
    if site_name:
        return site_name
    above = "\n".join(block.text for block in header)
    match = _AFFILIATE.search(above)
    match = match or _LIBRARY_SOURCE.search(above)
    if match:
        return match.group(1).strip()
    for pattern, name in (
        _IN_HEADER[:2] if kind == "letter" else _IN_HEADER
    ):  # above a letter stands whom it is to
        if pattern.search(above) or (name == "New York City Council" and pattern.search(lead[:80])):
            return name
    for host, name in _FILE_HOSTS:
        if host in filename.casefold():
            return name
    match = _SITE_LINE.search(above) or _STAFF.search(above)
    if match:
        return match.group(1).strip()
    if kind == "news":
        return ""
    under = "\n".join(block.text for block in below or [])
    named = _named_around(kind, title, above, under, lead)
    if named:
        return named
    if kind == "resolution" and _COUNCIL_TEXT.search(f"{above}\n{lead}"):
        return "New York City Council"
    if kind == "letter" and not (primary and any(map(is_office, primary.title.split()))):
        match = _ON_BEHALF.search(lead)
        if match and has_organisation_word(match.group(1)):
            return match.group(1)
    return _of_primary(primary, lead) or _issuing_organisation(lead, organisations or [])


def _named_around(kind: str, title: str, above: str, under: str, lead: str) -> str:
    """Who the lines around the text say it is of, before anybody who speaks in it is asked."""
    newsroom = _SENATE_NEWSROOM.search(f"{above}\n{under}") if kind != "letter" else None
    if newsroom or SENATE_ISSUE_LINE.search(above):
        return "New York State Senate"
    house = _HOUSE_BELOW.search(_COPIES.split(under, maxsplit=1)[0])
    if house:
        return house.group(1)
    match = _ISSUES_STATEMENT.search(above) or _ISSUES_STATEMENT.search(lead[:600])
    if match and has_organisation_word(match.group(1)) and not has_title_word(match.group(1)):
        return match.group(1).strip()
    match = _ABOUT.search(under)
    if match and has_organisation_word(match.group(1)):
        return match.group(1).strip()
    short = _SHORT_FORM.match(title)
    return _in_full(short.group(1), lead) if short else ""


def _in_full(short: str, text: str) -> str:
    """The organisation that a short form in capitals stands for: its words begin with the letters in turn."""
    initials = r" (?:(?:of|for|the|and|to|in) ){0,2}".join(rf"{letter}[\w’'-]*" for letter in short)
    match = re.search(rf"\b{initials}", text)
    return match.group() if match and not is_only_place(match.group()) else ""


def _of_primary(primary: Speaker | None, lead: str) -> str:
    if primary is None:
        return ""
    if primary.organisation:
        return primary.organisation
    if primary.title.casefold() == "speaker" and "Assembly" in lead and not _OF_COUNCIL.search(lead):
        return "New York State Assembly"
    office = next((name for pattern, name in _OF_OFFICE if pattern.search(primary.title)), "")
    if office.startswith("New York") and _is_of_another_place(lead):
        return ""
    return (
        f"Office of {primary.name}, United States Congress" if office == "United States Congress" else office
    )


def _is_of_another_place(lead: str) -> bool:
    """Whether the text names a city's or state's body and never New York's."""
    places = {match.group(1).removeprefix("The ") for match in _BODY_OF_PLACE.finditer(lead)}
    return bool(places - {"The", "York", "New York"}) and not re.search(r"\bNew York\b|\bNYC?\b|N\.Y\.", lead)


def _issuing_organisation(lead: str, spoken: list[str]) -> str:
    """The organisation that the first sentence names, where it is one that speaks; else the first that
    speaks.
    """
    match = _LEAD_ORGANISATION.search(lead[:600])
    named = match.group(1) if match else ""
    if named and any(named in organisation or organisation in named for organisation in spoken):
        return named
    return spoken[0] if spoken else ""
