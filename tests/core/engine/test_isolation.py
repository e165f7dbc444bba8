"""Nothing of one tenant is visible to another, nor to nobody: asked in raw SQL, as the app role, of every table.

Both governments have rows in every tenant table; a new table must be filled here too, or the first test fails.
"""

import io

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import select

from core.audit.entries import record
from core.database import Database
from core.engine import evidence, verification
from core.files.storage import FolderStorage
from core.identity import reset, sessions, throttle, tokens
from core.identity.models import Person
from core.legal.models import Regulation
from core.organization import roles, teams
from core.organization.models import Role, RoleRight
from core.procedures import editions
from core.procedures.model import Edition
from core.procedures.models import EditionRow
from core.tables import EXEMPT, METADATA
from core.tenancy.models import SyncObject
from core.tenancy.scope import tenant_transaction
from tests.core.engine.procedures import EDARAN
from tests.world import BY, LOG_KEY, World

pytestmark = pytest.mark.database

BERKAS = EDARAN.replace("umum.edaran", "umum.berkas").replace("type: long_text, required: true", "type: file")
TABLES = sorted(name for name in METADATA.tables if name not in EXEMPT)
VIEWS = ["current_assignments", "holders", "post_holders"]
# (table, key, its columns, the columns it points at, their table)
KEYS = sorted(
    (name, str(key.name), list(key.column_keys), [far.column.name for far in key.elements], key.referred_table.name)
    for name in TABLES
    for key in METADATA.tables[name].foreign_key_constraints
    if key.referred_table.name not in EXEMPT
)


@pytest.fixture(scope="module")
def both(database, tmp_path_factory):
    """Two governments, each with rows in every table."""
    storage = FolderStorage(tmp_path_factory.mktemp("files"))
    return [fill(World(database), storage) for _ in range(2)]


@pytest.fixture(scope="module")
def pooled(addresses):
    """A pool of one connection: every use is the same connection, with what it had been through."""
    database = Database(addresses.app, pool_size=1)
    yield database
    database.close()


def fill(world, storage):
    """Rows in every table that a tenant has."""
    for source in (EDARAN, BERKAS):
        world.put_in_force(source)
    with world.scope() as session:
        # What is in force never changes, so it is a draft that a key is tried on.
        editions.draft(session, BY, Edition.from_json(session.scalars(select(EditionRow.content).limit(1)).one()))
    run = world.start("ani", "edaran", key="kunci", perihal="Cuti")
    run.complete("ani", "konsep", isi="ada")
    run.give_back("budi", "periksa")
    attached = world.start("ani", "berkas", perihal="Cuti")
    task, text = attached.task("konsep").id, io.BytesIO(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    attached.command(
        "ani", lambda s, r: evidence.attach(world.engine, s, r, storage, task, "isi", text, "isi.pdf", 10_000)
    )
    with world.scope() as session:
        now, ani = world.request(session, "ani").now, world.people["ani"]
        session.add_all(
            [
                SyncObject(kind="unit", key="dinas", applied="00", applied_at=now),
                Regulation(key="perda", kind="perda", number="1", year=2020, title="Perda", status="berlaku", facts={}),
                role := Role(key="peran", name="Peran", everyone=False),
            ]
        )
        session.flush()
        session.add(RoleRight(tenant_id=world.id, role_id=role.id, right="audit.read"))
        session.flush()
        roles.grant(session, BY, "peran", person_id=ani)
        roles.grant(session, BY, "peran", position_id=world.positions["kabid"])
        teams.add_member(session, BY, world.teams["tim"], person_id=world.people["dewi"])
        tokens.issue(session, ani, "token", None, now)
        sessions.create(session, session.get(Person, (world.id, ani)), now)
        reset.issue(session, BY, ani, now)
        throttle.knock(session, "ani", "127.0.0.1", now)
        record(session, "uji", ani)
        verification.seal(session, LOG_KEY, now)
    return world


def rows_of(connection, name, where="true"):
    asked = sql.SQL("SELECT count(*) FROM {} WHERE " + where).format(sql.Identifier(name))
    return connection.execute(asked).fetchone()[0]


def raw(session_or_connection):
    """The psycopg connection below."""
    return session_or_connection.connection().connection.driver_connection


def test_both_governments_have_rows_in_every_table(both, pooled):
    for world in both:
        with tenant_transaction(pooled, world.slug) as session:
            empty = [name for name in (*TABLES, *VIEWS) if not rows_of(raw(session), name)]
        assert empty == []


def test_a_connection_that_had_a_scope_sees_no_row_of_any_table_without_one(both, pooled):
    with tenant_transaction(pooled, both[0].slug) as session:
        before = raw(session).info.backend_pid
    with pooled.engine.connect() as connection:
        found = connection.connection.driver_connection
        assert found.info.backend_pid == before
        assert found.execute("SELECT current_setting('langkah.tenant', true)").fetchone() == ("",)
        assert {name: rows_of(found, name) for name in (*TABLES, *VIEWS)} == dict.fromkeys((*TABLES, *VIEWS), 0)


def test_a_fresh_connection_sees_none_either(both, addresses):
    with psycopg.connect(addresses.app) as connection:
        assert connection.execute("SELECT current_setting('langkah.tenant', true)").fetchone() == (None,)
        assert sum(rows_of(connection, name) for name in (*TABLES, *VIEWS)) == 0


def test_a_scope_shows_rows_of_its_own_tenant_only(both, pooled):
    one, other = both
    for mine, theirs in ((one, other), (other, one)):
        with tenant_transaction(pooled, mine.slug) as session:
            foreign = {n: rows_of(raw(session), n, f"tenant_id <> {mine.id}") for n in (*TABLES, *VIEWS)}
            asked = {n: rows_of(raw(session), n, f"tenant_id = {theirs.id}") for n in (*TABLES, *VIEWS)}
        assert set(foreign.values()) | set(asked.values()) == {0}


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_written_into_another_tenant(both, pooled, table):
    """The policy's check comes before every other constraint, so the tenant alone is enough to be refused."""
    mine, theirs = both
    name = sql.Identifier(table)
    for statement, refusal in (
        (sql.SQL("INSERT INTO {} (tenant_id) VALUES ({})"), "row-level security policy"),
        (sql.SQL("UPDATE {} SET tenant_id = {}"), "row-level security policy|permission denied"),
    ):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege, match=refusal),
            tenant_transaction(pooled, mine.slug) as session,
        ):
            raw(session).execute(statement.format(name, theirs.id))


