"""What programmes, orders and terms are, and that what texts name is found in it."""

from __future__ import annotations

import re

import pytest

from statements.documents.programmes import find_programmes
from statements.glossary import BY_NAME, ENTRIES, explained
from tests.reading import text_of


def test_each_entry_has_a_year_and_an_anchor_of_its_own():
    assert len({entry.slug for entry in ENTRIES}) == len(ENTRIES)
    for entry in ENTRIES:
        assert re.fullmatch(r"[a-z0-9-]+", entry.slug)
        said = f"{entry.years} {entry.explanation}"
        assert re.search(r"\b(?:1[789]|20)\d\ds?\b|in use today", said), entry.slug
        assert 40 <= len(str(entry.explanation)) <= 420, entry.slug
        assert entry.names or entry.spellings, entry.slug


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_names_are_those_that_reading_a_document_gives(name):
    assert name in {programme.name for programme in find_programmes(f"The text speaks of {name}.")}


def test_a_programme_and_a_term_are_explained_once_each():
    named = explained(
        ["Executive Order 170", "Executive Order 170 of 2017", "Unknown Program"], "A sanctuary city."
    )
    assert [(one.name, one.entry and one.entry.slug) for one in named] == [
        ("Executive Order 170", "executive-order-170"),
        ("Unknown Program", None),
        ("Sanctuary city or state", "sanctuary"),
    ]


@pytest.mark.parametrize("text", ["", "A sanctuary for birds.", "The detainers of ships", "\x00", "مدينة"])
def test_a_word_that_only_looks_like_a_term_is_not_explained(text):
    assert explained([], text) == []


@pytest.mark.parametrize("text", ["SANCTUARY CITIES", "sanctuary city’s", "(sanctuary state)"])
def test_a_term_is_found_in_any_case_and_beside_any_mark(text):
    assert [one.entry.slug for one in explained([], text)] == ["sanctuary"]


def test_the_page_has_every_entry_under_its_anchor(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/glossary/")
    html = answer.content.decode()
    for entry in ENTRIES:
        assert f'id="{entry.slug}"' in html
    assert "Executive Order 170 (New York State) September 2017, amended in 2018" in text_of(answer)
    assert client.post("/glossary/").status_code == 405
