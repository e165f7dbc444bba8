"""Who is in which post from when to when: read by all who work here, changed by who may."""

from typing import Any
from uuid import UUID

from core.api.blueprint import Blueprint
from core.api.door import door
from core.api.headers import tagged
from core.api.organization_schemas import (
    AssignmentChange,
    AssignmentPage,
    AssignmentQuery,
    AssignmentRequest,
    AssignmentSchema,
)
from core.api.versions import conflicting, editing, row_etag, seen_version
from core.http import places
from core.http.door import Guard, actor, visit
from core.organization import assignments
from core.organization.errors import AssignmentUnknown, OneOfTwo
from core.organization.history import assignment_view, history_of_person, history_of_position
from core.organization.journal import EDIT

blueprint = Blueprint("assignments", __name__, description="Penugasan")

READ = Guard(right="organization.read")
READ_ONE = Guard(right="organization.read", finds=assignments.get_assignment)
MAKE = Guard(right=EDIT)
EDIT_ONE = Guard(right=EDIT, finds=assignments.get_assignment)


@blueprint.route("/assignments")
@door(READ)
@blueprint.arguments(AssignmentQuery, location="query")
@blueprint.response(200, AssignmentPage)
def list_assignments(asked: dict[str, Any]) -> Any:
    """Riwayat penugasan suatu jabatan atau seorang pegawai, yang terbaru lebih dahulu."""
    session, after, limit = visit().session, places.after_day(asked["cursor"]), asked["limit"]
    position, person = asked["position_id"], asked["person_id"]
    if (position is None) == (person is None):
        raise OneOfTwo
    if position is not None:
        rows = history_of_position(session, position, after, limit)
    else:
        rows = history_of_person(session, person, after, limit)
    return {"items": rows, "next": places.following_day(rows, limit)}


@blueprint.route("/assignments", methods=["POST"])
@door(MAKE)
@conflicting
@tagged
@blueprint.arguments(AssignmentRequest)
@blueprint.response(201, AssignmentSchema)
def assign(given: dict[str, Any]) -> Any:
    """Menugaskan pegawai pada suatu jabatan."""
    made = assignments.assign(visit().session, actor(), **given)
    return _shown(made.id, 201)


@blueprint.route("/assignments/<uuid:assignment_id>")
@door(READ_ONE)
@tagged
@blueprint.response(200, AssignmentSchema)
def one_assignment(assignment_id: UUID) -> Any:
    """Satu penugasan dengan masa dan nomor suratnya."""
    return _shown(assignment_id, 200)


@blueprint.route("/assignments/<uuid:assignment_id>", methods=["PATCH"])
@door(EDIT_ONE)
@editing
@tagged
@blueprint.arguments(AssignmentChange)
@blueprint.response(200, AssignmentSchema)
def change_assignment(given: dict[str, Any], assignment_id: UUID) -> Any:
    """Mengakhiri penugasan, atau memperbaiki tanggal dan nomor suratnya."""
    assignments.update_assignment(visit().session, actor(), assignment_id, seen=seen_version(), **given)
    return _shown(assignment_id, 200)


@blueprint.route("/assignments/<uuid:assignment_id>", methods=["DELETE"])
@door(EDIT_ONE)
@editing
@blueprint.response(204)
def cancel_assignment(assignment_id: UUID) -> None:
    """Membatalkan penugasan yang belum mulai."""
    assignments.cancel_assignment(visit().session, actor(), assignment_id, seen=seen_version())


def _shown(assignment_id: UUID, status: int) -> Any:
    view = assignment_view(visit().session, assignment_id)
    if view is None:
        raise AssignmentUnknown
    return view, status, row_etag(view.version)
