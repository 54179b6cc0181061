"""Proposals and issues, as a reader meets them."""

from __future__ import annotations

from datetime import date

import pytest

from bills.models import Action, Issue, Proposal, RelatedBill, RollCall, Sponsorship, Stage
from tests.factories import make_bill, make_person, make_statement
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]

DEAD = {
    "outcome": "died", "ended_on": date(2018, 12, 31), "status_committee": "Codes", "status_chamber": "senate",
    "status_date": date(2018, 1, 3), "last_action_on": date(2018, 1, 3),
}  # fmt: skip
ALIVE = {
    "year": 2025, "status_committee": "Codes", "status_chamber": "senate", "status_date": date(2026, 1, 7),
    "last_action_on": date(2026, 1, 7),
}  # fmt: skip
LAW = {
    "outcome": "signed", "status": "SIGNED_BY_GOV", "law_since": date(2018, 5, 1), "ended_on": date(2018, 5, 1),
    "chapter": "37", "last_action_on": date(2018, 5, 1),
}  # fmt: skip


def make_proposal(name: str = "Example Act", slug: str = "example", *, bills=(), **fields) -> Proposal:
    proposal = Proposal.objects.create(name=name, slug=slug, **fields)
    for bill in bills:
        bill.proposal = proposal
        bill.save()
    return proposal


def names(client, **query) -> list[str]:
    answer = client.get("/proposals/", query)
    assert answer.status_code == 200
    return [proposal.name for proposal in answer.context["page"]]


@pytest.fixture
def three_proposals():
    make_proposal("Dead Act", "dead", bills=[make_bill(**DEAD)])
    make_proposal("Living Act", "living", bills=[make_bill(**DEAD), make_bill(**ALIVE)])
    make_proposal("Lawful Act", "lawful", bills=[make_bill(**DEAD), make_bill(**LAW)])
    make_proposal("Hidden Act", "hidden", bills=[make_bill(is_published=False)])


def test_the_last_to_move_comes_first_and_hidden_ones_are_left_out(client, three_proposals):
    assert names(client) == ["Living Act", "Lawful Act", "Dead Act"]


@pytest.mark.parametrize(
    ("state", "found"),
    [("alive", ["Living Act"]), ("law", ["Lawful Act"]), ("ended", ["Dead Act"]), ("unknown", [])],
)
def test_the_list_is_narrowed_by_where_proposals_stand(client, three_proposals, state, found):
    assert names(client, state=state) == found


@pytest.mark.parametrize("words", ["lawful", "ACT lawf", "LÁWFUL"])
def test_a_proposal_is_found_by_its_name(client, three_proposals, words):
    assert names(client, q=words) == ["Lawful Act"]


def test_a_proposal_is_found_by_what_its_bills_are_called(client):
    make_proposal("Named otherwise", bills=[make_bill(short_name="Liberty Act", **DEAD)])
    assert names(client, q="liberty") == ["Named otherwise"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("q", "\x00"),
        ("q", "x" * 101),
        ("q", "%_'\""),
        ("q", "قانون"),
        ("state", "moon"),
        ("page", "-1"),
        ("page", "x"),
    ],
)
def test_odd_values_break_nothing(client, three_proposals, field, value):
    assert client.get("/proposals/", {field: value}).status_code == 200


def test_an_empty_list_says_so(client):
    assert "No proposals have been loaded yet." in text_of(client.get("/proposals/"))
    assert "No proposal that we follow fits all of that." in text_of(client.get("/proposals/?q=nothing"))


def test_the_list_takes_at_most_four_queries(client, django_assert_max_num_queries):
    for number in range(30):
        make_proposal(f"Act {number}", f"act-{number}", bills=[make_bill(**DEAD), make_bill(**ALIVE)])
    with django_assert_max_num_queries(4):
        page = text_of(client.get("/proposals/", {"q": "act", "state": "alive"}))
    assert "30 proposals" in page


# --- one proposal


