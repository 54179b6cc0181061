"""Once a week totals are compared, and what differs is written to staff."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bills.models import Candidate, Session, SourceCount, StaffNotice, TopicQuery
from bills.providers.base import SourceError
from bills.rounds import counting
from tests.bills.rounds.conftest import IN_COMMITTEE
from tests.bills.state_senate import Reply

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


def counted(source, now) -> SourceCount:
    (key,) = counting.sessions_to_count("ny", now=now)
    return counting.compare(source, "ny", session=Session.objects.get(pk=key), now=now)


def test_totals_that_agree_are_noted_and_nobody_is_written_to(source, senate, make_bill, now):
    for print_no in ("S9871", "S9872", "S9873"):
        senate.put(print_no, IN_COMMITTEE)
    make_bill("S9871")
    count = counted(source, now)
    assert (count.stated, count.listed, count.held, count.missing, count.differences) == (3, 3, 1, [], [])
    assert not StaffNotice.objects.exists()


def test_a_bill_that_the_source_no_longer_lists_is_told(source, senate, make_bill, now):
    senate.put("S9871", IN_COMMITTEE)
    make_bill("S9871"), make_bill("S9872"), make_bill("S9873", source="records")
    count = counted(source, now)
    assert count.missing == ["S9872"]
    notice = StaffNotice.objects.get()
    assert "Counts differ" in notice.subject
    assert "It does not list bills that we read from it: S9872." in notice.body


def test_a_list_that_has_become_shorter_is_told(source, senate, make_bill, now):
    for print_no in ("S9871", "S9872"):
        senate.put(print_no, IN_COMMITTEE)
    make_bill("S9871")
    counted(source, now)
    del senate.bills[2025, "S9872"]
    count = counted(source, now + WEEK)
    assert "It lists 1 bills; on " in count.differences[0]
    assert SourceCount.objects.newest_of_each().get() == count


def test_a_total_that_the_list_does_not_bear_out_is_told(source, senate, make_bill, now, monkeypatch):
    senate.put("S9871", IN_COMMITTEE)
    make_bill("S9871")
    monkeypatch.setattr(type(source), "count", lambda *_args: 700)
    count = counted(source, now)
    assert count.differences == ["It says that it has 700 bills, and lists 1."]


def test_titles_in_the_list_are_looked_through_for_topics(source, senate, make_bill, now, monkeypatch):
    from bills.providers.base import Touched

    TopicQuery.objects.create(name="Lanterns", words="lantern*")
    senate.put("S9871", IN_COMMITTEE)
    make_bill("S9872")
    real = type(source).listed
    monkeypatch.setattr(
        type(source),
        "listed",
        lambda self, *args: (Touched(one.number, None, "Relates to lanterns") for one in real(self, *args)),
    )
    count = counted(source, now)
    assert (count.found, Candidate.objects.get().print_no) == (1, "S9871")


def test_a_list_that_cannot_be_read_notes_nothing(source, senate, make_bill, now):
    make_bill("S9871")
    senate.behave = lambda path: Reply(500)
    with pytest.raises(SourceError):
        counted(source, now)
    assert not SourceCount.objects.exists()
    assert StaffNotice.objects.get().subject.startswith("Not counted: ")
