"""The specification is whole and valid; the page that shows it needs no script and nothing from elsewhere."""

import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from core.tenancy.models import Tenant

pytestmark = pytest.mark.database

METHODS = ("get", "post", "put", "patch", "delete")
ENGLISH = re.compile(r"\b(the|of|and|with|is|a|to|for|OK|Created|default)\b")


@pytest.fixture(scope="module")
def document(app):
    """The specification as it is served."""
    return app.test_client().get("/api/v1/openapi.json").json


@pytest.fixture(scope="module")
def operations(document):
    """Every operation by (method, path)."""
    return {
        (method, path): item[method] for path, item in document["paths"].items() for method in METHODS if method in item
    }


def test_it_is_valid_openapi_3_1(document):
    assert document["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_route_of_the_api_is_in_it(app, operations):
    routes = {
        (method.lower(), re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/") and rule.endpoint != "api.openapi"
    }
    assert routes == operations.keys()


def test_every_operation_says_in_indonesian_what_it_does(operations):
    for at, operation in operations.items():
        summary = operation["summary"]
        assert summary[0].isupper() and summary.endswith(".") and len(summary) > 10, at
        assert not ENGLISH.search(summary), (at, summary)
        assert "description" not in operation, at


def test_every_answer_is_described_in_indonesian(document, operations):
    told = [response["description"] for response in document["components"]["responses"].values()]
    for operation in operations.values():
        told += [answer["description"] for answer in operation["responses"].values() if "$ref" not in answer]
    assert told and not [words for words in told if ENGLISH.search(words)]


def test_guarded_operations_declare_their_security(app, operations):
    public = {("post", "/api/v1/{tenant}/login"), ("post", "/api/v1/{tenant}/password/redeem"),
              ("post", "/api/v1/platform/login")}  # fmt: skip
    for at, operation in operations.items():
        scheme = "operator" if at[1].startswith("/api/v1/platform") else "token"
        assert operation["security"] == ([] if at in public else [{scheme: []}]), at


def test_the_schemes_are_the_bearer_token_and_the_operators_cookie(document):
    schemes = document["components"]["securitySchemes"]
    assert (schemes["token"]["type"], schemes["token"]["scheme"]) == ("http", "bearer")
    assert (schemes["operator"]["in"], schemes["operator"]["name"]) == ("cookie", "langkah_platform")


def test_errors_are_documented_as_problems(document, operations):
    for response in document["components"]["responses"].values():
        assert response["content"].keys() == {"application/problem+json"}
    for (method, path), operation in operations.items():
        codes = operation["responses"].keys()
        assert "default" in codes
        if operation["security"]:
            assert "401" in codes, path
        if "{tenant}" in path:
            assert "404" in codes, path
        if "requestBody" in operation:
            assert {"400", "413", "415", "422"} <= codes, (method, path)


COMMANDS = {
    "post": {"/cases", "/cases/{case_id}/comments", "/cases/{case_id}/cancel", "/cases/{case_id}/members",
             "/cases/{case_id}/conclude", "/tasks/{task_id}/begin", "/tasks/{task_id}/complete",
             "/tasks/{task_id}/return", "/tasks/{task_id}/withdraw", "/tasks/{task_id}/reassign",
             "/tasks/{task_id}/excuse", "/tasks/{task_id}/evidence"},
    "put": {"/tasks/{task_id}/draft"},
    "delete": {"/tasks/{task_id}/evidence/{evidence_id}"},
}  # fmt: skip
VERSIONED = {"/tasks/{task_id}/complete", "/tasks/{task_id}/return", "/tasks/{task_id}/reassign"}
UNCHANGED_SINCE = {("delete", "/assignments/{assignment_id}")}  # besides every PATCH


def test_the_headers_of_commands_are_documented(operations):
    for (method, path), operation in operations.items():
        at = path.removeprefix("/api/v1/{tenant}")
        asked = {parameter["name"]: parameter for parameter in operation.get("parameters", ())}
        assert ("Idempotency-Key" in asked) == (at in COMMANDS.get(method, ())), (method, path)
        decided = (method == "post" and at in VERSIONED) or method == "patch" or (method, at) in UNCHANGED_SINCE
        assert ("If-Match" in asked) == decided, (method, path)
        for name in asked.keys() & {"Idempotency-Key", "If-Match"}:
            assert asked[name]["in"] == "header" and asked[name]["required"] is True
        if "If-Match" in asked:
            assert {"409", "412", "428"} <= operation["responses"].keys()
            assert method == "delete" or "ETag" in operation["responses"]["200"]["headers"]


def test_the_evidence_is_a_form_with_field_and_file(document, operations):
    content = operations["post", "/api/v1/{tenant}/tasks/{task_id}/evidence"]["requestBody"]["content"]
    assert content.keys() == {"multipart/form-data"}
    schema = document["components"]["schemas"]["Attachment"]
    assert schema["properties"].keys() == {"field", "file"} and set(schema["required"]) == {"field", "file"}


@pytest.fixture(scope="module")
def page(app, town):
    """The page, with a government on it."""
    return app.test_client().get("/api")


def test_the_page_lists_the_governments_and_every_operation(page, town, operations):
    shown = page.get_data(as_text=True)
    assert page.mimetype == "text/html" and '<html lang="id">' in shown
    assert f"Kota {town.slug}" in shown and f"/api/v1/{town.slug}" in shown
    for _, path in operations:
        base = "/".join(path.split("/")[:4])
        assert f"<code>{base.replace('{tenant}', '{daerah}')}</code>" in shown
        assert f"<code>{path.removeprefix(base)}</code>" in shown
    assert len(re.findall(r'<span class="method ', shown)) == len(operations)


def test_the_page_has_no_inline_style_or_script_and_nothing_from_elsewhere(page):
    shown = page.get_data(as_text=True)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", shown)
    assert not [link for link in re.findall(r'(?:href|src)="([^"]+)"', shown) if not link.startswith(("/", "#"))]


def test_a_governments_name_is_text_on_the_page(app, database, town):
    hostile = "Kota <img src=x onerror=alert(1)>"
    with database.session() as session, session.begin():
        session.get(Tenant, town.world.id).name = hostile
    try:
        shown = app.test_client().get("/api").get_data(as_text=True)
        assert hostile not in shown and "Kota &lt;img" in shown
    finally:
        with database.session() as session, session.begin():
            session.get(Tenant, town.world.id).name = f"Kota {town.slug}"
