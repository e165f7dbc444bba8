"""Tarik kembali: what I just sent, while nobody has taken it up."""

import pytest

from core.engine.events import DecisionAwaited, TaskClosed, TaskOpened, TaskWithdrawn
from core.engine.facts import Assignee
from core.engine.refusals import CannotWithdraw, CaseClosed, MayNotWithdraw
from tests.core.engine.machine.world import OPD, Case, flow, kinds, step

FLOW = flow(
    step("minta"),
    step("data", "opd", each="all"),
    step("rekap", "kabid", to="rapat", back="data"),
    step("rapat", "kadis"),
    step("lapor"),
)


def sent() -> Case:
    case = Case(FLOW).start()
    case.complete("siti@tim", "minta")
    return case


def answered() -> Case:
    case = sent()
    for member in OPD:
        case.complete(f"p-{member}@{member}", "data", member)
    return case


def test_it_closes_what_was_opened_and_opens_the_step_again_for_him():
    case = answered()
    case.complete("budi@kabid", "rekap")
    assert case.withdraw("budi@kabid", "rekap") == (
        TaskClosed("rapat", 1, "ditarik"),
        TaskWithdrawn("rekap", 1),
        TaskOpened("rekap", 2, Assignee("position", "kabid"), offered_to="budi"),
    )
    assert (case.open, case.status("rapat")) == (["rekap#2"], "withdrawn")
    case.complete("budi@kabid", "rekap")
    assert case.open == ["rapat#2"]
    assert not case.task("rapat").rework
    assert case.replayed() == case.state


def test_an_each_that_was_opened_closes_for_every_member():
    case = sent()
    case.withdraw("siti@tim", "minta")
    assert case.open == ["minta#2"]
    case.complete("siti@tim", "minta")
    assert case.open == ["data/dinkes#2", "data/disdik#2", "data/dishub#2"]


def test_a_return_can_be_withdrawn_and_leaves_all_as_it_was():
    case = answered()
    before = case.state
    case.give_back("budi@kabid", "rekap", ("disdik",))
    case.withdraw("budi@kabid", "rekap", visit=1)
    assert case.open == ["rekap#2"]
    assert case.state.cycles == before.cycles
    assert case.state.steps["data"].members == before.steps["data"].members
    case.complete("budi@kabid", "rekap")
    assert case.open == ["rapat"]


def test_a_running_return_runs_on_after_a_withdrawal():
    case = answered()
    case.give_back("budi@kabid", "rekap", ("disdik",))
    case.complete("p-disdik@disdik", "data", "disdik")
    assert case.state.cycles == ()
    case.withdraw("p-disdik@disdik", "data", "disdik")
    assert [each.source for each in case.state.cycles] == ["rekap"]
    assert case.open == ["data/disdik#3"]
    assert case.task("data", "disdik").rework


def test_a_self_return_can_be_withdrawn():
    case = Case(flow(step("hitung", to="end", back="hitung"))).start()
    case.give_back("siti@tim", "hitung")
    case.withdraw("siti@tim", "hitung", visit=1)
    assert case.open == ["hitung#3"]


def test_one_member_takes_his_part_back_while_the_join_waits():
    case = sent()
    case.complete("p-dinkes@dinkes", "data", "dinkes")
    events = case.withdraw("p-dinkes@dinkes", "data", "dinkes")
    assert kinds(events) == ["task_withdrawn", "task_opened"]
    assert case.open == ["data/dinkes#2", "data/disdik", "data/dishub"]


def test_the_member_who_met_the_join_takes_it_back_with_what_it_opened():
    case = answered()
    case.withdraw("p-dishub@dishub", "data", "dishub")
    assert case.open == ["data/dishub#2"]
    assert [case.status("data", member) for member in OPD[:2]] == ["done", "done"]


def test_those_whom_the_join_had_let_off_are_asked_again():
    case = Case(flow(step("data", "opd", each="any"), step("rekap"))).start("ani@opd")
    case.complete("ani@disdik", "data", "disdik")
    case.withdraw("ani@disdik", "data", "disdik")
    assert case.open == ["data/dinkes#2", "data/disdik#2", "data/dishub#2"]


def test_the_supervisor_takes_his_decision_back():
    choosing = flow(
        step("data", "opd", each="any", outcomes={"selesai": "rekap", "ulang": "rapat"}),
        step("rekap"),
        step("rapat"),
    )
    case = Case(choosing).start("ani@opd")
    case.complete("ani@disdik", "data", "disdik")
    case.conclude("atasan", "data")
    events = case.withdraw("atasan", "data", "", visit=1)
    assert events[-1] == DecisionAwaited("data", 1, "outcome")
    assert (case.status("data"), case.open) == ("waiting", [])
    case.conclude("atasan", "data", "ulang")
    assert case.open == ["rapat"]


def test_only_once_and_not_the_step_before():
    case = answered()
    case.complete("budi@kabid", "rekap")
    case.withdraw("budi@kabid", "rekap")
    with pytest.raises(CannotWithdraw, match="belum diselesaikan"):
        case.withdraw("budi@kabid", "rekap")
    with pytest.raises(CannotWithdraw, match="alurnya sudah berjalan lebih jauh"):
        case.withdraw("p-dishub@dishub", "data", "dishub")


def test_not_when_somebody_has_started():
    case = answered()
    case.complete("budi@kabid", "rekap")
    case.begin("wati@kadis", "rapat")
    with pytest.raises(CannotWithdraw, match="sudah mulai mengerjakan"):
        case.withdraw("budi@kabid", "rekap")


def test_not_when_one_member_of_many_has_finished():
    case = sent()
    case.complete("p-dinkes@dinkes", "data", "dinkes")
    with pytest.raises(CannotWithdraw, match="sudah mulai mengerjakan"):
        case.withdraw("siti@tim", "minta")


def test_not_when_somebody_has_read():
    case = answered()
    case.complete("budi@kabid", "rekap")
    with pytest.raises(CannotWithdraw, match="sudah membaca"):
        case.withdraw("budi@kabid", "rekap", unread=False)


def test_not_by_another():
    case = answered()
    case.complete("budi@kabid", "rekap")
    with pytest.raises(MayNotWithdraw):
        case.withdraw("rudi@kabid", "rekap")


def test_not_after_the_end():
    case = Case(flow(step("satu"))).start()
    case.complete("siti@tim", "satu")
    with pytest.raises(CaseClosed, match="sudah selesai"):
        case.withdraw("siti@tim", "satu")
