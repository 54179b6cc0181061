"""Is this page current? When a bill's source was last asked, and whether that is too long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from bills.models import Bill
from bills.promises import longest_unchecked
from bills.providers.records import CODE as RECORDS
from bills.providers.registry import source_name
from bills.refresh.facts import web_address
from bills.wording import may_still_move


@dataclass(frozen=True, slots=True)
class Freshness:
    """`is_live` is False for bills that come from the shipped records, which nobody asks again."""

    checked_at: datetime | None
    checked_on: date | None
    source_name: str
    official_page: str  # "" where we know none
    is_live: bool
    is_late: bool
    in_session: bool  # which promise holds: six hours, or a day
    fault: str  # why the source's last answer is not what stands here; "" where it is
    fault_on: date | None
    is_behind_session: bool  # its session has ended since it was last checked, and no end is on record


def freshness_of(bill: Bill, *, now: datetime) -> Freshness:
    """How current the bill's row is. One that has ended cannot be late: nothing more can happen to it."""
    today = timezone.localdate(now)
    is_live = bool(bill.source) and bill.source != RECORDS
    checked_on = timezone.localdate(bill.checked_at) if bill.checked_at else None
    return Freshness(
        checked_at=bill.checked_at,
        checked_on=checked_on,
        source_name=source_name(bill.source),
        official_page=web_address(bill.official_url),
        is_live=is_live,
        in_session=_in_session(bill, now=now),
        is_late=is_live and may_still_move(bill, today=today) and is_too_old(bill, now=now),
        fault=bill.fault,
        fault_on=timezone.localdate(bill.fault_at) if bill.fault_at else None,
        is_behind_session=not bill.outcome
        and today > bill.session.end
        and (checked_on or today) <= bill.session.end,
    )


def is_too_old(bill: Bill, *, now: datetime) -> bool:
    if bill.checked_at is None:
        return True
    return now - bill.checked_at > longest_unchecked(in_session=_in_session(bill, now=now))


def _in_session(bill: Bill, *, now: datetime) -> bool:
    return bill.session.start <= timezone.localdate(now) <= bill.session.end
