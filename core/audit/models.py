"""Tables of the audit: what is no case act, and the anchors that seal the heads of the case logs."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import TenantTable, Timestamp


class AuditEntry(TenantTable):
    """A log-in, a change of rights or settings, a look at a secret case.

    Written unchained by whoever does it; sealing gives it `seq`, the previous MAC and its own (ground.md 15).
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        UniqueConstraint("tenant_id", "seq"),
        Index("ix_audit_entries_at", "tenant_id", "at"),
        Index("ix_audit_entries_unsealed", "tenant_id", "id", postgresql_where=text("seq IS NULL")),
    )

    at: Mapped[Timestamp] = mapped_column(server_default=func.now())
    kind: Mapped[str]
    person_id: Mapped[UUID | None]
    subject: Mapped[str | None]
    details: Mapped[dict[str, Any]]
    address: Mapped[str | None]
    seq: Mapped[int | None]
    mac: Mapped[bytes | None]


class Anchor(TenantTable):
    """A day's seal over the heads of a tenant's case logs and its audit entries; anchors chain in turn.

    `heads` holds [case id, seq, mac in hex] of every case that changed since the anchor before.
    """

    __tablename__ = "anchors"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    number: Mapped[int]
    day: Mapped[date]
    sealed_at: Mapped[Timestamp]
    heads: Mapped[list[Any]]
    audit_seq: Mapped[int]
    audit_mac: Mapped[bytes | None]
    mac: Mapped[bytes]
