"""The stage that a text itself states, and what states none."""

from __future__ import annotations

import datetime as dt

import pytest

from statements.documents.stages_stated import (
    PageAction,
    Stated,
    committee_name,
    stage_of_actions,
    stage_of_phrase,
    stage_told,
)


@pytest.mark.parametrize(
    ("phrase", "stated"),
    [
        ("In Senate Committee Finance Committee", Stated("In Committee Senate", "Finance")),
        ("In Assembly Committee", Stated("In Committee Assembly")),
        ("In Assembly Committee Ways And Means", Stated("In Committee Assembly", "Ways And Means")),
        ("Signed by Governor", Stated("Signed By Governor")),
        ("Vetoed by Governor", Stated("Vetoed By Governor")),
        ("Passed Senate", Stated("Passed Senate")),
        ("Passed Senate & Assembly", Stated("Passed Assembly")),
        ("On Floor Calendar", Stated("On Floor Calendar Senate")),
        ("Assembly Floor Calendar", Stated("On Floor Calendar Assembly")),
        ("Delivered to Governor", Stated("Delivered to Governor")),
        ("Introduced", Stated("Introduced")),
        ("Something Else", Stated()),
        ("", Stated()),
    ],
)
def test_a_status_phrase_of_a_senate_bill(phrase, stated):
    assert stage_of_phrase(phrase, house="senate") == stated


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Senate Finance", "Finance"),
        ("Committee on Immigration", "Immigration"),
        ("Committee on the Judiciary", "Judiciary"),
        ("WAYS AND MEANS", "Ways and Means"),
        ("Codes Committee", "Codes"),
        ("", ""),
    ],
)
def test_a_committees_bare_name(written, name):
    assert committee_name(written) == name


def action(day: int, text: str, *, other: bool = False) -> PageAction:
    return PageAction(dt.date(2021, 3, day), text, other)


@pytest.mark.parametrize(
    ("actions", "stated"),
    [
        ([action(1, "REFERRED TO CODES")], ("In Committee Senate", "Codes")),
        ([action(1, "REFERRED TO CODES"), action(2, "1ST REPORT CAL.12")], ("On Floor Calendar Senate", "")),
        ([action(1, "PASSED SENATE"), action(2, "referred to codes")], ("In Committee Assembly", "Codes")),
        (
            [action(1, "SUBSTITUTED BY A12"), action(2, "signed chap.3", other=True)],
            ("Signed By Governor", ""),
        ),
        ([action(1, "vetoed memo.3")], ("Vetoed By Governor", "")),
        ([], ("", "")),
    ],
)
def test_the_actions_of_a_page_by_the_rules_of_the_record(actions, stated):
    found = stage_of_actions("S12", 2021, actions)
    assert (found.stage, found.committee) == stated


def told(title: str = "", opening: str = "", *, legislature: str = "ny", designator: str = "S") -> str:
    return stage_told(title, [], opening, legislature=legislature, designator=designator).stage


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Senate Passes the Open Counter Act", "Passed Senate"),
        ("Assembly Passes the Open Counter Act", "Passed Assembly"),
        ("Legislature Passes the Open Counter Act", "Passed Assembly"),
        ("Advocates Applaud Senate’s Historic Passage of the Open Counter Act", "Passed Senate"),
        ("Governor Abernathy Signs the Open Counter Act", "Signed By Governor"),
        ("Coalition Celebrates Signing of the Open Counter Act", "Signed By Governor"),
        ("Governor Vetoes the Open Counter Act", "Vetoed By Governor"),
        ("Senator Roy Introduces Bill to Open Every Counter", "Introduced"),
    ],
)
def test_a_title_tells_what_has_happened(title, stage):
    assert told(title) == stage


@pytest.mark.parametrize(
    "title",
    [
        "Senator Roy Calls on Assembly to Pass the Open Counter Act",
        "Advocates Urge Governor to Sign the Open Counter Act",
        "Albany Must Pass the Open Counter Act",
        "Legislature Fails to Pass the Open Counter Act",
        "Senator Roy Calls For The Passage Of Her Open Counter Act",
        "Neighbors Rally for the Open Counter Act",
    ],
)
def test_what_is_asked_for_is_no_stage(title):
    assert told(title) == ""


@pytest.mark.parametrize(
    ("opening", "stage"),
    [
        (
            "(Albany, NY) Today, the Senate Majority passed the Open Counter Act, which would end it.",
            "Passed Senate",
        ),
        ("The bill has passed both houses and awaits a signature.", "Passed Assembly"),
        ("The Act sits on Governor Abernathy’s desk, and immigrants ask for a pen.", "Delivered to Governor"),
        ("The bill is now stalled in the Senate Codes Committee.", "In Committee Senate"),
        ("The session ended last night without a vote on the Act.", ""),
    ],
)
def test_a_first_sentence_tells_what_has_happened(opening, stage):
    assert told("Neighbors Rally for the Open Counter Act", opening) == stage


def test_the_council_has_its_own_words():
    assert (
        told("Council Votes to Open Every Counter", legislature="nyc", designator="Int")
        == "Approved by Council"
    )
    assert told("Council Approves Resolution", legislature="nyc", designator="Res") == "Adopted"
    assert told("Mayor Vetoes Counter Bill", legislature="nyc", designator="Int") == "Vetoed"
