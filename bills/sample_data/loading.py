"""Invented bills into rows, a portion in one transaction: a kill leaves whole portions, and the next call goes on.

Keys are handed out by the database beforehand, so that a portion's rows can point to each other, and each table gets
its rows in one COPY. What is held in memory is one portion, however many bills there are to be.
"""
# ruff: noqa: S311 (what is drawn here decides nothing)

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from bills.models import (
    Action,
    Amendment,
    Bill,
    Change,
    PollAnswer,
    RelatedBill,
    RollCall,
    Sponsorship,
    Stage,
)
from bills.portions import in_portions
from bills.print_numbers import session_of_date
from bills.sample_data import SOURCE, words
from bills.sample_data.cast import Cast
from bills.sample_data.copying import copy_rows, take_keys
from bills.sample_data.invented import Invented, invent

PORTION = 1000  # bills in one transaction
MOST_BILLS = 1_000_000
_COMMITTEES = {name.casefold(): place for place, name in enumerate(words.COMMITTEES)}
_LOCK = 0x5A3B1E  # of PostgreSQL, for one call at a time


class AlreadyAtWork(RuntimeError):
    """Somebody else makes or removes invented bills just now."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Bills that were just written, with their keys in the same order, and what they point to."""

    bills: list[Invented]
    keys: list[int]
    cast: Cast
    now: datetime
    seed: int


