"""Teams by decree, and named sets of units: read by all who work here, changed by who may."""

from typing import Any
from uuid import UUID

from core.api.blueprint import Blueprint
from core.api.door import door
from core.api.headers import tagged
from core.api.organization_schemas import (
    SeatRequest,
    TeamChange,
    TeamDetail,
    TeamRequest,
    TeamSchema,
    UnitSetChange,
    UnitSetRequest,
    UnitSetSchema,
)
from core.api.versions import conflicting, editing, row_etag, seen_version
from core.http.door import Guard, actor, visit
from core.organization import sets, teams
from core.organization.journal import EDIT
from core.organization.team_view import team_lines, team_view

blueprint = Blueprint("teams", __name__, description="Tim dan himpunan unit")

READ = Guard(right="organization.read")
READ_TEAM = Guard(right="organization.read", finds=teams.get_team)
READ_SET = Guard(right="organization.read", finds=sets.get_set)
MAKE = Guard(right=EDIT)
EDIT_TEAM = Guard(right=EDIT, finds=teams.get_team)
EDIT_MEMBER = Guard(right=EDIT, finds=teams.get_member)
EDIT_SET = Guard(right=EDIT, finds=sets.get_set)


@blueprint.route("/teams")
@door(READ)
@blueprint.response(200, TeamSchema(many=True))
def list_teams() -> Any:
    """Semua tim yang aktif."""
    return team_lines(visit().session)


@blueprint.route("/teams", methods=["POST"])
@door(MAKE)
@conflicting
@tagged
@blueprint.arguments(TeamRequest)
@blueprint.response(201, TeamDetail)
def create_team(given: dict[str, Any]) -> Any:
    """Membuat tim baru."""
    made = teams.create_team(visit().session, actor(), **given)
    return _shown(made.id, 201)


@blueprint.route("/teams/<uuid:team_id>")
@door(READ_TEAM)
@tagged
@blueprint.response(200, TeamDetail)
def one_team(team_id: UUID) -> Any:
    """Satu tim dengan anggotanya, dan siapa yang mengisi tiap kursinya hari ini."""
    return _shown(team_id, 200)


@blueprint.route("/teams/<uuid:team_id>", methods=["PATCH"])
@door(EDIT_TEAM)
@editing
@tagged
@blueprint.arguments(TeamChange)
@blueprint.response(200, TeamDetail)
def change_team(given: dict[str, Any], team_id: UUID) -> Any:
    """Mengubah atau menonaktifkan tim."""
    teams.update_team(visit().session, actor(), team_id, seen=seen_version(), **given)
    return _shown(team_id, 200)


@blueprint.route("/teams/<uuid:team_id>/members", methods=["POST"])
@door(EDIT_TEAM)
@conflicting
@tagged
@blueprint.arguments(SeatRequest)
@blueprint.response(201, TeamDetail)
def add_member(given: dict[str, Any], team_id: UUID) -> Any:
    """Menambahkan jabatan atau pegawai sebagai anggota tim."""
    teams.add_member(visit().session, actor(), team_id, **given)
    return _shown(team_id, 201)


@blueprint.route("/teams/<uuid:team_id>/members/<uuid:member_id>", methods=["DELETE"])
@door(EDIT_MEMBER)
@blueprint.response(204)
def remove_member(team_id: UUID, member_id: UUID) -> None:
    """Mengeluarkan anggota dari tim."""
    teams.remove_member(visit().session, actor(), team_id, member_id)


def _shown(team_id: UUID, status: int) -> Any:
    view = team_view(visit().session, team_id)
    return {**vars(view.team), "members": view.seats}, status, row_etag(view.team.version)


@blueprint.route("/unit-sets")
@door(READ)
@blueprint.response(200, UnitSetSchema(many=True))
def list_sets() -> Any:
    """Semua himpunan unit."""
    return [_told(row, members) for row, members in sets.unit_sets(visit().session).values()]


@blueprint.route("/unit-sets", methods=["POST"])
@door(MAKE)
@conflicting
@tagged
@blueprint.arguments(UnitSetRequest)
@blueprint.response(201, UnitSetSchema)
def create_set(given: dict[str, Any]) -> Any:
    """Membuat himpunan unit baru."""
    return _shown_set(sets.create_set(visit().session, actor(), **given).id, 201)


@blueprint.route("/unit-sets/<uuid:set_id>")
@door(READ_SET)
@tagged
@blueprint.response(200, UnitSetSchema)
def one_set(set_id: UUID) -> Any:
    """Satu himpunan dengan unit-unitnya, berurutan."""
    return _shown_set(set_id, 200)


@blueprint.route("/unit-sets/<uuid:set_id>", methods=["PATCH"])
@door(EDIT_SET)
@editing
@tagged
@blueprint.arguments(UnitSetChange)
@blueprint.response(200, UnitSetSchema)
def change_set(given: dict[str, Any], set_id: UUID) -> Any:
    """Mengubah nama atau isi himpunan; langkah yang sedang berjalan tidak berubah."""
    sets.update_set(visit().session, actor(), set_id, seen=seen_version(), **given)
    return _shown_set(set_id, 200)


def _shown_set(set_id: UUID, status: int) -> Any:
    row, members = sets.get_set(visit().session, set_id)
    return _told(row, members), status, row_etag(sets.set_version(row, members))


def _told(row: Any, members: Any) -> dict[str, Any]:
    return {"id": row.id, "key": row.key, "name": row.name, "units": members}
