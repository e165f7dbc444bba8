"""The join of an `each`: when it is met, who is let off, who comes late, and what its supervisor decides."""

from core.engine.authority import open_case, reasoned, still_open, supervising, task_of
from core.engine.commands import AddMember, Conclude, Excuse
from core.engine.course import Course, open_task
from core.engine.events import DecisionAwaited, MemberAdded, MemberExcused, StepJoined, TaskClosed
from core.engine.flow import Flow
from core.engine.refusals import AlreadyMember, NotAwaited, StepClosed, UnknownMember
from core.engine.returns import leave, outcome_of


def settle(course: Course, key: str, member: str, by: str | None) -> None:
    """After a member's task closed: goes on where the join is met, else waits for others or the supervisor.

    `by` completed the task of `member` and may withdraw what follows; None where nobody may.
    """
    step = course.step(key)
    if not _met(course, key):
        if not step.having("open"):
            course.emit(DecisionAwaited(key, step.visit, "too few"))
        return
    for other in step.having("open"):
        course.emit(TaskClosed(key, step.members[other].visit, "tidak diperlukan", other))
    outcome = _only_outcome(course.flow, key)
    if outcome is None:
        course.emit(DecisionAwaited(key, step.visit, "outcome"))
        return
    visit = step.members[member].visit
    course.emit(StepJoined(key, visit, outcome, member, by))
    leave(course, key, outcome, Conclude(key, visit))


def conclude(course: Course, command: Conclude) -> None:
    """The supervisor of a waiting step lets the flow go on; NotAwaited where it does not wait for him."""
    open_case(course)
    step = course.step(command.step) if command.step in course.flow.index else None
    if step is None or step.status != "waiting" or step.visit != command.visit:
        raise NotAwaited()
    supervising(course, "memutuskan kelanjutan langkah ini")
    outcome = outcome_of(course.flow, command.step, command.outcome)
    course.emit(StepJoined(command.step, step.visit, outcome, "", course.facts.actor.person))
    leave(course, command.step, outcome, command)


def excuse(course: Course, command: Excuse) -> None:
    """Lets one member off; the flow goes on where the join waited for him alone."""
    open_case(course)
    task = task_of(course, command.step, 1, command.member)
    supervising(course, "mengecualikan peserta")
    still_open(course, task, task.visit)
    if course.flow.step(command.step).each is None:
        raise StepClosed()
    reasoned(command.reason, "mengecualikan peserta")
    course.emit(MemberExcused(command.step, task.visit, command.member))
    settle(course, command.step, command.member, None)


def add_member(course: Course, command: AddMember) -> None:
    """Opens a task for a late member, or again for one who was excused."""
    open_case(course)
    each = command.step in course.flow.index and course.flow.step(command.step).each
    step = course.step(command.step) if each else None
    if step is None or step.status not in ("open", "waiting"):
        raise StepClosed()
    supervising(course, "menambah peserta")
    candidate = course.facts.candidate
    if candidate is None or candidate.key != command.member:
        label = course.flow.label(command.step)
        raise UnknownMember(member=command.member, step=label, valid="unit yang aktif")
    old = step.members.get(command.member)
    if old and old.status != "excused":
        raise AlreadyMember()
    course.emit(MemberAdded(command.step, command.member))
    visit = step.visit + 1 if old else step.visit
    open_task(course, command.step, command.member, candidate.assignee, visit, bool(old and old.rework))


def _met(course: Course, key: str) -> bool:
    """`all` counts the excused as done, but one must have done it; after a return all reopened ones count."""
    step, each = course.step(key), course.flow.step(key).each
    assert each is not None
    done = len(step.having("done"))
    if each.join == "all" or step.partial:
        return done > 0 and not step.having("open")
    return done >= (1 if each.join == "any" else each.join)


def _only_outcome(flow: Flow, key: str) -> str | None:
    """The outcome that needs no choice; with several, or one that leads back, the supervisor chooses."""
    outcomes = flow.outcomes(key)
    if len(outcomes) > 1:
        return None
    [(outcome, target)] = outcomes.items()
    return outcome if target and not flow.behind(key, target) else None
