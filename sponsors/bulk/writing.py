"""Writing a set of bulk files: every table as CSV and as JSON lines, from one moment of the database."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone, translation

from sponsors.bulk.folder import DICTIONARY, MANIFEST, new_set
from sponsors.bulk.table import Table, as_cells, as_json_line

SCHEMA_VERSION = 1  # goes up when a column changes its meaning or goes; new columns may come without
ROWS_AT_ONCE = 1000
Told = Callable[[str, int], None]


class _Packed:
    """A gzip file that knows its hash and sizes. The same rows give the same bytes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bytes = self.bytes_unpacked = 0
        self._hash = hashlib.sha256()
        self._file = path.open("wb")
        self._packer = zlib.compressobj(
            6, zlib.DEFLATED, 16 + zlib.MAX_WBITS
        )  # a gzip header without name and time

    def add(self, text: str) -> None:
        data = text.encode()
        self.bytes_unpacked += len(data)
        self._put(self._packer.compress(data))

    def close(self) -> None:
        with self._file:
            self._put(self._packer.flush())

    def _put(self, packed: bytes) -> None:
        self._hash.update(packed)
        self.bytes += len(packed)
        self._file.write(packed)

    def told(self, table: str, kind: str, rows: int) -> dict[str, Any]:
        return {
            "name": self.path.name,
            "table": table,
            "format": kind,
            "rows": rows,
            "bytes": self.bytes,
            "bytes_unpacked": self.bytes_unpacked,
            "sha256": self._hash.hexdigest(),
        }


def write_set(
    tables: Iterable[Table], folder: Path, *, now: datetime, told: Told = lambda *_: None
) -> dict[str, Any]:
    """Write a whole set into `folder` and make it the current one; return its manifest.

    `told(table, rows)` hears of each portion. Raises FolderInUse, OSError; what was current then stays so.
    """
    tables = list(tables)
    with new_set(folder, now) as path, translation.override("en"), _one_moment():
        files = [
            file for table in tables for file in _write(table, path, today=timezone.localdate(now), told=told)
        ]
        manifest = {
            "name": "Passage bulk files",
            "schema_version": SCHEMA_VERSION,
            "written_at": now,
            "site": settings.SITE_URL,
            "terms": "Facts are free to use; name Passage and the moment of the check (checked_at).",
            "dictionary": DICTIONARY,
            "files": files,
        }
        words = {"schema_version": SCHEMA_VERSION, "tables": [table.dictionary() for table in tables]}
        _write_json(path / DICTIONARY, words)
        _write_json(path / MANIFEST, manifest)
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the database as it is now until its end, so that all files agree."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT 1")  # the moment is that of the first question, not of the line above
        yield


def _write(table: Table, path: Path, *, today: date, told: Told) -> list[dict[str, Any]]:
    columns, number = table.columns, 0
    with ExitStack() as stack:
        as_csv, as_lines = (_Packed(path / f"{table.name}.{kind}.gz") for kind in ("csv", "jsonl"))
        for file in (as_csv, as_lines):
            stack.callback(file.close)
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(columns)
        read = table.read(today)
        while rows := list(islice(read, ROWS_AT_ONCE)):
            as_lines.add("".join([as_json_line(columns, row) for row in rows]))
            writer.writerows([as_cells(columns, row) for row in rows])
            as_csv.add(text.getvalue())
            text.seek(0)
            text.truncate()
            number += len(rows)
            told(table.name, len(rows))
        as_csv.add(text.getvalue())
    return [as_csv.told(table.name, "csv", number), as_lines.told(table.name, "jsonl", number)]


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n")
