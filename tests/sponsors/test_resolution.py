"""Who is meant by a written name, and that nobody is where it cannot be known."""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sponsors.resolution import PersonFact, Roster, TermFact

JUNE_2021 = date(2021, 6, 11)
SESSION_2017 = (date(2017, 1, 1), date(2018, 12, 31))
SENATE, ASSEMBLY, COUNCIL, HOUSE = ("ny", "senate"), ("ny", "assembly"), ("nyc", "council"), ("us", "house")
US_SENATE = ("us", "senate")


def term(
    body: tuple[str, str], start: str | None = None, end: str | None = None, party: str = ""
) -> TermFact:
    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    return TermFact(*body, district="", party=party, start=day(start), end=day(end))


def person(name: str, *terms: TermFact, aliases: tuple[str, ...] = (), key: str = "") -> PersonFact:
    return PersonFact(key or name, name, aliases, terms)


def meant(roster: list[PersonFact] | Roster, written: str, **said) -> str | None:
    """The key of the person that `written` is resolved to, on a roster of these people."""
    roster = roster if isinstance(roster, Roster) else Roster(roster)
    return roster.resolve(written, **said).person_key


FATHER = person("José E. Serrano", term(HOUSE, "1990-03-20", "2021-01-03"), key="father")
SON = person("Jose M. Serrano", term(SENATE, "2005-01-01"), key="son")
SALAZAR = person("Julia Salazar", term(SENATE, "2020-01-08"))
REYES = person("Karines Reyes", term(ASSEMBLY, "2019-01-02"))
KLEIN = person("Jeffrey D. Klein", term(SENATE, None, "2018-12-31"))
LINDA = person("Linda Rosenthal", term(ASSEMBLY, "2006-02-28"), aliases=("Linda B. Rosenthal",))
DANIEL = person("Daniel Rosenthal", term(ASSEMBLY, None, "2023-07-14"))
HOYLMAN = person("Brad Hoylman-Sigal", term(SENATE, None, "2026-01-24"), aliases=("Brad Hoylman",))


# --- full names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("Jose M. Serrano", "son"),
        ("José M. Serrano", "son"),
        ("SERRANO, JOSE M.", "son"),
        ("State Senator Jose M. Serrano", "son"),
        ("José E. Serrano", "father"),
        ("Congressman José E. Serrano", "father"),
        ("José E. Serrano, Member of Congress", "father"),
    ],
)
def test_a_middle_initial_tells_two_people_apart(written, who):
    assert meant([FATHER, SON], written) == who


def test_a_middle_initial_that_nobody_on_the_roster_has_resolves_to_nobody():
    found = Roster([SON]).resolve("José E. Serrano")
    assert (found.person_key, found.candidates) == (None, ())


def test_an_initial_in_any_recorded_spelling_counts_against_another():
    son = person("Jose Serrano", term(SENATE, "2013-01-01"), aliases=("Jose M. Serrano",))
    assert meant([son], "José E. Serrano") is None
    assert meant([son], "Jose M. Serrano") == "Jose Serrano"


def test_without_an_initial_father_and_son_stay_apart_and_wait_for_staff():
    found = Roster([FATHER, SON]).resolve("Jose Serrano", on=date(2017, 2, 6))
    assert found.person_key is None
    assert found.candidates == ("father", "son")
    assert "José E. Serrano, Jose M. Serrano" in found.reason


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ({"title": "Senator"}, "son"),
        ({"title": "Congressman"}, "father"),
        ({"legislature": "us", "chamber": "house"}, "father"),
        ({"on": date(2022, 5, 1)}, "son"),  # the father had left by then
    ],
)
def test_without_an_initial_title_chamber_or_day_decide(said, who):
    assert meant([FATHER, SON], "Jose Serrano", **said) == who


def test_a_title_of_a_chamber_they_never_sat_in_resolves_to_nobody():
    found = Roster([SON]).resolve("Congressman Jose Serrano")
    assert (found.person_key, found.candidates) == (None, ("son",))
    assert found.reason == "Jose M. Serrano is not recorded in the House of Representatives."


@pytest.mark.parametrize("written", ["Jeffrey D. Klein", "Jeff Klein", "JEFF KLEIN", "Jeffrey Klein"])
def test_a_short_form_of_the_given_name_is_the_same_person(written):
    assert meant([KLEIN], written) == "Jeffrey D. Klein"


