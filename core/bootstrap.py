"""`langkah db init`: the two roles and the database, made by an administrator once.

The owner role owns every object and runs migrations; the app role owns nothing, bypasses nothing, and is what
web and worker processes connect as.
"""

from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from core.errors import ConfigurationError
from core.tenancy.security import APP_ROLE, OWNER_ROLE


def initialise(admin_url: str, owner_url: str, app_url: str) -> list[str]:
    """Makes what is missing of roles and database; running it again changes nothing.

    :returns: one line of what was done per object, in Indonesian.
    :raises ConfigurationError: the addresses name other roles or different databases.
    """
    database = _database_of(owner_url, app_url)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        done = [_role(admin, OWNER_ROLE, owner_url), _role(admin, APP_ROLE, app_url)]
        done.append(_make_database(admin, database))
    return [line for line in done if line]


def _database_of(owner_url: str, app_url: str) -> str:
    owner, app = urlsplit(owner_url), urlsplit(app_url)
    if (owner.username, app.username) != (OWNER_ROLE, APP_ROLE):
        raise ConfigurationError(
            reason=f"DATABASE_OWNER_URL harus memakai peran {OWNER_ROLE} dan DATABASE_URL peran {APP_ROLE}."
        )
    if owner.path != app.path:
        raise ConfigurationError(reason="DATABASE_OWNER_URL dan DATABASE_URL menunjuk basis data yang berbeda.")
    return owner.path.lstrip("/")


def _role(admin: psycopg.Connection, role: str, url: str) -> str:
    """A plain role; its password is (re)set from the address, so that a changed one takes effect."""
    password = urlsplit(url).password
    exists = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
    statement = "ALTER" if exists else "CREATE"
    admin.execute(
        sql.SQL(statement + " ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(unquote(password) if password else None)
        )
    )
    return "" if exists else f"peran {role} dibuat"


def _make_database(admin: psycopg.Connection, database: str) -> str:
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone():
        return ""
    admin.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
            sql.Identifier(database), sql.Identifier(OWNER_ROLE)
        )
    )
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
    admin.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(APP_ROLE))
    )
    return f"basis data {database} dibuat"
