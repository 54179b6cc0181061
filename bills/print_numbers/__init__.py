"""Print numbers: the one reader of bill numbers for addresses, imports, the search box and documents.

`parse_print_no` reads a text that is one number and nothing else, in any spelling.
`find_print_numbers` picks numbers out of running text, where "S-Comm" and "A 2020 study" are none.
`read_query` reads what a person types into a search box.
`find_drafting_numbers` reads the Council's "LS# 9714, 9725", which count drafts and are never bills.
"""

import re
from dataclasses import replace

from bills.print_numbers.designators import PrintNumber
from bills.print_numbers.drafting_numbers import DraftingNumber, find_drafting_numbers
from bills.print_numbers.in_text import FoundPrintNumber, find_print_numbers
from bills.print_numbers.sessions import (
    LEGISLATURES,
    session_end,
    session_label,
    session_named,
    session_of_date,
    session_of_year,
    session_start,
    session_years,
)
from bills.print_numbers.typography import plain_characters

__all__ = [
    "LEGISLATURES",
    "DraftingNumber",
    "FoundPrintNumber",
    "PrintNumber",
    "find_drafting_numbers",
    "find_print_numbers",
    "parse_print_no",
    "read_query",
    "session_end",
    "session_label",
    "session_named",
    "session_of_date",
    "session_of_year",
    "session_start",
    "session_years",
]

_LONGEST_NUMBER = 100  # characters; the longest real spelling, with its lead words, has about 60
_LONGEST_QUERY = 500  # a pasted web address included

_DIGITS = r"0{0,8}(?P<number>[1-9][0-9]{0,4})"
_YEAR = r"(?:19|20)[0-9]{2}"
_YEARS = rf"{_YEAR}(?:-(?:{_YEAR}|[0-9]{{2}}))?"
_SEPARATOR = r"(?: ?[-/|,(] ?| (?:of (?:the )?)?)"
# Bare digits are a Congress only where they could be one whose papers are on the web, from the 90th on.
_CONGRESS = rf"(?:{_YEAR}|1[0-9]{{2}}|9[0-9])"
_ORDINAL = r"[0-9]{1,3}(?:st|nd|rd|th)"
_NUMBER_SIGN = r"[ .:#-]{0,4}(?:(?:nos?|numbers?)\b[ .:#]{0,3})?"

_NEW_YORK = re.compile(
    rf"(?:(?P<years_before>{_YEARS}) ?[-/:|, ] ?)?"
    rf"(?P<code>[SAJKBCREL]){_NUMBER_SIGN}{_DIGITS}(?:(?: |\.|-{{1,2}})?(?P<amendment>[A-Z]))?"
    rf"(?:{_SEPARATOR}(?P<years_after>{_YEARS})(?: session)?\)?)?",
    re.IGNORECASE | re.ASCII,
)
_COUNCIL = re.compile(
    rf"(?:(?P<years_before>{_YEARS}) ?[-/:|, ] ?)?"
    r"(?:(?P<Int>int(?:ro(?:duction|ductory)?)?s?)|(?P<Res>res(?:o(?:lutions?)?)?))"
    rf"{_NUMBER_SIGN}{_DIGITS}(?:[ -]?(?P<amendment>[A-Z]))?"
    rf"(?:(?:\.|{_SEPARATOR})(?P<years_after>{_YEAR})\)?)?(?:[ -]?(?P<amendment_after>[A-Z]))?",
    re.IGNORECASE | re.ASCII,
)
_COUNCIL_FILE_NOT_NUMBERED = re.compile(
    rf"(?:(?P<years_before>{_YEARS}) ?[-/:|, ] ?)?(?P<T>T)[ .-]{{0,2}}"
    rf"(?:(?P<years_after>{_YEAR}) ?[-/ ] ?)?{_DIGITS}",
    re.IGNORECASE | re.ASCII,
)
_COUNCIL_FILE_WITHOUT_DESIGNATOR = re.compile(rf"{_DIGITS}-(?P<years_after>{_YEAR})", re.ASCII)
_US_CONGRESS = re.compile(
    rf"(?:(?P<before>{_ORDINAL}|{_CONGRESS})(?:[ -]congress)?[-/:, ] ?)?"
    r"(?P<code>[hs]\.? ?(?:con\.? ?|j\.? ?)?res\.?|h\.? ?r\.?|s\.?)"
    rf"{_NUMBER_SIGN}{_DIGITS}"
    rf"(?:{_SEPARATOR}\(?(?:(?:in|of) the )?(?P<after>{_ORDINAL}|{_CONGRESS})(?: congress)?\)?)?",
    re.IGNORECASE | re.ASCII,
)
_US_CODES = {
    code.lower(): code for code in ("HR", "S", "HRes", "SRes", "HJRes", "SJRes", "HConRes", "SConRes")
}

