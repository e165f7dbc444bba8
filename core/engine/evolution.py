"""How each event changes the state: the only way it ever changes, in a running case and in a replay alike."""

from collections.abc import Mapping
from dataclasses import replace

from core.engine.events import (
    CaseCancelled,
    CaseEnded,
    CaseStarted,
    Commented,
    DecisionAwaited,
    Event,
    EvidenceAttached,
    EvidenceRemoved,
    MemberAdded,
    MemberExcused,
    SetFixed,
    StepJoined,
    StepPassed,
    StepReturned,
    TaskClosed,
    TaskCompleted,
    TaskOpened,
    TaskReassigned,
    TaskStarted,
    TaskWithdrawn,
)
from core.engine.flow import Flow
from core.engine.state import Cycle, Last, State, StepState, TaskState, TaskStatus

_CLOSED: Mapping[str, TaskStatus] = {
    "tidak diperlukan": "not_needed",
    "dikembalikan": "returned",
    "dibatalkan": "cancelled",
    "ditarik": "withdrawn",
}


def evolve(flow: Flow, state: State, event: Event) -> State:
    """The state after the event; TypeError on an event that is not the machine's."""
    match event:
        case TaskOpened():
            return _task_opened(flow, state, event)
        case TaskCompleted():
            return _task_completed(flow, state, event)
        case TaskStarted() | TaskClosed() | TaskReassigned() | MemberExcused() | MemberAdded():
            return _task_changed(state, event)
        case TaskWithdrawn():
            return _task_withdrawn(state, event)
        case SetFixed() | StepPassed() | DecisionAwaited() | StepJoined() | StepReturned():
            return _step_changed(flow, state, event)
        case CaseStarted() | CaseEnded() | CaseCancelled():
            return _case_changed(state, event)
        case Commented() | EvidenceAttached() | EvidenceRemoved():
            return state
    raise TypeError(f"no event of the machine: {event!r}")


def _case_changed(state: State, event: CaseStarted | CaseEnded | CaseCancelled) -> State:
    match event:
        case CaseStarted():
            return replace(state, status="open")
        case CaseEnded():
            return replace(state, status="done", ended=event.how, cycles=(), last=None)
        case CaseCancelled():
            steps = {
                key: replace(step, status="cancelled") if step.status in ("open", "waiting") else step
                for key, step in state.steps.items()
            }
            return replace(state, status="cancelled", steps=steps, cycles=(), last=None)


def _task_opened(flow: Flow, state: State, event: TaskOpened) -> State:
    state = _arrived(flow, state, event.step)
    step = state.steps.get(event.step, StepState())
    task = replace(
        step.members.get(event.member, TaskState()),
        visit=event.visit,
        status="open",
        assignee=event.assignee,
        started=False,
        offered_to=event.offered_to,
        reassigned_to=event.reassigned_to,
        rework=event.rework,
    )
    opened = replace(step, visit=max(step.visit, event.visit), status="open", outcome=None)
    return _with_step(state, event.step, _with_task(opened, event.member, task))


def _task_completed(flow: Flow, state: State, event: TaskCompleted) -> State:
    step = state.steps[event.step]
    task = replace(step.members[event.member], status="done", by=event.by, position=event.position, offered_to=None)
    step = _with_task(step, event.member, task)
    if flow.step(event.step).each:
        return _with_step(state, event.step, step)
    state = _with_step(state, event.step, replace(step, status="done", outcome=event.outcome))
    return replace(state, last=Last(event.step, event.visit, event.member, event.by, {}, state.cycles))


def _task_changed(
    state: State, event: TaskStarted | TaskClosed | TaskReassigned | MemberExcused | MemberAdded
) -> State:
    step = state.steps[event.step]
    task = step.members.get(event.member, TaskState(status="withdrawn"))
    match event:
        case TaskStarted():
            task = replace(task, started=True)
        case TaskClosed():
            task = replace(task, status=_CLOSED[event.why], offered_to=None)
        case TaskReassigned():
            task = replace(task, offered_to=None, reassigned_to=event.to)
        case MemberExcused():
            task = replace(task, status="excused", offered_to=None)
        case MemberAdded():
            task = replace(task, added=True)
    return _with_step(state, event.step, _with_task(step, event.member, task))


