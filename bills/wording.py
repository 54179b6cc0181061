"""What a page says of a bill in words, translated: is it law, where it stands, why its poll is closed.

The words for where a bill stands come from `bills.stages`; here they get the reader's language and dates.
Everything takes a Bill row with its session, and `substituted_by` with its session where there is one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_noop, pgettext

from bills.stages import EXECUTIVE_MAY_ACT_FOR, LAW_OUTCOMES, ActionLine, Standing, explanation, headline

if TYPE_CHECKING:
    from bills.models import Bill

WITH_EXECUTIVE = frozenset({"DELIVERED_TO_GOV", "MAYORS_DESK", "TO_PRESIDENT"})


def day_in_words(day: date) -> str:
    """ "June 17, 2019", in the reader's language."""
    return _day_in_words(day, get_language())


@lru_cache(maxsize=8192)  # a list names the same few days on every card
def _day_in_words(day: date, _language: str | None) -> str:
    # Translators: how a full date is written; letters as in Django's date filter.
    return date_format(day, pgettext("full date", "F j, Y"))


def standing_of(bill: Bill, *, today: date) -> Standing:
    """A Standing made from the bill's own columns, for pages that do not read its actions.

    It lacks what only the action list tells: notes, the furthest rung, the stages.
    """
    session = bill.session
    via = bill.substituted_by_print_no if bill.outcome == "substituted" else ""
    other = bill.substituted_by if via else None
    last_chamber = {"PASSED_SENATE": "senate", "PASSED_ASSEMBLY": "assembly", "PASSED_HOUSE": "house"}.get(
        bill.status
    )
    return Standing(
        legislature=session.legislature_id,
        session=session.year,
        print_no=bill.base_print_no,
        as_of=today,
        status=bill.status,
        chamber=bill.status_chamber,
        committee=bill.status_committee,
        date=bill.status_date,
        outcome=bill.outcome or None,
        ended_on=bill.ended_on,
        via=via,
        substitute=standing_of(other, today=today) if other and other.outcome != "substituted" else None,
        chapter=bill.chapter if session.legislature_id != "nyc" else "",
        law_since=bill.law_since,
        is_resolution=bill.is_resolution,
        # The chamber of origin passes a bill first, so passing the other one means both.
        passed_both=last_chamber is not None and last_chamber != bill.chamber,
        last_action=ActionLine(bill.last_action_on, bill.status_chamber, "") if bill.last_action_on else None,
        session_ends=session.end,
    )


def in_words(standing: Standing) -> str:
    """Where it stands, in one line."""
    language = get_language()
    return headline(
        standing,
        translate=_sentences_in(language),
        day=lambda day: _day_in_words(day, language),
        place=place_in_sentence,
    )


@cache
def _sentences_in(_language: str | None) -> Callable[[str], str]:
    """`gettext` for one language, each sentence looked up once: a list says the same few on every card."""
    return cache(gettext)


def explained(standing: Standing) -> str:
    """What that means and what comes next; "" where there is nothing to add."""
    return explanation(standing, translate=gettext, day=day_in_words, place=place_in_sentence)


def place_in_sentence(name: str) -> str:
    """A chamber's English name as it stands in the sentences of `bills.stages`."""
    return _places_in_sentence(get_language()).get(name, name)


@cache
def _places_in_sentence(_language: str | None) -> dict[str, str]:
    # Translators: "Senate", "Assembly", "House" and "Council" stand within sentences such as "Passed the %(passed)s".
    # Give them the article that your language wants there, and leave it out of the sentences.
    return {
        "Senate": pgettext("within a sentence", "Senate"),
        "Assembly": pgettext("within a sentence", "Assembly"),
        "House": pgettext("within a sentence", "House"),
        "Council": pgettext("within a sentence", "Council"),
    }


def law_line(bill: Bill, *, today: date) -> str:
    """ "This is not law.", or since when it is, with its chapter; for a replaced bill via its replacement.

    Where the record stops short of telling, that is what it says: a law must not be called none either.
    """
    if bill.law_since:
        return _law_since(bill, via="")
    decided_by = bill.substituted_by if bill.outcome == "substituted" else bill
    if decided_by and decided_by.law_since:
        return _law_since(decided_by, via=bill.substituted_by_print_no or decided_by.display_no)
    if decided_by is None or _leaves_open_whether_law(decided_by, today=today):
        return gettext("Our source does not say whether this is law.")
    return gettext("This is not law.")


def _leaves_open_whether_law(bill: Bill, *, today: date) -> bool:
    has_no_record = bill.last_action_on is None and bill.status in ("", "INTRODUCED")
    return not bill.outcome and (has_no_record or not may_still_move(bill, today=today))


