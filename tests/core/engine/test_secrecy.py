"""To whom may not see a case it does not exist: every command answers him as it answers about nothing at all."""

from uuid import UUID

import pytest

from core.engine.errors import NoSuchCase
from core.engine.queries import case, task
from core.engine.refusals import NoSuchTask, NotYours
from core.engine.service import Completion
from tests.core.engine.procedures import EDARAN

pytestmark = pytest.mark.database

TASK_COMMANDS = {
    "begin": lambda e, s, r, task: e.begin(s, r, task),
    "complete": lambda e, s, r, task: e.complete(s, r, task, Completion()),
    "stale": lambda e, s, r, task: e.complete(s, r, task, Completion(version=99, demanded=True)),
    "unversioned": lambda e, s, r, task: e.complete(s, r, task, Completion(demanded=True)),
    "withdraw": lambda e, s, r, task: e.withdraw(s, r, task, "ingin"),
    "reassign": lambda e, s, r, task: e.reassign(s, r, task, r.actor.person_id, Completion(reason="ingin")),
    "excuse": lambda e, s, r, task: e.excuse(s, r, task, "ingin"),
    "save_draft": lambda e, s, r, task: e.save_draft(s, r, task, {"isi": "ingin"}),
    "read": lambda e, s, r, id: task(s, r.actor, id),
}
CASE_COMMANDS = {
    "comment": lambda e, s, r, case: e.comment(s, r, case, "halo"),
    "cancel": lambda e, s, r, case: e.cancel(s, r, case, "ingin"),
    "conclude": lambda e, s, r, case: e.conclude(s, r, case, "data", 1, Completion(reason="ingin")),
    "read": lambda e, s, r, id: case(s, r.actor, id),
}


@pytest.fixture
def secret(world):
    """A secret case whose first step is done: the team and the head of the bidang take part."""
    world.put_in_force(EDARAN.replace("start:", "secrecy: rahasia\nstart:", 1))
    run = world.start("ani", "edaran", perihal="Mutasi")
    run.complete("ani", "konsep", isi="ada")
    return run


def answer(run, name, act, id):
    """The refusal's type, status and sentence."""
    with pytest.raises((NoSuchTask, NoSuchCase)) as refusal:
        run.command(name, lambda s, r: act(run.engine, s, r, id))
    return type(refusal.value), str(refusal.value)


@pytest.mark.parametrize("name", TASK_COMMANDS)
def test_a_task_of_a_secret_case_does_not_exist_for_a_stranger(secret, name):
    act, nothing = TASK_COMMANDS[name], UUID(int=9)
    for step in ("konsep", "periksa"):
        assert answer(secret, "dewi", act, secret.task(step).id) == answer(secret, "dewi", act, nothing)
    assert secret.row.head_seq == 4


@pytest.mark.parametrize("name", CASE_COMMANDS)
def test_a_secret_case_does_not_exist_for_a_stranger(secret, name):
    act = CASE_COMMANDS[name]
    assert answer(secret, "dewi", act, secret.id) == answer(secret, "dewi", act, UUID(int=9))
    assert secret.row.head_seq == 4


def test_nor_does_its_each_take_a_unit_from_a_stranger(world, secret):
    unit = world.units["dinkes"]
    assert answer(secret, "dewi", lambda e, s, r, case: e.add_member(s, r, case, "data", unit), secret.id) == answer(
        secret, "dewi", lambda e, s, r, case: e.add_member(s, r, case, "data", unit), UUID(int=9)
    )


def test_who_takes_part_may_act_and_speak(secret):
    with pytest.raises(NotYours):
        secret.complete("ani", "periksa")
    secret.comment("tono", "dari anggota tim")
    secret.complete("budi", "periksa")
    secret.comment("dewi", "sekarang saya peserta")


def test_a_superior_sees_a_limited_case_and_not_a_secret_one(world, secret):
    world.put_in_force(EDARAN.replace("start:", "secrecy: terbatas\nstart:", 1), "terbatas")
    limited = world.start("ani", "terbatas", perihal="Anggaran")
    limited.comment("hadi", "saya atasannya")
    with pytest.raises(NoSuchCase):
        secret.comment("hadi", "saya atasannya")
    with pytest.raises(NoSuchCase):
        limited.comment("dewi", "saya bukan siapa-siapa")
