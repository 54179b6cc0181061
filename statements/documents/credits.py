"""The words that credit a quotation to somebody: "Executive Director Ana Roy of the Hudson Aid Project".

`read_credits` reads the bare credit, without the verb; where a credit ends in running text is `credit_end`'s subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from statements.documents import offices
from statements.documents.offices import (
    ALSO_NAMES,
    HONORIFICS,
    PUBLIC_OFFICES,
    ROLE_FIELDS,
    ROLE_MODIFIERS,
    bare,
)
from statements.documents.person_names import DEGREES, SUFFIXES, name_run, tidy


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is credited. `title` and `organisation` are "" where the words give none. `name` may be a surname alone."""

    name: str
    title: str = ""
    organisation: str = ""

    @property
    def is_full(self) -> bool:
        return " " in self.name


CREDIT_LIMIT = 320  # characters: longer than any name with its offices

_ABBREVIATIONS = frozenset(
    "sen rep gov dr mr ms mrs mx rev hon jr sr st esq inc prof fr no lt col gen sgt capt assemb asm dist d.c u.s n.y msgr"
    " co corp dept mt ph.d j.d m.d".split()
)
_PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]{0,120}[)\]]?")
_NICKNAME = re.compile(r"(?<=[\w.]) [\"“”'‘’(][A-Z][\w.’' -]{1,18}[\"“”'‘’)](?= [A-Z])")
_CLAUSE = re.compile(
    r",?\s+(?:who|whom|whose|which|where|when|while|as|after|before|during|adding|noting|referring|speaking|because|"
    r"since|about|regarding|following|upon|if|that|today|yesterday|outside|via|long|one of|now|then|once|"
    r"in (?=[a-z])|in (?:Albany|Washington)\b|on (?!behalf)(?=[a-z]|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)|"
    r"at (?:a|an|today|yesterday|the (?:rally|press|hearing|event|conference|capitol|state capitol|time|podium|vigil))\b|"
    r"to (?:reporters|the (?:crowd|press|media|council|assembly|senate))|(?:this|last) (?:week|morning|year|month|night|"
    r"afternoon|session)|(?:and|but) (?:added|called|said|urged|noted|the (?=[a-z])))\b",
)
_PARTY = re.compile(
    r"(?:[DRICG]|WF|Dem|Rep|Democrat|Republican)\.?(?:[,/]\s?[A-Z]{1,3})*\s?[-–—/]\s?\S|[A-Z]{2}-?\d{1,2}\b|"
    r"(?:\d{1,2}(?:st|nd|rd|th) )?(?:(?:State )?(?:Senate|Assembly|Council|Congressional) )?District\b|"
    r"[DR]-?[A-Z]{2}\b|Democrat\b|Republican\b|(?:Senate|Assembly) District"
)
_SPONSOR = re.compile(r"\b(?:co-?)?sponsor(?:ed|s|ing)?\b|\bauthor of\b|\bchampion of\b", re.IGNORECASE)
_ALSO_SPONSOR = re.compile(r",? (?:and|&) (?:(?:the|lead|prime|bill|senate|assembly) ){0,3}(?:co-?)?sponsors?\b.*$", re.IGNORECASE)
_OFFICE_OF = re.compile(
    r"^(?P<title>.*\b(?:Speaker|Mayor|Comptroller|Commissioner|Governor|Supervisor|Chair\w*|President|Director|Leader|Head|Bishop|Archbishop) of "
    r"(?:the )?(?:[A-Z][\w'’.-]*|of|and|the|for|&)(?: (?:[A-Z][\w'’.-]*|of|and|the|for|&))*?) "
    r"(?P<name>[A-Z][\w'’-]+(?: [A-Z]\.)? [A-Z][\w'’-]+)$"
)
_PREPOSITION = re.compile(r",?\s(of|at|for|with|from|to|in|on)\s(?=(the )?\S)")
_LEADING = re.compile(
    r"^(?:(?:and|by|but|also|a|an|fellow|said|says)\s+|the (?=(?:rev|hon|right|most|bill|measure|lead|prime|group|coalition)\b|[a-z]))+", re.IGNORECASE
)
_UNIT = re.compile(r"\b(?:Project|Unit|Practice|Program|Clinic|Division|Department|Initiative|Team|Bureau)\b")
_WORK_AT = re.compile(r"([a-z][\w'’-]*(?: [a-z][\w'’-]*){0,4}) (?:at|with|for) (?:the )?(?=[A-Z0-9])")
_FOR_SOMEBODY = re.compile(r"(?:a |the |an )?(?:spokes\w+|aide|representative|statement|letter|office|source|staff\w*) (?:for|to|of|from|close to) ", re.IGNORECASE)
_COMPANY = {"inc": "Inc.", "llc": "LLC", "llp": "LLP", "pllc": "PLLC", "p.c": "P.C."}
_AND = re.compile(r",?\s(?:and|&)\s")
_AFTER_ORGANISATION = re.compile(
    r"\s(?:and|&) (?=[a-z])|\s(?:which|who|that|whose|in [a-z]|on [a-z]|during|as [a-z])|\s(?:–|—|-)\s"
)
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
    """The part of `text` that is still the credit: up to the end of its sentence, a quotation mark or a new clause."""
    text = text[:CREDIT_LIMIT]
    text = _NICKNAME.sub("", text)
    for mark in ("“", '"', "\n", ";", " – ", " — ", " -- ", " - "):
        text = text.split(mark, 1)[0]
    text = _PARENTHESIS.sub("", text)
    for match in re.finditer(r"[.:!?](?=\s|$)", text):
        if text[match.start()] == "." and _is_abbreviation(text[: match.start()]):
            continue
        text = text[: match.start()]
        break
    match = _CLAUSE.search(text)
    if match:
        text = text[: match.start()]
    return text.strip(" ,*_")


