"""ParsedDocument into rows: one transaction a document, nothing doubled, nothing that staff wrote lost.

A statement is known by its title, date and publisher, so the original and our retelling of it are one statement with
two source documents. The original is preferred whichever comes first; a retelling never replaces it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils.text import slugify

from bills.models import Bill, Issue
from bills.print_numbers import PrintNumber, parse_print_no
from sponsors.models import Organization, Person
from sponsors.people import load_roster_of_people
from sponsors.publishing import pages_changed
from sponsors.resolution import Roster
from statements.documents import ParsedDocument, read
from statements.documents.parsed import BillNamed
from statements.models import BillMention, Position, Remark, SourceDocument, Speaker, Statement
from statements.search.indexing import bills_named_by, index_statements

LONGEST_SLUG = 100


@dataclass(frozen=True)
class Loaded:
    """What loading one document did: "new", "changed", "unchanged", or "kept" where a better source stands."""

    statement: Statement
    outcome: str


def fold(text: str) -> str:
    """`text` for comparison: no case, accents, punctuation or double spaces."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return " ".join(re.sub(r"[^\w]+", " ", plain.casefold()).split())


def identity_of(parsed: ParsedDocument) -> str:
    """Hash of what makes a statement the same one: its title, date and publisher."""
    parts = (fold(parsed.title), parsed.date.isoformat() if parsed.date else "", fold(parsed.publisher))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class DocumentLoader:
    """Writes documents; holds the roster and organisations for the length of a run."""

    def __init__(self, roster: Roster | None = None) -> None:
        self._roster = roster

    @property
    def roster(self) -> Roster:
        if self._roster is None:
            self._roster = load_roster_of_people()
        return self._roster

    @transaction.atomic
    def load(self, parsed: ParsedDocument, *, filename: str, raw: str) -> Loaded:
        """Store one document. Safe to repeat; two at once give one statement."""
        sha256 = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
        identity = identity_of(parsed)
        statement, created = Statement.objects.select_for_update().get_or_create(
            identity=identity,
            defaults={
                "title": parsed.title,
                "kind": parsed.kind,
                "date": parsed.date,
                "slug": self._free_slug(parsed.title, parsed.date),
                "is_retold": parsed.retold,
            },
        )
        known = {document.sha256 for document in statement.source_documents.all()}
        if sha256 in known:
            return Loaded(statement, "unchanged")
        SourceDocument.objects.create(
            sha256=sha256,
            statement=statement,
            filename=filename[-255:],
            text=raw.replace("\x00", ""),
            source_url=parsed.source_url,
            is_retold=parsed.retold,
        )
        if parsed.retold and not created and not statement.is_retold:
            return Loaded(statement, "kept")
        self._write(statement, parsed)
        return Loaded(statement, "new" if created else "changed")

    def _free_slug(self, title: str, day: date | None) -> str:
        stem = slugify(title)[:LONGEST_SLUG].strip("-") or "statement"
        year = {"date__year": day.year} if day else {"date": None}
        taken = set(Statement.objects.filter(slug__startswith=stem, **year).values_list("slug", flat=True))
        free = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
        return next(slug for slug in free if slug not in taken)

    def _write(self, statement: Statement, parsed: ParsedDocument) -> None:
        pages_changed()
        bills_before = bills_named_by([statement.pk])
        self._write_rows(statement, parsed)
        index_statements([statement.pk], bills_before=bills_before)

    def _write_rows(self, statement: Statement, parsed: ParsedDocument) -> None:
        facts = {
            "kind": parsed.kind,
            "title": parsed.title,
            "publisher": parsed.publisher,
            "body": parsed.body,
            "programmes": [programme.name for programme in parsed.programmes],
            "drafting_numbers": list(parsed.drafting_numbers),
            "events": [
                {
                    "kind": event.kind,
                    "date": event.date.isoformat() if event.date else None,
                    "words": event.words,
                }
                for event in parsed.events
            ],
            "stage_stated": parsed.status_stage,
            "committee_stated": parsed.committee,
            "source_url": parsed.source_url or statement.source_url,
            "is_retold": parsed.retold,
        }
        for name, value in facts.items():
            if name not in statement.edited_fields:
                setattr(statement, name, fitting(Statement, name, value))
        statement.save()
        if "issues" not in statement.edited_fields:
            statement.issues.set(issues_named(parsed.issues))
        bills = self._write_mentions(statement, parsed)
        if "remarks" not in statement.edited_fields:
            speakers = self._write_speakers(statement, parsed)
            self._write_remarks(statement, parsed, speakers)
            self._write_positions(statement, parsed, speakers, bills)

    def _write_speakers(self, statement: Statement, parsed: ParsedDocument) -> dict[str, Speaker]:
        chosen = {
            (row.name_as_written, row.organization_as_written): (row.person, row.organization)
            for row in statement.speakers.select_related("person", "organization")
        }
        clear(statement, Position, Remark, Speaker)
        named = [(parsed.primary_speaker, True)] if parsed.primary_speaker else []
        named += [(speaker, False) for speaker in parsed.speakers]
        rows = {}
        for place, (speaker, is_primary) in enumerate(named, start=1):
            found = self.roster.resolve(speaker.name, title=speaker.title, on=statement.date)
            person, organization = chosen.get((speaker.name, speaker.organisation), (None, None))
            rows[speaker.name] = Speaker.objects.create(
                statement=statement,
                place=place,
                is_primary=is_primary,
                name_as_written=fitting(Speaker, "name_as_written", speaker.name),
                role=fitting(Speaker, "role", speaker.title),
                organization_as_written=fitting(Speaker, "organization_as_written", speaker.organisation),
                person=person or self._person(found.person_key),
                organization=organization or organization_named(speaker.organisation),
                why_unresolved=(
                    "" if person or found.person_key else fitting(Speaker, "why_unresolved", found.reason)
                ),
            )
        return rows

    def _person(self, key: Any) -> Person | None:
        return Person.objects.filter(pk=key).first() if key else None

    def _write_remarks(
        self, statement: Statement, parsed: ParsedDocument, speakers: dict[str, Speaker]
    ) -> None:
        for place, remark in enumerate(parsed.remarks, start=1):
            Remark.objects.create(
                statement=statement,
                speaker=speakers.get(remark.speaker),
                place=place,
                text=remark.text,
                verbatim=remark.verbatim and not parsed.retold,
            )

    def _write_mentions(self, statement: Statement, parsed: ParsedDocument) -> dict[str, Bill]:
        """One row for each bill as written; returns the bills we hold, by that writing."""
        kept = {row.as_written: row for row in statement.bill_mentions.select_related("bill")}
        bills = {}
        for named in parsed.bills:
            number = number_of(named)
            row = kept.pop(named.as_written, None) or BillMention(
                statement=statement, as_written=named.as_written[:80]
            )
            row.bill = row.bill or bill_numbered(number, statement.date)
            row.legislature_code = named.legislature
            row.session_year = number.session
            row.base_print_no = number.base_print_no
            row.amendment = named.amendment
            row.is_chief = named.is_chief
            row.stage_stated = fitting(BillMention, "stage_stated", named.stage)
            row.stated_since = named.status_date
            row.committee_stated = fitting(BillMention, "committee_stated", named.committee)
            row.sponsor_stated = fitting(BillMention, "sponsor_stated", named.sponsor)
            row.save()
            if row.bill:
                bills[named.as_written] = row.bill
        for stale in kept.values():
            stale.delete()
        return bills

    def _write_positions(
        self,
        statement: Statement,
        parsed: ParsedDocument,
        speakers: dict[str, Speaker],
        bills: dict[str, Bill],
    ) -> None:
        amendments = {named.as_written: named.amendment for named in parsed.bills}
        for taken in parsed.positions:
            bill = bills.get(taken.target)
            speaker = speakers.get(taken.holder)
            organization = None if speaker else organization_named(taken.holder)
            if bill and (speaker or organization):
                Position.objects.get_or_create(
                    statement=statement,
                    bill=bill,
                    speaker=speaker,
                    organization=organization,
                    defaults={"stance": taken.stance, "amendment": amendments[taken.target]},
                )

    @transaction.atomic
    def read_again(self, statement: Statement) -> None:
        """Write a statement's facts anew from the text they came from, now that more people or bills are here."""
        statement = Statement.objects.select_for_update().get(pk=statement.pk)
        document = statement.source_documents.filter(is_retold=statement.is_retold).first()
        if document:
            self._write(statement, read(document.text, filename=document.filename))


