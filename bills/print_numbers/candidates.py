"""Spellings in running text that may be print numbers, and the rules that tell which of them are.

Each pattern has a reader that returns a `Candidate`, or None for what is no number: "I-130", "Suite A200",
"347 U.S. 483", "A 2020 study".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from bills.print_numbers import evidence


@dataclass(slots=True)
class Candidate:
    """A spelling that may be a number. `legislature` None: a Senate number of New York or of Congress."""

    start: int
    end: int
    legislature: str | None
    code: str
    number: int
    amendment: str = ""
    year: int | None = None
    congress: int | None = None
    is_file_year: bool = True  # False for the "2014" of an address such as nyc/2014/int-1568: a session
    stands: bool = True
    joins: bool = True  # may stand for its neighbour's sake
    is_loose: bool = False  # an "A" and digits apart, which is an article in most sentences
    session: int | None = None
    link: str = ""  # what joins it to the next candidate: "/", "," or nothing


_YEAR = r"(?:19|20)[0-9]{2}"
_COUNCIL_YEAR = r"(?:199[4-9]|20[0-9]{2})"
# The first character comes first so that the engine can skip to it; this then asks that no letter or
# digit stands before that character.
_OPENS_WORD = r"(?<![^\W_].)"
# What may follow a number: not a letter (but "S.3537and A.9157" happens), not more of a longer figure
# ("S518-455-2795", "A 10:30", "A 1,000", "287(g)", "A 100%"), not a date ("Int. No. 1/29/14").
_END = (
    r"(?!(?!(?:and|or)\b)[^\W_])(?![.:][0-9])(?!,[0-9]{3}(?![0-9]))(?!-[0-9])"
    r"(?!/[0-9]{1,2}(?![0-9]))(?!\([0-9a-z]{1,2}\))(?![%@])"
)
_NUMBER = r"(?P<number>[0-9]{1,5})(?![0-9])"
_SIGN = r"(?:(?:Nos?\.?|NOS?\.?|nos?\.?|Numbers?|NUMBERS?|numbers?):?\s{0,2}|\#\s?)"
# "S4075s" is a plural and "S.744-a bill" a dash, not amendments.
_AMENDMENT = (
    r"(?:-{0,2}(?P<amendment>[A-Z](?![^\W_])|[a-rt-z](?![^\W_])(?!\s(?:bill|law|measure|proposal|piece)\b)))?"
)
_YEAR_GLUED = rf"(?:[-/](?P<year>{_YEAR})(?:-(?:{_YEAR}|[0-9]{{2}})(?![0-9]))?(?![0-9]))?"
_COUNCIL_YEAR_GLUED = rf"(?:[-/.](?P<year>{_COUNCIL_YEAR})(?![0-9]))?"

_IN_WORDS = re.compile(
    rf"(?P<house>[SAHsah]{_OPENS_WORD}(?:enate|ENATE|ssembly|SSEMBLY|ouse|OUSE))\s{{1,2}}"
    rf"(?P<kind>(?i:bill|(?:joint\s|concurrent\s)?resolution))(?P<plural>s|S)?\s{{0,2}}"
    rf"(?P<sign>(?:[Pp]rint\s)?{_SIGN}|:\s?)?(?:\([HS]\.?\s?(?:J\.?\s?|Con\.?\s?)?Res\.?\)\s?)?"
    rf"{_NUMBER}{_AMENDMENT}{_YEAR_GLUED}{_END}"
)
_OF_CONGRESS = re.compile(
    rf"(?P<code>[HShs]{_OPENS_WORD}(?:(?<=H)\.\s?R\.?|(?<=H)R|(?<=h)\.r\.|(?<=h)r(?=[0-9])|"
    r"(?<=[HS])\.?\s?(?:[Jj]\.?\s?|Con\.?\s?|CON\.?\s?)?(?:Res|RES)\.?|(?<=[hs])(?:j|con)?res(?=[0-9])))"
    rf"\s?(?:{_SIGN}|-)?{_NUMBER}(?:[-/](?P<congress>1[0-9]{{2}}|{_YEAR})(?:st|nd|rd|th)?(?![0-9]))?{_END}"
)
_OF_COUNCIL = re.compile(
    rf"(?P<code>[IiRr]{_OPENS_WORD}(?:(?<=[Ii])nt(?:ro|roduction|roductory)?|(?<=I)NT(?:RO|RODUCTION|RODUCTORY)?|"
    rf"(?<=[Rr])es(?:o|olution)?|(?<=R)ES(?:O|OLUTION)?))(?P<plural>(?<![Rr]es)(?<!RES)[sS])?(?![^\W\d_])"
    rf"(?P<dot>\.?)\s{{0,2}}(?P<sign>{_SIGN}|-)?{_NUMBER}{_AMENDMENT}{_COUNCIL_YEAR_GLUED}"
    rf"(?:-(?P<amendment_after>[A-Z])(?![^\W_]))?{_END}"
)
_NOT_YET_NUMBERED = re.compile(
    rf"T{_OPENS_WORD}-?(?P<year>20[0-9]{{2}})-(?P<number>[0-9]{{3,5}})(?![0-9]){_END}"
)
_LETTERED = re.compile(
    rf"(?P<code>[SAJKBCRELsajkbcrel])(?=[0-9.\s\#Nn-])(?:{_OPENS_WORD}|(?<=BILL\sNO.))"
    rf"(?P<gap>\.\s?{_SIGN}?|\s{_SIGN}?|{_SIGN}|-)?{_NUMBER}{_AMENDMENT}"
    rf"(?:[-/](?P<congress>1[0-9]{{2}})(?:st|nd|rd|th)?(?![0-9])|{_YEAR_GLUED})"
    rf"(?:/amendment/(?P<in_address>[A-Za-z])(?![^\W_]))?{_END}"
)
_CONGRESS_ADDRESS = re.compile(
    r"(?P<congress>[1-9](?<![0-9].)(?:(?<=1)[0-9]{2}|[0-9])?)(?:st|nd|rd|th)-congress/(?P<house>house|senate)-"
    rf"(?P<kind>bill|(?:joint-|concurrent-)?resolution)/{_NUMBER}"
)
_COUNCIL_ADDRESS = re.compile(
    rf"intro\.nyc/(?P<whole>(?P<code>res-)?{_NUMBER}-(?P<year>{_COUNCIL_YEAR}))(?![0-9])"
)
_NEXT_IN_LIST = re.compile(
    rf"\s{{0,2}}(?:[,;&/]|and\b|or\b)\s{{0,2}}(?:and\s|or\s|&\s)?\#?(?P<whole>{_NUMBER}{_AMENDMENT}"
    rf"{_COUNCIL_YEAR_GLUED}){_END}"
)

_YEAR_FIRST = re.compile(rf"(?<![^\W_])(?P<year>{_YEAR})(?:-(?:{_YEAR}|[0-9]{{2}}))?[-/]\Z")
_CONGRESS_FIRST = re.compile(r"(?<![^\W_])(?P<congress>1[0-9]{2}|9[0-9])(?:st|nd|rd|th)?[-/]\Z")
# "KPMG-S4075" and an image's "/s1600/" are no bills, though "S4075-A2328" and "s4075/a2328" are pairs.
_MIDDLE_OF_A_NAME = ("-", "/", "=", "&", "?", "_", "+", "~")
# "A.170/S.999" and "H.R. 2029/S. 1": the figure is a bill's, no session. Nor is the end of a date one.
_TAKEN = re.compile(
    r"(?:(?<![^\W_])(?:[A-Za-z]\.?|HR|[Rr]es\.?|[Ii]nt\.?|[Nn]os?\.?)\s?|\#\s?|[0-9][-/.,])\Z"
)
_US_CODES = {code.lower(): code for code in ("HR", "HRes", "SRes", "HJRes", "SJRes", "HConRes", "SConRes")}
_BEFORE = 60  # characters looked at before a number for words that tell what it is
_WIDER = 200  # for "Resolution 8", which any council, legislature or board may number
_DIGITS = re.compile(r"[0-9][0-9]*")  # the engine skips to a single digit, though not to "[0-9]+"
_AFTER_DIGITS = 40  # characters: more than any pattern reads after the last digits, or forbids there
_NO_SIGN = (None, "", "-")


def find_candidates(flat: str, hint: str | None) -> list[Candidate]:
    """Return what may be numbers, by place. Where two patterns want the same digits the earlier has them."""
    by_digits: dict[int, Candidate] = {}
    digits = [match.span() for match in _DIGITS.finditer(flat)]
    for pattern, reader, before in _READERS:
        stretches = _stretches(digits, before)
        for match in chain.from_iterable(pattern.finditer(flat, start, end) for start, end in stretches):
            if match.start("number") in by_digits or not int(match["number"]):
                continue
            if candidate := reader(flat, match, hint):
                by_digits[match.start("number")] = candidate
                for place, another in _rest_of_list(flat, match, candidate):
                    by_digits.setdefault(place, another)
    return sorted(by_digits.values(), key=lambda candidate: candidate.start)


def _stretches(digits: list[tuple[int, int]], before: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each part of the text from `before` characters before digits to a little after them."""
    start = end = 0
    for first, last in digits:
        if first - before > end:
            if end:
                yield start, end
            start = first - before
        end = last + _AFTER_DIGITS
    if end:
        yield start, end


