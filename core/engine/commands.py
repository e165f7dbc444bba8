"""What a person may ask of a case. Free text never steers the flow;
the machine only asks whether it is there.

`visit` is the visit the person had before him: a command upon an earlier one finds the task closed.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Start:
    """Opens the case at its first step."""


@dataclass(frozen=True)
class Begin:
    """Mulai: the official takes the task up. Idempotent: a second one changes nothing."""

    step: str
    visit: int
    member: str = ""


@dataclass(frozen=True)
class Attach:
    """Puts a file into a field of the task's form; the first one is its Mulai."""

    step: str
    visit: int
    field: str
    member: str = ""


@dataclass(frozen=True)
class Detach:
    """Takes a file out of the task's form again, while the task is open."""

    step: str
    visit: int
    field: str
    member: str = ""


@dataclass(frozen=True)
class Complete:
    """Finishes a task with an outcome (None: the step's default).

    Where the outcome leads back it is a return: it needs a reason, `target` where the outcome leaves the
    choice, and `members` where the target is an `each` that has run.
    """

    step: str
    visit: int
    member: str = ""
    outcome: str | None = None
    reason: str | None = None
    target: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conclude:
    """Its supervisor decides an `each` step at the join: chooses its outcome, or goes on without members."""

    step: str
    visit: int
    outcome: str | None = None
    reason: str | None = None
    target: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comment:
    """Writes a comment, on the case or at a step."""

    text: str
    step: str | None = None
    member: str = ""


@dataclass(frozen=True)
class Reassign:
    """Gives an open task to one person."""

    step: str
    visit: int
    to: str
    reason: str
    member: str = ""


@dataclass(frozen=True)
class Withdraw:
    """Takes back one's own completion while nobody has started or read what it opened."""

    step: str
    visit: int
    reason: str
    member: str = ""


@dataclass(frozen=True)
class Excuse:
    """Lets the flow go on without one member of an `each`."""

    step: str
    member: str
    reason: str


@dataclass(frozen=True)
class AddMember:
    """Adds a member to an `each` step while it is open."""

    step: str
    member: str


@dataclass(frozen=True)
class Cancel:
    """Ends the case unfinished."""

    reason: str


Command = (
    Start | Begin | Attach | Detach | Complete | Conclude | Comment | Reassign | Withdraw | Excuse | AddMember | Cancel
)
