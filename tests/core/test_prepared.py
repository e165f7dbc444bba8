"""The hot path's way to the driver: rows by name, errors as SQLAlchemy's, one transaction with all else."""

from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from core.database import Database, typed
from core.prepared import send
from core.tenancy.models import SyncObject
from core.tenancy.scope import tenant_transaction
from tests.statements import counted

pytestmark = pytest.mark.database

TYPES = {"number": Integer, "word": Text, "document": JSONB, "key": Text}
ECHO = typed("SELECT :number AS number, :word AS word, :document AS document", TYPES)
NOTHING = typed("SELECT 1 WHERE :number = 0", TYPES)
COUNT = typed("SELECT count(*) AS rows FROM sync_objects WHERE key = :key", TYPES)
TWICE = typed("INSERT INTO tenants (slug) VALUES (:word)", TYPES)


@pytest.fixture
def session(database, tenant):
    with tenant_transaction(database, tenant.slug) as session:
        yield session


def test_a_row_comes_with_its_columns_by_name_and_json_as_it_was_given(session):
    row = send(session, ECHO, {"number": 7, "word": "100% %s ’kutip’", "document": {"a": [1, None, "%"]}})
    assert (row.number, row.word, row.document) == (7, "100% %s ’kutip’", {"a": [1, None, "%"]})
    assert row._fields == ("number", "word", "document")


def test_where_there_is_no_row_there_is_none(session):
    assert send(session, NOTHING, {"number": 1}) is None


def test_what_the_session_holds_is_flushed_first(session):
    session.add(SyncObject(kind="unit", key="dinas", applied="00", applied_at=datetime.now(UTC)))
    assert send(session, COUNT, {"key": "dinas"}).rows == 1


def test_it_is_counted_as_any_other_statement(session, database):
    with counted(database) as sent:
        send(session, NOTHING, {"number": 1})
    assert [statement.split()[0] for statement in sent] == ["SELECT"]


def test_an_error_is_sqlalchemys_and_tells_no_values(database, tenant):
    with pytest.raises(IntegrityError) as refusal, tenant_transaction(database, tenant.slug) as session:
        send(session, TWICE, {"word": "rahasia"})
    assert isinstance(refusal.value.orig, psycopg.errors.NotNullViolation)
    assert "parameters" not in str(refusal.value)


def test_a_connection_that_broke_is_not_given_to_the_next(addresses, tenant):
    database = Database(addresses.app, pool_size=1)
    with pytest.raises(DBAPIError) as broken, tenant_transaction(database, tenant.slug) as session:
        pid = session.connection().connection.driver_connection.info.backend_pid
        with psycopg.connect(addresses.admin, autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(%s)", (pid,))
        send(session, NOTHING, {"number": 1})
    assert isinstance(broken.value, OperationalError)
    with tenant_transaction(database, tenant.slug) as session:
        assert send(session, ECHO, {"number": 1, "word": "", "document": {}}).number == 1
    database.close()
