"""A bill as a source's answer makes it, and its page as a reader meets it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from bills.models import (
    AgendaItem,
    Amendment,
    Bill,
    BillDocument,
    Change,
    ExecutiveMessage,
    Issue,
    PrintText,
    Proposal,
    RelatedBill,
    RollCall,
    Sponsorship,
)
from bills.refresh import store
from tests.factories import lines, make_person, make_snapshot, make_statement, make_term
from tests.reading import text_of

NOW = datetime(2026, 3, 10, 16, tzinfo=UTC)
DEAD = lines(
    "2017-02-02 senate REFERRED TO FINANCE",
    "2017-02-06 senate AMEND AND RECOMMIT TO FINANCE",
    "2017-02-06 senate PRINT NUMBER 9001A",
    "2018-01-03 senate REFERRED TO FINANCE",
)
LAW = lines(
    "2019-01-30 assembly referred to codes",
    "2019-06-11 assembly reported referred to rules",
    "2019-06-11 assembly ordered to third reading rules cal.118",
    "2019-06-12 assembly passed assembly",
    "2019-06-12 senate REFERRED TO RULES",
    "2019-06-17 senate SUBSTITUTED FOR S9003B",
    "2019-06-17 senate 3RD READING CAL.1466",
    "2019-06-17 senate PASSED SENATE",
    "2019-06-17 assembly delivered to governor",
    "2019-06-17 assembly signed chap.37",
)


def stored(print_no: str, actions, *, session: int = 2017, source: str = "records", **stated) -> Bill:
    """A bill as a source's answer makes it."""
    legislature = stated.pop("legislature", "ny")
    snapshot = make_snapshot(print_no, actions, session=session, legislature=legislature, **stated)
    return store(snapshot, source=source, now=NOW).bill


def read(client, bill: Bill) -> str:
    answer = client.get(bill.get_absolute_url())
    assert answer.status_code == 200
    return text_of(answer)


def full_bill() -> Bill:
    """A bill with more of everything than any that we know; its texts are such as no compression shortens."""
    words = random.Random(7)

    def noise(length: int) -> str:
        return "".join(words.choices("abcdefghijklmnopqrstuvwxyz    ", k=length))

    proposal = Proposal.objects.create(slug="example", name="The Example Act")
    bill = stored(
        "S9001",
        lines(*(f"2017-{1 + n // 28:02}-{1 + n % 28:02} senate REFERRED TO EXAMPLE" for n in range(200))),
    )
    other = stored("A9001", lines("2017-02-03 assembly referred to codes"))
    Bill.objects.update(proposal=proposal)
    for n in range(121):
        person = make_person(f"Person {n}", slug=f"person-{n}")
        term = make_term(person, district=str(n + 1), party="Democratic")
        Sponsorship.objects.create(
            bill=bill,
            kind="co" if n else "prime",
            position=n,
            name_as_written=f"P{n}",
            person=person,
            term=term,
        )
    for n in range(50):
        make_statement(
            f"Example speaks {n}",
            bill=bill,
            amendment="A",
            speaker="Ana Example",
            says="Words.",
            stance="supports",
        )
    for n in range(8):
        issue = Issue.objects.create(slug=f"issue-{n}", name=f"Issue {n}")
        bill.issues.add(issue)
        RelatedBill.objects.create(bill=bill, kind="earlier", session_year=2015 - 2 * n, print_no=f"S{n + 1}")
    RelatedBill.objects.create(bill=bill, kind="same_as", session_year=2017, print_no="A9001", related=other)
    Amendment.objects.bulk_create(
        Amendment(
            bill=bill, letter=letter, title=noise(300), act_clause=noise(300),
            laws=[["amend", noise(8)] for _ in range(200)], sponsors=[["co", noise(12)] for _ in range(120)],
        )
        for letter in "ABCDE"
    )  # fmt: skip
    PrintText.objects.bulk_create(
        PrintText(bill=bill, letter=letter, text=noise(50_000), source="open_legislation")
        for letter in "ABCDE"
    )
    members = [noise(16) for _ in range(63)]
    for n in range(30):
        RollCall.objects.create(
            bill=bill, date=date(2017, 6, 1 + n), chamber="senate", ayes=40, nays=23,
            member_votes=[["aye" if words.random() < 0.6 else "nay", name] for name in members],
        )  # fmt: skip
    for n in range(3):
        ExecutiveMessage.objects.create(bill=bill, kind="line_veto", year=2018, number=n, text=noise(40_000))
    for n in range(200):
        Change.objects.create(
            bill=bill, fact="official_summary", before=noise(1000), after=noise(1000), source="open_legislation",
            found_at=NOW - timedelta(hours=n),
        )  # fmt: skip
        BillDocument.objects.create(
            bill=bill,
            kind="attachment",
            name=noise(40),
            url=f"https://example.org/{words.getrandbits(320):x}",
        )
        AgendaItem.objects.create(
            bill=bill, kind="agenda", year=2018, number=n, chamber="senate", committee="Codes"
        )
    Bill.objects.filter(pk=bill.pk).update(
        sponsor_memo=noise(20_000), fault="S9001 came without actions.", fault_at=NOW
    )
    return Bill.objects.get(pk=bill.pk)
