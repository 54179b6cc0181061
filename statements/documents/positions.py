"""Who is for or against what: positions that a text plainly takes, and nothing guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from statements.documents.parsed import BillNamed, EventTold, PositionTaken, Programme, Remark, Speaker
from statements.documents.small_letters import small

# A pattern without re.IGNORECASE is asked of a text in small letters.
_SUPPORTS = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:for|on|upon)[^.]{0,120}\b(?:pass(?:age)?|enact|sign|"
    r"adopt|support)|urg(?:e|es|ed|ing)[^.]{0,120}\b(?:pass|enact|sign|adopt|support|"
    r"vote (?:for|yes))"
    r"|(?:must|should|to|need to|needs to|time to|let['’]s|please|immediately|"
    r"finally) (?:now )?(?:pass|enact|sign)\b|(?:in|strong(?:ly)?|proud(?:ly)? to|we|"
    r"i) support(?:s|ed|ing)?\b(?! of the (?:veto|repeal))"
    r"|support(?:s|ed|ing)? (?:the |this |of )[^.]{0,60}\b(?:act|bill|legislation|"
    r"measure)\b|applauds?\b|applauded|commends?\b|celebrat\w+|"
    r"prou?d (?:to (?:sponsor|co-?sponsor|carry|introduce|support|vote))"
    r"|(?:co-?)?sponsor(?:s|ed)? of (?:the |this )|(?:his|her|my|our|"
    r"their) (?:own )?(?:[\w“”’-]+ ){0,6}(?:bill|act|legislation)\b|champion(?:s|ed|"
    r"ing)? (?:of )?(?:the|this)"
    r"|fail(?:s|ed|ing|ure)? to (?:pass|protect|act|vote on|enact)|missed (?:a|"
    r"an) [^.]{0,60}opportunity|without (?:lawmakers )?(?:voting|a vote)|demand(?:s|"
    r"ed|ing)? (?:the )?passage|passage of|(?:its|immediate|"
    r"swift) (?:immediate )?passage)",
)
_OPPOSES = re.compile(
    r"\b(?:oppos(?:e|es|ed|ing|ition)\b|objections? to\b|register (?:his|her|"
    r"their) objections?|object(?:s|ed)? to\b|vot(?:e|ed|ing) (?:against|no on)\b|"
    r"urg\w+[^.]{0,80}\b(?:veto|reject|oppose|defeat|vote no)"
    r"|(?:must|should) (?:be )?(?:veto|reject|defeat|withdraw)\w*|condemns?\b|"
    r"condemned|denounc\w+|disagree with|call(?:s|ed|ing)? (?:for an end to|"
    r"on [^.]{0,60}\bto veto)|repeal of\b|reject(?:s|ed)? (?:the|this)"
    r"|stop (?:further )?implementation|wrong for|dangerous (?:bill|legislation|law))",
)
_NEUTRAL = re.compile(
    r"\b(?:takes? no position|neither supports? nor opposes?|neutral on|has not taken a position)\b",
)
_UNDOING = re.compile(
    r"\b(?:repeal|rescission|rescind\w*|end(?:ing|s)?|suspen\w+|withdraw\w*|cancel\w*|"
    r"leav(?:e|es|ing)|abolish\w*|stop(?:s|ping)?|pulling out)\b"
    r"(?: (?:of|to|from|its|the|participation|in|controversial|federal|program|state['’]s)){0,6} [“\"]?$",
    re.IGNORECASE,
)
_ABOUT_IT = re.compile(r"\b(?:act|bill|bills|legislation|measure|law|package|proposal|program|policy)\b")
_ACT = re.compile(
    r"\b(?:[Tt]he|[Oo]ur|of|for|pass|[Ss]upport|[Oo]pposes?) [“\"]?((?:[A-Z][\w’'-]+|"
    r"New York|[A-Z]{2,}) (?:(?:[A-Z][\w’'-]+|for|to|of|the|and|"
    r"in|Not|Our|&) ){0,6}Act)\b"
)
_SESSION = re.compile(r"\b(?:session|legislature)\b")
_CLOSED = re.compile(
    r"\bsession\b.{0,60}\b(?:concluded|ended|closed|came to (?:a|an|its) (?:close|"
    r"end)|adjourned|wrapped up|drew to a close)\b|"
    r"\blegislature\b.{0,30}\b(?:adjourned|(?:concluded|ended|closed) (?:its|the)\b.{0,30}\bsession)\b",
    re.IGNORECASE,
)
_NO_VOTE = re.compile(
    r"\bwithout\b.{0,50}\b(?:voting|a vote|passing|passage|taking up|bringing)\b|"
    r"\bfail(?:ed|s|ing)? to (?:pass|vote|take up|bring)",
    re.IGNORECASE,
)
_LAST_NIGHT = re.compile(r"\b(?:last night|yesterday)\b", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:today|this (?:morning|afternoon|evening))\b", re.IGNORECASE)


def stance_of(text: str) -> tuple[str, str]:
    """(stance, the words that show it) of a sentence or two; ("", "") where none is plain."""
    letters = small(text)
    needed = ("position", "neither", "neutral")
    neutral = _NEUTRAL.search(letters) if any(one in letters for one in needed) else None
    if neutral:
        return "neutral", text[slice(*neutral.span())]
    for_it, against = _SUPPORTS.search(letters), _OPPOSES.search(letters)
    if against and (
        not for_it or (against.start() <= for_it.start() and not _is_of_others(letters, against))
    ):
        return "opposes", text[slice(*against.span())]
    return ("supports", text[slice(*for_it.span())]) if for_it else ("", "")


def _stance_by_undoing(text: str, target: str) -> tuple[str, str] | None:
    """ "Commends the repeal of Secure Communities" opposes Secure Communities."""
    place = text.find(target)
    match = _UNDOING.search(text[max(0, place - 70) : place]) if place > 0 else None
    return ("opposes", match.group().strip()) if match else None


def _is_of_others(letters: str, match: re.Match) -> bool:
    """ "The opposition" and "condemns ICE" are no opposition to the bill itself."""
    after = letters[match.end() : match.end() + 80]
    return not _ABOUT_IT.search(after)


def read_positions(
    *,
    title: str,
    opening: str,
    primary: Speaker | None,
    speakers: tuple[Speaker, ...],
    remarks: tuple[Remark, ...],
    bills: list[BillNamed],
    programmes: tuple[Programme, ...],
    publisher: str,
) -> tuple[PositionTaken, ...]:
    """The positions taken. The target is the chief bill, else the act that the text is about, else its
    programme.
    """
    target = _target(title, opening, bills, programmes)
    if not target:
        return ()
    head = f"{title}. {opening[:1200]}"
    stance, words = _stance_by_undoing(head, target) or stance_of(head)
    found: dict[str, PositionTaken] = {}
    if stance:
        holder = primary.name if primary else publisher
        if holder:
            found[holder] = PositionTaken(holder, target, stance, words)
    for speaker in speakers:
        said = " ".join(remark.text for remark in remarks if remark.speaker == speaker.name)
        own, shown = stance_of(said[:3000])
        if own and _ABOUT_IT.search(small(said)):
            found.setdefault(speaker.name, PositionTaken(speaker.name, target, own, shown))
    return tuple(found.values())


def _target(title: str, opening: str, bills: list[BillNamed], programmes: tuple[Programme, ...]) -> str:
    chief = next((bill for bill in bills if bill.is_chief), None)
    if chief:
        return chief.as_written
    match = _ACT.search(opening[:1500]) or _ACT.search(title)
    if match:
        return match.group(1)
    head = f"{title} {opening[:1500]}"
    return next((programme.name for programme in programmes if programme.as_written in head), "")


def read_events(text: str, date: dt.date | None) -> tuple[EventTold, ...]:
    """That a session closed, and that it closed without a vote, with the day where the text and its date
    tell it.
    """
    words = next(
        (sentence for sentence in _sentences_on_session(text[:4000]) if _CLOSED.search(sentence)), ""
    )
    if not words:
        return ()
    day = None
    if date and _LAST_NIGHT.search(words):
        day = date - dt.timedelta(days=1)
    elif date and _TODAY.search(words):
        day = date
    events = [EventTold("session_closed", day, words)]
    if _NO_VOTE.search(words):
        events.append(EventTold("no_vote", day, words))
    return tuple(events)


def _sentences_on_session(text: str) -> Iterator[str]:
    """The sentences that name the session or the legislature, outside of quotations."""
    letters = small(text)
    if "session" not in letters and "legislature" not in letters:
        return
    last = -1
    for match in _SESSION.finditer(letters):
        start = max(text.rfind(mark, 0, match.start()) for mark in (". ", "\n", "”", '"')) + 1
        ends = [place for mark in (". ", "\n", "“") if (place := text.find(mark, match.end())) >= 0]
        if start != last:
            last = start
            yield text[start : min([*ends, match.end() + 400])].strip(" ,–—-")
