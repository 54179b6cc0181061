"""How many statements a refresh sends: bounded for one bill, the same for many, and for a run so many a bill."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bills.models import Bill, Change, RefreshItem, RefreshRun, SourceState
from bills.print_numbers import PrintNumber
from bills.providers.base import (
    AgendaLine,
    BillNotFound,
    BillSnapshot,
    DocumentLine,
    MessageLine,
    PrintLine,
    RollCallLine,
)
from bills.refresh import Known, sponsorships, store, store_all
from bills.refresh.parts import PARTS
from bills.rounds import runs
from bills.rounds.runs import Due
from bills.rounds.work import work_through
from bills.stages import ActionLine
from tests.factories import make_person, make_session, make_snapshot

READ_AT = datetime(2018, 3, 1, 12, tzinfo=UTC)
NOW = READ_AT + timedelta(days=9)
CODE = "open_legislation"
MOVED_AT_MOST = 12  # four to read, bill and history, one for each table that gains a row, changes, and search
CHANGED_AT_MOST = 26  # the same with nine tables of which each loses rows and gains some


def answer(place: int, *, moves: int = 0, day: int = 0) -> BillSnapshot:
    """A bill with something in every table. At each move it gets one more action and one more sponsor."""
    actions = tuple(
        ActionLine(date(2017, 2, 2) + timedelta(days=day), "senate", "REFERRED TO CODES")
        for day in range(5 + moves)
    )
    names = [f"Member {number}" for number in range(8 + moves)]
    return make_snapshot(
        f"S{place}",
        actions,
        sponsors=tuple(names),
        same_as=(f"A{place}",),
        prints=(PrintLine(""), PrintLine("A")),
        roll_calls=(RollCallLine(date(2017, 6, 1), "senate", 2, 0, votes=(("aye", "A B"), ("aye", "C D"))),),
        messages=(MessageLine("veto", 2017, place),),
        agenda=(AgendaLine("agenda", 2017, 3, "senate", "Codes"),),
        documents=(DocumentLine("text", "The bill", "https://example.org/text"),),
        read_at=READ_AT + timedelta(days=day),
    )


def all_other(place: int) -> BillSnapshot:
    """The same bill with nothing in any table as it was."""
    return make_snapshot(
        f"S{place}",
        (ActionLine(date(2017, 3, 3), "senate", "REFERRED TO LANTERNS"),),
        title="Another",
        sponsors=("Somebody Else",),
        same_as=(f"A{place + 1000}",),
        prints=(PrintLine("", date(2017, 1, 4)), PrintLine("B")),
        roll_calls=(RollCallLine(date(2017, 6, 2), "senate", 40, 20),),
        messages=(MessageLine("approval", 2018, place),),
        agenda=(AgendaLine("calendar", 2018, 4, "senate"),),
        documents=(DocumentLine("text", "The print", "https://example.org/print"),),
        read_at=READ_AT + timedelta(days=1),
    )


def put(answers: Iterable[BillSnapshot], known: Known) -> None:
    for result in store_all(answers, source=CODE, now=NOW, known=known):
        assert result.error is None


@contextmanager
def statements():
    """The statements sent within, without those that open and close transactions."""
    sent: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield sent
    sent += [
        query["sql"]
        for query in captured.captured_queries
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]


@pytest.fixture
def known(db) -> Known:
    """A run that has seen its session, committees and people."""
    make_session()
    known = Known()
    put([answer(999), all_other(998)], known)
    return known


# --- one bill, and fifty


@pytest.mark.parametrize("bills", [1, 50])
def test_a_bill_that_moved_costs_so_many_statements_and_fifty_cost_the_same(known, bills):
    put([answer(place) for place in range(1, bills + 1)], known)
    with statements() as sent:
        put([answer(place, moves=1, day=1) for place in range(1, bills + 1)], known)
    assert len(sent) <= MOVED_AT_MOST, sent
    assert Change.objects.count() >= 2 * bills


@pytest.mark.parametrize("bills", [1, 50])
def test_a_bill_of_which_everything_differs_costs_no_more_than_two_writes_a_table(known, bills):
    put([answer(place) for place in range(1, bills + 1)], known)
    with statements() as sent:
        put([all_other(place) for place in range(1, bills + 1)], known)
    assert {change.fact for change in Change.objects.all()} >= {part.fact(()) for part in PARTS[6:]}
    assert len(sent) <= CHANGED_AT_MOST, sent


@pytest.mark.parametrize("bills", [1, 50])
def test_a_new_bill_costs_so_many_statements_and_fifty_cost_the_same(known, bills):
    with statements() as sent:
        put([answer(place) for place in range(1, bills + 1)], known)
    assert len(sent) <= 16, sent


@pytest.mark.parametrize("bills", [1, 50])
def test_unchanged_bills_read_again_cost_two_statements_however_many(known, bills):
    put([answer(place) for place in range(1, bills + 1)], known)
    with statements() as sent:
        put([answer(place, day=1) for place in range(1, bills + 1)], known)
    assert len(sent) == 2, sent


def test_the_tables_below_a_bill_are_read_in_one_statement(known):
    put([answer(1)], known)
    with statements() as sent:
        put([answer(1, moves=1, day=1)], known)
    tables = [part.model._meta.db_table for part in PARTS]
    readings = [sql for sql in sent if sql.startswith("SELECT") and any(table in sql for table in tables)]
    assert len(readings) == 1
    assert all(table in readings[0] for table in tables)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.model.__name__)
def test_a_part_names_every_column_that_its_rows_have(part):
    columns = {field.attname for field in part.model._meta.concrete_fields}
    assert {*part.fields, "id", "bill_id"} == columns


# --- what is written without Django's own builder


def test_the_history_holds_the_row_as_it_was_written(known):
    put([answer(1)], known)
    put([all_other(1)], known)
    bill = Bill.objects.get(base_print_no="S1")
    latest, first = bill.history.order_by("-history_id")
    assert [(one.history_type, one.history_change_reason) for one in (first, latest)] == [
        ("+", CODE),
        ("~", CODE),
    ]
    for field in latest._meta.concrete_fields:
        if not field.name.startswith("history_"):
            assert getattr(latest, field.attname) == getattr(bill, field.attname), field.name
    assert (first.title, latest.title) == ("Relates to an example", "Another")


def test_changes_have_the_keys_of_their_rows(known):
    put([answer(1)], known)
    result = store(answer(1, moves=1, day=1), source=CODE, now=NOW, known=known)
    told = {change.pk: change.after for change in result.changes}
    assert told == dict(Change.objects.filter(bill=result.bill).values_list("pk", "after"))


def test_a_text_longer_than_its_column_is_refused_and_not_cut(known):
    from django.db import DataError

    from bills.refresh import tables

    put([answer(1)], known)
    bill = Bill.objects.get(base_print_no="S1")
    bill.short_name = "n" * 201
    with pytest.raises(DataError), transaction.atomic():
        tables.update(Bill, [bill], ["short_name"])


# --- the roster


@pytest.fixture
def readings(monkeypatch) -> list[str]:
    """One entry for each time that the roster is read."""
    times: list[str] = []
    load = sponsorships.load_people
    monkeypatch.setattr(sponsorships, "load_people", lambda: times.append("read") or load())
    return times


@pytest.mark.django_db
def test_the_roster_is_not_read_for_names_that_are_settled(readings):
    make_session()
    make_person("Ana Example", terms=(("ny", "senate"),))
    put([make_snapshot(sponsors=("Ana Example",))], Known())
    assert readings == ["read"]
    put([make_snapshot(sponsors=("Ana Example",), title="Moved")], Known())
    assert readings == ["read"]


# --- a run


class Source:
    """A source that has its answers ready; those of `missing` it does not have."""

    code = CODE
    name = title = "A source"
    legislatures = frozenset({"ny"})

    def __init__(self, answers: Iterable[BillSnapshot], missing: Iterable[str] = ()) -> None:
        self.answers = {one.number: one for one in answers}
        self.missing = set(missing)

    def fetch_bill(self, number: PrintNumber) -> BillSnapshot:
        if number.base_print_no in self.missing:
            raise BillNotFound("No such bill.")
        return self.answers[number]


def open_run(places: Iterable[int], **reading) -> RefreshRun:
    keys = dict(Bill.objects.values_list("base_print_no", "pk"))
    due = [Due(2017, f"S{place}", keys.get(f"S{place}")) for place in places]
    kind = RefreshRun.Kind.ROUND if reading else RefreshRun.Kind.READING
    return runs.start("open_legislation", legislature="ny", kind=kind, due=due, now=NOW, **reading)


def sent_for_a_run(first: int, bills: int, *, moves: int) -> int:
    """Statements of a whole run over so many bills that are here."""
    places = range(first, first + bills)
    put([answer(place) for place in places], Known())
    run = open_run(places)
    with statements() as sent:
        work_through(run, Source(answer(place, moves=moves, day=1) for place in places), worker="one")
    run.refresh_from_db()
    assert (run.checked, run.changed) == (bills, bills if moves else 0)
    return len(sent)


@pytest.mark.parametrize(("moves", "most"), [(1, MOVED_AT_MOST + 1.3), (0, 3.3)])
def test_each_bill_of_a_run_costs_the_run_the_same_few_statements(known, moves, most):
    few = sent_for_a_run(1, 10, moves=moves)
    many = sent_for_a_run(101, 50, moves=moves)
    assert (many - few) / 40 <= most


def test_ten_bills_are_claimed_with_three_statements_and_one_is_settled_with_one(known):
    put([answer(place) for place in range(1, 11)], known)
    run = open_run(range(1, 11))
    with statements() as sent:
        items = runs.claim(run, "one", now=NOW)
    assert (len(items), len(sent)) == (10, 3)
    result = store(answer(1, moves=1, day=1), source=CODE, now=NOW, known=known)
    with statements() as sent:
        runs.done(items[0], result)
    assert len(sent) == 1
    assert RefreshItem.objects.get(pk=items[0].pk).state == RefreshItem.State.DONE


def test_confirming_the_bills_of_a_source_costs_the_same_for_few_and_for_many(known):
    counts = []
    for first, bills, read_to in ((1, 2, "a"), (101, 60, "b")):
        put([answer(place) for place in range(first, first + bills)], known)
        told_at = NOW + timedelta(hours=first)
        state = runs.state_of(CODE, "ny", now=NOW)
        run = open_run([first], read_from=state.cursor, read_to=read_to, told_at=told_at)
        work_through_but_the_end(run, answer(first, day=1))
        with statements() as sent:
            assert runs.finish_if_done(run)
        assert set(Bill.objects.values_list("checked_at", flat=True)) == {told_at}
        assert SourceState.objects.get(source=CODE).cursor == read_to
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 13


def work_through_but_the_end(run: RefreshRun, snapshot: BillSnapshot) -> None:
    for item in runs.claim(run, "one", now=NOW):
        runs.done(item, store(snapshot, source=CODE, now=NOW))


def test_a_bill_that_is_not_there_does_not_make_the_run_read_the_roster_again(known, readings):
    fresh = {place: answer(place) for place in (1, 2, 3)}
    source = Source(fresh.values(), missing=["S2"])
    work_through(open_run([1, 2, 3]), source, worker="one")
    assert Bill.objects.filter(base_print_no__in=["S1", "S3"]).count() == 2
    assert readings == ["read"]


@pytest.mark.slow
@pytest.mark.django_db
def test_four_times_as_many_snapshots_leave_no_more_memory_in_use():
    import gc
    import tracemalloc

    make_session()
    known = Known()

    def store_many(days: Iterable[int]) -> None:
        for day in days:
            put([answer(place, moves=day % 2, day=day) for place in range(1, 51)], known)

    def in_use() -> int:
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    store_many(range(3))
    tracemalloc.start()
    try:
        before = in_use()
        store_many(range(3, 8))
        few = in_use() - before
        store_many(range(8, 28))
        many = in_use() - before
    finally:
        tracemalloc.stop()
    # One snapshot is some 5,000 bytes: a thousand that stayed would be five million.
    assert many < max(2 * few, 500_000), (few, many)
