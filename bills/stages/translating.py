"""Every English message that stages are told in, for catalogues: pages look each up as it stands."""

from __future__ import annotations

from bills.stages.ladders import ENDINGS, every_rung
from bills.stages.messages import HEADLINES, RUNG_IN_WORDS, SENTENCES
from bills.stages.next_steps import NEXT


def messages() -> list[str]:
    """Each message once, in the order in which a translator should meet them."""
    rungs = every_rung()
    found = [
        *(rung.label for rung in rungs),
        *(rung.explanation for rung in rungs),
        *(label for label, _ in ENDINGS.values()),
        *(explanation for _, explanation in ENDINGS.values()),
        *HEADLINES.values(),
        *SENTENCES.values(),
        *RUNG_IN_WORDS.values(),
        *NEXT.values(),
    ]
    return list(dict.fromkeys(found))
