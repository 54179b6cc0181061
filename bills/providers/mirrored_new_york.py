"""One bill's file in the public git mirror of Open Legislation, in our own words. Pure: no git, no network.

Source: github.com/jehiah/ny_legislation, `bills/{session}/{number}.json`, and `resolutions/` in the same form.
What the mirror writes, what it loses of the Senate's own data and what is refused stand in docs/sources.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_pascal

from bills.print_numbers import PrintNumber, parse_print_no
from bills.providers.base import BillSnapshot, RollCallLine, SponsorLine, Touched, UnexpectedAnswer
from bills.providers.plausible import check_days
from bills.providers.shapes import checked
from bills.stages import CODES, ActionLine, read_standing

NAME = "The mirror of Open Legislation"
PAGES = "https://github.com/jehiah/ny_legislation/blob/HEAD/"

# The Senate's data knows two more, "abstained" and "aye with reservations": the mirror drops the votes of the one
# and writes the other as "Aye". They are here for the day on which it writes them.
VOTES = {
    "aye": "aye",
    "aye with reservations": "aye_with_reservations",
    "nay": "nay",
    "excused": "excused",
    "absent": "absent",
    "abstained": "abstained",
}
# What the mirror writes for a day that it could not read, by the clock of the machine it runs on.
NO_DAY = frozenset({date(1969, 12, 31), date(1970, 1, 1), date(1, 1, 1)})

_PATH = re.compile(r"(bills|resolutions)/([12][0-9]{3})/([SAJKBCREL])([1-9][0-9]{0,4})\.json", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


# --- paths


def number_of_path(path: str) -> PrintNumber | None:
    """The bill that a file of the mirror is about, by its path; None for any other file."""
    found = _PATH.fullmatch(path)
    if not found:
        return None
    try:
        return PrintNumber("ny", found[3], int(found[4]), session=int(found[2]))
    except ValueError:
        return None


def path_of(number: PrintNumber) -> tuple[str, ...]:
    """Where the bill may lie, likeliest first. Resolutions once lay among the bills, and may again."""
    file = f"{number.session}/{number.base_print_no}.json"
    return (f"resolutions/{file}", f"bills/{file}") if number.is_resolution else (f"bills/{file}",)


def touched_of(path: str, data: Any) -> Touched | None:
    """What a list tells of a bill, without a look at the rest; None where the file is none of a bill."""
    number = number_of_path(path)
    if number is None or not isinstance(data, dict) or not isinstance(data.get("PrintNo"), str):
        return None
    title, summary = data.get("Title"), data.get("Summary")
    return Touched(
        number,
        title=_title(title) if isinstance(title, str) else "",
        summary=summary.strip() if isinstance(summary, str) else "",
    )


# --- the mirror's shape; what we do not use is not read


def _day(text: object) -> date:
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        raise ValueError("is not a day such as 2017-01-04")
    day = date.fromisoformat(text)
    if day in NO_DAY:
        raise ValueError("is the day that the mirror writes where it could not read one")
    return day


def _of_the_senate(votes: object) -> object:
    """Without the Assembly's, whose days and committees the mirror reads wrongly: not even their shape counts."""
    if not isinstance(votes, list):
        return votes
    return [vote for vote in votes if not (isinstance(vote, dict) and vote.get("Chamber") == "ASSEMBLY")]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_day)]
Letter = Annotated[str, Field(pattern="^[A-Z]?$")]  # of a print; "" is the original


class _Shape(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal, extra="ignore", frozen=True, strict=True)


class _Action(_Shape):
    text: str = ""
    date: Day
    chamber: Literal["SENATE", "ASSEMBLY"]


class _Member(_Shape):
    name: str = ""
    short: str = ""


class _Vote(_Member):
    vote: str


class _RollCall(_Shape):
    vote_type: Literal["COMMITTEE", "FLOOR"]
    date: Day
    version: Letter = ""
    chamber: Literal["SENATE"] = "SENATE"
    committee: str = ""
    votes: list[_Vote] | None = None


class _Bill(_Shape):
    print_no: str
    session: int
    version: Letter = ""
    status: str | None = None
    actions: list[_Action] | None = None
    votes: Annotated[list[_RollCall] | None, BeforeValidator(_of_the_senate)] = None
    sponsors: list[_Member] | None = None
    title: str | None = None
    summary: str | None = None
    law_section: str | None = None
    act_clause: str | None = None
    same_as_print_no: Annotated[list[str] | None, BeforeValidator(_listed)] = None
    previous_versions: list[str] | None = None


# --- translation


