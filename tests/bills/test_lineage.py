"""How the attempts of a proposal are counted, told and drawn."""

from __future__ import annotations

from datetime import date

import pytest

from bills.models import Action, Bill, Proposal, RelatedBill, RollCall, Sponsorship, Stage
from bills.pages.lineage import account_of, entries_of, in_sentences
from bills.pages.lineage_chart import LETTER, chart_of
from tests.factories import make_bill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]

TODAY = date(2026, 3, 10)


@pytest.fixture
def proposal() -> Proposal:
    return Proposal.objects.create(slug="example", name="Example Act")


def tie(bill: Bill, print_no: str, year: int, kind: str = "same_as", related: Bill | None = None) -> None:
    RelatedBill.objects.create(bill=bill, kind=kind, session_year=year, print_no=print_no, related=related)


def dead(print_no: str, proposal: Proposal, year: int = 2017, **fields) -> Bill:
    ended = {"outcome": "died", "ended_on": date(year + 1, 12, 31), "status_committee": "Codes"}
    return make_bill(print_no, year=year, proposal=proposal, **ended | fields)


def read(proposal: Proposal):
    ties = list(RelatedBill.objects.of_proposal(proposal))
    entries = entries_of(Bill.objects.filter(proposal=proposal).for_proposal_page(), ties)
    return entries, account_of(entries, ties)


def told(proposal: Proposal) -> list[str]:
    entries, account = read(proposal)
    return in_sentences(account, entries)


def test_companions_of_one_session_are_one_introduction(proposal):
    for year in (2019, 2021):
        senate, _assembly = dead("S9001", proposal, year), dead("A9001", proposal, year)
        tie(senate, "A9001", year)
    assert told(proposal) == [
        "It never became law.",
        "Introduced 2 times in 2 sessions since 2019.",
        "Our source shows no vote of a whole house on it.",
    ]


def test_two_bills_of_a_session_that_are_not_the_same_are_two_introductions(proposal):
    dead("S9001", proposal), dead("S9002", proposal)
    assert "Introduced 2 times in 2017-2018." in told(proposal)


def test_a_bill_and_the_one_that_took_its_place_are_one_introduction(proposal):
    law = make_bill(
        "A9002", proposal=proposal, outcome="signed", law_since=date(2018, 5, 1), status="SIGNED_BY_GOV"
    )
    make_bill(
        "S9002", proposal=proposal, outcome="substituted", substituted_by=law, substituted_by_print_no="A9002"
    )
    assert told(proposal)[:2] == [
        "It has been law since May 1, 2018, as A9002.",
        "Introduced once, in 2017-2018.",
    ]


def test_a_number_that_only_the_record_of_another_names_counts_and_is_not_called_no_law(proposal):
    tie(dead("S9001", proposal, 2019), "S9005", 2017, kind="earlier")
    entries, account = read(proposal)
    assert [(entry.print_no, entry.session_label, entry.condition) for entry in entries] == [
        ("S9001", "2019-2020", "ended"),
        ("S9005", "2017-2018", "number"),
    ]
    assert account.numbers_only == 1
    assert told(proposal)[:2] == [
        "None of its bills that we hold has become law.",
        "Introduced 2 times in 2 sessions since 2017.",
    ]


def test_a_number_that_cannot_be_placed_in_time_is_left_out(proposal):
    tie(dead("S9001", proposal), "S9005", 9, kind="earlier")
    assert len(read(proposal)[0]) == 1


def test_a_living_bill_is_named_with_its_session(proposal):
    dead("S9001", proposal)
    make_bill("S9100", year=2025, proposal=proposal, last_action_on=date(2026, 1, 7))
    assert told(proposal)[:2] == ["It is not law.", "It is alive now, in 2025-2026: S9100."]


def test_where_one_outcome_is_unknown_no_law_is_not_claimed(proposal):
    dead("S9001", proposal)
    make_bill("S9002", proposal=proposal, status="DELIVERED_TO_GOV", last_action_on=date(2018, 6, 1))
    sentences = told(proposal)
    assert sentences[0] == "Our source does not say of each of its bills how it ended."
    assert not any("law" in sentence for sentence in sentences)


