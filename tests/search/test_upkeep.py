"""What search reads is kept by whoever writes: refresh, loading, the desk; and healed at night."""

from __future__ import annotations

import sys
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bills.models import Bill, BillSearch, BillText, Issue, Sponsorship
from bills.print_numbers import parse_print_no
from bills.providers.base import PrintLine, PrintWords
from bills.refresh import resolve_waiting, store, store_all
from bills.refresh.print_texts import ask_for_one
from bills.search.finding import find_bills
from bills.stages import ActionLine
from sponsors.models import Person
from sponsors.prepared import in_step
from sponsors.search import text
from sponsors.search.grammar import read_words
from statements.documents import read
from statements.loading import DocumentLoader
from statements.models import SourceDocument, Statement, StatementSearch, Word
from statements.search.indexing import index_statements
from statements.tasks import heal_search
from tests.factories import NOW, make_bill, make_person, make_session, make_snapshot, make_statement

pytestmark = pytest.mark.django_db


def bills(words: str) -> set[str]:
    return set(Bill.objects.saying(words).values_list("base_print_no", flat=True))


def put(*actions, **stated) -> Bill:
    make_session()
    return store(make_snapshot("S4075", *actions, **stated), source="x", now=NOW).bill


def found_in_order(words: str) -> list[str]:
    [found] = in_step(find_bills(text.put(read_words(words)), shown=6))
    return [one.bill.base_print_no for one in found.bills]


def test_a_refresh_keeps_it():
    put(title="Relates to lanterns", sponsors=("SERRANO",), sponsor_memo="Of kites.", issues=("Bail",))
    for words in ("lanterns", "serrano", "kites", "bail", "lanterns kites", "serrano kites"):
        assert bills(words) == {"S4075"}, words
    put(title="Relates to ferries", sponsors=("RIVERA",), sponsor_memo="Of locks.")
    for words in ("ferries", "rivera", "locks"):
        assert bills(words) == {"S4075"}, words
    for words in ("lanterns", "kites"):
        assert bills(words) == set(), words


def test_the_words_of_the_print_in_force_are_searched():
    put(prints=(PrintLine("", text="Every lantern shall be lit."), PrintLine("A")), active_amendment="")
    assert bills("lantern lit") == {"S4075"}
    put(prints=(PrintLine("", text="Every lantern shall be lit."), PrintLine("A", text="Ferries shall run.")))
    Bill.objects.update(active_amendment="A")
    heal_search()
    assert (bills("ferries run"), bills("lantern lit")) == ({"S4075"}, set())


def test_a_text_that_comes_later_is_searched_at_once():
    bill = put(prints=(PrintLine(""),))

    class Source:
        code = "x"

        def fetch_text(self, number, letter):
            return PrintWords("Every lantern shall be lit.")

    number = parse_print_no("S4075", legislature="ny", session=2017)
    assert ask_for_one(Source(), bill, number, now=NOW)
    assert bills("lantern lit") == {"S4075"}


def test_a_new_sponsor_is_found_at_once_and_beside_the_text_by_the_next_morning():
    put(sponsors=("SERRANO",), sponsor_memo="Of kites.")
    put(sponsors=("SERRANO", "RIVERA"), sponsor_memo="Of kites.")
    assert bills("rivera") == {"S4075"}
    assert bills("rivera kites") == set()
    heal_search()
    assert bills("rivera kites") == {"S4075"}


def test_an_answer_that_changes_nothing_asks_nothing_of_search(django_assert_num_queries):
    put(title="Relates to lanterns")
    with django_assert_num_queries(1):
        put_again = store(make_snapshot("S4075", title="Relates to lanterns"), source="x", now=NOW)
    assert put_again.changes == []


def test_a_bill_that_only_moves_costs_search_nothing_and_comes_first_where_it_moved_last():
    make_bill("S2", title="Relates to lanterns", last_action_on=date(2017, 3, 1))
    put((ActionLine(date(2017, 2, 2), "senate", "REFERRED TO CODES"),), title="Relates to lanterns")
    assert found_in_order("lanterns") == ["S2", "S4075"]
    with CaptureQueriesContext(connection) as asked:
        put(
            (
                ActionLine(date(2017, 2, 2), "senate", "REFERRED TO CODES"),
                ActionLine(date(2017, 4, 4), "senate", "REPORTED AND COMMITTED TO FINANCE"),
            ),
            title="Relates to lanterns",
        )
    assert not [one["sql"] for one in asked if "bills_billsearch" in one["sql"]]
    assert found_in_order("lanterns") == ["S4075", "S2"]


@pytest.mark.parametrize(
    "stated",
    [{"title": "Ferries"}, {"sponsors": ("FERRIES",)}, {"issues": ("Ferries",)}, {"law_section": "Ferries"}],
)
def test_whatever_is_searched_is_written_when_it_alone_differs(stated):
    put(title="Lanterns")
    put(title="Lanterns")
    put(**{"title": "Lanterns"} | stated)
    assert bills("ferries") == {"S4075"}


def test_a_batch_that_breaks_off_leaves_rows_and_search_alike(monkeypatch):
    put(title="Relates to lanterns")

    def break_off(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["bills.refresh.store"], "index_bills", break_off)
    with pytest.raises(KeyboardInterrupt):
        store_all([make_snapshot("S4075", title="Relates to ferries")], source="x", now=NOW)
    assert bills("lanterns") == {"S4075"}
    assert bills("ferries") == set()


