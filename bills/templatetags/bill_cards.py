"""Bills in lists: `{% load bill_cards %}{% bill_card bill 3 %}`, in short ones `{% bill_row bill %}`, and the sign of
what became of one.

A list has 25 cards, a person's page up to a hundred rows. Made here they take a third of the time of a template.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from bills import wording
from bills.models import Bill
from bills.templatetags.in_words import day, in_english
from sponsors.recorded_names import session_in_words

register = template.Library()

LONGEST_NAME = 30  # words
LONGEST_NAME_OF_A_ROW = 18
_SIGN = '<svg class="sign" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">{}</svg>'
_TICK = '<circle class="fill" cx="10" cy="10" r="9"/><path class="cut" d="M5.5 10.4l3 3 6-6.4"/>'
_DOT = '<circle class="line" cx="10" cy="10" r="8"/><circle class="fill" cx="10" cy="10" r="4.4"/>'
_RING = '<circle class="line dashed" cx="10" cy="10" r="8"/>'
_CROSS = (
    '<rect class="fill" x="1.5" y="1.5" width="17" height="17" rx="3"/>'
    '<path class="cut" d="M6.4 6.4l7.2 7.2M13.6 6.4l-7.2 7.2"/>'
)
# Put together here of the constants above; what a record says goes into cards and rows through escape() alone.
_SIGNS = {
    kind: mark_safe(_SIGN.format(shape))  # noqa: S308
    for kind, shape in {
        "law": _TICK,
        "adopted": _TICK,
        "alive": _DOT,
        "unknown": _RING,
        "ended": _CROSS,
    }.items()
}


@register.simple_tag
def mark(kind: str) -> SafeString:
    """The sign of a bill's condition, drawn so that it reads without colour."""
    return _SIGNS.get(kind, _SIGNS["ended"])


@register.simple_tag
def bill_card(bill: Bill, level: int) -> SafeString:
    """One bill in a list; `bill` is a row of `for_cards()`, `level` that of its heading."""
    condition, line = _told(bill)
    session = bill.session
    top, tongue = _card_top(condition, session.legislature_id, session.label, level, get_language())
    return mark_safe(  # noqa: S308 (each part is escaped here or in _card_top)
        f'{top}<a href="{escape(bill.get_absolute_url())}"><span class="bill-no">{escape(bill.display_no)}</span> '
        f'<span class="bill-name"{tongue}>{escape(_short(bill.name, LONGEST_NAME))}</span></a></h{level}>\n'
        f'  <p class="card-line">{escape(line)}</p>\n</article>\n'
    )


@lru_cache(maxsize=2_000)
def _card_top(
    condition: str, legislature: str, session: str, level: int, _language: str | None
) -> tuple[SafeString, SafeString]:
    """What many cards have in common, and the attributes of a name in English."""
    top = format_html(
        '<article class="card bill-card is-{}">\n  <p class="card-top"><span class="mark">{} {}</span> '
        '<span class="quiet">{}, {}</span></p>\n  <h{} class="card-title">',
        condition,
        mark(condition),
        wording.condition_label(condition),
        wording.legislature_name(legislature),
        session_in_words(session),
        level,
    )
    return top, in_english()


@register.simple_tag
def bill_row(bill: Bill, level: int = 3, *, dated: bool = False, tried: int = 0) -> SafeString:
    """One bill in a short list; `bill` is a row of `for_cards()`, `level` that of its heading, `tried` in how many
    sessions it was; `dated` adds when it moved last."""
    condition, line = _told(bill)
    session = bill.session
    told = escape(line)
    if tried > 1:
        told += f" {escape(gettext('Tried in %(sessions)s sessions.') % {'sessions': tried})}"
    name = escape(_short(bill.name, LONGEST_NAME_OF_A_ROW))
    place = escape(f"{session.legislature_name}, {session_in_words(session.label)}")
    if dated and bill.last_action_on:
        place += f", {escape(gettext('last moved %(when)s')) % {'when': day(bill.last_action_on)}}"
    return mark_safe(  # noqa: S308 (each part is escaped here, or made by a tag)
        f'<div class="row is-{condition}">\n'
        f'  <span class="row-mark">{mark(condition)}'
        f'<span class="for-readers">{escape(wording.condition_label(condition))}</span></span>\n'
        f'  <div>\n    <h{level} class="row-title"><a href="{escape(bill.get_absolute_url())}">'
        f'<span class="bill-no">{escape(bill.display_no)}</span> '
        f'<span class="bill-name"{in_english()}>{name}</span></a></h{level}>\n'
        f'    <p>{told}</p>\n    <p class="quiet">{place}</p>\n  </div>\n</div>\n'
    )


def _told(bill: Bill) -> tuple[str, str]:
    """The bill's condition, and in a sentence whether it is law or where it stands."""
    today = timezone.localdate()
    condition = wording.condition(bill, today=today)
    if condition == "law":
        return condition, wording.law_line(bill, today=today)
    return condition, f"{wording.in_words(wording.standing_of(bill, today=today))}."


def _short(name: str, longest: int) -> str:
    """At most so many words of it."""
    words = name.split()
    return " ".join(words) if len(words) <= longest else Truncator(name).words(longest, truncate=" …")
