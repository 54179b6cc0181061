"""Programmes and executive orders that a text names, each under its usual name."""

from __future__ import annotations

import re

from statements.documents.parsed import Programme

# The usual name, words one of which every spelling holds, and the spellings.
_NAMES = tuple(
    (name, keys, re.compile(pattern))
    for name, keys, pattern in (
        ("Secure Communities", ("Secure Comm", "S-Comm"), r"\bSecure Communities\b|\bS-Comm\b"),
        (
            "NYIFUP",
            ("NYIFUP", "Family Unity"),
            r"\bNYIFUP\b|\b(?:New York )?Immigrant Family Unity Project\b",
        ),
        ("IDNYC", ("IDNYC",), r"\bIDNYC\b"),
        ("287(g)", ("287",), r"\b287 ?\(?g\)?(?!\w)"),
        ("DACA", ("DACA", "Childhood Arrivals"), r"\bDACA\b|\bDeferred Action for Childhood Arrivals\b"),
        ("DAPA", ("DAPA", "Parents of Americans"), r"\bDAPA\b|\bDeferred Action for Parents of Americans\b"),
        (
            "Temporary Protected Status",
            ("TPS", "Temporary Protected"),
            r"\bTPS\b|\bTemporary Protected Status\b",
        ),
        ("Deferred Enforced Departure", ("Departure",), r"\bDeferred Enforced Departure\b"),
        ("Priority Enforcement Program", ("Priority",), r"\bPriority Enforcement Program\b"),
        ("Liberty Defense Project", ("Liberty",), r"\bLiberty Defense Project\b"),
        ("Office for New Americans", ("New Americans",), r"\bOffice (?:for|of) New Americans\b"),
        ("Excluded Workers Fund", ("Excluded",), r"\bExcluded Workers? Fund\b"),
        ("ActionNYC", ("ActionNYC",), r"\bActionNYC\b"),
        (
            "Immigrant Opportunities Initiative",
            ("Opportunit",),
            r"\bImmigrant Opportunit(?:y|ies) Initiative\b",
        ),
        (
            "Unaccompanied Minors and Families Initiative",
            ("Unaccompanied",),
            r"\bUnaccompanied Minors(?: and (?:Families|Children))? Initiative\b",
        ),
        ("Immigrant Health Initiative", ("Health Initiative",), r"\bImmigrant Health Initiative\b"),
        ("Day Laborer Workforce Initiative", ("Day Laborer",), r"\bDay Laborer Workforce Initiative\b"),
        (
            "Migrant Protection Protocols",
            ("Migrant Protection", "Remain in Mexico"),
            r"\bMigrant Protection Protocols\b|\bRemain in Mexico\b",
        ),
        ("Title 42", ("Title 42",), r"\bTitle 42\b"),
        ("Criminal Alien Program", ("Criminal Alien",), r"\bCriminal Alien Program\b"),
        ("E-Verify", ("E-Verify",), r"\bE-Verify\b"),
        (
            "Public Charge rule",
            ("harge",),
            r"\b[Pp]ublic [Cc]harge (?:[Rr]ule|[Tt]est|[Rr]egulation|[Dd]etermination)",
        ),
    )
)
_ORDER_NUMBER = r"(?:№|#|(?:No|Nos|Number|Num)\.?)?\s?(?P<number>\d{1,5}(?:\.\d{1,3})?)(?!\d)"
_ORDER = re.compile(
    r"E(?<!\w.)(?:xecutive Orders?|\.?O\.?)\s{0,2}"
    + _ORDER_NUMBER
    + r"(?:,? (?:and|&) (?:№|#|No\.? ?)?(?P<second>\d{1,5}(?:\.\d{1,3})?)(?!\d))?"
    r"(?:,?\s(?:of|from|\(|issued in|in)\s?(?P<year>(?:19|20)\d\d))?"
)


def find_programmes(text: str) -> tuple[Programme, ...]:
    """The programmes of `text`, each once, in the order first named."""
    found = []
    for name, keys, pattern in _NAMES:
        match = pattern.search(text) if any(map(text.__contains__, keys)) else None
        if match:
            found.append(Programme(name, match.group(), match.start()))
    found += _executive_orders(text)
    found.sort(key=lambda programme: programme.start)
    first: dict[str, Programme] = {}
    for programme in found:
        first.setdefault(programme.name, programme)
    return tuple(first.values())


def _executive_orders(text: str) -> list[Programme]:
    """Numbered executive orders. One without its year is the same as one of that number with a year."""
    found: list[tuple[str, str, re.Match]] = []
    for match in _ORDER.finditer(text):
        found.append((match.group("number"), match.group("year") or "", match))
        if match.group("second"):
            found.append((match.group("second"), match.group("year") or "", match))
    years: dict[str, str] = {}
    for number, year, _ in found:
        if year:
            years.setdefault(number, year)
    orders = []
    for number, written_year, match in found:
        year = written_year or years.get(number, "")
        name = f"Executive Order {number} of {year}" if year else f"Executive Order {number}"
        orders.append(Programme(name, match.group().strip(), match.start()))
    return orders
