"""Where an edition lets work be given back: the step that examines, and where it sends what is not right."""

from dataclasses import dataclass

from core.engine.flow import END, Flow
from core.engine.flows import LoadedEdition


@dataclass(frozen=True)
class Way:
    """A return: from `source` by `outcome` to `target`; `to_members` where the target is an `each`."""

    source: str
    outcome: str
    target: str
    to_members: bool


def way_back(edition: LoadedEdition) -> Way | None:
    """The return a careful office would make first: to one member of an `each`, from a step that verifies."""
    flow = edition.flow
    ways = [way for step in flow.steps for way in _ways(flow, step.key)]
    return min(ways, key=lambda way: (not way.to_members, flow.step(way.source).kind != "verify"), default=None)


def _ways(flow: Flow, key: str) -> list[Way]:
    if flow.step(key).each:
        return []
    return [
        Way(key, outcome, target, flow.step(target).each is not None)
        for outcome, to in flow.outcomes(key).items()
        if to != END
        for target in ((to,) if to else flow.step(key).return_targets)
        if flow.behind(key, target)
    ]
