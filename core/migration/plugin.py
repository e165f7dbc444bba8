"""Runs a plugin's own Alembic migrations: in its schema, with its version table, watched by the catalogue.

Everything happens in the caller's transaction, as the owner role: a migration that fails, or that leaves
anything outside the wall, leaves nothing behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from core.contracts import Plugin
from core.errors import LangkahError
from core.migration.wall import elsewhere, unguarded
from core.tenancy.security import APP_ROLE

_ENVIRONMENT = Path(__file__).with_name("plugin_environment")


class PluginMigrationRefused(LangkahError):
    """Migrasi plugin "{plugin}" dibatalkan: {reason}

    Perbaiki migrasinya, lalu jalankan lagi `langkah db upgrade`.
    """

    type = "migrasi-plugin-dibatalkan"


def upgrade_plugin(connection: Connection, plugin: Plugin, target: str = "head") -> None:
    """Brings the plugin's schema to `target`; nothing happens where it has no tables.

    :param connection: the owner role's; the caller opens and commits its transaction.
    :raises PluginMigrationRefused: the migration failed or left a table unguarded; to be rolled back.
    """
    if plugin.schema is None:
        return
    _make_schema(connection, plugin.schema)
    with _watched(connection, plugin, plugin.schema) as config:
        command.upgrade(config, target)


def downgrade_plugin(connection: Connection, plugin: Plugin, target: str = "base") -> None:
    """Takes the plugin's schema back to `target`; "base" leaves it with the version table only.

    :raises PluginMigrationRefused: as upgrade_plugin.
    """
    if plugin.schema is not None:
        with _watched(connection, plugin, plugin.schema) as config:
            command.downgrade(config, target)


def pending_revisions(connection: Connection, plugin: Plugin) -> list[str]:
    """The plugin's revisions that are still to run, oldest first."""
    if plugin.schema is None:
        return []
    script = ScriptDirectory.from_config(_config(connection, plugin))
    context = MigrationContext.configure(connection, opts={"version_table_schema": plugin.schema})
    return [each.revision for each in script.iterate_revisions("head", context.get_current_revision() or "base")][::-1]


def _make_schema(connection: Connection, schema: str) -> None:
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {APP_ROLE}")


@contextmanager
def _watched(connection: Connection, plugin: Plugin, schema: str) -> Iterator[Config]:
    """The migration: short locks, unqualified names falling into the plugin's schema, its result checked."""
    connection.exec_driver_sql("SET LOCAL lock_timeout = '3s'")
    path = connection.exec_driver_sql("SELECT current_setting('search_path')").scalar_one()
    connection.exec_driver_sql(f"SET LOCAL search_path TO {schema}, public")
    before = elsewhere(connection, schema)
    try:
        yield _config(connection, plugin)
    except LangkahError as error:
        raise PluginMigrationRefused(plugin=plugin.name, reason=str(error)) from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".")
        raise PluginMigrationRefused(plugin=plugin.name, reason=f"{reason}.") from error
    _check_result(connection, plugin, schema, before)
    connection.execute(text("SELECT set_config('search_path', :path, true)"), {"path": path})


def _check_result(connection: Connection, plugin: Plugin, schema: str, before: set[str]) -> None:
    moved = sorted(before ^ elsewhere(connection, schema))
    if moved:
        reason = f"ia membuat atau menghapus {', '.join(moved)} di luar skema {schema}."
        raise PluginMigrationRefused(plugin=plugin.name, reason=reason)
    open_ones = unguarded(connection, schema)
    if open_ones:
        reason = (
            f"tabel {', '.join(open_ones)} tidak terlindung per daerah: buatlah dengan create_tenant_table, "
            "dan awali setiap kunci dengan tenant_id."
        )
        raise PluginMigrationRefused(plugin=plugin.name, reason=reason)


def _config(connection: Connection, plugin: Plugin) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_ENVIRONMENT).replace("%", "%%"))
    config.set_main_option("version_locations", str(plugin.migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes.update(connection=connection, schema=plugin.schema)
    return config
