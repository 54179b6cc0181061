"""The tables of bulk files about bills.

Bills are read as rows, since their words are worked out from many columns. Of the tables with many rows per bill only
the columns that are written are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from pydantic import Field

from bills.api import shapes
from bills.api.rows import bill_id, facts_of, path_of, texts_of
from bills.models import (
    Action,
    Amendment,
    Bill,
    Change,
    Issue,
    Proposal,
    RelatedBill,
    RollCall,
    Sponsorship,
)
from bills.pages.change_log import fact_in_words
from bills.refresh.facts import web_address
from sponsors.addresses import absolute
from sponsors.api.shapes import Shape, known
from sponsors.bulk.table import READ_AT_ONCE, Row, Table

_BILL = ("bill__session__legislature_id", "bill__session__year", "bill__slug")


class BillRow(shapes.BillTexts, shapes.Bill):
    poll_aye: int = Field(description="Visitors of this site in favour. No scientific sample.")
    poll_nay: int = Field(description="Visitors of this site against. No scientific sample.")
    poll_undecided: int = Field(description="Undecided visitors of this site. No scientific sample.")


class _OfBill(Shape):
    bill: str = Field(description="Stable name of the bill.")


class ActionRow(shapes.ActionFacts, _OfBill):
    pass


class SponsorshipRow(shapes.SponsorshipFacts, _OfBill):
    pass


class RollCallRow(shapes.RollCallFacts, _OfBill):
    pass


class PrintRow(shapes.PrintFacts, _OfBill):
    pass


class RelationRow(shapes.RelationFacts, _OfBill):
    pass


def _bills(today: date) -> Iterator[Row]:
    for bill in Bill.objects.published().for_bulk().order_by("pk").iterator(READ_AT_ONCE):
        counts = {row["answer"]: row["count"] for row in bill.poll_counts}
        yield {
            **facts_of(bill, today=today),
            **texts_of(bill, [one["slug"] for one in bill.issues_filed]),
            "url": absolute(path_of(bill)),
            "page": absolute(bill.get_absolute_url()),
            **{f"poll_{answer}": counts.get(answer, 0) for answer in ("aye", "nay", "undecided")},
        }


def _of_bills(rows: QuerySet, *order: str, **columns: str) -> Iterator[Row]:
    """Rows of a table beside the bills, by bill: the columns under the names of the file, empty text as null."""
    names = list(columns)
    read = (
        rows.filter(bill__is_published=True)
        .order_by("bill_id", *order)
        .values_list(*_BILL, *columns.values())
        .iterator(READ_AT_ONCE)
    )
    for legislature, session, slug, *values in read:
        yield {"bill": bill_id(legislature, session, slug), **dict(zip(names, values, strict=True))}


def _nulls(rows: Iterator[Row], *may_be_null: str) -> Iterator[Row]:
    for row in rows:
        for name in may_be_null:
            row[name] = known(row[name])
        yield row


def _same_names(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _actions(today: date) -> Iterator[Row]:
    columns = _same_names("sequence", "date", "chamber", "text", "body", "result")
    return _nulls(_of_bills(Action.objects.until(today), "sequence", **columns), "body", "result")


def _sponsorships(_today: date) -> Iterator[Row]:
    columns = _same_names("kind", "position", "name_as_written", "withdrawn_on") | {
        "person": "person__slug",
        "name": "person__name",
        "party": "term__party",
        "district": "term__district",
    }
    return _nulls(_of_bills(Sponsorship.objects.all(), "position", "pk", **columns), "party", "district")


def _roll_calls(today: date) -> Iterator[Row]:
    columns = _same_names("date", "chamber", "committee", "ayes", "nays", "others") | {"print": "amendment"}
    return _nulls(_of_bills(RollCall.objects.until(today), "date", "pk", **columns), "committee")


def _prints(_today: date) -> Iterator[Row]:
    return _of_bills(Amendment.objects.all(), "letter", **_same_names("letter", "published_on"))


def _relations(_today: date) -> Iterator[Row]:
    columns = _same_names("kind", "print_no") | {
        "session": "session_year",
        "legislature": "related__session__legislature_id",
        "year": "related__session__year",
        "slug": "related__slug",
        "is_published": "related__is_published",
    }
    for row in _of_bills(RelatedBill.objects.all(), "kind", "session_year", "print_no", **columns):
        other = bill_id(row.pop("legislature"), row.pop("year"), row.pop("slug"))
        yield {**row, "related": other if row.pop("is_published") else None}


def _changes(today: date) -> Iterator[Row]:
    columns = _same_names("found_at", "fact", "before", "after", "source", "source_url")
    for row in _of_bills(Change.objects.for_readers(today), "found_at", "pk", **columns):
        row["source_url"] = web_address(row["source_url"])
        yield {**row, "fact_words": fact_in_words(row["fact"])} | {
            name: known(row[name]) for name in ("before", "after", "source_url")
        }


def _proposals(_today: date) -> Iterator[Row]:
    for row in Proposal.objects.with_bills().order_by("slug").iterator(READ_AT_ONCE):
        yield {"id": row.slug, "name": row.name}


def _issues(_today: date) -> Iterator[Row]:
    for row in Issue.objects.order_by("slug").iterator(READ_AT_ONCE):
        yield {"id": row.slug, "name": row.name, "description": known(row.description)}


TABLES = [
    Table("bills", "Every bill that we follow, and where it stands.", BillRow, _bills),
    Table("actions", "The official record of each bill, one row a line.", ActionRow, _actions),
    Table("sponsorships", "Who carries which bill, and who did.", SponsorshipRow, _sponsorships),
    Table(
        "roll_calls",
        "Recorded votes. Those of the New York Assembly are not in our source: no row does not mean no vote.",
        RollCallRow,
        _roll_calls,
    ),
    Table("prints", "Each print of a bill.", PrintRow, _prints),
    Table("relations", "Ties between bills, as their own records state them.", RelationRow, _relations),
    Table("changes", "Each fact that a source told otherwise than before.", shapes.ChangeFacts, _changes),
    Table("proposals", "The same proposal across chambers and sessions.", shapes.ProposalFacts, _proposals),
    Table("issues", "Subjects that bills and statements are filed under.", shapes.IssueFacts, _issues),
]
