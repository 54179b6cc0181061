"""The lines that somebody who keeps a document may put above it: where it comes from, and whether it is
retold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SOURCE = re.compile(r"(?:source|url|address)\s*:\s*<?(https?://[^\s<>]{4,500})>?", re.IGNORECASE)
RETOLD = re.compile(r"retold\b.{0,120}", re.IGNORECASE)
MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """`source_url` is "" where none is given."""

    source_url: str = ""
    retold: bool = False


def split_heading(text: str) -> tuple[Heading, str]:
    """Take the heading off a text: only lines at its very top that are nothing else.

    "Source: https://example.org/a\\nRetold by Passage; the words are ours.\\n\\nTITLE" ->
    (Heading("https://example.org/a", True), "TITLE")
    """
    source_url, retold, rest = "", False, text.lstrip("\ufeff \t\r\n")
    for _ in range(MOST_LINES):
        line, _newline, after = rest.partition("\n")
        if found := SOURCE.fullmatch(line.strip()):
            source_url = found[1]
        elif RETOLD.fullmatch(line.strip()):
            retold = True
        else:
            break
        rest = after.lstrip("\r\n")
    return Heading(source_url, retold), rest if source_url or retold else text
