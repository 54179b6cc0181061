"""Whose document it is: the person on whose page it stands, or whom its title or first sentence makes its
speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from statements.documents.attributions import introduced_by
from statements.documents.cast import OPENS_WORD, Cast
from statements.documents.credits import Credit, credit_end, read_credits
from statements.documents.datelines import without_dateline
from statements.documents.dates import find_dates
from statements.documents.issues import SENATE_ISSUE_LINE
from statements.documents.layout import Block
from statements.documents.offices import bare, is_office
from statements.documents.parsed import Speaker
from statements.documents.person_names import name_run, same_person, surname, tidy
from statements.documents.sentences import sentences
from statements.documents.small_letters import small
from statements.documents.speakers import Spoken

_OFFICIAL_TITLE = re.compile(
    r"^(?:NYC |NYS |New York (?:City |State )?|City |State )?(?:Senate|Assembly|"
    r"Council|Mayor|Governor|Attorney General|Comptroller|Legislature)\b(?! Must|"
    r" Fails| Should| Leaves)",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"^(?:NEW YORK STATE SENATOR|- ?NYS Senate|NYS Senate|City Hall, NY)|"
    r"Office of the (?:Attorney General|Governor|Mayor)|advocate\.nyc\.gov|nysenate\.gov|nyassembly\.gov|"
    r"council\.nyc\.gov",
    re.MULTILINE,
)
_LABEL = re.compile(
    r"(?:NEW YORK STATE SENATOR|New York State Senator|(?:State )?Senator|"
    r"Assembly ?[Mm]ember|Council ?[Mm]ember|Congress(?:man|woman|member)|"
    r"Member of Congress|Representative)$"
)
_STATEMENT_OF = re.compile(
    r"\b(?:statements?|remarks?|testimony|op-?ed|letter|message|comments?)\s+(?:from|by|of):?\s+(.{4,140}?)"
    r"(?=\s+(?:on|regarding|about|in|at|following|after|to|before|concerning|as|upon|re)\b|\s*[:–—]|$)",
    re.IGNORECASE,
)
# An organisation's library labels each item so; who is quoted in it speaks for somebody else.
_IN_LIBRARY = re.compile(r"^Source: ?[^\n]{2,80}\n(?:[^\n]{1,80}\n){0,2}Type: ", re.MULTILINE)
# "Assemblymember Lee Park: Statement on ..."
_OWN_STATEMENT = re.compile(
    r"(.{6,80}?)(?:['’]s)?(?: ?[:–—-])? (?:statement|remarks|testimony)\b", re.IGNORECASE
)
_OPEN_END = re.compile(
    r"\b(?:testimony|statement|remarks|submitted|presented|delivered)\b.{0,30}\b(?:of|by|from)\s?:?$",
    re.IGNORECASE,
)
_OFFICE_FIRST = re.compile(
    r"^(?:(?:NYS|NY|NYC|New York|State|City|Assembly|Senate|Council|U\.?S\.?|"
    r"United States|Majority|Deputy|Minority|IDC|Public|Attorney|Borough|Manhattan|"
    r"Brooklyn|Bronx|Queens)\s+)*"
    r"(?:Senators?|Sens?\.|Assembly ?(?:[Mm]ember|[Mm]an|[Ww]oman)s?|"
    r"Council ?(?:[Mm]ember|[Mm]an|[Ww]oman)s?|Member|Speaker|Leader|Governor|Gov\.|"
    r"Mayor|Comptroller|Advocate|President|General|"
    r"AG|Congress(?:man|woman|member)|Reps?\.?|Representatives?)\s+([A-ZÀ-Þ].{2,60})"
)
_OFFICE_BEFORE = re.compile(
    # As in the cast of a text: first the letter, then that it begins a word.
    rf"(s{OPENS_WORD}(?:enator|en\.|peaker)|a{OPENS_WORD}ssembly ?(?:member|man|woman)|"
    rf"c{OPENS_WORD}(?:ouncil ?(?:member|man|woman)|ongress(?:man|woman))) "
)
_WORD = re.compile(r"\S+ ")
_WORD_END = re.compile(r"\b")
_LEAD_SUBJECT = re.compile(
    r"(?P<who>.{4,200}?)\s+(?:today|yesterday|on \w+day|this week)?,?\s*(?:announced|"
    r"issued|released|called|introduced|urged|joined|wrote|commended|said|led|sent|"
    r"applauded|praised|"
    r"condemned|denounced|unveiled|celebrated|lauded|hosted|held|stood|demanded|"
    r"blasted|passed|voted|hailed|is calling|renewed|spoke|delivered|made|filed|"
    r"testified|secured|expressed|vowed|rallied)\b"
)
_BYLINE = re.compile(r"^by:?\s+(.{6,120})$", re.IGNORECASE)


def page_owner(header: list[Block], title: str, text: str, cast: Cast) -> Speaker | None:
    """The person on whose page of a legislature's site the document stands: a name above it, next to its
    label or date.
    """
    for index, block in enumerate(header):
        name = _name_of_line(block.text)
        if not name or block.text == title:
            continue
        before = header[index - 1].text if index else ""
        label = _LABEL.match(before)
        after = header[index + 1 : index + 5]
        in_newsroom = bool(after and find_dates(after[0].text)) and any(
            SENATE_ISSUE_LINE.match(other.text) for other in after
        )
        dated = bool(find_dates(block.text)) or any(
            find_dates(other.text) for other in header[index + 1 : index + 3]
        )
        if not label and not dated:
            continue
        known = cast.find(Credit(name))
        known_as = _title_of_label(before) if label else known.title if known else ""
        known_as = known_as or _office_named(name, f"{title}\n{text[:6000]}")
        titled = surname(name) in map(bare, title.split())
        if not (label or known or known_as or titled or in_newsroom):
            continue
        return Speaker(name, known_as or ("Senator" if in_newsroom else ""))
    return None


def _name_of_line(line: str) -> str:
    """The name on a line that holds a name alone, or a name and a date."""
    dates = find_dates(line)
    rest = (line[: dates[0].start] + line[dates[0].end :]).strip(" |,–—-") if dates else line
    rest = re.sub(r"^(?:Senator|Assembly ?[Mm]ember|Council ?[Mm]ember|by|By)\s+", "", rest)
    tokens = rest.split()
    if not 2 <= len(tokens) <= 6 or name_run(tokens, 0) != len(tokens):
        return ""
    return tidy(rest)


def _title_of_label(label: str) -> str:
    return label.title() if label.isupper() else label


def _office_named(name: str, text: str) -> str:
    """The office before the person's surname somewhere in `text`: "Senator" for "Senator Roy"; "" where
    none stands.
    """
    letters, last = small(text), small(name.split()[-1])
    for match in _OFFICE_BEFORE.finditer(letters):
        if _stands_soon(last, letters, match.end()):
            return _title_of_label(text[slice(*match.span(1))])
    return ""


def _stands_soon(last: str, letters: str, place: int) -> bool:
    """Does the surname stand at `place`, or after up to three words there?"""
    for _ in range(4):
        if letters.startswith(last, place) and _WORD_END.match(letters, place + len(last)):
            return True
        word = _WORD.match(letters, place)
        if not word:
            return False
        place = word.end()
    return False


@dataclass(frozen=True, slots=True)
class PageRead:
    """What is known of a statement's page before its own speaker is told. `owner` is whose page it is."""

    title: str
    header: list[Block]
    body: list[Block]
    cast: Cast
    spoken: Spoken
    owner: Speaker | None


