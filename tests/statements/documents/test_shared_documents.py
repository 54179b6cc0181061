"""The five real documents and the stored bill pages beside the project, where they are on this machine."""

from __future__ import annotations

import datetime as dt

import pytest

from statements.documents import Speaker, decode, read


@pytest.fixture
def document(shared):
    def load(start: str):
        (path,) = (shared / "documents").glob(f"{start}*.txt")
        return read(decode(path.read_bytes()), filename=path.name)

    return load


@pytest.fixture
def page(shared):
    def load(part: str):
        (path,) = (shared / "samples" / "bills" / "pages").glob(f"*{part}*.txt")
        return read(decode(path.read_bytes()))

    return load


def numbers(parsed) -> list[tuple]:
    return [
        (bill.as_written, bill.designator, bill.number, bill.amendment, bill.session) for bill in parsed.bills
    ]


def test_a_senators_release_with_its_related_bill(document):
    parsed = document("01")
    assert (parsed.kind, parsed.date) == ("press_release", dt.date(2017, 2, 6))
    assert parsed.title == "Senator Serrano Calls For The Passage Of His Dignity For Immigrants Legislation"
    assert parsed.publisher == "New York State Senate"
    assert parsed.primary_speaker == Speaker("Jose M. Serrano", "New York State Senator")
    assert parsed.speakers == ()
    assert parsed.issues == ("Immigration",)
    assert numbers(parsed) == [("S4075A", "S", 4075, "A", 2017), ("2017-S4075", "S", 4075, "", 2017)]
    assert (parsed.status_stage, parsed.committee, parsed.sponsor) == (
        "In Committee Senate",
        "Finance",
        "Jose M. Serrano",
    )
    assert parsed.bills[0].status_date == dt.date(2017, 2, 2)
    assert parsed.remarks[-1].text.endswith("regardless of immigration status.")
    assert [(taken.holder, taken.stance) for taken in parsed.positions] == [("Jose M. Serrano", "supports")]


def test_a_caucus_release_with_eight_senators_and_no_bill(document):
    parsed = document("02")
    assert parsed.date == dt.date(2017, 1, 30)
    assert parsed.primary_speaker.name == "Jeffrey D. Klein"
    assert [speaker.name for speaker in parsed.speakers] == [
        "David Valesky",
        "Jose Peralta",
        "Marisol Alcantara",
        "Tony Avella",
        "David Carlucci",
        "Jesse Hamilton",
        "Diane Savino",
    ]
    assert {speaker.organisation for speaker in parsed.speakers} == {""}
    assert parsed.issues == ("Immigrant Rights", "Immigration", "Legal Services", "Social Services")
    assert (parsed.bills, parsed.status_stage) == ((), "")
    assert parsed.remarks[0].speaker == "Jeffrey D. Klein"


def test_a_coalitions_statement_with_an_organisation_lost(document):
    parsed = document("03")
    assert (parsed.kind, parsed.date, parsed.publisher) == (
        "coalition_statement",
        dt.date(2021, 6, 11),
        "ACLU of New York",
    )
    assert parsed.primary_speaker is None
    assert parsed.speakers == (
        Speaker("Zachary Ahmad", "Policy Counsel", "New York Civil Liberties Union"),
        Speaker("Murad Awawdeh", "Executive Director", "New York Immigration Coalition"),
        Speaker("Eddie A. Taveras", "New York State Immigration Director", ""),
        Speaker("Mizue Aizeki", "Interim Executive Director", "Immigrant Defense Project"),
        Speaker("Rosa Cohen-Cruz", "Policy Counsel to the Immigration Practice", "The Bronx Defenders"),
    )
    assert numbers(parsed) == [("S.03076-A", "S", 3076, "A", 2021), ("A.02328-A", "A", 2328, "A", 2021)]
    assert [(event.kind, event.date) for event in parsed.events] == [
        ("session_closed", dt.date(2021, 6, 10)),
        ("no_vote", dt.date(2021, 6, 10)),
    ]
    assert {taken.holder for taken in parsed.positions} >= {speaker.name for speaker in parsed.speakers}
    assert "By completing this form" not in parsed.body


def test_a_letter_inside_a_blog_post(document):
    parsed = document("04")
    assert (parsed.kind, parsed.date, parsed.bills) == ("letter", None, ())
    assert parsed.primary_speaker == Speaker("José E. Serrano", "Member of Congress")
    assert parsed.speakers == ()
    assert [programme.name for programme in parsed.programmes] == ["Secure Communities"]
    assert [(taken.target, taken.stance) for taken in parsed.positions] == [("Secure Communities", "opposes")]
    assert "Leave a Reply" not in parsed.body


def test_a_resolution_retold(document):
    parsed = document("05")
    assert (parsed.kind, parsed.date, parsed.publisher) == ("resolution", None, "New York City Council")
    assert parsed.primary_speaker.name == "Melissa Mark-Viverito"
    assert (parsed.drafting_numbers, parsed.bills) == (("9714", "9725"), ())
    names = {programme.name for programme in parsed.programmes}
    assert names >= {"Executive Order 34 of 2003", "Executive Order 41 of 2003", "NYIFUP", "IDNYC"}


@pytest.mark.parametrize(
    ("part", "stage", "committee", "sponsor"),
    [
        ("bn-S04075", "In Committee Senate", "Finance", "Serrano"),
        ("bn-S00425", "Signed By Governor", "", "Hoylman"),
        ("bn-A03675", "In Committee Assembly", "Rules", "Crespo"),
        ("bn-A04881", "On Floor Calendar Assembly", "", "Crespo"),
        ("legiscan", "In Committee Senate", "Finance", "Peralta"),
        ("legistar", "Filed (End of Session)", "Immigration", "Jumaane Williams"),
        ("s2212", "Introduced", "Judiciary", "Padilla"),
        ("govtrack", "Passed House", "", "Lucille Roybal-Allard"),
        ("2011-S4179", "In Committee Senate", "Rules", ""),
        ("2019-S425", "Signed By Governor", "", ""),
        ("a7132", "Vetoed By Governor", "", "Reyes"),
        ("2023-S257", "In Committee Senate", "Finance", ""),
    ],
)
def test_a_stored_bill_page(page, part, stage, committee, sponsor):
    parsed = page(part)
    assert parsed.kind == ("resolution" if part == "legistar" else "bill_page")
    assert (parsed.status_stage, parsed.committee, parsed.sponsor) == (stage, committee, sponsor)
    assert [bill.is_chief for bill in parsed.bills].count(True) == 1
    assert (parsed.speakers, parsed.primary_speaker) == ((), None)


def test_versions_of_other_sessions_carry_their_own_session(page):
    sessions = {bill.as_written: bill.session for bill in page("2023-S257").bills}
    assert sessions == {"S257": 2023, "S4075": 2017, "S1424": 2019, "S1357": 2021}