def test_a_short_form_with_another_initial_is_not():
    assert meant([KLEIN], "Jeff A. Klein") is None


def test_two_people_whom_a_short_form_fits_stay_unresolved():
    other = person("Jeff Klein", term(ASSEMBLY, "2011-01-01"))
    assert meant([KLEIN, other], "Jeff Klein") is None


@pytest.mark.parametrize(
    ("recorded", "written"),
    [
        ("J. Gary Pretlow", "Gary Pretlow"),
        ("Gary Pretlow", "J. Gary Pretlow"),
        ("James Gary Pretlow", "J. Gary Pretlow"),
        ("N. Nick Perry", "Nick Perry"),
        ("MaryJane Shimsky", "Mary Jane Shimsky"),
        ("Mary Beth Walsh", "Mary Walsh"),
        ("Phara Souffrant Forrest", "Phara Souffrant-Forrest"),
        ("Phara Souffrant Forrest", "Phara Forrest"),
        ("Maria Del Carmen Arroyo", "Maria Arroyo"),
        ("Carmen N. De La Rosa", "CARMEN DELAROSA"),
        ("Joseph P. Addabbo, Jr.", "Joseph P. Addabbo Jr"),
        ("Jessica González-Rojas", "Jessica Gonzalez Rojas"),
        ("Yuh-Line Niou", "YUH-LINE NIOU"),
        ("Public Advocate Jumaane Williams", "Jumaane Williams"),
        ('Ari "Eric" Brown', "Eric Brown"),
    ],
)
def test_spellings_of_one_full_name_are_one_person(recorded, written):
    assert meant([person(recorded)], written) == recorded


@pytest.mark.parametrize(
    ("recorded", "written"),
    [
        ("Erik Martin Dilan", "Martin Dilan"),  # the middle name alone is another man's
        ("Martin Malavé Dilan", "Erik Dilan"),
        ("Carmen De La Rosa", "Carmen Rosa"),
        ("J. Gary Pretlow", "M. Gary Pretlow"),
        ("Charles Barron", "Inez Barron"),
    ],
)
def test_other_names_are_other_people(recorded, written):
    assert meant([person(recorded)], written) is None


def test_an_alias_of_initials_fits_no_other_given_name():
    brown = person("Ari Brown", term(ASSEMBLY, "2022-04-25"), aliases=("E. Brown", "Brown EA", "Brown, A."))
    assert meant([brown], "Ea Brown") is None
    assert meant([brown], "Edward Brown") is None
    assert meant([brown], "Andrew Brown") is None


def test_a_generation_tells_father_and_son_apart():
    father = person("Peter F. Vallone", term(COUNCIL, "1990-01-01", "2001-12-31"))
    son = person("Peter F. Vallone, Jr.", term(COUNCIL, "2002-01-01", "2013-12-31"))
    assert meant([father, son], "Peter F. Vallone, Jr.") == "Peter F. Vallone, Jr."
    assert meant([father, son], "Peter F. Vallone Sr.") == "Peter F. Vallone"
    assert (
        meant([father, son], "Council Member Peter Vallone", on=date(2005, 3, 1)) == "Peter F. Vallone, Jr."
    )
    assert meant([father, son], "Peter Vallone") is None


def test_a_former_member_is_not_the_one_of_the_name_who_sits_now():
    former = person("Brian Curran", term(ASSEMBLY, "2001-01-01", "2010-12-31"), key="former")
    sitting = person("Brian Curran", term(ASSEMBLY, "2011-01-01"), key="sitting")
    assert meant([former, sitting], "Brian Curran", title="Assemblyman", on=JUNE_2021) == "sitting"
    assert meant([former, sitting], "Brian Curran", title="former Assemblyman", on=JUNE_2021) is None


def test_capitals_that_name_one_person_in_each_reading_stay_unresolved():
    ra, edward = person("Edward Ra"), person("Roy Alan Edward")
    assert meant([ra], "EDWARD RA") == "Edward Ra"
    assert meant([ra, edward], "EDWARD RA") is None


def test_a_full_name_stands_although_the_term_is_over():
    assert meant([KLEIN], "Senator Jeff Klein", on=date(2020, 3, 1)) == "Jeffrey D. Klein"


