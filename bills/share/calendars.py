"""Meetings and session dates as iCalendar (RFC 5545), to be subscribed to.

A meeting keeps its UID for ever. Where it is moved or called off its SEQUENCE grows, so that calendars which hold it
change it rather than show it twice. Days without a time are whole days. Times carry New York's zone with its rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from icalendar import Calendar, Event

from bills.models import Bill, Issue, Meeting, Session
from bills.pages import meetings as pages
from bills.share.finding import address, bill_or_404, to_canonical
from sponsors.addresses import absolute, site_host

KEPT_FOR = 30 * 60  # seconds
LOOK_BACK = timedelta(days=60)
MOST_EVENTS = 500
MOST_NUMBERS = 3  # of bills, in an event's title
NEW_YORK = ZoneInfo("America/New_York")


@require_safe
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def bill_calendar(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """.../calendar.ics : the meetings that have a bill on their order of business, and the dates of its session."""
    bill = bill_or_404(Bill.objects.for_sharing(), legislature, session_year, print_no)
    if elsewhere := to_canonical(request, "bill-calendar", bill):
        return elsewhere
    rows = bill.meetings.on_or_after(_oldest()).soonest_first()[:MOST_EVENTS]
    events = [_meeting(row, [bill]) for row in rows]
    name = gettext("%(number)s, %(session)s") % {"number": bill.display_no, "session": bill.session.label}
    return _calendar(name, address("share", bill), [*events, *_session_days([bill.session])], bill.slug)


@require_safe
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def issue_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """/issues/immigration/calendar.ics : meetings about the bills of one subject."""
    issue = get_object_or_404(Issue, slug=slug)
    about = issue.bills.published().values("pk")
    rows = Meeting.objects.on_or_after(_oldest()).filter(bills__in=about).distinct()
    return _of_meetings(issue.name, issue.get_absolute_url(), rows, issue.slug)


@require_safe
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def whole_calendar(request: HttpRequest) -> HttpResponse:
    """/calendar.ics : meetings about every bill that we follow."""
    rows = Meeting.objects.on_or_after(_oldest()).about_followed_bills()
    return _of_meetings(gettext("Hearings and sessions"), reverse("bills:calendar"), rows, "passage")


@require_safe
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def calendar(request: HttpRequest) -> HttpResponse:
    """/calendar/ : what is to come, and how to have it in one's own calendar."""
    today = timezone.localdate()
    context = {
        "days": pages.days_to_come(today=today),
        "sessions": Session.objects.filter(end__gte=today).order_by("end", "legislature"),
        "last_read": pages.last_read(),
        "file": absolute(reverse("bills:whole-calendar")),
    }
    return render(request, "bills/calendar.html", context)


def _of_meetings(name: str, path: str, rows, filename: str) -> HttpResponse:
    found = rows.with_bills().soonest_first()[:MOST_EVENTS]
    events = [_meeting(row, row.bills_shown) for row in found]
    return _calendar(name, path, [*events, *_session_days(_sessions())], filename)


def _oldest() -> date:
    return timezone.localdate() - LOOK_BACK


def _sessions() -> Iterable[Session]:
    """Those that run or ended lately, with bills that readers can see."""
    return Session.objects.filter(
        start__lte=timezone.localdate(), end__gte=_oldest(), pk__in=Bill.objects.published().values("session")
    ).order_by("end", "legislature")


def _calendar(name: str, path: str, events: Iterable[Event], filename: str) -> HttpResponse:
    made = Calendar()
    title = gettext("Passage: %(what)s") % {"what": name}
    made.add("prodid", "-//Passage//Hearings and sessions//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", title)
    made.add("x-wr-calname", title)
    made.add("x-wr-timezone", NEW_YORK.key)
    made.add("url", absolute(path))
    made.add("refresh-interval", timedelta(hours=3), {"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT3H")
    for event in events:
        made.add_component(event)
    made.add_missing_timezones()
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{slugify(filename) or "passage"}.ics"'
    return response


def _meeting(row: Meeting, bills: Sequence[Bill]) -> Event:
    event = Event()
    event.add("uid", _uid("meeting", row.source, row.source_key))
    event.add("dtstamp", row.changed_at.astimezone(UTC))
    event.add("last-modified", row.changed_at.astimezone(UTC))
    event.add("sequence", row.sequence)
    event.add("status", "CANCELLED" if row.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("dtstart", row.starts_at.astimezone(NEW_YORK) if row.starts_at else row.date)
    event.add("summary", _title(row, bills))
    event.add("description", "\n\n".join(_about(row, bills)))
    if row.place:
        event.add("location", row.place)
    if row.source_url:
        event.add("url", row.source_url)
    return event


def _title(row: Meeting, bills: Sequence[Bill]) -> str:
    name, left = pages.name_of(row), len(bills) - MOST_NUMBERS
    numbers = ", ".join(bill.display_no for bill in bills[:MOST_NUMBERS])
    if left > 0:
        told = ngettext("%(numbers)s and %(left)d more bill", "%(numbers)s and %(left)d more bills", left)
        numbers = told % {"numbers": numbers, "left": left}
    title = gettext("%(committee)s: %(bills)s") % {"committee": name, "bills": numbers} if numbers else name
    return gettext("Called off: %(meeting)s") % {"meeting": title} if row.is_off else title


def _about(row: Meeting, bills: Sequence[Bill]) -> list[str]:
    """Paragraphs: what is certain about it, the source's own notes, the bills, and where to look."""
    told = [state] if (state := pages.state_of(row)) else []
    told.append(gettext("Scheduled; this may change. Check with the committee before you go."))
    if row.starts_at is None:
        told.append(gettext("Our source gives no time of day."))
    if row.notes:
        told.append(gettext("The committee notes: %(notes)s") % {"notes": row.notes})
    for bill in bills:
        named = f"{bill.display_no} {bill.name}" if bill.name != bill.display_no else bill.display_no
        told.append(f"{named[:200]}\n{bill.law_line}\n{absolute(bill.get_absolute_url())}")
    if row.source_url:
        told.append(gettext("Source: %(address)s") % {"address": row.source_url})
    return told


def _session_days(sessions: Iterable[Session]) -> Iterable[Event]:
    for session in sessions:
        named = {"legislature": session.legislature_name, "session": session.label}
        first = gettext("%(legislature)s: the session %(session)s begins") % named
        last = gettext("%(legislature)s: the session %(session)s ends") % named
        why = gettext(
            "The last day on which a bill of this session can still move. What has no decision then ends with it."
        )
        yield _session_day(session, "start", session.start, first, "")
        yield _session_day(session, "end", session.end, last, why)


def _session_day(session: Session, which: str, day: date, title: str, about: str) -> Event:
    event = Event()
    event.add("uid", _uid("session", session.legislature_id, session.year, which))
    # Nobody edits these events: their stamp only has to stay the same while they do.
    event.add("dtstamp", datetime.combine(session.start, time(), UTC))
    event.add("dtstart", day)
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    if about:
        event.add("description", about)
    return event


def _uid(*parts: object) -> str:
    named = "/".join(str(part) for part in parts)
    return f"{hashlib.sha256(named.encode()).hexdigest()[:24]}@{site_host()}"
