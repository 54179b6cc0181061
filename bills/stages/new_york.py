"""New York: which action moves a bill to which stage, as the Senate's Open Legislation applies it.

The codes are Open Legislation's status types, and `stages` its milestones, recomputed from the whole action
list every time. docs/status-rules.md lists every text and says where and why this goes beyond the official
rules: substitution, the end of a session, overridden vetoes, constitutional amendments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bills.stages.new_york_texts import (
    CONSTITUTIONAL,
    OVERRIDE,
    SUBSTITUTED,
    active_amendment,
    committee_case,
    meaning_of,
    note_after,
)
from bills.stages.standing import ActionLine, StageReached, Standing, plain

SENATE_STAGES = ("IN_SENATE_COMM", "SENATE_FLOOR", "PASSED_SENATE")
ASSEMBLY_STAGES = ("IN_ASSEMBLY_COMM", "ASSEMBLY_FLOOR", "PASSED_ASSEMBLY")
EXECUTIVE_STAGES = ("DELIVERED_TO_GOV", "SIGNED_BY_GOV", "POCKET_APPROVAL", "VETOED")
CODES = frozenset(
    {
        "INTRODUCED",
        *SENATE_STAGES,
        *ASSEMBLY_STAGES,
        *EXECUTIVE_STAGES,
        "STRICKEN",
        "LOST",
        "SUBSTITUTED",
        "ADOPTED",
    }
)

# In the course of 2023 Open Legislation began to fill in POCKET_APPROVAL before VETOED: bills vetoed on
# 20 October 2023 have it, bills vetoed up to 30 January 2023 do not. No action states it of a vetoed bill.
POCKET_APPROVAL_FILLED_IN_AFTER = date(2023, 1, 30)

_OUTCOME_OF_CODE = {
    "SIGNED_BY_GOV": "signed",
    "POCKET_APPROVAL": "law_without_signature",
    "VETOED": "vetoed",
    "STRICKEN": "stricken",
    "LOST": "lost",
    "ADOPTED": "adopted",
}


class Move(NamedTuple):
    """An action that moved the bill. `place` counts actions from 1."""

    place: int
    code: str
    chamber: str
    date: date
    committee: str = ""
    calendar_no: int | None = None

    def stage(self) -> StageReached:
        return StageReached(self.code, self.chamber, self.date, self.committee)


@dataclass(frozen=True, slots=True)
class Substitution:
    print_no: str  # as written: "A3675B"
    date: date
    place: int


def read(
    session: int, print_no: str, actions: Sequence[ActionLine], *, as_of: date, session_ends: date | None
) -> Standing:
    """Where a New York bill stands. `actions` are in order and none lies after `as_of`."""
    designator = print_no[:1].upper()
    is_resolution = designator not in "SA" or not designator
    texts = [plain(action.text) for action in actions]
    substitution, borrowed_from = _substitution(print_no, actions, texts)
    own, own_texts = actions[:borrowed_from], texts[:borrowed_from]
    moves = _moves(own, own_texts, is_resolution)
    if substitution and any(m.place > substitution.place and m.date > substitution.date for m in moves):
        substitution = (
            None  # a substituted bill is frozen: one that moves on a later day stands for itself again
        )

    last = moves[-1] if moves else None
    stages = milestones(moves, designator, is_resolution)
    codes = {stage.code for stage in stages}
    passed_both = {"PASSED_SENATE", "PASSED_ASSEMBLY"} <= codes
    constitutional = any(CONSTITUTIONAL.search(text) for text in own_texts)
    status = last.code if last else "INTRODUCED"
    outcome, ended_on = _outcome(
        moves, own_texts, substitution, passed_both=passed_both, as_of=as_of, session_ends=session_ends
    )
    law_since = (
        last.date if last and outcome in {"signed", "law_without_signature", "veto_overridden"} else None
    )
    chapter, veto_memo = _numbers(own_texts)
    return Standing(
        legislature="ny",
        session=session,
        print_no=print_no,
        as_of=as_of,
        status=status,
        chamber=last.chamber if last else _house(designator),
        committee=last.committee if last else "",
        date=last.date if last else (own[0].date if own else None),
        calendar_no=last.calendar_no if last else None,
        outcome=outcome,
        ended_on=ended_on,
        via=substitution.print_no if substitution and outcome == "substituted" else "",
        substitute=_borrowed(session, substitution, actions[borrowed_from:], as_of, session_ends),
        stages=stages,
        furthest=_furthest(moves, stages, designator),
        active_amendment=active_amendment(own_texts),
        chapter=chapter if law_since else "",
        chapter_year=_chapter_year(moves) if law_since and chapter else None,
        veto_memo=veto_memo,
        lines_vetoed=bool(law_since) and any("LINE VETO MEMO" in text for text in own_texts),
        law_since=law_since,
        is_resolution=is_resolution,
        constitutional_amendment=constitutional,
        passed_both=passed_both,
        note=note_after(own, own_texts, after=last.place if last else 0),
        last_action=own[-1] if own else None,
        session_ends=session_ends,
    )


def _house(designator: str) -> str:
    return "senate" if designator in {"S", "J", "B", "R"} else "assembly"


def _moves(actions: Sequence[ActionLine], texts: Sequence[str], is_resolution: bool) -> list[Move]:
    moves: list[Move] = []
    calendar_numbers: dict[tuple[int, str], int] = {}  # by year and chamber: later floor lines leave it out
    for place, (action, text) in enumerate(zip(actions, texts, strict=True), start=1):
        if is_resolution and "ADOPTED" in text:
            moves.append(Move(place, "ADOPTED", _chamber(action), action.date))
            continue
        meaning = meaning_of(text)
        if meaning is None:
            continue
        kind, detail = meaning
        chamber = _chamber(action)
        if kind in {"committee", "floor"} and not chamber:
            continue  # the line does not say in which house, and a guess would put the bill in the wrong one
        if kind == "committee":
            code = "IN_SENATE_COMM" if chamber == "senate" else "IN_ASSEMBLY_COMM"
            moves.append(Move(place, code, chamber, action.date, committee_case(detail)))
        elif kind == "floor":
            key = (action.date.year, chamber)
            if detail:
                calendar_numbers[key] = int(detail)
            code = "SENATE_FLOOR" if chamber == "senate" else "ASSEMBLY_FLOOR"
            moves.append(Move(place, code, chamber, action.date, calendar_no=calendar_numbers.get(key)))
        elif kind == "passed":
            moves.append(Move(place, f"PASSED_{detail.upper()}", detail, action.date))
        elif kind in {"stricken", "lost"}:
            moves.append(Move(place, kind.upper(), chamber, action.date))
        else:
            moves.append(Move(place, _EXECUTIVE_CODE[kind], "", action.date))
    return moves


_EXECUTIVE_CODE = {
    "delivered": "DELIVERED_TO_GOV",
    "signed": "SIGNED_BY_GOV",
    "chapter": "POCKET_APPROVAL",
    "vetoed": "VETOED",
}


def _chamber(action: ActionLine) -> str:
    chamber = (action.chamber or "").strip().lower()
    return chamber if chamber in {"senate", "assembly"} else ""


def milestones(moves: Sequence[Move], designator: str, is_resolution: bool) -> tuple[StageReached, ...]:
    """The official stepper: for each stage in this bill's order, the latest move to it after the last stage.

    A stage passed over is filled in with the next one's day. Because the latest move counts, a bill referred
    anew in January of the second year steps back, and a recalled bill too.
    """
    if is_resolution:
        order: tuple[str, ...] = ("ADOPTED",)
    elif designator == "S":
        order = SENATE_STAGES + ASSEMBLY_STAGES + EXECUTIVE_STAGES
    else:
        order = ASSEMBLY_STAGES + SENATE_STAGES + EXECUTIVE_STAGES
    reached: list[StageReached] = []
    passed_over: list[str] = []
    last_place = 0
    for code in order:
        move = next((m for m in reversed(moves) if m.code == code and m.place > last_place), None)
        if move is None:
            # Before the first stage reached nothing is filled in; and a veto never implies a signature.
            if last_place and code != "SIGNED_BY_GOV":
                passed_over.append(code)
            continue
        for missed in passed_over:
            if missed != "POCKET_APPROVAL" or move.date > POCKET_APPROVAL_FILLED_IN_AFTER:
                reached.append(
                    StageReached(missed, _CHAMBER_OF_CODE.get(missed, ""), move.date, backfilled=True)
                )
        passed_over.clear()
        reached.append(move.stage())
        last_place = move.place
    return tuple(reached)


_CHAMBER_OF_CODE = dict.fromkeys(SENATE_STAGES, "senate") | dict.fromkeys(ASSEMBLY_STAGES, "assembly")


def _substitution(
    print_no: str, actions: Sequence[ActionLine], texts: Sequence[str]
) -> tuple[Substitution | None, int]:
    """The substitution in force, and the place from which lines belong to the other bill.

    Some official pages list the substitute's lines after "SUBSTITUTED BY A100B", beginning with its
    "SUBSTITUTED FOR" naming this very bill.
    """
    current: Substitution | None = None
    for index, text in enumerate(texts):
        if "SUBSTITUT" not in text:
            continue
        found = SUBSTITUTED.search(text)
        if found and found[1] == "FOR":
            if current and f"{found[2]}{found[3]}" == print_no.upper():
                return current, index
        elif "SUBSTITUTION RECONSIDERED" in text:
            current = None
        elif "SUBSTITUTED BY" in text:
            by = f"{found[2]}{found[3]}{found[4]}" if found else ""
            current = Substitution(by, actions[index].date, index + 1)
    return current, len(actions)


def _borrowed(
    session: int,
    substitution: Substitution | None,
    actions: Sequence[ActionLine],
    as_of: date,
    session_ends: date | None,
) -> Standing | None:
    """The substitute's standing, where this bill's record goes on with the substitute's lines."""
    if substitution is None or not actions or not substitution.print_no:
        return None
    base = substitution.print_no.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return read(session, base, actions, as_of=as_of, session_ends=session_ends)


