"""Meetings in words: `{% load meetings %}`."""

from __future__ import annotations

from django import template

from bills.models import Meeting
from bills.pages import meetings

register = template.Library()


@register.filter
def meeting_name(meeting: Meeting) -> str:
    """Who meets."""
    return meetings.name_of(meeting)


@register.filter
def meeting_state(meeting: Meeting) -> str:
    """ "Called off", "Moved from May 4, 2026"; "" where nothing is to be said."""
    return meetings.state_of(meeting)