def test_a_bill_replaced_by_one_we_do_not_hold_may_be_law_for_all_we_know(proposal):
    dead("S9001", proposal)
    make_bill("S9002", proposal=proposal, outcome="substituted", substituted_by_print_no="A9999")
    sentences = told(proposal)
    assert sentences[0] == "Our source does not say of each of its bills how it ended."
    assert not any("law" in sentence for sentence in sentences)
    assert Proposal.objects.standing_on(TODAY).get().state == "unknown"


def test_several_laws_are_counted_and_the_first_is_named(proposal):
    for print_no, day in (("S9001", date(2018, 5, 1)), ("S9002", date(2017, 5, 1))):
        make_bill(print_no, proposal=proposal, outcome="signed", law_since=day, status="SIGNED_BY_GOV")
    assert told(proposal)[0] == "2 of its bills have become law, the first on May 1, 2017: S9002."


def test_an_adopted_resolution_is_not_called_a_law(proposal):
    make_bill("J9001", proposal=proposal, outcome="adopted", is_resolution=True, status="ADOPTED")
    assert told(proposal)[0] == "It was adopted. A resolution states a view and changes no law."


def test_floor_votes_come_from_counts_stages_and_lines_each_house_and_day_once(proposal):
    bill = dead("S9001", proposal)
    RollCall.objects.create(bill=bill, date=date(2017, 6, 1), chamber="senate", ayes=40, nays=20)
    RollCall.objects.create(
        bill=bill, date=date(2017, 5, 1), chamber="senate", committee="Codes", ayes=9, nays=1
    )
    Stage.objects.create(bill=bill, position=1, code="PASSED_SENATE", chamber="senate", date=date(2017, 6, 1))
    for place, (day, chamber, text) in enumerate(
        (
            (date(2017, 6, 1), "senate", "PASSED SENATE"),
            (date(2017, 6, 9), "assembly", "passed assembly"),
            (date(2018, 6, 1), "senate", "REPASSED SENATE"),
            (date(2018, 6, 2), "assembly", "delivered to governor"),
        )
    ):
        Action.objects.create(bill=bill, sequence=place, date=day, chamber=chamber, text=text)
    entries, account = read(proposal)
    assert [(vote.date, vote.chamber, vote.ayes) for vote in entries[0].votes] == [
        (date(2017, 6, 1), "senate", 40),
        (date(2017, 6, 9), "assembly", None),
        (date(2018, 6, 1), "senate", None),
    ]
    assert "Voted on the floor 3 times." in in_sentences(account, entries)


def test_a_vote_that_a_bill_lost_counts_too(proposal):
    make_bill(
        "A9001",
        proposal=proposal,
        outcome="lost",
        status="LOST",
        status_chamber="assembly",
        ended_on=date(2017, 3, 1),
    )
    assert "Voted on the floor once." in told(proposal)


def test_the_furthest_stage_stands_though_the_bill_was_sent_back(proposal):
    bill = dead("S9001", proposal, status="IN_SENATE_COMM")
    for place, code in enumerate(("IN_SENATE_COMM", "SENATE_FLOOR", "PASSED_SENATE")):
        Stage.objects.create(
            bill=bill, position=place, code=code, chamber="senate", date=date(2017, 2, place + 1)
        )
    (entry,), _account = read(proposal)
    assert (entry.furthest.label, entry.furthest.date) == ("Passed Senate", date(2017, 2, 3))
    assert (entry.rung, entry.rungs) == (4, 9)


def test_leaders_are_the_prime_sponsors_whose_names_still_stand(proposal):
    bill = dead("S9001", proposal)
    for place, (name, kind, left) in enumerate(
        (("ONE", "prime", None), ("TWO", "co", None), ("THREE", "prime", date(2017, 3, 1)))
    ):
        Sponsorship.objects.create(
            bill=bill, kind=kind, position=place, name_as_written=name, withdrawn_on=left
        )
    assert read(proposal)[0][0].leaders == ({"name": "ONE", "slug": ""},)


# --- the drawing


