"""Lists are counted in the process: after anything that anybody wrote, the counts are those of the rows."""

from __future__ import annotations

import threading
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from bills import facet_index
from bills.filters import BillFilter
from bills.models import Bill, Issue, ListedBill
from bills.pages.bill_list import list_page_of_bills
from sponsors.tally import Tally, _count, totals_without
from tests.factories import make_bill, make_session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reading_in_march_2026")]

CARRIED = {"year": 2025, "last_action_on": date(2026, 1, 1)}


@pytest.fixture(autouse=True)
def _as_a_new_process(monkeypatch):
    monkeypatch.setattr("bills.facet_index._INDEX", facet_index._Index())


def listing(query: str = "") -> BillFilter:
    return BillFilter(QueryDict(query), queryset=Bill.objects.published())


def counted(query: str = "") -> tuple[int, dict[str, dict[str, int]]]:
    """As the index counts; fails where the database counts otherwise."""
    asked = listing(query)
    told = asked.counted()
    assert told is not None
    held = list(listing(query).narrowed().order_by(*asked.order()).values_list("pk", flat=True))
    assert told.in_order(0, len(held) + 5) == held, query
    assert [told.in_order(place, place + 2) for place in range(len(held))] == [
        held[place : place + 2] for place in range(len(held))
    ]
    if asked.is_narrowed:
        by_title = listing(f"{query}&sort=title")
        assert by_title.counted().in_order is None
        assert sorted(by_title.fitting) == sorted(held), query
        assert sorted(row.pk for row in by_title.narrowed()) == sorted(held), query
    if told.without is not None:
        assert told.without == totals_without(listing(query)), query
    assert _whole(told) == _whole(_count(listing(query), whole=True)), query
    return _whole(told)


def _whole(tally: Tally) -> tuple[int, dict[str, dict[str, int]]]:
    return tally.total, {
        facet: {key: number for key, number in values.items() if key and number}
        for facet, values in tally.counts.items()
    }


QUERIES = (
    "",
    "legislature=ny",
    "outcome=alive&stage=in_senate_comm",
    "issue=housing&issue=work",
    "q=lanterns",
)


def test_whatever_is_written_is_counted_next():
    housing, work = (Issue.objects.create(slug=slug, name=slug) for slug in ("housing", "work"))
    make_session("ny", 2023)
    first = make_bill("S1", title="Relates to lanterns", **CARRIED)
    steps = [
        lambda: make_bill("S2", title="Relates to lanterns", **CARRIED),
        lambda: first.issues.set([housing, work]),
        lambda: Bill.objects.filter(pk=first.pk).update(status="SENATE_FLOOR"),
        lambda: first.issues.set([work]),
        lambda: Bill.objects.filter(base_print_no="S2").update(outcome="vetoed", ended_on=date(2026, 2, 1)),
        lambda: Bill.objects.filter(pk=first.pk).update(is_published=False),
        lambda: Bill.objects.filter(pk=first.pk).update(is_published=True),
        lambda: first.session.__class__.objects.update(end=date(2026, 1, 1)),
    ]
    seen = []
    for step in steps:
        step()
        seen.append([counted(query) for query in QUERIES])
    assert all(before != after for before, after in pairwise(seen)), "each step shows"
    assert [one[0][0] for one in seen] == [2, 2, 2, 2, 2, 1, 2, 2]


def test_an_empty_list_knows_how_long_it_would_be_without_each_part():
    make_bill("S1", title="Relates to lanterns", **CARRIED)
    make_bill("S2", year=2017, introduced_on=date(2017, 3, 1))
    empty = "legislature=ny&session=2017&introduced_after=2018&introduced_before=2019&moved_before=2016&q=lanterns"
    assert counted(empty)[0] == 0
    told = listing(empty).counted()
    assert told.without == {"legislature": 0, "session": 0, "introduced_after": 0, "introduced_before": 0,
                            "moved_before": 0, "q": 0}  # fmt: skip
    assert listing("session=2017&q=lanterns").counted().without == {"session": 1, "q": 1}
    assert listing("session=2017&q=lanterns&sponsor=nobody").counted().without is None, "the database knows"
    assert listing("session=2017").counted().without is None, "there is one"


def test_a_list_of_very_many_is_asked_for_by_what_was_chosen(monkeypatch):
    monkeypatch.setattr("bills.facet_index.MOST_SENT", 1)
    for _ in range(2):
        make_bill(**CARRIED)
    asked = listing("legislature=ny&sort=title")
    assert (asked.counted().total, asked.fitting, asked.is_steady) == (2, None, False)
    assert asked.narrowed().count() == 2


