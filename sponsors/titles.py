"""Read the office a person is given in writing: "State Senator" sits in the New York Senate.

Pure and total: a title that says nothing about a legislature gives an `Office` without bodies, never an
error. A body is a pair (legislature, chamber) in this project's codes, for example ("ny", "assembly").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from sponsors.folding import fold, vocabulary

Body = tuple[str, str]

NY_SENATE: Body = ("ny", "senate")
NY_ASSEMBLY: Body = ("ny", "assembly")
NYC_COUNCIL: Body = ("nyc", "council")
US_HOUSE: Body = ("us", "house")
US_SENATE: Body = ("us", "senate")


class Calling(Enum):
    """What kind of work a title names."""

    UNSAID = "unsaid"  # no title, a courtesy ("Ms."), or words we cannot place ("IDC Leader")
    MEMBER = "member"  # a seat in a legislature
    OFFICIAL = "official"  # another public office: mayor, attorney general
    OCCUPATION = "occupation"  # private or staff work: director, counsel, organizer


@dataclass(frozen=True, slots=True)
class Office:
    """`bodies`: where a person so titled may sit. The first is the usual one, which alone is read into a
    title that stands before a bare surname: "Senator" is a state senator in New York's documents, though a
    full name may show a United States senator. `not_sitting`: "former", "elect", "candidate"."""

    calling: Calling = Calling.UNSAID
    bodies: tuple[Body, ...] = ()
    not_sitting: bool = False


_MEMBER_WORDS = {
    NY_SENATE: "senator senators sen senador senadora",
    NY_ASSEMBLY: "assemblymember assemblymembers assemblyman assemblywoman assemblyperson asm am asambleista",
    NYC_COUNCIL: "councilmember councilmembers councilman councilwoman councilperson councilor councillor cm "
    "concejal concejala",
    US_HOUSE: "congressman congresswoman congressmember congressperson congresista representative rep",
}
_BODY_OF_WORD = {word: body for body, words in _MEMBER_WORDS.items() for word in words.split()}
_BODY_OF_CHAMBER = {
    "senate": NY_SENATE,
    "assembly": NY_ASSEMBLY,
    "council": NYC_COUNCIL,
    "house": US_HOUSE,
    "congress": US_HOUSE,
}
# A chamber's name makes a title only beside a rank in it: "Senate Majority Leader", "Member of Congress".
_RANKS = vocabulary("member members speaker leader whip chair chairman chairwoman chairperson conference")
# "rep" and "representative" name other work too ("union representative"): a seat only in plain company.
_LOOSE = frozenset({"rep", "representative"})

_OFFICIALS = frozenset(
    tuple(phrase.split(" "))
    for phrase in (
        "attorney general",
        "district attorney",
        "borough president",
        "county executive",
        "city comptroller",
        "state comptroller",
        "lieutenant governor",
        "lt governor",
        "lt gov",
        "vice president",
        "governor",
        "gov",
        "mayor",
        "comptroller",
        "president",
        "commissioner",
        "sheriff",
        "judge",
        "justice",
        "ambassador",
    )
)
_OCCUPATIONS = vocabulary(
    "director counsel attorney lawyer organizer organiser manager coordinator professor spokesperson "
    "spokesman spokeswoman officer founder cofounder analyst fellow advocate adviser advisor secretary "
    "student policy staff aide assistant ceo executive researcher teacher author editor reporter activist "
    "owner candidate clerk liaison strategist associate principal worker resident volunteer"
)
_COURTESIES = vocabulary("mr mrs ms miss mx dr hon honorable rev reverend pastor rabbi imam bishop prof")
_NOT_SITTING = vocabulary("former ex formerly late elect designate candidate retired")
_QUALIFIERS = (
    vocabulary(
        "state city nys nyc ny us federal majority minority deputy assistant democratic republican idc then "
        "junior senior"
    )
    | _RANKS
    | _NOT_SITTING
)
_PHRASES = frozenset(
    {
        ("new", "york"),
        ("united", "states"),
        ("m", "of", "a"),
        ("public", "advocate"),
        ("pro", "tempore"),
        ("pro", "tem"),
        *((borough, "borough") for borough in ("bronx", "brooklyn", "queens", "manhattan")),
        ("staten", "island", "borough"),
        *_OFFICIALS,
    }
)
_CONNECTIVES = frozenset({"of", "the", "and", "for", "in", "de", "del", "la"})
# These open a name's title only in capitals: "Cm" and "Am" may be words of the name.
_CAPITALS_ONLY = frozenset({"am", "cm", "asm", "ny", "us"})
_OPENERS = frozenset(_BODY_OF_WORD) | frozenset(_BODY_OF_CHAMBER) | _COURTESIES | _QUALIFIERS
# What makes a run of title words a title at all; "New York" or "State" before a name does not.
_HEADS = frozenset(_BODY_OF_WORD) | _RANKS | _COURTESIES
_SEATS_AND_OFFICES = frozenset({*_OFFICIALS, ("m", "of", "a"), ("public", "advocate")})
_PHRASE_WORDS = frozenset(word for phrase in _PHRASES for word in phrase)
_LONGEST_PHRASE = max(len(phrase) for phrase in _PHRASES)
_HYPHENED_STANDING = re.compile(r"\b(ex)-|-(elect|designate)\b", re.IGNORECASE)
_MAX_TITLE = 300  # characters; the longest real one is under half of that, and the rest is not read


def read_title(title: str) -> Office:
    """The office that `title` names, by itself or as it stands before a name."""
    return _read_title(title[:_MAX_TITLE])


@lru_cache(maxsize=4_096)
def _read_title(title: str) -> Office:
    words = _words(title)
    if not words:
        return Office()
    not_sitting = not _NOT_SITTING.isdisjoint(words)
    if _has_phrase(words, ("public", "advocate")):
        # New York City Charter, section 24: the public advocate is a member of the Council, without a vote.
        return Office(Calling.MEMBER, (NYC_COUNCIL,), not_sitting)
    others = _without_officials(words)
    if not _OCCUPATIONS.isdisjoint(others):
        return Office(Calling.OCCUPATION, (), not_sitting)
    body = _body(words)
    if body is not None:
        return Office(Calling.MEMBER, _with_federal_reading(body, words), not_sitting)
    return Office(Calling.OFFICIAL if len(others) < len(words) else Calling.UNSAID, (), not_sitting)


def split_title(text: str) -> tuple[str, str]:
    """Part the title words before a name from the name: "State Senator Jose M. Serrano".

    Returns (title, name) as written; the title is "" where the text opens with none.
    """
    tokens = text.split()
    words = [_word(_HYPHENED_STANDING.sub("", token)) for token in tokens]
    at = end = 0
    has_head = False
    while at < len(words):
        phrase = _phrase_at(words, at, _PHRASES)
        if phrase:
            has_head = has_head or phrase in _SEATS_AND_OFFICES
            at = end = at + len(phrase)
        elif words[at] in _OPENERS and (words[at] not in _CAPITALS_ONLY or tokens[at].isupper()):
            has_head = has_head or words[at] in _HEADS
            at = end = at + 1
        elif end and words[at] in _CONNECTIVES:
            at += 1
        else:
            break
    if not has_head:
        return "", " ".join(tokens)
    return " ".join(tokens[:end]).rstrip(",:"), " ".join(tokens[end:])


def is_title(text: str) -> bool:
    """Whether the whole of `text` is a title and no part of a name, as "Member of Congress" is."""
    title, rest = split_title(text)
    return bool(title and not rest) or read_title(text).calling is Calling.OCCUPATION


def _body(words: Sequence[str]) -> Body | None:
    """The chamber that the first telling word names: New York's state or city, unless it says Congress."""
    plain = all(word in _OPENERS or word in _CONNECTIVES or word in _PHRASE_WORDS for word in words)
    ranked = not _RANKS.isdisjoint(words)
    for place, word in enumerate(words):
        if tuple(words[place : place + 3]) == ("m", "of", "a"):
            return NY_ASSEMBLY
        if word in _BODY_OF_WORD and not (word in _LOOSE and (_is_state(words) or not plain)):
            return _BODY_OF_WORD[word]
        if word in _BODY_OF_CHAMBER and (ranked or words[place + 1 : place + 2] == ["president"]):
            return _BODY_OF_CHAMBER[word]
    return None


