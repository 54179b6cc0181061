"""What the API answers: lists, one of each, pages, filters; and what appears in none of it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from bills.models import Action, Change, Sponsorship
from sponsors import pagination
from tests.api.conftest import HIDDEN, TO_COME
from tests.factories import make_bill, make_person, make_statement

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
BILL = "bills/ny/2025/s90001"


def get(client, path: str, status: int = 200, **query):
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == status, answer.content
    return answer.json()


def ids(told) -> list[str]:
    return [one["id"] for one in told["results"]]


def test_the_index_links_to_everything(client, record):
    told = get(client, "")
    assert {one["address"].removeprefix(f"{SITE}/api/v1/") for one in told["addresses"]} >= {
        "bills", "bills/{legislature}/{session}/{print_no}", "changes", "people", "statements", "status",
    }  # fmt: skip


def web_addresses(told) -> list[str]:
    """Every web address in an answer that is one of ours by its path."""
    if isinstance(told, dict):
        told = list(told.values())
    if isinstance(told, list):
        return [address for one in told for address in web_addresses(one)]
    ours = r"https?://[^/]+/(?:api|bills|sponsors|statements|data)/"
    return [told] if isinstance(told, str) and re.match(ours, told) else []


@pytest.mark.parametrize("host", ["localhost", "testserver:8123"])
def test_addresses_are_those_of_the_site_under_whatever_name_it_is_asked(client, record, host):
    change(record, 1)
    found = []
    for address in (*ADDRESSES, "bills?limit=1", "bills?limit=1&page=2", "changes?since=2026-01-01&limit=1"):
        answer = client.get(f"/api/v1/{address}", headers={"host": host})
        assert answer.status_code == 200
        found += web_addresses(answer.json())
    for page in ("/api/", "/data/", "/robots.txt", "/sitemap.xml"):
        text = client.get(page, headers={"host": host}).content.decode()
        assert host not in text, page
    assert len(found) > 20
    assert {address.split("/")[2] for address in found} == {SITE.split("/")[2]}


ADDRESSES = [
    "",
    "bills",
    BILL,
    f"{BILL}/changes",
    "changes",
    "proposals",
    "proposals/example-act",
    "issues",
    "sessions",
    "people",
    "people?show=all",
    "people/ana-example",
    "committees",
    "organizations",
    "statements",
    "statements/2026/an-example-speaks",
    "status",
    "openapi.json",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_address_answers_and_tells_nothing_hidden(client, hidden, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    assert HIDDEN.lower() not in answer.content.decode().lower()
    assert "KEPT OUT" not in answer.content.decode()
    assert "ny/2025/s90009" not in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "bills/ny/2025/s90009",
        "bills/ny/2025/s90009/changes",
        f"people/{HIDDEN.lower()}-person",
        f"statements/2017/{HIDDEN.lower()}-draft",
    ],
)
def test_what_is_hidden_is_not_found_by_name_either(client, hidden, path):
    get(client, path, 404)


def test_one_bill_tells_its_whole_record(client, record):
    told = get(client, BILL)
    assert told["id"] == "ny/2025/s90001"
    assert told["number"] == "S90001A"
    assert told["status_words"] == "In the Senate Codes Committee since January 7, 2026"
    assert (told["is_law"], told["law_line"], told["outcome"]) == (False, "This is not law.", None)
    assert (told["checked_at"], told["changed_at"]) == ("2026-03-09T12:00:00Z", "2026-01-08T00:00:00Z")
    assert [one["letter"] for one in told["prints"]] == ["", "A"]
    assert [one["text"] for one in told["actions"]] == ["REFERRED TO CODES"]
    assert [one["code"] for one in told["stages"]] == ["IN_SENATE_COMM"]
    assert [(one["kind"], one["person"], one["party"]) for one in told["sponsors"]] == [
        ("prime", "ana-example", "Democratic"),
        ("co", None, None),
    ]
    assert [(one["kind"], one["related"]) for one in told["relations"]] == [("same_as", "ny/2025/a90002")]
    assert told["same_proposal"] == ["ny/2025/a90002"]
    assert told["roll_calls"][0]["member_votes"] == [
        {"vote": "aye", "name": "Example"},
        {"vote": "nay", "name": "Other"},
    ]
    assert [one["text"] for one in told["messages"]] == ["I am returning it."]
    assert [one["number"] for one in told["agendas"]] == [4]
    assert [one["url"] for one in told["papers"]] == ["https://example.org/s90001a.pdf"]
    assert {name: told["poll"][name] for name in ("aye", "nay", "undecided", "total")} == {
        "aye": 2, "nay": 1, "undecided": 0, "total": 3,
    }  # fmt: skip
    assert "no scientific sample" in told["poll"]["note"]
    assert [(one["id"], one["print"]) for one in told["statements"]] == [("2026/an-example-speaks", "A")]
    assert told["issues"] == ["examples"]
    for linked in ("url", "changes_url"):
        assert client.get(told[linked]).status_code == 200


def test_a_replaced_bill_is_read_via_the_other_and_never_called_law_itself(client):
    law = make_bill(
        "A2",
        chamber="assembly",
        status="SIGNED_BY_GOV",
        outcome="signed",
        law_since=date(2018, 6, 1),
        chapter="37",
    )
    make_bill(
        "S1",
        status="SUBSTITUTED",
        outcome="substituted",
        ended_on=date(2018, 5, 1),
        substituted_by=law,
        substituted_by_print_no="A2",
    )
    told = get(client, "bills/ny/2017/s1")
    assert (told["outcome"], told["via"], told["is_law"]) == ("substituted", "A2", False)
    assert told["law_line"] == "This has been law since June 1, 2018 (chapter 37), via A2."


def test_an_address_that_no_browser_should_open_is_not_passed_on(client, record):
    record.documents.create(kind="text", name="Odd", url="javascript:alert(1)")
    record.source_url = "javascript:alert(1)"
    record.save()
    told = get(client, BILL)
    assert told["source_url"] is None
    assert "javascript" not in str(told)


@pytest.mark.parametrize(
    "spelling",
    ["bills/NY/2026/S.90001-A", "bills/ny/2025/S90001", "bills/ny/2026/s90001", "bills/ny/2025/s90001/"],
)
def test_any_spelling_leads_to_the_plain_one_for_good(client, record, spelling):
    answer = client.get(f"/api/v1/{spelling}")
    assert (answer.status_code, answer["Location"]) == (301, f"/api/v1/{BILL}")


def test_a_redirect_keeps_the_query(client, record):
    answer = client.get("/api/v1/bills/ny/2026/S90001/changes?limit=5")
    assert answer["Location"] == f"/api/v1/{BILL}/changes?limit=5"
    assert client.get("/api/v1/bills/?limit=5")["Location"] == "/api/v1/bills?limit=5"


@pytest.mark.parametrize(
    "path",
    [
        "bills/xx/2017/s1",
        "bills/ny/20170/s1",
        "bills/ny/٢٠١٧/s1",
        "bills/ny/2017/nonsense",
        "bills/ny/2017/%00",
        "bills/ny/2017/s99999",
        "bills/ny/2017/" + "9" * 5000,
        "people/nobody",
        "people/%00",
        "proposals/none",
        "statements/2017/none",
        "statements/0000/none",
        "statements/now/none",
        "nothing/here",
    ],
)
def test_what_is_not_there_says_so_in_words(client, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["title"]) == (404, "Not Found")
    assert len(told["detail"]) > 20


# --- lists


def test_the_filters_of_the_page_narrow_the_list(client, record):
    make_bill("S1", outcome="died", ended_on=date(2018, 12, 31))
    assert ids(get(client, "bills", outcome="died")) == ["ny/2017/s1"]
    assert ids(get(client, "bills", q="S.90001-A")) == ["ny/2025/s90001"]
    assert ids(get(client, "bills", committee="ny.senate.codes")) == ["ny/2025/s90001"]
    assert ids(get(client, "bills", sponsor="ana-example")) == ["ny/2025/s90001"]
    assert ids(get(client, "bills", issue="examples", legislature="ny", sort="number")) == ["ny/2025/s90001"]
    assert ids(get(client, "bills", outcome="")) == ids(get(client, "bills"))
    assert ids(get(client, "people", q="example")) == ["ana-example"]
    assert ids(get(client, "statements", speaker="ana-example", year=2026)) == ["2026/an-example-speaks"]


def test_the_list_and_the_page_choose_the_same_bills(client, record):
    for query in ({}, {"outcome": "alive"}, {"sponsor": "example"}, {"session": "2025", "sort": "number"}):
        page = client.get("/bills/", query).context["page"]
        assert ids(get(client, "bills", **query)) == [f"ny/2025/{bill.slug}" for bill in page]


@pytest.mark.parametrize(
    ("path", "query", "parameter"),
    [
        ("bills", "outcom=died", "outcom"),
        ("bills", "outcome=sleeping", "outcome"),
        ("bills", "session=1066", "session"),
        ("bills", "legislature=nj", "legislature"),
        ("bills", "sort=-pk", "sort"),
        ("bills", "q=%00", "q"),
        ("bills", "q=" + "x" * 201, "q"),
        ("bills", "page=0", "page"),
        ("bills", "page=one", "page"),
        ("bills", "page=1&page=2", "page"),
        ("bills", "limit=101", "limit"),
        ("bills", "limit=-1", "limit"),
        ("bills", "limit=", "limit"),
        ("bills", "sponsor=a&sponsor=b", "sponsor"),
        ("people", "chamber=ny.lords", "chamber"),
        ("people", "name=x", "name"),
        ("statements", "year=17", "year"),
        ("statements", "state=draft", "state"),
        ("issues", "q=x", "q"),
        ("sessions", "year=2017", "year"),
        ("committees", "chamber=senate", "chamber"),
        ("organizations", "name=x", "name"),
        ("proposals", "name=x", "name"),
        ("status", "source=x", "source"),
        ("", "x=1", "x"),
        (BILL, "fields=title", "fields"),
        ("people/ana-example", "x=1", "x"),
        ("statements/2026/an-example-speaks", "x=1", "x"),
        ("proposals/example-act", "x=1", "x"),
        ("changes", "since=yesterday", "since"),
        ("changes", "since=2026-13-01", "since"),
        ("changes", "since=0001-01-01T00:00:00+14:00", "since"),
        ("changes", "cursor=abc", "cursor"),
        ("changes", "cursor=%F0%9F%98%80", "cursor"),
        ("changes", "legislature=nj", "legislature"),
        ("changes", "limit=0", "limit"),
        (f"{BILL}/changes", "since=2026-01-01", "since"),
    ],
)
def test_an_unknown_or_malformed_parameter_is_named_and_never_a_wider_list(
    client, record, path, query, parameter
):
    answer = client.get(f"/api/v1/{path}?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    told = answer.json()
    assert [one["parameter"] for one in told["errors"]] == [parameter]
    assert parameter in told["detail"]
    assert "ignored" not in str(told)


def test_pages_are_linked_and_the_last_one_ends(client):
    for number in range(1, 6):
        make_bill(f"S{number}")
    first = get(client, "bills", limit=2, sort="number")
    assert (first["count"], first["count_is_exact"], first["previous"]) == (5, True, None)
    seen, address = [], first["next"]
    while address:
        told = client.get(address).json()
        seen += ids(told)
        address = told["next"]
    assert ids(first) + seen == [f"ny/2017/s{number}" for number in range(1, 6)]


def test_a_page_beyond_the_last_is_an_error_and_an_empty_list_is_none(client):
    assert get(client, "bills")["results"] == []
    told = get(client, "bills", 404, page=2)
    assert told["detail"] == "There is no page 2 of this list; the last is page 1."


def test_a_list_too_long_to_count_says_so_and_points_to_the_files(client, monkeypatch):
    for number in range(1, 6):
        make_bill(f"S{number}")
    monkeypatch.setattr(pagination, "MOST_COUNTED", 4)
    told = get(client, "bills", limit=2)
    assert (told["count"], told["count_is_exact"]) == (4, False)
    assert "/data/" in get(client, "bills", 404, limit=2, page=3)["detail"]


# --- what changed


def change(bill, minute: int, fact: str = "title") -> Change:
    moment = datetime(2026, 3, 1, 12, minute, tzinfo=UTC)
    return Change.objects.create(bill=bill, fact=fact, after=str(minute), source="records", found_at=moment)


def test_the_feed_gives_each_change_once_however_it_is_cut(client, record):
    for minute in (1, 1, 1, 2, 3):
        change(record, minute)
    seen, told = [], get(client, "changes", since="2026-03-01", limit=2)
    while True:
        seen += [one["after"] for one in told["results"]]
        if not told["has_more"]:
            break
        told = client.get(told["next"]).json()
    assert seen == ["1", "1", "1", "2", "3"]
    assert client.get(told["next"]).json()["results"] == []
    change(record, 4)
    assert [one["after"] for one in client.get(told["next"]).json()["results"]] == ["4"]


def test_the_feed_holds_back_what_a_transaction_may_still_be_writing(client, record, time_machine):
    Change.objects.create(
        bill=record,
        fact="title",
        after="new",
        source="records",
        found_at=datetime(2026, 3, 10, 16, 0, 0, tzinfo=UTC),
    )
    asked = {"since": "2026-03-10"}
    assert get(client, "changes", **asked)["results"] == []
    time_machine.move_to("2026-03-10T12:02:00-04:00", tick=False)
    assert [one["after"] for one in get(client, "changes", **asked)["results"]] == ["new"]


def test_the_feed_is_narrowed_and_understands_moments(client, record):
    change(record, 1)
    change(make_bill("HR6", legislature="us", year=116, status="INTRODUCED"), 2)
    assert [one["bill"] for one in get(client, "changes", since="2026-03-01T12:00:00Z")["results"]] == [
        "ny/2025/s90001",
        "us/116/hr6",
    ]
    found = get(client, "changes", since="2026-03-01T08:02:00-04:00", legislature="us")
    assert [one["bill"] for one in found["results"]] == ["us/116/hr6"]
    assert "legislature=us" in found["next"]
    assert "since" not in found["next"]


@pytest.mark.parametrize(
    "address",
    [
        f"/api/v1/{BILL}", f"/api/v1/{BILL}/changes", "/api/v1/changes?since=2026-01-01", "/bills/ny/2025/s90001/",
        "/bills/ny/2025/s90001/changes/", "/bills/ny/2025/s90001/feed.atom",
    ],
)  # fmt: skip
def test_what_is_dated_in_days_to_come_is_held_everywhere_until_its_day(
    client, to_come, time_machine, address
):
    assert TO_COME.lower() not in client.get(address).content.decode().lower()
    time_machine.move_to("2026-03-11T00:00:01-04:00", tick=False)
    assert TO_COME.lower() in client.get(address).content.decode().lower()


def test_one_bills_log_leaves_out_what_staff_kept_out(client, record):
    told = get(client, f"{BILL}/changes")
    assert [(one["fact"], one["fact_words"]) for one in told["results"]] == [("status", "Where it stands")]


# --- statements and people


def test_a_statement_tells_who_says_what_about_which_print(client, record):
    told = get(client, "statements/2026/an-example-speaks")
    assert told["remarks"] == [
        {
            "place": 1,
            "speaker": "Ana Example",
            "person": "ana-example",
            "text": "We need this example.",
            "verbatim": True,
        }
    ]
    assert [(one["bill"], one["print"], one["stance"]) for one in told["positions"]] == [
        ("ny/2025/s90001", "A", "supports"),
        ("ny/2025/s90001", None, "supports"),
    ]
    assert [(one["bill"], one["is_chief"]) for one in told["mentions"]] == [("ny/2025/s90001", True)]


def test_a_statement_without_a_day_has_an_address(client):
    make_statement("No day given", date=None)
    assert get(client, "statements/undated/no-day-given")["date"] is None
    assert ids(get(client, "statements")) == ["undated/no-day-given"]


def test_a_person_tells_every_term_and_links_to_bills_and_statements(client, record):
    told = get(client, "people/ana-example")
    assert [(term["chamber"], term["district"], term["start"]) for term in told["terms"]] == [
        ("senate", "29", "2019-01-01")
    ]
    assert ids(client.get(told["bills_url"]).json()) == ["ny/2025/s90001"]
    assert ids(client.get(told["statements_url"]).json()) == ["2026/an-example-speaks"]


def test_subjects_count_and_link_what_readers_can_see(client, hidden):
    issue = get(client, "issues")["results"]
    found = next(one for one in issue if one["id"] == "examples")
    assert found["bills"] == 1
    assert ids(client.get(found["bills_url"]).json()) == ["ny/2025/s90001"]
    assert get(client, "proposals")["results"][0]["bills"] == ["ny/2025/a90002", "ny/2025/s90001"]
    assert [(one["id"], one["bills"]) for one in get(client, "sessions")["results"]] == [("ny/2025", 2)]
    assert [(one["id"], one["bills"]) for one in get(client, "committees")["results"]] == [
        ("ny.senate.codes", 1)
    ]
    assert [(one["id"], one["statements_made"]) for one in get(client, "organizations")["results"]] == [
        ("example-coalition", 1)
    ]
    assert [one["source"] for one in get(client, "status")["sources"]] == ["open_legislation"]


# --- what it costs


def test_a_list_takes_at_most_four_queries_and_a_bill_ten_however_long(
    client, record, django_assert_max_num_queries
):
    for number in range(60):
        bill = make_bill(f"S{number + 1}", year=2025, proposal=record.proposal, committee=record.committee)
        bill.issues.add(record.issues.get())
        person = make_person(f"Person Number{number}")
        Sponsorship.objects.create(
            bill=record, kind="co", position=number + 3, name_as_written=f"N{number}", person=person
        )
        Action.objects.create(
            bill=record, sequence=number + 2, date=date(2026, 1, 8), chamber="senate", text=f"LINE {number}"
        )
        change(record, number)
    lists = ("bills", "changes", "proposals", "issues", "sessions", "people", "committees", "statements")
    for path in (*lists, "organizations", f"{BILL}/changes"):
        with django_assert_max_num_queries(4):
            get(client, path, limit=100)
    for path in (
        BILL,
        "people/ana-example",
        "proposals/example-act",
        "statements/2026/an-example-speaks",
        "status",
    ):
        with django_assert_max_num_queries(10):
            get(client, path)
