"""Records on disk, read as any other source is."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from bills.print_numbers import parse_print_no
from bills.providers.base import BillNotFound, PrintLine, SourceUnavailable, SponsorLine, UnexpectedAnswer
from bills.providers.records import Records, read_votes, snapshot_of
from bills.record_files import BillRecord, read_record_files

S4075 = parse_print_no("S4075", legislature="ny", session=2017)
LEAST = {"legislature": "ny", "session": 2017, "print_no": "S4075"}


def record(**stated) -> BillRecord:
    return BillRecord.model_validate(LEAST | stated)


@pytest.fixture
def folder(tmp_path):
    def write(name: str, *entries: dict, written_at: datetime | None = None) -> Path:
        file = tmp_path / name
        file.write_text(json.dumps(entries))
        if written_at:
            os.utime(file, (written_at.timestamp(),) * 2)
        return tmp_path

    return write


BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def changed(source: Records, legislature: str, since: datetime, until: datetime) -> list[tuple[str, int]]:
    return numbers(one.number for one in source.changed_since(legislature, since, until))


def numbers(snapshot_numbers) -> list[tuple[str, int]]:
    return [(number.base_print_no, number.session) for number in snapshot_numbers]


# --- a record as a snapshot


def test_a_record_that_gives_only_its_number_states_nothing():
    snapshot = snapshot_of(record())
    assert snapshot.number == S4075
    stated = {name for name in snapshot.__slots__ if getattr(snapshot, name) is not None}
    assert stated == {"number", "actions_are_complete"}


def test_a_record_in_the_words_of_every_provider():
    snapshot = snapshot_of(
        record(
            title_or_summary="Relates to an example",
            sponsor="SERRANO",
            cosponsors=["RIVERA"],
            multisponsors=["ADAMS"],
            same_as=["A.4881-A"],
            amendments=["A", "B"],
            active_amendment="A",
            actions=[{"date": "2017-02-02", "chamber": "senate", "text": "REFERRED TO CODES"}],
            chapter="chap.37",
            committee="Codes",
            issues=["Courts"],
            lineage="example-act",
            lineage_name="Example Act",
            official_url="https://example.org/official",
            source_urls=["https://example.org/first", "https://example.org/second"],
            as_of="2018-01-05",
        )
    )
    assert snapshot.title == "Relates to an example"
    assert snapshot.sponsors == (
        SponsorLine("SERRANO", "prime"), SponsorLine("RIVERA", "co"), SponsorLine("ADAMS", "multi"),
    )  # fmt: skip
    assert numbers(snapshot.same_as) == [("A4881", 2017)]
    assert snapshot.prints == (PrintLine(""), PrintLine("A"), PrintLine("B"))
    assert [line.text for line in snapshot.actions] == ["REFERRED TO CODES"]
    assert (snapshot.chapter, snapshot.referred_to, snapshot.issues) == ("chap.37", "Codes", ("Courts",))
    assert (snapshot.proposal_slug, snapshot.proposal_name) == ("example-act", "Example Act")
    assert (snapshot.official_url, snapshot.source_url) == (
        "https://example.org/official", "https://example.org/first",
    )  # fmt: skip
    assert snapshot.read_at == datetime(2018, 1, 5, 5, tzinfo=UTC)


def test_an_empty_list_is_stated_and_a_missing_one_is_not():
    assert snapshot_of(record(same_as=[], cosponsors=[])).same_as == ()
    assert snapshot_of(record(same_as=[], cosponsors=[])).sponsors == ()
    assert snapshot_of(record()).same_as is None
    assert snapshot_of(record()).sponsors is None


def test_other_versions_are_earlier_or_later_by_their_session():
    snapshot = snapshot_of(
        record(
            versions_in_other_sessions=[
                {"session": 2015, "print_no": "S1"},
                {"session": 2019, "print_no": "S2"},
            ],
            later_versions_by_backlink=[{"session": 2021, "print_no": "S3"}],
        )
    )
    assert numbers(snapshot.earlier) == [("S1", 2015)]
    assert numbers(snapshot.later) == [("S2", 2019), ("S3", 2021)]


def test_versions_within_one_session_are_what_their_list_says():
    council = {"legislature": "nyc", "session": 2010, "print_no": "INT 0003"}
    snapshot = snapshot_of(
        BillRecord.model_validate(
            council
            | {
                "versions_in_other_sessions": [{"session": 2010, "print_no": "INT 0001"}],
                "later_versions_by_backlink": [{"session": 2010, "print_no": "INT 0023"}],
            }
        )
    )
    assert numbers(snapshot.earlier) == [("INT 0001", 2010)]
    assert numbers(snapshot.later) == [("INT 0023", 2010)]


@pytest.mark.parametrize(
    "stated",
    [{"same_as": ["no number"]}, {"versions_in_other_sessions": [{"session": 2015, "print_no": ""}]}],
)
def test_a_related_number_that_is_none_is_told_with_the_bill_that_names_it(stated):
    with pytest.raises(UnexpectedAnswer, match=r"S4075 \(2017\) names a related bill"):
        snapshot_of(record(**stated))


def test_a_record_known_to_lack_lines_says_so():
    assert not snapshot_of(record(actions_complete=False)).actions_are_complete
    assert snapshot_of(record(actions_complete=True)).actions_are_complete


# --- votes


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("", []),
        ("Senate floor 2019-06-17 (B): 33 aye, 29 nay", [("2019-06-17", "senate", "", "B", 33, 29, 0)]),
        (
            "Senate floor 2021-03-04: 60 aye, 3 excused; Assembly floor 2021-06-01 (A): 100 ayes, 49 nays",
            [("2021-03-04", "senate", "", "", 60, 0, 3), ("2021-06-01", "assembly", "", "A", 100, 49, 0)],
        ),
        (
            "Senate Rules committee 2014-06-18: 19 aye, 0 nay, 5 aye with reservations",
            [("2014-06-18", "senate", "Senate Rules committee", "", 24, 0, 0)],
        ),
        ("House 2025-01-22 263-156 (as reported)", [("2025-01-22", "house", "", "", 263, 156, 0)]),
        ("Senate 64-35", []),
        ("Senate floor 2019-02-31: 33 aye", []),
        ("City Council 2023-12-20: 47 ?, 3 Absent", []),
        (
            "Senate 2014-03-17: 30 ayes, 29 nays, 1 absent; 32 needed",
            [("2014-03-17", "senate", "", "", 30, 29, 1)],
        ),
        ("one two three", []),
    ],
)
def test_votes_of_a_records_text(text, calls):
    read = read_votes(text, S4075)
    assert [
        (str(c.date), c.chamber, c.committee, c.amendment, c.ayes, c.nays, c.others) for c in read
    ] == calls


def test_a_vote_of_a_council_committee():
    number = parse_print_no("Int 0486", legislature="nyc", session=2014)
    (call,) = read_votes(
        "Committee on Immigration 2014-10-20: 4 Affirmative, 1 Negative, 1 Absent, 1 Maternity", number
    )
    assert (call.chamber, call.committee, call.ayes, call.nays, call.others) == (
        "council", "Committee on Immigration", 4, 1, 2,
    )  # fmt: skip


@given(st.text(max_size=400) | st.text("Senate 2019-06-17():;,aye 0123456789", max_size=400))
def test_any_text_of_votes_is_read_without_a_fault(text):
    for call in read_votes(text, S4075):
        assert min(call.ayes, call.nays, call.others) >= 0


# --- a folder as a source


def test_a_bill_is_fetched_from_whichever_file_holds_it(folder):
    folder("a.json", LEAST | {"print_no": "S1"})
    path = folder("b.json", LEAST | {"title_or_summary": "Found"})
    assert Records(path).fetch_bill(S4075).title == "Found"


def test_a_bill_that_no_file_holds_is_not_found(folder):
    with pytest.raises(BillNotFound, match="S4075"):
        Records(folder("a.json", LEAST | {"print_no": "S1"})).fetch_bill(S4075)


def test_a_folder_that_is_not_there_is_no_missing_bill(tmp_path):
    with pytest.raises(SourceUnavailable, match="nowhere"):
        Records(tmp_path / "nowhere").fetch_bill(S4075)


def test_a_broken_entry_or_file_hides_no_other(folder):
    path = folder("a.json", {"legislature": "ny"}, LEAST | {"title_or_summary": "Found"})
    (path / "b.json").write_text("{not json")
    assert Records(path).fetch_bill(S4075).title == "Found"


def test_of_two_records_the_one_that_was_read_later_is_the_bill(folder):
    folder("a.json", LEAST | {"title_or_summary": "New", "as_of": "2018-02-01"})
    folder("b.json", LEAST | {"title_or_summary": "Undated"})
    path = folder("c.json", LEAST | {"title_or_summary": "Old", "as_of": "2018-01-01"})
    assert Records(path).fetch_bill(S4075).title == "New"


def test_what_has_changed_are_the_bills_of_files_written_since_then(folder):
    day = datetime(2018, 1, 5, tzinfo=UTC)
    folder("late.json", LEAST | {"print_no": "S3"}, written_at=day.replace(day=9))
    folder("early.json", LEAST | {"print_no": "S1"}, written_at=day.replace(day=1))
    folder(
        "middle.json",
        LEAST | {"print_no": "S2"},
        LEAST | {"print_no": "A2", "session": 2019},
        written_at=day.replace(day=7),
    )
    source = Records(folder("other.json"))
    assert changed(source, "ny", BEGINNING, day.replace(day=8)) == [("S1", 2017), ("A2", 2019), ("S2", 2017)]
    assert changed(source, "ny", day, day.replace(day=9)) == [("A2", 2019), ("S2", 2017), ("S3", 2017)]
    assert changed(source, "nyc", BEGINNING, day.replace(day=9)) == []
    last = list(source.changed_since("ny", day, day.replace(day=9)))[-1]
    assert last.processed_at == day.replace(day=9)


def test_the_shipped_folder_is_a_source():
    source = Records(settings.RECORDS_FOLDER)
    found = [
        one
        for code in ("ny", "nyc", "us")
        for one in source.changed_since(code, BEGINNING, datetime.now(UTC))
    ]
    assert len(found) > 100
    for one in found:
        assert source.fetch_bill(one.number).number == one.number


def test_the_real_records_become_snapshots(shared):
    entries = list(read_record_files(shared / "samples" / "bills" / "bills.json"))
    assert len(entries) > 700
    snapshots = [snapshot_of(entry) for entry in entries]
    votes = [call for snapshot in snapshots for call in snapshot.roll_calls or ()]
    assert len(votes) > 100
    assert all(date(2009, 1, 1) <= call.date for call in votes)
