"""Which commands and targets are legal now, found by asking the machine itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.engine.commands import (
    AddMember,
    Begin,
    Cancel,
    Command,
    Comment,
    Complete,
    Conclude,
    Excuse,
    Reassign,
    Withdraw,
)
from core.engine.course import Course
from core.engine.facts import Assignee, Facts, Member
from core.engine.flow import END, Flow
from core.engine.machine import decide
from core.engine.returns import selectable, targets_of
from core.engine.state import State
from core.errors import LangkahError

_ANY = "-"


@dataclass(frozen=True)
class Option:
    """Something the actor may do now.

    `command` is the command's class name in small letters with underscores. Of an outcome: `target` is where
    it leads, `returns` whether that is behind, `members` those the returner must choose from. `reason`: one
    must be given.
    """

    command: str
    step: str | None = None
    visit: int | None = None
    member: str = ""
    outcome: str | None = None
    target: str | None = None
    returns: bool = False
    members: tuple[str, ...] = ()
    reason: bool = False


def legal(flow: Flow, state: State, facts: Facts, step: str | None = None, member: str = "") -> tuple[Option, ...]:
    """What the actor of the facts may do now: to the case, and to the named member's task of the named step.

    The facts are those of that task. Reassign and AddMember are tried with somebody who fits.
    """
    someone = Member(_ANY, Assignee("person", _ANY))
    able = replace(facts, receiver_able=True, candidate=someone)
    found = [*_case_options(), *(_task_options(flow, state, facts, step, member) if step else ())]
    return tuple(option for option, command in found if _allowed(flow, state, command, able))


def _allowed(flow: Flow, state: State, command: Command, facts: Facts) -> bool:
    try:
        decide(flow, state, command, facts)
    except LangkahError:
        return False
    return True


def _case_options() -> Iterator[tuple[Option, Command]]:
    yield Option("comment"), Comment(_ANY)
    yield Option("cancel", reason=True), Cancel(_ANY)


def _task_options(flow: Flow, state: State, facts: Facts, step: str, member: str) -> Iterator[tuple[Option, Command]]:
    found = state.steps.get(step)
    if found is None:
        return
    task = found.members.get(member)
    if task:
        visit = task.visit
        if not task.started:
            yield Option("begin", step, visit, member), Begin(step, visit, member)
        yield from _outcomes(flow, state, facts, step, visit, member)
        yield Option("reassign", step, visit, member, reason=True), Reassign(step, visit, _ANY, _ANY, member)
        yield Option("excuse", step, visit, member, reason=True), Excuse(step, member, _ANY)
    yield from _withdrawals(state, step, member)
    yield Option("add_member", step), AddMember(step, _ANY)
    yield from _outcomes(flow, state, facts, step, found.visit, None)


def _withdrawals(state: State, step: str, member: str) -> Iterator[tuple[Option, Command]]:
    """The visit that moved the flow may not be the task's latest, where a step was sent back to itself."""
    last, found = state.last, state.steps[step].members.get(member)
    moved = last is not None and (last.step, last.member) == (step, member)
    visits = {last.visit} if last and moved else set[int]()
    for visit in sorted(visits | ({found.visit} if found else set())):
        yield Option("withdraw", step, visit, member, reason=True), Withdraw(step, visit, _ANY, member)


def _outcomes(
    flow: Flow, state: State, facts: Facts, step: str, visit: int, member: str | None
) -> Iterator[tuple[Option, Command]]:
    """Completions of a member's task; with member None, the decisions of the step's supervisor."""
    if member is not None and flow.step(step).each:
        yield Option("complete", step, visit, member), Complete(step, visit, member)
        return
    course = Course(flow, state, facts)
    for outcome in flow.outcomes(step):
        for target in targets_of(flow, step, outcome):
            back = target != END and flow.behind(step, target)
            members = selectable(course, target) if back else ()
            name = "conclude" if member is None else "complete"
            option = Option(name, step, visit, member or "", outcome, target, back, members, back)
            yield option, _choice(step, visit, member, outcome, target, members)


def _choice(step: str, visit: int, member: str | None, outcome: str, target: str, members: tuple[str, ...]) -> Command:
    if member is None:
        return Conclude(step, visit, outcome, _ANY, target, members)
    return Complete(step, visit, member, outcome, _ANY, target, members)
