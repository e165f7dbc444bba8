"""The tenant's offices and posts: read by all who work here, changed by who may."""

from typing import Any
from uuid import UUID

from core.api.blueprint import Blueprint
from core.api.door import door
from core.api.headers import tagged
from core.api.organization_schemas import (
    OfficeNode,
    PositionChange,
    PositionDetail,
    PositionRecord,
    PositionRequest,
    PostNode,
    UnitChange,
    UnitDetail,
    UnitRecord,
    UnitRequest,
)
from core.api.schemas import PositionSchema, UnitSchema
from core.api.versions import conflicting, editing, row_etag, seen_version
from core.http.door import Guard, actor, visit
from core.organization import positions as posts
from core.organization import units as offices
from core.organization.holders import holders_of
from core.organization.journal import EDIT
from core.organization.models import Position, Unit
from core.organization.overview import unit_tree, unit_view
from core.organization.position_view import position_view
from core.organization.posts import government_tree
from core.tenancy.versions import version

blueprint = Blueprint("organization", __name__, description="Organisasi")

READ = Guard(right="organization.read")
READ_UNIT = Guard(right="organization.read", finds=offices.get_unit)
READ_POSITION = Guard(right="organization.read", finds=posts.get_position)
MAKE = Guard(right=EDIT)
EDIT_UNIT = Guard(right=EDIT, finds=offices.get_unit)
EDIT_POSITION = Guard(right=EDIT, finds=posts.get_position)


@blueprint.route("/units")
@door(READ)
@blueprint.response(200, UnitSchema(many=True))
def list_units() -> Any:
    """Semua unit yang aktif."""
    return offices.units(visit().session)


@blueprint.route("/units", methods=["POST"])
@door(MAKE)
@conflicting
@tagged
@blueprint.arguments(UnitRequest)
@blueprint.response(201, UnitRecord)
def create_unit(given: dict[str, Any]) -> Any:
    """Membuat unit baru."""
    made = offices.create_unit(visit().session, actor(), **given)
    return made, 201, row_etag(version(Unit, made))


@blueprint.route("/units/tree")
@door(READ)
@blueprint.response(200, OfficeNode(many=True))
def tree_of_units() -> Any:
    """Susunan unit, masing-masing dengan kepala dan pemegangnya hari ini."""
    return list(unit_tree(visit().session))


@blueprint.route("/units/<uuid:unit_id>")
@door(READ_UNIT)
@tagged
@blueprint.response(200, UnitDetail)
def one_unit(unit_id: UUID) -> Any:
    """Satu unit: jabatan, pemegang, unit bawahan, tim, dan meja penerimanya."""
    view = unit_view(visit().session, unit_id)
    parts = {"path": view.path, "desk": view.desk, "posts": view.posts, "below": view.below, "teams": view.teams}
    return {**vars(view.office), **parts}, 200, row_etag(view.office.version)


@blueprint.route("/units/<uuid:unit_id>", methods=["PATCH"])
@door(EDIT_UNIT)
@editing
@tagged
@blueprint.arguments(UnitChange)
@blueprint.response(200, UnitRecord)
def change_unit(given: dict[str, Any], unit_id: UUID) -> Any:
    """Mengubah atau menonaktifkan unit."""
    changed = offices.update_unit(visit().session, actor(), unit_id, seen=seen_version(), **given)
    return changed, 200, row_etag(version(Unit, changed))


@blueprint.route("/positions")
@door(READ)
@blueprint.response(200, PositionSchema(many=True))
def list_positions() -> Any:
    """Semua jabatan yang aktif, dengan yang bertugas padanya hari ini."""
    session = visit().session
    found = posts.positions(session)
    holders = holders_of(session, [position.id for position in found])
    names = ("id", "key", "title", "kind", "echelon", "unit_id", "superior_id", "head")
    return [
        {name: getattr(position, name) for name in names} | {"holders": holders.get(position.id, [])}
        for position in found
    ]


@blueprint.route("/positions", methods=["POST"])
@door(MAKE)
@conflicting
@tagged
@blueprint.arguments(PositionRequest)
@blueprint.response(201, PositionRecord)
def create_position(given: dict[str, Any]) -> Any:
    """Membuat jabatan baru."""
    made = posts.create_position(visit().session, actor(), **given)
    return made, 201, row_etag(version(Position, made))


@blueprint.route("/positions/tree")
@door(READ)
@blueprint.response(200, PostNode(many=True))
def tree_of_positions() -> Any:
    """Susunan jabatan menurut atasannya, dengan pemegangnya hari ini."""
    return list(government_tree(visit().session))


@blueprint.route("/positions/<uuid:position_id>")
@door(READ_POSITION)
@tagged
@blueprint.response(200, PositionDetail)
def one_position(position_id: UUID) -> Any:
    """Satu jabatan: pemegangnya hari ini, jabatan di bawahnya, dan riwayat pemegangnya."""
    view = position_view(visit().session, position_id)
    shown = {**vars(view.post), "vacant": view.post.vacant, "history": view.history}
    return shown, 200, row_etag(view.version)


@blueprint.route("/positions/<uuid:position_id>", methods=["PATCH"])
@door(EDIT_POSITION)
@editing
@tagged
@blueprint.arguments(PositionChange)
@blueprint.response(200, PositionRecord)
def change_position(given: dict[str, Any], position_id: UUID) -> Any:
    """Mengubah atau menonaktifkan jabatan."""
    changed = posts.update_position(visit().session, actor(), position_id, seen=seen_version(), **given)
    return changed, 200, row_etag(version(Position, changed))
