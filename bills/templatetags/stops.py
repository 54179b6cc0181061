"""One step of a bill's way, with its sign and its state in words: `{% load stops %}{% stop step bill %}`.

A page draws some nine of them. Made here they take a tenth of the time that a template takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from bills.models import Bill
from bills.pages.stepper import STOPPED
from bills.stages import CURRENT, NOT_REACHED, SKIPPED, Step
from bills.templatetags.in_words import day

register = template.Library()

_SVG = '<svg class="{}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
_ARROW = (
    '<circle class="fill" cx="12" cy="12" r="11"/><path class="cut" d="M6.5 12h10M12.5 8l4.4 4-4.4 4"/></svg>'
)
_CROSS = (
    '<rect class="fill" x="2" y="2" width="20" height="20" rx="4"/>'
    '<path class="cut" d="M8 8l8 8M16 8l-8 8"/></svg>'
)
_DOT = '<circle class="line" cx="12" cy="12" r="10"/><circle class="fill" cx="12" cy="12" r="5.6"/></svg>'
_RING = '<circle class="line" cx="12" cy="12" r="8"/></svg>'
_PALE_TICK = '<circle class="line" cx="12" cy="12" r="9"/><path class="tick" d="M7.5 12.4l3 3 6-6.4"/></svg>'
_TICK = '<circle class="fill" cx="12" cy="12" r="11"/><path class="cut" d="M7 12.4l3.4 3.4 6.8-7.2"/></svg>'


@register.simple_tag
def stop(step: Step, bill: Bill) -> SafeString:
    """The `<li>` of one step. The shape tells its state without colour, and the words tell it without shape."""
    return _stop(get_language(), step, bill.outcome, bill.substituted_by_print_no)


@register.simple_tag
def step_meanings(steps: Iterable[Step]) -> SafeString:
    """What each step means, as the items of a list."""
    return _meanings(get_language(), tuple((step.label, step.explanation) for step in steps))


@lru_cache(maxsize=1000)
def _meanings(_language: str | None, steps: tuple[tuple[str, str], ...]) -> SafeString:
    told = ((gettext(label), gettext(explanation)) for label, explanation in steps)
    return format_html_join("\n", "<div><dt>{}</dt><dd>{}</dd></div>", told)


@lru_cache(maxsize=10_000)
def _stop(_language: str | None, step: Step, outcome: str, other: str) -> SafeString:
    is_replaced = step.state == STOPPED and outcome == "substituted"
    classes = f"stop is-{step.state}"
    if is_replaced:
        classes += " is-replaced"
    if step.ending:
        classes += f" ended-{step.ending}"
    committee = (
        format_html(' <span class="stop-committee">{}</span>', step.committee) if step.committee else ""
    )
    return format_html(
        '<li class="{}">{} <span class="stop-name">{}</span> <span class="stop-state">{}{}</span></li>',
        classes,
        format_html(_SVG + _shape(step, is_replaced), "stop-sign"),
        gettext(step.label),
        _state(step, outcome, other, is_replaced),
        committee,
    )


def _shape(step: Step, is_replaced: bool) -> str:
    if is_replaced:
        return _ARROW
    if step.state == STOPPED or step.ending == "vetoed":
        return _CROSS
    if step.state == CURRENT and not step.ending:
        return _DOT
    return {NOT_REACHED: _RING, SKIPPED: _PALE_TICK}.get(step.state, _TICK)


def _state(step: Step, outcome: str, other: str, is_replaced: bool) -> str:
    when = day(step.date)
    if step.state == NOT_REACHED:
        if outcome == "substituted":
            return gettext("Not reached under this number")
        return gettext("Not reached")
    if step.state == STOPPED:
        words = (
            gettext("Replaced here by %(other)s") % {"other": other or gettext("another bill")}
            if is_replaced
            else gettext("Stopped here")
        )
        return _strong(words, gettext(", reached %(when)s"), when)
    if step.ending:
        return _strong(when, "", "")
    if step.state == CURRENT:
        return _strong(gettext("Here now"), gettext(", since %(when)s"), when)
    if step.state == SKIPPED:
        return gettext("Behind it; the record has no line for this step")
    return (
        format_html(gettext("Reached %(when)s").replace("%(when)s", "{}"), when)
        if when
        else gettext("Reached")
    )


def _strong(words: str, dated: str, when: str) -> str:
    """`dated` is a sentence's end with %(when)s in it, left out where there is no day."""
    rest = format_html(dated.replace("%(when)s", "{}"), when) if when else ""
    return format_html("<strong>{}</strong>{}", words, rest)
