"""A SOP as the engine, the sheet and the export read it: frozen, complete, without reference to any file.

An `Edition` is one procedure bound to one tenant. It turns into JSON and back exactly; equal contents
have equal hashes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from core.procedures import codec

Unit = Literal["menit", "jam", "hari", "minggu", "bulan"]
NEXT = "next"
END = "end"
END_CASE = "end: case"
NEVER = "none"


@dataclass(frozen=True)
class Duration:
    """A norm time. `low` and `high` count `unit`s; `per` names the item it is multiplied by."""

    text: str
    unit: Unit
    low: float
    high: float
    per: str | None = None
    working: bool = False


@dataclass(frozen=True)
class Requirement:
    """A kelengkapan; `step` and `field` name the output that meets it.

    `case` is None for this case, 'previous' for last period's, or the procedure of a related case.
    """

    text: str
    step: str | None = None
    field: str | None = None
    case: str | None = None
    blocking: bool = False
    uncertain: str | None = None


@dataclass(frozen=True)
class Outcome:
    """A named result. `to` is a step key, 'next', 'end' or 'end: case'; a step behind makes it a return."""

    key: str
    label: str
    to: str = NEXT
    added: str | None = None


@dataclass(frozen=True)
class Choice:
    """One answer of a choice, one item of a checklist, one criterion of a score sheet (with its weight)."""

    key: str
    label: str
    weight: float | None = None


@dataclass(frozen=True)
class Field:
    """One field of a form. `required` is True, False or a condition; `fields` are a table's columns."""

    key: str
    label: str
    type: str
    required: bool | str = False
    many: bool = False
    choices: tuple[Choice, ...] = ()
    accept: tuple[str, ...] = ()
    max_mb: float | None = None
    help: str | None = None
    fields: tuple["Field", ...] = ()
    default: Any = None
    prefill: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    register: str | None = None
    among: str | None = None


@dataclass(frozen=True)
class Each:
    """One task, or one run of `steps`, per member. `join` is 'all', 'any' or the least number needed.

    `over` is 'actor' (`of` is an actor's key), 'rows' ('step.field' of a table) or 'records' (a register).
    """

    of: str
    over: str = "actor"
    join: str | int = "all"
    approve: str | None = None
    supervisor: str | None = None
    steps: tuple["Step", ...] = ()


@dataclass(frozen=True)
class Branch:
    """One branch of a `parallel`."""

    key: str
    label: str
    steps: tuple["Step", ...] = ()


@dataclass(frozen=True)
class Step:
    """One row of the sheet, or a block (`each` with steps, or `branches`).

    `actors[0]` is responsible. `returns_to` is the step that 'dikembalikan' goes to, 'none' where the row
    says it never returns, None where the question does not arise; the outcome itself stands in `outcomes`.
    `extra` holds constructs that the engine does not run yet, as written.
    """

    key: str
    no: str | None = None
    phase: str | None = None
    activity: str | None = None
    actors: tuple[str, ...] = ()
    actor_inferred: str | None = None
    kind: str = "work"
    requirements: tuple[Requirement, ...] = ()
    duration: Duration | None = None
    output: str | None = None
    remark: str | None = None
    outcomes: tuple[Outcome, ...] = ()
    each: Each | None = None
    branches: tuple[Branch, ...] = ()
    form: tuple[Field, ...] = ()
    returns_to: str | None = None
    keep: bool = False
    not_by: tuple[str, ...] = ()
    standing: bool = False
    help: str | None = None
    uncertain: dict[str, str] = field(default_factory=dict)
    printed: dict[str, Any] = field(default_factory=dict)
    ocr: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def is_block(self) -> bool:
        """Whether this entry only holds other steps and is no row itself."""
        return bool(self.branches or (self.each and self.each.steps))


@dataclass(frozen=True)
class Target:
    """What fulfils an actor at the tenant; `key` (or `keys`) are the organization's own.

    `kind` is position, team, unit, set, units, positions, party, parties, public or system.
    """

    kind: str
    key: str
    who: Literal["any", "head"] = "any"
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Actor:
    """A pelaksana. `name` is the column head as printed; `column` is False for one the sheet lacks."""

    key: str
    name: str
    kinds: tuple[str, ...]
    target: Target | None = None
    column: bool = True
    uncertain: str | None = None


@dataclass(frozen=True)
class Citation:
    """A legal basis: its wording as printed and, where known, its id in the registry of rules."""

    id: str | None
    citation: str
    uncertain: str | None = None


@dataclass(frozen=True)
class Cover:
    """The identity block. Dates are ISO text; a blank cell is None or empty."""

    number: str | None = None
    created: str | None = None
    revised: str | None = None
    effective: str | None = None
    approved_by: str | None = None
    unit: str | None = None
    legal_bases: tuple[Citation, ...] = ()
    qualifications: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    uncertain: dict[str, str] = field(default_factory=dict)
    printed: dict[str, Any] = field(default_factory=dict)
    ocr: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Start:
    """Who may open a case, from what, what he is asked, and the subject with {field} to be filled in."""

    by: tuple[str, ...] = ()
    sources: tuple[str, ...] = ("person",)
    asks: tuple[Field, ...] = ()
    subject: str = ""


@dataclass(frozen=True)
class Edition:
    """One tenant's SOP. `actors` stand in the sheet's column order; `extra` as in `Step`."""

    tenant: str
    code: str
    plugin: str
    procedure: str
    plugin_version: str
    title: str
    cover: Cover
    actors: dict[str, Actor] = field(metadata={"keyed": True})
    steps: tuple[Step, ...]
    start: Start = field(default_factory=Start)
    secrecy: str = "biasa"
    extra: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; `from_json` gives an equal edition back."""
        data: dict[str, Any] = codec.encode(self)
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Edition":
        """The edition that `to_json` wrote."""
        return codec.decode(cls, data)

    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal.

        The plugin's version is left out: a release that changes nothing here makes no new edition.
        """
        data = self.to_json()
        data.pop("plugin_version", None)
        return codec.digest(data)

    @cached_property
    def rows(self) -> dict[str, Step]:
        """Every step and block by its key, in print order, blocks before what they hold."""
        return {step.key: step for step in walk(self.steps)}


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Every step in print order, a block before the steps it holds."""
    for step in steps:
        yield step
        if step.each:
            yield from walk(step.each.steps)
        for branch in step.branches:
            yield from walk(branch.steps)
