"""Tarik kembali: who sent something on too soon takes it back, while nobody has taken it up."""

from core.engine.authority import open_case, reasoned, still_open, task_of
from core.engine.commands import Withdraw
from core.engine.course import Course, open_task
from core.engine.events import DecisionAwaited, TaskClosed, TaskWithdrawn
from core.engine.refusals import CannotWithdraw, MayNotWithdraw
from core.engine.state import Last, TaskState


def withdraw(course: Course, command: Withdraw) -> None:
    """Undoes one's own completion and opens the step again as a new visit, offered to oneself.

    A member of an `each` that has not gone on takes back his part alone. Raises MayNotWithdraw,
    CannotWithdraw.
    """
    open_case(course)
    last = course.state.last
    if last and (last.step, last.visit, last.member) == (command.step, command.visit, command.member):
        _take_back(course, last)
    else:
        _still_waiting(course, command)
    reasoned(command.reason, "menarik kembali tugas")
    course.emit(TaskWithdrawn(command.step, command.visit, command.member))
    _reopen(course, command)


def _take_back(course: Course, last: Last) -> None:
    """Closes what the completion opened; refused where somebody has taken any of it up."""
    if last.by != course.facts.actor.person:
        raise MayNotWithdraw()
    opened = [(key, member, task) for key, member, task in _opened(course, last)]
    if any(task.started or task.status != "open" for _, _, task in opened):
        raise CannotWithdraw(why="penerimanya sudah mulai mengerjakan")
    if not course.facts.unread:
        raise CannotWithdraw(why="penerimanya sudah membaca")
    for key, member, task in opened:
        course.emit(TaskClosed(key, task.visit, "ditarik", member))


def _opened(course: Course, last: Last) -> list[tuple[str, str, TaskState]]:
    """The tasks that came into being since: their visit is above the highest one before."""
    return [
        (key, member, task)
        for key, before in last.before.items()
        for member, task in course.step(key).members.items()
        if task.visit > (before.visit if before else 0)
    ]


def _still_waiting(course: Course, command: Withdraw) -> None:
    """Refused unless the task is a done member's of an `each` that has not gone on."""
    task = task_of(course, command.step, command.visit, command.member)
    if task.by != course.facts.actor.person:
        raise MayNotWithdraw()
    if task.visit == command.visit and task.status == "open":
        raise CannotWithdraw(why="belum diselesaikan")
    if course.step(command.step).status not in ("open", "waiting"):
        raise CannotWithdraw(why="alurnya sudah berjalan lebih jauh")
    if task.status != "done" or task.visit != command.visit:
        still_open(course, task, command.visit)


def _reopen(course: Course, command: Withdraw) -> None:
    """With the withdrawn part the join is unmet again: those it had let off are asked again."""
    step = course.step(command.step)
    if command.member not in step.members:
        course.emit(DecisionAwaited(command.step, step.visit, "outcome"))
        return
    let_off = () if step.partial else step.having("not_needed")
    for member in (command.member, *let_off):
        task = step.members[member]
        assert task.assignee is not None
        open_task(course, command.step, member, task.assignee, step.visit + 1, task.rework)
