"""Why a bill is followed, in sentences for its page and for staff."""

from __future__ import annotations

from django.utils.translation import gettext

from bills.models import Bill, RelatedBill
from bills.print_numbers import session_label
from sponsors.recorded_names import session_in_words


def reasons_of(bill: Bill, ties: list[RelatedBill]) -> list[str]:
    """Every reason there is. `bill` is a row of `for_page()`; `ties` are those that touch it, of either side."""
    told = []
    choice = bill.choice
    if choice and not choice["found_by"]:
        told.append(gettext("Our staff chose it."))
    if choice and choice["found_by"]:
        told.append(
            gettext("A search by topic found it: %(topics)s.") % {"topics": ", ".join(choice["found_by"])}
        )
    if bill.is_spoken_of:
        told.append(gettext("A document that we hold names it."))
    if tie := _tie(bill, ties):
        told.append(tie)
    return told or [gettext("It is among the bills that were loaded here; no other reason is on record.")]


def _tie(bill: Bill, ties: list[RelatedBill]) -> str:
    """The tie to another bill that we follow, the closest first."""
    held = sorted(
        (tie for tie in ties if tie.related_id),
        key=lambda tie: (-tie.session_year, tie.print_no, tie.bill_id),
    )
    for kind in (
        RelatedBill.Kind.SAME_AS,
        RelatedBill.Kind.SUBSTITUTED_BY,
        RelatedBill.Kind.EARLIER,
        RelatedBill.Kind.LATER,
    ):
        for tie in held:
            if tie.kind == kind:
                other = tie.related if tie.bill_id == bill.pk else tie.bill
                if other is not None and other.is_published:
                    return _told(tie, bill, other)
    return ""


def _told(tie: RelatedBill, bill: Bill, other: Bill) -> str:
    label = session_in_words(session_label(other.session.legislature_id, other.session.year))
    named = {"bill": f"{other.display_no} ({label})"}
    if tie.kind == RelatedBill.Kind.SAME_AS:
        return gettext("It is the same bill as %(bill)s, which we follow.") % named
    if tie.kind != RelatedBill.Kind.SUBSTITUTED_BY:
        return gettext("It is the same proposal as %(bill)s, which we follow.") % named
    if tie.bill_id == bill.pk:
        return gettext("%(bill)s, which we follow, took its place.") % named
    return gettext("It took the place of %(bill)s, which we follow.") % named
