"""People: the list and one person's page."""

from __future__ import annotations

from datetime import date

import pytest

from bills.models import Sponsorship
from tests.factories import make_bill, make_person, make_session, make_statement, make_term
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def legislatures():
    make_session("ny"), make_session("nyc", 2014)


def sponsor(person, bill=None, kind: str = "prime") -> None:
    Sponsorship.objects.create(
        bill=bill or make_bill(), kind=kind, position=1, name_as_written=person.name, person=person
    )


def names(client, **query) -> list[str]:
    answer = client.get("/sponsors/", query)
    assert answer.status_code == 200
    return [person.name for person in answer.context["page"]]


def test_people_stand_by_surname_and_those_with_nothing_here_are_left_out(client):
    for name in ("Ana Zeta", "Zoe Alpha"):
        sponsor(make_person(name))
    make_person("Nobody Known")
    assert names(client) == ["Zoe Alpha", "Ana Zeta"]
    assert "Nobody Known" in names(client, show="all")


def test_a_card_tells_the_seat_and_what_the_person_did(client):
    person = make_person("Ana Example")
    make_term(person, district="29", party="Democratic", start=date(2013, 1, 1))
    sponsor(person), sponsor(person), sponsor(person, kind="co")
    make_statement(speaker="Ana Example", person=person)
    make_statement("A draft", speaker="Ana Example", person=person, state="draft")
    sponsor(person, make_bill(is_published=False))
    page = text_of(client.get("/sponsors/"))
    assert "Ana Example Senate district 29, Democratic leads 2 bills, co-sponsor of 1, 1 statement" in page


def test_a_seat_that_was_left_is_called_former(client):
    person = make_person("Ana Example")
    make_term(person, district="29", end=date(2018, 12, 31))
    sponsor(person)
    assert "Formerly Senate district 29" in text_of(client.get("/sponsors/"))


def test_two_people_of_one_name_are_told_apart(client):
    for slug, note in (
        ("ana-example", "Not the one in Congress."),
        ("ana-example-2", "Not the State Senator."),
    ):
        sponsor(make_person("Ana Example", slug=slug, note=note))
    page = text_of(client.get("/sponsors/"))
    assert "Ana Example Not the one in Congress." in page
    assert "Ana Example Not the State Senator." in page
    assert "Not the State Senator." in text_of(client.get("/sponsors/ana-example-2/"))


@pytest.mark.parametrize("name", ["jose", "JOSÉ serrano", "serrano jose", "M. Serrano"])
def test_a_name_is_found_by_its_parts_in_any_order(client, name):
    sponsor(make_person("José M. Serrano", slug="jose-m-serrano"))
    sponsor(make_person("Ana Example"))
    assert names(client, q=name) == ["José M. Serrano"]


def test_the_chamber_narrows(client):
    for name, legislature, chamber in (("Ana State", "ny", "senate"), ("Bo City", "nyc", "council")):
        person = make_person(name)
        make_term(person, legislature=legislature, chamber=chamber)
        sponsor(person)
    assert names(client, chamber="nyc.council") == ["Bo City"]


@pytest.mark.parametrize(
    ("field", "value"), [("q", "\x00"), ("q", "x" * 101), ("chamber", "moon"), ("show", "none"), ("q", "???")]
)
def test_odd_values_break_nothing(client, field, value):
    assert client.get("/sponsors/", {field: value}).status_code == 200


def test_an_empty_list_says_so(client):
    assert "Nobody on record fits that." in text_of(client.get("/sponsors/"))


def test_the_list_takes_at_most_four_queries(client, django_assert_max_num_queries):
    for n in range(40):
        person = make_person(f"Person {n}", slug=f"person-{n}")
        make_term(person, district="1")
        sponsor(person)
    with django_assert_max_num_queries(4):
        client.get("/sponsors/", {"page": "2", "q": "person", "chamber": "ny.senate"})


# --- one person


