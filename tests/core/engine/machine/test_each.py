"""One task per member, the join, stragglers, late members, and a return to one of them."""

import pytest

from core.engine.events import (
    DecisionAwaited,
    MemberAdded,
    MemberExcused,
    SetFixed,
    StepJoined,
    StepPassed,
    StepReturned,
    TaskClosed,
    TaskOpened,
)
from core.engine.facts import Assignee
from tests.core.engine.machine.world import OPD, Case, flow, kinds, step


def collecting(join="all", **more):
    return flow(
        step("minta"),
        step("data", "opd", each=join, **more),
        step("rekap", to="rapat", back="data"),
        step("rapat"),
    )


def opened(join="all", members=OPD, **more):
    case = Case(collecting(join, **more), members).start()
    case.complete("siti@tim", "minta")
    return case


def answered(*members, join="all"):
    case = opened(join)
    for member in members:
        case.complete(f"p-{member}@{member}", "data", member)
    return case


def test_one_task_per_member_for_its_desk():
    case = opened()
    assert case.open == ["data/dinkes", "data/disdik", "data/dishub"]
    assert case.log[-4] == SetFixed("data", OPD)
    assert case.log[-3] == TaskOpened("data", 1, Assignee("unit", "dinkes"), "dinkes")


def test_the_join_waits_for_all():
    case = answered("dinkes", "dishub")
    assert case.open == ["data/disdik"]
    events = case.complete("ani@disdik", "data", "disdik")
    assert events[1] == StepJoined("data", 1, "selesai", "disdik", "ani")
    assert case.open == ["rekap"]


@pytest.mark.parametrize(("join", "needed"), [("any", 1), (2, 2)])
def test_any_and_at_least_n_close_the_rest_as_not_needed(join, needed):
    case = opened(join)
    for member in OPD[: needed - 1]:
        case.complete(f"ani@{member}", "data", member)
    events = case.complete(f"ani@{OPD[needed - 1]}", "data", OPD[needed - 1])
    closed = [event for event in events if isinstance(event, TaskClosed)]
    assert closed == [TaskClosed("data", 1, "tidak diperlukan", member) for member in OPD[needed:]]
    assert case.open == ["rekap"]
    assert case.status("data", OPD[-1]) == "not_needed"


def test_an_empty_set_passes_at_once():
    case = Case(collecting(), members=()).start()
    events = case.complete("siti@tim", "minta")
    assert events[1] == StepPassed("data", "empty set")
    assert case.open == ["rekap"]


def test_a_return_after_an_empty_set_needs_no_members():
    case = Case(collecting(), members=()).start()
    case.complete("siti@tim", "minta")
    case.give_back("siti@tim", "rekap")
    assert case.open == ["rekap#2"]


def test_an_excused_straggler_counts_as_done():
    case = answered("dinkes", "dishub")
    events = case.excuse("data", "disdik")
    assert events[:2] == (MemberExcused("data", 1, "disdik"), StepJoined("data", 1, "selesai", "disdik"))
    assert case.open == ["rekap"]


def test_if_all_are_excused_the_supervisor_goes_on():
    case = opened()
    for member in OPD:
        events = case.excuse("data", member)
    assert events[-1] == DecisionAwaited("data", 1, "too few")
    assert (case.status("data"), case.open) == ("waiting", [])
    case.conclude("atasan", "data")
    assert case.open == ["rekap"]
    assert case.replayed() == case.state


def test_or_cancels():
    case = opened()
    for member in OPD:
        case.excuse("data", member)
    case.cancel()
    assert case.state.status == "cancelled"


def test_at_least_two_with_too_few_left_waits_for_the_supervisor():
    case = opened(2)
    case.complete("ani@dinkes", "data", "dinkes")
    case.excuse("data", "disdik")
    assert case.excuse("data", "dishub")[-1] == DecisionAwaited("data", 1, "too few")
    case.conclude("atasan", "data")
    assert case.open == ["rekap"]


def test_the_supervisor_chooses_the_outcome_of_an_each_step_at_the_join():
    case = opened(outcomes={"selesai": "rekap", "langsung": "rapat"})
    for member in OPD:
        events = case.complete(f"ani@{member}", "data", member)
    assert events[-1] == DecisionAwaited("data", 1, "outcome")
    events = case.conclude("atasan", "data", "langsung")
    assert events[0] == StepJoined("data", 1, "langsung", "", "atasan")
    assert case.open == ["rapat"]


