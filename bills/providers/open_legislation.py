"""New York: the Senate's Open Legislation API, version 3, for both houses.

Source: https://legislation.nysenate.gov/static/docs/html/bills.html. What it lacks, its limits and what each
of its status codes means to us stand in docs/sources.md. Times are New York local without an offset.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote

from django.conf import settings
from pydantic import ValidationError

from bills.print_numbers import PrintNumber, parse_print_no
from bills.providers.base import (
    BillNotFound,
    BillSnapshot,
    PrintLine,
    RollCallLine,
    SourceUnavailable,
    SponsorLine,
    UnexpectedAnswer,
)
from bills.providers.http import Answer, HttpSource, Key, Manners
from bills.providers.open_legislation_answers import (
    NEW_YORK,
    Amendment,
    Bill,
    BillAnswer,
    BillId,
    BillPage,
    List,
    Member,
    Shape,
    Sponsor,
    UpdatePage,
    Vote,
)
from bills.stages import CODES, ActionLine, read_standing

NO_SUCH_BILL = 11  # the API's own error code, in a 404's JSON
PAGE_SIZE = 1000  # the most that the API allows
MOST_PAGES = 200
# The documentation and the code disagree on which end of the window is included, and clocks differ.
OVERLAP = timedelta(minutes=15)

AYES = ("AYE", "AYEWR")  # "aye with reservations" is an aye
NAYS = ("NAY",)
OTHERS = ("EXC", "ABS", "ABD")  # excused, absent, abstained

Wanted = TypeVar("Wanted", bound=Shape)
Page = TypeVar("Page", UpdatePage, BillPage)


class OpenLegislation:
    """Asks the API; `base_url` ends in /api/3."""

    code = "open_legislation"
    legislatures = frozenset({"ny"})

    def __init__(self, base_url: str, key: str, *, manners: Manners | None = None) -> None:
        self._http = HttpSource(
            base_url,
            name="Open Legislation",
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
        answer = self._http.get_json(path, {"view": "no_fulltext"})
        if answer.status == 404:
            raise self._absent(answer, number)
        asked_at = datetime.now(NEW_YORK)
        bill = _read(BillAnswer, answer.data).result
        if bill.number() != parse_print_no(number.base_print_no, legislature="ny", session=number.session):
            raise UnexpectedAnswer("Open Legislation answered with another bill than the one asked for.")
        return _snapshot(bill, asked_at, public_url=self._http.base_url.removesuffix("/api/3"))

    @staticmethod
    def _absent(answer: Answer, number: PrintNumber) -> BillNotFound | SourceUnavailable:
        """When it was down the service answered 404 to all: only its own code says "no such bill"."""
        if isinstance(answer.data, dict) and answer.data.get("errorCode") == NO_SUCH_BILL:
            return BillNotFound(f"Open Legislation has no bill {number.base_print_no} of {number.session}.")
        return SourceUnavailable(
            "Open Legislation is out of order (it answered 404 and names nothing missing)."
        )

    def changed_since(self, legislature: str, session: int, since: datetime | None) -> Iterator[PrintNumber]:
        """Bills and resolutions of `session` touched since then, oldest first, each once.

        All of them where `since` is None. The updates of other sessions that the API mixes in are left out.
        Raises a SourceError, also midway.
        """
        seen = set()
        for bill in self._listed(session) if since is None else self._updated(since):
            number = bill.number()
            if number.session == session and number not in seen:
                seen.add(number)
                yield number

    def _listed(self, session: int) -> Iterator[BillId]:
        for page in self._pages(f"/bills/{session}", BillPage, {"idsOnly": "true"}):
            yield from page.result.items

    def _updated(self, since: datetime) -> Iterator[BillId]:
        start, end = (since - OVERLAP).astimezone(NEW_YORK), datetime.now(NEW_YORK)
        path = f"/bills/updates/{start:%Y-%m-%dT%H:%M:%S}/{end:%Y-%m-%dT%H:%M:%S}"
        for page in self._pages(path, UpdatePage, {"type": "processed", "order": "asc"}):
            yield from (update.id for update in page.result.items)

    def _pages(self, path: str, shape: type[Page], extra: dict[str, str]) -> Iterator[Page]:
        """Every page of a list. Offsets count from 1; the page after the last is an "empty list"."""
        offset = 1
        for _ in range(MOST_PAGES):
            answer = self._http.get_json(path, {**extra, "limit": str(PAGE_SIZE), "offset": str(offset)})
            if answer.status == 404:
                raise SourceUnavailable("Open Legislation is out of order (it answered 404 to a list).")
            page = _read(shape, answer.data)
            if not page.result.items:
                return
            yield page
            if page.offset_end >= page.total:
                return
            if page.offset_end < offset:
                break
            offset = page.offset_end + 1
        raise UnexpectedAnswer("Open Legislation sent a list that does not come to an end.")


@lru_cache(maxsize=4)
def _kept(base_url: str, key: str, manners: Manners | None) -> OpenLegislation:
    return OpenLegislation(base_url, key, manners=manners)


def _read(shape: type[Wanted], data: Any) -> Wanted:
    """`data` in the documented shape; raises UnexpectedAnswer, naming the place and not its value."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:100] or "the whole"
        told = first["msg"].removeprefix("Value error, ")[:200]
        fault = f"Open Legislation sent an answer of another shape: {place}: {told}."
    raise UnexpectedAnswer(fault)