def test_one_person_in_two_bodies_is_found_in_both():
    dickens = person(
        "Inez E. Dickens", term(COUNCIL, "2006-01-01", "2016-12-31"), term(ASSEMBLY, "2017-01-04")
    )
    assert meant([dickens], "Council Member Dickens", on=date(2012, 5, 1)) == "Inez E. Dickens"
    assert meant([dickens], "Assemblymember Dickens", on=date(2019, 5, 1)) == "Inez E. Dickens"


def test_a_party_decides_between_namesakes():
    one = person("Brian Curran", term(ASSEMBLY, "2011-01-01", party="Republican"), key="republican")
    other = person("Brian Curran", term(ASSEMBLY, "2011-01-01", party="Democratic"), key="democrat")
    assert meant([one, other], "Brian Curran (R-Nassau)") == "republican"
    assert meant([one, other], "Brian Curran") is None


def test_namesakes_of_whom_one_has_no_recorded_start_stay_unresolved():
    one = person("Brian Curran", term(ASSEMBLY, "2011-01-01"), key="dated")
    other = person("Brian Curran", term(ASSEMBLY, None, "2018-12-31"), key="open")
    assert meant([one, other], "Brian Curran", title="Assemblyman", on=date(2015, 1, 1)) is None


def test_an_unrecorded_start_does_not_beat_a_namesake_who_sat_shortly_before():
    one = person("Brian Curran", term(ASSEMBLY, "2001-01-01", "2014-12-31"), key="near")
    other = person("Brian Curran", term(ASSEMBLY, None, "2018-12-31"), key="open")
    assert meant([one, other], "Brian Curran", title="Assemblyman", on=date(2015, 6, 1)) is None
    assert meant([one, other], "Brian Curran", title="Assemblyman", on=date(2018, 6, 1)) == "open"


@pytest.mark.parametrize("title", ["Executive Director", "Policy Counsel", "Counsel to Senator Salazar"])
def test_other_work_than_a_seat_is_not_the_member_of_that_name(title):
    jackson = person("Robert Jackson", term(SENATE, "2019-01-02"))
    found = Roster([jackson]).resolve("Robert Jackson", title=title, on=JUNE_2021)
    assert (found.person_key, found.candidates) == (None, ("Robert Jackson",))


def test_other_work_is_a_known_speakers_who_never_sat():
    assert meant([person("Murad Awawdeh")], "Murad Awawdeh", title="Executive Director") == "Murad Awawdeh"


def test_another_office_may_be_a_former_members_and_not_a_sitting_ones():
    james = person("Letitia James", term(COUNCIL, "2003-11-10", "2013-12-31"))
    assert meant([james], "Attorney General Letitia James", on=JUNE_2021) == "Letitia James"
    assert meant([james], "Attorney General Letitia James", on=date(2012, 1, 1)) is None


# --- a title and a surname -----------------------------------------------------------------------------

RAMOSES = [
    person("Jessica Ramos", term(SENATE, "2019-01-02")),
    person("Phil Ramos", term(ASSEMBLY, "2003-01-01")),
]


def test_title_surname_and_day_name_the_member():
    roster = Roster([SALAZAR, REYES, SON, FATHER])
    assert meant(roster, "Senator Salazar", on=JUNE_2021) == "Julia Salazar"
    assert meant(roster, "Assemblymember Reyes", on=JUNE_2021) == "Karines Reyes"
    assert meant(roster, "Reyes", title="M. of A.", on=JUNE_2021) == "Karines Reyes"
    assert meant(roster, "Senator Serrano", on=date(2017, 2, 6)) == "son"
    assert meant(roster, "Rep. Serrano", on=date(2011, 8, 6)) == "father"


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("Senator Ramos", "Jessica Ramos"),
        ("State Sen. Ramos", "Jessica Ramos"),
        ("Assemblyman Ramos", "Phil Ramos"),
        ("A.M. Ramos", "Phil Ramos"),
        ("Council Member Ramos", None),
        ("U.S. Senator Ramos", None),
        ("former Senator Ramos", None),
        ("Senator-elect Ramos", None),
        ("Attorney General Ramos", None),
        ("Mr. Ramos", None),
        ("Ramos", None),
    ],
)
def test_the_title_says_which_chamber(written, who):
    assert meant(RAMOSES, written, on=JUNE_2021) == who


