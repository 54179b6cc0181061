"""Rows of any model into their table by COPY: the quickest way there is, and every constraint still holds.

A column that the caller does not name gets its field's default, so that a model may grow without anybody coming here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any

from django.db import connection
from django.db.models import AutoField, BigAutoField, Field, JSONField, Model

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NULL = "\\N"


def copy_rows(model: type[Model], attributes: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Add rows, each the values of these attributes in their order; how many."""
    named = [_field(model, name) for name in attributes]
    others = [
        field
        for field in model._meta.concrete_fields
        if field not in named
        and not isinstance(field, (AutoField, BigAutoField))
        and not getattr(field, "generated", False)
    ]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in (*named, *others))
    jsons = [isinstance(field, JSONField) for field in named]
    defaults = "".join("\t" + _written(field.get_default(), isinstance(field, JSONField)) for field in others)
    lines = [
        "\t".join(_written(value, is_json) for value, is_json in zip(row, jsons, strict=True)) + defaults
        for row in rows
    ]
    if lines:
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", StringIO("\n".join(lines) + "\n"))
    return len(lines)


def take_keys(model: type[Model], many: int) -> list[int]:
    """So many primary keys that nobody else gets, for rows that others are to point to before they are there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, many],
        )
        return [key for (key,) in cursor.fetchall()]


def _field(model: type[Model], attribute: str) -> Field:
    return next(field for field in model._meta.concrete_fields if attribute in (field.attname, field.name))


def _written(value: Any, is_json: bool) -> str:
    """One value as COPY reads it."""
    if is_json:
        return json.dumps(value).translate(_ESCAPES)
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if value is None:
        return _NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):  # of an array
        return "{" + ",".join(json.dumps(str(one)) for one in value).translate(_ESCAPES) + "}"
    return str(value).translate(_ESCAPES)
