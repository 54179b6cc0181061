"""The list as CSV, JSON and Atom: exactly what the pages of the same address show."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from bills.models import Bill, Issue, Sponsorship
from bills.pages.bill_list import COLUMNS
from sponsors.exports import cell
from tests.factories import make_bill, make_person, make_session, make_statement, make_term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]
ATOM = "{http://www.w3.org/2005/Atom}"


def body(answer) -> str:
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content).decode()


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(answer).removeprefix("\ufeff"))))


def numbers_of_all_pages(client, query: str) -> list[str]:
    found, address = [], f"/bills/?{query}"
    while address:
        answer = client.get(address)
        found += [bill.base_print_no for bill in answer.context["page"]]
        address = answer.context["list"].next if answer.context["page"].has_next() else ""
    return found


@pytest.mark.parametrize(
    "query", ["", "sort=title", "stage=senate_floor&sort=number", "stage=senate_floor&outcome=alive"]
)
def test_files_hold_the_bills_of_all_pages_in_their_order(client, query):
    for n in range(60):
        make_bill(
            year=2025,
            status=["IN_SENATE_COMM", "SENATE_FLOOR"][n % 2],
            title=f"Title {n * 7 % 60}",
            last_action_on=date(2025, 1, 1 + n % 28),
        )
    make_bill("S1", is_published=False)
    shown = numbers_of_all_pages(client, query)
    assert len(shown) >= 30
    assert [row["print_no"] for row in rows(client.get(f"/bills/list.csv?{query}"))] == shown
    answer = json.loads(body(client.get(f"/bills/list.json?{query}")))
    assert [bill["print_no"] for bill in answer["bills"]] == shown
    assert (answer["count"], answer["is_cut"]) == (len(shown), False)
    assert answer["address"] == f"http://127.0.0.1:8000/bills/{'?' if query else ''}{_ordered(query)}"


def _ordered(query: str) -> str:
    """The same parameters in the form's order."""
    parts = query.split("&") if query else []
    return "&".join(sorted(parts, key=lambda part: ["outcome", "stage", "sort"].index(part.split("=")[0])))


def test_a_bill_tells_its_facts_with_stable_names(client):
    bill = make_bill(
        "S4075",
        short_name="José’s Act",
        status="SIGNED_BY_GOV",
        outcome="signed",
        law_since=date(2017, 6, 1),
        ended_on=date(2017, 6, 1),
        chapter="37",
        introduced_on=date(2017, 2, 1),
        checked_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    bill.issues.add(Issue.objects.create(slug="housing", name="Housing"))
    term = make_term(make_person("Ana Example"), party="Democratic")
    Sponsorship.objects.create(
        bill=bill, kind="prime", position=0, name_as_written="EXAMPLE", person=term.person, term=term
    )
    make_statement(bill=bill)
    (told,) = json.loads(body(client.get("/bills/list.json")))["bills"]
    assert list(told) == list(COLUMNS)
    assert told["id"] == "ny/2017/s4075"
    assert told["address"] == "http://127.0.0.1:8000/bills/ny/2017/s4075/"
    assert (told["is_law"], told["law_line"]) == (True, "This has been law since June 1, 2017 (chapter 37).")
    assert (told["status"], told["condition"], told["law_since"]) == ("SIGNED_BY_GOV", "law", "2017-06-01")
    assert (told["prime_sponsor"], told["prime_sponsor_party"]) == ("Ana Example", "Democratic")
    assert (told["issues"], told["has_statements"]) == (["housing"], True)
    assert told["checked_at"].startswith("2026-03-01T")
    (row,) = rows(client.get("/bills/list.csv"))
    assert (row["short_name"], row["is_law"], row["issues"]) == ("José’s Act", "true", "housing")
    assert (row["replaced_by"], row["changed_at"]) == ("", "")


def test_no_cell_is_a_formula_and_accents_survive_a_spreadsheet(client):
    for n, title in enumerate(("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "plain")):
        make_bill(f"S{n + 1}", title=title, short_name="Ley de protección" if not n else "")
    answer = client.get("/bills/list.csv?sort=number")
    text = body(answer)
    assert text.startswith("\ufeffid,legislature,")
    titles = [row["title"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))]
    assert titles == ["'=HYPERLINK(1)", "'+1", "'-1", "'@SUM(A1)", "'\tx", "plain"]
    assert "Ley de protección" in text
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="bills.csv"'


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "true"),
        (0, "0"),
        (["a", "b"], "a; b"),
        (["=1"], "'=1"),
        (-5, "'-5"),
        ("\r", "'\r"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
    ],
)
def test_a_cell(value, written):
    assert cell(value) == written


