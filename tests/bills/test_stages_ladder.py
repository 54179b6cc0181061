"""The ladder that a page draws, and the words for every ending."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bills.stages import (
    OUTCOMES,
    StageReached,
    Standing,
    committee_in_words,
    english_day,
    explanation,
    headline,
    ladder,
    steps,
)
from bills.stages.ladders import ENDINGS
from bills.stages.messages import HEADLINES, SENTENCES
from tests.bills.record_lines import AFTER_SESSION, ny

SENATE_FIRST = [
    "Introduced",
    "In Senate committee",
    "On Senate floor calendar",
    "Passed Senate",
    "In Assembly committee",
    "On Assembly floor calendar",
    "Passed Assembly",
    "Delivered to Governor",
    "Signed by Governor",
]
PASSED_ONE = (
    "2021-01-06 S REFERRED TO CODES\n2021-03-04 S PASSED SENATE\n2021-03-05 A REFERRED TO WAYS AND MEANS"
)
ALL_THE_WAY = PASSED_ONE + "\n2021-05-25 A PASSED ASSEMBLY\n2021-12-01 S DELIVERED TO GOVERNOR\n"


def states(standing: Standing) -> list[str]:
    return [step.state for step in steps(standing, ladder(standing.legislature, standing.print_no))]


@pytest.mark.parametrize(
    ("legislature", "print_no", "labels"),
    [
        ("ny", "S4075", SENATE_FIRST),
        ("ny", "A2328", [*SENATE_FIRST[:1], *SENATE_FIRST[4:7], *SENATE_FIRST[1:4], *SENATE_FIRST[7:]]),
        ("ny", "J99", ["Introduced", "In committee", "Adopted"]),
        (
            "nyc",
            "INT 0486",
            [
                "Introduced",
                "In committee",
                "Approved by committee",
                "Approved by Council",
                "Mayor's desk",
                "Enacted",
            ],
        ),
        ("nyc", "RES 1648", ["Introduced", "In committee", "Approved by committee", "Adopted"]),
        (
            "us",
            "HR6",
            [
                "Introduced",
                "Reported by committee",
                "Passed House",
                "Passed Senate",
                "To President",
                "Became law",
            ],
        ),
        ("us", "SRES5", ["Introduced", "Reported by committee", "Agreed to"]),
    ],
)
def test_each_kind_of_bill_has_its_own_ladder(legislature, print_no, labels):
    rungs = ladder(legislature, print_no)
    assert [rung.label for rung in rungs] == labels
    assert all(rung.explanation.endswith(".") for rung in rungs)


def test_an_unknown_legislature_has_no_ladder():
    with pytest.raises(ValueError, match="expected ny, nyc or us"):
        ladder("nj", "S1")


def test_a_living_bill_is_at_one_rung_and_has_passed_those_before():
    standing = ny(PASSED_ONE)
    assert states(standing) == ["reached", "reached", "skipped", "reached", "current"] + ["not_reached"] * 4
    here = steps(standing, ladder("ny", "S99001"))[4]
    assert (here.date, here.committee, here.chamber) == (date(2021, 3, 5), "Ways And Means", "assembly")


def test_a_bill_that_went_back_is_drawn_where_it_is_now():
    standing = ny(PASSED_ONE + "\n2022-01-05 A DIED IN ASSEMBLY\n2022-01-05 S REFERRED TO CODES")
    assert states(standing) == ["reached", "current"] + ["not_reached"] * 7


@pytest.mark.parametrize(
    ("text", "label", "ending"),
    [
        ("S SIGNED CHAP.7", "Signed by Governor", "signed"),
        ("S CHAPTER 7", "Became law without signature", "law_without_signature"),
        ("S VETOED MEMO.7", "Vetoed by Governor", "vetoed"),
    ],
)
def test_the_last_rung_tells_how_it_ended(text, label, ending):
    standing = ny(ALL_THE_WAY + f"2023-12-09 {text}", today=AFTER_SESSION)
    drawn = steps(standing, ladder("ny", "S99001"))
    assert (drawn[-1].label, drawn[-1].ending, drawn[-1].state) == (label, ending, "current")
    assert [step.state for step in drawn].count("current") == 1
    assert not {step.label for step in drawn} & {"Pocket approval"}
    assert drawn[7].state == "reached"


def test_a_bill_that_died_has_not_passed_the_rungs_it_never_saw():
    standing = ny("2021-01-06 S REFERRED TO CODES", today=AFTER_SESSION)
    assert states(standing) == ["reached", "reached"] + ["not_reached"] * 6 + ["current"]
    last = steps(standing, ladder("ny", "S99001"))[-1]
    assert (last.label, last.date) == ("Died", date(2022, 12, 31))


def test_rungs_without_a_line_in_a_cut_record_are_skipped():
    standing = ny("2021-12-09 A SIGNED CHAP.7", print_no="A99002")
    assert states(standing) == ["reached"] + ["skipped"] * 7 + ["current"]


def test_a_resolution_in_committee_is_drawn_there():
    standing = ny("2021-01-06 S REFERRED TO FINANCE", print_no="J99003")
    assert states(standing) == ["reached", "current", "not_reached"]


def test_a_constitutional_amendment_does_not_go_to_the_governor():
    standing = ny("2021-01-06 S REFERRED TO JUDICIARY\n2021-01-07 S TO ATTORNEY-GENERAL FOR OPINION")
    drawn = steps(standing, ladder("ny", "S99001"))
    assert "voters" in drawn[-1].label
    assert not any("Governor" in step.label for step in drawn)


def test_a_record_that_stops_at_the_governor_claims_no_signature():
    standing = ny(ALL_THE_WAY, today=AFTER_SESSION)
    drawn = steps(standing, ladder("ny", "S99001"))
    assert [(step.label, step.state) for step in drawn[-2:]] == [
        ("Delivered to Governor", "current"),
        ("Signed by Governor", "not_reached"),
    ]


# --- Words


def ended(outcome: str, legislature: str = "ny", **more) -> Standing:
    facts = {
        "status": "INTRODUCED",
        "ended_on": date(2022, 3, 1),
        "session_ends": date(2022, 12, 31),
        "chapter": "7",
        "via": "A99002B",
        **more,
    }
    return Standing(legislature, 2021, "S99001", date(2024, 1, 1), outcome=outcome, **facts)


@pytest.mark.parametrize("legislature", ["ny", "nyc", "us"])
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_has_words_and_a_last_rung_in_every_legislature(outcome, legislature):
    standing = ended(outcome, legislature)
    assert re.search(r"2022|A99002B", headline(standing))
    assert outcome in ENDINGS
    assert steps(standing, ladder(legislature, "S1"))[-1].ending == outcome


@pytest.mark.parametrize("outcome", [outcome for outcome in OUTCOMES if outcome != "substituted"])
def test_a_substituted_bill_says_what_became_of_the_other(outcome):
    other = ended(outcome, chapter="")
    said = headline(ended("substituted", substitute=other))
    assert said.startswith("Replaced by A99002B")
    assert ("law" in said) == (other.law or "ended without becoming law" in said)


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (ny("2021-01-06 S REFERRED TO FINANCE"), "In the Senate Finance Committee since January 6, 2021"),
        (ny("2021-01-06 A 1ST REPORT CAL.2"), "On the Assembly floor calendar since January 6, 2021"),
        (ny("2021-01-06 S PASSED SENATE"), "Passed the Senate on January 6, 2021, not yet the Assembly"),
        (
            ny(ALL_THE_WAY.rsplit("2021-12", 1)[0]),
            "Passed both houses, the Assembly on May 25, 2021; not yet delivered to the Governor",
        ),
        (ny(ALL_THE_WAY), "Delivered to the Governor on December 1, 2021"),
        (
            ny(ALL_THE_WAY + "2021-12-05 S RECALLED FROM GOVERNOR"),
            "Called back from the Governor on December 5, 2021",
        ),
        (
            ny("2021-01-06 S REFERRED TO FINANCE", today=AFTER_SESSION),
            "Died in the Senate Finance Committee when the session ended on December 31, 2022",
        ),
        (
            ny("2021-01-06 S 1ST REPORT CAL.2", today=AFTER_SESSION),
            "Died on the Senate floor calendar when the session ended on December 31, 2022",
        ),
        (
            ny("2021-01-06 S PASSED SENATE", today=AFTER_SESSION),
            "Died after passing the Senate: the session ended on December 31, 2022",
        ),
        (ny("2021-01-06 S LOST"), "Voted down in the Senate on January 6, 2021"),
        (ny(""), "Our source lists no actions for this bill"),
    ],
)
def test_where_a_new_york_bill_stands_in_words(standing, words):
    assert standing.words == words


def test_what_had_been_reached_before_the_end_is_told():
    assert "It had passed the Senate." in ny(PASSED_ONE, today=AFTER_SESSION).explanation


@pytest.mark.parametrize(
    ("name", "chamber", "words"),
    [
        ("Ways And Means", "assembly", "Assembly Ways and Means Committee"),
        (
            "Corporations, Authorities And Commissions",
            "senate",
            "Senate Corporations, Authorities and Commissions Committee",
        ),
        ("Committee on Immigration", "council", "Committee on Immigration"),
        ("Committee on the Judiciary", "house", "House Committee on the Judiciary"),
        ("Rules", "", "Rules Committee"),
    ],
)
def test_committees_in_words(name, chamber, words):
    assert committee_in_words(name, chamber) == words


def test_words_can_be_given_in_another_language_and_another_form_of_date():
    translated = {
        "Signed into law on %(ended)s (chapter %(chapter)s)": "Promulgada el %(ended)s (capítulo %(chapter)s)"
    }
    standing = ny(ALL_THE_WAY + "2021-12-09 S SIGNED CHAP.37")
    said = headline(standing, translate=lambda text: translated.get(text, text), day=date.isoformat)
    assert said == "Promulgada el 2021-12-09 (capítulo 37)"


def test_no_message_has_a_place_that_is_never_filled():
    places = set(re.findall(r"%\((\w+)\)s", " ".join([*HEADLINES.values(), *SENTENCES.values()])))
    known = "day ended chamber passed other committee calendar chapter memo noted place far rung"
    assert places == {*known.split(), "via", "via_ended", "via_chapter"}
    assert not re.findall(r"%(?!\()", " ".join([*HEADLINES.values(), *SENTENCES.values()]))


def test_a_hostile_committee_name_stays_text():
    standing = ny("2021-01-06 S REFERRED TO %(chapter)s %d <script>")
    assert "%(chapter)s" in standing.words.lower()
    assert explanation(standing)


def test_days_are_written_the_same_on_every_machine():
    assert english_day(date(2018, 1, 3)) == "January 3, 2018"


def test_stages_are_plain_values():
    stage = StageReached("IN_SENATE_COMM", "senate", date(2021, 1, 6), "Codes")
    assert ny("2021-01-06 S REFERRED TO CODES").stages == (stage,)
