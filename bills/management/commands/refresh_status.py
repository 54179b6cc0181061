"""Ask the sources where bills stand, here and now, without a queue.

    manage.py refresh_status                          what has changed since the last time, as the worker does it
    manage.py refresh_status --legislature ny         of one legislature
    manage.py refresh_status --all                    every bill anew, ended ones too
    manage.py refresh_status --bill ny/2017/S4075     one bill, in any spelling
    manage.py refresh_status --from-mirror DIR        what has changed in a clone of a public mirror

Works without Redis. Each bill is its own transaction, so stopping half way loses nothing; the run then says
how far it came. The exit status is 1 where any bill could not be checked, with one line for each fault.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from bills.models import Bill, RefreshItem, RefreshRun
from bills.print_numbers import LEGISLATURES, parse_print_no, session_named
from bills.providers.base import LiveSource, SourceError
from bills.providers.mirrors import Mirror, mirror_at
from bills.providers.registry import AnySource, live_source, source_for
from bills.rounds import choosing, meetings, mirrors, runs
from bills.rounds.work import work_through

STOPPED_BY_HAND = 130  # the exit status that shells give to Ctrl-C
LONGEST_PAUSE = 5  # seconds; while other workers have the bills that are left
ADDRESS = re.compile(r"([a-z]{2,8})/([0-9]{1,6})/(.{1,200})", re.IGNORECASE | re.ASCII)


class Command(BaseCommand):
    help = "Ask the sources where bills stand, and store what they answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--legislature", choices=LEGISLATURES, help="Only its bills.")
        parser.add_argument("--bill", metavar="LEGISLATURE/SESSION/NUMBER", help="One bill: ny/2017/S4075.")
        parser.add_argument("--all", action="store_true", help="Every bill anew, ended ones as well.")
        parser.add_argument(
            "--from-mirror", metavar="DIR", type=Path, help="Read a clone of a public mirror."
        )
        parser.add_argument(
            "--pull", action="store_true", help="Bring the clone up to date first (git pull)."
        )
        parser.add_argument(
            "--every-bill", action="store_true", help="Follow every bill of the mirror, not only chosen ones."
        )

    def handle(self, *args, **options) -> None:
        _check_options(options)
        if options["from_mirror"]:
            finished = [self._read_mirror(options)]
        elif options["bill"]:
            bills = _one_bill(options["bill"])
            code = bills[0].session.legislature_id
            finished = [
                self._in_one_go(
                    code,
                    lambda source: choosing.open_chosen(
                        source, code, bills, now=timezone.now(), by_hand=True
                    ),
                )
            ]
        else:
            codes = [options["legislature"]] if options["legislature"] else LEGISLATURES
            finished = [self._legislature(code, every_bill=options["all"]) for code in codes]
        checked = sum(run.checked for run in finished)
        failed = sum(run.due - run.checked for run in finished)
        told = [f"{checked:,} {'bill' if checked == 1 else 'bills'} checked"]
        for count, what in (
            (sum(run.changed for run in finished), "changed"),
            (sum(run.arrived for run in finished), "new"),
        ):
            told += [f"{count:,} {what}"] if count else []
        if found := sum(run.found for run in finished):
            told.append(f"{found:,} {'candidate' if found == 1 else 'candidates'} found by topic")
        self.stdout.write(", ".join(told) + ".")
        if failed:
            raise CommandError(f"{failed:,} of {checked + failed:,} bills could not be checked.")
        if any(run.result != RefreshRun.Result.SUCCEEDED for run in finished):
            raise CommandError("A source could not be read to its end.")

    # --- the three ways

    def _legislature(self, code: str, *, every_bill: bool) -> RefreshRun:
        """A round, as the worker opens it, or every bill."""
        bills = Bill.objects.of_legislature(code).select_related("session")

        def open_run(source: AnySource) -> RefreshRun:
            now = timezone.now()
            if every_bill:
                return choosing.open_chosen(source, code, bills.read_before(now), now=now, by_hand=True)
            if isinstance(source, Mirror):
                return mirrors.open_round(source, code, now=now, pull=False, by_hand=True)
            return choosing.open_round(source, code, now=now, by_hand=True)

        run = self._in_one_go(code, open_run)
        if not every_bill and (live := live_source(code)):
            run.found += self._search(live, code)
            if run.result == RefreshRun.Result.SUCCEEDED:
                self._read_meetings(live, code)
        return run

    def _read_meetings(self, source: LiveSource, code: str) -> None:
        try:
            meetings.read(source, code, now=timezone.now())
        except SourceError as error:
            self._say(f"The meetings to come could not be read: {error}")

    def _search(self, source: LiveSource, code: str) -> int:
        try:
            return choosing.search(source, code, now=timezone.now())
        except SourceError as error:
            self._say(f"The search for topics broke off: {error}")
            return 0

    def _read_mirror(self, options: dict) -> RefreshRun:
        mirror = _told(lambda: mirror_at(options["from_mirror"]))
        code = next(iter(mirror.legislatures))
        run = mirrors.open_round(
            mirror,
            code,
            now=timezone.now(),
            pull=options["pull"],
            every_bill=options["every_bill"],
            by_hand=True,
        )
        return self._finish(run, mirror)

    def _in_one_go(self, code: str, open_run: Callable[[AnySource], RefreshRun]) -> RefreshRun:
        source = _told(lambda: source_for(code))
        return self._finish(_told(lambda: open_run(source)), source)

    # --- working

    def _finish(self, run: RefreshRun, source: AnySource) -> RefreshRun:
        for fault in run.faults:
            self._say(fault)
        try:
            if isinstance(source, Mirror):
                self._read_files(run, source)
            self._ask(run, source)
        except SourceError as error:
            self._say(str(error))
            runs.close(run, str(error))
        except KeyboardInterrupt:
            runs.close(run, "Stopped by hand.")
            run.refresh_from_db()
            self._say(f"Stopped: {run.checked} of {run.due} bills were checked, and are stored.")
            raise SystemExit(STOPPED_BY_HAND) from None
        run.refresh_from_db()
        return run

    def _read_files(self, run: RefreshRun, mirror: Mirror) -> None:
        with tqdm(desc=f"{run.legislature_id} files", unit="", disable=None, leave=False) as bar:
            while not run.is_listed and run.finished_at is None:
                mirrors.read_on(run, mirror, passed=bar.update)
        known = len(run.faults)
        run.refresh_from_db()
        for fault in run.faults[known:]:
            self._say(fault)

    def _ask(self, run: RefreshRun, source: AnySource) -> None:
        worker = f"command {uuid.uuid4().hex}"
        run.refresh_from_db()
        with tqdm(
            total=run.items.count(), desc=run.legislature_id, unit="bill", disable=None, leave=False
        ) as bar:

            def settled(item: RefreshItem, fault: str) -> None:
                if fault:
                    self._say(f"{runs.name_of(item)}: {fault}")
                bar.update()

            while (
                wait := work_through(run, source, worker=worker, most_tries=1, settled=settled)
            ) is not None:
                run.refresh_from_db()
                if (
                    wait > LONGEST_PAUSE
                    and not run.items.exclude(claimed_by=worker).exclude(claimed_by="").exists()
                ):
                    runs.close(run, f"{source.name} is left alone for a while.")
                    return
                time.sleep(min(wait, LONGEST_PAUSE))

    def _say(self, line: str) -> None:
        """A line on standard error that does not tear the progress bar."""
        with tqdm.external_write_mode(self.stderr):
            self.stderr.write(line)


def _check_options(options: dict) -> None:
    alone = [name for name in ("bill", "from_mirror") if options[name]]
    if len(alone) > 1 or (alone and (options["legislature"] or options["all"])):
        name = alone[0].replace("_", "-")
        raise CommandError(f"--{name} stands alone: leave out the others that choose bills.")
    if (options["pull"] or options["every_bill"]) and not options["from_mirror"]:
        raise CommandError("--pull and --every-bill go with --from-mirror.")


def _told(ask: Callable):
    """What `ask` gives; a source that does not answer ends the command with its sentence."""
    try:
        return ask()
    except SourceError as error:
        raise CommandError(str(error)) from None


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
    bill = Bill.objects.numbered(number).select_related("session")
    if not bill:
        raise CommandError(f"{number.base_print_no} of {session} is not among our bills. Load it first.")
    return bill
