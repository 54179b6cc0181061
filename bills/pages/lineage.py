"""What became of one proposal, bill by bill: how far each got, and how the attempts are counted.

Everything here takes rows that were read already; `bills.pages.proposal_page` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from bills import wording
from bills.models import Bill, RelatedBill
from bills.models.states import STATES
from bills.print_numbers import parse_print_no, session_end, session_label, session_start
from bills.stages import (
    LAW_OUTCOMES,
    NOT_REACHED,
    StageReached,
    Step,
    committee_in_words,
    ladder,
    steps,
)
from sponsors.recorded_names import session_in_words

Key = tuple[str, int, str]  # legislature, session, base print number
# Ends that take a rung of the ladder; the others leave a bill where it was.
_CLIMBED = LAW_OUTCOMES | {"adopted"}
_CHAMBERS = ("senate", "house", "assembly", "council")


@dataclass(frozen=True, slots=True)
class FloorVote:
    """A vote of a whole house on one day. `ayes` and `nays` are None where our source has no count."""

    date: date
    chamber: str
    ayes: int | None = None
    nays: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One bill of the lineage, or a number that the record names and whose bill we do not hold.

    `rung` of `rungs` is how far up its ladder it got, from 1; both are 0 where we hold only the number.
    """

    legislature: str
    session: int
    session_label: str
    starts: date
    ends: date
    print_no: str
    chamber: str
    bill: Bill | None = None
    furthest: Step | None = None
    rung: int = 0
    rungs: int = 0
    leaders: tuple[dict[str, str], ...] = ()  # {name, slug}; an empty slug has no page
    votes: tuple[FloorVote, ...] = ()

    @property
    def key(self) -> Key:
        return self.legislature, self.session, self.print_no

    @property
    def condition(self) -> str:
        """As `Bill.condition`, or "number" where we hold only that."""
        return self.bill.condition if self.bill else "number"

    @property
    def end_in_words(self) -> str:
        """How it ended, in a word or three."""
        return _end_in_words(self.bill) if self.bill else gettext("We hold only its number")

    @property
    def furthest_in_words(self) -> str:
        """The highest rung, where the words for the end do not tell it already."""
        return gettext(self.furthest.label) if self.furthest and not self.furthest.ending else ""


@dataclass(frozen=True, slots=True)
class Account:
    """What all attempts amount to."""

    introductions: int
    sessions: int
    first_year: int
    bills: int
    numbers_only: int
    floor_votes: int
    state: str  # one of `STATES`


def entries_of(bills: Iterable[Bill], ties: Iterable[RelatedBill], *, others: frozenset[Key] = frozenset()):
    """Entries, the newest session first. `bills` are rows of `for_proposal_page()`.

    A number that a bill's record names, and that none of `bills` has, is an entry too, unless it is among `others`:
    bills that we hold and that belong to another proposal.
    """
    held = {bill.pk: bill for bill in bills}
    found = {entry.key: entry for entry in map(_entry, held.values())}
    for tie in ties:
        if (bill := held.get(tie.bill_id)) and tie.kind != RelatedBill.Kind.SUBSTITUTED_BY:
            named = _number_only(bill.session.legislature_id, tie.session_year, tie.print_no)
            if named and named.key not in others:
                found.setdefault(named.key, named)
    return sorted(found.values(), key=_newest_first)


def _newest_first(entry: Entry) -> tuple:
    place = _CHAMBERS.index(entry.chamber) if entry.chamber in _CHAMBERS else len(_CHAMBERS)
    return -entry.starts.toordinal(), entry.legislature, place, len(entry.print_no), entry.print_no