def _rest_of_list(flat: str, match: re.Match, first: Candidate) -> Iterator[tuple[int, Candidate]]:
    """Yield the bare numbers after a plural: "Int. Nos. 1558, 1566-A and 1568", "Senate Bills 4 and 5"."""
    parts = match.groupdict()
    if not parts.get("plural") and "s" not in (parts.get("sign") or "").lower():
        return
    following = _NEXT_IN_LIST.match(flat, match.end())
    while following and int(following["number"]):
        if _looks_like_year(following["number"]) and not (following["amendment"] or following["year"]):
            return
        another = _candidate(following, first.legislature, first.code)
        another.start = following.start("whole")
        if another.amendment and another.legislature == "us":
            return
        if another.amendment and another.legislature is None:
            another.legislature = "ny"
        yield following.start("number"), another
        following = _NEXT_IN_LIST.match(flat, following.end())


def _looks_like_year(digits: str) -> bool:
    return len(digits) == 4 and 1900 <= int(digits) <= 2099


def _before(flat: str, match: re.Match) -> str:
    return flat[max(0, match.start() - _BEFORE) : match.start()]


def _after(flat: str, match: re.Match) -> str:
    return flat[match.end() : match.end() + _BEFORE]


def _candidate(match: re.Match, legislature: str | None, code: str) -> Candidate:
    parts = match.groupdict()
    amendment = parts.get("amendment") or parts.get("amendment_after") or parts.get("in_address") or ""
    year, congress = parts.get("year"), parts.get("congress")
    return Candidate(
        start=match.start(),
        end=match.end(),
        legislature=legislature,
        code=code,
        number=int(match["number"]),
        amendment=amendment.upper(),
        year=int(year) if year else None,
        congress=int(congress) if congress else None,
    )


