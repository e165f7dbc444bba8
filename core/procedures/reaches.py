"""Which sets of units a command on a step may open next: read once when an edition is made, never on the hot path.

Held true to the machine's own reckoning by a test (core.engine.flow.Flow.may_open).
"""

from collections.abc import Mapping

from core.procedures.model import END, END_CASE, NEXT, Edition, Step

START = ""


def reaches(edition: Edition) -> Mapping[str, frozenset[str]]:
    """By step key, and START for the start of a case: the keys of the sets whose members may be asked for next.

    A step that asks an empty set, or that keeps its work on a return, may be passed over, so what lies beyond it
    counts too. Where the edition has blocks, which no machine runs yet, every step reaches every set.
    """
    if any(step.is_block for step in edition.rows.values()):
        everything = frozenset(_set_of(step, edition) for step in edition.rows.values()) - {""}
        return dict.fromkeys((START, *edition.rows), everything)
    ways = {step.key: _ways(edition.steps, place) for place, step in enumerate(edition.steps)}
    first = {edition.steps[0].key} if edition.steps else set()
    return {
        START: _sets(first, ways, edition),
        **{key: _sets(set(targets), ways, edition) for key, targets in ways.items()},
    }


def _ways(steps: tuple[Step, ...], place: int) -> frozenset[str]:
    """The steps that may follow: every outcome's target, and the next in print order where one is passed over."""
    step = steps[place]
    following = steps[place + 1].key if place + 1 < len(steps) else END
    ends = {NEXT: following, END_CASE: END}
    targets = {ends.get(outcome.to, outcome.to) for outcome in step.outcomes}
    if step.each or step.keep or not _goes_on(step, targets, steps[: place + 1]):
        targets.add(following)
    return frozenset(targets) - {END}


def _goes_on(step: Step, targets: set[str], behind: tuple[Step, ...]) -> bool:
    """Whether one of the step's printed outcomes leads on; else it has the default one, to the next step."""
    back = {each.key for each in behind}
    ordinary = [outcome for outcome in step.outcomes if not outcome.added and outcome.to not in back]
    return bool(ordinary) and bool(targets)


def _sets(targets: set[str], ways: Mapping[str, frozenset[str]], edition: Edition) -> frozenset[str]:
    found: set[str] = set()
    while targets:
        key = targets.pop()
        found.add(key)
        step = edition.rows[key]
        if step.each or step.keep:
            targets |= ways[key] - found
    return frozenset(_set_of(edition.rows[key], edition) for key in found) - {""}


def _set_of(step: Step, edition: Edition) -> str:
    """The set the step asks, or ''."""
    actor = edition.actors.get(step.each.of) if step.each and step.each.over == "actor" else None
    return actor.target.key if actor and actor.target and actor.target.kind == "set" else ""
