"""Atom feeds of one bill and of one issue: the newest fifty things that happened, in at most four questions."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from bills.models import Bill, Issue
from bills.pages import change_log
from bills.share import entries
from bills.share.finding import address, bill_or_404, to_canonical
from bills.share.summary import summary_of
from sponsors.addresses import tag
from sponsors.atom import MOST_ENTRIES, Entry, feed

KEPT_FOR = 10 * 60  # seconds


@require_safe
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def bill_feed(request: HttpRequest, legislature: str, session_year: int, print_no: str) -> HttpResponse:
    """.../feed.atom : what changed on a bill, the steps it reached, what was said about it."""
    bill = bill_or_404(Bill.objects.for_sharing(), legislature, session_year, print_no)
    if elsewhere := to_canonical(request, "bill-feed", bill):
        return elsewhere
    now = timezone.now()
    summary = summary_of(bill, now=now)
    return feed(
        key=entries.name_of(bill),
        title=gettext("%(number)s, %(session)s: %(name)s")
        % {"number": bill.display_no, "session": bill.session.label, "name": bill.name},
        subtitle=f"{summary.sentence} {summary.checked}.",
        path=bill.get_absolute_url(),
        feed_path=address("bill-feed", bill),
        entries=_of_bill(bill, now=now),
    )


def _of_bill(bill: Bill, *, now: datetime) -> list[Entry]:
    today = timezone.localdate(now)
    summary = summary_of(bill, now=now)
    changes = change_log.changes_of(bill, today=today)[: entries.MOST_ROWS]
    told = {row.after for row in changes if row.fact == "status"}
    found = list(entries.changes(bill, changes, summary))
    found += entries.stages(bill, bill.stages.until(today), summary, told=told)
    if not any(row.fact == "outcome" for row in changes):
        found += entries.ending(bill, summary, today=today)
    seen = set()
    for mention in bill.mentions.for_bill_page()[:MOST_ENTRIES]:
        if mention.statement_id in seen:
            continue
        seen.add(mention.statement_id)
        made = entries.statement(
            mention.statement,
            speaker=mention.first_speaker,
            remark=mention.first_remark,
            stances=[_stance(one) for one in mention.stances],
            today=today,
        )
        found += [made] if made else []
    return found


def _stance(one: dict) -> str:
    words = {
        "supports": gettext("%(who)s supports the bill."),
        "opposes": gettext("%(who)s opposes the bill."),
        "neutral": gettext("%(who)s is neutral on the bill."),
    }
    who = one["speaker"] or one["organization"] or ""
    return words[one["stance"]] % {"who": who} if who and one["stance"] in words else ""


@require_safe
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def issue_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """/issues/immigration/feed.atom : bills of one subject that moved, and what was said on it."""
    issue = get_object_or_404(Issue, slug=slug)
    now = timezone.now()
    today = timezone.localdate(now)
    bills = issue.bills.published().for_sharing().filter(last_action_on__lte=today).latest_first()
    found = [entries.moved(bill, now=now) for bill in bills[:MOST_ENTRIES]]
    for one in issue.statements.published().for_cards().latest_first()[:MOST_ENTRIES]:
        if made := entries.statement(one, speaker=one.first_speaker, today=today):
            found.append(made)
    return feed(
        key=tag("issue", issue.slug),
        title=gettext("Issue: %(name)s") % {"name": issue.name},
        subtitle=gettext(
            "Bills that moved and statements that were made. A bill is not a law until it is enacted."
        ),
        path=issue.get_absolute_url(),
        feed_path=reverse("bills:issue-feed", args=[issue.slug]),
        entries=found,
    )
