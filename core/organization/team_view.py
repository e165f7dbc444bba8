"""Teams as pages show them: the list of them, and one with its seats and who fills each today."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Integer, Uuid
from sqlalchemy.orm import Session

from core.database import typed
from core.organization.errors import TeamUnknown
from core.organization.incumbents import SUPERIOR, Incumbent, incumbents
from core.organization.models import Team
from core.tenancy.scope import scope_of
from core.tenancy.versions import version


@dataclass(frozen=True)
class TeamLine:
    """A team at a glance: `chair` is the title or the name of whoever leads it; `current`: its decree holds today."""

    id: UUID
    key: str
    name: str
    unit_id: UUID
    unit: str
    decree_number: str | None
    decree_date: date | None
    starts_on: date | None
    ends_on: date | None
    active: bool
    current: bool
    chair: str | None
    seats: int
    version: str


@dataclass(frozen=True)
class SeatView:
    """A seat of a team: a post (`unit` is where it stands) or a person by name; `holders` fill it today, nobody where
    the post is vacant: a superior does not sit for it."""

    id: UUID
    position_id: UUID | None
    person_id: UUID | None
    who: str
    unit: str | None
    function: str | None
    head: bool
    holders: tuple[Incumbent, ...]


@dataclass(frozen=True)
class TeamView:
    """A team with its seats, its head's first."""

    team: TeamLine
    seats: tuple[SeatView, ...]


def _teams(where: str) -> Any:
    return typed(
        f"""
        SELECT t.tenant_id, t.id, t.key, t.name, t.unit_id, u.name AS unit, t.decree_number, t.decree_date,
               t.starts_on, t.ends_on, t.active, coalesce(chair.title, named.name) AS chair,
               (SELECT count(*) FROM team_members m WHERE m.tenant_id = t.tenant_id AND m.team_id = t.id) AS seats,
               t.active AND coalesce(t.starts_on <= :today, true) AND coalesce(t.ends_on >= :today, true) AS current
          FROM teams t
          JOIN units u ON u.tenant_id = t.tenant_id AND u.id = t.unit_id
          LEFT JOIN team_members lead ON lead.tenant_id = t.tenant_id AND lead.team_id = t.id AND lead.head
          LEFT JOIN positions chair ON chair.tenant_id = t.tenant_id AND chair.id = lead.position_id
          LEFT JOIN people named ON named.tenant_id = t.tenant_id AND named.id = lead.person_id
         WHERE t.tenant_id = :tenant {where}
         ORDER BY t.name, t.id
        """,
        {"tenant": Integer, "today": Date, "id": Uuid},
    )


_LIST = _teams("AND t.active")
# ix_teams_unit
_OF_UNIT = _teams("AND t.active AND t.unit_id = :id")
_ONE = _teams("AND t.id = :id")

# uq_team_members_tenant_id_team_id_position_id
_SEATS = typed(
    """
    SELECT m.id, m.position_id, m.person_id, coalesce(p.title, named.name) AS who, u.name AS unit, m.function, m.head,
           named.active AS named_active
      FROM team_members m
      LEFT JOIN positions p ON p.tenant_id = m.tenant_id AND p.id = m.position_id
      LEFT JOIN units u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
      LEFT JOIN people named ON named.tenant_id = m.tenant_id AND named.id = m.person_id
     WHERE m.tenant_id = :tenant AND m.team_id = :id
     ORDER BY m.head DESC, p.sort, named.name, m.id
    """,
    {"tenant": Integer, "id": Uuid},
)


def team_lines(session: Session, *, unit_id: UUID | None = None) -> list[TeamLine]:
    """The active teams by name, all or those of one unit; one statement."""
    scope = scope_of(session)
    values = {"tenant": scope.id, "today": scope.today}
    if unit_id is None:
        return [_line(row) for row in session.execute(_LIST, values)]
    return [_line(row) for row in session.execute(_OF_UNIT, {**values, "id": unit_id})]


def team_view(session: Session, team_id: UUID) -> TeamView:
    """A team, dissolved or not, with its seats and who fills them today. Three statements.

    :raises TeamUnknown: there is none.
    """
    scope = scope_of(session)
    team = session.execute(_ONE, {"tenant": scope.id, "today": scope.today, "id": team_id}).first()
    if team is None:
        raise TeamUnknown
    rows = session.execute(_SEATS, {"tenant": scope.id, "id": team_id}).all()
    found = incumbents(session, [row.position_id for row in rows if row.position_id])
    seats = tuple(
        SeatView(
            row.id, row.position_id, row.person_id, row.who, row.unit, row.function, row.head,
            tuple(each for each in found.get(row.position_id, ()) if each.capacity != SUPERIOR),
        )
        for row in rows
    )  # fmt: skip
    return TeamView(_line(team), seats)


def _line(row: Any) -> TeamLine:
    names = [field.name for field in fields(TeamLine) if field.name != "version"]
    return TeamLine(**{name: getattr(row, name) for name in names}, version=version(Team, row))
