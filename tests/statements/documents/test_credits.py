"""Who is credited, in which office, for which organisation: the words after "said"."""

from __future__ import annotations

import pytest

from statements.documents.credits import Credit, credit_end, read_credits


def credited(words: str) -> list[tuple[str, str, str]]:
    return [(credit.name, credit.title, credit.organisation) for credit in read_credits(credit_end(words))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # role and organisation after the name
        (
            "Ana Roy, Executive Director, Hudson Aid Coalition.",
            ("Ana Roy", "Executive Director", "Hudson Aid Coalition"),
        ),
        ("Ana Roy, Director of the Hudson Aid Project. “We", ("Ana Roy", "Director", "Hudson Aid Project")),
        (
            "Ana Roy, Policy Counsel to the Family Practice of The Bronx Advocates.",
            ("Ana Roy", "Policy Counsel to the Family Practice", "The Bronx Advocates"),
        ),
        (
            "Ana Roy, Director of Immigration Policy at the Harbor Union",
            ("Ana Roy", "Director of Immigration Policy", "Harbor Union"),
        ),
        (
            "Ana Roy, Director of Advocacy for Families for Fairness",
            ("Ana Roy", "Director of Advocacy", "Families for Fairness"),
        ),
        (
            "Ana Roy, Director of the Newcomer Rights Project, HALAG",
            ("Ana Roy", "Director of the Newcomer Rights Project", "HALAG"),
        ),
        (
            "Ana Roy, president and CEO of the Harbor Immigration Coalition (HIC), one of its founders",
            ("Ana Roy", "president and CEO", "Harbor Immigration Coalition"),
        ),
        ("Ana Roy, HIC's president and CEO, whose members", ("Ana Roy", "president and CEO", "HIC")),
        (
            "Ana Roy, Director of Hudson Aid Coalition and convener of the Green Group",
            ("Ana Roy", "Director", "Hudson Aid Coalition"),
        ),
        ("Ana Roy, night cook at the Casa del Río", ("Ana Roy", "night cook", "Casa del Río")),
        ("Ana Roy, on behalf of Hudson Aid Society.", ("Ana Roy", "", "Hudson Aid Society")),
        ("Ana Roy of Hudson Aid Society", ("Ana Roy", "", "Hudson Aid Society")),
        (
            "Ana Roy, Westchester County Board of Legislators, District 12",
            ("Ana Roy", "", "Westchester County Board of Legislators"),
        ),
        ("Arline, Make the Way New York member.", ("Arline", "member", "Make the Way New York")),
        # organisation and role before the name
        (
            "Harbor Civil Rights Union Policy Counsel Ana Roy",
            ("Ana Roy", "Policy Counsel", "Harbor Civil Rights Union"),
        ),
        (
            "Make the Way New York Co-Executive Director Ana Roy",
            ("Ana Roy", "Co-Executive Director", "Make the Way New York"),
        ),
        ("78BJ SEIU President Ana Roy", ("Ana Roy", "President", "78BJ SEIU")),
        (
            "Legal Help Society’s Family Unit Attorney-in-Charge Ana Roy",
            ("Ana Roy", "Family Unit Attorney-in-Charge", "Legal Help Society"),
        ),
        (
            "Mayor’s Office of Immigrant Affairs Commissioner Ana Roy",
            ("Ana Roy", "Commissioner", "Mayor’s Office of Immigrant Affairs"),
        ),
        # an organisation that the text has lost is never what follows
        (
            "Eduardo A. Lasso, Western New York Immigration Director at “They",
            ("Eduardo A. Lasso", "Western New York Immigration Director", ""),
        ),
        ("Ana Roy, Director of “No family", ("Ana Roy", "Director", "")),
        # public offices keep all their words and have no organisation
        ("IDC Deputy Leader Ana Roy (D-Syracuse).", ("Ana Roy", "IDC Deputy Leader", "")),
        ("Brooklyn Borough President Ana Roy", ("Ana Roy", "Brooklyn Borough President", "")),
        ("Assembly Member Carmen De La Rúa", ("Carmen De La Rúa", "Assembly Member", "")),
        ("Council Member James Van Oosten (D-Queens)", ("James Van Oosten", "Council Member", "")),
        (
            "Council Member Ana Roy, Chair of the Committee on Immigration",
            ("Ana Roy", "Council Member, Chair of the Committee on Immigration", ""),
        ),
        ("Sen. Ana Roy, D-Rhinebeck, Dutchess County", ("Ana Roy", "Sen.", "")),
        ("Senate Finance Chair Ana Roy", ("Ana Roy", "Senate Finance Chair", "")),
        ("Speaker of the Assembly Ana Roy", ("Ana Roy", "Speaker of the Assembly", "")),
        ("Congresswoman Ana Roy-Ortiz (NY-14)", ("Ana Roy-Ortiz", "Congresswoman", "")),
        ("Senator Ana Roy - 1st Senatorial District.", ("Ana Roy", "Senator", "")),
        ("SENATOR ANA ROY", ("Ana Roy", "Senator", "")),
        # sponsors, districts, ages and clauses are no organisations
        ("Assemblymember Ana Roy, co-sponsor of the Open Door bill.", ("Ana Roy", "Assemblymember", "")),
        ("bill sponsor, Senator Ana Roy", ("Ana Roy", "Senator", "")),
        ("Senator Ana Roy, Open Door Bill Sponsor", ("Ana Roy", "Senator", "")),
        ("Ana Roy, 34, a member of Hudson Aid Society.", ("Ana Roy", "member", "Hudson Aid Society")),
        ("Senator Ana Roy, long a critic of the program.", ("Ana Roy", "Senator", "")),
        # names of all sorts
        (
            "Rev. Dr. Peter Aldana Jr., Esq., Pastor, Valley Church",
            ("Peter Aldana Jr.", "Pastor", "Valley Church"),
        ),
        ("Attorney General Letitia “Tish” Moss", ("Letitia Moss", "Attorney General", "")),
        ("Michael A.L. Baldoni III, Esq.", ("Michael A.L. Baldoni III", "", "")),
        ("Jagpreet S., Political Director, DRUM Beats.", ("Jagpreet S.", "Political Director", "DRUM Beats")),
        (
            "Dr. Mary O’Neil, M.D., President of the Doctors League",
            ("Mary O’Neil", "President", "Doctors League"),
        ),
    ],
)
def test_one_person_is_credited(words, expected):
    assert credited(words) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Senators Ana Roy and Lee Park", [("Ana Roy", "Senator", ""), ("Lee Park", "Senator", "")]),
        (
            "State Senator Ana Roy (D,WF-Bronx) and Assemblywoman Ida Holm (D-Queens)",
            [("Ana Roy", "State Senator", ""), ("Ida Holm", "Assemblywoman", "")],
        ),
    ],
)
def test_two_persons_are_credited(words, expected):
    assert credited(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        "she",
        "the coalition",
        "the Hudson Aid Project",
        "a spokesperson for Senator Ana Roy",
        "Drive Safe Bill",
        "many of them",
        "((((",
        "Planned Parenthood",
    ],
)
def test_nobody_is_credited(words):
    assert credited(words) == []


def test_a_surname_alone_is_kept_for_whoever_knows_its_owner():
    assert read_credits("Mark-Viveros") == [Credit("Mark-Viveros")]
