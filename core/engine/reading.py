"""What a page or the API shows of a case: its rail, a task with what may be done now, its log.

Plain dictionaries of plain values, so that both faces show the same.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from core.engine import desk, options, queries, statements
from core.engine.flows import Editions, LoadedEdition
from core.engine.legal import Option
from core.engine.privacy import reads_all, reads_event, reads_task
from core.engine.state import State
from core.identity.actor import Actor
from core.procedures.model import Step
from core.tenancy.scope import scope_of

Shown = dict[str, Any]

_CASE = ("id", "number", "subject", "code", "title", "status", "ended", "secrecy", "opened_at", "closed_at")
_TASK = ("id", "case_id", "number", "subject", "code", "title", "member", "label", "visit", "version", "opened_at",
         "started_at", "due_at", "warn_at")  # fmt: skip
_VISIT = ("id", "member", "label", "visit", "status", "version", "opened_at", "started_at", "closed_at", "due_at",
          "warn_at", "outcome", "capacity")  # fmt: skip


def tasks(
    session: Session, editions: Editions, actor: Actor, asked: desk.Asked
) -> tuple[list[Shown], Sequence[Row[Any]]]:
    """A page of one of the lists of "Tugas Saya" as shown, and the rows themselves for the next page's key.

    :raises UnusableText: as core.engine.desk.page.
    """
    rows = desk.page(session, actor, asked)
    return [_list_row(row, editions.get(session, row.edition_id)) for row in rows], rows


def case_row(row: Row[Any]) -> Shown:
    """A case as lists show it."""
    return {name: getattr(row, name) for name in _CASE}


def case_detail(session: Session, editions: Editions, actor: Actor, case_id: UUID) -> Shown:
    """A case with its rail; two statements. :raises NoSuchCase: there is none, or not for him."""
    row = queries.case(session, actor, case_id)
    return case_shown(row, queries.case_tasks(session, case_id), editions.get(session, row.edition_id))


def case_shown(row: Row[Any], tasks: Sequence[Row[Any]], loaded: LoadedEdition) -> Shown:
    """A case with its rail, from its row and the latest visits of its tasks."""
    state = State.from_json(row.state)
    visits: dict[str, list[Shown]] = {}
    for task in tasks:
        visits.setdefault(task.step_key, []).append(_visit(task))
    return case_row(row) | {
        "edition_id": row.edition_id,
        "edition_number": row.edition_number,
        "opened_by": row.opened_by_name,
        "head_seq": row.head_seq,
        "steps": [_rail(step, state, visits.get(step.key, []), loaded) for step in loaded.edition.steps],
    }


def task_detail(session: Session, editions: Editions, actor: Actor, task_id: UUID, now: datetime) -> Shown:
    """A task with its form and what may be done with it now; its official's first look is kept.

    :raises NoSuchTask: there is none here, or not for him.
    """
    row = queries.task(session, actor, task_id)
    return task_shown(session, editions.get(session, row.edition_id), actor, row, now)


def task_shown(
    session: Session, loaded: LoadedEdition, actor: Actor, row: Row[Any], now: datetime, runs: bool | None = None
) -> Shown:
    """The same from the task's row.

    :param runs: whether he runs the SOP (core.engine.options.runs), where that is known already.
    """
    if row.read_at is None and row.status == "open" and row.assignee_id in actor.covers:
        values = {"tenant": scope_of(session).id, "task": row.id, "at": now}
        session.execute(statements.MARK_READ, values)
    mine = reads_task(actor, row) or reads_all(actor, loaded, row.opened_by)
    step = loaded.step(row.step_key)
    return _task_row(row, loaded) | {
        "status": row.status,
        "closed_at": row.closed_at,
        "closed_by": row.closed_by_name,
        "outcome": row.outcome,
        "requirements": [requirement.text for requirement in step.requirements],
        "output": step.output,
        "duration": step.duration.text if step.duration else None,
        "form": [field_shown(field) for field in step.form],
        "answers": row.answers if mine else None,
        "draft": row.draft if mine else None,
        "former": row.former if mine else None,
        "returned": row.returned if mine else None,
        "evidence": (row.evidence or []) if mine else [],
        "options": [option_shown(option) for option in options.of_task(session, loaded, actor, row, now, runs)],
    }


def log(session: Session, editions: Editions, actor: Actor, case_id: UUID, after: int, limit: int) -> list[Shown]:
    """A page of a case's log; what he may not read has no value. :raises NoSuchCase: as `case_detail`."""
    row = queries.case(session, actor, case_id)
    everything = reads_all(actor, editions.get(session, row.edition_id), row.opened_by)
    names = ("seq", "kind", "at", "person", "position", "capacity", "body")
    return [
        {name: getattr(event, name) for name in names}
        | {"value": event.value if everything or reads_event(actor, event) else None}
        for event in queries.events(session, case_id, after, limit)
    ]


def _task_row(row: Row[Any], loaded: LoadedEdition) -> Shown:
    step = loaded.step(row.step_key)
    shown = {name: getattr(row, name) for name in _TASK}
    return shown | {"step": step.key, "no": step.no, "activity": step.activity}


def _list_row(row: Row[Any], loaded: LoadedEdition) -> Shown:
    """A task as lists show it: with whose it is where he supervises it, and how it ended where it is closed."""
    outcomes = loaded.step(row.step_key).outcomes
    return _task_row(row, loaded) | {
        "status": row.status,
        "assignee": getattr(row, "assignee", None),
        "offered_to": row.offered_to,
        "closed_at": row.closed_at,
        "outcome": row.outcome,
        "outcome_label": next((each.label for each in outcomes if each.key == row.outcome), None),
    }


def _visit(task: Row[Any]) -> Shown:
    shown = {name: getattr(task, name) for name in _VISIT}
    return shown | {"closed_by": task.closed_by_name, "position": task.position_title}


def _rail(step: Step, state: State, visits: list[Shown], loaded: LoadedEdition) -> Shown:
    reached = state.steps.get(step.key)
    return {
        "key": step.key,
        "no": step.no,
        "activity": step.activity,
        "actors": [loaded.edition.actors[name].name for name in step.actors],
        "duration": step.duration.text if step.duration else None,
        "status": reached.status if reached else "next",
        "visit": reached.visit if reached else 0,
        "tasks": visits,
    }


def field_shown(field: Any) -> Shown:
    """A field of a form, without what it leaves at its default."""
    shown = {
        "key": field.key,
        "label": field.label,
        "type": field.type,
        "required": field.required,
        "many": field.many,
        "help": field.help,
        "choices": [{"key": choice.key, "label": choice.label} for choice in field.choices],
    }
    return {name: value for name, value in shown.items() if value not in (None, [], False) or name == "required"}


def option_shown(option: Option) -> Shown:
    """What somebody may do, as a page or the API tells it."""
    wanted = ("command", "step", "visit", "outcome", "target", "returns", "members", "reason")
    return {name: getattr(option, name) for name in wanted}
