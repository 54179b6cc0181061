"""The readers of bill numbers, over the real source material where it is on this machine."""

import csv
import json
from datetime import date

import pytest

from bills.print_numbers import find_drafting_numbers, find_print_numbers, parse_print_no


def test_every_number_of_the_2017_session_goes_round(shared):
    lines = (shared / "samples/bulk/nys-bill-numbers-2017.txt").read_text().split()
    assert len(lines) > 20_000
    for line in lines:
        number = parse_print_no(line)
        assert (number.legislature, number.session) == ("ny", 2017)
        assert f"2017-{number.print_no}" == line
        [one] = find_print_numbers(line)
        assert (one.number, one.as_written) == (number, line)


def test_every_file_of_the_council_goes_round(shared):
    with (shared / "samples/bulk/nyc-council-matters-2014-2026.csv").open(newline="") as rows:
        files = [row["file"] for row in csv.DictReader(rows)]
    assert len(files) > 10_000
    for file in files:
        number = parse_print_no(file)
        assert number.display.casefold() == file.casefold()
        assert parse_print_no(number.slug, legislature="nyc").base_print_no == number.base_print_no
        assert [one.number for one in find_print_numbers(file)] == [number]


def test_every_print_number_of_the_records_is_its_own_key(shared):
    records = json.loads((shared / "samples/bills/bills.json").read_text())
    assert records
    for record in records:
        where = {"legislature": record["legislature"], "session": record["session"]}
        base = parse_print_no(record["print_no"], **where)
        assert (base.base_print_no, base.session) == (record["print_no"], record["session"])
        as_amended = record["print_no"] + record["active_amendment"]
        assert parse_print_no(as_amended, **where).print_no == as_amended


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("01-serrano-dignity-for-immigrants.txt", [("S4075A", "S4075A"), ("2017-S4075", "S4075")]),
        ("02-idc-immigrant-defense-coalition.txt", []),
        ("03-aclu-new-york-for-all.txt", [("S.03076-A", "S3076A"), ("A.02328-A", "A2328A")]),
        ("04-serrano-secure-communities-letter.txt", []),
        ("05-sanctuary-nyc-resolution.txt", []),
    ],
)
def test_the_documents_name_these_bills_and_no_others(shared, name, expected):
    text = (shared / "documents" / name).read_text()
    assert [(one.as_written, one.number.print_no) for one in find_print_numbers(text)] == expected


def test_the_sanctuary_resolution_has_two_drafting_numbers(shared):
    text = (shared / "documents/05-sanctuary-nyc-resolution.txt").read_text()
    assert [one.number for one in find_drafting_numbers(text)] == [9714, 9725]


def test_the_councils_resolutions_name_state_and_federal_bills(shared):
    lines = (shared / "samples/bulk/nyc-immigration-matters.jsonl").read_text().splitlines()
    matters = {matter["file"]: matter for matter in map(json.loads, lines)}
    for matter in matters.values():
        for one in find_print_numbers(matter["text"]):
            assert matter["text"][one.start : one.end] == one.as_written
            again = parse_print_no(one.as_written, legislature=one.number.legislature)
            assert again.print_no == one.number.print_no

    def bills(file):
        day = date.fromisoformat(matters[file]["intro_date"])
        found = find_print_numbers(matters[file]["text"], date=day)
        return {(one.number.legislature, one.number.session, one.number.print_no) for one in found}

    assert bills("Res 0556-2023") == {("ny", 2023, "A170"), ("ny", 2023, "S999")}
    assert bills("Res 0075-2024") == {("ny", 2023, "S1983A"), ("ny", 2023, "A1164B")}
    assert bills("Res 0859-2025") == {("us", 119, "HR29"), ("us", 119, "S5")}
    assert bills("Res 0284-2018") == {("us", 115, "S2580")}
    assert ("us", 113, "S744") in bills("Res 0141-2014")
    assert bills("Res 0591-2026") == set()
