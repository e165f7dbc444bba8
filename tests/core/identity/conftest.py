"""An office of a few invented people, built row by row: identity knows no service of the organization."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from core.audit.models import AuditEntry
from core.identity import accounts
from core.identity.actor import Console
from core.organization.models import (
    Assignment,
    Position,
    PositionBranch,
    Role,
    RoleGrant,
    RoleRight,
    Team,
    TeamMember,
    Unit,
)
from core.tenancy.scope import scope_of, tenant_transaction

TODAY = date(2025, 10, 6)
NOW = datetime(2025, 10, 6, 2, 0, tzinfo=UTC)
PASSWORD = "kopi pagi di beranda"
CONSOLE = Console("uji")


class Office:
    """One tenant's organization within a session."""

    def __init__(self, session):
        self.session = session
        self.unit = self._add(
            Unit(key="dinas", name="Dinas", short=None, kind="dinas", receiver_id=None, parent_id=None)
        )

    def _add(self, row):
        self.session.add(row)
        self.session.flush()
        return row

    def person(self, username, **fields):
        fields = {"name": username.title(), "password": PASSWORD, "must_change": False} | fields
        return accounts.create(self.session, CONSOLE, username=username, **fields)

    def position(self, key, superior=None, head=False, unit=None):
        position = self._add(
            Position(
                key=key,
                title=key.title(),
                unit_id=(unit or self.unit).id,
                superior_id=superior.id if superior else None,
                kind="struktural",
                echelon=None,
                head=head,
            )
        )
        above = [(position.id, 0)]
        if superior:
            rows = self.session.execute(
                select(PositionBranch.superior_id, PositionBranch.distance).where(
                    PositionBranch.position_id == superior.id
                )
            )
            above += [(superior_id, distance + 1) for superior_id, distance in rows]
        for superior_id, distance in above:
            self._add(
                PositionBranch(
                    tenant_id=scope_of(self.session).id,
                    superior_id=superior_id,
                    position_id=position.id,
                    distance=distance,
                )
            )
        return position

    def assign(self, person, position, kind="definitive", starts=date(2024, 1, 1), ends=None):
        return self._add(
            Assignment(
                person_id=person.id,
                position_id=position.id,
                kind=kind,
                order_number=None,
                starts_on=starts,
                ends_on=ends,
            )
        )

    def team(self, key, *members):
        team = self._add(
            Team(
                key=key,
                name=key,
                unit_id=self.unit.id,
                decree_number=None,
                decree_date=None,
                starts_on=None,
                ends_on=None,
            )
        )
        for member in members:
            seat = "position_id" if isinstance(member, Position) else "person_id"
            values = {"position_id": None, "person_id": None, seat: member.id}
            self._add(TeamMember(team_id=team.id, function=None, **values))
        return team

    def role(self, key, *rights, everyone=False):
        role = self._add(Role(key=key, name=key, everyone=everyone))
        for right in rights:
            self._add(RoleRight(tenant_id=scope_of(self.session).id, role_id=role.id, right=right))
        return role

    def grant(self, role, to, starts=None, ends=None):
        who = "position_id" if isinstance(to, Position) else "person_id"
        values = {"position_id": None, "person_id": None, who: to.id}
        return self._add(RoleGrant(role_id=role.id, starts_on=starts, ends_on=ends, **values))


@pytest.fixture
def office(database, tenant):
    """A transaction of its own on each use: `with office() as (session, office)`."""

    @contextmanager
    def opened(today=TODAY):
        with tenant_transaction(database, tenant.slug, today) as session:
            yield session, Office(session)

    return opened


@pytest.fixture
def scope(database, tenant):
    """A transaction in the test's tenant, on TODAY or the day given."""

    def opened(today=TODAY):
        return tenant_transaction(database, tenant.slug, today)

    return opened


@pytest.fixture
def kinds(scope):
    """The kinds of audit entries written so far, in order."""

    def written():
        with scope() as session:
            return list(session.scalars(select(AuditEntry.kind).order_by(AuditEntry.id)))

    return written