def _is_abbreviation(before: str) -> bool:
    word = before.rsplit(" ", 1)[-1].strip("(,").casefold()
    return word in _ABBREVIATIONS or bool(re.fullmatch(r"(?:[^\W\d_]\.){0,3}[^\W\d_]", word))


def read_credits(text: str) -> list[Credit]:
    """The persons credited by `text`, in order; [] where it names none.

    "Senators Ana Roy and Lee Park" gives two. Party and district in brackets are left out, as are degrees.
    """
    text = _PARENTHESIS.sub("", _NICKNAME.sub("", text[:CREDIT_LIMIT])).strip(" ,.:;*_–—-")
    if not text or _FOR_SOMEBODY.match(text):
        return []
    return _joint_credits(text) or [credit for credit in [_one_credit(text)] if credit]


def _joint_credits(text: str) -> list[Credit]:
    """Two or more persons of one credit, each with a name that can stand by itself."""
    if not _AND.search(text):
        return []
    parts = [part for chunk in _AND.split(text) for part in chunk.split(", ")]
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
        title, organisation = _split_prefix(title)
    before = [part for part in segments[:index] if offices.has_title_word(part) and not _SPONSOR.search(part)]
    if before and _is_weak(title):
        title, organisation = _role_and_organisation(before[-1])
    return _with_later_segments(Credit(tidy(name), title, organisation), segments[index + 1 :])


def _in_small_letters(title: str) -> str:
    """"SENATOR" as "Senator"; abbreviations stay as they are."""
    return " ".join(
        word.capitalize() if word.isupper() and len(word) > 4 and offices.is_title_word(word) else word for word in title.split()
    )


def _tells_a_role(segment: str) -> bool:
    return offices.has_title_word(segment) and " of " not in segment.split("member")[0]


def _is_weak(title: str) -> bool:
    """No title, or a form of address only."""
    return not title or all(bare(word) in HONORIFICS for word in title.split())


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
        if bare(token) in ALSO_NAMES and place and offices.is_title_word(tokens[place - 1]) and place + 2 == len(tokens):
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
        title, _ = _split_prefix(title)
    return title, clean_organisation(after)


def _split_prefix(title: str) -> tuple[str, str]:
    """(role, organisation) of what stands before a name: "NYCLU Policy Counsel" is a role in an organisation."""
    title = re.sub(r",? (?:and|&) (?:(?:senate|assembly|house|bill|lead|prime) ){0,2}(?:co-?)?sponsor$", "", title, flags=re.I)
    title = re.sub(r"^(?:(?:senate|assembly|house) )?(?:bill|prime|lead|legislative) (?:co-?)?sponsors? ", "", title, flags=re.I)
    tokens = title.split()
    if not tokens or _is_whole_office(tokens) or not offices.is_title_word(tokens[-1]):
        return title, ""
    owner = _possessor(tokens)
    if owner:
        return " ".join(tokens[owner:]), clean_organisation(re.sub(r"['’]s$", "", " ".join(tokens[:owner])))
    start = _role_start(tokens)
    organisation = " ".join(tokens[:start])
    if not organisation or offices.is_only_place(organisation) or not re.search("[A-Z]", organisation):
        return title, ""
    if organisation.endswith(("'s", "’s", "s’", "s'")):
        organisation = re.sub(r"['’]s?$", "", organisation)
    return " ".join(tokens[start:]), clean_organisation(organisation)


