"""Record files: what is read, what is refused, and that a fault never hides the rest."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bills import record_files
from bills.record_files import BillRecord, RecordFault, read_record_files

LEAST = {"legislature": "ny", "session": 2021, "print_no": "S99001"}


@pytest.fixture
def written(tmp_path):
    """Write a file of the folder, as JSON unless it is text or bytes already, and give its path."""

    def write(content, name="bills.json"):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_three_keys_are_enough(written):
    (record,) = read_record_files(written([LEAST]))
    assert (record.legislature, record.session, record.print_no) == ("ny", 2021, "S99001")
    assert (record.actions, record.cosponsors, record.title_or_summary, record.chapter) == ((), (), "", "")


def test_one_bill_needs_no_list(written):
    (record,) = read_record_files(written(LEAST))
    assert record.number.slug == "s99001"


def test_everything_known_is_kept_and_the_unknown_ignored(written):
    entry = {
        **LEAST,
        "title_or_summary": "  Relates to gardens ",
        "cosponsors": ["DOE", "ROE"],
        "same_as": None,
        "versions_in_other_sessions": [{"session": 2019, "print_no": "S88001"}],
        "actions": [{"date": "2021-01-06", "chamber": "senate", "text": "REFERRED TO CODES", "hue": "green"}],
        "milestones": [{"type": "SIGNED_BY_GOV"}],
        "favourite_colour": "green",
    }
    (record,) = read_record_files(written([entry]))
    assert (record.title_or_summary, record.cosponsors, record.same_as) == (
        "Relates to gardens",
        ("DOE", "ROE"),
        (),
    )
    assert record.versions_in_other_sessions[0].session == 2019
    (line,) = record.action_lines
    assert (line.date, line.chamber, line.text, line.body) == (
        date(2021, 1, 6),
        "senate",
        "REFERRED TO CODES",
        "",
    )
    assert not hasattr(record, "favourite_colour")


@pytest.mark.parametrize(
    ("given", "session", "print_no"),
    [
        ({"print_no": "s.99001-A"}, 2021, "S99001"),
        ({"session": 2022}, 2021, "S99001"),
        ({"legislature": "nyc", "session": 2024, "print_no": "Int 486"}, 2024, "INT 0486"),
        ({"legislature": "us", "session": 117, "print_no": "H.R. 6"}, 117, "HR6"),
    ],
)
def test_numbers_come_out_in_key_form(written, given, session, print_no):
    (record,) = read_record_files(written([{**LEAST, **given}]))
    assert (record.session, record.print_no) == (session, print_no)


def test_a_record_cannot_be_changed(written):
    (record,) = read_record_files(written([LEAST]))
    with pytest.raises(ValueError, match="frozen"):
        record.chapter = "37"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"session": 2021, "print_no": "S1"}, "legislature: Field required."),
        ({**LEAST, "legislature": "nj"}, "is no legislature"),
        ({**LEAST, "session": "soon"}, "session: Input should be a valid integer"),
        ({**LEAST, "session": 1492}, "has no session in 1492"),
        ({**LEAST, "print_no": "banana"}, "banana"),
        ({**LEAST, "print_no": ""}, ""),
        ({**LEAST, "actions": [{"chamber": "senate", "text": "LOST"}]}, "actions.1.date: Field required."),
        ({**LEAST, "actions": [{"date": "yesterday"}]}, "actions.1.date: Input should be a valid date"),
        ({**LEAST, "actions": "none"}, "actions: Input should be"),
        ({**LEAST, "cosponsors": [{"name": "DOE"}]}, "cosponsors.1: Input should be a valid string."),
        ("S99001", "Input should be a valid dictionary"),
        (None, "Input should be a valid dictionary"),
    ],
)
def test_a_bad_entry_is_named_and_the_others_are_read(written, entry, message):
    path = written([LEAST, entry, {**LEAST, "print_no": "S99002"}])
    first, fault, third = read_record_files(path)
    assert (first.print_no, third.print_no) == ("S99001", "S99002")
    assert isinstance(fault, RecordFault)
    assert str(fault).startswith(f"{path}: entry 2")
    assert message in str(fault)
    assert "\n" not in str(fault)


def test_the_fault_names_the_bill_where_the_entry_does(written):
    (fault,) = read_record_files(written([{**LEAST, "actions": 7}]))
    assert "entry 1 (ny 2021 S99001): actions:" in str(fault)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is not JSON: Expecting value: line 1 column 1"),
        ("[{", "is not JSON:"),
        ("[" * 100_000, "is not JSON:"),
        ("7", "holds neither a bill nor a list of bills."),
        ('"S1"', "holds neither a bill nor a list of bills."),
        (b"\xff\xfe\x00", "is not UTF-8 text (byte 0)."),
    ],
)
def test_a_file_that_is_none_is_one_fault(written, content, message):
    path = written(content)
    (fault,) = read_record_files(path)
    assert str(fault).startswith(f"{path}: {message}")


def test_a_missing_file_is_one_fault(tmp_path):
    (fault,) = read_record_files(tmp_path / "none.json")
    assert str(fault).endswith("none.json: cannot be read: No such file or directory.")


def test_a_file_too_large_is_not_opened(written, monkeypatch):
    monkeypatch.setattr(record_files, "LARGEST_FILE", 10)
    (fault,) = read_record_files(written([LEAST]))
    assert "is larger than" in str(fault)


def test_a_folder_is_its_json_files_by_name_and_a_bad_one_hides_none(written, tmp_path):
    written([{**LEAST, "print_no": "S3"}], "c.json")
    written("{", "b.json")
    written({**LEAST, "print_no": "S1"}, "a.json")
    written("not a record", "notes.txt")
    (tmp_path / "folder.json").mkdir()
    first, fault, third = read_record_files(tmp_path)
    assert (first.print_no, third.print_no) == ("S1", "S3")
    assert "b.json: is not JSON" in str(fault)


def test_an_empty_folder_is_a_fault(tmp_path):
    (fault,) = read_record_files(tmp_path)
    assert "no .json file" in str(fault)


def test_a_byte_order_mark_is_allowed(written):
    (record,) = read_record_files(written(b"\xef\xbb\xbf" + json.dumps([LEAST]).encode()))
    assert record.print_no == "S99001"


def test_what_cannot_be_stored_is_taken_out_and_the_rest_of_the_text_stays(written):
    text = "\u202eA\x00B\ud800 \x1b[31mشرح\nC"
    (record,) = read_record_files(written([{**LEAST, "title_or_summary": text}]))
    assert record.title_or_summary == "\u202eAB [31mشرح\nC"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from([*BillRecord.model_fields])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(content=st.one_of(JSON, st.lists(st.dictionaries(KEYS, JSON, max_size=5), max_size=3)))
def test_any_json_gives_records_or_faults(written, content):
    for found in read_record_files(written(content)):
        assert isinstance(found, BillRecord | RecordFault)
        assert str(found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(content=st.binary(max_size=60))
def test_any_bytes_give_records_or_faults(written, content):
    for found in read_record_files(written(content)):
        assert isinstance(found, BillRecord | RecordFault)
