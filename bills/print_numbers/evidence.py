"""What the words beside a number say about it: a bill, a room, another state's bill, which Senate's bill.

Every test looks at a bounded stretch of text that ends where the number begins, or begins where it ends.
"""

import re

# fmt: off
_BILL_NOUNS = frozenset({
    "act", "bill", "bills", "companion", "legislation", "measure", "package", "print", "via",
})
_BILL_VERBS = frozenset({
    "cosponsor", "cosponsoring", "introduce", "introduced", "oppose", "opposes", "pass", "passed",
    "passes", "passing", "reintroduced", "sign", "signed", "signing", "sponsor", "support",
    "supports", "veto", "vetoed",
})
# "Suite A200", "Route S100", "vitamin B12": words that take a letter and digits and are no bill.
_OTHER_NOUNS = frozenset({
    "annex", "apartment", "appendix", "area", "block", "box", "building", "bus", "chapter",
    "class", "dc", "detector", "district", "docket", "exhibit", "exit", "figure", "flight",
    "floor", "form", "gate", "grade", "hall", "hepatitis", "highway", "influenza", "level", "line",
    "lot", "model", "page", "pages", "part", "pier", "platform", "record", "room", "route", "row", "rule",
    "schedule", "seat", "section", "step", "suite", "table", "terminal", "title", "track", "train",
    "type", "unit", "visa", "vitamin", "wing", "zone",
})
_OTHER_ABBREVIATIONS = frozenset({
    "apt", "bldg", "cfr", "fig", "fl", "hwy", "p", "pp", "rec", "rm", "rte", "sec", "ste", "usc",
})
# fmt: on

_LAST_WORD = re.compile(
    r"([A-Za-z](?<![^\W_].)[A-Za-z]{0,14})(\.?)(['\"“”‘’)*\]_]{0,3}\s{0,2}"
    r"(?:(?:[Nn]os?\.?|NOS?\.?|[Nn]umbers?|NUMBERS?)[\s:]{0,2}|[#:|(\[,]\s?){0,2})\Z"
)
_SAME_AS = re.compile(r"(?i:\b(?:same as(?: uni\.?)?|uni\.|substituted (?:by|for)))[\s:]{0,2}\Z")

# The end of a longer abbreviation or name: "U.S. 483", "P.S. 132", "C.F.R. 287", "S S 319", "P. del S. 744".
_ABBREVIATION_BEFORE = re.compile(r"(?<![^\W_])(?:[A-Z]\.?\s?|[a-z]\.|del\s)\Z")
_ABBREVIATION_GLUED = re.compile(r"(?<![^\W_])[A-Za-z]\.\Z")
# An alien file number "A123 456 789", a visa, or "S100 million" where a scan misread the dollar sign.
_SOMETHING_ELSE_AFTER = re.compile(r"\s[0-9]{3}\s[0-9]{3}(?![0-9])|\s?(?i:visas?|[mb]illion)\b")

_SESSION_AFTER = re.compile(r"\s\((?:19|20)[0-9]{2}(?:-[0-9]{2,4})?(?:\s[Ss]ession)?\)")
_YEAR_SPELLED_OUT = re.compile(r"\s(?:of|for) the year (?:19|20)[0-9]{2}(?![0-9])")

_STATES = (
    r"Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|"
    r"Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|"
    r"Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New\sHampshire|New\sJersey|New\sMexico|"
    r"New\sYork|North\sCarolina|North\sDakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode\sIsland|"
    r"South\sCarolina|South\sDakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington\sState|"
    r"West\sVirginia|Wisconsin|Wyoming"
)
_STATE = re.compile(rf"\b(?:{_STATES})\b")
_IN_STATE = re.compile(rf"['\"”’)]{{0,2}}\s(?:\([^()]{{0,20}}\)\s)?(?:of|in|from)\s({_STATES})\b")

_OTHER_BODY = re.compile(
    r"(?i:\b(?:senate|assembly|house|joint|concurrent|legislative|legislature|security council|u\.?n\.?|"
    r"unsc|unga|nations|parliament|board|county|town|village))['\"”’)]{0,2}\s\Z"
)

