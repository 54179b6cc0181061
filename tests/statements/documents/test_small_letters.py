"""Text in small letters: the same length, and patterns find in it what they find with re.IGNORECASE."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.documents.small_letters import LONG, small
from statements.documents.vocabulary import one_of


@given(st.text(max_size=200))
def test_small_letters_keep_every_place(text):
    assert len(small(text)) == len(text)
    assert len(small("İ" * LONG + text)) == LONG + len(text)


@pytest.mark.parametrize("pattern", [r"\bsaid\b", r"\bkinship\b", r"[^.]{0,4}insist", r"s{2}"])
@given(st.text(alphabet="saidSAIDkKinshIpNHPtTeE İıſK.ßé", max_size=40))
def test_pattern_in_small_letters_finds_what_it_finds_in_either_case(pattern, text):
    either = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
    assert [match.span() for match in re.finditer(pattern, small(text))] == either


@pytest.mark.parametrize("word", ["SAİD", "Saıd", "ſaid", "said"])
def test_letters_of_other_alphabets_that_either_case_takes_are_taken(word):
    assert small(f"Roy {word} so") == "roy said so"


def test_alternatives_are_asked_for_by_their_first_letter():
    assert one_of("said|says|noted") == "(?:s(?:aid|ays)|n(?:oted))"
    assert all(
        re.fullmatch(one_of("told|tells|pointed out|a"), word) for word in ("told", "pointed out", "a")
    )
