"""The step engine's heart, pure: no clock, no database, no randomness. It holds every rule of flow."""

from core.engine.authority import acting, segregated
from core.engine.commands import (
    AddMember,
    Attach,
    Begin,
    Cancel,
    Command,
    Comment,
    Complete,
    Conclude,
    Detach,
    Excuse,
    Reassign,
    Start,
    Withdraw,
)
from core.engine.control import cancel, comment, reassign, start
from core.engine.course import Course
from core.engine.events import Event, EvidenceAttached, EvidenceRemoved, TaskCompleted, TaskStarted
from core.engine.evolution import evolve
from core.engine.facts import Cover, Facts
from core.engine.flow import DEFAULT, Flow
from core.engine.joins import add_member, conclude, excuse, settle
from core.engine.refusals import UnknownOutcome
from core.engine.returns import leave, outcome_of
from core.engine.state import State
from core.engine.withdrawal import withdraw

__all__ = ["decide", "evolve", "execute"]


def decide(flow: Flow, state: State, command: Command, facts: Facts) -> tuple[Event, ...]:
    """The events the command leads to; a refusal of core.engine.refusals where it may not be."""
    return execute(flow, state, command, facts)[0]


def execute(flow: Flow, state: State, command: Command, facts: Facts) -> tuple[tuple[Event, ...], State]:
    """The events, and the state they make of this one, so that nobody need evolve it a second time."""
    course = Course(flow, state, facts)
    _obey(course, command)
    return tuple(course.events), course.state


def _obey(course: Course, command: Command) -> None:
    match command:
        case Start():
            start(course)
        case Begin():
            _begin(course, command)
        case Attach() | Detach():
            _evidence(course, command)
        case Complete():
            _complete(course, command)
        case Withdraw():
            withdraw(course, command)
        case Conclude():
            conclude(course, command)
        case Excuse():
            excuse(course, command)
        case AddMember():
            add_member(course, command)
        case Comment():
            comment(course, command)
        case Reassign():
            reassign(course, command)
        case Cancel():
            cancel(course, command.reason)


def _begin(course: Course, command: Begin) -> None:
    cover = acting(course, command.step, command.visit, command.member)
    segregated(course, command.step)
    _started(course, command, cover)


def _started(course: Course, command: Begin | Attach, cover: Cover) -> None:
    """Mulai, unless the visit has begun."""
    if course.step(command.step).members[command.member].started:
        return
    course.emit(
        TaskStarted(
            step=command.step,
            visit=command.visit,
            by=course.facts.actor.person,
            member=command.member,
            position=cover.position,
            capacity=cover.capacity,
        )
    )


def _evidence(course: Course, command: Attach | Detach) -> None:
    cover = acting(course, command.step, command.visit, command.member)
    segregated(course, command.step)
    if isinstance(command, Attach):
        _started(course, command, cover)
        course.emit(EvidenceAttached(command.step, command.visit, command.field, command.member))
    else:
        course.emit(EvidenceRemoved(command.step, command.visit, command.field, command.member))


def _complete(course: Course, command: Complete) -> None:
    cover = acting(course, command.step, command.visit, command.member)
    same = segregated(course, command.step)
    person, each = course.facts.actor.person, course.flow.step(command.step).each
    outcome = _member_outcome(command) if each else outcome_of(course.flow, command.step, command.outcome)
    course.emit(
        TaskCompleted(
            step=command.step,
            visit=command.visit,
            outcome=outcome,
            by=person,
            member=command.member,
            position=cover.position,
            capacity=cover.capacity,
            segregation=same,
        )
    )
    if each:
        settle(course, command.step, command.member, person)
    else:
        leave(course, command.step, outcome, command)


def _member_outcome(command: Complete) -> str:
    """A member only finishes his part; the step's outcome is chosen at the join."""
    if command.outcome not in (None, DEFAULT):
        raise UnknownOutcome(outcome=command.outcome, valid=DEFAULT)
    return DEFAULT
