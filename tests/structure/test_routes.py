"""Every route is guarded, or named here with the reason why not; every command says what headers it carries."""

import inspect

import pytest

from core.api.operators import OperatorGuard
from core.app import create_app
from core.config import Config
from core.database import Database
from core.engine.service import Engine
from core.extensions import Extensions
from core.files.storage import FolderStorage
from core.http.door import Guard
from core.platform import Platform, read_procedure
from core.sync.grammar import RESERVED

TENANT, PLATFORM, PAGES = "/api/v1/<tenant>", "/api/v1/platform", "/<tenant>/"

EXEMPT = {
    "api.page": "the API's own page, made of its specification",
    "api.healthy": "a sign of life for the server in front of us",
    "api.openapi": "the specification, the same for all",
    "api.static": "the page's style sheet",
    "web.front.home": "the front page: names of governments, nothing of theirs",
}
PUBLIC = {
    "access.log_in": "the log-in itself; throttled",
    "access.redeem": "for those who cannot log in; throttled",
    "operators.log_in": "the operators' log-in; throttled",
    "web.front.crest": "the government's crest, shown before the log-in",
    "web.front.colors": "the government's colour, shown before the log-in",
    "web.entry.landing": "leads to the log-in, or past it",
    "web.entry.log_in": "the log-in's form",
    "web.entry.log_in_now": "the log-in itself; throttled",
    "web.entry.code": "the form for those who cannot log in",
    "web.entry.redeem": "for those who cannot log in; throttled",
    "web.entry.theme": "light or dark, in this browser",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The application as it is wired; its database is never asked."""
    folder = tmp_path_factory.mktemp("routes")
    config = Config(folder, folder, folder / "files", "x" * 40, b"x" * 40)
    parts = Platform(
        config,
        Database("postgresql://nobody@127.0.0.1:1/none"),
        Extensions.load(read_procedure, entry_points=()),
        Engine(config.log_key),
        FolderStorage(config.files_dir),
    )
    yield create_app(platform=parts)
    parts.database.close()


def guards(app):
    return {
        rule.endpoint: (rule.rule, getattr(app.view_functions[rule.endpoint], "guard", None))
        for rule in app.url_map.iter_rules()
    }


def test_every_route_has_a_guard_or_a_reason(app):
    assert {endpoint for endpoint, (_, guard) in guards(app).items() if guard is None} == EXEMPT.keys()


def test_what_is_public_is_meant_to_be(app):
    assert {endpoint for endpoint, (_, guard) in guards(app).items() if guard and guard.public} == PUBLIC.keys()


def test_each_address_has_the_guard_of_its_kind(app):
    for endpoint, (rule, guard) in guards(app).items():
        if rule.startswith((TENANT, PAGES)):
            assert isinstance(guard, Guard), endpoint
        elif rule.startswith(PLATFORM):
            assert isinstance(guard, OperatorGuard), endpoint
        else:
            assert endpoint in EXEMPT, endpoint


def test_no_government_can_be_called_as_an_address_of_the_instance(app):
    """Its pages stand at /<tenant>/…, its API at /api/v1/<tenant>/…; the assets are served before the application."""
    parts = [rule.rule.removeprefix("/api/v1").split("/")[1] for rule in app.url_map.iter_rules()]
    taken = {part for part in parts if part and "<" not in part and "." not in part} | {"aset"}
    assert taken == set(RESERVED)


def test_the_guard_stands_outside_of_everything_else(app):
    """A body is looked at only after the caller: the order of answers is the door's."""
    for endpoint in guards(app).keys() - EXEMPT.keys():
        assert app.view_functions[endpoint].__code__.co_name == "passed", endpoint


def test_what_reads_a_header_documents_it(app):
    paths = app.extensions["langkah_api"].spec.to_dict()["paths"]
    for rule in app.url_map.iter_rules():
        view = inspect.unwrap(app.view_functions[rule.endpoint])
        path = rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}")
        for method in rule.methods - {"HEAD", "OPTIONS"} if path in paths else ():
            operation = paths[path][method.lower()]
            documented = {parameter["name"] for parameter in operation.get("parameters", ())}
            assert ("Idempotency-Key" in documented) == ("command()" in inspect.getsource(view)), rule
            assert ("If-Match" in documented) == ("version()" in inspect.getsource(view)), rule
