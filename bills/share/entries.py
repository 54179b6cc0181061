"""What a feed tells of bills and statements, each as an Atom entry whose name never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from bills.models import Bill, Change, Stage
from bills.pages import change_log
from bills.providers.registry import source_name
from bills.refresh.facts import web_address
from bills.share.finding import address
from bills.share.summary import Summary, summary_of
from bills.wording import day_in_words
from sponsors.addresses import tag
from sponsors.atom import Entry, definitions, noon, paragraphs, source_line

MOST_ROWS = 300  # changes read for one feed; a check that found more is told by its first ones
MOST_TOLD = 12  # changes of one check
# What a reader asks first: the first of these that a check found is its title.
_WEIGHTIEST = (
    "outcome",
    "status",
    "law_since",
    "substituted_by_print_no",
    "active_amendment",
    "roll_call",
    "action",
)


def name_of(bill: Bill, *more: object) -> str:
    """The bill's own tag, or that of something that belongs to it."""
    return tag("bill", bill.session.legislature_id, bill.session.year, bill.slug, *more)


def name_of_statement(one: Any) -> str:
    """A statement's tag in every feed: by what it was when it came to us, so that no edit and no load renames it."""
    return tag("statement", one.identity)


def moved(bill: Bill, *, now: datetime) -> Entry:
    """Where a bill stands since it last moved, for feeds of several bills. `bill` is a row of `for_sharing()`."""
    summary = summary_of(bill, now=now)
    day = bill.last_action_on or timezone.localdate(bill.changed_at or now)
    return Entry(
        key=name_of(bill, "moved", day.isoformat(), bill.outcome or bill.status or "none"),
        title=_of_bill(bill, summary.headline),
        path=bill.get_absolute_url(),
        content=paragraphs(bill.name, *_standing(summary), _source_of(bill)),
        happened_at=noon(day),
    )


def listed(bill: Bill, *, now: datetime) -> Entry:
    """A bill in the feed of a list, which is new whenever its record changed. `bill` is a row of `for_sharing()`."""
    moved_on = bill.last_action_on or bill.status_date or bill.session.start
    return Entry(
        key=name_of(bill),
        title=_of_bill(bill, bill.name),
        path=bill.get_absolute_url(),
        content=paragraphs(
            bill.title if bill.short_name else "", *_standing(summary_of(bill, now=now)), _source_of(bill)
        ),
        happened_at=bill.changed_at or noon(moved_on),
    )


def changes(bill: Bill, rows: Iterable[Change], summary: Summary) -> Iterator[Entry]:
    """One entry for what each look at the source found changed, as the change log has it."""
    by_check = groupby(rows, key=lambda row: (row.found_at, row.source, row.source_url))
    for _key, found in by_check:
        told = list(found)
        check = change_log.checks(told, legislature=bill.session.legislature_id)[0]
        pairs = list(zip(told, check.entries, strict=True))
        weightiest = min(pairs, key=lambda pair: _weight(pair[0].fact))[1]
        left = len(told) - MOST_TOLD
        yield Entry(
            key=name_of(bill, "change", told[0].pk),
            title=_title(bill, weightiest, more=len(told) - 1),
            path=address("changes", bill),
            content=paragraphs(
                bill.name,
                definitions([(entry.fact, _before_after(entry)) for entry in check.entries[:MOST_TOLD]]),
                ngettext("And %(number)d more change.", "And %(number)d more changes.", left)
                % {"number": left}
                if left > 0
                else "",
                *_standing(summary),
                source_line(check.source, check.source_url),
                gettext("Seen there %(day)s.") % {"day": day_in_words(timezone.localdate(check.found_at))},
            ),
            happened_at=check.found_at,
        )


