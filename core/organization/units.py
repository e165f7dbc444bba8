"""Units: the tree of offices, read and edited."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity.actor import Actor, Console
from core.organization.changes import chosen, find, present, take_key
from core.organization.errors import GoesInCircles, PositionUnknown, UnitUnknown
from core.organization.journal import EDIT, note
from core.organization.models import Position, Unit

UNIT_KINDS = (
    "pemda", "setda", "asisten", "biro", "bagian", "dinas", "badan", "sekretariat", "bidang", "seksi",
    "subbagian", "kecamatan", "lain",
)  # fmt: skip


@dataclass(frozen=True)
class UnitNode:
    """A unit and what lies below it, each level in the office's own order."""

    unit: Unit
    children: tuple["UnitNode", ...]


def units(session: Session, *, inactive: bool = False) -> Sequence[Unit]:
    """All units in the office's order, the abolished ones only on request."""
    asked = select(Unit).order_by(Unit.sort, Unit.name)
    return session.scalars(asked if inactive else asked.where(Unit.active)).all()


def tree(session: Session) -> tuple[UnitNode, ...]:
    """The active units as a tree; one below an abolished unit stands at the top."""
    below: defaultdict[UUID | None, list[Unit]] = defaultdict(list)
    active = units(session)
    known = {unit.id for unit in active}
    for unit in active:
        below[unit.parent_id if unit.parent_id in known else None].append(unit)
    return _nodes(below, None)


def _nodes(below: Mapping[UUID | None, list[Unit]], parent: UUID | None) -> tuple[UnitNode, ...]:
    return tuple(UnitNode(unit, _nodes(below, unit.id)) for unit in below.get(parent, ()))


def create_unit(
    session: Session,
    by: Actor | Console,
    *,
    key: str,
    name: str,
    kind: str,
    short: str | None = None,
    parent_id: UUID | None = None,
    receiver_id: UUID | None = None,
    opd: bool = False,
) -> Unit:
    """A new unit. `receiver_id`: the position that receives for it; its head does where there is none.

    :raises KeyTaken, UnitUnknown, PositionUnknown, WrongWord: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    unit = Unit(key=key, name=name, short=short, opd=opd, active=True)
    unit.kind = chosen(kind, "jenis unit", UNIT_KINDS)
    unit.parent_id = present(session, Unit, parent_id, UnitUnknown)
    unit.receiver_id = present(session, Position, receiver_id, PositionUnknown)
    unit.sort = len(units(session, inactive=True))
    take_key(session, unit, "unit")
    note(session, by, "unit.created", key)
    return unit


def update_unit(session: Session, by: Actor | Console, unit_id: UUID, **changes: Any) -> Unit:
    """Changes name, short, kind, parent_id, receiver_id, opd or active of a unit; the key never changes.

    :raises UnitUnknown, PositionUnknown, WrongWord, GoesInCircles: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    unit = find(session, Unit, unit_id, UnitUnknown)
    if "kind" in changes:
        chosen(changes["kind"], "jenis unit", UNIT_KINDS)
    present(session, Unit, changes.get("parent_id"), UnitUnknown)
    present(session, Position, changes.get("receiver_id"), PositionUnknown)
    with session.begin_nested():
        for name in ("name", "short", "kind", "parent_id", "receiver_id", "opd", "active"):
            setattr(unit, name, changes.pop(name, getattr(unit, name)))
        if changes:
            raise TypeError(f"a unit has no {', '.join(changes)}")
        check_tree(units(session, inactive=True))
        note(session, by, "unit.changed", unit.key)
    return unit


def check_tree(found: Sequence[Unit]) -> None:
    """Refuses a unit that lies below itself.

    :raises GoesInCircles: names the units on the circle.
    """
    above = {unit.id: unit.parent_id for unit in found}
    names = {unit.id: unit.name for unit in found}
    for start in above:
        chain = [start]
        while (parent := above.get(chain[-1])) is not None and parent not in chain:
            chain.append(parent)
        if parent is not None:
            circle = [*chain[chain.index(parent) :], parent]
            raise GoesInCircles(what="unit kerja", chain=" → ".join(names[unit] for unit in circle))
