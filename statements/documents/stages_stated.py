"""The stage that a text itself states for a bill, in the ladder's words. A bare list of all stages states
nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from bills.stages import ActionLine, read_standing
from statements.documents.sentences import sentences
from statements.documents.small_letters import small

WORDS_OF_CODE = {
    "INTRODUCED": "Introduced",
    "IN_SENATE_COMM": "In Committee Senate",
    "IN_ASSEMBLY_COMM": "In Committee Assembly",
    "SENATE_FLOOR": "On Floor Calendar Senate",
    "ASSEMBLY_FLOOR": "On Floor Calendar Assembly",
    "PASSED_SENATE": "Passed Senate",
    "PASSED_ASSEMBLY": "Passed Assembly",
    "DELIVERED_TO_GOV": "Delivered to Governor",
    "SIGNED_BY_GOV": "Signed By Governor",
    "POCKET_APPROVAL": "Became Law Without Signature",
    "VETOED": "Vetoed By Governor",
    "STRICKEN": "Stricken",
    "LOST": "Lost",
    "ADOPTED": "Adopted",
    "SUBSTITUTED": "Substituted",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A stage with its committee and day, where the text gives them."""

    stage: str = ""
    committee: str = ""
    date: dt.date | None = None


_IN_COMMITTEE = re.compile(r"in (?:the )?(senate|assembly) committee\b\W*(.{0,80})$", re.IGNORECASE)
_PHRASES = (
    (
        re.compile(r"signed (?:by (?:the )?governor|into law)|chaptered\b", re.IGNORECASE),
        "Signed By Governor",
    ),
    (re.compile(r"vetoed (?:by (?:the )?governor)?|pocket veto", re.IGNORECASE), "Vetoed By Governor"),
    (
        re.compile(r"pocket approval|law without (?:the )?(?:governor['’]s )?signature", re.IGNORECASE),
        "Became Law Without Signature",
    ),
    (re.compile(r"delivered to (?:the )?governor", re.IGNORECASE), "Delivered to Governor"),
    (
        re.compile(r"passed (?:the )?(?:senate (?:&|and) assembly|assembly (?:&|and) senate)", re.IGNORECASE),
        "Passed both",
    ),
    (re.compile(r"passed (?:the )?(?:state )?assembly", re.IGNORECASE), "Passed Assembly"),
    (re.compile(r"passed (?:the )?(?:state )?senate", re.IGNORECASE), "Passed Senate"),
    (
        re.compile(r"(?:on )?senate floor(?: calendar)?|on floor calendar senate", re.IGNORECASE),
        "On Floor Calendar Senate",
    ),
    (
        re.compile(r"(?:on )?assembly floor(?: calendar)?|on floor calendar assembly", re.IGNORECASE),
        "On Floor Calendar Assembly",
    ),
    (re.compile(r"on floor calendar", re.IGNORECASE), "On Floor Calendar"),
    (
        re.compile(r"in (?:the )?senate\b.{0,40}committee|senate committee", re.IGNORECASE),
        "In Committee Senate",
    ),
    (
        re.compile(r"in (?:the )?assembly\b.{0,40}committee|assembly committee", re.IGNORECASE),
        "In Committee Assembly",
    ),
    (re.compile(r"(?:enacting clause )?stricken", re.IGNORECASE), "Stricken"),
    (re.compile(r"substituted", re.IGNORECASE), "Substituted"),
    (re.compile(r"adopted", re.IGNORECASE), "Adopted"),
    (re.compile(r"lost$", re.IGNORECASE), "Lost"),
    (re.compile(r"in committee", re.IGNORECASE), "In Committee"),
    (re.compile(r"introduced", re.IGNORECASE), "Introduced"),
)


def stage_of_phrase(phrase: str, *, house: str = "") -> Stated:
    """The stage of one status phrase of a State bill page: "In Senate Committee Finance Committee".

    `house` ("senate" or "assembly") is where the bill began: it completes "On Floor Calendar" and "In
    Committee", and tells which house passed last where the page says that both did.
    """
    phrase = phrase.strip(" -–—:.")
    match = _IN_COMMITTEE.match(phrase)
    if match:
        return Stated(f"In Committee {match.group(1).title()}", committee_name(match.group(2)))
    words = next((words for pattern, words in _PHRASES if pattern.match(phrase)), "")
    if words == "Passed both":
        words = "Passed Senate" if house == "assembly" else "Passed Assembly"
    elif words in ("On Floor Calendar", "In Committee") and house:
        words = f"{words} {house.title()}"
    return Stated(words)


