"""A bill's family: its companion in the other chamber, and the same proposal in other sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Q, QuerySet, When

from bills import wording
from bills.models import Bill, RelatedBill
from bills.print_numbers import session_label
from sponsors.prepared import A_KEY, Prepared, is_one_of

NO_KEY = 0


@dataclass(frozen=True, slots=True)
class Member:
    """One bill of the family. `bill` is None where we hold only its number."""

    session_year: int
    session_label: str
    print_no: str
    bill: Bill | None
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    same_as: list[Member]
    lineage: list[Member]  # this bill among them, the newest session first; empty where it stands alone
    living: Member | None  # the same proposal in a session that still runs, where this bill has ended
    ties: list[RelatedBill]  # what they were read from, with `bill` and `related` set where we hold them


def _others(bill: int, proposal: int) -> QuerySet[Bill]:
    """The bills that this one is tied to, and those of its proposal, with what cards show."""
    other = Case(When(bill=bill, then=F("related_id")), default=F("bill_id"))
    tied = RelatedBill.objects.touching(bill).annotate(other=other).values("other")
    return (
        Bill.objects.filter(Q(is_one_of(ArraySubquery(tied))) | Q(proposal=proposal))
        .for_cards()
        .order_by("pk")
    )


TIES = Prepared(lambda bill: RelatedBill.objects.touching(bill), (A_KEY,))  # of a bill's key
OTHERS = Prepared(_others, (A_KEY, A_KEY + 1))  # of a bill's key, and of its proposal's or NO_KEY


def family_of(bill: Bill, relations: list[RelatedBill], others: list[Bill], *, today: date) -> Family:
    """The family of a bill, from what TIES and OTHERS give for it."""
    held = {other.pk: other for other in others} | {bill.pk: bill}
    for tie in relations:
        tie.bill, tie.related = held[tie.bill_id], held.get(tie.related_id or 0)
    del held[bill.pk]
    return _arranged(bill, relations, held, today=today)


def _arranged(bill: Bill, relations: list[RelatedBill], others: dict[int, Bill], *, today: date) -> Family:
    same_as: dict[tuple[int, str], Member] = {}
    lineage = {_key(bill): _member(bill, bill)}
    for other in others.values():
        if bill.proposal_id and other.proposal_id == bill.proposal_id and other.is_published:
            lineage[_key(other)] = _member(other, bill)
    for relation in relations:
        member = _other_side(relation, bill, others)
        if member is None:
            continue
        key = (member.session_year, member.print_no)
        if relation.kind == RelatedBill.Kind.SAME_AS:
            if key not in same_as or member.bill:
                same_as[key] = member
        elif relation.kind in {RelatedBill.Kind.EARLIER, RelatedBill.Kind.LATER} and (
            key not in lineage or member.bill
        ):
            lineage[key] = member
    ordered = sorted(
        lineage.values(), key=lambda one: (-one.session_year, one.print_no[:1] != bill.base_print_no[:1])
    )
    return Family(
        same_as=sorted(same_as.values(), key=lambda one: one.print_no),
        lineage=ordered if len(ordered) > 1 else [],
        ties=relations,
        living=None if wording.may_still_move(bill, today=today) else _living(ordered, today=today),
    )


def _key(bill: Bill) -> tuple[int, str]:
    return bill.session.year, bill.base_print_no


def _member(bill: Bill, this: Bill) -> Member:
    return Member(bill.session.year, bill.session.label, bill.base_print_no, bill, is_this=bill.pk == this.pk)


def _other_side(relation: RelatedBill, bill: Bill, others: dict[int, Bill]) -> Member | None:
    """The other bill of a tie; a bare number for one we do not publish, where this bill states it."""
    states_it = relation.bill_id == bill.pk
    other = others.get((relation.related_id if states_it else relation.bill_id) or 0)
    if other is not None and other.is_published:
        return _member(other, bill)
    if not states_it:
        return None
    label = session_label(bill.session.legislature_id, relation.session_year)
    return Member(relation.session_year, label, relation.print_no, None)


def _living(members: list[Member], *, today: date) -> Member | None:
    return next((one for one in members if one.bill and wording.may_still_move(one.bill, today=today)), None)
