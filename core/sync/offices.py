"""Writes units and positions, which name each other: bare rows first, then filled."""

from typing import Any

from sqlalchemy import select, update

from core.organization.hierarchy import rebuild_branches
from core.organization.models import Position, Unit
from core.organization.units import check_tree
from core.sync.objects import Content, Object
from core.sync.rows import Rows


def write_units(rows: Rows, made: list[str]) -> None:
    """Fills the units of the plan.

    :raises GoesInCircles: files and database together put a unit below itself.
    """
    found = rows.plan.applied("unit")
    if not found:
        return
    rows.update(Unit, [{**rows.at("unit", key), **_unit(rows, key, content)} for key, content in found.items()])
    _take_order(rows, "unit", Unit, made)
    rows.session.expire_all()
    check_tree(rows.session.scalars(select(Unit)).all())


def _unit(rows: Rows, key: str, content: Content | None) -> dict[str, Any]:
    if content is None:
        return {"active": False}
    here = Object("unit", key)
    return {
        "name": content["name"],
        "short": content["short"],
        "kind": content["kind"],
        "parent_id": rows.named("unit", content["parent"], here),
        "receiver_id": rows.named("position", content["receives"], here),
        "opd": content["opd"],
        "active": True,
    }


def write_positions(rows: Rows, made: list[str]) -> None:
    """Fills the positions of the plan and rewrites the hierarchy's closure.

    Heads step down before others step up: a unit never has two, not even between two rows.

    :raises GoesInCircles: files and database together put a position below itself.
    """
    found = rows.plan.applied("position")
    if not found:
        return
    ids = [rows.id_of("position", key) for key in found]
    rows.session.execute(update(Position).where(Position.id.in_(ids)).values(head=False))
    filled = [{**rows.at("position", key), **_position(rows, key, content)} for key, content in found.items()]
    rows.update(Position, filled)
    _take_order(rows, "position", Position, made)
    rebuild_branches(rows.session)


def _position(rows: Rows, key: str, content: Content | None) -> dict[str, Any]:
    if content is None:
        return {"active": False}
    here = Object("position", key)
    return {
        "title": content["title"],
        "unit_id": rows.named("unit", content["unit"], here),
        "kind": content["kind"],
        "echelon": content["echelon"],
        "superior_id": rows.named("position", content["superior"], here),
        "head": content["head"],
        "active": True,
    }


def _take_order(rows: Rows, kind: str, model: Any, made: list[str]) -> None:
    """The file's order is taken over when something new has its place in it; no office edits it otherwise."""
    if made:
        keys = [found.key for found in rows.plan.contents if found.kind == kind and rows.known(*found)]
        ordered = [{**rows.at(kind, key), "sort": place} for place, key in enumerate(keys)]
        rows.session.execute(update(model), ordered)
