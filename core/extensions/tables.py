"""Whether a plugin's tables stand in its own schema, under tenancy, and lean on the core only."""

from sqlalchemy import ForeignKey, Table

from core.contracts import Plugin
from core.extensions.refused import PluginRefused


def check_tables(plugin: Plugin) -> None:
    """Looks at the tables as the plugin declares them; its migrations are watched when they run.

    :raises PluginRefused: a foreign schema, a table outside the plugin's own, a key that could cross tenants.
    """
    own = f"plugin_{plugin.name}"
    if plugin.schema not in (None, own):
        raise PluginRefused(f'Skema "{plugin.schema}" bukan milik plugin ini.', f'Gunakan schema="{own}".')
    if plugin.metadata is not None:
        for table in plugin.metadata.tables.values():
            _check_table(table, own)
    if (plugin.schema is None) != (plugin.migrations is None) or (plugin.metadata and not plugin.schema):
        raise PluginRefused(
            "Plugin yang mempunyai tabel harus menyebut schema dan migrations, keduanya.",
            f'Lengkapi schema="{own}" dan migrations=<folder revisi Alembic>.',
        )
    if plugin.migrations and not plugin.migrations.is_dir():
        raise PluginRefused(
            f'Folder migrasi "{plugin.migrations}" tidak ada.',
            "Periksa namanya, dan pastikan folder itu ikut dalam paket plugin.",
        )


def _check_table(table: Table, own: str) -> None:
    if table.schema != own:
        raise PluginRefused(f'Tabel "{table.fullname}" berada di luar skema {own}.', f'Beri tabel itu schema="{own}".')
    if [column.name for column in table.primary_key.columns][:1] != ["tenant_id"]:
        raise PluginRefused(
            f'Kunci utama tabel "{table.fullname}" tidak diawali tenant_id.',
            "Buat tabelnya dengan kunci utama (tenant_id, id), seperti create_tenant_table dari core.sdk.",
        )
    for key in table.foreign_keys:
        _check_foreign_key(table, key, own)


def _check_foreign_key(table: Table, key: ForeignKey, own: str) -> None:
    # "table.column", or "schema.table.column" where the target stands outside the search path.
    *schema, _, _ = key.target_fullname.split(".")
    if schema and schema[0] not in ("public", own):
        raise PluginRefused(
            f'Tabel "{table.fullname}" merujuk ke "{key.target_fullname}", milik plugin lain.',
            "Kunci asing hanya boleh ke tabel inti atau tabel plugin sendiri.",
        )
