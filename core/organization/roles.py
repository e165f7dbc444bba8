"""Roles as data: bundles of rights, given to a position (whoever holds it) or to a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity.actor import Actor, Console
from core.identity.models import Person
from core.moments import spoken_date
from core.organization.changes import find
from core.organization.errors import PersonUnknown, PositionUnknown, RoleGiven, RoleUnknown, WrongDates
from core.organization.journal import GRANT, note
from core.organization.models import Position, Role, RoleGrant

STANDARD_ROLES = Path(__file__).with_name("standard_roles.yaml")


@dataclass(frozen=True)
class StandardRole:
    """A role that every government begins with; `everyone` gives it to all its people."""

    key: str
    name: str
    everyone: bool
    rights: tuple[str, ...]


@cache
def standard_roles() -> tuple[StandardRole, ...]:
    """The roles of standard_roles.yaml, in its order."""
    data = yaml.safe_load(STANDARD_ROLES.read_text(encoding="utf-8"))
    return tuple(
        StandardRole(role["key"], role["name"], role.get("everyone", False), tuple(role["rights"]))
        for role in data["roles"]
    )


def roles(session: Session) -> Sequence[Role]:
    """The tenant's roles by name."""
    return session.scalars(select(Role).order_by(Role.name)).all()


def grant(
    session: Session,
    by: Actor | Console,
    role_key: str,
    *,
    position_id: UUID | None = None,
    person_id: UUID | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> RoleGrant:
    """Gives a role to a position or a person, exactly one of the two, without end where no dates are set.

    :raises RoleUnknown, PositionUnknown, PersonUnknown, WrongDates, RoleGiven: what was asked cannot be.
    :raises Forbidden: without `roles.manage`.
    """
    by.require(GRANT)
    role = session.scalars(select(Role).where(Role.key == role_key).with_for_update(key_share=True)).one_or_none()
    if role is None:
        raise RoleUnknown
    if position_id is not None:
        find(session, Position, position_id, PositionUnknown)
    else:
        find(session, Person, person_id or UUID(int=0), PersonUnknown)
    if starts_on and ends_on and ends_on < starts_on:
        raise WrongDates(start=spoken_date(starts_on), end=spoken_date(ends_on))
    given = RoleGrant(
        role_id=role.id, position_id=position_id, person_id=person_id, starts_on=starts_on, ends_on=ends_on
    )
    _not_twice(session, role, given)
    session.add(given)
    session.flush()
    note(session, by, "role.granted", role.key, to=str(position_id or person_id))
    return given


def _not_twice(session: Session, role: Role, given: RoleGrant) -> None:
    """A position has a role once; a person may have it again for another time."""
    asked = select(RoleGrant).where(RoleGrant.role_id == role.id)
    for other in session.scalars(asked):
        same_post = given.position_id is not None and other.position_id == given.position_id
        same_person = given.person_id is not None and other.person_id == given.person_id
        if same_post or (same_person and _overlap(other, given)):
            raise RoleGiven(role=role.name)


def _overlap(one: RoleGrant, other: RoleGrant) -> bool:
    first, last = date.min, date.max
    return (one.starts_on or first) <= (other.ends_on or last) and (other.starts_on or first) <= (one.ends_on or last)


def revoke(session: Session, by: Actor | Console, grant_id: UUID) -> None:
    """Takes a role back.

    :raises RoleUnknown: it was not given.
    :raises Forbidden: without `roles.manage`.
    """
    by.require(GRANT)
    given = find(session, RoleGrant, grant_id, RoleUnknown)
    role = find(session, Role, given.role_id, RoleUnknown)
    session.delete(given)
    session.flush()
    note(session, by, "role.revoked", role.key, to=str(given.position_id or given.person_id))