def _task_withdrawn(state: State, event: TaskWithdrawn) -> State:
    """Puts back what the completion moved, if it moved the flow; then the step is as before it."""
    last = state.last
    if last and (last.step, last.visit, last.member) == (event.step, event.visit, event.member):
        state = _moved_back(state, last)
    step = state.steps[event.step]
    if event.member not in step.members:
        return _with_step(state, event.step, replace(step, status="waiting", outcome=None))
    task = replace(step.members[event.member], status="withdrawn", offered_to=None)
    step = replace(step, status="open", outcome=None)
    return _with_step(state, event.step, _with_task(step, event.member, task))


def _moved_back(state: State, last: Last) -> State:
    steps = dict(state.steps)
    for key, before in last.before.items():
        # Visit numbers are never given twice, so the count alone does not go back.
        visit = steps[key].visit
        steps[key] = replace(before or StepState(status="withdrawn"), visit=visit)
    return replace(state, steps=steps, cycles=last.cycles, last=None)


def _step_changed(
    flow: Flow, state: State, event: SetFixed | StepPassed | DecisionAwaited | StepJoined | StepReturned
) -> State:
    match event:
        case SetFixed():
            return _set_fixed(flow, state, event)
        case StepPassed():
            return _step_passed(flow, state, event)
        case StepReturned():
            return _step_returned(state, event)
        case DecisionAwaited():
            return _with_step(state, event.step, replace(state.steps[event.step], status="waiting"))
        case StepJoined():
            step = replace(state.steps[event.step], status="done", outcome=event.outcome)
            by = event.by and Last(event.step, event.visit, event.member, event.by, {}, state.cycles)
            return replace(_with_step(state, event.step, step), last=by or None)


def _set_fixed(flow: Flow, state: State, event: SetFixed) -> State:
    """Who is no longer in the set leaves the state, so that it does not grow; the log keeps him."""
    state = _arrived(flow, state, event.step)
    step = state.steps.get(event.step, StepState())
    members = {key: step.members[key] for key in event.members if key in step.members}
    return _with_step(state, event.step, replace(step, partial=False, members=members))


def _step_passed(flow: Flow, state: State, event: StepPassed) -> State:
    state = _arrived(flow, state, event.step)
    if event.why == "keep":
        return state
    step = replace(state.steps.get(event.step, StepState()), status="done", outcome=None, members={})
    return _with_step(state, event.step, step)


def _step_returned(state: State, event: StepReturned) -> State:
    """The target is snapshot here already, as `partial` is set before its tasks open."""
    source = state.steps[event.source]
    tasks = {key: replace(task, status="returned") if key == "" else task for key, task in source.members.items()}
    state = _with_step(state, event.source, replace(source, status="returned", members=tasks))
    if event.members:
        state = _remembered(state, event.target)
        state = _with_step(state, event.target, replace(state.steps[event.target], partial=True))
    return replace(state, cycles=(*state.cycles, Cycle(event.source, event.target, event.members)))


def _arrived(flow: Flow, state: State, key: str) -> State:
    """Remembers the step as it was, and ends every return that began at it or before it."""
    place = flow.index[key]
    cycles = tuple(each for each in state.cycles if flow.index[each.source] > place)
    return _remembered(replace(state, cycles=cycles), key)


def _remembered(state: State, key: str) -> State:
    if state.last is None or key in state.last.before:
        return state
    before = {**state.last.before, key: state.steps.get(key)}
    return replace(state, last=replace(state.last, before=before))


def _with_step(state: State, key: str, step: StepState) -> State:
    return replace(state, steps={**state.steps, key: step})


def _with_task(step: StepState, member: str, task: TaskState) -> StepState:
    return replace(step, members={**step.members, member: task})
