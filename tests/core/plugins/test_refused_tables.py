"""Tables stand in the plugin's own schema, under tenancy, and lean on the core only."""

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Uuid

from core.extensions import Refused
from core.sdk import Plugin, tenant_foreign_key


@pytest.fixture
def plugin_of(tmp_path):
    """A plugin with one table, `within` some schema."""

    def make(within="plugin_uji", *items, key=("tenant_id", "id"), **facts):
        metadata = MetaData()
        columns = [Column(name, Integer, primary_key=True) for name in key]
        Table("kunjungan", metadata, *columns, *items, schema=within)
        given = {"schema": "plugin_uji", "migrations": tmp_path, "metadata": metadata, **facts}
        return Plugin(name="uji", title="Uji", version="1", **given)

    return make


def test_its_own_schema_is_accepted(plugin_of, load_plugin):
    own = [Column("case_id", Uuid), tenant_foreign_key("case_id", "cases")]
    load_plugin(plugin_of("plugin_uji", *own))


@pytest.mark.parametrize("schema", ["public", "plugin_spbe", "uji"])
def test_a_foreign_schema(refused_object, schema):
    assert refused_object(Plugin(name="uji", title="Uji", version="1", schema=schema)) == Refused(
        "uji", f'Skema "{schema}" bukan milik plugin ini.', 'Gunakan schema="plugin_uji".'
    )


@pytest.mark.parametrize(
    ("schema", "full"), [(None, "kunjungan"), ("public", "public.kunjungan"), ("plugin_lain", "plugin_lain.kunjungan")]
)
def test_a_table_outside_its_schema(plugin_of, refused_object, schema, full):
    assert refused_object(plugin_of(schema)) == Refused(
        "uji", f'Tabel "{full}" berada di luar skema plugin_uji.', 'Beri tabel itu schema="plugin_uji".'
    )


def test_a_table_not_keyed_by_tenant(plugin_of, refused_object):
    assert refused_object(plugin_of(key=("id",))) == Refused(
        "uji",
        'Kunci utama tabel "plugin_uji.kunjungan" tidak diawali tenant_id.',
        "Buat tabelnya dengan kunci utama (tenant_id, id), seperti create_tenant_table dari core.sdk.",
    )


def test_a_key_into_another_plugin(plugin_of, refused_object):
    leaning = Column("lain_id", Integer, ForeignKey("plugin_lain.daftar.id"))
    assert refused_object(plugin_of("plugin_uji", leaning)) == Refused(
        "uji",
        'Tabel "plugin_uji.kunjungan" merujuk ke "plugin_lain.daftar.id", milik plugin lain.',
        "Kunci asing hanya boleh ke tabel inti atau tabel plugin sendiri.",
    )


@pytest.mark.parametrize("missing", ["schema", "migrations"])
def test_tables_without_schema_or_migrations(plugin_of, refused_object, missing):
    assert refused_object(plugin_of(**{missing: None})) == Refused(
        "uji",
        "Plugin yang mempunyai tabel harus menyebut schema dan migrations, keduanya.",
        'Lengkapi schema="plugin_uji" dan migrations=<folder revisi Alembic>.',
    )


def test_a_folder_of_migrations_that_is_not_there(plugin_of, refused_object, tmp_path):
    assert refused_object(plugin_of(migrations=tmp_path / "hilang")) == Refused(
        "uji",
        f'Folder migrasi "{tmp_path / "hilang"}" tidak ada.',
        "Periksa namanya, dan pastikan folder itu ikut dalam paket plugin.",
    )
