"""The catalogue of the database itself tells whether every table stands behind the wall."""

import psycopg
import pytest

from core.migration import schema
from core.tables import EXEMPT, METADATA

pytestmark = pytest.mark.database

POLICY = "(tenant_id = (NULLIF(current_setting('langkah.tenant'::text, true), ''::text))::integer)"


@pytest.fixture
def owner(addresses):
    with psycopg.connect(addresses.owner) as connection:
        yield connection


def tables(owner):
    return owner.execute(
        "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) "
        "FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
    ).fetchall()


def test_every_table_is_forced_behind_the_wall_or_exempt_with_a_reason(owner):
    for name, enabled, forced, _ in tables(owner):
        assert (enabled and forced) or name in EXEMPT, f"{name} stands outside tenancy without a reason"
        assert not (enabled and name in EXEMPT), f"{name} is guarded, so it needs no exemption"


def test_the_exemptions_name_only_tables_that_exist(owner):
    assert set(EXEMPT) <= {name for name, *_ in tables(owner)}


def test_the_policy_is_exactly_the_one_of_the_ground_rules(owner):
    found = owner.execute(
        "SELECT tablename, permissive, roles::text, cmd, qual, with_check FROM pg_policies WHERE schemaname = 'public'"
    ).fetchall()
    assert {row[0] for row in found} == {name for name, *_ in tables(owner)} - set(EXEMPT)
    for table, permissive, roles, command, using, check in found:
        assert (permissive, roles, command) == ("PERMISSIVE", "{public}", "ALL"), table
        assert using == check == POLICY, table


def test_the_app_role_owns_nothing_and_bypasses_nothing(owner):
    role = owner.execute(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'langkah_app'"
    ).fetchone()
    assert role == (False, False, False, False)
    assert {owner_name for *_, owner_name in tables(owner)} == {"langkah_owner"}


def test_every_key_of_a_tenant_table_is_led_by_the_tenant_and_no_foreign_key_crosses(owner):
    keys = owner.execute(
        """
        SELECT con.conrelid::regclass::text, con.confrelid::regclass::text, con.contype, con.conname,
               ARRAY(SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY k(n, i)
                       JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.n ORDER BY k.i),
               ARRAY(SELECT a.attname::text FROM unnest(con.confkey) WITH ORDINALITY k(n, i)
                       JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.n ORDER BY k.i)
          FROM pg_constraint con
         WHERE con.contype IN ('p', 'u', 'f') AND con.connamespace = 'public'::regnamespace
        """
    ).fetchall()
    for table, target, kind, name, columns, far in keys:
        if table in EXEMPT:
            continue
        assert columns[0] == "tenant_id", f"{name}: the tenant must lead"
        if kind == "f" and target not in EXEMPT:
            assert far[0] == "tenant_id", f"{name} could cross tenants"


def test_every_foreign_key_has_an_index_that_leads_with_it(owner):
    missing = owner.execute(
        """
        SELECT con.conname FROM pg_constraint con
         WHERE con.contype = 'f' AND con.connamespace = 'public'::regnamespace AND cardinality(con.conkey) > 1
           AND NOT EXISTS (
               SELECT 1 FROM pg_index i
                WHERE i.indrelid = con.conrelid
                  AND (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(con.conkey)] @> con.conkey)
        """
    ).fetchall()
    assert [name for (name,) in missing] == []


def test_the_log_only_grows_for_the_app_role(owner):
    granted = owner.execute(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants "
        "WHERE grantee = 'langkah_app' AND table_name IN ('events', 'event_payloads', 'audit_entries', 'anchors')"
    ).fetchall()
    assert {privilege for _, privilege in granted} == {"SELECT", "INSERT"}


def test_the_schema_is_current_and_equals_the_mapped_classes(addresses):
    assert schema.pending(addresses.owner) == []
    assert schema.drift(addresses.owner) == []
    assert len(METADATA.tables) > 30


def test_the_schema_goes_down_to_nothing_and_up_again(postgres):
    name = postgres.clone()
    where = postgres.addresses(name)
    try:
        schema.downgrade(where.owner, "base")
        with psycopg.connect(where.owner) as owner:
            left = owner.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
                "AND relkind IN ('r', 'v', 'S') AND relname NOT LIKE 'alembic%'"
            ).fetchall()
            assert left == []
        schema.upgrade(where.owner)
        assert schema.drift(where.owner) == []
    finally:
        postgres.drop(name)
