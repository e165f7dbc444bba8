"""Random commands upon random editions: the rules of the machine hold whatever people do."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.engine.commands import Complete, Start
from core.engine.legal import legal
from tests.core.engine.machine.random_cases import RandomCase, command_of, flows, moves

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONG = settings(QUICK, max_examples=10_000)


def rules_hold(flow, doings):
    """No lost and no double task, replay equals state, refusals change nothing, an end can be reached."""
    case = RandomCase(flow)
    assert case.attempt(Start(), case.facts_at((0, 0, 0, 0), True, Start()))
    for kind, at, sensible in doings:
        command = command_of(case, kind, at, sensible)
        case.attempt(command, case.facts_at(at, sensible, command))
        case.holds()
    assert case.replayed() == case.state
    case.drive()
    case.holds()
    assert case.replayed() == case.state


test_rules_hold = QUICK(given(flows(), moves)(rules_hold))
test_rules_hold_long = pytest.mark.soak(LONG(given(flows(), moves)(rules_hold)))


@QUICK
@given(flows(), st.integers(0, 20))
def test_the_state_does_not_grow_with_return_cycles(flow, pick):
    back = [step for step in flow.steps if step.return_targets and not step.each]
    assume(back)
    source = back[pick % len(back)]
    case = RandomCase(flow)
    case.attempt(Start(), case.facts_at((0, 0, 0, 0), True, Start()))
    sizes = []
    for _ in range(8):
        while case.state.status == "open" and source.key not in {key for key, *_ in case.state.open_tasks()}:
            case.forward()
        assume(case.state.status == "open")
        sizes.append(len(re.sub(r"\d+", "0", str(case.state.to_json()))))
        _return(case, source)
    assert len(set(sizes[3:])) == 1


def _return(case, source):
    facts = replace(case.facts_at((0, 1, 1, 0), True, Start()), alone=True)
    target = source.return_targets[0]
    found = case.state.steps.get(target)
    members = found.having("done", "excused", "not_needed") if found and case.flow.step(target).each else ()
    visit = case.visit(source.key)
    assert case.attempt(Complete(source.key, visit, "", "dikembalikan", "x", target, members[:1]), facts)


@QUICK
@given(flows(), moves)
def test_what_is_called_legal_is_accepted_and_somebody_may_always_go_on(flow, doings):
    case = RandomCase(flow)
    case.attempt(Start(), case.facts_at((0, 0, 0, 0), True, Start()))
    for kind, at, sensible in doings[:10]:
        command = command_of(case, kind, at, sensible)
        case.attempt(command, case.facts_at(at, sensible, command))
    if case.state.status != "open":
        return
    running = [key for key, step in case.state.steps.items() if step.status in ("open", "waiting")]
    tasks = [(key, member, task.reassigned_to) for key, member, task in case.state.open_tasks()]
    found = set()
    for key, member, person in tasks or [(running[0], "", None)]:
        facts = case.facts("x", supervises=True, alone=True, offered_still_holds=False)
        actor = case.facts_at((0, 1, 1, 0), True, Start()).actor
        facts = replace(facts, actor=replace(actor, person=person or actor.person))
        found |= {option.command for option in legal(case.flow, case.state, facts, key, member)}
    assert found & {"complete", "conclude"}
