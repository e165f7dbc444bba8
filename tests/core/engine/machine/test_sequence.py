"""Steps in print order, outcomes that jump or end, a closing row."""

from core.engine.commands import Start
from core.engine.events import CaseEnded, TaskCompleted, TaskOpened
from core.engine.facts import START_RIGHT, ActorFacts, Assignee
from core.engine.flow import Flow, FlowStep
from tests.core.engine.machine.world import Case, flow, kinds, step

THREE = flow(step("siapkan"), step("periksa", "kabid"), step("kirim", "kadis"))


def test_steps_run_in_print_order_each_for_its_own_actor():
    case = Case(THREE)
    assert kinds(case.do("siti@tim", Start())) == ["case_started", "task_opened"]
    assert case.open == ["siapkan"]

    done, opened = case.complete("siti@tim", "siapkan")
    assert done == TaskCompleted("siapkan", 1, "selesai", "siti", "", "jabatan-tim", "definitive")
    assert opened == TaskOpened("periksa", 1, Assignee("position", "kabid"))

    case.complete("budi@kabid", "periksa")
    assert kinds(case.complete("wati@kadis", "kirim")) == ["task_completed", "case_ended"]
    assert (case.state.status, case.state.ended, case.open) == ("done", "selesai", [])
    assert case.replayed() == case.state


def test_mulai_is_noted_once():
    case = Case(THREE).start()
    assert kinds(case.begin("siti@tim", "siapkan")) == ["task_started"]
    assert case.task("siapkan").started
    assert case.begin("siti@tim", "siapkan") == ()
    assert case.begin("rina@tim", "siapkan") == ()


def test_an_outcome_jumps_over_steps():
    choice = step("telaah", outcomes={"lengkap": "kirim", "kurang": "lengkapi"}, default_outcome=None)
    case = Case(flow(choice, step("lengkapi"), step("kirim"))).start()
    case.complete("siti@tim", "telaah", outcome="lengkap")
    assert case.open == ["kirim"]
    assert "lengkapi" not in case.state.steps


def test_an_outcome_ends_the_case():
    refuse = step("telaah", outcomes={"selesai": "kirim", "ditolak": "end"})
    case = Case(flow(refuse, step("kirim"))).start()
    assert case.complete("siti@tim", "telaah", outcome="ditolak")[-1] == CaseEnded("selesai")
    assert case.state.status == "done"


def test_a_standing_row_opens_no_task_and_ends_the_case():
    case = Case(flow(step("terbitkan"), step("layanan", "publik", standing=True))).start()
    assert case.complete("siti@tim", "terbitkan")[-1] == CaseEnded("selesai, layanan berjalan")
    assert case.state.ended == "selesai, layanan berjalan"
    assert "layanan" not in case.state.steps


def test_of_several_actors_the_first_is_responsible():
    case = Case(flow(FlowStep("rapat", actors=("kabid", "tim")), step("lapor")))
    case.do("budi@kabid", Start())
    assert case.task("rapat").assignee == Assignee("position", "kabid")


def test_a_case_is_started_by_those_named_or_with_the_right():
    named = Flow(THREE.steps, start_by=("kadis",))
    assert Case(named).start("wati@kadis").open == ["siapkan"]
    case = Case(named)
    case.do("jadwal", Start(), actor=ActorFacts("jadwal", rights=frozenset({START_RIGHT})))
    assert case.open == ["siapkan"]


def test_the_flow_says_which_steps_one_move_may_open():
    seen = flow(
        step("a"),
        step("b", "opd", each="all"),
        step("c", keep=True),
        step("d", to="e", back="b"),
        step("e"),
    )
    assert seen.may_open_first() == {"a"}
    assert seen.may_open("a") == {"b", "c", "d"}
    assert seen.may_open("d") == {"e", "b", "c", "d"}