def is_official(page: PageRead) -> bool:
    """Did a public office issue the release: on its owner's page, or with an office-holder as its subject?"""
    if page.owner:
        return True
    lines = [block.text for block in page.header] + [block.text[:40] for block in page.body[:1]]
    if _OFFICIAL.search("\n".join(lines)):
        return True
    speakers = page.spoken.speakers
    if speakers and _OFFICIAL_TITLE.match(page.title) and any(map(is_office, speakers[0].title.split())):
        return True
    for candidate in (_subject_of_title(page.title, page.cast), _subject_of_lead(page.body, page.cast)):
        if candidate and any(same_person(candidate.name, speaker.name) for speaker in speakers):
            return not candidate.organisation
    return False


def find_primary(kind: str, page: PageRead) -> Speaker | None:
    """The speaker whose document it is; None where it is nobody's in particular.

    A coalition's statement has none, nor has news. In a release it is, in this order: the page's owner, the
    person of "Statement from ...", the office-holder at the head of the title, the subject of the first
    sentence, the only or first speaker.
    """
    if kind in ("bill_page", "letter"):
        return None
    if _IN_LIBRARY.search("\n".join(block.text for block in page.header)):
        return None
    cast, spoken = page.cast, page.spoken
    if page.owner:
        return _joined(page.owner, spoken)
    if kind == "resolution":
        return spoken.speakers[0] if len(spoken.speakers) == 1 else None
    found = _of_title(page.title, page.header, cast) or _introduced(page.body, cast)
    if found:
        return _joined(found, spoken)
    if kind in ("coalition_statement", "news"):
        return None
    for candidate in (_subject_of_title(page.title, cast), _subject_of_lead(page.body, cast)):
        if candidate and (
            not spoken.speakers
            or any(same_person(candidate.name, speaker.name) for speaker in spoken.speakers)
        ):
            return _joined(candidate, spoken)
    return spoken.speakers[0] if spoken.speakers else None


