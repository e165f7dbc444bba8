"""Writes what gathers units and positions: teams with their seats, sets, roles with their rights and grants."""

from typing import Any

from sqlalchemy import delete, update

from core.database import new_id
from core.organization.models import Role, RoleGrant, RoleRight, Team, TeamMember, UnitSet, UnitSetMember
from core.sync.objects import Content, Object
from core.sync.rows import Rows, day


def write_teams(rows: Rows) -> None:
    """Fills the teams; seats of positions are the file's, those of persons stay but give way as head."""
    found = rows.plan.applied("team")
    rows.update(Team, [{**rows.at("team", key), **_team(rows, key, content)} for key, content in found.items()])
    living = rows.living("team")
    if not living:
        return
    seats = TeamMember.team_id.in_(living)
    rows.session.execute(delete(TeamMember).where(seats, TeamMember.position_id.is_not(None)))
    rows.session.execute(update(TeamMember).where(seats, TeamMember.head).values(head=False))
    rows.insert(
        TeamMember,
        [
            {
                "tenant_id": rows.tenant, "id": new_id(), "team_id": team, "person_id": None,
                "position_id": rows.named("position", position, Object("team", key)),
                "function": function, "head": head,
            }
            for team, (key, content) in living.items()
            for position, function, head in content["members"]
        ],
    )  # fmt: skip


def _team(rows: Rows, key: str, content: Content | None) -> dict[str, Any]:
    if content is None:
        return {"active": False}
    decree = content["decree"]
    return {
        "name": content["name"],
        "unit_id": rows.named("unit", content["unit"], Object("team", key)),
        "decree_number": decree["number"],
        "decree_date": day(decree["date"]),
        "starts_on": day(decree["from"]),
        "ends_on": day(decree["until"]),
        "active": True,
    }


def write_sets(rows: Rows) -> None:
    """Fills the sets with their units, in order."""
    rows.remove("set", UnitSet)
    living = rows.living("set")
    rows.update(UnitSet, [{**rows.at("set", key), "name": content["name"]} for key, content in living.values()])
    if living:
        rows.session.execute(delete(UnitSetMember).where(UnitSetMember.set_id.in_(living)))
    rows.insert(
        UnitSetMember,
        [
            {
                "tenant_id": rows.tenant, "set_id": set_id, "sort": place,
                "unit_id": rows.named("unit", unit, Object("set", key)),
            }
            for set_id, (key, content) in living.items()
            for place, unit in enumerate(content["units"])
        ],
    )  # fmt: skip


def write_roles(rows: Rows) -> None:
    """Fills the roles with their rights, then gives them; a role that leaves goes after its grants."""
    living = rows.living("role")
    filled = [
        {**rows.at("role", key), "name": content["name"], "everyone": content["everyone"]}
        for key, content in living.values()
    ]
    rows.update(Role, filled)
    if living:
        rows.session.execute(delete(RoleRight).where(RoleRight.role_id.in_(living)))
    rows.insert(
        RoleRight,
        [
            {"tenant_id": rows.tenant, "role_id": role_id, "right": right}
            for role_id, (_, content) in living.items()
            for right in content["rights"]
        ],
    )
    _write_grants(rows)
    rows.remove("role", Role)


def _write_grants(rows: Rows) -> None:
    rows.remove("grant", RoleGrant)
    fresh, known = [], []
    for key, content in rows.plan.applied("grant").items():
        if content is None:
            continue
        period = {"starts_on": day(content["from"]), "ends_on": day(content["until"])}
        if rows.known("grant", key):
            known.append({**rows.at("grant", key), **period})
        else:
            fresh.append({**_grant(rows, key), **period})
    rows.insert(RoleGrant, fresh)
    rows.update(RoleGrant, known)


def _grant(rows: Rows, key: str) -> dict[str, Any]:
    role, _, position = key.partition("/")
    here = Object("grant", key)
    return {
        "tenant_id": rows.tenant,
        "id": new_id(),
        "role_id": rows.named("role", role, here),
        "position_id": rows.named("position", position, here),
        "person_id": None,
    }
