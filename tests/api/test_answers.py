"""What the API answers: lists, one of each, pages, filters; and what appears in none of it."""

from __future__ import annotations

import pytest

from tests.api.conftest import HIDDEN

pytestmark = pytest.mark.django_db


def get(client, path: str, status: int = 200, **query):
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_the_index_links_to_everything(client, record):
    told = get(client, "")
    assert {one["address"].removeprefix("http://testserver/api/v1/") for one in told["addresses"]} >= {
        "bills", "bills/{legislature}/{session}/{print_no}", "changes", "people", "statements", "status",
    }  # fmt: skip


ADDRESSES = [
    "",
    "bills",
    "bills/ny/2025/s90001",
    "bills/ny/2025/s90001/changes",
    "changes",
    "proposals",
    "proposals/example-act",
    "issues",
    "sessions",
    "people",
    "people?show=all",
    "people/ana-example",
    "committees",
    "organizations",
    "statements",
    "statements/2026/an-example-speaks",
    "status",
    "openapi.json",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_address_answers_and_tells_nothing_hidden(client, hidden, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    assert HIDDEN.lower() not in answer.content.decode().lower()
    assert "KEPT OUT" not in answer.content.decode()
