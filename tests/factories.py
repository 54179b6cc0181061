"""Rows and answers for tests: plain functions that fill in what a test does not care about."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

from django.utils.text import slugify

from bills.models import Bill, Session
from bills.print_numbers import parse_print_no, session_end, session_label, session_start
from bills.providers.base import BillSnapshot, SponsorLine
from bills.search.indexing import index_bills
from bills.stages import ActionLine
from sponsors.models import Legislature, Person, Term
from statements.models import BillMention, Position, Remark, Speaker, Statement
from statements.search.indexing import index_statements

NOW = datetime(2018, 3, 1, 12, tzinfo=UTC)
NAMES = {"ny": "New York State", "nyc": "New York City", "us": "Congress"}
_numbers = itertools.count(90001)


def make_session(legislature: str = "ny", year: int = 2017) -> Session:
    """The session, made where it is not there; its legislature too, which a flushed database lacks."""
    Legislature.objects.get_or_create(
        code=legislature, defaults={"name": NAMES[legislature], "short_name": NAMES[legislature]}
    )
    return Session.objects.get_or_create(
        legislature_id=legislature,
        year=year,
        defaults={
            "label": session_label(legislature, year),
            "start": session_start(legislature, year),
            "end": session_end(legislature, year),
        },
    )[0]


def make_bill(print_no: str = "", *, legislature: str = "ny", year: int = 2017, **fields) -> Bill:
    """A bill in committee, with a number of its own where none is given; search finds it as it is made here."""
    number = parse_print_no(print_no or f"S{next(_numbers)}", legislature=legislature, session=year)
    bill = Bill.objects.create(
        session=make_session(legislature, year),
        base_print_no=number.base_print_no,
        slug=number.slug,
        **{"chamber": number.chamber, "status": "IN_SENATE_COMM", "title": "Relates to an example"} | fields,
    )
    index_bills([bill.pk])
    return bill


def make_person(name: str = "Ana Example", *, terms: tuple[tuple[str, str], ...] = (), **fields) -> Person:
    """A person, with an unbounded term in each (legislature, chamber) of `terms`."""
    slug = fields.pop("slug", name.lower().replace(" ", "-").replace(".", ""))
    given, _, surname = name.rpartition(" ")
    person = Person.objects.create(name=name, slug=slug, sort_name=f"{surname}, {given}", **fields)
    for legislature, chamber in terms:
        make_term(person, legislature=legislature, chamber=chamber)
    return person


def make_term(person: Person, *, legislature: str = "ny", chamber: str = "senate", **fields) -> Term:
    return Term.objects.create(person=person, legislature_id=legislature, chamber=chamber, **fields)


def lines(*texts: str) -> tuple[ActionLine, ...]:
    """Actions written as "2017-02-02 senate REFERRED TO FINANCE"."""
    parts = [text.split(" ", 2) for text in texts]
    return tuple(ActionLine(date.fromisoformat(day), chamber, text) for day, chamber, text in parts)


def make_snapshot(
    print_no: str = "S4075",
    actions: tuple[ActionLine, ...] | None = lines("2017-02-02 senate REFERRED TO FINANCE"),
    *,
    legislature: str = "ny",
    session: int = 2017,
    sponsors: tuple[str, ...] | None = None,
    **stated,
) -> BillSnapshot:
    """A provider's answer. The first of `sponsors` is the prime sponsor, related bills stand by number."""
    number = parse_print_no(print_no, legislature=legislature, session=session)
    for kind in ("same_as", "earlier", "later"):
        if kind in stated:
            stated[kind] = tuple(
                parse_print_no(other, legislature=legislature, session=session) for other in stated[kind]
            )
    named = None
    if sponsors is not None:
        named = tuple(SponsorLine(name, "co" if place else "prime") for place, name in enumerate(sponsors))
    return BillSnapshot(number, actions, sponsors=named, **{"title": "Relates to an example"} | stated)


def make_statement(
    title: str = "An example speaks",
    *,
    bill: Bill | None = None,
    amendment: str = "",
    speaker: str = "",
    says: str = "",
    verbatim: bool = True,
    stance: str = "",
    person: Person | None = None,
    **fields,
) -> Statement:
    """A published statement, with one speaker, remark, mention and position where they are given."""
    slug = slugify(title)
    statement = Statement.objects.create(
        identity=f"{next(_numbers):064}",
        title=title,
        **{"slug": slug, "kind": "press_release", "date": date(2017, 2, 6), "publisher": "An Office"}
        | fields,
    )
    spoken_by = None
    if speaker:
        spoken_by = Speaker.objects.create(
            statement=statement,
            place=1,
            is_primary=True,
            name_as_written=speaker,
            role="Senator",
            person=person,
        )
    if says:
        Remark.objects.create(statement=statement, speaker=spoken_by, place=1, text=says, verbatim=verbatim)
    if bill:
        BillMention.objects.create(
            statement=statement,
            bill=bill,
            as_written=f"{bill.base_print_no}{amendment}",
            legislature_code=bill.session.legislature_id,
            session_year=bill.session.year,
            base_print_no=bill.base_print_no,
            amendment=amendment,
            is_chief=True,
        )
    if stance:
        Position.objects.create(
            statement=statement, bill=bill, speaker=spoken_by, stance=stance, amendment=amendment
        )
    index_statements([statement.pk])
    return statement