def test_a_title_outranks_the_chamber_of_the_context():
    assert (
        meant(RAMOSES, "Senator Ramos", legislature="nyc", chamber="council", on=JUNE_2021) == "Jessica Ramos"
    )


def test_two_members_of_one_surname_in_one_chamber_stay_unresolved():
    roster = Roster(
        [person("Jon Rivera", term(ASSEMBLY, "2021-01-06")), person("José Rivera", term(ASSEMBLY))]
    )
    found = roster.resolve("Assemblymember Rivera", on=JUNE_2021)
    assert found.person_key is None
    assert found.candidates == ("Jon Rivera", "José Rivera")
    assert found.reason == (
        "2 people named Rivera may have sat in the New York Assembly on 11 June 2021: "
        "Jon Rivera, José Rivera."
    )


def test_a_recorded_start_does_not_beat_a_start_that_is_not_recorded():
    found = Roster([LINDA, DANIEL]).resolve("Assemblymember Rosenthal", on=date(2019, 5, 1))
    assert (found.person_key, set(found.candidates)) == (None, {"Linda Rosenthal", "Daniel Rosenthal"})


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(1999, 1, 1)])
def test_an_unrecorded_start_serves_when_nobody_else_fits(day):
    assert meant([KLEIN], "Senator Klein", on=day) == "Jeffrey D. Klein"


def test_after_the_term_a_surname_names_nobody():
    found = Roster([KLEIN]).resolve("Senator Klein", on=date(2020, 3, 1))
    assert (found.person_key, found.candidates) == (None, ("Jeffrey D. Klein",))
    assert found.reason == "Jeffrey D. Klein is recorded in the New York Senate, but not on 1 March 2020."


@pytest.mark.parametrize(
    ("day", "who"),
    [
        (date(2016, 12, 1), "Early Rivera"),
        (date(2019, 1, 1), None),  # the one who left may be recorded as leaving too early
        (date(2022, 12, 31), None),  # the one to come may be recorded as coming too late
        (date(2020, 12, 31), "Middle Rivera"),
        (date(2025, 1, 2), "Late Rivera"),
    ],
)
def test_near_a_change_of_members_of_one_surname_nobody_is_named(day, who):
    rivera = [
        person("Early Rivera", term(ASSEMBLY, "2011-01-01", "2018-12-01")),
        person("Middle Rivera", term(ASSEMBLY, "2018-12-31", "2023-01-01")),
        person("Late Rivera", term(ASSEMBLY, "2023-01-02")),
    ]
    assert meant(rivera, "Assemblymember Rivera", on=day) == who


def test_without_a_day_a_surname_must_be_the_only_one_of_all_times():
    earlier = person("Ana Salazar", term(SENATE, "1991-01-01", "1994-12-31"))
    assert meant([SALAZAR], "Senator Salazar") == "Julia Salazar"
    assert meant([SALAZAR, earlier], "Senator Salazar") is None


def test_a_senator_of_either_senate_makes_the_title_alone_unclear():
    sanders = [
        person("James Sanders Jr.", term(SENATE, "2013-01-01")),
        person("Bernard Sanders", term(US_SENATE, "2007-01-03")),
    ]
    assert meant(sanders, "Senator Sanders", on=date(2017, 3, 1)) is None
    assert meant(sanders, "State Senator Sanders", on=date(2017, 3, 1)) == "James Sanders Jr."
    assert meant(sanders, "Senator Sanders", legislature="ny", on=date(2017, 3, 1)) == "James Sanders Jr."
    assert meant(sanders, "Senator Bernard Sanders", on=date(2017, 3, 1)) == "Bernard Sanders"


def test_only_bearers_of_the_surname_in_that_legislature_are_put_before_staff():
    kims = [person("Ron Kim", term(ASSEMBLY, "2013-01-01")), person("Andy Kim", term(HOUSE, "2019-01-03"))]
    found = Roster(kims).resolve("U.S. Senator Kim", on=date(2025, 2, 1))
    assert (found.person_key, found.candidates) == (None, ("Andy Kim",))
    assert found.reason == "No Kim is recorded in the United States Senate on 1 February 2025."


