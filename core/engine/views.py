"""What plugins see of a command: before it is accepted, and after its commit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from core.contracts import CaseEvent, CaseView, CompletionView, MemberView, TaskEvent
from core.engine import commands, statements
from core.engine.events import CaseCancelled, CaseEnded, CaseStarted, Event, StepReturned, TaskCompleted
from core.engine.flows import LoadedEdition
from core.engine.state import State
from core.prepared import Record
from core.tenancy.scope import scope_of


class Hooks(Protocol):
    """The hooks of a tenant's own plugins (core.extensions.TenantHooks)."""

    def asks(self, procedure: str, step: str) -> bool:
        """Whether a plugin wants to see completions of this step."""

    def validate_completion(self, completion: CompletionView) -> None:
        """Lets the plugins refuse a completion."""

    def announce(self, hook: str, **arguments: Any) -> None:
        """Tells the plugins what was committed."""


class NoHooks:
    """For a process without plugins."""

    def asks(self, procedure: str, step: str) -> bool:
        """Nobody asks."""
        return False

    def validate_completion(self, completion: CompletionView) -> None:
        """Nobody refuses."""

    def announce(self, hook: str, **arguments: Any) -> None:
        """Nobody listens."""


@dataclass(frozen=True)
class Happened:
    """The events of one command; `opened_at` is when the task it was about had opened."""

    case: CaseView
    events: Sequence[Event]
    at: datetime
    opened_at: datetime | None = None


def case_view(session: Session, loaded: LoadedEdition, case_id: UUID, number: str, started_at: datetime) -> CaseView:
    """The case as plugins know it."""
    edition = loaded.edition
    return CaseView(scope_of(session).slug, case_id, number, edition.procedure, edition.code, started_at)


def completion_view(
    session: Session,
    row: Record,
    loaded: LoadedEdition,
    command: commands.Complete,
    answers: Mapping[str, Any],
    evidence: Mapping[str, Sequence[str]],
    returning: bool,
) -> CompletionView:
    """The completion as plugins are asked about it; one statement for the evidence of all steps."""
    return CompletionView(
        case=case_view(session, loaded, row.case_id, row.number, row.case_opened_at),
        step=command.step,
        member=command.member,
        outcome=command.outcome,
        returning=returning,
        answers=dict(answers),
        evidence={field: len(ids) for field, ids in evidence.items()},
        steps=_steps(session, row.case_id, State.from_json(row.state)),
    )


def _steps(session: Session, case_id: UUID, state: State) -> dict[str, tuple[MemberView, ...]]:
    values = {"tenant": scope_of(session).id, "case": case_id}
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for row in session.execute(statements.EVIDENCE_COUNTS, values):
        counts.setdefault((row.step_key, row.member), {})[row.field] = row.files
    return {
        key: tuple(
            MemberView(member, task.status, counts.get((key, member), {})) for member, task in step.members.items()
        )
        for key, step in state.steps.items()
    }


def announcements(happened: Happened) -> Iterator[tuple[str, dict[str, Any]]]:
    """(hook, its arguments) for what plugins listen to."""
    returning = any(isinstance(event, StepReturned) for event in happened.events)
    for event in happened.events:
        match event:
            case CaseStarted():
                yield "case_started", {"case": CaseEvent(happened.case, "mulai", happened.at)}
            case TaskCompleted():
                yield "task_completed", {"task": _task_event(happened, event, returning)}
            case CaseEnded():
                yield "case_ended", {"case": CaseEvent(happened.case, event.how, happened.at)}
            case CaseCancelled():
                yield "case_ended", {"case": CaseEvent(happened.case, "dibatalkan", happened.at)}


def _task_event(happened: Happened, event: TaskCompleted, returning: bool) -> TaskEvent:
    return TaskEvent(
        case=happened.case,
        step=event.step,
        member=event.member,
        visit=event.visit,
        outcome=event.outcome,
        returning=returning,
        opened_at=happened.opened_at or happened.at,
        at=happened.at,
    )
