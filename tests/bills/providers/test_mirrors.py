"""Clones of the public mirrors as sources of bills, from invented repositories in their shape."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest

from bills.print_numbers import parse_print_no
from bills.providers import git_clone
from bills.providers.base import BillNotFound, SourceUnavailable, UnexpectedAnswer
from bills.providers.git_clone import Clone, CommitGone
from bills.providers.mirrors import LAYOUTS, Mirror, mirror_at
from tests.bills.providers.mirror_repository import (
    MADE_AT,
    change_some,
    commit,
    empty_repository,
    git,
    make_state_mirror,
    path_of,
    state_bill,
)
from tests.bills.providers.test_git_clone import gits_at_work

LATER = MADE_AT + timedelta(days=9)


def number(text: str, session: int = 2025):
    return parse_print_no(text, legislature="ny", session=session)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A clone of the State's mirror with twenty bills."""
    make_state_mirror(tmp_path / "ny.git", 20)
    return tmp_path / "ny.git"


@pytest.fixture
def mirror(folder) -> Mirror:
    return mirror_at(folder)


# --- which mirror it is


def test_the_states_mirror_is_known_by_its_folders(mirror):
    assert (mirror.code, mirror.legislatures) == ("ny_mirror", {"ny"})
    assert mirror.name == "the public mirror of Open Legislation"


def test_the_councils_mirror_is_known_by_its_folders(tmp_path):
    pytest.importorskip("bills.providers.mirrored_council")
    folder = empty_repository(tmp_path / "nyc.git")
    commit(folder, {"introduction/2024/0214.json": "{}", "people/someone.json": "{}"})
    assert (mirror_at(folder).code, mirror_at(folder).legislatures) == ("nyc_mirror", {"nyc"})


@pytest.mark.parametrize("paths", [["README.md"], ["bill/2025/S1.json"], ["bills/1", "introduction/1"]])
def test_a_clone_of_something_else_is_refused(tmp_path, paths):
    folder = empty_repository(tmp_path / "other.git")
    commit(folder, dict.fromkeys(paths, "{}"))
    with pytest.raises(SourceUnavailable, match=r"other\.git is none of a mirror that we know"):
        mirror_at(folder)


def test_a_folder_that_is_no_clone_is_refused(tmp_path):
    with pytest.raises(SourceUnavailable, match="no git repository"):
        mirror_at(tmp_path)


def test_codes_and_folders_are_each_mirrors_own():
    assert (
        len({layout.code for layout in LAYOUTS})
        == len({layout.folders[0] for layout in LAYOUTS})
        == len(LAYOUTS)
    )


# --- lists


def test_every_bill_is_listed_in_the_order_of_paths(mirror):
    entries = list(mirror.entries(None, mirror.head().hash))
    assert [entry.path for entry in entries] == sorted(path_of(place) for place in range(20))
    assert {entry.touched.number for entry in entries} == {
        number(f"{letter}{count}") for letter in "SA" for count in range(1, 11)
    }
    assert all(entry.touched.title.startswith("Relates to") and entry.touched.summary for entry in entries)
    assert {entry.fault for entry in entries} == {""}


def test_a_list_goes_on_behind_a_path(mirror):
    head = mirror.head().hash
    whole = [entry.path for entry in mirror.entries(None, head)]
    assert [entry.path for entry in mirror.entries(None, head, after=whole[6])] == whole[7:]
    assert list(mirror.entries(None, head, after=whole[-1])) == []


def test_only_what_changed_between_two_commits_is_listed(mirror, folder):
    first = mirror.head().hash
    last = change_some(folder, [3, 0, 12])
    told = [entry.path for entry in mirror.entries(first, last)]
    assert told == sorted(path_of(place) for place in (0, 3, 12))
    assert [entry.path for entry in mirror.entries(first, last, after=told[0])] == told[1:]
    assert list(mirror.entries(last, last)) == []


def test_a_bill_that_was_taken_away_is_not_listed(mirror, folder):
    first = mirror.head().hash
    last = commit(folder, {path_of(0): None})
    assert list(mirror.entries(first, last)) == []


def test_a_commit_that_is_gone_is_told(mirror, folder):
    with pytest.raises(CommitGone):
        next(mirror.entries("0" * 40, mirror.head().hash))


def test_files_of_other_kinds_are_left_out(mirror, folder):
    first = mirror.head().hash
    others = [
        "README.md",
        "bills/2025-index.json",
        "bills/2025/notes.txt",
        "last_sync.json",
        ".github/w.yaml",
        "x/é",
    ]
    last = commit(folder, dict.fromkeys(others, "{}"))
    assert list(mirror.entries(first, last)) == []


