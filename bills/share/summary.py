"""A bill in a few words, for places outside of our pages, where nobody sees the rest of the page.

Each says whether it is law, where it stands and how current that is; none leaves one of the three out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from bills import wording
from bills.models import Bill
from bills.pages import change_log, stepper
from bills.pages.freshness import Freshness, freshness_of
from bills.stages import StageReached


@dataclass(frozen=True, slots=True)
class Summary:
    """`checked` is one sentence without its full stop; `is_old` where readers are to be warned."""

    bill: Bill
    place: str
    condition: str
    law_line: str
    headline: str
    freshness: Freshness
    checked: str
    is_old: bool

    @property
    def says_more_than_law_line(self) -> bool:
        """Whether the headline adds to it; of a signed bill it would say the same again."""
        return self.bill.outcome != "signed"

    @property
    def sentence(self) -> str:
        """ "This is not law. In the Senate Finance Committee since January 7, 2026." """
        return f"{self.law_line} {self.headline}." if self.says_more_than_law_line else self.law_line


def summary_of(bill: Bill, *, now: datetime) -> Summary:
    """`bill` is a row of `Bill.objects.for_sharing()`."""
    freshness = freshness_of(bill, now=now)
    is_old = freshness.is_late or freshness.is_behind_session or bool(freshness.fault)
    return Summary(
        bill=bill,
        place=gettext("%(legislature)s, %(session)s")
        % {"legislature": bill.session.legislature_name, "session": bill.session.label},
        condition=bill.condition,
        law_line=bill.law_line,
        headline=bill.headline,
        freshness=freshness,
        checked=_checked(freshness, is_old=is_old),
        is_old=is_old,
    )


def _checked(freshness: Freshness, *, is_old: bool) -> str:
    if freshness.checked_on is None:
        if freshness.is_live:
            return gettext("Not yet checked at its source")
        return gettext("From our own records, not checked live")
    day = {"day": wording.day_in_words(freshness.checked_on)}
    if is_old:
        return gettext("May be out of date: last checked %(day)s") % day
    if freshness.is_live:
        return gettext("Checked at its source %(day)s") % day
    return gettext("From our own records of %(day)s, not checked live") % day


def in_a_word(summary: Summary) -> str:
    """What fits on a badge: "Not law: In Senate committee", "Law since June 17, 2019"."""
    said = _in_a_word(summary.bill, summary.condition)
    return gettext("%(status)s (may be out of date)") % {"status": said} if summary.is_old else said


def _in_a_word(bill: Bill, condition: str) -> str:
    decided_by = bill.substituted_by if bill.outcome == "substituted" and bill.substituted_by else bill
    if condition == "law":
        if decided_by.law_since is None:
            return gettext("Law")
        return gettext("Law since %(day)s") % {"day": wording.day_in_words(decided_by.law_since)}
    if condition == "adopted":
        return gettext("Adopted; not a law")
    if condition == "unknown":
        return gettext("Not known whether it is law")
    if not bill.outcome:
        status = change_log.status_in_words(bill.status or "INTRODUCED", bill.session.legislature_id)
        return gettext("Not law: %(status)s") % {"status": status}
    ended = {
        "vetoed": gettext("Not law: Vetoed"),
        "stricken": gettext("Not law: Withdrawn"),
        "withdrawn": gettext("Not law: Withdrawn"),
        "lost": gettext("Not law: Voted down"),
        "filed_end_of_session": gettext("Not law: Filed at the end of its session"),
        "died": gettext("Not law: Died"),
    }
    if bill.outcome == "substituted" and bill.substituted_by_print_no:
        return gettext("Not law: Replaced by %(number)s") % {"number": bill.substituted_by_print_no}
    return ended.get(bill.outcome, gettext("Not law: Ended"))


def steps_of(bill: Bill, *, now: datetime) -> list[stepper.Row]:
    """The bill's ladder as on its page. Reads its stages."""
    reached = tuple(
        StageReached(code=stage.code, chamber=stage.chamber, date=stage.date, committee=stage.committee)
        for stage in bill.stages.all()
    )
    standing = replace(wording.standing_of(bill, today=timezone.localdate(now)), stages=reached)
    return stepper.rows(standing, introduced_on=bill.introduced_on)