def _possessor(tokens: list[str]) -> int:
    """Where the role begins after "Hudson Aid Project's"; 0 where no organisation stands in the possessive."""
    for place, token in enumerate(tokens[:-1]):
        if token.endswith(("'s", "’s")):
            alone = place == 0 and not offices.is_abbreviation(token[:-2])
            return 0 if alone else place + 1
    return 0


def _role_start(tokens: list[str]) -> int:
    """Where the role begins in "Hudson Aid Project Communications Director": at the words that go with a role."""
    start = len(tokens) - 1
    while start and (bare(tokens[start - 1]) in ROLE_MODIFIERS or offices.is_title_word(tokens[start - 1])):
        start -= 1
    words = [bare(token) for token in tokens[:start]]
    if all(word in ROLE_FIELDS or word in offices.PLACES for word in words):
        return start if words and words[-1] in offices.PLACES and words[0] not in offices.PLACES else 0
    fields = start
    while fields and bare(tokens[fields - 1]) in ROLE_FIELDS:
        fields -= 1
    if fields and fields < start and _ends_organisation(tokens[fields - 1]):
        return fields
    return start


def _ends_organisation(token: str) -> bool:
    word = bare(token)
    return word in offices.ORGANISATION_ENDS or word in offices.PLACES or offices.is_abbreviation(token)


def _is_whole_office(tokens: list[str]) -> bool:
    """A public office keeps all its words: "IDC Deputy Leader", "Brooklyn Borough President", "Council Member"."""
    words = [bare(token) for token in tokens]
    if words[-1] in PUBLIC_OFFICES or all(word in HONORIFICS for word in words):
        return True
    pair = " ".join(words[-2:])
    if words[0] in {"senate", "assembly", "council", "house"} and "of" not in words:
        return True
    if words[-1].startswith(("chair", "co-chair")) and {"committee", "subcommittee", "caucus", "conference"} & set(words):
        return True
    return (
        pair in {"borough president", "district attorney", "attorney general", "county executive", "public advocate"}
        or pair in {"county clerk", "city clerk", "town clerk", "council member", "council members", "county legislator"}
        or pair in {"assembly member", "assembly members", "conference leader", "minority leader", "majority leader"}
        or (words[-1] in {"leader", "whip"} and any(word in {"deputy", "senate", "assembly", "idc"} for word in words))
        or (words[-1] == "leader" and len(words) == 2 and tokens[0].isupper())
        or words in (["president"], ["vice", "president"], ["president-elect"], ["secretary"], ["commissioner"])
    )


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
            credit = replace(credit, organisation=f"{credit.organisation}, {_COMPANY[word]}") if credit.organisation else credit
            continue
        if _WORK_AT.match(segment) and not credit.organisation and _is_weak(credit.title):
            credit = replace(credit, **dict(zip(("title", "organisation"), _work_at(segment), strict=True)))
            continue
        if not segment[:1].isupper() and not offices.has_title_word(" ".join(segment.split()[:8])):
            break
        if _begins_with_role(segment) and not (credit.organisation and not _is_weak(credit.title)):
            credit, role = _with_role(credit, segment), segment
        elif segment[0].isupper():
            extras.append(segment)
    if extras and not _holds_office(credit):
        credit = _with_extras(credit, extras, role)
    return credit


def _work_at(segment: str) -> tuple[str, str]:
    """(role, organisation) of "night cook at the Casa del Río", whatever the work is."""
    match = _WORK_AT.match(segment)
    return match.group(1), clean_organisation(segment[match.end() :])


def _begins_with_role(segment: str) -> bool:
    """"Director of Policy" and "NYIC member" are roles; "Board of Legislators" is a body."""
    return offices.has_title_word(segment.split(" of ", 1)[0])


