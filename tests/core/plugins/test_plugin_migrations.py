"""A plugin's tables: made in its own schema behind the wall, or not at all; up and down, on a real PostgreSQL."""

import textwrap
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.database import Database
from core.migration.plugin import PluginMigrationRefused, downgrade_plugin, pending_revisions, upgrade_plugin
from core.organization.models import Unit
from core.sdk import Plugin
from core.tenancy.scope import tenant_transaction
from tests.conftest import make_tenant

pytestmark = pytest.mark.database

VISITS = """
    create_tenant_table(
        op, "plugin_uji", "visits",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.UniqueConstraint("tenant_id", "code"),
        tenant_foreign_key("unit_id", "units", ondelete="CASCADE"),
    )
"""
NOTES = """
    create_tenant_table(
        op, "plugin_uji", "notes",
        sa.Column("visit_id", sa.Uuid),
        tenant_foreign_key("visit_id", "plugin_uji.visits", ondelete="SET NULL"),
    )
"""
REVISION = '''"""{number}"""
import sqlalchemy as sa
from alembic import op
from core.sdk import create_tenant_table, tenant_foreign_key

revision = "{number}"
down_revision = {previous!r}

def upgrade():
{up}

def downgrade():
{down}
'''


@pytest.fixture(scope="module")
def place(postgres):
    """The addresses of a migrated database of this module's own."""
    name = postgres.clone()
    yield postgres.addresses(name)
    postgres.drop(name)


@pytest.fixture(scope="module")
def engine(place):
    """Connects as the owner role."""
    database = Database(place.owner)
    yield database.engine
    database.close()


@pytest.fixture
def owner(engine):
    """A transaction of the owner role, taken back at the end whatever it did."""
    with engine.connect() as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def plugin(tmp_path):
    """A plugin `uji` with these revisions; each is the body of an upgrade, or a pair with its downgrade."""

    def make(*revisions):
        for index, revision in enumerate(revisions):
            up, down = revision if isinstance(revision, tuple) else (revision, "pass")
            number, previous = f"{index + 1:04}", f"{index:04}" if index else None
            code = REVISION.format(number=number, previous=previous, up=_body(up), down=_body(down))
            (tmp_path / f"{number}.py").write_text(code)
        return Plugin(name="uji", title="Uji", version="1", schema="plugin_uji", migrations=tmp_path)

    return make


def _body(code):
    return textwrap.indent(textwrap.dedent(code).strip(), "    ")


def relations(owner, schema="plugin_uji"):
    found = owner.execute(
        text(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = "
            "(SELECT oid FROM pg_namespace WHERE nspname = :schema)"
        ),
        {"schema": schema},
    )
    return set(found.scalars())


def test_up_and_down_with_a_version_table_of_its_own(owner, plugin):
    visits = (VISITS, 'op.drop_table("visits", schema="plugin_uji")')
    notes = (NOTES, 'op.drop_table("notes", schema="plugin_uji")')
    uji = plugin(visits, notes)
    assert pending_revisions(owner, uji) == ["0001", "0002"]
    upgrade_plugin(owner, uji)
    assert pending_revisions(owner, uji) == []
    assert relations(owner) == {"visits", "notes", "alembic_version"}
    upgrade_plugin(owner, uji)
    downgrade_plugin(owner, uji, "-1")
    assert (relations(owner), pending_revisions(owner, uji)) == ({"visits", "alembic_version"}, ["0002"])
    downgrade_plugin(owner, uji)
    assert (relations(owner), pending_revisions(owner, uji)) == ({"alembic_version"}, ["0001", "0002"])
    upgrade_plugin(owner, uji)
    assert owner.execute(text("SELECT version_num FROM public.alembic_version")).scalar_one() != "0002"
    assert owner.execute(text("SELECT current_setting('search_path')")).scalar_one() == '"$user", public'


