"""Bills that we are to follow and do not hold yet: what staff, topics, documents and other bills call for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from bills.models import Bill, Candidate, RelatedBill, WantedBill
from bills.print_numbers import PrintNumber, parse_print_no, session_named
from sponsors.models import rows_of

FIRST_WAIT = timedelta(days=1)
LONGEST_WAIT = timedelta(days=30)
ROWS_AT_ONCE = 1000

Place = tuple[int, str]  # session year, base print number


def note_wanted(legislature: str, *, now: datetime) -> None:
    """Bring the list of wanted bills of one legislature up to date: what is called for, less what is here."""
    strike_off_arrived()
    wanted = WantedBill.objects.filter(legislature=legislature)
    listed = {(row.session_year, row.print_no): row.pk for row in wanted}
    called: dict[Place, str] = {}
    for why, places in _called_for(legislature):
        for place in places:
            called.setdefault(place, why)
    wanted.filter(pk__in=[key for place, key in listed.items() if place not in called]).delete()
    fresh = [
        WantedBill(
            legislature_id=legislature, session_year=place[0], print_no=place[1], why=why, wanted_since=now
        )
        for place, why in called.items()
        if place not in listed and _can_be(legislature, place)
    ]
    WantedBill.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=ROWS_AT_ONCE)
    strike_off_arrived()


def _called_for(legislature: str) -> Iterator[tuple[str, Iterator[Place]]]:
    """Numbers that are called for and wait for a bill, the strongest reason first."""
    followed = Candidate.objects.followed().filter(legislature=legislature, bill=None).order_by("pk")
    by_staff, by_topic = followed.filter(found_by=[]), followed.exclude(found_by=[])
    places = ("session_year", "print_no")
    yield WantedBill.Why.CHOSEN, by_staff.values_list(*places).iterator()
    yield WantedBill.Why.TOPIC, by_topic.values_list(*places).iterator()
    mentions = rows_of("statements.BillMention").filter(
        bill=None, legislature_code=legislature, session_year__isnull=False
    )
    yield WantedBill.Why.DOCUMENT, mentions.order_by().values_list("session_year", "base_print_no").iterator()
    ties = RelatedBill.objects.filter(related=None, bill__session__legislature=legislature)
    yield WantedBill.Why.RELATED, ties.order_by().values_list(*places).iterator()


def _can_be(legislature: str, place: Place) -> bool:
    """Whether there was such a session, and such a number in it."""
    try:
        parse_print_no(place[1], legislature=legislature, session=place[0])
        return session_named(legislature, place[0]) == place[0]
    except ValueError:
        return False


def strike_off_arrived() -> None:
    """Bills have come: they are wanted no more, and candidates are tied to theirs."""
    here = Bill.objects.filter(
        session__legislature=OuterRef("legislature"),
        session__year=OuterRef("session_year"),
        base_print_no=OuterRef("print_no"),
    )
    Candidate.objects.filter(bill=None).filter(Exists(here)).update(bill=here.values("pk")[:1])
    WantedBill.objects.filter(Exists(here)).delete()


def not_there(number: PrintNumber, fault: str, *, now: datetime) -> None:
    """The source has no such bill, or none that we can read: ask again later and ever later."""
    for row in WantedBill.objects.filter(
        legislature=number.legislature, session_year=number.session or 0, print_no=number.base_print_no
    ):
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(row.tries, 6))
        row.tries, row.ask_after, row.fault = row.tries + 1, now + wait, fault[:400]
        row.save(update_fields=["tries", "ask_after", "fault"])