def test_a_proposal_tells_of_each_bill_how_far_it_got_and_how_it_ended(client):
    person = make_person("Ana Example")
    dead, alive = make_bill("S9001", active_amendment="A", **DEAD), make_bill("S9100", **ALIVE)
    Sponsorship.objects.create(bill=dead, kind="prime", position=1, name_as_written="EXAMPLE", person=person)
    Stage.objects.create(
        bill=dead,
        position=1,
        code="IN_SENATE_COMM",
        chamber="senate",
        date=date(2018, 1, 3),
        committee="Codes",
    )
    RollCall.objects.create(bill=alive, date=date(2026, 2, 1), chamber="senate", ayes=40, nays=20)
    make_proposal(bills=[dead, alive], plain_summary="Would give an example.")
    answer = client.get("/proposals/example/")
    page = text_of(answer)
    assert page.index("It is not law.") < page.index("It is alive now, in 2025-2026: S9100.")
    assert "Introduced 2 times in 2 sessions since 2017. Voted on the floor once." in page
    assert "Would give an example." in page
    assert (
        "2017-2018 S9001A Senate Ana Example Senate Codes Committee January 3, 2018 Died in the Senate Codes "
        "Committee when the session ended on December 31, 2018. None in our source"
    ) in page
    assert "Senate, February 1, 2026: 40 for, 20 against" in page
    assert "The counts of the New York Assembly’s votes are not in our source" in page
    assert 'href="/sponsors/ana-example/"' in answer.content.decode()


def test_a_bill_of_which_we_hold_only_the_number_is_shown_as_such(client):
    bill = make_bill("S9001", **DEAD)
    RelatedBill.objects.create(bill=bill, kind="earlier", session_year=2015, print_no="S9005")
    hidden = make_bill("S9006", year=2015, is_published=False)
    RelatedBill.objects.create(bill=bill, kind="earlier", session_year=2015, print_no="S9006", related=hidden)
    make_proposal(bills=[bill])
    page = text_of(client.get("/proposals/example/"))
    assert "2015-2016 S9005 Senate The record of another bill names this number." in page
    assert "2015-2016 S9006 Senate The record of another bill names this number." in page
    assert "Of 2 of its bills we hold only the numbers." in page


def test_a_tied_bill_without_a_proposal_of_its_own_belongs_to_it_and_one_of_another_does_not(client):
    bill, tied, other = make_bill("S9001", **DEAD), make_bill("S9002", **DEAD), make_bill("S9003", **DEAD)
    for one in (tied, other):
        RelatedBill.objects.create(
            bill=bill, kind="earlier", session_year=2017, print_no=one.base_print_no, related=one
        )
    make_proposal(bills=[bill])
    make_proposal("Other Act", "other", bills=[other])
    answer = client.get("/proposals/example/")
    assert [entry.print_no for entry in answer.context["entries"]] == ["S9001", "S9002"]


def test_what_was_said_stands_with_the_print_it_speaks_of(client):
    bill = make_bill("S9001", active_amendment="B", **DEAD)
    make_statement("She calls for it", bill=bill, amendment="A", speaker="Ana Example", stance="supports")
    make_statement("He is against it", bill=bill, amendment="B", speaker="Bo Other", stance="opposes")
    make_statement("A draft", bill=bill, state="draft")
    make_proposal(bills=[bill])
    page = text_of(client.get("/proposals/example/"))
    assert "Ana Example supports it S9001A 2017-2018. About an earlier print, A. The latest is B." in page
    assert "Bo Other opposes it S9001B 2017-2018. Speaks of print B, the latest." in page
    assert "A draft" not in page


def test_the_drawing_is_explained_in_words_and_carries_no_style(client):
    make_proposal(bills=[make_bill("S9001", **DEAD), make_bill("S9100", **ALIVE)])
    html = client.get("/proposals/example/").content.decode()
    drawing = html[html.index('<svg class="chart"') : html.index("</svg>", html.index('<svg class="chart"'))]
    assert 'role="img"' in drawing
    assert "every bill on a time line" in drawing
    assert ">Died with its session</text>" in drawing
    assert "style=" not in html


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_measures_of_the_drawing_are_written_alike_in_every_language(client, settings, prefix):
    settings.USE_THOUSAND_SEPARATOR = True
    make_proposal(bills=[make_bill(**ALIVE | {"year": year}) for year in (2011, 2025)])
    html = client.get(f"{prefix}/proposals/example/").content.decode()
    width = html.split('<svg class="chart" width="')[1].split('"')[0]
    assert width.isdigit()
    assert int(width) > 1000


def test_names_of_the_world_are_escaped(client):
    bill = make_bill("S9001", short_name="<script>x</script>", **DEAD)
    make_proposal("<script>alert(1)</script>", bills=[bill], plain_summary="<b>bold</b>")
    html = client.get("/proposals/example/").content.decode()
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("slug", ["nothing", "example-", "a%00b", "é"])
def test_an_unknown_proposal_is_not_found(client, slug):
    make_proposal(bills=[make_bill(**DEAD)])
    assert client.get(f"/proposals/{slug}/").status_code == 404


