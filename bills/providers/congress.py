"""Congress: the Library of Congress's Congress.gov API, version 3, for both chambers.

Source: https://github.com/LibraryOfCongress/api.congress.gov. What it lacks, its limits and how a status is read
from its action lines stand in docs/sources.md. Days are Washington's, moments are in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy

from bills.official_pages import official_page
from bills.print_numbers import PrintNumber
from bills.providers.base import (
    BillNotFound,
    BillSnapshot,
    SourceUnavailable,
    SponsorLine,
    Touched,
    UnexpectedAnswer,
)
from bills.providers.congress_actions import check_law, public_law, read_actions, standing_of
from bills.providers.congress_answers import (
    WASHINGTON,
    Action,
    Bill,
    BillAnswer,
    Committee,
    Counted,
    ListedBill,
    Listing,
    Member,
    RelatedBill,
    Shape,
    Summary,
    TextVersion,
    Title,
)
from bills.providers.congress_bill import (
    documents_of,
    referred_to_of,
    same_as_of,
    short_name_of,
    sponsor_line,
    summary_of,
    title_of,
)
from bills.providers.http import Answer, HttpSource, Key, Manners
from bills.providers.shapes import checked

NAME = "Congress.gov"
PER_SECOND = 1.25  # 4,500 an hour; the API allows 5,000
PAGE_SIZE = 250  # the most that the API gives
MOST_PAGES = 2_000  # 500,000 bills, more than all Congresses together have
MOST_PAGES_OF_A_BILL = 8  # of one part: 2,000 entries

Item = TypeVar("Item", bound=Shape)


class Congress:
    """Asks the API; `base_url` ends in /v3. The key goes in a header, never in an address."""

    code = "congress"
    name = NAME
    title = gettext_lazy("Congress.gov")
    legislatures = frozenset({"us"})

    def __init__(self, base_url: str, key: str, *, manners: Manners | None = None) -> None:
        manners = manners or Manners()
        # The common pace is faster than this API allows. One that was chosen otherwise is kept.
        if manners.per_second == Manners().per_second:
            manners = replace(manners, per_second=min(PER_SECOND, manners.per_second))
        self._http = HttpSource(
            base_url,
            name=NAME,
            key=Key("X-Api-Key", "CONGRESS_API_KEY", key, in_header=True),
            manners=manners,
        )

    @classmethod
    def configured(cls, manners: Manners | None = None) -> Congress | None:
        """The source as the environment sets it up, kept for its open connection; None without a key."""
        if not settings.CONGRESS_API_KEY:
            return None
        return _kept(settings.CONGRESS_URL, settings.CONGRESS_API_KEY, manners)

    def fetch_bill(self, number: PrintNumber) -> BillSnapshot:
        """The bill as the API has it now; raises a SourceError. `number` must name its Congress.

        Asks 2 to 8 times: for the bill and its actions, and for co-sponsors, committees, titles, texts, summaries
        and related bills where the bill says that it has some. Each further 250 entries of one are one more.
        """
        if number.legislature != "us" or number.session is None:
            raise ValueError(f"{NAME} knows bills of Congress, with their Congress.")
        path = _path(number)
        asked_at = datetime.now(WASHINGTON)  # what is entered while the answers come is news to us
        answer = self._ask(path, {})
        if answer.status == 404:
            raise _absent(answer, number)
        bill = _read(BillAnswer, answer.data).bill
        if bill.print_number() != number:
            raise UnexpectedAnswer(f"{NAME} answered with another bill than the one asked for.")
        actions = read_actions(self._part(path, "actions", Action, bill.actions or Counted()) or [])
        standing = standing_of(number, actions, asked_at.date())
        check_law(bill.laws, standing, actions)
        titles = self._part(path, "titles", Title, bill.titles)
        return BillSnapshot(
            number=number,
            actions=actions,
            title=title_of(bill, titles),
            short_name=short_name_of(bill, titles),
            official_summary=summary_of(self._part(path, "summaries", Summary, bill.summaries)),
            official_url=official_page(number, session=number.session),
            source_url=f"{self._http.base_url}{path}",
            chapter=public_law(bill.laws),
            sponsors=self._sponsors(path, bill, number),
            same_as=same_as_of(self._part(path, "relatedBills", RelatedBill, bill.related_bills), number),
            documents=documents_of(self._part(path, "textVersions", TextVersion, bill.text_versions)),
            introduced_on=bill.introduced_date,
            referred_to=referred_to_of(self._part(path, "committees", Committee, bill.committees), standing),
            read_at=asked_at,
        )

    def changed_since(self, legislature: str, since: datetime, until: datetime) -> Iterator[Touched]:
        """Bills of every Congress updated in that time, each once; raises a SourceError, also midway.

        Records are updated for many reasons, sometimes 10,000 in a day. Lists give some moments as bare days, so
        it is asked from the beginning of the first day on (UTC), and such a day counts from its beginning.
        """
        _check_legislature(legislature)
        first_day = datetime.combine(since.astimezone(UTC).date(), time.min, UTC)
        last = until.astimezone(UTC)
        last += timedelta(seconds=1) if last.microsecond else timedelta()
        window = {
            "fromDateTime": f"{first_day:%Y-%m-%dT%H:%M:%SZ}",
            "toDateTime": f"{last:%Y-%m-%dT%H:%M:%SZ}",
            "sort": "updateDate asc",
        }
        seen: set[PrintNumber] = set()
        for bill in self._bills("/bill", window):
            if (number := bill.print_number()) and number not in seen:
                seen.add(number)
                yield _touched(bill, number, until)

    def listed(self, legislature: str, session: int) -> Iterator[Touched]:
        """Every bill and resolution of one Congress, each once; raises a SourceError, also midway.

        A record updated while the list is read moves within it. So a list that gave fewer bills than it counts is
        read a second time; what is missed even then was updated meanwhile, and `changed_since` tells it.
        """
        _check_legislature(legislature)
        seen: set[PrintNumber] = set()
        for _ in range(2):
            entries: set[tuple[int, str, str]] = set()
            counted = 0
            for bill in self._bills(f"/bill/{session}", {}):
                counted += 1
                entries.add((bill.congress, bill.type, str(bill.number)))
                number = bill.print_number()
                if number and number.session == session and number not in seen:
                    seen.add(number)
                    yield _touched(bill, number, None)
            if len(entries) == counted:
                return

    def count(self, legislature: str, session: int) -> int | None:
        """How many bills and resolutions the API says that it has of one Congress."""
        _check_legislature(legislature)
        page = self._page(f"/bill/{session}", "bills", ListedBill, limit=1)
        return page.pagination.total if page.pagination else None

    def find(self, legislature: str, session: int, words: Sequence[str]) -> Iterator[Touched]:
        """Every bill of one Congress with its title: the API cannot search."""
        return self.listed(legislature, session)

    # --- asking

    def _ask(self, path: str, parameters: dict[str, str]) -> Answer:
        return self._http.get_json(path, {"format": "json", **parameters})

    def _page(
        self,
        path: str,
        name: str,
        shape: type[Item],
        *,
        limit: int = PAGE_SIZE,
        offset: int = 0,
        extra: dict[str, str] | None = None,
    ) -> Listing[Item]:
        answer = self._ask(path, {**(extra or {}), "limit": str(limit), "offset": str(offset)})
        if answer.status == 404:
            raise SourceUnavailable(f"{NAME} is out of order (it answered 404 to a list).")
        data = answer.data
        if not isinstance(data, dict) or name not in data:
            told = (
                "an error instead of data" if isinstance(data, dict) and "error" in data else "another shape"
            )
            raise UnexpectedAnswer(f"{NAME} sent {told}: no “{name}”.")
        page = {"items": data[name], "pagination": data.get("pagination")}
        return _read(Listing[shape], page, renamed=name)  # type: ignore[valid-type]

    def _part(self, path: str, name: str, shape: type[Item], stated: Counted | None) -> list[Item] | None:
        """All entries of one list of a bill. None where the bill does not speak of it, [] where it has none.

        A list shorter than it or the bill counts is refused: what is missing would be taken off the bill. So is a
        page that has room left and says that more follows, which would cost a request for each entry.
        """
        if stated is None:
            return None
        if stated.is_empty and name != "actions":
            return []
        items: list[Item] = []
        before: list[Item] = []
        for _ in range(MOST_PAGES_OF_A_BILL):
            page = self._page(f"{path}/{_PATH_OF_PART[name]}", name, shape, offset=len(items))
            items += page.items
            # The list of committees has no count of its own.
            total = max(stated.total, (page.pagination.total if page.pagination else None) or 0)
            has_next = bool(page.pagination and page.pagination.next)
            if len(items) >= total and not (has_next and page.items):
                return items
            if len(page.items) < PAGE_SIZE or page.items == before:
                raise UnexpectedAnswer(f"{NAME} counts {total} {_IN_WORDS[name]} and lists {len(items)}.")
            before = page.items
        raise UnexpectedAnswer(f"{NAME} sent a list that does not come to an end.")

    def _sponsors(self, path: str, bill: Bill, number: PrintNumber) -> tuple[SponsorLine, ...] | None:
        """Sponsors, then co-sponsors, those who withdrew last: a name that came back counts as it stands now.

        Members sponsor in their own chamber only. What is empty is left out, so a bill that names sponsors and
        speaks of no co-sponsors has none.
        """
        members = self._part(path, "cosponsors", Member, bill.cosponsors)
        if bill.sponsors is None and members is None:
            return None
        stated = bill.cosponsors.count_including_withdrawn_cosponsors if bill.cosponsors else None
        if members is not None and stated is not None and len(members) != stated:
            raise UnexpectedAnswer(f"{NAME} counts {stated} co-sponsors and lists {len(members)}.")
        lines = [sponsor_line(member, "prime", number.chamber) for member in bill.sponsors or []]
        others = [sponsor_line(member, "co", number.chamber) for member in members or []]
        others.sort(key=lambda line: bool(line and line.withdrawn_on))
        return tuple(dict.fromkeys(line for line in [*lines, *others] if line))

    def _bills(self, path: str, extra: dict[str, str]) -> Iterator[ListedBill]:
        """Every entry of a list of bills. Some may come twice.

        A count that falls while the list is read means that entries before ours have left it, and those that
        followed them have moved up: as many are read again.
        """
        offset, before = 0, None
        for _ in range(MOST_PAGES):
            page = self._page(path, "bills", ListedBill, offset=offset, extra=extra)
            total = page.pagination.total if page.pagination else None
            if total is None:
                raise UnexpectedAnswer(f"{NAME} sent a list of bills that does not say how many they are.")
            yield from page.items
            if before is not None and total < before:
                offset, before = max(0, offset - (before - total)), total
                continue
            before = total
            offset += len(page.items)
            if offset >= total:
                return
            if not page.items:
                raise UnexpectedAnswer(f"{NAME} counts {total} bills and lists {offset}.")
        raise UnexpectedAnswer(f"{NAME} sent a list that does not come to an end.")


_PATH_OF_PART = {
    "actions": "actions",
    "cosponsors": "cosponsors",
    "committees": "committees",
    "titles": "titles",
    "textVersions": "text",
    "summaries": "summaries",
    "relatedBills": "relatedbills",
}
_IN_WORDS = {
    **_PATH_OF_PART,
    "cosponsors": "co-sponsors",
    "textVersions": "texts",
    "relatedBills": "related bills",
}


@lru_cache(maxsize=4)
def _kept(base_url: str, key: str, manners: Manners | None) -> Congress:
    return Congress(base_url, key, manners=manners)


def _check_legislature(legislature: str) -> None:
    if legislature != "us":
        raise ValueError(f"{NAME} knows bills of Congress only.")


def _path(number: PrintNumber) -> str:
    return f"/bill/{number.session}/{number.designator.lower()}/{number.number}"


def _absent(answer: Answer, number: PrintNumber) -> BillNotFound | SourceUnavailable:
    """The application itself says in a text what it does not find; the gateway before it sends an object."""
    if isinstance(answer.data, dict) and isinstance(answer.data.get("error"), str) and answer.data["error"]:
        return BillNotFound(f"{NAME} has no bill {number.base_print_no} of the Congress {number.session}.")
    return SourceUnavailable(f"{NAME} is out of order (it answered 404 and names nothing missing).")


def _read(shape: type[Item], data: Any, *, renamed: str = "") -> Item:
    """`data` in the documented shape. `renamed` is what the API calls our `items`. Raises UnexpectedAnswer."""
    if isinstance(data, dict) and "error" in data and "bill" not in data:
        raise UnexpectedAnswer(f"{NAME} sent an error instead of data.")
    named = f" in “{renamed}”" if renamed else ""
    return checked(shape.model_validate, data, f"{NAME} sent an answer of another shape{named}")


def _touched(bill: ListedBill, number: PrintNumber, until: datetime | None) -> Touched:
    """Never later than `until`: a cursor that follows it would pass over what was not asked for."""
    moment = bill.update_date_including_text or bill.update_date
    latest = None
    if moment is not None and moment.time() == time.min:
        latest = moment + timedelta(days=1)  # a bare day, or the one moment that cannot be told from it
    if moment is not None and until is not None:
        moment = min(moment, until)
    return Touched(number, moment, title=" ".join(bill.title.split()), processed_until=latest)
