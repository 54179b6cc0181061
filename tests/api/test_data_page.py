"""/data/ : the page of the bulk files, and how the files are served."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import pytest

from sponsors.bulk.folder import new_set
from statements.bulk import TABLES
from tests.reading import text_of

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path, settings):
    settings.BULK_FOLDER = tmp_path / "bulk"
    return settings.BULK_FOLDER


@pytest.fixture
def served(folder):
    """A set of files with the right names and anything in them."""
    with new_set(folder, NOW) as path:
        files = []
        for table in TABLES:
            for form in ("csv", "jsonl"):
                name, data = f"{table.name}.{form}.gz", f"{table.name} {form} ".encode() * 50
                (path / name).write_bytes(data)
                told = {"rows": 1234, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                files.append({"name": name, "table": table.name, "format": form, **told})
        (path / "dictionary.json").write_text("{}")
        (path / "manifest.json").write_text(json.dumps({"written_at": NOW.isoformat(), "files": files}))


def test_before_the_first_night_the_page_says_when_it_is_due(client, folder):
    text = text_of(client.get("/data/"))
    assert "The first files have not been written yet. They are due on March 11, 2026, 4:50" in text
    assert "law_line" in text
    assert client.get("/data/bills.csv.gz").status_code == 404


def test_the_page_lists_files_with_sizes_and_every_column(client, folder, served):
    page = client.get("/data/")
    text = text_of(page)
    assert "Written on March 10, 2026, 5:00" in text
    for table in TABLES:
        assert client.get(f"/data/{table.name}.csv.gz").status_code == 200
        assert f"{table.name}.jsonl.gz" in text
        assert all(name in text for name in table.columns)
    assert not page.cookies


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_file_is_served_whole_with_what_caches_need(client, folder, served):
    answer = client.get("/data/bills.csv.gz")
    data = body(answer)
    assert (answer["Content-Type"], answer["Content-Length"]) == ("application/gzip", str(len(data)))
    assert not answer.has_header("Content-Encoding")
    assert answer["ETag"] == f'"{hashlib.sha256(data).hexdigest()}"'
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer.has_header("Last-Modified")
    assert client.get("/data/bills.csv.gz", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    head = client.head("/data/bills.csv.gz")
    assert (head.status_code, body(head), head["Content-Length"]) == (200, b"", str(len(data)))
    assert client.get("/data/manifest.json")["Content-Type"] == "application/json"
    assert client.post("/data/bills.csv.gz").status_code == 405


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-9", 0, 10), ("bytes=10-", 10, None), ("bytes=-7", -7, None), ("bytes=5-99999999", 5, None)],
)
def test_a_broken_download_goes_on_where_it_ended(client, folder, served, asked, start, end):
    data = body(client.get("/data/bills.csv.gz"))
    answer = client.get("/data/bills.csv.gz", headers={"Range": asked})
    part = data[start:end]
    assert (answer.status_code, body(answer)) == (206, part)
    assert answer["Content-Length"] == str(len(part))
    first = start % len(data)
    assert answer["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(data)}"


def test_a_part_that_is_none_and_one_of_another_night(client, folder, served):
    size = len(body(client.get("/data/bills.csv.gz")))
    for beyond in (f"bytes={size}-", "bytes=-0"):
        answer = client.get("/data/bills.csv.gz", headers={"Range": beyond})
        assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{size}")
    for odd in ("bytes=9-3", "bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=" + "9" * 40 + "-", "bytes=٣-"):
        answer = client.get("/data/bills.csv.gz", headers={"Range": odd})
        assert (answer.status_code, len(body(answer))) == (200, size), odd
    other = client.get("/data/bills.csv.gz", headers={"Range": "bytes=1-", "If-Range": '"another night"'})
    assert (other.status_code, len(body(other))) == (200, size)


@pytest.mark.parametrize(
    "name",
    [
        "..",
        "%2e%2e",
        "..%2fmanifest.json",
        "lock",
        "bills.csv",
        "bills.csv.gz%00",
        "BILLS.csv.gz",
        "x.csv.gz",
        "%2fetc%2fpasswd",
    ],
)
def test_nothing_else_of_the_machine_is_served(client, folder, served, name):
    assert client.get(f"/data/{name}").status_code in {301, 404}
    answer = client.get(f"/data/{name}", follow=True)
    assert answer.status_code in {200, 404}
    assert answer.status_code == 404 or answer["Content-Type"].startswith("text/html")


def test_a_damaged_folder_is_no_set(client, folder, served):
    (folder / "current" / "manifest.json").write_text("{")
    assert "have not been written yet" in text_of(client.get("/data/"))
