"""What sort of document a text is, by how such texts are built."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from statements.documents.small_letters import small

HEAD = 6_000  # characters at the start that tell what a page is


@dataclass(frozen=True, slots=True)
class _Signs:
    """What pages of one sort print, each with its weight.

    `lines` stand at the beginning of a line. `words` stand anywhere, and each has letters, in small, without which it
    finds nothing: looking for these takes a fiftieth of its time.
    """

    lines: tuple[tuple[int, re.Pattern], ...]
    words: tuple[tuple[int, re.Pattern, tuple[str, ...]], ...]
    any_line: re.Pattern = field(init=False)  # all `lines` in one: most texts have none of them

    def __post_init__(self) -> None:
        each = (f"(?{'i' * bool(line.flags & re.IGNORECASE)}:{line.pattern})" for _, line in self.lines)
        object.__setattr__(self, "any_line", re.compile(rf"\n(?:{'|'.join(each)})", re.MULTILINE))

    def weigh(self, text: str) -> int:
        """The weights of the signs that `text` has, together."""
        letters = small(text)
        weight = sum(
            weight
            for weight, pattern, needed in self.words
            if any(one in letters for one in needed) and pattern.search(text)
        )
        if self.any_line.search("\n" + text):  # the engine skips to a line's end, though not to "^"
            weight += sum(weight for weight, pattern in self.lines if pattern.search(text))
        return weight

    def first(self, text: str) -> int:
        """Where the first of them stands; 0 where `text` has none."""
        patterns = [pattern for _, pattern in self.lines] + [pattern for _, pattern, _ in self.words]
        return min((match.start() for pattern in patterns if (match := pattern.search(text))), default=0)


_BILL_PAGE = _Signs(
    lines=(
        (
            4,
            re.compile(
                r"^(?:senate|assembly) (?:bill|resolution) [SAJKBCREL]\d", re.IGNORECASE | re.MULTILINE
            ),
        ),
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
        (
            4,
            re.compile(
                r"^(?:Proposed )?(?:Preconsidered )?Int\.? ?(?:No\.? ?)?\d+(?:-[A-Z])?$",
                re.MULTILINE | re.IGNORECASE,
            ),
        ),
        (2, re.compile(r"^(?:co-)?sponsors?:", re.IGNORECASE | re.MULTILINE)),
        (2, re.compile(r"^BILL NUMBER: ?[SA]\d", re.MULTILINE)),
        (2, re.compile(r"^TITLE OF BILL:", re.MULTILINE)),
        (4, re.compile(r"^Introduced Session$", re.MULTILINE)),
    ),
    words=(
        (
            4,
            re.compile(r"Current Bill Status|Archive: Last Bill Status|Last Bill Status\b"),
            ("bill status",),
        ),
        (
            4,
            re.compile(r"^Bill Text: [A-Z]{2} |^Bill Title: |\| General Assembly\b", re.MULTILINE),
            ("bill text:", "bill title:", "general assembly"),
        ),
        (
            3,
            re.compile(
                r"^Latest Action:|^Tracker:|^Sponsor and status$|This bill has the status", re.MULTILINE
            ),
            ("latest action:", "tracker:", "sponsor and status", "has the status"),
        ),
        (
            4,
            re.compile(
                r"S ?T ?A ?T ?E {1,3}O ?F {1,3}N ?E ?W {1,3}Y ?O ?R ?K\s+_{5,}|"
                r"Regular Sessions\s+I ?N {1,3}(?:S ?E ?N|A ?S ?S)",
                re.IGNORECASE,
            ),
            ("_____", "regular sess"),
        ),
        (
            4,
            re.compile(
                r"^Be it enacted by the (?:Council|Senate and House)|do enact as follows:",
                re.MULTILINE | re.IGNORECASE,
            ),
            ("enact",),
        ),
    ),
)
_WHEREAS = re.compile(r"(?:^|; and,? ?\n?)\s*whereas\b", re.IGNORECASE | re.MULTILINE)
_RESOLUTION = _Signs(
    lines=(
        (
            3,
            re.compile(
                r"^(?:Preconsidered |Proposed )?Res(?:olution|\.)? (?:No\.? ?)?\d+",
                re.IGNORECASE | re.MULTILINE,
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
        (2, re.compile(r"^By (?:The )?(?:Speaker|Council Members?|the Public Advocate)\b", re.MULTILINE)),
    ),
    words=(
        (
            3,
            re.compile(r"\bResolved, That\b|\bBE IT RESOLVED\b|therefore,? be it", re.IGNORECASE),
            ("resolved", "therefore"),
        ),
        (2, re.compile(r"\b(?:read|view) (?:the )?full resolution\b", re.IGNORECASE), ("full resolut",)),
    ),
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
    re.MULTILINE,
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
)
_RALLY = re.compile(
    r"\b(?:coalition|advocates|organi[sz]ations|groups|allies|alliance|neighbors|"
    r"faith leaders)\b[^.\n]{0,120}"
    r"\b(?:rallied|gathered|marched|joined|celebrated?|hailed|demanded|urged?|"
    r"released a sign-on|called (?:on|for))\b",
)
# What only a legislature's own page of a resolution prints beside the resolution's text.
_RECORD = re.compile(
    r"^File ?#:|^Current Bill Status|^Archive: Last Bill Status|^BILL NO(?:\b|[A-Z]\d)", re.MULTILINE
)
LETTER_LENGTH = 350  # characters after a salutation that make a letter of a text without a closing
COALITION_ORGANISATIONS = 2  # this many organisations speaking make a coalition's statement of a release


def is_bill_page(text: str) -> bool:
    """Is the page a record of one bill: its status, sponsors, actions or text?"""
    head = text[:HEAD]
    score = _BILL_PAGE.weigh(head)
    if score < 4 or (_has_clauses(text) and not _RECORD.search(head)):
        return False
    return not (_BILL_PAGE.first(head) > 1500 and _RELEASE.search(head[:1500]))


def _has_clauses(text: str) -> bool:
    """Has the text two clauses of "Whereas" or more?"""
    head = text[:40_000]
    return small(head).count("whereas") >= 2 and len(_WHEREAS.findall(head)) >= 2


# What a text alone tells is asked twice: before and after it is known who speaks.
_asked_twice = lru_cache(maxsize=2)


@_asked_twice
def is_letter(text: str) -> bool:
    """Has the text a salutation, and a closing or a letter's length after it?"""
    match = salutation(text)
    if not match:
        return False
    after = text[match.end() :]
    return bool(_CLOSING.search(after)) or len(after) > LETTER_LENGTH


