"""Reading one written name into its parts, whatever the source's way of writing it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sponsors.folding import fold
from sponsors.names import MAX_WRITTEN, PersonName, read_name, readings
from sponsors.nicknames import SHORT_AND_LONG, may_be_same_given_name


def parts(written: str) -> dict[str, str]:
    """The parts that `written` gives, without those that are empty."""
    name = read_name(written)
    fields = ("title", "given", "middle", "surname", "suffix", "nickname", "party", "place")
    return {field: value for field in fields if (value := getattr(name, field))}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Marcos Crespo", {"given": "Marcos", "surname": "Crespo"}),
        ("Jose M. Serrano", {"given": "Jose", "middle": "M.", "surname": "Serrano"}),
        ("KEVIN PARKER", {"given": "KEVIN", "surname": "PARKER"}),
        ("N. Nick Perry", {"given": "N.", "middle": "Nick", "surname": "Perry"}),
        ("Edward Ra", {"given": "Edward", "surname": "Ra"}),
        ("Andy L. King", {"given": "Andy", "middle": "L.", "surname": "King"}),
        ("Anthony D'Urso", {"given": "Anthony", "surname": "D'Urso"}),
        ("Carmen N. De La Rosa", {"given": "Carmen", "middle": "N.", "surname": "De La Rosa"}),
        ("James G. Van Bramer", {"given": "James", "middle": "G.", "surname": "Van Bramer"}),
        ("Leroy G. Comrie, Jr.", {"given": "Leroy", "middle": "G.", "surname": "Comrie", "suffix": "Jr."}),
        ("John T. McDonald III", {"given": "John", "middle": "T.", "surname": "McDonald", "suffix": "III"}),
        ('Ari "Eric" Brown', {"given": "Ari", "surname": "Brown", "nickname": "Eric"}),
        ("Ron Kim, MD", {"given": "Ron", "surname": "Kim"}),
        ("Ma. Teresa Lopez", {"given": "Ma. Teresa", "surname": "Lopez"}),
    ],
)
def test_a_plain_name_is_parted(written, expected):
    assert parts(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("SERRANO", {"surname": "SERRANO"}),
        ("HOYLMAN-SIGAL", {"surname": "HOYLMAN-SIGAL"}),
        ("King", {"surname": "King"}),
        ("De La Rosa", {"surname": "De La Rosa"}),
        ("Mr. Van Hollen", {"title": "Mr.", "surname": "Van Hollen"}),
        ("Senator Serrano’s", {"title": "Senator", "surname": "Serrano"}),
    ],
)
def test_a_surname_alone_has_no_forename(written, expected):
    assert parts(written) == expected
    assert read_name(written).is_surname_only


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Rosenthal L", {"given": "L", "surname": "Rosenthal"}),
        ("ROSENTHAL L", {"given": "L", "surname": "ROSENTHAL"}),
        ("Miller MG", {"given": "M", "middle": "G", "surname": "Miller"}),
        ("M. G. MILLER", {"given": "M.", "middle": "G.", "surname": "MILLER"}),
        ("Crespo (MS)", {"surname": "Crespo"}),
        ("Serrano, J.", {"given": "J.", "surname": "Serrano"}),
        ("Comrie, Jr., Leroy G.", {"given": "Leroy", "middle": "G.", "surname": "Comrie", "suffix": "Jr."}),
        ("Mr. SMITH of New Jersey", {"title": "Mr.", "surname": "SMITH", "place": "New Jersey"}),
        ("COMMITTEE ON RULES (at request of M. of A. Camara)", {"title": "M. of A.", "surname": "Camara"}),
        ("Rules (Camara)", {"surname": "Camara"}),
        (
            "Rep. Comer, James [R-KY-1]",
            {"title": "Rep.", "given": "James", "surname": "Comer", "party": "R", "place": "KY-1"},
        ),
    ],
)
def test_forms_of_official_lists_are_read(written, expected):
    assert parts(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("M. of A. REYES", {"title": "M. of A.", "surname": "REYES"}),
        ("CM Hanif", {"title": "CM", "surname": "Hanif"}),
        ("Ms. SÁNCHEZ", {"title": "Ms.", "surname": "SÁNCHEZ"}),
        ("Senator-elect Julia Salazar", {"title": "Senator-elect", "given": "Julia", "surname": "Salazar"}),
        (
            "Public Advocate Jumaane Williams",
            {"title": "Public Advocate", "given": "Jumaane", "surname": "Williams"},
        ),
        (
            "NEW YORK STATE SENATOR Jose M. Serrano",
            {"title": "NEW YORK STATE SENATOR", "given": "Jose", "middle": "M.", "surname": "Serrano"},
        ),
        (
            "Speaker of the New York City Council Christine C. Quinn",
            {
                "title": "Speaker of the New York City Council",
                "given": "Christine",
                "middle": "C.",
                "surname": "Quinn",
            },
        ),
        (
            "José E. Serrano, Member of Congress",
            {"title": "Member of Congress", "given": "José", "middle": "E.", "surname": "Serrano"},
        ),
    ],
)
def test_a_title_is_parted_from_the_name(written, expected):
    assert parts(written) == expected


@pytest.mark.parametrize(
    ("written", "party", "place"),
    [
        ("Charles Schumer (D-NY)", "D", "NY"),
        ("Katie Britt (R-Ala.)", "R", "Ala."),
        ("Senator Diane Savino (D-SI/Brooklyn)", "D", "SI/Brooklyn"),
        ("Catalina Cruz (D, WF – Queens)", "D, WF", "Queens"),
        ("Jose Peralta, D-Queens", "D", "Queens"),
        ("Jeff Klein (D)", "D", ""),
    ],
)
def test_party_and_place_are_parted_from_the_name(written, party, place):
    name = read_name(written)
    assert (name.party, name.place) == (party, place)
    assert name.given
    assert name.surname.isalpha()


def test_brackets_that_hold_no_party_are_a_nickname():
    assert parts("Al (Albert) Stirpe") == {"given": "Al", "surname": "Stirpe", "nickname": "Albert"}


def test_capitals_that_bear_two_readings_give_both():
    found = [(name.given, name.middle, name.surname) for name in readings("EDWARD RA")]
    assert ("EDWARD", "", "RA") in found
    assert ("R", "A", "EDWARD") in found


def test_two_surnames_without_a_given_name_are_one_of_the_readings():
    assert "BICHOTTE HERMELYN" in [name.surname for name in readings("BICHOTTE HERMELYN")]


@pytest.mark.parametrize(
    "written", ["", "   ", "()", "—", "Senator", "12", "A ¡", "\x00\u202e", "(D-NY)", "M. of A."]
)
def test_what_is_no_name_has_no_surname(written):
    assert read_name(written).surname == ""


def test_a_text_too_long_for_a_name_is_not_read():
    assert read_name("Jose Serrano " * 50_000).surname == ""


def test_what_is_no_text_is_refused_by_name():
    with pytest.raises(TypeError, match="NoneType"):
        read_name(None)


def test_invisible_characters_do_not_hide_a_name():
    assert parts("\u202bJulia\u200b  Salazar\u202c\n") == {"given": "Julia", "surname": "Salazar"}


@given(st.text(max_size=MAX_WRITTEN + 20))
def test_no_text_makes_the_reader_raise(written):
    found = readings(written)
    assert found
    assert all(isinstance(name, PersonName) and name.written == written for name in found)


PIECES_OF_NAMES = (
    "Jose M. José Serrano SERRANO De La Rosa Jr. III , ( ) [ D-NY R Senator Rep. M. of A. Rosenthal L MG "
    "Hoylman-Sigal ' ’s \" & Rules at request Committee on Van of New York \u202e 李"
)


@given(st.lists(st.sampled_from(PIECES_OF_NAMES.split()), max_size=14).map(" ".join))
def test_no_mixture_of_name_pieces_makes_the_reader_raise(written):
    assert readings(written)


@given(st.text())
def test_folding_a_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José", "JOSE"),
        ("José", "Jose\u0301"),
        ("D'Urso", "D’URSO"),
        ("HOYLMAN-SIGAL", "Hoylman Sigal"),
        ("J.M.", "j m"),
        ("Łukasz Sørensen", "LUKASZ SORENSEN"),
        ("İnci", "inci"),
    ],
)
def test_spellings_of_one_name_fold_alike(one, other):
    assert fold(one) == fold(other)


def test_short_forms_meet_their_long_forms_and_long_forms_do_not_meet_each_other():
    assert may_be_same_given_name("jeff", "jeffrey")
    assert may_be_same_given_name("albert", "al")
    assert not may_be_same_given_name("albert", "alfred")


def test_short_forms_are_attested_in_the_record_of_new_yorks_legislators(shared):
    people = json.loads((shared / "samples/bulk/ny-legislators.json").read_text(encoding="utf-8"))
    attested = {frozenset({"jeff", "jeffrey"})}  # the State Senate's own releases of 2017
    for person in people:
        spellings = [
            person["name"],
            f"{person['given_name']} {person['family_name']}",
            *person["other_names"],
        ]
        names = {name.forenames[0] for name in map(read_name, spellings) if name.forenames}
        attested |= {frozenset({one, other}) for one in names for other in names if one != other}
    assert attested >= SHORT_AND_LONG
