"""All routes × all callers: what ground.md 11 says each is answered, in its order."""

import uuid
from urllib.parse import quote

import pytest
from sqlalchemy import select, update

from core.identity.models import Person
from core.organization import roles
from core.organization.models import Role
from tests.core.api.office import Caller, Office, is_problem
from tests.core.api.routes import (
    OPEN_ROUTES,
    PLATFORM_ROUTES,
    STRANGER,
    TENANT_ROUTES,
    Stage,
)
from tests.world import BY, World

pytestmark = pytest.mark.database

NOBODYS = "lgk_" + "A" * 43


@pytest.fixture(scope="module")
def home(app, platform):
    """The government whose routes are walked; everybody but the stranger has the ordinary role."""
    home = Office(app, World(platform.database, platform.engine))
    home.put_in_force()
    world = home.world
    with world.scope() as session:
        session.execute(update(Role).where(Role.key == "pegawai").values(everyone=False))
        for name, person in world.people.items():
            if name != STRANGER:
                roles.grant(session, BY, "pegawai", person_id=person)
    return home


@pytest.fixture(scope="module")
def abroad(app, platform):
    """Another government, with a namesake for everybody."""
    return Office(app, World(platform.database, platform.engine))


@pytest.fixture
def stage(home):
    """Fresh things for one route."""
    return Stage(home)


def methods(rule):
    return rule.methods - {"HEAD", "OPTIONS"}


def test_no_route_is_missing_in_the_table(app):
    """Those of the pages stand in the table of tests/core/web/test_walk.py."""
    rules = [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("web.")]
    routes = {(method, rule.rule) for rule in rules for method in methods(rule)}
    assert routes == TENANT_ROUTES.keys() | PLATFORM_ROUTES.keys() | OPEN_ROUTES.keys()


class Call:
    """One route with its things made, to be sent by one caller after the other."""

    def __init__(self, stage, method, rule, route):
        self.stage, self.method, self.route = stage, method, route
        self.rule = rule.removeprefix("/api/v1/<tenant>")
        self.named = route.path(stage)
        self.body = route.body(stage) if route.body else None
        self.version = self._version()

    def _version(self):
        if self.route.seen is None:
            return None
        return self.stage.office.caller(self.route.by).get(self.route.seen.format(**self.named)).headers["ETag"]

    def path(self, named):
        path = self.rule
        for name, value in named.items():
            path = path.replace(f"<uuid:{name}>", str(value)).replace(f"<{name}>", str(value))
        return path

    def by(self, caller, named=None):
        headers = {"Idempotency-Key": uuid.uuid4().hex} if self.route.command else {}
        headers |= {"If-Match": self.version} if self.version else {}
        options = {"data": self.route.form(self.stage)} if self.route.form else {}
        options |= {"json": self.body} if self.body is not None else {}
        options |= {"query_string": self.route.query} if self.route.query else {}
        return caller.send(self.method, self.path(named or self.named), headers, **options)

    def by_nothing_there(self, caller):
        """The same where the address names nothing at all."""
        return self.by(caller, {name: uuid.uuid4() for name in self.named})


def walk(routes):
    return pytest.mark.parametrize(("method", "rule"), routes, ids=lambda part: part.replace("/api/v1/", ""))


