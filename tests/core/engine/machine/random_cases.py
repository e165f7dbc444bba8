"""Random small editions, and random commands upon a case of one: sensible ones and nonsense."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import strategies as st

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
    Start,
    Withdraw,
)
from core.engine.course import Course
from core.engine.events import TaskClosed, TaskCompleted, TaskOpened, TaskWithdrawn
from core.engine.facts import ActorFacts, Assignee, Cover, Facts, Member
from core.engine.flow import END, EachRule, Flow, FlowStep
from core.engine.machine import execute
from core.engine.returns import selectable, targets_of
from core.errors import LangkahError
from tests.core.engine.machine.world import Case

ACTORS = ("tim", "kabid")
MEMBERS = ("m0", "m1", "m2")
DESKS = (*ACTORS, *MEMBERS, "m3")
PEOPLE = ("p0", "p1", "p2", "p3")

Draw = Callable[[st.SearchStrategy[Any]], Any]
Numbers = tuple[int, int, int, int]
Move = tuple[str, Numbers, bool]


@st.composite
def flows(draw: Draw) -> Flow:
    """One to seven steps: sequences, each, jumps, ends, returns, keep, not_by, a standing last row."""
    count = draw(st.sampled_from([1, 2, 3, 4, 5, 6, 7, 5, 6, 7]))
    keys = [f"s{place}" for place in range(count)]
    steps = [_step(draw, keys, place) for place in range(count)]
    if count > 1 and draw(st.booleans()):
        steps[-1] = FlowStep(keys[-1], actors=("tim",), standing=True)
    return Flow(tuple(steps))


def _step(draw: Draw, keys: list[str], place: int) -> FlowStep:
    ahead, behind = [*keys[place + 1 :], END], keys[: place + 1]
    outcomes = {"selesai": ahead[0]}
    if draw(st.sampled_from([False, False, True])):
        outcomes["lompat"] = draw(st.sampled_from(ahead))
    back: tuple[str, ...] = ()
    if draw(st.sampled_from([True, True, False])):
        back = tuple(draw(st.lists(st.sampled_from(behind), min_size=1, max_size=2, unique=True)))
        outcomes["dikembalikan"] = draw(st.sampled_from([back[0], ""]))
    join = draw(st.sampled_from([None, None, "all", "any", 2]))
    return FlowStep(
        key=keys[place],
        actors=(draw(st.sampled_from(ACTORS)),),
        each=EachRule("opd", join) if join else None,
        outcomes=outcomes,
        default_outcome=draw(st.sampled_from(["selesai", None])),
        return_targets=back,
        keep=draw(st.booleans()),
        not_by=tuple(draw(st.lists(st.sampled_from(keys[:place]), max_size=1))) if place else (),
    )


KINDS = ("complete",) * 8 + ("back",) * 5 + ("conclude",) * 3 + ("withdraw",) * 3 + (
    "begin", "excuse", "excuse", "add", "reassign", "comment", "cancel", "start",
)  # fmt: skip


def _moves(seed: int, count: int) -> list[Move]:
    """Hypothesis draws the seed and the length only: its own lists stay too short and too much alike."""
    dice = Random(seed)
    numbers = range(60)
    return [
        (dice.choice(KINDS), (*dice.choices(numbers, k=4),), dice.random() < 0.85)  # type: ignore[misc]
        for _ in range(count)
    ]


moves = st.builds(_moves, st.integers(0, 2**32), st.integers(10, 60))


def chosen(options: Any, number: int) -> Any:
    """One of the options, by a number; None where there are none."""
    options = list(options)
    return options[number % len(options)] if options else None


def command_of(case: Case, kind: str, at: Numbers, sensible: bool) -> Command:
    """A command; a sensible one names a task or step that is there, the other anything."""
    step, visit, member = _sensible_place(case, kind, at) if sensible else _any_place(case, at)
    outcome, target, members = _way(case, step, at, sensible, kind == "back")
    match kind:
        case "begin":
            return Begin(step, visit, member)
        case "complete" | "back":
            reason = chosen(("alasan", "alasan", None), at[3] // 7)
            return Complete(step, visit, member, outcome, reason, target, members)
        case "conclude":
            return Conclude(step, visit, outcome, "alasan", target, members)
        case "withdraw":
            return Withdraw(step, visit, "alasan", member)
        case "excuse":
            return Excuse(step, member, "alasan")
        case "add":
            return AddMember(step, chosen((*MEMBERS, "m3"), at[2]))
        case "reassign":
            return Reassign(step, visit, chosen(PEOPLE, at[2]), "alasan", member)
        case "comment":
            return Comment(chosen(("baik", " "), at[0]), chosen((None, step), at[1]))
        case "cancel" if not sensible and at[0] > 50:
            return Cancel("alasan")
        case "cancel":
            return Cancel("")
        case _:
            return Start()


def _any_place(case: Case, at: Numbers) -> tuple[str, int, str]:
    keys = [*case.flow.index, "entah", ""]
    return chosen(keys, at[0]), at[1] % 6 - 1, chosen(("", *MEMBERS, "m3", "x"), at[2])


def _sensible_place(case: Case, kind: str, at: Numbers) -> tuple[str, int, str]:
    last = case.state.last
    if kind == "withdraw" and last and at[1] % 2:
        return last.step, last.visit, last.member
    steps = case.state.steps
    if kind == "conclude":
        waiting = [key for key, each in steps.items() if each.status == "waiting"]
        key = chosen(waiting or steps, at[0]) or "s0"
        return key, steps[key].visit if key in steps else 1, ""
    if kind in ("excuse", "add"):
        open_sets = [each for each in case.state.open_tasks() if each[1]]
        key, member, task = chosen(open_sets, at[0]) or ("s0", "", None)
        return key, task.visit if task else 1, member
    done = [(k, m, t) for k, s in steps.items() for m, t in s.members.items() if t.status == "done"]
    tasks = (done if kind == "withdraw" else case.state.open_tasks()) or done
    key, member, task = chosen(tasks, at[0]) or ("s0", "", None)
    return key, task.visit if task else 1, member


def _way(
    case: Case, step: str, at: Numbers, sensible: bool, back: bool
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Outcome, target and members: a sensible return chooses from those there are."""
    if not sensible or step not in case.flow.index:
        outcome = chosen((None, "selesai", "lompat", "dikembalikan", "entah"), at[3])
        return outcome, chosen((None, "s0", "s2", "end", "entah"), at[2]), MEMBERS[: at[1] % 3]
    outcomes = case.flow.outcomes(step)
    outcome = "dikembalikan" if back and "dikembalikan" in outcomes else chosen(outcomes, at[3])
    if case.flow.step(step).each and case.status_of(step) == "open":
        return None, None, ()
    target = chosen(targets_of(case.flow, step, outcome), at[2])
    if target == END or not case.flow.behind(step, target):
        return outcome, target, ()
    members = selectable(Course(case.flow, case.state, case.facts("x")), target)
    return outcome, target, tuple(each for place, each in enumerate(members) if place == 0 or at[1] >> place & 1)