def _outcome(
    moves: Sequence[Move],
    texts: Sequence[str],
    substitution: Substitution | None,
    *,
    passed_both: bool,
    as_of: date,
    session_ends: date | None,
) -> tuple[str | None, date | None]:
    """How the bill ended, and the day. (None, None) while it is alive, and where the record stops short.

    A bill that both houses passed does not die by the calendar: the governor acts on it, into January, and a
    record that stops before saying so is a gap in the source.
    """
    last = moves[-1] if moves else None
    if last and last.code in _OUTCOME_OF_CODE:
        vetoed = any(move.code == "VETOED" for move in moves)
        if last.code == "POCKET_APPROVAL" and vetoed:
            return "veto_overridden", last.date
        return _OUTCOME_OF_CODE[last.code], last.date
    if last and any(move.code == "VETOED" for move in moves):
        return _after_veto(moves, texts)
    if substitution:
        return "substituted", substitution.date
    over = session_ends is not None and as_of > session_ends
    if over and texts and not passed_both and not (last and last.code == "DELIVERED_TO_GOV"):
        return "died", session_ends
    return None, None


def _after_veto(moves: Sequence[Move], texts: Sequence[str]) -> tuple[str, date]:
    """A vetoed bill that moved again: the veto stands until the record says that it was overridden."""
    veto = max(move for move in moves if move.code == "VETOED")
    since = texts[veto.place :]
    passed_again = {move.code for move in moves if move.place > veto.place}
    if {"PASSED_SENATE", "PASSED_ASSEMBLY"} <= passed_again and any(OVERRIDE.search(text) for text in since):
        return "veto_overridden", moves[-1].date
    return "vetoed", veto.date