def _joined(found: Speaker, spoken: Spoken) -> Speaker:
    """The person with the office or organisation that a credit in the text adds."""
    for speaker in spoken.speakers:
        if same_person(speaker.name, found.name):
            name = found.name if " " in found.name else speaker.name
            return Speaker(name, found.title or speaker.title, found.organisation or speaker.organisation)
    return found


def _speaker(credits: list[Credit] | tuple[Credit, ...], cast: Cast) -> Speaker | None:
    for credit in credits:
        known = credit if credit.is_full else cast.find(credit)
        if known:
            other = cast.find(known)
            title = known.title or credit.title
            if other and (not title or other.title.endswith(title)):
                title = other.title or title
            return Speaker(known.name, title, known.organisation)
    return None


def _of_title(title: str, header: list[Block], cast: Cast) -> Speaker | None:
    """ "Statement from Senator Ana Roy on ...", "By Assembly Speaker Lee Park"."""
    lines = [block.text for block in header]
    lines = [
        f"{line} {lines[index + 1].replace(' – ', ', ').replace(' — ', ', ')}"
        if _OPEN_END.search(line) and index + 1 < len(lines)
        else line
        for index, line in enumerate(lines)
    ]
    best: Speaker | None = None
    own = _OWN_STATEMENT.match(title)
    if own:
        best = _surname_with_office(read_credits(own.group(1)))
    for line in (title, *lines):
        match = _STATEMENT_OF.search(line) if len(line) < 320 else None
        byline = _BYLINE.match(line)
        if match:
            credits = read_credits(credit_end(match.group(1) + " "))
            found = _speaker(credits, cast) or _surname_with_office(credits)
        elif byline:
            found = _speaker([credit for credit in read_credits(byline.group(1)) if credit.title], cast)
        else:
            continue
        if found and (best is None or (not best.title and same_person(best.name, found.name))):
            best = found
    return best


def _surname_with_office(credits: list[Credit]) -> Speaker | None:
    """ "Senator Roy", whom the text names no other way."""
    first = credits[0] if credits else None
    if first and first.title and is_office(first.title.split()[-1]):
        return Speaker(first.name, first.title)
    return None


def _introduced(body: list[Block], cast: Cast) -> Speaker | None:
    """Who "today issued the following statement", where that is one person."""
    for block in body[:3]:
        for sentence in sentences(block.text[:900])[:4]:
            introduced = introduced_by(sentence)
            if introduced.credits:
                return _speaker(introduced.credits[:1], cast)
    return None


def _subject_of_title(title: str, cast: Cast) -> Speaker | None:
    match = _OFFICE_FIRST.match(title)
    if not match:
        return _surname_first(title, cast)
    tokens = re.split(r"['’]s?(?=\s|$)", match.group(1), maxsplit=1)[0].split()
    end = name_run(tokens, 0)
    for length in range(end, 0, -1):
        name = tidy(" ".join(tokens[:length]))
        known = cast.find(Credit(name, match.group()[: match.start(1)]))
        if known and surname(known.name) == surname(name):
            return Speaker(known.name, known.title, known.organisation)
    return None


def _surname_first(title: str, cast: Cast) -> Speaker | None:
    """ "Roy Statement on ...": a surname at the head of the title that the text gives in full."""
    first = title.split(" ", 1)[0].strip(",:'’s") if title else ""
    if len(first) < 3 or not first[0].isupper():
        return None
    known = cast.find(Credit(first))
    return Speaker(known.name, known.title, known.organisation) if known else None


def _subject_of_lead(body: list[Block], cast: Cast) -> Speaker | None:
    """The office-holder whom the first sentence makes its subject."""
    for block in body[:2]:
        text = without_dateline(block.text[:500])
        text = re.sub(r"^(?:today|yesterday|this (?:week|morning))\b,?\s*", "", text, flags=re.IGNORECASE)
        match = _LEAD_SUBJECT.match(text)
        if match and "“" not in match.group("who") and '"' not in match.group("who"):
            credits = read_credits(credit_end(match.group("who") + " "))
            found = _speaker([credit for credit in credits if credit.title or credit.is_full], cast)
            if found and found.title:
                return found
    return None
