"""The application over the worker's database, as gunicorn would serve it."""

import pytest

from core.app import create_app
from core.config import Config
from core.engine.service import Engine
from core.extensions import Extensions
from core.files.storage import FolderStorage
from core.platform import Platform, read_procedure
from tests.core.api.office import Office
from tests.world import LOG_KEY, World


@pytest.fixture(scope="session")
def platform(database, tmp_path_factory):
    """All parts of the platform, with the built-in plugins and a file store of its own."""
    folder = tmp_path_factory.mktemp("api")
    config = Config(
        data_dir=folder,
        tenants_dir=folder / "tenants",
        files_dir=folder / "files",
        secret_key="rahasia kuki untuk uji, bukan rahasia",
        log_key=LOG_KEY,
    )
    extensions = Extensions.load(read_procedure)
    engine = Engine(LOG_KEY, extensions.for_tenant)
    return Platform(config, database, extensions, engine, FolderStorage(config.files_dir))


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
