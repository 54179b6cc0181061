"""What sort of document a text is, by how such texts are built."""

from __future__ import annotations

import re
from functools import lru_cache

HEAD = 6_000  # characters at the start that tell what a page is

_BILL_PAGE = (
    (4, re.compile(r"^(?:senate|assembly) (?:bill|resolution) [SAJKBCREL]\d", re.IGNORECASE | re.MULTILINE)),
    (4, re.compile(r"Current Bill Status|Archive: Last Bill Status|Last Bill Status\b")),
    (4, re.compile(r"^[SA]0\d{4} (?:Summary|Actions|Memo|Text|Committee Votes):?", re.MULTILINE)),
    (4, re.compile(r"^BILL NO(?:\b|[A-Z]\d)", re.MULTILINE)),
    (
        4,
        re.compile(
            r"^(?:20|19)\d\d-[SA]\d+[A-Z]? (?:\((?:ACTIVE|REFERENCE)\) )?- (?:Details|Summary|"
            r"Sponsor Memo|Bill Text)",
            re.MULTILINE,
        ),
    ),
    (4, re.compile(r"^[SA]\d+[A-Z]? - (?:Details|Bill Text|Summary|Sponsor Memo)", re.MULTILINE)),
    (
        3,
        re.compile(
            r"^Versions Introduced in|^Legislative Cycle:|^Law Section:|^Laws Affected:", re.MULTILINE
        ),
    ),
    (4, re.compile(r"^Bill Text: [A-Z]{2} |^Bill Title: |\| General Assembly\b", re.MULTILINE)),
    (4, re.compile(r"^File ?#:", re.MULTILINE)),
    (
        4,
        re.compile(
            r"^\[Congressional Bills|^\[From the U\.S\. Government (?:Publishing|Printing) Office\]",
            re.MULTILINE,
        ),
    ),
    (
        4,
        re.compile(
            r"^(?:H\.? ?R\.|S\.|H\.J\.Res\.|H\.Res\.|S\.Res\.) ?\d+ ?(?:\(\d+(?:st|nd|rd|"
            r"th)\)|[-—–] ?\d+(?:st|nd|rd|th) Congress|[-–—] [A-Z])",
            re.MULTILINE,
        ),
    ),
    (3, re.compile(r"^Latest Action:|^Tracker:|^Sponsor and status$|This bill has the status", re.MULTILINE)),
    (
        4,
        re.compile(
            r"S ?T ?A ?T ?E {1,3}O ?F {1,3}N ?E ?W {1,3}Y ?O ?R ?K\s+_{5,}|"
            r"Regular Sessions\s+I ?N {1,3}(?:S ?E ?N|A ?S ?S)",
            re.IGNORECASE,
        ),
    ),
    (
        4,
        re.compile(
            r"^(?:Proposed )?(?:Preconsidered )?Int\.? ?(?:No\.? ?)?\d+(?:-[A-Z])?$",
            re.MULTILINE | re.IGNORECASE,
        ),
    ),
    (
        4,
        re.compile(
            r"^Be it enacted by the (?:Council|Senate and House)|do enact as follows:",
            re.MULTILINE | re.IGNORECASE,
        ),
    ),
    (2, re.compile(r"^(?:co-)?sponsors?:", re.IGNORECASE | re.MULTILINE)),
    (2, re.compile(r"^BILL NUMBER: ?[SA]\d", re.MULTILINE)),
    (2, re.compile(r"^TITLE OF BILL:", re.MULTILINE)),
    (4, re.compile(r"^Introduced Session$", re.MULTILINE)),
)
_WHEREAS = re.compile(r"(?:^|; and,? ?\n?)\s*whereas\b", re.IGNORECASE | re.MULTILINE)
_RESOLUTION = (
    (3, re.compile(r"\bResolved, That\b|\bBE IT RESOLVED\b|therefore,? be it", re.IGNORECASE)),
    (
        3,
        re.compile(
            r"^(?:Preconsidered |Proposed )?Res(?:olution|\.)? (?:No\.? ?)?\d+", re.IGNORECASE | re.MULTILINE
        ),
    ),
    (3, re.compile(r"^LS ?#? ?\d{2,5}", re.MULTILINE)),
    (
        3,
        re.compile(
            r"^(?:A )?resolution (?:calling|urging|supporting|opposing|condemning|declaring|"
            r"affirming|recognizing|in support|in opposition|authorizing)",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    (2, re.compile(r"\b(?:read|view) (?:the )?full resolution\b", re.IGNORECASE)),
    (2, re.compile(r"^By (?:The )?(?:Speaker|Council Members?|the Public Advocate)\b", re.MULTILINE)),
)
_SALUTATION = re.compile(
    r"^(?:dear [^.!?\n]{2,160}[,:]|dear (?:mr|ms|mrs|dr|gov|sen|rep|"
    r"hon)\.? [^.!?\n]{2,100}[,:]|to whom it may concern[,:])",
    re.IGNORECASE | re.MULTILINE,
)
_INLINE_SALUTATION = re.compile(
    r"\bDear (?:Mr|Ms|Mrs|Dr|Gov|Sen|Rep)\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?[,:]\s"
)
_CLOSING = re.compile(
    r"^(?:(?:very |yours )?(?:sincerely|truly|respectfully|faithfully)(?: yours|"
    r" submitted)?|(?:best|kind|warm)? ?regards|in solidarity|"
    r"thank you(?: for your (?:time|attention|consideration).{0,60})?|with gratitude|signed|yours)[,.]?$",
    re.IGNORECASE | re.MULTILINE,
)
_RELEASE = re.compile(
    r"for immediate release|press release|media advisory|\bNEW YORK STATE SENATOR\b|"
    r"\bissued the following\b|\breleased the following\b|"
    r"^(?:\([^)\n]{3,40}\)|[A-Z][A-Za-z .]{2,30},? ?(?:N\.?Y\.?|D\.?C\.?|"
    r"New York)?) ?[–—-]{1,2} ?(?:today|[A-Z])",
    re.IGNORECASE | re.MULTILINE,
)
_BLOG = re.compile(
    r"this entry was posted|posted (?:on|by)\b[^\n]{0,60}\bby\b|leave a (?:reply|"
    r"comment)|filed under|\bno comments\b|^tags?:",
    re.IGNORECASE | re.MULTILINE,
)
_BYLINE = re.compile(
    r"^By (?!Special|Staff)[A-Z][\w.'’-]+ (?:[A-Z]\. )?[A-Z][\w'’-]+(?:$| ?[|,•·–—-] )", re.MULTILINE
)
# "Ana Roy, Courier Staff"; the label of an organisation's page that keeps what others wrote of it.
_OF_NEWSROOM = re.compile(
    r"^[A-Z][\w.'’-]+ (?:[A-Z]\. )?[A-Z][\w'’-]+, (?:[A-Z][\w'’-]+ ){1,3}Staff\n+"
    r"(?=Posted|Published|Updated|[A-Z][a-z]{2,8}\.? \d)|"
    r"^Type: ?(?:Media Coverage|In the News|News Coverage|Press Coverage)$",
    re.MULTILINE,
)
_OFFERED = re.compile(r"for immediate release|\bpress release\b", re.IGNORECASE)
_JOINT = re.compile(
    r"\b(?:advocates|organi[sz]ations|groups|coalition|members of the [^.\n]{3,60}|"
    r"leaders|allies)\b[^.\n]{0,120}\b(?:released|issued|made|shared)\b"
    r"[^.\n]{0,30}\bstatements?\b|\bjoint statement\b|\bundersigned\b|\bsign-on (?:letter|statement)\b",
    re.IGNORECASE,
)
_RALLY = re.compile(
    r"\b(?:coalition|advocates|organi[sz]ations|groups|allies|alliance|neighbors|"
    r"faith leaders)\b[^.\n]{0,120}"
    r"\b(?:rallied|gathered|marched|joined|celebrated?|hailed|demanded|urged?|"
    r"released a sign-on|called (?:on|for))\b",
    re.IGNORECASE,
)
# What only a legislature's own page of a resolution prints beside the resolution's text.
_RECORD = re.compile(
    r"^File ?#:|^Current Bill Status|^Archive: Last Bill Status|^BILL NO(?:\b|[A-Z]\d)", re.MULTILINE
)
LETTER_LENGTH = 350  # characters after a salutation that make a letter of a text without a closing
COALITION_ORGANISATIONS = 2  # this many organisations speaking make a coalition's statement of a release


# Letters without which a pattern finds nothing, casefolded. Looking for them takes a fiftieth of the time that a
# pattern takes which begins with alternatives in either case. None has an "i": Turkish letters match it, and casefold
# to something else.
_NEEDED: dict[re.Pattern, tuple[str, ...]] = {
    _JOINT: ("statement", "unders", "gn-on"),
    _BLOG: ("posted", "leave a ", "led under", "no comments", "tag"),
}
_NEEDED |= {
    pattern: needed
    for _, pattern in (*_BILL_PAGE, *_RESOLUTION)
    for beginning, needed in {
        "S ?T ?A": ("_____", "regular sess"),
        "^Be it enacted": ("enact",),
        r"\bResolved, That": ("resolved", "therefore"),
        r"\b(?:read|view)": ("full resolut",),
    }.items()
    if pattern.pattern.startswith(beginning)
}


def _finds(pattern: re.Pattern, text: str, folded: str) -> bool:
    """`folded` is the whole text casefolded, or more of it."""
    needed = _NEEDED.get(pattern)
    return (needed is None or any(one in folded for one in needed)) and bool(pattern.search(text))


def is_bill_page(text: str) -> bool:
    """Is the page a record of one bill: its status, sponsors, actions or text?"""
    head = text[:HEAD]
    folded = head.casefold()
    score = sum(weight for weight, pattern in _BILL_PAGE if _finds(pattern, head, folded))
    if not score:
        return False
    if len(_WHEREAS.findall(text[:40_000])) >= 2 and not _RECORD.search(head):
        return False
    long_before = _first_sign(head) > 1500 and _RELEASE.search(head[:1500])
    return score >= 4 and not long_before


def _first_sign(head: str) -> int:
    return min((match.start() for _, pattern in _BILL_PAGE if (match := pattern.search(head))), default=0)


# What a text alone tells is asked twice: before and after it is known who speaks.
_asked_twice = lru_cache(maxsize=2)


@_asked_twice
def is_letter(text: str) -> bool:
    """Has the text a salutation, and a closing or a letter's length after it?"""
    match = _SALUTATION.search(text) or _INLINE_SALUTATION.search(text[:1500])
    if not match:
        return False
    after = text[match.end() :]
    return bool(_CLOSING.search(after)) or len(after) > LETTER_LENGTH


def salutation(text: str) -> re.Match | None:
    """Where a letter's "Dear ..." stands."""
    return _SALUTATION.search(text) or _INLINE_SALUTATION.search(text[:1500])


def closing(text: str, start: int) -> re.Match | None:
    """Where a letter's "Sincerely," stands, after `start`; the last one where there are several."""
    found = None
    for match in _CLOSING.finditer(text, start):
        found = match
    return found


@_asked_twice
def is_resolution(text: str) -> bool:
    """Is the text a resolution: clauses of "Whereas", a resolution's number or drafting number?"""
    if len(_WHEREAS.findall(text[:40_000])) >= 2:
        return True
    head = text[:60_000]
    folded = head.casefold()
    return sum(weight for weight, pattern in _RESOLUTION if _finds(pattern, head, folded)) >= 5


@_asked_twice
def _is_joint(text: str) -> bool:
    head = text[:4000]
    return _finds(_JOINT, head, head.casefold())


@_asked_twice
def _is_of_blog(text: str) -> bool:
    return _finds(_BLOG, text, text.casefold()) and not _RELEASE.search(text[:3000])


def kind_of(text: str, *, speakers: int = 0, organisations: int = 0, by_official: bool = False) -> str:
    """The kind of a text that is no bill page.

    `speakers` and `organisations` count those that speak; `by_official` tells that a public office issued it.
    """
    if is_letter(text):
        return "letter"
    if is_resolution(text):
        return "resolution"
    if _OF_NEWSROOM.search(text[:1500]):
        return "news"
    if _BYLINE.search(text[:3000]) and not _OFFERED.search(text[:3000]):
        return "news"
    if not by_official and organisations >= COALITION_ORGANISATIONS:
        return "coalition_statement"
    joint = _is_joint(text) if not organisations else _RALLY.search(text[:1500]) and speakers > 1
    if not by_official and joint:
        return "coalition_statement"
    if _is_of_blog(text):
        return "news"
    return "press_release"
