"""The core schema's way up and down, run as the owner role in one transaction each."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from core.config import ROOT
from core.database import Database
from core.tables import METADATA


def upgrade(owner_url: str, target: str = "head") -> None:
    """Brings the core schema to `target`; nothing happens where it is there already."""
    with _alembic(owner_url) as (config, _):
        command.upgrade(config, target)


def downgrade(owner_url: str, target: str) -> None:
    """Takes the core schema back to `target` ("base" empties it)."""
    with _alembic(owner_url) as (config, _):
        command.downgrade(config, target)


def pending(owner_url: str) -> list[str]:
    """The revisions that are still to run, oldest first; empty when the schema is current."""
    with _alembic(owner_url) as (config, connection):
        script = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(connection).get_current_revision()
        todo = [r.revision for r in script.iterate_revisions("head", current or "base")]
        return todo[::-1]


def drift(owner_url: str) -> list[str]:
    """Where the database differs from the mapped classes, one line a difference."""
    with _alembic(owner_url) as (_, connection):
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [repr(difference) for difference in compare_metadata(context, METADATA)]


@contextmanager
def _alembic(owner_url: str) -> Iterator[tuple[AlembicConfig, Connection]]:
    config = AlembicConfig()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    database = Database(owner_url, pool_size=1)
    try:
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            yield config, connection
    finally:
        database.close()
