"""Records on disk as a source: a file or folder of the format in docs/records.md.

A record tells where its bill stood on its `as_of` day. Reading the file again asks nobody, so a record is
checked on that day and not when it is loaded; a record that names no day does not say when it was checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy

from bills.print_numbers import PrintNumber, parse_print_no
from bills.providers.base import (
    BillNotFound,
    BillSnapshot,
    PrintLine,
    RollCallLine,
    SourceUnavailable,
    SponsorLine,
    Touched,
    UnexpectedAnswer,
)
from bills.record_files import BillRecord, OtherVersion, read_record_files

CODE = "records"

_VOTE = re.compile(
    r"(?P<body>[^:;]{1,150}?) (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?: \((?P<letter>[A-Z])\))?:? (?P<counts>.{1,300})",
    re.ASCII,
)
_COUNT = re.compile(r"([0-9]{1,4}) ([a-z?][a-z -]{0,40})", re.IGNORECASE | re.ASCII)
_PAIR = re.compile(r"([0-9]{1,4})-([0-9]{1,4})(?![0-9-])", re.ASCII)
_AYES = frozenset({"aye", "ayes", "yea", "yeas", "yes", "affirmative"})
_NAYS = frozenset({"nay", "nays", "no", "noes", "negative"})
_CHAMBERS = {"senate": "senate", "assembly": "assembly", "house": "house", "city council": "council"}


class Records:
    """The bills of a file or folder. Reads it once; make a new one to read it again."""

    code = CODE
    name = "The records folder"
    title = gettext_lazy("Passage’s own records, read from official pages")
    legislatures = frozenset({"ny", "nyc", "us"})

    def __init__(self, path: Path) -> None:
        self.path = Path(path)

    def fetch_bill(self, number: PrintNumber) -> BillSnapshot:
        """The bill as the newest of its records has it; raises a SourceError."""
        found = self._records.get(_key(number))
        if found is None:
            raise BillNotFound(
                f"{self.path.name} holds no record of {number.base_print_no} ({number.session})."
            )
        return snapshot_of(found[0])

    def changed_since(self, legislature: str, since: datetime, until: datetime) -> Iterator[Touched]:
        """Bills whose file was written since then, the oldest first."""
        found = [
            (written_at, record)
            for record, written_at in self._records.values()
            if record.legislature == legislature and since < written_at <= until
        ]
        for written_at, record in sorted(found, key=lambda pair: (pair[0], pair[1].number)):
            yield Touched(record.number, written_at, record.title_or_summary, record.summary_long)

    @cached_property
    def _records(self) -> dict[tuple[str, int | None, str], tuple[BillRecord, datetime]]:
        """Each bill's newest record, with the time its file was written."""
        if not self.path.exists():
            raise SourceUnavailable(f"The records folder {self.path.name} is not there.")
        files = sorted(self.path.glob("*.json")) if self.path.is_dir() else [self.path]
        found: dict[tuple[str, int | None, str], tuple[BillRecord, datetime]] = {}
        for file in files:
            written_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            for record in read_record_files(file):
                if not isinstance(record, BillRecord):
                    continue  # load_records tells of faults; here they hide no other record
                known = found.get(_key(record.number))
                if known is None or (record.as_of or date.min) > (known[0].as_of or date.min):
                    found[_key(record.number)] = record, written_at
        return found


def snapshot_of(record: BillRecord) -> BillSnapshot:
    """A record in the words of every provider. Raises UnexpectedAnswer for a related number that is none."""
    stated = record.model_fields_set
    versions = stated & {"versions_in_other_sessions", "later_versions_by_backlink"}
    earlier, later = _versions(record)
    return BillSnapshot(
        number=record.number,
        actions=record.action_lines or None,  # a record that lists none does not say that there are none
        title=record.title_or_summary or None,
        short_name=record.short_name or None,
        act_clause=record.act_clause or None,
        law_section=record.law_section or None,
        plain_summary=record.plain_summary or None,
        official_summary=record.summary_long or None,
        file_no=record.file_no or None,
        official_url=record.official_url or None,
        source_url=next(iter(record.source_urls), record.official_url) or None,
        active_amendment=record.active_amendment if "active_amendment" in stated else None,
        chapter=record.chapter or None,
        sponsors=_sponsors(record),
        prints=_prints(record) if "amendments" in stated else None,
        same_as=tuple(_other(record, text) for text in record.same_as) if "same_as" in stated else None,
        earlier=earlier if versions else None,
        later=later if versions else None,
        roll_calls=read_votes(record.votes, record.number) or None,
        issues=record.issues or None,
        referred_to=record.committee or None,
        actions_are_complete=record.actions_complete is not False,
        proposal_slug=record.lineage or None,
        proposal_name=record.lineage_name or None,
        read_at=_start_of_day(record.as_of) if record.as_of else None,
    )


