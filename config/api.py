"""The public API, version 1: the routers of the three apps under one roof. The reference page is made from it."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI, Router
from ninja.errors import ValidationError
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder
from pydantic import Field

from bills.api.bills import router as bills
from bills.api.feed import router as feed
from bills.api.subjects import router as subjects
from bills.api.subjects import status_router
from sponsors.addresses import absolute
from sponsors.api.paging import only
from sponsors.api.people import router as people
from sponsors.api.problems import Problem, problem_response
from sponsors.api.shapes import ProblemDetails, Shape
from statements.api.statements import router as statements

DESCRIPTION = (
    "Where immigration bills stand in New York State, New York City and Congress, who carries them, what has been said "
    "of them, and what became of them. To be read by anybody, without a key."
)
TERMS = (
    "Facts are free: use them for anything. Name Passage and the moment of the check (`checked_at`), and show "
    "`law_line` where you show a bill, so that nobody takes a bill for a law. The words of statements belong to "
    "those who said them. Poll totals are no scientific sample."
)


class Readable(BaseRenderer):
    """JSON in UTF-8, with letters as they are."""

    media_type = "application/json"
    charset = "utf-8"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False)


class Link(Shape):
    address: str = Field(description="Address, with {places} to fill in where it has any.")
    summary: str = Field(description="What is there.")


class Index(Shape):
    """What this API has."""

    name: str = Field(description="Its name.")
    description: str = Field(description="What it is about.")
    terms: str = Field(description="How its answers may be used.")
    reference: str = Field(description="Address of the reference page.")
    openapi: str = Field(description="Address of the OpenAPI document.")
    bulk_files: str = Field(description="Address of the nightly files with everything.")
    addresses: list[Link] = Field(description="Everything that can be asked.")


class PublicAPI(NinjaAPI):
    """Adds to the document what every address has in common: its errors. Made once; nobody may change it."""

    _made: Any = None

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> Any:
        """It is the same for everybody: this API stands at one address and needs no parameters for it."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def _make(self) -> Any:
        schema = super().get_openapi_schema()
        problem = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        schemas |= problem.pop("$defs", {})
        schemas["ProblemDetails"] = problem
        for path, methods in schema["paths"].items():
            responses = methods["get"]["responses"]
            responses["304"] = {"description": "Nothing has changed since the answer whose ETag was sent."}
            for status, said in _ERRORS.items():
                if status != "404" or "{" in path or "page" in _names(methods["get"]):
                    responses[status] = {
                        "description": said,
                        "content": {
                            "application/problem+json": {
                                "schema": {"$ref": "#/components/schemas/ProblemDetails"}
                            }
                        },
                    }
        return schema


_ERRORS = {
    "404": "There is nothing of this name, or no such page of a list.",
    "422": "A parameter is unknown or malformed. `errors` names each.",
    "429": "Your network asks too often. `Retry-After` says in how many seconds to come back.",
    "500": "Something went wrong on our side.",
}


def _names(operation: dict[str, Any]) -> set[str]:
    return {parameter["name"] for parameter in operation.get("parameters", [])}


api = PublicAPI(
    title="Passage",
    version="1",
    description=f"{DESCRIPTION}\n\n{TERMS}",
    urls_namespace="api",
    docs_url=None,
    openapi_url="openapi.json",
    renderer=Readable(),
    servers=[{"url": settings.SITE_URL}],
)
index_router = Router(tags=["Index"])


@index_router.get("/", response=Index, operation_id="getIndex", summary="What there is", url_name="index")
def index(request: HttpRequest):
    """Every address of this API."""
    only(request)
    root = absolute("/").rstrip("/")
    return Index(
        name="Passage API 1",
        description=DESCRIPTION,
        terms=TERMS,
        reference=absolute(reverse("api-reference")),
        openapi=absolute(reverse("api:openapi-json")),
        bulk_files=absolute(reverse("data")),
        addresses=[
            Link(address=f"{root}{path}", summary=methods["get"]["summary"])
            for path, methods in api.get_openapi_schema()["paths"].items()
        ],
    )


for router in (index_router, bills, feed, subjects, people, statements, status_router):
    api.add_router("", router)


@api.exception_handler(Problem)
def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(problem.status, problem.detail, errors=problem.errors)


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"parameter": str(one["loc"][-1]), "detail": f"{one['msg']}."} for one in error.errors]
    named = ", ".join(dict.fromkeys(fault["parameter"] for fault in faults))
    return problem_response(422, f"Nothing was looked up, because of: {named}.", errors=faults)


@api.exception_handler(Http404)
def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem_response(404, "There is nothing of this name.")


@api.exception_handler(BadRequest)
@api.exception_handler(TooManyFieldsSent)
def _unreadable(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem_response(400, "The request could not be read.")
