"""bill_status: where bills stand, computed from their action lists."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError

from bills.print_numbers import PrintNumber, parse_print_no
from bills.record_files import BillRecord, read_record_files
from bills.stages import ActionLine, Standing, as_json, read_standing, with_substitute

NEW_YORK = ZoneInfo("America/New_York")
_ADDRESS = re.compile(
    r"/?(?P<legislature>[a-z]{2,3})/(?P<session>[0-9]{1,4})/(?P<print_no>[^/]{1,40})/?", re.IGNORECASE
)


class Command(BaseCommand):
    help = (
        "Say where bills stand, computed from their action lists: those of record files (--records, no "
        "database), or those of bills in the database, named as ny/2017/S4075. Exits with 1 if anything "
        "could not be read."
    )
    requires_system_checks = []  # --records has to work where no database is

    def add_arguments(self, parser):
        parser.add_argument(
            "bills", nargs="*", metavar="ny/2017/S4075", help="bills, as in the site's addresses"
        )
        parser.add_argument(
            "--records",
            action="append",
            default=[],
            type=Path,
            metavar="FILE-or-FOLDER",
            help="read the bills of a JSON file, or of the JSON files of a folder; may be repeated",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object a line, one per bill")
        parser.add_argument(
            "--today",
            type=_day,
            metavar="YYYY-MM-DD",
            help="the day to reckon from (default: today in New York)",
        )

    def handle(self, *, bills, records, today, **options):
        if not bills and not records:
            raise CommandError("Name a bill, such as ny/2017/S4075, or give --records FILE-or-FOLDER.")
        today = today or datetime.now(NEW_YORK).date()
        failed = False
        for standing in standings_of(bills, records, today):
            if isinstance(standing, str):
                failed = True
                self.stderr.write(standing)
            else:
                line = (
                    json.dumps(as_json(standing), ensure_ascii=False)
                    if options["json"]
                    else in_one_line(standing)
                )
                self.stdout.write(line)
        if failed:
            sys.exit(1)


def standings_of(addresses: Iterable[str], records: Iterable[Path], today: date) -> Iterator[Standing | str]:
    """Each bill's standing, or one line on what is wrong; substituted bills say what became of the other."""
    wanted: list[PrintNumber] = []
    for address in addresses:
        try:
            wanted.append(_number(address))
        except ValueError as error:
            yield f"{address or '(nothing)':.80}: {error}"
    if records:
        yield from _from_files(wanted, [*records], today, only=bool([*addresses]))
    else:
        for number in wanted:
            yield _from_database(number, today)


def in_one_line(standing: Standing) -> str:
    """One bill for a terminal: its number, and its standing in words."""
    name = f"{standing.legislature} {standing.session} {standing.print_no}"
    return f"{name:<18} {standing.words}"


def _from_files(
    wanted: list[PrintNumber], paths: list[Path], today: date, *, only: bool
) -> Iterator[Standing | str]:
    found: list[Standing | str] = []
    for path in paths:
        for record in read_record_files(path):
            found.append(_of_record(record, today) if isinstance(record, BillRecord) else str(record))
    by_number = {_key(standing): standing for standing in found if isinstance(standing, Standing)}
    asked = {(number.legislature, number.session, number.base_print_no) for number in wanted}
    for standing in found:
        if isinstance(standing, str):
            yield standing
        elif not only or _key(standing) in asked:
            other = by_number.get((standing.legislature, standing.session, standing.via_base))
            yield with_substitute(standing, other) if other else standing
    for legislature, session, print_no in sorted(asked - by_number.keys()):
        yield f"{legislature}/{session}/{print_no}: is not in the records given."


def _of_record(record: BillRecord, today: date) -> Standing:
    return read_standing(
        record.legislature,
        record.session,
        record.print_no,
        record.action_lines,
        today=today,
        referred_to=record.committee,
    )


def _from_database(number: PrintNumber, today: date) -> Standing | str:
    from bills.models import Bill

    bill = Bill.objects.numbered(number).select_related("session").prefetch_related("actions").first()
    if bill is None:
        return f"{number.legislature}/{number.session}/{number.base_print_no}: is not in the database."
    standing = _of_row(bill, today)
    if standing.outcome == "substituted" and standing.via:
        replacement = parse_print_no(standing.via, legislature="ny", session=number.session)
        other = (
            Bill.objects.numbered(replacement).select_related("session").prefetch_related("actions").first()
        )
        if other:
            return with_substitute(standing, _of_row(other, today))
    return standing


def _of_row(bill, today: date) -> Standing:
    actions = [
        ActionLine(action.date, action.chamber, action.text, action.sequence, action.body, action.result)
        for action in bill.actions.all()
    ]
    return read_standing(
        bill.session.legislature_id,
        bill.session.year,
        bill.base_print_no,
        actions,
        today=today,
        referred_to=bill.status_committee,
    )


def _number(address: str) -> PrintNumber:
    parts = _ADDRESS.fullmatch(address.strip())
    if parts is None:
        raise ValueError("is no bill; expected one such as ny/2017/S4075.")
    return parse_print_no(
        parts["print_no"], legislature=parts["legislature"].lower(), session=int(parts["session"])
    )


def _key(standing: Standing) -> tuple[str, int, str]:
    return standing.legislature, standing.session, standing.print_no


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r:.40} is no day; expected YYYY-MM-DD.") from None
