"""Tables of the engine: cases, their tasks, the append-only log, idempotency keys."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, TenantTable, Timestamp, tenant_fk

SECRECY = ("biasa", "terbatas", "rahasia")


class Case(TenantTable):
    """One run of an edition. `state` is core.engine.state.State as JSON: bounded by edition and members.

    `head_seq` and `head_mac` are the last event's, so that the log's tail cannot be cut unseen.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'done', 'cancelled')", name="status"),
        CheckConstraint("secrecy IN ('biasa', 'terbatas', 'rahasia')", name="secrecy"),
        UniqueConstraint("tenant_id", "number"),
        tenant_fk("procedure_id", "procedures"),
        tenant_fk("edition_id", "editions"),
        tenant_fk("opened_by", "people"),
        # The library: the newest cases of a SOP in one status, and so how many of them run.
        Index("ix_cases_procedure", "tenant_id", "procedure_id", "status", "opened_at", "id"),
        Index("ix_cases_edition", "tenant_id", "edition_id"),
        Index("ix_cases_opened", "tenant_id", "opened_at", "id"),
        Index("ix_cases_opened_by", "tenant_id", "opened_by"),
        Index("ix_cases_updated", "tenant_id", "updated_at"),
    )

    procedure_id: Mapped[UUID]
    edition_id: Mapped[UUID]
    number: Mapped[str]
    subject: Mapped[str]
    answers: Mapped[dict[str, Any]]
    status: Mapped[str]
    ended: Mapped[str | None]
    secrecy: Mapped[str]
    state: Mapped[dict[str, Any]]
    head_seq: Mapped[int]
    head_mac: Mapped[bytes]
    opened_at: Mapped[Timestamp]
    opened_by: Mapped[UUID]
    closed_at: Mapped[Timestamp | None]
    updated_at: Mapped[Timestamp]


class CaseCounter(Base):
    """The last running number of a procedure in a year; numbers may have gaps."""

    __tablename__ = "case_counters"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "procedure_id", "year"),
        tenant_fk("procedure_id", "procedures"),
    )

    tenant_id: Mapped[int]
    procedure_id: Mapped[UUID]
    year: Mapped[int]
    last: Mapped[int]


class Task(TenantTable):
    """One visit of one step of a case for one assignee; `member` is the unit of an `each`, else ''.

    Only the open rows of a case are its present; closed ones are its memory and never read on the hot path.
    `due_at` and `warn_at` are core.calendar's, computed once when the task opens; None where its norm sets no deadline.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        CheckConstraint(
            "status IN ('open', 'done', 'returned', 'not_needed', 'excused', 'withdrawn', 'cancelled')",
            name="status",
        ),
        CheckConstraint("assignee_kind IN ('position', 'team', 'unit', 'person')", name="assignee_kind"),
        UniqueConstraint("tenant_id", "case_id", "step_key", "member", "visit"),
        tenant_fk("case_id", "cases"),
        tenant_fk("offered_to", "people"),
        tenant_fk("closed_by", "people"),
        # The inbox: one range per thing a person answers for, the most urgent first; without a deadline comes last.
        Index(
            "ix_tasks_inbox",
            "tenant_id",
            "assignee_id",
            text("LEAST(due_at, 'infinity'::timestamp with time zone)"),
            "id",
            postgresql_where=text("status = 'open'"),
        ),
        # Partial: over all rows they would look like an index of the tenant to a planner without statistics.
        Index(
            "ix_tasks_closed_by",
            "tenant_id",
            "closed_by",
            "closed_at",
            "id",
            postgresql_where=text("closed_by IS NOT NULL"),
        ),
        Index("ix_tasks_offered_to", "tenant_id", "offered_to", postgresql_where=text("offered_to IS NOT NULL")),
    )

    case_id: Mapped[UUID]
    step_key: Mapped[str]
    member: Mapped[str]
    visit: Mapped[int]
    label: Mapped[str | None]
    status: Mapped[str]
    version: Mapped[int]
    assignee_kind: Mapped[str]
    assignee_id: Mapped[UUID]
    offered_to: Mapped[UUID | None]
    opened_at: Mapped[Timestamp]
    read_at: Mapped[Timestamp | None]
    started_at: Mapped[Timestamp | None]
    closed_at: Mapped[Timestamp | None]
    closed_by: Mapped[UUID | None]
    position_id: Mapped[UUID | None]
    capacity: Mapped[str | None]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    draft: Mapped[dict[str, Any] | None]
    answers: Mapped[dict[str, Any] | None]
    due_at: Mapped[Timestamp | None]
    warn_at: Mapped[Timestamp | None]


class Event(Base):
    """One event of a case's log: the app role may add, never change (ground.md 15)."""

    __tablename__ = "events"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "case_id", "seq"),
        tenant_fk("case_id", "cases"),
    )

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"))
    case_id: Mapped[UUID]
    seq: Mapped[int]
    kind: Mapped[str]
    at: Mapped[Timestamp]
    person_id: Mapped[UUID | None]
    position_id: Mapped[UUID | None]
    capacity: Mapped[str | None]
    body: Mapped[dict[str, Any]]
    payload_hash: Mapped[bytes | None]
    prev_mac: Mapped[bytes]
    mac: Mapped[bytes]


class EventPayload(Base):
    """Free text, form values and personal data of an event: erasable, its salted hash stays in the event."""

    __tablename__ = "event_payloads"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "case_id", "seq"),
        tenant_fk(("case_id", "seq"), "events", to=("case_id", "seq")),
    )

    tenant_id: Mapped[int]
    case_id: Mapped[UUID]
    seq: Mapped[int]
    value: Mapped[dict[str, Any] | None]
    salt: Mapped[bytes | None]


class IdempotencyKey(Base):
    """The first answer to a command, for seven days; a key belongs to tenant and person."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "person_id", "key"),
        tenant_fk("person_id", "people", ondelete="CASCADE"),
        Index("ix_idempotency_keys_created", "tenant_id", "created_at"),
    )

    tenant_id: Mapped[int]
    person_id: Mapped[UUID]
    key: Mapped[str]
    body_hash: Mapped[bytes]
    response: Mapped[dict[str, Any]]
    created_at: Mapped[Timestamp]