def test_the_table_stands_behind_the_very_wall_of_the_core(owner, plugin):
    upgrade_plugin(owner, plugin(VISITS))
    flags = text(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = CAST('plugin_uji.visits' AS regclass)"
    )
    assert owner.execute(flags).one() == (True, True)
    policy = text(
        "SELECT permissive, roles::text, cmd, qual, with_check FROM pg_policies "
        "WHERE schemaname IN ('plugin_uji', 'public') AND tablename IN ('visits', 'cases')"
    )
    ours, theirs = owner.execute(policy).all()
    assert ours == theirs
    rights = text(
        "SELECT string_agg(privilege_type, ' ' ORDER BY privilege_type) FROM information_schema.role_table_grants "
        "WHERE table_schema = 'plugin_uji' AND grantee = 'langkah_app'"
    )
    assert owner.execute(rights).scalar_one() == "DELETE INSERT SELECT UPDATE"


def test_keys_are_led_by_the_tenant_and_a_foreign_key_is_indexed(owner, plugin):
    upgrade_plugin(owner, plugin(VISITS, NOTES))
    keys = owner.execute(
        text(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = CAST('plugin_uji.visits' AS regclass) AND contype IN ('p', 'f', 'u') ORDER BY 1"
        )
    )
    assert list(keys.scalars()) == [
        "FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE RESTRICT",
        "FOREIGN KEY (tenant_id, unit_id) REFERENCES units(tenant_id, id) ON DELETE CASCADE",
        "PRIMARY KEY (tenant_id, id)",
        "UNIQUE (tenant_id, code)",
    ]
    index = text("SELECT indexdef FROM pg_indexes WHERE schemaname = 'plugin_uji' AND indexname = 'ix_visits_unit_id'")
    assert owner.execute(index).scalar_one().endswith("(tenant_id, unit_id)")


def test_a_row_is_seen_in_its_own_scope_only_and_points_within_its_tenant(place, engine, plugin):
    uji = plugin((VISITS, 'op.drop_table("visits", schema="plugin_uji")'))
    with engine.begin() as connection:
        upgrade_plugin(connection, uji)
    database = Database(place.app)
    try:
        _try_the_wall(database, place)
    finally:
        database.close()
        with engine.begin() as connection:
            downgrade_plugin(connection, uji)
            connection.execute(text("DROP SCHEMA plugin_uji CASCADE"))


def _try_the_wall(database, place):
    here, there = make_tenant(database), make_tenant(database)
    add = text("INSERT INTO plugin_uji.visits (tenant_id, id, unit_id, code) VALUES (:tenant, :id, :unit, 'a')")
    see = text("SELECT count(*) FROM plugin_uji.visits")
    unit = _unit(database, here)
    with tenant_transaction(database, here.slug) as session:
        session.execute(add, {"tenant": here.id, "id": uuid4(), "unit": unit})
    with tenant_transaction(database, here.slug) as session:
        assert session.scalar(see) == 1
    with tenant_transaction(database, there.slug) as session:
        assert session.scalar(see) == 0
    # The pooled connections have had a scope; the owner is not above the policy either.
    with database.session() as session:
        assert session.scalar(see) == 0
    with psycopg.connect(place.owner) as owner:
        assert owner.execute("SELECT count(*) FROM plugin_uji.visits").fetchone() == (0,)
    for tenant, reason in ((there.id, "fk_visits_tenant_id_unit_id"), (here.id, "row-level security")):
        with pytest.raises(DBAPIError, match=reason), tenant_transaction(database, there.slug) as session:
            session.execute(add, {"tenant": tenant, "id": uuid4(), "unit": unit})


def _unit(database, tenant) -> UUID:
    unit = Unit(id=uuid4(), key="dinas", name="Dinas Contoh", kind="dinas", opd=True, sort=0, active=True)
    with tenant_transaction(database, tenant.slug) as session:
        session.add(unit)
    return unit.id


