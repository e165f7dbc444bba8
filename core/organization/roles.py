"""Roles as data: bundles of rights, given to a position (whoever holds it) or to a person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

import yaml
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.identity.actor import Actor, Console, by_person
from core.identity.models import Person
from core.moments import spoken_date
from core.organization import texts
from core.organization.changes import find, living
from core.organization.errors import (
    GrantUnknown,
    Inactive,
    OneOfTwo,
    OwnRole,
    PersonUnknown,
    PositionUnknown,
    RoleGiven,
    RoleUnknown,
    WrongDates,
)
from core.organization.journal import GRANT, note
from core.organization.models import Position, Role, RoleGrant, RoleRight, Unit
from core.organization.rights import Right
from core.tenancy.scope import scope_of

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


@dataclass(frozen=True)
class RoleView:
    """A role with its rights in words."""

    id: UUID
    key: str
    name: str
    everyone: bool
    rights: tuple[Right, ...]


@dataclass(frozen=True)
class GrantView:
    """A role given: to a post of a unit or to a person; `current`: it holds today."""

    id: UUID
    role_id: UUID
    role: str
    position_id: UUID | None
    person_id: UUID | None
    to: str
    unit: str | None
    starts_on: date | None
    ends_on: date | None
    current: bool


def role_views(session: Session, by: Actor | Console, known: Mapping[str, Right]) -> list[RoleView]:
    """Every role by name with its rights in words; two statements.

    :param known: the catalogue of rights (core.organization.rights); one that it has no more is shown by its key.
    :raises Forbidden: without `roles.manage`.
    """
    by.require(GRANT)
    rights: defaultdict[UUID, list[Right]] = defaultdict(list)
    for role_id, key in session.execute(select(RoleRight.role_id, RoleRight.right).order_by(RoleRight.right)):
        rights[role_id].append(known.get(key) or Right(key, key))
    return [RoleView(row.id, row.key, row.name, row.everyone, tuple(rights[row.id])) for row in roles(session)]


def grants(session: Session, by: Actor | Console, *, past: bool = False) -> list[GrantView]:
    """The roles given, by role and receiver, those that are over only on request; one statement.

    :raises Forbidden: without `roles.manage`.
    """
    by.require(GRANT)
    today = scope_of(session).today
    asked = (
        select(RoleGrant, Role.name, Position.title, Unit.name, Person.name)
        .join(Role, (Role.tenant_id == RoleGrant.tenant_id) & (Role.id == RoleGrant.role_id))
        .outerjoin(Position, (Position.tenant_id == RoleGrant.tenant_id) & (Position.id == RoleGrant.position_id))
        .outerjoin(Unit, (Unit.tenant_id == Position.tenant_id) & (Unit.id == Position.unit_id))
        .outerjoin(Person, (Person.tenant_id == RoleGrant.tenant_id) & (Person.id == RoleGrant.person_id))
        .order_by(Role.name, Position.title, Person.name, RoleGrant.starts_on, RoleGrant.id)
    )
    if not past:
        asked = asked.where(or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today))
    return [
        GrantView(
            given.id, given.role_id, role, given.position_id, given.person_id, title or name, unit,
            given.starts_on, given.ends_on, _on(given, today),
        )
        for given, role, title, unit, name in session.execute(asked)
    ]  # fmt: skip


def _on(given: RoleGrant, today: date) -> bool:
    return (given.starts_on or today) <= today <= (given.ends_on or today)


def get_grant(session: Session, grant_id: UUID) -> RoleGrant:
    """A role given. :raises GrantUnknown: there is no such giving, or it was taken back."""
    return find(session, RoleGrant, grant_id, GrantUnknown)


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

    :raises RoleUnknown, PositionUnknown, PersonUnknown, Inactive, OneOfTwo, WrongDates, FarDate, RoleGiven: what was
        asked cannot be.
    :raises Forbidden: without `roles.manage`.
    """
    by.require(GRANT)
    role = session.scalars(select(Role).where(Role.key == role_key).with_for_update(key_share=True)).one_or_none()
    if role is None:
        raise RoleUnknown
    _receiver(session, position_id, person_id)
    texts.day(starts_on, "Tanggal mulai")
    texts.day(ends_on, "Tanggal selesai")
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


def _receiver(session: Session, position_id: UUID | None, person_id: UUID | None) -> None:
    if (position_id is None) == (person_id is None):
        raise OneOfTwo
    living(session, Position, position_id, PositionUnknown)
    if person_id is not None:
        person = find(session, Person, person_id, PersonUnknown)
        if not person.active:
            raise Inactive(what=f"Akun {person.name}")


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

    :raises GrantUnknown: it was not given.
    :raises OwnRole: without it whoever revokes could manage no role any more; so somebody always can.
    :raises Forbidden: without `roles.manage`.
    """
    by.require(GRANT)
    given = find(session, RoleGrant, grant_id, GrantUnknown, lock=True)
    role = find(session, Role, given.role_id, RoleUnknown)
    session.delete(given)
    session.flush()
    if isinstance(by, Actor) and not _still_manages(session, by):
        raise OwnRole
    note(session, by, "role.revoked", role.key, to=str(given.position_id or given.person_id))


def _still_manages(session: Session, by: Actor) -> bool:
    actor = by_person(session, by.person_id)
    return actor is not None and actor.may(GRANT)
