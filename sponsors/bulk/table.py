"""A table of the bulk files, and how its rows are written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from sponsors.api.fields import fields_of
from sponsors.api.shapes import Shape
from sponsors.csv_cells import safe_cell

Row = dict[str, Any]
READ_AT_ONCE = 2000  # rows that the database hands over at a time


@dataclass(frozen=True, slots=True)
class Table:
    """`shape` has the columns with their descriptions; `read(today)` gives a row of them for each record.

    `read` is called in a transaction that sees one moment, and must not hold all rows at once.
    """

    name: str
    description: str
    shape: type[Shape]
    read: Callable[[date], Iterator[Row]]

    @property
    def columns(self) -> list[str]:
        return list(self.shape.model_fields)

    def dictionary(self) -> dict[str, Any]:
        """{"name", "description", "fields": [{"name", "kind", "may_be_null", "description"}]}."""
        return {
            "name": self.name,
            "description": self.description,
            "fields": [field.as_json() for field in fields_of(self.shape)],
        }


_encode = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def as_json_line(columns: list[str], row: Row) -> str:
    return f"{_encode({name: row[name] for name in columns})}\n"


def as_cells(columns: list[str], row: Row) -> list[Any]:
    """For a CSV file: null is an empty cell, lists are parted by semicolons, formulas are defused."""
    return [_cell(row[name]) for name in columns]


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe_cell(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return safe_cell("; ".join(map(str, value)))
    if isinstance(value, (date, datetime)):
        return json.loads(_encode(value)) if isinstance(value, datetime) else value.isoformat()
    return value
