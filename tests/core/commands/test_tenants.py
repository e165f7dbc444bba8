"""`langkah tenants`: what is registered, and how files come in."""

import shutil

import pytest
import yaml

from core.config import ROOT
from core.tenancy.scope import tenant_transaction

pytestmark = pytest.mark.database


@pytest.fixture
def folders(fresh, tmp_path):
    copy = tmp_path / "tenants"
    shutil.copytree(ROOT / "tenants", copy)
    fresh.environment["LANGKAH_TENANTS_DIR"] = str(copy)
    return copy


def rename(folders, name):
    file = folders / "bekasi" / "organization.yaml"
    content = yaml.safe_load(file.read_text())
    content["units"][0]["name"] = name
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))


def rename_in_database(installation, name):
    from sqlalchemy import update

    from core.organization.models import Unit

    with installation.platform() as platform, tenant_transaction(platform.database, "bekasi") as session:
        session.execute(update(Unit).where(Unit.key == "pemkot").values(name=name))


def test_all_five_governments_are_listed_a_province_before_its_cities(shared):
    shown = shared.langkah("tenants", "list").stdout
    slugs = ["kepulauan-bangka-belitung", "pangkalpinang", "bekasi", "pontianak", "polewali-mandar"]
    assert [shown.index(slug) for slug in slugs] == sorted(shown.index(slug) for slug in slugs)


def test_a_second_sync_changes_nothing(shared):
    result = shared.langkah("tenants", "sync", "--demo", "--effective", "today")
    assert result.exit_code == 0
    assert "sudah sama" in result.stdout and "Pegawai contoh sudah ada." in result.stdout


def test_a_plan_writes_nothing(fresh, folders):
    rename(folders, "Pemkot Bekasi Baru")
    planned = fresh.langkah("tenants", "sync", "--plan")
    assert planned.exit_code == 0
    assert "unit:pemkot" in planned.stdout and "berubah" in planned.stdout and "Ini baru rencana" in planned.stdout
    applied = fresh.langkah("tenants", "sync", "--tenant", "bekasi")
    assert applied.exit_code == 0 and "bekasi" in applied.stdout
    assert "sudah sama" in fresh.langkah("tenants", "sync").stdout


def test_a_conflict_is_decided_by_take(fresh, folders):
    rename(folders, "Menurut berkas")
    rename_in_database(fresh, "Menurut basis data")
    planned = fresh.langkah("tenants", "sync", "--plan")
    assert planned.exit_code == 1 and "bentrok" in planned.stdout
    refused = fresh.langkah("tenants", "sync")
    assert refused.exit_code == 1
    assert "bekasi/unit:pemkot" in refused.stderr and "--take" in refused.stderr
    taken = fresh.langkah("tenants", "sync", "--take", "database", "unit:pemkot")
    assert taken.exit_code == 0, taken.output
    assert fresh.langkah("tenants", "sync").exit_code == 0


def test_a_broken_file_is_named_with_its_line(fresh, folders):
    (folders / "bekasi" / "organization.yaml").write_text("units: [\n")
    result = fresh.langkah("tenants", "sync")
    assert result.exit_code == 1
    assert "bekasi/organization.yaml baris" in result.stderr
