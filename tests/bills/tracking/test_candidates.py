"""Candidates: what a topic finds, what staff decide, and what is then wanted and brought."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bills.models import Bill, Candidate, RelatedBill, TopicQuery, WantedBill
from bills.print_numbers import parse_print_no
from bills.providers.base import Touched
from bills.tracking import candidates
from bills.tracking.topics import Topic
from bills.tracking.wanted import FIRST_WAIT, LONGEST_WAIT, not_there, note_wanted
from tests.factories import make_bill, make_session, make_statement

pytestmark = pytest.mark.django_db

LAMPS = Topic("Lamps", ("lamp*",))
FERRIES = Topic("Ferries", ("ferry",), follows_at_once=True)


@pytest.fixture(autouse=True)
def _no_queries_of_ours():
    TopicQuery.objects.all().delete()


def number(text: str, session: int = 2025):
    return parse_print_no(text, legislature="ny", session=session)


def found(*pairs: tuple[str, str], topics=(LAMPS, FERRIES)) -> int:
    touched = [Touched(number(print_no), None, title) for print_no, title in pairs]
    return candidates.note_found(
        touched, list(topics), legislature="ny", source="open_legislation", now=timezone.now()
    )


def wanted() -> dict[str, str]:
    note_wanted("ny", now=timezone.now())
    return dict(WantedBill.objects.values_list("print_no", "why"))


# --- what is found


def test_a_bill_on_a_topic_waits_for_staff_and_one_on_none_is_left_alone():
    assert found(("S1", "Relates to lamps"), ("S2", "Relates to bread"), ("S3", "")) == 1
    row = Candidate.objects.get()
    assert (row.print_no, row.state, row.found_by, row.title) == (
        "S1",
        "waiting",
        ["Lamps"],
        "Relates to lamps",
    )


def test_the_summary_counts_too():
    touched = Touched(number("S1"), None, "Relates to light", "Would forbid lamps.")
    candidates.note_found([touched], [LAMPS], legislature="ny", source="x", now=timezone.now())
    assert Candidate.objects.get().summary == "Would forbid lamps."


def test_a_topic_may_follow_at_once():
    found(("S1", "Relates to the ferry"))
    assert Candidate.objects.get().state == "followed"


def test_no_number_of_titles_makes_us_follow_bills_without_end(monkeypatch):
    monkeypatch.setattr(candidates, "MOST_FOLLOWED_A_DAY", 3)
    for first in (1, 3, 5):
        found((f"S{first}", "ferry"), (f"S{first + 1}", "ferry"))
    assert Candidate.objects.followed().count() == 3
    assert Candidate.objects.waiting().count() == 3


def test_found_again_it_stays_one_learns_its_title_and_keeps_what_staff_decided():
    found(("S1", "Relates to lamps"))
    candidates.dismiss(Candidate.objects.all(), now=timezone.now())
    assert found(("S1", "Relates to lamps and the ferry"), ("S1", "Relates to lamps and the ferry")) == 0
    row = Candidate.objects.get()
    assert (row.state, row.found_by) == ("dismissed", ["Ferries", "Lamps"])
    assert row.title == "Relates to lamps and the ferry"


def test_a_bill_that_we_hold_is_no_candidate():
    make_bill("S1", year=2025)
    assert found(("S1", "Relates to lamps")) == 0
    assert found(("A1", "Relates to lamps")) == 1


def test_text_of_a_source_is_cleaned_and_cut():
    found(("S1", "Lamps \x00\ud800 " + "é" * 5000))
    assert len(Candidate.objects.get().title) <= candidates.LONGEST_TEXT
    assert "\x00" not in Candidate.objects.get().title


def test_many_are_noted_in_few_questions(django_assert_max_num_queries):
    pairs = [(f"S{place}", "Relates to lamps") for place in range(1, 401)]
    with django_assert_max_num_queries(8):
        assert found(*pairs) == 400


def test_queries_that_rest_or_are_for_others_find_nothing():
    TopicQuery.objects.create(name="Rests", words="lamp*", is_active=False)
    other = TopicQuery.objects.create(name="Others", words="lamp*")
    make_session("us", 119)
    other.legislatures.set(["us"])
    TopicQuery.objects.create(name="Broken", words="*")
    TopicQuery.objects.create(name="Ours", words="lamp*")
    assert [topic.name for topic in candidates.active_topics("ny")] == ["Ours"]


def test_a_topic_is_searched_for_when_its_words_are_new_and_then_once_a_week():
    TopicQuery.objects.create(name="Ours", words="lamp*")
    now = timezone.now()
    assert [topic.name for topic in candidates.unsearched("ny", now=now)] == ["Ours"]
    candidates.mark_searched(candidates.active_topics("ny"), "ny", now=now)
    assert candidates.unsearched("ny", now=now + timedelta(days=6)) == []
    assert len(candidates.unsearched("ny", now=now + timedelta(days=8))) == 1
    assert len(candidates.unsearched("us", now=now)) == 1


# --- what staff decide


def test_staff_follow_and_dismiss_many_at_once():
    found(("S1", "lamp"), ("S2", "lamp"), ("S3", "lamp"))
    rows = Candidate.objects.order_by("print_no")
    assert candidates.follow(rows[:2], now=timezone.now()) == 2
    assert candidates.dismiss(rows[1:], now=timezone.now()) == 2  # what was followed may be let go again
    assert list(rows.values_list("state", flat=True)) == ["followed", "dismissed", "dismissed"]


def test_staff_name_a_bill_of_their_own_whatever_was_decided_before():
    make_session("ny", 2025)
    found(("S1", "lamp"))
    candidates.dismiss(Candidate.objects.all(), now=timezone.now())
    for text in ("S1", "S2"):
        candidates.choose(number(text), now=timezone.now())
    assert set(Candidate.objects.values_list("print_no", "state")) == {("S1", "followed"), ("S2", "followed")}
    held = make_bill("S3", year=2025)
    assert candidates.choose(number("S3"), now=timezone.now()).bill == held


# --- what is wanted


def test_what_is_called_for_and_not_here_is_wanted_each_for_its_strongest_reason():
    session = make_session("ny", 2025)
    held = make_bill("S9", year=2025)
    for kind, print_no in (("same_as", "A9"), ("earlier", "S8"), ("same_as", "S1")):
        RelatedBill.objects.create(bill=held, kind=kind, session_year=2025, print_no=print_no)
    found(("S2", "ferry"))
    candidates.choose(number("S1"), now=timezone.now())
    statement = make_statement()
    statement.bill_mentions.create(
        as_written="S.7", legislature_code="ny", session_year=session.year, base_print_no="S7"
    )
    statement.bill_mentions.create(as_written="S.6", legislature_code="ny", base_print_no="S6")
    assert wanted() == {"S1": "chosen", "S2": "topic", "S7": "document", "A9": "related", "S8": "related"}


def test_a_number_or_session_that_never_was_is_not_asked_for():
    held = make_bill("S9", year=2025)
    for session_year, print_no in ((2025, "S999999"), (2026, "S1"), (2025, "LAMP")):
        RelatedBill.objects.create(bill=held, kind="earlier", session_year=session_year, print_no=print_no)
    assert set(wanted()) <= {"S999999"}


def test_a_bill_that_has_come_is_no_longer_wanted_and_its_candidate_is_tied_to_it():
    candidates.choose(number("S1"), now=timezone.now())
    make_session("ny", 2025)
    assert wanted() == {"S1": "chosen"}
    bill = make_bill("S1", year=2025)
    assert wanted() == {}
    assert Candidate.objects.get().bill == bill
    Bill.objects.all().delete()
    assert wanted() == {"S1": "chosen"}


def test_what_nothing_calls_for_any_more_is_not_wanted():
    make_session("ny", 2025)
    statement = make_statement()
    statement.bill_mentions.create(
        as_written="S.7", legislature_code="ny", session_year=2025, base_print_no="S7"
    )
    assert wanted() == {"S7": "document"}
    statement.delete()
    assert wanted() == {}


def test_one_that_is_not_there_is_asked_for_less_and_less():
    make_session("ny", 2025)
    candidates.choose(number("S1"), now=timezone.now())
    wanted()
    now = timezone.now()
    waits = []
    for _ in range(8):
        assert WantedBill.objects.due(now).exists()
        not_there(number("S1"), "It has no such bill.", now=now)
        row = WantedBill.objects.get()
        assert not WantedBill.objects.due(now).exists()
        waits.append(row.ask_after - now)
        now = row.ask_after
    assert waits[0] == FIRST_WAIT
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    assert row.fault == "It has no such bill."
