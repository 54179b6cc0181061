"""The words of prints: stored with a bill where its answer holds them, else asked for one print at a time.

A print never changes, so what is here is never asked for again. Each round asks about at most one print of a bill
that it has just stored, the one in force first: a bill with five prints has its texts after five rounds, and a bill
with all of them costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from bills.models import Amendment, Bill, PrintText
from bills.print_numbers import PrintNumber
from bills.providers.base import BillNotFound, PrintWords, SourceError, TextSource, UnexpectedAnswer
from bills.refresh.facts import LONGEST_PRINT, clean, web_address
from bills.search.indexing import index_bills
from sponsors.publishing import pages_changed

ASK_AGAIN_AFTER = timedelta(days=7)  # where the source had no text: it often comes days after the print

log = structlog.get_logger(__name__)


def write(
    texts: Iterable[tuple[Bill, str, str]], *, source: str, read_at: datetime, source_url: str = ""
) -> None:
    """Store bills' texts by print letter, in one statement. An empty one takes no text away."""
    rows = [_row(bill, letter, text, source, source_url, read_at) for bill, letter, text in texts]
    told, empty = [row for row in rows if row.text], [row for row in rows if not row.text]
    PrintText.objects.bulk_create(
        told,
        update_conflicts=True,
        unique_fields=["bill", "letter"],
        update_fields=["text", "is_cut", "source", "source_url", "read_at"],
    )
    if told:
        pages_changed()
    if empty:
        PrintText.objects.bulk_create(empty, ignore_conflicts=True)
        for row in empty:
            PrintText.objects.filter(bill=row.bill, letter=row.letter, text="").update(read_at=read_at)


def ask_for_one(source: object, bill: Bill, number: PrintNumber, *, now: datetime) -> bool:
    """Ask a source that gives texts for one that we lack, and store it. Whether it was asked.

    Its faults are no fault of the bill, whose record is stored: they are logged, and the next round asks again.
    """
    if not isinstance(source, TextSource):
        return False
    letter = _wanted_letter(bill, now=now)
    if letter is None:
        return False
    try:
        words = source.fetch_text(number, letter)
    except (BillNotFound, UnexpectedAnswer) as error:
        log.warning("print_text.none", bill=bill.base_print_no, letter=letter, why=str(error))
        words = PrintWords("")
    except SourceError as error:
        log.info("print_text.later", bill=bill.base_print_no, letter=letter, why=str(error))
        return True
    code = getattr(source, "code", "")
    with transaction.atomic():
        write([(bill, letter, words.text)], source=code, source_url=words.source_url, read_at=now)
        if words.text and letter == bill.active_amendment:  # the print that search reads
            index_bills([bill.pk])
    return True


def _wanted_letter(bill: Bill, *, now: datetime) -> str | None:
    """The print whose text is to be asked for: the one in force before others, then the newest."""
    is_here = PrintText.objects.filter(bill=OuterRef("bill"), letter=OuterRef("letter")).filter(
        ~Q(text="") | Q(read_at__gte=now - ASK_AGAIN_AFTER)
    )
    letters = list(
        Amendment.objects.filter(bill=bill)
        .filter(~Exists(is_here))
        .order_by("-letter")
        .values_list("letter", flat=True)
    )
    return bill.active_amendment if bill.active_amendment in letters else next(iter(letters), None)


def _row(bill: Bill, letter: str, text: str, source: str, source_url: str, read_at: datetime) -> PrintText:
    kept = clean(text)
    return PrintText(
        bill=bill,
        letter=letter,
        text=kept[:LONGEST_PRINT],
        is_cut=len(kept) > LONGEST_PRINT,
        source=source,
        source_url=web_address(source_url),
        read_at=read_at,
    )
