"""What has happened in a case, in the past tense: structure only, never free text or answers.

An event's body is its fields without the empty ones; who acted stands in the log's own columns, and here only
where replaying needs it.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal, Self

from core.engine.facts import Assignee

ClosedWhy = Literal["tidak diperlukan", "dikembalikan", "dibatalkan", "ditarik"]
PassedWhy = Literal["keep", "empty set"]
AwaitedWhy = Literal["outcome", "too few"]
EndedHow = Literal["selesai", "selesai, layanan berjalan"]


@dataclass(frozen=True)
class Event:
    """One event; `kind` names it in the log."""

    kind: ClassVar[str]

    def to_json(self) -> dict[str, Any]:
        """The body: every field that says something."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: _plain(value) for name, value in found.items() if value not in (None, "", (), False)}

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> Self:
        """The event of that body."""
        found = {name: tuple(value) if isinstance(value, list) else value for name, value in body.items()}
        return cls(**found)


def _plain(value: Any) -> Any:
    if isinstance(value, Assignee):
        return value.to_json()
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class CaseStarted(Event):
    """The case began."""

    kind = "case_started"


@dataclass(frozen=True)
class TaskOpened(Event):
    """A visit of a step began for one assignee; `rework`: it was done before and came back by a return.

    `offered_to` did it before and comes first; `reassigned_to` had it given to him before.
    """

    kind = "task_opened"
    step: str
    visit: int
    assignee: Assignee
    member: str = ""
    offered_to: str | None = None
    reassigned_to: str | None = None
    rework: bool = False

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> Self:
        """The event of that body."""
        return cls(**{**body, "assignee": Assignee(*body["assignee"])})


@dataclass(frozen=True)
class SetFixed(Event):
    """An `each` step opened for these members, anew."""

    kind = "set_fixed"
    step: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class TaskStarted(Event):
    """Its official took the task up."""

    kind = "task_started"
    step: str
    visit: int
    by: str
    member: str = ""
    position: str | None = None
    capacity: str | None = None


@dataclass(frozen=True)
class EvidenceAttached(Event):
    """A file was put into a field of a task's form; its name and hash are the payload."""

    kind = "evidence_attached"
    step: str
    visit: int
    field: str
    member: str = ""


@dataclass(frozen=True)
class EvidenceRemoved(Event):
    """A file was taken out of a field of a task's form."""

    kind = "evidence_removed"
    step: str
    visit: int
    field: str
    member: str = ""


@dataclass(frozen=True)
class TaskCompleted(Event):
    """The task was done. `segregation`: steps the same person did, let pass as nobody else could act."""

    kind = "task_completed"
    step: str
    visit: int
    outcome: str
    by: str
    member: str = ""
    position: str | None = None
    capacity: str | None = None
    segregation: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskClosed(Event):
    """An open task closed without being done."""

    kind = "task_closed"
    step: str
    visit: int
    why: ClosedWhy
    member: str = ""


@dataclass(frozen=True)
class TaskWithdrawn(Event):
    """A completion was taken back; '' as member of an `each` step means its supervisor's decision."""

    kind = "task_withdrawn"
    step: str
    visit: int
    member: str = ""


@dataclass(frozen=True)
class TaskReassigned(Event):
    """An open task was given to one person."""

    kind = "task_reassigned"
    step: str
    visit: int
    to: str
    member: str = ""


@dataclass(frozen=True)
class DecisionAwaited(Event):
    """No member is open any more and the step's supervisor must decide how the flow goes on.

    `why`: he chooses the outcome, or too few members did the task for the join to be met.
    """

    kind = "decision_awaited"
    step: str
    visit: int
    why: AwaitedWhy


@dataclass(frozen=True)
class StepJoined(Event):
    """An `each` step closed; `by` is who may withdraw that, by his task (`member`) or his decision ('')."""

    kind = "step_joined"
    step: str
    visit: int
    outcome: str
    member: str = ""
    by: str | None = None


@dataclass(frozen=True)
class StepReturned(Event):
    """The flow went back from `source` to `target`, there to these members only."""

    kind = "step_returned"
    source: str
    target: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepPassed(Event):
    """The flow went past a step that had nothing to do."""

    kind = "step_passed"
    step: str
    why: PassedWhy


@dataclass(frozen=True)
class MemberExcused(Event):
    """A member of an `each` step was let off."""

    kind = "member_excused"
    step: str
    visit: int
    member: str


@dataclass(frozen=True)
class MemberAdded(Event):
    """A member came late to an `each` step."""

    kind = "member_added"
    step: str
    member: str


@dataclass(frozen=True)
class Commented(Event):
    """Somebody wrote a comment; its text is a payload."""

    kind = "commented"
    step: str | None = None
    member: str = ""


@dataclass(frozen=True)
class CaseEnded(Event):
    """The flow reached its end."""

    kind = "case_ended"
    how: EndedHow


@dataclass(frozen=True)
class CaseCancelled(Event):
    """The case was given up."""

    kind = "case_cancelled"


KINDS: dict[str, type[Event]] = {
    each.kind: each
    for each in (
        CaseStarted, TaskOpened, SetFixed, TaskStarted, EvidenceAttached, EvidenceRemoved, TaskCompleted,
        TaskClosed, TaskWithdrawn,
        TaskReassigned, DecisionAwaited, StepJoined, StepReturned, StepPassed, MemberExcused, MemberAdded,
        Commented, CaseEnded, CaseCancelled,
    )
}  # fmt: skip


def event_from_json(kind: str, body: dict[str, Any]) -> Event:
    """The event as it was logged; KeyError on a kind unknown here."""
    return KINDS[kind].from_json(body)