def salutation(text: str) -> re.Match | None:
    """Where a letter's "Dear ..." stands."""
    letters = small(text)
    if "dear " not in letters and "to whom" not in letters:
        return None
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
    return _has_clauses(text) or _RESOLUTION.weigh(text[:60_000]) >= 5


@_asked_twice
def _is_of_newspaper(text: str) -> bool:
    """Do its first lines name who wrote it, as a newspaper's do?"""
    if _OF_NEWSROOM.search(text[:1500]):
        return True
    return bool(_BYLINE.search(text[:3000])) and not _OFFERED.search(text[:3000])


@_asked_twice
def _is_joint(text: str) -> bool:
    letters = small(text)[:4000]
    needed = ("statement", "undersigned", "sign-on")
    return any(one in letters for one in needed) and bool(_JOINT.search(letters))


@_asked_twice
def _is_of_rally(text: str) -> bool:
    return bool(_RALLY.search(small(text)[:1500]))


@_asked_twice
def _is_of_blog(text: str) -> bool:
    letters = small(text)
    needed = ("posted", "leave a ", "filed under", "no comments", "tag:", "tags:")
    found = any(one in letters for one in needed) and _BLOG.search(letters)
    return bool(found) and not _RELEASE.search(text[:3000])


def kind_of(text: str, *, speakers: int = 0, organisations: int = 0, by_official: bool = False) -> str:
    """The kind of a text that is no bill page.

    `speakers` and `organisations` count those that speak; `by_official` tells that a public office issued it.
    """
    if is_letter(text):
        return "letter"
    if is_resolution(text):
        return "resolution"
    if _is_of_newspaper(text):
        return "news"
    if not by_official and organisations >= COALITION_ORGANISATIONS:
        return "coalition_statement"
    if not by_official and (speakers > 1 and _is_of_rally(text) if organisations else _is_joint(text)):
        return "coalition_statement"
    if _is_of_blog(text):
        return "news"
    return "press_release"
