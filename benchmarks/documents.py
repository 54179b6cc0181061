"""Source documents from bytes to what they say, without a database: those that the project ships, and invented longer
ones with a heading, speakers, quotes and bills.
"""
# ruff: noqa: S311 (what is drawn here decides nothing)

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random

from benchmarks.figures import Row
from bills.sample_data import words
from config.embedded import PROJECT
from statements.documents import decode, read

PART = "documents"
GOAL = 200  # a second, of one process
INVENTED = 200
PARAGRAPHS = 5
WORDS_OF_PARAGRAPH = 100
TIMES = 20  # that each shipped document is read


def rows() -> Iterator[Row]:
    shipped = [file.read_bytes() for file in sorted((PROJECT / "statements" / "records").glob("*.txt"))]
    yield _row("documents that are shipped", shipped * TIMES)
    yield _row("invented documents of 600 words", [_invented(number).encode() for number in range(INVENTED)])


def _row(what: str, documents: list[bytes]) -> Row:
    begun, busy = time.perf_counter(), time.process_time()
    bills = sum(len(read(decode(document)).bills) for document in documents)
    clock, core = time.perf_counter() - begun, time.process_time() - busy
    by_clock = f"{len(documents) / clock:,.0f} a second by the clock"
    told = f"of a core; {by_clock}; {len(documents)} of them name {bills} bills"
    return Row(PART, what, len(documents) / core, "a second", GOAL, at_least=True, told=told)


def _invented(number: int) -> str:
    """A press release: whose it is, title, place and day, what two people say, and a bill."""
    random = Random(f"document {number}")
    (given, surname), (other, other_surname) = words.person(number), words.person(number + 1)
    print_no = f"S{50_001 + number}"
    paragraphs = [
        words.paragraph(random, WORDS_OF_PARAGRAPH, seed=1).replace(". ", f". Bill {print_no}-A says so. ", 1)
        for _ in range(PARAGRAPHS)
    ]
    quotes = [
        f"“{words.paragraph(random, 25, seed=1)[:-1]},” said Senator {given} {surname}.",
        f"“{words.paragraph(random, 25, seed=1)[:-1]},” said {other} {other_surname}, director of "
        f"{words.organization(number)}.",
    ]
    heading = [
        "NEW YORK STATE SENATOR",
        f"{given} {surname}",
        words.title(random),
        "FOR IMMEDIATE RELEASE: March 4, 2025",
    ]
    opening = f"(Albany, NY) Senator {given} {surname} asked for the passage of {print_no}A. {paragraphs[0]}"
    return "\n\n".join([*heading, opening, *quotes, *paragraphs[1:]]) + "\n"
