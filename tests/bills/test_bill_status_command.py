"""bill_status: what it prints, in which order, and how it fails."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from bills.management.commands.bill_status import standings_of
from bills.models import Action, Bill, Session
from sponsors.models import Legislature

TODAY = "2022-06-30"


def bill(print_no: str, *actions: str, **more) -> dict:
    """An entry of a records file; an action is "2021-01-06 senate REFERRED TO CODES"."""
    split = [action.split(" ", 2) for action in actions]
    return {
        "legislature": "ny",
        "session": 2021,
        "print_no": print_no,
        "actions": [{"date": day, "chamber": chamber, "text": text} for day, chamber, text in split],
        **more,
    }


REPLACED = bill(
    "S99001", "2021-06-01 senate ORDERED TO THIRD READING CAL.9", "2021-06-10 senate SUBSTITUTED BY A99002B"
)
SUBSTITUTE = bill(
    "A99002",
    "2021-06-10 senate SUBSTITUTED FOR S99001",
    "2021-06-10 senate PASSED SENATE",
    "2021-12-09 assembly SIGNED CHAP.37",
)


@pytest.fixture
def records(tmp_path):
    def write(content, name="bills.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(capsys):
    """Run the command; gives its exit status, its lines, and its lines of errors."""

    def run(*arguments: object) -> tuple[int, list[str], list[str]]:
        status = 0
        try:
            call_command("bill_status", *map(str, arguments), "--today", TODAY)
        except SystemExit as stopped:
            status = stopped.code
        printed = capsys.readouterr()
        return status, printed.out.splitlines(), printed.err.splitlines()

    return run


def test_one_json_object_a_line_with_exactly_the_agreed_keys(run, records):
    status, out, err = run(
        "--json", "--records", records([bill("S99001", "2021-01-06 senate REFERRED TO WAYS AND MEANS")])
    )
    assert (status, err) == (0, [])
    assert [json.loads(line) for line in out] == [
        {
            "legislature": "ny",
            "session": 2021,
            "print_no": "S99001",
            "status": "IN_SENATE_COMM",
            "words": "In the Senate Ways and Means Committee since January 6, 2021",
            "chamber": "senate",
            "committee": "Ways And Means",
            "date": "2021-01-06",
            "outcome": None,
            "via": None,
            "stages": [
                {
                    "stage": "IN_SENATE_COMM",
                    "chamber": "senate",
                    "date": "2021-01-06",
                    "committee": "Ways And Means",
                }
            ],
        }
    ]


def test_a_substitute_in_another_file_is_followed(run, records, tmp_path):
    records([REPLACED], "a.json")
    records([SUBSTITUTE], "b.json")
    _, out, _ = run("--json", "--records", tmp_path)
    first, second = map(json.loads, out)
    assert (first["status"], first["outcome"], first["via"]) == ("SENATE_FLOOR", "substituted", "A99002")
    assert first["words"] == "Replaced by A99002B, which was signed into law on December 9, 2021 (chapter 37)"
    assert second["outcome"] == "signed"


def test_the_status_never_comes_from_the_files_own_status(run, records):
    entry = bill("S99001", "2021-01-06 senate REFERRED TO CODES")
    entry |= {"status_text": "SIGNED_BY_GOV", "milestones": [{"type": "SIGNED_BY_GOV", "date": "2021-01-07"}]}
    _, out, _ = run("--json", "--records", records([entry]))
    assert json.loads(out[0])["status"] == "IN_SENATE_COMM"


def test_the_councils_committee_comes_from_its_record(run, records):
    entry = {
        "legislature": "nyc",
        "session": 2018,
        "print_no": "INT 0486",
        "committee": "Committee on Gardens",
        "actions": [{"date": "2021-01-28", "chamber": "council", "text": "Referred to Comm by Council"}],
    }
    _, out, _ = run("--json", "--records", records([entry]))
    told = json.loads(out[0])
    assert (told["print_no"], told["committee"], told["outcome"]) == (
        "INT 0486",
        "Committee on Gardens",
        "died",
    )


def test_without_json_it_prints_a_line_for_people(run, records):
    _, out, _ = run("--records", records([bill("S99001", "2021-01-06 senate REFERRED TO CODES")]))
    assert out == ["ny 2021 S99001     In the Senate Codes Committee since January 6, 2021"]


def test_faults_go_to_the_error_stream_and_the_rest_is_printed(run, records, tmp_path):
    good = records([bill("S99001"), {"session": 1}, bill("S99002")], "a.json")
    bad = records("{", "b.json")
    status, out, err = run("--json", "--records", good, "--records", bad, "--records", tmp_path / "none.json")
    assert status == 1
    assert [json.loads(line)["print_no"] for line in out] == ["S99001", "S99002"]
    assert [line.split(": ")[0] for line in err] == [str(good), str(bad), str(tmp_path / "none.json")]
    assert "entry 2" in err[0]


def test_named_bills_are_picked_from_the_records_in_any_spelling(run, records):
    path = records([bill("S99001"), bill("S99002"), bill("S99003")])
    status, out, err = run("--json", "--records", path, "ny/2022/s.99002-a", "ny/2021/S77", "S99003")
    assert status == 1
    assert [json.loads(line)["print_no"] for line in out] == ["S99002"]
    assert err == [
        "S99003: is no bill; expected one such as ny/2017/S4075.",
        "ny/2021/S77: is not in the records given.",
    ]


def test_nothing_asked_for_is_an_error():
    with pytest.raises(CommandError, match="Name a bill"):
        call_command("bill_status")


def test_a_day_that_is_none_is_refused():
    with pytest.raises(CommandError, match="'tomorrow' is no day; expected YYYY-MM-DD"):
        call_command("bill_status", "--records", "x.json", "--today", "tomorrow")


@pytest.mark.parametrize(
    "address", ["", "ny", "ny/2021", "ny/2021/", "nj/2021/S1", "ny/1500/S1", "ny/2021/banana", "/" * 500]
)
def test_an_address_that_is_none_is_one_line(address):
    (fault,) = standings_of([address], [], date(2022, 6, 30))
    assert isinstance(fault, str)
    assert "\n" not in fault


# --- From the database


@pytest.fixture
def stored(db):
    """Store a bill of New York's session of 2021 with its actions."""
    ny, _ = Legislature.objects.get_or_create(
        code="ny", defaults={"name": "New York State", "short_name": "State"}
    )
    session, _ = Session.objects.get_or_create(
        legislature=ny,
        year=2021,
        defaults={"label": "2021-2022", "start": date(2021, 1, 1), "end": date(2022, 12, 31)},
    )

    def store(entry: dict) -> Bill:
        row = Bill.objects.create(
            session=session,
            base_print_no=entry["print_no"],
            slug=entry["print_no"].lower(),
            chamber="senate" if entry["print_no"][0] == "S" else "assembly",
        )
        for sequence, action in enumerate(entry["actions"], start=1):
            Action.objects.create(bill=row, sequence=sequence, **action)
        return row

    return store


def test_a_stored_bill_is_read_from_its_actions_and_follows_its_substitute(run, stored):
    stored(REPLACED)
    stored(SUBSTITUTE)
    status, out, _ = run("--json", "ny/2021/S99001A", "ny/2022/a99002")
    first, second = map(json.loads, out)
    assert (status, first["outcome"], first["via"], second["outcome"]) == (
        0,
        "substituted",
        "A99002",
        "signed",
    )
    assert "chapter 37" in first["words"]


def test_a_bill_that_is_not_stored_is_one_line_and_the_others_are_printed(run, stored):
    stored(SUBSTITUTE)
    status, out, err = run("ny/2021/S77", "ny/2021/A99002")
    assert (status, len(out)) == (1, 1)
    assert err == ["ny/2021/S77: is not in the database."]


def test_a_stored_bill_costs_two_queries_and_its_substitute_two_more(stored, django_assert_num_queries):
    stored(REPLACED)
    stored(SUBSTITUTE)
    with django_assert_num_queries(4):
        list(standings_of(["ny/2021/S99001"], [], date(2022, 6, 30)))
