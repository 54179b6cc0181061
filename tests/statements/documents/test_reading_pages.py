"""How the pages of sites, libraries and newsrooms are built around a text, one rule a test. Texts are invented."""

from __future__ import annotations

import datetime as dt

import pytest

from statements.documents import read

QUOTE = (
    "“Nobody who drives a school bus before dawn should have to fear the road home, and the men and women "
    "who wrote this law knew as much when they wrote it. We will stand by them until it is mended.”"
)
CLAUSES = (
    "Whereas, Lamps are dear; and\n\nWhereas, A.411, introduced by Assembly Member Ola Finch, would share them; "
    "now, therefore, be it\n\nResolved, That the Council of the City of New York calls on the Legislature to "
    "pass A.411.\n"
)


def sessions(parsed) -> dict[str, int | None]:
    return {bill.as_written: bill.session for bill in parsed.bills}


def test_a_sponsors_memorandum_by_itself_is_a_bill_page():
    parsed = read(
        "NEW YORK STATE ASSEMBLY MEMORANDUM IN SUPPORT OF LEGISLATION submitted in accordance with Rule III\n\n"
        "BILL NUMBER: A411\nSPONSOR: Finch\n\nTITLE OF BILL:\nAn act to amend the executive law, in relation to\n"
        "the lending of lamps to night schools\n\nPURPOSE OR GENERAL IDEA OF BILL:\nLamps would be lent.\n\n"
        "EFFECTIVE DATE:\nThis act shall take effect on the thirtieth day after it shall have become a law.\n"
    )
    assert (parsed.kind, parsed.sponsor, parsed.publisher) == (
        "bill_page",
        "Finch",
        "New York State Assembly",
    )
    assert parsed.title == (
        "An act to amend the executive law, in relation to the lending of lamps to night schools"
    )
    assert (parsed.primary_speaker, parsed.speakers) == (None, ())


SENATE_PAGE = (
    "Assembly Bill A411\n\n2023-2024 Legislative Session\n\nRequires the lending of lamps to night schools\n\n"
    "2023-A411 (ACTIVE) - Details\n\nSee Senate Version of this Bill:\nS95\nCurrent Committee:\n{committee}"
    "Law Section:\nExecutive Law\nVersions Introduced in 2021-2022 Legislative Session:\nA6033, S5102\n\n"
    "2023-A411 (ACTIVE) - Summary\n\nRequires the lending of lamps to night schools.\n"
)


@pytest.mark.parametrize(("line", "committee"), [("", ""), ("Assembly Aging\n", "Aging")])
def test_a_label_without_value_does_not_take_the_next_label(line, committee):
    assert read(SENATE_PAGE.format(committee=line)).committee == committee


def test_earlier_versions_have_the_session_of_their_label():
    told = sessions(read(SENATE_PAGE.format(committee="")))
    assert told == {"A411": 2023, "S95": 2023, "A6033": 2021, "S5102": 2021}


def test_the_file_of_a_resolution_is_a_resolution_of_the_day_on_the_agenda():
    parsed = read(
        "File #: Res 0702-2021    Version: * Name: Lamps for All Act (A.411)\nType: Resolution Status: Committee\n"
        "Committee: Committee on Education\nOn agenda: 3/18/2021\nEnactment date: Law number:\n"
        "Title: Resolution calling on the Legislature to pass A.411\nSponsors: Ivo Brandt\n"
    )
    assert (parsed.kind, parsed.date) == ("resolution", dt.date(2021, 3, 18))
    assert sessions(parsed)["A.411"] == 2021


@pytest.mark.parametrize(
    ("drafted", "session"),
    [("LS #5120\n2/17/2022\n", 2021), ("LS# 9714, 9725\n12/5/2016\n", 2015), ("", None)],
)
def test_a_drafting_date_dates_the_bills_of_a_resolution_and_not_the_resolution(drafted, session):
    parsed = read(
        f"Res. No. 702\n\nResolution calling on the Legislature to pass A.411\n\nBy Council Member Brandt\n\n"
        f"{CLAUSES}\n{drafted}"
    )
    assert (parsed.date, sessions(parsed)["A.411"]) == (None, session)


@pytest.mark.parametrize(
    ("words", "session"),
    [
        ("The legislative session of 2023 is over", 2023),
        ("This is the end of the 2024 legislative session", 2023),
        ("In the 2019-2020 Regular Sessions it was held", 2019),
        ("After the 2026 State of the State address we wait", 2025),
        ("It failed in the 2019 legislative session and in the 2023 legislative session", None),
        ("© 2023 Hudson Aid Project", None),
        ("In 2023 lamps were dear", None),
    ],
)
def test_a_session_named_in_prose_dates_bills_without_a_year(words, session):
    parsed = read(
        f"Lamps for All Act Left Unlit in Albany\n\n{words}, and the Lamps for All Act (S95/A411) has not been "
        "brought to the floor of either house, although teachers, pupils and nurses have asked for it.\n"
    )
    assert set(sessions(parsed).values()) == {session}


