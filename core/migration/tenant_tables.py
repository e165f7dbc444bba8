"""A plugin's tables under tenancy: made in its own schema, keyed by tenant, row security forced."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, Table, Uuid
from sqlalchemy.schema import SchemaItem

from core.database import tenant_fk
from core.errors import LangkahError
from core.tenancy.security import READ_WRITE, secure

CORE = "public"


class TableRefused(LangkahError):
    """Tabel {table} tidak dapat dibuat: {reason}"""

    type = "tabel-plugin-ditolak"


def create_tenant_table(op: Any, schema: str, name: str, *items: SchemaItem, rights: str = READ_WRITE) -> Table:
    """Makes table `name` in a plugin's schema: key (tenant_id, id), the policy of ground.md 4, grants.

    Every foreign key among `items` gets the index that a check from the other side needs.

    :param op: Alembic's operations, as the migration has them.
    :param items: further columns and constraints; foreign keys by `tenant_foreign_key`.
    :param rights: what the app role may do with the rows, as SQL.
    :raises TableRefused: a key of it could cross tenants or leads to another plugin's schema.
    """
    full = f"{schema}.{name}"
    _check(full, schema, items)
    table: Table = op.create_table(
        name,
        Column("tenant_id", Integer, ForeignKey(f"{CORE}.tenants.id", ondelete="RESTRICT"), primary_key=True),
        Column("id", Uuid, primary_key=True),
        *items,
        schema=schema,
    )
    for columns in _pointing(items):
        op.create_index(f"ix_{name}_{'_'.join(columns[1:])}", name, columns, schema=schema)
    for statement in secure(full, rights):
        op.execute(statement)
    return table


def tenant_foreign_key(
    columns: str | Sequence[str], target: str, *, ondelete: str | None = None
) -> ForeignKeyConstraint:
    """A key (tenant_id, columns) to (tenant_id, id) of a core table "cases" or an own one, "plugin_x.y"."""
    return tenant_fk(columns, target if "." in target else f"{CORE}.{target}", ondelete=ondelete)


def _check(full: str, schema: str, items: Sequence[SchemaItem]) -> None:
    if any(isinstance(item, Column) and item.foreign_keys for item in items):
        raise TableRefused(
            table=full,
            reason="kunci asing pada satu kolom dapat melintasi daerah; gunakan tenant_foreign_key.",
        )
    for key in (item for item in items if isinstance(item, ForeignKeyConstraint)):
        *owner, target, _ = key.elements[0].target_fullname.split(".")
        if owner not in ([CORE], [schema]):
            named = ".".join([*owner, target])
            raise TableRefused(
                table=full, reason=f"kunci asing hanya boleh ke tabel inti atau tabel sendiri, bukan {named}."
            )


def _pointing(items: Sequence[SchemaItem]) -> Iterator[list[str]]:
    return (list(item.column_keys) for item in items if isinstance(item, ForeignKeyConstraint))
