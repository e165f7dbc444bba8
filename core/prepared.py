"""Statements of the hot path, handed to the driver itself (ground.md 1).

SQLAlchemy's own work on one statement and its row takes 0.15 ms, more than the driver and the server need for a short
one together; with three to five of them in every request that was a third of all work. The transaction stays
SQLAlchemy's, and so do its errors; only the way of a statement through it is cut short.
"""

from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import JSON, TextClause
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

# A row: its columns by name.
Record: TypeAlias = Any


@dataclass
class _Sent:
    """A statement as the driver takes it, which of its parameters are JSON, and once it is known what its rows are.

    Bytes, since the driver looks a statement up by them and would encode a text each time.
    """

    sql: bytes
    documents: frozenset[str]
    record: Any = None

    def row(self, cursor: psycopg.Cursor[Any]) -> Record | None:
        found = cursor.fetchone() if cursor.pgresult and cursor.pgresult.nfields else None
        if found is None:
            return None
        if self.record is None:
            names = [column.name for column in cursor.description or ()]
            self.record = namedtuple("Record", names)  # type: ignore[misc]
        return self.record(*found)


def send(session: Session, statement: TextClause, values: Mapping[str, Any]) -> Record | None:
    """Runs the statement in the session's transaction, prepared; its first row, None where it gives none.

    What the session has not flushed yet is flushed first, as by any other statement.

    :param statement: one with types for all its parameters (core.database.typed), made once and kept.
    :raises DBAPIError: SQLAlchemy's, as for any other statement.
    """
    session.flush()
    sent = _as_sent(statement)
    given = {name: Jsonb(value) if name in sent.documents else value for name, value in values.items()}
    connection = session.connection()
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    try:
        with driver.cursor() as cursor:
            for listener in connection.dispatch.before_cursor_execute:
                listener(connection, cursor, sent.sql.decode(), given, None, False)
            return sent.row(cursor.execute(sent.sql, given, prepare=True))
    except psycopg.Error as error:
        if driver.closed:
            connection.invalidate(error)
        raise DBAPIError.instance(sent.sql.decode(), None, error, psycopg.Error, hide_parameters=True) from error


@cache
def _as_sent(statement: TextClause) -> _Sent:
    bound = statement._bindparams
    documents = frozenset(name for name, parameter in bound.items() if isinstance(parameter.type, JSON))
    sql = str(statement.compile(dialect=PGDialect_psycopg()))  # type: ignore[no-untyped-call]
    return _Sent(sql.encode(), documents)