def test_files_that_cannot_be_read_are_told_and_do_not_stop_the_rest(mirror, folder, monkeypatch):
    monkeypatch.setattr(git_clone, "MOST_BYTES", 100_000)
    good = json.dumps(state_bill(0))
    bad = {
        "S501": (b"", "not readable as JSON"),
        "S502": (b"{\"PrintNo\": \"S502\",", "not readable as JSON"),
        "S503": ("{\"PrintNo\": \"Café\"}".encode("latin-1"), "not written in UTF-8"),
        "S504": (good.encode("utf-16"), "not written in UTF-8"),
        "S505": (b"[" * 90_000, "not readable as JSON"),
        "S506": (b"{\"PrintNo\": " + b"9" * 5_000 + b"}", "not readable as JSON"),
        "S507": (b" " * 100_001, "larger than"),
        "S508": (b"[]", "does not hold a bill"),
        "S509": (b"{}", "does not hold a bill"),
        "S512": (b"{\"PrintNo\": \"S512\", \"PrintNo\": \"S512\"}", "not readable as JSON"),
        "S513": (b"{\"PrintNo\": \"S513\", \"Session\": NaN}", "not readable as JSON"),
        "S510": (b"version https://git-lfs.example/spec/v1\noid sha256:00\n", "not readable as JSON"),
    }  # fmt: skip
    first = mirror.head().hash
    files = {f"bills/2025/{print_no}.json": content for print_no, (content, _) in bad.items()}
    last = commit(folder, {**files, "bills/2025/S500.json": good, "bills/2025/S511.json": "\ufeff" + good})
    told = {entry.path[11:15]: entry for entry in mirror.entries(first, last)}
    assert sorted(told) == sorted(["S500", *bad, "S511"])
    for print_no, (_, fault) in bad.items():
        assert fault in told[print_no].fault
        assert told[print_no].fault.startswith(f"bills/2025/{print_no}.json ")
        assert told[print_no].touched is None
        with pytest.raises(UnexpectedAnswer, match=fault):
            told[print_no].snapshot()
    assert (told["S500"].fault, told["S511"].fault) == ("", "")
    with pytest.raises(UnexpectedAnswer, match="holds another bill than its name says"):
        told["S500"].snapshot()


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("bills/2025/S2.json", "bills/2025/S1.json"),
        ("introduction/2025/0002.json", "introduction/2025/0001.json"),
    ],
    ids=["ny", "nyc"],
)
@pytest.mark.parametrize("content", ["[1,2]", '{"ID":0}', '{"PrintNo":[],"ID":[]}', "null", "7"])
def test_a_file_of_another_shape_does_not_stop_the_rest(tmp_path, good, bad, content):
    bill = {"PrintNo": "S2", "ID": 2, "File": "Int 0002-2025", "TypeName": "Introduction"}
    folder = empty_repository(tmp_path / "some.git")
    head = commit(folder, {bad: content, good: json.dumps(bill)})
    broken, whole = mirror_at(folder).entries(None, head)
    assert (broken.path, broken.touched, whole.path, whole.fault) == (bad, None, good, "")
    assert broken.fault
    with pytest.raises(UnexpectedAnswer):
        broken.snapshot()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.code)
def test_long_texts_of_a_list_are_cut(layout):
    data = {"PrintNo": "S1", "ID": 1, "File": "Int 0001-2025", "TypeName": "Introduction"}
    data |= {"Name": "n" * 90_000, "Title": "t" * 90_000, "Summary": "s" * 90_000}
    path = f"{layout.folders[0]}/2025/{'S1' if layout.code == 'ny_mirror' else '0001'}.json"
    touched = layout.translation().touched_of(path, data)
    assert (len(touched.title), len(touched.summary)) == (2_000, 10_000)


def test_a_file_of_more_than_two_megabytes_is_not_read(mirror, folder):
    first = mirror.head().hash
    last = commit(folder, {"bills/2025/S77.json": json.dumps({"PrintNo": "S77", "Title": "x" * 2 * 1024**2})})
    (entry,) = mirror.entries(first, last)
    assert entry.fault == "bills/2025/S77.json is larger than 2 MB."


def test_a_second_file_of_a_number_in_one_session_is_told(tmp_path):
    paths = [
        f"introduction/{year}/{number}.json" for year in (2023, 2024, 2025) for number in ("0214", "0215")
    ]
    files = {
        path: json.dumps({"ID": 1, "File": f"Int {path[18:22]}-{path[13:17]}", "TypeName": "Introduction"})
        for path in paths[:-1]
    }
    folder = empty_repository(tmp_path / "nyc.git")
    head = commit(folder, files)
    for after in ("", "introduction/2024/0215.json"):
        told = {entry.path: entry.fault for entry in mirror_at(folder).entries(None, head, after=after)}
        assert list(told) == [path for path in files if path > after]
        assert {path: fault for path, fault in told.items() if fault} == {
            "introduction/2025/0214.json": "introduction/2025/0214.json has the number of "
            "introduction/2024/0214.json, in the same session."
        }


