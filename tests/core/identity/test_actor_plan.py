"""The actor's one statement on a large government: every table that grows is reached by an index."""

import random
import re
from datetime import UTC, date, datetime

import psycopg
import pytest
from sqlalchemy import insert, text

from core.database import new_id
from core.identity import actor
from core.identity.bearer import digest
from core.identity.models import ApiToken, LoginSession, Person
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
from core.tenancy.scope import tenant_transaction
from tests.conftest import make_tenant
from tests.core.identity.conftest import TODAY

pytestmark = pytest.mark.database
PEOPLE, POSITIONS, UNITS, TEAMS = 2000, 300, 60, 40
NOW = datetime(2025, 10, 6, tzinfo=UTC)
GROWING = {"people", "sessions", "api_tokens", "assignments", "position_branches", "role_grants", "team_members"}


class City:
    """2000 people, 300 positions in a tree of fives, every sixth vacant, 60 units, 40 teams."""

    def __init__(self, session, tenant_id):
        self.session, self.tenant_id, chance = session, tenant_id, random.Random(2)
        units, teams, roles = self._ids(UNITS), self._ids(TEAMS), self._ids(8)
        self.positions, self.people = self._ids(POSITIONS), self._ids(PEOPLE)
        self._rows(Unit, [{"id": u, "key": f"u{i}", "name": "U", "kind": "dinas"} for i, u in enumerate(units)])
        self._rows(
            Position,
            [
                {"id": p, "key": f"p{i}", "title": f"P{i}", "unit_id": units[i % UNITS], "kind": "struktural"}
                | {"head": i < UNITS, "sort": i}
                for i, p in enumerate(self.positions)
            ],
        )
        self._rows(PositionBranch, list(self._branches()))
        self._rows(
            Person,
            [{"id": p, "name": f"N{i}", "username": f"n{i}", "must_change": False} for i, p in enumerate(self.people)],
        )
        self._rows(Assignment, list(self._assignments()))
        self._rows(Team, [{"id": t, "key": f"t{i}", "name": "T", "unit_id": units[0]} for i, t in enumerate(teams)])
        self._rows(
            TeamMember,
            [
                {"id": new_id(), "team_id": team, "position_id": position}
                for team in teams
                for position in chance.sample(self.positions, 12)
            ],
        )
        self._rows(
            TeamMember,
            [{"id": new_id(), "team_id": t, "person_id": p} for t in teams for p in chance.sample(self.people, 3)],
        )
        self._rows(Role, [{"id": r, "key": f"r{i}", "name": "R", "everyone": i == 0} for i, r in enumerate(roles)])
        self._rows(RoleRight, [{"role_id": r, "right": f"x{i}.{k}"} for i, r in enumerate(roles) for k in range(6)])
        self._rows(
            RoleGrant,
            [{"id": new_id(), "role_id": chance.choice(roles), "position_id": p} for p in self.positions],
        )
        later = {"created_at": NOW, "expires_at": datetime(2100, 1, 1, tzinfo=UTC)}
        keys = [(i, person, self.secret(i, k)) for i, person in enumerate(self.people) for k in range(3)]
        self._rows(
            LoginSession,
            [{"id": new_id(), "person_id": p, "secret_hash": digest(s)} | later for _, p, s in keys],
        )
        self._rows(
            ApiToken,
            [
                {"id": new_id(), "person_id": p, "secret_hash": digest(s), "name": "t", "hint": "t"} | later
                for _, p, s in keys
            ],
        )

    def secret(self, person, nth=0):
        return f"{self.tenant_id}:{person}:{nth}"

    def _rows(self, table, rows):
        self.session.execute(insert(table), [row | {"tenant_id": self.tenant_id} for row in rows])

    def _ids(self, count):
        return [new_id() for _ in range(count)]

    def _branches(self):
        for i, position in enumerate(self.positions):
            above, distance = i, 0
            while above is not None:
                yield {"superior_id": self.positions[above], "position_id": position, "distance": distance}
                above, distance = ((above - 1) // 5 if above else None), distance + 1

    def _assignments(self):
        for i, position in enumerate(self.positions):
            if i % 6 or i == 0:
                yield {"id": new_id(), "person_id": self.people[i], "position_id": position} | {
                    "kind": "definitive",
                    "starts_on": date(2024, 1, 1),
                    "ends_on": None,
                }
        for i, person in enumerate(self.people):
            yield {"id": new_id(), "person_id": person, "position_id": self.positions[i % POSITIONS]} | {
                "kind": "plh",
                "starts_on": date(2020, 1, 1),
                "ends_on": date(2020, 2, 1) if i % 40 else None,
            }


@pytest.fixture(scope="module")
def city(database):
    tenant = make_tenant(database)
    with tenant_transaction(database, tenant.slug, TODAY) as session:
        return City(session, tenant.id)


@pytest.fixture(params=["fresh", "analysed"])
def statistics(request, addresses):
    """A tenant that was just synchronised, and one whose tables have their statistics."""
    if request.param == "analysed":
        with psycopg.connect(addresses.owner, autocommit=True) as owner:
            owner.execute("ANALYZE")


@pytest.mark.parametrize("way", ["BY_SESSION", "BY_TOKEN", "BY_PERSON"])
@pytest.mark.parametrize("who", [0, 7, 1500])
def test_no_growing_table_is_read_from_end_to_end(city, statistics, database, way, who):
    statement = getattr(actor, way)
    explain = text("EXPLAIN (ANALYZE) " + statement.text)
    explain = explain.bindparams(*statement._bindparams.values())
    values = {"hash": digest(city.secret(who)), "now": None, "person": city.people[who]}
    with tenant_transaction(database, city.tenant_id, TODAY) as session:
        plan = session.execute(explain, values).scalars().all()
    read = {match[1] for line in plan if (match := re.search(r"Seq Scan on (\w+)", line))}
    assert not read & GROWING, "\n".join(plan)


def test_what_an_actor_covers_is_what_the_view_of_holders_says(city, database):
    """The statement builds the view's rows itself, for speed; the two must never part."""
    with tenant_transaction(database, city.tenant_id, TODAY) as session:
        told = {}
        for person, assignee, capacity in session.execute(text("SELECT person_id, assignee_id, capacity FROM holders")):
            told.setdefault(person, {}).setdefault(assignee, set()).add(capacity)
        for person in [*city.people[:POSITIONS:3], *city.people[POSITIONS::40]]:
            covers = dict(actor.by_person(session, person).covers)
            del covers[person]
            assert covers.keys() == told.get(person, {}).keys()
            for assignee, (_, capacity) in covers.items():
                assert capacity == min(told[person][assignee], key=actor.RANK.index)
