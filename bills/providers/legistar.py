"""New York City's Council: the Web API of its Legistar system.

Source: https://webapi.legistar.com/Help and https://council.nyc.gov/legislation/api/. It speaks OData, version 3, and
answers with bare JSON arrays, at most 1,000 rows at once. What it lacks, its limits and what each of its statuses means
to us stand in docs/sources.md. Times are New York local without an offset; those named "Utc" are universal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy
from pydantic import TypeAdapter

from bills.print_numbers import PrintNumber, session_years
from bills.providers.base import (
    BillNotFound,
    BillSnapshot,
    MeetingLine,
    SourceUnavailable,
    Touched,
    UnexpectedAnswer,
)
from bills.providers.council_matters import (
    DESIGNATOR_OF_TYPE,
    INTRODUCTION,
    NEW_YORK,
    RESOLUTION,
    Attachment,
    HistoryRow,
    SponsorRow,
    VoteCast,
    snapshot_of_matter,
)
from bills.providers.http import HttpSource, Key, Manners
from bills.providers.legistar_answers import (
    HISTORIES,
    LISTED_MATTERS,
    PAGE_SIZE,
    PAPERS,
    SPONSORS,
    VOTES,
    WHOLE_MATTERS,
    History,
    ListedMatter,
    WholeMatter,
)
from bills.providers.legistar_meetings import EVENT_ITEMS, EVENTS, Event, EventItem
from bills.providers.shapes import checked

MOST_PAGES = 50
MOST_ROLL_CALLS = 8  # of one matter; an overridden veto has four
LONGEST_WORD = 60  # characters; servers refuse long addresses, and part of a phrase finds more, not less

TYPES = f"(MatterTypeName eq '{INTRODUCTION}' or MatterTypeName eq '{RESOLUTION}')"
SEARCHED = ("MatterName", "MatterTitle", "MatterEXText5")
TYPE_OF_DESIGNATOR = {designator: name for name, designator in DESIGNATOR_OF_TYPE.items()}

Wanted = TypeVar("Wanted")


class Legistar:
    """Asks the API; `base_url` ends in /v1/nyc."""

    code = "legistar"
    name = "Legistar"
    title = gettext_lazy("New York City Council Legistar")
    legislatures = frozenset({"nyc"})

    def __init__(self, base_url: str, token: str, *, manners: Manners | None = None) -> None:
        self._http = HttpSource(
            base_url, name=self.name, key=Key("token", "LEGISTAR_TOKEN", token), manners=manners
        )

    @classmethod
    def configured(cls, manners: Manners | None = None) -> Legistar | None:
        """The source as the environment sets it up, kept for its open connection; None without a token."""
        if not settings.LEGISTAR_TOKEN:
            return None
        return _kept(settings.LEGISTAR_URL, settings.LEGISTAR_TOKEN, manners)

    def fetch_bill(self, number: PrintNumber) -> BillSnapshot:
        """The file as the API has it now; raises a SourceError. `number` must name its session.

        Costs four requests (the matter, its history, its sponsors, its papers) and one for each recorded vote, of
        which a law has two and an overridden veto four; with more than eight no vote is asked for.
        """
        if number.legislature != "nyc" or number.session is None:
            raise ValueError("Legistar knows files of the Council, with their session.")
        matter = self._matter(number)
        asked_at = datetime.now(NEW_YORK)
        return snapshot_of_matter(
            matter.as_matter(self._history(matter), self._sponsors(matter), self._papers(matter)),
            read_at=asked_at,
        )

    def changed_since(self, legislature: str, since: datetime, until: datetime) -> Iterator[Touched]:
        """Introductions and resolutions of every session touched after `since`, up to `until`, oldest first.

        Raises a SourceError, also midway.
        """
        window = (
            f"{TYPES} and MatterLastModifiedUtc gt {_universal(since)}"
            f" and MatterLastModifiedUtc le {_universal(until)}"
        )
        for matter in self._pages(window, order="MatterLastModifiedUtc,MatterId"):
            if touched := matter.as_touched():
                yield touched

    def listed(self, legislature: str, session: int) -> Iterator[Touched]:
        """Every introduction and resolution of a session, each once; raises a SourceError, also midway."""
        yield from _of_session(session, self._pages(f"{TYPES} and {_introduced_in(session)}"))

    def count(self, legislature: str, session: int) -> int | None:
        """None: the API states no totals."""
        return None

    def find(self, legislature: str, session: int, words: Sequence[str]) -> Iterator[Touched]:
        """Files of a session whose name, title or summary holds one of the words; one request or more for each.

        Raises a SourceError, also midway.
        """
        yield from _of_session(
            session,
            (
                matter
                for word in dict.fromkeys(_searchable(word) for word in words)
                if word
                for matter in self._pages(f"{TYPES} and {_introduced_in(session)} and {_holds(word)}")
            ),
        )

    def meetings(self, legislature: str, since: date, until: date) -> list[MeetingLine]:
        """The Council's meetings and hearings of those days, those kept from the web left out.

        One request for the list, and one for each that is still to come.
        """
        window = f"EventDate ge datetime'{since}T00:00:00' and EventDate le datetime'{until}T23:59:59'"
        asked = {"$filter": window, "$orderby": "EventDate,EventId", "$top": str(PAGE_SIZE)}
        events = self._list(EVENTS, "/events", asked)
        if len(events) >= PAGE_SIZE:
            raise UnexpectedAnswer("Legistar has more meetings in these days than it gives at once.")
        today = datetime.now(NEW_YORK).date()
        return [
            event.as_line(self._items_of(event) if event.day >= today else None)
            for event in events
            if event.day is not None
        ]

    def _items_of(self, event: Event) -> list[EventItem]:
        asked = {"AgendaNote": "0", "MinutesNote": "0", "Attachments": "0"}
        return self._list(EVENT_ITEMS, f"/events/{event.id}/eventitems", asked)

    # --- one matter

    def _matter(self, number: PrintNumber) -> WholeMatter:
        """The one public matter with this number. Its file names a year, and a session has several."""
        kind = TYPE_OF_DESIGNATOR.get(number.designator)
        if kind is None:
            raise BillNotFound(
                f"Legistar numbers introductions and resolutions; {number.print_no} is neither."
            )
        files = " or ".join(f"MatterFile eq {_quoted(file)}" for file in _files(number))
        # With the type, since one file number has been given to a resolution too, by mistake.
        found = self._list(
            WHOLE_MATTERS, "/matters", {"$filter": f"MatterTypeName eq '{kind}' and ({files})"}
        )
        shown = [matter for matter in found if not matter.kept_from_the_web]
        if not shown:
            raise BillNotFound(f"Legistar shows no {number.base_print_no} of the session {number.session}.")
        if len(shown) > 1:
            raise UnexpectedAnswer(f"Legistar has several files {number.base_print_no} ({number.session}).")
        told = shown[0].number
        if told is None or (told.session, told.base_print_no) != (number.session, number.base_print_no):
            raise UnexpectedAnswer("Legistar answered with another file than the one asked for.")
        return shown[0]

    def _history(self, matter: WholeMatter) -> tuple[HistoryRow, ...]:
        lines = self._list(
            HISTORIES, f"/matters/{matter.id}/histories", {"AgendaNote": "1", "MinutesNote": "1"}
        )
        voted = [line for line in lines if line.has_roll_call]
        asked = len(voted) <= MOST_ROLL_CALLS
        return tuple(
            line.as_row(
                self._votes(line) if asked and line.has_roll_call else None if line.has_roll_call else ()
            )
            for line in lines
        )

    def _votes(self, line: History) -> tuple[VoteCast, ...] | None:
        """Members' votes; a line of a history is an item of its meeting, under the same id.

        None where nobody's is recorded: the line says that a vote was taken.
        """
        votes = self._list(VOTES, f"/eventitems/{line.id}/votes")
        cast = tuple(
            VoteCast(vote.kind.strip(), vote.name)
            for vote in sorted(votes, key=lambda vote: vote.place or 0)
            if vote.kind.strip()  # a member for whom nothing is recorded
        )
        return cast or None

    def _sponsors(self, matter: WholeMatter) -> tuple[SponsorRow, ...] | None:
        """None where the list is empty: it may as well be lost, and every file has somebody who introduced it."""
        rows = self._list(SPONSORS, f"/matters/{matter.id}/sponsors")
        return (
            tuple(
                SponsorRow(row.name, row.version.strip())
                for row in sorted(rows, key=lambda row: row.place or 0)
            )
            or None
        )

    def _papers(self, matter: WholeMatter) -> tuple[Attachment, ...] | None:
        """None where the list is empty: it may as well be lost."""
        papers = self._list(PAPERS, f"/matters/{matter.id}/attachments")
        if not papers:
            return None
        return tuple(
            Attachment(paper.name, paper.url, paper.version.strip())
            for paper in sorted(papers, key=lambda paper: paper.place or 0)
            if paper.is_public is not False
        )

    # --- asking

    def _pages(self, wanted: str, *, order: str = "MatterId") -> Iterator[ListedMatter]:
        """Every matter that the filter `wanted` lets through, in pages that end with a short one."""
        seen: set[int] = set()
        for page in range(MOST_PAGES):
            parameters = {
                "$filter": wanted,
                "$orderby": order,
                "$top": str(PAGE_SIZE),
                "$skip": str(page * PAGE_SIZE),
            }
            matters = self._list(LISTED_MATTERS, "/matters", parameters)
            fresh = [matter for matter in matters if matter.id not in seen]
            yield from fresh
            if len(matters) < PAGE_SIZE:
                return
            if not fresh:
                break  # it does not turn the page
            seen.update(matter.id for matter in fresh)
        raise UnexpectedAnswer("Legistar sent a list that does not come to an end.")

    def _list(
        self, shape: TypeAdapter[list[Wanted]], path: str, parameters: dict[str, str] | None = None
    ) -> list[Wanted]:
        """One list in the documented shape; raises a SourceError."""
        answer = self._http.get_json(path, parameters)
        if answer.status == 404:
            raise SourceUnavailable("Legistar is out of order (it answered 404 to a list).")
        return checked(shape.validate_python, answer.data, "Legistar sent an answer of another shape")


@lru_cache(maxsize=4)
def _kept(base_url: str, token: str, manners: Manners | None) -> Legistar:
    return Legistar(base_url, token, manners=manners)


def _of_session(session: int, matters: Iterator[ListedMatter]) -> Iterator[Touched]:
    seen = set()
    for matter in matters:
        touched = matter.as_touched()
        if touched and touched.number.session == session and touched.number not in seen:
            seen.add(touched.number)
            yield touched


# --- OData


def _files(number: PrintNumber) -> list[str]:
    """The file numbers that this may be: of its year, else of each year of its session."""
    first, last = session_years("nyc", number.session or 0)
    years = [number.year] if number.year else range(first, last + 1)
    return [f"{number.designator} {number.number:04d}-{year}" for year in years]


def _quoted(text: str) -> str:
    """`text` as an OData string, in which an apostrophe is written twice."""
    return "'" + text.replace("'", "''") + "'"


def _universal(moment: datetime) -> str:
    """A moment as MatterLastModifiedUtc is compared with, in whole seconds. Raises ValueError without an offset."""
    if moment.tzinfo is None:
        raise ValueError("A window in time needs moments with an offset.")
    return f"datetime'{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}'"


def _introduced_in(session: int) -> str:
    first, last = session_years("nyc", session)
    return (
        f"MatterIntroDate ge datetime'{first}-01-01T00:00:00'"
        f" and MatterIntroDate lt datetime'{last + 1}-01-01T00:00:00'"
    )


def _searchable(word: str) -> str:
    return " ".join(word.replace("*", " ").split())[:LONGEST_WORD].rstrip()


def _holds(word: str) -> str:
    """A filter for matters that hold `word`.

    Whether the service minds capitals is not documented, so the word is asked for as sentences, headings and the
    caller write it. One word at a time: OData services by default refuse a filter of more than a hundred parts.
    """
    spellings = dict.fromkeys((word, word.lower(), word[:1].upper() + word[1:].lower(), word.title()))
    parts = [f"substringof({_quoted(each)},{field})" for field in SEARCHED for each in spellings]
    return f"({' or '.join(parts)})"