def _numbers(texts: Sequence[str]) -> tuple[str, str]:
    """The latest chapter and veto memo numbers; "" where none is stated."""
    chapter = memo = ""
    for text in texts:
        meaning = meaning_of(text)
        if meaning and meaning.kind in {"signed", "chapter"}:
            chapter = meaning.detail
        elif meaning and meaning.kind == "vetoed":
            memo = meaning.detail
    return chapter, memo


def _chapter_year(moves: Sequence[Move]) -> int:
    """The year of passage numbers the chapter: passed in 2023, signed in January 2024, chapter of 2023."""
    passed = [move for move in moves if move.code in {"PASSED_SENATE", "PASSED_ASSEMBLY"}]
    return (passed or moves)[-1].date.year


def _furthest(moves: Sequence[Move], stages: Sequence[StageReached], designator: str) -> StageReached | None:
    """The furthest rung once reached, where the bill has gone back behind it since."""
    first, second = (
        (SENATE_STAGES, ASSEMBLY_STAGES) if designator == "S" else (ASSEMBLY_STAGES, SENATE_STAGES)
    )
    rank = {code: number for number, code in enumerate((*first, *second, "DELIVERED_TO_GOV"))}
    now = max((rank[stage.code] for stage in stages if stage.code in rank), default=-1)
    if any(stage.code not in rank for stage in stages):
        return None
    beyond = [move for move in moves if rank.get(move.code, -1) > now]
    return max(beyond, key=lambda move: (rank[move.code], move.place)).stage() if beyond else None
