"""What holds of any text at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statements.documents import DocumentError, decode, read, to_json
from statements.documents.layout import read_layout
from tests.statements.documents.reading import cases

PIECES = [
    "said",
    "“",
    "”",
    '"',
    "Senator Ana Roy",
    "Ana Roy, Director of Hudson Aid",
    ", ",
    ". ",
    "\n",
    "\n\n",
    ":",
    " – ",
    "(D-Bronx)",
    "S1234-A",
    "A.02328/S.03076",
    "Dear Governor Roy,",
    "Sincerely,",
    "Whereas, ",
    "Resolved, That",
    "June 3, 2021",
    "ISSUE: **A, B**",
    "## ",
    "- ",
    "| ",
    "###",
    "In Senate Committee Finance",
    "File #: Res 12-2020 Status: Adopted",
    "BILL NOS04075A",
    "Sponsored By",
    "FOR IMMEDIATE RELEASE",
    "released the following statement",
    "RELATED LEGISLATION",
    "\u202e",
    "\x00",
    "&amp;",
    "[x](y)",
    "\\$",
    "Executive Order 34 of 2003",
    "LS# 9714",
    "H.R. 6 (117th): An Act",
    "TESTIMONY OF:",
    "he said",
    "By Council Members Roy and Park",
    "<p>",
    "</p>",
    "Jr., III, Esq.",
    "’s",
    "é",
    "\ufeff",
]
texts = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
)
relaxed = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_or_none(text: str):
    try:
        return read(text)
    except DocumentError:
        return None


@relaxed
@given(texts)
def test_any_text_is_read_or_refused(text):
    parsed = read_or_none(text)
    if parsed:
        assert parsed.title
        to_json(parsed, "x")


@relaxed
@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data):
    try:
        text = decode(data)
    except DocumentError:
        return
    assert text.strip()
    read_or_none(text)


@relaxed
@given(texts)
def test_places_point_at_their_words(text):
    parsed = read_or_none(text)
    if not parsed:
        return
    for remark in parsed.remarks:
        assert parsed.text[remark.start : remark.end] == remark.text
    for bill in parsed.bills:
        assert parsed.text[bill.start : bill.start + len(bill.as_written)] == bill.as_written
    for block in read_layout(text).blocks:
        assert read_layout(text).text[block.start : block.end] == block.text


@relaxed
@given(texts)
def test_no_speaker_stands_twice_and_none_is_without_a_name(text):
    parsed = read_or_none(text)
    if not parsed:
        return
    speakers = [*parsed.speakers, *([parsed.primary_speaker] if parsed.primary_speaker else [])]
    names = [speaker.name for speaker in speakers]
    assert len(names) == len(set(names))
    assert all(names)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_line_ends_and_marks_of_order_change_nothing(case):
    plain = read(case.text)
    assert read("\ufeff" + case.text.replace("\n", "\r\n") + "\r\n\r\n  ") == plain
    assert read(case.text.replace("\n", "\r")) == plain
    assert read("\n".join(line + "  \t" for line in case.text.split("\n"))) == plain


HOSTILE = [
    "“",
    '"',
    "said ",
    "Ana Roy ",
    "Ana Roy:\n",
    "“a,” said Ana Roy. ",
    "Director of ",
    "Senator ",
    "the ",
    "a\n",
    "# ",
    "[a](",
    "**",
    "S1234A ",
    "Whereas, ",
    "Dear Ana,\n",
    "Sincerely,\n",
    "March 3, 2020 ",
    "session ended ",
    "today released the following statement ",
    "(",
    "| ",
    "\u202e",
    "a\u0301",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_four_times_the_text_takes_about_four_times_as_long(piece):
    """Linear growth, with room for the noise of a busy machine: 16 would be the square."""

    def seconds(size: int) -> float:
        text = "Dear Ana,\n" * piece.startswith("Sinc") + piece * (size // len(piece))
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            read_or_none(text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(200_000) < 11 * seconds(50_000) + 0.2
