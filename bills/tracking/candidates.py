"""Bills that topic queries found at their source, and what staff decide about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.dateparse import parse_datetime

from bills.models import Bill, Candidate, TopicQuery
from bills.portions import in_portions
from bills.print_numbers import PrintNumber
from bills.providers.base import Touched
from bills.refresh import relations
from bills.refresh.facts import clean
from bills.tracking.topics import Topic, matching, read_words
from sponsors.publishing import pages_changed

SEARCH_AGAIN_AFTER = timedelta(days=7)
ROWS_AT_ONCE = 500
MOST_FOLLOWED_A_DAY = 100  # by topic queries alone, of one legislature; the others wait for staff
LONGEST_TEXT = 2000


def active_topics(legislature: str) -> list[Topic]:
    """The queries in force for one legislature. One whose words cannot be read finds nothing."""
    queries = TopicQuery.objects.filter(is_active=True).prefetch_related("legislatures").order_by("pk")
    topics = [topic for query in queries if (topic := topic_of(query))]
    return [topic for topic in topics if topic.covers(legislature)]


def topic_of(query: TopicQuery) -> Topic | None:
    try:
        words = read_words(query.words)
    except ValueError:
        return None
    codes = frozenset(row.pk for row in query.legislatures.all())
    return Topic(query.name, words, codes, query.follows_at_once)


def unsearched(legislature: str, *, now: datetime) -> list[Topic]:
    """Topics that running sessions were not searched for since their words changed, or for a week."""
    queries = TopicQuery.objects.filter(is_active=True).prefetch_related("legislatures").order_by("pk")
    due = []
    for query in queries:
        last = parse_datetime(str(query.searched.get(legislature, "")))
        topic = topic_of(query)
        if topic and topic.covers(legislature) and (last is None or last < now - SEARCH_AGAIN_AFTER):
            due.append(topic)
    return due


def mark_searched(topics: Iterable[Topic], legislature: str, *, now: datetime) -> None:
    """Note that these were searched for; a query whose words have changed meanwhile was not."""
    with transaction.atomic():
        words = {topic.name: topic.words for topic in topics}
        for query in TopicQuery.objects.select_for_update().filter(name__in=words).order_by("pk"):
            if (topic := topic_of(query)) and topic.words == words[query.name]:
                query.searched = {**query.searched, legislature: now.isoformat()}
                query.save(update_fields=["searched"])


def note_found(
    found: Iterable[Touched], topics: list[Topic], *, legislature: str, source: str, now: datetime
) -> int:
    """Make candidates of the bills that are about one of the topics; how many are new.

    Bills that we hold are none. A candidate that staff dismissed stays dismissed; it only learns its new title.
    """
    new = 0
    for portion in in_portions(_about(found, topics), ROWS_AT_ONCE):
        batch = {(one.number.session or 0, one.number.base_print_no): (one, about) for one, about in portion}
        new += _note(batch, legislature=legislature, source=source, now=now)
    return new


def _about(found: Iterable[Touched], topics: list[Topic]) -> Iterator[tuple[Touched, list[Topic]]]:
    if not topics:
        return
    for one in found:
        if (one.title or one.summary) and (about := matching(topics, one.title, one.summary)):
            yield one, about


@transaction.atomic
def _note(batch: dict, *, legislature: str, source: str, now: datetime) -> int:
    held = relations.numbered(one.number for one, _ in batch.values())
    for place in held.values_list("session__year", "base_print_no"):
        batch.pop(place, None)
    known = {
        (row.session_year, row.print_no): row
        for row in Candidate.objects.select_for_update()
        .filter(_numbered(batch), legislature=legislature)
        .order_by("pk")
    }
    fresh: list[Candidate] = []
    # What a list says is somebody else's: no number of titles makes us follow bills without end.
    followed_today = Candidate.objects.followed().filter(
        legislature=legislature, decided_at__gte=now - timedelta(days=1)
    )
    room = MOST_FOLLOWED_A_DAY - followed_today.exclude(found_by=[]).count()
    for place, (one, topics) in sorted(batch.items(), key=lambda item: item[0]):
        row = known.get(place) or Candidate(
            legislature_id=legislature, session_year=place[0], print_no=place[1], source=source, found_at=now
        )
        before = (row.title, row.summary, list(row.found_by), row.state)
        row.title = clean(one.title, LONGEST_TEXT) or row.title
        row.summary = clean(one.summary, LONGEST_TEXT) or row.summary
        row.found_by = sorted({*row.found_by, *(topic.name for topic in topics)})
        if (
            row.state == Candidate.State.WAITING
            and any(topic.follows_at_once for topic in topics)
            and (room := room - 1) >= 0
        ):
            row.state, row.decided_at = Candidate.State.FOLLOWED, now
        if row.pk is None:
            fresh.append(row)
        elif before != (row.title, row.summary, list(row.found_by), row.state):
            row.save()
    Candidate.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _numbered(places: Iterable[tuple[int, str]]) -> Q:
    by_session: dict[int, list[str]] = {}
    for year, print_no in places:
        by_session.setdefault(year, []).append(print_no)
    wanted = Q(pk__in=[])
    for year, print_nos in by_session.items():
        wanted |= Q(session_year=year, print_no__in=print_nos)
    return wanted


# --- what staff decide


def follow(candidates: Iterable[Candidate], *, now: datetime) -> int:
    """Follow these: the next round brings them. How many were not followed before."""
    keys = [row.pk for row in candidates]
    rows = Candidate.objects.filter(pk__in=keys).exclude(state=Candidate.State.FOLLOWED)
    with transaction.atomic():
        pages_changed()
        return rows.update(state=Candidate.State.FOLLOWED, decided_at=now)


def dismiss(candidates: Iterable[Candidate], *, now: datetime) -> int:
    """Leave these alone, now and when a query finds them again; a bill that is here already stays. How many."""
    keys = [row.pk for row in candidates]
    rows = Candidate.objects.filter(pk__in=keys).exclude(state=Candidate.State.DISMISSED)
    with transaction.atomic():
        pages_changed()
        return rows.update(state=Candidate.State.DISMISSED, decided_at=now)


def choose(number: PrintNumber, *, now: datetime) -> Candidate:
    """Follow the bill of this number because staff say so, whatever was decided before."""
    bill = Bill.objects.numbered(number).first()
    row, created = Candidate.objects.get_or_create(
        legislature_id=number.legislature,
        session_year=number.session or 0,
        print_no=number.base_print_no,
        defaults={
            "state": Candidate.State.FOLLOWED,
            "found_at": now,
            "decided_at": now,
            "bill": bill,
            "title": bill.title if bill else "",
        },
    )
    if not created and row.state != Candidate.State.FOLLOWED:
        row.state, row.decided_at = Candidate.State.FOLLOWED, now
        row.save(update_fields=["state", "decided_at"])
    return row
