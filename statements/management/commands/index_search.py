"""index_search: what search reads, made anew from bills and statements."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand
from tqdm import tqdm

from bills.models import BillSearch
from bills.search.indexing import index_all_bills
from statements.models import StatementSearch
from statements.search.indexing import index_all_statements
from statements.search.vocabulary import gather_words


class Command(BaseCommand):
    help = (
        "Bring what search reads up to the bills and statements. It is kept with every change and each night; this is "
        "for after a change by hand in the database. Safe to stop and to repeat."
    )

    def handle(self, **_options) -> None:
        for what, portions in (("Bills", index_all_bills()), ("Statements", index_all_statements())):
            for _last in tqdm(portions, desc=what, unit="", disable=not sys.stderr.isatty(), leave=False):
                pass
        words = gather_words()
        self.stdout.write(
            f"Search reads {BillSearch.objects.count()} bills, {StatementSearch.objects.count()} statements"
            f" and {words} words."
        )
