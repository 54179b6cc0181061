"""Committees and organisations, as a reader meets them."""

from __future__ import annotations

from datetime import date

import pytest

from bills.models import Stage
from sponsors.models import Committee, Organization
from statements.models import Position, Speaker, Statement
from tests.factories import make_bill, make_person, make_session, make_statement
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


@pytest.fixture
def reading_in_march_2026(time_machine):
    time_machine.move_to("2026-03-10T12:00:00-04:00", tick=False)


@pytest.fixture
def codes() -> Committee:
    make_session("ny"), make_session("nyc", 2014)
    return Committee.objects.create(legislature_id="ny", chamber="senate", name="Codes", slug="codes")


def waiting(committee, print_no: str = "", since: date = date(2026, 1, 7), **fields):
    return make_bill(
        print_no, year=2025, committee=committee, status_committee=committee.name, status_chamber=committee.chamber,
        status_date=since, last_action_on=since, **fields,
    )  # fmt: skip


def died(committee, print_no: str = "", **fields):
    return make_bill(
        print_no,
        committee=committee,
        status_committee=committee.name,
        status_chamber="senate",
        outcome="died",
        ended_on=date(2018, 12, 31),
        last_action_on=date(2018, 1, 3),
        **fields,
    )


def test_committees_stand_by_house_with_what_waits_and_what_died(
    client, codes, django_assert_max_num_queries
):
    waiting(codes), died(codes), died(codes), died(codes, is_published=False)
    council = Committee.objects.create(
        legislature_id="nyc", chamber="council", name="Immigration", slug="immigration"
    )
    make_bill(
        "Int 1", legislature="nyc", year=2014, committee=council, outcome="substituted", status="IN_COMMITTEE"
    )
    Committee.objects.create(legislature_id="ny", chamber="senate", name="Idle", slug="idle")
    with django_assert_max_num_queries(4):
        page = text_of(client.get("/committees/"))
    assert (
        "New York Senate Codes 1 bill waits 2 bills died here The longest wait began on January 7, 2026."
        in page
    )
    assert "New York City Council Immigration" in page
    assert "Idle" not in page


def test_a_committee_shows_the_longest_wait_first_then_what_died_there(client, codes):
    waiting(codes, "S9002"), waiting(codes, "S9001", date(2025, 1, 8)), died(codes, "S9003")
    page = text_of(client.get("/committees/ny/senate/codes/"))
    assert "Senate Codes Committee" in page
    assert "2 wait now 1 died here 3 were ever before it" in page
    assert "The longest wait began on January 8, 2025." in page
    assert (
        page.index("S9001") < page.index("S9002") < page.index("Died in this committee") < page.index("S9003")
    )


def test_bills_that_went_on_were_once_before_it(client, codes):
    passed = make_bill("S9004", status="PASSED_SENATE")
    Stage.objects.create(
        bill=passed,
        position=1,
        code="IN_SENATE_COMM",
        chamber="senate",
        date=date(2017, 2, 1),
        committee="CODES",
    )
    elsewhere = make_bill("A9005")
    Stage.objects.create(
        bill=elsewhere,
        position=1,
        code="IN_ASSEMBLY_COMM",
        chamber="assembly",
        date=date(2017, 2, 1),
        committee="Codes",
    )
    assert "1 was ever before it" in text_of(client.get("/committees/ny/senate/codes/"))
    page = text_of(client.get("/committees/ny/senate/codes/?show=ever"))
    assert "S9004" in page
    assert "A9005" not in page


def test_a_committee_that_the_record_names_with_its_full_name_is_the_same(client, codes):
    council = Committee.objects.create(
        legislature_id="nyc", chamber="council", name="Immigration", slug="immigration"
    )
    bill = make_bill("Int 1", legislature="nyc", year=2014, status="ENACTED")
    Stage.objects.create(
        bill=bill, position=1, code="IN_COMMITTEE", chamber="council", date=date(2014, 2, 1),
        committee="Committee on Immigration",
    )  # fmt: skip
    page = text_of(client.get(council.get_absolute_url()))
    assert "Committee on Immigration" in page
    assert "1 was ever before it" in page


def test_what_a_committee_has_decided_on_does_not_wait_there(client, codes):
    waiting(codes, status="REPORTED")
    assert "0 wait now" in text_of(client.get("/committees/ny/senate/codes/"))


def test_an_idle_committee_says_so(client, codes):
    page = text_of(client.get("/committees/ny/senate/codes/"))
    assert "None of the bills that we follow waits here now." in page
    assert "None of the bills that we follow died here." in text_of(
        client.get("/committees/ny/senate/codes/?show=died")
    )


@pytest.mark.parametrize("query", ["show=moon", "show=%00", "page=x", "show=died&page=99", "page=-3"])
def test_odd_values_of_a_committee_break_nothing(client, codes, query):
    assert client.get(f"/committees/ny/senate/codes/?{query}").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["ny/senate/nothing", "nyc/senate/codes", "ny/assembly/codes", "moon/senate/codes", "ny/senate/a%00b"],
)
def test_an_unknown_committee_is_not_found(client, codes, path):
    assert client.get(f"/committees/{path}/").status_code == 404


def test_a_committee_takes_a_fixed_number_of_queries(client, codes, django_assert_max_num_queries):
    for _ in range(30):
        waiting(codes), died(codes)
    for show in ("", "died", "ever"):
        with django_assert_max_num_queries(8):
            assert "Page 2 of " in text_of(
                client.get("/committees/ny/senate/codes/", {"show": show, "page": "2"})
            )


# --- organisations


