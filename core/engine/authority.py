"""Who may do what to which task: denied unless the facts say otherwise."""

from core.engine.course import Course
from core.engine.facts import CANCEL_RIGHT, START_RIGHT, SUPERVISE_RIGHT, Cover
from core.engine.refusals import (
    CaseClosed,
    MayNotStart,
    NoSuchTask,
    NotSupervisor,
    NotYours,
    OfferedToOther,
    ReasonRequired,
    ReassignedToOther,
    SegregationBroken,
    TaskClosed,
)
from core.engine.state import TaskState

_CASE = {
    "new": "belum dimulai",
    "suspended": "sedang ditangguhkan",
    "done": "sudah selesai",
    "cancelled": "sudah dibatalkan",
}
_TASK = {
    "open": "tidak berlaku lagi",
    "done": "diselesaikan oleh {who}",
    "returned": "dikembalikan oleh {who} ke langkah sebelumnya",
    "excused": "dikecualikan",
    "not_needed": "tidak diperlukan lagi",
    "withdrawn": "ditarik kembali",
    "cancelled": "dibatalkan",
}


def open_case(course: Course) -> None:
    """Raises CaseClosed unless the case is running."""
    if course.state.status != "open":
        raise CaseClosed(how=_CASE[course.state.status])


def task_of(course: Course, step: str, visit: int, member: str) -> TaskState:
    """The task, which may be closed; NoSuchTask where the case never had that visit of it."""
    found = course.state.steps.get(step)
    if found is None or not 1 <= visit <= found.visit:
        raise NoSuchTask()
    if member not in found.members:
        if found.status == "withdrawn":
            raise TaskClosed(how=_TASK["withdrawn"])
        raise NoSuchTask()
    return found.members[member]


def still_open(course: Course, task: TaskState, visit: int) -> None:
    """Raises TaskClosed unless that visit of the task is open."""
    if task.status == "open" and task.visit == visit:
        return
    how = _TASK["open"] if task.visit != visit else _TASK[task.status]
    raise TaskClosed(how=how.format(who=named(course, task.by)), by=task.by)


def named(course: Course, person: str | None) -> str:
    """The person's name for a message."""
    return course.facts.names.get(person or "", "pegawai lain")


def covering(course: Course, task: TaskState) -> Cover:
    """How the actor answers for the task; NotYours where he does not."""
    actor = course.facts.actor
    cover = actor.covers.get(task.assignee.id) if task.assignee else None
    if task.reassigned_to is not None:
        if task.reassigned_to != actor.person:
            raise ReassignedToOther(who=named(course, task.reassigned_to))
        return cover or Cover(actor.position, actor.capacity)
    if cover is None:
        raise NotYours()
    return cover


def acting(course: Course, step: str, visit: int, member: str) -> Cover:
    """How the actor may act on the open task; refused where he may not, or it is closed."""
    task = task_of(course, step, visit, member)
    cover = covering(course, task)
    still_open(course, task, visit)
    open_case(course)
    offered = task.offered_to if task.reassigned_to is None else None
    if offered not in (None, course.facts.actor.person) and course.facts.offered_still_holds:
        raise OfferedToOther(who=named(course, offered))
    return cover


def segregated(course: Course, step: str) -> tuple[str, ...]:
    """The steps the same person did that `not_by` names: none, or let pass as he is alone.

    Raises SegregationBroken where somebody else could act.
    """
    person = course.facts.actor.person
    same = tuple(
        key
        for key in course.flow.step(step).not_by
        if any(task.by == person for task in course.step(key).members.values())
    )
    if same and not course.facts.alone:
        raise SegregationBroken(steps=", ".join(course.flow.label(key) for key in same))
    return same


def supervising(course: Course, act: str, right: str = SUPERVISE_RIGHT) -> None:
    """Raises NotSupervisor unless the actor supervises what the command names or holds the right."""
    if not course.facts.supervises and right not in course.facts.actor.rights:
        raise NotSupervisor(act=act)


def cancelling(course: Course) -> None:
    """Raises NotSupervisor unless the actor may cancel the case."""
    supervising(course, "membatalkan pelaksanaan", CANCEL_RIGHT)


def starting(course: Course) -> None:
    """Raises MayNotStart unless the actor answers for one of the starting actors or holds the right."""
    flow, facts = course.flow, course.facts
    assignees = (facts.assignees.get(key) for key in flow.start_by or flow.steps[0].actors[:1])
    mine = any(each is not None and each.id in facts.actor.covers for each in assignees)
    if not mine and START_RIGHT not in facts.actor.rights:
        raise MayNotStart()


def reasoned(reason: str | None, act: str) -> None:
    """Raises ReasonRequired where the reason is blank."""
    if not (reason or "").strip():
        raise ReasonRequired(act=act)
