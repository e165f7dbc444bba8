"""The application over the worker's database, as gunicorn would serve it."""

import pytest

from core.app import create_app
from tests.core.api.office import Office, platform_in
from tests.world import World


@pytest.fixture(scope="session")
def platform(database, tmp_path_factory):
    """All parts of the platform, with the built-in plugins and a file store of its own."""
    return platform_in(tmp_path_factory.mktemp("api"), database)


@pytest.fixture(scope="session")
def app(platform):
    """The WSGI application."""
    return create_app(platform=platform)


@pytest.fixture
def office(app, platform) -> Office:
    """A government of this test's own, its people able to log in."""
    return Office(app, World(platform.database, platform.engine))


@pytest.fixture(scope="module")
def town(app, platform) -> Office:
    """A government for tests that only read, or do no harm to each other; its SOP survei is in force."""
    town = Office(app, World(platform.database, platform.engine))
    town.put_in_force()
    return town
