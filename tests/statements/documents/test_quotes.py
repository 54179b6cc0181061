"""Where a paragraph quotes."""

from __future__ import annotations

import pytest

from statements.documents import quotes, read


def quoted(paragraph: str, **options) -> list[str]:
    return [paragraph[span.start : span.end] for span in quotes.spans(paragraph, **options)]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ('"We will," said Roy. "We must."', ["We will,", "We must."]),
        ("“We will,” said Roy. “We must.”", ["We will,", "We must."]),
        ('"We will,” said Roy.', ["We will,"]),
        ("“We went to church, “ said Roy. “We felt it.”", ["We went to church, ", "We felt it."]),
        ("She said “I have a “name” and a home.”", ["I have a “name” and a home."]),
        ('She said "I have a "name" and a home."', ['I have a "name" and a home.']),
        ("It’s the workers’ own bill, said Roy", []),
        ("Letitia “Tish” Moss said, “Come in.”", ["Come in."]),
        ("“It does not end here", ["It does not end here"]),
        ("", []),
    ],
)
def test_the_quotations_of_a_paragraph(paragraph, expected):
    assert quoted(paragraph) == expected


def test_a_quotation_begun_before_ends_in_this_paragraph():
    assert quoted("and it ends here,” said Roy.", inside=True) == ["and it ends here,"]


LEAD = (
    "People Speak of the Bill on the Steps\n\nMay 4, 2021\n\n(Albany, NY) "
    + "People came to the steps and spoke of it at length. " * 4
)


@pytest.mark.parametrize(
    "paragraphs",
    [
        "“We asked for bread. That was in May.\n\n“We ask again today, and we will not "
        "go home,” said Ana Roy, Director of Hudson Aid.",
        "“We asked for bread. That was in May.\n\nWe ask again today.\n\nAnd we will not "
        "go home,” said Ana Roy, Director of Hudson Aid.",
        "Ana Roy, Director of Hudson Aid, said: “We asked for bread. That was in "
        "May.\n\n“We ask again today, and we will not go home.”",
        "“We asked for bread. That was in May, and we will not go home.”\n\n— Ana Roy, Director, Hudson Aid",
        "Ana Roy, Director of Hudson Aid:\n\n“We asked for bread. That was in May, and we will not go home.”",
        "**Ana Roy, Director, Hudson Aid:** “We asked for bread, and we will not go home.”",
        "“We asked for bread,” said Ana Roy, Director of Hudson Aid. “That was in May.” "
        "She added, “We will not go home.”",
        "According to Ana Roy, Director of Hudson Aid, “we asked for bread and will not go home without it.”",
        "- “We asked for bread, and we will not go home,” Ana Roy, Director of Hudson Aid, told the crowd.",
    ],
)
def test_one_speaker_whatever_the_layout(paragraphs):
    parsed = read(f"{LEAD}\n\n{paragraphs}")
    assert (parsed.primary_speaker.name, parsed.primary_speaker.organisation) == ("Ana Roy", "Hudson Aid")
    assert parsed.speakers == ()
    assert {remark.speaker for remark in parsed.remarks} == {"Ana Roy"}
    assert "go home" in parsed.remarks[-1].text


def test_a_pronoun_is_the_person_spoken_of_last():
    parsed = read(
        f"{LEAD}\n\n“We came early,” said Senator Ana Roy.\n\nLee Park, Director of "
        f"Hudson Aid, said the doors were shut. "
        "“We will come back,” she said."
    )
    assert [(remark.speaker, remark.text) for remark in parsed.remarks][-1] == (
        "Lee Park",
        "We will come back,",
    )


def test_a_surname_finds_its_owner():
    parsed = read(
        f"{LEAD} New York State Senator Beatriz Holm was there.\n\n“It is cold,” said Senator Holm."
    )
    assert (parsed.primary_speaker.name, parsed.primary_speaker.title) == (
        "Beatriz Holm",
        "New York State Senator",
    )


def test_what_somebody_is_told_to_have_said_is_a_remark_in_substance():
    parsed = read(
        f"{LEAD}\n\n“It is cold,” said Senator Beatriz Holm.\n\n"
        "Senator Holm added that the doors of the Capitol would be kept open through the "
        "night for those who came from afar."
    )
    assert [(remark.speaker, remark.verbatim) for remark in parsed.remarks] == [
        ("Beatriz Holm", True),
        ("Beatriz Holm", False),
    ]


def test_a_figure_of_speech_is_no_remark():
    assert read(f"{LEAD} They held a “Know Your Rights” evening.").remarks == ()
