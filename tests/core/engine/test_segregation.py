"""Who made something does not judge it, checked by person across his posts; unless there is nobody else."""

import pytest

from core.engine.queries import events
from core.engine.refusals import SegregationBroken
from core.organization import teams
from tests.world import BY

pytestmark = pytest.mark.database


@pytest.fixture
def by_his_own(world, edaran):
    """The head of the bidang sits in the team too and drafts himself what he is to check."""
    with world.scope() as session:
        teams.add_member(session, BY, world.teams["tim"], position_id=world.positions["kabid"])
    edaran.complete("budi", "konsep", isi="saya susun sendiri")
    return edaran


def last_body(run):
    with run.world.scope() as session:
        return next(e.body for e in reversed(events(session, run.id, 0, 1000)) if e.kind == "task_completed")


def test_where_nobody_else_can_it_is_let_pass_and_noted(by_his_own):
    by_his_own.complete("budi", "periksa")
    assert last_body(by_his_own)["segregation"] == ["konsep"]
    assert len(by_his_own.open) == 3
    assert by_his_own.world.findings() == []


def test_where_somebody_else_answers_for_it_too_it_is_refused(world, by_his_own):
    with world.scope() as session:
        world.assign(session, "sari", "kabid", kind="plh")
    with pytest.raises(SegregationBroken, match=r"langkah 1 \(Menyusun konsep edaran\)"):
        by_his_own.begin("budi", "periksa")
    with pytest.raises(SegregationBroken):
        by_his_own.complete("budi", "periksa")
    by_his_own.complete("sari", "periksa")
    assert "segregation" not in last_body(by_his_own)


def test_it_is_the_person_that_counts_and_not_the_post(world, edaran):
    edaran.complete("ani", "konsep", isi="ada")
    with world.scope() as session:
        world.assign(session, "ani", "kabid", kind="plh")
    assert "periksa" in world.inbox("ani")
    with pytest.raises(SegregationBroken):
        edaran.complete("ani", "periksa")
    edaran.complete("budi", "periksa")
    assert len(edaran.open) == 3
