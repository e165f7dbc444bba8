"""What `langkah db check` looks at, each finding with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from core.contracts import Plugin
from core.database import Database
from core.extensions import Extensions
from core.migration import schema, wall
from core.migration.plugin import pending_revisions
from core.tables import EXEMPT
from core.tenancy.catalogue import unguarded

LEAST_VERSION = 15
UPGRADE = "Jalankan `langkah db upgrade`."
INITIALISE = "Periksa DATABASE_OWNER_URL; bila basis datanya belum dibuat, jalankan `langkah db init`."
REPAIR = "Pulihkan skema dari cadangan, atau cari migrasi yang mengubahnya di luar Langkah."


@dataclass(frozen=True)
class Finding:
    """What is not well in the database, and the way out; both Indonesian sentences."""

    problem: str
    remedy: str


def findings(owner_url: str, extensions: Extensions) -> list[Finding]:
    """Everything that is not well, the deepest cause first; none is good."""
    database = Database(owner_url, pool_size=1)
    try:
        with database.engine.connect() as connection:
            version = connection.dialect.server_version_info or (0,)
            if int(version[0]) < LEAST_VERSION:
                return [_old(int(version[0]))]
            todo = schema.pending(owner_url)
            if todo:
                return [Finding(f"Migrasi inti belum dijalankan: {', '.join(todo)}.", UPGRADE)]
            return [*_core(owner_url, connection), *_plugins(connection, extensions)]
    except OperationalError as error:
        return [Finding(f"Basis data tidak dapat dibuka: {' '.join(str(error.orig).split())}.", INITIALISE)]
    finally:
        database.close()


def _old(version: int) -> Finding:
    return Finding(f"PostgreSQL {version} terlalu lama.", f"Pakailah PostgreSQL {LEAST_VERSION} atau yang lebih baru.")


def _core(owner_url: str, connection: Connection) -> Iterator[Finding]:
    for difference in schema.drift(owner_url):
        yield Finding(f"Skema berbeda dari yang seharusnya: {difference}", REPAIR)
    for table in unguarded(connection, EXEMPT):
        yield Finding(f"Tabel {table} tidak terlindung per daerah (row security).", REPAIR)


def _plugins(connection: Connection, extensions: Extensions) -> Iterator[Finding]:
    for refused in extensions.refused:
        yield Finding(f'Plugin "{refused.name}" ditolak: {refused.reason}', refused.remedy)
    for plugin in extensions.plugins.values():
        yield from _plugin(connection, plugin)


def _plugin(connection: Connection, plugin: Plugin) -> Iterator[Finding]:
    todo = pending_revisions(connection, plugin)
    if todo:
        yield Finding(f'Migrasi plugin "{plugin.name}" belum dijalankan: {", ".join(todo)}.', UPGRADE)
    for table in wall.unguarded(connection, plugin.schema) if plugin.schema else ():
        yield Finding(
            f"Tabel {plugin.schema}.{table} tidak terlindung per daerah.",
            f'Hubungi pembuat plugin "{plugin.name}"; sampai diperbaiki, jangan pakai plugin itu.',
        )
