"""The nightly files: complete, of one moment, whole after a kill, and what /data/ makes of them."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bills.models import Bill, Change
from sponsors.bulk import writing
from sponsors.bulk.folder import FolderInUse, current_set, new_set
from sponsors.bulk.table import Table
from sponsors.csv_cells import safe_cell
from statements.bulk import TABLES, write_bulk_files
from statements.tasks import write_bulk_files as task
from tests.api.conftest import HIDDEN, TO_COME

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path, settings):
    settings.BULK_FOLDER = tmp_path / "bulk"
    return settings.BULK_FOLDER


def lines(folder, table: str) -> list[dict]:
    packed = (folder / "current" / f"{table}.jsonl.gz").read_bytes()
    return [json.loads(line) for line in gzip.decompress(packed).decode().splitlines()]


def cells(folder, table: str) -> list[dict]:
    packed = (folder / "current" / f"{table}.csv.gz").read_bytes()
    return list(csv.DictReader(io.StringIO(gzip.decompress(packed).decode(), newline="")))


def test_every_row_of_every_table_is_there_and_of_the_described_shape(folder, record):
    manifest = write_bulk_files(folder, now=NOW)
    told = {(file["table"], file["format"]): file["rows"] for file in manifest["files"]}
    for table in TABLES:
        rows = lines(folder, table.name)
        assert rows, table.name
        assert (
            told[table.name, "csv"]
            == told[table.name, "jsonl"]
            == len(rows)
            == len(cells(folder, table.name))
        )
        for row in rows:
            assert list(row) == table.columns
            table.shape.model_validate(row)
    assert {table.name: told[table.name, "csv"] for table in TABLES} == {
        "bills": 2, "actions": 1, "sponsorships": 2, "roll_calls": 1, "prints": 2, "relations": 1, "changes": 1,
        "proposals": 1, "issues": told["issues", "csv"], "people": 1, "terms": 1, "committees": 1, "organizations": 1,
        "statements": 1, "remarks": 1, "positions": 2, "mentions": 1,
    }  # fmt: skip


def test_a_bill_says_in_the_files_what_the_api_says(folder, record, client):
    write_bulk_files(folder, now=NOW)
    row = next(row for row in lines(folder, "bills") if row["id"] == "ny/2025/s90001")
    told = client.get("/api/v1/bills/ny/2025/s90001").json()
    for name in row.keys() - {"url", "page", "poll_aye", "poll_nay", "poll_undecided"}:
        assert row[name] == told[name], name
    assert (row["poll_aye"], row["poll_nay"], row["poll_undecided"]) == (2, 1, 0)
    cell = next(row for row in cells(folder, "bills") if row["id"] == "ny/2025/s90001")
    assert (cell["is_law"], cell["outcome"], cell["checked_at"]) == ("false", "", "2026-03-09T12:00:00Z")
    for table, part in (
        ("actions", "actions"),
        ("sponsorships", "sponsors"),
        ("prints", "prints"),
        ("relations", "relations"),
    ):
        for row, one in zip(lines(folder, table), told[part], strict=True):
            assert {**one, "bill": told["id"]} == row
    change = client.get("/api/v1/bills/ny/2025/s90001/changes").json()["results"]
    assert lines(folder, "changes") == change


def test_a_statement_says_in_the_files_what_the_api_says(folder, record, client):
    write_bulk_files(folder, now=NOW)
    told = client.get("/api/v1/statements/2026/an-example-speaks").json()
    for table in ("remarks", "positions", "mentions"):
        assert lines(folder, table) == [{"statement": told["id"], **one} for one in told[table]]
    assert lines(folder, "statements")[0]["issues"] == ["examples"]
    person = client.get("/api/v1/people/ana-example").json()
    assert lines(folder, "terms") == [{"person": "ana-example", **one} for one in person["terms"]]


def test_nothing_hidden_and_no_voter_is_in_any_file(folder, hidden):
    write_bulk_files(folder, now=NOW)
    for path in (folder / "current").iterdir():
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = data.decode()
        assert HIDDEN.lower() not in text.lower(), path.name
        assert "KEPT OUT" not in text, path.name
        assert "ny/2025/s90009" not in text, path.name
        assert "00000000-0000" not in text, path.name
    assert {row["id"] for row in lines(folder, "bills")} == {"ny/2025/s90001", "ny/2025/a90002"}


def test_what_is_dated_in_days_to_come_is_in_no_file_until_its_day(folder, to_come):
    write_bulk_files(folder, now=NOW)
    for path in (folder / "current").glob("*.gz"):
        assert TO_COME not in gzip.decompress(path.read_bytes()).decode(), path.name
    write_bulk_files(folder, now=NOW + timedelta(days=1))
    for table, number in (("actions", 2), ("roll_calls", 2), ("changes", 5)):
        assert len(lines(folder, table)) == number


def test_the_manifest_is_true_and_the_same_rows_give_the_same_bytes(folder, record):
    first = write_bulk_files(folder, now=NOW)
    for file in json.loads((folder / "current" / "manifest.json").read_text())["files"]:
        data = (folder / "current" / file["name"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"])
        assert len(gzip.decompress(data)) == file["bytes_unpacked"]
    again = write_bulk_files(folder, now=NOW + timedelta(minutes=1))
    assert again["files"] == first["files"]


def test_the_dictionary_describes_every_column(folder, record):
    write_bulk_files(folder, now=NOW)
    told = json.loads((folder / "current" / "dictionary.json").read_text())
    for table, described in zip(TABLES, told["tables"], strict=True):
        assert [field["name"] for field in described["fields"]] == table.columns
        assert all(len(field["description"]) > 4 and field["kind"] for field in described["fields"])


def test_formulas_are_defused_in_cells_and_left_alone_in_json(folder, record):
    Bill.objects.filter(pk=record.pk).update(
        title='=HYPERLINK("https://evil.example")', short_name="two\nlines, “quoted”"
    )
    write_bulk_files(folder, now=NOW)
    row = next(row for row in cells(folder, "bills") if row["id"] == "ny/2025/s90001")
    assert row["title"] == '\'=HYPERLINK("https://evil.example")'
    assert row["short_name"] == "two\nlines, “quoted”"
    assert any(row["title"] == '=HYPERLINK("https://evil.example")' for row in lines(folder, "bills"))


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n-1"])
def test_a_cell_that_begins_a_formula_gets_an_apostrophe(value):
    assert safe_cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["", "S4075", "1-1", "a=b", -1, 2.5, None, True, "'=1", "−1"])
def test_other_cells_stay_as_they_are(value):
    assert safe_cell(value) is value


def test_all_files_are_of_one_moment(folder, record):
    """A bill that arrives while the files are written is in none of them, its actions neither."""

    def arrives(_today):
        yield {"id": "x", "name": "x"}
        run_beside("INSERT INTO bills_proposal (slug, name, plain_summary) VALUES ('late', 'Late', '')")
        run_beside("UPDATE bills_bill SET proposal_id = (SELECT id FROM bills_proposal WHERE slug = 'late')")
        yield {"id": "y", "name": "y"}

    shape = next(table.shape for table in TABLES if table.name == "proposals")
    slow = Table("slow", "Slow.", shape, arrives)
    writing.write_set([slow, *TABLES], folder, now=NOW)
    assert [row["id"] for row in lines(folder, "proposals")] == ["example-act"]
    assert {row["proposal"] for row in lines(folder, "bills")} == {"example-act"}
    assert Bill.objects.filter(proposal__slug="late").count() == 2


def run_beside(sql: str) -> None:
    """Run a statement in a connection of its own."""
    import psycopg2

    told = connection.settings_dict
    with (
        psycopg2.connect(
            dbname=told["NAME"],
            user=told["USER"],
            password=told["PASSWORD"],
            host=told["HOST"],
            port=told["PORT"],
        ) as beside,
        beside.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_rows_are_not_held_in_memory(folder, record):
    """The tables are read through a cursor of the database, some thousand rows at a time."""
    Change.objects.bulk_create(
        Change(bill=record, fact="title", after="x" * 1000, source="records", found_at=NOW)
        for _ in range(30_000)
    )
    import tracemalloc

    tracemalloc.start()
    writing.write_set([table for table in TABLES if table.name == "changes"], folder, now=NOW)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20_000_000  # bytes; the rows themselves are 30 million


# --- kills, locks, faults


def test_a_fault_half_way_leaves_what_was_there_and_nothing_of_the_new_set(folder, record):
    write_bulk_files(folder, now=NOW)
    before = current_set(folder)

    def breaks(_today):
        raise OSError(28, "No space left on device")
        yield

    with pytest.raises(OSError, match="No space"):
        writing.write_set([*TABLES, Table("x", "X.", TABLES[0].shape, breaks)], folder, now=NOW)
    assert current_set(folder) == before
    assert [path.name for path in folder.glob("writing-*")] == []


def test_two_at_once_are_one(folder, record):
    with new_set(folder, NOW) as path:
        (path / "manifest.json").write_text('{"files": []}')
        with pytest.raises(FolderInUse):
            write_bulk_files(folder, now=NOW)
        with pytest.raises(CommandError, match="Another process is writing"):
            call_command("write_bulk_files")
        task()  # says so in the log and leaves it
    assert write_bulk_files(folder, now=NOW + timedelta(minutes=1))["files"]


def test_old_sets_go_and_the_one_before_stays(folder, record):
    for minute in range(4):
        write_bulk_files(folder, now=NOW + timedelta(minutes=minute))
    assert sorted(path.name for path in (folder / "sets").iterdir()) == [
        "20260310T090200.000000Z",
        "20260310T090300.000000Z",
    ]
    assert (folder / "current").resolve().name == "20260310T090300.000000Z"


SLOW = """
import os, sys, time, django
django.setup()
from datetime import datetime, timezone
from pathlib import Path
from django.db import connections
from sponsors.bulk import folder
connections["default"].settings_dict["NAME"] = sys.argv[2]
from statements import bulk
whole = folder._publish
where = sys.argv[3]
def stand_still(*_):
    print("half way", flush=True)
    time.sleep(600)
