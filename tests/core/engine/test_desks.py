"""On whose desk a task lies: the receiving desk of a unit, its Plt, and the superior where nobody is there."""

from datetime import date, timedelta

import pytest

from core.engine.queries import events
from core.engine.refusals import NotYours
from core.engine.service import Completion
from core.identity import accounts
from core.identity.actor import by_person
from tests.core.engine.procedures import SURAT
from tests.world import BY

pytestmark = pytest.mark.database


@pytest.fixture
def letter(world):
    """A letter sent to the sekretariat."""
    world.put_in_force(SURAT)
    run = world.start("budi", "surat")
    run.complete("budi", "kirim")
    return run


def capacity(run):
    """In which capacity, and from which post, the last completion was done."""
    with run.world.scope() as session:
        done = [event for event in events(session, run.id, 0, 100) if event.kind == "task_completed"][-1]
    return done.capacity, done.position


def test_a_units_task_lies_with_its_head(world, letter):
    assert world.inbox("sari") == ["terima"]
    letter.complete("sari", "terima")
    assert capacity(letter) == ("definitive", "Jabatan sekretaris")


def test_or_at_the_receiving_desk_it_has_chosen_and_not_with_its_head(world, edaran):
    edaran.complete("ani", "konsep", isi="ada")
    edaran.complete("budi", "periksa")
    assert (world.inbox("lila"), world.inbox("fajar")) == (["data/dishub"], [])
    with pytest.raises(NotYours):
        edaran.complete("fajar", "data", "dishub", jawaban="saya kepalanya")
    edaran.complete("lila", "data", "dishub", jawaban="dari loket")


def test_who_stands_in_for_the_absent_does_it_in_that_capacity(world, letter):
    with world.scope() as session:
        world.vacate(session, "sari")
        world.assign(session, "tono", "sekretaris", kind="plt")
    assert (world.inbox("tono"), world.inbox("sari"), world.inbox("hadi")) == (["terima"], [], [])
    letter.complete("tono", "terima")
    assert capacity(letter) == ("plt", "Jabatan sekretaris")


def test_where_the_post_is_vacant_it_lies_with_the_nearest_superior(world, letter):
    with world.scope() as session:
        world.vacate(session, "sari")
    assert (world.inbox("hadi"), world.inbox("gita")) == (["terima"], [])
    with world.scope() as session:
        world.vacate(session, "hadi")
    assert world.inbox("gita") == ["terima"]
    letter.complete("gita", "terima")
    assert capacity(letter) == ("superior", "Jabatan sekda")


def test_the_day_decides_and_it_is_the_day_where_the_tenant_lives(world, letter):
    tomorrow = date.today() + timedelta(days=2)
    with world.scope() as session:
        world.assign(session, "tono", "sekretaris", kind="plh", since=tomorrow)
    assert world.inbox("tono") == []
    with world.scope(today=tomorrow) as session:
        request = world.request(session, "tono")
        letter.engine.complete(session, request, letter.task("terima").id, Completion())
    assert capacity(letter) == ("plh", "Jabatan sekretaris")


def test_a_shut_account_answers_for_nothing(world, letter):
    with world.scope() as session:
        accounts.disable(session, BY, world.people["sari"], world.request(session, "budi").now)
        assert by_person(session, world.people["sari"]) is None
