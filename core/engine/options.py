"""What somebody may do now with a case and the task at hand, found by asking the machine itself.

Where he might stand above a desk, that is asked first, one statement for the task and one for the case; the set that a
step would open next is not read: somebody stands in for its members.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from core.engine import statements
from core.engine.commands import Start
from core.engine.events import TaskOpened
from core.engine.facts import Assignee, Facts, Member
from core.engine.flows import LoadedEdition
from core.engine.gathering import SUPERVISE
from core.engine.legal import Option, legal
from core.engine.machine import decide
from core.engine.shell import actor_facts
from core.engine.state import State
from core.errors import LangkahError
from core.identity.actor import Actor
from core.tenancy.scope import scope_of

_SOMEBODY = Member("-", Assignee("unit", "-"))
# Those that somebody above the task's desk may; all else is asked of who stands above the SOP's starters.
_OF_THE_DESK = ("reassign",)


def of_task(
    session: Session, loaded: LoadedEdition, actor: Actor, row: Row[Any], now: datetime, runs_it: bool | None = None
) -> list[Option]:
    """What he may do with the case of a task's row, and with the task itself; none where the case is closed.

    :param runs_it: what `runs` says, where that is known already.
    """
    if row.case_status != "open":
        return [option for option in _asked(loaded, actor, row, now, False) if option.command == "comment"]
    above_case = runs(session, loaded, actor) if runs_it is None else runs_it
    above_desk = supervises(session, actor, [row.assignee_id])
    on_case = _asked(loaded, actor, row, now, above_case)
    if above_desk == above_case:
        return on_case
    on_desk = _asked(loaded, actor, row, now, above_desk)
    return [option for option in on_case if option.command not in _OF_THE_DESK] + [
        option for option in on_desk if option.command in _OF_THE_DESK
    ]


def of_case(loaded: LoadedEdition, actor: Actor, row: Row[Any], now: datetime, runs_it: bool) -> list[Option]:
    """What he may do with a case as a whole: comment, cancel, and decide where a step waits for its supervisor.

    :param runs_it: what `runs` says; of a case that is closed nobody asks.
    """
    state = State.from_json(row.state)
    facts = _facts(loaded, actor, now, runs_it)
    waiting = [key for key, step in state.steps.items() if step.status == "waiting"]
    found = [option for key in waiting for option in legal(loaded.flow, state, facts, key) if option.step]
    return [*legal(loaded.flow, state, facts), *found]


def supervises(session: Session, actor: Actor, desks: list[UUID]) -> bool:
    """Whether he stands above one of these desks (the branch rule), or holds the right to act as if he did."""
    if actor.may(SUPERVISE):
        return True
    values = {"tenant": scope_of(session).id, "person": actor.person_id, "assignees": desks, "receiver": None}
    return bool(session.execute(statements.SUPERVISES, values).one().supervises)


def runs(session: Session, loaded: LoadedEdition, actor: Actor) -> bool:
    """Whether he runs this SOP: he answers for one of its starters, or stands above them."""
    desks = [UUID(loaded.assignees[name].id) for name in loaded.flow.start_by if name in loaded.assignees]
    return any(desk in actor.covers for desk in desks) or supervises(session, actor, desks)


def may_start(loaded: LoadedEdition, actor: Actor, now: datetime) -> bool:
    """Whether the machine would let him open a case of this edition; no statement is run."""
    try:
        first_tasks(loaded, actor, now)
    except LangkahError:
        return False
    return True


def first_tasks(
    loaded: LoadedEdition, actor: Actor, now: datetime, members: Mapping[str, tuple[Member, ...]] | None = None
) -> list[TaskOpened]:
    """The tasks that his start would open.

    :param members: those of the sets, by the actor's key; somebody stands in for them where they are not known.
    :raises MayNotStart: and whatever else the machine refuses.
    """
    facts = _facts(loaded, actor, now, False)
    if members is not None:
        facts = replace(facts, members=members)
    events = decide(loaded.flow, State(), Start(), facts)
    return [event for event in events if isinstance(event, TaskOpened)]


def _asked(loaded: LoadedEdition, actor: Actor, row: Row[Any], now: datetime, above: bool) -> list[Option]:
    facts = _facts(loaded, actor, now, above)
    return list(legal(loaded.flow, State.from_json(row.state), facts, row.step_key, row.member))


def _facts(loaded: LoadedEdition, actor: Actor, now: datetime, above: bool) -> Facts:
    return Facts(
        now=now,
        actor=actor_facts(actor),
        assignees=loaded.assignees,
        members=dict.fromkeys(loaded.sets, (_SOMEBODY,)),
        sees=True,
        unread=True,
        supervises=above,
    )
