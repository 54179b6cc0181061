"""The manners of the public API: who may ask how often, from where, and what need not be sent again.

It stands before sessions and languages, so that an answer depends on its address alone: no cookie is set, nothing
varies, and a cache in front may keep it. Errors of whatever origin leave in one shape.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.http import parse_etags

from sponsors import limits
from sponsors.api.problems import CONTENT_TYPE, problem_response

ROOT = "/api/v1/"
METHODS = "GET, HEAD, OPTIONS"
CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=300"
# A page on another site may read the answer. It sends and gets no cookie, so there is nothing of anybody's in it.
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, RateLimit, RateLimit-Policy, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
_KEPT_BY_304 = ("Cache-Control", "ETag", "Last-Modified")
_SAID = {
    400: "The request could not be read.",
    404: "There is nothing at this address. /api/v1/ lists what there is.",
    500: "Something went wrong on our side. It has been noted; please try again later.",
}


class PublicApi:
    """Middleware for everything below /api/v1/; other addresses pass through untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        response = self._answer(request)
        for name in ("Vary", "Content-Language"):
            del response[name]
        for name, value in OPEN_TO_ALL.items():
            response[name] = value
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={**PREFLIGHT, "Allow": METHODS})
        if request.method not in {"GET", "HEAD"}:
            return problem_response(405, f"This API can only be read: {METHODS}.", headers={"Allow": METHODS})
        allowance = limits.take_one(request, "api", allowed=settings.API_REQUESTS_PER_MINUTE)
        if allowance and allowance.is_spent:
            return _too_many(allowance)
        response = self._asked(request)
        for name, value in (allowance.headers if allowance else {}).items():
            response[name] = value
        return response

    def _asked(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.endswith("/") and request.path_info != ROOT:
            query = request.META.get("QUERY_STRING", "")
            bare = request.path.rstrip("/")
            return HttpResponsePermanentRedirect(f"{bare}?{query}" if query else bare)
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = self.get_response(request)
        if response.status_code >= 400:
            response = _in_one_shape(response)
        else:
            response["Cache-Control"] = CACHE_CONTROL
        if response.status_code == 200:
            response = _unless_known(request, response)
        if is_head:
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its ETag, or a bare 304 where the asker has this very answer.

    If-Modified-Since alone is not enough for a 304: a list changes when a bill leaves it, which moves no date.
    """
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = tag
    known = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
    if tag not in known and "*" not in known:
        return response
    headers = {name: response[name] for name in _KEPT_BY_304 if response.has_header(name)}
    return HttpResponse(status=304, headers=headers)


def _in_one_shape(response: HttpResponse) -> HttpResponse:
    if response.get("Content-Type", "").startswith(CONTENT_TYPE) or (
        settings.DEBUG and response.status_code == 500
    ):
        return response
    status = response.status_code
    return problem_response(status, _SAID.get(status, "This request cannot be answered."))


def _too_many(allowance: limits.Allowance) -> HttpResponse:
    seconds = allowance.seconds_left
    when = "1 second" if seconds == 1 else f"{seconds} seconds"
    return problem_response(
        429,
        f"Your network has asked more than {allowance.allowed} times within a minute. Come back in {when}. "
        "To read everything, take the nightly files at /data/ instead.",
        headers={**allowance.headers, "Retry-After": str(seconds)},
        retry_after_seconds=seconds,
    )