_LABEL = r"(?:\s(?:Senate\s)?(?:(?i:bills?|resolutions?|legislation)\s?)?(?:(?i:nos?\.?|number)\s?)?\(?)?\Z"
_US_JUST_BEFORE = re.compile(rf"(?:\bU\.\s?S\.|\bUS|\bUnited States|\b(?i:federal)|\bCongressional){_LABEL}")
_NEW_YORK_JUST_BEFORE = re.compile(rf"(?:\b[Ss]tate|\bNew York|\bNYS?|\bN\.Y\.){_LABEL}")
_US_WORDS = re.compile(
    r"\bCongress\w{0,6}|\bU\.\s?S\.\s(?:Senat|House|Rep)|\bUnited States\s(?:Senat|House|Rep)|"
    r"\bHouse of Representatives|\bthe President\b|\b[Ff]ederal (?:bill|legislation)|"
    r"\bH\.\s?R\.|\bCapitol Hill|\bSENATE OF THE UNITED STATES"
)
_NEW_YORK_WORDS = re.compile(
    r"\bAssembl\w{1,8}|\bGovernor\b|\bAlbany\b|\b[Ss]tate\s(?:Senat|Legislat|[Bb]ill)|\bNYS\b|"
    r"\bNew York(?: State)?\s(?:Senat|Legislat|[Bb]ill|law)"
)
_CITY_WORDS = re.compile(r"\b(?:City Council|Council (?:Member|Speaker)|New York City|NYC)\b")


def bill_is_named(before: str) -> bool:
    """Whether a word for a bill stands right before the number: "bill A 2328", "Same as Uni. A 372"."""
    return _stands_before(before, _BILL_NOUNS) or bool(_SAME_AS.search(before))


def bill_is_acted_on(before: str) -> bool:
    """Whether a verb that takes bills stands right before the number: "sign S.5", "to pass, A.84"."""
    return _stands_before(before, _BILL_VERBS, comma=True)


def resolution_is_named(before: str) -> bool:
    return _stands_before(before, frozenset({"resolution", "resolutions"}))


def _stands_before(before: str, words: frozenset[str], *, comma: bool = False) -> bool:
    last = _LAST_WORD.search(before)
    return bool(last and last[1].lower() in words and not last[2] and (comma or "," not in last[3]))


def belongs_to_other_noun(before: str) -> bool:
    """Whether the letter and digits name a room, a form, a page: "Suite A200", "Rec. S1234"."""
    last = _LAST_WORD.search(before)
    if not last or any(mark in last[3] for mark in "([,"):
        return False
    word = last[1].lower()
    return word in _OTHER_ABBREVIATIONS or (word in _OTHER_NOUNS and not last[2])


def continues_abbreviation(before: str, *, glued: bool) -> bool:
    """Whether the designator ends "U.S.", "P.S." and the like; `glued` where digits follow it at once."""
    return bool((_ABBREVIATION_GLUED if glued else _ABBREVIATION_BEFORE).search(before))


def is_of_something_else(after: str) -> bool:
    """Whether what follows shows an alien file number, a visa or a sum of money."""
    return bool(_SOMETHING_ELSE_AFTER.match(after))


def session_follows(after: str) -> bool:
    """Whether a session in brackets follows, as in "S9 (2017-2018)"."""
    return bool(_SESSION_AFTER.match(after))


def year_is_spelled_out(after: str) -> bool:
    """Whether the Council's formal "of the year 2019" follows."""
    return bool(_YEAR_SPELLED_OUT.match(after))


def is_of_another_state(before: str, after: str) -> bool:
    """Whether "Senate Bill 4" is another state's: the state named last before it, or right after it."""
    if following := _IN_STATE.match(after):
        return following[1].split() != ["New", "York"]
    states = _STATE.findall(before)
    return bool(states) and states[-1].split() != ["New", "York"]


def is_of_another_body(before: str) -> bool:
    """Whether "Resolution 1325" is not the City Council's by the word before it, as in "Security Council"."""
    return bool(_OTHER_BODY.search(before))


def senate_just_before(before: str) -> str | None:
    """Return "us" after "U.S. Senate bill", "ny" after "State Senate bill", else None."""
    if _US_JUST_BEFORE.search(before):
        return "us"
    return "ny" if _NEW_YORK_JUST_BEFORE.search(before) else None


def names_us_congress(text: str) -> bool:
    return bool(_US_WORDS.search(text))


def lean_to_us_congress(around: str) -> int:
    """Return how much more the words speak of Congress than of Albany; below 0 when it is Albany."""
    return len(_US_WORDS.findall(around)) - len(_NEW_YORK_WORDS.findall(around))


def names_city_council(around: str) -> bool:
    return bool(_CITY_WORDS.search(around))
