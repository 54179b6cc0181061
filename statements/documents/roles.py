"""Roles and organisations: what stands before or after a person's name, parted into the one and the other."""

from __future__ import annotations

import re

from statements.documents import offices
from statements.documents.offices import HONORIFICS, PUBLIC_OFFICES, ROLE_FIELDS, ROLE_MODIFIERS, bare

PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]{0,120}[)\]]?")
AND = re.compile(r",?\s(?:and|&)\s")
UNIT = re.compile(r"\b(?:Project|Unit|Practice|Program|Clinic|Division|Department|Initiative|Team|Bureau)\b")
_PREPOSITION = re.compile(r",?\s(of|at|for|with|from|to|in|on)\s(?=(the )?\S)")
_AFTER_ORGANISATION = re.compile(
    r"\s(?:and|&) (?=[a-z])|\s(?:which|who|that|whose|in [a-z]|on [a-z]|during|as [a-z])|\s(?:–|—|-)\s"
)
# Where a congregation meets is no part of its name.
_HOUSE_OF_PRAYER_IN = re.compile(
    r"\b(Church|Parish|Temple|Synagogue|Mosque|Cathedral|Chapel) in (?:the )?[A-Z].*$"
)
_SEAT = re.compile(
    r"\bmember of (?:the )?(?:u\.?s\.? )?(?:congress|parliament|"
    r"(?:new york )?(?:state |city )?(?:assembly|senate|council))|"
    r"\b(?:committee|subcommittee|caucus|task force|conference)\b",
    re.IGNORECASE,
)


def is_weak(title: str) -> bool:
    """No title, or a form of address only."""
    return not title or all(bare(word) in HONORIFICS for word in title.split())


def split_prefix(title: str) -> tuple[str, str]:
    """(role, organisation) of what stands before a name: "NYCLU Policy Counsel" is a role in an
    organisation.
    """
    title = re.sub(
        r",? (?:and|&) (?:(?:senate|assembly|house|bill|lead|prime) ){0,2}(?:co-?)?sponsor$",
        "",
        title,
        flags=re.I,
    )
    title = re.sub(
        r"^(?:(?:senate|assembly|house) )?(?:bill|prime|lead|legislative) (?:co-?)?sponsors? ",
        "",
        title,
        flags=re.I,
    )
    tokens = title.split()
    if not tokens or is_whole_office(tokens) or not offices.is_title_word(tokens[-1]):
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
    """Where the role begins after "Hudson Aid Project's"; 0 where nothing stands in the possessive."""
    for place, token in enumerate(tokens[:-1]):
        if token.endswith(("'s", "’s")):
            alone = place == 0 and not offices.is_abbreviation(token[:-2])
            return 0 if alone else place + 1
    return 0


def _role_start(tokens: list[str]) -> int:
    """Where the role begins in "Hudson Aid Project Communications Director": at the words that go with a
    role.
    """
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


def is_whole_office(tokens: list[str]) -> bool:
    """A public office keeps all its words: "IDC Deputy Leader", "Brooklyn Borough President", "Council
    Member".
    """
    words = [bare(token) for token in tokens]
    if words[-1] in PUBLIC_OFFICES or all(word in HONORIFICS for word in words):
        return True
    pair = " ".join(words[-2:])
    if words[0] in {"senate", "assembly", "council", "house"} and "of" not in words:
        return True
    if words[-1].startswith(("chair", "co-chair")) and {
        "committee",
        "subcommittee",
        "caucus",
        "conference",
    } & set(words):
        return True
    return (
        pair
        in {
            "borough president",
            "district attorney",
            "attorney general",
            "county executive",
            "public advocate",
        }
        or pair
        in {
            "county clerk",
            "city clerk",
            "town clerk",
            "council member",
            "council members",
            "county legislator",
        }
        or pair
        in {"assembly member", "assembly members", "conference leader", "minority leader", "majority leader"}
        or (
            words[-1] in {"leader", "whip"}
            and any(word in {"deputy", "senate", "assembly", "idc"} for word in words)
        )
        or (words[-1] == "leader" and len(words) == 2 and tokens[0].isupper())
        or words
        in (["president"], ["vice", "president"], ["president-elect"], ["secretary"], ["commissioner"])
    )


def role_and_organisation(segment: str) -> tuple[str, str]:
    """(role, organisation) of "Interim Executive Director of the Hudson Aid Project". Organisation "" where
    none is named.

    A committee, a bill and a seat in a legislature are no organisations; a field of work ("Director of
    Immigration Policy") belongs to the role.
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
        if match.group(1) in {"to", "in", "on", "from"} or not offices.has_title_word(
            segment[: match.start()]
        ):
            continue
        after = segment[match.end() :]
        nearest = _PREPOSITION.split(after, maxsplit=1)[0]
        nearest = re.split(r"\s(?:of|at|for|with)\s", nearest, maxsplit=1)[0]
        if offices.is_field_of_work(AND.sub(" ", nearest)) or not re.search(r"[A-Z0-9]", nearest):
            continue
        if offices.is_only_place(nearest) and nearest == after:
            return segment, ""
        return segment[: match.start()].strip(), clean_organisation(after)
    if tokens and offices.is_title_word(tokens[-1]):
        return split_prefix(segment)
    return segment, ""


def _is_seat(segment: str) -> bool:
    """A seat in a legislature or the lead of one of its committees."""
    if not _SEAT.search(segment):
        return False
    return bool(
        re.match(r"(?:co-?|vice )?chair|member|ranking|leader|deputy|secretary|whip", segment, re.IGNORECASE)
    )


def clean_organisation(text: str) -> str:
    """An organisation's name without "the" before it, its abbreviation in brackets, or what follows it."""
    text = PARENTHESIS.sub("", text)
    text = _AFTER_ORGANISATION.split(text, maxsplit=1)[0].strip(' ,.;:*_"“”')
    text = _HOUSE_OF_PRAYER_IN.sub(r"\1", text)
    if text.startswith(("the ", "our ", "a ", "an ")):
        text = text.split(" ", 1)[1]
    if not re.search(r"[A-Z0-9]", text) or len(text) > 110:
        return ""
    return text
