"""load_records [PATH...]: bills from record files into the database."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from bills.portions import in_portions
from bills.providers.base import BillSnapshot, UnexpectedAnswer
from bills.providers.records import CODE, snapshot_of
from bills.record_files import BillRecord, RecordFault, read_record_files
from bills.refresh import BILLS_AT_ONCE, Known, StoreResult, store_all, tie_arrived


class Command(BaseCommand):
    help = (
        "Load bills from JSON files in the format of docs/records.md, by default those of RECORDS_FOLDER. "
        "Loading twice changes nothing, what staff wrote is kept, and a record never overwrites what was "
        "read later from a legislature's own system. Exits with 1 if an entry could not be loaded."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="*", type=Path, metavar="PATH", help="files, or folders of *.json files"
        )

    def handle(self, *, paths: list[Path], **_options) -> None:
        counts: Counter[str] = Counter()
        known = Known()
        entries = tqdm(
            entries_in(paths or [settings.RECORDS_FOLDER]),
            desc="Bills",
            unit="",
            disable=not sys.stderr.isatty(),
            leave=False,
        )
        for batch in in_portions(self._sound(entries, counts), BILLS_AT_ONCE):
            results = store_all(
                [snapshot for _, snapshot in batch], source=CODE, now=timezone.now(), known=known
            )
            for (file, _), result in zip(batch, results, strict=True):
                counts[_outcome(result)] += 1
                if result.error is not None:
                    self.stderr.write(f"{file}: {result.error}")
        if counts["new"]:
            tie_arrived()
        self.stdout.write(_told(counts))
        if counts["failed"]:
            raise CommandError(f"{counts['failed']} of the entries could not be loaded.")

    def _sound(
        self, entries: Iterable[tuple[Path, BillRecord | RecordFault]], counts: Counter[str]
    ) -> Iterator[tuple[Path, BillSnapshot]]:
        """The snapshots of entries that can be read; what is wrong with the others goes to standard error.

        Of two entries for one bill the one that was read later counts. Where they name the same day, or
        none, nobody can tell which is right: the first one counts, and the second is a fault unless it says
        the same.
        """
        first_seen: dict[tuple, BillRecord] = {}
        for file, entry in entries:
            if isinstance(entry, RecordFault):
                counts["failed"] += 1
                self.stderr.write(str(entry))
                continue
            first = first_seen.setdefault(
                (entry.legislature, entry.session, entry.print_no, entry.as_of), entry
            )
            if first is not entry:
                if first != entry:
                    counts["failed"] += 1
                    self.stderr.write(
                        f"{file}: {_name(entry)} has another record of the same day, which counts."
                    )
                continue
            try:
                yield file, snapshot_of(entry)
            except UnexpectedAnswer as error:
                counts["failed"] += 1
                self.stderr.write(f"{file}: {error}")


def entries_in(paths: Iterable[Path]) -> Iterator[tuple[Path, BillRecord | RecordFault]]:
    """Every entry of the files and folders, with the file it stands in."""
    for path in paths:
        files = sorted(path.glob("*.json")) if path.is_dir() else []
        for file in files or [path]:
            for entry in read_record_files(file):
                yield file, entry


def _outcome(result: StoreResult) -> str:
    if result.error is not None:
        return "failed"
    if result.is_older:
        return "older"
    if result.created:
        return "new"
    return "changed" if result.has_changed else "unchanged"


def _told(counts: Counter[str]) -> str:
    """ "112 bills: 3 new, 1 changed", and what became of the others where that is not plain."""
    bills = sum(counts[outcome] for outcome in ("new", "changed", "unchanged", "older"))
    told = [f"{counts['new']} new", f"{counts['changed']} changed"]
    if counts["older"]:
        told.append(f"{counts['older']} left as they are, having been checked later")
    if counts["failed"]:
        told.append(f"{counts['failed']} not loaded")
    return f"{bills} {'bill' if bills == 1 else 'bills'}: {', '.join(told)}"


def _name(record: BillRecord) -> str:
    return f"{record.legislature} {record.session} {record.print_no}"