# --- translation


def _snapshot(bill: Bill, asked_at: datetime, *, public_url: str) -> BillSnapshot:
    number = bill.number()
    actions = _actions(bill)
    _check_status(bill, number, actions, asked_at.date())
    in_force = _print_in_force(bill)
    return BillSnapshot(
        number=number,
        actions=actions,
        title=(bill.title or "").strip().removeprefix("@") or None,
        act_clause=in_force.act_clause if in_force else None,
        law_section=in_force.law_section if in_force else None,
        official_url=f"https://www.nysenate.gov/legislation/bills/{number.session}/{number.base_print_no}",
        source_url=f"{public_url}/bills/{number.session}/{number.base_print_no}",
        active_amendment=bill.active_version,
        sponsors=_sponsors(bill, in_force),
        prints=_prints(bill),
        same_as=_numbers(in_force.same_as if in_force else None),
        earlier=_numbers(bill.previous_versions),
        roll_calls=_roll_calls(bill),
        read_at=asked_at,
    )


def _actions(bill: Bill) -> tuple[ActionLine, ...]:
    """The action lines in their order; a line without text says nothing and is left out."""
    items = bill.actions.items if bill.actions else []
    numbers = [action.sequence_no for action in items]
    if len(set(numbers)) != len(numbers):
        raise UnexpectedAnswer("Open Legislation sent two actions with one sequence number.")
    return tuple(
        ActionLine(action.date, action.chamber.lower(), action.text, action.sequence_no)
        for action in sorted(items, key=lambda action: action.sequence_no)
        if action.text and action.text.strip()
    )


def _check_status(bill: Bill, number: PrintNumber, actions: Sequence[ActionLine], today: date) -> None:
    """Refuse an answer whose own status is missing, unknown, or not what its own actions say.

    Blank bills exist whose status is all null. And where status and actions part, one of the two is
    incomplete or means what we do not know: either way storing it would be a guess.
    """
    stated = bill.status.status_type
    if stated is None:
        raise UnexpectedAnswer("Open Legislation sent a blank record: it states no status.")
    if stated not in CODES["ny"]:
        raise UnexpectedAnswer(f"Open Legislation states a status that we do not know: “{stated[:40]}”.")
    # Lines dated ahead count here, as they do for the API.
    last_day = max([today, *(action.date for action in actions)])
    standing = read_standing("ny", bill.session, number.base_print_no, actions, today=last_day)
    substituted = standing.outcome == "substituted"
    if stated != standing.status and not (stated == "SUBSTITUTED" and substituted):
        raise UnexpectedAnswer(
            f"Open Legislation states the status {stated}, but its own actions amount to {standing.status}."
        )
    if bill.substituted_by and not any("SUBSTITUT" in action.text.upper() for action in actions):
        raise UnexpectedAnswer(
            f"Open Legislation says that {bill.substituted_by.base_print_no[:20]} took this bill's place, "
            "but no action says so."
        )