def test_columns_are_to_scale_and_a_session_without_a_bill_leaves_a_gap(proposal):
    dead("S9001", proposal, 2013), dead("S9001", proposal, 2019)
    chart = chart_of(read(proposal)[0], today=TODAY)
    first, second = chart.columns
    assert abs(first.width - second.width) <= 1
    assert abs((second.x - first.x) - 3 * first.width) <= 3
    assert chart.today_x is None


def test_a_bar_is_filled_as_far_as_its_bill_got(proposal):
    bill = dead("S9001", proposal)
    Stage.objects.create(bill=bill, position=1, code="SENATE_FLOOR", chamber="senate", date=date(2017, 2, 1))
    law = make_bill(
        "S9002", proposal=proposal, outcome="signed", law_since=date(2018, 1, 1), status="SIGNED_BY_GOV"
    )
    chart = chart_of(read(proposal)[0], today=TODAY)
    filled = {bar.entry.print_no: (bar.filled, bar.width) for bar in chart.bars}
    assert filled["S9001"][0] == filled["S9001"][1] * 3 // 9
    assert filled["S9002"][0] == filled["S9002"][1]
    assert law.is_law


def test_bars_stay_in_the_drawing_and_do_not_lie_on_each_other(proposal):
    for year in (2017, 2019, 2021):
        for number in range(9001, 9004):
            dead(f"S{number}", proposal, year), dead(f"A{number}", proposal, year)
    make_bill("S9100", year=2025, proposal=proposal, last_action_on=date(2026, 1, 7))
    chart = chart_of(read(proposal)[0], today=TODAY)
    boxes = [(bar.x, bar.x + bar.width, bar.number_y - 13, bar.lines[-1][0]) for bar in chart.bars]
    assert len(boxes) == 19
    for place, (left, right, top, bottom) in enumerate(boxes):
        assert 0 <= left < right <= chart.width
        assert 0 <= top < bottom <= chart.height
        for other in boxes[place + 1 :]:
            assert right <= other[0] or other[1] <= left or bottom <= other[2] or other[3] <= top
    assert 0 < chart.today_x < chart.width


@pytest.mark.parametrize("outcome", ["died", "filed_end_of_session", "law_without_signature"])
def test_words_of_any_length_are_wrapped_within_their_column(proposal, outcome):
    dead("S9001", proposal, outcome=outcome), dead("S9001", proposal, 2005)
    chart = chart_of(read(proposal)[0], today=TODAY)
    for bar in chart.bars:
        assert len(bar.lines) >= 2
        for _y, words, _tells_end in bar.lines:
            assert len(words) * LETTER <= bar.width


# --- one word for how a bill stands


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "died"},
        {"outcome": "vetoed", "status": "VETOED"},
        {"outcome": "adopted", "is_resolution": True},
        {"outcome": "signed", "law_since": date(2018, 5, 1)},
        {"outcome": "substituted", "substituted_by_print_no": "A9999"},
        {"outcome": "substituted", "substituted_by_print_no": "A9998", "substituted_by": "law"},
        {"outcome": "substituted", "substituted_by_print_no": "A9997", "substituted_by": "dead"},
        {"year": 2025, "last_action_on": date(2026, 1, 7)},
        {"year": 2025, "status": "INTRODUCED"},
        {"year": 2025, "status": ""},
        {"last_action_on": date(2018, 1, 7)},
        {"status": "DELIVERED_TO_GOV", "last_action_on": date(2018, 12, 20)},
        {"status": "PASSED_SENATE", "last_action_on": date(2018, 6, 20)},
    ],
)
def test_lists_and_pages_agree_on_how_a_bill_stands(fields):
    others = {
        "law": lambda: make_bill("A9998", outcome="signed", law_since=date(2018, 5, 1)),
        "dead": lambda: make_bill("A9997", outcome="died"),
    }
    if other := fields.get("substituted_by"):
        fields = fields | {"substituted_by": others[other]()}
    bill = make_bill("S9001", **fields)
    assert Bill.objects.with_state(TODAY).get(pk=bill.pk).state == bill.condition
