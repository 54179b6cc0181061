"""Whatever anybody sends, the API answers: it never breaks, and errors have one shape."""

from __future__ import annotations

import json
from functools import cache
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bills.api.feed import Place, place_of
from config.api import api

pytestmark = pytest.mark.django_db
texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "1e9",
            "2017",
            "٢٠١٧",
            "null",
            "\0",
            "' OR 1=1 --",
            "<script>",
            "9" * 400,
            "2026-02-30",
            "&(",
        ]
    ),
)


@cache
def operations() -> list[tuple[str, list[str]]]:
    paths = api.get_openapi_schema()["paths"]
    return [
        (path, [one["name"] for one in methods["get"].get("parameters", []) if one["in"] == "query"])
        for path, methods in paths.items()
    ]


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_input_of_any_kind_breaks_it(client, record, data, settings):
    settings.API_REQUESTS_PER_MINUTE = 100_000
    path, names = data.draw(st.sampled_from(operations()))
    while "{" in path:
        start, end = path.index("{"), path.index("}")
        known = {
            "{legislature}": "ny",
            "{session}": "2025",
            "{print_no}": "s90001",
            "{person}": "ana-example",
        }
        value = data.draw(st.one_of(st.just(known.get(path[start : end + 1], "2026")), texts))
        path = path[:start] + quote(value, safe="") + path[end + 1 :]
    query = data.draw(st.lists(st.tuples(st.sampled_from([*names, "page", "limit", "x"]), texts), max_size=3))
    answer = client.get(path + "?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in query))
    assert answer.status_code in {200, 301, 404, 422}, (path, query)
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert json.loads(answer.content)["status"] == answer.status_code


@given(st.datetimes(timezones=st.timezones()), st.integers(0, 2**63 - 1))
def test_a_cursor_is_read_as_it_was_written(moment, key):
    from datetime import UTC

    place = Place(moment.astimezone(UTC), key)
    assert place_of(str(place)) == place


@given(st.text(max_size=80))
def test_no_other_text_is_a_cursor(text):
    with pytest.raises(ValueError, match="no cursor of ours"):
        place_of(text)