def test_a_persons_page_shows_terms_bills_and_statements(client):
    person = make_person("Ana Example")
    make_term(
        person,
        district="29",
        party="Democratic",
        caucus="A Conference",
        start=date(2013, 1, 1),
        end=date(2016, 12, 31),
    )
    sponsor(person, make_bill("S9001", outcome="died", status_committee="Codes", status_chamber="senate"))
    sponsor(person, make_bill("S9002"), kind="co")
    make_statement("She speaks", speaker="Ana Example", person=person)
    page = text_of(client.get("/sponsors/ana-example/"))
    assert "Senate district 29, Democratic, A Conference" in page
    assert "from January 1, 2013 to December 31, 2016" in page
    assert page.index("S9001") < page.index("Joined as co-sponsor") < page.index("S9002")
    assert "Died in the Senate Codes Committee" in page
    assert "She speaks" in page


def test_a_person_without_anything_is_told_so(client):
    make_person("Ana Example")
    page = text_of(client.get("/sponsors/ana-example/"))
    assert "No seat in a legislature is on our record." in page
    assert "Carries none of the bills that we follow." in page
    assert "We hold no statement by this person." in page


def test_hidden_bills_and_drafts_are_not_shown(client):
    person = make_person("Ana Example")
    sponsor(person, make_bill("S9001", is_published=False))
    make_statement("A draft", speaker="Ana Example", person=person, state="draft")
    page = text_of(client.get("/sponsors/ana-example/"))
    assert "S9001" not in page
    assert "A draft" not in page


@pytest.mark.parametrize("slug", ["nobody", "ana-example-", "a%00b", "é"])
def test_an_unknown_person_is_not_found(client, slug):
    make_person("Ana Example")
    assert client.get(f"/sponsors/{slug}/").status_code == 404


def test_a_persons_page_takes_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    person = make_person("Ana Example")
    for n in range(60):
        make_term(person, district=str(n))
        sponsor(person)
        make_statement(f"Speech {n}", speaker="Ana Example", person=person)
    with django_assert_max_num_queries(8):
        client.get("/sponsors/ana-example/")


def test_a_persons_page_sums_up_what_became_of_the_bills(client, time_machine):
    time_machine.move_to("2026-03-10T12:00:00-04:00", tick=False)
    person = make_person("Ana Example")
    dead = {"outcome": "died", "ended_on": date(2018, 12, 31)}
    for bill, kind in (
        (make_bill(**dead), "prime"),
        (make_bill(**dead), "prime"),
        (make_bill(year=2025, last_action_on=date(2026, 1, 7)), "prime"),
        (make_bill(outcome="signed", law_since=date(2017, 5, 1)), "co"),
        (make_bill(**dead, is_published=False), "prime"),
    ):
        sponsor(person, bill, kind)
    page = text_of(client.get("/sponsors/ana-example/"))
    assert "Led 3 bills: 1 is alive 2 ended without becoming law" in page
    assert "Joined 1 bill: 1 became law" in page


def test_bills_stand_by_role_and_session_the_newest_first(client):
    person = make_person("Ana Example")
    for print_no, year, kind in (("S9001", 2017, "prime"), ("S9002", 2021, "prime"), ("S9003", 2023, "co")):
        sponsor(person, make_bill(print_no, year=year), kind)
    page = text_of(client.get("/sponsors/ana-example/"))
    places = [
        page.index(words)
        for words in (
            "Leads as prime sponsor, New York State, 2021-2022",
            "S9002",
            "Leads as prime sponsor, New York State, 2017-2018",
            "S9001",
            "Joined as co-sponsor, New York State, 2023-2024",
            "S9003",
        )
    ]
    assert places == sorted(places)


def test_a_bill_whose_sponsor_left_it_is_not_counted(client):
    person = make_person("Ana Example")
    sponsor(person, make_bill("S9001"))
    Sponsorship.objects.update(withdrawn_on=date(2017, 5, 1))
    assert "S9001" not in text_of(client.get("/sponsors/ana-example/"))


