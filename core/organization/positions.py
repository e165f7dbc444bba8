"""Positions: the posts of the units and the hierarchy between them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.identity.actor import Actor, Console
from core.organization import texts
from core.organization.changes import checked, chosen, find, living, lock_structure, take_key, write
from core.organization.errors import GoesInCircles, HeadTaken, PositionUnknown, TwinPosition, UnitUnknown
from core.organization.hierarchy import rebuild_branches
from core.organization.journal import EDIT, note
from core.organization.models import POSITION_KINDS, Position, Unit
from core.organization.usage import ON_POSITION, not_needed
from core.tenancy.versions import unchanged, version


def positions(session: Session, unit_id: UUID | None = None, *, inactive: bool = False) -> Sequence[Position]:
    """The positions of one unit or of all, in the office's order."""
    asked = select(Position).order_by(Position.sort, Position.title)
    if unit_id is not None:
        asked = asked.where(Position.unit_id == unit_id)
    return session.scalars(asked if inactive else asked.where(Position.active)).all()


def get_position(session: Session, position_id: UUID) -> Position:
    """A post, abolished or not. :raises PositionUnknown: there is none."""
    return find(session, Position, position_id, PositionUnknown)


def create_position(
    session: Session,
    by: Actor | Console,
    *,
    title: str,
    unit_id: UUID,
    kind: str,
    key: str | None = None,
    superior_id: UUID | None = None,
    echelon: str | None = None,
    head: bool = False,
    again: bool = False,
) -> Position:
    """A new post; its key is made from its title where none is given.

    :param echelon: as printed ("II.b").
    :param head: it leads its unit.
    :param again: the unit is to have one more post of this title below the same superior; else that is a slip.
    :raises KeyTaken, TwinPosition, UnitUnknown, PositionUnknown, Inactive, HeadTaken: it cannot be.
    :raises WrongWord, WrongText, WrongEchelon: a field says what it may not.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    position = Position(
        title=texts.line(title, "Nama jabatan"),
        unit_id=living(session, Unit, unit_id, UnitUnknown),
        superior_id=living(session, Position, superior_id, PositionUnknown),
        kind=chosen(kind, "jenis jabatan", POSITION_KINDS),
        echelon=texts.echelon(echelon),
        head=head,
        active=True,
        sort=session.scalar(select(func.count()).select_from(Position)),
    )
    lock_structure(session)
    _only_head(session, position)
    take_key(session, position, key, position.title, lambda: None if again else _no_twin(session, position))
    rebuild_branches(session)
    note(session, by, "position.created", position.key)
    return position


def _no_twin(session: Session, position: Position) -> None:
    for other in positions(session, position.unit_id):
        alike = (other.title, other.superior_id) == (position.title, position.superior_id)
        if other is not position and alike:
            unit = find(session, Unit, position.unit_id, UnitUnknown)
            raise TwinPosition(title=position.title, unit=unit.name)


def update_position(
    session: Session, by: Actor | Console, position_id: UUID, *, seen: str | None = None, **changes: Any
) -> Position:
    """Changes title, unit_id, superior_id, kind, echelon, head or active of a post; the key never changes.

    :param seen: the version its editor saw.
    :raises Stale: it has changed since. :raises StillNeeded: it is to be abolished and something hangs on it.
    :raises PositionUnknown, UnitUnknown, Inactive, HeadTaken, GoesInCircles: it cannot be.
    :raises WrongWord, WrongText, WrongEchelon: a field says what it may not.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    position = find(session, Position, position_id, PositionUnknown, lock=True)
    unchanged(seen, version(Position, position))
    if position.active and changes.get("active") is False:
        not_needed(session, ON_POSITION, position.id, "Jabatan", position.title)
    if changes.get("superior_id") == position_id:
        raise GoesInCircles(what="atasan jabatan", chain=f"{position.title} → {position.title}")
    values = checked(_checks(session), _with_unit(position, changes))
    lock_structure(session)
    with session.begin_nested():
        write(position, values)
        _only_head(session, position)
        rebuild_branches(session)
        note(session, by, "position.changed", position.key, fields=sorted(changes))
    return position


def _with_unit(position: Position, changes: dict[str, Any]) -> dict[str, Any]:
    """A post that comes back stands in a unit that is there: its unit is looked at again."""
    revived = changes.get("active") is True and not position.active
    return {"unit_id": position.unit_id, **changes} if revived else changes


def _checks(session: Session) -> dict[str, Any]:
    return {
        "title": lambda given: texts.line(given, "Nama jabatan"),
        "unit_id": lambda given: living(session, Unit, given or UUID(int=0), UnitUnknown),
        "superior_id": lambda given: living(session, Position, given, PositionUnknown),
        "kind": lambda given: chosen(given, "jenis jabatan", POSITION_KINDS),
        "echelon": texts.echelon,
        "head": bool,
        "active": bool,
    }


def _only_head(session: Session, position: Position) -> None:
    """Says in words what the unique index would say in its own."""
    if not (position.head and position.active):
        return
    asked = select(Position).where(Position.unit_id == position.unit_id, Position.head, Position.active)
    with session.no_autoflush:
        for other in session.scalars(asked):
            if other is not position and other.head and other.active:
                raise HeadTaken(unit=find(session, Unit, position.unit_id, UnitUnknown).name, title=other.title)