def test_a_notice_of_the_site_is_no_title_and_hides_no_date():
    parsed = read(
        "The Office is closed to visitors on Fridays and receives nobody without an appointment. For help, please "
        "write to help@advocate.nyc.gov or call the desk.\n\nCity Must Keep Its Night Schools Lit, Advocate Says\n\n"
        f"May 2nd, 2022\n\nPress Release\n\n{QUOTE[:-1]},” said Public Advocate Ines Calloway.\n"
    )
    assert parsed.title == "City Must Keep Its Night Schools Lit, Advocate Says"
    assert parsed.date == dt.date(2022, 5, 2)
    assert (parsed.publisher, parsed.primary_speaker.name) == (
        "New York City Public Advocate",
        "Ines Calloway",
    )


def test_a_letters_date_stands_after_a_summary_of_it():
    parsed = read(
        "Letter in Support of Lamps for Night Schools\n\nSUMMARY\n\nThe Education Law Committee wrote to Governor "
        "Lena Hartwell and the leaders of both houses in support of lamps for every night school of the State, and "
        "for the oil in them.\n\nREPORT\n\nMarch 9, 2023\n\nThe Honorable Lena Hartwell\nGovernor\n\n"
        "Dear Governor Hartwell:\n\nOn behalf of two committees of the Hudson Bar Association we write to ask for "
        "lamps (A.411/S.95). A school without light teaches nobody, and the cost is small beside the good.\n\n"
        "Respectfully submitted,\n\nRuth M. Adler\nChair, Education Law Committee\n"
    )
    assert (parsed.kind, parsed.date, parsed.publisher) == (
        "letter",
        dt.date(2023, 3, 9),
        "Hudson Bar Association",
    )
    assert parsed.primary_speaker.title == "Chair, Education Law Committee"
    assert set(sessions(parsed).values()) == {2023}


def test_a_statement_of_an_office_holder_by_surname_on_the_senates_newsroom():
    parsed = read(
        f"Statement from Senator Brandt on the Bus Drivers' Law\nFebruary 3, 2020\n\n{QUOTE}\n\n"
        "Share this Article or Press Release\nGo to Newsroom\n"
    )
    assert (parsed.primary_speaker.name, parsed.primary_speaker.title) == ("Brandt", "Senator")
    assert parsed.publisher == "New York State Senate"


def test_a_name_under_a_title_that_holds_its_surname_is_the_pages_owner():
    parsed = read(f"Brandt Meets with Bus Drivers\n\nIvo K. Brandt\n\nFebruary 3, 2020\n\n{QUOTE}\n")
    assert parsed.primary_speaker.name == "Ivo K. Brandt"
    assert [remark.speaker for remark in parsed.remarks] == ["Ivo K. Brandt"]


def test_two_office_holders_before_a_comma_are_two_persons():
    parsed = read(
        "Minorities Ask for Lamps at the Capitol\n\nALBANY, NY - Senate Minority Leader Ivo Brandt and Assembly "
        "Minority Leader Ola Finch, with members of both conferences, were joined today by teachers.\n\n"
        "“Light is not a luxury,” said Senate Minority Leader Ivo Brandt.\n\n“We agree,” said Assembly Minority "
        "Leader Ola Finch.\n"
    )
    assert (parsed.primary_speaker.name, parsed.primary_speaker.title) == (
        "Ivo Brandt",
        "Senate Minority Leader",
    )


@pytest.mark.parametrize(("sort", "kind"), [("Media Coverage", "news"), ("Press Advisory", "press_release")])
def test_an_item_of_a_library_is_its_sources(sort, kind):
    parsed = read(
        f"Skip to content\nSource: Hudson Courier\nSubject: Schools\nType: {sort}\n\n"
        "Houses pass lamps for night schools\n\nWith the winter near, both houses have passed bills to lend lamps "
        "to night schools, and to fill them with oil until the spring comes.\n\n"
        "“It is a small thing,” said Senate Majority Leader Ivo Brandt. “It comes first.”\n"
    )
    assert (parsed.kind, parsed.publisher, parsed.primary_speaker) == (kind, "Hudson Courier", None)


def test_a_newsroom_staffs_byline_and_a_surname_with_a_party():
    parsed = read(
        "Council Lights Its Night Schools\n\nMara Ilves, Lantern Staff\nPosted Wed, Sep 12, 2018 at 5:47 pm ET\n\n"
        "NEW YORK — The City Council passed a resolution on Wednesday.\nCouncilwoman Ada Rennert's resolution asks "
        "the Congress to lend lamps to every night school of the country and to fill them.\n"
        'Rennert, a Queens Democrat, likened it to the lending of books: "It is slow work, but it must be done," '
        "she said.\n"
    )
    assert (parsed.kind, parsed.publisher, parsed.date) == ("news", "Lantern", dt.date(2018, 9, 12))
    assert parsed.primary_speaker is None
    assert [(speaker.name, speaker.title) for speaker in parsed.speakers] == [("Ada Rennert", "Councilwoman")]


