"""From an edition to the flow the machine runs on."""

from core.engine.flow import DEFAULT, END, EachRule, Flow, FlowStep, Join
from core.procedures.model import END_CASE, NEVER, NEXT, Edition, Outcome, Step
from core.procedures.words import SEGREGATED

_LABEL_LENGTH = 70


def flow_of(edition: Edition) -> Flow:
    """The edition's flow, one step per row in print order.

    Raises ValueError on a block or a set the machine does not run yet; such an edition is never put in force.
    """
    keys = [step.key for step in edition.steps]
    places = {key: place for place, key in enumerate(keys)}
    following = [*keys[1:], END]
    steps = map(lambda step, after: _step(step, after, places), edition.steps, following)
    return Flow(tuple(steps), edition.start.by)


def _step(step: Step, following: str, places: dict[str, int]) -> FlowStep:
    if step.is_block or (step.each and step.each.over != "actor"):
        raise ValueError(f"the machine does not run this yet: {step.key}")
    outcomes = {each.key: _target(each, following) for each in step.outcomes}
    back = tuple(t for t in outcomes.values() if t != END and places[t] <= places[step.key])
    ordinary = [each.key for each in step.outcomes if not each.added and outcomes[each.key] not in back]
    if not ordinary:
        ordinary, outcomes = [DEFAULT], {DEFAULT: following, **outcomes}
    return FlowStep(
        key=step.key,
        label=_label(step),
        kind=step.kind,
        actors=step.actors,
        each=EachRule(step.each.of, _join(step.each.join)) if step.each else None,
        outcomes=outcomes,
        default_outcome=ordinary[0] if len(ordinary) == 1 else None,
        return_targets=tuple(dict.fromkeys(back)),
        keep=step.keep,
        not_by=_not_by(step),
        standing=step.standing,
    )


def _target(outcome: Outcome, following: str) -> str:
    return {NEXT: following, END_CASE: END}.get(outcome.to, outcome.to)


def _join(join: str | int) -> Join:
    if isinstance(join, int):
        return join
    return "any" if join == "any" else "all"


def _not_by(step: Step) -> tuple[str, ...]:
    """The steps named, and for verify and sign by default the step whose output they judge."""
    judged: tuple[str, ...] = ()
    if step.kind in SEGREGATED:
        sources = tuple(dict.fromkeys(each.step for each in step.requirements if each.step and not each.case))
        named = step.returns_to if step.returns_to != NEVER else None
        judged = (named,) if named else sources if len(sources) == 1 else ()
    return tuple(key for key in dict.fromkeys((*step.not_by, *judged)) if key != step.key)


def _label(step: Step) -> str:
    words = " ".join((step.activity or step.key).split())
    short = words if len(words) <= _LABEL_LENGTH else words[: _LABEL_LENGTH - 1].rstrip() + "…"
    return f"{step.no} ({short})" if step.no else short