def tie_waiting() -> int:
    """Read again the statements that name a bill or a person who has come since; how many those were.

    Needed because documents may be loaded before the bills and people that they name.
    """
    waiting = Statement.objects.filter(
        Q(bill_mentions__isnull=False, bill_mentions__bill=None)
        | Q(speakers__person=None, speakers__why_unresolved__gt="")
    )
    loader, tied = DocumentLoader(), 0
    for statement in waiting.distinct().iterator():
        bill_came = any(
            bill_numbered(number_of_mention(row), statement.date)
            for row in statement.bill_mentions.filter(bill=None)
        )
        person_came = any(
            loader.roster.resolve(row.name_as_written, title=row.role, on=statement.date).person_key
            for row in statement.speakers.filter(person=None)
        )
        if bill_came or person_came:
            loader.read_again(statement)
            tied += 1
    return tied


def number_of_mention(mention: BillMention) -> PrintNumber:
    return parse_print_no(
        mention.base_print_no, legislature=mention.legislature_code, session=mention.session_year
    )


def clear(statement: Statement, *models: type[Model]) -> None:
    for model in models:
        model._default_manager.filter(statement=statement).delete()


def number_of(named: BillNamed) -> PrintNumber:
    return PrintNumber(
        legislature=named.legislature,
        designator=named.designator,
        number=named.number,
        amendment=named.amendment,
        session=named.session,
        year=named.year,
    )


def bill_numbered(number: PrintNumber, day: date | None) -> Bill | None:
    """The bill that a statement of `day` means by `number`; None where that is not certain.

    A number without a session is matched by the day; without either only where it was used once.
    """
    found = Bill.objects.numbered(number)
    if number.session is None and day:
        found = found.filter(session__start__lte=day, session__end__gte=day)
    matches = list(found[:2])
    return matches[0] if len(matches) == 1 else None


def fitting(model: type[Model], name: str, value: Any) -> Any:
    """`value` cut to what the column can hold; a list's texts each. Hostile texts have names of any length."""
    field: Any = model._meta.get_field(name)
    if isinstance(value, list) and field.get_internal_type() == "ArrayField":
        return [text[: field.base_field.max_length] for text in value]
    return value[: field.max_length] if isinstance(value, str) and field.max_length else value


def issues_named(names: Iterable[str]) -> list[Issue]:
    rows = []
    for name in names:
        slug = slugify(name)[:80]
        if slug:
            rows.append(Issue.objects.get_or_create(slug=slug, defaults={"name": name[:80]})[0])
    return rows


def organization_named(name: str) -> Organization | None:
    """The organisation of exactly this name or alias; None where we hold none, for staff to add."""
    name = name.removeprefix("the ").removeprefix("The ").strip()
    if not name:
        return None
    for spelling in (name, f"The {name}"):
        found = Organization.objects.filter(name__iexact=spelling).first()
        if found:
            return found
    return Organization.objects.filter(aliases__contains=[name]).first()