@pytest.mark.parametrize("table", TABLES)
def test_without_a_scope_nothing_is_written(both, pooled, table):
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security policy"),
        pooled.engine.connect() as connection,
    ):
        found = connection.connection.driver_connection
        found.execute(sql.SQL("INSERT INTO {} (tenant_id) VALUES ({})").format(sql.Identifier(table), both[0].id))


@pytest.mark.parametrize(("table", "key", "columns", "far", "target"), KEYS, ids=[f"{k[0]}-{k[1]}" for k in KEYS])
def test_no_foreign_key_reaches_across(both, addresses, table, key, columns, far, target):
    """Pointing a row at the same kind of thing of the other government is refused by the very key."""
    mine, theirs = both
    assert columns[0] == "tenant_id" == far[0]
    with psycopg.connect(addresses.owner) as connection:
        _enter(connection, theirs)
        wanted = connection.execute(
            sql.SQL("SELECT {} FROM {} LIMIT 1").format(_names(far[1:]), sql.Identifier(target))
        ).fetchone()
        _enter(connection, mine)
        places = connection.execute(sql.SQL("SELECT ctid FROM {}").format(sql.Identifier(table))).fetchall()
        refused = [_points(connection, table, columns[1:], wanted, place) for (place,) in places[:50]]
        connection.rollback()
    assert key in refused, refused
    assert "accepted" not in refused


def _points(connection, table, columns, wanted, place):
    """The constraint that refuses to let the row point there, or 'accepted'."""
    change = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(column)) for column in columns)
    statement = sql.SQL("UPDATE {} SET {} WHERE ctid = %s").format(sql.Identifier(table), change)
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement, (*wanted, place))
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.errors.IntegrityError as error:
        return error.diag.constraint_name
    return "accepted"


def _names(columns):
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _enter(connection, world):
    """Row security is forced upon the owner too."""
    connection.execute("SELECT set_config('langkah.tenant', %s, true)", (str(world.id),))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = '{}'",
        "UPDATE events SET seq = seq + 1",
        "DELETE FROM events",
        "TRUNCATE events CASCADE",
        "DELETE FROM event_payloads",
        "UPDATE event_payloads SET seq = seq + 1",
        "UPDATE anchors SET heads = '[]'",
        "DELETE FROM anchors",
        "UPDATE audit_entries SET kind = 'lain'",
        "DELETE FROM audit_entries",
        "ALTER TABLE events DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant ON events",
    ],
)
def test_the_app_role_does_not_change_what_was_logged(both, pooled, statement):
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match=r"permission denied|must be owner"),
        tenant_transaction(pooled, both[0].slug) as session,
    ):
        raw(session).execute(statement)
