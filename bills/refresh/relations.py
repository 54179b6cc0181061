"""Ties between bills: the number always stands, and the row it means is tied to it once both are here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.dispatch import Signal

from bills.models import Bill, RelatedBill
from bills.print_numbers import PrintNumber
from bills.refresh import tables
from bills.refresh.facts import Facts, key

ROWS_AT_ONCE = 1000

# Sent when a run that brought new bills has ended. `statements` may not be imported here, and has rows that wait.
bills_arrived = Signal()


def tie_arrived() -> None:
    """For the end of a run that brought new bills: tie to them whatever waits for their numbers."""
    link_waiting()
    bills_arrived.send(sender=tie_arrived)


def find(batch: Iterable[Facts]) -> dict[tuple[str, int, str], int]:
    """The keys of the bills that these records name, by legislature, session and number; one question."""
    named = {number for facts in batch for numbers in facts.relations.values() for number in numbers}
    return tables.ids_of(map(key, named)) if named else {}


def numbered(numbers: Iterable[PrintNumber]) -> QuerySet[Bill]:
    """The bills of these numbers, in the order of their keys."""
    by_session: dict[tuple[str, int], list[str]] = defaultdict(list)
    for legislature, session, print_no in map(key, numbers):
        by_session[legislature, session].append(print_no)
    wanted = Q(pk__in=[])
    for (legislature, session), print_nos in by_session.items():
        wanted |= Q(session__legislature=legislature, session__year=session, base_print_no__in=print_nos)
    return Bill.objects.filter(wanted).order_by("pk")


def link_waiting(new: Sequence[Bill] | None = None) -> int:
    """Tie the records that wait for a bill to it, now that it is here; the number of ties made.

    With `new`, those that wait for one of these bills. Without, all: for the end of a run, since two workers
    that store a pair at the same moment do not see each other's rows.
    """
    waiting = RelatedBill.objects.filter(related=None)
    if new is not None:
        waiting = waiting.filter(
            session_year__in={bill.session.year for bill in new},
            print_no__in={bill.base_print_no for bill in new},
        )
    here = Bill.objects.filter(
        session__legislature=OuterRef("bill__session__legislature"),
        session__year=OuterRef("session_year"),
        base_print_no=OuterRef("print_no"),
    ).exclude(pk=OuterRef("bill"))
    tied = list(waiting.annotate(here=Subquery(here.values("pk"))).exclude(here=None).order_by("pk"))
    for row in tied:
        row.related_id = row.here
        if row.kind == RelatedBill.Kind.SUBSTITUTED_BY:
            Bill.objects.filter(pk=row.bill_id).update(substituted_by=row.here)
    for place in range(0, len(tied), ROWS_AT_ONCE):
        tables.update(RelatedBill, tied[place : place + ROWS_AT_ONCE], ["related_id"])
    return len(tied)
