"""The bills that a text names, each print once, with what the text says of it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

from bills.print_numbers import FoundPrintNumber, PrintNumber, find_print_numbers
from bills.print_numbers.sessions import session_named
from statements.documents.credits import credit_end, read_credits
from statements.documents.parsed import BillNamed
from statements.documents.small_letters import small
from statements.documents.vocabulary import words

_SPONSOR_BESIDE = re.compile(
    r"\s+\(?([A-ZÀ-Þ][\w'’.]+(?:[- ](?:[A-ZÀ-Þ]|de |la |los )[\w'’]+){0,2})\)?(?=\s*[/),;&|]|\s+and\s)"
)
_NOT_SPONSORS = words("would which that and or act bill the in of to is was are this will senate assembly")
_SPONSORED_BY = re.compile(
    r"\b(?:(?:co-?)?sponsored|introduced|authored|carried|championed|led|"
    r"spearheaded) (?:in the (?:state )?(?:senate|assembly|"
    r"council) )?by ([A-ZÀ-Þ][^.;:“”\"]{3,120})"
)
_OWN_BILL = re.compile(
    r"\b(?:his|her|my) (?:own )?(?:[\w“”\"’'-]+ ){0,6}(?:bill|act|legislation)\b|"
    r"\b(?:bill|legislation) (?:he|she|i) (?:sponsor|introduc|carr)",
)
_PREDICATE = re.compile(r"\s(?:will|would|has|have|is|was|were|to|and (?=[a-z]))\b|,? (?:and|&) (?=[A-Z])")
_EARLIER_VERSIONS = re.compile(
    r"^Versions Introduced in (?:Other )?((?:19|20)\d\d)-(?:19|20)\d\d Legislative Sessions?:\s*([^\n]{2,200})",
    re.IGNORECASE | re.MULTILINE,
)
HALF_PAIR = 12  # characters between the two numbers of "S.3076-A/A.2328-A"


def find_bills(
    text: str,
    *,
    legislature: str | None,
    date: dt.date | None,
    page_session: int | None = None,
    page_number: str = "",
    title: str = "",
) -> list[BillNamed]:
    """The bills of `text` in the order first named, the chief one marked.

    `date` gives the session to numbers that stand without a year; `page_session` and `page_number` are
    those of a page that records one bill.
    """
    found = find_print_numbers(text, legislature=legislature, date=date)
    if not found:
        return []
    numbers = _with_sessions(_with_earlier_versions(text, found), page_session)
    first: dict[tuple, int] = {}
    for index, number in enumerate(numbers):
        first.setdefault(_key(number), index)
    bills = [_named(text, found[index], numbers[index]) for index in first.values()]
    chief = _chief(bills, numbers, title, page_number)
    paired = _pairs(text, found, numbers)
    return [
        replace(
            bill,
            is_chief=bill is chief,
            same_as=tuple(paired.get((bill.legislature, bill.designator, bill.number), ())),
        )
        for bill in bills
    ]


def _key(number: PrintNumber) -> tuple:
    return (number.legislature, number.designator, number.number, number.amendment, number.session)


def _with_earlier_versions(text: str, found: list[FoundPrintNumber]) -> list[FoundPrintNumber]:
    """The numbers, those of a list of a bill's earlier prints with the session that the list names."""
    if "versions introduced in" not in small(text):
        return found
    spans = [(match.start(2), match.end(2), int(match[1])) for match in _EARLIER_VERSIONS.finditer(text)]
    told = []
    for one in found:
        year = next((year for start, end, year in spans if start <= one.start < end), None)
        if year and one.number.session is None and one.number.legislature == "ny":
            one = replace(one, number=replace(one.number, session=session_named("ny", year)))
        told.append(one)
    return told


def _with_sessions(found: list[FoundPrintNumber], page_session: int | None) -> list[PrintNumber]:
    """The numbers with the session told elsewhere in the text for the same number, or by the page."""
    told: dict[tuple, set[int]] = {}
    for one in found:
        if one.number.session is not None:
            told.setdefault((one.number.legislature, one.number.designator, one.number.number), set()).add(
                one.number.session
            )
    numbers = []
    for one in found:
        number = one.number
        if number.session is None:
            sessions = told.get((number.legislature, number.designator, number.number), set())
            session = next(iter(sessions)) if len(sessions) == 1 else _session_of_page(number, page_session)
            number = replace(number, session=session) if session is not None else number
        numbers.append(number)
    return numbers


def _session_of_page(number: PrintNumber, page_session: int | None) -> int | None:
    if page_session is None or (number.legislature == "us") != (page_session < 1000):
        return None
    return session_named(number.legislature, page_session)


def _named(text: str, found: FoundPrintNumber, number: PrintNumber) -> BillNamed:
    return BillNamed(
        as_written=found.as_written,
        legislature=number.legislature,
        designator=number.designator,
        number=number.number,
        amendment=number.amendment,
        session=number.session,
        year=number.year,
        start=found.start,
        sponsor=_sponsor_beside(text, found.end),
    )


def _sponsor_beside(text: str, end: int) -> str:
    """The name that stands beside a number in brackets: "(S987 Gounardes / A5686 Reyes)"."""
    match = _SPONSOR_BESIDE.match(text, end, end + 60)
    if not match or match.group(1).split()[0].casefold() in _NOT_SPONSORS:
        return ""
    return match.group(1).strip()


def _chief(bills: list[BillNamed], numbers: list[PrintNumber], title: str, page_number: str) -> BillNamed:
    """The bill that the text is chiefly about: the page's own, one in its title, else the one named most
    and first.
    """
    own = [one.number for one in find_print_numbers(page_number)] if page_number else []
    for number in own:
        for bill in bills:
            if (bill.designator, bill.number) == (number.designator, number.number):
                return bill
    in_title = (
        {(one.number.designator, one.number.number) for one in find_print_numbers(title)} if title else set()
    )
    counts = Counter((number.legislature, number.designator, number.number) for number in numbers)
    return max(
        bills,
        key=lambda bill: (
            (bill.designator, bill.number) in in_title,
            counts[bill.legislature, bill.designator, bill.number],
            -bill.start,
        ),
    )


def _pairs(text: str, found: list[FoundPrintNumber], numbers: list[PrintNumber]) -> dict[tuple, list[str]]:
    """Companions printed as a pair, "S.3076-A/A.2328-A": for each number the other as written."""
    paired: dict[tuple, list[str]] = {}
    for index in range(len(found) - 1):
        one, other = found[index], found[index + 1]
        if not 0 <= other.start - one.end <= HALF_PAIR + 30 or {
            numbers[index].designator,
            numbers[index + 1].designator,
        } != {"S", "A"}:
            continue
        between = text[one.end : other.start]
        if "/" not in between or len(between) > HALF_PAIR + 30 or "\n" in between:
            continue
        for mine, theirs in ((numbers[index], other), (numbers[index + 1], one)):
            written = paired.setdefault((mine.legislature, mine.designator, mine.number), [])
            if theirs.as_written not in written:
                written.append(theirs.as_written)
    return paired


def sponsor_told(opening: str, primary: str) -> str:
    """The sponsor whom the first sentences name: "sponsored by Senator Roy", or the speaker's own bill; ""
    otherwise.
    """
    match = _SPONSORED_BY.search(opening)
    if match:
        credits = read_credits(credit_end(_PREDICATE.split(match.group(1), maxsplit=1)[0]))
        if credits:
            return credits[0].name
    return primary if primary and _OWN_BILL.search(small(opening)) else ""
