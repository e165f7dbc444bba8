"""Where a case stands, stored in cases.state: bounded by the edition and its members, never by history."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from core.engine.facts import Assignee

CaseStatus = Literal["new", "open", "suspended", "done", "cancelled"]
StepStatus = Literal["open", "waiting", "done", "returned", "withdrawn", "cancelled"]
TaskStatus = Literal["open", "done", "returned", "excused", "not_needed", "withdrawn", "cancelled"]


@dataclass(frozen=True)
class TaskState:
    """The latest visit of one member of a step (a plain step has the one member '').

    `by` and `position` are of its last completion and outlive a reopening. `offered_to` did it before and
    comes first; `reassigned_to` had it given to him and is the only one; `added`: the member came late.
    """

    visit: int = 0
    status: TaskStatus = "open"
    assignee: Assignee | None = None
    started: bool = False
    by: str | None = None
    position: str | None = None
    offered_to: str | None = None
    reassigned_to: str | None = None
    rework: bool = False
    added: bool = False

    def to_json(self) -> dict[str, Any]:
        """What says something, by field name."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        found["assignee"] = self.assignee and self.assignee.to_json()
        return {name: value for name, value in found.items() if value not in (None, False)}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "TaskState":
        """The task of that JSON."""
        assignee = data.get("assignee")
        return TaskState(**{**data, "assignee": Assignee(*assignee) if assignee else None})


@dataclass(frozen=True)
class StepState:
    """A step that was reached. `visit` is the highest visit number given to any of its tasks.

    waiting: its supervisor must decide. `partial`: only some members were reopened, and the join is on all of
    them. `outcome`: the result it was last left with. A step whose only visits were withdrawn is `withdrawn`.
    """

    visit: int = 0
    status: StepStatus = "open"
    partial: bool = False
    outcome: str | None = None
    members: Mapping[str, TaskState] = field(default_factory=dict)

    def having(self, *statuses: TaskStatus) -> tuple[str, ...]:
        """The members whose task has one of these statuses."""
        return tuple(key for key, task in self.members.items() if task.status in statuses)

    def to_json(self) -> dict[str, Any]:
        """What says something, by field name."""
        data: dict[str, Any] = {"visit": self.visit, "status": self.status}
        data |= {"partial": True} if self.partial else {}
        data |= {"outcome": self.outcome} if self.outcome else {}
        return data | {"members": {key: task.to_json() for key, task in self.members.items()}}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "StepState":
        """The step of that JSON."""
        members = {key: TaskState.from_json(task) for key, task in data["members"].items()}
        return StepState(**{**data, "members": members})


@dataclass(frozen=True)
class Cycle:
    """A running return: the flow goes from `target` in order until it is again at `source`."""

    source: str
    target: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Last:
    """The last completion that moved the flow on, and what its withdrawal must put back.

    `before` holds every step it arrived at as it was (None: never reached); `cycles` those then running.
    """

    step: str
    visit: int
    member: str
    by: str
    before: Mapping[str, StepState | None] = field(default_factory=dict)
    cycles: tuple[Cycle, ...] = ()


@dataclass(frozen=True)
class State:
    """A case. `steps` by key, those reached only; `cycles` the running returns, the outermost first."""

    status: CaseStatus = "new"
    ended: str | None = None
    steps: Mapping[str, StepState] = field(default_factory=dict)
    cycles: tuple[Cycle, ...] = ()
    last: Last | None = None

    def open_tasks(self) -> tuple[tuple[str, str, TaskState], ...]:
        """Every open task as (step, member, task)."""
        return tuple(
            (key, member, step.members[member]) for key, step in self.steps.items() for member in step.having("open")
        )

    def to_json(self) -> dict[str, Any]:
        """The whole state as plain JSON, without what is empty."""
        data: dict[str, Any] = {"status": self.status, "ended": self.ended}
        data["steps"] = {key: step.to_json() for key, step in self.steps.items()}
        data["cycles"] = _cycles_json(self.cycles)
        data["last"] = _last_json(self.last) if self.last else None
        return {name: value for name, value in data.items() if value}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "State":
        """The state of that JSON."""
        last = data.get("last")
        return State(
            status=data["status"],
            ended=data.get("ended"),
            steps={key: StepState.from_json(step) for key, step in data.get("steps", {}).items()},
            cycles=_cycles(data.get("cycles", [])),
            last=_last(last) if last else None,
        )


def _cycles_json(cycles: tuple[Cycle, ...]) -> list[list[Any]]:
    return [[each.source, each.target, list(each.members)] for each in cycles]


def _cycles(data: list[list[Any]]) -> tuple[Cycle, ...]:
    return tuple(Cycle(source, target, tuple(members)) for source, target, members in data)


def _last_json(last: Last) -> dict[str, Any]:
    data: dict[str, Any] = {"step": last.step, "visit": last.visit, "member": last.member, "by": last.by}
    data["before"] = {key: step and step.to_json() for key, step in last.before.items()}
    return data | {"cycles": _cycles_json(last.cycles)}


def _last(data: Mapping[str, Any]) -> Last:
    before = {key: StepState.from_json(step) if step else None for key, step in data["before"].items()}
    return Last(**{**data, "before": before, "cycles": _cycles(data["cycles"])})
