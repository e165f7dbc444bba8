"""The pages over the worker's database: governments of a test's own, their people in browsers."""

from collections.abc import Callable

import pytest

from core.app import create_app
from tests.core.api.office import Office, platform_in
from tests.core.web.browsing import Browser
from tests.world import World

CREST = '<svg xmlns="http://www.w3.org/2000/svg" width="34" height="41"><script>alert(1)</script></svg>'


@pytest.fixture(scope="session")
def platform(database, tmp_path_factory):
    """All parts of the platform, with the built-in plugins and a file store of its own."""
    return platform_in(tmp_path_factory.mktemp("pages"), database)


@pytest.fixture(scope="session")
def app(platform):
    """The WSGI application."""
    return create_app(platform=platform)


@pytest.fixture(scope="session")
def found(app, platform) -> Callable[[], Office]:
    """Founds governments whose people can log in; each has a crest."""

    def make() -> Office:
        office = Office(app, World(platform.database, platform.engine))
        folder = platform.config.tenants_dir / office.slug
        folder.mkdir(parents=True)
        (folder / "crest.svg").write_text(CREST)
        return office

    return make


@pytest.fixture
def office(found) -> Office:
    """A government of this test's own."""
    return found()


@pytest.fixture(scope="module")
def town(found) -> Office:
    """A government for tests that only read, or do no harm to each other; its SOP survei is in force."""
    town = found()
    town.put_in_force()
    return town


@pytest.fixture
def stranger(app, office) -> Browser:
    """A browser that nobody is logged in with, at the test's own government."""
    return Browser(app, office.slug)


@pytest.fixture
def browser(app, request) -> Callable[..., Browser]:
    """Opens somebody's browser, logged in through the log-in page: browser("ani"), browser("ani", town)."""

    def opened(name: str, where: Office | None = None, **options: str) -> Browser:
        where = where or request.getfixturevalue("office")
        one = Browser(app, where.slug, **options)
        answer = one.log_in(name)
        assert answer.status == 303, answer.text
        one.follow(answer)
        return one

    return opened
