"""The fields of a shape in words, for the reference page and the data dictionary."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from sponsors.api.shapes import Shape


@dataclass(frozen=True, slots=True)
class FieldInWords:
    """One field. `kind` is "text", "whole number", "date" ..., or the name of a shape, then also in `shape`."""

    name: str
    kind: str
    may_be_null: bool
    description: str
    shape: str = ""

    def as_json(self) -> dict[str, Any]:
        told = asdict(self)
        del told["shape"]
        return told


_KINDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "date": "date (2026-03-01)",
    "date-time": "moment (2026-03-01T12:00:00Z)",
}


@cache
def fields_of(shape: type[Shape]) -> list[FieldInWords]:
    """In the order in which they are written. Worked out once for each shape."""
    return fields_of_schema(shape.model_json_schema())


def fields_of_schema(schema: dict[str, Any]) -> list[FieldInWords]:
    """The fields of a JSON schema of type object, in its order."""
    return [_field(name, told) for name, told in schema.get("properties", {}).items()]


def _field(name: str, schema: dict[str, Any]) -> FieldInWords:
    options = schema.get("anyOf", [schema])
    told = next(one for one in options if one.get("type") != "null")
    kind, shape = _kind(told)
    return FieldInWords(
        name=name,
        kind=kind,
        may_be_null=any(one.get("type") == "null" for one in options),
        description=schema.get("description") or told.get("description", ""),
        shape=shape,
    )


def _kind(schema: dict[str, Any]) -> tuple[str, str]:
    if "$ref" in schema:
        shape = schema["$ref"].rsplit("/", 1)[1]
        return shape, shape
    if schema.get("type") == "array":
        kind, shape = _kind(schema["items"])
        return f"list of {kind}", shape
    return _KINDS[schema.get("format") or schema["type"]], ""
