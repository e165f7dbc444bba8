"""What the page of a case shows: where it stands, whose it is, the task at hand, its files, what happened last.

A constant number of statements, whatever the case has been through: the case, the latest visits, the task, who answers
for what is open, the files, the tail of the log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Integer, Row, Uuid
from sqlalchemy.orm import Session

from core.database import typed
from core.engine import options, queries, reading
from core.engine.flows import Editions, LoadedEdition
from core.engine.privacy import reads_all, reads_event
from core.engine.reading import Shown
from core.identity.actor import Actor
from core.organization.holders import Holder, holders_of
from core.procedures.model import Step
from core.tenancy.scope import scope_of

MOST_FILES = 200
TAIL = 20

# What the machine notes for itself; a reader learns nothing from it that the acts beside it do not tell.
BOOKKEEPING = ("set_fixed", "task_opened", "decision_awaited", "step_joined", "step_passed", "task_closed")

_TYPES: dict[str, Any] = {
    "tenant": Integer, "case": Uuid, "seq": Integer, "limit": Integer, "person": Uuid, "covers": ARRAY(Uuid),
    "everything": Boolean,
}  # fmt: skip

# The files of a case that he may open, the newest first (ix_evidence_case): all of them, or those of his own tasks
# (core.engine.privacy). What was taken out again is in the log alone.
_FILES = typed(
    """
    SELECT e.id, e.task_id, t.step_key, t.member, t.label, t.visit, t.assignee_id, t.closed_by, e.field, e.name,
           f.mime, f.size, f.sha256, f.scan, e.attached_at, p.name AS attached_by
      FROM evidence e
      JOIN tasks t ON t.tenant_id = e.tenant_id AND t.id = e.task_id
      JOIN files f ON f.tenant_id = e.tenant_id AND f.id = e.file_id
      JOIN people p ON p.tenant_id = e.tenant_id AND p.id = e.attached_by
     WHERE e.tenant_id = :tenant AND e.case_id = :case AND e.removed_at IS NULL
       AND (:everything OR t.assignee_id = ANY (:covers) OR t.closed_by = :person)
     ORDER BY e.id DESC
     LIMIT :limit
    """,
    _TYPES,
)

# The log backwards from an event (pk_events), without the bookkeeping.
_TAIL = typed(
    f"""
    SELECT e.seq, e.kind, e.at, e.person_id, p.name AS person, q.title AS position, e.capacity, e.body, v.value,
           r.name AS receiver
      FROM events e
      LEFT JOIN event_payloads v ON v.tenant_id = e.tenant_id AND v.case_id = e.case_id AND v.seq = e.seq
      LEFT JOIN people p ON p.tenant_id = e.tenant_id AND p.id = e.person_id
      LEFT JOIN positions q ON q.tenant_id = e.tenant_id AND q.id = e.position_id
      LEFT JOIN people r ON e.kind = 'task_reassigned' AND r.tenant_id = e.tenant_id AND r.id = (e.body ->> 'to')::uuid
     WHERE e.tenant_id = :tenant AND e.case_id = :case AND e.seq < :seq
       AND e.kind NOT IN {BOOKKEEPING}
     ORDER BY e.seq DESC
     LIMIT :limit
    """,
    _TYPES,
)


@dataclass(frozen=True)
class CaseFile:
    """A case as its page shows it.

    `case` and `task` are core.engine.reading's; `step` is the task's row of the edition, with its form. `mine` are the
    open tasks that the reader answers for, `holders` who answers today for each open one by its assignee, `files` and
    `tail` what he may read, the newest first; `names` those of members by key; `options` what he may do with the case
    besides its tasks.
    """

    case: Shown
    loaded: LoadedEdition
    task: Shown | None
    step: Step | None
    mine: Sequence[Row[Any]]
    open: Sequence[Row[Any]]
    holders: Mapping[UUID, list[Holder]]
    files: Sequence[Row[Any]]
    tail: Sequence[Shown]
    names: Mapping[str, str]
    options: Sequence[Shown]


def of_case(session: Session, editions: Editions, actor: Actor, case_id: UUID, now: datetime) -> CaseFile:
    """The case; the task at hand is the first open one that the reader answers for.

    :raises NoSuchCase: there is none, or not for him.
    """
    return _casefile(session, editions, actor, queries.case(session, actor, case_id), now, None)


def of_task(session: Session, editions: Editions, actor: Actor, task_id: UUID, now: datetime) -> CaseFile:
    """The case of a task, with that task at hand. :raises NoSuchTask: there is none, or not for him."""
    task = queries.task(session, actor, task_id)
    return _casefile(session, editions, actor, queries.case(session, actor, task.case_id), now, task)


def _casefile(
    session: Session, editions: Editions, actor: Actor, row: Row[Any], now: datetime, chosen: Row[Any] | None
) -> CaseFile:
    loaded = editions.get(session, row.edition_id)
    latest = queries.case_tasks(session, row.id)
    still_open = [task for task in latest if task.status == "open"]
    mine = [task for task in still_open if task.assignee_id in actor.covers]
    if chosen is None and mine:
        chosen = queries.task(session, actor, mine[0].id)
    runs = row.status == "open" and options.runs(session, loaded, actor)
    task = reading.task_shown(session, loaded, actor, chosen, now, runs) if chosen else None
    everything = reads_all(actor, loaded, row.opened_by)
    return CaseFile(
        case=reading.case_shown(row, latest, loaded),
        loaded=loaded,
        task=task,
        step=loaded.step(task["step"]) if task else None,
        mine=mine,
        open=still_open,
        holders=holders_of(session, {open_task.assignee_id for open_task in still_open}),
        files=_files(session, actor, row.id, everything),
        tail=_tail(session, actor, row.id, row.head_seq + 1, everything),
        names={one.member: one.label for one in latest if one.member and one.label},
        options=[reading.option_shown(option) for option in options.of_case(loaded, actor, row, now, runs)],
    )


def _files(session: Session, actor: Actor, case_id: UUID, everything: bool) -> Sequence[Row[Any]]:
    values = {"tenant": scope_of(session).id, "case": case_id, "limit": MOST_FILES, "everything": everything,
              "person": actor.person_id, "covers": list(actor.covers)}  # fmt: skip
    return session.execute(_FILES, values).all()


def _tail(session: Session, actor: Actor, case_id: UUID, before: int, everything: bool) -> list[Shown]:
    """What happened before an event's number; what he may not read has no value."""
    values = {"tenant": scope_of(session).id, "case": case_id, "seq": before, "limit": TAIL}
    names = ("seq", "kind", "at", "person", "position", "capacity", "body", "receiver")
    return [
        {name: getattr(event, name) for name in names}
        | {"value": event.value if everything or reads_event(actor, event) else None}
        for event in session.execute(_TAIL, values)
    ]


def earlier(
    session: Session, editions: Editions, actor: Actor, case_id: UUID, before: int
) -> tuple[Row[Any], list[Shown], Mapping[str, str]]:
    """The case's row, a further page of its log backwards, and the members' names. :raises NoSuchCase: as above."""
    row = queries.case(session, actor, case_id)
    names = {task.member: task.label for task in queries.case_tasks(session, case_id) if task.member and task.label}
    everything = reads_all(actor, editions.get(session, row.edition_id), row.opened_by)
    return row, _tail(session, actor, case_id, before, everything), names
