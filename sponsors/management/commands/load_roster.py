"""load_roster [FOLDER]: people, organisations and committees from roster files into the database."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sponsors.roster import SHIPPED, Count, load_roster


class Command(BaseCommand):
    help = (
        "Load people with their terms, organizations and committees from a folder in the format of "
        "docs/records.md, by default the shipped one. Loading twice changes nothing, and what staff wrote is "
        "kept. Exits with 1 if an entry could not be loaded."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=SHIPPED,
            metavar="FOLDER",
            help="where people.json and the others are",
        )

    def handle(self, *, folder: Path, **_options) -> None:
        try:
            loaded = load_roster(folder)
        except FileNotFoundError as error:
            raise CommandError(str(error)) from None
        for fault in loaded.faults:
            self.stderr.write(str(fault))
        for name, count in (
            ("people", loaded.people),
            ("organizations", loaded.organizations),
            ("committees", loaded.committees),
        ):
            self.stdout.write(_told(name, count))
        if loaded.names_found:
            self.stdout.write(f"{loaded.names_found} names on bills and in statements found their person.")
        if loaded.faults:
            raise CommandError(f"{len(loaded.faults)} of the entries could not be loaded.")


def _told(name: str, count: Count) -> str:
    return f"{count.total} {name}: {count.new} new, {count.changed} changed"
