"""Named sets of units, such as the OPDs that a monev asks; the order is the office's."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from core.identity.actor import Actor, Console
from core.organization import texts
from core.organization.changes import find, take_key
from core.organization.errors import Inactive, SetUnknown, Twin, UnitUnknown
from core.organization.journal import EDIT, note
from core.organization.models import Unit, UnitSet, UnitSetMember
from core.tenancy.scope import scope_of
from core.tenancy.versions import unchanged, version


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


def get_set(session: Session, set_id: UUID) -> tuple[UnitSet, tuple[Unit, ...]]:
    """A set with its units in order. :raises SetUnknown: there is none."""
    return find(session, UnitSet, set_id, SetUnknown), _members(session, set_id)


def set_version(row: UnitSet, members: Sequence[Unit]) -> str:
    """The version of a set: its name and its units in order."""
    return version(UnitSet, row, [unit.id for unit in members])


def create_set(
    session: Session,
    by: Actor | Console,
    *,
    name: str,
    units: Sequence[UUID],
    key: str | None = None,
) -> UnitSet:
    """A new set of these units; its key is made from its name where none is given.

    :raises KeyTaken, Twin, UnitUnknown, Inactive, WrongText: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    row = UnitSet(name=texts.line(name, "Nama himpunan"))
    take_key(session, row, key, row.name, lambda: _no_twin(session, row))
    _fill(session, row, units)
    note(session, by, "set.created", row.key, units=len(units))
    return row


def _no_twin(session: Session, row: UnitSet) -> None:
    if session.scalar(select(UnitSet.id).where(UnitSet.name == row.name).limit(1)) is not None:
        raise Twin(what="Himpunan", name=row.name, where="daftar himpunan")


def update_set(
    session: Session,
    by: Actor | Console,
    set_id: UUID,
    *,
    seen: str | None = None,
    name: str | None = None,
    units: Sequence[UUID] | None = None,
) -> UnitSet:
    """Changes the name or all units of a set. Running `each` steps keep the members they opened with.

    :param seen: the version its editor saw.
    :raises Stale: it has changed since.
    :raises SetUnknown, UnitUnknown, Inactive, WrongText: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    row = find(session, UnitSet, set_id, SetUnknown, lock=True)
    if seen is not None:
        unchanged(seen, set_version(row, _members(session, set_id)))
    if name is not None:
        row.name = texts.line(name, "Nama himpunan")
    if units is not None:
        session.execute(delete(UnitSetMember).where(UnitSetMember.set_id == row.id))
        _fill(session, row, units)
    note(session, by, "set.changed", row.key)
    return row


def _members(session: Session, set_id: UUID) -> tuple[Unit, ...]:
    asked = (
        select(Unit)
        .join(UnitSetMember, (Unit.tenant_id == UnitSetMember.tenant_id) & (Unit.id == UnitSetMember.unit_id))
        .where(UnitSetMember.set_id == set_id)
        .order_by(UnitSetMember.sort, Unit.sort)
    )
    return tuple(session.scalars(asked))


def _fill(session: Session, row: UnitSet, units: Sequence[UUID]) -> None:
    """Puts the units in, in this order, each once."""
    wanted = list(dict.fromkeys(units))
    known = {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(wanted)))}
    for unit_id in wanted:
        if unit_id not in known:
            raise UnitUnknown
        if not known[unit_id].active:
            raise Inactive(what=f'Unit "{known[unit_id].name}"')
    rows = [
        {"tenant_id": scope_of(session).id, "set_id": row.id, "unit_id": unit_id, "sort": place}
        for place, unit_id in enumerate(wanted)
    ]
    if rows:
        session.execute(insert(UnitSetMember), rows)
