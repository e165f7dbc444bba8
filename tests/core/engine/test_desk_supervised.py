"""What a superior supervises: the open tasks of the desks below him, in whose name, and what he does not see."""

from datetime import UTC, datetime

import pytest

from core.engine import desk, queries
from core.engine.queries import After
from tests.core.engine.procedures import EDARAN, SURAT

pytestmark = pytest.mark.database


def supervised(world, name, **asked):
    """Whose task at which step."""
    with world.scope() as session:
        asked = desk.Asked(datetime.now(UTC), "diawasi", **asked)
        rows = desk.page(session, world.actor_in(session, name), asked)
    return sorted((row.step_key, row.assignee) for row in rows)


@pytest.fixture
def asked(edaran):
    """Every OPD has been asked."""
    edaran.complete("ani", "konsep", isi="ada")
    edaran.complete("budi", "periksa")
    return edaran


def test_the_task_of_a_team_is_supervised_from_its_office_upward(world, edaran):
    team = [("konsep", "Tim tim")]
    assert [supervised(world, name) for name in ("budi", "hadi", "gita")] == [team, team, team]
    assert [supervised(world, name) for name in ("ani", "tono", "sari", "dewi")] == [[], [], [], []]


def test_the_task_of_a_post_by_those_above_it_and_not_by_its_holder(world, edaran):
    edaran.complete("ani", "konsep", isi="ada")
    post = [("periksa", "Jabatan kabid")]
    assert [supervised(world, name) for name in ("hadi", "gita")] == [post, post]
    assert [supervised(world, name) for name in ("budi", "ani", "sari")] == [[], [], []]


def test_the_task_of_a_unit_by_the_head_whose_counter_receives_and_by_those_above(world, asked):
    assert supervised(world, "fajar") == [("data", "Dishub")]
    assert supervised(world, "gita") == [("data", "Dinkes"), ("data", "Disdik"), ("data", "Dishub")]
    assert [supervised(world, name) for name in ("hadi", "dewi", "lila")] == [[], [], []]


def test_the_task_handed_to_a_person_by_who_stands_above_his_post(world, edaran):
    edaran.reassign("budi", "konsep", "tono")
    person = [("konsep", "Tono Contoh")]
    assert [supervised(world, name) for name in ("budi", "hadi", "gita")] == [person, person, person]
    assert [supervised(world, name) for name in ("tono", "ani")] == [[], []]


def test_the_task_of_a_vacant_post_below_waits_with_the_superior_himself(world):
    world.put_in_force(SURAT)
    world.start("budi", "surat").complete("budi", "kirim")
    assert supervised(world, "hadi") == [("terima", "Sekretariat")]
    with world.scope() as session:
        world.vacate(session, "sari")
    assert (world.inbox("hadi"), supervised(world, "hadi")) == (["terima"], [])
    assert supervised(world, "gita") == [("terima", "Sekretariat")]


def test_who_has_no_post_supervises_nothing(world, edaran):
    with world.scope() as session:
        world.vacate(session, "budi")
        assert desk.tally(session, world.actor_in(session, "budi"), datetime.now(UTC)) == desk.Tally(0, 0, 0, 0)
    assert supervised(world, "budi") == []


def test_a_limited_case_is_seen_by_superiors_and_a_secret_one_by_none(world):
    for secrecy in ("terbatas", "rahasia"):
        world.put_in_force(EDARAN.replace("start:", f"secrecy: {secrecy}\nstart:", 1), secrecy)
        world.start("ani", secrecy, perihal=secrecy)
    assert world.inbox("ani") == ["konsep", "konsep"]
    for name in ("budi", "hadi", "gita"):
        assert supervised(world, name, code="terbatas") == [("konsep", "Tim tim")]
        assert supervised(world, name, code="rahasia") == []
        assert len(supervised(world, name)) == 1


def test_whatever_is_listed_can_be_opened(world, asked):
    for code in ("edaran", "terbatas"):
        world.put_in_force(EDARAN.replace("start:", "secrecy: terbatas\nstart:", 1), "terbatas")
        world.start("ani", code, perihal="x")
    for name in world.people:
        with world.scope() as session:
            actor, now = world.actor_in(session, name), datetime.now(UTC)
            for which in desk.LISTS:
                for row in desk.page(session, actor, desk.Asked(now, which)):
                    assert queries.task(session, actor, row.id).number == row.number


def test_nothing_of_another_government(world, database, edaran):
    other = type(world)(database)
    for name in ("ani", "budi", "gita"):
        actor = world.actor(name)
        with other.scope() as session:
            now = datetime.now(UTC)
            listed = [desk.page(session, actor, desk.Asked(now, which)) for which in desk.LISTS]
            assert listed == [[]] * 5
            assert desk.tally(session, actor, now) == desk.Tally(0, 0, 0, 0)


def test_the_search_and_the_next_page_stay_within_the_branch(world, asked):
    assert supervised(world, "fajar", text="cuti") == [("data", "Dishub")]
    assert supervised(world, "hadi", text="cuti") == []
    with world.scope() as session:
        gita, now = world.actor_in(session, "gita"), datetime.now(UTC)
        first, second = desk.page(session, gita, desk.Asked(now, "diawasi", 2))
        rest = desk.page(session, gita, desk.Asked(now, "diawasi", 2, After(second.due_at, second.id)))
    assert len({first.id, second.id, *(row.id for row in rest)}) == 3
