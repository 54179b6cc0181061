"""A bill's status as a badge: an SVG of one line, as wide as its words.

The reader's browser chooses the font, so the words are measured with one of ours and then set to that width
(`textLength`). Nothing in it is loaded, run or styled from outside.
"""

from __future__ import annotations

import re

from django.template.loader import render_to_string

from bills.share.summary import Summary, in_a_word
from sponsors.atom import in_xml
from sponsors.lettering import SANS, SANS_BOLD, font

LONGEST_LABEL = 24  # characters
# Signs that turn the direction of what follows, and could put the number or the status into another order.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SIZE = 13  # pixels
_WIDER = 1.06  # how much wider the fonts of most machines run than ours
_PADDING = 9
FILLS = {"law": "#14594f", "adopted": "#14594f", "alive": "#3f494e", "ended": "#8c2c20", "unknown": "#745000"}


def clean_label(text: str) -> str:
    """A label as somebody wrote it into an address: one line, what XML can hold, cut where it is too long."""
    label = " ".join(_TURNING.sub("", in_xml(text)).split())
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"


def badge(summary: Summary, label: str = "") -> str:
    """The SVG's text. A label stands before the bill's number and never in its place: no badge is of another bill."""
    label = " · ".join(part for part in (clean_label(label), summary.bill.display_no) if part)
    status = in_a_word(summary)
    left = _width(label, SANS)
    right = _width(status, SANS_BOLD)
    return render_to_string(
        "bills/badge.svg",
        {
            "label": label,
            "status": status,
            "about": summary.sentence,
            "checked": summary.checked,
            "fill": FILLS[summary.condition],
            "label_length": left,
            "status_length": right,
            "label_width": left + 2 * _PADDING,
            "status_width": right + 2 * _PADDING,
            "width": left + right + 4 * _PADDING,
            "label_middle": left / 2 + _PADDING,
            "status_middle": left + 3 * _PADDING + right / 2,
        },
    )


def _width(text: str, face: tuple[str, str]) -> int:
    return round(font(face, _SIZE).getlength(text) * _WIDER)