_LEAD_WORD = re.compile(
    r"(new york city|new york(?: state)?|united states|u\.? ?s\.?|nys|nyc|ny|the|state|city|council|federal|"
    r"congress|congressional|legislative|proposed|preconsidered|print|file|bills?|senate|assembly|house|joint|"
    r"concurrent|resolutions?|nos?|numbers?|\([hs]\. ?(?:con\. ?|j\. ?)?res\.\))(?![a-z0-9])[ .:#|]*",
    re.IGNORECASE | re.ASCII,
)
_LEGISLATURE_OF_WORD = {
    "united states": "us",
    "us": "us",
    "federal": "us",
    "congress": "us",
    "congressional": "us",
    "new york city": "nyc",
    "nyc": "nyc",
    "city": "nyc",
    "council": "nyc",
    "new york": "ny",
    "new york state": "ny",
    "nys": "ny",
    "ny": "ny",
    "state": "ny",
}
# The Assembly site prints the label and the number without a space: "BILL NOS04075A".
_GLUED_LABEL = re.compile(r"bill no(?=[sajkbcrel][0-9])", re.IGNORECASE | re.ASCII)

_BETWEEN_NUMBERS = re.compile(
    r" ?[/,;&+|] ?(?:and )?| (?:and|or) | (?=[a-z]{1,3}[ .-]{0,2}[0-9])", re.IGNORECASE | re.ASCII
)
_WORD = re.compile(r"[^\W_]+")
# fmt: off
_QUERY_FILLERS = frozenset({
    "a", "about", "act", "all", "and", "any", "are", "bill", "bills", "can", "did", "do", "does",
    "find", "for", "go", "how", "i", "in", "info", "information", "is", "it", "law", "legislation",
    "look", "lookup", "me", "my", "no", "number", "of", "on", "open", "or", "please", "print",
    "prints", "same", "as", "search", "see", "session", "show", "status", "text", "the", "this",
    "to", "track", "up", "version", "what", "whats", "what's", "where", "where's", "who", "with",
    "you",
})
# fmt: on
_RESOLUTION_WORD = re.compile(r"\bresolution", re.IGNORECASE)
_OTHER_WORDS_ALLOWED = 3


def parse_print_no(text: str, *, legislature: str | None = None, session: int | None = None) -> PrintNumber:
    """Read one number, in any spelling, and nothing else.

    "S4075", "s.04075-a", "2017-S4075A", "Senate Bill S1747B", "BILL NOS04075A" -> New York;
    "Int. No. 1558-A", "Res 1236", "T2025-2970" -> the Council; "H.R. 6", "117-HR6" -> Congress.
    "S. 744" alone is New York's unless `legislature` or the text says otherwise. `session` (any year of it,
    or the number of a Congress) is used where the text names none.

    Raises ValueError for anything else, a pair such as "S3076/A2328" and a number without a designator too.
    """
    if legislature is not None and legislature not in LEGISLATURES:
        raise ValueError(f"{legislature!r:.40} is no legislature; expected one of {', '.join(LEGISLATURES)}.")
    if not isinstance(text, str):
        raise ValueError(f"A bill number is read from text such as S4075A, not from {type(text).__name__}.")
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(f"“{text[:40]}…” is too long for a bill number; expected one such as S4075A.")
    number = _read_number(_tidy(text), legislature)
    if number is None:
        raise ValueError(_refusal(text, legislature))
    if number.session is None and session is not None:
        return replace(number, session=session_named(number.legislature, session))
    return number


