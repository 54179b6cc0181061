"""A text with the words that were asked for marked, made safe for a page.

PostgreSQL puts START and END around what it found (`ts_headline`). They are characters of Unicode's private use, which
are taken out of the text before, so nothing in the text can pose as a mark; all else is escaped here.
"""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

START, END, GAP = "\ue000", "\ue001", "\ue002"
WHOLE = f"StartSel={START}, StopSel={END}, HighlightAll=true"
FRAGMENTS = (
    f"StartSel={START}, StopSel={END}, FragmentDelimiter={GAP}, "
    "MaxFragments=2, MaxWords=22, MinWords=8, ShortWord=0"
)
ENDS_OF_SENTENCES = (".", "!", "?", "”", '"')
SIGNS = START + END + GAP  # for translate(): what a text may not hold


def marked(text: str) -> SafeString:
    """HTML of a text with marks: `<mark>` around what was found, an ellipsis between fragments."""
    before, *pieces = escape(text.replace(GAP, " … ")).split(START)
    shown = [before]
    for piece in pieces:
        found, end, rest = piece.partition(END)
        shown.append(f"<mark>{found}</mark>{rest}" if found and end else found + rest)
    return mark_safe("".join(shown))  # noqa: S308 (escaped above)


def snippet(text: str) -> SafeString:
    """HTML of fragments, with an ellipsis where they break off; empty where nothing in them was found."""
    if START not in text:
        return SafeString("")
    shown = text.strip()
    return marked(shown if shown.removesuffix(END).endswith(ENDS_OF_SENTENCES) else f"{shown} …")
