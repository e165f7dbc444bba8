"""How a step is left: with which outcome, forward to a target or back to one."""

from core.engine.authority import reasoned
from core.engine.commands import Complete, Conclude
from core.engine.course import Course, enter, open_task
from core.engine.events import StepReturned
from core.engine.flow import END, Flow
from core.engine.refusals import (
    MembersRequired,
    OutcomeRequired,
    TargetRequired,
    UnknownMember,
    UnknownOutcome,
    UnknownTarget,
)

Choice = Complete | Conclude


def outcome_of(flow: Flow, key: str, outcome: str | None) -> str:
    """The outcome asked for, or the step's default; OutcomeRequired or UnknownOutcome if neither fits."""
    valid = flow.outcomes(key)
    outcome = outcome or flow.step(key).default_outcome
    if outcome is None:
        raise OutcomeRequired(valid=", ".join(valid))
    if outcome not in valid:
        raise UnknownOutcome(outcome=outcome, valid=", ".join(valid))
    return outcome


def targets_of(flow: Flow, key: str, outcome: str) -> tuple[str, ...]:
    """Where the outcome may lead, its own target first; a return may go to any return target of the step."""
    target = flow.outcomes(key)[outcome]
    if target and not flow.behind(key, target):
        return (target,)
    others = (each for each in flow.step(key).return_targets if each != target)
    return (target, *others) if target else tuple(others)


def selectable(course: Course, target: str) -> tuple[str, ...]:
    """The members a return must choose from: those of an `each` that has run; none elsewhere."""
    step = course.step(target)
    if course.flow.step(target).each is None or step.status not in ("done", "returned"):
        return ()
    return step.having("done", "excused", "not_needed")


def leave(course: Course, key: str, outcome: str, choice: Choice) -> None:
    """Goes where the outcome leads.

    Raises TargetRequired, UnknownTarget; on a return ReasonRequired, MembersRequired, UnknownMember.
    """
    target = _target(course.flow, key, outcome, choice.target)
    if target == END or not course.flow.behind(key, target):
        return enter(course, target)
    reasoned(choice.reason, "mengembalikan tugas")
    members = _members(course, target, tuple(dict.fromkeys(choice.members)))
    course.emit(StepReturned(key, target, members))
    if not members:
        return enter(course, target, again=True)
    return _reopen(course, target, members)


def _target(flow: Flow, key: str, outcome: str, asked: str | None) -> str:
    valid = targets_of(flow, key, outcome)
    if asked is not None and asked not in valid:
        raise UnknownTarget(target=asked, valid=", ".join(valid))
    found = asked or flow.outcomes(key)[outcome]
    if not found:
        raise TargetRequired(valid=", ".join(valid))
    return found


def _members(course: Course, target: str, asked: tuple[str, ...]) -> tuple[str, ...]:
    valid = selectable(course, target)
    label = course.flow.label(target)
    for member in asked:
        if member not in valid:
            raise UnknownMember(member=member, step=label, valid=", ".join(valid) or "(tanpa peserta)")
    if valid and not asked:
        raise MembersRequired(target=label, valid=", ".join(valid))
    return asked


def _reopen(course: Course, target: str, members: tuple[str, ...]) -> None:
    """Only theirs reopen; the others' work stays as it is."""
    step = course.step(target)
    for member in members:
        assignee = step.members[member].assignee
        assert assignee is not None
        open_task(course, target, member, assignee, step.visit + 1, rework=True)
