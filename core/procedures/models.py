"""Tables of procedures: what a tenant runs, and the immutable, numbered editions of it."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, TenantTable, Timestamp, tenant_fk


class Procedure(TenantTable):
    """A SOP of a tenant under its code; the edition in force stands in `effective_id`."""

    __tablename__ = "procedures"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        tenant_fk("effective_id", "editions", cycle="fk_procedures_effective"),
        Index("ix_procedures_effective", "tenant_id", "effective_id"),
    )

    code: Mapped[str]
    title: Mapped[str]
    plugin: Mapped[str]
    procedure: Mapped[str]
    effective_id: Mapped[UUID | None]


class EditionRow(TenantTable):
    """One edition: `content` is core.procedures.model.Edition as JSON and never changes once in force.

    `targets` resolves each actor to a row of the organization: {actor: {"kind": ..., "id": ...}}.
    """

    __tablename__ = "editions"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'effective', 'retired')", name="status"),
        UniqueConstraint("tenant_id", "procedure_id", "number"),
        Index(
            "uq_editions_effective",
            "tenant_id",
            "procedure_id",
            unique=True,
            postgresql_where=text("status = 'effective'"),
        ),
        tenant_fk("procedure_id", "procedures"),
    )

    procedure_id: Mapped[UUID]
    number: Mapped[int]
    status: Mapped[str]
    effective_on: Mapped[date | None]
    retired_on: Mapped[date | None]
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str]
    targets: Mapped[dict[str, Any]]
    plugin_version: Mapped[str]
    created_at: Mapped[Timestamp] = mapped_column(server_default=func.now())


class EditionReach(Base):
    """The sets whose members a command on `step_key` may open next ('' is the start of a case).

    Written when the edition is made, so that a completion reads just the sets it can need, in one query.
    """

    __tablename__ = "edition_reaches"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "edition_id", "step_key", "set_id"),
        tenant_fk("edition_id", "editions", ondelete="CASCADE"),
        tenant_fk("set_id", "unit_sets"),
        Index("ix_edition_reaches_set", "tenant_id", "set_id"),
    )

    tenant_id: Mapped[int]
    edition_id: Mapped[UUID]
    step_key: Mapped[str]
    set_id: Mapped[UUID]