def _with_federal_reading(body: Body, words: Sequence[str]) -> tuple[Body, ...]:
    if body != NY_SENATE:
        return (body,)
    if "us" in words or "federal" in words or _has_phrase(words, ("united", "states")):
        return (US_SENATE,)
    return (NY_SENATE,) if _is_state(words) else (NY_SENATE, US_SENATE)


def _is_state(words: Sequence[str]) -> bool:
    return "state" in words or "nys" in words or _has_phrase(words, ("new", "york"))


def _without_officials(words: Sequence[str]) -> list[str]:
    """The words left when other public offices are taken out: an attorney general is not an attorney."""
    left, at = [], 0
    while at < len(words):
        phrase = _phrase_at(words, at, _OFFICIALS)
        if not phrase:
            left.append(words[at])
        at += len(phrase) or 1
    return left


def _phrase_at(words: Sequence[str], at: int, phrases: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest of `phrases` that begins at word `at`, or ()."""
    for length in range(_LONGEST_PHRASE, 0, -1):
        phrase = tuple(words[at : at + length])
        if phrase in phrases:
            return phrase
    return ()


def _has_phrase(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return any(_phrase_at(words, at, {phrase}) for at in range(len(words)))


def _words(text: str) -> list[str]:
    tokens = re.split(r"[\s,;/]+", _HYPHENED_STANDING.sub(r" \1 \2 ", text))
    return [word for token in tokens if (word := _word(token))]


def _word(token: str) -> str:
    """One written word in folded form without inner points or hyphens: "U.S." is "us"."""
    return fold(token).replace(" ", "")
