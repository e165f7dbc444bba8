"""Tables of files: one row per content, one per use of it as evidence."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import TenantTable, Timestamp, tenant_fk


class StoredFile(TenantTable):
    """A content, known by its SHA-256 (hex); `size` in bytes, `mime` by content. Stored once per tenant."""

    __tablename__ = "files"
    __table_args__ = (
        UniqueConstraint("tenant_id", "sha256"),
        CheckConstraint("scan IN ('unscanned', 'clean', 'infected')", name="scan"),
    )

    sha256: Mapped[str]
    size: Mapped[int]
    mime: Mapped[str]
    scan: Mapped[str] = mapped_column(default="unscanned")
    stored_at: Mapped[Timestamp]


class Evidence(TenantTable):
    """A file attached to a task, for one field of its form; removed ones stay, marked."""

    __tablename__ = "evidence"
    __table_args__ = (
        tenant_fk("case_id", "cases"),
        tenant_fk("task_id", "tasks"),
        tenant_fk("file_id", "files"),
        tenant_fk("attached_by", "people"),
        Index("ix_evidence_case", "tenant_id", "case_id"),
        Index("ix_evidence_task", "tenant_id", "task_id", postgresql_where=text("removed_at IS NULL")),
        Index("ix_evidence_file", "tenant_id", "file_id"),
        Index("ix_evidence_attached_by", "tenant_id", "attached_by"),
    )

    case_id: Mapped[UUID]
    task_id: Mapped[UUID]
    file_id: Mapped[UUID]
    field: Mapped[str]
    name: Mapped[str]
    attached_by: Mapped[UUID]
    attached_at: Mapped[Timestamp]
    removed_at: Mapped[Timestamp | None]
