"""Where the sentences of a text end."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z“\"À-Þ(])")
_LONGEST = 4  # letters that such an abbreviation has at most
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Sen|Rep|Gov|Dr|Mr|Ms|Mrs|Rev|Hon|Jr|Sr|St|Esq|Inc|Prof|Lt|No|Int|Res)\Z"
)


def sentences(text: str) -> list[str]:
    """The sentences of a short text; an abbreviation's point ends none."""
    parts, start = [], 0
    for match in _SENTENCE.finditer(text):
        mark = match.start()
        if (
            text[mark] == "."
            and text[mark + 1].isspace()
            and _ABBREVIATION.search(text, max(0, mark - _LONGEST), mark)
        ):
            continue
        parts.append(text[start : match.end()].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]
