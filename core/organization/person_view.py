"""One person as his page shows him to his colleagues: posts now and before, teams; his roles to who may know them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Date, Integer, Uuid
from sqlalchemy.orm import Session

from core.database import typed
from core.identity.accounts import MANAGE
from core.identity.actor import Actor, Console
from core.identity.models import Person
from core.organization.changes import find
from core.organization.errors import PersonUnknown
from core.organization.history import AssignmentView, history_of_person
from core.organization.journal import GRANT
from core.tenancy.scope import scope_of


@dataclass(frozen=True)
class PersonTeam:
    """A team he sits in today: by name, or by a post (`title`) that he holds."""

    id: UUID
    name: str
    function: str | None
    head: bool
    title: str | None


@dataclass(frozen=True)
class PersonRole:
    """A role he has today: given to him, to a post (`title`) that he holds, or to everybody (neither)."""

    id: UUID
    name: str
    title: str | None
    ends_on: date | None


@dataclass(frozen=True)
class PersonView:
    """A person; `history` is the first page of his posts, the latest first. `roles` is None to who may not know."""

    id: UUID
    name: str
    active: bool
    history: tuple[AssignmentView, ...]
    teams: tuple[PersonTeam, ...]
    roles: tuple[PersonRole, ...] | None


# ix_team_members_person, ix_assignments_person with ix_team_members_position
_TEAMS = typed(
    """
    SELECT t.id, t.name, m.function, m.head, p.title
      FROM (SELECT id AS member_id FROM team_members WHERE tenant_id = :tenant AND person_id = :id
             UNION ALL
            SELECT m.id FROM current_assignments a
              JOIN team_members m ON m.tenant_id = a.tenant_id AND m.position_id = a.position_id
             WHERE a.tenant_id = :tenant AND a.person_id = :id) mine
      JOIN team_members m ON m.tenant_id = :tenant AND m.id = mine.member_id
      JOIN teams t ON t.tenant_id = m.tenant_id AND t.id = m.team_id
      LEFT JOIN positions p ON p.tenant_id = m.tenant_id AND p.id = m.position_id
     WHERE t.active AND coalesce(t.starts_on <= :today, true) AND coalesce(t.ends_on >= :today, true)
     ORDER BY t.name, t.id
    """,
    {"tenant": Integer, "id": Uuid, "today": Date},
)

# ix_role_grants_person, ix_assignments_person with ix_role_grants_position
_ROLES = typed(
    """
    SELECT r.id, r.name, mine.title, mine.ends_on
      FROM (SELECT id AS role_id, NULL AS title, NULL::date AS starts_on, NULL::date AS ends_on
              FROM roles WHERE tenant_id = :tenant AND everyone
             UNION ALL
            SELECT role_id, NULL, starts_on, ends_on
              FROM role_grants WHERE tenant_id = :tenant AND person_id = :id
             UNION ALL
            SELECT g.role_id, p.title, g.starts_on, g.ends_on
              FROM current_assignments a
              JOIN role_grants g ON g.tenant_id = a.tenant_id AND g.position_id = a.position_id
              JOIN positions p ON p.tenant_id = a.tenant_id AND p.id = a.position_id
             WHERE a.tenant_id = :tenant AND a.person_id = :id) mine
      JOIN roles r ON r.tenant_id = :tenant AND r.id = mine.role_id
     WHERE coalesce(mine.starts_on <= :today, true) AND coalesce(mine.ends_on >= :today, true)
     ORDER BY r.name, mine.title
    """,
    {"tenant": Integer, "id": Uuid, "today": Date},
)


def person_view(session: Session, by: Actor | Console, person_id: UUID) -> PersonView:
    """A person, his account open or not. Four statements, three for who may not know the roles.

    :raises PersonUnknown: there is none.
    """
    person = find(session, Person, person_id, PersonUnknown)
    values = {"tenant": scope_of(session).id, "id": person_id, "today": scope_of(session).today}
    history = tuple(history_of_person(session, person_id))
    teams = tuple(PersonTeam(**row._mapping) for row in session.execute(_TEAMS, values))
    roles = None
    if person_id == by.person_id or by.may(GRANT) or by.may(MANAGE):
        roles = tuple(PersonRole(**row._mapping) for row in session.execute(_ROLES, values))
    return PersonView(person.id, person.name, person.active, history, teams, roles)