def _law_since(bill: Bill, *, via: str) -> str:
    day = day_in_words(bill.law_since) if bill.law_since else ""
    named = {"day": day, "law": _law_number(bill.chapter), "via": via}
    if via and bill.chapter:
        return gettext("This has been law since %(day)s (%(law)s), via %(via)s.") % named
    if via:
        return gettext("This has been law since %(day)s, via %(via)s.") % named
    if bill.chapter:
        return gettext("This has been law since %(day)s (%(law)s).") % named
    return gettext("This has been law since %(day)s.") % named


def _law_number(chapter: str) -> str:
    """New York's "37" is a chapter of its year, Congress's "119-1" a public law; the Council's stands."""
    if chapter.isdigit():
        return gettext("chapter %(number)s") % {"number": chapter}
    if chapter.replace("-", "").isdigit():
        return gettext("Public Law %(number)s") % {"number": chapter}
    return chapter


def condition(bill: Bill, *, today: date) -> str:
    """How a page marks the bill: "law", "adopted", "ended", "unknown" (its record stops short) or "alive"."""
    other = bill.substituted_by if bill.outcome == "substituted" else None
    if bill.outcome in LAW_OUTCOMES or (other and other.outcome in LAW_OUTCOMES):
        return "law"
    if bill.outcome == "adopted":
        return "adopted"
    if bill.outcome:
        return "ended"
    return "unknown" if _leaves_open_whether_law(bill, today=today) else "alive"


def may_still_move(bill: Bill, *, today: date) -> bool:
    """Whether anything can still happen to it in its session."""
    if bill.outcome:
        return False
    last_day = bill.session.end
    if bill.status in WITH_EXECUTIVE or bill.status.startswith(("PASSED_", "APPROVED_BY_COUNCIL")):
        last_day += EXECUTIVE_MAY_ACT_FOR
    return today <= last_day


_CONDITIONS = {
    "law": gettext_noop("Law"),
    "adopted": gettext_noop("Adopted"),
    "ended": gettext_noop("Ended"),
    "unknown": gettext_noop("Outcome not in our source"),
    "alive": gettext_noop("Alive"),
}


def condition_label(kind: str) -> str:
    """The word beside the mark, so that colour is never alone."""
    return _sentences_in(get_language())(_CONDITIONS[kind])


def why_poll_is_closed(bill: Bill, *, today: date) -> str:
    """One sentence, or "" while the poll is open."""
    if may_still_move(bill, today=today):
        return ""
    named = {"day": day_in_words(bill.ended_on or bill.session.end), "via": bill.substituted_by_print_no}
    if bill.outcome in LAW_OUTCOMES:
        return gettext("This poll is closed: the bill became law on %(day)s.") % named
    reasons = {
        "adopted": gettext("This poll is closed: it was adopted on %(day)s."),
        "vetoed": gettext("This poll is closed: the bill was vetoed on %(day)s."),
        "stricken": gettext("This poll is closed: the bill was withdrawn on %(day)s."),
        "withdrawn": gettext("This poll is closed: the bill was withdrawn on %(day)s."),
        "lost": gettext("This poll is closed: the bill was voted down on %(day)s."),
        "substituted": gettext("This poll is closed: another bill took this one’s place on %(day)s."),
        "filed_end_of_session": gettext(
            "This poll is closed: the bill was filed when its session ended, on %(day)s."
        ),
        "died": gettext("This poll is closed: the bill died on %(day)s, at the end of its session."),
    }
    if bill.outcome == "substituted" and bill.substituted_by_print_no:
        return gettext("This poll is closed: %(via)s took this bill’s place on %(day)s.") % named
    return (
        reasons.get(bill.outcome, gettext("This poll is closed: the session of this bill ended on %(day)s."))
        % named
    )


_LEGISLATURES = {
    "ny": gettext_noop("New York State"),
    "nyc": gettext_noop("New York City Council"),
    "us": gettext_noop("Congress"),
}
_PLACES = {
    "senate": gettext_noop("Senate"),
    "assembly": gettext_noop("Assembly"),
    "house": gettext_noop("House"),
    "council": gettext_noop("Council"),
    "committee": gettext_noop("Committee"),
    "governor": gettext_noop("Governor"),
    "mayor": gettext_noop("Mayor"),
    "president": gettext_noop("President"),
    "resolution": gettext_noop("Resolution"),
}


def legislature_name(code: str) -> str:
    """The short name of a legislature: "ny" is "New York State"."""
    return gettext(_LEGISLATURES[code]) if code in _LEGISLATURES else code


def place_name(place: str) -> str:
    """A chamber or office as readers say it: "senate" is "Senate", "governor" is "Governor"."""
    return gettext(_PLACES[place]) if place in _PLACES else place
