"""Random people do random things to a case on the real database; what the log tells is what the rows hold."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.engine.models import Case
from core.engine.service import Completion
from core.engine.state import State
from core.errors import LangkahError
from tests.core.engine.procedures import EDARAN
from tests.world import PEOPLE, UNITS, World

pytestmark = pytest.mark.database

# As EDARAN, but one answer is enough, the check may be skipped, and what was checked once stays so.
LONGGAR = (
    EDARAN.replace("umum.edaran", "umum.longgar")
    .replace("join: all", "join: any")
    .replace("kind: verify\n    requirements", "kind: verify\n    keep: true\n    requirements")
    .replace(
        "    actor: kadis\n",
        "    actor: kadis\n    outcomes: [{key: tamat, label: Tamat, to: end}, {key: lagi, label: Lagi, to: konsep}]\n",
    )
)
ANSWERS = {"konsep": {"isi": "ada"}, "data": {"jawaban": "ada"}}
OUTCOMES = {"tetapkan": ("tamat", "lagi", "selesai")}
KINDS = ("complete",) * 9 + ("back",) * 4 + ("withdraw",) * 2 + (
    "begin", "draft", "reassign", "excuse", "add", "conclude", "comment", "cancel", "again",
)  # fmt: skip
SUPERVISED = ("reassign", "excuse", "add", "conclude", "cancel")
SUPERIORS = ["ani", "budi", "hadi"]


@pytest.fixture(scope="module")
def office(database):
    """One office for all examples; its people do not change."""
    world = World(database)
    codes = [world.put_in_force(EDARAN), world.put_in_force(LONGGAR)]
    return world, codes, {name: world.actor(name) for name in PEOPLE}


class Chance:
    """Chooses the next act upon a case, most often one that somebody may really do."""

    def __init__(self, office, run, seed):
        self.world, _, self.actors = office
        self.run, self.dice = run, Random(seed)
        self.done = 0

    def act(self):
        kind = self.dice.choice(KINDS)
        task = self.dice.choice([*self.run.tasks(), *(t for t in self.run.tasks() if t.status == "open")])
        able = [name for name, actor in self.actors.items() if task.assignee_id in actor.covers]
        able = SUPERIORS if kind in SUPERVISED else able
        name = self.dice.choice(able) if able and self.dice.random() < 0.9 else self.dice.choice(list(PEOPLE))
        note(f"{kind} {task.step_key} {task.visit} by {name}")
        try:
            self.run.command(name, lambda s, r: getattr(self, kind)(self.world.engine, s, r, task), self.key())
            self.done += 1
        except LangkahError as refusal:
            assert refusal.status < 500, refusal

    def key(self):
        """Most often none, sometimes one that was used before."""
        return f"k{self.dice.randrange(6)}" if self.dice.random() < 0.15 else None

    def complete(self, engine, session, request, task):
        outcome = self.dice.choice(OUTCOMES.get(task.step_key, (None,)))
        how = Completion(outcome=outcome, answers=ANSWERS.get(task.step_key, {}), reason="alasan")
        return engine.complete(session, request, task.id, how)

    def back(self, engine, session, request, task):
        units = [str(self.world.units[key]) for key in ("dinkes", "disdik", "dishub")]
        members = tuple(self.dice.sample(units, self.dice.randrange(3))) if task.step_key == "rekap" else ()
        how = Completion(outcome="dikembalikan", reason="kurang", members=members)
        return engine.complete(session, request, task.id, how)

    def withdraw(self, engine, session, request, task):
        return engine.withdraw(session, request, task.id, "keliru")

    def begin(self, engine, session, request, task):
        return engine.begin(session, request, task.id)

    def draft(self, engine, session, request, task):
        return engine.save_draft(session, request, task.id, {"isi": "setengah"})

    def reassign(self, engine, session, request, task):
        to = self.world.people[self.dice.choice(list(PEOPLE))]
        return engine.reassign(session, request, task.id, to, Completion(reason="cuti"))

    def excuse(self, engine, session, request, task):
        return engine.excuse(session, request, task.id, "berhalangan")

    def add(self, engine, session, request, task):
        return engine.add_member(
            session, request, task.case_id, "data", self.world.units[self.dice.choice(list(UNITS))]
        )

    def conclude(self, engine, session, request, task):
        visit = self.run.row.state["steps"].get("data", {}).get("visit", 1)
        return engine.conclude(session, request, task.case_id, "data", visit, Completion(reason="dilanjutkan"))

    def comment(self, engine, session, request, task):
        return engine.comment(session, request, task.case_id, "catatan")

    def cancel(self, engine, session, request, task):
        if self.dice.random() < 0.8:
            return {}
        return engine.cancel(session, request, task.case_id, "batal")

    def again(self, engine, session, request, task):
        engine.begin(session, request, task.id)
        return engine.complete(session, request, task.id, Completion(answers=ANSWERS.get(task.step_key, {})))


def latest(tasks):
    """The rows of each task's highest visit."""
    found = {}
    for task in tasks:
        known = found.get((task.step_key, task.member))
        if known is None or known.visit < task.visit:
            found[task.step_key, task.member] = task
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), moves=st.integers(5, 25), which=st.booleans())
def test_the_log_replayed_gives_the_state_and_the_state_the_open_tasks(office, seed, moves, which):
    world, codes, _ = office
    run = world.start("ani", codes[which])
    chance = Chance(office, run, seed)
    for _ in range(moves):
        chance.act()

    assert world.findings() == []
    with world.scope() as session:
        state = State.from_json(session.scalars(select(Case.state).where(Case.id == run.id)).one())
    rows = run.tasks()
    assert {(t.step_key, t.member, t.visit) for t in rows if t.status == "open"} == {
        (step, member, task.visit) for step, member, task in state.open_tasks()
    }
    for (step, member), row in latest(rows).items():
        task = state.steps[step].members.get(member)
        if task is not None and task.visit == row.visit:
            assert row.status == task.status
            assert str(row.assignee_id) == (task.reassigned_to or task.assignee.id)
            assert (row.started_at is not None) >= task.started