def load(
    bills: int,
    *,
    seed: int = 1,
    today: date | None = None,
    also: Callable[[Portion], None] = lambda portion: None,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Add invented bills until there are so many; how many were added.

    `also` adds what hangs on a portion's bills in the same transaction. `progress` is told how many bills each portion
    had. Raises AlreadyAtWork.
    """
    now = timezone.now()
    today = today or timezone.localdate(now)
    with alone():
        held = Bill.objects.filter(source=SOURCE).count()
        newest = _newest_session() or session_of_date("ny", today)
        cast = Cast()
        for places in in_portions(range(held, bills), PORTION):
            invented = [invent(place, newest=newest, today=today, seed=seed) for place in places]
            with transaction.atomic():
                also(_write(invented, cast, now=now, seed=seed))
            progress(len(invented))
        if bills > held:
            _analyze()
    return max(0, bills - held)


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else makes or removes invented bills until the block ends, or this process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise AlreadyAtWork("Invented bills are being made or removed just now by another process.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _newest_session() -> int | None:
    """The newest session that holds invented bills: those to come go on behind it."""
    return Bill.objects.filter(source=SOURCE).aggregate(year=Max("session__year"))["year"]


def _analyze() -> None:
    """So that the next questions are planned for what there is now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(invented: list[Invented], cast: Cast, *, now: datetime, seed: int) -> Portion:
    keys = take_keys(Bill, len(invented))
    portion = Portion(invented, keys, cast, now, seed)
    key_of = {
        (one.session, one.base_print_no): key for one, key in zip(invented, keys, strict=True)
    } | _companions_held(invented)
    copy_rows(Bill, _BILL, _bill_rows(portion, key_of))
    pairs = list(zip(keys, invented, strict=True))
    copy_rows(
        Action,
        ("bill_id", "sequence", "date", "chamber", "text"),
        (
            (key, place, line.date, line.chamber, line.text)
            for key, one in pairs
            for place, line in enumerate(one.actions, start=1)
        ),
    )
    copy_rows(
        Stage,
        ("bill_id", "position", "code", "chamber", "date", "committee"),
        (
            (key, place, stage.code, stage.chamber, stage.date, stage.committee)
            for key, one in pairs
            for place, stage in enumerate(one.standing.stages, start=1)
        ),
    )
    copy_rows(Amendment, ("bill_id", "letter", "published_on"), _prints(pairs))
    copy_rows(
        Sponsorship,
        ("bill_id", "kind", "position", "name_as_written", "person_id", "term_id"),
        _sponsorships(pairs, cast),
    )
    copy_rows(
        Bill.issues.through,
        ("bill_id", "issue_id"),
        ((key, cast.issues[issue]) for key, one in pairs for issue in one.issues),
    )
    copy_rows(
        RelatedBill,
        ("bill_id", "kind", "session_year", "print_no", "related_id"),
        _relations(pairs, key_of),
    )
    copy_rows(
        RollCall,
        ("bill_id", "date", "chamber", "committee", "ayes", "nays", "others", "member_votes"),
        _roll_calls(pairs, cast),
    )
    copy_rows(PollAnswer, ("bill_id", "voter", "answer", "answered_on"), _answers(pairs, now, seed))
    copy_rows(Change, ("bill_id", "fact", "after", "source", "found_at"), _changes(pairs, now))
    return portion


def _companions_held(invented: list[Invented]) -> dict[tuple[int, str], int]:
    """The companion of a portion's first bill, where the portion before ended between the two."""
    first = invented[0]
    if first.place % 2 == 0:
        return {}
    number = (first.session, first.companion)
    held = Bill.objects.filter(
        session__legislature="ny", session__year=number[0], base_print_no=number[1]
    ).first()
    return {number: held.pk} if held else {}


_BILL = (
    "id", "session_id", "base_print_no", "slug", "chamber", "active_amendment", "title", "short_name", "act_clause",
    "law_section", "plain_summary", "official_summary", "sponsor_memo", "proposal_id", "status", "status_date",
    "status_chamber", "status_committee", "committee_id", "outcome", "ended_on", "substituted_by_id",
    "substituted_by_print_no", "chapter", "law_since", "introduced_on", "last_action_on", "source", "checked_at",
    "read_at", "changed_at",
)  # fmt: skip


def _bill_rows(portion: Portion, key_of: dict[tuple[int, str], int]) -> Iterator[tuple]:
    cast = portion.cast
    named = {one.proposal: f"{one.short_name or one.title}"[:150] for one in portion.bills if one.proposal}
    proposals = cast.proposals(set(named), named) if named else {}
    for key, one in zip(portion.keys, portion.bills, strict=True):
        standing = one.standing
        in_committee = standing.status.endswith("_COMM")
        yield (
            key,
            cast.session(one.session).pk,
            one.base_print_no,
            one.base_print_no.lower(),
            one.house,
            standing.active_amendment,
            one.title,
            one.short_name,
            f"AN ACT to amend the {one.law_section.lower()}, in relation to {one.title.partition(' ')[2]}",
            one.law_section,
            one.plain_summary,
            one.official_summary,
            one.sponsor_memo,
            proposals[one.proposal] if one.proposal else None,
            standing.status,
            standing.date,
            standing.chamber,
            standing.committee,
            _committee(standing.chamber, standing.committee, cast) if in_committee else None,
            standing.outcome or "",
            standing.ended_on,
            key_of.get((one.session, one.companion)) if standing.outcome == "substituted" else None,
            standing.via,
            standing.chapter,
            standing.law_since if standing.law else None,
            one.actions[0].date if one.actions else None,
            one.actions[-1].date if one.actions else None,
            SOURCE,
            portion.now,
            portion.now,
            portion.now,
        )


def _committee(house: str, name: str, cast: Cast) -> int | None:
    place = _COMMITTEES.get(name.casefold())
    return None if place is None else cast.committees[house][place]


def _prints(pairs: list[tuple[int, Invented]]) -> Iterator[tuple]:
    for key, one in pairs:
        day = one.actions[0].date if one.actions else None
        last = one.standing.active_amendment
        for letter in ("", *(chr(code) for code in range(ord("A"), ord(last or "@") + 1))):
            yield key, letter, day


def _sponsorships(pairs: list[tuple[int, Invented]], cast: Cast) -> Iterator[tuple]:
    """A name once for each kind, as the table has it: of two members with one name the first is written."""
    for key, one in pairs:
        places, written = {"prime": 0, "co": 0}, set()
        for kind, house, seat in one.sponsors:
            who = cast.seats(one.session, house)[seat]
            if (kind, who.name) in written:
                continue
            written.add((kind, who.name))
            places[kind] += 1
            yield key, kind, places[kind], who.name, who.person, who.term


def _relations(pairs: list[tuple[int, Invented]], key_of: dict[tuple[int, str], int]) -> Iterator[tuple]:
    for key, one in pairs:
        companion = key_of.get((one.session, one.companion))
        if one.has_companion:
            yield key, "same_as", one.session, one.companion, companion
        if one.has_earlier:
            yield key, "earlier", one.session - 2, one.base_print_no, None
        if one.standing.outcome == "substituted":
            yield key, "substituted_by", one.session, one.companion, companion


def _roll_calls(pairs: list[tuple[int, Invented]], cast: Cast) -> Iterator[tuple]:
    for key, one in pairs:
        for day, house, committee, ayes, nays, others, votes in one.votes:
            seats = cast.seats(one.session, house)
            named = sorted([vote, seats[seat].name] for vote, _, seat in votes)
            body = "" if committee is None else words.COMMITTEES[committee]
            yield key, day, house, body, ayes, nays, others, named


def _answers(pairs: list[tuple[int, Invented]], now: datetime, seed: int) -> Iterator[tuple]:
    for key, one in pairs:
        random = Random(f"answers {seed} {one.place}")
        for answer in one.answers:
            yield key, uuid.UUID(int=random.getrandbits(128), version=4), answer, now.date()


def _changes(pairs: list[tuple[int, Invented]], now: datetime) -> Iterator[tuple]:
    for key, one in pairs:
        for ago, line in enumerate(reversed(one.actions[max(0, len(one.actions) - one.changes) :])):
            yield (
                key,
                "action",
                f"{line.date} {line.chamber.title()}: {line.text}",
                SOURCE,
                now - timedelta(days=ago),
            )
