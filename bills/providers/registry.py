"""Which source answers for which legislature. A new provider is one module and one line here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bills.providers.base import LiveSource, SourceUnavailable
from bills.providers.congress import Congress
from bills.providers.http import Manners
from bills.providers.legistar import Legistar
from bills.providers.mirrors import LAYOUTS, Mirror, mirror_at
from bills.providers.open_legislation import OpenLegislation
from bills.providers.records import Records
from bills.sample_data import SOURCE as SAMPLE

if TYPE_CHECKING:
    from bills.providers.base import StrOrPromise

AnySource: TypeAlias = LiveSource | Mirror | Records

LIVE_SOURCES: tuple[type[LiveSource], ...] = (OpenLegislation, Legistar, Congress)

# As readers and staff know them.
_NAMED: tuple[Any, ...] = (*LIVE_SOURCES, *LAYOUTS, Records)
SOURCE_NAMES: dict[str, StrOrPromise] = {source.code: source.title for source in _NAMED} | {
    SAMPLE: _("invented sample data")
}
MIRRORS = frozenset(layout.code for layout in LAYOUTS)


def source_name(code: str) -> str:
    """ "congress" as "Congress.gov"."""
    return str(SOURCE_NAMES.get(code, code))


def source_for(legislature: str) -> AnySource:
    """The legislature's own system where its key is set, else a mirror of it that is here, else the records folder.

    Raises SourceUnavailable where a mirror is named in the settings and is none.
    """
    return live_source(legislature) or mirror_of(legislature) or _records_folder()


def live_source(legislature: str) -> LiveSource | None:
    """The legislature's own system; None where its key is not set."""
    manners = Manners(**settings.SOURCE_MANNERS)
    for live in LIVE_SOURCES:
        if legislature in live.legislatures and (source := live.configured(manners)):
            return source
    return None


def mirror_of(legislature: str) -> Mirror | None:
    """The clone among MIRRORS that tells of this legislature.

    Raises SourceUnavailable where none does, and one that cannot be read may be it.
    """
    if f"{legislature}_mirror" not in MIRRORS:
        return None
    fault: SourceUnavailable | None = None
    for folder in settings.MIRRORS:
        try:
            mirror = mirror_at(Path(folder))
        except SourceUnavailable as error:
            fault = fault or error
            continue
        if legislature in mirror.legislatures:
            return mirror
    if fault is not None:
        raise fault
    return None


def is_mirror(code: str) -> bool:
    return code in MIRRORS


def _records_folder() -> Records:
    folder = settings.RECORDS_FOLDER
    return _records(
        folder, tuple(sorted((file.name, file.stat().st_mtime_ns) for file in folder.glob("*.json")))
    )


@lru_cache(maxsize=1)
def _records(folder: Path, _written: tuple[tuple[str, int], ...]) -> Records:
    """The folder as it was last read, until one of its files is written."""
    return Records(folder)
