"""The words that credit a quotation to somebody: "Executive Director Ana Roy of the Hudson Aid Project".

`credit_end` finds where a credit ends in running text; `read_credits` reads the bare credit, without the
verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from statements.documents import offices
from statements.documents.offices import ALSO_NAMES, bare
from statements.documents.person_names import DEGREES, SUFFIXES, name_run, tidy
from statements.documents.roles import (
    AND,
    PARENTHESIS,
    UNIT,
    clean_organisation,
    is_weak,
    is_whole_office,
    role_and_organisation,
    split_prefix,
)
from statements.documents.vocabulary import words


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is credited. `title` and `organisation` are "" where the words give none. `name` may be a surname
    alone.
    """

    name: str
    title: str = ""
    organisation: str = ""

    @property
    def is_full(self) -> bool:
        return " " in self.name


CREDIT_LIMIT = 320  # characters: longer than any name with its offices
_ABBREVIATIONS = words(
    "sen rep gov dr mr ms mrs mx rev hon jr sr st esq inc prof fr no lt col gen sgt "
    "capt assemb asm dist d.c u.s n.y msgr"
    " co corp dept mt ph.d j.d m.d"
)
_NICKNAME = re.compile(r"(?<=[\w.]) [\"“”'‘’(][A-Z][\w.’' -]{1,18}[\"“”'‘’)](?= [A-Z])")
_CLAUSE = re.compile(
    r",?\s+(?:who|whom|whose|which|where|when|while|as|after|before|during|adding|"
    r"noting|referring|speaking|because|"
    r"since|about|regarding|following|upon|if|that|today|yesterday|outside|via|long|one of|now|then|once|"
    r"in (?=[a-z])|in (?:Albany|Washington)\b|on (?!behalf)(?=[a-z]|(?:Mon|Tues|"
    r"Wednes|Thurs|Fri|Satur|Sun)day)|"
    r"at (?:a|an|today|yesterday|the (?:rally|press|hearing|event|conference|capitol|"
    r"state capitol|time|podium|vigil))\b|"
    r"to (?:reporters|the (?:crowd|press|media|council|assembly|senate))|(?:this|"
    r"last) (?:week|morning|year|month|night|"
    r"afternoon|session)|(?:and|but) (?:added|called|said|urged|noted|the (?=[a-z])))\b",
)
_PARTY = re.compile(
    r"(?:[DRICG]|WF|Dem|Rep|Democrat|Republican)\.?(?:[,/]\s?[A-Z]{1,3})*\s?[-–—/]\s?\S|[A-Z]{2}-?\d{1,2}\b|"
    r"(?:\d{1,2}(?:st|nd|rd|th) )?(?:(?:State )?(?:Senate|Assembly|Council|Congressional) )?District\b|"
    r"[DR]-?[A-Z]{2}\b|Democrat\b|Republican\b|(?:Senate|Assembly) District"
)
_SPONSOR = re.compile(r"\b(?:co-?)?sponsor(?:ed|s|ing)?\b|\bauthor of\b|\bchampion of\b", re.IGNORECASE)
_ALSO_SPONSOR = re.compile(
    r",? (?:and|&) (?:(?:the|lead|prime|bill|senate|assembly) ){0,3}(?:co-?)?sponsors?\b.*$", re.IGNORECASE
)
_OFFICE_OF = re.compile(
    r"^(?P<title>.*\b(?:Speaker|Mayor|Comptroller|Commissioner|Governor|Supervisor|"
    r"Chair\w*|President|Director|Leader|Head|Bishop|Archbishop) of "
    r"(?:the )?(?:[A-Z][\w'’.-]*|of|and|the|for|&)(?: (?:[A-Z][\w'’.-]*|of|and|the|for|&))*?) "
    r"(?P<name>[A-Z][\w'’-]+(?: [A-Z]\.)? [A-Z][\w'’-]+)$"
)
_LEADING = re.compile(
    r"^(?:(?:and|by|but|also|a|an|fellow|said|says)\s+|the (?=(?:rev|hon|right|most|"
    r"bill|measure|lead|prime|group|coalition)\b|[a-z]))+",
    re.IGNORECASE,
)
_WORK_AT = re.compile(r"([a-z][\w'’-]*(?: [a-z][\w'’-]*){0,4}) (?:at|with|for) (?:the )?(?=[A-Z0-9])")
_FOR_SOMEBODY = re.compile(
    r"(?:a |the |an )?(?:spokes\w+|aide|representative|statement|letter|office|source|"
    r"staff\w*) (?:for|to|of|from|close to) ",
    re.IGNORECASE,
)
_MUNICIPALITY = re.compile(r"(?:City|Town|Village|County) of [A-Z][\w.'’ -]{2,40}$")
_COMPANY = {"inc": "Inc.", "llc": "LLC", "llp": "LLP", "pllc": "PLLC", "p.c": "P.C."}
_PLURALS = {
    "senators": "Senator",
    "assemblymembers": "Assemblymember",
    "councilmembers": "Councilmember",
    "members": "Member",
    "representatives": "Representative",
    "reps": "Rep.",
    "sens": "Sen.",
    "leaders": "Leader",
}


