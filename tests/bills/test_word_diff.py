"""Texts compared: printed pages are undone first, words are told apart, and what is too long is said to be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bills.pages import word_diff
from bills.pages.word_diff import Piece, paragraphs, text_changed, words_changed

FRONT = """
                    S T A T E   O F   N E W   Y O R K
________________________________________________________________________
                                 9--A
Introduced  by  Sen.  EXAMPLE -- read twice
  THE PEOPLE OF THE STATE OF NEW YORK, REPRESENTED IN SENATE AND  ASSEM-
BLY, DO ENACT AS FOLLOWS:
"""
BODY = """  Section  1.  The lantern law is amended by adding a new section to read
as follows: every lantern shall be lit at dusk by the keeper of  lan-
terns.
  S 2. This act shall take effect immediately.

 EXPLANATION--Matter in ITALICS (underscored) is new; matter in brackets
                      [ ] is old law to be omitted.
                                                           LBD05447-03-7
"""
NUMBERED = """     1    Section 1. The lantern law is amended by adding a new section to read as
     2  follows: every lantern shall be lit at dusk by the keeper of lanterns.
        S. 9                              2
     3    S 2. This act shall take effect immediately.
"""


def test_a_printed_page_becomes_its_paragraphs():
    assert paragraphs(FRONT + BODY) == [
        "Section 1. The lantern law is amended by adding a new section to read as follows: every lantern shall be "
        "lit at dusk by the keeper of lanterns.",
        "S 2. This act shall take effect immediately.",
    ]


def test_numbered_lines_and_page_heads_say_nothing():
    assert text_changed(FRONT + BODY, NUMBERED).are_alike


def test_a_number_that_begins_a_line_of_the_text_stays():
    text = "  within\n30  days after\nthis act takes effect"
    assert paragraphs(text) == ["within 30 days after this act takes effect"]


def test_words_are_told_apart_in_reading_order():
    assert words_changed("the old law of lanterns", "the new law of lamps") == (
        Piece("same", "the"),
        Piece("removed", "old"),
        Piece("added", "new"),
        Piece("same", "law of"),
        Piece("removed", "lanterns"),
        Piece("added", "lamps"),
    )


def test_only_what_differs_is_shown_with_some_words_around_it():
    long = " ".join(f"word{n}" for n in range(200))
    diff = text_changed(f"One.\n\nTwo.\n\n{long} old {long}", f"One.\n\nTwo.\n\n{long} new {long}")
    (change,) = diff.changes
    assert change.unchanged == 2
    kinds = [piece.kind for piece in change.pieces]
    assert kinds == ["same", "removed", "added", "same"]
    assert change.pieces[0].text.split()[0] == "…"
    assert len(change.pieces[0].text.split()) == word_diff.AROUND + 1


def test_a_paragraph_that_came_and_one_that_went():
    diff = text_changed("One.\n\nTwo.", "Two.\n\nThree.")
    assert [change.pieces for change in diff.changes] == [
        (Piece("removed", "One."),),
        (Piece("added", "Three."),),
    ]


def test_too_many_paragraphs_are_not_compared():
    many = "\n\n".join(f"Paragraph {n}." for n in range(word_diff.MOST_PARAGRAPHS + 1))
    diff = text_changed(many, "  One.")
    assert diff.is_too_long
    assert not diff.are_alike


def test_a_part_that_is_too_long_is_shown_whole_and_says_so():
    was, now = (" ".join(f"{kind}{n}" for n in range(5_000)) for kind in "ab")
    (change,) = text_changed(was, now).changes
    assert not change.is_close
    assert sum(len(piece.text) for piece in change.pieces) < word_diff.MOST_CHARACTERS


def test_very_many_changes_are_cut_and_counted():
    was = "\n\n".join(f"Same {n}.\n\nOld {n}." for n in range(400))
    diff = text_changed(was, was.replace("Old", "New"))
    assert len(diff.changes) == word_diff.MOST_CHANGES
    assert diff.left_out == 400 - word_diff.MOST_CHANGES


@given(st.text(max_size=400), st.text(max_size=400))
def test_nothing_that_anybody_may_write_breaks_it(before, after):
    diff = text_changed(before, after)
    assert text_changed(before, before).are_alike
    shown = " ".join(piece.text for change in diff.changes for piece in change.pieces)
    assert len(shown) <= len(before) + len(after) + 4 * len(diff.changes)
