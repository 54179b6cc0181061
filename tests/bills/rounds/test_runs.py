"""The work list: who has which bill, and what is left when somebody dies."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bills.models import Bill, RefreshItem, RefreshRun
from bills.providers.base import KeyRefused
from bills.rounds import choosing, runs
from bills.rounds.work import work_through
from tests.bills.rounds.conftest import IN_COMMITTEE, ON_FLOOR
from tests.bills.state_senate import Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(source, senate, make_bill, now) -> RefreshRun:
    for place in range(10, 35):
        make_bill(f"S98{place}")
        senate.put(f"S98{place}", IN_COMMITTEE)
    return choosing.open_round(source, "ny", now=now)


def names(items: list[RefreshItem]) -> list[str]:
    return [item.print_no for item in items]


def test_two_workers_have_different_bills(run, now):
    one, two = (runs.claim(run, worker, now=now) for worker in ("one", "two"))
    assert len(one) == len(two) == runs.CLAIMED_AT_ONCE
    assert not set(names(one)) & set(names(two))
    assert len(runs.claim(run, "three", now=now)) == 5
    assert runs.claim(run, "four", now=now) == []


def test_the_same_worker_come_back_has_its_own_bills_again(run, now):
    assert names(runs.claim(run, "one", now=now)) == names(runs.claim(run, "one", now=now))


def test_what_a_dead_worker_had_is_free_when_its_time_is_up(run, now):
    had = runs.claim(run, "one", now=now)
    later = now + runs.CLAIM_FOR
    assert runs.seconds_until_ready(run, now=now) == 0
    assert names(runs.claim(run, "two", now=later)) == names(had)


def test_it_is_known_how_long_to_wait(run, now):
    for worker in ("one", "two", "three"):
        runs.claim(run, worker, now=now)
    assert runs.seconds_until_ready(run, now=now) == runs.CLAIM_FOR.total_seconds()
    item = run.items.first()
    runs.look_later(item, now + timedelta(seconds=7))
    assert runs.seconds_until_ready(run, now=now) == 7


def test_a_bill_is_settled_once(run, source, now):
    (item, *_) = runs.claim(run, "one", now=now)
    runs.refuse(run, item, "It is nonsense.")
    runs.refuse(run, item, "It is nonsense.")
    runs.give_up(run, item, "It is away.")
    run.refresh_from_db()
    assert run.faults == [f"{item.print_no} of 2025-2026: It is nonsense."]
    assert run.items.get(pk=item.pk).state == "refused"


def test_a_run_ends_with_its_last_bill_and_its_list_goes(run, source):
    assert not runs.finish_if_done(run)
    assert work_through(run, source, worker="one") is None
    run.refresh_from_db()
    assert (run.result, run.due, run.checked, run.changed) == ("succeeded", 25, 25, 25)
    assert not RefreshItem.objects.exists()
    assert runs.finish_if_done(run)


def test_work_stops_when_its_time_is_over_and_gives_back_what_it_had(run, source):
    assert work_through(run, source, worker="one", seconds=0) == 0
    assert not run.items.exclude(claimed_by="").exists()


def test_the_rest_of_a_list_joins_it_each_bill_once_and_never_after_its_end(run, now):
    more = [runs.Due(2025, "S9810"), runs.Due(2025, "S9899"), runs.Due(2025, "S9899")]
    runs.complete_list(run, more)
    run.refresh_from_db()
    assert run.due == run.items.count() == 26
    runs.close(run, "Stopped by hand.")
    runs.complete_list(run, [runs.Due(2025, "S9898")])
    run.refresh_from_db()
    assert (run.due, run.items.count(), run.result) == (26, 0, "failed")


def test_a_run_over_nothing_ends_at_once(source, now):
    run = runs.start(source.code, legislature="ny", kind="chosen", due=[], now=now)
    assert (run.result, run.finished_at is not None) == ("succeeded", True)


def test_faults_are_bounded_cleaned_and_told_once_more(run, now):
    for place in range(runs.MOST_FAULTS + 5):
        runs.note(run, f"Fault {place}\x00\n" + "x" * 1000)
    run.refresh_from_db()
    assert len(run.faults) == runs.MOST_FAULTS + 1
    assert "first ones" in run.faults[-1]
    assert all(len(fault) <= runs.LONGEST_FAULT and fault.isprintable() for fault in run.faults)


def test_a_run_at_which_somebody_works_is_not_abandoned(run, now):
    RefreshRun.objects.update(started_at=now - runs.ABANDONED_AFTER - timedelta(hours=1))
    runs.claim(run, "one", now=now)
    runs.close_abandoned(now)
    run.refresh_from_db()
    assert run.finished_at is None
    runs.look_later(run.items.first(), now + timedelta(hours=1))
    runs.close_abandoned(now + runs.ABANDONED_AFTER + timedelta(minutes=1))
    run.refresh_from_db()
    assert run.finished_at is None  # some of it was to be looked at later, an hour into that time
    runs.close_abandoned(now + runs.ABANDONED_AFTER + timedelta(hours=2))
    run.refresh_from_db()
    assert run.faults == ["The run was broken off. Not reached: 25 of 25."]


def test_a_source_that_refuses_our_key_is_asked_once(run, source, senate):
    senate.behave = lambda path: Reply(403, b"{}")
    with pytest.raises(KeyRefused, match="OPEN_LEGISLATION_KEY"):
        work_through(run, source, worker="one")
    run.refresh_from_db()
    assert (run.result, run.failed, len(senate.asked_about())) == ("failed", 25, 1)


def test_a_claim_costs_the_same_however_long_the_list(run, now, django_assert_num_queries):
    with django_assert_num_queries(5):  # two of them begin and end the savepoint
        runs.claim(run, "one", now=now, most=3)
    with django_assert_num_queries(5):
        runs.claim(run, "two", now=now, most=20)


def test_two_runs_over_one_bill_store_it_once(source, senate, make_bill, now):
    bill = make_bill("S9871")
    senate.put("S9871", ON_FLOOR)
    chosen = list(Bill.objects.select_related("session"))
    first, second = (choosing.open_chosen(source, "ny", chosen, now=now) for _ in range(2))
    for one in (first, second):
        work_through(one, source, worker="one")
        one.refresh_from_db()
    assert [(one.result, one.checked, one.changed) for one in (first, second)] == [
        ("succeeded", 1, 1),
        ("succeeded", 1, 0),
    ]
    assert bill.actions.count() == 2