def _entry(bill: Any) -> Entry:
    session = bill.session
    reached = tuple(
        StageReached(one["code"], one["chamber"], _day(one["date"]), one["committee"])
        for one in bill.stages_reached
    )
    standing = replace(wording.standing_of(bill, today=session.end), stages=reached)
    drawn = steps(standing, ladder(session.legislature_id, bill.base_print_no))
    climbed = [
        place
        for place, step in enumerate(drawn)
        if step.state != NOT_REACHED and (not step.ending or step.ending in _CLIMBED)
    ]
    place = climbed[-1] if climbed else 0
    step = drawn[place]
    if step.code == "INTRODUCED" and step.date is None:
        step = replace(step, date=bill.introduced_on)
    if step.committee:
        step = replace(step, committee=committee_in_words(step.committee, step.chamber))
    return Entry(
        legislature=session.legislature_id,
        session=session.year,
        session_label=session.label,
        starts=session.start,
        ends=session.end,
        print_no=bill.base_print_no,
        chamber=bill.chamber,
        bill=bill,
        furthest=step,
        rung=place + 1,
        rungs=len(drawn),
        leaders=tuple(bill.leaders),
        votes=_votes(bill),
    )


def _number_only(legislature: str, session: int, print_no: str) -> Entry | None:
    try:
        return Entry(
            legislature=legislature,
            session=session,
            session_label=session_label(legislature, session),
            starts=session_start(legislature, session),
            ends=session_end(legislature, session),
            print_no=print_no,
            chamber=parse_print_no(print_no, legislature=legislature).chamber,
        )
    except ValueError:
        return None  # a session that never was, or no number: it cannot be placed in time


def _votes(bill: Any) -> tuple[FloorVote, ...]:
    """One vote for each house and day: from the counts, the stages and the lines of the record."""
    found: dict[tuple[date, str], FloorVote] = {}
    for one in bill.votes_counted:
        day = date.fromisoformat(one["date"])
        found[day, one["chamber"]] = FloorVote(day, one["chamber"], one["ayes"], one["nays"])
    passed = [(one["date"], one["chamber"]) for one in bill.stages_reached if _is_floor_vote(one["code"])]
    passed += [(one["date"], one["chamber"]) for one in bill.passages]
    if bill.outcome == "lost" and bill.ended_on and bill.status_chamber:
        passed.append((bill.ended_on.isoformat(), bill.status_chamber))
    for iso, chamber in passed:
        if iso and chamber:
            day = date.fromisoformat(iso)
            found.setdefault((day, chamber), FloorVote(day, chamber))
    return tuple(sorted(found.values(), key=lambda vote: (vote.date, vote.chamber)))


def _is_floor_vote(code: str) -> bool:
    return code.startswith("PASSED_") or code in {"APPROVED_BY_COUNCIL", "ADOPTED"}


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def introductions(entries: Sequence[Entry], ties: Iterable[RelatedBill]) -> list[set[Key]]:
    """The attempts: bills of one session that are the same as each other, or took each other's place, are one."""
    groups: dict[Key, set[Key]] = {entry.key: {entry.key} for entry in entries}
    by_bill = {entry.bill.pk: entry.key for entry in entries if entry.bill}

    def join(one: Key, other: Key) -> None:
        if one in groups and other in groups and groups[one] is not groups[other]:
            joined = groups[one] | groups[other]
            groups.update(dict.fromkeys(joined, joined))

    for tie in ties:
        if tie.kind == RelatedBill.Kind.SAME_AS and (key := by_bill.get(tie.bill_id)):
            join(key, (key[0], tie.session_year, tie.print_no))
    for entry in entries:
        other = entry.bill.substituted_by if entry.bill else None
        if other is not None:
            join(entry.key, (entry.legislature, other.session.year, other.base_print_no))
    return list({id(group): group for group in groups.values()}.values())


def account_of(entries: Sequence[Entry], ties: Iterable[RelatedBill]) -> Account:
    """Counts over all entries; `entries` holds at least one."""
    states = [_state(entry.bill) for entry in entries if entry.bill]
    return Account(
        introductions=len(introductions(entries, ties)),
        sessions=len({(entry.legislature, entry.session) for entry in entries}),
        first_year=min(entry.starts.year for entry in entries),
        bills=len(entries),
        numbers_only=sum(entry.bill is None for entry in entries),
        floor_votes=sum(len(entry.votes) for entry in entries),
        state=min(states, key=STATES.index, default="unknown"),
    )


def _state(bill: Bill) -> str:
    """As `Bill.condition`, but "unknown" where a bill that we do not hold took its place: that one may be law."""
    if bill.outcome == "substituted" and bill.substituted_by is None:
        return "unknown"
    return bill.condition


