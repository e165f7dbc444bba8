"""Writes the organization's part of a plan: rows made first, then filled, so that they may name each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from core.database import new_id
from core.errors import Conflict
from core.legal.models import Regulation
from core.organization.hierarchy import rebuild_branches
from core.organization.models import (
    Position,
    Role,
    RoleGrant,
    RoleRight,
    Team,
    TeamMember,
    Unit,
    UnitSet,
    UnitSetMember,
)
from core.organization.units import check_tree
from core.sync.objects import Content, Object
from core.sync.plan import TenantPlan
from core.tenancy.scope import scope_of


class ReferenceGone(Conflict):
    """{object} menunjuk {kind} "{key}", yang sudah tidak ada di basis data. Ubah berkasnya, atau pulihkan dahulu."""

    type = "rujukan-hilang"


@dataclass
class Rows:
    """The ids of all rows by kind and key; those of new objects are given here."""

    ids: dict[str, dict[str, UUID]]

    def of(self, kind: str, key: str | None, needed_by: Object) -> UUID | None:
        """The id a reference means. :raises ReferenceGone: the database has the row no longer."""
        if key is None:
            return None
        if key not in self.ids[kind]:
            raise ReferenceGone(object=str(needed_by), kind=kind, key=key)
        return self.ids[kind][key]

    def make(self, kind: str, keys: Sequence[str]) -> list[str]:
        """Gives an id to each key that has none, and names those keys."""
        fresh = [key for key in keys if key not in self.ids[kind]]
        self.ids[kind] |= {key: new_id() for key in fresh}
        return fresh


def write_organization(session: Session, plan: TenantPlan) -> None:
    """Writes units, positions, teams, sets, roles, grants and rules of the plan.

    :raises ReferenceGone, GoesInCircles: files and database, each right in itself, do not fit together.
    """
    writing = _Writing(session, plan)
    writing.make_rows()
    writing.units()
    writing.positions()
    writing.teams()
    writing.sets()
    writing.roles()
    writing.grants()
    writing.rules()


class _Writing:
    def __init__(self, session: Session, plan: TenantPlan) -> None:
        self._session, self._plan = session, plan
        self._tenant = scope_of(session).id
        self._rows = Rows(plan.present.ids)
        self._made: dict[str, list[str]] = {}

    def make_rows(self) -> None:
        """Bare rows for what is new, so that whatever names them finds them."""
        for kind, model, bare in _BARE:
            coming = [key for key, content in self._plan.applied(kind).items() if content is not None]
            self._made[kind] = self._rows.make(kind, coming)
            self._insert(model, [{**self._at(kind, key), **self._bare(kind, key, bare)} for key in self._made[kind]])

    def _bare(self, kind: str, key: str, columns: Mapping[str, Any]) -> dict[str, Any]:
        content = self._plan.contents[Object(kind, key)]
        unit = {"unit_id": self._rows.of("unit", content["unit"], Object(kind, key))} if "unit" in content else {}
        return {"key": key, **columns, **unit}

    def units(self) -> None:
        found = self._plan.applied("unit")
        self._update(Unit, [{**self._at("unit", key), **self._unit(key, content)} for key, content in found.items()])
        self._order("unit", Unit)
        if found:
            self._session.expire_all()
            check_tree(self._session.scalars(select(Unit)).all())

    def _unit(self, key: str, content: Content | None) -> dict[str, Any]:
        if content is None:
            return {"active": False}
        here = Object("unit", key)
        return {
            "name": content["name"],
            "short": content["short"],
            "kind": content["kind"],
            "parent_id": self._rows.of("unit", content["parent"], here),
            "receiver_id": self._rows.of("position", content["receives"], here),
            "opd": content["opd"],
            "active": True,
        }

    def positions(self) -> None:
        """Heads step down before others step up: a unit never has two, not even between two rows."""
        found = self._plan.applied("position")
        if not found:
            return
        ids = [self._rows.ids["position"][key] for key in found]
        self._session.execute(update(Position).where(Position.id.in_(ids)).values(head=False))
        self._update(
            Position, [{**self._at("position", key), **self._position(key, content)} for key, content in found.items()]
        )
        self._order("position", Position)
        rebuild_branches(self._session)

    def _position(self, key: str, content: Content | None) -> dict[str, Any]:
        if content is None:
            return {"active": False}
        here = Object("position", key)
        return {
            "title": content["title"],
            "unit_id": self._rows.of("unit", content["unit"], here),
            "kind": content["kind"],
            "echelon": content["echelon"],
            "superior_id": self._rows.of("position", content["superior"], here),
            "head": content["head"],
            "active": True,
        }

    def teams(self) -> None:
        """Seats of positions are the file's; those of persons stay, but give way as head."""
        found = self._plan.applied("team")
        self._update(Team, [{**self._at("team", key), **self._team(key, content)} for key, content in found.items()])
        living = {self._rows.ids["team"][key]: (key, content) for key, content in found.items() if content}
        if not living:
            return
        seats = TeamMember.team_id.in_(living)
        self._session.execute(delete(TeamMember).where(seats, TeamMember.position_id.is_not(None)))
        self._session.execute(update(TeamMember).where(seats, TeamMember.head).values(head=False))
        self._insert(
            TeamMember,
            [
                {
                    "tenant_id": self._tenant, "id": new_id(), "team_id": team, "person_id": None,
                    "position_id": self._rows.of("position", position, Object("team", key)),
                    "function": function, "head": head,
                }
                for team, (key, content) in living.items()
                for position, function, head in content["members"]
            ],
        )  # fmt: skip

    def _team(self, key: str, content: Content | None) -> dict[str, Any]:
        if content is None:
            return {"active": False}
        decree = content["decree"]
        return {
            "name": content["name"],
            "unit_id": self._rows.of("unit", content["unit"], Object("team", key)),
            "decree_number": decree["number"],
            "decree_date": _day(decree["date"]),
            "starts_on": _day(decree["from"]),
            "ends_on": _day(decree["until"]),
            "active": True,
        }

    def sets(self) -> None:
        found = self._plan.applied("set")
        self._remove("set", UnitSet, found)
        living = {self._rows.ids["set"][key]: (key, content) for key, content in found.items() if content}
        self._update(UnitSet, [{**self._at("set", key), "name": content["name"]} for key, content in living.values()])
        if living:
            self._session.execute(delete(UnitSetMember).where(UnitSetMember.set_id.in_(living)))
        self._insert(
            UnitSetMember,
            [
                {"tenant_id": self._tenant, "set_id": set_id, "sort": place,
                 "unit_id": self._rows.of("unit", unit, Object("set", key))}
                for set_id, (key, content) in living.items()
                for place, unit in enumerate(content["units"])
            ],
        )  # fmt: skip

    def roles(self) -> None:
        found = self._plan.applied("role")
        living = {self._rows.ids["role"][key]: (key, content) for key, content in found.items() if content}
        self._update(
            Role,
            [
                {**self._at("role", key), "name": content["name"], "everyone": content["everyone"]}
                for key, content in living.values()
            ],
        )
        if living:
            self._session.execute(delete(RoleRight).where(RoleRight.role_id.in_(living)))
        self._insert(
            RoleRight,
            [
                {"tenant_id": self._tenant, "role_id": role_id, "right": right}
                for role_id, (_, content) in living.items()
                for right in content["rights"]
            ],
        )

    def grants(self) -> None:
        """A role that leaves takes its own grants with it, so they go first."""
        found = self._plan.applied("grant")
        self._remove("grant", RoleGrant, found)
        fresh, known = [], []
        for key, content in found.items():
            if content is None:
                continue
            period = {"starts_on": _day(content["from"]), "ends_on": _day(content["until"])}
            if key in self._rows.ids["grant"]:
                known.append({**self._at("grant", key), **period})
            else:
                fresh.append({**self._grant(key), **period})
        self._insert(RoleGrant, fresh)
        self._update(RoleGrant, known)
        self._remove("role", Role, self._plan.applied("role"))

    def _grant(self, key: str) -> dict[str, Any]:
        role, _, position = key.partition("/")
        here = Object("grant", key)
        return {
            "tenant_id": self._tenant,
            "id": new_id(),
            "role_id": self._rows.of("role", role, here),
            "position_id": self._rows.of("position", position, here),
            "person_id": None,
        }

    def rules(self) -> None:
        found = self._plan.applied("regulation")
        self._remove("regulation", Regulation, found)
        living = [{**self._at("regulation", key), **content} for key, content in found.items() if content]
        self._update(Regulation, living)

    def _at(self, kind: str, key: str) -> dict[str, Any]:
        return {"tenant_id": self._tenant, "id": self._rows.ids[kind][key]}

    def _insert(self, model: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._session.execute(insert(model), rows)

    def _update(self, model: Any, rows: list[dict[str, Any]]) -> None:
        """One statement, prepared once; rows that leave change fewer columns and go apart."""
        for short in (False, True):
            alike = [row for row in rows if (row.get("active") is False) == short]
            if alike:
                self._session.execute(update(model), alike)

    def _remove(self, kind: str, model: Any, found: Mapping[str, Content | None]) -> None:
        going = [self._rows.ids[kind].pop(key) for key, content in found.items() if content is None]
        if going:
            self._session.execute(delete(model).where(or_(model.id.in_(going))))

    def _order(self, kind: str, model: Any) -> None:
        """The file's order is taken over when something new has its place in it."""
        if self._made[kind]:
            keys = [found.key for found in self._plan.contents if found.kind == kind]
            known = [key for key in keys if key in self._rows.ids[kind]]
            self._session.execute(
                update(model), [{**self._at(kind, key), "sort": place} for place, key in enumerate(known)]
            )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_BARE: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("unit", Unit, {"name": "", "kind": "lain", "short": None, "parent_id": None, "receiver_id": None,
                    "opd": False, "sort": 0, "active": False}),
    ("position", Position, {"title": "", "kind": "pelaksana", "superior_id": None, "echelon": None, "head": False,
                            "sort": 0, "active": False}),
    ("team", Team, {"name": "", "decree_number": None, "decree_date": None, "starts_on": None, "ends_on": None,
                    "active": False}),
    ("set", UnitSet, {"name": ""}),
    ("role", Role, {"name": "", "everyone": False}),
    ("regulation", Regulation, {"kind": "", "number": "", "year": None, "title": "", "status": "unknown", "facts": {}}),
)  # fmt: skip