@pytest.mark.parametrize(
    ("title", "line", "below", "publisher"),
    [
        (
            "Lamps Left Unlit",
            "The Lamps for All Coalition issues the following statement",
            "",
            "Lamps for All Coalition",
        ),
        ("HAP Joins Call for Lamps", "", "", "Hudson Aid Project"),
        ("Lamps Left Unlit", "", "About the Hudson Aid Project: It lends lamps.", "Hudson Aid Project"),
        (
            "Lamps Left Unlit",
            "",
            "New York City Council\nPress Office\n212-555-0100",
            "New York City Council",
        ),
    ],
)
def test_the_lines_around_a_text_name_its_publisher(title, line, below, publisher):
    parsed = read(
        f"{title}\n\n{line}\n\nALBANY, NY – The Hudson Aid Project asked lawmakers today to bring the lending of "
        "lamps to a vote before the winter, and to pay for their oil until the spring.\n\n"
        "“A school needs light,” said Noa Lindqvist, teacher at the Mohawk School Union.\n\n"
        f"They have been asked before, and they will be asked again, for nobody can read in the dark.\n\n{below}\n"
    )
    assert parsed.publisher == publisher


def test_the_stages_of_a_related_bill_are_not_its_status():
    parsed = read(
        "Senator Brandt Rallies for Lamps\n\nIvo Brandt\n\nMarch 7, 2023\n\nALBANY, NY – Senator Ivo Brandt today "
        "joined teachers to ask both houses to pass the Lamps for All Act (S95/A411) before the winter comes.\n\n"
        '"A school needs light," said Senator Brandt.\n\nRelated Legislation\n\n2023-S95\n\nIntroduced\n'
        "In Committee Assembly\nIn Committee Senate\nOn Floor Calendar Assembly\nPassed Senate\n"
        "Delivered to Governor\nSigned By Governor\n\nLends lamps\n\nJanuary 04, 2023\n"
        "In Senate Committee Education\nSponsored by Ivo Brandt\n"
    )
    assert (parsed.status_stage, parsed.committee) == ("In Committee Senate", "Education")


def test_among_several_bills_with_sponsors_none_is_the_documents():
    parsed = read(
        "Albany Leaves Schools in the Dark\n\nAlbany, NY—Today the session ended without the Lamps for All Act "
        "(S95A Brandt / A411A Finch) and the Oil Act (S208 Adler / A517 Calloway), which teachers had asked for.\n"
    )
    assert (parsed.sponsor, len(parsed.bills)) == ("", 4)


def test_a_text_that_lists_no_issues_is_given_two_at_most():
    words = "Immigrants who drive need a driver's license; deportation begins with a police stop for want of one. "
    parsed = read(f"Driver's Licenses, Deportation and Police: What Immigrants Need\n\n{words * 8}\n")
    assert parsed.issues == ("Immigration", "Driver's Licenses")


def test_an_office_holder_at_the_head_of_a_title_makes_the_statement():
    parsed = read(f"Assemblymember Ola Finch: Statement on the Lamps Act\n\nJune 4, 2024\n\n{QUOTE}\n")
    assert (parsed.primary_speaker.name, parsed.primary_speaker.title) == ("Ola Finch", "Assemblymember")
    assert parsed.publisher == "New York State Assembly"


def test_the_addressees_office_is_not_a_letters_title():
    parsed = read(
        "THE ASSEMBLY\nSTATE OF NEW YORK\nALBANY\n\nMay 3, 2023\n\nHon. Ivo Brandt\nSpeaker of the Assembly\n\n"
        "Dear Speaker Brandt:\n\nWe write to ask you to bring the Lamps for All Act (A.411) to the floor before the "
        "end of the session. Our schools need it, and they have waited for it a long time.\n\nSincerely,\n\n"
        "Ola Finch\nMember of Assembly\n"
    )
    assert parsed.title == "Letter to Speaker Brandt"


def test_a_text_of_brackets_and_a_colon_is_its_own_title():
    assert read("(A00):").title == "(A00):"


def test_a_councilman_of_another_city_does_not_speak_for_new_yorks_council():
    parsed = read(
        "Lakeport Councilman Asks For More Lanterns\n\nLAKEPORT (XNS) - The Lakeport City Council voted today.\n\n"
        'City Councilman Abel Roy proposed it.\n\n"A landing needs its lantern," Roy said.\n'
    )
    assert parsed.publisher == ""


def test_a_letter_in_the_senates_newsroom_is_its_senators_though_the_page_cuts_the_signatures():
    parsed = read(
        "A Letter for Lanterns on Every Landing\nAna B. Roy\nMay 31, 2011\n-\nISSUE:\n- Immigration\nMay 9, 2011\n"
        "Honorable Abel Lake\nGovernor of New York\nState Capitol\nAlbany, NY 12224\nDear Governor Lake:\n"
        + "We ask you to light the landings of every house in which people wait for their papers. "
        * 8
    )
    assert parsed.kind == "letter"
    assert parsed.date == dt.date(2011, 5, 31)
    assert parsed.publisher == "New York State Senate"
    assert parsed.primary_speaker.name == "Ana B. Roy"
    assert parsed.issues == ("Immigration",)
