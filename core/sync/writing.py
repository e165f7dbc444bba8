"""Writes the organization's part of a plan: first bare rows for what is new, so that whatever names them finds them."""

from typing import Any

from sqlalchemy.orm import Session

from core.legal.models import Regulation
from core.organization.models import Position, Role, Team, Unit, UnitSet
from core.sync.groups import write_roles, write_sets, write_teams
from core.sync.objects import Object
from core.sync.offices import write_positions, write_units
from core.sync.plan import TenantPlan
from core.sync.rows import Rows

# Units come first: a position or team must stand in one from the beginning.
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


def write_organization(session: Session, plan: TenantPlan) -> None:
    """Writes units, positions, teams, sets, roles, grants and rules of the plan.

    :raises ReferenceGone, GoesInCircles: files and database, each right in itself, do not fit together.
    """
    rows = Rows(session, plan)
    made = _make(rows)
    write_units(rows, made["unit"])
    write_positions(rows, made["position"])
    write_teams(rows)
    write_sets(rows)
    write_roles(rows)
    rows.remove("regulation", Regulation)
    rows.update(
        Regulation, [{**rows.at("regulation", key), **content} for key, content in rows.living("regulation").values()]
    )


def _make(rows: Rows) -> dict[str, list[str]]:
    """Bare rows; the keys made, by kind."""
    made = {}
    for kind, model, bare in _BARE:
        coming = [key for key, content in rows.plan.applied(kind).items() if content is not None]
        made[kind] = rows.make(kind, coming)
        rows.insert(model, [{**rows.at(kind, key), "key": key, **bare, **_unit(rows, kind, key)} for key in made[kind]])
    return made


def _unit(rows: Rows, kind: str, key: str) -> dict[str, Any]:
    here = Object(kind, key)
    content = rows.plan.contents[here]
    return {"unit_id": rows.named("unit", content["unit"], here)} if "unit" in content else {}
