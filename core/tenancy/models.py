"""The governments on this instance."""

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import PlatformTable, TenantTable, Timestamp

KINDS = ("kota", "kabupaten", "provinsi")


class Tenant(PlatformTable):
    """A government: its code at the Ministry of Home Affairs, its place in the tree, its face.

    `code` is the Kemendagri code as printed ("19.71"), which differs from the code of BPS in some provinces.
    `timezone` is an IANA name. `plugins` are the names of the plugins it enabled.
    """

    __tablename__ = "tenants"
    __table_args__ = (CheckConstraint("kind IN ('kota', 'kabupaten', 'provinsi')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    slug: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    bps: Mapped[str | None]
    kind: Mapped[str]
    name: Mapped[str]
    short: Mapped[str]
    head_title: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("tenants.id"), index=True)
    timezone: Mapped[str]
    color: Mapped[str]
    crest: Mapped[str]
    plugins: Mapped[list[str]] = mapped_column(ARRAY(Text))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Timestamp]


class SyncObject(TenantTable):
    """What `langkah tenants sync` last applied of one object of a tenant's files (ground.md 17).

    `applied` is the SHA-256 of the object as the file gave it then; the database's present content, hashed the
    same way, tells whether somebody changed it since.
    """

    __tablename__ = "sync_objects"
    __table_args__ = (UniqueConstraint("tenant_id", "kind", "key"),)

    kind: Mapped[str]
    key: Mapped[str]
    applied: Mapped[str]
    applied_at: Mapped[Timestamp]
