"""Whoever writes what readers see outdates the kept pages: a writer that forgets it shows a stale status."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from bills.models import Bill, Candidate
from bills.print_numbers import parse_print_no
from bills.providers.base import MeetingLine
from bills.refresh import store, store_all
from bills.refresh.meetings import store_meetings
from bills.rounds import runs
from bills.tracking import candidates
from sponsors import publishing
from sponsors.publishing import MARK, renew_mark
from sponsors.roster import load_roster
from tests.factories import NOW, lines, make_bill, make_session, make_snapshot

pytestmark = pytest.mark.django_db(transaction=True)

RELEASE = """NEW YORK STATE SENATOR

Ana Example

## Senator Example Asks For A Vote On Her Lanterns Bill

ANA EXAMPLE March 6, 2017

(Albany, NY) Senator Ana Example asked for a vote on her bill (S9876A), which would light every landing.
"""


@pytest.fixture(autouse=True)
def legislatures():
    make_session()
    make_session("ny", 2025), make_session("nyc", 2024), make_session("us", 119)


@pytest.fixture
def changes():
    """Whether what is done in the block outdates pages: `with changes() as told: ...; told.pages`."""

    class Told:
        def __enter__(self):
            renew_mark()
            self.before = cache.get(MARK)
            return self

        def __exit__(self, *_error):
            self.pages = cache.get(MARK) != self.before

    return Told


def snapshot(*actions: str):
    return make_snapshot("S9871", lines(*actions), session=2025)


def test_an_answer_of_a_source(changes):
    with changes() as told:
        store(snapshot("2026-01-07 senate REFERRED TO CODES"), source="open_legislation", now=NOW)
    assert told.pages


def test_an_answer_that_only_says_when_it_was_checked(changes):
    same = snapshot("2026-01-07 senate REFERRED TO CODES")
    store(same, source="open_legislation", now=NOW)
    with changes() as told:
        store(same, source="open_legislation", now=NOW + timedelta(hours=1))
    assert Bill.objects.get().checked_at == NOW + timedelta(hours=1)
    assert told.pages


def test_an_answer_that_could_not_be_stored(changes):
    bill = make_bill("S9871", year=2025)
    with changes() as told:
        Bill.objects.filter(pk=bill.pk).put_fault_on_record("It made no sense.", now=NOW)
    assert told.pages


def test_the_mark_is_new_only_once_the_fault_is_on_record(monkeypatch):
    """Else a page that is made between the two is kept without the fault, under the new mark."""
    bill = make_bill("S9871", year=2025)
    seen = []
    monkeypatch.setattr(publishing, "renew_mark", lambda: seen.append(Bill.objects.get().fault))
    Bill.objects.filter(pk=bill.pk).put_fault_on_record("It made no sense.", now=NOW)
    assert seen == ["It made no sense."]


def test_an_announced_meeting(changes):
    make_bill("S9871", year=2025)
    day = NOW.date()
    meeting = MeetingLine(
        key="2026-3/Codes", kind="agenda", chamber="senate", committee="Codes", date=day,
        bills=(parse_print_no("S9871", legislature="ny"),),
    )  # fmt: skip
    with changes() as told:
        store_meetings([meeting], legislature="ny", source="open_legislation", since=day, until=day, now=NOW)
    assert told.pages


def test_a_list_of_changes_that_confirms_the_rest(changes):
    make_bill("S9871", year=2025, source="open_legislation", checked_at=NOW - timedelta(days=1))
    run = runs.RefreshRun.objects.create(
        source="open_legislation", legislature_id="ny", kind="round", started_at=NOW, told_at=NOW
    )
    with changes() as told:
        runs._confirm(run)
    assert Bill.objects.get().checked_at == NOW
    assert told.pages


def test_a_batch_of_records(changes):
    with changes() as told:
        store_all([snapshot("2026-01-07 senate REFERRED TO CODES")], source="records", now=NOW)
    assert told.pages


def test_a_document(changes, tmp_path):
    (tmp_path / "release.txt").write_text(RELEASE)
    with changes() as told:
        call_command("load_documents", str(tmp_path), verbosity=0)
    assert told.pages
    with changes() as told:
        call_command("load_documents", str(tmp_path), verbosity=0)
    assert not told.pages


def test_people(changes):
    with changes() as told:
        load_roster()
    assert told.pages
    with changes() as told:
        load_roster()
    assert not told.pages


@pytest.mark.parametrize("decide", [candidates.follow, candidates.dismiss])
def test_what_staff_decide_about_a_candidate(changes, decide):
    number = parse_print_no("S9871", legislature="ny")
    row = Candidate.objects.create(
        legislature_id="ny", session_year=2025, print_no=number.base_print_no, found_at=timezone.now()
    )
    with changes() as told:
        decide([row], now=NOW)
    assert told.pages