def in_sentences(account: Account, entries: Sequence[Entry]) -> list[str]:
    """Whether it is law, how often it was tried and how often voted on: whole sentences, the first a headline."""
    return [*_law(account, entries), _tried(account, entries), _voted(account)]


def _tried(account: Account, entries: Sequence[Entry]) -> str:
    named = {"times": account.introductions, "sessions": account.sessions, "year": account.first_year}
    if account.sessions > 1:
        return (
            ngettext(
                "Introduced once in %(sessions)d sessions since %(year)d.",
                "Introduced %(times)d times in %(sessions)d sessions since %(year)d.",
                account.introductions,
            )
            % named
        )
    return ngettext(
        "Introduced once, in %(session)s.",
        "Introduced %(times)d times in %(session)s.",
        account.introductions,
    ) % {**named, "session": session_in_words(entries[0].session_label)}


def _voted(account: Account) -> str:
    if not account.floor_votes:
        return gettext("Our source shows no vote of a whole house on it.")
    return ngettext(
        "Voted on the floor once.", "Voted on the floor %(times)d times.", account.floor_votes
    ) % {"times": account.floor_votes}


def _law(account: Account, entries: Sequence[Entry]) -> list[str]:
    bills = [entry.bill for entry in entries if entry.bill]
    states = {_state(bill) for bill in bills}
    told = []
    if account.state == "law":
        told.append(_law_since([bill for bill in bills if bill.condition == "law"]))
    elif account.state == "adopted":
        told.append(gettext("It was adopted. A resolution states a view and changes no law."))
    elif account.state in {"alive", "ended"} and "unknown" not in states:
        told.append(_no_law(account))
    if "alive" in states:
        living = [bill for bill in bills if bill.condition == "alive"]
        told.append(
            gettext("It is alive now, in %(session)s: %(numbers)s.")
            % {
                "session": living[0].session.label,
                "numbers": ", ".join(bill.display_no for bill in living),
            }
        )
    if "unknown" in states:
        told.append(gettext("Our source does not say of each of its bills how it ended."))
    return told


def _law_since(laws: list[Bill]) -> str:
    dated = sorted((bill for bill in laws if bill.law_since), key=lambda bill: bill.law_since or date.max)
    if not dated:
        other = next(bill.substituted_by for bill in laws if bill.substituted_by)
        if other.law_since is None:
            return gettext("It became law by way of %(number)s.") % {"number": other.display_no}
        return gettext("It became law by way of %(number)s, on %(day)s.") % {
            "number": other.display_no,
            "day": wording.day_in_words(other.law_since),
        }
    first = dated[0]
    named = {
        "day": wording.day_in_words(first.law_since) if first.law_since else "",
        "number": first.display_no,
        "laws": len(dated),
    }
    if len(dated) == 1:
        return gettext("It has been law since %(day)s, as %(number)s.") % named
    return (
        ngettext(
            "%(laws)d of its bills has become law, the first on %(day)s: %(number)s.",
            "%(laws)d of its bills have become law, the first on %(day)s: %(number)s.",
            len(dated),
        )
        % named
    )


def _no_law(account: Account) -> str:
    if account.numbers_only:
        return gettext("None of its bills that we hold has become law.")
    return gettext("It is not law.") if account.state == "alive" else gettext("It never became law.")


def _end_in_words(bill: Bill) -> str:
    if bill.outcome == "substituted" and bill.substituted_by_print_no:
        return gettext("Replaced by %(number)s") % {"number": bill.substituted_by_print_no}
    return {
        "signed": gettext("Signed into law"),
        "law_without_signature": gettext("Became law without signature"),
        "veto_overridden": gettext("Became law over a veto"),
        "enacted": gettext("Became law"),
        "vetoed": gettext("Vetoed"),
        "adopted": gettext("Adopted"),
        "substituted": gettext("Replaced by another bill"),
        "stricken": gettext("Withdrawn"),
        "withdrawn": gettext("Withdrawn"),
        "lost": gettext("Voted down"),
        "filed_end_of_session": gettext("Filed at the end of the session"),
        "died": gettext("Died with its session"),
    }.get(bill.outcome) or wording.condition_label(bill.condition)
