"""What a start would open: the first step and on whose desks it lies; asked of the machine before anybody starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.engine.bindings import Binding, Desk
from core.engine.facts import Assignee, Member
from core.engine.flows import LoadedEdition
from core.engine.options import first_tasks
from core.identity.actor import Actor
from core.procedures.model import Step


@dataclass(frozen=True)
class Opening:
    """The first step that has something to do, and the desks its tasks would lie on."""

    step: Step
    desks: tuple[Desk, ...]


def opening(loaded: LoadedEdition, actor: Actor, now: datetime, bound: Sequence[Binding]) -> Opening | None:
    """What his start would open; None where the case would end at once. No statement is run.

    :param bound: the edition's actors as core.engine.bindings finds them.
    :raises MayNotStart: he does not answer for one of those who start this SOP.
    """
    desks = {desk.id: desk for each in bound for desk in each.desks}
    sets = {each.key: each.desks for each in bound if each.kind == "set"}
    members = {key: tuple(_member(desk) for desk in found if desk.active) for key, found in sets.items()}
    tasks = first_tasks(loaded, actor, now, members)
    if not tasks:
        return None
    found = (desks.get(UUID(task.assignee.id)) for task in tasks)
    return Opening(loaded.step(tasks[0].step), tuple(desk for desk in found if desk is not None))


def _member(desk: Desk) -> Member:
    return Member(str(desk.id), Assignee("unit", str(desk.id)), desk.name)