def credit_end(text: str) -> str:
    """The part of `text` that is still the credit: up to the end of its sentence, a quotation mark or a new
    clause.
    """
    text = text[:CREDIT_LIMIT]
    text = _NICKNAME.sub("", text)
    for mark in ("“", '"', "\n", ";", " – ", " — ", " -- ", " - "):
        text = text.split(mark, 1)[0]
    text = PARENTHESIS.sub("", text)
    for match in re.finditer(r"[.:!?](?=\s|$)", text):
        if text[match.start()] == "." and _is_abbreviation(text[: match.start()]):
            continue
        text = text[: match.start()]
        break
    return _CLAUSE.split(text, maxsplit=1)[0].strip(" ,*_")


def _is_abbreviation(before: str) -> bool:
    word = before.rsplit(" ", 1)[-1].strip("(,").casefold()
    return word in _ABBREVIATIONS or bool(re.fullmatch(r"(?:[^\W\d_]\.){0,3}[^\W\d_]", word))


def read_credits(text: str) -> list[Credit]:
    """The persons credited by `text`, in order; [] where it names none.

    "Senators Ana Roy and Lee Park" gives two. Party and district in brackets are left out, as are degrees.
    """
    text = PARENTHESIS.sub("", _NICKNAME.sub("", text[:CREDIT_LIMIT])).strip(" ,.:;*_–—-")
    if not text or _FOR_SOMEBODY.match(text):
        return []
    return _joint_credits(text) or _titled_pair(text) or [credit for credit in [_one_credit(text)] if credit]


def _joint_credits(text: str) -> list[Credit]:
    """Two or more persons of one credit, each with a name that can stand by itself."""
    if not AND.search(text):
        return []
    parts = [part for chunk in AND.split(text) for part in chunk.split(", ")]
    parts = [part for part in (part.strip() for part in parts) if part and bare(part) not in SUFFIXES]
    if not 2 <= len(parts) <= 12:
        return []
    found, plural = [], ""
    for part in parts:
        title, name, rest = _split_name(part)
        if not name or rest:
            return []
        last = bare(title.split()[-1]) if title else ""
        if last in _PLURALS:
            title = plural = " ".join([*title.split()[:-1], _PLURALS[last]])
        elif not title:
            title = plural
        found.append(Credit(tidy(name), title))
    return found if all(credit.is_full or credit.title for credit in found) else []


def _titled_pair(text: str) -> list[Credit]:
    """Two or more office-holders before a comma: "Mayor Ana Roy and Speaker Lee Park, with members of ..."."""
    first, comma, _ = text.partition(",")
    found = _joint_credits(first) if comma else []
    return found if all(credit.title and credit.is_full for credit in found) else []


