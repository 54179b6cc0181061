"""The dateline that opens a release: "(Albany, NY) ", "NEW YORK, N.Y., March 3, 2024 – ", "City Hall, NY –
".
"""

from __future__ import annotations

import re

_DATELINE = re.compile(
    r"\s*(?:"
    r"\((?:[A-Z][\w.’', -]{2,50}?)(?: ?[–—|-] ?[^()]{3,30})?\)\s?(?:[–—]|--?)?\s*"
    r"|(?!The )[A-Z][\w.’']{1,20}(?: [A-Z][\w.’']{0,20}){0,3}(?:, ?(?:[A-Z][\w.]{0,12}\.?)(?: [A-Z][a-z]+)?)?"
    r"(?:,? ?\(?(?:[A-Z][a-z]+\.? )\d{1,2},? \d{4}\)?)?(?:\s?[–—]+\s*|\s?--+\s?|\s-\s)"
    r"|[A-Z]{4,}(?: [A-Z]{4,}){0,2}-\s"
    r")(?=\S)"
)


def dateline_end(text: str) -> int:
    """How many characters of `text` are its dateline; 0 where it has none."""
    match = _DATELINE.match(text[:110])
    return match.end() if match else 0


def without_dateline(text: str) -> str:
    """`text` from where its first sentence begins."""
    return text[dateline_end(text) :]