def stages(bill: Bill, rows: Iterable[Stage], summary: Summary, *, told: set[str]) -> Iterator[Entry]:
    """Steps that the bill reached before we followed it. `told` holds the codes that a change has told of already."""
    for stage in rows:
        if stage.date is None or stage.code in told:
            continue
        words = change_log.status_in_words(stage.code, bill.session.legislature_id)
        yield Entry(
            key=name_of(bill, "stage", stage.code, stage.date.isoformat()),
            title=_of_bill(bill, words),
            path=bill.get_absolute_url(),
            content=paragraphs(
                bill.name,
                gettext("It reached this step on %(day)s.") % {"day": day_in_words(stage.date)},
                *_standing(summary),
                _source_of(bill),
            ),
            happened_at=noon(stage.date),
        )


def ending(bill: Bill, summary: Summary, *, today: date) -> Iterator[Entry]:
    """How the bill ended, where no change has told of it: of a bill that came to us when it was over."""
    if bill.outcome and bill.ended_on and bill.ended_on <= today:
        yield Entry(
            key=name_of(bill, "ended", bill.outcome, bill.ended_on.isoformat()),
            title=_of_bill(bill, summary.headline),
            path=bill.get_absolute_url(),
            content=paragraphs(bill.name, *_standing(summary), _source_of(bill)),
            happened_at=noon(bill.ended_on),
        )


def statement(
    one: Any,
    *,
    speaker: dict[str, Any] | None,
    today: date,
    remark: dict[str, Any] | None = None,
    stances: Iterable[str] = (),
    about: str = "",
) -> Entry | None:
    """A published statement; None for one of a day to come. `speaker` and `remark` as `for_cards()` has them.

    `about` names the bills it speaks of, where the feed is not of one of them.
    """
    if one.date and one.date > today:
        return None
    said_by = _speaker(speaker)
    quoted = ""
    if remark:
        label = gettext("Word for word") if remark["verbatim"] else gettext("In substance, in our words")
        shape = "<blockquote>{}</blockquote>{}: {}" if remark["verbatim"] else "{}<br>{}: {}"
        quoted = format_html(shape, remark["text"], label, remark["name"] or said_by or one.publisher)
    day = gettext("Of %(day)s.") % {"day": day_in_words(one.date)} if one.date else gettext("Undated.")
    return Entry(
        key=name_of_statement(one),
        title=gettext("%(kind)s: %(title)s") % {"kind": one.get_kind_display(), "title": one.title},
        path=one.get_absolute_url(),
        content=paragraphs(
            said_by,
            quoted,
            *stances,
            about,
            gettext("Retold in our words.") if one.is_retold else "",
            gettext("Correction: %(text)s") % {"text": one.correction} if one.correction else "",
            source_line(one.publisher, web_address(one.source_url)),
            day,
        ),
        happened_at=noon(one.date) if one.date else one.loaded_at,
        author=said_by or one.publisher,
    )


def _of_bill(bill: Bill, what: str) -> str:
    return gettext("%(number)s: %(what)s") % {"number": bill.display_no, "what": what}


def _title(bill: Bill, entry: change_log.Entry, *, more: int) -> str:
    named = {"number": bill.display_no, "fact": entry.fact, "now": entry.after, "more": more}
    if more < 1:
        return gettext("%(number)s: %(fact)s: %(now)s") % named
    text = ngettext(
        "%(number)s: %(fact)s: %(now)s, and %(more)d more change",
        "%(number)s: %(fact)s: %(now)s, and %(more)d more changes",
        more,
    )
    return text % named


def _weight(fact: str) -> int:
    return _WEIGHTIEST.index(fact) if fact in _WEIGHTIEST else len(_WEIGHTIEST)


def _before_after(entry: change_log.Entry) -> str:
    if not entry.before:
        return gettext("New: %(now)s") % {"now": entry.after}
    return gettext("Before: %(before)s. Now: %(now)s") % {"before": entry.before, "now": entry.after}


def _standing(summary: Summary) -> list[str]:
    return [gettext("Where it stands now: %(sentence)s") % {"sentence": summary.sentence}]


def _source_of(bill: Bill) -> str:
    name = source_name(bill.source)
    return source_line(name, web_address(bill.official_url))


def _speaker(speaker: dict[str, Any] | None) -> str:
    if not speaker:
        return ""
    return f"{speaker['name']}, {speaker['role']}" if speaker["role"] else speaker["name"]
