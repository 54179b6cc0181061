"""The API's reference for people, made from its OpenAPI document: what a page needs and no more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from config.api import TERMS, api
from sponsors.api.fields import FieldInWords, fields_of_schema

# What stands for each {part} of an address in an example; these bills and people are shipped with the project.
_EXAMPLES = {
    "legislature": "ny",
    "session": "2017",
    "print_no": "s4075",
    "person": "jose-m-serrano",
    "proposal": "new-york-for-all",
    "year": "2017",
    "slug": "a-title",
}
_EXAMPLE_QUERIES = {
    "listBills": "legislature=ny&outcome=alive&limit=5",
    "followChanges": "since=2026-01-01&legislature=ny",
    "listPeople": "q=serrano",
    "listStatements": "year=2017",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """`choices` are pairs of value and label."""

    name: str
    is_required: bool
    description: str
    default: Any
    choices: list[tuple[str, str]]
    takes_several: bool


@dataclass(frozen=True, slots=True)
class Operation:
    anchor: str
    path: str
    summary: str
    description: str
    example: str
    parameters: list[Parameter]
    response: str


@dataclass(frozen=True, slots=True)
class ShapeInWords:
    name: str
    description: str
    fields: list[FieldInWords]


@dataclass(frozen=True, slots=True)
class Reference:
    """`groups` are pairs of a tag and its operations."""

    terms: str
    groups: list[tuple[str, list[Operation]]]
    shapes: list[ShapeInWords]


@cache
def reference() -> Reference:
    """Made once: it changes only with the code."""
    schema = api.get_openapi_schema()
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        operation = methods["get"]
        groups.setdefault(operation["tags"][0], []).append(_operation(path, operation))
    shapes = [
        ShapeInWords(name, _plain(told.get("description", "")), fields_of_schema(told))
        for name, told in sorted(schema["components"]["schemas"].items())
        if "properties" in told
    ]
    return Reference(TERMS, list(groups.items()), shapes)


def _operation(path: str, operation: dict[str, Any]) -> Operation:
    filled = path
    for name, value in _EXAMPLES.items():
        filled = filled.replace(f"{{{name}}}", value)
    query = _EXAMPLE_QUERIES.get(operation["operationId"], "")
    parameters = [_parameter(one) for one in operation.get("parameters", [])]
    answer = operation["responses"][200]["content"]["application/json"]["schema"]
    return Operation(
        anchor=operation["operationId"],
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        example=f"{filled}?{query}" if query else filled,
        parameters=sorted(parameters, key=lambda one: (not one.is_required, one.name in {"page", "limit"})),
        response=answer["$ref"].rsplit("/", 1)[1],
    )


def _parameter(told: dict[str, Any]) -> Parameter:
    schema = told["schema"]
    items = schema.get("items", schema)
    return Parameter(
        name=told["name"],
        is_required=told.get("required", False),
        description=told.get("description") or schema.get("description", ""),
        default=schema.get("default"),
        choices=list(zip(items.get("enum", []), items.get("x-labels", []), strict=False)),
        takes_several=schema.get("type") == "array",
    )


def _plain(docstring: str) -> str:
    return " ".join(docstring.split())
