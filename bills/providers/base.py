"""What every provider gives: a `BillSnapshot` in our own words, or a SourceError.

A provider is one module with a class that has the members of `LiveSource`. Nothing of a source's own shape leaves
its module.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias, runtime_checkable

from bills.print_numbers import PrintNumber
from bills.stages import ActionLine

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from bills.providers.http import Manners

    StrOrPromise: TypeAlias = str | _StrPromise


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
    joined_on: date | None = None
    withdrawn_on: date | None = None  # the day on which the name was taken off again


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One print of the bill: "" for the original. What the source does not tell of it is None, or () of `laws`.

    `laws` are pairs of an action of `LAW_ACTIONS` and a section of law as the source names it, `sponsors` the co- and
    multi-sponsors that the print names.
    """

    letter: str
    published_on: date | None = None
    title: str | None = None
    act_clause: str | None = None
    law_section: str | None = None
    law_code: str | None = None
    laws: tuple[tuple[str, str], ...] = ()
    sponsors: tuple[SponsorLine, ...] | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class PrintWords:
    """The words of one print, and where they can be read."""

    text: str
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class RollCallLine:
    """One recorded vote. `votes` are pairs of a code of `VOTES` and a name; () where the source names nobody."""

    date: date
    chamber: str
    ayes: int
    nays: int
    others: int = 0
    committee: str = ""
    amendment: str = ""
    sequence: int = 1  # among the votes of that body on that print and day
    votes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MessageLine:
    """What the executive wrote when signing or refusing a bill. `number` is that of the memo."""

    kind: str  # "approval" | "veto" | "line_veto"
    year: int
    number: int
    chapter: str = ""
    signer: str = ""
    signed_on: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """Where a bill stood on the order of business: of a committee's meeting, or of the floor."""

    kind: str  # "agenda" | "calendar"
    year: int
    number: int
    chamber: str
    committee: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A text or paper that the source keeps with the bill. `url` is where it can be read."""

    kind: str  # "text" | "attachment"
    name: str
    url: str
    published_on: date | None = None


VOTES = frozenset({"aye", "aye_with_reservations", "nay", "excused", "absent", "abstained", "not_voting"})
LAW_ACTIONS = frozenset({"add", "amend", "repeal", "renumber", "other"})
MESSAGE_KINDS = frozenset({"approval", "veto", "line_veto"})
AGENDA_KINDS = frozenset({"agenda", "calendar"})
MEETING_KINDS = frozenset({"agenda", "hearing", "calendar"})
DOCUMENT_KINDS = frozenset({"text", "attachment"})
MOST_OF_TITLE, MOST_OF_SUMMARY = 2_000, 10_000  # characters of a list's entry: enough to find a topic's words
# No legislature of ours sat before or plans beyond; a source's day outside is a slip or a blank.
FIRST_DAY, LAST_DAY = date(1777, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class BillSnapshot:
    """One provider's answer about one bill. Dates are the legislature's local days; None means "not stated".

    A tuple that is None was not in the answer and changes nothing; an empty one was stated to be empty. Of a bill
    that has actions no source can state that it has none: that answer is refused.

    Raises UnexpectedAnswer for a number without session or with a print letter, for a day that cannot be, and for
    a kind or vote that is not ours.
    """

    number: PrintNumber  # base number, with its session
    actions: tuple[ActionLine, ...] | None
    title: str | None = None
    short_name: str | None = None
    act_clause: str | None = None
    law_section: str | None = None
    plain_summary: str | None = None
    official_summary: str | None = None  # the source's own
    sponsor_memo: str | None = None  # of the print in force
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
    messages: tuple[MessageLine, ...] | None = None
    agenda: tuple[AgendaLine, ...] | None = None
    documents: tuple[DocumentLine, ...] | None = None
    issues: tuple[str, ...] | None = None
    introduced_on: date | None = None
    referred_to: str | None = None  # the committee the record names, where its action lines do not
    actions_are_complete: bool = True  # False: the record is known to lack lines, its beginning among them
    proposal_slug: str | None = None
    proposal_name: str | None = None
    read_at: datetime | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.number.session is None:
            raise UnexpectedAnswer(f"{self.number.print_no} comes without its session.")
        days: list[date | None] = [self.introduced_on]
        days += [line.date for line in self.actions or ()]
        days += [one.joined_on for one in self.sponsors or ()]
        days += [one.withdrawn_on for one in self.sponsors or ()]
        days += [one.published_on for one in self.prints or ()]
        days += [one.published_on for one in self.documents or ()]
        days += [one.signed_on for one in self.messages or ()]
        days += [one.date for one in self.roll_calls or ()]
        for day in days:
            if day is not None and not FIRST_DAY <= day <= LAST_DAY:
                raise UnexpectedAnswer(f"{self.number.base_print_no} comes with a day that cannot be: {day}.")
        for told, ours in (
            ({one.kind for one in self.messages or ()}, MESSAGE_KINDS),
            ({one.kind for one in self.agenda or ()}, AGENDA_KINDS),
            ({one.kind for one in self.documents or ()}, DOCUMENT_KINDS),
            ({vote for one in self.roll_calls or () for vote, _ in one.votes}, VOTES),
            ({action for one in self.prints or () for action, _ in one.laws}, LAW_ACTIONS),
        ):
            if unknown := told - ours:
                raise UnexpectedAnswer(f"“{min(unknown)[:40]}” is no kind that we know.")


@dataclass(frozen=True, slots=True)
class Touched:
    """One entry of a source's list: a bill that it has, or has changed.

    `processed_at` is by the source's own clock; None where it does not say. Where it says it roughly, a day or an
    hour that comes twice, it is the earliest moment that may be meant, so that a cursor loses nothing, and
    `processed_until` the latest, so that a bill read in between is read again. `title` and `summary` are "" where
    the list does not give them, and cut where they are longer than any that a legislature writes. `number` names no
    print.
    """

    number: PrintNumber
    processed_at: datetime | None = None
    title: str = ""
    summary: str = ""
    processed_until: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", self.title[:MOST_OF_TITLE])
        object.__setattr__(self, "summary", self.summary[:MOST_OF_SUMMARY])

    @property
    def changed_by(self) -> datetime | None:
        """The moment after which an answer surely has the change."""
        return self.processed_until or self.processed_at


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting that a source announces: of a committee, or of a whole chamber.

    `key` names it in its source, whatever is changed about it. `date` is the legislature's local day; `starts_at` is
    None where the source gives no time of day. `bills` are those on its order of business; None where the source
    was not asked or does not say.

    Raises UnexpectedAnswer for a kind that is not ours, a day that cannot be, and a time without zone.
    """

    key: str
    kind: str  # "agenda" | "hearing" | "calendar"
    chamber: str
    committee: str  # "" for a whole chamber
    date: date
    starts_at: datetime | None = None
    place: str = ""
    notes: str = ""
    year: int | None = None  # of the agenda or calendar
    number: int | None = None
    url: str = ""
    is_cancelled: bool = False
    bills: tuple[PrintNumber, ...] | None = None

    def __post_init__(self) -> None:
        if self.kind not in MEETING_KINDS:
            raise UnexpectedAnswer(f"“{self.kind[:40]}” is no kind of meeting that we know.")
        if not FIRST_DAY <= self.date <= LAST_DAY:
            raise UnexpectedAnswer(f"A meeting comes with a day that cannot be: {self.date}.")
        if self.starts_at is not None and self.starts_at.tzinfo is None:
            raise UnexpectedAnswer("A meeting comes with a time of which we do not know the zone.")


