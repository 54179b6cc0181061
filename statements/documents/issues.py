"""What a document is about: the issues its page lists, else a few that it is plainly and chiefly about."""

from __future__ import annotations

import re

from statements.documents.dates import find_dates
from statements.documents.layout import Block
from statements.documents.small_letters import small
from statements.documents.vocabulary import words

# Under a title, name and date only the State Senate's newsroom prints this label.
SENATE_ISSUE_LINE = re.compile(r"^\|? ?ISSUES?:", re.MULTILINE)
_LISTED = re.compile(
    r"^(?:issues?|issue areas?|topics?|issues? in this (?:press )?release|related issues?)\s?:\s*(.{0,300})$",
    re.IGNORECASE,
)
_LISTED_ABOVE = re.compile(
    r"^(?:issues?|issue areas?|topics?|related issues?|"
    r"learn more .{0,4}about the issues in this press release)\s?:?$",
    re.IGNORECASE,
)
_IN_FOOTER = re.compile(r"^the latest in (.{3,60})$|^learn more about ((?:[A-Z]\S+ ?){1,4})$", re.IGNORECASE)
_PAGE_PART = re.compile(
    r"\b(?:related|content|press|release|news|more|share|comments?|posts?|\d+)\b", re.IGNORECASE
)
_SITE_TAG = re.compile(r"(?:nys|new york state) (?:senate|assembly)|press releases?|news", re.IGNORECASE)
_ITEM = re.compile(r"[A-Za-z][\w'’/&,.() -]{2,60}")
_SMALL_WORDS = words("and of for the in to or on")

_RENAMED = {
    "immigrants' rights": "Immigrant Rights",
    "immigrants rights": "Immigrant Rights",
    "immigrant's rights": "Immigrant Rights",
    "immigration rights": "Immigrant Rights",
    "immigration reform": "Immigration",
    "drivers licenses": "Driver's Licenses",
    "drivers' licenses": "Driver's Licenses",
    "driver licenses": "Driver's Licenses",
    "law enforcement": "Law Enforcement",
}

# Patterns but the second are asked of a text in small letters.
_IMMIGRATION = re.compile(
    r"\b(?:im?migra(?:nt|tion)s?|undocumented|deport(?:ation|ations|ed|ing)?|"
    r"asylum|refugees?|sanctuary|non-?citizens?|migrants?|"
    r"detainers?|citizenship|dreamers?|dream act|temporary protected status|secure communities)\b"
)
_IMMIGRATION_ABBREVIATED = re.compile(r"(?:ICE(?<!\w...)|DACA(?<!\w....)|TPS(?<!\w...)|287\(g(?<!\w.....))\b")
_ABOUT = (
    (
        "Driver's Licenses",
        re.compile(r"\bdriver['’]?s?['’]?s? licen[sc]es?\b|\bgreen ?light\b"),
    ),
    ("Deportation", re.compile(r"\bdeport(?:ations?|ed|ing|ees?)?\b")),
    ("Detention", re.compile(r"\bdetentions?\b|\bdetainers?\b|\bdetainees?\b")),
    ("Courts", re.compile(r"\bcourt ?houses?\b|\bour courts\b|\bin courts\b|\bcourts act\b")),
    (
        "Legal Services",
        re.compile(
            r"\blegal (?:services|defense|representation|counsel)\b|"
            r"\baccess to representation\b|\bright to counsel\b"
        ),
    ),
    (
        "Education",
        re.compile(r"\bdream act\b|\btuition\b|\bstudents?\b|\bcolleges?\b|\beducation\b"),
    ),
    ("Health", re.compile(r"\bhealth(?:care)?\b|\bcoverage for all\b|\bmedicaid\b")),
    ("Labor", re.compile(r"\b(?:farm)?workers?\b|\bwages?\b|\blabor\b|\bexcluded workers\b")),
    ("Policing", re.compile(r"\bpolice\b|\bpolicing\b|\blocal law enforcement\b")),
    ("Voting", re.compile(r"\bvoting\b|\bright to vote\b|\bvoters?\b")),
    (
        "Language Access",
        re.compile(r"\blanguage access\b|\binterpret(?:ers|ation)\b|\btranslation\b"),
    ),
    ("Housing", re.compile(r"\bhousing\b|\bshelters?\b|\btenants?\b")),
)
MOST_INFERRED = 2  # issues that a text may be given which lists none
PLAINLY = 4  # mentions in the text that make a second subject of a word of its title
READ = 60_000  # characters of a text that are read for its issues
CHIEFLY = 3  # mentions that make a text one about immigration