@walk([key for key, route in TENANT_ROUTES.items() if not route.public])
def test_a_guarded_route(app, home, abroad, stage, method, rule):
    route = TENANT_ROUTES[method, rule]
    call = Call(stage, method, rule, route)
    mine, stranger = home.caller(route.by), home.caller(STRANGER)

    is_problem(call.by(mine.at("tidak-ada")), 404, "daerah-tidak-terdaftar")
    is_problem(call.by(home.visitor), 401, "belum-masuk")
    is_problem(call.by(Caller(app, home.slug, NOBODYS)), 404, "token-tidak-dikenal")
    is_problem(call.by(abroad.caller(route.by).at(home.slug)), 404, "token-tidak-dikenal")
    is_problem(call.by(mine.at(abroad.slug)), 404, "token-tidak-dikenal")
    if call.named:
        is_problem(call.by_nothing_there(home.visitor), 401)
        is_problem(call.by_nothing_there(stranger), 404)
        is_problem(call.by_nothing_there(mine), 404)
        is_problem(call.by(abroad.caller(route.by)), 404)  # logged in there, things of here
    if route.wrong in (403, 404):
        is_problem(call.by(stranger), route.wrong)
    elif route.wrong:
        assert call.by(stranger).status_code == route.wrong
    if not route.unchanged:
        home.must_change(route.by)
        is_problem(call.by(mine), 403, "ganti-kata-sandi")
        _changed(home, route.by)
    answer = call.by(mine)
    assert answer.status_code == route.right, answer.get_data(as_text=True)
    if route.unchanged and method == "GET":
        home.must_change(route.by)
        assert call.by(mine).status_code == route.right
        _changed(home, route.by)


def _changed(home, name):
    with home.world.scope() as session:
        session.execute(update(Person).where(Person.username == name).values(must_change=False))


@walk([key for key, route in TENANT_ROUTES.items() if route.public])
def test_a_public_route_serves_everybody_as_a_visitor(app, home, abroad, stage, method, rule):
    route = TENANT_ROUTES[method, rule]
    callers = [
        home.visitor, Caller(app, home.slug, NOBODYS), abroad.caller("ani").at(home.slug), home.caller("ani")
    ]  # fmt: skip
    for caller in callers:
        answer = Call(stage, method, rule, route).by(caller)
        assert answer.status_code == route.right, answer.get_data(as_text=True)
    is_problem(Call(stage, method, rule, route).by(home.visitor.at("tidak-ada")), 404, "daerah-tidak-terdaftar")


@pytest.fixture(scope="module")
def operator(app, home):
    """A client that bears an operator's cookie."""
    client = app.test_client()
    assert client.post("/api/v1/platform/login", json=Stage(home).operator()).status_code == 201
    return client


@walk([key for key, route in PLATFORM_ROUTES.items() if not route.public])
def test_an_operators_route(app, home, operator, method, rule):
    stranger = app.test_client()
    is_problem(stranger.open(rule, method=method), 401, "belum-masuk-operator")
    stranger.set_cookie("langkah_platform", "A" * 43)
    is_problem(stranger.open(rule, method=method), 401, "belum-masuk-operator")
    is_problem(home.caller("gita").at("platform").send(method, rule.removeprefix("/api/v1/platform")), 401)
    assert operator.open(rule, method=method).status_code == PLATFORM_ROUTES[method, rule].right


def test_a_tenant_cannot_be_reached_with_an_operators_cookie(home, app):
    client = app.test_client()
    client.post("/api/v1/platform/login", json=Stage(home).operator())
    is_problem(client.get(f"/api/v1/{home.slug}/cases"), 401, "belum-masuk")


@walk(list(OPEN_ROUTES))
def test_an_open_route_answers_anybody(app, method, rule):
    path = rule.replace("<path:filename>", "api.css")
    assert app.test_client().open(path, method=method, buffered=True).status_code == 200


@pytest.mark.parametrize("slug", ["platform", "PANGKALPINANG", "..", "%00", "%ED%A0%80", "a" * 5000, "'; --", "%2e%2e"])
def test_an_address_of_no_government(home, slug):
    is_problem(home.caller("ani").at(quote(slug, safe="%")).get("/units"), 404)


def test_disabled_people_and_tokens_that_are_over_are_told_to_log_in_again(office):
    eko, lila = office.caller("eko"), office.caller("lila")
    (token,) = eko.get("/tokens").json
    assert eko.send("DELETE", f"/tokens/{token['id']}").status_code == 204
    is_problem(eko.get("/me"), 401, "token-berakhir")
    with office.world.scope() as session:
        session.scalars(select(Person).where(Person.username == "lila")).one().active = False
    is_problem(lila.get("/me"), 401, "token-berakhir")
