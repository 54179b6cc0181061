"""make_sample_data --bills N: an invented legislature for a development site; --remove takes it away again."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from bills.models import Bill
from bills.sample_data import SOURCE
from bills.sample_data.loading import MOST_BILLS, AlreadyAtWork
from statements import sample_data

HIGHEST_SEED = 2**31


class Command(BaseCommand):
    help = (
        "Fill a development site with invented bills, people and statements until it has --bills of them. Killed half "
        "way, it goes on with the next call. It refuses a database that holds real bills, unless "
        "--into-existing is given; --remove takes everything invented away and touches nothing else."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        # Read as text, so that what is wrong with it is told in one line like everything else.
        parser.add_argument("--bills", metavar="N", help=f"how many there are to be, 1 to {MOST_BILLS:,}")
        parser.add_argument("--seed", metavar="N", default="1", help="another seed invents other bills (1)")
        parser.add_argument(
            "--into-existing", action="store_true", help="add them beside the real bills of this database"
        )
        parser.add_argument("--remove", action="store_true", help="take all that was invented away")

    def handle(
        self, *, bills: str | None, seed: str, into_existing: bool, remove: bool, **_options: Any
    ) -> None:
        try:
            if remove:
                self._remove(bills)
            else:
                self._make(
                    _whole("--bills", bills, 1, MOST_BILLS),
                    _whole("--seed", seed, 0, HIGHEST_SEED),
                    into_existing,
                )
        except AlreadyAtWork as error:
            raise CommandError(str(error)) from error

    def _make(self, bills: int, seed: int, into_existing: bool) -> None:
        if not into_existing and (real := Bill.objects.exclude(source=SOURCE).count()):
            raise CommandError(
                f"This database holds {real:,} real {'bill' if real == 1 else 'bills'}; "
                "say --into-existing to add invented ones beside them."
            )
        held = Bill.objects.filter(source=SOURCE).count()
        with self._bar(total=bills, initial=min(held, bills)) as bar:
            added = sample_data.load(bills, seed=seed, progress=bar.update)
        if added:
            sample_data.bring_up_to_date()
        there = f"{max(held + added, bills):,} are there" if added else f"{held:,} were there already"
        self.stdout.write(f"{added:,} invented bills added; {there}.")

    def _remove(self, bills: str | None) -> None:
        if bills is not None:
            raise CommandError("--remove takes all invented bills away; leave --bills out.")
        held = Bill.objects.filter(source=SOURCE).count()
        with self._bar(total=held) as bar:
            removed = sample_data.remove(progress=bar.update)
        self.stdout.write(f"{removed:,} invented bills removed.")

    def _bar(self, **sizes: int) -> tqdm:
        return tqdm(desc="Bills", unit="", disable=not sys.stderr.isatty(), leave=False, **sizes)


def _whole(name: str, text: str | None, least: int, most: int) -> int:
    """A whole number; raises CommandError, which names the option."""
    if text is None:
        raise CommandError(f"Say how many bills there are to be: {name} 1000.")
    digits = text.replace(",", "").replace("_", "")
    if not digits.isascii() or not digits.isdigit() or not least <= int(digits[:12]) <= most:
        raise CommandError(f"{name} must be a whole number from {least:,} to {most:,}.")
    return int(digits)