def test_a_proposal_without_a_bill_to_show_is_not_found(client):
    make_proposal(bills=[make_bill(is_published=False)])
    assert client.get("/proposals/example/").status_code == 404


def test_a_proposal_is_only_read(client):
    make_proposal(bills=[make_bill(**DEAD)])
    assert client.post("/proposals/example/").status_code == 405
    assert client.post("/proposals/").status_code == 405
    assert client.post("/issues/").status_code == 405


def test_a_long_proposal_takes_no_more_queries(client, django_assert_max_num_queries):
    bills = []
    for year in range(2009, 2026, 2):
        for _ in range(5):
            bill = make_bill(**DEAD | {"year": year})
            bills.append(bill)
            RelatedBill.objects.create(bill=bill, kind="same_as", session_year=year, print_no="A9999")
            Sponsorship.objects.create(bill=bill, kind="prime", position=1, name_as_written="EXAMPLE")
            Action.objects.create(
                bill=bill, sequence=1, date=date(year, 2, 1), chamber="senate", text="PASSED SENATE"
            )
            Stage.objects.create(
                bill=bill, position=1, code="PASSED_SENATE", chamber="senate", date=date(year, 2, 1)
            )
    for number in range(60):
        make_statement(
            f"Speech {number}",
            bill=bills[number % 45],
            speaker="Ana Example",
            stance="supports",
            says="Words.",
        )
    make_proposal(bills=bills)
    with django_assert_max_num_queries(8):
        page = text_of(client.get("/proposals/example/"))
    assert "Older statements stand on the pages of the bills." in page


def test_a_bills_page_leads_to_its_proposal(client):
    bill = make_bill("S9001", **DEAD)
    make_proposal(bills=[bill])
    assert 'href="/proposals/example/"' in client.get(bill.get_absolute_url()).content.decode()


# --- issues


@pytest.fixture
def housing() -> Issue:
    return Issue.objects.create(slug="housing", name="Housing", description="Where people live.")


def test_the_list_of_issues_counts_what_is_filed(client, housing, django_assert_max_num_queries):
    for bill in (make_bill(**DEAD), make_bill(**ALIVE), make_bill(is_published=False)):
        bill.issues.add(housing)
    make_statement().issues.add(housing)
    make_statement("A draft", state="draft").issues.add(housing)
    with django_assert_max_num_queries(4):
        page = text_of(client.get("/issues/"))
    assert "Housing Where people live. 2 bills 1 alive 1 statement" in page


def test_an_issue_shows_its_bills_by_where_they_stand(client, housing, django_assert_max_num_queries):
    bills = [make_bill(**DEAD) for _ in range(30)] + [make_bill("S9100", **ALIVE), make_bill("S9200", **LAW)]
    for bill in bills:
        bill.issues.add(housing)
    make_proposal(bills=bills)
    for number in range(30):
        make_statement(f"Speech {number}").issues.add(housing)
    with django_assert_max_num_queries(8):
        page = text_of(client.get("/issues/housing/"))
    assert "1 is alive 1 became law 30 ended without becoming law" in page
    assert page.index("S9100") < page.index("S9200")
    assert "All 30" in page
    assert "Example Act" in page
    assert "Where people live." in page


def test_one_state_of_an_issue_comes_in_pages(client, housing, django_assert_max_num_queries):
    for number in range(30):
        make_bill(f"S{9500 + number}", **DEAD).issues.add(housing)
    make_bill("S9100", **ALIVE).issues.add(housing)
    with django_assert_max_num_queries(8):
        page = text_of(client.get("/issues/housing/?state=ended&page=2"))
    assert "Page 2 of 2" in page
    assert "S9100" not in page


@pytest.mark.parametrize("query", ["state=moon", "state=%00", "page=x", "state=ended&page=999", "state="])
def test_odd_values_of_an_issue_break_nothing(client, housing, query):
    assert client.get(f"/issues/housing/?{query}").status_code == 200


def test_an_empty_issue_says_so(client, housing):
    page = text_of(client.get("/issues/housing/"))
    assert "No bill is filed under this issue." in page
    assert "No statement is filed under this issue." in page
    assert client.get("/issues/nothing/").status_code == 404
