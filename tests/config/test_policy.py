"""The Content-Security-Policy that is put together once is the one that django-csp puts together each time."""

from __future__ import annotations

import pytest
from csp.constants import HEADER, SELF
from csp.decorators import csp, csp_exempt, csp_replace, csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from config.policy import SteadyPolicy


def plain(_request):
    return HttpResponse("x")


def with_nonce(request):
    return HttpResponse(str(request.csp_nonce))


def with_a_header(_request):
    return HttpResponse("x", headers={HEADER: "default-src 'none'"})


VIEWS = [
    plain,
    with_nonce,
    with_a_header,
    csp_replace({"frame-ancestors": [SELF]})(plain),
    csp_update({"frame-src": [SELF, "https://example.org"]})(plain),
    csp_update({"img-src": [SELF]})(csp_replace({"frame-ancestors": ["*"]})(plain)),
    csp({"default-src": [SELF]})(plain),
    csp_exempt()(plain),
]


def test_it_says_what_django_csp_says_whatever_was_asked_for_before():
    steady = {view: SteadyPolicy(view) for view in VIEWS}
    shared = SteadyPolicy(lambda request: request.view(request))
    for view in [*VIEWS, *reversed(VIEWS)]:
        request = RequestFactory().get("/")
        wanted = CSPMiddleware(view)(request).headers.get(HEADER)
        if view is with_nonce:
            assert "nonce" not in (wanted or "")  # none of our policies has a place for one
        assert steady[view](RequestFactory().get("/")).headers.get(HEADER) == wanted
        request = RequestFactory().get("/")
        request.view = view
        assert shared(request).headers.get(HEADER) == wanted
    assert len(shared._kept) == 4


@pytest.mark.parametrize("debug", [True, False])
def test_pages_of_errors_while_developing_are_djangos_own(settings, debug):
    settings.DEBUG = debug
    answer = SteadyPolicy(lambda _request: HttpResponse(status=500))(RequestFactory().get("/"))
    assert (HEADER in answer.headers) is not debug
