"""Roles with their rights in words, to whom they are given, given and taken back; for who manages them."""

from typing import Any
from uuid import UUID

from core.api.blueprint import Blueprint
from core.api.door import door
from core.api.people_schemas import GrantQuery, GrantRecord, GrantRequest, GrantSchema, RoleSchema
from core.api.versions import conflicting
from core.http.door import Guard, actor, visit
from core.organization import roles
from core.organization.journal import GRANT
from core.organization.rights import catalogue

blueprint = Blueprint("roles", __name__, description="Peran")

MANAGE = Guard(right=GRANT)
MANAGE_ONE = Guard(right=GRANT, finds=roles.get_grant)


@blueprint.route("/roles")
@door(MANAGE)
@blueprint.response(200, RoleSchema(many=True))
def list_roles() -> Any:
    """Semua peran dengan haknya."""
    return roles.role_views(visit().session, actor(), catalogue())


@blueprint.route("/grants")
@door(MANAGE)
@blueprint.arguments(GrantQuery, location="query")
@blueprint.response(200, GrantSchema(many=True))
def list_grants(asked: dict[str, Any]) -> Any:
    """Peran yang diberikan, dan kepada siapa."""
    return roles.grants(visit().session, actor(), past=asked["past"])


@blueprint.route("/grants", methods=["POST"])
@door(MANAGE)
@conflicting
@blueprint.arguments(GrantRequest)
@blueprint.response(201, GrantRecord)
def grant(given: dict[str, Any]) -> Any:
    """Memberikan peran kepada jabatan atau pegawai."""
    return roles.grant(visit().session, actor(), given.pop("role"), **given)


@blueprint.route("/grants/<uuid:grant_id>", methods=["DELETE"])
@door(MANAGE_ONE)
@conflicting
@blueprint.response(204)
def revoke(grant_id: UUID) -> None:
    """Mencabut peran yang diberikan."""
    roles.revoke(visit().session, actor(), grant_id)
