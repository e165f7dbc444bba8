"""The database ground: declarative bases, composite keys, identifiers, the engine.

Every tenant table leads its keys with `tenant_id`, so that the database itself refuses a reference across
tenants (ground.md 8). There is one dialect, PostgreSQL 15 or newer, through psycopg 3.
"""

import secrets
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import (
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Text,
    TextClause,
    bindparam,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Timestamp = Annotated[datetime, mapped_column(DateTime(timezone=True))]


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits, so keys grow with time."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (2**48 - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=value)


def typed(sql: str, types: Mapping[str, Any]) -> TextClause:
    """A text statement whose parameters carry their types, so that neither driver nor server guesses.

    :param types: the type of every parameter the statement may have, by name.
    """
    statement = text(sql)
    return statement.bindparams(*(bindparam(name, type_=types[name]) for name in statement._bindparams))


class Base(DeclarativeBase):
    """Every mapped class of the core."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        str: Text,
        datetime: DateTime(timezone=True),
        date: Date,
        dict[str, Any]: JSONB(none_as_null=True),
        list[Any]: JSONB(none_as_null=True),
    }


class PlatformTable(Base):
    """A table without tenant: it stands in core.tenancy.catalogue.EXEMPT with its reason."""

    __abstract__ = True


class TenantTable(Base):
    """A tenant's table: primary key (tenant_id, id), row security forced by the migration."""

    __abstract__ = True

    tenant_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("tenants.id", ondelete="RESTRICT"), primary_key=True, sort_order=-2
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-1)


def tenant_fk(
    columns: str | Sequence[str],
    target: str,
    *,
    ondelete: str | None = None,
    to: Sequence[str] = ("id",),
    cycle: str | None = None,
) -> ForeignKeyConstraint:
    """A foreign key (tenant_id, columns) to (tenant_id, to) of `target`: it cannot cross tenants.

    `ondelete` is given as SQL; "SET NULL" names its column, since tenant_id must stay. `cycle` names a key between
    two tables that point at each other, so that it is added after both.
    """
    names = [columns] if isinstance(columns, str) else list(columns)
    if ondelete == "SET NULL":
        ondelete = f"SET NULL ({', '.join(names)})"
    return ForeignKeyConstraint(
        ["tenant_id", *names],
        [f"{target}.tenant_id", *(f"{target}.{name}" for name in to)],
        ondelete=ondelete,
        name=cycle,
        use_alter=cycle is not None,
    )


class Database:
    """One connection pool to one database, in one role.

    :param url: a `postgresql://` address; the driver is always psycopg 3.
    :param pool_size: connections kept; as many again may be opened for a peak.
    """

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        self.engine: Engine = create_engine(
            self.url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_use_lifo=True,  # the connection used last has its plans and tables at hand
            connect_args={
                "application_name": "langkah",
                # Nobody waits for a lock longer than two seconds (ground.md 12); migrations set their own. A prepared
                # statement keeps one plan: an index serves it whatever the values, and to plan the actor's anew
                # takes 1.7 ms, to run it 0.2.
                "options": "-c lock_timeout=2000 -c statement_timeout=30000 "
                "-c idle_in_transaction_session_timeout=60000 -c plan_cache_mode=force_generic_plan",
            },
        )
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        event.listen(self._sessions, "before_flush", _own_new_rows)

    def session(self) -> Session:
        """A session without a scope: it sees platform tables and no tenant's rows."""
        return self._sessions()

    def close(self) -> None:
        """Gives every connection back."""
        self.engine.dispose()


def _own_new_rows(session: Session, _context: Any, _instances: Any) -> None:
    """A new row belongs to the scope it was made in (core.tenancy.scope puts it on the session)."""
    for row in session.new:
        if isinstance(row, TenantTable) and "tenant_id" not in row.__dict__:
            row.tenant_id = session.info["tenant"].id
