"""Many at once upon one case: each gets a clear answer, exactly one of them wins, and nobody ever sees a lock."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import psycopg
import pytest

from core.database import Database
from core.engine.errors import AlreadyDone
from core.engine.queries import events
from core.engine.service import Completion, Request
from core.errors import Busy, KeyReused, LangkahError
from core.tenancy.scope import tenant_transaction
from tests.core.engine.procedures import BOLAK

pytestmark = pytest.mark.database


@pytest.fixture
def crowd(addresses):
    """A pool of fifty connections of this test's own."""
    database = Database(addresses.app, pool_size=50)
    yield database
    database.close()


def at_once(database, world, acts):
    """Runs (actor, key, act) all at the same moment, each in a transaction of its own; answers or refusals."""
    gate = Barrier(len(acts))

    def one(actor, key, act):
        with database.engine.connect():
            gate.wait()
        try:
            with tenant_transaction(database, world.slug) as session:
                return act(session, Request(actor, datetime.now(UTC), key))
        except LangkahError as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(lambda each: one(*each), acts))


def completing(run, step, member="", **answers):
    """The act of finishing that task."""
    task, how = run.task(step, member).id, Completion(answers=answers)
    return lambda session, request: run.engine.complete(session, request, task, how)


def kinds(run):
    with run.world.scope() as session:
        return Counter(event.kind for event in events(session, run.id, 0, 1000))


def test_of_fifty_completions_one_succeeds(world, edaran, crowd):
    ani, act = world.actor("ani"), completing(edaran, "konsep", isi="ada")
    acts = [(ani, f"kunci-{n}", act) for n in range(50)]
    answers = at_once(crowd, world, acts)
    assert Counter(type(each) for each in answers) == {dict: 1, AlreadyDone: 49}
    assert all("oleh Ani Contoh pada" in str(each) for each in answers if isinstance(each, AlreadyDone))
    assert kinds(edaran) == {"case_started": 1, "task_opened": 2, "task_completed": 1}
    assert edaran.open == ["periksa"]
    assert world.findings() == []


def test_the_members_of_an_each_answer_at_once_and_the_join_is_met_once(world, edaran, crowd):
    edaran.complete("ani", "konsep", isi="ada")
    edaran.complete("budi", "periksa")
    acts = [
        (world.actor(name), None, completing(edaran, "data", unit, jawaban="ada"))
        for unit, name in (("dinkes", "dewi"), ("disdik", "eko"), ("dishub", "lila"))
    ]
    assert all(isinstance(each, dict) for each in at_once(crowd, world, acts))
    assert edaran.open == ["rekap"]
    assert kinds(edaran)["step_joined"] == 1
    assert world.findings() == []


@pytest.mark.parametrize("command", ["complete", "reassign", "withdraw", "comment", "start"])
def test_a_double_click_is_answered_twice_alike(world, edaran, crowd, command):
    if command == "withdraw":
        edaran.complete("ani", "konsep", isi="ada")
    task, engine = edaran.task("konsep").id, world.engine
    act = {
        "complete": completing(edaran, "konsep", isi="ada"),
        "reassign": lambda s, r: engine.reassign(s, r, task, world.people["tono"], Completion(reason="cuti")),
        "withdraw": lambda s, r: engine.withdraw(s, r, task, "keliru"),
        "comment": lambda s, r: engine.comment(s, r, edaran.id, "halo"),
        "start": lambda s, r: engine.start(s, r, "edaran", {"perihal": "Upacara"}),
    }[command]
    actor = world.actor("budi" if command == "reassign" else "ani")
    one, other = at_once(crowd, world, [(actor, "kunci", act)] * 2)
    assert isinstance(one, dict), one
    assert one == other
    assert world.findings() == []


def test_one_key_for_two_requests_at_once_keeps_one_of_them(world, crowd):
    world.put_in_force(BOLAK)
    runs = [world.start("ani", "bolak") for _ in range(2)]
    acts = [(world.actor("ani"), "kunci", completing(run, "tulis")) for run in runs]
    answers = at_once(crowd, world, acts)
    assert sorted(len(run.open) and run.open[0] for run in runs) == ["baca", "tulis"]
    assert sum(isinstance(each, dict) for each in answers) == 1
    assert any(isinstance(each, Busy | KeyReused) for each in answers)
    assert world.findings() == []


def test_cases_get_numbers_of_their_own_however_many_start_at_once(world, edaran, crowd):
    act = (world.actor("ani"), None, lambda s, r: world.engine.start(s, r, "edaran", {"perihal": "x"}))
    answers = at_once(crowd, world, [act] * 12)
    assert len({each["number"] for each in answers}) == 12


def test_who_waits_two_seconds_is_told_so_and_nothing_is_lost(world, edaran, addresses):
    task = edaran.task("konsep").id
    with psycopg.connect(addresses.app) as holder:
        holder.execute("SELECT set_config('langkah.tenant', %s, true)", (str(world.id),))
        holder.execute("SELECT 1 FROM cases WHERE id = %s FOR UPDATE", (edaran.id,))
        began = time.monotonic()
        with pytest.raises(Busy, match="Tunggu sebentar, lalu coba lagi") as refusal:
            edaran.complete("ani", "konsep", task=task, isi="ada")
        assert refusal.value.status == 409
        assert 1.8 < time.monotonic() - began < 6
        assert edaran.open == ["konsep"]
    edaran.complete("ani", "konsep", isi="ada")
    assert edaran.open == ["periksa"]
