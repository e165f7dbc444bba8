"""Units: the tree of offices, read and edited."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity.actor import Actor, Console
from core.organization import texts
from core.organization.changes import checked, chosen, find, living, lock_structure, take_key, write
from core.organization.errors import GoesInCircles, PositionUnknown, Twin, UnitUnknown
from core.organization.journal import EDIT, note
from core.organization.models import Position, Unit
from core.organization.usage import ON_UNIT, not_needed
from core.tenancy.versions import unchanged, version

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


def get_unit(session: Session, unit_id: UUID) -> Unit:
    """A unit, abolished or not. :raises UnitUnknown: there is none."""
    return find(session, Unit, unit_id, UnitUnknown)


def create_unit(
    session: Session,
    by: Actor | Console,
    *,
    name: str,
    kind: str,
    key: str | None = None,
    short: str | None = None,
    parent_id: UUID | None = None,
    receiver_id: UUID | None = None,
    opd: bool = False,
) -> Unit:
    """A new unit; its key is made from its name where none is given.

    :param receiver_id: the position that receives for it; its head does where there is none.
    :raises KeyTaken, Twin, UnitUnknown, PositionUnknown, Inactive, WrongWord, WrongText: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    unit = Unit(
        name=texts.line(name, "Nama unit"),
        short=texts.blank(short, "Singkatan", texts.SHORT),
        kind=chosen(kind, "jenis unit", UNIT_KINDS),
        parent_id=living(session, Unit, parent_id, UnitUnknown),
        receiver_id=living(session, Position, receiver_id, PositionUnknown),
        opd=opd,
        active=True,
    )
    known = units(session, inactive=True)
    unit.sort = len(known)
    take_key(session, unit, key, unit.name, lambda: _no_twin(session, unit))
    note(session, by, "unit.created", unit.key)
    return unit


def _no_twin(session: Session, unit: Unit) -> None:
    for other in units(session):
        if other is not unit and (other.name, other.parent_id) == (unit.name, unit.parent_id):
            parent = find(session, Unit, unit.parent_id, UnitUnknown).name if unit.parent_id else None
            where = f'bawah "{parent}"' if parent else "tingkat teratas"
            raise Twin(what="Unit", name=unit.name, where=where)


def update_unit(
    session: Session, by: Actor | Console, unit_id: UUID, *, seen: str | None = None, **changes: Any
) -> Unit:
    """Changes name, short, kind, parent_id, receiver_id, opd or active of a unit; the key never changes.

    :param seen: the version its editor saw.
    :raises Stale: it has changed since. :raises StillNeeded: it is to be abolished and something hangs on it.
    :raises UnitUnknown, PositionUnknown, Inactive, WrongWord, WrongText, GoesInCircles: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    unit = find(session, Unit, unit_id, UnitUnknown, lock=True)
    unchanged(seen, version(Unit, unit))
    if unit.active and changes.get("active") is False:
        not_needed(session, ON_UNIT, unit.id, "Unit", unit.name)
    values = checked(_checks(session), _with_parent(unit, changes))
    with session.begin_nested():
        write(unit, values)
        if "parent_id" in changes:
            lock_structure(session)
            check_tree(units(session, inactive=True))
        note(session, by, "unit.changed", unit.key, fields=sorted(changes))
    return unit


def _with_parent(unit: Unit, changes: dict[str, Any]) -> dict[str, Any]:
    """A unit that comes back stands below one that is there: its parent is looked at again."""
    revived = changes.get("active") is True and not unit.active
    return {"parent_id": unit.parent_id, **changes} if revived else changes


def _checks(session: Session) -> dict[str, Any]:
    return {
        "name": lambda given: texts.line(given, "Nama unit"),
        "short": lambda given: texts.blank(given, "Singkatan", texts.SHORT),
        "kind": lambda given: chosen(given, "jenis unit", UNIT_KINDS),
        "parent_id": lambda given: living(session, Unit, given, UnitUnknown),
        "receiver_id": lambda given: living(session, Position, given, PositionUnknown),
        "opd": bool,
        "active": bool,
    }


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