def _one_credit(text: str) -> Credit | None:
    segments = [segment.strip() for segment in _LEADING.sub("", text).split(",")]
    for index, segment in enumerate(segments):
        title, name, rest = _split_name(_LEADING.sub("", segment))
        if name and (" " in name or title):
            break
        if name and index == 0 and not rest and (len(segments) == 1 or _tells_a_role(segments[1])):
            break
    else:
        return None
    organisation = ""
    title = _in_small_letters(title)
    if rest:
        title, organisation = _rest_of_name(title, rest)
    elif title:
        title, organisation = split_prefix(title)
    before = [part for part in segments[:index] if offices.has_title_word(part) and not _SPONSOR.search(part)]
    if before and is_weak(title):
        title, organisation = role_and_organisation(before[-1])
    return _with_later_segments(Credit(tidy(name), title, organisation), segments[index + 1 :])


def _in_small_letters(title: str) -> str:
    """ "SENATOR" as "Senator"; abbreviations stay as they are."""
    return " ".join(
        word.capitalize() if word.isupper() and len(word) > 4 and offices.is_title_word(word) else word
        for word in title.split()
    )


def _tells_a_role(segment: str) -> bool:
    return offices.has_title_word(segment) and " of " not in segment.split("member")[0]


def _split_name(segment: str) -> tuple[str, str, str]:
    """(title before the name, name, what follows it) of one segment; name "" where it holds none."""
    tokens = segment.split()
    if not tokens or len(tokens) > 40:
        return "", "", ""
    run = name_run(tokens, 0)
    if run >= 2 and _ends_well(tokens, run) and not (bare(tokens[0]) in ALSO_NAMES and run > 2):
        return "", " ".join(tokens[:run]), " ".join(tokens[run:])
    match = _OFFICE_OF.match(segment)
    if match and name_run(match.group("name").split(), 0) == len(match.group("name").split()):
        return match.group("title"), match.group("name"), ""
    best = -1
    for place, token in enumerate(tokens[:-1]):
        if not offices.is_title_word(token):
            continue
        if (
            bare(token) in ALSO_NAMES
            and place
            and offices.is_title_word(tokens[place - 1])
            and place + 2 == len(tokens)
        ):
            continue
        end = name_run(tokens, place + 1)
        if end > place + 1 and _ends_well(tokens, end):
            best = place
    if best >= 0:
        end = name_run(tokens, best + 1)
        return " ".join(tokens[: best + 1]), " ".join(tokens[best + 1 : end]), " ".join(tokens[end:])
    if run == 1 and len(tokens) == 1:
        return "", tokens[0], ""
    return _name_at_end(tokens)


def _ends_well(tokens: list[str], end: int) -> bool:
    return end == len(tokens) or tokens[end].casefold() in {"of", "at", "from", "with", "for", "to", "in"}


def _name_at_end(tokens: list[str]) -> tuple[str, str, str]:
    """A name of two words or more at the end of a long title: "director of immigration policy Ana Roy"."""
    for start in range(max(1, len(tokens) - 4), len(tokens) - 1):
        if name_run(tokens, start) == len(tokens) and offices.has_title_word(" ".join(tokens[:start])):
            return " ".join(tokens[:start]), " ".join(tokens[start:]), ""
    return "", "", ""


def _rest_of_name(title: str, rest: str) -> tuple[str, str]:
    """Title and organisation where words follow the name without a comma: "Mayor Ana Roy of Ithaca"."""
    preposition, _, after = rest.partition(" ")
    if title and offices.is_office(title.split()[-1]):
        return (f"{title} {rest}" if preposition in {"of", "for"} and len(after) < 40 else title), ""
    if title:
        title, _ = split_prefix(title)
    return title, clean_organisation(after)


