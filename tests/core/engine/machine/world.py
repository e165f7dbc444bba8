"""A case on the pure machine, told as a story: 'siti@tim' is Siti, who answers for the assignee 'tim'."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

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
from core.engine.events import Event, event_from_json
from core.engine.facts import ActorFacts, Assignee, Cover, Facts, Member
from core.engine.flow import EachRule, Flow, FlowStep
from core.engine.machine import decide, evolve, execute
from core.engine.state import State, TaskState

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
OPD = ("dinkes", "disdik", "dishub")


def step(key: str, actor: str = "tim", **more: Any) -> FlowStep:
    """A step; `back` is a return target, `each` a join over the OPDs."""
    each, back = more.pop("each", None), more.pop("back", None)
    if each is not None:
        more["each"] = EachRule("opd", each)
    if back is not None:
        more |= {"outcomes": {"selesai": more.pop("to"), "dikembalikan": back}, "return_targets": (back,)}
    return FlowStep(key, actors=(actor,), **more)


def flow(*steps: FlowStep) -> Flow:
    return Flow(steps)


def actor(name: str) -> ActorFacts:
    """'siti@tim+kabid' answers for tim and kabid; without '@' for nothing."""
    covers = [each for each in name.partition("@")[2].split("+") if each]
    return ActorFacts(
        person=name.partition("@")[0],
        position="meja",
        capacity="definitive",
        covers={each: Cover(f"jabatan-{each}", "definitive") for each in covers},
    )


class Case:
    """Drives one case; every event goes through JSON into `log`; replaying that must give the state."""

    def __init__(self, flow: Flow, members: tuple[str, ...] = OPD) -> None:
        self.flow = flow
        self.state = State()
        self.log: list[Event] = []
        self.members = members

    def facts(self, by: str, **more: Any) -> Facts:
        keys = {key for each in self.flow.steps for key in each.actors} | set(self.flow.start_by)
        facts = Facts(
            now=NOW,
            actor=actor(by),
            assignees={key: Assignee("position", key) for key in keys},
            members={"opd": tuple(Member(key, Assignee("unit", key), key.title()) for key in self.members)},
            sees=True,
            unread=True,
            names={"siti": "Siti Aminah", "budi": "Budi Santoso"},
        )
        return replace(facts, **more)

    def do(self, by: str, command: Command, **facts: Any) -> tuple[Event, ...]:
        found = self.facts(by, **facts)
        events, state = execute(self.flow, self.state, command, found)
        assert events == decide(self.flow, self.state, command, found)
        self.state = state
        for event in events:
            again = event_from_json(event.kind, event.to_json())
            assert again == event
            self.log.append(again)
        assert State.from_json(self.state.to_json()) == self.state
        return events

    def replayed(self) -> State:
        state = State()
        for event in self.log:
            state = evolve(self.flow, state, event)
        return state

    def start(self, by: str = "siti@tim") -> "Case":
        self.do(by, Start())
        return self

    def task(self, step: str, member: str = "") -> TaskState:
        return self.state.steps[step].members[member]

    def visit(self, step: str, member: str = "") -> int:
        return self.task(step, member).visit

    def begin(self, by: str, step: str, member: str = "", **facts: Any) -> tuple[Event, ...]:
        return self.do(by, Begin(step, self.visit(step, member), member), **facts)

    def complete(self, by: str, step: str, member: str = "", outcome: str | None = None, **more: Any):
        names = ("reason", "target", "members", "visit")
        said = {name: more.pop(name) for name in names if name in more}
        visit = said.pop("visit", None) or self.visit(step, member)
        return self.do(by, Complete(step, visit, member, outcome, **said), **more)

    def give_back(self, by: str, step: str, members: tuple[str, ...] = (), **more: Any):
        more = {"outcome": "dikembalikan", "reason": "belum lengkap", "members": members} | more
        return self.complete(by, step, **more)

    def conclude(self, by: str, step: str, outcome: str | None = None, **more: Any):
        names = ("reason", "target", "members")
        said = {name: more.pop(name) for name in names if name in more}
        more.setdefault("supervises", True)
        return self.do(by, Conclude(step, self.state.steps[step].visit, outcome, **said), **more)

    def withdraw(self, by: str, step: str, member: str = "", **more: Any):
        visit = more.pop("visit", None) or self.visit(step, member)
        return self.do(by, Withdraw(step, visit, more.pop("reason", "keliru kirim"), member), **more)

    def excuse(self, step: str, member: str, by: str = "atasan", **more: Any):
        more.setdefault("supervises", True)
        return self.do(by, Excuse(step, member, more.pop("reason", "tidak menjawab")), **more)

    def add(self, step: str, member: str, by: str = "atasan", **more: Any):
        more.setdefault("supervises", True)
        more.setdefault("candidate", Member(member, Assignee("unit", member), member.title()))
        return self.do(by, AddMember(step, member), **more)

    def reassign(self, step: str, to: str, member: str = "", by: str = "atasan", **more: Any):
        facts = {"supervises": True, "receiver_able": True} | more
        reason = facts.pop("reason", "cuti")
        return self.do(by, Reassign(step, self.visit(step, member), to, reason, member), **facts)

    def cancel(self, by: str = "atasan", reason: str = "salah buka", **more: Any):
        return self.do(by, Cancel(reason), **({"supervises": True} | more))

    def comment(self, by: str, text: str, step: str | None = None, member: str = "", **more: Any):
        return self.do(by, Comment(text, step, member), **more)

    @property
    def open(self) -> list[str]:
        """Open tasks as 'step', 'step/member', with '#visit' from the second on."""
        return sorted(_name(*each) for each in self.state.open_tasks())

    def status(self, step: str, member: str | None = None) -> str:
        found = self.state.steps[step]
        return found.status if member is None else found.members[member].status


def _name(step: str, member: str, task: TaskState) -> str:
    place = f"{step}/{member}" if member else step
    return place if task.visit == 1 else f"{place}#{task.visit}"


def kinds(events: tuple[Event, ...]) -> list[str]:
    return [event.kind for event in events]
