"""`langkah db`: makes, upgrades, checks, takes back."""

import psycopg
import pytest

pytestmark = pytest.mark.database


def test_a_sound_database_is_told_so(shared):
    result = shared.langkah("db", "check")
    assert result.exit_code == 0
    assert "Basis data baik" in result.stdout


def test_init_and_upgrade_change_nothing_the_second_time(shared):
    assert "tidak ada yang diubah" in shared.langkah("db", "init").stdout
    assert "sudah mutakhir" in shared.langkah("db", "upgrade").stdout


def test_purge_tells_what_went_in_each_government(shared):
    result = shared.langkah("db", "purge", "--tenant", "pontianak")
    assert (result.exit_code, result.stdout) == (0, "pontianak: 0 kunci perintah dan 0 sesi lama dihapus.\n")


def test_init_names_the_address_that_is_missing(shared):
    before = dict(shared.environment)
    del shared.environment["DATABASE_ADMIN_URL"]
    try:
        result = shared.langkah("db", "init")
    finally:
        shared.environment.update(before)
    assert result.exit_code == 1
    assert "DATABASE_ADMIN_URL wajib diisi" in result.stderr


@pytest.mark.parametrize(
    "damage",
    [
        "ALTER TABLE cases NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE tasks DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY gap ON people USING (true)",
        "ALTER POLICY tenant ON events USING (true)",
    ],
)
def test_a_table_outside_the_wall_is_found(fresh, damage):
    with psycopg.connect(fresh.addresses.owner) as owner:
        owner.execute(damage)
    result = fresh.langkah("db", "check")
    assert result.exit_code == 1
    table = damage.split(" ON ")[-1].split()[0] if " ON " in damage else damage.split()[2]
    assert f"Tabel {table} tidak terlindung per daerah" in result.stdout
    assert "→" in result.stdout


def test_a_changed_schema_is_found(fresh):
    with psycopg.connect(fresh.addresses.owner) as owner:
        owner.execute("ALTER TABLE cases ADD COLUMN extra text")
    result = fresh.langkah("db", "check")
    assert result.exit_code == 1
    assert "Skema berbeda" in result.stdout and "extra" in result.stdout


def test_down_and_up_again(fresh):
    refused = fresh.langkah("db", "downgrade", "base")
    assert refused.exit_code == 1 and "--yes" in refused.stderr
    assert fresh.langkah("db", "downgrade", "base", "--yes").exit_code == 0
    pending = fresh.langkah("db", "check")
    assert pending.exit_code == 1
    assert "Migrasi inti belum dijalankan" in pending.stdout and "langkah db upgrade" in pending.stdout
    lacking = fresh.langkah("sop", "list")
    assert (lacking.exit_code, lacking.stdout) == (1, "")
    assert "Jalankan `langkah db upgrade`" in lacking.stderr
    assert "Migrasi dijalankan: 0001" in fresh.langkah("db", "upgrade").stdout
    assert fresh.langkah("db", "check").exit_code == 0


def test_a_database_that_is_not_there_comes_with_the_way_out(shared):
    nowhere = shared.addresses.owner.replace("/t_", "/tidak_ada_")
    result = shared.langkah("db", "check", DATABASE_OWNER_URL=nowhere)
    assert result.exit_code == 1
    assert "tidak dapat dibuka" in result.stdout and "langkah db init" in result.stdout


def test_downgrading_an_unknown_plugin_is_refused(shared):
    result = shared.langkah("db", "downgrade", "base", "--plugin", "tidak_ada", "--yes")
    assert result.exit_code == 1
    assert "tidak_ada" in result.stderr
