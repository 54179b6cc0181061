"""Names of persons: which words can be one, how capitals are brought to the usual form, when two names are
one person.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sponsors.folding import fold
from sponsors.nicknames import may_be_same_given_name
from statements.documents.offices import (
    ALSO_NAMES,
    HONORIFICS,
    ORGANISATION_WORDS,
    PUBLIC_OFFICES,
    ROLES,
    bare,
)
from statements.documents.vocabulary import words

PARTICLES = words("de la del las los van von der den da dos das di du le el al bin ibn y e ter st st. san")
SUFFIXES = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
DEGREES = words(
    "esq esquire phd ph.d md m.d jd j.d mph cpa lcsw msw rn dds mba ma edd ll.m llm aicp cae sj s.j"
)

_NAME_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?(?:-[^\W\d_]\.)?")
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}[A-Z]?|[B-HJ-Z]")
_NEVER_NAMES = words("""
    january february march july september october november december monday tuesday wednesday thursday friday
    saturday sunday i we he she they it this that these those there here in on at by for from with to of as
    if when while after before during since because but and or not our my his her their its your a an the
    according meanwhile also however additionally yesterday tomorrow tonight today recently whereas resolved
    dear sincerely respectfully said says sponsor sponsors co-sponsor cosponsor joint statement dream what
    who why how all every each no yes more most many some both other others immigrants advocates photo
    photos video livestream read watch click share follow contact email phone tel fax street avenue ave
    floor suite room subject re via cc subtitle section article title public general borough deputy majority
    minority acting interim former honorable democrat republican democrats republicans president-elect
    american immediate release press city capitol congress continued spokesperson update breaking icymi
    """)
_ALSO_SURNAMES = words("bill west north south temple church post power house law parish road home east")
_THINGS = words("bill law house road home parish")  # "Drive Safe Bill" is nobody


def can_be_name_word(token: str) -> bool:
    """Can the word stand inside a person's name, by its letters and by not being another kind of word?"""
    word = token.strip(",")
    if not word or len(word) > 30:
        return False
    folded = bare(word)
    if folded in PARTICLES or folded in SUFFIXES:
        return True
    if not word[0].isupper() or not _NAME_TOKEN.fullmatch(word):
        return False
    if _INITIALS.fullmatch(word):
        return True
    if folded.endswith(("'s", "’s")):
        return False
    if folded in _NEVER_NAMES or (folded in ORGANISATION_WORDS and folded not in _ALSO_SURNAMES):
        return False
    return not (folded in PUBLIC_OFFICES or folded in ROLES or folded in HONORIFICS) or folded in ALSO_NAMES


def name_run(tokens: list[str], start: int) -> int:
    """The index after the last word of the name that begins at `start`; `start` itself where none begins.

    A name is at most five words, begins with a capital, and ends with a whole word, not with an initial or
    particle.
    """
    end = start
    while end < len(tokens) and end - start < 6 and can_be_name_word(tokens[end]):
        end += 1
        if tokens[end - 1].endswith(","):
            break
    if not (
        end == len(tokens) == start + 2 and re.fullmatch(r"[A-Z]\.,?", tokens[-1])
    ):  # "Jagpreet S." hides a surname
        while end > start and _cannot_end(tokens[end - 1]):
            end -= 1
    if end == start or not tokens[start][0].isupper() or _mixes_capitals(tokens[start:end]):
        return start
    if end - start > 1 and bare(tokens[end - 1]) in _THINGS:
        return start
    return end


def _mixes_capitals(tokens: list[str]) -> bool:
    """An abbreviation among other words is no name ("CUNY Dreamers"); a name all in capitals is one."""
    whole = [token.strip(".,") for token in tokens if bare(token) not in SUFFIXES]
    whole = [word for word in whole if len(word) >= 3 and "." not in word]
    return len({word.isupper() for word in whole}) > 1


def _cannot_end(token: str) -> bool:
    return (bare(token) in PARTICLES and not token[0].isupper()) or bool(re.fullmatch(r"[A-Z]\.?,?", token))


def tidy(name: str) -> str:
    """The name in the usual form: single spaces, no degrees, and capitals only where they belong.

    "JOSE M. SERRANO" gives "Jose M. Serrano"; "MARK-VIVERITO" gives "Mark-Viverito"; "MCDONALD" "McDonald".
    """
    tokens = [token for token in name.replace(",", " ").split() if bare(token) not in DEGREES]
    while tokens and bare(tokens[0]) in HONORIFICS and len(tokens) > 1:
        tokens.pop(0)
    letters = "".join(character for character in "".join(tokens) if character.isalpha())
    if letters.isupper() and len(letters) > 3:
        tokens = [_capitalised(token, first=not index) for index, token in enumerate(tokens)]
    return " ".join(SUFFIXES.get(bare(token), token.strip('*"“”')) for token in tokens).strip(" ,;:")


def _capitalised(token: str, *, first: bool) -> str:
    if bare(token) in SUFFIXES:
        return SUFFIXES[bare(token)]
    if bare(token) in {"de", "del", "van", "von", "der", "la", "da", "dos", "di"}:
        return token.capitalize()
    word = re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), token)
    word = re.sub(r"(?<=['’])S\b", "s", word)
    if re.match(r"Mc[a-z]{2}", word):
        word = "Mc" + word[2:].capitalize()
    return word


@lru_cache(maxsize=4096)
def folded_words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, without accents, points, suffixes or nicknames in quotation
    marks.
    """
    words = fold(re.sub(r"[\"“”(][^\"“”()]{0,30}[\"“”)]", " ", name)).split()
    return tuple(word for word in words if word not in SUFFIXES and word not in HONORIFICS) or tuple(words)


def surname(name: str) -> str:
    """The last word of the name, folded; of a double surname its second part."""
    words = folded_words(name)
    return words[-1] if words else ""


@lru_cache(maxsize=16_384)
def same_person(one: str, other: str) -> bool:
    """Can both names be one person? A surname alone fits any fuller name that holds it.

    First names agree when they are equal, short forms of one another ("Jeff", "Jeffrey"), or an initial of
    the other; "Jose M. Serrano" and "José E. Serrano" are two men.
    """
    shorter, longer = sorted((folded_words(one), folded_words(other)), key=len)
    if not shorter:
        return False
    if longer[-len(shorter) :] == shorter:
        return True
    if shorter[-1] != longer[-1] and not (
        len(shorter) > 1 and len(shorter[-1]) > 3 and shorter[-1] in longer[1:]
    ):
        return False
    if len(shorter) < 2 or not _first_names_agree(shorter[0], longer[0]):
        return False
    return len(shorter) < 3 or shorter[-1] != longer[-1] or shorter[1][0] == longer[1][0]


def _first_names_agree(one: str, other: str) -> bool:
    if one[0] == other[0] and (len(one) == 1 or len(other) == 1):
        return True
    shorter, longer = sorted((one, other), key=len)
    return (len(shorter) >= 3 and longer.startswith(shorter)) or may_be_same_given_name(one, other)
