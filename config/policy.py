"""The Content-Security-Policy of each answer, put together once for each that a view can ask for.

django-csp puts it together for each answer, twice: a tenth of what Python does for an answer to the poll.
"""

from __future__ import annotations

from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

# What the decorators of our views say, which are few constants; all else is left to django-csp.
_CONSTANTS = {"_csp_replace", "_csp_update"}


class SteadyPolicy(CSPMiddleware):
    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self._kept: dict[str, str] = {}

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        told = {name: value for name, value in vars(response).items() if name.startswith("_csp")}
        is_usual = told.keys() <= _CONSTANTS and not hasattr(request, "_csp_nonce")
        if settings.DEBUG or not is_usual or HEADER in response:
            return super().process_response(request, response)
        key = repr(sorted(told.items()))
        if key not in self._kept:
            parts = {name.removeprefix("_csp_"): value for name, value in told.items()}
            self._kept[key] = build_policy(**parts)
        response[HEADER] = self._kept[key]
        return response