def read_query(text: str) -> list[PrintNumber]:
    """Read what a person types into a search box: the numbers it names, in order, or [].

    "S.03076-A/A.02328-A" gives two, "bill s.04075-A please" one. "2020 dream act" and a bare "4075" give
    none: the first is a search for words, the second could be any legislature's. "J-1" alone is a visa;
    the resolution is "resolution J1" or "2017-J1".
    """
    if not isinstance(text, str) or len(text) > _LONGEST_QUERY:
        return []
    query = _tidy(text)
    numbers = _read_list(query) or _read_list(_without_fillers(query)) or _read_among_words(query)
    if not _RESOLUTION_WORD.search(query):
        numbers = [number for number in numbers if not _may_be_visa(number)]
    return list(dict.fromkeys(numbers))


def _read_list(query: str) -> list[PrintNumber]:
    """Read one number, or several with "/", "," or "and" between; [] when any part is none."""
    if number := _read_number(query, None):
        return [number]
    numbers = [_read_number(part, None) for part in _BETWEEN_NUMBERS.split(query)]
    return [number for number in numbers if number] if all(numbers) else []


def _may_be_visa(number: PrintNumber) -> bool:
    """Whether people who look for this mean a visa: J-1, K-1, E-2, R-1."""
    return number.designator in tuple("JKBCREL") and number.number < 100 and number.session is None


def _read_among_words(query: str) -> list[PrintNumber]:
    found = find_print_numbers(query)
    if not found:
        return []
    is_address = "://" in query or query.startswith("www.")
    rest = query
    for one in reversed(found):
        rest = rest[: one.start] + " " + rest[one.end :]
    others = [word for word in _WORD.findall(rest.casefold()) if word not in _QUERY_FILLERS]
    if is_address or len(others) <= _OTHER_WORDS_ALLOWED:
        return [one.number for one in found]
    return []


def _without_fillers(query: str) -> str:
    """Drop the words around a number; a single letter stays, since it may be a designator."""
    words = query.rstrip("?!. ").split(" ")
    return " ".join(word for word in words if len(word) == 1 or word.casefold() not in _QUERY_FILLERS)


def _tidy(text: str) -> str:
    return " ".join(plain_characters(text).split()).strip(" \"'“”‘’«»()[]{}<>*#|.,;:!?")


def _read_number(spelling: str, legislature: str | None) -> PrintNumber | None:
    spelling, legislatures = _without_lead_words(spelling, legislature)
    for candidate in legislatures:
        try:
            number = _READERS[candidate](spelling, legislature)
        except ValueError:  # a spelling of the right shape with a year or letter that cannot be
            continue
        if number:
            return number
    return None


def _without_lead_words(spelling: str, legislature: str | None) -> tuple[str, list[str]]:
    """Take "Senate Bill", "Proposed", "BILL NO |" off the front.

    Returns the rest and the legislatures it may be of, likeliest first. Where the words are all there is,
    as in "Senate Bill 4075", the rest begins with the designator they mean.
    """
    spelling = _GLUED_LABEL.sub("", spelling, count=1) if _GLUED_LABEL.match(spelling) else spelling
    words = []
    while match := _LEAD_WORD.match(spelling):
        words.append(match[1].lower().replace(".", "").replace("u s", "us"))
        spelling = spelling[match.end() :]
    named = [_LEGISLATURE_OF_WORD[word] for word in words if word in _LEGISLATURE_OF_WORD]
    if named:
        meant = "nyc" if "nyc" in named else named[0]
        legislatures = [meant] if legislature in (None, meant) else []
    else:
        legislatures = [legislature] if legislature else ["ny", "us", "nyc"]
    if spelling[:1].isdigit() and (code := _code_of_words(words, legislatures)):
        spelling = f"{code} {spelling}"
    return spelling, legislatures


