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
from core.organization import texts
from core.organization.changes import checked, find, living, take_key, violated, write
from core.organization.errors import (
    AlreadyMember,
    MemberUnknown,
    OneOfTwo,
    PersonUnknown,
    PositionUnknown,
    TeamUnknown,
    Twin,
    UnitUnknown,
    WrongDates,
)
from core.organization.journal import EDIT, note
from core.organization.models import Position, Team, TeamMember, Unit
from core.organization.usage import ON_TEAM, not_needed
from core.tenancy.versions import unchanged, version


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


def get_team(session: Session, team_id: UUID) -> Team:
    """A team, dissolved or not. :raises TeamUnknown: there is none."""
    return find(session, Team, team_id, TeamUnknown)


def get_member(session: Session, team_id: UUID, member_id: UUID) -> TeamMember:
    """A seat of a team. :raises TeamUnknown, MemberUnknown: there is no such team, or not this seat in it."""
    team = get_team(session, team_id)
    member = find(session, TeamMember, member_id, MemberUnknown)
    if member.team_id != team.id:
        raise MemberUnknown
    return member


def create_team(
    session: Session,
    by: Actor | Console,
    *,
    name: str,
    unit_id: UUID,
    key: str | None = None,
    decree_number: str | None = None,
    decree_date: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Team:
    """A new team without members; its key is made from its name where none is given.

    :param unit_id: the unit it works for.
    :raises KeyTaken, Twin, UnitUnknown, Inactive, WrongDates, WrongText, FarDate: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    team = Team(active=True)
    given = {
        "name": name, "unit_id": unit_id, "decree_number": decree_number, "decree_date": decree_date,
        "starts_on": starts_on, "ends_on": ends_on,
    }  # fmt: skip
    write(team, checked(_checks(session), given))
    _in_order(team.starts_on, team.ends_on)
    take_key(session, team, key, team.name, lambda: _no_twin(session, team))
    note(session, by, "team.created", team.key)
    return team


def _no_twin(session: Session, team: Team) -> None:
    for other in teams(session):
        if other is not team and (other.name, other.unit_id) == (team.name, team.unit_id):
            unit = find(session, Unit, team.unit_id, UnitUnknown)
            raise Twin(what="Tim", name=team.name, where=f'unit "{unit.name}"')


def update_team(
    session: Session, by: Actor | Console, team_id: UUID, *, seen: str | None = None, **changes: Any
) -> Team:
    """Changes name, unit_id, decree_number, decree_date, starts_on, ends_on or active of a team.

    :param seen: the version its editor saw.
    :raises Stale: it has changed since. :raises StillNeeded: it is to be dissolved and something hangs on it.
    :raises TeamUnknown, UnitUnknown, Inactive, WrongDates, WrongText, FarDate: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    team = find(session, Team, team_id, TeamUnknown, lock=True)
    unchanged(seen, version(Team, team))
    if team.active and changes.get("active") is False:
        not_needed(session, ON_TEAM, team.id, "Tim", team.name)
    values = checked(_checks(session), changes)
    _in_order(values.get("starts_on", team.starts_on), values.get("ends_on", team.ends_on))
    write(team, values)
    session.flush()
    note(session, by, "team.changed", team.key, fields=sorted(changes))
    return team


def _checks(session: Session) -> dict[str, Any]:
    return {
        "name": lambda given: texts.line(given, "Nama tim"),
        "unit_id": lambda given: living(session, Unit, given or UUID(int=0), UnitUnknown),
        "decree_number": lambda given: texts.blank(given, "Nomor keputusan", texts.NUMBER),
        "decree_date": lambda given: texts.day(given, "Tanggal keputusan"),
        "starts_on": lambda given: texts.day(given, "Tanggal mulai"),
        "ends_on": lambda given: texts.day(given, "Tanggal selesai"),
        "active": bool,
    }


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

    :raises TeamUnknown, PositionUnknown, PersonUnknown, Inactive, OneOfTwo, AlreadyMember, WrongText: what was asked
        cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    team = find(session, Team, team_id, TeamUnknown, lock=True)
    if (position_id is None) == (person_id is None):
        raise OneOfTwo
    if position_id is not None:
        living(session, Position, position_id, PositionUnknown)
        who = find(session, Position, position_id, PositionUnknown).title
    else:
        who = find(session, Person, person_id or UUID(int=0), PersonUnknown).name
    said = texts.blank(function, "Kedudukan dalam tim", texts.NUMBER)
    member = TeamMember(team_id=team.id, position_id=position_id, person_id=person_id, function=said, head=head)
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
    for member in session.scalars(select(TeamMember).where(TeamMember.team_id == team.id, TeamMember.id == member_id)):
        session.delete(member)
        session.flush()
        note(session, by, "team.member_removed", team.key, who=str(member.position_id or member.person_id))


def _relieve(session: Session, team_id: UUID) -> None:
    for former in session.scalars(select(TeamMember).where(TeamMember.team_id == team_id, TeamMember.head)):
        former.head = False


def _in_order(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise WrongDates(start=spoken_date(starts_on), end=spoken_date(ends_on))
