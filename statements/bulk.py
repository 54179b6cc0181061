"""The tables of bulk files about statements, and the whole set of tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import Prefetch
from pydantic import Field

from bills.bulk import TABLES as OF_BILLS
from bills.models import Bill, Issue
from sponsors.api.shapes import Shape
from sponsors.bulk import writing
from sponsors.bulk.table import READ_AT_ONCE, Row, Table
from sponsors.bulk.tables import TABLES as OF_PEOPLE
from statements.api import shapes
from statements.api.statements import (
    mention_facts,
    position_facts,
    remark_facts,
    statement_facts,
    statement_id,
)
from statements.models import BillMention, Position, Remark, Speaker, Statement


class StatementRow(shapes.StatementFacts):
    speaker: str | None = Field(description="Name of its first speaker, as the statement writes it.")
    person: str | None = Field(description="Stable name of that person, where we know who it is.")
    issues: list[str] = Field(description="Stable names of the issues that it is filed under.")


class _OfStatement(Shape):
    statement: str = Field(description="Stable name of the statement.")


class RemarkRow(shapes.RemarkFacts, _OfStatement):
    pass


class PositionRow(shapes.PositionFacts, _OfStatement):
    pass


class MentionRow(shapes.MentionFacts, _OfStatement):
    pass


def _statements(_today: date) -> Iterator[Row]:
    speakers = Speaker.objects.filter(is_primary=True).select_related("person")
    rows = (
        Statement.objects.published()
        .defer("body", "events")
        .prefetch_related(Prefetch("issues", Issue.objects.only("slug")), Prefetch("speakers", speakers))
        .order_by("pk")
    )
    for row in rows.iterator(READ_AT_ONCE):
        speaker = row.primary_speaker
        yield {
            **statement_facts(row),
            "speaker": speaker.name_as_written if speaker else None,
            "person": speaker.person.slug if speaker and speaker.person else None,
            "issues": [issue.slug for issue in row.issues.all()],
        }


def _remarks(_today: date) -> Iterator[Row]:
    rows = Remark.objects.filter(statement__state=Statement.State.PUBLISHED).select_related(
        "statement", "speaker__person"
    )
    for row in rows.defer("statement__body").order_by("statement", "place").iterator(READ_AT_ONCE):
        yield {"statement": statement_id(row.statement), **remark_facts(row)}


def _positions(_today: date) -> Iterator[Row]:
    rows = Position.objects.filter(
        statement__state=Statement.State.PUBLISHED, bill__is_published=True
    ).select_related("statement", "bill__session", "speaker__person", "organization")
    for row in rows.defer("statement__body").order_by("statement", "pk").iterator(READ_AT_ONCE):
        yield {"statement": statement_id(row.statement), **position_facts(row, row.bill)}


def _mentions(_today: date) -> Iterator[Row]:
    rows = BillMention.objects.filter(statement__state=Statement.State.PUBLISHED).select_related(
        "statement", "bill__session"
    )
    for row in rows.defer("statement__body").order_by("statement", "pk").iterator(READ_AT_ONCE):
        bill: Bill | None = row.bill if row.bill and row.bill.is_published else None
        yield {"statement": statement_id(row.statement), **mention_facts(row, bill)}


TABLES = [
    *OF_BILLS,
    *OF_PEOPLE,
    Table("statements", "Published statements, without their text.", StatementRow, _statements),
    Table("remarks", "What speakers say in them, word for word or in substance.", RemarkRow, _remarks),
    Table("positions", "Who supports or opposes which bill, by which statement.", PositionRow, _positions),
    Table("mentions", "Which bill, and which print of it, each statement names.", MentionRow, _mentions),
]


def write_bulk_files(folder: Path, *, now: datetime, told: writing.Told = lambda *_: None) -> dict[str, Any]:
    """Write all tables as a new set and return its manifest. Raises FolderInUse and OSError."""
    return writing.write_set(TABLES, folder, now=now, told=told)