def test_a_bill_that_was_hidden_after_the_count_is_not_shown():
    make_bill("S1", **CARRIED)
    for query in ("legislature=ny", "legislature=ny&sort=title"):
        shown = list_page_of_bills(listing(query), None)
        assert shown.tally.total == 1
        Bill.objects.update(is_published=False)
        assert list(shown.page) == []
        Bill.objects.update(is_published=True)


def test_pages_are_those_of_the_database_in_any_order():
    days = [None, date(2026, 1, 1), date(2026, 1, 1), date(2025, 2, 1), date(2026, 3, 1)]
    for n in range(60):
        make_bill(year=2025, last_action_on=days[n % 5], title=f"Relates to {n % 7}", short_name="")
    Bill.objects.filter(pk__in=Bill.objects.all()[10:20]).update(last_action_on=date(2026, 3, 2))
    Bill.objects.filter(pk__in=Bill.objects.all()[20:24]).update(last_action_on=None)
    for sort in ("", "title", "number", "introduced"):
        query = f"legislature=ny&sort={sort}"
        asked = listing(query)
        held = list(asked.narrowed().order_by(*asked.order()).values_list("pk", flat=True))
        pages = [list_page_of_bills(listing(query), str(number)).page for number in (1, 2, 3)]
        assert [bill.pk for page in pages for bill in page] == held, sort
        assert [page.has_next() for page in pages] == [True, True, False]


def test_a_row_that_went_away_is_counted_no_more():
    make_bill("S1"), make_bill("S2")
    assert counted()[0] == 2
    Bill.objects.get(base_print_no="S1").delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_force_next_flush()"
        )  # the server tells others within seconds by itself
    assert counted()[0] == 1


def test_a_transaction_that_ends_late_is_not_missed():
    """It began before others that were counted meanwhile."""
    make_bill("S1", **CARRIED)
    session = make_session("ny", 2025)
    begun, counted_once = threading.Event(), threading.Event()

    def late():
        with transaction.atomic():
            Bill.objects.create(
                session=session, base_print_no="S7", slug="s7", chamber="senate", status="IN_SENATE_COMM"
            )
            begun.set()
            assert counted_once.wait(20)
        connection.close()

    thread = threading.Thread(target=late)
    thread.start()
    assert begun.wait(20)
    make_bill("S2", **CARRIED)
    assert counted()[0] == 2
    counted_once.set()
    thread.join(20)
    assert counted()[0] == 3


def test_what_was_rolled_back_was_never_there():
    make_bill("S1")
    assert counted()[0] == 1
    with transaction.atomic():
        make_bill("S2")
        assert counted()[0] == 2, "but for the transaction itself"
        transaction.set_rollback(True)
    assert counted()[0] == 1


def test_it_asks_one_question_and_reads_only_what_was_written_since():
    for _ in range(5):
        make_bill()
    counted()
    # Another worker's open transaction, in a database beside this one, would have all five read again.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        facet_index._INDEX._state.seen = cursor.fetchone()[0]
    Bill.objects.filter(pk=ListedBill.objects.first().pk).update(status="SENATE_FLOOR")
    one = listing()
    assert one.form.is_valid()
    taken = []
    state = facet_index._INDEX._state
    take = type(state).take
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as asked:
        patch.setattr(type(state), "take", lambda self, row: (taken.append(row), take(self, row)))
        facet_index.count(one)
    assert (len(asked), len(taken)) == (1, 1)


def test_behind_a_pool_it_leaves_no_cursor_on_a_connection(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    make_bill("S1")
    with CaptureQueriesContext(connection) as asked:
        assert counted()[0] == 1
    assert not [one["sql"] for one in asked if "CURSOR" in one["sql"]]


def test_on_a_new_day_a_bill_may_have_ended(time_machine):
    make_session("ny", 2025).__class__.objects.update(end=date(2026, 3, 31))
    make_bill("S1", **CARRIED)
    assert counted("outcome=alive")[0] == 1
    time_machine.move_to("2026-04-01T12:00:00-04:00", tick=False)
    assert counted("outcome=alive")[0] == 0


def test_threads_count_the_same():
    for number in range(20):
        make_bill(f"S{number + 1}", **CARRIED)
    found, errors = [], []

    def ask():
        try:
            found.extend(facet_index.count(listing("legislature=ny")).total for _ in range(10))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (errors, set(found), len(found)) == ([], {20}, 40)
