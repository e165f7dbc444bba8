"""What one process serves with: configuration, database, plugins, engine, file store."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.config import Config
from core.database import Database
from core.engine.service import Engine
from core.errors import ConfigurationError
from core.extensions import Extensions
from core.files.storage import FolderStorage
from core.procedures.loader import load_procedure


@dataclass(frozen=True)
class Platform:
    """The parts that outlive a request; none of them is a tenant's."""

    config: Config
    database: Database
    extensions: Extensions
    engine: Engine
    storage: FolderStorage


def build(config: Config, database_url: str | None = None) -> Platform:
    """Wires the parts together.

    :param database_url: the app role's address where it is not the configuration's (the embedded server's).
    """
    url = database_url or config.database_url
    if url is None:
        raise ConfigurationError(reason="DATABASE_URL wajib diisi.")
    extensions = Extensions.load(read_procedure)
    return Platform(
        config=config,
        database=Database(url, pool_size=config.pool_size),
        extensions=extensions,
        engine=Engine(config.log_key, extensions.for_tenant),
        storage=FolderStorage(config.files_dir),
    )


def read_procedure(file: Path) -> tuple[str, Any]:
    """One procedure file as the plugins' loader wants it: its id and its definition."""
    definition = load_procedure(file)
    return definition.key, definition
