"""Announced meetings as two sources tell them: invented answers in the documented shape, and broken ones."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug import Response

from bills.print_numbers import PrintNumber
from bills.providers.base import MeetingLine, MeetingSource, SourceError, SourceUnavailable, UnexpectedAnswer
from bills.providers.congress import Congress
from bills.providers.legistar import Legistar
from bills.providers.open_legislation import OpenLegislation
from tests.bills.state_senate import HeldMeeting, Reply, StateSenate

DATA = Path(__file__).parent / "data"
IMPOSSIBLE = ["2026-13-01T00:00", "0001-01-01T00:00"]
SECRET = "never-show-77a1c"
SINCE, UNTIL = date(2026, 3, 3), date(2026, 5, 1)

pytestmark = pytest.mark.usefixtures("reading_in_march_2026")


@pytest.fixture
def reading_in_march_2026(time_machine):
    time_machine.move_to("2026-03-10T12:00:00-04:00")


@pytest.fixture
def senate(quick):
    with StateSenate() as server:
        server.source = OpenLegislation(server.address, SECRET, manners=replace(quick, most_bytes=1_000_000))
        yield server


@pytest.fixture
def council(httpserver, quick):
    return Legistar(httpserver.url_for("/v1/nyc"), SECRET, manners=replace(quick, most_bytes=1_000_000))


def meetings_of(senate) -> list[MeetingLine]:
    return senate.source.meetings("ny", SINCE, UNTIL)


def test_who_announces_meetings_says_so():
    assert isinstance(OpenLegislation("http://127.0.0.1/api/3", SECRET), MeetingSource)
    assert isinstance(Legistar("http://127.0.0.1/v1/nyc", SECRET), MeetingSource)
    assert not isinstance(Congress("http://127.0.0.1/v3", SECRET), MeetingSource)


# --- Open Legislation


def test_a_committee_meeting_comes_with_its_time_place_and_bills(senate):
    senate.meetings = [
        HeldMeeting("Lanterns", "2026-03-17T09:30", notes="First||second", bills=[(2025, "S9871")])
    ]
    assert meetings_of(senate) == [
        MeetingLine(
            key="agenda/2026/5/Lanterns",
            kind="agenda",
            chamber="senate",
            committee="Lanterns",
            date=date(2026, 3, 17),
            starts_at=datetime(2026, 3, 17, 13, 30, tzinfo=UTC),
            place="Room 124 CAP",
            notes="First second",
            year=2026,
            number=5,
            url="https://www.nysenate.gov/events",
            bills=(PrintNumber("ny", "S", 9871, session=2025),),
        )
    ]


def test_midnight_is_no_time_of_day(senate):
    senate.meetings = [HeldMeeting("Lanterns", "2026-03-17T00:00", notes="Immediately following session.")]
    assert meetings_of(senate)[0].starts_at is None


def test_the_last_addendum_states_the_meeting_and_all_bring_bills(senate):
    senate.meetings = [
        HeldMeeting("Lanterns", "2026-03-18T10:00", addendum="A", bills=[(2025, "S9872")]),
        HeldMeeting("Lanterns", "2026-03-17T09:30", bills=[(2025, "S9871")]),
    ]
    (line,) = meetings_of(senate)
    assert line.date == date(2026, 3, 18)
    assert {number.base_print_no for number in line.bills} == {"S9871", "S9872"}


def test_only_agendas_with_a_meeting_to_come_are_asked_for(senate):
    senate.meetings = [
        HeldMeeting("Lanterns", "2026-03-04T09:30", number=4),
        HeldMeeting("Bells", "2026-03-17T09:30"),
    ]
    past, coming = meetings_of(senate)
    assert past.bills is None
    assert coming.bills == ()
    assert [path.split("?")[0] for path in senate.asked] == [
        "/api/3/agendas/meetings/2026-03-03T00:00:00/2026-05-01T23:59:59",
        "/api/3/agendas/2026/5",
    ]


def test_a_number_that_is_none_hides_no_meeting(senate):
    senate.meetings = [
        HeldMeeting("Lanterns", "2026-03-17T09:30", bills=[(2025, "NOMINATION"), (2025, "S9871")])
    ]
    assert [number.number for number in meetings_of(senate)[0].bills] == [9871]


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(500), SourceUnavailable),
        (Reply(404, b'{"success": false}'), SourceUnavailable),
        (Reply(200, b'{"success": true, "result": {"items": [{}], "size": 1}}'), UnexpectedAnswer),
        (Reply(200, b"[]"), UnexpectedAnswer),
        (Reply(200, b"<html>"), SourceError),
    ],
)
def test_a_broken_answer_is_an_error_wherever_it_comes(senate, reply, error):
    senate.meetings = [HeldMeeting("Lanterns", "2026-03-17T09:30")]
    for place in ("/meetings/", "/agendas/2026/5"):
        senate.behave = lambda path, place=place: reply if place in path else None
        with pytest.raises(error) as raised:
            meetings_of(senate)
        assert SECRET not in str(raised.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    meeting=st.fixed_dictionaries(
        {},
        optional={
            "location": st.none() | st.text(max_size=20) | st.integers(),
            "meetingDateTime": st.none() | st.text(max_size=20) | st.sampled_from(IMPOSSIBLE),
            "notes": st.none() | st.text(max_size=20) | st.lists(st.integers(), max_size=2),
        },
    )
)  # fmt: skip
def test_no_shape_of_a_meeting_raises_anything_but_a_source_error(senate, meeting):
    entry = {
        "agendaId": {"number": 5, "year": 2026},
        "committeeId": {"chamber": "SENATE", "name": "Lanterns"},
        "meeting": meeting,
    }
    whole = {
        "success": True, "total": 1, "offsetStart": 1, "offsetEnd": 1, "result": {"items": [entry], "size": 1},
    }  # fmt: skip
    body = json.dumps(whole).encode()
    senate.behave = lambda path: Reply(200, body) if "/meetings/" in path else None
    with suppress(SourceError):
        assert meetings_of(senate) == []


def test_an_agenda_of_the_real_feed_has_what_we_read(shared):
    """The feed that the API is filled from: midnight where the notes give the time in words."""
    (file,) = (shared / "samples" / "openlegislation" / "agenda").glob("*.XML")
    text = file.read_text(encoding="utf-8", errors="replace")
    for read in ("<location>", "<meetdate>", "<meettime>T00.00.00Z", "<notes>", "<bill no="):
        assert read in text


# --- Legistar


def answers(httpserver, events=None, items=()) -> None:
    told = json.loads((DATA / "legistar_events.json").read_text()) if events is None else events
    httpserver.expect_request("/v1/nyc/events").respond_with_json(told)
    for event in (90001, 90002, 90003):
        httpserver.expect_request(f"/v1/nyc/events/{event}/eventitems").respond_with_json(list(items))


def test_the_councils_meetings_come_with_their_bills(httpserver, council):
    answers(
        httpserver,
        items=[
            {"EventItemMatterFile": "Int 9412-2025", "EventItemMatterType": "Introduction"},
            {"EventItemMatterFile": "Int 9412-2025", "EventItemMatterType": "Introduction"},
            {"EventItemMatterFile": "LU 12-2026", "EventItemMatterType": "Land Use Application"},
            {"EventItemMatterFile": None, "EventItemMatterType": None},
        ],
    )
    hearing, off, whole, past = council.meetings("nyc", SINCE, UNTIL)
    assert (hearing.key, hearing.kind, hearing.committee) == (
        "event/90001", "hearing", "Committee on Lanterns and Ferries",
    )  # fmt: skip
    assert hearing.starts_at == datetime(2026, 3, 17, 17, 30, tzinfo=UTC)
    assert [number.number for number in hearing.bills] == [9412]
    assert (off.is_cancelled, off.starts_at, off.notes) == (
        True,
        None,
        "Jointly with the Committee on Bridges",
    )
    assert (whole.kind, whole.committee, whole.starts_at) == ("calendar", "", None)
    assert past.bills is None  # over: nobody asked


@pytest.mark.parametrize(
    ("time", "hour"),
    [("12:05 AM", 0), ("12:05 pm", 12), ("1:05 P.M.", 13), ("25:05 AM", None), ("noon", None)],
)
def test_a_time_is_read_as_people_write_it(httpserver, council, time, hour):
    answers(httpserver, [{"EventId": 90001, "EventDate": "2026-03-17T00:00:00", "EventTime": time}])
    (line,) = council.meetings("nyc", SINCE, UNTIL)
    assert (line.starts_at and line.starts_at.hour) == hour


@pytest.mark.parametrize(
    "body", ["{}", "[[]]", '[{"EventId": "x"}]', '[{"EventDate": 5, "EventId": 1}]', "oops"]
)
def test_an_answer_of_another_shape_is_an_error(httpserver, council, body):
    httpserver.expect_request("/v1/nyc/events").respond_with_response(
        Response(body, content_type="application/json")
    )
    with pytest.raises(SourceError):
        council.meetings("nyc", SINCE, UNTIL)


def test_a_meeting_whose_bills_cannot_be_had_is_an_error(httpserver, council):
    httpserver.expect_request("/v1/nyc/events").respond_with_json(
        [{"EventId": 90001, "EventDate": "2026-03-17T00:00:00"}]
    )
    httpserver.expect_request("/v1/nyc/events/90001/eventitems").respond_with_data("", status=500)
    with pytest.raises(SourceUnavailable):
        council.meetings("nyc", SINCE, UNTIL)


# --- what cannot be


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "party"}, {"date": date(1, 1, 1)}, {"starts_at": datetime(2026, 3, 17, 9)}],
)
def test_a_line_that_cannot_be_is_refused(wrong):
    known = {
        "key": "a",
        "kind": "agenda",
        "chamber": "senate",
        "committee": "Bells",
        "date": date(2026, 3, 17),
    }
    with pytest.raises(UnexpectedAnswer):
        MeetingLine(**(known | wrong))