def test_a_party_that_differs_keeps_a_surname_unresolved():
    senator = person("Jessica Ramos", term(SENATE, "2019-01-02", party="Democratic/Working Families"))
    assert meant([senator], "Senator Ramos (D-Queens)", on=JUNE_2021) == "Jessica Ramos"
    assert meant([senator], "Senator Ramos (R-Queens)", on=JUNE_2021) is None


# --- double surnames -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["HOYLMAN", "HOYLMAN-SIGAL", "Hoylman", "Brad Hoylman", "Brad Hoylman-Sigal"]
)
def test_both_forms_of_a_surname_are_one_person(written):
    assert meant([HOYLMAN], written, legislature="ny", chamber="senate", session=SESSION_2017)


def test_half_of_a_hyphened_surname_needs_chamber_and_time():
    hoylman = person("Brad Hoylman-Sigal", term(SENATE, "2013-01-01"))
    assert meant([hoylman], "Senator Hoylman", on=JUNE_2021) == "Brad Hoylman-Sigal"
    assert meant([hoylman], "Senator Brad Hoylman", on=JUNE_2021) == "Brad Hoylman-Sigal"
    assert meant([hoylman], "Brad Hoylman") is None
    assert meant([hoylman], "Assemblymember Brad Hoylman", on=JUNE_2021) is None


def test_half_of_a_surname_gives_way_to_the_whole_one():
    hoylman = person("Ann Hoylman", term(SENATE, "2019-01-01"))
    married = person("Brad Hoylman-Sigal", term(SENATE, "2013-01-01"))
    assert meant([hoylman, married], "Senator Hoylman", on=JUNE_2021) == "Ann Hoylman"


def test_a_surname_doubled_since_is_one_person_where_title_and_day_agree():
    earlier = person("Brad Hoylman", term(SENATE, "2013-01-01"))
    assert meant([earlier], "Senator Brad Hoylman-Sigal", on=date(2023, 3, 1)) == "Brad Hoylman"
    assert meant([earlier], "Senator Hoylman-Sigal", on=date(2023, 3, 1)) is None


# --- official lists of sponsors ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("ROSENTHAL L", "Linda Rosenthal"),
        ("Rosenthal D", "Daniel Rosenthal"),
        ("L. ROSENTHAL", "Linda Rosenthal"),
        ("L. B. ROSENTHAL", "Linda Rosenthal"),
        ("Rosenthal, L.", "Linda Rosenthal"),
        ("Rosenthal K", None),
        ("ROSENTHAL", None),
    ],
)
def test_initials_tell_members_of_one_surname_apart(written, who):
    said = {"legislature": "ny", "chamber": "assembly", "session": SESSION_2017}
    assert meant([LINDA, DANIEL], written, **said) == who


def test_initials_without_a_chamber_name_nobody():
    assert meant([LINDA, DANIEL], "Rosenthal L", on=JUNE_2021) is None


def test_a_second_initial_that_is_not_recorded_waits_for_an_alias():
    said = {"legislature": "ny", "chamber": "assembly", "session": SESSION_2017}
    terms = (term(ASSEMBLY, "2011-01-01", "2020-12-31"),)
    michael, melissa = person("Michael Miller", *terms), person("Melissa Miller", *terms)
    assert meant([michael, melissa], "Miller MG", **said) is None
    told = person("Michael Miller", *terms, aliases=("Miller MG",))
    assert meant([told, melissa], "Miller MG", **said) == "Michael Miller"


@pytest.mark.parametrize(
    ("session", "who"),
    [
        ((date(2023, 1, 1), date(2024, 12, 31)), None),
        ((date(2021, 1, 1), date(2022, 12, 31)), "Carmen Arroyo"),
    ],
)
def test_a_term_closed_in_the_first_days_of_a_session_is_not_in_it(session, who):
    arroyo = person("Carmen Arroyo", term(ASSEMBLY, "2001-01-01", "2023-01-02"))
    assert meant([arroyo], "ARROYO", legislature="ny", chamber="assembly", session=session) == who


def test_a_rules_committee_bill_is_the_members_at_whose_request_it_was_brought():
    camara = person("Karim Camara", term(ASSEMBLY, "2011-01-01", "2015-12-31"))
    written = "COMMITTEE ON RULES (at request of M. of A. Camara)"
    assert meant([camara], written, session=(date(2013, 1, 1), date(2014, 12, 31))) == "Karim Camara"