DOCUMENT = """Senator Serrano on Lanterns

February 6, 2017

Senator José M. Serrano introduced S.4075, which is about lanterns. "Kites matter," Serrano said.
"""


def test_a_document_is_found_with_its_bill_when_it_is_loaded_and_no_more_when_it_is_taken_back(admin_client):
    make_bill("S4075")
    statement = (
        DocumentLoader().load(read(DOCUMENT, filename="a.txt"), filename="a.txt", raw=DOCUMENT).statement
    )
    assert list(Statement.objects.saying("kites")) == [statement]
    assert bills("serrano lanterns") == {"S4075"}
    desk = reverse("admin:statements_statement_changelist")
    admin_client.post(desk, {"action": "withdraw_to_draft", "_selected_action": [statement.pk]})
    assert not StatementSearch.objects.exists()
    assert bills("serrano lanterns") == set()
    admin_client.post(desk, {"action": "publish", "_selected_action": [statement.pk]})
    assert bills("serrano lanterns") == {"S4075"}
    SourceDocument.objects.all().delete()  # which the desk keeps, and with it its statement
    admin_client.post(desk, {"action": "delete_selected", "_selected_action": [statement.pk], "post": "yes"})
    assert not Statement.objects.exists()
    assert bills("serrano lanterns") == set()


def test_statements_are_found_by_title_text_speaker_bill_and_in_spanish():
    bill = make_bill("S4075", short_name="Lanterns Act")
    statement = make_statement(
        "Declaración sobre los inmigrantes",
        bill=bill,
        speaker="José Serrano",
        body="Pedimos faroles para las ciudades.\n\nWe ask for kites.",
    )
    make_statement("Another")
    for words in (
        "inmigrante",
        "declaracion",
        "serrano",
        "S4075",
        "ciudad",
        "kite",
        '"lanterns act"',
        "farol kites",
    ):
        assert list(Statement.objects.saying(words)) == [statement], words
    assert "Another" in [one.title for one in Statement.objects.saying("-kites")]
    assert not Statement.objects.saying("ask -kites").exists()
    assert not Statement.objects.saying("").exists()


def test_a_person_of_another_name_is_found_by_it(admin_client):
    bill, person = make_bill("S4075"), make_person("Ana Example")
    Sponsorship.objects.create(bill=bill, kind="prime", position=0, name_as_written="EXAMPLE", person=person)
    statement = make_statement(speaker="The Senator", person=person)
    index_statements([statement.pk])
    form = {"name": "Ana Lantern", "slug": person.slug, "sort_name": "Lantern, Ana", "aliases": "", "note": "",
            "terms-TOTAL_FORMS": 0, "terms-INITIAL_FORMS": 0}  # fmt: skip
    answer = admin_client.post(reverse("admin:sponsors_person_change", args=[person.pk]), form)
    assert answer.status_code == 302
    assert bills("lantern") == {"S4075"}
    assert list(Statement.objects.saying("lantern")) == [statement]


def test_an_issue_of_another_name_is_found_by_it(admin_client):
    bill, issue = make_bill("S4075"), Issue.objects.create(slug="bail", name="Bail")
    bill.issues.add(issue)
    change = reverse("admin:bills_issue_change", args=[issue.pk])
    admin_client.post(change, {"name": "Lanterns", "slug": "bail", "description": ""})
    assert bills("lanterns") == {"S4075"}
    admin_client.post(reverse("admin:bills_issue_delete", args=[issue.pk]), {"post": "yes"})
    assert bills("lanterns") == set()


def test_a_name_that_finds_its_person_is_searched_as_that_person():
    put(sponsors=("Ana Example",))
    make_person("Ana Example", terms=(("ny", "senate"),))
    Person.objects.update(name="Ana Lantern", aliases=["Ana Example"])
    assert resolve_waiting() == 1
    assert bills("lantern") == {"S4075"}


def test_the_night_heals_what_was_written_past_search():
    bill, statement = make_bill("S4075"), make_statement()
    gone = make_bill("S1", title="Of kites")
    Bill.objects.filter(pk=bill.pk).update(title="Relates to lanterns")
    Bill.objects.filter(pk=gone.pk).update(is_published=False)
    Statement.objects.filter(pk=statement.pk).update(body="Ferries.")
    heal_search()
    assert bills("lanterns") == {"S4075"}
    assert not BillSearch.objects.filter(bill=gone).exists()
    assert list(Statement.objects.saying("ferries")) == [statement]
    assert Word.objects.filter(word="lanterns").exists()


def test_the_command_makes_everything_anew_and_says_so():
    make_bill("S4075", title="Relates to lanterns"), make_statement()
    BillSearch.objects.all().delete(), BillText.objects.all().delete(), StatementSearch.objects.all().delete()
    out = StringIO()
    call_command("index_search", stdout=out)
    assert out.getvalue().startswith("Search reads 1 bills, 1 statements and ")
    assert bills("lanterns") == {"S4075"}
    assert Statement.objects.saying("example").exists()


def test_healing_goes_on_where_it_had_to_stop(monkeypatch):
    from statements import tasks

    later = []
    monkeypatch.setattr(tasks, "SECONDS_AT_ONCE", -1)
    monkeypatch.setattr(tasks.heal_search, "delay", later.append)
    bill = make_bill("S4075")
    heal_search()
    assert later == [bill.pk]
