"""Questions that are put together once give what their QuerySet gives, for every value."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from bills.models import Bill
from sponsors.prepared import Prepared, PreparedRows, PreparedText, Together, in_step
from tests.factories import make_bill

pytestmark = pytest.mark.django_db


def of_number(print_no: str):
    return Bill.objects.for_page(date(2018, 3, 1)).filter(base_print_no=print_no)


def test_rows_are_those_of_the_queryset_with_what_they_are_joined_with(django_assert_num_queries):
    make_bill("S1", title="One")
    make_bill("S2", title="Two", substituted_by=Bill.objects.get())
    asked = Prepared(of_number, ("@number",))
    for print_no in ("S1", "S2", "S1"):
        with django_assert_num_queries(1):
            [prepared] = asked(print_no)
            assert prepared.session.year == 2017
        [usual] = of_number(print_no)
        assert vars(prepared).keys() == vars(usual).keys()
        assert {name: value for name, value in vars(prepared).items() if name != "_state"} == {
            name: value for name, value in vars(usual).items() if name != "_state"
        }
    assert asked("S2")[0].substituted_by.base_print_no == "S1"
    assert asked("S3") == []


def test_a_value_can_hold_what_it_likes():
    make_bill("S1", title="One")
    asked = Prepared(lambda title: Bill.objects.filter(title=title), ("@title",))
    for title in ("", "'; DROP TABLE bills_bill; --", "%s", "@title", "‏مشروع قانون", "One"):
        assert [bill.title for bill in asked(title)] == (["One"] if title == "One" else [])


def test_values_go_where_their_examples_stood_however_often():
    make_bill("S1", introduced_on=date(2017, 2, 1), last_action_on=date(2017, 2, 1))
    make_bill("S2", introduced_on=date(2017, 2, 1), last_action_on=date(2017, 3, 1))
    asked = Prepared(
        lambda day, least: Bill.objects.filter(introduced_on__lte=day, last_action_on__lte=day, pk__gt=least),
        (date(1, 1, 1), -77),
    )
    assert [bill.base_print_no for bill in asked(date(2017, 2, 15), 0)] == ["S1"]
    assert len(asked(date(2017, 3, 15), 0)) == 2
    assert asked(date(2017, 3, 15), 2**40) == []


def test_an_example_that_the_question_does_not_hold_is_told_at_once():
    asked = Prepared(lambda text: Bill.objects.filter(title__icontains=text), ("@text",))
    with pytest.raises(ValueError, match="does not hold '@text'"):
        asked("lanterns")


def test_a_question_that_makes_something_else_of_a_value_is_refused():
    asked = Prepared(lambda text: Bill.objects.filter(title=text, short_name__contains=text), ("@text",))
    with pytest.raises(ValueError, match="makes '%@text%' of an example"):
        asked("lanterns")


def test_a_question_that_counts_from_a_day_is_refused_since_it_would_count_from_the_same_day_for_ever():
    def lately(day):
        return Bill.objects.filter(introduced_on__lte=day, introduced_on__gte=day - timedelta(days=30))

    with pytest.raises(ValueError, match="of an example, and would of other values"):
        Prepared(lately, (date(3001, 1, 1),))(date(2026, 1, 1))


def test_another_number_of_values_is_refused():
    with pytest.raises(TypeError, match="takes 1 values, not 2"):
        Prepared(of_number, ("@number",))("S1", "S2")


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection():
    make_bill("S1")
    asked = Prepared(of_number, ("@number",))
    assert len(asked("S1")) == 1
    found, connections = [], {id(connection.connection)}

    def ask():
        found.append(len(asked("S1")))
        connections.add(id(connection.connection))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
        thread.join()
    assert found == [1, 1, 1]
    assert len(connections) > 1


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_closed_prepares_the_question_anew():
    make_bill("S1")
    asked = Prepared(of_number, ("@number",))
    assert len(asked("S1")) == 1
    connection.close()
    assert len(asked("S1")) == 1


def test_without_a_session_of_our_own_the_text_is_sent_as_it_is(monkeypatch):
    make_bill("S1")
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    asked = Prepared(of_number, ("@number",))
    with CaptureQueriesContext(connection) as told:
        assert len(asked("S1")) == 1
    assert [one["sql"].startswith("SELECT") for one in told] == [True]


def test_rows_of_keys_that_another_question_finds_come_in_their_own_order(django_assert_num_queries):
    for number in (1, 2, 3):
        make_bill(f"S{number}", title=f"100 % {number}")
    rows = PreparedRows(Bill.objects.for_cards().filter(title__startswith="100 %").order_by("-base_print_no"))
    for least, found in ((1, ["S3", "S2", "S1"]), (2, ["S3", "S2"]), (4, [])):
        keys = Bill.objects.filter(base_print_no__gte=f"S{least}", title__contains="%").values("pk")
        with django_assert_num_queries(1):
            assert [bill.base_print_no for bill in rows.of(keys)] == found


def test_what_is_no_example_stands_in_the_text_whatever_it_holds(monkeypatch):
    wanted = ["100 %", "it’s 'so'; --", "a\\b", "%s $1 ${x}", "‏مشروع"]
    for number, title in enumerate(wanted, 1):
        make_bill(f"S{number}", title=title)
    for title in wanted:
        asked = Prepared(lambda no, one=title: Bill.objects.filter(title=one, base_print_no=no), ("@number",))
        rows = PreparedRows(Bill.objects.for_cards().filter(title=title))
        for is_pooled in (False, True):
            monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", is_pooled)
            number = f"S{wanted.index(title) + 1}"
            assert [bill.title for bill in asked(number)] == [title]
            assert asked("S9") == []
            keys = Bill.objects.filter(title=title).values("pk")
            assert [bill.title for bill in rows.of(keys, is_steady=True)] == [title]


def test_only_what_varies_is_sent():
    make_bill("S1")
    asked = Prepared(of_number, ("@number",))
    asked("S1")
    with CaptureQueriesContext(connection) as told:
        asked("S1")
    [sent] = [one["sql"] for one in told]
    assert sent.startswith("EXECUTE passage_")
    assert sent.endswith("('S1')")


def by_title(title: str, at_most: int = 2**40):
    return Bill.objects.filter(title=title, pk__lte=at_most).order_by("-base_print_no").only("base_print_no")


BY_TITLE = Prepared(by_title, ("@title", -8))
JOINED = Prepared(lambda number: of_number(number).annotate(doubled=Value("@twice")), ("@number",))
ONE_TO = PreparedText("SELECT number, 'of ' || %s FROM generate_series(1, %s) AS number", width=2)


def test_questions_in_one_way_are_answered_each_for_itself_and_in_its_own_order(django_assert_num_queries):
    for number in (2, 3, 1):
        make_bill(f"S{number}", title="One" if number < 3 else "Two")
    make_bill("S4", substituted_by=Bill.objects.get(base_print_no="S3"))
    together = Together(BY_TITLE, JOINED, ONE_TO, BY_TITLE)
    for _ in range(2):
        with django_assert_num_queries(1):
            ones, fourth, numbers, none = together(("One", 2**40), ("S4",), ("it", 3), ("None", 2**40))
        assert [bill.base_print_no for bill in ones] == ["S2", "S1"]
        [bill] = fourth
        assert (bill.base_print_no, bill.doubled, bill.substituted_by.title) == ("S4", "@twice", "Two")
        assert vars(bill).keys() == vars(of_number("S4").get()).keys() | {"doubled"}
        assert [tuple(row) for row in numbers] == [(1, "of it"), (2, "of it"), (3, "of it")]
        assert none == []
    assert together(("Two", 0), ("S9",), ("", 0), ("Two", 2**40))[:3] == [[], [], []]


def test_questions_in_one_way_go_behind_a_pool_too(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    make_bill("S1", title="100 % 'so'")
    found, numbers = Together(BY_TITLE, ONE_TO)(("100 % 'so'", 2**40), ("%s", 1))
    assert [bill.base_print_no for bill in found] == ["S1"]
    assert [tuple(row) for row in numbers] == [(1, "of %s")]


def test_finders_ask_in_step_and_each_gets_what_it_asked_for(django_assert_num_queries):
    for number in (1, 2, 3):
        make_bill(f"S{number}", title="One")

    def twice(title):
        found = yield BY_TITLE, (title, 2**40)
        again = yield ONE_TO, ("it", len(found))
        return [bill.base_print_no for bill in found], len(again)

    def once(number):
        found = yield ONE_TO, ("them", number)
        return len(found)

    def never():
        return "nothing"
        yield

    with django_assert_num_queries(2):
        assert in_step(twice("One"), never(), once(7), twice("Two")) == [
            (["S3", "S2", "S1"], 3),
            "nothing",
            7,
            ([], 0),
        ]
    with django_assert_num_queries(0):
        assert in_step(never()) == ["nothing"]
    assert in_step() == []
