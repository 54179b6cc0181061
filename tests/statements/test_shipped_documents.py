"""The five documents that Passage ships: retold in our words, with the facts and titles of the originals."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

RECORDS = Path(__file__).resolve().parents[2] / "statements" / "records"
FILES = sorted(RECORDS.glob("*.txt"))
RETOLD = "Retold by Passage from the original; the words are ours."
TITLES = {
    "01": "Senator Serrano Calls For The Passage Of His Dignity For Immigrants Legislation",
    "02": "Independent Democratic Conference Announces Immigrant Defense Coalition",
    "03": (
        "New York State Legislature Fails to Protect NYers from Local Government, Police Collusion with ICE"
    ),
    "04": "NY Rep. Serrano Opposes S-Comm Policy",
    "05": "#SanctuaryNYC — We Will Remain A Sanctuary City",
}
SPEAKERS = {
    "01": ("Jose M. Serrano",),
    "02": (
        "Jeff Klein (D-Bronx/Westchester)",
        "David Valesky (D-Syracuse)",
        "Senator Jose Peralta (D-Queens)",
        "Senator Marisol Alcantara (D-Manhattan)",
        "Senator Tony Avella (D-Queens)",
        "Senator David Carlucci (D-Rockland/Westchester)",
        "Senator Jesse Hamilton (D-Brooklyn)",
        "Senator Diane Savino (D-SI/Brooklyn)",
    ),
    "03": (
        "Zachary Ahmad, Policy Counsel, New York Civil Liberties Union",
        "Murad Awawdeh, Executive Director, New York Immigration Coalition",
        "Eddie A. Taveras, New York State Immigration Director",
        "Mizue Aizeki, Interim Executive Director, Immigrant Defense Project",
        "Rosa Cohen-Cruz, Policy Counsel to the Immigration Practice, The Bronx Defenders",
    ),
    "04": ("José E. Serrano, Member of Congress",),
    "05": ("Melissa Mark-Viverito",),
}
FACTS = {
    "01": (
        "February 6, 2017",
        "S4075A",
        "2017-S4075",
        "February 02, 2017",
        "In Senate Committee Finance",
        "29th Senate District",
        "East Harlem Against Deportation",
    ),
    "02": (
        "January 30, 2017",
        "ISSUE: IMMIGRANT RIGHTS, IMMIGRATION, LEGAL SERVICES, SOCIAL SERVICES",
        "$250,000",
        "New York Immigrant Family Unity Project",
        "Vera Institute of Justice",
        "toll-free number",
    ),
    "03": (
        "June 11, 2021",
        "June 10, 2021",
        "S.03076-A/A.02328-A",
        "ACLU of New York",
        "Senator Salazar and Assemblymember Reyes",
        "The original leaves out the name of the organization.",
    ),
    "04": (
        "Director Morton",
        "August 5th",
        "Secure Communities",
        "Office of Inspector General",
        "three states",
    ),
    "05": (
        "LS# 9714, 9725",
        "Executive Order 34 of 2003",
        "Executive Order 41 of 2003",
        "NYIFUP",
        "2013",
        "1000%",
        "IDNYC",
        "2014",
    ),
}


@cache
def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def number_of(file: Path) -> str:
    return file.name[:2]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.replace("'", "").replace("’", ""))


def test_there_are_five_in_order():
    assert [number_of(file) for file in FILES] == sorted(TITLES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_document_says_first_where_it_is_from_and_that_the_words_are_ours(file):
    source, retold, empty, *_ = text_of(file).split("\n")

    assert re.fullmatch(r"Source: https?://[a-z0-9.]+/\S+", source)
    assert (retold, empty) == (RETOLD, "")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_title_is_that_of_the_original_on_a_line_of_its_own(file):
    assert text_of(file).split("\n").count(TITLES[number_of(file)]) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_speaker_and_fact_is_there(file):
    text = text_of(file)

    assert [name for name in SPEAKERS[number_of(file)] if name not in text] == []
    assert [fact for fact in FACTS[number_of(file)] if fact not in text] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nobody_is_quoted(file):
    assert not set('"“”«»„') & set(text_of(file))
    assert " said that " in text_of(file)


def test_the_letter_gives_no_year():
    [letter] = [file for file in FILES if number_of(file) == "04"]

    assert not re.search(r"\b20\d\d\b", text_of(letter).split("\n", 1)[1])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_document_is_clean_text(file):
    text = text_of(file)

    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert not re.search(r"[\t\r\x00-\x08\x0b-\x1f]| $|  ", text, re.MULTILINE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_sentence_is_the_originals(file, shared):
    runs = set()
    for original in sorted((shared / "documents").glob("*.txt")):
        theirs = [word.casefold() for word in words(original.read_text(encoding="utf-8"))]
        runs |= {tuple(theirs[place : place + 8]) for place in range(len(theirs) - 7)}
    prose = [line for line in text_of(file).split("\n") if line.endswith((".", ":"))]
    ours = words(" ".join(prose))
    copied = []
    for place in range(len(ours) - 7):
        run = ours[place : place + 8]
        # A run of names and titles ("Murad Awawdeh, Executive Director, New York ...") is nobody's sentence.
        if sum(word.islower() for word in run) >= 5 and tuple(word.casefold() for word in run) in runs:
            copied.append(" ".join(run))

    assert copied == []
    assert len(ours) >= 150
