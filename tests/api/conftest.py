from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bills.models import (
    Amendment,
    Change,
    Issue,
    PollAnswer,
    Proposal,
    RelatedBill,
    RollCall,
    Sponsorship,
    Stage,
)
from bills.models.record import Action, AgendaItem, BillDocument, ExecutiveMessage
from sponsors.models import Committee, Organization
from statements.models import Position
from tests.factories import make_bill, make_person, make_session, make_statement, make_term

CHECKED = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _reading_in_march_2026(time_machine):
    time_machine.move_to("2026-03-10T12:00:30-04:00", tick=False)


@pytest.fixture
def record(db):
    """One bill with a row of every kind, spoken of in a published statement and in a draft."""
    make_session()  # with its legislature, which a flushed database lacks
    committee = Committee.objects.create(legislature_id="ny", chamber="senate", name="Codes", slug="codes")
    proposal = Proposal.objects.create(slug="example-act", name="Example Act")
    bill = make_bill(
        "S90001",
        year=2025,
        title="Relates to an example",
        short_name="Example Act",
        committee=committee,
        status_chamber="senate",
        status_committee="Codes",
        status_date=date(2026, 1, 7),
        active_amendment="A",
        proposal=proposal,
        introduced_on=date(2025, 1, 8),
        last_action_on=date(2026, 1, 7),
        source="open_legislation",
        source_url="https://example.org/s90001",
        checked_at=CHECKED,
        read_at=CHECKED,
        changed_at=datetime(2026, 1, 8, tzinfo=UTC),
        plain_summary="It would do an example.",
    )
    companion = make_bill("A90002", year=2025, chamber="assembly", proposal=proposal)
    bill.issues.add(Issue.objects.create(slug="examples", name="Examples"))
    person = make_person("Ana Example")
    term = make_term(person, district="29", party="Democratic", start=date(2019, 1, 1))
    Sponsorship.objects.create(
        bill=bill, kind="prime", position=1, name_as_written="EXAMPLE", person=person, term=term
    )
    Sponsorship.objects.create(bill=bill, kind="co", position=2, name_as_written="NOBODY KNOWN")
    for letter in ("", "A"):
        Amendment.objects.create(bill=bill, letter=letter, published_on=date(2025, 1, 8))
    Action.objects.create(
        bill=bill, sequence=1, date=date(2026, 1, 7), chamber="senate", text="REFERRED TO CODES"
    )
    Stage.objects.create(bill=bill, position=1, code="IN_SENATE_COMM", chamber="senate", committee="CODES")
    RelatedBill.objects.create(
        bill=bill, kind="same_as", session_year=2025, print_no="A90002", related=companion
    )
    RollCall.objects.create(
        bill=bill,
        date=date(2025, 5, 1),
        chamber="senate",
        committee="Codes",
        ayes=7,
        nays=5,
        member_votes=[["aye", "Example"], ["nay", "Other"]],
    )
    ExecutiveMessage.objects.create(bill=bill, kind="veto", year=2025, number=3, text="I am returning it.")
    AgendaItem.objects.create(
        bill=bill, kind="agenda", year=2026, number=4, chamber="senate", committee="Codes"
    )
    BillDocument.objects.create(bill=bill, kind="text", name="S90001A", url="https://example.org/s90001a.pdf")
    for number, answer in enumerate(("aye", "aye", "nay"), start=1):
        PollAnswer.objects.create(
            bill=bill, voter=f"00000000-0000-0000-0000-00000000000{number}", answer=answer
        )
    Change.objects.create(
        bill=bill,
        fact="status",
        before="SENATE_FLOOR",
        after="IN_SENATE_COMM",
        source="open_legislation",
        found_at=datetime(2026, 1, 8, tzinfo=UTC),
    )
    Change.objects.create(
        bill=bill,
        fact="title",
        before="KEPT OUT BEFORE",
        after="KEPT OUT",
        source="open_legislation",
        found_at=datetime(2026, 1, 9, tzinfo=UTC),
        was_kept_out=True,
    )
    said = make_statement(
        "An example speaks",
        bill=bill,
        amendment="A",
        speaker="Ana Example",
        says="We need this example.",
        stance="supports",
        person=person,
        date=date(2026, 2, 2),
    )
    said.issues.add(bill.issues.get())
    heard = Organization.objects.create(slug="example-coalition", name="Example Coalition")
    Position.objects.create(statement=said, bill=bill, organization=heard, stance="supports")
    return bill


