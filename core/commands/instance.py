"""The platform as a command needs it: its database reachable, and where it is our own, ready.

Without DATABASE_URL the embedded server runs for as long as the command does, and its schema is made and
brought up to date by itself. With DATABASE_URL nothing is changed behind the administrator's back.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

from core.bootstrap import initialise
from core.config import Config, load
from core.database import Database
from core.embedded import EmbeddedPostgres
from core.errors import ConfigurationError
from core.extensions import Extensions
from core.migration import schema
from core.migration.plugin import upgrade_plugin
from core.platform import Platform, build
from core.tenancy.security import APP_ROLE, OWNER_ROLE

DATABASE = "langkah"


@dataclass(frozen=True)
class Addresses:
    """The database in its three roles; `owner` and `admin` are None where production did not give them."""

    app: str
    owner: str | None
    admin: str | None

    def require_owner(self) -> str:
        """The owner role's address.

        :raises ConfigurationError: it is not given.
        """
        if self.owner is None:
            raise ConfigurationError(reason=f"DATABASE_OWNER_URL (peran {OWNER_ROLE}) wajib diisi untuk perintah ini.")
        return self.owner


@contextmanager
def located(config: Config) -> Iterator[Addresses]:
    """Where the database is; an embedded server runs until the block ends, its schema untouched."""
    if config.database_url is not None:
        yield Addresses(config.database_url, config.owner_url, config.admin_url)
        return
    server = EmbeddedPostgres(config.data_dir / "postgres")
    try:
        yield Addresses(server.url(APP_ROLE, DATABASE), server.url(OWNER_ROLE, DATABASE), server.url())
    finally:
        server.stop()


@contextmanager
def started(config: Config) -> Iterator[tuple[Platform, Addresses]]:
    """The platform, ready to work with, and where its database is; given back when the block ends."""
    with located(config) as addresses:
        platform = build(config, addresses.app)
        try:
            if config.embedded:
                _prepare(config, addresses, platform.extensions)
            yield platform, addresses
        finally:
            platform.database.close()


@contextmanager
def ready(config: Config | None = None) -> Iterator[Platform]:
    """The platform alone, by the environment's configuration."""
    with started(config or load()) as (platform, _):
        yield platform


def upgrade(owner_url: str, extensions: Extensions) -> None:
    """Brings the core's schema and those of the plugins up to date, each plugin in a transaction of its own.

    :raises PluginMigrationRefused: one of the plugins' migrations failed; those before it stay.
    """
    schema.upgrade(owner_url)
    database = Database(owner_url, pool_size=1)
    try:
        for plugin in extensions.plugins.values():
            with database.engine.begin() as connection:
                upgrade_plugin(connection, plugin)
    finally:
        database.close()


def _prepare(config: Config, addresses: Addresses, extensions: Extensions) -> None:
    """Makes and upgrades the embedded database; of two commands that start at once, one waits for the other."""
    owner, admin = addresses.require_owner(), addresses.admin
    assert admin is not None
    with open(config.data_dir / "prepare.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _current(owner, extensions):
            initialise(admin, owner, addresses.app)
            upgrade(owner, extensions)


def _current(owner_url: str, extensions: Extensions) -> bool:
    """Whether nothing is to be made: the usual case, and then two short looks."""
    if any(plugin.schema for plugin in extensions.plugins.values()):
        return False
    try:
        return not schema.pending(owner_url)
    except OperationalError:
        return False