# --- how far the roster reaches ------------------------------------------------------------------------


def test_a_surname_proves_nothing_where_the_roster_is_not_whole():
    roster = Roster([SALAZAR, FATHER], complete_since={SENATE: date(2011, 1, 1)})
    assert meant(roster, "Senator Salazar", on=JUNE_2021) == "Julia Salazar"
    assert meant(roster, "Rep. Serrano", on=date(2011, 8, 6)) is None
    assert meant(roster, "Congressman José E. Serrano", on=date(2011, 8, 6)) == "father"


def test_a_surname_proves_nothing_before_the_roster_begins_or_without_a_day():
    roster = Roster([KLEIN], complete_since={SENATE: date(2011, 1, 1)})
    assert meant(roster, "Senator Klein", on=date(2011, 1, 1)) == "Jeffrey D. Klein"
    assert meant(roster, "Senator Klein", on=date(2010, 12, 31)) is None
    assert meant(roster, "Senator Klein") is None


def test_an_official_list_says_itself_that_nobody_else_has_the_surname():
    serrano = {"legislature": "us", "chamber": "house"}
    roster = Roster([FATHER], complete_since={})
    assert meant(roster, "Mr. SERRANO", session=(date(2013, 1, 3), date(2015, 1, 3)), **serrano) == "father"
    assert meant(roster, "Mr. SERRANO", on=date(2013, 2, 1), **serrano) is None
    partly = person("José E. Serrano", term(HOUSE, "2014-01-01"))
    roster = Roster([partly], complete_since={})
    assert meant(roster, "Mr. SERRANO", session=(date(2013, 1, 3), date(2015, 1, 3)), **serrano) is None


# --- bad input -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["", "  ", "Senator", "()", "\x00", "Serrano " * 10_000])
def test_what_is_no_name_resolves_to_nobody(written):
    found = Roster([SON]).resolve(written, on=JUNE_2021)
    assert (found.person_key, found.candidates) == (None, ())


def test_what_is_no_text_is_refused():
    with pytest.raises(TypeError, match="must be text"):
        Roster([SON]).resolve(None)


def test_a_session_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        Roster([SON]).resolve("Serrano", session=(date(2018, 12, 31), date(2017, 1, 1)))


def test_two_people_under_one_key_are_refused():
    with pytest.raises(ValueError, match="'son'"):
        Roster([SON, SON])


def test_a_person_recorded_without_a_name_is_never_meant():
    assert meant([person("", key="blank"), SON], "Jose M. Serrano") == "son"


# --- what holds for every roster -----------------------------------------------------------------------

SYLLABLES = st.sampled_from(
    ["bar", "den", "kol", "mir", "nes", "tol", "ush", "vik", "zan", "ílo", "qué", "ørn"]
)
WORDS = st.lists(SYLLABLES, min_size=2, max_size=3).map(lambda parts: "".join(parts).title())
INITIALS = st.sampled_from(["", "A. ", "M. "])
NAMES = st.builds(lambda given, middle, surname: f"{given} {middle}{surname}", WORDS, INITIALS, WORDS)
DAYS = st.none() | st.integers(0, 9_000).map(lambda days: date(2001, 1, 1) + timedelta(days=days))
BODIES = st.sampled_from([SENATE, ASSEMBLY, COUNCIL, HOUSE, US_SENATE])
TERMS = st.builds(lambda body, start, end: TermFact(*body, "", "", start, end), BODIES, DAYS, DAYS)
ROSTERS = st.lists(st.tuples(NAMES, st.lists(TERMS, max_size=2)), min_size=1, max_size=12).map(
    lambda rows: [PersonFact(key, name, (), tuple(terms)) for key, (name, terms) in enumerate(rows)]
)
SAID = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["", "Senator", "Assemblymember", "Rep.", "Director", "Mayor", "Mr."]),
        "legislature": st.sampled_from([None, "ny", "us", "zz"]),
        "chamber": st.sampled_from([None, "senate", "council", "zz"]),
        "on": DAYS,
    }
)


