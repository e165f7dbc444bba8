"""Gathers the facts the machine decides by; what a command does not need is not asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from core.engine import commands, statements
from core.engine.errors import NoSuchCase, NoSuchUnit
from core.engine.facts import Assignee, Facts, Member
from core.engine.flows import LoadedEdition
from core.engine.refusals import NoSuchTask
from core.engine.shell import Request, actor_facts
from core.engine.state import State
from core.organization.secrecy import viewer
from core.prepared import Record, send
from core.tenancy.scope import scope_of

SUPERVISE = "cases.supervise"

_SUPERVISED = (commands.Reassign, commands.Excuse, commands.AddMember, commands.Conclude, commands.Cancel)


@dataclass(frozen=True)
class Look:
    """Whether the actor may see the case; ids of the files attached in the task's form, by field."""

    sees: bool
    evidence: Mapping[str, Sequence[str]] = field(default_factory=dict)


def gather(
    session: Session,
    request: Request,
    row: Record,
    loaded: LoadedEdition,
    command: commands.Command,
    sees: bool,
    receiver: UUID | None = None,
) -> Facts:
    """The facts of a command on the locked row.

    :raises NoSuchTask, NoSuchCase: the actor may not see this case; to him it does not exist.
    """
    above = _above(session, request, row, loaded, command, receiver)
    reaches = above["supervises"] and row.secrecy != "rahasia"
    if not (reaches or sees):
        raise NoSuchTask if "task_id" in row._fields else NoSuchCase
    return Facts(
        now=request.now,
        actor=actor_facts(request.actor),
        assignees=loaded.assignees,
        members=loaded.members(row.sets),
        sees=True,
        offered_still_holds=_still_holds(session, request, row),
        unread=_unread(session, row, command),
        names=getattr(row, "names", None) or {},
        supervises=above["supervises"],
        receiver_able=above["receiver_able"],
    )


def look(session: Session, request: Request, row: Record, files: bool = False) -> Look:
    """Whether the case exists for him, and the files in the task's form where it takes any.

    An ordinary case exists for everybody here; where there is nothing to find out this costs no statement.
    """
    if row.secrecy == "biasa" and not files:
        return Look(sees=True)
    task = {"step": getattr(row, "step_key", ""), "member": getattr(row, "member", "")}
    values = {"tenant": scope_of(session).id, "case": row.case_id, **task, **viewer(request.actor).parameters()}
    found = send(session, statements.LOOK, values)
    return Look(found.sees, found.evidence or {}) if found else Look(sees=False)


def start_facts(request: Request, row: Record, loaded: LoadedEdition) -> Facts:
    """The facts of a start: the actors of the edition, and the sets its first step may open."""
    return Facts(
        now=request.now,
        actor=actor_facts(request.actor),
        assignees=loaded.assignees,
        members=loaded.members(row.sets),
        sees=True,
    )


def _above(
    session: Session,
    request: Request,
    row: Record,
    loaded: LoadedEdition,
    command: commands.Command,
    receiver: UUID | None,
) -> dict[str, bool]:
    """Whether he stands above what the command names: one statement, for the few commands that ask.

    A task is supervised by who stands above its desk; a case, and who takes part in an `each`, by those who run
    the SOP (its starters) and who stands above them.
    """
    if not isinstance(command, _SUPERVISED):
        return {"supervises": False, "receiver_able": False}
    right = SUPERVISE in request.actor.rights
    if isinstance(command, commands.Reassign):
        desks = [row.assignee_id]
    else:
        desks = [UUID(loaded.assignees[name].id) for name in loaded.flow.start_by if name in loaded.assignees]
    found = session.execute(
        statements.SUPERVISES,
        {
            "tenant": scope_of(session).id,
            "person": request.actor.person_id,
            "assignees": desks,
            "receiver": receiver,
        },
    ).one()
    runs_it = not isinstance(command, commands.Reassign) and any(desk in request.actor.covers for desk in desks)
    return {
        "supervises": right or runs_it or found.supervises,
        "receiver_able": found.receiver_active and (right or found.receiver_in_branch),
    }


def _still_holds(session: Session, request: Request, row: Record) -> bool:
    """Whether whom a returned task was offered to may still act; nobody asks where it is the actor himself."""
    offered = getattr(row, "offered_to", None)
    if offered in (None, request.actor.person_id):
        return True
    values = {"tenant": scope_of(session).id, "assignee": row.assignee_id, "person": offered}
    return bool(session.execute(statements.STILL_HOLDS, values).scalar_one())


def _unread(session: Session, row: Record, command: commands.Command) -> bool:
    if not isinstance(command, commands.Withdraw) or row.closed_at is None:
        return False
    values = {"tenant": scope_of(session).id, "case": row.case_id, "at": row.closed_at}
    return bool(session.execute(statements.UNREAD, values).scalar_one())


def alone(session: Session, request: Request, state: State, command: commands.Command) -> bool:
    """Whether nobody else answers for the task today, so that segregation can only be a warning."""
    assignee = assignee_of(state, command)
    if assignee is None:
        return False
    values = {
        "tenant": scope_of(session).id,
        "assignee": UUID(assignee.id),
        "person": request.actor.person_id,
    }
    return bool(session.execute(statements.ALONE, values).scalar_one())


def assignee_of(state: State, command: commands.Command) -> Assignee | None:
    """Whom the task the command names is for."""
    step = state.steps.get(getattr(command, "step", None) or "")
    task = step.members.get(getattr(command, "member", "")) if step else None
    return task.assignee if task else None


def candidate(session: Session, unit_id: UUID) -> Member:
    """The unit that is to join an `each`. :raises NoSuchUnit: no active unit has this id."""
    values = {"tenant": scope_of(session).id, "unit": unit_id}
    unit = session.execute(statements.CANDIDATE, values).one_or_none()
    if unit is None:
        raise NoSuchUnit
    return Member(str(unit.id), Assignee("unit", str(unit.id)), unit.label)


def labels_of(members: Mapping[str, tuple[Member, ...]]) -> dict[str, str]:
    """The names of all members, by key."""
    return {member.key: member.label for found in members.values() for member in found}
