"""The State's mirror: an invented file in its shape (data/), the real ones (../shared), and broken ones."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies

from bills.print_numbers import parse_print_no
from bills.providers.base import RollCallLine, SourceError, SponsorLine, Touched, UnexpectedAnswer
from bills.providers.mirrored_new_york import number_of_path, path_of, snapshot_of, touched_of
from bills.stages import CODES, read_standing

DATA = Path(__file__).parent / "data"
READ_AT = datetime(2026, 8, 21, 3, 35, tzinfo=UTC)
LAW = json.loads((DATA / "mirror_A9872-2023.json").read_text())


def number(text: str, session: int):
    return parse_print_no(text, legislature="ny", session=session)


@pytest.fixture
def file() -> dict:
    """The file of A9872 of 2023, for a test to break."""
    return copy.deepcopy(LAW)


def refusal(data) -> str:
    with pytest.raises(UnexpectedAnswer) as caught:
        snapshot_of(data, read_at=READ_AT)
    return str(caught.value)


# --- paths


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("bills/2021/S3076.json", number("S3076", 2021)),
        ("bills/2025/A10512.json", number("A10512", 2025)),
        ("bills/2021/J100.json", number("J100", 2021)),
        ("resolutions/2019/E25.json", number("E25", 2019)),
        ("bills/2019-index.json", None),
        ("bills/2022/S3076.json", None),
        ("bills/2021/S3076A.json", None),
        ("bills/2021/S03076.json", None),
        ("bills/2021/S100000.json", None),
        ("bills/2021/Z1.json", None),
        ("bills/2021/S3076.json.json", None),
        ("bills/2021/S3076.json\n", None),
        ("old/bills/2021/S3076.json", None),
        ("README.md", None),
        ("last_sync.json", None),
        (".github/workflows/update.yaml", None),
        ("", None),
    ],
)
def test_a_path_tells_its_bill_or_none(path, told):
    assert number_of_path(path) == told


@pytest.mark.parametrize("text", ["S3076", "A1", "J100", "E25", "B99999"])
def test_a_bill_is_looked_for_where_a_path_of_it_would_be(text):
    wanted = number(text, 2021)
    assert {number_of_path(path) for path in path_of(wanted)} == {wanted}


def test_resolutions_lie_in_a_folder_of_their_own_or_among_the_bills():
    assert path_of(number("J100", 2021)) == ("resolutions/2021/J100.json", "bills/2021/J100.json")
    assert path_of(number("S100", 2021)) == ("bills/2021/S100.json",)


# --- lists


def test_a_list_tells_number_title_and_summary(file):
    assert touched_of("bills/2023/A9872.json", file) == Touched(
        number("A9872", 2023),
        title="Relates to lamps in the halls of consulates",
        summary="Requires lamps in the halls of consulates; provides for oil.",
    )


def test_a_bill_without_title_and_summary_is_listed_all_the_same():
    told = touched_of("bills/2023/A9872.json", {"PrintNo": "A9872", "Title": None, "Summary": 4})
    assert told == Touched(number("A9872", 2023))


@pytest.mark.parametrize("data", [None, [], "bill", 3, {}, {"PrintNo": 9872}, {"File": "Int 1568-2017"}])
def test_what_is_no_bill_is_not_listed(data):
    assert touched_of("bills/2023/A9872.json", data) is None
    assert touched_of("README.md", {"PrintNo": "A9872"}) is None


# --- what becomes of a good file


def test_a_law_is_told_in_our_own_words(file):
    snapshot = snapshot_of(file, read_at=READ_AT)
    assert snapshot.number == number("A9872", 2023)
    assert snapshot.title == "Relates to lamps in the halls of consulates"
    assert snapshot.official_summary == "Requires lamps in the halls of consulates; provides for oil."
    assert snapshot.act_clause.endswith("in relation to consulates and their halls")
    assert snapshot.law_section == "Lantern Law"
    assert snapshot.active_amendment == "B"
    assert snapshot.same_as == (number("S9873", 2023),)
    assert snapshot.earlier == (number("S7751", 2019), number("A8861", 2021))
    assert snapshot.official_url == "https://www.nysenate.gov/legislation/bills/2023/A9872"
    assert snapshot.source_url.endswith("/ny_legislation/blob/HEAD/bills/2023/A9872.json")
    standing = read_standing("ny", 2023, "A9872", snapshot.actions, today=date(2026, 1, 1))
    assert (standing.outcome, standing.chapter, standing.law_since) == ("signed", "901", date(2023, 7, 19))


def test_the_time_of_reading_is_the_one_that_was_given(file):
    assert snapshot_of(file, read_at=READ_AT).read_at == READ_AT


def test_actions_keep_the_places_that_the_senate_numbers_them_by(file):
    file["Actions"].insert(1, {"Date": "2023-01-11", "Chamber": "ASSEMBLY"})
    actions = snapshot_of(file, read_at=READ_AT).actions
    assert [line.sequence for line in actions] == [1, *range(3, 19)]
    assert actions[0].chamber == "assembly"
    assert actions[10].chamber == "senate"


def test_the_first_sponsor_is_prime_and_the_others_are_co_sponsors(file):
    file["Sponsors"].append(dict(file["Sponsors"][1]))
    file["Sponsors"].append({"ID": 9054, "Name": "", "Short": "ZELL"})
    assert snapshot_of(file, read_at=READ_AT).sponsors == (
        SponsorLine("Fay Obuya-Lind", "prime", "assembly"),
        SponsorLine("Gil Santoro", "co", "assembly"),
        SponsorLine("Hal Wu", "co", "assembly"),
        SponsorLine("ZELL", "co", "assembly"),
    )


def test_votes_of_the_senate_are_kept_with_their_members_and_those_of_the_assembly_left_out(file):
    assert snapshot_of(file, read_at=READ_AT).roll_calls == (
        RollCallLine(
            date(2023, 5, 22),
            "senate",
            ayes=2,
            nays=1,
            committee="Rules",
            amendment="B",
            votes=(("aye", "Ada Vennart"), ("aye", "Bo Ilesanmi"), ("nay", "Cy Ørsted-Blåbær")),
        ),
        RollCallLine(
            date(2023, 5, 22),
            "senate",
            ayes=1,
            nays=2,
            others=2,
            amendment="B",
            votes=(
                ("aye", "Ada Vennart"),
                ("nay", "Bo Ilesanmi"),
                ("nay", "Cy Ørsted-Blåbær"),
                ("excused", "QUILL"),
                ("absent", "Eli Roon"),
            ),
        ),
    )


def test_two_votes_of_one_body_on_one_day_are_told_apart(file):
    file["Votes"].insert(0, copy.deepcopy(file["Votes"][1]))
    calls = snapshot_of(file, read_at=READ_AT).roll_calls
    assert [(call.committee, call.sequence) for call in calls] == [("", 1), ("Rules", 1), ("", 2)]


def test_an_aye_with_reservations_and_an_abstention_are_known_words(file):
    votes = file["Votes"][0]["Votes"]
    votes[0]["Vote"], votes[1]["Vote"] = "Aye with Reservations", "Abstained"
    call = snapshot_of(file, read_at=READ_AT).roll_calls[0]
    assert (call.ayes, call.nays, call.others) == (1, 1, 1)
    assert [code for code, _ in call.votes] == ["aye_with_reservations", "abstained", "nay"]


def test_what_the_file_leaves_out_is_not_stated(file):
    for key in (
        "Votes",
        "Sponsors",
        "SameAsPrintNo",
        "PreviousVersions",
        "Title",
        "Summary",
        "ActClause",
        "LawSection",
    ):
        del file[key]
    snapshot = snapshot_of(file, read_at=READ_AT)
    assert {
        snapshot.roll_calls, snapshot.sponsors, snapshot.same_as, snapshot.earlier, snapshot.title,
        snapshot.official_summary, snapshot.act_clause, snapshot.law_section, snapshot.prints, snapshot.introduced_on,
    } == {None}  # fmt: skip


def test_the_original_print_is_in_force_where_no_letter_is_given(file):
    del file["Version"]
    assert snapshot_of(file, read_at=READ_AT).active_amendment == ""


def test_same_as_may_be_a_list_and_may_name_prints(file):
    file["SameAsPrintNo"] = ["S9873B-2023", "A9872-2023", "S9874-2023"]
    assert snapshot_of(file, read_at=READ_AT).same_as == (number("S9873", 2023), number("S9874", 2023))


def test_a_substituted_bill_is_read_from_its_actions(file):
    file.update(
        PrintNo="S9873", Chamber="SENATE", Status="SENATE_FLOOR", Votes=[], SameAsPrintNo="A9872-2023"
    )
    file["Actions"] = [
        {"Text": "REFERRED TO LANTERNS", "Date": "2023-01-10", "Chamber": "SENATE"},
        {"Text": "ORDERED TO THIRD READING CAL.1201", "Date": "2023-05-20", "Chamber": "SENATE"},
        {"Text": "SUBSTITUTED BY A9872B", "Date": "2023-05-22", "Chamber": "SENATE"},
    ]
    for stated in ("SENATE_FLOOR", "SUBSTITUTED"):
        file["Status"] = stated
        actions = snapshot_of(file, read_at=READ_AT).actions
        assert read_standing("ny", 2023, "S9873", actions, today=date(2024, 1, 1)).via_base == "A9872"


def test_a_resolution_that_was_adopted():
    snapshot = snapshot_of(
        {
            "PrintNo": "J9875",
            "Session": 2025,
            "Resolution": True,
            "Status": "ADOPTED",
            "Actions": [
                {"Text": "REFERRED TO FINANCE", "Date": "2025-02-07", "Chamber": "SENATE"},
                {"Text": "ADOPTED", "Date": "2025-02-12", "Chamber": "SENATE"},
            ],
        },
        read_at=READ_AT,
    )
    assert snapshot.number == number("J9875", 2025)
    assert snapshot.source_url.endswith("/resolutions/2025/J9875.json")


def test_a_line_dated_ahead_counts_as_it_does_for_the_service(file):
    file["Actions"][-1]["Date"] = "2026-09-07"
    assert snapshot_of(file, read_at=READ_AT).actions[-1].date == date(2026, 9, 7)


# --- files that must not be stored


@pytest.mark.parametrize("blank", [None, ""])
def test_a_blank_record_is_refused(file, blank):
    file["Status"] = blank
    assert "blank record" in refusal(file)
    del file["Status"]
    assert "blank record" in refusal(file)


def test_an_unknown_status_is_refused(file):
    file["Status"] = "IN_ORBIT"
    assert "“IN_ORBIT”" in refusal(file)


@pytest.mark.parametrize("stated", sorted(CODES["ny"] - {"SIGNED_BY_GOV"}))
def test_a_status_that_its_own_actions_do_not_bear_out_is_refused(file, stated):
    file["Status"] = stated
    assert f"states the status {stated}, but its own actions amount to SIGNED_BY_GOV" in refusal(file)


def test_a_file_that_lost_its_actions_is_refused(file):
    del file["Actions"]
    assert "its own actions amount to INTRODUCED" in refusal(file)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["PrintNo"], 9872, "PrintNo"),
        (["PrintNo"], "LAMP", "cannot read"),
        (["Session"], "2023", "Session"),
        (["Session"], 10**40, "cannot read"),
        (["Version"], "AB", "Version"),
        (["Status"], 7, "Status"),
        (["Title"], ["Relates"], "Title"),
        (["Actions"], {}, "Actions"),
        (["Actions", 0, "Date"], "01/10/23", "Date"),
        (["Actions", 0, "Date"], "2023-02-30", "Date"),
        (["Actions", 0, "Date"], "1969-12-31", "could not read"),
        (["Actions", 0, "Date"], "1000-01-01", "long before its session"),
        (["Actions", 0, "Date"], None, "Date"),
        (["Actions", 0, "Chamber"], "COUNCIL", "Chamber"),
        (["Actions", 0, "Text"], 5, "Text"),
        (["Sponsors", 0, "Name"], 5, "Name"),
        (["SameAsPrintNo"], "?", "cannot read"),
        (["SameAsPrintNo"], "S9873", "without its session"),
        (["PreviousVersions", 0], 7, "PreviousVersions"),
        (["PreviousVersions", 0], "S7751-1066", "cannot read"),
        (["Votes"], "many", "Votes"),
        (["Votes", 0], 7, "Votes"),
        (["Votes", 0, "VoteType"], "SHOUT", "VoteType"),
        (["Votes", 0, "Date"], "1969-12-31", "could not read"),
        (["Votes", 0, "Chamber"], "HOUSE", "Chamber"),
        (["Votes", 0, "Committee"], "", "which committee"),
        (["Votes", 1, "Committee"], "Rules", "which committee"),
        (["Votes", 0, "Votes", 0, "Vote"], "Hum", "“Hum”"),
        (["Votes", 0, "Votes", 0, "Vote"], None, "Vote"),
    ],
)
def test_another_shape_is_refused_and_named(file, path, value, place):
    *parents, last = path
    spot = file
    for part in parents:
        spot = spot[part]
    spot[last] = value
    told = refusal(file)
    assert place in told
    assert len(told) < 400


@pytest.mark.parametrize("data", [[], 7, None, "bill"])
def test_json_that_is_no_object_is_refused(data):
    assert "another shape" in refusal(data)


JSON = strategies.recursive(
    strategies.none()
    | strategies.booleans()
    | strategies.integers()
    | strategies.floats()
    | strategies.text(),
    lambda inner: (
        strategies.lists(inner, max_size=3) | strategies.dictionaries(strategies.text(), inner, max_size=3)
    ),
    max_leaves=8,
)
PLACES = [(key,) for key in LAW] + [
    (many, 0, key) for many in ("Actions", "Votes", "Sponsors") for key in LAW[many][0]
] + [("Votes", 0, "Votes", 0, key) for key in ("Name", "Short", "Vote")]  # fmt: skip


@given(JSON)
def test_any_json_that_is_no_bill_is_a_source_error(data):
    with pytest.raises(SourceError):
        snapshot_of(data, read_at=READ_AT)
    assert touched_of("bills/2023/A9872.json", data) is None or isinstance(data, dict)


@given(
    strategies.sampled_from(PLACES), JSON | strategies.text() | strategies.from_regex(r"[SAJ]\d{1,6}-\d{4}")
)
def test_any_value_in_any_place_is_a_snapshot_or_a_source_error(place, value):
    data = copy.deepcopy(LAW)
    *parents, last = place
    spot = data
    for part in parents:
        spot = spot[part]
    spot[last] = value
    with suppress(SourceError):
        assert snapshot_of(data, read_at=READ_AT).number.legislature == "ny"


@given(strategies.text() | strategies.from_regex(r"bills/\d{4}/[A-Z]\d{1,6}\.json"))
def test_any_path_tells_a_bill_or_none(path):
    told = number_of_path(path)
    assert told is None or path in path_of(told)


# --- the real ones


def test_each_real_file_gives_the_status_and_milestones_that_it_states(shared):
    """Some of them lost votes, sponsors or their last keys by hand, none its actions."""
    files = sorted((shared / "samples/openlegislation/ny_legislation").glob("*.json"))
    assert len(files) >= 7
    for path in files:
        data = json.loads(path.read_text())
        snapshot = snapshot_of(data, read_at=READ_AT)
        print_no = snapshot.number.base_print_no
        assert path.name.startswith(f"{print_no}-{snapshot.number.session}")
        standing = read_standing("ny", data["Session"], print_no, snapshot.actions, today=READ_AT.date())
        assert standing.status == data["Status"], path.name
        assert [(stage.code, str(stage.date), stage.committee or None) for stage in standing.stages] == [
            (each["Type"], each["Date"], each.get("Committee")) for each in data["Milestones"]
        ], path.name
        assert (standing.committee or None) == data.get("Committee"), path.name
        assert standing.active_amendment == data.get("Version", ""), path.name
        assert len(snapshot.sponsors or ()) == len(data.get("Sponsors", ())), path.name


def dated(day: str) -> dict:
    lines = [
        {"Text": "REFERRED TO LAMPS", "Date": "2025-01-08", "Chamber": "SENATE"},
        {"Text": "REFERRED TO LAMPS", "Date": day, "Chamber": "SENATE"},
    ]
    return {"PrintNo": "S1", "Session": 2025, "Status": "IN_SENATE_COMM", "Actions": lines}


@pytest.mark.parametrize("day", ["2052-12-12", "2026-10-21", "2022-12-31", "1925-01-08"])
def test_a_line_of_a_mistyped_year_is_refused(day):
    with pytest.raises(UnexpectedAnswer, match=day):
        snapshot_of(dated(day), read_at=READ_AT)


@pytest.mark.parametrize("day", ["2026-10-20", "2026-08-21", "2024-12-04", "2023-01-01"])
def test_a_line_of_a_day_ahead_or_of_the_december_before_is_taken(day):
    assert len(snapshot_of(dated(day), read_at=READ_AT).actions) == 2
