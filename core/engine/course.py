"""One command under way, and how it moves the flow: leaving a step, entering the next, going back."""

from core.engine.events import (
    CaseEnded,
    ClosedWhy,
    EndedHow,
    Event,
    SetFixed,
    StepPassed,
    TaskClosed,
    TaskOpened,
)
from core.engine.evolution import evolve
from core.engine.facts import Assignee, Facts, Member
from core.engine.flow import END, Flow, FlowStep
from core.engine.refusals import NoAssignee
from core.engine.state import State, StepState, TaskState


class Course:
    """Collects a command's events; `state` is always the state after them. Thrown away when it is refused."""

    def __init__(self, flow: Flow, state: State, facts: Facts) -> None:
        self.flow = flow
        self.state = state
        self.facts = facts
        self.events: list[Event] = []

    def emit(self, event: Event) -> None:
        """Lets the event happen."""
        self.state = evolve(self.flow, self.state, event)
        self.events.append(event)

    def step(self, key: str) -> StepState:
        """The step as it stands; one never reached is empty."""
        return self.state.steps.get(key, StepState(status="withdrawn"))


def enter(course: Course, key: str, again: bool = False) -> None:
    """Lets the flow arrive at a step (or END) and opens the first one there that has something to do.

    `again`: the flow was sent back to this very step, so `keep` does not pass it over.
    Raises NoAssignee where the facts do not say whose a step is.
    """
    flow = course.flow
    while key != END and not flow.step(key).standing:
        if not again and _kept(course, flow.step(key)):
            course.emit(StepPassed(key, "keep"))
            key = _kept_target(course, key)
        elif flow.step(key).each and not _set_of(course, flow.step(key)):
            course.emit(StepPassed(key, "empty set"))
            key = flow.passing(key)
        else:
            return _open(course, flow.step(key))
        again = False
    return end(course, "selesai" if key == END else "selesai, layanan berjalan")


def end(course: Course, how: EndedHow) -> None:
    """Ends the case; what is open is not needed any more."""
    close_open(course, "tidak diperlukan")
    course.emit(CaseEnded(how))


def close_open(course: Course, why: ClosedWhy) -> None:
    """Closes every open task of the case."""
    for key, member, task in course.state.open_tasks():
        course.emit(TaskClosed(key, task.visit, why, member))


def open_task(course: Course, key: str, member: str, assignee: Assignee, visit: int, rework: bool = False) -> None:
    """Opens a visit; who did it before comes first, and a reassignment that he worked under still stands."""
    old = course.step(key).members.get(member, TaskState())
    stands = old.reassigned_to if old.by in (None, old.reassigned_to) else None
    course.emit(TaskOpened(key, visit, assignee, member, old.by, stands, rework))


def _kept(course: Course, step: FlowStep) -> bool:
    """Whether a running return passes over the step: it says `keep`, and it is done."""
    place = course.flow.index[step.key]
    inside = any(course.flow.index[each.source] > place for each in course.state.cycles)
    return step.keep and inside and course.step(step.key).status == "done"


def _kept_target(course: Course, key: str) -> str:
    """A kept step's decision still stands: the flow goes on where it led."""
    target = course.flow.outcomes(key).get(course.step(key).outcome or "", "")
    return target if target and not course.flow.behind(key, target) else course.flow.passing(key)


def _open(course: Course, step: FlowStep) -> None:
    before = course.step(step.key)
    visit, rework = before.visit + 1, before.status in ("done", "returned")
    if step.each is None:
        return open_task(course, step.key, "", _assignee(course, step), visit, rework)
    members = _set_of(course, step)
    course.emit(SetFixed(step.key, tuple(members)))
    for key, member in members.items():
        open_task(course, step.key, key, member.assignee, visit, rework and key in before.members)
    return None


def _assignee(course: Course, step: FlowStep) -> Assignee:
    found = course.facts.assignees.get(step.actors[0]) if step.actors else None
    if found is None:
        raise NoAssignee(step=course.flow.label(step.key))
    return found


def _set_of(course: Course, step: FlowStep) -> dict[str, Member]:
    """The set as it is today, and whoever was added by hand on an earlier visit."""
    assert step.each is not None
    today = course.facts.members.get(step.each.of)
    if today is None:
        raise NoAssignee(step=course.flow.label(step.key))
    added = course.step(step.key).members.items()
    late = {key: Member(key, task.assignee) for key, task in added if task.added and task.assignee}
    return late | {member.key: member for member in today}