@given(people=ROSTERS, said=SAID, data=st.data())
def test_the_answer_does_not_depend_on_the_order_of_the_roster(people, said, data):
    name = data.draw(st.sampled_from([fact.name for fact in people]))
    written = data.draw(
        st.sampled_from([name, name.split()[-1], name.upper(), f"{name.split()[-1]} {name[0]}"])
    )
    shuffled = random.Random(len(name)).sample(people, len(people))
    assert Roster(people).resolve(written, **said) == Roster(shuffled).resolve(written, **said)
    assert Roster(people).resolve(written, **said) == Roster(people).resolve(written, **said)


@given(ROSTERS)
def test_a_full_name_that_one_person_bears_gives_that_person(people):
    roster = Roster(people)

    def bare(name: str) -> str:
        return re.sub(r" [AM]\. ", " ", name)

    for fact in people:
        if sum(bare(other.name) == bare(fact.name) for other in people) == 1:
            for written in (fact.name, fact.name.upper(), bare(fact.name)):
                assert roster.resolve(written).person_key == fact.key


@given(people=ROSTERS, said=SAID, data=st.data())
def test_who_is_named_sat_in_the_body_that_the_title_names(people, said, data):
    name = data.draw(st.sampled_from([fact.name for fact in people]))
    found = Roster(people).resolve(name.split()[-1], **said | {"title": "Assemblymember"})
    if found.person_key is not None:
        terms = people[found.person_key].terms
        assert any(fact.body == ASSEMBLY for fact in terms)
        assert found.candidates == (found.person_key,)


@given(people=ROSTERS, said=SAID, data=st.data())
def test_a_second_member_of_the_surname_with_the_same_terms_leaves_it_unresolved(people, said, data):
    surname = data.draw(st.sampled_from([fact.name for fact in people])).split()[-1]
    key = Roster(people).resolve(surname, **said).person_key
    if key is not None:
        twin = PersonFact("twin", f"Other {surname}", (), people[key].terms)
        assert Roster([*people, twin]).resolve(surname, **said).person_key is None


@given(people=ROSTERS, written=st.text(max_size=60), said=SAID)
def test_no_text_makes_the_roster_raise(people, written, said):
    found = Roster(people).resolve(written, **said)
    assert found.reason
    assert (found.person_key is None) or found.candidates == (found.person_key,)


# --- the real lists ------------------------------------------------------------------------------------


def real_people(shared) -> list[PersonFact]:
    """New York's legislators as openstates/people has them: one person a record, nothing put right."""
    bodies = {"upper": SENATE, "lower": ASSEMBLY}
    return [
        PersonFact(
            record["id"],
            record["name"],
            tuple(record["other_names"]),
            tuple(
                term(bodies[role["type"]], role["start_date"], role["end_date"])
                for role in record["roles"]
                if role["type"] in bodies
            ),
        )
        for record in json.loads((shared / "samples/bulk/ny-legislators.json").read_text(encoding="utf-8"))
    ]


def test_sponsors_of_real_bills_are_found_or_wait_for_staff(shared):
    roster, asked, found = Roster(real_people(shared)), 0, 0
    for bill in json.loads((shared / "samples/bills/bills.json").read_text(encoding="utf-8")):
        if bill["legislature"] != "ny" or bill["session"] < 2017:
            continue
        chamber = "senate" if bill["print_no"].startswith("S") else "assembly"
        session = (date(bill["session"], 1, 1), date(bill["session"] + 1, 12, 31))
        for written in filter(None, [bill["sponsor"], *(bill["cosponsors"] or ())]):
            answer = roster.resolve(written, legislature="ny", chamber=chamber, session=session)
            asked += 1
            found += answer.person_key is not None
    assert asked > 4_000
    assert found / asked > 0.99


def test_real_members_of_one_surname_stay_unresolved(shared):
    roster = Roster(real_people(shared))
    for written, day in (
        ("Assemblymember Rivera", JUNE_2021),  # José and Jon
        ("Assemblymember Rosenthal", date(2019, 5, 1)),  # Linda and Daniel
        ("Assemblymember Giglio", date(2022, 3, 1)),  # Joe, and Jodi whose record begins too late
    ):
        answer = roster.resolve(written, on=day)
        assert answer.person_key is None, written
        assert len(answer.candidates) > 1, written