def committee_name(text: str) -> str:
    """The bare name: "Finance" for "Senate Finance", "Finance Committee" and "Committee on Finance"."""
    text = re.sub(r"\s+", " ", text.strip(" .,;:|-–"))
    text = re.sub(
        r"^(?:the )?(?:senate|assembly|house|council|city council)(?:['’]s)? (?:standing )?(?=\S)",
        "",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(r"^(?:the )?(?:sub)?committees? (?:on )?(?:the )?", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+committee$|^the ", "", text, flags=re.IGNORECASE).strip(" .,;:")
    if not text or len(text) > 80 or not text[0].isalpha():
        return ""
    if text.isupper() or text.islower():
        text = " ".join(
            word if word in {"of", "and", "the", "on", "for"} else word[:1].upper() + word[1:]
            for word in text.lower().split()
        )
    return text


@dataclass(frozen=True, slots=True)
class PageAction:
    """One action line of a State bill page. `other` tells that it is the substitute's, printed below the
    bill's own.
    """

    date: dt.date
    text: str
    other: bool = False


def stage_of_actions(print_no: str, session: int, actions: list[PageAction]) -> Stated:
    """The stage that the actions of a State bill page state, read by the same rules as the official record.

    Capitals are the Senate's lines, small letters the Assembly's. A substituted bill stands where its
    substitute does, where the page prints that one's lines too.
    """
    own = [action for action in actions if not action.other]
    if not own:
        return Stated()
    stated, substituted = _stage(print_no, session, own)
    others = [action for action in actions if action.other]
    if substituted and others:
        house = "A" if print_no.startswith("S") else "S"
        return _stage(f"{house}{print_no[1:]}", session, others)[0]
    return stated


def _stage(print_no: str, session: int, actions: list[PageAction]) -> tuple[Stated, bool]:
    lines = [
        ActionLine(
            action.date, "assembly" if action.text.islower() else "senate", action.text.upper(), number
        )
        for number, action in enumerate(actions, start=1)
    ]
    last = max(line.date for line in lines)
    standing = read_standing("ny", session, print_no, lines, today=last)
    stated = Stated(WORDS_OF_CODE.get(standing.status, ""), committee_name(standing.committee), standing.date)
    return stated, standing.outcome == "substituted"


_BILL = r"(?:\b(?:acts?|bills?|legislation|measures?|resolution|law|package)\b)"
_TOLD = (
    # In a title or first sentences, in small letters; the first that fits decides.
    (
        "Vetoed By Governor",
        re.compile(r"\bgov(?:ernor|\.)[^.]{0,40}\bveto(?:es|ed)\b(?! power)|\bvetoed by (?:the )?gov"),
    ),
    (
        "Signed By Governor",
        re.compile(
            r"\bgov(?:ernor|\.)[^.]{0,60}\b(?:signs|signed|signing)\b[^.]{0,120}"
            + _BILL
            + r"|\b(?:signed|signs)\b.{0,90}?\binto law\b"
            r"|\bwas signed (?:by|into)\b|\b(?:legislation|bill|act|"
            r"measure)\b.{0,40}\bsigned (?:today|by)\b|"
            r"\b(?:signing of) (?:the )?[^.]{0,90}\bact\b"
        ),
    ),
    (
        "Passed both",
        re.compile(
            r"\b(?:state )?legislature (?:passe[sd]|approve[sd]|votes? to pass)|"
            r"\bpassed (?:in )?both (?:houses|chambers)|\bboth (?:houses|"
            r"chambers)[^.]{0,40} passed"
            r"|\b(?:assembly and (?:the )?(?:state )?senate|"
            r"senate and (?:the )?(?:state )?assembly) (?:today )?(?:have |has )?pass"
        ),
    ),
    (
        "Passed Senate",
        re.compile(
            r"\bsenate(?: majority| democrats| democratic majority|"
            r" majority conference)?(?: today| unanimously|"
            r" overwhelmingly)? (?:has )?(?:passe[sd]|approve[sd])\b"
            r"|\bpasse[sd] (?:in |by )?(?:the )?(?:new york )?(?:state )?senate\b|"
            r"\bsenate['’]s (?:historic )?passage\b|\bsenate passage\b"
        ),
    ),
    (
        "Passed Assembly",
        re.compile(
            r"\bassembly(?: majority)?(?: today| unanimously|"
            r" overwhelmingly)? (?:has )?(?:passe[sd]|approve[sd])\b"
            r"|\bpasse[sd] (?:in |by )?(?:the )?(?:new york )?(?:state )?assembly\b|"
            r"\bassembly['’]s (?:historic )?passage\b|\bassembly passage\b"
        ),
    ),
    (
        "Introduced",
        re.compile(
            r"\b(?:re-?)?introduce[sd]?\b (?!the following)[^.]{0,70}"
            + _BILL
            + r"|\bunveil(?:s|ed)? [^.]{0,60}"
            + _BILL
        ),
    ),
)
_COUNCIL_TOLD = (
    ("Vetoed", re.compile(r"\bmayor[^.]{0,40}\bveto(?:es|ed|ing)\b")),
    (
        "Enacted",
        re.compile(
            r"\bmayor\b.{0,60}\bsign(?:s|ed)\b.{0,60}\b(?:legislation|bills?|laws?)\b|"
            r"\b(?:signed|signs)\b.{0,90}?\binto law\b|\bbecame law\b|"
            r"\bautomatically becom\w+ law\b"
        ),
    ),
    (
        "Approved by Council",
        re.compile(
            r"\bcouncil(?: today| unanimously| overwhelmingly| members)? (?:voted to (?:pass|"
            r"approve)|votes to \w+|passe[sd]|approve[sd])\b"
        ),
    ),
    (
        "Introduced",
        re.compile(r"\b(?:re-?)?introduce[sd]?\b (?!the following)[^.]{0,70}" + _BILL),
    ),
)
# Whatever a pattern of either table finds holds one of these; most sentences hold none.
_TELLING = ("veto", "sign", "pass", "approve", "introduce", "unveil", "law", "votes to")
_IN_COMMITTEE_TOLD = re.compile(
    r"\b(?:is|remains|sits|currently|now|stalled|pending|"
    r"languish\w+)\b[^.]{0,40}\bin (?:the )?(?:((?i:senate|assembly))(?:['’]s)? )?"
    r"((?:[A-Z][\w&]+,? (?:and |& )?){1,4})[Cc]ommittee\b"
)
_DELIVERED_TOLD = re.compile(
    r"\b(?:delivered to (?:the )?governor|(?:sits|is|now) (?:on|"
    r"at) (?:the )?gov(?:ernor|\.)[^.]{0,25}desk|on (?:the )?gov(?:ernor|"
    r"\.)[^.]{0,25}desk)\b",
)
_NOT_YET = re.compile(
    r"\b(?:would|should|must|could|if|when|until|before|urge[sd]?|urging|call(?:s|ed|"
    r"ing)? (?:on|for|upon)|demand\w*|failed? to|fails to|without|not|never|"
    r"hope\w*|push\w*|wants?|await\w*|vote on|will|to pass|to sign|previous(?:ly)?|"
    r"last (?:year|session)|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def stage_told(title: str, above: list[str], opening: str, *, legislature: str, designator: str) -> Stated:
    """The stage that a release tells of the bill it is chiefly about: what has happened, never what is
    asked for.

    `above` is the lines between title and text, `opening` the text's first sentences. `designator` tells
    where the bill began.
    """
    table = _COUNCIL_TOLD if legislature == "nyc" else _TOLD
    for place, text in enumerate((title, *above, *sentences(opening[:1500])[:5])):
        letters = small(text)
        for words, pattern in table if any(word in letters for word in _TELLING) else ():
            match = pattern.search(letters)
            if not match or _is_only_wished(text, match, in_title=not place):
                continue
            if legislature == "us":
                return Stated(_in_congress(words))
            if words == "Passed both":
                words = {"A": "Passed Senate", "S": "Passed Assembly"}.get(designator, "")
            if legislature == "nyc" and designator == "Res" and words == "Approved by Council":
                words = "Adopted"
            return Stated(words)
        match = _DELIVERED_TOLD.search(letters)
        if match and legislature == "ny":
            return Stated("Delivered to Governor")
        match = _IN_COMMITTEE_TOLD.search(text)
        if match and legislature == "ny":
            house = (match.group(1) or ("assembly" if designator == "A" else "senate")).title()
            return Stated(f"In Committee {house}", committee_name(match.group(2)))
    return Stated()


def _in_congress(words: str) -> str:
    return {
        "Signed By Governor": "Became Law",
        "Passed Senate": "Passed Senate",
        "Introduced": "Introduced",
    }.get(words, "")


def _is_only_wished(text: str, match: re.Match, *, in_title: bool) -> bool:
    before, told = text[max(0, match.start() - 60) : match.start()], text[slice(*match.span())]
    if _NOT_YET.search(before):
        return True
    if in_title:
        return bool(re.search(r"(?<!votes )\bto\b|\b(?:should|must|will)\b", told, re.IGNORECASE))
    return bool(_NOT_YET.search(re.sub(r"vote[sd]? to \w+", "", told)))
