"""The tenant's offices and posts, and who answers for them today."""

from typing import Any

from core.api.blueprint import Blueprint
from core.api.door import door
from core.api.schemas import PositionSchema, UnitSchema
from core.http.door import Guard, visit
from core.organization.holders import holders_of
from core.organization.positions import positions
from core.organization.units import units

blueprint = Blueprint("organization", __name__, description="Organisasi")

READ = Guard(right="organization.read")


@blueprint.route("/units")
@door(READ)
@blueprint.response(200, UnitSchema(many=True))
def list_units() -> Any:
    """Semua unit yang aktif."""
    return units(visit().session)


@blueprint.route("/positions")
@door(READ)
@blueprint.response(200, PositionSchema(many=True))
def list_positions() -> Any:
    """Semua jabatan yang aktif, dengan yang bertugas padanya hari ini."""
    session = visit().session
    found = positions(session)
    holders = holders_of(session, [position.id for position in found])
    names = ("id", "key", "title", "kind", "echelon", "unit_id", "superior_id", "head")
    return [
        {name: getattr(position, name) for name in names} | {"holders": holders.get(position.id, [])}
        for position in found
    ]