def test_a_cut_file_says_so_in_its_name_its_head_and_its_headers(client, monkeypatch):
    monkeypatch.setattr("sponsors.exports.MOST_ROWS", 3)
    for _ in range(4):
        make_bill()
    answer = client.get("/bills/list.json")
    told = json.loads(body(answer))
    assert (told["count"], told["is_cut"], len(told["bills"])) == (3, True, 3)
    answer = client.get("/bills/list.csv")
    assert len(rows(answer)) == 3
    assert (answer["X-List-Is-Cut"], answer["X-List-Count"]) == ("yes", "3")
    assert "bills-first-3.csv" in answer["Content-Disposition"]


@pytest.mark.parametrize("ending", ["list.csv", "list.json", "feed.atom"])
@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("stage=nothing", "stage: We do not have “nothing”; it was ignored."),
        ("stage=senate_floor&stage=nothing", "stage: We do not have “nothing”"),
        ("moved_after=soon", "moved_after: This is not a day"),
        ("sort=odd", "sort: We do not have this one"),
        ("stagee=senate_floor", "stagee: there is no such filter."),
        ("q=%00", "q: That has a character"),
    ],
)
def test_a_file_is_never_silently_wider_than_what_was_asked_for(client, ending, query, reason):
    make_bill("S1")
    answer = client.get(f"/bills/{ending}?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert reason in answer.content.decode()


def test_files_are_read_and_never_written(client):
    for ending in ("list.csv", "list.json", "feed.atom"):
        assert client.post(f"/bills/{ending}").status_code == 405


def test_a_file_of_many_bills_asks_by_portions(client, django_assert_max_num_queries):
    session = make_session()
    Bill.objects.bulk_create(
        Bill(session=session, base_print_no=f"S{n}", slug=f"s{n}", chamber="senate") for n in range(1, 602)
    )
    with django_assert_max_num_queries(1 + 1 + 3):
        assert len(rows(client.get("/bills/list.csv"))) == 601


def test_the_feed_says_where_each_bill_stands_and_whether_it_is_law(client):
    moved = datetime(2026, 3, 1, 12, tzinfo=UTC)
    make_bill("S1", year=2025, short_name="Liberty & Act", last_action_on=date(2026, 2, 1), changed_at=moved)
    make_bill("S2", year=2025, status="SENATE_FLOOR")
    answer = client.get("/bills/feed.atom?stage=in_senate_comm")
    feed = ElementTree.fromstring(answer.content)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "tag:127.0.0.1,2026:bill/ny/2025/s1"
    assert entry.findtext(f"{ATOM}title") == "S1: Liberty & Act"
    assert entry.findtext(f"{ATOM}updated") == "2026-03-01T12:00:00+00:00"
    assert "This is not law." in entry.findtext(f"{ATOM}content")
    assert feed.findtext(f"{ATOM}subtitle") == "Stage now: In Senate committee"
    assert "application/atom+xml" in answer["Content-Type"]


def test_the_page_links_to_its_files_with_the_same_narrowing(client):
    make_bill("S1", year=2025)
    html = client.get("/bills/?session=2025&sort=title").content.decode()
    for ending in ("list.csv", "list.json", "feed.atom"):
        assert f'href="/bills/{ending}?session=ny.2025&amp;sort=title"' in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/bills/?session=ny.2025&amp;sort=title">' in html