def snapshot_of(data: Any, *, read_at: datetime) -> BillSnapshot:
    """The bill of one file, `data` being its JSON. `read_at` is the time of the mirror's commit.

    A key that the file does not have states nothing, since the mirror leaves out what is empty and what it lost
    alike. Raises UnexpectedAnswer for another shape and for a status that is missing, unknown, or not what the
    file's own actions amount to, and for a day that is too far from the session or from `read_at`.
    """
    bill = _read(data)
    number = replace(_number(bill.print_no, bill.session), amendment="")
    actions = _actions(bill)
    check_days(number, actions, today=read_at.date())
    _check_status(bill, number, actions, read_at.date())
    return BillSnapshot(
        number=number,
        actions=actions,
        title=_title(bill.title or "") or None,
        official_summary=(bill.summary or "").strip() or None,
        act_clause=bill.act_clause or None,
        law_section=bill.law_section or None,
        official_url=f"https://www.nysenate.gov/legislation/bills/{number.session}/{number.base_print_no}",
        source_url=PAGES + path_of(number)[0],
        active_amendment=bill.version,
        sponsors=_sponsors(bill, number),
        same_as=_numbers(bill.same_as_print_no, number),
        earlier=_numbers(bill.previous_versions, number),
        roll_calls=_roll_calls(bill),
        read_at=read_at,
    )


def _read(data: Any) -> _Bill:
    return checked(_Bill.model_validate, data, f"{NAME} holds a file of another shape")


def _number(text: str, session: int | None) -> PrintNumber:
    try:
        number = parse_print_no(text, legislature="ny", session=session)
    except ValueError as error:
        raise UnexpectedAnswer(f"{NAME} names a bill that we cannot read: {error}") from None
    if number.session is None:
        raise UnexpectedAnswer(f"{NAME} names {number.base_print_no} without its session.")
    return number


def _numbers(texts: Sequence[str] | None, number: PrintNumber) -> tuple[PrintNumber, ...] | None:
    """Bills named as "A2328-2021"; None where the file names none."""
    others = (replace(_number(text, None), amendment="") for text in texts or ())
    return tuple(other for other in dict.fromkeys(others) if other != number) or None


def _title(title: str) -> str:
    return title.strip().removeprefix("@")


def _actions(bill: _Bill) -> tuple[ActionLine, ...]:
    """The lines in the file's order, which is the record's own; one without text says nothing and is left out."""
    return tuple(
        ActionLine(action.date, action.chamber.lower(), action.text, place)
        for place, action in enumerate(bill.actions or (), start=1)
        if action.text.strip()
    )


def _check_status(bill: _Bill, number: PrintNumber, actions: Sequence[ActionLine], read_on: date) -> None:
    """Refuse a file whose own status is missing, unknown, or not what its own actions say.

    Where status and actions part, one of the two is incomplete or means what we do not know: either way storing
    it would be a guess.
    """
    stated = bill.status
    if not stated:
        raise UnexpectedAnswer(f"{NAME} holds a blank record: it states no status.")
    if stated not in CODES["ny"]:
        raise UnexpectedAnswer(f"{NAME} states a status that we do not know: “{stated[:40]}”.")
    # Lines dated ahead count here, as they do for the service that is mirrored.
    last_day = max([read_on, *(action.date for action in actions)])
    standing = read_standing("ny", number.session or 0, number.base_print_no, actions, today=last_day)
    if stated != standing.status and not (stated == "SUBSTITUTED" and standing.outcome == "substituted"):
        raise UnexpectedAnswer(
            f"{NAME} states the status {stated}, but its own actions amount to {standing.status}."
        )


def _sponsors(bill: _Bill, number: PrintNumber) -> tuple[SponsorLine, ...] | None:
    """The first is the prime sponsor; the mirror throws co- and multi-sponsors together.

    None where it names nobody: it loses the bodies that introduce bills, the Governor's budget among them.
    """
    names = dict.fromkeys(
        name for member in bill.sponsors or () if (name := (member.name or member.short).strip())
    )
    kinds = ["prime"] + ["co"] * len(names)
    lines = (SponsorLine(name, kind, number.chamber) for name, kind in zip(names, kinds, strict=False))
    return tuple(lines) or None


def _roll_calls(bill: _Bill) -> tuple[RollCallLine, ...] | None:
    """The Senate's votes, oldest first; None where the file has none."""
    seen: Counter[tuple[date, str, str]] = Counter()
    lines = []
    for call in sorted(bill.votes or (), key=lambda call: call.date):
        if (call.vote_type == "COMMITTEE") != bool(call.committee):
            raise UnexpectedAnswer(f"{NAME} does not say clearly which committee voted on {call.date}.")
        place = (call.date, call.committee, call.version)
        seen[place] += 1
        lines.append(_roll_call(call, seen[place]))
    return tuple(lines) or None


def _roll_call(call: _RollCall, sequence: int) -> RollCallLine:
    votes = [(_vote(each.vote), (each.name or each.short).strip()) for each in call.votes or ()]
    counts = Counter(code for code, _ in votes)
    ayes = counts["aye"] + counts["aye_with_reservations"]
    return RollCallLine(
        date=call.date,
        chamber="senate",
        ayes=ayes,
        nays=counts["nay"],
        others=len(votes) - ayes - counts["nay"],
        committee=call.committee,
        amendment=call.version,
        sequence=sequence,
        votes=tuple((code, name) for code, name in votes if name),
    )


def _vote(word: str) -> str:
    if code := VOTES.get(word.lower()):
        return code
    raise UnexpectedAnswer(f"{NAME} has votes of a kind unknown to us: “{word[:20]}”.")
