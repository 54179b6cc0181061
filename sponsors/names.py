"""Read one person's name as written in a document, a sponsor list or a legislature's record.

Pure: text in, words out, no knowledge of who exists. "Rep. Connolly, Gerald E. [D-VA-11]", "M. of A. REYES",
"Rosenthal L" and "Public Advocate Jumaane Williams" are all read here; who is meant is decided in
`sponsors.resolution`. No text makes the reader raise; a text that is no name gives a `PersonName` without
a surname.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from nameparser import Lexicon, Parser, Policy

from sponsors.folding import fold, vocabulary
from sponsors.titles import is_title, split_title

MAX_WRITTEN = 200  # characters; a longer text is no name, and is not read


@dataclass(frozen=True, slots=True)
class PersonName:
    """A written name in its parts, spelled as written. A part that the text does not give is "".

    `given` and `middle` may be initials, with or without points ("M", "J.M."). `party` is as printed ("D",
    "R,C"), `place` the district or place after it ("Queens", "NY-12").
    """

    written: str
    title: str = ""
    given: str = ""
    middle: str = ""
    surname: str = ""
    suffix: str = ""
    nickname: str = ""
    party: str = ""
    place: str = ""

    @property
    def forenames(self) -> tuple[str, ...]:
        """Given and middle names as folded words: "Jose M." is ("jose", "m"), "J.M." is ("j", "m")."""
        return tuple(f"{fold(self.given)} {fold(self.middle)}".split())

    @property
    def is_surname_only(self) -> bool:
        return bool(self.surname) and not self.forenames


def read_name(written: str) -> PersonName:
    """The likeliest reading of `written`. See `readings` for the others."""
    return readings(written)[0]


def readings(written: str) -> tuple[PersonName, ...]:
    """Every reading that `written` bears, the likeliest first; never empty.

    "EDWARD RA" may be Edward Ra, or a member Edward with the initials R. A.; "BICHOTTE HERMELYN" may be a
    given name and a surname, or a double surname. Only a roster can tell.
    """
    if not isinstance(written, str):
        raise TypeError(f"A written name must be text, not {type(written).__name__}.")
    return _readings(written) if len(written) <= MAX_WRITTEN else (PersonName(written),)


@lru_cache(maxsize=16_384)  # a session has some 158,000 sponsorships under fewer than a thousand spellings
def _readings(written: str) -> tuple[PersonName, ...]:
    text = _clean(written)
    text = _person_at_whose_request(text)
    text, party, place = _split_party(text)
    title, text = split_title(text)
    text, trailing_title = _split_trailing_title(text)
    text, origin = _split_origin(text) if title else (text, "")
    text = _POSSESSIVE.sub("", text.strip(" ,;:"))
    frame = PersonName(written, title=title or trailing_title, party=party, place=place or origin)
    found = (replace(frame, **parts) for parts in _plain_readings(text))
    return tuple(name for name in found if fold(name.surname)) or (frame,)


# --- what stands around a name -------------------------------------------------------------------------

_POSSESSIVE = re.compile(r"(?<=\w)['’]s$", re.IGNORECASE)
_AT_REQUEST = re.compile(
    r"(?:committee on )?rules\b[^()]{0,40}\((?:(?:at )?(?:the )?request of )?([^()]+)\)$", re.IGNORECASE
)
_PARTY = r"(?:DEM|REP|IND|WFP|WF|IP|D|R|I|C)"
_PARTY_AND_PLACE = re.compile(
    rf"({_PARTY}(?:\s?[,/]\s?{_PARTY})*)(?![\w.])\s?(?:[-–—,:]\s?)?(.*)", re.IGNORECASE
)
_PARTY_AFTER_COMMA = re.compile(rf"({_PARTY})\s?[-–—]\s?([^,]{{1,60}})")
# How the Assembly's lists mark a multi-sponsor beside the name.
_LIST_MARKS = frozenset({"ms", "m s", "multi sponsor"})
_BRACKETS = {")": "(", "]": "["}


def _clean(written: str) -> str:
    """One line of NFC text without control, direction and other invisible characters."""
    spaced = " ".join(written.split())
    visible = "".join(char for char in spaced if unicodedata.category(char)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", visible).split())


def _person_at_whose_request(text: str) -> str:
    """The member behind a Rules Committee bill: "COMMITTEE ON RULES (at request of M. of A. Camara)"."""
    match = _AT_REQUEST.match(text)
    return match.group(1).strip() if match else text


def _split_party(text: str) -> tuple[str, str, str]:
    """(name, party, place) of "Charles Schumer (D-NY)", "Comer, James [R-KY-1]", "Jose Peralta, D-Queens"."""
    opening = _BRACKETS.get(text[-1:])
    if opening and opening in text:
        before, _, inside = text[:-1].rpartition(opening)
        match = _PARTY_AND_PLACE.fullmatch(inside.strip())
        if match:
            return before.strip(), match.group(1), match.group(2).strip()
        if fold(inside) in _LIST_MARKS:
            return before.strip(), "", ""
    before, _, after = text.rpartition(",")
    match = _PARTY_AFTER_COMMA.fullmatch(after.strip())
    return (before.strip(), match.group(1), match.group(2).strip()) if match and before else (text, "", "")


def _split_trailing_title(text: str) -> tuple[str, str]:
    """(name, title) of "José E. Serrano, Member of Congress"."""
    before, _, after = text.partition(",")
    return (before.strip(), after.strip()) if before.strip() and is_title(after) else (text, "")


def _split_origin(text: str) -> tuple[str, str]:
    """(name, state) of "SMITH of New Jersey", as the House tells two of a surname apart."""
    before, _, after = text.partition(" of ")
    return (before.strip(), after.strip()) if before.strip() else (text, "")


# --- the plain name ------------------------------------------------------------------------------------

_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
PARTICLES = vocabulary("da de del dela den der di do dos du el la las le los mac san santa st van von")
# Initials after a surname part members of one surname in the Assembly's lists: "Rosenthal L", "Miller MG".
_LIST_INITIALS = re.compile(r"[A-Z]\.?(?:[A-Z]\.?){0,2}")
_VOWELS = frozenset("aeiouy")
_MAX_SURNAME_WORDS = 4  # "De Los Santos Rivera"; a longer run of words is not one surname

# Built by hand, not from the library's defaults: its 800 titles and 600 degrees take "King", "Judge" and "Ra"
# out of names, and titles are already gone when it is asked. Its shared constants are not touched.
_PARSER = Parser(
    lexicon=Lexicon(
        suffix_words=frozenset({*_GENERATIONS, "v", "jnr", "snr", "esq"}),
        suffix_acronyms=frozenset({"md", "phd", "jd", "lcsw", "rn"}),
        particles=PARTICLES,
        particles_ambiguous=PARTICLES - {"de", "dela", "dos"},
    ),
    policy=Policy(segment_scripts=frozenset()),
)


def _plain_readings(text: str) -> list[dict[str, str]]:
    """Readings of a name that has lost its title and party, as keyword arguments of `PersonName`."""
    words = text.split()
    if not words or not any(char.isalpha() for char in text):
        return []
    if len(words) == 1:
        return [{"surname": text}]
    if "," in text:
        return [_split(text)]
    listed = _surname_and_initials(words)
    if listed and not listed["middle"]:
        return [listed]
    found = [_split(text)]
    if (
        listed
    ):  # "Miller MG", or "Ron KIM" with the surname in capitals: letters without a vowel are no surname
        likelier = _VOWELS.isdisjoint(fold(words[-1]))
        found.insert(0 if likelier else 1, listed)
    if len(words) <= _MAX_SURNAME_WORDS and all(len(fold(word)) > 1 for word in words):
        whole = {"surname": text}
        if fold(words[0]) in PARTICLES:  # "Van Hollen": likelier a surname than a man called Van
            found.insert(0, whole)
        else:
            found.append(whole)
    return found


def _split(text: str) -> dict[str, str]:
    """Part a plain name with nameparser, and put right what it does not know."""
    name = _PARSER.parse(_generation_last(text))
    # An abbreviation it does not know ("Ma. Lopez") is taken for a title; ours are gone, so it is a forename.
    given = f"{name.title} {name.given}".strip()
    suffix = " ".join(word for word in name.suffix.replace(",", " ").split() if fold(word) in _GENERATIONS)
    if not name.family:  # "Malcolm Jr." has no forename that we know of
        return {"surname": given, "suffix": suffix, "nickname": name.nickname}
    return {
        "given": given,
        "middle": name.middle,
        "surname": name.family,
        "suffix": suffix,
        "nickname": name.nickname,
    }


def _generation_last(text: str) -> str:
    """ "Powell, IV, Adam Clayton" as "Adam Clayton Powell IV"."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 3 and fold(parts[1]) in _GENERATIONS:
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return text


def _surname_and_initials(words: list[str]) -> dict[str, str] | None:
    """The reading of "Rosenthal L" or "Miller MG", or None where the last word cannot be initials."""
    last = words[-1]
    if not _LIST_INITIALS.fullmatch(last) or fold(last) in _GENERATIONS:
        return None
    if all(len(fold(word)) == 1 for word in words[:-1]):
        return None
    letters = last.replace(".", "")
    return {"surname": " ".join(words[:-1]), "given": letters[0], "middle": " ".join(letters[1:])}