def _with_later_segments(credit: Credit, segments: list[str]) -> Credit:
    """The credit with what stands after the name, segment by segment, until running text begins."""
    extras: list[str] = []
    role = ""
    for segment in segments:
        word = bare(segment)
        if not segment or word in DEGREES or word.isdigit() or _PARTY.match(segment):
            continue
        if word in SUFFIXES:
            credit = replace(credit, name=f"{credit.name} {SUFFIXES[word]}")
            continue
        segment = re.sub(r"^(?:(?:and|the|a|an|also|&)\s+)+", "", segment)
        segment = _ALSO_SPONSOR.sub("", segment)
        if _SPONSOR.search(segment):
            continue
        behalf = re.match(r"(?:on behalf of|representing) (?:the )?(?=[A-Z0-9])", segment)
        if behalf:
            credit = replace(credit, organisation=clean_organisation(segment[behalf.end() :]))
            continue
        if word in _COMPANY:
            credit = (
                replace(credit, organisation=f"{credit.organisation}, {_COMPANY[word]}")
                if credit.organisation
                else credit
            )
            continue
        if _WORK_AT.match(segment) and not credit.organisation and is_weak(credit.title):
            credit = replace(credit, **dict(zip(("title", "organisation"), _work_at(segment), strict=True)))
            continue
        if not segment[:1].isupper() and not offices.has_title_word(" ".join(segment.split()[:8])):
            break
        if _begins_with_role(segment) and not (credit.organisation and not is_weak(credit.title)):
            credit, role = _with_role(credit, segment), segment
        elif _MUNICIPALITY.match(segment) and _holds_office(credit):
            credit = replace(credit, organisation=credit.organisation or segment)
        elif segment[0].isupper():
            extras.append(segment)
    if extras and not _holds_office(credit):
        credit = _with_extras(credit, extras, role)
    return credit


def _work_at(segment: str) -> tuple[str, str]:
    """(role, organisation) of "night cook at the Casa del Río", whatever the work is."""
    work, organisation = _WORK_AT.split(segment, maxsplit=1)[1:]
    return work, clean_organisation(organisation)


def _begins_with_role(segment: str) -> bool:
    """ "Director of Policy" and "NYIC member" are roles; "Board of Legislators" is a body."""
    return offices.has_title_word(segment.split(" of ", 1)[0])


def _with_role(credit: Credit, segment: str) -> Credit:
    if _holds_office(credit):
        if re.match(
            r"(?:co-?|vice )?chair|ranking member|deputy|majority|minority|speaker", segment, re.IGNORECASE
        ):
            return replace(credit, title=f"{credit.title}, {segment}")
        return credit
    role, organisation = role_and_organisation(segment)
    if not is_weak(credit.title):
        role = f"{credit.title}, {role}"
    return replace(credit, title=role, organisation=organisation or credit.organisation)


def _holds_office(credit: Credit) -> bool:
    tokens = credit.title.replace(",", "").split()
    if not tokens or is_weak(credit.title):
        return False
    return (len(tokens) > 1 and is_whole_office(tokens)) or any(offices.is_office(token) for token in tokens)


def _with_extras(credit: Credit, extras: list[str], role: str) -> Credit:
    """The last segment that can be an organisation is one; a part of it belongs to the role."""
    named = [extra for extra in extras if not offices.is_only_place(extra)]
    marked = [
        extra
        for extra in named
        if offices.has_organisation_word(extra) and not offices.is_field_of_work(extra)
    ]
    if credit.organisation:
        if marked and role and UNIT.search(credit.organisation):
            return replace(credit, title=role, organisation=clean_organisation(marked[-1]))
        return credit
    if not marked and named and role and (offices.is_field_of_work(named[-1]) or UNIT.search(named[-1])):
        return replace(credit, title=f"{credit.title}, {named[-1]}")
    if not marked and (not named or not credit.title):
        return credit
    return replace(credit, organisation=clean_organisation((marked or named)[-1]))
