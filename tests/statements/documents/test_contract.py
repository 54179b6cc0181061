"""The mapping that `load_documents --json` prints, and the errors of `read`."""

from __future__ import annotations

import json

import pytest

from statements.documents import DocumentError, read, to_json
from tests.statements.documents.reading import cases

KEYS = [
    "file",
    "kind",
    "title",
    "date",
    "publisher",
    "primary_speaker",
    "other_speakers",
    "issues",
    "bills",
    "status_stage",
    "committee",
    "sponsor",
    "error",
]


@pytest.fixture
def release():
    return next(case for case in cases() if case.name == "senate-markdown-release")


def test_the_line_has_the_contracts_keys_and_types(release):
    line = to_json(read(release.text), "a.txt")
    assert list(line) == KEYS
    assert json.loads(json.dumps(line)) == line
    assert (line["file"], line["kind"], line["date"], line["error"]) == (
        "a.txt",
        "press_release",
        "2019-03-14",
        None,
    )
    assert line["primary_speaker"] == {"name": "Amara T. Okafor", "title": "New York State Senator"}
    assert line["bills"][0] == {
        "as_written": "S5120",
        "legislature": "ny",
        "chamber": "S",
        "number": 5120,
        "amendment": "",
        "session": 2019,
    }
    assert (line["status_stage"], line["committee"], line["sponsor"]) == (
        "In Committee Senate",
        "Codes",
        "Amara T. Okafor",
    )


def test_what_a_text_does_not_say_is_null_or_empty():
    line = to_json(read("Neighbors Clean the Park on Saturday Morning\n\nThey had brooms."), "b.txt")
    assert (line["date"], line["primary_speaker"], line["other_speakers"], line["bills"]) == (
        None,
        None,
        [],
        [],
    )
    assert (line["status_stage"], line["committee"], line["sponsor"]) == (None, None, None)


def test_a_file_that_cannot_be_read_has_the_same_keys_and_its_error():
    line = to_json(None, "c.txt", "The document is empty.")
    assert list(line) == KEYS
    assert (line["kind"], line["error"]) == (None, "The document is empty.")


@pytest.mark.parametrize("text", ["", "  \n ", "\ufeff", "***", "x" * (5 * 1024 * 1024 + 1)])
def test_an_empty_or_overlong_text_is_refused(text):
    with pytest.raises(DocumentError):
        read(text)


def test_bytes_are_refused_by_name():
    with pytest.raises(TypeError, match="bytes"):
        read(b"text")


def test_a_very_long_text_is_read_at_its_head_and_says_so():
    parsed = read(
        "Neighbors Clean the Park on Saturday Morning\n\n" + "They had brooms and a song. " * 20_000
    )
    assert parsed.cut
    assert parsed.title == "Neighbors Clean the Park on Saturday Morning"


def test_a_list_of_all_stages_states_none():
    stages = [
        "Introduced",
        "In Committee",
        "On Floor Calendar",
        "Passed Senate",
        "Passed Assembly",
        "Delivered to Governor",
        "Signed By Governor",
    ]
    text = (
        "Senate Bill S1234\n\n2021-2022 Legislative Session\n\nRelates to the hours of a "
        "clerk\n\nSponsored By\n\n" + "\n".join(f"- {s}" for s in stages)
    )
    assert read(text).status_stage == ""