def _in_words(flat: str, match: re.Match, hint: str | None) -> Candidate | None:
    """Read "Senate Bill 4075-A", "Assembly Resolution No. 12", "House Joint Resolution 3"."""
    before = _before(flat, match)
    if evidence.is_of_another_state(before, _after(flat, match)) or before.endswith(
        ("General ", "National ")
    ):
        return None
    if _looks_like_year(match["number"]) and not match["sign"]:
        return None
    house, kind = match["house"].lower(), match["kind"].lower()
    if house == "house" and kind == "bill" and hint != "us" and evidence.senate_just_before(before) != "us":
        return None  # "House Bill 56" is how other states write
    legislature, code = _meaning_of_words(house, kind)
    if legislature is None:
        legislature = "ny" if match["amendment"] else evidence.senate_just_before(before)
    if legislature == "us" and match["amendment"]:
        return None
    return _candidate(match, legislature, code)


def _meaning_of_words(house: str, kind: str) -> tuple[str | None, str]:
    """Return whose number "senate bill" or "house resolution" is (None: either Senate's) and its code."""
    if kind == "bill":
        return {"senate": (None, "S"), "assembly": ("ny", "A"), "house": ("us", "HR")}[house]
    if kind == "resolution" or house == "assembly":
        return {"senate": (None, "J"), "assembly": ("ny", "K"), "house": ("us", "HRes")}[house]
    return "us", house[0].upper() + ("J" if kind.startswith("joint") else "Con") + "Res"


