"""What a superior does with a running case: reassign, excuse, add, cancel; and what anybody who sees it may say."""

from uuid import UUID

import pytest

from core.engine.errors import AlreadyDone, NoSuchCase, NoSuchUnit
from core.engine.queries import events
from core.engine.refusals import (
    AlreadyMember,
    CaseClosed,
    NotSupervisor,
    NotYours,
    ReasonRequired,
    ReassignedToOther,
    ReceiverUnable,
    StepClosed,
    TaskClosed,
    TextRequired,
)
from core.engine.service import Completion
from core.organization import roles
from core.organization.models import Role, RoleRight
from tests.world import BY, OPD

pytestmark = pytest.mark.database


@pytest.fixture
def asked(edaran):
    """Every OPD has been asked."""
    edaran.complete("ani", "konsep", isi="ada")
    edaran.complete("budi", "periksa")
    return edaran


def give(world, name, *rights):
    """A role of that person's own."""
    with world.scope() as session:
        role = Role(key=f"peran-{name}", name=f"Peran {name}", everyone=False)
        session.add(role)
        session.flush()
        session.add_all(RoleRight(tenant_id=world.id, role_id=role.id, right=right) for right in rights)
        session.flush()
        roles.grant(session, BY, role.key, person_id=world.people[name])


def told(run, kind):
    """The payload of the only event of this kind."""
    with run.world.scope() as session:
        return next(event.value for event in events(session, run.id, 0, 1000) if event.kind == kind)


def test_a_superior_gives_a_task_to_one_person_of_his_branch(world, edaran):
    with pytest.raises(ReasonRequired):
        edaran.reassign("budi", "konsep", "tono", reason=None)
    edaran.reassign("budi", "konsep", "tono", reason="Ani cuti")
    assert (world.inbox("ani"), world.inbox("tono")) == ([], ["konsep"])
    assert told(edaran, "task_reassigned") == {"alasan": "Ani cuti"}
    with pytest.raises(ReassignedToOther, match="Tono Contoh"):
        edaran.complete("ani", "konsep", isi="tetap saya")
    edaran.complete("tono", "konsep", isi="ada")
    assert edaran.open == ["periksa"]
    assert world.findings() == []


def test_not_out_of_his_branch_nor_to_somebody_shut_out(world, edaran):
    with pytest.raises(ReceiverUnable):
        edaran.reassign("budi", "konsep", "dewi")
    with pytest.raises(ReceiverUnable):
        edaran.reassign("budi", "konsep", "hadi")
    with world.scope() as session:
        world.vacate(session, "tono")
    with pytest.raises(ReceiverUnable):
        edaran.reassign("budi", "konsep", "tono")
    edaran.reassign("gita", "konsep", "dewi")
    assert world.inbox("dewi") == ["konsep"]


def test_not_by_somebody_who_does_not_stand_above_the_task(world, edaran):
    for name in ("tono", "dewi", "sari"):
        with pytest.raises(NotSupervisor):
            edaran.reassign(name, "konsep", "tono")
    edaran.complete("ani", "konsep", isi="ada")
    with pytest.raises(NotSupervisor):
        edaran.reassign("budi", "periksa", "ani")
    edaran.reassign("hadi", "periksa", "sari")
    assert world.inbox("sari") == ["periksa"]


def test_the_right_to_supervise_reaches_every_branch(world, edaran):
    give(world, "eko", "cases.supervise")
    edaran.reassign("eko", "konsep", "dewi")
    assert world.inbox("dewi") == ["konsep"]


def test_a_done_task_is_not_reassigned(edaran):
    edaran.complete("ani", "konsep", isi="ada")
    with pytest.raises(AlreadyDone, match="Ani Contoh"):
        edaran.reassign("budi", "konsep", "tono")


