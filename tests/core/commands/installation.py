"""Langkah as an administrator has it: a database of its own, its environment, and the command line upon it."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from click.testing import CliRunner, Result
from sqlalchemy import text

from core.cli import main
from core.config import Config, load
from core.database import Database
from core.platform import Platform, build
from tests.conftest import Addresses, Server


def run(arguments: Sequence[str], environment: Mapping[str, str], typed: str | None = None) -> Result:
    """One command, in this process."""
    with quiet_log():
        return CliRunner(env=environment).invoke(main, arguments, input=typed, prog_name="langkah")


@contextmanager
def quiet_log() -> Iterator[None]:
    """The runner's standard error is closed after each command; the log of the whole run must not hang on it."""
    before = structlog.get_config() if structlog.is_configured() else None
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL), cache_logger_on_first_use=False
    )
    try:
        yield
    finally:
        structlog.reset_defaults()
        if before is not None:
            structlog.configure(**before)


@dataclass(frozen=True)
class Installation:
    """One installation; `langkah` runs a command in it."""

    addresses: Addresses
    environment: dict[str, str]

    def langkah(self, *arguments: str, typed: str | None = None, **changed: str) -> Result:
        return run(arguments, self.environment | changed, typed)

    def json(self, *arguments: str, **changed: str) -> Any:
        result = self.langkah(*arguments, **changed)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    @property
    def config(self) -> Config:
        return load(self.environment)

    @contextmanager
    def platform(self) -> Iterator[Platform]:
        platform = build(self.config)
        try:
            yield platform
        finally:
            platform.database.close()

    def as_owner(self, tenant: str, *statements: str) -> None:
        """What somebody with the owner role's password could do; row security holds him too, so he says where."""
        database = Database(self.addresses.owner, pool_size=1)
        try:
            with database.engine.begin() as connection:
                connection.execute(
                    text("SELECT set_config('langkah.tenant', id::text, true) FROM tenants WHERE slug = :slug"),
                    {"slug": tenant},
                )
                for statement in statements:
                    connection.exec_driver_sql(statement)
        finally:
            database.close()


@contextmanager
def installed(postgres: Server, folder: Path) -> Iterator[Installation]:
    """An installation with all governments, their SOPs in force and the invented people."""
    name = postgres.clone()
    where = postgres.addresses(name)
    environment = {
        "DATABASE_URL": where.app,
        "DATABASE_OWNER_URL": where.owner,
        "DATABASE_ADMIN_URL": where.admin,
        "LANGKAH_SECRET_KEY": "s" * 40,
        "LANGKAH_LOG_KEY": "l" * 40,
        "LANGKAH_DATA_DIR": str(folder),
    }
    one = Installation(where, environment)
    try:
        result = one.langkah("tenants", "sync", "--demo", "--effective", "today")
        assert result.exit_code == 0, result.output
        yield one
    finally:
        postgres.drop(name)