def _of_congress(flat: str, match: re.Match, _: str | None) -> Candidate | None:
    """Read "H.R. 6", "HR6", "S.Con.Res. 4", "117-HR6"."""
    before = _before(flat, match)
    code = _US_CODES[re.sub(r"[^a-z]", "", match["code"].lower())]
    if match["code"] == "HR" and re.search(r"[0-9]\s?\Z", before):
        return None  # "24 HR 7 days"
    candidate = _candidate(match, "us", code)
    _take_what_is_glued_before(candidate, before)
    if candidate.congress and candidate.congress >= 1900:
        candidate.year, candidate.congress = candidate.congress, None
    return candidate


def _of_council(flat: str, match: re.Match, hint: str | None) -> Candidate | None:
    """Read "Int. No. 1558-2017", "Intro 656-A", "Res. #0134-2024", "Resolution 1648-2021"."""
    before = _before(flat, match)
    word, digits = match["code"].lower(), len(match["number"].lstrip("0"))
    is_dated = bool(
        match["year"] or _glued(_YEAR_FIRST, before) or evidence.year_is_spelled_out(_after(flat, match))
    )
    is_exact = bool(is_dated or match["sign"] not in _NO_SIGN or match["amendment"] or match["plural"])
    if before.endswith("-") and not is_dated:
        return None
    if _looks_like_year(match["number"]) and not is_exact:
        return None
    if word.startswith("res") and evidence.is_of_another_body(before):
        return None
    if word == "resolution":
        around = flat[max(0, match.start() - _WIDER) : match.end() + _WIDER]
        stands = is_dated or hint == "nyc" or evidence.names_city_council(around)
    elif match["code"][0].islower():
        stands = is_exact
    elif word.startswith("introduc"):
        stands = is_exact or digits >= 3  # "Introduction 1" heads a chapter
    else:
        stands = is_exact or digits >= 3 or hint == "nyc" or bool(match["dot"])
    if not stands:
        return None
    candidate = _candidate(match, "nyc", "Res" if word.startswith("res") else "Int")
    if not match["year"]:
        _take_what_is_glued_before(candidate, before)
    return candidate


def _not_yet_numbered(_flat: str, match: re.Match, _: str | None) -> Candidate:
    return _candidate(match, "nyc", "T")


def _congress_address(_flat: str, match: re.Match, _: str | None) -> Candidate:
    """Read congress.gov's "117th-congress/house-bill/6"."""
    _, code = _meaning_of_words(match["house"], match["kind"])
    return _candidate(match, "us", {"J": "SRes"}.get(code, code))


def _council_address(_flat: str, match: re.Match, _: str | None) -> Candidate:
    """Read intro.nyc's "/1568-2017" and "/res-0120-2024"."""
    candidate = _candidate(match, "nyc", "Res" if match["code"] else "Int")
    candidate.start = match.start("whole")
    return candidate


def _lettered(flat: str, match: re.Match, hint: str | None) -> Candidate | None:
    """Read "S4075", "A.2328-A", "2017-S4075", "K1234": a letter of New York's, or the S of Congress."""
    before, after = _before(flat, match), _after(flat, match)
    code = match["code"].upper()
    candidate = _candidate(match, "ny" if code != "S" else None, code)
    _take_what_is_glued_before(candidate, before)
    is_dated = bool(candidate.year or candidate.congress)
    if _is_something_else(match, before, after):
        return None
    if candidate.amendment and (candidate.congress or code not in "SA"):
        return None  # neither Congress nor a resolution has amendment letters
    if candidate.congress and code != "S":
        return None
    if candidate.congress:
        candidate.legislature = "us"
    elif code == "S" and candidate.year and hint != "us":
        candidate.legislature = "ny"
    elif code == "S":
        candidate.legislature = _senate_of_spelling(match, before)
    if code not in "SA":
        candidate.stands = candidate.start < match.start() or _is_surely_resolution(match, before, is_dated)
        candidate.joins = False
        return candidate if candidate.stands else None
    candidate.is_loose = code == "A" and (match["gap"] or "").isspace()
    candidate.stands = is_dated or _is_surely_bill(match, before, after)
    candidate.joins = match["code"].isupper()
    if not is_dated and before.endswith(_MIDDLE_OF_A_NAME if match["code"].islower() else "-"):
        candidate.stands, candidate.joins = False, True
    return candidate if candidate.stands or candidate.joins else None