HIDDEN = "Zqxhidden"  # stands in everything that no reader may see


TO_COME = "Zqxtocome"  # stands in what the record dates in days to come


@pytest.fixture
def to_come(record):
    """A line of the record, a step, a vote and changes that are dated tomorrow."""
    tomorrow = date(2026, 3, 11)
    Action.objects.create(bill=record, sequence=2, date=tomorrow, chamber="senate", text=f"{TO_COME} LINE")
    Stage.objects.create(bill=record, position=2, code=f"{TO_COME}_STAGE", chamber="senate", date=tomorrow)
    RollCall.objects.create(
        bill=record, date=tomorrow, chamber="senate", committee=f"{TO_COME} committee", ayes=1, nays=0
    )
    for fact in ("action", "roll_call"):
        found = {"source": "open_legislation", "found_at": datetime(2026, 1, 8, tzinfo=UTC)}
        Change.objects.create(bill=record, fact=fact, after=f"{tomorrow} Senate: {TO_COME}", **found)
        Change.objects.create(bill=record, fact=fact, before=f"{tomorrow} Senate: {TO_COME}", **found)
    return record


@pytest.fixture
def hidden(record):
    """What must appear nowhere: an unpublished bill, a draft, and those of whom only these tell."""
    person = make_person(f"{HIDDEN} Person", slug=f"{HIDDEN.lower()}-person")
    bill = make_bill(
        "S90009",
        year=2025,
        title=f"{HIDDEN} bill",
        is_published=False,
        proposal=record.proposal,
        status_committee=f"{HIDDEN} committee",
        committee=Committee.objects.create(
            legislature_id="ny",
            chamber="senate",
            name=f"{HIDDEN} committee",
            slug=f"{HIDDEN.lower()}-committee",
        ),
    )
    Action.objects.create(
        bill=bill, sequence=1, date=date(2026, 1, 7), chamber="senate", text=f"{HIDDEN} ACTION"
    )
    Amendment.objects.create(bill=bill, letter="Z")
    Sponsorship.objects.create(bill=bill, kind="prime", position=1, name_as_written=HIDDEN, person=person)
    RollCall.objects.create(
        bill=bill, date=date(2025, 5, 1), chamber="senate", committee=HIDDEN, ayes=1, nays=0
    )
    RelatedBill.objects.create(bill=bill, kind="earlier", session_year=2023, print_no="S1", related=record)
    RelatedBill.objects.create(bill=record, kind="later", session_year=2027, print_no="S9", related=bill)
    Change.objects.create(
        bill=bill, fact="title", after=HIDDEN, source="records", found_at=datetime(2026, 1, 8, tzinfo=UTC)
    )
    organization = Organization.objects.create(slug=f"{HIDDEN.lower()}-group", name=f"{HIDDEN} Group")
    draft = make_statement(
        f"{HIDDEN} draft",
        bill=record,
        speaker=f"{HIDDEN} Person",
        says=f"{HIDDEN} said so.",
        stance="opposes",
        person=person,
        state="draft",
    )
    Position.objects.create(statement=draft, bill=record, organization=organization, stance="opposes")
    said = record.positions.filter(stance="supports").first().statement
    said.bill_mentions.create(
        bill=bill, as_written="S90009", legislature_code="ny", session_year=2025, base_print_no="S90009"
    )
    Position.objects.create(
        statement=said,
        bill=bill,
        organization=Organization.objects.get(slug="example-coalition"),
        stance="neutral",
    )
    return bill
