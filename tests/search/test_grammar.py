"""What a reader asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sponsors.search.grammar import MOST_TERMS, Asked, read_words


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("dream act", Asked((("dream", "act"),))),
        ('"dream act" tuition', Asked((("dream act", "tuition"),))),
        ("“dream act”", Asked((("dream act",),))),
        ('dream "act', Asked((("dream", "act"),))),
        ("bail -tax", Asked((("bail",),), ("tax",))),
        ('bail -"sales tax"', Asked((("bail",),), ("sales tax",))),
        ("bail or parole", Asked((("bail",), ("parole",)))),
        ("bail OR", Asked((("bail",),))),
        ("or", Asked()),
        ("-tax", Asked((), ("tax",))),
        ("non-citizen", Asked((("non-citizen",),))),
        ("!!! & | <-> :* ()", Asked()),
        ('"" -"" - --', Asked()),
        ("bail\x00bond \ud800", Asked((("bail", "bond"),))),
        ("مشروع قانون", Asked((("مشروع", "قانون"),))),
    ],
)
def test_signs_mean_what_they_mean_on_web_search_engines(text, asked):
    assert read_words(text) == asked


def test_of_very_many_words_the_first_are_looked_for():
    assert len(read_words("word " * 500).any_of[0]) == MOST_TERMS


@given(st.text())
def test_any_text_is_a_question_of_words_that_postgresql_can_be_told(text):
    asked = read_words(text)
    for term in (*asked.without, *(term for group in asked.any_of for term in group)):
        assert "\x00" not in term
        term.encode()
        assert any(character.isalnum() for character in term)
