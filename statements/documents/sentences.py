"""Where the sentences of a text end."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z“\"À-Þ(])")
_ABBREVIATION_END = re.compile(
    r"(?:\b[A-Z]|\b(?:Sen|Rep|Gov|Dr|Mr|Ms|Mrs|Rev|Hon|Jr|Sr|St|Esq|Inc|Prof|Lt|No|"
    r"Int|Res|U\.S|N\.Y|D\.C))\.\s+$"
)


def sentences(text: str) -> list[str]:
    """The sentences of a short text; an abbreviation's point ends none."""
    parts, start = [], 0
    for match in _SENTENCE.finditer(text):
        if text[match.start()] == "." and _ABBREVIATION_END.search(
            text[max(0, match.start() - 8) : match.end()]
        ):
            continue
        parts.append(text[start : match.end()].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]
