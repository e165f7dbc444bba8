"""The sets an edition may ask next, held against what the machine itself reckons."""

from hypothesis import given
from hypothesis import strategies as st

from core.engine.compilation import flow_of
from core.procedures.model import Actor, Cover, Each, Edition, Outcome, Step, Target
from core.procedures.reaches import START, reaches

KEYS = tuple("abcdef")


@st.composite
def editions(draw):
    steps = []
    for place, key in enumerate(KEYS[: draw(st.integers(1, 6))]):
        targets = st.sampled_from(["next", "end", "end: case", *KEYS])
        outcomes = tuple(
            Outcome(f"o{n}", "", to, draw(st.none() | st.just("karena")))
            for n, to in enumerate(draw(st.lists(targets, max_size=3)))
        )
        each = Each(of=f"set{place % 3}") if draw(st.booleans()) else None
        steps.append(Step(key, outcomes=outcomes, each=each, keep=draw(st.booleans())))
    known = {step.key for step in steps}
    steps = [
        Step(
            s.key, outcomes=tuple(o for o in s.outcomes if o.to in known or o.to not in KEYS), each=s.each, keep=s.keep
        )
        for s in steps
    ]
    actors = {f"set{n}": Actor(f"set{n}", "", ("units",), Target("set", f"himpunan{n}")) for n in range(3)}
    return Edition("t", "c", "p", "p.x", "1", "T", Cover(), actors, tuple(steps))


@given(editions())
def test_nothing_the_machine_may_open_is_missing(edition):
    flow = flow_of(edition)
    found = reaches(edition)
    assert set(found) == {START, *flow.index}

    def asked(keys):
        rules = [flow.step(key).each for key in keys]
        return {edition.actors[rule.of].target.key for rule in rules if rule}

    assert asked(flow.may_open_first()) <= found[START]
    for key in flow.index:
        assert asked(flow.may_open(key)) <= found[key]


def step(key, **told):
    return Step(key, **told)


def test_it_is_precise_where_nothing_is_passed_over():
    actors = {name: Actor(name, "", ("units",), Target("set", name)) for name in ("satu", "dua")}
    steps = (
        step("a"),
        step("b", each=Each(of="satu")),
        step("c", outcomes=(Outcome("dikembalikan", "", "b"),)),
        step("d"),
        step("e", each=Each(of="dua")),
    )
    found = reaches(Edition("t", "c", "p", "p.x", "1", "T", Cover(), actors, steps))
    assert {key: set(sets) for key, sets in found.items()} == {
        START: set(), "a": {"satu"}, "b": set(), "c": {"satu"}, "d": {"dua"}, "e": set(),
    }  # fmt: skip


def test_blocks_reach_everything():
    actors = {"opd": Actor("opd", "", ("units",), Target("set", "opd"))}
    block = Step("blok", each=Each(of="opd", steps=(Step("isi"),)))
    found = reaches(Edition("t", "c", "p", "p.x", "1", "T", Cover(), actors, (Step("a"), block)))
    assert {frozenset({"opd"})} == set(found.values())
    assert set(found) == {START, "a", "blok", "isi"}