@runtime_checkable
class TextSource(Protocol):
    """A source that gives the words of one print when it is asked for them."""

    def fetch_text(self, number: PrintNumber, letter: str) -> PrintWords:
        """The words of the print, "" where the source has none; raises a SourceError."""


class BillSource(Protocol):
    """One place that knows where bills stand, and can be asked about one bill."""

    code: str  # "records", "open_legislation"
    name: str  # for error sentences: "Open Legislation"
    legislatures: frozenset[str]

    @property
    def title(self) -> StrOrPromise:
        """Its name for readers, in their language."""

    def fetch_bill(self, number: PrintNumber) -> BillSnapshot:
        """The bill as the source has it now; raises a SourceError."""


class LiveSource(BillSource, Protocol):
    """A legislature's own system, which also tells what has changed. All methods raise a SourceError, also midway."""

    @classmethod
    def configured(cls, manners: Manners | None = None) -> Self | None:
        """The source as the environment sets it up; None where its key is not set."""

    def changed_since(self, legislature: str, since: datetime, until: datetime) -> Iterator[Touched]:
        """What the source has touched in that time, of whatever session; in no sure order, and a bill more than once.

        Resolutions and other measures are among it. What is no bill number of ours is left out.
        """

    def listed(self, legislature: str, session: int) -> Iterator[Touched]:
        """Every bill of one session, each once."""

    def count(self, legislature: str, session: int) -> int | None:
        """How many bills the source says that it has of one session; None where it never says."""

    def find(self, legislature: str, session: int, words: Sequence[str]) -> Iterator[Touched]:
        """Bills of one session that may be about any of these words, with title and summary for a closer look.

        A word may end in "*", and may be several words in a row. A source that cannot search lists all it has.
        """


@runtime_checkable
class MeetingSource(Protocol):
    """A live source that also announces meetings."""

    code: str
    name: str

    def meetings(self, legislature: str, since: date, until: date) -> list[MeetingLine]:
        """Every meeting of those days, both included, with the bills of those still to come.

        An empty list is no proof that there are none. Raises a SourceError; then nothing was learnt.
        """
