"""Whose answers one may read: a member of an `each` sees its own part and the common header, nothing more.

Whoever does one of the steps that all members share (the team that collects, the head who judges) reads them
all; so does the opener and who holds `cases.read_all`. Anybody else who may find the case reads its rail only.
"""

from typing import Any
from uuid import UUID

from core.engine.flows import LoadedEdition
from core.identity.actor import Actor
from core.organization.secrecy import READ_ALL


def reads_all(actor: Actor, loaded: LoadedEdition, opened_by: UUID) -> bool:
    """Whether the actor reads every answer of the case."""
    if actor.person_id == opened_by or actor.may(READ_ALL):
        return True
    shared = {name for step in loaded.flow.steps if not step.each for name in step.actors}
    return any(UUID(loaded.assignees[name].id) in actor.covers for name in shared & loaded.assignees.keys())


def reads_task(actor: Actor, task: Any) -> bool:
    """Whether the task's answers are his own or his desk's."""
    return task.assignee_id in actor.covers or task.closed_by == actor.person_id


def reads_event(actor: Actor, event: Any) -> bool:
    """Whether what an event carries is his own or his desk's."""
    member = event.body.get("member")
    return event.person_id == actor.person_id or bool(member and UUID(member) in actor.covers)
