"""A return runs the flow again from its target, in order, up to the step that returned."""

import re

from core.engine.events import StepPassed, StepReturned, TaskOpened
from core.engine.facts import Assignee
from core.engine.state import Cycle
from tests.core.engine.machine.world import Case, flow, kinds, step

FOUR = flow(
    step("konsep"),
    step("olah", "staf"),
    step("paraf", "kabid", to="tanda", back="konsep"),
    step("tanda", "kadis", to="end", back="olah"),
)
WHO = {"konsep": "siti@tim", "olah": "rudi@staf", "paraf": "budi@kabid", "tanda": "wati@kadis"}


def run(case: Case, *steps: str) -> Case:
    for each in steps:
        case.complete(WHO[each], each)
    return case


def test_what_lay_between_is_done_again_as_new_visits():
    case = run(Case(FOUR).start(), "konsep", "olah")
    events = case.give_back("budi@kabid", "paraf")
    assert kinds(events) == ["task_completed", "step_returned", "task_opened"]
    assert events[1] == StepReturned("paraf", "konsep")
    assert events[2] == TaskOpened("konsep", 2, Assignee("position", "tim"), offered_to="siti", rework=True)
    assert case.state.cycles == (Cycle("paraf", "konsep"),)
    assert case.status("paraf") == "returned"

    run(case, "konsep")
    assert case.open == ["olah#2"]
    run(case, "olah")
    assert case.open == ["paraf#2"]
    assert case.state.cycles == ()
    assert case.task("paraf").rework
    run(case, "paraf", "tanda")
    assert case.state.status == "done"
    assert case.replayed() == case.state


def test_a_first_visit_after_a_return_is_no_rework():
    case = run(Case(FOUR).start(), "konsep", "olah")
    case.give_back("budi@kabid", "paraf")
    run(case, "konsep", "olah", "paraf")
    assert not case.task("tanda").rework


def test_returns_nest():
    case = run(Case(FOUR).start(), "konsep", "olah", "paraf")
    case.give_back("wati@kadis", "tanda")
    run(case, "olah")
    case.give_back("budi@kabid", "paraf")
    assert case.state.cycles == (Cycle("tanda", "olah"), Cycle("paraf", "konsep"))
    run(case, "konsep", "olah")
    assert case.state.cycles == (Cycle("tanda", "olah"),)
    run(case, "paraf")
    assert case.state.cycles == ()
    assert case.open == ["tanda#2"]
    run(case, "tanda")
    assert case.state.status == "done"


def test_a_kept_step_is_passed_over_with_an_event_but_not_when_it_is_the_target():
    kept = flow(
        step("a"),
        step("survei", keep=True),
        step("b", to="c", back="a"),
        step("c", to="end", back="survei"),
    )
    case = Case(kept).start()
    for each in ("a", "survei"):
        case.complete("siti@tim", each)
    case.give_back("siti@tim", "b")
    assert case.complete("siti@tim", "a")[1:] == (
        StepPassed("survei", "keep"),
        TaskOpened("b", 2, Assignee("position", "tim"), offered_to="siti", rework=True),
    )
    case.complete("siti@tim", "b")
    case.give_back("siti@tim", "c")
    assert case.open == ["survei#2"]


def test_a_kept_step_outside_a_return_is_done_as_usual():
    case = Case(flow(step("a"), step("survei", keep=True), step("b"))).start()
    case.complete("siti@tim", "a")
    assert case.open == ["survei"]


def test_a_kept_decision_still_stands():
    kept = flow(
        step("a"),
        step("pilah", keep=True, outcomes={"perlu": "survei", "tidak": "b"}, default_outcome=None),
        step("survei"),
        step("b", to="end", back="a"),
    )
    case = Case(kept).start()
    case.complete("siti@tim", "a")
    case.complete("siti@tim", "pilah", outcome="tidak")
    case.give_back("siti@tim", "b")
    case.complete("siti@tim", "a")
    assert case.open == ["b#2"]


def test_a_jump_beyond_the_returner_ends_the_return():
    jump = flow(
        step("a", outcomes={"selesai": "b", "lompat": "c"}),
        step("b", to="c", back="a"),
        step("c"),
    )
    case = Case(jump).start()
    case.complete("siti@tim", "a")
    case.give_back("siti@tim", "b")
    case.complete("siti@tim", "a", outcome="lompat")
    assert (case.open, case.state.cycles) == (["c"], ())


def test_back_to_a_step_that_had_been_jumped_over():
    jump = flow(
        step("a", outcomes={"selesai": "b", "lompat": "c"}),
        step("b"),
        step("c", to="end", back="b"),
    )
    case = Case(jump).start()
    case.complete("siti@tim", "a", outcome="lompat")
    case.give_back("siti@tim", "c")
    assert case.open == ["b"]
    assert not case.task("b").rework


def test_a_step_may_be_sent_back_to_itself():
    again = flow(step("hitung", to="end", back="hitung"))
    case = Case(again).start()
    case.give_back("siti@tim", "hitung")
    assert case.open == ["hitung#2"]
    case.complete("siti@tim", "hitung")
    assert case.state.status == "done"


def test_the_returner_chooses_the_target_where_the_outcome_leaves_it_open():
    free = step("c", outcomes={"selesai": "end", "dikembalikan": ""}, return_targets=("a", "b"))
    case = Case(flow(step("a"), step("b"), free)).start()
    case.complete("siti@tim", "a")
    case.complete("siti@tim", "b")
    case.give_back("siti@tim", "c", target="b")
    assert case.open == ["b#2"]


def test_the_file_goes_back_to_the_officer_who_held_it():
    case = Case(FOUR).start()
    case.complete("rina@tim", "konsep")
    case.complete("rudi@staf", "olah")
    case.give_back("budi@kabid", "paraf")
    assert case.task("konsep").offered_to == "rina"
    case.complete("rina@tim", "konsep")
    assert case.open == ["olah#2"]


def test_when_he_may_not_act_there_any_more_whoever_answers_for_it_does():
    case = Case(FOUR).start()
    case.complete("rina@tim", "konsep")
    case.complete("rudi@staf", "olah")
    case.give_back("budi@kabid", "paraf")
    case.complete("siti@tim", "konsep", offered_still_holds=False)
    assert case.open == ["olah#2"]


def test_whoever_worked_by_reassignment_gets_it_back_with_that_right():
    case = Case(FOUR).start()
    case.reassign("konsep", "tono")
    case.complete("tono", "konsep")
    case.complete("rudi@staf", "olah")
    opened = case.give_back("budi@kabid", "paraf")[-1]
    assert (opened.offered_to, opened.reassigned_to) == ("tono", "tono")
    case.complete("tono", "konsep")
    assert case.open == ["olah#2"]


def test_the_state_does_not_grow_with_returns():
    case = run(Case(FOUR).start(), "konsep", "olah")
    sizes = []
    for _ in range(30):
        case.give_back("budi@kabid", "paraf")
        run(case, "konsep", "olah")
        sizes.append(len(re.sub(r"\d+", "0", str(case.state.to_json()))))
    assert len(set(sizes[1:])) == 1
