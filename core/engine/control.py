"""What is done to a case besides its tasks: start, comment, reassign, cancel."""

from core.engine.authority import cancelling, open_case, reasoned, starting, still_open, supervising, task_of
from core.engine.commands import Comment, Reassign
from core.engine.course import Course, close_open, enter
from core.engine.events import CaseCancelled, CaseStarted, Commented, TaskReassigned
from core.engine.refusals import AlreadyStarted, MayNotComment, NoSuchTask, ReceiverUnable, TextRequired


def start(course: Course) -> None:
    """Opens the case at its first step; AlreadyStarted, MayNotStart."""
    if course.state.status != "new":
        raise AlreadyStarted()
    starting(course)
    course.emit(CaseStarted())
    enter(course, course.flow.steps[0].key)


def comment(course: Course, command: Comment) -> None:
    """Notes that somebody who sees the case commented; MayNotComment, TextRequired."""
    open_case(course)
    if command.step is not None and command.step not in course.state.steps:
        raise NoSuchTask()
    if command.member and command.member not in course.step(command.step or "").members:
        raise NoSuchTask()
    if not course.facts.sees:
        raise MayNotComment()
    if not command.text.strip():
        raise TextRequired()
    course.emit(Commented(command.step, command.member))


def reassign(course: Course, command: Reassign) -> None:
    """Gives an open task to one person; NotSupervisor, ReceiverUnable."""
    task = task_of(course, command.step, command.visit, command.member)
    supervising(course, "mengalihkan tugas")
    still_open(course, task, command.visit)
    open_case(course)
    reasoned(command.reason, "mengalihkan tugas")
    if not course.facts.receiver_able:
        raise ReceiverUnable()
    course.emit(TaskReassigned(command.step, command.visit, command.to, command.member))


def cancel(course: Course, reason: str) -> None:
    """Ends the case unfinished and closes all that is open."""
    open_case(course)
    cancelling(course)
    reasoned(reason, "membatalkan pelaksanaan")
    close_open(course, "dibatalkan")
    course.emit(CaseCancelled())
