"""Announced meetings: stored without loss, shown on pages, and in calendars that calendar programs read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.template.loader import render_to_string
from icalendar import Calendar

from bills import tasks
from bills.models import Issue, Meeting
from bills.pages.meetings import meetings_of
from bills.print_numbers import PrintNumber
from bills.providers.base import MeetingLine, SourceUnavailable
from bills.providers.registry import source_for
from bills.refresh.meetings import store_meetings
from bills.rounds import meetings
from tests.bills.state_senate import HeldMeeting, Reply, StateSenate
from tests.factories import make_bill, make_session
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]

NOW = datetime(2026, 3, 10, 16, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
NUMBER = PrintNumber("ny", "S", 9871, session=2025)
LINE = MeetingLine(
    key="agenda/2026/5/Lanterns",
    kind="agenda",
    chamber="senate",
    committee="Lanterns",
    date=date(2026, 3, 17),
    starts_at=datetime(2026, 3, 17, 9, 30, tzinfo=NEW_YORK),
    place="Room 124, CAP; north",
    notes="Off the floor\nsee <b>below</b>",
    url="https://www.nysenate.gov/events",
    bills=(NUMBER,),
)


def followed(print_no: str = "S9871", **fields):
    return make_bill(print_no, year=2025, **({"last_action_on": date(2026, 1, 7)} | fields))


def stored(*lines: MeetingLine, now: datetime = NOW):
    make_session("ny", 2025)
    return store_meetings(
        lines, legislature="ny", source="open_legislation", since=date(2026, 3, 3), until=date(2026, 5, 1), now=now
    )  # fmt: skip


def calendar_of(client, address: str) -> Calendar:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    return Calendar.from_ical(answer.content)


def meeting_in(calendar: Calendar):
    (event,) = [one for one in calendar.walk("VEVENT") if "SEQUENCE" in one]
    return event


# --- stored


def test_a_meeting_is_stored_once_with_the_bills_that_we_hold():
    bill = followed()
    other = PrintNumber("ny", "S", 9999, session=2025)
    line = replace(LINE, bills=(NUMBER, other))
    assert (stored(line).new, stored(line).new, stored(line).changed) == (1, 0, 0)
    meeting = Meeting.objects.get()
    assert list(meeting.bills.all()) == [bill]
    assert (meeting.sequence, meeting.state) == (0, "scheduled")


def test_a_bill_of_the_same_number_in_another_session_is_not_on_the_agenda():
    make_bill("S9871", year=2017)
    stored(LINE)
    assert not Meeting.objects.get().bills.exists()


def test_a_meeting_that_moves_keeps_its_row_and_says_from_when():
    stored(LINE)
    moved = replace(LINE, date=date(2026, 3, 24), starts_at=None)
    assert stored(moved, now=NOW + timedelta(hours=3)).changed == 1
    meeting = Meeting.objects.get()
    assert (meeting.date, meeting.moved_from, meeting.sequence) == (date(2026, 3, 24), date(2026, 3, 17), 1)


def test_another_order_of_business_counts_as_a_change_once():
    followed(), followed("S9872")
    stored(LINE)
    more = replace(LINE, bills=(NUMBER, replace(NUMBER, number=9872)), notes="Two bills")
    stored(more, now=NOW + timedelta(hours=3))
    stored(more, now=NOW + timedelta(hours=6))
    meeting = Meeting.objects.get()
    assert (meeting.bills.count(), meeting.sequence, meeting.changed_at) == (2, 1, NOW + timedelta(hours=3))


def test_a_meeting_called_off_or_no_longer_listed_is_marked_and_comes_back():
    stored(LINE, replace(LINE, key="agenda/2026/5/Bells", committee="Bells"))
    later = NOW + timedelta(hours=3)
    stored(replace(LINE, is_cancelled=True), now=later)
    states = dict(Meeting.objects.values_list("committee", "state"))
    assert states == {"Lanterns": "cancelled", "Bells": "gone"}
    stored(LINE, replace(LINE, key="agenda/2026/5/Bells", committee="Bells"), now=later + timedelta(hours=3))
    assert set(Meeting.objects.values_list("state", flat=True)) == {"scheduled"}


def test_an_empty_answer_erases_nothing_nor_does_one_that_tells_no_bills():
    bill = followed()
    stored(LINE)
    stored(now=NOW + timedelta(hours=3))
    stored(replace(LINE, bills=None), now=NOW + timedelta(hours=6))
    meeting = Meeting.objects.get()
    assert meeting.state == "scheduled"
    assert list(meeting.bills.all()) == [bill]


def test_a_meeting_that_is_over_is_not_called_gone():
    stored(replace(LINE, date=date(2026, 3, 9), starts_at=None))
    stored(replace(LINE, key="other"), now=NOW + timedelta(hours=3))
    assert set(Meeting.objects.values_list("state", flat=True)) == {"scheduled"}


def test_a_later_look_is_not_overwritten_by_an_earlier_one_that_took_long():
    stored(replace(LINE, place="New"), now=NOW + timedelta(hours=3))
    stored(LINE, now=NOW)
    assert Meeting.objects.get().place == "New"


def test_what_a_source_writes_is_cut_and_cleaned():
    stored(
        replace(LINE, place="x\x00" * 900, notes="n" * 9000, committee="c" * 400, url="javascript:alert(1)")
    )
    meeting = Meeting.objects.get()
    assert (len(meeting.place), len(meeting.notes), len(meeting.committee)) == (300, 4000, 150)
    assert "\x00" not in meeting.place
    assert meeting.source_url == ""


# --- asked for


@pytest.fixture
def senate(settings, monkeypatch):
    with StateSenate() as server:
        settings.OPEN_LEGISLATION_KEY = "never-show"
        settings.OPEN_LEGISLATION_URL = server.address
        settings.SOURCE_MANNERS = {
            "per_second": 100_000,
            "attempts": 1,
            "total_seconds": 4,
            "most_failures": 1000,
        }
        monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
        yield server


def test_the_task_asks_the_source_and_stores_what_it_says(senate):
    bill = followed()
    senate.meetings = [HeldMeeting("Lanterns", "2026-03-17T09:30", bills=[(2025, "S9871")])]
    tasks.read_meetings("ny")
    tasks.read_meetings("ny")
    assert [meeting.committee for meeting in bill.meetings.all()] == ["Lanterns"]
    tasks.read_meetings("us")  # without a key nobody is asked


def test_a_source_that_is_down_leaves_what_is_known(senate):
    followed()
    senate.meetings = [HeldMeeting("Lanterns", "2026-03-17T09:30", bills=[(2025, "S9871")])]
    tasks.read_meetings("ny")
    senate.behave = lambda path: Reply(500)
    with pytest.raises(SourceUnavailable):
        meetings.read(source_for("ny"), "ny", now=NOW)
    tasks.read_meetings("ny")
    assert Meeting.objects.get().state == "scheduled"


# --- on pages


def test_a_bill_has_its_meetings_to_come_the_soonest_first(django_assert_num_queries):
    bill = followed()
    stored(
        replace(LINE, key="b", date=date(2026, 3, 20), starts_at=None),
        LINE,
        replace(LINE, key="c", date=date(2026, 3, 9), starts_at=None),
    )
    with django_assert_num_queries(1):
        found = meetings_of(bill, today=date(2026, 3, 10))
    assert [meeting.date.day for meeting in found] == [17, 20]
    html = render_to_string("bills/_meetings.html", {"meetings": found, "level": "2"})
    for said in ("March 17, 2026, 9:30\u00a0a.m.", "Senate Lanterns Committee", "Room 124, CAP; north",
                 "Our source gives no time of day.", "this may change", "see &lt;b&gt;below&lt;/b&gt;"):  # fmt: skip
        assert said in html
    assert render_to_string("bills/_meetings.html", {"meetings": [], "level": "2"}).strip() == ""


def test_the_page_shows_what_is_to_come_and_what_was_called_off(client, django_assert_max_num_queries):
    followed()
    followed("S9872", is_published=False)
    hidden = replace(LINE, key="h", committee="Hidden", bills=(replace(NUMBER, number=9872),))
    stored(replace(LINE, is_cancelled=True), replace(LINE, key="n", committee="Nobody", bills=()), hidden)
    with django_assert_max_num_queries(4):
        answer = client.get("/calendar/")
    words = text_of(answer)
    assert "Called off" in words
    assert "S9871" in words
    assert "December 31, 2026" in words
    assert "Nobody" not in words
    assert "Hidden" not in words
    assert 'href="webcal://127.0.0.1:8000/calendar.ics"' in answer.content.decode()
    assert not answer.cookies


def test_the_page_says_so_where_nothing_is_announced(client):
    assert "No source that announces meetings has been read yet." in text_of(client.get("/calendar/"))


# --- in calendars


def test_a_meeting_is_an_event_with_its_time_in_new_york(client):
    bill = followed(short_name="Example Act")
    stored(LINE)
    calendar = calendar_of(client, f"{bill.get_absolute_url()}calendar.ics")
    event = meeting_in(calendar)
    assert event.decoded("DTSTART") == datetime(2026, 3, 17, 9, 30, tzinfo=NEW_YORK)
    assert event["DTSTART"].params["TZID"] == "America/New_York"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["America/New_York"]
    assert event["SUMMARY"] == "Senate Lanterns Committee: S9871"
    assert event["LOCATION"] == "Room 124, CAP; north"
    assert event["URL"] == "https://www.nysenate.gov/events"
    for said in ("Scheduled; this may change. Check with the committee before you go.", "This is not law.",
                 "http://127.0.0.1:8000/bills/ny/2025/s9871/", "Source: https://www.nysenate.gov/events"):  # fmt: skip
        assert said in event["DESCRIPTION"]
    assert event.decoded("DTSTAMP") == NOW


def test_a_meeting_without_a_time_is_a_whole_day_and_needs_no_zone(client):
    bill = followed()
    stored(replace(LINE, starts_at=None))
    calendar = calendar_of(client, f"{bill.get_absolute_url()}calendar.ics")
    assert meeting_in(calendar).decoded("DTSTART") == date(2026, 3, 17)
    assert "Our source gives no time of day." in meeting_in(calendar)["DESCRIPTION"]
    assert calendar.walk("VTIMEZONE") == []


def test_a_change_keeps_the_uid_and_counts_up(client):
    bill = followed()
    address = f"{bill.get_absolute_url()}calendar.ics"
    stored(LINE)
    before = meeting_in(calendar_of(client, address))
    stored(replace(LINE, date=date(2026, 3, 24), starts_at=None), now=NOW + timedelta(hours=3))
    moved = meeting_in(calendar_of(client, address))
    stored(replace(LINE, is_cancelled=True), now=NOW + timedelta(hours=6))
    off = meeting_in(calendar_of(client, address))
    assert before["UID"] == moved["UID"] == off["UID"]
    assert [event["SEQUENCE"] for event in (before, moved, off)] == [0, 1, 2]
    assert [event["STATUS"] for event in (before, moved, off)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert "Moved from March 17, 2026" in moved["DESCRIPTION"]
    assert off["SUMMARY"] == "Called off: Senate Lanterns Committee: S9871"


def test_the_days_of_the_session_stand_in_it(client):
    bill = followed()
    events = calendar_of(client, f"{bill.get_absolute_url()}calendar.ics").walk("VEVENT")
    assert [(event["SUMMARY"], event.decoded("DTSTART")) for event in events] == [
        ("New York State: the session 2025-2026 begins", date(2025, 1, 1)),
        ("New York State: the session 2025-2026 ends", date(2026, 12, 31)),
    ]
    again = calendar_of(client, f"{bill.get_absolute_url()}calendar.ics").walk("VEVENT")
    assert [event["UID"] for event in events] == [event["UID"] for event in again]


def test_whole_and_issue_calendars_hold_published_bills_only(client, django_assert_max_num_queries):
    issue = Issue.objects.create(slug="housing", name="Housing")
    followed().issues.add(issue)
    hidden = followed("S9872", is_published=False)
    hidden.issues.add(issue)
    numbers = (NUMBER, replace(NUMBER, number=9872))
    stored(replace(LINE, bills=numbers), replace(LINE, key="h", committee="Hidden", bills=numbers[1:]))
    for address in ("/calendar.ics", "/issues/housing/calendar.ics"):
        with django_assert_max_num_queries(4):
            event = meeting_in(calendar_of(client, address))
        assert event["SUMMARY"] == "Senate Lanterns Committee: S9871"
    assert client.get("/issues/none/calendar.ics").status_code == 404


def test_a_meeting_about_many_bills_names_the_first_ones(client):
    for number in range(9871, 9881):
        followed(f"S{number}")
    stored(replace(LINE, bills=tuple(replace(NUMBER, number=number) for number in range(9871, 9881))))
    title = meeting_in(calendar_of(client, "/calendar.ics"))["SUMMARY"]
    assert title == "Senate Lanterns Committee: S9871, S9872, S9873 and 7 more bills"
