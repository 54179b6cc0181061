"""Whether a title is about a topic, and what staff may write as its words."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from bills.tracking import topics as module
from bills.tracking.topics import LONGEST, MOST_WORDS, Topic, fold, matching, read_words


@pytest.mark.parametrize(
    ("word", "text", "is_found"),
    [
        ("immigra*", "Relates to IMMIGRANTS' rights", True),
        ("immigra*", "Relates to immigration", True),
        ("immigra*", "Relates to reimmigration", False),
        ("asylum", "asylum-seekers", True),
        ("asylum", "asylums", False),
        ("non-citizen", "a non citizen", True),
        ("non citizen", "a Non\u2011Citizen", True),
        ("non citizen", "a noncitizen", False),
        ("limited  English", "with limited\nEnglish proficiency", True),
        ("asilo", "Protección de ASÍLO", True),
        ("refugié*", "refugies", True),
        ("287(g)", "agreements under 287(g) of the act", True),
        ("287(g)", "agreements under 287(gg)", False),
        (".*", "anything at all", False),
        ("deport*", "", False),
    ],
)
def test_a_word_is_found_whole_whatever_case_accents_and_hyphens(word, text, is_found):
    assert Topic("One", (word,)).matches("no", text) is is_found


def test_topics_cover_all_legislatures_or_those_that_staff_name():
    assert Topic("One", ("word",)).covers("us")
    assert not Topic("One", ("word",), frozenset({"ny"})).covers("us")


def test_every_topic_that_a_text_is_about_is_named():
    topics = [Topic("A", ("lamp*",)), Topic("B", ("ferry",)), Topic("C", ("lamps",))]
    assert [topic.name for topic in matching(topics, "Relates to lamps")] == ["A", "C"]


def test_words_come_one_a_line_each_once_with_single_spaces():
    assert read_words(" immigra* \r\n\nprivate   prison\nimmigra*\n") == ("immigra*", "private prison")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "at least one word"),
        ("\n \n", "at least one word"),
        ("*", "only at the end"),
        ("im*migra", "only at the end"),
        ("im*", "would find too much"),
        ("--", "only at the end"),
        ("_", "only at the end"),
        ("\u0301", "only at the end"),
        ("x" * 81, "longer than 80"),
        ("\n".join(f"word{number}" for number in range(MOST_WORDS + 1)), "more than 100"),
    ],
)
def test_words_that_cannot_serve_are_told_in_a_sentence(text, told):
    with pytest.raises(ValueError, match=told):
        read_words(text)


@given(strategies.text(max_size=80), strategies.text(max_size=200))
def test_no_text_breaks_the_search(word, text):
    try:
        words = read_words(word)
    except ValueError:
        return
    Topic("One", words).matches(text)
    for one in words:
        if not one.endswith("*"):
            assert Topic("One", (one,)).matches(f"x {one} x"), fold(one)


def test_a_text_is_folded_once_for_all_topics(monkeypatch):
    about = [Topic(str(place), (f"lamp{place}",)) for place in range(20)]
    folded = []
    monkeypatch.setattr(module, "fold", lambda text: folded.append(text) or fold(text))
    assert [topic.name for topic in matching(about, "Relates to lamp7", "", "and Lamp9")] == ["7", "9"]
    assert folded == ["Relates to lamp7", "and Lamp9"]


def test_a_text_of_any_length_is_folded_only_at_its_beginning(monkeypatch):
    assert fold("x" * LONGEST + " lamp") == "x" * LONGEST
    lengths = []
    normalize = module.unicodedata.normalize
    monkeypatch.setattr(
        module.unicodedata, "normalize", lambda form, text: lengths.append(len(text)) or normalize(form, text)
    )
    assert fold("a" + "\u0301\u0316" * 100_000) == "a"
    assert lengths == [LONGEST]
