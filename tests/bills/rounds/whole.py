"""Whether all that we hold is what the source has: no bill wrong, none lost, none doubled."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Prefetch

from bills.models import Action, Bill, Change, RefreshItem, RefreshRun, Sponsorship
from bills.stages import read_standing
from tests.bills.state_senate import HeldBill, StateSenate


def assert_whole(senate: StateSenate, *, bills: int) -> None:
    """Every one of our `bills` stands as the source has it, its record once; no run is left open, no item left over."""
    actions = Prefetch("actions", Action.objects.order_by("sequence"))
    sponsorships = Prefetch("sponsorships", Sponsorship.objects.order_by())
    rows = Bill.objects.select_related("session").prefetch_related(actions, sponsorships, "stages")
    assert rows.count() == bills
    for bill in rows:
        _assert_same(bill, senate.bills[bill.session.year, bill.base_print_no])
    told = Counter(Change.objects.values_list("bill__base_print_no", "fact", "before", "after"))
    assert not [change for change, times in told.items() if times > 1]
    assert not RefreshRun.objects.filter(finished_at=None).exists()
    assert not RefreshItem.objects.exists()


def _assert_same(bill: Bill, held: HeldBill) -> None:
    standing = read_standing("ny", held.session, held.print_no, held.actions, today=date.today())
    name = f"{held.print_no} of {held.session}"
    assert bill.status == standing.status, name
    lines = [(line.date, line.chamber, line.text) for line in held.actions]
    assert [(row.date, row.chamber, row.text) for row in bill.actions.all()] == lines, name
    names = [("prime", "Ana Example"), *(("co", cosponsor) for cosponsor in held.cosponsors)]
    assert sorted((row.kind, row.name_as_written) for row in bill.sponsorships.all()) == sorted(names), name
    assert [stage.code for stage in bill.stages.all()] == [stage.code for stage in standing.stages], name
    assert (bill.title, bill.fault) == (held.title, ""), name
