"""What changed from one edition of a SOP to another, cell by cell, in the words of the sheet. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from core.procedures.model import END, END_CASE, NEXT, Edition, Field, Outcome, Step
from core.procedures.sheet import sheet

COVER = (
    "title", "number", "unit", "created", "revised", "effective", "approved_by", "legal_bases", "qualifications",
    "related", "equipment", "warnings", "records",
)  # fmt: skip
ROW = ("no", "phase", "activity", "actors", "requirements", "duration", "output", "remark")
# What the platform runs and no cell of the sheet says.
_RULES = ("kind", "each", "returns_to", "keep", "not_by", "standing", "branches", "extra")

Texts = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One thing that differs, with its texts before and after; of a list only the items that went and came.

    :param what: a cell of COVER or ROW; start_by, asks, subject, secrecy; actor_added, actor_removed, actor_renamed,
        actor_bound; form, outcomes; rules (how a step runs, which has no wording), order (of a list's items).
    """

    what: str
    before: Texts = ()
    after: Texts = ()


@dataclass(frozen=True)
class StepChange:
    """A step that came, went, or is not what it was; `moved`: it stands in another place among those that stayed."""

    key: str
    no: str | None
    activity: str | None
    how: Literal["added", "removed", "changed"]
    moved: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Difference:
    """All that differs; empty where two editions say the same."""

    cover: tuple[Change, ...]
    actors: tuple[Change, ...]
    start: tuple[Change, ...]
    steps: tuple[StepChange, ...]

    def __bool__(self) -> bool:
        return bool(self.cover or self.actors or self.start or self.steps)


def difference(
    before: Edition,
    after: Edition,
    bound_before: Mapping[str, str] | None = None,
    bound_after: Mapping[str, str] | None = None,
) -> Difference:
    """What `after` says otherwise than `before`; steps and actors are the same where their keys are.

    :param bound_before: the names of what the actors are bound to, by actor; where one is missing its key stands in.
    """
    old, new = sheet(before), sheet(after)
    return Difference(
        cover=tuple(_cells(COVER, _cover(old), _cover(new))),
        actors=tuple(_actors(before, after, bound_before or {}, bound_after or {})),
        start=tuple(_start(before, after)),
        steps=tuple(_steps(before, after, _rows(old), _rows(new))),
    )


def _cover(shown: Mapping[str, Any]) -> dict[str, Any]:
    return {**shown, "legal_bases": [each["citation"] for each in shown["legal_bases"]]}


def _rows(shown: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The cells of each step by its key; actors by the heads of their columns."""
    heads = {each["key"]: each["name"] for each in shown["actors"]}
    return {row["key"]: {**row, "actors": [heads[key] for key in row["actors"]]} for row in shown["steps"]}


def _cells(names: Sequence[str], old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in names:
        yield from _changed(name, _texts(old.get(name)), _texts(new.get(name)))


def _changed(what: str, before: Texts, after: Texts) -> Iterator[Change]:
    if before == after:
        return
    gone = tuple(text for text in before if text not in after)
    came = tuple(text for text in after if text not in before)
    yield Change(what, gone, came) if gone or came else Change("order", (what,), (what,))


def _texts(value: Any) -> Texts:
    """A cell as its items: none where it is blank. Line breaks and double spaces are the file's, not the sheet's."""
    items = value if isinstance(value, list | tuple) else [value]
    return tuple(" ".join(str(item).split()) for item in items if item not in (None, ""))


def _actors(before: Edition, after: Edition, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for key, actor in after.actors.items():
        if key not in before.actors:
            yield Change("actor_added", after=(actor.name,))
            continue
        was = before.actors[key]
        if was.name != actor.name:
            yield Change("actor_renamed", (was.name,), (actor.name,))
        if was.target != actor.target:
            yield Change("actor_bound", _bound(before, key, old), _bound(after, key, new))
    yield from (
        Change("actor_removed", before=(actor.name,)) for key, actor in before.actors.items() if key not in after.actors
    )


def _bound(edition: Edition, key: str, names: Mapping[str, str]) -> Texts:
    actor = edition.actors[key]
    where = names.get(key) or (actor.target.key if actor.target else None)
    return (f"{actor.name}: {where}" if where else actor.name,)


def _start(before: Edition, after: Edition) -> Iterator[Change]:
    old, new = before.start, after.start
    yield from _changed("start_by", _named(before, old.by), _named(after, new.by))
    yield from _changed("asks", _fields(old.asks), _fields(new.asks))
    yield from _changed("subject", _texts(old.subject), _texts(new.subject))
    yield from _changed("secrecy", (before.secrecy,), (after.secrecy,))


def _named(edition: Edition, keys: Sequence[str]) -> Texts:
    return tuple(edition.actors[key].name for key in keys if key in edition.actors)


def _steps(
    before: Edition, after: Edition, old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]
) -> Iterator[StepChange]:
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    for key, row in new.items():
        if key not in old:
            yield StepChange(key, row["no"], row["activity"], "added")
            continue
        changes = (*_cells(ROW, old[key], row), *_conduct(before, after, key))
        if changes or key in moved:
            yield StepChange(key, row["no"], row["activity"], "changed", key in moved, changes)
    for key, row in old.items():
        if key not in new:
            yield StepChange(key, row["no"], row["activity"], "removed")


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Those that left the longest run of steps which kept their order."""
    kept = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return set(new) - {new[block.b + place] for block in kept for place in range(block.size)}


def _conduct(before: Edition, after: Edition, key: str) -> Iterator[Change]:
    """What a step asks and where it may lead, which no cell says."""
    old, new = before.rows[key], after.rows[key]
    yield from _changed("form", _fields(old.form), _fields(new.form))
    yield from _changed("outcomes", _outcomes(before, old), _outcomes(after, new))
    if _ruled(old) != _ruled(new):
        yield Change("rules")


def _ruled(step: Step) -> list[Any]:
    """The rules of a step, and of its fields what no label says."""
    unsaid = [replace(field, label="", required=False, help=None) for field in step.form]
    return [*(getattr(step, name) for name in _RULES), _sources(step), unsaid]


def _sources(step: Step) -> list[tuple[str | None, str | None, bool]]:
    """What meets the requirements; one that nothing meets by itself is only its text."""
    return [(each.step, each.field, each.blocking) for each in step.requirements if each.step or each.blocking]


def _fields(fields: Sequence[Field]) -> Texts:
    return tuple(field.label + (" (wajib)" if field.required else "") for field in fields)


def _outcomes(edition: Edition, step: Step) -> Texts:
    return tuple(f"{outcome.label}: {_leads(edition, outcome)}" for outcome in step.outcomes)


def _leads(edition: Edition, outcome: Outcome) -> str:
    if outcome.to == NEXT:
        return "ke langkah berikutnya"
    if outcome.to in (END, END_CASE):
        return "selesai"
    step = edition.rows.get(outcome.to)
    return f"ke langkah {step.no or step.activity}" if step else "ke langkah yang dipilih"
