"""Which bills words find, in which order, and what is shown of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from bills.models import Bill, BillSearch, BillText, Issue, Proposal, Sponsorship
from bills.search.finding import FoundBills, bills_beginning, find_bills
from bills.search.indexing import index_bills
from sponsors.prepared import in_step
from sponsors.search.grammar import read_words
from sponsors.search.text import being_typed, put
from tests.factories import make_bill, make_session, make_statement
from tests.reading import text_of

pytestmark = pytest.mark.django_db
DAY = date(2017, 2, 2)


def finds(text: str, *, shown: int) -> FoundBills:
    return in_step(find_bills(put(read_words(text)), shown=shown))[0]


def numbers(text: str, shown: int = 20) -> list[str]:
    return [one.bill.base_print_no for one in finds(text, shown=shown).bills]


def said(text: str) -> set[str]:
    return set(Bill.objects.saying(text).values_list("base_print_no", flat=True))


def carry(bill: Bill, name: str, **fields) -> None:
    Sponsorship.objects.create(bill=bill, kind="prime", position=0, name_as_written=name, **fields)
    index_bills([bill.pk])


def test_a_word_in_the_name_counts_more_than_in_the_title_then_people_summary_statements_and_text():
    """The bills moved in the opposite order, so that the newest alone would not do."""
    bills = {
        "text": make_bill("S1", sponsor_memo="Of lanterns, at length.", last_action_on=DAY),
        "said": make_bill("S2", last_action_on=DAY - timedelta(1)),
        "summary": make_bill(
            "S3", official_summary="Provides for lanterns.", last_action_on=DAY - timedelta(2)
        ),
        "people": make_bill("S4", last_action_on=DAY - timedelta(3)),
        "title": make_bill("S5", title="Relates to lanterns", last_action_on=DAY - timedelta(4)),
        "name": make_bill("S6", short_name="Lanterns for All", last_action_on=DAY - timedelta(5)),
    }
    make_statement("Lanterns now", bill=bills["said"])
    carry(bills["people"], "Ann Lanterns")
    assert numbers("lanterns") == ["S6", "S5", "S4", "S3", "S2", "S1"]


def test_of_bills_that_have_the_words_in_the_same_place_the_last_to_move_comes_first():
    make_bill("S1", title="Lanterns", last_action_on=DAY)
    make_bill("S2", title="Lanterns", last_action_on=DAY + timedelta(1))
    make_bill("S3", title="Lanterns", last_action_on=None)
    assert numbers("lantern") == ["S2", "S1", "S3"]


def test_the_words_may_stand_in_different_places():
    bill = make_bill("S1", title="Relates to lanterns", sponsor_memo="It is about ferries.")
    make_bill("S2", title="Relates to lanterns")
    carry(bill, "SERRANO")
    index_bills([bill.pk], whole=True)
    for words in ("lanterns ferries", "serrano ferries", "serrano lanterns"):
        assert numbers(words) == ["S1"]
        assert said(words) == {"S1"}


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("immigrants", "the immigrant"),
        ("immigrant", "IMMIGRANTS"),
        ("inmigracion", "Ley de Inmigración"),
        ("inmigración", "ley de inmigracion"),
        ("inmigrantes", "un inmigrante"),
        ("detenciones", "una detención, dos detenciones"),
        ("peña", "Pena"),
        ("José", "jose"),
        ("driver's license", "driver’s licenses"),
        ("non-citizen", "noncitizens and non-citizens"),
        ("the dream act", "Dream Act"),
        ("ñandú", "NANDU"),
        ("кошка", "КОШКА"),
    ],
)
def test_a_word_is_found_in_any_form_with_or_without_accents_in_both_languages(words, text):
    make_bill("S1", short_name=text)
    make_bill("S2", short_name="Another")
    assert numbers(words) == ["S1"]
    assert said(words) == {"S1"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('"dream act"', {"S1"}),
        ("act dream", {"S1", "S2"}),
        ("dream -york", {"S2"}),
        ("dream -tuition", {"S1"}),
        ('dream -"dream act"', {"S2"}),
        ("york or tuition", {"S1", "S2"}),
        ("lantern or york", {"S1"}),
        ('"in the memorandum"', {"S1"}),
        ('"memorandum stands"', set()),
        ("the", set()),
        ("nothing-like-it", set()),
    ],
)
def test_phrases_minus_and_or_are_understood(words, found):
    make_bill("S1", short_name="New York Dream Act", sponsor_memo="It stands in the memorandum.")
    make_bill("S2", title="An act for those who dream", sponsor_memo="Of tuition.")
    assert set(numbers(words)) == found
    assert said(words) == found


def test_a_minus_alone_leaves_out_of_a_list_and_finds_nothing_by_itself():
    make_bill("S1", title="Lanterns"), make_bill("S2", title="Ferries")
    assert said("-lanterns") == {"S2"}
    assert numbers("-lanterns") == []
    assert said("!!") == set()


def test_a_draft_is_not_found():
    bill = make_bill("S1", title="Lanterns", is_published=False)
    assert numbers("lanterns") == []
    assert not BillSearch.objects.filter(bill=bill).exists()
    Bill.objects.filter(pk=bill.pk).update(is_published=True)
    index_bills([bill.pk])
    assert numbers("lanterns") == ["S1"]
    Bill.objects.filter(pk=bill.pk).update(is_published=False)
    index_bills([bill.pk])
    assert not BillSearch.objects.exists()
    assert not BillText.objects.exists()


def test_a_deleted_bill_takes_its_rows_with_it():
    make_bill("S1", title="Lanterns").delete()
    assert not BillSearch.objects.exists()
    assert not BillText.objects.exists()


def test_a_sponsor_who_left_and_a_statement_taken_back_are_not_searched():
    bill = make_bill("S1")
    carry(bill, "SERRANO", withdrawn_on=DAY)
    make_statement("Lanterns now", bill=bill, state="draft")
    assert numbers("serrano") == numbers("lanterns") == []


def test_issues_and_the_name_of_the_proposal_are_searched():
    bill = make_bill("S1", proposal=Proposal.objects.create(slug="d", name="Dignity for Immigrants"))
    bill.issues.add(Issue.objects.create(slug="bail", name="Bail"))
    index_bills([bill.pk])
    assert numbers("dignity") == numbers("bail") == ["S1"]


def test_what_was_found_is_marked_and_everything_else_escaped():
    make_bill(
        "S1",
        short_name="<b>Lanterns</b> & \ue000more\ue001",
        official_summary="Of 1 < 2 'lanterns' & kites \ue001\ue000",
    )
    found = finds("lantern", shown=1).bills[0]
    assert found.name == "&lt;b&gt;<mark>Lanterns</mark>&lt;/b&gt; &amp; more"
    assert "Of 1 &lt; 2 &#x27;<mark>lanterns</mark>&#x27; &amp; kites" in found.snippet
    assert found.snippet.count("<mark>") == found.snippet.count("</mark>") == 1


def test_a_word_of_the_text_alone_is_shown_from_there():
    make_bill("S1", official_summary="Of ferries.", sponsor_memo="Much is said of lanterns here.")
    found = finds("lanterns", shown=1).bills[0]
    assert found.from_text
    assert "<mark>lanterns</mark>" in found.snippet


def test_no_more_than_fifty_are_counted_and_the_best_of_a_common_word_still_come_first():
    for number in range(70):
        make_bill(f"S{100 + number}", title="Relates to lanterns", last_action_on=DAY)
    make_bill("S1", short_name="Lanterns Act", last_action_on=DAY - timedelta(900))
    found = finds("lanterns", shown=3)
    assert (found.total, found.is_more) == (50, True)
    assert found.bills[0].bill.base_print_no == "S1"


def test_finding_takes_two_questions_after_the_first_whatever_was_found(django_assert_num_queries):
    for number in range(12):
        make_bill(f"S{100 + number}", title="Relates to lanterns", sponsor_memo="ferries")
    for words in ("lanterns", "ferries -kites", '"to lanterns"'):
        with django_assert_num_queries(1 + 2):
            assert len(finds(words, shown=6).bills) == 6
    with django_assert_num_queries(1 + 1):
        assert finds("kites", shown=6).bills == []
    with django_assert_num_queries(0):
        finds("-kites", shown=6)


def test_of_a_phrase_of_common_words_not_every_text_is_looked_through_and_that_is_said():
    session = make_session()
    words = ("kites and lanterns", "lanterns and kites")
    Bill.objects.bulk_create(
        Bill(
            session=session, base_print_no=f"S{n}", slug=f"s{n}", chamber="senate", sponsor_memo=words[n % 2]
        )
        for n in range(1, 902)
    )
    index_bills(list(Bill.objects.values_list("pk", flat=True)))
    few = finds('"kites and" -x', shown=3)
    assert (few.total, few.was_cut) == (50, True)
    none = finds('"kites lanterns"', shown=3)
    assert (none.total, none.is_more, none.was_cut, none.bills) == (0, False, True, [])
    assert not finds("kites lanterns", shown=3).was_cut


def test_thousands_of_texts_are_not_looked_through_for_a_phrase_that_enough_titles_have_and_that_is_said():
    for number in range(11):
        make_bill(f"S{100 + number}", title="Relates to kites and lanterns")
    for number in range(3):
        make_bill(f"S{200 + number}", title="Of ferries", sponsor_memo="About kites and lanterns.")
    index_bills(list(Bill.objects.values_list("pk", flat=True)), whole=True)
    phrase = '"kites and lanterns"'
    assert (finds(phrase, shown=6).total, finds(phrase, shown=6).was_cut) == (14, False)
    make_bill("S300", title="Another that relates to kites and lanterns")
    assert (finds(phrase, shown=6).total, finds(phrase, shown=6).was_cut) == (15, False)
    with connection.cursor() as cursor:  # as if there were thousands
        cursor.execute("UPDATE pg_class SET reltuples = 6000 WHERE oid = 'bills_billtext'::regclass")
    found = finds(phrase, shown=6)
    assert (found.total, found.is_more, found.was_cut) == (12, False, True)
    assert not any(one.from_text for one in found.bills)
    assert finds(f"{phrase} -another", shown=6).total == 14, "what is left may be few"
    assert finds("kites lanterns", shown=6).total == 15, "words are another matter"


@pytest.mark.parametrize(("cut", "told"), [(0, "Look through all bills"), (1, "At least 1 bill")])
def test_what_may_be_more_is_never_told_as_all(client, monkeypatch, cut, told):
    bill = make_bill("S1", title="Relates to lanterns") if cut else None
    places = {bill.pk: 2} if bill else {}
    monkeypatch.setattr("bills.search.finding._PLACES.found", lambda _rows: [(0, 0), *places.items()])
    page = text_of(client.get("/search/", {"q": '"relates to"'}))
    assert told in page
    assert "Nothing of ours" not in page
    assert "More than" not in page


@pytest.mark.parametrize("near", ["Ámbar lanterns", "x" * 5000 + " lanterns"])
def test_words_far_into_a_text_are_shown_where_they_stand(near):
    make_bill("S1", sponsor_memo=f"{'Of ferries. ' * 900}{near} at the end. {'And more. ' * 900}")
    [found] = finds("lanterns", shown=1).bills
    assert "<mark>lanterns</mark> at the end" in found.snippet


@pytest.mark.parametrize("typed", ["lan", "Lanternas d", "dignid", "dignida", "s10", "S1001", "1001", "serr"])
def test_the_last_word_typed_may_be_the_beginning_of_one(typed):
    bill = make_bill("S1001", short_name="Lanternas de la Dignidad")
    make_bill("S2", short_name="Another")
    carry(bill, "Serrano")
    assert [one.base_print_no for one in bills_beginning(being_typed(typed), most=8)] == ["S1001"]


def test_what_has_not_changed_is_not_written_again():
    bill = make_bill("S1", title="Lanterns", sponsor_memo="ferries")
    rows = [
        BillSearch.objects.extra(select={"x": "ctid::text"}),
        BillText.objects.extra(select={"x": "ctid::text"}),
    ]
    before = [list(row.values_list("x", flat=True)) for row in rows]
    index_bills([bill.pk], whole=True)
    assert [list(row.values_list("x", flat=True)) for row in rows] == before
    carry(bill, "SERRANO")
    after = [list(row.values_list("x", flat=True)) for row in rows]
    assert after[0] != before[0]
    assert after[1] == before[1]  # long, and written at night


def test_a_very_long_text_is_cut_and_a_word_of_any_length_borne():
    bill = make_bill("S1", title="Lanterns", sponsor_memo="word " * 100_000, official_summary="x" * 30_000)
    assert len(BillText.objects.get(bill=bill).text) == 100_000
    assert numbers("lanterns") == ["S1"]
