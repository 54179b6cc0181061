"""Which office a title names, and where the title of a name ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sponsors.titles import (
    NY_ASSEMBLY,
    NY_SENATE,
    NYC_COUNCIL,
    US_HOUSE,
    US_SENATE,
    Calling,
    read_title,
    split_title,
)


@pytest.mark.parametrize(
    ("title", "bodies"),
    [
        ("Senator", (NY_SENATE, US_SENATE)),
        ("Sen.", (NY_SENATE, US_SENATE)),
        ("State Senator", (NY_SENATE,)),
        ("NEW YORK STATE SENATOR", (NY_SENATE,)),
        ("Senate Majority Leader", (NY_SENATE, US_SENATE)),
        ("U.S. Senator", (US_SENATE,)),
        ("United States Senator", (US_SENATE,)),
        ("Assemblymember", (NY_ASSEMBLY,)),
        ("Assembly Member", (NY_ASSEMBLY,)),
        ("Assemblywoman", (NY_ASSEMBLY,)),
        ("M. of A.", (NY_ASSEMBLY,)),
        ("A.M.", (NY_ASSEMBLY,)),
        ("Member of the Assembly", (NY_ASSEMBLY,)),
        ("Council Member", (NYC_COUNCIL,)),
        ("Councilmember", (NYC_COUNCIL,)),
        ("CM", (NYC_COUNCIL,)),
        ("Speaker of the Council", (NYC_COUNCIL,)),
        ("Public Advocate", (NYC_COUNCIL,)),
        ("Congressman", (US_HOUSE,)),
        ("Congresswoman", (US_HOUSE,)),
        ("Rep.", (US_HOUSE,)),
        ("U.S. Representative", (US_HOUSE,)),
        ("Member of Congress", (US_HOUSE,)),
    ],
)
def test_a_members_title_names_the_chamber(title, bodies):
    office = read_title(title)
    assert (office.calling, office.bodies) == (Calling.MEMBER, bodies)
    assert not office.not_sitting


@pytest.mark.parametrize(
    "title", ["former Senator", "Senator-elect", "ex-Assemblyman", "Retired Congressman"]
)
def test_who_no_longer_or_not_yet_sits_is_told(title):
    assert read_title(title).not_sitting


@pytest.mark.parametrize(
    ("title", "calling"),
    [
        ("", Calling.UNSAID),
        ("Mr.", Calling.UNSAID),
        ("IDC Leader", Calling.UNSAID),
        ("Speaker", Calling.UNSAID),
        ("State Representative", Calling.UNSAID),
        ("Attorney General", Calling.OFFICIAL),
        ("Bronx Borough President", Calling.OFFICIAL),
        ("Mayor", Calling.OFFICIAL),
        ("Executive Director", Calling.OCCUPATION),
        ("Policy Counsel", Calling.OCCUPATION),
        ("Counsel to Senator Salazar", Calling.OCCUPATION),
        ("Chief of Staff to Council Member Hanif", Calling.OCCUPATION),
        ("candidate for State Senate", Calling.OCCUPATION),
        ("Director of the Mayor's Office", Calling.OCCUPATION),
    ],
)
def test_other_titles_name_no_chamber(title, calling):
    office = read_title(title)
    assert (office.calling, office.bodies) == (calling, ())


def test_a_union_representative_does_not_sit_in_the_house():
    assert read_title("Union Representative").bodies == ()


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("Senate Majority Leader Andrea Stewart-Cousins", "Senate Majority Leader", "Andrea Stewart-Cousins"),
        ("Senator De La Rosa", "Senator", "De La Rosa"),
        ("Chair Carlina Rivera", "Chair", "Carlina Rivera"),
        ("Bronx Borough President Ruben Diaz Jr.", "Bronx Borough President", "Ruben Diaz Jr."),
        ("Dean Murray", "", "Dean Murray"),
        ("New York", "", "New York"),
        ("Am Johnson", "", "Am Johnson"),
        ("A. M. Rosenthal", "", "A. M. Rosenthal"),
    ],
)
def test_the_title_ends_where_the_name_begins(text, title, name):
    assert split_title(text) == (title, name)


@given(st.text(max_size=500))
def test_no_text_makes_the_reading_of_a_title_raise(text):
    assert read_title(text).calling in Calling
    title, name = split_title(text)
    assert len(title) + len(name) <= len(text)
