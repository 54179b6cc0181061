"""Every invented document in `data/` is read as its head says."""

from __future__ import annotations

import pytest

from statements.documents import read
from tests.statements.documents.reading import Case, cases, told

ALL = {case.name: case for case in cases()}
IF_GIVEN = ("publisher", "programme", "drafting", "endorser", "event", "position")
AMONG_OTHERS = ("programme", "drafting", "endorser", "event", "position")


@pytest.fixture(params=ALL)
def case(request) -> Case:
    return ALL[request.param]


def test_the_document_says_what_its_head_says(case):
    found = told(read(case.text))
    expected = {
        key: case.expected.get(key, [] if isinstance(value, list) else "") for key, value in found.items()
    }
    for key in IF_GIVEN:
        if key not in case.expected:
            expected.pop(key)
    for key in AMONG_OTHERS:
        if key in expected:
            assert set(expected.pop(key)) <= set(found[key]), key
    assert {key: found[key] for key in expected} == expected


def test_the_body_is_the_text_without_the_site_around_it(case):
    body = read(case.text).body
    assert [words for words in case.expected.get("has", []) if words not in body] == []
    assert [words for words in case.expected.get("lacks", []) if words in body] == []


def test_every_place_points_at_its_words(case):
    parsed = read(case.text)
    for bill in parsed.bills:
        assert parsed.text[bill.start : bill.start + len(bill.as_written)] == bill.as_written
    for remark in parsed.remarks:
        assert parsed.text[remark.start : remark.end] == remark.text
    for programme in parsed.programmes:
        assert parsed.text.startswith(programme.as_written, programme.start)


def test_a_remark_belongs_to_a_speaker_of_the_document(case):
    parsed = read(case.text)
    names = {speaker.name for speaker in (*parsed.speakers, *[s for s in [parsed.primary_speaker] if s])}
    assert {remark.speaker for remark in parsed.remarks if remark.speaker} <= names
    assert all(remark.speaker or remark.organisation for remark in parsed.remarks)


def test_there_are_documents_of_every_kind():
    assert {case.expected["kind"] for case in ALL.values()} == {
        "press_release",
        "bill_page",
        "letter",
        "resolution",
        "coalition_statement",
        "news",
    }
    assert len(ALL) >= 60