if where == "publishing":
    folder._publish = stand_still
else:
    told = lambda table, rows: stand_still() if table == where else None
bulk.write_bulk_files(Path(sys.argv[1]), now=datetime(2027, 1, 1, tzinfo=timezone.utc),
                      told=(lambda *_: None) if where == "publishing" else told)
"""


@pytest.mark.parametrize("where", ["actions", "mentions", "publishing"])
def test_a_killed_process_leaves_the_old_set_whole_and_the_folder_free(folder, record, where):
    write_bulk_files(folder, now=NOW)
    before = current_set(folder)
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(folder), connection.settings_dict["NAME"], where],
        stdout=subprocess.PIPE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
    )
    assert process.stdout.readline() == b"half way\n"
    assert list(folder.glob("writing-*"))
    with pytest.raises(FolderInUse):
        write_bulk_files(folder, now=NOW)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert current_set(folder) == before
    for file in before.manifest["files"]:
        data = (before.path / file["name"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == file["sha256"]
    write_bulk_files(folder, now=NOW + timedelta(minutes=1))
    assert list(folder.glob("writing-*")) == []
    assert current_set(folder) != before


def test_the_command_tells_what_it_wrote_and_where_it_cannot(tmp_path, record, capsys):
    call_command("write_bulk_files", to=tmp_path / "here")
    assert "34 files with" in capsys.readouterr().out
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match=r"cannot be written: Not a directory"):
        call_command("write_bulk_files", to=tmp_path / "file" / "below")


def test_the_schedule_calls_the_task_by_its_name(folder, record, settings):
    assert settings.CELERY_BEAT_SCHEDULE["write-bulk-files"]["task"] == task.name
    task()
    assert current_set(folder).manifest["files"]