class RandomCase(Case):
    """A case that keeps its own books of open tasks, from the log alone."""

    def __init__(self, flow: Flow) -> None:
        super().__init__(flow, MEMBERS)
        self.booked: set[tuple[str, str, int]] = set()
        self.ever: set[tuple[str, str, int]] = set()

    def status_of(self, key: str) -> str:
        return self.state.steps[key].status if key in self.state.steps else "withdrawn"

    def facts_at(self, at: Numbers, sensible: bool, command: Command) -> Facts:
        """Who acts, and what is true: for a sensible command somebody whose task it is, else anybody."""
        person = chosen(PEOPLE, at[1] + at[2])
        found = self.state.steps.get(getattr(command, "step", None) or "")
        task = found.members.get(getattr(command, "member", "")) if found else None
        if sensible and task and task.status == "open":
            person = task.reassigned_to or task.offered_to or person
        if sensible and isinstance(command, Withdraw):
            last = self.state.last
            mine = last and (last.step, last.visit, last.member) == (command.step, command.visit, command.member)
            person = (last.by if mine and last else task and task.by) or person
        desks = DESKS if sensible else DESKS[at[0] % 6 :]
        facts = self.facts("x")
        return replace(
            facts,
            actor=ActorFacts(person, "meja", "definitive", {desk: Cover("meja", "definitive") for desk in desks}),
            members={"opd": tuple(Member(m, Assignee("unit", m)) for m in MEMBERS[at[3] % 4 :])},
            supervises=sensible or at[0] % 2 == 0,
            alone=at[3] % 4 > 0,
            unread=at[1] % 3 > 0,
            receiver_able=at[3] % 2 == 0,
            offered_still_holds=at[2] % 2 == 0,
            candidate=Member(getattr(command, "member", "m3") or "m3", Assignee("unit", "m3")),
        )

    def attempt(self, command: Command, facts: Facts) -> bool:
        """Whether the machine accepted it; the books are kept, and a refusal leaves the state untouched."""
        before, json = self.state, self.state.to_json()
        try:
            execute(self.flow, self.state, command, facts)
        except LangkahError as refusal:
            assert str(refusal)
            assert before is self.state
            assert self.state.to_json() == json
            return False
        for event in self.do("x", command, **vars(facts)):
            self._book(event)
        return True

    def _book(self, event: Any) -> None:
        if isinstance(event, TaskOpened):
            place = (event.step, event.member, event.visit)
            assert place not in self.ever
            assert not [each for each in self.booked if each[:2] == place[:2]]
            self.ever.add(place)
            self.booked.add(place)
        elif isinstance(event, (TaskCompleted, TaskClosed)) or event.kind == "member_excused":
            self.booked.remove((event.step, event.member, event.visit))
        elif isinstance(event, TaskWithdrawn):
            assert (event.step, event.member, event.visit) not in self.booked

    def holds(self) -> None:
        """The rules of the machine."""
        state = self.state
        assert {(key, member, task.visit) for key, member, task in state.open_tasks()} == self.booked
        running = [step for step in state.steps.values() if step.status in ("open", "waiting")]
        assert len(running) == (1 if state.status == "open" else 0)
        for step in running:
            assert bool(step.having("open")) == (step.status == "open")
        assert len(state.steps) <= len(self.flow.steps)
        assert all(len(step.members) <= len(DESKS) for step in state.steps.values())
        sources = [self.flow.index[each.source] for each in state.cycles]
        assert sources == sorted(set(sources), reverse=True)

    def drive(self) -> int:
        """Brings the case to its end by the shortest acts; how many it took."""
        acts = 0
        while self.state.status == "open":
            self.forward()
            acts += 1
            assert acts <= (len(self.flow.steps) + 1) * (len(DESKS) + 1)
        return acts

    def forward(self, outcome: str = "selesai") -> None:
        """Completes one open task, or decides for the supervisor."""
        tasks = self.state.open_tasks()
        facts = replace(self.facts_at((0, 1, 1, 0), True, Start()), alone=True, offered_still_holds=False)
        if not tasks:
            [(key, step)] = [each for each in self.state.steps.items() if each[1].status == "waiting"]
            assert self.attempt(Conclude(key, step.visit, outcome), facts)
            return
        key, member, task = tasks[0]
        person = task.reassigned_to or facts.actor.person
        facts = replace(facts, actor=replace(facts.actor, person=person))
        assert self.attempt(Complete(key, task.visit, member, "selesai" if member else outcome), facts)