@pytest.mark.parametrize(
    ("name", "other", "slug"),
    [
        ("Jose M. Serrano", "José E. Serrano", "jose-e-serrano"),
        ("Ana Example", "Ana Example", "ana-example-2"),
        ("Ana Example", "Ana Example Jr.", "ana-example-jr"),
    ],
)
def test_people_of_one_name_lead_to_each_other(client, name, other, slug):
    make_person(name), make_person(other, slug=slug)
    make_person("Ana Other"), make_person("Josefa Serrano"), make_person("Jose Serranova")
    page = client.get(f"/sponsors/{name.lower().replace(' ', '-').replace('.', '')}/")
    assert f'href="/sponsors/{slug}/"' in page.content.decode()
    assert [person.slug for person in page.context["others"]] == [slug]


def test_positions_stand_with_the_print_spoken_of_and_what_became_of_the_bill(client):
    person = make_person("Ana Example")
    bill = make_bill("S9001", active_amendment="B", outcome="died", ended_on=date(2018, 12, 31))
    make_statement(
        "She supports it", bill=bill, amendment="A", speaker="Ana Example", person=person, stance="supports"
    )
    page = text_of(client.get("/sponsors/ana-example/"))
    assert "Supports S9001A 2017-2018 About an earlier print, A. The latest is B." in page


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"start": date(2013, 1, 1)}, "from January 1, 2013, no end on record"),
        ({"end": date(2016, 12, 31)}, "beginning not in our source, to December 31, 2016"),
        ({}, "neither beginning nor end in our source"),
    ],
)
def test_an_open_end_of_a_term_is_said(client, dates, words):
    make_term(make_person("Ana Example"), district="29", **dates)
    assert words in text_of(client.get("/sponsors/ana-example/"))


def test_facets_of_people_count_each_person_once(client, django_assert_max_num_queries):
    ana, bo = make_person("Ana Example"), make_person("Bo Other")
    make_session("ny", 2017), make_session("ny", 2019)
    make_term(ana, party="Democratic", start=date(2017, 1, 1), end=date(2018, 12, 31))
    make_term(ana, chamber="assembly", party="Democratic", start=date(2019, 1, 1))
    make_term(bo, party="Republican", start=date(2019, 1, 1))
    sponsor(ana), sponsor(bo)
    make_statement(speaker="Ana Example", person=ana)
    assert names(client, party=["democratic", "republican"]) == ["Ana Example", "Bo Other"]
    assert names(client, session="ny.2017") == ["Ana Example"]
    assert names(client, has="statements") == ["Ana Example"]
    assert names(client, chamber=["ny.senate", "ny.assembly"], party="republican") == ["Bo Other"]
    with django_assert_max_num_queries(4):
        counts = client.get("/sponsors/").context["list"].tally.counts
    assert counts["chamber"] == {"ny.senate": 2, "ny.assembly": 1}
    assert counts["party"] == {"Democratic": 1, "Republican": 1}
    assert (counts["session"]["ny.2017"], counts["session"]["ny.2019"]) == (1, 2)
    assert counts["has"] == {"3": 1, "1": 1}


def test_the_list_of_people_can_be_taken_along(client):
    sponsor(make_person("=Ana Example", slug="ana-example"))
    make_person("Nobody Known")
    text = b"".join(client.get("/sponsors/list.csv").streaming_content).decode()
    assert "ana-example,'=Ana Example" in text
    assert "Nobody" not in text
    assert b"Nobody" in b"".join(client.get("/sponsors/list.json?show=all").streaming_content)
    assert client.get("/sponsors/list.json?chamber=moon").status_code == 400


@pytest.mark.parametrize("part", ["", "share.png", "feed.atom"])
def test_a_person_whom_only_a_draft_names_has_no_page(client, part):
    person = make_person("Ana Example")
    make_statement("Draft", state="draft", speaker="Ana Example", person=person)
    assert client.get(f"/sponsors/ana-example/{part}").status_code == 404
    assert "Ana Example" not in client.get("/sponsors/?show=all").content.decode()
    assert "Ana Example" not in text_of(client.get("/search/?q=ana"))