def test_a_straggler_is_excused_and_the_join_goes_on_without_it(world, asked):
    asked.complete("dewi", "data", "dinkes", jawaban="ada")
    asked.complete("eko", "data", "disdik", jawaban="ada")
    with pytest.raises(NotSupervisor):
        asked.excuse("fajar", "data", "dishub")
    with pytest.raises(ReasonRequired):
        asked.excuse("ani", "data", "dishub", reason="")
    asked.excuse("ani", "data", "dishub", reason="tidak ada layanan daring")
    assert asked.open == ["rekap"]
    assert asked.task("data", "dishub").status == "excused"
    with pytest.raises(TaskClosed, match="dikecualikan"):
        asked.complete("lila", "data", "dishub", jawaban="terlambat")
    assert world.findings() == []


def test_where_all_are_excused_the_supervisor_decides(world, asked):
    for unit in OPD:
        asked.excuse("ani", "data", unit)
    assert asked.open == []
    visit = asked.row.state["steps"]["data"]["visit"]
    how = Completion(outcome=None, reason="dirapatkan langsung")
    with pytest.raises(NotSupervisor):
        asked.command("dewi", lambda s, r: asked.engine.conclude(s, r, asked.id, "data", visit, how))
    asked.command("ani", lambda s, r: asked.engine.conclude(s, r, asked.id, "data", visit, how))
    assert asked.open == ["rekap"]
    assert world.findings() == []


def test_a_unit_joins_late(world, asked):
    with pytest.raises(NotSupervisor):
        asked.add_member("dewi", "data", "sekretariat")
    added = asked.add_member("ani", "data", "sekretariat")
    assert [task["label"] for task in added["opened"]] == ["Sekretariat"]
    assert world.inbox("sari") == ["data/sekretariat"]
    with pytest.raises(AlreadyMember):
        asked.add_member("ani", "data", "sekretariat")
    with pytest.raises(NoSuchUnit):
        nowhere = UUID(int=7)
        asked.command("ani", lambda s, r: asked.engine.add_member(s, r, asked.id, "data", nowhere))
    with pytest.raises(StepClosed):
        asked.add_member("ani", "periksa", "sekretariat")
    for unit, name in (*zip(OPD, ("dewi", "eko", "lila"), strict=True), ("sekretariat", "sari")):
        assert "rekap" not in asked.open
        asked.complete(name, "data", unit, jawaban="ada")
    assert asked.open == ["rekap"]
    assert world.findings() == []


def test_cancelling_closes_all_that_is_open(world, asked):
    with pytest.raises(NotSupervisor):
        asked.cancel("dewi")
    with pytest.raises(ReasonRequired):
        asked.cancel("ani", reason=None)
    asked.cancel("ani", reason="Edaran dicabut")
    row = asked.row
    assert (row.status, asked.open, row.closed_at is not None) == ("cancelled", [], True)
    assert {asked.task("data", unit).status for unit in OPD} == {"cancelled"}
    assert told(asked, "case_cancelled") == {"teks": "Edaran dicabut"}
    with pytest.raises(TaskClosed, match="dibatalkan"):
        asked.complete("dewi", "data", "dinkes", jawaban="ada")
    with pytest.raises(CaseClosed, match="dibatalkan"):
        asked.cancel("ani")
    assert world.findings() == []


def test_who_sees_the_case_comments_on_it_until_it_ends(world, edaran):
    with pytest.raises(TextRequired):
        edaran.comment("dewi", " \n ")
    edaran.comment("dewi", "  Mohon dipercepat ")
    assert told(edaran, "commented") == {"teks": "Mohon dipercepat"}
    edaran.cancel("ani")
    with pytest.raises(CaseClosed):
        edaran.comment("dewi", "Terlambat")
    assert world.findings() == []


def test_what_is_not_there_is_not_found(world, edaran):
    nowhere = UUID(int=7)
    with pytest.raises(NoSuchCase):
        edaran.command("ani", lambda s, r: edaran.engine.comment(s, r, nowhere, "halo"))
    with pytest.raises(NotYours):
        edaran.complete("budi", "konsep", isi="bukan saya")
