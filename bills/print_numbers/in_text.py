"""Print numbers in running text: press releases, letters, resolutions, bill pages, web addresses.

`candidates` picks the spellings out and judges each by itself. Here the text is read as a
whole: a doubtful number stands beside a sure one ("S 12/A 34"), a session is taken from the words next to
it, and a bare "S. 744", which New York and Congress both write, goes to one of them by its neighbours,
the hint or the words around it. All of it is linear in the length of the text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from itertools import pairwise

from bills.print_numbers import evidence
from bills.print_numbers.candidates import Candidate, find_candidates
from bills.print_numbers.designators import PrintNumber
from bills.print_numbers.sessions import (
    FIRST_COUNCIL_YEAR,
    LEGISLATURES,
    session_named,
    session_of_date,
    session_of_year,
)
from bills.print_numbers.typography import plain_characters


@dataclass(frozen=True, slots=True)
class FoundPrintNumber:
    """One number and its place: `text[start:end] == as_written`. A year is part of it only where glued on."""

    number: PrintNumber
    start: int
    end: int
    as_written: str


def find_print_numbers(
    text: str, *, legislature: str | None = None, date: Date | None = None
) -> list[FoundPrintNumber]:
    """Return the numbers in `text`, by place; of a pair such as "S.03076-A/A.02328-A" both.

    `legislature` is a hint for spellings that legislatures share ("S. 744", "Senate Resolution 12",
    "Resolution 8"); "H.R. 6" is Congress's under any hint. The session comes from a year or a Congress named
    next to the number, else next to the same number elsewhere in the text, else from `date`, the day of the
    document, else it is None.
    """
    if legislature is not None and legislature not in LEGISLATURES:
        raise ValueError(f"{legislature!r:.40} is no legislature; expected one of {', '.join(LEGISLATURES)}.")
    if not isinstance(text, str):
        raise TypeError(f"Bill numbers are looked for in a text, not in {type(text).__name__}.")
    flat = plain_characters(text)
    candidates = find_candidates(flat, legislature)
    _join_neighbours(flat, candidates)
    standing = [candidate for candidate in candidates if candidate.stands]
    _read_years_beside(flat, standing)
    _settle_senates(flat, standing, legislature)
    _name_sessions(standing)
    return [_found(text, candidate, date) for candidate in standing]


_BETWEEN = re.compile(
    r"\s{0,2}(?:\([^()\n]{1,60}\)\s{0,2})?(?:(?P<slash>/)|-|[,;&+|]|,?\s?(?:and|or|&)|"
    r",?\s?(?:and\s)?(?:its\s|the\s)?(?:[Ss]enate\s|[Aa]ssembly\s|[Hh]ouse\s)?companion(?:\sbill)?,?)?\s{0,2}\(?\s?"
)
_LONGEST_BETWEEN = 100
_NOT_IN_SENTENCE = re.compile(r"\s*(?:[).,;:/\]\n]|\Z)")


def _join_neighbours(flat: str, candidates: list[Candidate]) -> None:
    """Note which candidates are linked, and let a doubtful one stand beside one that stands."""
    for one, following in pairwise(candidates):
        if 0 <= following.start - one.end <= _LONGEST_BETWEEN:
            between = _BETWEEN.fullmatch(flat, one.end, following.start)
            one.link = "/" if between and between["slash"] else "," if between else ""
        if one.link == "/" and {one.code, following.code} == {"S", "A"}:
            one.stands = following.stands = True  # "S 12/A 34": each makes the other sure
    for one, following in pairwise(candidates):
        if one.stands and _may_join(flat, following, one.link):
            following.stands = True
    for one, following in reversed(list(pairwise(candidates))):
        if following.stands and _may_join(flat, one, one.link):
            one.stands = True
    for one, following in pairwise(candidates):
        if not following.stands:
            one.link = ""


def _may_join(flat: str, doubtful: Candidate, link: str) -> bool:
    """Whether a link to a sure number is enough; "S4075, and A 2020 study" has an article after its comma."""
    if not link or not doubtful.joins:
        return False
    if link == "/" or not doubtful.is_loose:
        return True
    return not 1900 <= doubtful.number <= 2099 and bool(_NOT_IN_SENTENCE.match(flat, doubtful.end))


_US_CODES = {"S": "S", "J": "SRes"}
_HIGHEST_OF_US_SENATE = 6000  # the fullest Congress of the last forty years ended below it
_AROUND = 200  # characters before and after; a "Whereas" seldom names its house further away


def _settle_senates(flat: str, standing: list[Candidate], hint: str | None) -> None:
    """Give each bare Senate number to New York or to Congress.

    Its linked neighbours decide, else the same number elsewhere in the text where it is sure, else the hint,
    else the words around every place it stands at, which must say more for "S744" than for Congress's own
    "S. 744"; with nothing to go by it is New York's.
    """
    _settle_by_neighbours(standing)
    open_numbers = [one for one in standing if one.legislature is None]
    if not open_numbers:
        return
    sure: dict[tuple[str, int], set[str]] = {}
    for one in standing:
        if one.legislature in ("ny", "us"):
            sure.setdefault((one.code, one.number), set()).add(one.legislature)
    lean: Counter = Counter()
    if hint not in ("ny", "us") and evidence.names_us_congress(flat):
        for one in open_numbers:
            around = flat[max(0, one.start - _AROUND) : one.end + _AROUND]
            is_dotted = flat[one.start + 1] == "."
            lean[one.code, one.number] += evidence.lean_to_us_congress(around) - (0 if is_dotted else 2)
    for one in open_numbers:
        key = (one.code, one.number)
        if len(sure.get(key, ())) == 1:
            _give_to(one, min(sure[key]))
        elif hint in ("ny", "us"):
            _give_to(one, hint)
        else:
            _give_to(one, "us" if lean[key] > 0 and one.number <= _HIGHEST_OF_US_SENATE else "ny")


def _settle_by_neighbours(standing: list[Candidate]) -> None:
    """In "H.R. 4380/S.2449" the S is of Congress, in "A.170/S.999" of New York."""
    for run in _linked_runs(standing):
        legislatures = [one.legislature for one in run if one.legislature in ("ny", "us")]
        if len(set(legislatures)) == 1:
            for one in run:
                if one.legislature is None:
                    _give_to(one, str(legislatures[0]))


def _linked_runs(standing: list[Candidate]) -> Iterator[list[Candidate]]:
    run: list[Candidate] = []
    for one in standing:
        if run and not run[-1].link:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _give_to(one: Candidate, legislature: str) -> None:
    one.legislature = legislature
    if legislature == "us":
        one.code = _US_CODES.get(one.code, one.code)


_YEAR = "(?:19|20)[0-9]{2}"
_YEAR_AFTER = re.compile(
    rf"\s?\(({_YEAR})(?:-(?:{_YEAR}|[0-9]{{2}}))?(?:\s[Ss]ession)?\)|"
    rf"\s(?:of|for)\s(?:the\s(?:year\s)?)?({_YEAR})(?![0-9])|"
    rf"\s?\|\s?({_YEAR})-{_YEAR}|&(?:amp;)?term=({_YEAR})(?![0-9])"
)
_YEARS_BEFORE = re.compile(
    rf"(?<![0-9])({_YEAR})-(?:{_YEAR}|[0-9]{{2}})(?::\s{{0,2}}|\s(?:(?i:senate|assembly)\s)?(?:(?i:bills?)\s)?)\Z"
)
_ORDINAL = "(1[0-9]{2}|[1-9][0-9]?)(?:st|nd|rd|th)"
_CONGRESS_AFTER = re.compile(rf"[,\s]{{0,2}}\(?(?:(?:of|in|from)\sthe\s)?{_ORDINAL}(?:\s[Cc]ongress|\))")
_CONGRESS_BEFORE = re.compile(rf"(?<![0-9]){_ORDINAL}\s(?:[Cc]ongress|CONGRESS)\b[^.;]{{0,50}}\Z")
_CONGRESS_IN_ADDRESS = re.compile(r"/(1[0-9]{2}|9[0-9])/bills/\Z")
_ACT_OF_YEAR = re.compile(rf"\b(?:Act|ACT) of ({_YEAR})['\"”’]?,?\s\(\Z")


def _read_years_beside(flat: str, standing: list[Candidate]) -> None:
    """Take the year or Congress beside a number: "(2017)", "| 2017-2018", "of the 113th Congress"."""
    for one in standing:
        if one.year or one.congress:
            continue
        before, after = flat[max(0, one.start - 70) : one.start], flat[one.end : one.end + 50]
        congress = (
            _CONGRESS_AFTER.match(after)
            or _CONGRESS_BEFORE.search(before)
            or _CONGRESS_IN_ADDRESS.search(before)
        )
        if congress and one.legislature in ("us", None):
            _give_to(one, "us")
            one.congress = int(congress[1])
        elif one.legislature == "us" and (match := _ACT_OF_YEAR.search(before)):
            one.year = int(match[1])
        elif match := _YEAR_AFTER.match(after) or _YEARS_BEFORE.search(before):
            one.year = int(next(filter(None, match.groups())))


def _name_sessions(standing: list[Candidate]) -> None:
    """Turn the years and Congresses beside numbers into sessions; carry them to where they are left out.

    Both bills of "S3076/A2328 (2021)" are of 2021. A number whose session the text names, as the page of
    "2017-S4075" does, is that bill wherever it stands in the text.
    """
    for one in standing:
        if one.congress:
            one.session = session_named("us", one.congress)
        elif one.year and (one.legislature != "nyc" or one.year >= FIRST_COUNCIL_YEAR):
            one.session = session_of_year(str(one.legislature), one.year)
    for one, following in pairwise(standing):
        if one.link == "/" and one.legislature == following.legislature:
            one.session = one.session or following.session
            following.session = following.session or one.session
    sessions: dict[tuple, set[int]] = {}
    for one in standing:
        if one.session:
            sessions.setdefault((one.legislature, one.code, one.number), set()).add(one.session)
    for one in standing:
        named = sessions.get((one.legislature, one.code, one.number), set())
        if one.session is None and len(named) == 1:
            one.session = min(named)


def _found(text: str, one: Candidate, day: Date | None) -> FoundPrintNumber:
    legislature = str(one.legislature)
    if one.session is None and day is not None:
        one.session = _session_on(legislature, day)
    has_file_year = legislature == "nyc" and one.is_file_year and one.year and one.year >= FIRST_COUNCIL_YEAR
    number = PrintNumber(
        legislature=legislature,
        designator=one.code,
        number=one.number,
        amendment=one.amendment,
        session=one.session,
        year=one.year if has_file_year else None,
    )
    return FoundPrintNumber(number, one.start, one.end, text[one.start : one.end])


def _session_on(legislature: str, day: Date) -> int | None:
    """Return the session of a document's day; None where the legislature had none, as the Council in 1990."""
    try:
        return session_of_date(legislature, day)
    except ValueError:
        return None
