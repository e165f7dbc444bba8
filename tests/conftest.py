"""One real PostgreSQL for the whole run; a database per worker, cloned from a migrated template.

LANGKAH_TEST_ADMIN_URL points the run at another server (CI does so with Debian's); otherwise it is the embedded one.
"""

import hashlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from core.bootstrap import initialise
from core.config import ROOT
from core.database import Database
from core.embedded import EmbeddedPostgres
from core.migration import schema
from core.tenancy.models import Tenant
from core.tenancy.scope import tenant_transaction

TEMPLATE_LOCK = 7_000_001


@dataclass(frozen=True)
class Addresses:
    """The addresses of one database in three roles."""

    admin: str
    owner: str
    app: str


class Server:
    """The PostgreSQL of this run, whichever it is."""

    def __init__(self, admin_url: str) -> None:
        self.admin_url = admin_url

    def addresses(self, database: str) -> Addresses:
        return Addresses(
            self._as("postgres", database),
            self._as("langkah_owner", database),
            self._as("langkah_app", database),
        )

    def _as(self, role: str, database: str) -> str:
        parts = urlsplit(self.admin_url)
        host = parts.netloc.rpartition("@")[2]
        user = parts.netloc.rpartition("@")[0] if role == "postgres" else f"{role}:langkah"
        return urlunsplit((parts.scheme, f"{user}@{host}", f"/{database}", parts.query, ""))

    def template(self) -> str:
        """The name of the migrated template; built once per state of the migrations, whoever comes first."""
        digest = hashlib.sha256()
        for file in sorted((ROOT / "migrations").rglob("*.[ps][yq]*")):
            digest.update(file.read_bytes())
        name = f"langkah_template_{digest.hexdigest()[:12]}"
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute("SELECT pg_advisory_lock(%s)", (TEMPLATE_LOCK,))
            if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
                self._build(admin, name)
        return name

    def _build(self, admin: psycopg.Connection, name: str) -> None:
        building = f"{name}_building"
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(building)))
        where = self.addresses(building)
        initialise(where.admin.replace(f"/{building}", "/postgres"), where.owner, where.app)
        schema.upgrade(where.owner)
        admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (building, name))))

    def clone(self) -> str:
        """A fresh migrated database; the caller drops it."""
        name = f"t_{os.getpid()}_{uuid.uuid4().hex[:8]}"
        template = self.template()
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute("SELECT pg_advisory_lock(%s)", (TEMPLATE_LOCK,))
            admin.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER langkah_owner").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return name

    def drop(self, name: str) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server of this run."""
    given = os.environ.get("LANGKAH_TEST_ADMIN_URL")
    if given:
        yield Server(given)
        return
    folder = Path(os.environ.get("LANGKAH_DATA_DIR", ROOT / ".langkah")) / "test-postgres"
    embedded = EmbeddedPostgres(folder)
    yield Server(embedded.url())
    embedded.stop()


@pytest.fixture(scope="session")
def addresses(postgres: Server) -> Iterator[Addresses]:
    """This worker's database, as admin, owner and app."""
    name = postgres.clone()
    yield postgres.addresses(name)
    postgres.drop(name)


@pytest.fixture(scope="session")
def database(addresses: Addresses) -> Iterator[Database]:
    """This worker's database, connected as the APP role: what the platform itself may do."""
    database = Database(addresses.app, pool_size=10)
    yield database
    database.close()


@pytest.fixture
def tenant(database: Database) -> Tenant:
    """A government of this test's own, without people or offices."""
    return make_tenant(database)


@pytest.fixture
def other_tenant(database: Database) -> Tenant:
    """A second one, to try the wall between them."""
    return make_tenant(database)


def make_tenant(database: Database) -> Tenant:
    """Registers an invented government."""
    slug = f"uji-{uuid.uuid4().hex[:10]}"
    with database.session() as session, session.begin():
        tenant = Tenant(
            slug=slug,
            code=slug,
            bps=None,
            kind="kota",
            name=f"Kota {slug}",
            short=slug,
            head_title="Wali Kota",
            parent_id=None,
            timezone="Asia/Jakarta",
            color="#1a5fb4",
            crest="crest.svg",
            plugins=["spbe"],
            active=True,
            created_at=_now(),
        )
        session.add(tenant)
    return tenant


def _now():
    from datetime import UTC, datetime

    return datetime.now(UTC)


__all__ = ["Addresses", "Server", "make_tenant", "tenant_transaction"]
