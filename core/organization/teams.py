"""Teams by decree; a seat belongs to a position, or to one person by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.identity.actor import Actor, Console
from core.identity.models import Person
from core.moments import spoken_date
from core.organization.changes import find, take_key, violated
from core.organization.errors import (
    AlreadyMember,
    PersonUnknown,
    PositionUnknown,
    TeamUnknown,
    UnitUnknown,
    WrongDates,
)
from core.organization.journal import EDIT, note
from core.organization.models import Position, Team, TeamMember, Unit


@dataclass(frozen=True)
class Seat:
    """A member of a team as shown: `who` is the position's title or the person's name."""

    member: TeamMember
    who: str


def teams(session: Session, *, inactive: bool = False) -> Sequence[Team]:
    """All teams by name."""
    asked = select(Team).order_by(Team.name)
    return session.scalars(asked if inactive else asked.where(Team.active)).all()


def seats(session: Session, team_id: UUID) -> list[Seat]:
    """The members of a team, its head first."""
    asked = (
        select(TeamMember, Position.title, Person.name)
        .outerjoin(
            Position,
            (Position.tenant_id == TeamMember.tenant_id) & (Position.id == TeamMember.position_id),
        )
        .outerjoin(Person, (Person.tenant_id == TeamMember.tenant_id) & (Person.id == TeamMember.person_id))
        .where(TeamMember.team_id == team_id)
        .order_by(TeamMember.head.desc(), Position.sort, Person.name)
    )
    return [Seat(member, title or name) for member, title, name in session.execute(asked)]


def create_team(
    session: Session,
    by: Actor | Console,
    *,
    key: str,
    name: str,
    unit_id: UUID,
    decree_number: str | None = None,
    decree_date: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Team:
    """A new team without members; `unit_id` is the unit it works for.

    :raises KeyTaken, UnitUnknown, WrongDates: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    _in_order(starts_on, ends_on)
    team = Team(
        key=key, name=name, decree_number=decree_number, decree_date=decree_date,
        starts_on=starts_on, ends_on=ends_on, active=True,
    )  # fmt: skip
    team.unit_id = find(session, Unit, unit_id, UnitUnknown).id
    take_key(session, team, "tim")
    note(session, by, "team.created", key)
    return team


def update_team(session: Session, by: Actor | Console, team_id: UUID, **changes: Any) -> Team:
    """Changes name, unit_id, decree_number, decree_date, starts_on, ends_on or active of a team.

    :raises TeamUnknown, UnitUnknown, WrongDates: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    team = find(session, Team, team_id, TeamUnknown, lock=True)
    if "unit_id" in changes:
        find(session, Unit, changes["unit_id"], UnitUnknown)
    _in_order(changes.get("starts_on", team.starts_on), changes.get("ends_on", team.ends_on))
    for name in ("name", "unit_id", "decree_number", "decree_date", "starts_on", "ends_on", "active"):
        setattr(team, name, changes.pop(name, getattr(team, name)))
    if changes:
        raise TypeError(f"a team has no {', '.join(changes)}")
    note(session, by, "team.changed", team.key)
    return team


def add_member(
    session: Session,
    by: Actor | Console,
    team_id: UUID,
    *,
    position_id: UUID | None = None,
    person_id: UUID | None = None,
    function: str | None = None,
    head: bool = False,
) -> TeamMember:
    """Gives a seat to a position or to a person, exactly one of the two; a new head relieves the former one.

    :raises TeamUnknown, PositionUnknown, PersonUnknown, AlreadyMember: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    team = find(session, Team, team_id, TeamUnknown, lock=True)
    if position_id is not None:
        who = find(session, Position, position_id, PositionUnknown).title
    else:
        who = find(session, Person, person_id or UUID(int=0), PersonUnknown).name
    member = TeamMember(team_id=team.id, position_id=position_id, person_id=person_id, function=function, head=head)
    try:
        with session.begin_nested():
            if head:
                _relieve(session, team.id)
            session.add(member)
            session.flush()
    except IntegrityError as error:
        if violated(error).startswith("uq_team_members"):
            raise AlreadyMember(who=who, team=team.name) from error
        raise
    note(session, by, "team.member_added", team.key, who=str(position_id or person_id))
    return member


def remove_member(session: Session, by: Actor | Console, team_id: UUID, member_id: UUID) -> None:
    """Takes a seat away; one that is gone already is no error.

    :raises TeamUnknown: there is no such team.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    team = find(session, Team, team_id, TeamUnknown, lock=True)
    for member in session.scalars(select(TeamMember).where(TeamMember.team_id == team.id)):
        if member.id == member_id:
            session.delete(member)
            note(session, by, "team.member_removed", team.key, who=str(member.position_id or member.person_id))


def _relieve(session: Session, team_id: UUID) -> None:
    for former in session.scalars(select(TeamMember).where(TeamMember.team_id == team_id, TeamMember.head)):
        former.head = False


def _in_order(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise WrongDates(start=spoken_date(starts_on), end=spoken_date(ends_on))
