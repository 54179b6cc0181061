"""What every provider gives: a `BillSnapshot` in our own words, or a SourceError.

A provider is one module with a class that has the four members of `BillSource`. Nothing of a source's own
shape leaves its module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bills.print_numbers import PrintNumber
from bills.stages import ActionLine


class SourceError(Exception):
    """A source gave no usable answer. The message is one plain sentence and never holds a key."""


class SourceUnavailable(SourceError):
    """Time-out, refused connection, 429 or 5xx, or an outage page: worth another try later.

    `retry_after` is the wait in seconds that the source asked for; None where it named none.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SourceResting(SourceUnavailable):
    """The source was not asked: it failed too often just now, or asked to be left alone for a while."""


class BillNotFound(SourceError):
    """The source answered, and has no such bill."""


class KeyRefused(SourceError):
    """The source does not accept our key: an operator must look."""


class UnexpectedAnswer(SourceError):
    """Not the documented shape, or a meaning we do not know: a person must look."""


@dataclass(frozen=True, slots=True)
class SponsorLine:
    """One name on a bill, as the record writes it."""

    name: str
    kind: str = "co"  # "prime" | "co" | "multi"
    chamber: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One print of the bill: "" for the original."""

    letter: str
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class RollCallLine:
    date: date
    chamber: str
    ayes: int
    nays: int
    others: int = 0
    committee: str = ""
    amendment: str = ""


@dataclass(frozen=True, slots=True)
class BillSnapshot:
    """One provider's answer about one bill. Dates are the legislature's local days; None means "not stated".

    A tuple that is None was not in the answer and changes nothing; an empty one was stated to be empty. Of a bill
    that has actions no source can state that it has none: that answer is refused.
    """

    number: PrintNumber  # base number, with its session
    actions: tuple[ActionLine, ...] | None
    title: str | None = None
    short_name: str | None = None
    act_clause: str | None = None
    law_section: str | None = None
    plain_summary: str | None = None
    file_no: str | None = None
    official_url: str | None = None
    source_url: str | None = None
    active_amendment: str | None = None
    chapter: str | None = None
    sponsors: tuple[SponsorLine, ...] | None = None
    prints: tuple[PrintLine, ...] | None = None
    same_as: tuple[PrintNumber, ...] | None = None
    earlier: tuple[PrintNumber, ...] | None = None
    later: tuple[PrintNumber, ...] | None = None
    roll_calls: tuple[RollCallLine, ...] | None = None
    issues: tuple[str, ...] | None = None
    introduced_on: date | None = None
    referred_to: str | None = None  # the committee the record names, where its action lines do not
    actions_are_complete: bool = True  # False: the record is known to lack lines, its beginning among them
    proposal_slug: str | None = None
    proposal_name: str | None = None
    read_at: datetime | None = field(default=None, compare=False)


class BillSource(Protocol):
    """One place that knows where bills stand."""

    code: str  # "records", "open_legislation"
    legislatures: frozenset[str]

    def fetch_bill(self, number: PrintNumber) -> BillSnapshot:
        """The bill as the source has it now; raises a SourceError."""

    def changed_since(self, legislature: str, session: int, since: datetime | None) -> Iterator[PrintNumber]:
        """Numbers of bills the source has touched since then, oldest first; all where `since` is None."""
