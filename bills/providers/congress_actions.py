"""The action lines of Congress.gov in our words, and whether they bear out what it says of laws. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time

from bills.print_numbers import PrintNumber
from bills.providers.base import UnexpectedAnswer
from bills.providers.congress_answers import Action, Law
from bills.providers.plausible import check_days
from bills.stages import ActionLine, Standing, read_standing
from bills.stages.congress import meaning_of

NAME = "Congress.gov"
SENATE, HOUSE, LIBRARY = {0}, {1, 2}, {9}
# The Library's codes for what decides a bill, and what their lines must then say.
DECISIVE_CODES = {
    "8000": {"passed", "deemed", "two_thirds"},  # passed or agreed to in the House
    "17000": {"passed", "two_thirds"},  # in the Senate
    "28000": {"presented"},
    "29000": {"signed"},
    "29100": {"unsigned"},
    "30000": {"vetoed"},  # pocket veto
    "31000": {"vetoed"},
    "32000": {"overridden", "two_thirds"},
    "34000": {"overridden", "two_thirds"},
    "36000": {"law", "signed"},
    "41000": {"law", "signed"},  # private laws
}
LAW = {"law", "signed", "unsigned", "overridden", "two_thirds"}
_PASSAGES = {"passed", "deemed", "two_thirds"}

# Code numbers of the Library by chamber, the higher end left out; the President's and laws' are neither's.
_LIBRARY_CODES = (
    (1_000, 10_000, "house"),
    (10_000, 19_000, "senate"),
    (19_000, 20_000, "house"),
    (20_000, 20_800, "senate"),
    (21_000, 23_000, "house"),
    (23_000, 25_000, "senate"),
    (25_000, 26_000, "house"),
    (26_000, 27_000, "senate"),
    (32_000, 34_000, "house"),
    (34_000, 36_000, "senate"),
    (47_000, 48_000, "house"),
    (48_000, 49_000, "senate"),
    (71_000, 76_000, "house"),
    (91_000, 98_000, "senate"),
)
_CHAMBER_IN_TEXT = re.compile(r"\b(HOUSE|SENATE)\b")
_RESTATED = re.compile(
    r"^(?:PASSED/AGREED TO IN (?:HOUSE|SENATE)|FAILED OF PASSAGE/NOT AGREED TO IN (?:HOUSE|SENATE)"
    r"|RESOLVING DIFFERENCES -- (?:HOUSE|SENATE) ACTIONS):? ?"
)
_PAGES_OF_THE_RECORD = re.compile(r" ?\((?:TEXT|CONSIDERATION|CR)\b[^()]{0,200}\)")


# --- actions


def read_actions(answered: Sequence[Action]) -> tuple[ActionLine, ...]:
    """The action lines, oldest first, numbered from 1; an event listed by two systems once.

    Raises UnexpectedAnswer where there is none, and where a line decides in words that we do not know.
    """
    lines: list[tuple[Action, str]] = []
    places: dict[tuple[date, str, str, str], int] = {}
    for action in _oldest_first(answered):
        kind, detail = meaning_of(plain_line(action.text))
        _check_code(action, kind)
        if not action.text.strip():
            continue
        chamber = _chamber(action)
        if kind in _PASSAGES and not (chamber or detail):
            raise UnexpectedAnswer(f"{NAME} sent a line about passage that names no chamber.")
        event = (action.action_date, chamber, kind, _event(action.text))
        known = places.get(event)
        if known is None or _differ(lines[known][0].action_time, action.action_time):
            places[event] = len(lines)
            lines.append((action, chamber))
        elif _is_library(lines[known][0]) and not _is_library(action):
            lines[known] = (action, chamber)
    if not lines:
        raise UnexpectedAnswer(f"{NAME} sent a blank record: it lists no actions.")
    return tuple(
        ActionLine(action.action_date, chamber, " ".join(action.text.split()), place)
        for place, (action, chamber) in enumerate(lines, start=1)
    )


def _oldest_first(answered: Sequence[Action]) -> list[Action]:
    """By day; within a day the reverse of the API's order, in which lines with a time follow their times.

    Only some of the House's lines have one. They trade places among themselves, so that no line without a time is
    moved past one that it was listed beside.
    """
    actions = list(answered)[::-1]
    actions.sort(key=lambda action: action.action_date)
    timed = [place for place, action in enumerate(actions) if action.action_time is not None]
    in_time = sorted(
        (actions[place] for place in timed),
        key=lambda action: (action.action_date, action.action_time or time.min),
    )
    for place, action in zip(timed, in_time, strict=True):
        actions[place] = action
    return actions


def _check_code(action: Action, kind: str) -> None:
    """Refuse a line that the API marks as deciding the bill and whose words our rules do not read so.

    `type` is compared only where it says that the bill became law; the others sort lines and decide nothing.
    """
    wanted = DECISIVE_CODES.get(action.action_code)
    if action.type == "BecameLaw" and wanted is None:
        wanted = LAW
    if wanted is not None and kind not in wanted:
        raise UnexpectedAnswer(
            f"{NAME} marks a line as decisive ({action.action_code[:20] or action.type[:20]}) "
            f"whose words we do not know: “{_shown(action.text)}”."
        )


def _chamber(action: Action) -> str:
    """ "senate", "house", or "" for the President's lines.

    The two chambers enter their own lines. The Library's are told by its codes, then by the chamber that the text
    names first; a code that begins with H is the House's.
    """
    code = action.source_system.code if action.source_system else None
    name = action.source_system.name.upper() if action.source_system else ""
    kind, detail = meaning_of(plain_line(action.text))
    if kind in {"presented", "signed", "unsigned", "vetoed", "law"}:
        return ""
    if code in SENATE or (code is None and name == "SENATE"):
        return "senate"
    if code in HOUSE or (code is None and name.startswith("HOUSE")):
        return "house"
    if detail in {"HOUSE", "SENATE"}:
        return detail.lower()
    told = _chamber_of_code(action.action_code)
    if told:
        return told
    found = _CHAMBER_IN_TEXT.search(plain_line(action.text))
    return found[1].lower() if found else ""


def _chamber_of_code(code: str) -> str:
    if code.startswith("H") or code == "Intro-H":
        return "house"
    if code == "Intro-S":
        return "senate"
    if not (code.isascii() and code.isdigit()):
        return ""
    number = int(code[:9])
    return next((chamber for low, high, chamber in _LIBRARY_CODES if low <= number < high), "")


def _is_library(action: Action) -> bool:
    return action.source_system is not None and action.source_system.code in LIBRARY


def _differ(first: time | None, second: time | None) -> bool:
    return first is not None and second is not None and first != second


def _event(text: str) -> str:
    """What two systems write alike of one event: the words without "Passed/agreed to in House:" and page numbers."""
    words = _PAGES_OF_THE_RECORD.sub("", _RESTATED.sub("", plain_line(text)))
    return words.strip(" .")


def plain_line(text: str) -> str:
    return " ".join(text.upper().split())


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:60]}…"


# --- the standing, compared with what the API says of laws


def standing_of(number: PrintNumber, actions: Sequence[ActionLine], today: date) -> Standing:
    """Where the lines leave the bill; raises UnexpectedAnswer for a line of a day that cannot be right."""
    check_days(number, actions, today=today)
    # Lines dated ahead count here: the API states laws from all of its lines.
    last_day = max([today, *(action.date for action in actions)])
    return read_standing("us", number.session or 0, number.base_print_no, actions, today=last_day)


def check_law(laws: Sequence[Law], standing: Standing, actions: Sequence[ActionLine]) -> None:
    """Refuse an answer whose laws and whose actions contradict each other.

    A signed bill, or one passed over a veto, is law some days before it has its number: only a line that gives the
    number needs one in `laws`.
    """
    stated = ", ".join(f"{law.type[:20]} {law.number[:20]}" for law in laws)
    if laws and standing.status != "BECAME_LAW":
        raise UnexpectedAnswer(
            f"{NAME} says that this is law ({stated[:80]}), but its own actions amount to {standing.status}."
        )
    numbered = any(meaning_of(plain_line(action.text))[0] == "law" for action in actions)
    if numbered and not laws:
        raise UnexpectedAnswer(
            f"{NAME} lists no law for this bill, but its own actions amount to {standing.status}."
        )
    number = public_law(laws)
    if number and standing.chapter and number != standing.chapter:
        raise UnexpectedAnswer(
            f"{NAME} says that this is Public Law {number[:20]}, but its own actions name {standing.chapter}."
        )


def public_law(laws: Sequence[Law]) -> str | None:
    """ "119-1"; None for a private law, which is numbered in a row of its own."""
    return next((law.number for law in laws if law.type.strip().lower() == "public law"), None)
