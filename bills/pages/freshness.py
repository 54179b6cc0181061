"""Is this page current? When a bill's source was last asked, and whether that is too long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bills.models import Bill
from bills.wording import may_still_move

RECORDS = "records"
SOURCE_NAMES = {
    RECORDS: _("Passage’s own records, read from official pages"),
    "open_legislation": _("New York Senate Open Legislation"),
    "legistar": _("New York City Council Legistar"),
    "congress": _("Congress.gov"),
}

# New York is asked every hour while its session runs. The Council and Congress publish a day late and are
# asked every six hours, so a shorter limit would only cry wolf.
LONGEST_IN_SESSION = {"ny": timedelta(hours=6)}
LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Freshness:
    """`is_live` is False for bills that come from the shipped records, which nobody asks again."""

    checked_at: datetime | None
    checked_on: date | None
    source_name: str
    source_url: str
    is_live: bool
    is_late: bool
    is_behind_session: bool  # its session has ended since it was last checked, and no end is on record


def freshness_of(bill: Bill, *, now: datetime) -> Freshness:
    """How current the bill's row is. One that has ended cannot be late: nothing more can happen to it."""
    today = timezone.localdate(now)
    is_live = bool(bill.source) and bill.source != RECORDS
    checked_on = timezone.localdate(bill.checked_at) if bill.checked_at else None
    return Freshness(
        checked_at=bill.checked_at,
        checked_on=checked_on,
        source_name=str(SOURCE_NAMES.get(bill.source, bill.source)),
        source_url=bill.source_url or bill.official_url,
        is_live=is_live,
        is_late=is_live and may_still_move(bill, today=today) and is_too_old(bill, now=now),
        is_behind_session=not bill.outcome
        and today > bill.session.end
        and (checked_on or today) <= bill.session.end,
    )


def is_too_old(bill: Bill, *, now: datetime) -> bool:
    if bill.checked_at is None:
        return True
    in_session = bill.session.start <= timezone.localdate(now) <= bill.session.end
    longest = LONGEST_IN_SESSION.get(bill.session.legislature_id, LONGEST) if in_session else LONGEST
    return now - bill.checked_at > longest
