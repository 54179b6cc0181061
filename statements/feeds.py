"""The Atom feed of one person: bills that they carry and that moved, and what they said."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from bills.models import Bill, Sponsorship
from bills.share import entries
from bills.share.feeds import KEPT_FOR
from sponsors.addresses import tag
from sponsors.atom import MOST_ENTRIES, feed
from sponsors.models import Person
from statements.models import Statement


@require_safe
@conditional_page
@cache_control(public=True, max_age=KEPT_FOR)
def person_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """/sponsors/jose-m-serrano/feed.atom : the newest fifty, in three questions."""
    person = get_object_or_404(Person.objects.in_public(), slug=slug)
    now = timezone.now()
    today = timezone.localdate(now)
    carried = Sponsorship.objects.carrying().filter(person=person).order_by().values("bill")
    bills = Bill.objects.published().for_sharing().filter(pk__in=carried, last_action_on__lte=today)
    found = [entries.moved(bill, now=now) for bill in bills.latest_first()[:MOST_ENTRIES]]
    said = Statement.objects.published().filter(speakers__person=person).distinct()
    for one in said.for_cards().latest_first()[:MOST_ENTRIES]:
        if made := entries.statement(one, speaker=one.first_speaker, today=today):
            found.append(made)
    return feed(
        key=tag("person", person.slug),
        title=person.name,
        subtitle=gettext(
            "Bills that this person carries and that moved, and statements in which they speak."
        ),
        path=person.get_absolute_url(),
        feed_path=reverse("person-feed", args=[person.slug]),
        entries=found,
    )
