"""Ask the sources where bills stand, here and now, without a queue.

    manage.py refresh_status                          every living bill
    manage.py refresh_status --legislature ny         those of one legislature
    manage.py refresh_status --all                    ended bills too
    manage.py refresh_status --bill ny/2017/S4075     one bill, in any spelling

Works without Redis. Each bill is its own transaction, so stopping half way loses nothing; the run then says
how far it came. The exit status is 1 where any bill could not be checked, with one line for each fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import structlog
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F
from tqdm import tqdm

from bills.models import Bill, RefreshRun
from bills.print_numbers import LEGISLATURES, parse_print_no, session_named
from bills.providers.base import KeyRefused, SourceError, SourceResting
from bills.providers.registry import source_for
from bills.refresh import runs

STOPPED_BY_HAND = 130  # the exit status that shells give to Ctrl-C
ADDRESS = re.compile(r"([a-z]{2,8})/([0-9]{1,6})/(.{1,200})", re.IGNORECASE | re.ASCII)

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Ask the sources where bills stand, and store what they answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--legislature", choices=LEGISLATURES, help="Only its bills.")
        parser.add_argument("--bill", metavar="LEGISLATURE/SESSION/NUMBER", help="One bill: ny/2017/S4075.")
        parser.add_argument("--all", action="store_true", help="Ended bills as well as living ones.")

    def handle(self, *args, **options) -> None:
        if options["bill"] and (options["legislature"] or options["all"]):
            raise CommandError("--bill stands alone: leave out --legislature and --all.")
        if options["bill"]:
            chosen = _one_bill(options["bill"])
        else:
            chosen = Bill.objects.all() if options["all"] else Bill.objects.alive()
            if options["legislature"]:
                chosen = chosen.filter(session__legislature=options["legislature"])
        checked = failed = 0
        for code in LEGISLATURES:
            bills = chosen.filter(session__legislature=code)
            if bills.exists():
                run = self._refresh(code, bills, is_one_bill=bool(options["bill"]))
                checked, failed = checked + run.checked, failed + run.due - run.checked
        if failed:
            raise CommandError(f"{failed} of {checked + failed} bills could not be checked.")
        self.stdout.write(f"{checked} {'bill' if checked == 1 else 'bills'} checked.")

    def _refresh(self, code: str, bills, *, is_one_bill: bool) -> RefreshRun:
        source = source_for(code)
        bills = bills.select_related("session").order_by(F("checked_at").asc(nulls_first=True), "pk")
        only = bills[0] if is_one_bill else None
        run = runs.start(source, due=bills.count(), legislature=code, bill=only)
        try:
            with tqdm(total=run.due, desc=code, unit="bill", disable=None, leave=False) as bar:
                for bill, fault in _checked(bills, source, run):
                    if fault:
                        self._say(f"{bill.base_print_no} of {bill.session.label}: {fault}")
                    bar.update()
        except SourceError as error:
            self._say(str(error))
            runs.note(run, str(error))
            runs.close(run, "The source was not asked any further.")
        except KeyboardInterrupt:
            runs.close(run, "Stopped by hand.")
            run.refresh_from_db()
            self._say(f"Stopped: {run.checked} of {run.due} bills were checked, and are stored.")
            raise SystemExit(STOPPED_BY_HAND) from None
        run.refresh_from_db()
        return run

    def _say(self, line: str) -> None:
        """A line on standard error that does not tear the progress bar."""
        with tqdm.external_write_mode(self.stderr):
            self.stderr.write(line)


def _one_bill(text: str):
    """The bill that "ny/2017/S4075" names, in any spelling and by any year of its session."""
    found = ADDRESS.fullmatch(text.strip())
    if not found:
        raise CommandError(f"--bill {text[:60]}: expected legislature/session/number, such as ny/2017/S4075.")
    code, year, written = found[1].lower(), int(found[2]), found[3]
    try:
        session = session_named(code, year)
        number = parse_print_no(written, legislature=code, session=session)
    except ValueError as error:
        raise CommandError(f"--bill {text[:60]}: {error}") from None
    bill = Bill.objects.numbered(number)
    if not bill.exists():
        raise CommandError(f"{number.base_print_no} of {session} is not among our bills. Load it first.")
    return bill


def _checked(bills, source, run: RefreshRun) -> Iterator[tuple[Bill, str]]:
    """Each bill with its fault, "" where it was checked.

    A source that refuses our key, or is being left alone, would give every other bill the same answer: then
    the SourceError is raised instead.
    """
    for bill in bills.iterator(chunk_size=200):
        try:
            runs.refresh_one(bill, source, run)
            fault = ""
        except (KeyRefused, SourceResting):
            raise
        except SourceError as error:
            fault = str(error)
        except Exception as error:
            log.exception("refresh.failed", bill=bill.base_print_no)
            fault = f"An error of our own ({type(error).__name__}); the log has it."
        if fault:
            runs.tally(run, fault=runs.fault_of(bill, fault))
        yield bill, fault
