"""The bill list: narrowing, sorting, turning pages, and what nobody could have chosen."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bills.filters import BillFilter
from bills.models import Issue, Proposal, Sponsorship
from sponsors.models import Committee
from tests.factories import make_bill, make_person
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


def shown(client, **query) -> list[str]:
    """Base print numbers of the bills on the page, in its order."""
    answer = client.get("/bills/", query)
    assert answer.status_code == 200
    return [bill.base_print_no for bill in answer.context["page"]]


@pytest.fixture
def senate_codes() -> Committee:
    return Committee.objects.create(legislature_id="ny", chamber="senate", name="Codes", slug="codes")


def test_the_last_to_move_comes_first_and_those_without_actions_last(client):
    make_bill("S1", last_action_on=date(2017, 1, 1))
    make_bill("S2")
    make_bill("S3", last_action_on=date(2018, 1, 1))
    assert shown(client) == ["S3", "S1", "S2"]


def test_unpublished_bills_are_left_out(client):
    make_bill("S1", is_published=False)
    assert shown(client) == []


def test_legislature_and_session_narrow(client):
    make_bill("S1")
    make_bill("S2", year=2019)
    make_bill("HR6", legislature="us", year=116, status="INTRODUCED")
    assert shown(client, legislature="us") == ["HR6"]
    assert shown(client, session="2019") == ["S2"]
    assert shown(client, legislature="us", session="2019") == []


def test_stage_and_outcome_narrow(client):
    make_bill("S1", year=2025)
    make_bill("S2", year=2025, status="SENATE_FLOOR")
    make_bill("S3", outcome="died", ended_on=date(2018, 12, 31))
    make_bill("S4", status="SIGNED_BY_GOV", outcome="signed", law_since=date(2017, 6, 1))
    make_bill("S5", status="POCKET_APPROVAL", outcome="law_without_signature", law_since=date(2017, 6, 1))
    assert shown(client, stage="senate_floor") == ["S2"]
    assert sorted(shown(client, outcome="alive")) == ["S1", "S2"]
    assert sorted(shown(client, outcome="law")) == ["S4", "S5"]
    assert shown(client, outcome="died") == ["S3"]


def test_a_bill_whose_session_is_over_is_not_alive_though_no_end_is_on_record(client):
    make_bill("S1", year=2017)
    assert shown(client, outcome="alive") == []


def test_committee_and_issue_narrow(client, senate_codes):
    make_bill("S1", committee=senate_codes)
    filed = make_bill("S2")
    filed.issues.add(Issue.objects.create(slug="housing", name="Housing"))
    assert shown(client, committee="ny.senate.codes") == ["S1"]
    assert shown(client, issue="housing") == ["S2"]


@pytest.mark.parametrize("name", ["Serrano", "jose serrano", "José M. Serrano", "jose-m-serrano"])
def test_a_sponsor_is_found_by_any_part_of_the_name(client, name):
    person = make_person("Jose M. Serrano", slug="jose-m-serrano")
    Sponsorship.objects.create(
        bill=make_bill("S1"), kind="co", position=1, name_as_written="SERRANO", person=person
    )
    make_bill("S2")
    assert shown(client, sponsor=name) == ["S1"]


def test_a_slug_means_one_person_of_two_with_one_name(client):
    for number, slug in (("S1", "ana-example"), ("S2", "ana-example-2")):
        person = make_person("Ana Example", slug=slug)
        Sponsorship.objects.create(
            bill=make_bill(number), kind="prime", position=1, name_as_written="E", person=person
        )
    assert shown(client, sponsor="ana-example") == ["S1"]
    assert sorted(shown(client, sponsor="example")) == ["S1", "S2"]


def test_a_sponsor_nobody_was_found_for_is_found_as_written(client):
    Sponsorship.objects.create(bill=make_bill("S1"), kind="prime", position=1, name_as_written="DE LA NOBODY")
    assert shown(client, sponsor="la nobody") == ["S1"]


def test_words_are_found_in_names_titles_and_summaries(client):
    make_bill("S1", short_name="Dream Act")
    make_bill("S2", title="Relates to tuition of dreamers")
    make_bill("S3", plain_summary="Would pay for a lawyer.")
    make_bill("S4", proposal=Proposal.objects.create(slug="d", name="Dignity for Immigrants"))
    assert shown(client, q="dream act") == ["S1"]
    assert shown(client, q="lawyers") == ["S3"]
    assert shown(client, q="dignity immigrant") == ["S4"]
    assert shown(client, q="nothing of the kind") == []


def test_a_number_among_the_words_finds_its_bill(client):
    make_bill("S4075")
    make_bill("S1", title="Amends S4075 of another year")
    assert shown(client, q="S.04075-A") == ["S4075"]


def test_sorting(client):
    make_bill("S20", year=2019, introduced_on=date(2019, 1, 1), last_action_on=date(2020, 1, 1))
    make_bill("S10", year=2021, introduced_on=date(2021, 1, 1), last_action_on=date(2021, 1, 1))
    make_bill("S30", year=2017, last_action_on=date(2017, 1, 1))
    assert shown(client, sort="introduced") == ["S10", "S20", "S30"]
    assert shown(client, sort="number") == ["S10", "S20", "S30"]
    assert shown(client, sort="session") == ["S10", "S20", "S30"]


def test_turning_the_page_keeps_every_other_choice(client):
    for _ in range(30):
        make_bill(title="Relates to dreams")
    answer = client.get("/bills/", {"q": "dreams", "session": "2017", "sort": "number", "utm": "a&b"})
    link = answer.context["list"].next
    assert link.replace("&", "&amp;") in answer.content.decode()
    kept = QueryDict(link.partition("?")[2])
    assert kept.dict() == {"q": "dreams", "session": "ny.2017", "sort": "number", "page": "2"}
    assert len(client.get(link).context["page"].object_list) == 5


def test_what_a_form_sends_empty_is_taken_out_of_the_address_and_the_rest_put_in_order(client):
    sent = "sort=&session=ny.2017&introduced_after=&q=&stage=nothing&outcome=died&utm=x"
    answer = client.get(f"/bills/?{sent}")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/bills/?outcome=died&session=ny.2017&stage=nothing",
    )
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("page", "number"),
    [("0", 2), ("-1", 2), ("x", 1), ("", 1), ("999999", 2), ("9" * 5000, 1), ("1.5", 1), ("\x00", 1)],
)
def test_a_page_that_is_none_shows_another(client, page, number):
    for _ in range(26):
        make_bill()
    answer = client.get("/bills/", {"page": page})
    assert answer.status_code == 200
    assert answer.context["page"].number == number


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("legislature", "tx"),
        ("session", "1066"),
        ("session", "\x00"),
        ("stage", "half-way"),
        ("outcome", "<script>alert(1)</script>"),
        ("committee", "ny.senate"),
        ("committee", "'; DROP TABLE"),
        ("issue", "nothing"),
        ("sort", "random"),
        ("q", "a\x00b"),
        ("q", "x" * 201),
        ("sponsor", "\x00"),
        ("sponsor", "y" * 101),
    ],
)
def test_a_value_nobody_could_choose_is_named_beside_its_field_and_ignored(client, field, value):
    make_bill("S1")
    answer = client.get("/bills/", {field: value})
    assert answer.status_code == 200
    assert [bill.base_print_no for bill in answer.context["page"]] == ["S1"]
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert "it was ignored" in text_of(answer)
    assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize(
    "value",
    [
        "'",
        '"',
        "\\",
        "a & b | !c",
        "(((",
        "-",
        "%",
        "<b>",
        "‮",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ],
)
def test_odd_words_find_nothing_and_break_nothing(client, value):
    make_bill("S1")
    answer = client.get("/bills/", {"q": value, "sponsor": value})
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(list(BillFilter.base_filters)), st.text(max_size=250), max_size=4))
def test_no_query_string_breaks_the_list(client, query):
    sent = {name: value.encode("utf-8", "replace") for name, value in query.items()}
    assert client.get("/bills/", sent, follow=True).status_code == 200


def test_an_empty_list_says_why(client):
    assert "No bills have been loaded yet." in text_of(client.get("/bills/"))
    make_bill("S1")
    answer = client.get("/bills/", {"q": "nothing of the kind"})
    assert "No bill that we follow fits all of that." in text_of(answer)


def test_only_what_has_bills_can_be_chosen(client, senate_codes):
    Committee.objects.create(legislature_id="ny", chamber="senate", name="Unused", slug="unused")
    make_bill("S1", committee=senate_codes)
    html = client.get("/bills/").content.decode()
    assert "ny.senate.codes" in html
    assert "Unused" not in html


QUERIES = [
    {},
    {"page": "2"},
    {"q": "example", "legislature": "ny", "session": "2017", "stage": "in_senate_comm", "outcome": "died"},
    {"committee": "ny.senate.codes", "sponsor": "example", "issue": "housing", "sort": "number"},
    {"q": "S90001"},
]


@pytest.mark.parametrize("query", QUERIES)
def test_any_list_takes_at_most_four_queries(client, senate_codes, query, django_assert_max_num_queries):
    issue = Issue.objects.create(slug="housing", name="Housing")
    person = make_person("Ana Example")
    replacing = make_bill("A1", outcome="signed", status="SIGNED_BY_GOV", law_since=date(2017, 6, 1))
    for n, outcome in zip(range(60), itertools.cycle(["", "died", "substituted"]), strict=False):
        other = (
            {"substituted_by": replacing, "substituted_by_print_no": "A1"} if outcome == "substituted" else {}
        )
        bill = make_bill(
            committee=senate_codes, outcome=outcome, ended_on=date(2018, 1, 1) if outcome else None, **other
        )
        bill.issues.add(issue)
        Sponsorship.objects.create(
            bill=bill, kind="prime", position=n, name_as_written="EXAMPLE", person=person
        )
    with django_assert_max_num_queries(4):
        client.get("/bills/", query)


def test_names_in_the_choices_are_escaped_and_the_chosen_one_is_ticked(client):
    make_bill("S1").issues.add(Issue.objects.create(slug="odd", name='<b>"odd" & even</b>'))
    html = client.get("/bills/", {"issue": "odd"}).content.decode()
    label = "<span>&lt;b&gt;&#34;odd&#34; &amp; even&lt;/b&gt;</span>"
    assert f'<input type="checkbox" name="issue" value="odd" checked>{label}' in html
    assert html.count(" checked>") == 1


def test_bills_with_common_words_are_counted_up_to_a_limit_and_all_others_to_the_last(client, monkeypatch):
    for name in (
        "sponsors.pagination.MOST_COUNTED",
        "sponsors.list_page.MOST_COUNTED",
        "bills.facet_index.MOST_FOUND",
    ):
        monkeypatch.setattr(name, 30)
    for _ in range(31):
        make_bill(title="Relates to lanterns")
    box = 'name="stage" value="in_senate_comm"><span>In Senate committee</span><span class="facet-count">%s<'
    answer = client.get("/bills/", {"q": "lanterns"})
    assert "More than 30 bills" in text_of(answer)
    assert box % "31+" in answer.content.decode()
    answer = client.get("/bills/", {"legislature": "ny"})
    assert "31 bills" in text_of(answer)
    assert box % "31" in answer.content.decode()
    assert "Pages end after 30." in text_of(client.get("/bills/", {"page": "2"}))
