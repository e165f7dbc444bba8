"""The same request again, another under its key, an old version, none at all: each has its answer (ground.md 12)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.engine import keys
from core.engine.errors import AlreadyDone, StaleTask
from core.engine.models import IdempotencyKey
from core.engine.refusals import NotYours
from core.engine.service import Completion
from core.errors import KeyReused, VersionRequired
from core.moments import spoken
from core.tenancy.scope import tenant_transaction
from tests.conftest import make_tenant

pytestmark = pytest.mark.database


def test_the_same_request_under_its_key_is_answered_as_the_first_time(world, edaran):
    task = edaran.task("konsep").id
    first = edaran.complete("ani", "konsep", key="kunci-1", task=task, isi="ada")
    head = edaran.row.head_seq
    assert edaran.complete("ani", "konsep", key="kunci-1", task=task, isi="ada") == first
    edaran.complete("budi", "periksa")
    assert edaran.complete("ani", "konsep", key="kunci-1", task=task, isi="ada") == first
    assert edaran.row.head_seq > head
    assert [each.visit for each in edaran.tasks() if each.step_key == "konsep"] == [1]
    assert world.findings() == []


def test_every_command_answers_its_repetition(edaran):
    def twice(act):
        first, head = act(), edaran.row.head_seq
        assert act() == first
        assert edaran.row.head_seq == head

    twice(lambda: edaran.begin("ani", "konsep", key="k-begin"))
    twice(lambda: edaran.reassign("budi", "konsep", "tono", key="k-reassign"))
    twice(lambda: edaran.comment("dewi", "halo", key="k-comment"))
    twice(lambda: edaran.complete("tono", "konsep", key="k-complete", isi="ada"))
    edaran.complete("budi", "periksa")
    twice(lambda: edaran.add_member("ani", "data", "sekretariat", key="k-add"))
    twice(lambda: edaran.excuse("ani", "data", "sekretariat", key="k-excuse"))
    twice(lambda: edaran.cancel("ani", key="k-cancel"))


def test_a_withdrawal_repeated_is_answered_again(edaran):
    edaran.complete("ani", "konsep", isi="ada")
    task = edaran.task("konsep").id
    first = edaran.command("ani", lambda s, r: edaran.engine.withdraw(s, r, task, "keliru"), "k")
    assert edaran.command("ani", lambda s, r: edaran.engine.withdraw(s, r, task, "keliru"), "k") == first
    assert edaran.open == ["konsep#2"]


def test_a_start_repeated_opens_one_case(world, edaran):
    first = world.start("ani", "edaran", key="k-start", perihal="Upacara")
    again = world.start("ani", "edaran", key="k-start", perihal="Upacara")
    assert (again.id, again.answer) == (first.id, first.answer)
    with pytest.raises(KeyReused):
        world.start("ani", "edaran", key="k-start", perihal="Lain")


def test_another_request_under_the_same_key_is_refused(edaran):
    edaran.begin("ani", "konsep", key="k")
    with pytest.raises(KeyReused) as refusal:
        edaran.complete("ani", "konsep", key="k", isi="ada")
    assert refusal.value.status == 422
    assert edaran.open == ["konsep"]
    edaran.complete("ani", "konsep", key="k-2", isi="ada")
    task = edaran.task("konsep").id
    with pytest.raises(KeyReused):
        edaran.complete("ani", "konsep", key="k-2", task=task, isi="lain")


def test_a_key_belongs_to_its_person(edaran):
    edaran.begin("ani", "konsep", key="k")
    edaran.complete("tono", "konsep", key="k", isi="ada")
    assert edaran.open == ["periksa"]


def test_a_refused_command_keeps_no_key(edaran):
    with pytest.raises(NotYours):
        edaran.complete("dewi", "konsep", key="k", isi="ada")
    edaran.comment("dewi", "halo", key="k")


def test_a_version_that_is_no_longer_true_is_refused_with_what_changed(edaran):
    edaran.begin("tono", "konsep")
    with pytest.raises(StaleTask, match="mulai dikerjakan oleh Tono Contoh") as refusal:
        edaran.complete("ani", "konsep", how={"version": 1, "demanded": True}, isi="ada")
    assert (refusal.value.status, refusal.value.details["version"]) == (412, 2)
    with pytest.raises(StaleTask):
        edaran.complete("ani", "konsep", how={"version": 7}, isi="ada")
    edaran.complete("ani", "konsep", how={"version": 2, "demanded": True}, isi="ada")


def test_the_version_is_the_tasks_own(edaran):
    edaran.complete("ani", "konsep", isi="ada")
    edaran.complete("budi", "periksa")
    edaran.complete("eko", "data", "disdik", how={"version": 1}, jawaban="ada")
    edaran.comment("ani", "halo")
    edaran.complete("dewi", "data", "dinkes", how={"version": 1}, jawaban="ada")
    assert edaran.open == ["data/dishub"]


def test_where_a_version_is_demanded_none_is_refused(edaran):
    with pytest.raises(VersionRequired) as refusal:
        edaran.complete("ani", "konsep", how={"demanded": True}, isi="ada")
    assert (refusal.value.status, edaran.open) == (428, ["konsep"])


@pytest.mark.parametrize("how", [{}, {"version": 1}, {"version": 2}, {"demanded": True}, {"version": 9}])
def test_a_closed_task_says_by_whom_and_when_whatever_the_version(edaran, how):
    task = edaran.task("konsep").id
    edaran.complete("tono", "konsep", isi="ada")
    moment = spoken(edaran.task("konsep").closed_at, "Asia/Jakarta")
    with pytest.raises(AlreadyDone) as refusal:
        edaran.complete("ani", "konsep", task=task, how=how, isi="ada")
    assert refusal.value.status == 409
    assert f"sudah diselesaikan oleh Tono Contoh pada {moment}" in str(refusal.value)
    assert moment.endswith("WIB")


def test_the_answers_of_a_return_are_not_asked_for(edaran):
    edaran.complete("ani", "konsep", isi="ada")
    edaran.complete("budi", "periksa")
    for unit, name in (("dinkes", "dewi"), ("disdik", "eko"), ("dishub", "lila")):
        edaran.complete(name, "data", unit, jawaban="ada")
    how = Completion(outcome="dikembalikan", reason="kurang", members=(edaran.world.member("dinkes"),))
    task = edaran.task("rekap").id
    first = edaran.command("ani", lambda s, r: edaran.engine.complete(s, r, task, how), "k")
    assert edaran.command("ani", lambda s, r: edaran.engine.complete(s, r, task, how), "k") == first
    assert edaran.open == ["data/dinkes#2"]


def test_keys_carry_the_moment_they_were_used(world, edaran):
    edaran.begin("ani", "konsep", key="k")
    with world.scope() as session:
        kept = session.scalars(select(IdempotencyKey)).one()
        assert abs(kept.created_at - world.request(session, "ani").now) < timedelta(minutes=1)


def test_a_key_ends_after_seven_days_and_not_before(world, edaran):
    edaran.begin("ani", "konsep", key="k-lama")
    edaran.comment("dewi", "halo", key="k-baru")
    with world.scope() as session:
        kept = {row.key: row for row in session.scalars(select(IdempotencyKey))}
        now = kept["k-baru"].created_at + timedelta(days=7)
        kept["k-lama"].created_at -= timedelta(minutes=1)
    with world.scope() as session:
        assert keys.forget(session, now, batch=1) == 1
        assert keys.forget(session, now) == 0
        assert [row.key for row in session.scalars(select(IdempotencyKey))] == ["k-baru"]
    assert "task" in edaran.begin("ani", "konsep", key="k-lama")
    assert world.findings() == []


def test_forgetting_stays_within_its_tenant(world, database, edaran):
    edaran.begin("ani", "konsep", key="k")
    with tenant_transaction(database, make_tenant(database).slug) as session:
        assert keys.forget(session, datetime.now(UTC) + timedelta(days=30)) == 0
    with world.scope() as session:
        assert [row.key for row in session.scalars(select(IdempotencyKey))] == ["k"]