REFUSED = {
    "a table in the core's schema": (
        'op.execute("CREATE TABLE public.visits (id int)")',
        "ia membuat atau menghapus public.visits di luar skema plugin_uji.",
    ),
    "a table of the core dropped": (
        'op.execute("DROP TABLE public.anchors")',
        "ia membuat atau menghapus public.anchors di luar skema plugin_uji.",
    ),
    "an unqualified table falls into the own schema, without the wall": (
        'op.create_table("visits", sa.Column("id", sa.Integer, primary_key=True))',
        "tabel visits tidak terlindung per daerah: buatlah dengan create_tenant_table, "
        "dan awali setiap kunci dengan tenant_id.",
    ),
    "row security not forced": (
        VISITS + '    op.execute("ALTER TABLE visits NO FORCE ROW LEVEL SECURITY")',
        "tabel visits tidak terlindung",
    ),
    "a second, wider policy": (
        VISITS + '    op.execute("CREATE POLICY wide ON visits USING (true)")',
        "tabel visits tidak terlindung",
    ),
    "no policy": (
        VISITS + '    op.execute("DROP POLICY tenant ON visits")',
        "tabel visits tidak terlindung",
    ),
    "a unique key across tenants": (
        VISITS + '    op.execute("CREATE UNIQUE INDEX ON visits (code)")',
        "tabel visits tidak terlindung",
    ),
    "a unique expression across tenants": (
        VISITS + '    op.execute("CREATE UNIQUE INDEX ON visits (lower(code))")',
        "tabel visits tidak terlindung",
    ),
    "a foreign key across tenants": (
        VISITS + '    op.execute("ALTER TABLE visits ADD FOREIGN KEY (code) REFERENCES national_regulations (id)")',
        "tabel visits tidak terlindung",
    ),
    "a key on one column": (
        'create_tenant_table(op, "plugin_uji", "visits", sa.Column("unit", sa.Integer, sa.ForeignKey("tenants.id")))',
        "Tabel plugin_uji.visits tidak dapat dibuat: kunci asing pada satu kolom dapat "
        "melintasi daerah; gunakan tenant_foreign_key.",
    ),
    "a key into another plugin": (
        'create_tenant_table(op, "plugin_uji", "visits", sa.Column("a"), tenant_foreign_key("a", "plugin_lain.b"))',
        "Tabel plugin_uji.visits tidak dapat dibuat: kunci asing hanya boleh ke tabel inti atau tabel "
        "sendiri, bukan plugin_lain.b.",
    ),
    "a table the core does not have": (
        """
        reference = tenant_foreign_key("a", "tidak_ada")
        create_tenant_table(op, "plugin_uji", "visits", sa.Column("a", sa.Uuid), reference)
        """,
        'ProgrammingError: (psycopg.errors.UndefinedTable) relation "public.tidak_ada" does not exist.',
    ),
    "an exception": ("1 / 0", "ZeroDivisionError: division by zero."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_leaves_the_wall_is_taken_back_whole(engine, plugin, case):
    code, reason = REFUSED[case]
    with pytest.raises(PluginMigrationRefused) as refusal, engine.begin() as connection:
        upgrade_plugin(connection, plugin(code))
    assert str(refusal.value).startswith(f'Migrasi plugin "uji" dibatalkan: {reason}')
    assert str(refusal.value).endswith("Perbaiki migrasinya, lalu jalankan lagi `langkah db upgrade`.")
    with engine.connect() as connection:
        schema = text("SELECT 1 FROM pg_namespace WHERE nspname = 'plugin_uji'")
        assert connection.execute(schema).first() is None
        assert "anchors" in relations(connection, "public")


def test_a_key_into_another_plugin_by_plain_sql(owner, plugin):
    owner.execute(text("CREATE SCHEMA plugin_lain"))
    owner.execute(text("CREATE TABLE plugin_lain.b (tenant_id int, id uuid, PRIMARY KEY (tenant_id, id))"))
    leaning = 'op.execute("ALTER TABLE visits ADD FOREIGN KEY (tenant_id, unit_id) REFERENCES plugin_lain.b")'
    with pytest.raises(PluginMigrationRefused, match="tabel visits tidak terlindung"):
        upgrade_plugin(owner, plugin(f"{VISITS}    {leaning}"))


def test_a_plugin_without_tables_has_no_schema(owner):
    plugin = Plugin(name="uji", title="Uji", version="1")
    upgrade_plugin(owner, plugin)
    downgrade_plugin(owner, plugin)
    assert pending_revisions(owner, plugin) == []
    assert owner.execute(text("SELECT 1 FROM pg_namespace WHERE nspname = 'plugin_uji'")).first() is None


def test_a_migration_waits_for_a_lock_three_seconds_at_most(owner, plugin):
    upgrade_plugin(
        owner, plugin("""op.execute("SELECT set_config('uji.lock', current_setting('lock_timeout'), true)")""")
    )
    assert owner.execute(text("SELECT current_setting('uji.lock')")).scalar_one() == "3s"
