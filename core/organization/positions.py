"""Positions: the posts of the units and the hierarchy between them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity.actor import Actor, Console
from core.organization.changes import chosen, find, present, take_key
from core.organization.errors import GoesInCircles, HeadTaken, PositionUnknown, UnitUnknown
from core.organization.hierarchy import rebuild_branches
from core.organization.journal import EDIT, note
from core.organization.models import POSITION_KINDS, Position, Unit


def positions(session: Session, unit_id: UUID | None = None, *, inactive: bool = False) -> Sequence[Position]:
    """The positions of one unit or of all, in the office's order."""
    asked = select(Position).order_by(Position.sort, Position.title)
    if unit_id is not None:
        asked = asked.where(Position.unit_id == unit_id)
    return session.scalars(asked if inactive else asked.where(Position.active)).all()


def create_position(
    session: Session,
    by: Actor | Console,
    *,
    key: str,
    title: str,
    unit_id: UUID,
    kind: str,
    superior_id: UUID | None = None,
    echelon: str | None = None,
    head: bool = False,
) -> Position:
    """A new post. `echelon` as printed ("II.b"); `head`: it leads its unit.

    :raises KeyTaken, UnitUnknown, PositionUnknown, WrongWord, HeadTaken: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    position = Position(key=key, title=title, echelon=echelon, head=head, active=True, sort=0)
    position.kind = chosen(kind, "jenis jabatan", POSITION_KINDS)
    position.unit_id = find(session, Unit, unit_id, UnitUnknown).id
    position.superior_id = present(session, Position, superior_id, PositionUnknown)
    position.sort = len(positions(session, inactive=True))
    _only_head(session, position)
    take_key(session, position, "jabatan")
    rebuild_branches(session)
    note(session, by, "position.created", key)
    return position


def update_position(session: Session, by: Actor | Console, position_id: UUID, **changes: Any) -> Position:
    """Changes title, unit_id, superior_id, kind, echelon, head or active of a post; the key never changes.

    :raises PositionUnknown, UnitUnknown, WrongWord, HeadTaken, GoesInCircles: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    position = find(session, Position, position_id, PositionUnknown)
    if "kind" in changes:
        chosen(changes["kind"], "jenis jabatan", POSITION_KINDS)
    present(session, Unit, changes.get("unit_id"), UnitUnknown)
    present(session, Position, changes.get("superior_id"), PositionUnknown)
    if changes.get("superior_id") == position_id:
        raise GoesInCircles(what="atasan jabatan", chain=f"{position.title} → {position.title}")
    with session.begin_nested():
        for name in ("title", "unit_id", "superior_id", "kind", "echelon", "head", "active"):
            setattr(position, name, changes.pop(name, getattr(position, name)))
        if changes:
            raise TypeError(f"a position has no {', '.join(changes)}")
        _only_head(session, position)
        rebuild_branches(session)
        note(session, by, "position.changed", position.key)
    return position


def _only_head(session: Session, position: Position) -> None:
    """Says in words what the unique index would say in its own."""
    if not (position.head and position.active):
        return
    asked = select(Position).where(Position.unit_id == position.unit_id, Position.head, Position.active)
    with session.no_autoflush:
        for other in session.scalars(asked):
            if other is not position and other.head and other.active:
                raise HeadTaken(unit=find(session, Unit, position.unit_id, UnitUnknown).name, title=other.title)