def _code_of_words(words: list[str], legislatures: list[str]) -> str | None:
    """Return the designator that the words before bare digits stand for, as in "Senate Bill 4075"."""
    chamber = next((word for word in words if word in ("senate", "assembly", "house")), None)
    if not any(word.startswith("resolution") for word in words):
        return {"senate": "S", "assembly": "A", "house": "HR"}.get(chamber or "")
    if chamber is None:
        return "Res"
    kind = {"joint": "J", "concurrent": "Con"}.get(
        next((w for w in words if w in ("joint", "concurrent")), ""), ""
    )
    if chamber == "assembly":
        return "K" if not kind else None
    if chamber == "senate" and not kind and "ny" in legislatures:
        return "J"
    return f"{chamber[0].upper()}{kind}Res"


def _read_new_york(spelling: str, _: str | None) -> PrintNumber | None:
    match = _NEW_YORK.fullmatch(spelling)
    if not match:
        return None
    session = _session_of_years("ny", match["years_after"] or match["years_before"])
    amendment = (match["amendment"] or "").upper()
    return PrintNumber("ny", match["code"].upper(), int(match["number"]), amendment, session)


def _read_council(spelling: str, legislature: str | None) -> PrintNumber | None:
    match = _COUNCIL.fullmatch(spelling) or _COUNCIL_FILE_NOT_NUMBERED.fullmatch(spelling)
    if not match and legislature == "nyc":
        match = _COUNCIL_FILE_WITHOUT_DESIGNATOR.fullmatch(spelling)
    if not match:
        return None
    parts = match.groupdict()
    code = next((code for code in ("Int", "Res", "T") if parts.get(code)), "Int")
    session = _session_of_years("nyc", parts["years_after"] or parts.get("years_before"))
    year = int(parts["years_after"]) if parts["years_after"] else None
    amendment = (parts.get("amendment") or parts.get("amendment_after") or "").upper()
    return PrintNumber("nyc", code, int(parts["number"]), amendment, session, year)


def _read_us_congress(spelling: str, _: str | None) -> PrintNumber | None:
    match = _US_CONGRESS.fullmatch(spelling)
    if not match:
        return None
    code = _US_CODES[match["code"].lower().replace(".", "").replace(" ", "")]
    congress = match["after"] or match["before"]
    session = session_named("us", int(congress.rstrip("stndrhSTNDRH"))) if congress else None
    return PrintNumber("us", code, int(match["number"]), session=session)


_READERS = {"ny": _read_new_york, "nyc": _read_council, "us": _read_us_congress}


def _session_of_years(legislature: str, years: str | None) -> int | None:
    """Return the session of "2017", "2017-2018" or "2017-18"; raise ValueError for years that make none."""
    if not years:
        return None
    first, _, last = years.partition("-")
    if last and not 0 < (int(last) - int(first)) % 100 <= 3:
        raise ValueError(f"{years} is no session.")
    return session_of_year(legislature, int(first))


def _refusal(text: str, legislature: str | None) -> str:
    shown = f"“{text.strip()[:40]}”" if text.strip() else "An empty text"
    if len(text.strip()) > 40:
        shown = shown[:-1] + "…”"
    if len(read_query(text)) > 1:
        return f"{shown} names more than one bill; expected one, such as S4075A."
    example = {"nyc": "Int 1568-2017", "us": "H.R. 6"}.get(legislature or "", "S4075A")
    return f"{shown} is no bill number; expected one such as {example}."
