"""The poll over HTTP: as many answers as two workers take, and afterwards whether each is there, once.

Every answer comes with a ballot of its own, as the form on a bill's page carries it, from a network of its own. A
tenth is sent twice at the same moment, as a double click does.
"""
# ruff: noqa: S311 (what is drawn here decides nothing)

from __future__ import annotations

import uuid
from collections.abc import Iterator
from random import Random
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from benchmarks.figures import Row
from benchmarks.load import address_in, drive, get
from benchmarks.server import serving
from bills import poll
from bills.models import Bill, PollAnswer
from statements import sample_data

PART = "poll"
GOAL = 500  # answers a second
CONNECTIONS = 8
BILLS = 1000
WARMING = 2  # seconds
BILLS_ANSWERED = 50
MOST_A_SECOND = 3 * GOAL  # so many ballots are made beforehand for every second
TWICE_EVERY = 10
TAKEN = 302


def rows(*, seconds: int) -> Iterator[Row]:
    call_command("collectstatic", interactive=False, verbosity=0)
    sample_data.load(BILLS)
    cache.clear()
    open_bills = list(
        Bill.objects.alive_on(timezone.localdate()).select_related("session").order_by("pk")[:BILLS_ANSWERED]
    )
    before = PollAnswer.objects.filter(bill__in=open_bills).count()
    ballots = list(_ballots(open_bills, MOST_A_SECOND * seconds))
    requests = [request for request, _ in ballots]
    warming = [get(bill.get_absolute_url()) for bill in open_bills]
    with serving() as port:
        drive(
            port, warming, connections=CONNECTIONS, seconds=WARMING
        )  # both workers have read their templates
        driven = drive(port, requests, connections=CONNECTIONS, seconds=seconds, once=True)
    taken = {
        ballots[place][1]
        for place, status in zip(driven.answered, driven.statuses, strict=True)
        if status == TAKEN
    }
    held = list(PollAnswer.objects.filter(bill__in=open_bills).values_list("bill", "voter", "answer"))
    lost = len(taken - set(held))
    # An answer that was sent and not yet told as taken when the time was over may be there too.
    sent = {known for _, known in ballots}
    doubled = len(held) - before - len(sent & set(held))
    refused = driven.other_than(TAKEN)
    times = f"p50 {driven.percentile(50) * 1000:.1f} ms, p95 {driven.percentile(95) * 1000:.1f} ms"
    twice = len(driven.taken) - refused - len(taken)
    told = f"{times}; {twice:,} came twice; {CONNECTIONS} connections, the client took {driven.busy:.0%} of a core"
    yield Row(PART, "answers taken", len(taken) / driven.seconds, "a second", GOAL, at_least=True, told=told)
    yield Row(PART, "answers refused or not answered", refused, "", 0)
    yield Row(PART, "answers lost", lost, "", 0)
    yield Row(PART, "answers doubled", doubled, "", 0)


def _ballots(bills: list[Bill], many: int) -> Iterator[tuple[bytes, tuple[int, uuid.UUID, str]]]:
    """Requests, each with the row that it is to leave; every tenth one twice, one beside the other."""
    random = Random(9)
    made = 0
    while made < many:
        bill = random.choice(bills)
        ballot, answer = poll.new_ballot(bill), random.choice(PollAnswer.Answer.values)
        known = (bill.pk, poll.voter_of_ballot(ballot, bill), answer)
        request = _post(bill, {"answer": answer, "ballot": ballot}, network=made)
        for _ in range(2 if made % TWICE_EVERY == 0 else 1):
            yield request, known
            made += 1


def _post(bill: Bill, form: dict[str, str], *, network: int) -> bytes:
    path = reverse("bills:poll", args=[bill.session.legislature_id, bill.session.year, bill.slug])
    body = urlencode(form)
    address = address_in(network)
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: {address}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
