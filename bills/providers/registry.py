"""Which source answers for which legislature. A new provider is one module and one line here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Protocol, Self

from django.conf import settings

from bills.providers.base import BillSource
from bills.providers.http import Manners
from bills.providers.open_legislation import OpenLegislation
from bills.providers.records import Records


class LiveSource(BillSource, Protocol):
    """A legislature's own system, which needs a key."""

    @classmethod
    def configured(cls, manners: Manners | None = None) -> Self | None:
        """The source as the environment sets it up; None where its key is not set."""


LIVE_SOURCES: tuple[type[LiveSource], ...] = (OpenLegislation,)


def source_for(legislature: str) -> BillSource:
    """The legislature's own system where its key is set, else the records folder."""
    manners = Manners(**settings.SOURCE_MANNERS)
    for live in LIVE_SOURCES:
        if legislature in live.legislatures and (source := live.configured(manners)):
            return source
    folder = settings.RECORDS_FOLDER
    return _records(
        folder, tuple(sorted((file.name, file.stat().st_mtime_ns) for file in folder.glob("*.json")))
    )


@lru_cache(maxsize=1)
def _records(folder: Path, _written: tuple[tuple[str, int], ...]) -> Records:
    """The folder as it was last read, until one of its files is written."""
    return Records(folder)