def test_a_late_member_is_added_and_waited_for():
    case = answered("dinkes", "disdik")
    assert case.add("data", "diskominfo") == (
        MemberAdded("data", "diskominfo"),
        TaskOpened("data", 1, Assignee("unit", "diskominfo"), "diskominfo"),
    )
    case.complete("ani@dishub", "data", "dishub")
    assert case.open == ["data/diskominfo"]


def test_an_excused_member_can_be_asked_again():
    case = answered("dinkes")
    case.excuse("data", "disdik")
    case.add("data", "disdik")
    assert case.open == ["data/disdik#2", "data/dishub"]


def test_a_waiting_step_opens_again_for_a_late_member():
    case = opened(members=("dinkes",))
    case.excuse("data", "dinkes")
    case.add("data", "disdik")
    assert (case.status("data"), case.open) == ("open", ["data/disdik"])
    case.complete("ani@disdik", "data", "disdik")
    assert case.open == ["rekap"]


def test_a_return_reopens_only_the_chosen_member_and_the_join_waits_for_it():
    case = answered(*OPD)
    events = case.give_back("siti@tim", "rekap", ("disdik",))
    assert events[1:] == (
        StepReturned("rekap", "data", ("disdik",)),
        TaskOpened("data", 2, Assignee("unit", "disdik"), "disdik", offered_to="p-disdik", rework=True),
    )
    assert case.open == ["data/disdik#2"]
    assert [case.status("data", member) for member in OPD] == ["done", "open", "done"]
    case.complete("p-disdik@disdik", "data", "disdik")
    assert case.open == ["rekap#2"]


def test_two_chosen_members_are_both_waited_for_whatever_the_join_was():
    case = answered("dinkes", "disdik", join=2)
    case.give_back("siti@tim", "rekap", ("dinkes", "disdik"))
    case.complete("p-disdik@disdik", "data", "disdik")
    assert case.open == ["data/dinkes#2"]
    case.complete("p-dinkes@dinkes", "data", "dinkes")
    assert case.open == ["rekap#2"]
    assert case.status("data", "dishub") == "not_needed"


def test_a_return_may_ask_one_whom_the_join_had_let_off():
    case = answered("dinkes", join="any")
    case.give_back("siti@tim", "rekap", ("dishub",))
    assert case.open == ["data/dishub#2"]
    assert case.task("data", "dishub").offered_to is None


def test_an_each_between_target_and_returner_is_asked_again_with_todays_set():
    between = flow(step("minta"), step("data", "opd", each="all"), step("rekap", to="end", back="minta"))
    case = Case(between, ("dinkes", "disdik")).start()
    case.complete("siti@tim", "minta")
    case.add("data", "diskominfo")
    for member in ("dinkes", "disdik", "diskominfo"):
        case.complete(f"p-{member}@{member}", "data", member)
    case.give_back("siti@tim", "rekap")
    case.members = ("dinkes", "dishub")
    case.complete("siti@tim", "minta")
    assert case.open == ["data/dinkes#2", "data/dishub#2", "data/diskominfo#2"]
    assert case.task("data", "dinkes").rework
    assert not case.task("data", "dishub").rework
    assert "disdik" not in case.state.steps["data"].members
    assert case.replayed() == case.state


def test_members_do_not_hear_of_each_other():
    for event in answered(*OPD).log:
        if getattr(event, "member", ""):
            others = set(OPD) - {event.member}
            assert not others & set(str(event.to_json()).split("'"))


def test_a_member_mistaken_twice_is_opened_once():
    case = answered(*OPD)
    case.give_back("siti@tim", "rekap", ("disdik", "disdik"))
    assert kinds(tuple(case.log[-3:])) == ["task_completed", "step_returned", "task_opened"]


def test_after_a_full_reopening_the_join_is_again_what_it_was():
    asked = flow(
        step("minta"),
        step("data", "opd", each="any"),
        step("rekap", outcomes={"selesai": "end", "dikembalikan": ""}, return_targets=("minta", "data")),
    )
    case = Case(asked).start()
    case.complete("siti@tim", "minta")
    case.complete("ani@dinkes", "data", "dinkes")
    case.give_back("siti@tim", "rekap", ("dinkes", "disdik"), target="data")
    case.complete("ani@dinkes", "data", "dinkes")
    assert case.open == ["data/disdik#2"]
    case.complete("ani@disdik", "data", "disdik")
    case.give_back("siti@tim", "rekap", target="minta")
    case.complete("siti@tim", "minta")
    case.complete("ani@dinkes", "data", "dinkes")
    assert case.open == ["rekap#3"]
