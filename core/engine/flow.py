"""What the machine knows of an edition: its steps in print order and where each may lead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

END = "end"
DEFAULT = "selesai"

Join = Literal["all", "any"] | int


@dataclass(frozen=True)
class EachRule:
    """One task per member of the set `of` (an actor's key); `join` is all, any, or at least this many."""

    of: str
    join: Join = "all"


@dataclass(frozen=True)
class FlowStep:
    """One step. `actors`: the first is responsible, the others take part.

    `outcomes` maps an outcome to the step it leads to, or END; '' lets the actor choose one of
    `return_targets`; none at all means that the step is simply done. `default_outcome` is None where
    the actor must name one. `not_by` names steps whose doer may not do this one. `label` is the step's name
    in messages.
    """

    key: str
    label: str = ""
    kind: str = "work"
    actors: tuple[str, ...] = ()
    each: EachRule | None = None
    outcomes: Mapping[str, str] = field(default_factory=dict)
    default_outcome: str | None = DEFAULT
    return_targets: tuple[str, ...] = ()
    keep: bool = False
    not_by: tuple[str, ...] = ()
    standing: bool = False


@dataclass(frozen=True)
class Flow:
    """The steps in print order; `start_by` names the actors who may start a case (none: the first step's)."""

    steps: tuple[FlowStep, ...]
    start_by: tuple[str, ...] = ()

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Each step's place in print order, from 0."""
        return {step.key: place for place, step in enumerate(self.steps)}

    def step(self, key: str) -> FlowStep:
        """The step of that key; KeyError where the flow has none."""
        return self.steps[self.index[key]]

    def following(self, key: str) -> str:
        """The next step in print order, or END."""
        place = self.index[key] + 1
        return self.steps[place].key if place < len(self.steps) else END

    def outcomes(self, key: str) -> Mapping[str, str]:
        """The step's outcomes with their targets; a step without any has the default, to the next step."""
        return self.step(key).outcomes or {DEFAULT: self.following(key)}

    def label(self, key: str) -> str:
        """The step's name for people."""
        return self.step(key).label or key

    def passing(self, key: str) -> str:
        """Where the flow goes on when the step has nothing to do: its default outcome's target, if ahead."""
        target = self.outcomes(key).get(self.step(key).default_outcome or "", "")
        return target if target and not self.behind(key, target) else self.following(key)

    def behind(self, key: str, target: str) -> bool:
        """Whether going from `key` to `target` is a RETURN; a step sent back to itself is one too."""
        return target != END and self.index[target] <= self.index[key]

    def may_open(self, key: str) -> frozenset[str]:
        """Every step that leaving `key` in one move might open: the facts must know their actors and sets."""
        return self._closure({*self.outcomes(key).values(), *self.step(key).return_targets} - {END, ""})

    def may_open_first(self) -> frozenset[str]:
        """Every step that starting a case might open."""
        return self._closure({self.steps[0].key})

    def _closure(self, targets: set[str]) -> frozenset[str]:
        """The targets and what lies beyond those that may be passed over (an empty set, a kept step)."""
        found: set[str] = set()
        while targets:
            key = targets.pop()
            found.add(key)
            step = self.step(key)
            if step.each or step.keep:
                beyond = {self.passing(key), *(each for each in self.outcomes(key).values() if each)}
                targets |= beyond - found - {END}
        return frozenset(found)