def _take_what_is_glued_before(candidate: Candidate, before: str) -> None:
    """Move the start to the "2017-" of "2017-S4075" or the "117-" of "117-HR6" and keep what it says."""
    glued = _glued(_YEAR_FIRST, before)
    if glued:
        candidate.year, candidate.is_file_year = int(glued["year"]), False
    elif candidate.code == "S" or candidate.legislature == "us":
        glued = _glued(_CONGRESS_FIRST, before)
        candidate.congress = int(glued["congress"]) if glued else candidate.congress
    if glued:
        candidate.start -= len(glued[0])


def _glued(pattern: re.Pattern, before: str) -> re.Match | None:
    match = pattern.search(before)
    return match if match and not _TAKEN.search(before, 0, match.start()) else None


def _is_something_else(match: re.Match, before: str, after: str) -> bool:
    gap = match["gap"] or ""
    if before.endswith(("@", "%", "§")) or (match["code"].islower() and before.endswith(("'", "#"))):
        return True  # "'s 744", a colour such as #a12345, a piece of an encoded address
    if evidence.continues_abbreviation(before, glued=not gap) or evidence.is_of_something_else(after):
        return True
    return not gap.startswith(".") and evidence.belongs_to_other_noun(before)


def _senate_of_spelling(match: re.Match, before: str) -> str | None:
    """Return "ny" for what Congress never writes, an amendment letter or a leading zero; None for either."""
    if match["amendment"] or match["in_address"] or match["number"].startswith("0"):
        return "ny"
    return evidence.senate_just_before(before)


def _is_surely_bill(match: re.Match, before: str, after: str) -> bool:
    """Tell whether an S or A with digits is a bill by itself; a loose spelling must show more."""
    gap, digits = match["gap"] or "", len(match["number"].lstrip("0"))
    is_year = _looks_like_year(match["number"])
    if match["code"].islower():
        if gap not in ("", "."):
            return False
        enough = 4 if gap and not match["amendment"] else 3
        return (digits >= enough and not is_year) or _is_named(before, after)
    is_amended = bool(match["amendment"]) and match["amendment"].isupper()
    is_padded = match["number"].startswith("0") and len(match["number"]) >= 4
    if is_padded or (is_amended and digits >= 3):
        return True
    if not gap or gap.startswith("."):  # "S744", "S.744", "S. 744"; but "Cruz, A. 2016" is an author
        if digits >= 3 and not (is_year and len(gap) > 1):
            return True
        return _is_named(before, after) or evidence.bill_is_acted_on(before) or (is_amended and bool(gap))
    if gap == "-" or (gap.isspace() and match["code"] == "S"):  # "S-4075", "S 4075"
        return not is_year and (digits >= 4 or _is_named(before, after))
    if gap.isspace():  # "A 2328", an article in most sentences
        return not is_year and _is_named(before, after)
    return (match["code"] == "S" and digits >= 3) or _is_named(before, after)  # "S No. 1234", "S #1234"


def _is_named(before: str, after: str) -> bool:
    in_brackets = before.endswith(("(", "[")) and after.startswith((")", "]"))
    return in_brackets or evidence.bill_is_named(before) or evidence.session_follows(after)


def _is_surely_resolution(match: re.Match, before: str, is_dated: bool) -> bool:
    """Tell whether a J, K, B, C, R, E or L with digits is a resolution: a rare reading of a common sight."""
    if evidence.resolution_is_named(before):
        return True
    digits = len(match["number"].lstrip("0"))
    if match["code"].islower() or digits < 3:
        return False
    return is_dated or (match["code"] in "JK" and not match["gap"])


Reader = Callable[[str, re.Match, str | None], Candidate | None]
# (pattern, its reader, characters that the pattern reads before a number's first digits at most, or more). Only what
# stands near digits is searched.
_READERS: tuple[tuple[re.Pattern, Reader, int], ...] = (
    (_CONGRESS_ADDRESS, _congress_address, 60),
    (_COUNCIL_ADDRESS, _council_address, 20),
    (_IN_WORDS, _in_words, 80),
    (_OF_CONGRESS, _of_congress, 35),
    (_OF_COUNCIL, _of_council, 40),
    (_NOT_YET_NUMBERED, _not_yet_numbered, 10),
    (_LETTERED, _lettered, 20),
)