def _with_role(credit: Credit, segment: str) -> Credit:
    if _holds_office(credit):
        if re.match(r"(?:co-?|vice )?chair|ranking member|deputy|majority|minority|speaker", segment, re.IGNORECASE):
            return replace(credit, title=f"{credit.title}, {segment}")
        return credit
    role, organisation = _role_and_organisation(segment)
    if not _is_weak(credit.title):
        role = f"{credit.title}, {role}"
    return replace(credit, title=role, organisation=organisation or credit.organisation)


def _holds_office(credit: Credit) -> bool:
    tokens = credit.title.replace(",", "").split()
    if not tokens or _is_weak(credit.title):
        return False
    return (len(tokens) > 1 and _is_whole_office(tokens)) or any(offices.is_office(token) for token in tokens)


def _with_extras(credit: Credit, extras: list[str], role: str) -> Credit:
    """The last segment that can be an organisation is one; a part of it, named before, belongs to the role."""
    named = [extra for extra in extras if not offices.is_only_place(extra)]
    marked = [extra for extra in named if offices.has_organisation_word(extra) and not offices.is_field_of_work(extra)]
    if credit.organisation:
        if marked and role and _UNIT.search(credit.organisation):
            return replace(credit, title=role, organisation=clean_organisation(marked[-1]))
        return credit
    if not marked and named and role and (offices.is_field_of_work(named[-1]) or _UNIT.search(named[-1])):
        return replace(credit, title=f"{credit.title}, {named[-1]}")
    if not marked and (not named or not credit.title):
        return credit
    return replace(credit, organisation=clean_organisation((marked or named)[-1]))


def _role_and_organisation(segment: str) -> tuple[str, str]:
    """(role, organisation) of "Interim Executive Director of the Hudson Aid Project". Organisation "" where none is named.

    A committee, a bill and a seat in a legislature are no organisations; a field of work ("Director of Immigration
    Policy") belongs to the role.
    """
    segment = segment.strip(" ,.")
    tokens = segment.split()
    if _is_seat(segment):
        return segment, ""
    at = re.search(r"\s(?:at|with)\s", segment)
    if at and offices.has_title_word(segment[: at.start()]):
        return segment[: at.start()].strip(), clean_organisation(segment[at.end() :])
    if re.search(r"\s(?:at|with|of|for)$", segment):
        return segment.rsplit(" ", 1)[0], ""
    for match in _PREPOSITION.finditer(segment):
        if match.group(1) in {"to", "in", "on", "from"} or not offices.has_title_word(segment[: match.start()]):
            continue
        after = segment[match.end() :]
        nearest = _PREPOSITION.split(after, maxsplit=1)[0]
        nearest = re.split(r"\s(?:of|at|for|with)\s", nearest, maxsplit=1)[0]
        if offices.is_field_of_work(_AND.sub(" ", nearest)) or not re.search(r"[A-Z0-9]", nearest):
            continue
        if offices.is_only_place(nearest) and nearest == after:
            return segment, ""
        return segment[: match.start()].strip(), clean_organisation(after)
    if tokens and offices.is_title_word(tokens[-1]):
        return _split_prefix(segment)
    return segment, ""


_SEAT = re.compile(
    r"\bmember of (?:the )?(?:u\.?s\.? )?(?:congress|parliament|(?:new york )?(?:state |city )?(?:assembly|senate|council))|"
    r"\b(?:committee|subcommittee|caucus|task force|conference)\b",
    re.IGNORECASE,
)


def _is_seat(segment: str) -> bool:
    """A seat in a legislature or the lead of one of its committees."""
    if not _SEAT.search(segment):
        return False
    return bool(re.match(r"(?:co-?|vice )?chair|member|ranking|leader|deputy|secretary|whip", segment, re.IGNORECASE))


def clean_organisation(text: str) -> str:
    """An organisation's name without "the" before it, its abbreviation in brackets, or what follows it."""
    text = _PARENTHESIS.sub("", text)
    text = _AFTER_ORGANISATION.split(text, maxsplit=1)[0].strip(" ,.;:*_\"“”")
    if text.startswith(("the ", "our ", "a ", "an ")):
        text = text.split(" ", 1)[1]
    if not re.search(r"[A-Z0-9]", text) or len(text) > 110:
        return ""
    return text
