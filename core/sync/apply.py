"""Carries out the plan of one government, in the transaction of its scope."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.audit.entries import record
from core.database import new_id
from core.identity.actor import Console
from core.procedures.editions import Posts, Proof, draft, posts, put_into_force, take_out_of_force
from core.procedures.model import Edition
from core.procedures.models import EditionRow, Procedure
from core.sync.merge import APPLIED, Verdict
from core.sync.objects import Content, Object
from core.sync.plan import TenantPlan
from core.sync.writing import write_organization
from core.tenancy.models import SyncObject, Tenant
from core.tenancy.scope import scope_of

BY = Console("langkah tenants sync")


def tenant_row(session: Session, slug: str, content: Content) -> None:
    """Makes or changes the government itself; it needs no scope, and its parent has gone before.

    The slug is its address and never changes.
    """
    row = session.scalars(select(Tenant).where(Tenant.slug == slug)).one_or_none()
    if row is None:
        row = Tenant(slug=slug, active=True, created_at=datetime.now(UTC))
        session.add(row)
    told: dict[str, Any] = {name: value for name, value in content.items() if name != "parent"}
    for name, value in told.items():
        setattr(row, name, value)
    parent = select(Tenant.id).where(Tenant.slug == content["parent"])
    row.parent_id = session.scalars(parent).one_or_none() if content["parent"] else None
    session.flush()


def apply(session: Session, plan: TenantPlan, effective: date | None, proof: Proof | None) -> None:
    """Writes everything the plan says but the government's own row, remembers it, and notes it in the audit."""
    write_organization(session, plan)
    _procedures(session, plan, effective)
    if effective is not None:
        _put_into_force(session, plan, effective, proof)
    _remember(session, plan)
    counts = Counter(str(line.verdict) for line in plan.lines if line.verdict in (*APPLIED, Verdict.IN_FORCE))
    if counts:
        record(session, "tenant.synced", None, plan.slug, {"console": BY.name, **counts})


def _procedures(session: Session, plan: TenantPlan, effective: date | None) -> None:
    known: Posts | None = None
    for code, content in plan.applied("procedure").items():
        if content is None:
            take_out_of_force(session, BY, code, effective or scope_of(session).today)
        else:
            known = known or posts(session)
            draft(session, BY, Edition.from_json(content), known)


def _put_into_force(session: Session, plan: TenantPlan, effective: date, proof: Proof | None) -> None:
    codes = [line.object.key for line in plan.lines if line.verdict is Verdict.IN_FORCE]
    asked = (
        select(EditionRow)
        .join(
            Procedure,
            (Procedure.tenant_id == EditionRow.tenant_id) & (Procedure.id == EditionRow.procedure_id),
        )
        .where(Procedure.code.in_(codes), EditionRow.status == "draft")
    )
    for row in session.scalars(asked).all() if codes else ():
        put_into_force(session, BY, row, effective, proof)


def _remember(session: Session, plan: TenantPlan) -> None:
    memories = plan.memories
    forgotten = [tuple(found) for found, memory in memories.items() if memory is None]
    if forgotten:
        session.execute(delete(SyncObject).where(tuple_(SyncObject.kind, SyncObject.key).in_(forgotten)))
    rows = [_memory(session, found, memory) for found, memory in memories.items() if memory is not None]
    if rows:
        writing = insert(SyncObject).values(rows)
        fresh = {name: writing.excluded[name] for name in ("applied", "applied_at")}
        session.execute(writing.on_conflict_do_update(index_elements=["tenant_id", "kind", "key"], set_=fresh))


def _memory(session: Session, found: Object, memory: str) -> dict[str, Any]:
    return {
        "tenant_id": scope_of(session).id,
        "id": new_id(),
        "kind": found.kind,
        "key": found.key,
        "applied": memory,
        "applied_at": datetime.now(UTC),
    }