def test_no_git_is_left_at_work_when_a_list_is_not_read_to_its_end(mirror):
    entries = mirror.entries(None, mirror.head().hash)
    assert len(list(islice(entries, 3))) == 3
    assert gits_at_work()
    entries.close()
    assert gits_at_work() == []


# --- bills


def test_a_snapshot_is_as_old_as_the_commit_that_was_read(mirror, folder):
    first = mirror.head().hash
    last = change_some(folder, [0], at=LATER)
    (entry,) = mirror.entries(first, last)
    assert entry.snapshot().read_at == LATER
    assert entry.snapshot().actions[-1].text == "COMMITTED TO RULES"
    old = next(entry for entry in mirror.entries(None, first) if entry.path == path_of(0))
    assert old.snapshot().read_at == MADE_AT


def test_every_made_bill_is_one_that_the_rules_read(mirror, folder):
    head = change_some(folder, range(0, 20, 3))
    snapshots = [entry.snapshot() for entry in mirror.entries(None, head)]
    assert len(snapshots) == 20
    assert [len(snapshot.roll_calls) for snapshot in snapshots if snapshot.roll_calls] == [1, 1]


def test_one_bill_is_read_from_the_newest_commit(mirror, folder):
    change_some(folder, [0], at=LATER)
    for wanted in ("S1", "S1B"):
        snapshot = mirror.fetch_bill(number(wanted))
        assert (snapshot.number, snapshot.read_at) == (number("S1"), LATER)
        assert snapshot.actions[-1].text == "COMMITTED TO RULES"


@pytest.mark.parametrize("place", ["bills", "resolutions"])
def test_a_resolution_is_found_in_either_folder(mirror, folder, place):
    lines = [{"Text": "ADOPTED", "Date": "2025-02-12", "Chamber": "SENATE"}]
    data = {"PrintNo": "J5", "Session": 2025, "Status": "ADOPTED", "Actions": lines}
    commit(folder, {f"{place}/2025/J5.json": json.dumps(data)})
    assert mirror.fetch_bill(number("J5")).number == number("J5")


@pytest.mark.parametrize(("text", "session"), [("S900", 2025), ("S1", 2023), ("J1", 2025)])
def test_a_bill_that_the_mirror_does_not_have(mirror, text, session):
    with pytest.raises(BillNotFound, match=f"mirror of Open Legislation has no bill {text} of {session}"):
        mirror.fetch_bill(number(text, session))


def test_a_bill_whose_file_is_broken_is_no_missing_bill(mirror, folder):
    commit(folder, {path_of(0): "{"})
    with pytest.raises(UnexpectedAnswer, match="not readable as JSON"):
        mirror.fetch_bill(number("S1"))


def test_bills_of_others_are_not_asked_for(mirror):
    for wanted in (parse_print_no("Int 214-2024"), parse_print_no("S1", legislature="ny")):
        with pytest.raises(ValueError, match="with their session"):
            mirror.fetch_bill(wanted)


# --- the whole way


def test_a_mirror_is_pulled_and_what_changed_is_read(folder, tmp_path):
    git(tmp_path, "clone", "--quiet", str(folder), str(tmp_path / "clone"))
    mirror = mirror_at(tmp_path / "clone")
    before = mirror.head()
    change_some(folder, [4], at=LATER)
    assert mirror.head() == before
    mirror.pull(60)
    (entry,) = mirror.entries(before.hash, mirror.head().hash)
    assert entry.snapshot().number == number("S3")
    assert entry.snapshot().read_at == LATER


def test_the_real_files_are_read_from_a_repository_of_them(shared, tmp_path):
    files = {}
    for path in sorted((shared / "samples/openlegislation/ny_legislation").glob("*.json")):
        data = json.loads(path.read_text())
        files[f"bills/{data['Session']}/{data['PrintNo']}.json"] = path.read_bytes()
    folder = empty_repository(tmp_path / "real.git")
    head = commit(folder, files)
    entries = list(Mirror(Clone(folder), LAYOUTS[0]).entries(None, head))
    assert [entry.path for entry in entries] == sorted(files)
    assert [entry.touched.title for entry in entries] == [
        json.loads(files[path]).get("Title", "") for path in sorted(files)
    ]
    assert [entry.snapshot().number for entry in entries] == [entry.touched.number for entry in entries]
