"""What people read: a task, a case, the list of cases, a case's log. The lists of tasks are core.engine.desk's.

Lists page by key and never count. Who may see a case is decided in SQL (core.organization.secrecy), so a row that
is not his never leaves the database. A member of an `each` sees its own part, never another's answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, DateTime, Integer, Row, Text, Uuid
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import TextClause

from core.database import typed
from core.engine.errors import NoSuchCase
from core.engine.refusals import NoSuchTask
from core.engine.search import containing
from core.identity.actor import Actor
from core.organization.secrecy import VISIBLE, viewer
from core.tenancy.scope import scope_of

_TYPES: dict[str, Any] = {
    "tenant": Integer, "person": Uuid, "covers": ARRAY(Uuid), "positions": ARRAY(Uuid), "read_all": Boolean,
    "limit": Integer, "at": DateTime(timezone=True), "after": Uuid, "status": Text, "code": Text, "case": Uuid,
    "task": Uuid, "seq": Integer, "plugin": Text, "pattern": Text,
}  # fmt: skip


def _statement(sql: str) -> TextClause:
    return typed(sql, _TYPES)


@dataclass(frozen=True)
class After:
    """The last row of the page before: its moment (None: a task without a deadline) and id."""

    at: datetime | None
    id: UUID


TaskRow = Row[Any]

_CASES = _statement(
    f"""
    SELECT c.id, c.number, c.subject, c.status, c.ended, c.secrecy, c.opened_at, c.closed_at, c.head_seq,
           p.code, p.title
      FROM cases c
      JOIN procedures p ON p.tenant_id = c.tenant_id AND p.id = c.procedure_id
     WHERE c.tenant_id = :tenant
       AND (CAST(:status AS text) IS NULL OR c.status = :status)
       AND (CAST(:code AS text) IS NULL OR p.code = :code)
       AND (CAST(:plugin AS text) IS NULL OR p.plugin = :plugin)
       AND (CAST(:pattern AS text) IS NULL OR c.number ILIKE :pattern OR c.subject ILIKE :pattern)
       AND (CAST(:at AS timestamptz) IS NULL OR (c.opened_at, c.id) < (:at, :after))
       AND {VISIBLE}
     ORDER BY c.opened_at DESC, c.id DESC
     LIMIT :limit
    """
)

_CASE = _statement(
    f"""
    SELECT c.*, p.code, p.title, e.number AS edition_number, o.name AS opened_by_name
      FROM cases c
      JOIN procedures p ON p.tenant_id = c.tenant_id AND p.id = c.procedure_id
      JOIN editions e ON e.tenant_id = c.tenant_id AND e.id = c.edition_id
      JOIN people o ON o.tenant_id = c.tenant_id AND o.id = c.opened_by
     WHERE c.tenant_id = :tenant AND c.id = :case AND {VISIBLE}
    """
)

# The latest visit of every task of a case: bounded by the edition and its members, not by history.
_CASE_TASKS = _statement(
    """
    SELECT DISTINCT ON (t.step_key, t.member)
           t.id, t.step_key, t.member, t.visit, t.label, t.status, t.version, t.assignee_kind, t.assignee_id,
           t.opened_at, t.started_at, t.closed_at, t.due_at, t.warn_at, t.outcome, t.capacity,
           b.name AS closed_by_name,
           q.title AS position_title
      FROM tasks t
      LEFT JOIN people b ON b.tenant_id = t.tenant_id AND b.id = t.closed_by
      LEFT JOIN positions q ON q.tenant_id = t.tenant_id AND q.id = t.position_id
     WHERE t.tenant_id = :tenant AND t.case_id = :case
     ORDER BY t.step_key, t.member, t.visit DESC
    """
)

_TASK = _statement(
    f"""
    SELECT t.*, c.number, c.subject, c.edition_id, c.status AS case_status, c.state, c.secrecy, c.opened_by,
           p.code, p.title, b.name AS closed_by_name,
           (SELECT v.answers FROM tasks v
             WHERE v.tenant_id = t.tenant_id AND v.case_id = t.case_id AND v.step_key = t.step_key
               AND v.member = t.member AND v.visit = t.visit - 1) AS former,
           (SELECT jsonb_build_object('by', a.name, 'at', r.closed_at, 'step', r.step_key, 'reason', r.reason)
              FROM tasks r
              JOIN people a ON a.tenant_id = r.tenant_id AND a.id = r.closed_by
             WHERE r.tenant_id = t.tenant_id AND r.case_id = t.case_id AND r.status = 'returned'
               AND r.closed_at = t.opened_at AND t.visit > 1
             LIMIT 1) AS returned,
           (SELECT jsonb_agg(jsonb_build_object('id', e.id, 'field', e.field, 'name', e.name, 'mime', f.mime,
                                                'size', f.size, 'sha256', f.sha256, 'scan', f.scan) ORDER BY e.id)
              FROM tasks v
              JOIN evidence e ON e.tenant_id = v.tenant_id AND e.task_id = v.id AND e.removed_at IS NULL
              JOIN files f ON f.tenant_id = e.tenant_id AND f.id = e.file_id
             WHERE v.tenant_id = t.tenant_id AND v.case_id = t.case_id AND v.step_key = t.step_key
               AND v.member = t.member) AS evidence
      FROM tasks t
      JOIN cases c ON c.tenant_id = t.tenant_id AND c.id = t.case_id
      JOIN procedures p ON p.tenant_id = c.tenant_id AND p.id = c.procedure_id
      LEFT JOIN people b ON b.tenant_id = t.tenant_id AND b.id = t.closed_by
     WHERE t.tenant_id = :tenant AND t.id = :task AND {VISIBLE}
    """
)

_EVENTS = _statement(
    """
    SELECT e.seq, e.kind, e.at, e.person_id, p.name AS person, q.title AS position, e.capacity, e.body, v.value
      FROM events e
      LEFT JOIN event_payloads v ON v.tenant_id = e.tenant_id AND v.case_id = e.case_id AND v.seq = e.seq
      LEFT JOIN people p ON p.tenant_id = e.tenant_id AND p.id = e.person_id
      LEFT JOIN positions q ON q.tenant_id = e.tenant_id AND q.id = e.position_id
     WHERE e.tenant_id = :tenant AND e.case_id = :case AND e.seq > :seq
     ORDER BY e.seq
     LIMIT :limit
    """
)


@dataclass(frozen=True)
class Wanted:
    """Which cases a list is narrowed to: by status (open, done, cancelled), SOP, plugin, text in number or subject."""

    status: str | None = None
    code: str | None = None
    plugin: str | None = None
    text: str | None = None


def cases(
    session: Session, actor: Actor, after: After | None, limit: int, wanted: Wanted = Wanted()
) -> Sequence[Row[Any]]:
    """The cases he may see, the newest first; one statement.

    :raises UnusableText: the text to be found has characters that no text here can have.
    """
    narrowed = {"status": wanted.status, "code": wanted.code, "plugin": wanted.plugin}
    narrowed["pattern"] = containing(wanted.text)
    values = {"limit": limit, **narrowed, **_key(after), **viewer(actor).parameters()}
    return session.execute(_CASES, _in_scope(session, values)).all()


def case(session: Session, actor: Actor, case_id: UUID) -> Row[Any]:
    """One case. :raises NoSuchCase: there is none here, or not for him."""
    values = _in_scope(session, {"case": case_id, **viewer(actor).parameters()})
    row = session.execute(_CASE, values).one_or_none()
    if row is None:
        raise NoSuchCase
    return row


def case_tasks(session: Session, case_id: UUID) -> Sequence[Row[Any]]:
    """The latest visit of each task of a case that `case` has let him see."""
    return session.execute(_CASE_TASKS, _in_scope(session, {"case": case_id})).all()


def task(session: Session, actor: Actor, task_id: UUID) -> Row[Any]:
    """One task with its form's state and evidence. :raises NoSuchTask: there is none here, or not for him."""
    values = _in_scope(session, {"task": task_id, **viewer(actor).parameters()})
    row = session.execute(_TASK, values).one_or_none()
    if row is None:
        raise NoSuchTask
    return row


def events(session: Session, case_id: UUID, after_seq: int, limit: int) -> Sequence[Row[Any]]:
    """A case's log after an event's number, for a case that `case` has let him see."""
    return session.execute(_EVENTS, _in_scope(session, {"case": case_id, "seq": after_seq, "limit": limit})).all()


def _key(after: After | None) -> dict[str, Any]:
    return {"at": after.at if after else None, "after": after.id if after else None}


def _in_scope(session: Session, values: dict[str, Any]) -> dict[str, Any]:
    return {"tenant": scope_of(session).id, **values}
