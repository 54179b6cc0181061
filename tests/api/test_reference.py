"""The API's documents: openapi.json is valid and complete, and the reference page is made from it."""

from __future__ import annotations

import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from bills.filters import BillFilter
from sponsors.api.paging import parameter_names
from tests.api.test_answers import ADDRESSES, get
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client) -> dict:
    return get(client, "openapi.json")


def test_it_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    assert [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_field_parameter_and_address_is_described(document):
    for name, shape in document["components"]["schemas"].items():
        for field, told in shape.get("properties", {}).items():
            assert len(told.get("description", "")) > 4, (name, field)
    for path, methods in document["paths"].items():
        operation = methods["get"]
        assert operation["summary"], path
        assert operation["description"], path
        for parameter in operation.get("parameters", []):
            described = parameter.get("description") or parameter["schema"].get("description")
            assert described or parameter["in"] == "path", (path, parameter["name"])
        assert {"304", "422", "429", "500"} <= set(operation["responses"]), path


def test_every_filter_of_the_page_is_in_the_document(document):
    named = {one["name"] for one in document["paths"]["/api/v1/bills"]["get"]["parameters"]}
    assert named == {*parameter_names(BillFilter({}).form), "page", "limit"}


@pytest.mark.parametrize("path", ADDRESSES[:-1])
def test_answers_are_what_the_document_says(client, record, document, path):
    from jsonschema import Draft202012Validator

    address = "/api/v1/" + path.split("?")[0]
    operation = next(
        methods["get"]
        for pattern, methods in sorted(document["paths"].items(), key=lambda one: "{" in one[0])
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", pattern), address)
    )
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    answer = get(client, path)
    Draft202012Validator({**schema, "components": document["components"]}).validate(answer)


def test_errors_are_what_the_document_says(client, document):
    from jsonschema import Draft202012Validator

    schema = {"$ref": "#/components/schemas/ProblemDetails", "components": document["components"]}
    for path in ("bills?x=1", "people/nobody"):
        Draft202012Validator(schema).validate(client.get(f"/api/v1/{path}").json())


def test_the_page_tells_every_address_parameter_and_field(client, document):
    page = client.get("/api/")
    assert page.status_code == 200
    text = text_of(page)
    for path, methods in document["paths"].items():
        assert f"GET {path}" in text
        for parameter in methods["get"].get("parameters", []):
            assert parameter["name"] in text
    for shape in document["components"]["schemas"].values():
        for field, told in shape.get("properties", {}).items():
            assert field in text
            assert told["description"].replace("`", "") in text
    assert "120 requests a minute" in text
    assert "no scientific sample" in text


def test_its_inner_links_lead_somewhere_and_it_sets_no_cookie(client):
    page = client.get("/api/")
    html = page.content.decode()
    names = re.findall(r'\bid="([^"]+)"', html)
    assert len(names) == len(set(names))
    linked = set(re.findall(r'href="#([^"]+)"', html))
    assert len(linked) > 20
    assert linked <= set(names)
    assert not page.cookies


def test_its_examples_are_addresses_of_the_api(client):
    page = client.get("/api/").content.decode()
    examples = re.findall(r"curl 'http://127\.0\.0\.1:8000([^']+)'", page)
    assert len(examples) > 15
    for example in examples:
        answer = client.get(example.replace("&amp;", "&"))
        assert answer.status_code in {200, 404}, example
        assert answer.status_code == 200 or "{" not in example
