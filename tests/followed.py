"""A bill that has been followed for a while, and the sources it was read from: what pages of the refresh show.

Pictures and browser tests begin with it; `fill()` may be called in a site of its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from bills.models import Bill, Change, RefreshRun, SourceCount, SourceState
from bills.print_numbers import session_of_date
from bills.providers.base import (
    AgendaLine,
    BillSnapshot,
    DocumentLine,
    MessageLine,
    RollCallLine,
    SponsorLine,
)
from bills.refresh import store
from bills.stages import ActionLine
from tests.factories import lines, make_session, make_snapshot

FAULT = "S9400 came without actions; we keep those we hold."
FAULT_OF_FILE = "INT 1568 of 2026: “Returned by the clerk” is no action that we know."
FAULT_OF_RUN = "Congress.gov answered 503 (Service Unavailable)."
VETO_MESSAGE = "I am returning herewith, without my approval, the following bill.\n\n" + (
    "The bill would set a fee for which no provision was made in the enacted budget. " * 12
)
NAMES = tuple(
    f"{given} {name}"
    for given in ("Ana", "Ben", "Chi", "Dov", "Eve", "Flo", "Gus")
    for name in ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel", "Ivy")
)


def fill(now: datetime | None = None) -> Bill:
    """A followed bill of the running session with a full record, and the state of four sources."""
    now = now or timezone.now()
    year = session_of_date("ny", timezone.localdate(now))
    bill = _followed_bill(year, now=now)
    _sources(year, now=now)
    return bill


def _followed_bill(year: int, *, now: datetime) -> Bill:
    known = lines(f"{year}-01-10 senate REFERRED TO FINANCE")
    moved = (
        *known,
        *lines(
            f"{year}-03-04 senate 1ST REPORT CAL.212",
            f"{year}-03-06 senate ADVANCED TO THIRD READING",
            f"{year}-03-06 senate PRINT NUMBER 9400A",
            f"{year}-05-20 senate PASSED SENATE",
        ),
    )
    first = _answer(
        year, known, sponsors=("Ana Alder", "Ben Birch", "Chi Cedar"), read_at=now - timedelta(days=9)
    )
    store(first, source="open_legislation", now=now - timedelta(days=9))
    second = _answer(
        year,
        moved,
        sponsors=("Ana Alder", "Ben Birch", "Dov Dogwood"),
        withdrawn={"Chi Cedar": date(year, 4, 2)},
        read_at=now - timedelta(hours=8),
        title="Relates to language access in the courts of the state and repeals certain provisions of law",
        roll_calls=(
            RollCallLine(date(year, 3, 4), "senate", 9, 3, committee="Finance"),
            RollCallLine(
                date(year, 5, 20),
                "senate",
                41,
                20,
                2,
                votes=tuple(
                    ("aye" if place < 41 else "nay" if place < 61 else "excused", name)
                    for place, name in enumerate(NAMES)
                ),
            ),
        ),
        messages=(
            MessageLine(
                "veto",
                year - 1,
                118,
                signer="Example Governor",
                signed_on=date(year - 1, 12, 20),
                text=VETO_MESSAGE,
            ),
        ),
        agenda=(
            AgendaLine("agenda", year, 9, "senate", "Finance"),
            AgendaLine("calendar", year, 31, "senate"),
        ),
        documents=(
            DocumentLine(
                "text", "S9400 as introduced", "https://legislation.nysenate.gov/pdf/bills/2025/S9400"
            ),
            DocumentLine(
                "text", "S9400A", "https://legislation.nysenate.gov/pdf/bills/2025/S9400A", date(year, 3, 6)
            ),
            DocumentLine(
                "attachment", "Fiscal note", "https://legislation.nysenate.gov/pdf/bills/2025/S9400N"
            ),
        ),
    )
    bill = store(second, source="open_legislation", now=now - timedelta(hours=8)).bill
    assert bill is not None
    Bill.objects.filter(pk=bill.pk).update(fault=FAULT, fault_at=now - timedelta(hours=1))
    return bill


def _answer(
    year: int,
    actions: tuple[ActionLine, ...],
    *,
    sponsors: tuple[str, ...],
    withdrawn: dict[str, date] | None = None,
    **stated,
) -> BillSnapshot:
    named = [SponsorLine(name, "co" if place else "prime") for place, name in enumerate(sponsors)]
    named += [SponsorLine(name, withdrawn_on=day) for name, day in (withdrawn or {}).items()]
    snapshot = make_snapshot(
        "S9400",
        actions,
        session=year,
        **{
            "title": "Relates to language access in the courts of the state",
            "short_name": "Courts in Every Language Act",
            "plain_summary": "Would have every court of the state offer an interpreter, free of charge.",
            "official_url": f"https://www.nysenate.gov/legislation/bills/{year}/S9400",
            "source_url": f"https://legislation.nysenate.gov/bills/{year}/S9400",
        }
        | stated,
    )
    return replace(snapshot, sponsors=tuple(named))


def _sources(year: int, *, now: datetime) -> None:
    _source("ny", "open_legislation", now=now, last=timedelta(minutes=22), result="succeeded", changed=31)
    council = make_session("nyc", session_of_date("nyc", timezone.localdate(now)))
    _source(
        "nyc",
        "nyc_mirror",
        now=now,
        last=timedelta(hours=19),
        result="partly",
        changed=4,
        faults=[FAULT_OF_FILE],
    )
    make_session("us", session_of_date("us", timezone.localdate(now)))
    _source("us", "congress", now=now, last=timedelta(hours=31), result="failed", faults=[FAULT_OF_RUN])
    counted = {"counted_at": now - timedelta(days=2), "found": 0}
    SourceCount.objects.create(
        source="open_legislation", session=make_session("ny", year), stated=18_204, listed=18_204, held=148,
        **counted,
    )  # fmt: skip
    SourceCount.objects.create(
        source="nyc_mirror", session=council, listed=4021, held=36, missing=["INT 1568"],
        differences=["It does not list bills that we read from it: INT 1568."], **counted,
    )  # fmt: skip


def _source(
    legislature: str,
    source: str,
    *,
    now: datetime,
    last: timedelta,
    result: str,
    changed: int = 0,
    faults: list[str] | None = None,
) -> None:
    """A source with its last success so long ago, and a run of the last hour with this result."""
    SourceState.objects.create(
        source=source,
        legislature_id=legislature,
        confirmed_at=now - last,
        followed_since=now - timedelta(days=90),
    )
    RefreshRun.objects.create(
        source=source, legislature_id=legislature, started_at=now - timedelta(minutes=25),
        finished_at=now - timedelta(minutes=22), result=result, changed=changed, faults=faults or [],
    )  # fmt: skip


def tell_of_long_and_foreign_words(bill: Bill, now: datetime) -> None:
    """Changes whose words are as long as they may be, without a space in them, or written from right to left."""
    told = [
        ("official_summary", "Word " * 199, "x" * 1000),
        ("title", "", "قانون اللغات في المحاكم S9400 لعام 2026"),
        ("document", "https://example.org/" + "a" * 280, ""),
    ]
    for fact, before, after in told:
        Change.objects.create(
            bill=bill, fact=fact, before=before, after=after, source="open_legislation", found_at=now
        )
