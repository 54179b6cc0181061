"""The public mirror of the Council: an invented file in its shape (data/), real ones (../shared), broken ones."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bills.print_numbers import PrintNumber
from bills.providers.base import PrintLine, RollCallLine, SponsorLine, Touched, UnexpectedAnswer
from bills.providers.mirrored_council import number_of_path, path_of, snapshot_of, touched_of
from bills.stages import read_standing

DATA = Path(__file__).parent / "data"
NUMBER = PrintNumber("nyc", "Int", 9412, session=2024)
PATH = "introduction/2025/9412.json"
READ_AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
COMMITTEE = "Committee on Lanterns and Ferries"


def saved() -> dict:
    return json.loads((DATA / "mirrored_int_9412-2025.json").read_text(encoding="utf-8"))


@pytest.fixture
def file() -> dict:
    """The saved file about Int 9412-2025, for a test to break."""
    return saved()


def refusal(data: object) -> str:
    with pytest.raises(UnexpectedAnswer) as caught:
        snapshot_of(data, read_at=READ_AT)
    return str(caught.value)


# --- paths


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("introduction/2026/0209.json", PrintNumber("nyc", "Int", 209, session=2026)),
        ("introduction/2017/1568.json", PrintNumber("nyc", "Int", 1568, session=2014)),
        ("resolution/2024/0120.json", PrintNumber("nyc", "Res", 120, session=2024)),
        ("introduction/2026/index.json", None),
        ("introduction/2026/0000.json", None),
        ("introduction/1990/0001.json", None),
        ("land_use/2026/0091.json", None),
        ("events/2026/0001.json", None),
        ("local_laws/2026/0063.json", None),
        ("a/introduction/2026/0209.json", None),
        ("introduction/2026/0209.json\n", None),
        ("README.md", None),
    ],
)
def test_which_paths_hold_bills_of_ours(path, number):
    assert number_of_path(path) == number


def test_a_number_may_lie_under_each_year_of_its_session():
    assert path_of(PrintNumber("nyc", "Int", 209, session=2024)) == (
        "introduction/2024/0209.json",
        "introduction/2025/0209.json",
    )
    assert path_of(PrintNumber("nyc", "Res", 7, "A", 2014, 2016)) == ("resolution/2016/0007.json",)
    assert len(path_of(PrintNumber("nyc", "Res", 7, session=2026))) == 4
    assert path_of(PrintNumber("nyc", "Res", 7)) == ()
    assert path_of(PrintNumber("nyc", "T", 7, session=2026)) == ()
    assert path_of(PrintNumber("ny", "S", 7, session=2025)) == ()


@given(
    st.sampled_from(["Int", "Res"]),
    st.integers(1, 99_999),
    st.sampled_from([1994, 2004, 2014, 2018, 2022, 2026]),
)
def test_every_path_of_a_number_leads_back_to_it(designator, number, session):
    wanted = PrintNumber("nyc", designator, number, session=session)
    assert {number_of_path(path) for path in path_of(wanted)} == {wanted}


@given(st.text(max_size=60))
def test_any_path_holds_a_bill_or_none(path):
    number = number_of_path(path)
    assert number is None or path in path_of(number)


# --- what has changed


def test_a_file_is_told_with_its_time_name_and_summary(file):
    assert touched_of(PATH, file) == Touched(
        NUMBER,
        datetime(2025, 8, 4, 20, 15, 9, 357000, tzinfo=UTC),
        "Lanterns on ferries.",
        f"{file['Title']}\n{file['Summary']}",
    )


def test_what_is_no_bill_of_ours_is_none_whatever_it_holds(file):
    assert touched_of("introduction/2025/index.json", [file]) is None
    assert touched_of("events/2025/1.json", None) is None
    assert touched_of("resolution/2025/9412.json", file) is None
    assert touched_of("resolution/2025/9412.json", file | {"TypeName": "Resolution"}) is None
    assert touched_of(PATH, file | {"File": "LU 0091-2026"}) is None


@pytest.mark.parametrize(
    "data", [None, [], 7, "file", {}, {"ID": "991412"}, {"ID": 1, "LastModified": "soon"}]
)
def test_data_that_is_no_matter_is_refused_where_a_bill_should_be(data):
    with pytest.raises(UnexpectedAnswer, match="another shape"):
        touched_of(PATH, data)


# --- what becomes of a file


def test_a_local_law_with_all_its_parts(file):
    snapshot = snapshot_of(file, read_at=READ_AT)
    assert (snapshot.number, snapshot.file_no, snapshot.read_at) == (NUMBER, "Int 9412-2025", READ_AT)
    assert (snapshot.introduced_on, snapshot.referred_to) == (date(2025, 3, 4), COMMITTEE)
    assert (snapshot.chapter, snapshot.active_amendment) == ("2025/902", "A")
    assert snapshot.prints == (PrintLine(""), PrintLine("A"))
    assert snapshot.sponsors == (
        SponsorLine("Ada Vennart", "prime", "council"),
        SponsorLine("Bo Ilesanmi", "co", "council"),
        SponsorLine("Public Advocate Cy Ørsted", "co", "council"),
    )
    assert snapshot.official_url.endswith("gateway.aspx?m=l&id=991412")
    standing = read_standing("nyc", 2024, "INT 9412", snapshot.actions, today=READ_AT.date())
    assert (standing.outcome, standing.law_since) == ("law_without_signature", date(2025, 7, 12))


def test_votes_stand_in_the_history(file):
    calls = snapshot_of(file, read_at=READ_AT).roll_calls
    assert [(call.committee, call.ayes, call.nays, call.others) for call in calls] == [
        (COMMITTEE, 2, 1, 0),
        ("", 2, 1, 4),
    ]
    assert calls[0] == RollCallLine(
        date(2025, 6, 12),
        "council",
        2,
        1,
        0,
        COMMITTEE,
        "A",
        1,
        (("aye", "Ada Vennart"), ("aye", "Bo Ilesanmi"), ("nay", "Dara Quist")),
    )


def test_sponsors_that_are_not_there_are_not_stated(file):
    assert snapshot_of(file | {"Sponsors": []}, read_at=READ_AT).sponsors is None
    del file["Sponsors"]
    assert snapshot_of(file, read_at=READ_AT).sponsors is None


def test_where_the_first_sponsor_has_no_name_nobody_is_called_prime(file):
    file["Sponsors"].insert(0, {"ID": 0, "Slug": "", "FullName": ""})
    kinds = [(line.name, line.kind) for line in snapshot_of(file, read_at=READ_AT).sponsors]
    assert kinds == [("Ada Vennart", "co"), ("Bo Ilesanmi", "co"), ("Public Advocate Cy Ørsted", "co")]


def test_parts_that_the_mirror_leaves_out_when_empty(file):
    file |= {"StatusName": "Introduced", "IntroDate": "0001-01-01T00:00:00Z"}
    for part in ("History", "Attachments", "LocalLaw", "Version"):
        del file[part]
    snapshot = snapshot_of(file, read_at=READ_AT)
    assert (snapshot.actions, snapshot.documents, snapshot.roll_calls) == ((), (), ())
    assert (snapshot.chapter, snapshot.introduced_on, snapshot.active_amendment) == (None, None, None)


def test_a_vote_that_failed_is_told_by_its_word_alone(file):
    vote = file["History"][4]
    del vote["PassedFlag"]
    vote["PassedFlagName"] = "Fail"
    assert snapshot_of(file, read_at=READ_AT).actions[4].result == "Fail"


def test_a_contradiction_is_refused_as_from_the_api(file):
    file["StatusName"] = "Vetoed"
    assert refusal(file) == (
        "The Council's record states the status Vetoed, but its own history amounts to ENACTED."
    )


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["File"], "LU 9412-2025", "no introduction or resolution"),
        (["TypeName"], "Resolution", "no introduction or resolution"),
        (["StatusName"], "In Orbit", "“In Orbit”"),
        (["IntroDate"], "soon", "IntroDate"),
        (["History"], {}, "History"),
        (["History", 0, "Date"], "2025-03-04T13:25:00+00:00", "Date"),
        (["History", 0, "Date"], "0001-01-01T00:00:00Z", "without a day"),
        (["History", 4, "PassedFlagName"], "Fail", "both passed and failed"),
        (["History", 4, "Votes", 0, "Vote"], "Hum", "“Hum”"),
        (["History", 4, "Votes", 0, "FullName"], 7, "FullName"),
        (["Sponsors", 0], "Ada Vennart", "Sponsors"),
        (["Attachments", 0, "Link"], ["https://"], "Link"),
    ],
)
def test_another_shape_or_meaning_is_refused_and_named(file, path, value, place):
    *parents, last = path
    spot = file
    for part in parents:
        spot = spot[part]
    spot[last] = value
    told = refusal(file)
    assert place in told
    assert len(told) < 400


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.sampled_from(sorted(saved())), JSON, st.sampled_from([None, *sorted(saved()["History"][4])]))
def test_any_value_anywhere_gives_a_snapshot_or_a_refusal(key, value, inner):
    file = saved()
    if inner:
        file["History"][4][inner] = value
    else:
        file[key] = value
    try:
        told = snapshot_of(file, read_at=READ_AT)
    except UnexpectedAnswer as error:
        told = str(error)
    assert told.endswith(".") if isinstance(told, str) else told.file_no


@given(JSON)
def test_any_json_is_refused_with_a_sentence(data):
    assert refusal(data).endswith(".")


# --- real files, where they are at hand

OUTCOMES = {
    "int_0205-2024": ("law_without_signature", "2025/097"),  # returned unsigned, after the 30 days
    "int_0209-2026": (None, None),
    "int_0214-2024": ("filed_end_of_session", None),
    "int_0261-2026": (None, None),
    "int_0396-2024": ("filed_end_of_session", None),
    "int_0515-2026": (None, None),
    "int_1221-2025": ("withdrawn", None),
    "int_1412-2025": ("veto_overridden", "2026/063"),
    "int_1451-2025": ("vetoed", None),
    "int_1568-2017": ("law_without_signature", "2017/228"),  # lapsed into law
    "res_0120-2024": ("filed_end_of_session", None),
}


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_each_real_file_gives_the_outcome_that_it_states(shared, name):
    file = json.loads((shared / f"samples/legistar/{name}.json").read_text(encoding="utf-8"))
    snapshot = snapshot_of(file, read_at=READ_AT)
    number = snapshot.number
    standing = read_standing(
        "nyc", number.session, number.base_print_no, snapshot.actions, today=READ_AT.date()
    )
    assert (standing.outcome, snapshot.chapter) == OUTCOMES[name]
    assert standing.law == (file["StatusName"] == "Enacted")
    assert snapshot.file_no == file["File"]
    assert [call.ayes + call.nays + call.others for call in snapshot.roll_calls] == [
        len(line["Votes"]) for line in file["History"] if line.get("Votes")
    ]
    assert len(snapshot.sponsors) == sum(1 for sponsor in file["Sponsors"] if sponsor["ID"])
    assert len(snapshot.documents) == len(file["Attachments"])
    folder = "introduction" if number.designator == "Int" else "resolution"
    touched = touched_of(f"{folder}/{file['File'][-4:]}/{file['File'][4:8]}.json", file)
    assert touched.number == number
    assert touched.processed_at.isoformat()[:19] == file["LastModified"][:19]


def test_the_real_veto_that_was_overridden_has_four_votes(shared):
    file = json.loads((shared / "samples/legistar/int_1412-2025.json").read_text(encoding="utf-8"))
    calls = snapshot_of(file, read_at=READ_AT).roll_calls
    assert [(call.date, bool(call.committee), call.ayes, call.nays, call.others) for call in calls] == [
        (date(2025, 12, 18), True, 6, 0, 1),
        (date(2025, 12, 18), False, 39, 9, 3),
        (date(2026, 1, 28), True, 5, 0, 0),
        (date(2026, 1, 29), False, 44, 7, 0),
    ]
