"""Reassign, cancel, comment, and the segregation of duties."""

import pytest

from core.engine.events import CaseCancelled, Commented, TaskClosed, TaskReassigned
from core.engine.facts import CANCEL_RIGHT, SUPERVISE_RIGHT, ActorFacts
from core.engine.refusals import NotSupervisor, ReassignedToOther, SegregationBroken
from tests.core.engine.machine.world import OPD, Case, flow, step

JUDGED = flow(step("hitung"), step("periksa", "kabid", not_by=("hitung",)), step("kirim"))


def test_reassigned_to_one_person_only_he_may_act():
    case = Case(JUDGED).start()
    assert case.reassign("hitung", "tono") == (TaskReassigned("hitung", 1, "tono"),)
    with pytest.raises(ReassignedToOther, match="sudah dialihkan kepada pegawai lain"):
        case.complete("siti@tim", "hitung")
    [done, _] = case.complete("tono", "hitung")
    assert (done.by, done.position, done.capacity) == ("tono", "meja", "definitive")


def test_a_returned_task_can_be_reassigned():
    back = flow(step("hitung"), step("periksa", "kabid", to="end", back="hitung"))
    case = Case(back).start()
    case.complete("siti@tim", "hitung")
    case.give_back("budi@kabid", "periksa")
    case.reassign("hitung", "rina")
    case.complete("rina@tim", "hitung")
    assert case.open == ["periksa#2"]


def test_cancelling_closes_all_that_is_open():
    case = Case(flow(step("data", "opd", each="all"), step("rekap"))).start("ani@opd")
    events = case.cancel()
    assert events[:-1] == tuple(TaskClosed("data", 1, "dibatalkan", member) for member in OPD)
    assert events[-1] == CaseCancelled()
    assert (case.state.status, case.status("data"), case.open) == ("cancelled", "cancelled", [])
    assert case.replayed() == case.state


def test_rights_stand_in_for_supervising():
    case = Case(JUDGED).start()
    holder = ActorFacts("admin", rights=frozenset({SUPERVISE_RIGHT}))
    case.reassign("hitung", "tono", supervises=False, actor=holder)
    with pytest.raises(NotSupervisor):
        case.cancel(supervises=False, actor=holder)
    case.cancel(supervises=False, actor=ActorFacts("admin", rights=frozenset({CANCEL_RIGHT})))
    assert case.state.status == "cancelled"


def test_a_comment_changes_nothing():
    case = Case(JUDGED).start()
    before = case.state
    assert case.comment("wati", "mohon dipercepat", "hitung") == (Commented("hitung"),)
    assert case.comment("wati", "mohon dipercepat") == (Commented(),)
    assert case.state == before
    assert "dipercepat" not in str([event.to_json() for event in case.log])


def test_who_did_it_may_not_judge_it_by_whatever_post():
    case = Case(JUDGED).start()
    case.complete("siti@tim+kabid", "hitung")
    with pytest.raises(SegregationBroken, match="Anda sendiri yang mengerjakan langkah hitung"):
        case.begin("siti@tim+kabid", "periksa")
    with pytest.raises(SegregationBroken):
        case.complete("siti@kabid", "periksa")
    case.complete("budi@kabid", "periksa")
    assert case.open == ["kirim"]


def test_where_nobody_else_can_it_passes_and_is_noted():
    case = Case(JUDGED).start()
    case.complete("siti@tim", "hitung")
    [done, _] = case.complete("siti@kabid", "periksa", alone=True)
    assert done.segregation == ("hitung",)


def test_one_member_of_an_each_is_enough_to_be_excluded():
    judged = flow(step("data", "opd", each="all"), step("periksa", "kabid", not_by=("data",)))
    case = Case(judged, ("dinkes", "disdik")).start("ani@opd")
    case.complete("siti@dinkes", "data", "dinkes")
    case.complete("rina@disdik", "data", "disdik")
    with pytest.raises(SegregationBroken):
        case.complete("siti@kabid", "periksa")
