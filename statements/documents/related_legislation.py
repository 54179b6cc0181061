"""The block "Related legislation" under a release on the Senate's site: one bill with its status and
sponsor.
"""

from __future__ import annotations

import re

from statements.documents.dates import find_dates
from statements.documents.layout import Block
from statements.documents.person_names import tidy
from statements.documents.stages_stated import Stated, stage_of_phrase

_STATUS = re.compile(
    r"(?:status\s*[:–—-]\s*)?((?:in (?:senate|assembly) committee\b|signed by|"
    r"vetoed by|passed |delivered to|(?:on |senate |assembly )floor|adopted|stricken|"
    r"substituted).{0,90})$",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"(?:in committee|on floor calendar|passed)(?: (?:senate|assembly))?|delivered to governor|"
    r"signed(?:/vetoed)? by governor",
    re.IGNORECASE,
)
_SPONSORED = re.compile(r"sponsored by:?\s*(.{0,80})$", re.IGNORECASE)


def read_related_legislation(blocks: list[Block]) -> tuple[Stated, str]:
    """(stage with committee and day, sponsor) of the first bill in the block.

    Its list of all stages is printed as list items and states none of them; the status stands on a line of
    its own.
    """
    stated, sponsor, day = Stated(), "", None
    stepping = False
    for index, block in enumerate(blocks):
        stepping = block.text.casefold() == "introduced" or (stepping and bool(_STEP.fullmatch(block.text)))
        if stepping:
            continue
        if index and block.level and stated.stage:
            break
        dates = find_dates(block.text) if len(block.text) < 40 else []
        if dates and day is None and not stated.stage:
            day = dates[0].date
        match = _STATUS.match(block.text)
        if match and not block.bullet and not stated.stage:
            stated = stage_of_phrase(match.group(1))
        match = _SPONSORED.match(block.text)
        if match and not sponsor:
            following = blocks[index + 1].text if index + 1 < len(blocks) else ""
            name = match.group(1) or (following if len(following.split()) <= 5 else "")
            sponsor = tidy(re.sub(r"\s*\(.*", "", name))
    return Stated(stated.stage, stated.committee, day if stated.stage else None), sponsor