def listed_issues(header: list[Block], footer: list[Block]) -> tuple[str, ...]:
    """The issues that the page lists by itself, in its order; () where it lists none."""
    return labelled_issues(header) or _normal(_tags_under_date(header) or _in_footer(footer))


def labelled_issues(header: list[Block]) -> tuple[str, ...]:
    """The issues after "ISSUE:" above the text, on its line or as a list under it."""
    found: list[str] = []
    for index, block in enumerate(header):
        match = _LISTED.match(block.text)
        if match and match.group(1).strip():
            found.extend(re.split(r"\s*[,;|]\s*", match.group(1)))
        elif _LISTED_ABOVE.match(block.text):
            for item in header[index + 1 : index + 9]:
                if not (item.bullet and len(item.text) < 50 and _ITEM.fullmatch(item.text)):
                    break
                found.append(item.text)
    return _normal(found)


def _normal(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(issue for issue in map(normal_issue, found) if issue))


def _tags_under_date(header: list[Block]) -> list[str]:
    """Short list items right under the date line of a release: the Senate's site prints its tags so,
    without a label.
    """
    for index, block in enumerate(header[:-1]):
        if not (len(block.text) < 40 and find_dates(block.text)):
            continue
        items = []
        for item in header[index + 1 : index + 12]:
            if (
                not item.bullet
                or len(item.text) > 60
                or _PAGE_PART.search(item.text)
                or item.text.startswith("NYS ")
            ):
                break
            items.extend(re.split(r"\s*;\s*", item.text))
        if items:
            return items
    return []


def _in_footer(footer: list[Block]) -> list[str]:
    for index, block in enumerate(footer[:30]):
        match = _LISTED.match(block.text)
        if match and match.group(1).strip():
            return re.split(r"\s*[,;|]\s*", match.group(1))
        match = _IN_FOOTER.match(block.text)
        if match:
            return [match.group(1) or match.group(2)]
        following = footer[index + 1].text if index + 1 < len(footer) else ""
        if _LISTED_ABOVE.match(block.text) and 3 < len(following) < 40 and not _PAGE_PART.search(following):
            return [following]
    return []


def normal_issue(text: str) -> str:
    """An issue in title case: "IMMIGRANT RIGHTS" gives "Immigrant Rights"; "" for what is no issue."""
    text = " ".join(text.strip(" .,;:|*_").replace("’", "'").split())
    if not text or len(text) > 60 or not any(map(str.isalpha, text)) or _SITE_TAG.fullmatch(text):
        return ""
    renamed = _RENAMED.get(text.casefold())
    if renamed:
        return renamed
    words = text.split(" ")
    return " ".join(_titled(word, first=not index) for index, word in enumerate(words))


def _titled(word: str, *, first: bool) -> str:
    if word.casefold() in _SMALL_WORDS and not first:
        return word.casefold()
    if word.isupper() or word.islower():
        return "/".join(
            "-".join(part[:1].upper() + part[1:].casefold() for part in piece.split("-"))
            for piece in word.split("/")
        )
    return word


def issues_of_bill(title: str, text: str, committee: str) -> tuple[str, ...]:
    """The issue of a bill page that lists none: immigration, where title, summary or committee say so."""
    return ("Immigration",) if committee == "Immigration" or _mentions(f"{title}\n{text[:1500]}") else ()


def _mentions(text: str) -> int:
    """How often `text` names immigration and what belongs to it."""
    return len(_IMMIGRATION.findall(small(text))) + len(_IMMIGRATION_ABBREVIATED.findall(text))


def inferred_issues(title: str, body: str) -> tuple[str, ...]:
    """The issues a text is plainly about where its page lists none: immigration first, then what its title
    names.
    """
    read = body[:READ]
    mentions = _mentions(read)
    in_title = bool(_mentions(title))
    words = max(1, body.count(" "))
    issues = []
    share = mentions / words
    chiefly = (
        mentions > CHIEFLY + 1
        or (mentions >= CHIEFLY and share > 0.006)
        or (mentions == CHIEFLY - 1 and share > 0.012)
    )
    if (in_title and mentions) or chiefly:
        issues.append("Immigration")
    least = PLAINLY if issues else 2
    named, letters = small(title), small(read)
    issues.extend(
        name for name, pattern in _ABOUT if pattern.search(named) and len(pattern.findall(letters)) >= least
    )
    return tuple(issues[:MOST_INFERRED])
