"""New York: the Senate's Open Legislation API, version 3, for both houses.

Source: https://legislation.nysenate.gov/static/docs/html/bills.html. What it lacks, its limits and what each
of its status codes means to us stand in docs/sources.md. Times are New York local without an offset.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote

import structlog
from django.conf import settings
from django.utils.translation import gettext_lazy

from bills.print_numbers import PrintNumber, parse_print_no
from bills.providers.base import (
    BillNotFound,
    BillSnapshot,
    MeetingLine,
    PrintWords,
    SourceResting,
    SourceUnavailable,
    Touched,
    UnexpectedAnswer,
)
from bills.providers.http import Answer, HttpSource, Key, Manners
from bills.providers.open_legislation_answers import (
    NEW_YORK,
    About,
    BillAnswer,
    BillId,
    Found,
    Page,
    Shape,
    TextAnswer,
    Update,
    quoted,
)
from bills.providers.open_legislation_bill import snapshot_of
from bills.providers.open_legislation_meetings import (
    AgendaAnswer,
    ListedMeeting,
    WholeAgenda,
    meeting_lines,
)
from bills.providers.open_legislation_search import search_terms
from bills.providers.shapes import checked

NO_SUCH_BILL = 11  # the API's own error code, in a 404's JSON
NO_SUCH_PRINT = 12
ORIGINAL = frozenset({"", "ORIGINAL", "DEFAULT"})  # as answers write the first print
PAGE_SIZE = 1000  # the most that the API allows
MOST_PAGES = 200
MOST_FOUND = 10_000  # deeper pages of a search are slow, and have failed

log = structlog.get_logger(__name__)
Wanted = TypeVar("Wanted", bound=Shape)
Item = TypeVar("Item")


class OpenLegislation:
    """Asks the API; `base_url` ends in /api/3."""

    code = "open_legislation"
    name = "Open Legislation"
    title = gettext_lazy("New York Senate Open Legislation")
    legislatures = frozenset({"ny"})

    def __init__(self, base_url: str, key: str, *, manners: Manners | None = None) -> None:
        self._http = HttpSource(
            base_url,
            name=self.name,
            key=Key("key", "OPEN_LEGISLATION_KEY", key),
            manners=manners,
        )

    @classmethod
    def configured(cls, manners: Manners | None = None) -> OpenLegislation | None:
        """The source as the environment sets it up, kept for its open connection; None without a key."""
        if not settings.OPEN_LEGISLATION_KEY:
            return None
        return _kept(settings.OPEN_LEGISLATION_URL, settings.OPEN_LEGISLATION_KEY, manners)

    def fetch_bill(self, number: PrintNumber) -> BillSnapshot:
        """The bill as the API has it now; raises a SourceError. `number` must name its session."""
        if number.legislature != "ny" or number.session is None:
            raise ValueError("Open Legislation knows bills of New York, with their session.")
        path = f"/bills/{number.session}/{quote(number.base_print_no)}"
        asked_at = datetime.now(NEW_YORK)  # what is processed while the answer is on its way is news to us
        answer = self._http.get_json(path, {"view": "no_fulltext"})
        if answer.status == 404:
            raise self._absent(answer, number)
        bill = _read(BillAnswer, answer.data).result
        if bill.number() != parse_print_no(number.base_print_no, legislature="ny", session=number.session):
            raise UnexpectedAnswer("Open Legislation answered with another bill than the one asked for.")
        return snapshot_of(bill, asked_at, public_url=self._http.base_url.removesuffix("/api/3"))

    def fetch_text(self, number: PrintNumber, letter: str) -> PrintWords:
        """The words of one print, "" where the API has none; raises a SourceError. `number` names its session."""
        if number.legislature != "ny" or number.session is None:
            raise ValueError("Open Legislation knows bills of New York, with their session.")
        path = f"/bills/{number.session}/{quote(number.base_print_no)}"
        asked = {"view": "only_fulltext"} | ({"version": letter} if letter else {})  # none means the original
        answer = self._http.get_json(path, asked)
        if answer.status == 404 and _error_code(answer) == NO_SUCH_PRINT:
            raise BillNotFound(
                f"Open Legislation has no print {letter or 'original'} of {number.base_print_no}."
            )
        if answer.status == 404:
            raise self._absent(answer, number)
        told = _read(TextAnswer, answer.data).result
        version = "" if told.version.upper() in ORIGINAL else told.version.upper()
        if (told.number().base_print_no, told.number().session, version) != (
            number.base_print_no,
            number.session,
            letter,
        ):
            raise UnexpectedAnswer("Open Legislation answered with another print than the one asked for.")
        public_url = self._http.base_url.removesuffix("/api/3")
        address = f"{public_url}/pdf/bills/{number.session}/{number.base_print_no}{letter}"
        return PrintWords(told.full_text or "", address)

    @staticmethod
    def _absent(answer: Answer, number: PrintNumber) -> BillNotFound | SourceUnavailable:
        """When it was down the service answered 404 to all: only its own code says "no such bill"."""
        if _error_code(answer) == NO_SUCH_BILL:
            return BillNotFound(f"Open Legislation has no bill {number.base_print_no} of {number.session}.")
        return SourceUnavailable(
            "Open Legislation is out of order (it answered 404 and names nothing missing)."
        )

    def changed_since(self, legislature: str, since: datetime, until: datetime) -> Iterator[Touched]:
        """What the service processed in that time, of every session, oldest first.

        Both ends are included, whichever end the API leaves out. Raises a SourceError, also midway.
        """
        self._check(legislature)
        window = local_window(since, until)
        try:
            yield from self._updates(*window, titles=True)
        except SourceResting:
            raise
        except SourceUnavailable:
            # With titles the service looks every bill up, and from its program one that it cannot find fails the
            # whole page. Without them nothing of the kind can happen; what was told before comes again.
            yield from self._updates(*window, titles=False)

    def _updates(self, start: str, end: str, *, titles: bool) -> Iterator[Touched]:
        asked = {"type": "processed", "order": "asc"} | ({"summary": "true"} if titles else {})
        for update in self._items(f"/bills/updates/{start}/{end}", Page[Update], asked):
            if number := _number(update.id):
                yield _touched(number, update.item, update.processed_date_time)

    def listed(self, legislature: str, session: int) -> Iterator[Touched]:
        """Every bill and resolution of one session, each once, by number only."""
        self._check(legislature)
        seen = set()
        for bill in self._items(f"/bills/{session}", Page[BillId], {"idsOnly": "true"}):
            number = _number(bill)
            if number and number not in seen:
                seen.add(number)
                yield Touched(number)

    def count(self, legislature: str, session: int) -> int:
        """How many bills and resolutions of one session the service says that it has."""
        self._check(legislature)
        return self._page(f"/bills/{session}", Page[BillId], {"idsOnly": "true"}, offset=1, limit=1).total

    def find(self, legislature: str, session: int, words: Sequence[str]) -> Iterator[Touched]:
        """Bills of one session whose title or summary has any of these words, each once.

        Words without a letter or digit are passed over; where none is left nothing is asked. Where more answer
        to the words than a search may tell, the first of them come, then an UnexpectedAnswer that says so.
        """
        self._check(legislature)
        seen = set()
        for term in search_terms(words):
            asked = {"term": term, "sort": "publishedDateTime:asc"}
            for found in self._items(f"/bills/{session}/search", Page[Found], asked, most=MOST_FOUND):
                number = _number(found.result)
                if number and number not in seen:
                    seen.add(number)
                    yield _touched(number, found.result)

    def meetings(self, legislature: str, since: date, until: date) -> list[MeetingLine]:
        """The Senate's committee meetings of those days; of the Assembly's the service knows none.

        One request for the list, and one for each agenda with a meeting that is still to come.
        """
        self._check(legislature)
        window = f"{since.isoformat()}T00:00:00/{until.isoformat()}T23:59:59"
        found = list(self._items(f"/agendas/meetings/{window}", Page[ListedMeeting], {}))
        today = datetime.now(NEW_YORK).date()
        to_come = sorted({one.agenda for one in found if one.day is not None and one.day >= today})
        return meeting_lines(found, [self._agenda(year, number) for year, number in to_come])

    def _agenda(self, year: int, number: int) -> WholeAgenda:
        answer = self._http.get_json(f"/agendas/{year}/{number}", None)
        if answer.status == 404:
            raise SourceUnavailable(
                "Open Legislation is out of order (it lists an agenda that it does not have)."
            )
        agenda = _read(AgendaAnswer, answer.data).result
        if (agenda.id.year, agenda.id.number) != (year, number):
            raise UnexpectedAnswer("Open Legislation answered with another agenda than the one asked for.")
        return agenda

    def _check(self, legislature: str) -> None:
        if legislature not in self.legislatures:
            raise ValueError("Open Legislation knows bills of New York only.")

    def _items(
        self, path: str, shape: type[Page[Item]], asked: dict[str, str], *, most: int | None = None
    ) -> Iterator[Item]:
        """Every item of a list, page by page, at most the first `most`.

        The page after the last is an "empty list". A list that ends before it has told as many as it announced
        has broken off; one that goes back, stands still or does not come to an end is refused.
        """
        offset, announced, last = 1, 0, None
        for _ in range(MOST_PAGES):
            page = self._page(path, shape, asked, offset=offset)
            items = page.result.items
            if not items:
                if announced >= offset:
                    raise SourceUnavailable("Open Legislation broke off in the middle of a list.")
                return
            if page.offset_start not in (None, offset) or items == last:
                raise UnexpectedAnswer("Open Legislation sent the same part of a list twice.")
            yield from items
            if page.offset_end >= page.total:
                return
            if page.offset_end < offset:
                break
            offset, announced, last = page.offset_end + 1, page.total, items
            if most is not None and offset > most:
                raise UnexpectedAnswer(
                    f"Open Legislation has more than {most:,} bills that answer to these words."
                )
        raise UnexpectedAnswer("Open Legislation sent a list that does not come to an end.")

    def _page(
        self,
        path: str,
        shape: type[Page[Item]],
        asked: dict[str, str],
        *,
        offset: int,
        limit: int = PAGE_SIZE,
    ) -> Page[Item]:
        answer = self._http.get_json(path, {**asked, "limit": str(limit), "offset": str(offset)})
        if answer.status == 404:
            raise SourceUnavailable("Open Legislation is out of order (it answered 404 to a list).")
        return _read(shape, answer.data)


@lru_cache(maxsize=4)
def _kept(base_url: str, key: str, manners: Manners | None) -> OpenLegislation:
    return OpenLegislation(base_url, key, manners=manners)


def _error_code(answer: Answer) -> object:
    return answer.data.get("errorCode") if isinstance(answer.data, dict) else None


def _read(shape: type[Wanted], data: Any) -> Wanted:
    return checked(shape.model_validate, data, "Open Legislation sent an answer of another shape")


def _number(bill: BillId) -> PrintNumber | None:
    """The number, or None where it is none of ours: one odd entry must not stop the following of all others."""
    try:
        return bill.number()
    except UnexpectedAnswer:
        log.debug(
            "open_legislation.entry_left_out",
            number=quoted(bill.base_print_no),
            session=str(bill.session)[:10],
        )
        return None


def _touched(number: PrintNumber, about: About | None, processed_at: datetime | None = None) -> Touched:
    title, summary = (about.title or "", about.summary or "") if about else ("", "")
    latest = None
    if processed_at is not None and _shown_twice(processed_at.astimezone(NEW_YORK)):
        latest = processed_at + timedelta(hours=1)
    return Touched(number, processed_at, title.strip().removeprefix("@"), summary.strip(), latest)


def local_window(since: datetime, until: datetime) -> tuple[str, str]:
    """The window as the API takes it: New York time in whole seconds, a second wider at either end.

    Its documentation and its program disagree on which end counts, hence the second. The hour that the clock
    shows twice in autumn is asked for whole, since in its order a later moment can have the earlier time.
    Raises ValueError for a time without a zone.
    """
    if since.tzinfo is None or until.tzinfo is None:
        raise ValueError("A window of time is given with its time zone.")
    second = timedelta(seconds=1)
    start = (since.astimezone(UTC) - second).astimezone(NEW_YORK)
    end = (until.astimezone(UTC) + 2 * second).astimezone(NEW_YORK)
    if _shown_twice(start):
        start = start.replace(minute=0, second=0)
    if _shown_twice(end):
        end = end.replace(hour=end.hour + 1, minute=0, second=0)
    return _as_written(start), _as_written(end)


def _shown_twice(moment: datetime) -> bool:
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _as_written(moment: datetime) -> str:
    return moment.replace(tzinfo=None, microsecond=0).isoformat(timespec="seconds")
