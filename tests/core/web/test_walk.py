"""All pages × all readers: what ground.md 11 says each is answered, in its order.

A page that has no row in tests/core/web/routes.py fails the first test.
"""

import re
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import update

from core.identity.models import Person
from core.organization import roles
from core.organization.models import Role
from core.web.cookies import session_name
from tests.core.api.routes import STRANGER, Stage
from tests.core.web.browsing import Browser
from tests.core.web.routes import PAGES
from tests.world import BY

pytestmark = pytest.mark.database

NOBODYS = "A" * 43


@pytest.fixture(scope="module")
def home(found):
    """The government whose pages are walked; everybody but the stranger has the ordinary role."""
    home = found()
    home.put_in_force()
    with home.world.scope() as session:
        session.execute(update(Role).where(Role.key == "pegawai").values(everyone=False))
        for name, person in home.world.people.items():
            if name != STRANGER:
                roles.grant(session, BY, "pegawai", person_id=person)
    return home


@pytest.fixture(scope="module")
def abroad(found):
    """Another government, with a namesake for everybody."""
    return found()


@pytest.fixture(scope="module")
def readers(app):
    """Opens a browser of somebody's, logged in once: readers(office, "ani")."""
    known: dict[tuple[str, str], str] = {}

    def opened(office, name) -> Browser:
        browser = Browser(app, office.slug)
        if (office.slug, name) not in known:
            assert browser.log_in(name).status == 303
            known[office.slug, name] = browser.secret
        return bearing(browser, office.slug, known[office.slug, name])

    return opened


def bearing(browser, slug, secret):
    """The browser with that secret in the cookie of that government."""
    browser.client.set_cookie(session_name(slug), secret, path=f"/{slug}")
    return browser


@pytest.fixture
def stage(home):
    """Fresh things for one page."""
    return Stage(home)


def test_no_page_is_missing_in_the_table(app):
    pages = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/<tenant>")
    }
    assert pages == PAGES.keys()


class Call:
    """One page with its things made, to be asked for by one reader after the other."""

    def __init__(self, stage, method, rule):
        self.stage, self.method, self.rule, self.route = (
            stage,
            method,
            rule.removeprefix("/<tenant>"),
            PAGES[method, rule],
        )
        self.named = self.route.path(stage)
        self.version = self._version()

    def _version(self):
        at = "/tasks/{task_id}" if self.route.versioned else self.route.seen
        if at is None:
            return {}
        answer = self.stage.office.caller(self.route.by).get(at.format(**self.named))
        return {"versi": answer.headers["ETag"].strip('"')}

    def by(self, browser, named=None, slug=None):
        path = re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda part: str((named or self.named)[part[1]]), self.rule)
        typed = {"kunci": uuid.uuid4().hex, **self.version, **self.route.form(self.stage)}
        options = {"data": typed} if self.method == "POST" else {}
        return browser.open(self.method, f"/{slug or browser.slug}{path}", **options)

    def by_nothing_there(self, browser):
        """The same where the address names nothing at all."""
        nothing: dict[type, Callable] = {uuid.UUID: uuid.uuid4, str: lambda: "tidak-ada", int: lambda: 999}
        return self.by(browser, {name: nothing[type(value)]() for name, value in self.named.items()})


def walk(public):
    routes = [key for key, route in PAGES.items() if route.public == public]
    return pytest.mark.parametrize(("method", "rule"), routes, ids=lambda part: part.removeprefix("/<tenant>"))


def is_sent_to_the_log_in(page, office):
    assert page.status == 303 and page.onward.partition("?")[0] == f"/{office.slug}/masuk", (page.status, page.onward)


@walk(public=False)
def test_a_guarded_page(app, home, abroad, readers, stage, method, rule):
    call = Call(stage, method, rule)
    route, mine, stranger = call.route, readers(home, call.route.by), readers(home, STRANGER)

    assert call.by(mine, slug="tidak-ada").status == 404
    is_sent_to_the_log_in(call.by(Browser(app, home.slug)), home)
    is_sent_to_the_log_in(call.by(bearing(Browser(app, home.slug), home.slug, NOBODYS)), home)
    foreign = bearing(Browser(app, home.slug), home.slug, readers(abroad, route.by).secret)
    is_sent_to_the_log_in(call.by(foreign), home)
    is_sent_to_the_log_in(call.by(mine, slug=abroad.slug), abroad)
    if call.named:
        is_sent_to_the_log_in(call.by_nothing_there(Browser(app, home.slug)), home)
        assert call.by_nothing_there(stranger).status == 404
        assert call.by_nothing_there(mine).status == 404
    if {"task_id", "case_id", "session_id", "token_id"} & call.named.keys():
        assert call.by(readers(abroad, route.by)).status == 404  # logged in there, things of here
    if route.wrong is not None:
        page = call.by(stranger)
        assert page.status == route.wrong, page.text
    _at_first(call, home, mine)
    page = call.by(mine)
    assert page.status == route.right, page.text


def _at_first(call, home, browser):
    """Whoever has still to choose a password of his own is sent there, from everywhere but there."""
    home.must_change(call.route.by)
    if not call.route.unchanged:
        page = call.by(browser)
        assert page.status == 303 and page.onward == f"/{home.slug}/sandi"
    elif call.method == "GET":
        assert call.by(browser).status == call.route.right
    with home.world.scope() as session:
        session.execute(update(Person).where(Person.username == call.route.by).values(must_change=False))


@walk(public=True)
def test_a_public_page_answers_everybody(app, home, abroad, readers, stage, method, rule):
    visitor = Browser(app, home.slug)
    foreign = bearing(Browser(app, home.slug), home.slug, readers(abroad, "ani").secret)
    for browser in (visitor, bearing(Browser(app, home.slug), home.slug, NOBODYS), foreign, readers(home, "budi")):
        call = Call(stage, method, rule)
        page = call.by(browser)
        logged_in = browser.secret and rule == "/<tenant>/masuk" and browser not in (visitor, foreign)
        assert page.status in {call.route.right, 303 if logged_in else call.route.right}, page.text
    assert Call(stage, method, rule).by(visitor, slug="tidak-ada").status == 404


@pytest.mark.parametrize(("method", "rule"), [key for key in PAGES if key[0] == "POST"])
def test_no_form_is_taken_from_elsewhere(home, readers, stage, method, rule):
    call = Call(stage, method, rule)
    browser = readers(home, call.route.by)
    path = re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda part: str(call.named[part[1]]), call.rule)
    page = browser.open(method, f"/{home.slug}{path}", {"Origin": "https://jahat.example"}, data=call.route.form(stage))
    assert page.status == 403 and "tidak datang dari halaman Langkah" in page.text