@pytest.fixture
def union() -> Organization:
    return Organization.objects.create(
        slug="a-union", name="A Union", aliases=["AU"], website="https://example.org/"
    )


def speak_for(organization, title: str = "They speak", **fields) -> Statement:
    statement = make_statement(title, **fields)
    Speaker.objects.create(
        statement=statement, place=9, name_as_written="Ana Example", organization=organization
    )
    return statement


def listed(client, **query) -> list[str]:
    answer = client.get("/organizations/", query)
    assert answer.status_code == 200
    return [one.name for one in answer.context["page"]]


def test_organisations_that_never_spoke_are_left_out(client, union):
    Organization.objects.create(slug="silent", name="Silent")
    speak_for(union)
    speak_for(Organization.objects.create(slug="drafted", name="Drafted"), "A draft", state="draft")
    assert listed(client) == ["A Union"]


def test_a_card_counts_each_statement_once_by_whatever_name_it_was_published(client, union):
    speak_for(union, "One", publisher="A Union")
    make_statement("Two", publisher="AU")
    make_statement("Three", publisher="Another")
    bill = make_bill("S9001")
    for stance, statement in (("supports", make_statement("Four")), ("supports", make_statement("Five"))):
        Position.objects.create(statement=statement, bill=bill, organization=union, stance=stance)
    assert "A Union 2 statements supports 1 bill" in text_of(client.get("/organizations/"))
    assert "2 statements" in text_of(client.get("/organizations/a-union/"))


@pytest.mark.parametrize("words", ["union", "AU", "a UNI", "Únion"])
def test_an_organisation_is_found_by_any_of_its_names(client, union, words):
    speak_for(union)
    speak_for(Organization.objects.create(slug="other", name="Other"), "Other speaks")
    assert listed(client, q=words) == ["A Union"]


@pytest.mark.parametrize(("field", "value"), [("q", "\x00"), ("q", "x" * 101), ("q", "\"'%"), ("page", "x")])
def test_odd_values_of_the_list_break_nothing(client, union, field, value):
    assert client.get("/organizations/", {field: value}).status_code == 200


def test_an_empty_list_says_so(client):
    assert "No organization has spoken yet." in text_of(client.get("/organizations/"))
    assert "No organization on record fits that." in text_of(client.get("/organizations/?q=nothing"))


def test_the_list_takes_at_most_four_queries(client, django_assert_max_num_queries):
    for number in range(30):
        speak_for(Organization.objects.create(slug=f"o-{number}", name=f"O {number}"), f"Speech {number}")
    with django_assert_max_num_queries(4):
        assert "Page 2 of 2" in text_of(client.get("/organizations/", {"q": "o", "page": "2"}))


def test_an_organisation_shows_positions_with_print_and_end_statements_and_speakers(client, union):
    bill = make_bill(
        "S9001", active_amendment="B", short_name="Example Act", outcome="died", ended_on=date(2018, 12, 31),
        status_committee="Codes", status_chamber="senate",
    )  # fmt: skip
    statement = speak_for(union, "They call for it")
    Position.objects.create(
        statement=statement, bill=bill, organization=union, stance="opposes", amendment="A"
    )
    answer = client.get("/organizations/a-union/")
    page = text_of(answer)
    assert "Also written AU" in page
    assert 'href="https://example.org/" rel="external"' in answer.content.decode()
    assert (
        "Opposes S9001A Example Act 2017-2018 About an earlier print, A. The latest is B. Died in the Senate Codes "
        "Committee when the session ended on December 31, 2018. They call for it, February 6, 2017"
    ) in page
    assert "Who speaks for it Ana Example in 1 statement" in page


def test_a_position_of_its_speaker_names_the_speaker(client, union):
    bill, person = make_bill("S9001"), make_person("Ana Example")
    statement = make_statement(
        "She speaks", bill=bill, speaker="Ana Example", person=person, stance="supports"
    )
    Speaker.objects.filter(statement=statement).update(organization=union)
    page = text_of(client.get("/organizations/a-union/"))
    assert "Supports S9001 2017-2018 Ana Example Senator A Union" in page


def test_hidden_bills_and_drafts_of_an_organisation_are_not_shown(client, union):
    hidden, drafted = make_bill("S9001", is_published=False), make_bill("S9002")
    Position.objects.create(
        statement=make_statement("Open"), bill=hidden, organization=union, stance="supports"
    )
    Position.objects.create(
        statement=make_statement("Draft", state="draft"), bill=drafted, organization=union, stance="supports"
    )
    page = text_of(client.get("/organizations/a-union/"))
    assert "S9001" not in page
    assert "S9002" not in page
    assert "We hold no position of this organization on a bill." in page


def test_a_site_that_is_no_page_of_the_web_is_not_linked(client, union):
    Organization.objects.update(website="javascript:alert(1)")
    assert "javascript" not in client.get("/organizations/a-union/").content.decode()


@pytest.mark.parametrize("slug", ["nobody", "a-union-", "a%00b", "é"])
def test_an_unknown_organisation_is_not_found(client, union, slug):
    assert client.get(f"/organizations/{slug}/").status_code == 404


def test_bodies_are_only_read(client, union, codes):
    for path in ("/committees/", codes.get_absolute_url(), "/organizations/", union.get_absolute_url()):
        assert client.post(path).status_code == 405


def test_an_organisation_takes_a_fixed_number_of_queries(client, union, django_assert_max_num_queries):
    for number in range(30):
        statement = speak_for(union, f"Speech {number}")
        Position.objects.create(statement=statement, bill=make_bill(), organization=union, stance="supports")
    with django_assert_max_num_queries(8):
        assert "30 statements" in text_of(client.get("/organizations/a-union/"))
