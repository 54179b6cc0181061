"""Errors of the API, in one shape: RFC 9457, application/problem+json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """What is wrong with a request, in words for whoever wrote the program that sent it.

    `errors` names the parameters at fault: [{"parameter", "detail"}].
    """

    def __init__(self, status: int, detail: str, *, errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors or []


def not_found(detail: str) -> Problem:
    return Problem(404, detail)


def bad_parameters(errors: list[dict[str, str]]) -> Problem:
    named = ", ".join(dict.fromkeys(error["parameter"] for error in errors))
    return Problem(422, f"Nothing was looked up, because of: {named}.", errors=errors)


def problem_response(
    status: int,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """The answer. `type` is about:blank: the status says all that a program needs to tell errors apart."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    if errors:
        body["errors"] = errors
    text = json.dumps(body, ensure_ascii=False)
    sent = {"Cache-Control": "no-store", **(headers or {})}
    return HttpResponse(text, status=status, content_type=CONTENT_TYPE, headers=sent)
