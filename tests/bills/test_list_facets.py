"""Facets of the bill list: several values, counts, what was chosen, what to loosen, and days."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import date

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.template import engines
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bills.filters import DEAD_OUTCOMES, BillFilter
from bills.models import Bill, Issue, ListedBill, PollAnswer, Sponsorship
from bills.stages import LAW_OUTCOMES
from sponsors.models import Committee
from sponsors.tally import tally
from tests.factories import make_bill, make_person, make_session, make_statement, make_term
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


def shown(client, query: str) -> list[str]:
    answer = client.get(f"/bills/?{query}")
    assert answer.status_code == 200
    return sorted(bill.base_print_no for bill in answer.context["page"])


def counts(query: str) -> dict[str, dict[str, int]]:
    """{facet: {value: count}} of what the page shows with its boxes."""
    listing = BillFilter(QueryDict(query), queryset=Bill.objects.published())
    counted = tally(listing)
    return {
        name: {
            value: sum(counted.counts[name].get(key, 0) for key in choice.keys)
            for value, choice in listing.form.fields[name].by_value.items()
        }
        for name in listing.facets
    }


def carried(bill: Bill, party: str) -> None:
    term = make_term(make_person(f"Ana {party} {bill.pk}"), party=party)
    Sponsorship.objects.create(
        bill=bill, kind="prime", position=0, name_as_written=party, person=term.person, term=term
    )


def test_several_values_of_one_facet_widen_and_facets_narrow_each_other(client):
    codes, rules = (
        Committee.objects.create(
            legislature=make_session().legislature, chamber="senate", name=n, slug=n.lower()
        )
        for n in ("Codes", "Rules")
    )
    make_bill("S1", committee=codes, year=2025)
    make_bill("S2", committee=rules, year=2025, status="SENATE_FLOOR")
    make_bill("S3", committee=rules, year=2023)
    make_bill("S4", year=2025)
    assert shown(client, "committee=ny.senate.codes&committee=ny.senate.rules") == ["S1", "S2", "S3"]
    assert shown(client, "committee=ny.senate.codes&committee=ny.senate.rules&session=ny.2025") == [
        "S1",
        "S2",
    ]
    assert shown(client, "session=ny.2025&session=ny.2023&stage=in_senate_comm") == ["S1", "S3", "S4"]
    assert shown(client, "stage=senate_floor&stage=in_senate_comm&committee=ny.senate.rules") == ["S2", "S3"]


def test_legislatures_issues_and_parties_take_several_values(client):
    housing, work = (Issue.objects.create(slug=slug, name=slug) for slug in ("housing", "work"))
    first, second = make_bill("S1"), make_bill("HR6", legislature="us", year=116, status="INTRODUCED")
    make_bill("INT 5", legislature="nyc", year=2018, status="IN_COMMITTEE")
    first.issues.add(housing)
    second.issues.add(housing, work)
    carried(first, "Democratic")
    carried(second, "Republican")
    assert shown(client, "legislature=ny&legislature=us") == ["HR6", "S1"]
    assert shown(client, "issue=housing&issue=work") == ["HR6", "S1"]
    assert shown(client, "issue=work") == ["HR6"]
    assert shown(client, "party=democratic&party=republican") == ["HR6", "S1"]
    assert shown(client, "party=republican") == ["HR6"]


def test_alive_law_and_dead_are_three_choices_beside_each_single_end(client):
    make_bill("S1", year=2025, last_action_on=date(2025, 2, 1))
    make_bill("S2", outcome="signed", status="SIGNED_BY_GOV", law_since=date(2017, 6, 1))
    make_bill("S3", outcome="vetoed", status="VETOED")
    make_bill("S4", outcome="substituted", status="SUBSTITUTED")
    make_bill("S5", year=2017)  # its session is over, and how it ended is not on record
    assert shown(client, "outcome=alive") == ["S1"]
    assert shown(client, "outcome=law") == ["S2"]
    assert shown(client, "outcome=dead") == ["S3"]
    assert shown(client, "outcome=alive&outcome=dead") == ["S1", "S3"]
    assert shown(client, "outcome=alive&outcome=substituted") == ["S1", "S4"]


def test_bills_named_in_a_published_statement_can_be_asked_for(client):
    make_statement(bill=make_bill("S1"))
    make_statement("A draft", bill=make_bill("S2"), state="draft")
    assert shown(client, "statements=yes") == ["S1"]


def test_an_old_address_with_a_bare_year_means_the_sessions_of_that_year(client):
    make_bill("S1", year=2017)
    make_bill("S2", year=2019)
    make_bill("HR6", legislature="us", year=116, status="INTRODUCED")
    assert shown(client, "session=2017") == ["S1"]
    assert shown(client, "session=2017&session=us.116") == ["HR6", "S1"]
    answer = client.get("/bills/?legislature=ny&session=2017")
    assert answer.context["list"].canonical.endswith("/bills/?legislature=ny&session=ny.2017")


def test_the_oldest_published_address_still_narrows_by_all_of_its_parts(client):
    finance = Committee.objects.create(
        legislature=make_session().legislature, chamber="senate", name="Finance", slug="finance"
    )
    bill = make_bill(
        "S7", year=2025, committee=finance, short_name="Liberty Act", last_action_on=date(2026, 1, 7)
    )
    bill.issues.add(Issue.objects.create(slug="immigration", name="Immigration"))
    Sponsorship.objects.create(
        bill=bill, kind="prime", position=0, name_as_written="SERRANO", person=make_person("Jose M. Serrano")
    )
    make_bill("S8", year=2025, committee=finance)
    old = (
        "legislature=ny&session=2025&stage=in_senate_comm&outcome=alive&committee=ny.senate.finance"
        "&sponsor=serrano&issue=immigration&q=liberty+act&sort=number"
    )
    answer = client.get(f"/bills/?{old}")
    assert answer.status_code == 200
    assert [one.base_print_no for one in answer.context["page"]] == ["S7"]
    assert "ignored" not in text_of(answer)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("introduced_after=2025-02-01", ["S2", "S3"]),
        ("introduced_after=2/1/2025&introduced_before=February+28%2C+2025", ["S2"]),
        ("introduced_before=2025-01", ["S1"]),
        ("moved_after=2026", ["S3"]),
        ("moved_before=2025", ["S1", "S2"]),
    ],
)
def test_days_narrow_at_both_ends_and_a_month_or_year_is_whole(client, query, found):
    for number, day, moved in (("S1", 10, 1), ("S2", 41, 200), ("S3", 90, 380)):
        make_bill(
            number,
            year=2025,
            introduced_on=date.fromordinal(date(2025, 1, 1).toordinal() + day),
            last_action_on=date.fromordinal(date(2025, 1, 1).toordinal() + moved),
        )
    make_bill("S4", year=2025)
    assert shown(client, query) == found


@pytest.mark.parametrize(
    "value", ["soon", "2025-13-01", "31/31/2025", "0000", "9" * 41, "٢٠٢٥", "2025-02-30"]
)
def test_a_day_that_is_none_is_told_beside_its_field_and_ignored(client, value):
    make_bill("S1")
    answer = client.get("/bills/", {"moved_before": value})
    assert [bill.base_print_no for bill in answer.context["page"]] == ["S1"]
    assert 'id="id_moved_before_error"' in answer.content.decode()
    assert "it was ignored" in text_of(answer)


def test_a_range_that_ends_before_it_begins_is_told_and_its_end_ignored(client):
    make_bill("S1", introduced_on=date(2025, 5, 1))
    answer = client.get("/bills/?introduced_after=2025-02&introduced_before=2024")
    assert [bill.base_print_no for bill in answer.context["page"]] == ["S1"]
    assert "This day is before the first one; it was ignored." in text_of(answer)


def test_of_several_values_the_known_ones_hold_though_one_is_unknown(client):
    make_bill("S1")
    make_bill("S2", status="SENATE_FLOOR")
    answer = client.get("/bills/?stage=senate_floor&stage=nothing")
    assert [bill.base_print_no for bill in answer.context["page"]] == ["S2"]
    assert "We do not have “nothing”; it was ignored." in text_of(answer)
    listing = BillFilter(QueryDict("stage=nothing&sort=odd"), queryset=Bill.objects.all())
    assert set(listing.faults) == {"stage", "sort"}


def test_more_values_than_anybody_ticks_are_cut_and_told(client):
    make_bill("S1")
    query = "&".join(f"stage={n}" for n in range(3000))
    answer = client.get(f"/bills/?{query}"[:60_000])
    assert answer.status_code in (200, 400)


def test_most_answered_and_title_are_orders(client):
    quiet, loud = make_bill("S1", title="Zebra crossings"), make_bill("S2", title="apple carts")
    make_bill("S3", title="Mangos")
    for _ in range(2):
        PollAnswer.objects.create(bill=loud, voter=uuid.uuid4(), answer="aye")
    PollAnswer.objects.create(bill=quiet, voter=uuid.uuid4(), answer="nay")
    ListedBill.objects.recount_answers()
    order = [bill.base_print_no for bill in client.get("/bills/?sort=answered").context["page"]]
    assert order == ["S2", "S1", "S3"]
    order = [bill.base_print_no for bill in client.get("/bills/?sort=title").context["page"]]
    assert order == ["S2", "S3", "S1"]


def test_numbers_sort_as_numbers(client):
    for number in ("S100", "S20", "A3"):
        make_bill(number)
    order = [bill.base_print_no for bill in client.get("/bills/?sort=number").context["page"]]
    assert order == ["A3", "S20", "S100"]


# --- counts

SPECS = st.lists(
    st.fixed_dictionaries(
        {
            "year": st.sampled_from([2023, 2025]),
            "status": st.sampled_from(["IN_SENATE_COMM", "SENATE_FLOOR", "PASSED_SENATE"]),
            "outcome": st.sampled_from(["", "", "died", "vetoed", "signed"]),
            "party": st.sampled_from(["", "Democratic", "Republican"]),
            "issues": st.sets(st.sampled_from(["housing", "work"])),
            "spoken": st.booleans(),
        }
    ),
    max_size=7,
)
CHOSEN = st.fixed_dictionaries(
    {},
    optional={
        "session": st.sets(st.sampled_from(["ny.2023", "ny.2025"]), min_size=1),
        "stage": st.sets(st.sampled_from(["in_senate_comm", "senate_floor"]), min_size=1),
        "outcome": st.sets(st.sampled_from(["alive", "law", "dead", "died"]), min_size=1),
        "party": st.sets(st.sampled_from(["democratic", "republican"]), min_size=1),
        "issue": st.sets(st.sampled_from(["housing", "work"]), min_size=1),
        "statements": st.just({"yes"}),
    },
)


COUNTED_BY = ("here", "the database")


def values_of(spec: dict) -> dict[str, set[str]]:
    """Which values of each facet the bill has, worked out by hand."""
    outcome = spec["outcome"]
    # In March 2026 New York's session of 2023 is over, and beyond what the Governor may still act on.
    alive = not outcome and spec["year"] == 2025
    ends = {outcome} if outcome else ({"alive"} if alive else set())
    ends |= {"law"} if outcome in LAW_OUTCOMES else set()
    ends |= {"dead"} if outcome in DEAD_OUTCOMES else set()
    return {
        "session": {f"ny.{spec['year']}"},
        "stage": {spec["status"].lower()},
        "outcome": ends,
        "party": {spec["party"].lower()} - {""},
        "issue": spec["issues"],
        "statements": {"yes"} if spec["spoken"] else set(),
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(specs=SPECS, chosen=CHOSEN, counted_by=st.sampled_from(COUNTED_BY))
def test_counts_are_those_that_counting_by_hand_gives(specs, chosen, counted_by):
    with pytest.MonkeyPatch.context() as patch:
        if counted_by == "the database":
            patch.setattr("bills.facet_index.count", lambda _listing: None)
        compare_counts(specs, chosen)


def compare_counts(specs: list[dict], chosen: dict[str, set[str]]) -> None:
    Bill.objects.all().delete()
    cache.clear()
    issues = {
        slug: Issue.objects.get_or_create(slug=slug, defaults={"name": slug})[0]
        for slug in ("housing", "work")
    }
    make_session("ny", 2023), make_session("ny", 2025)
    terms = {
        party: make_term(make_person(f"Ana {uuid.uuid4().hex[:8]}"), party=party)
        for party in ("Democratic", "Republican")
    }
    for spec in specs:
        law = {"law_since": date(2025, 6, 1)} if spec["outcome"] == "signed" else {}
        moved = {"last_action_on": date(2023, 2, 1)}
        bill = make_bill(year=spec["year"], status=spec["status"], outcome=spec["outcome"], **law, **moved)
        bill.issues.set([issues[slug] for slug in spec["issues"]])
        if spec["party"]:
            Sponsorship.objects.create(
                bill=bill, kind="prime", position=0, name_as_written="X", term=terms[spec["party"]]
            )
        if spec["spoken"]:
            make_statement(f"About {bill.base_print_no} {uuid.uuid4()}", bill=bill)
    query = "&".join(f"{name}={value}" for name, values in chosen.items() for value in sorted(values))
    counted = counts(query)
    for facet in values_of(specs[0]) if specs else ():
        others = [
            spec
            for spec in map(values_of, specs)
            if all(spec[name] & values for name, values in chosen.items() if name != facet)
        ]
        by_hand = Counter(value for spec in others for value in spec[facet])
        assert {value: n for value, n in counted[facet].items() if n} == dict(by_hand), facet
    fitting = [s for s in map(values_of, specs) if all(s[name] & values for name, values in chosen.items())]
    listing = BillFilter(QueryDict(query), queryset=Bill.objects.published())
    assert tally(listing).total == len(fitting) == listing.qs.count()


@pytest.fixture
def left_to_the_database(monkeypatch) -> None:
    """As where more bills have the words than are counted here."""
    monkeypatch.setattr("bills.facet_index.count", lambda _listing: None)


@pytest.mark.usefixtures("left_to_the_database")
def test_counts_of_many_rows_are_kept_for_a_minute_and_those_of_few_are_not(
    client, monkeypatch, time_machine
):
    make_bill("S1")
    assert client.get("/bills/").context["list"].total == 1
    make_bill("S2")
    assert client.get("/bills/").context["list"].total == 2
    monkeypatch.setattr(BillFilter, "KEPT_FROM", 1)
    assert client.get("/bills/?legislature=ny").context["list"].total == 2
    make_bill("S3")
    answer = client.get("/bills/?legislature=ny")
    assert answer.context["list"].total == 2
    assert len(answer.context["page"].object_list) == 3, "the rows are read anew all the same"
    time_machine.move_to("2026-03-10T12:02:00-04:00", tick=False)
    assert client.get("/bills/?legislature=ny").context["list"].total == 3


@pytest.mark.usefixtures("left_to_the_database")
def test_while_one_reader_counts_anew_the_others_get_the_old_counts(client, monkeypatch, time_machine):
    monkeypatch.setattr(BillFilter, "KEPT_FROM", 1)
    make_bill("S1")
    assert client.get("/bills/").context["list"].total == 1
    make_bill("S2")
    time_machine.move_to("2026-03-10T13:00:00-04:00", tick=False)
    monkeypatch.setattr("sponsors.tally._take_turn", lambda _key: False)
    assert client.get("/bills/").context["list"].total == 1


@pytest.mark.usefixtures("left_to_the_database")
def test_the_list_counts_without_redis(client, monkeypatch):
    from redis.exceptions import ConnectionError as Away

    def away(*_args, **_kwargs):
        raise Away("no answer")

    for name in ("get", "add", "set", "delete"):
        monkeypatch.setattr(cache, name, away)
    make_bill("S1")
    assert client.get("/bills/").context["list"].total == 1


# --- what was chosen, and what to loosen


def test_each_chosen_value_can_be_taken_back_alone(client):
    make_bill("S1", year=2025, last_action_on=date(2026, 1, 1))
    answer = client.get(
        "/bills/?session=ny.2025&stage=in_senate_comm&stage=senate_floor&q=example&sort=title"
    )
    chips = {chip.words: chip.address for chip in answer.context["list"].chips}
    assert chips == {
        "Words or number: example": (
            "/bills/?session=ny.2025&stage=in_senate_comm&stage=senate_floor&sort=title"
        ),
        "Session: 2025-2026, New York State": (
            "/bills/?q=example&stage=in_senate_comm&stage=senate_floor&sort=title"
        ),
        "Stage now: In Senate committee": "/bills/?q=example&session=ny.2025&stage=senate_floor&sort=title",
        "Stage now: On Senate floor calendar": (
            "/bills/?q=example&session=ny.2025&stage=in_senate_comm&sort=title"
        ),
    }
    page = text_of(answer)
    assert "Remove filter: Session: 2025-2026, New York State" in page
    assert "Clear all" in page
    assert 'rel="nofollow" href="/bills/?q=example&amp;session=ny.2025' in answer.content.decode()


def test_an_empty_list_tells_which_one_filter_to_leave_out(client, django_assert_max_num_queries):
    make_bill("S1", year=2025)
    make_bill("S2", year=2025)
    make_bill("S3", year=2023, status="SENATE_FLOOR")
    with django_assert_max_num_queries(4):
        answer = client.get("/bills/?session=ny.2025&stage=senate_floor")
    loosers = [(one.words, one.number, one.address) for one in answer.context["list"].loosers]
    assert loosers == [
        ("Stage now: On Senate floor calendar", 2, "/bills/?session=ny.2025"),
        ("Session: 2025-2026, New York State", 1, "/bills/?stage=senate_floor"),
    ]
    assert "Without “Stage now: On Senate floor calendar” 2" in text_of(answer)


def test_an_empty_list_that_no_single_filter_explains_says_so(client):
    make_bill("S1", year=2025)
    answer = client.get("/bills/?q=zebra&sponsor=nobody&introduced_after=2025")
    assert "Leaving out any one of them is not enough." in text_of(answer)


def test_many_committees_show_those_with_most_bills_and_fold_the_rest(client):
    legislature = make_session().legislature
    for n in range(14):
        committee = Committee.objects.create(
            legislature=legislature, chamber="senate", name=f"Committee {n:02}", slug=f"c{n}"
        )
        for _ in range(n):
            make_bill(committee=committee)
    committees = shown_facet(client, "/bills/", "committee")
    first, rest = written(committees).split("5 more")
    assert "Committee 13" in first
    assert "Committee 05" not in first
    assert "Committee 05" in rest
    assert "Committee 00" not in rest, "it has no bills"
    first, _rest = written(shown_facet(client, "/bills/?committee=ny.senate.c1", "committee")).split("5 more")
    assert "Committee 01" in first, "it was chosen"


def written(facet) -> str:
    return engines["jinja2"].from_string("{{ facet(one) }}").render({"one": facet})


def shown_facet(client, address: str, name: str):
    return {facet.name: facet for facet in client.get(address).context["list"].facets}[name]


# --- pages


@pytest.mark.parametrize(
    "query", ["", "sort=title&", "sort=answered&", "session=ny.2017&", "sort=number&outcome=died&"]
)
def test_page_500_asks_as_little_as_page_1(client, query):
    session = make_session()
    Bill.objects.bulk_create(
        Bill(
            session=session,
            base_print_no=f"S{n}",
            slug=f"s{n}",
            chamber="senate",
            outcome="died",
            title=f"T {n}",
        )
        for n in range(1, 12_502)
    )
    from django.db import connection

    pages = []
    for number in ("1", "500", "99999"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/bills/?{query}page={number}")
        pages.append((answer.context["page"].number, len(answer.context["page"].object_list)))
        assert len(asked) <= 4
    assert pages == [(1, 25), (500, 25), (501, 1)]
