"""write_bulk_files [--to DIR]: the nightly files with everything, now."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from sponsors.bulk.folder import FolderInUse
from statements.bulk import write_bulk_files


class Command(BaseCommand):
    help = (
        "Write every published record as CSV and JSON lines, with a manifest and a data dictionary, as docs/data.md "
        "describes. Readers get the new files once all of them are complete; a kill leaves the old ones in place."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", type=Path, default=settings.BULK_FOLDER, metavar="DIR", help="instead of BULK_FOLDER"
        )

    def handle(self, *, to: Path, **_options) -> None:
        with tqdm(desc="Rows", unit="", disable=not sys.stderr.isatty(), leave=False) as bar:

            def told(table: str, rows: int) -> None:
                bar.set_postfix_str(table, refresh=False)
                bar.update(rows)

            try:
                manifest = write_bulk_files(to, now=timezone.now(), told=told)
            except FolderInUse as error:
                raise CommandError(str(error)) from error
            except OSError as error:
                raise CommandError(
                    f"{error.filename or to} cannot be written: {error.strerror or error}."
                ) from error
        rows = sum(file["rows"] for file in manifest["files"] if file["format"] == "csv")
        size = sum(file["bytes"] for file in manifest["files"])
        self.stdout.write(
            f"{len(manifest['files'])} files with {rows:,} rows, {size:,} bytes, in {to / 'current'}"
        )
