"""Who speaks in a retelling, where nobody is quoted: "Ana Roy, Director of Lanterns, said that ..."."""

from __future__ import annotations

import re

from statements.documents.cast import Cast
from statements.documents.credits import read_credits
from statements.documents.layout import Block
from statements.documents.parsed import Remark, Speaker
from statements.documents.speakers import Spoken

_SAID = re.compile(r"(.{2,250}?)\s+(?:said|stated|argued|held|added|declared)\s+that\b", re.DOTALL)


def read_reported(blocks: list[Block], cast: Cast) -> Spoken:
    """The paragraphs that open with a person and what that person said; each is one remark in substance."""
    speakers: dict[str, Speaker] = {}
    remarks = []
    for block in blocks:
        opening = _SAID.match(block.text)
        credits = read_credits(opening[1]) if opening else []
        if len(credits) != 1:
            continue
        known = cast.find(credits[0])
        credit = credits[0]
        name = known.name if known and not credit.is_full else credit.name
        speakers.setdefault(name, Speaker(name, credit.title, credit.organisation))
        remarks.append(Remark(name, block.text, block.start, block.end, verbatim=False))
    return Spoken(tuple(speakers.values()), tuple(remarks), ())
