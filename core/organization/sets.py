"""Named sets of units, such as the OPDs that a monev asks; the order is the office's."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.identity.actor import Actor, Console
from core.organization.changes import find, take_key
from core.organization.errors import SetUnknown, UnitUnknown
from core.organization.journal import EDIT, note
from core.organization.models import Unit, UnitSet, UnitSetMember
from core.tenancy.scope import scope_of


def unit_sets(session: Session) -> Mapping[UUID, tuple[UnitSet, tuple[Unit, ...]]]:
    """Every set by its id, with its units in order."""
    found = {row.id: (row, list[Unit]()) for row in session.scalars(select(UnitSet).order_by(UnitSet.name))}
    asked = (
        select(UnitSetMember.set_id, Unit)
        .join(Unit, (Unit.tenant_id == UnitSetMember.tenant_id) & (Unit.id == UnitSetMember.unit_id))
        .order_by(UnitSetMember.sort, Unit.sort)
    )
    for set_id, unit in session.execute(asked):
        found[set_id][1].append(unit)
    return {set_id: (row, tuple(members)) for set_id, (row, members) in found.items()}


def create_set(
    session: Session,
    by: Actor | Console,
    *,
    key: str,
    name: str,
    units: Sequence[UUID],
) -> UnitSet:
    """A new set of these units.

    :raises KeyTaken, UnitUnknown: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    row = UnitSet(key=key, name=name)
    take_key(session, row, "himpunan")
    _fill(session, row, units)
    note(session, by, "set.created", key, units=len(units))
    return row


def update_set(
    session: Session,
    by: Actor | Console,
    set_id: UUID,
    *,
    name: str | None = None,
    units: Sequence[UUID] | None = None,
) -> UnitSet:
    """Changes the name or all units of a set. Running `each` steps keep the members they opened with.

    :raises SetUnknown, UnitUnknown: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    row = find(session, UnitSet, set_id, SetUnknown, lock=True)
    row.name = name or row.name
    if units is not None:
        session.execute(delete(UnitSetMember).where(UnitSetMember.set_id == row.id))
        _fill(session, row, units)
    note(session, by, "set.changed", row.key)
    return row


def _fill(session: Session, row: UnitSet, units: Sequence[UUID]) -> None:
    tenant = scope_of(session).id
    for place, unit_id in enumerate(dict.fromkeys(units)):
        unit = find(session, Unit, unit_id, UnitUnknown)
        session.add(UnitSetMember(tenant_id=tenant, set_id=row.id, unit_id=unit.id, sort=place))
    session.flush()
