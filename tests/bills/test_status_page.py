"""/status/: what readers are told of each source, of open faults and of the weekly counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bills.markup.in_words import span_in_words
from bills.models import RefreshRun, SourceCount, SourceState
from bills.providers.registry import SOURCE_NAMES
from sponsors.models import Legislature
from tests.factories import make_bill, make_session
from tests.reading import text_of, without_our_scripts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


def status_page(client) -> str:
    answer = client.get("/status/")
    assert answer.status_code == 200
    return text_of(answer)


def panel_of(page: str, source: str) -> str:
    """The words about one source."""
    start = page.index(str(SOURCE_NAMES[source]))
    return page[start : page.index("Open faults")]


def make_run(
    source: str = "open_legislation", legislature: str = "ny", *, ago: timedelta, **fields
) -> RefreshRun:
    """A finished round that began so long ago and took a minute."""
    now = timezone.now()
    known = {"started_at": now - ago, "finished_at": now - ago + timedelta(minutes=1), "result": "succeeded"}
    return RefreshRun.objects.create(source=source, legislature_id=legislature, **(known | fields))


def make_state(
    source: str = "open_legislation", legislature: str = "ny", *, ago: timedelta | None
) -> SourceState:
    """A source that told us everything so long ago; never where that is None."""
    now = timezone.now()
    return SourceState.objects.create(
        source=source, legislature_id=legislature, confirmed_at=now - ago if ago else None, followed_since=now
    )


def test_a_source_tells_its_last_success_and_how_long_ago_that_was(client):
    make_session(year=2025)
    make_state(ago=timedelta(hours=3))
    make_run(ago=timedelta(minutes=5), changed=1)
    page = status_page(client)
    assert "New York Senate Open Legislation New York State" in page
    assert "Last success March 10, 2026, 9:00 a.m. 3 hours ago" in page
    assert "Last run March 10, 2026, 11:55 a.m. Succeeded; 1 bill changed" in page
    assert "Later than it should be." not in page


@pytest.mark.parametrize(
    ("source", "legislature", "hours", "is_late"),
    [
        ("open_legislation", "ny", 5, False),
        ("open_legislation", "ny", 7, True),
        ("ny_mirror", "ny", 30, False),
        ("ny_mirror", "ny", 80, True),
        ("congress", "us", 7, False),  # no session of Congress is known here, so none runs
        ("congress", "us", 25, True),
    ],
)
def test_a_source_is_late_after_what_we_promise(client, source, legislature, hours, is_late):
    make_session(year=2025)
    make_state(source, legislature, ago=timedelta(hours=hours))
    assert ("Later than it should be." in status_page(client)) is is_late


def test_a_source_that_never_answered_is_late_and_says_none_yet(client):
    make_state(ago=None)
    page = status_page(client)
    assert "Last success None yet" in page
    assert "ago" not in panel_of(page, "open_legislation")
    assert "Later than it should be." in page


def test_only_bills_of_the_last_day_count_as_checked_and_faults_are_counted(client):
    now = timezone.now()
    make_bill(source="open_legislation", checked_at=now - timedelta(hours=2))
    make_bill(source="open_legislation", checked_at=now - timedelta(hours=25), fault="Nonsense.")
    make_bill(source="open_legislation", checked_at=now, is_published=False)
    page = status_page(client)
    assert "Bills from it 2 Checked in the last day 1 Bills whose last answer we could not use 1" in page


def test_records_are_never_called_late_checked_or_run(client):
    make_bill(source="records", checked_at=timezone.now())
    make_run("records", ago=timedelta(days=9))
    page = status_page(client)
    assert "not checked since by itself" in page
    for claim in ("Later than it should be", "Checked in the last day", "Last success", "Last run"):
        assert claim not in page


def test_a_mirror_is_called_a_copy(client):
    make_state("nyc_mirror", "nyc", ago=timedelta(hours=3))
    assert "Bills from it are as current as the copy." in status_page(client)


def test_a_source_that_was_left_for_another_is_not_called_late(client):
    make_bill(source="ny_mirror", checked_at=timezone.now() - timedelta(days=40))
    make_run("ny_mirror", ago=timedelta(days=40))
    make_run("open_legislation", ago=timedelta(hours=1))
    page = status_page(client)
    assert "We now ask another source for this legislature." in panel_of(page, "ny_mirror")
    assert "Later than it should be." not in page


def test_two_sources_asked_in_turn_are_both_in_use(client):
    make_run("ny_mirror", ago=timedelta(hours=20))
    make_run("open_legislation", ago=timedelta(hours=1))
    assert "We now ask another source" not in status_page(client)


# --- faults


def test_a_fault_is_told_until_a_later_clean_run_heals_it(client):
    make_run(ago=timedelta(hours=5), result="failed", faults=["The source did not answer within 20 seconds."])
    page = status_page(client)
    assert "New York Senate Open Legislation, New York State" in page
    assert "March 10, 2026, 7:00 a.m.: Failed" in page
    assert "The source did not answer within 20 seconds." in page
    make_run(ago=timedelta(hours=1))
    page = status_page(client)
    assert "within 20 seconds" not in page
    assert "Open faults None that we know of." in page


@pytest.mark.parametrize("later", [{"result": "partly"}, {"kind": "chosen"}, {"legislature": "nyc"}])
def test_what_is_no_clean_run_over_the_same_source_heals_nothing(client, later):
    make_run(ago=timedelta(hours=5), result="failed", faults=["Broken."])
    make_run(ago=timedelta(hours=1), **({"faults": ["Broken."]} | later))
    assert "Broken." in status_page(client)


def test_a_fault_of_more_than_a_week_ago_is_not_called_open(client):
    make_run(ago=timedelta(days=8), result="failed", faults=["Broken."])
    assert "Broken." not in status_page(client)


def test_of_many_faults_the_first_are_told(client):
    make_run(ago=timedelta(hours=1), result="partly", faults=[f"Fault {n}." for n in range(30)])
    page = status_page(client)
    assert "Fault 9." in page
    assert "Fault 10." not in page
    assert "These are the first ones." in page


def test_a_run_in_part_without_a_word_says_what_that_means(client):
    make_run(ago=timedelta(hours=1), result="partly")
    assert "It did not reach every bill that it set out to check." in status_page(client)


def test_words_of_a_source_are_harmless(client):
    make_run(ago=timedelta(hours=1), result="failed", faults=["<script>alert(1)</script>"])
    make_run("<script>x</script>", "us", ago=timedelta(hours=1))
    make_count(differences=["<img src=x>"])
    html = client.get("/status/").content.decode()
    assert "<script" not in without_our_scripts(html)
    assert "<img" not in html


# --- counts


def make_count(**fields) -> SourceCount:
    known = {
        "source": "open_legislation", "session": make_session(year=2025), "listed": 18_204, "held": 148,
        "counted_at": timezone.now() - timedelta(days=2),
    }  # fmt: skip
    return SourceCount.objects.create(**(known | fields))


def test_the_newest_count_of_each_session_is_told(client):
    make_count(counted_at=timezone.now() - timedelta(days=9), differences=["An old difference."])
    make_count()
    make_count(session=make_session(year=2023), differences=["It lists 3 bills; before it listed 4."])
    page = status_page(client)
    counted = page[page.index("Counted once a week") :]
    assert "New York State, 2025-2026 New York Senate Open Legislation" in counted
    assert "Listed there 18,204 Followed here 148 What differs Nothing" in counted
    assert "What differs It lists 3 bills; before it listed 4." in counted
    assert "An old difference." not in counted


def test_nothing_counted_is_not_shown_as_a_count(client):
    make_state(ago=timedelta(hours=1))
    assert "Counted once a week" not in status_page(client)


# --- as a whole


def test_with_nothing_loaded_the_status_page_says_so(client):
    assert "No source has been read yet." in status_page(client)


def test_the_page_takes_seven_queries_however_many_sources_there_are(client, django_assert_num_queries):
    for source in SOURCE_NAMES:
        for legislature in Legislature.objects.values_list("pk", flat=True):
            make_state(source, legislature, ago=timedelta(hours=1))
            make_run(source, legislature, ago=timedelta(hours=1), result="failed", faults=["Broken."])
    for year in (2025, 2023, 2021):
        make_count(session=make_session(year=year))
    with django_assert_num_queries(7):
        status_page(client)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_spans_of_time_are_said_roughly(span, words):
    assert span_in_words(span) == words