def read_votes(text: str, number: PrintNumber) -> tuple[RollCallLine, ...]:
    """Counts of roll calls as records write them, parted by semicolons; a part that gives none is left out.

    "Senate floor 2019-06-17 (B): 33 aye, 29 nay; Senate floor 2020-06-01: 40 aye, 20 nay, 3 excused"
    """
    calls = []
    for part in text.split(";"):
        found = _VOTE.match(part.strip())
        if not found:
            continue
        try:
            day = date.fromisoformat(found["day"])
        except ValueError:
            continue
        counts = _counts(found["counts"])
        if counts is None:
            continue
        chamber, committee = _voting_body(found["body"], number)
        calls.append(
            RollCallLine(day, chamber, *counts, committee=committee, amendment=found["letter"] or "")
        )
    return tuple(calls)


def _counts(text: str) -> tuple[int, int, int] | None:
    """Ayes, nays and others; None where the record marks a column "?". "Aye with reservations" is an aye."""
    if pair := _PAIR.match(text):
        return int(pair[1]), int(pair[2]), 0
    ayes = nays = others = 0
    named = _COUNT.findall(text)
    for count, word in named:
        first = word.lower().split()[0]
        if first == "?":
            return None
        if first in _AYES:
            ayes += int(count)
        elif first in _NAYS:
            nays += int(count)
        elif first != "needed":
            others += int(count)
    return (ayes, nays, others) if named else None


def _voting_body(body: str, number: PrintNumber) -> tuple[str, str]:
    """Chamber and committee of "Senate floor", "Senate Rules committee", "Committee on Immigration"."""
    lowered = body.lower()
    chamber = next((code for name, code in _CHAMBERS.items() if lowered.startswith(name)), number.chamber)
    return chamber, body if "committee" in lowered else ""


def _sponsors(record: BillRecord) -> tuple[SponsorLine, ...] | None:
    if not record.sponsor and not record.model_fields_set & {"cosponsors", "multisponsors"}:
        return None
    prime = [SponsorLine(record.sponsor, "prime")] if record.sponsor else []
    return (
        *prime,
        *(SponsorLine(name, "co") for name in record.cosponsors),
        *(SponsorLine(name, "multi") for name in record.multisponsors),
    )


def _prints(record: BillRecord) -> tuple[PrintLine, ...]:
    """The original, whether the record lists it or not, and every print that it lists."""
    lines = [PrintLine("")] + [
        PrintLine(
            each.letter,
            each.published_on,
            title=each.title or None,
            act_clause=each.act_clause or None,
            law_section=each.law_section or None,
            text=each.text or None,
        )
        for each in record.amendments
    ]
    return tuple({line.letter: line for line in lines}.values())


def _versions(record: BillRecord) -> tuple[tuple[PrintNumber, ...], tuple[PrintNumber, ...]]:
    """Earlier and later forms. Within one session the list that a form stands in tells which it is."""
    stated = [(version, False) for version in record.versions_in_other_sessions]
    stated += [(version, True) for version in record.later_versions_by_backlink]
    earlier: list[PrintNumber] = []
    later: list[PrintNumber] = []
    for version, is_later in stated:
        other = _other(record, version)
        if version.session != record.session:
            is_later = version.session > record.session
        (later if is_later else earlier).append(other)
    return tuple(earlier), tuple(later)


def _other(record: BillRecord, other: str | OtherVersion) -> PrintNumber:
    text, session = (other, record.session) if isinstance(other, str) else (other.print_no, other.session)
    try:
        return parse_print_no(text, legislature=record.legislature, session=session)
    except ValueError as error:
        raise UnexpectedAnswer(
            f"{record.print_no} ({record.session}) names a related bill: {error}"
        ) from None


def _start_of_day(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _key(number: PrintNumber) -> tuple[str, int | None, str]:
    return number.legislature, number.session, number.base_print_no
