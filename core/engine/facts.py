"""What the shell has found out before the machine decides; what it does not say is denied."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

AssigneeKind = Literal["position", "team", "unit", "person", "party"]

START_RIGHT = "cases.start"
SUPERVISE_RIGHT = "cases.supervise"
CANCEL_RIGHT = "cases.cancel"


@dataclass(frozen=True)
class Assignee:
    """Whom a task is for: a position, team, unit, person or external party, by id."""

    kind: AssigneeKind
    id: str

    def to_json(self) -> list[str]:
        """As stored: [kind, id]."""
        return [self.kind, self.id]


@dataclass(frozen=True)
class Cover:
    """How a person answers for an assignee: by which position, in which capacity (definitive, plt, …)."""

    position: str | None
    capacity: str | None


@dataclass(frozen=True)
class Member:
    """One member of an `each` set; its label is for the page and never kept in the log."""

    key: str
    assignee: Assignee
    label: str = ""


@dataclass(frozen=True)
class ActorFacts:
    """Who acts: person, main position and capacity, and by assignee id what he answers for today."""

    person: str
    position: str | None = None
    capacity: str | None = None
    covers: Mapping[str, Cover] = field(default_factory=dict)
    rights: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Facts:
    """The facts of one command, computed by the shell.

    `assignees` by actor key and `members` by set key hold what Flow.may_open says the command might open.
    `sees`: he may see the case. `supervises`: he supervises the task, step or case the command names.
    `alone`: nobody else could do the task, so segregation is a warning. `offered_still_holds`: the person a
    returned task was offered to may still act there. `receiver_able`: the person a Reassign names may be
    given it. `unread`: nobody has read what the completion to be withdrawn opened. `candidate`: the member
    an AddMember names. `names`: display names of persons, for messages only.
    """

    now: datetime
    actor: ActorFacts
    assignees: Mapping[str, Assignee] = field(default_factory=dict)
    members: Mapping[str, tuple[Member, ...]] = field(default_factory=dict)
    sees: bool = False
    supervises: bool = False
    alone: bool = False
    offered_still_holds: bool = True
    receiver_able: bool = False
    unread: bool = False
    candidate: Member | None = None
    names: Mapping[str, str] = field(default_factory=dict)
