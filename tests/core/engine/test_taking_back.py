"""Tarik kembali and the return's first offer: who sent something on too soon, and who gets it back."""

import pytest

from core.engine import reading
from core.engine.refusals import CannotWithdraw, MayNotWithdraw, OfferedToOther, ReasonRequired
from tests.world import OPD

pytestmark = pytest.mark.database


@pytest.fixture
def sent(edaran):
    """The first step is done, its checker has not looked yet."""
    edaran.complete("ani", "konsep", isi="terlalu cepat")
    return edaran


def look(run, name, step, member=""):
    """Opens the task's page."""
    with run.world.scope() as session:
        actor = run.world.actor_in(session, name)
        task_id = run.task(step, member).id
        return reading.task_detail(session, run.engine.editions, actor, task_id, run.world.request(session, name).now)


def test_a_completion_is_taken_back_while_nobody_has_read_what_it_opened(world, sent):
    with pytest.raises(ReasonRequired):
        sent.withdraw("ani", "konsep", reason="")
    sent.withdraw("ani", "konsep", reason="salah lampiran")
    assert sent.open == ["konsep#2"]
    assert sent.task("konsep", visit=1).status == "withdrawn"
    assert sent.task("periksa").status == "withdrawn"
    assert (world.inbox("ani"), world.inbox("budi")) == (["konsep"], [])
    sent.complete("ani", "konsep", isi="sudah benar")
    assert sent.open == ["periksa#2"]
    assert world.findings() == []


def test_not_once_its_official_has_looked(sent):
    assert look(sent, "budi", "periksa")["former"] is None
    assert sent.task("periksa").read_at is not None
    with pytest.raises(CannotWithdraw, match="sudah membaca"):
        sent.withdraw("ani", "konsep")


def test_others_may_look_and_it_is_still_taken_back(sent):
    look(sent, "ani", "periksa")
    look(sent, "dewi", "periksa")
    sent.withdraw("ani", "konsep")
    assert sent.open == ["konsep#2"]


def test_not_once_its_official_has_begun(sent):
    sent.begin("budi", "periksa")
    with pytest.raises(CannotWithdraw, match="sudah mulai mengerjakan"):
        sent.withdraw("ani", "konsep")


def test_not_by_somebody_else_nor_after_the_flow_went_on(sent):
    with pytest.raises(MayNotWithdraw):
        sent.withdraw("tono", "konsep")
    sent.complete("budi", "periksa")
    with pytest.raises(CannotWithdraw):
        sent.withdraw("ani", "konsep")


def test_a_member_takes_its_part_back_while_others_are_still_asked(world, sent):
    sent.complete("budi", "periksa")
    sent.complete("dewi", "data", "dinkes", jawaban="keliru")
    sent.withdraw("dewi", "data", "dinkes")
    assert sent.open == ["data/dinkes#2", "data/disdik", "data/dishub"]
    assert world.findings() == []


def test_the_last_member_takes_back_what_met_the_join(world, sent):
    sent.complete("budi", "periksa")
    for unit, name in zip(OPD, ("dewi", "eko", "lila"), strict=True):
        sent.complete(name, "data", unit, jawaban="ada")
    assert sent.open == ["rekap"]
    sent.withdraw("lila", "data", "dishub")
    assert sent.open == ["data/dishub#2"]
    assert world.findings() == []


def test_beginning_twice_changes_nothing_the_second_time(sent):
    first = sent.begin("budi", "periksa")
    again = sent.begin("budi", "periksa")
    assert (first["task"]["version"], again["task"]["version"]) == (2, 2)
    assert {**first, "task": None} == {**again, "task": None}
    assert sent.row.head_seq == 5


def test_what_comes_back_is_offered_first_to_who_did_it(world, sent):
    sent.give_back("budi", "periksa")
    assert sent.task("konsep").offered_to == world.people["ani"]
    with pytest.raises(OfferedToOther, match="Ani Contoh"):
        sent.complete("tono", "konsep", isi="saya saja")
    sent.complete("ani", "konsep", isi="diperbaiki")
    assert sent.open == ["periksa#2"]


def test_unless_he_no_longer_answers_for_it(world, sent):
    sent.give_back("budi", "periksa")
    with world.scope() as session:
        world.vacate(session, "ani")
    sent.complete("tono", "konsep", isi="menggantikan")
    assert sent.open == ["periksa#2"]
