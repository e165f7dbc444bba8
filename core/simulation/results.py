"""What a simulation tells: who did what in a case, and the sums of an edition."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Act:
    """One completed task: `member` is the short name of an `each` step's unit, else ''.

    `capacity` is definitive, plt, …; `position` the title he acted from; `returning`: it gave work back.
    """

    step: str
    label: str
    member: str
    visit: int
    opened_at: datetime
    at: datetime
    person_id: UUID
    person: str
    position: str | None
    outcome: str | None
    returning: bool


@dataclass
class CaseRun:
    """One case that was carried on; `failure` says in Indonesian why it could not be finished."""

    number: str = "-"
    acts: list[Act] = field(default_factory=list)
    finished: bool = False
    failure: str | None = None

    @property
    def returns(self) -> int:
        """How often work was given back."""
        return sum(act.returning for act in self.acts)

    @property
    def officials(self) -> int:
        """How many different people acted."""
        return len({act.person_id for act in self.acts})


@dataclass
class EditionRun:
    """The cases of one edition in force, and how long they took together."""

    tenant: str
    code: str
    edition: int
    cases: list[CaseRun] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def failed(self) -> list[CaseRun]:
        """The cases that could not go on."""
        return [run for run in self.cases if not run.finished]

    def to_json(self) -> dict[str, Any]:
        """The sums: `steps` are completed tasks, `returns` those of them that gave work back."""
        return {
            "tenant": self.tenant,
            "code": self.code,
            "edition": self.edition,
            "cases": len(self.cases),
            "finished": sum(run.finished for run in self.cases),
            "steps": sum(len(run.acts) for run in self.cases),
            "returns": sum(run.returns for run in self.cases),
            "seconds": round(self.seconds, 3),
        }