def _print_in_force(bill: Bill) -> Amendment | None:
    """The print named as active; None where the answer does not hold it.

    No other print stands in for it: sponsors and companions differ between prints, and those of an old print
    would take current ones away.
    """
    return bill.amendments.items.get(bill.active_version) if bill.amendments else None


def _sponsors(bill: Bill, in_force: Amendment | None) -> tuple[SponsorLine, ...] | None:
    """Prime, co- and multi-sponsors; None where the answer does not hold the print in force."""
    if in_force is None:
        return None
    lines = _prime(bill.sponsor)
    for members, kind in (
        (bill.additional_sponsors, "co"),
        (in_force.co_sponsors, "co"),
        (in_force.multi_sponsors, "multi"),
    ):
        lines += [line for member in (members.items if members else []) if (line := _line(member, kind))]
    return tuple(dict.fromkeys(lines))


def _prime(sponsor: Sponsor | None) -> list[SponsorLine]:
    """The prime sponsor: a member, or one of the bodies that introduce bills. Some bills have none."""
    if sponsor is None:
        return []
    if sponsor.member and (line := _line(sponsor.member, "prime")):
        return [line]
    bodies = {
        "Rules Committee": sponsor.rules,
        "Budget bill of the Governor": sponsor.budget,
        "Independent Redistricting Commission": sponsor.redistricting,
    }
    return [SponsorLine(name, "prime") for name, is_it in bodies.items() if is_it][:1]


def _line(member: Member, kind: str) -> SponsorLine | None:
    name = (member.full_name or member.short_name or "").strip()
    district = str(member.district_code) if member.district_code else ""
    return SponsorLine(name, kind, (member.chamber or "").lower(), district) if name else None


def _prints(bill: Bill) -> tuple[PrintLine, ...] | None:
    if not bill.amendments:
        return None
    prints = sorted(bill.amendments.items.values(), key=lambda each: each.version)
    return tuple(PrintLine(each.version, each.publish_date) for each in prints)


def _numbers(ids: List[BillId] | None) -> tuple[PrintNumber, ...] | None:
    return None if ids is None else tuple(dict.fromkeys(each.number() for each in ids.items))


def _roll_calls(bill: Bill) -> tuple[RollCallLine, ...] | None:
    """The Senate's votes; the API has none of the Assembly's. Oldest first, and a day's in their order."""
    if bill.votes is None:
        return None
    votes = sorted(bill.votes.items, key=lambda vote: (vote.vote_date, vote.sequence_no or 0))
    return tuple(_roll_call(vote) for vote in votes)


def _roll_call(vote: Vote) -> RollCallLine:
    counts = {code: len(members.items) for code, members in vote.member_votes.items.items()}
    unknown = set(counts) - {*AYES, *NAYS, *OTHERS}
    if unknown:
        raise UnexpectedAnswer(f"Open Legislation has votes of a kind unknown to us: “{min(unknown)[:20]}”.")
    return RollCallLine(
        date=vote.vote_date,
        chamber=vote.committee.chamber.lower() if vote.committee else "senate",
        ayes=sum(counts.get(code, 0) for code in AYES),
        nays=sum(counts.get(code, 0) for code in NAYS),
        others=sum(counts.get(code, 0) for code in OTHERS),
        committee=vote.committee.name if vote.committee else "",
        amendment=vote.version,
    )
