"""Peran, for who gives them: what each lets one do in words, who has it, given and taken back."""

from itertools import groupby
from uuid import UUID

from flask import Blueprint, Response, render_template, request

from core.http.door import Guard, actor, visit
from core.organization import roles
from core.organization.journal import GRANT
from core.organization.rights import catalogue
from core.web import edits, picking
from core.web.door import page, see_other
from core.web.language import _

blueprint = Blueprint("roles", __name__)

MANAGE = Guard(right=GRANT)
MANAGE_ONE = Guard(right=GRANT, finds=roles.get_grant)


@blueprint.get("/organisasi/peran")
@page(MANAGE)
def listed() -> str:
    """Every role with its rights and who has it."""
    session, past = visit().session, bool(request.args.get("lampau"))
    given = roles.grants(session, actor(), past=past)
    by_role = {role: list(rows) for role, rows in groupby(given, key=lambda row: row.role_id)}
    views = roles.role_views(session, actor(), catalogue())
    return render_template("organization/roles.html", roles=views, given=by_role, past=past)


@blueprint.get("/organisasi/peran/beri")
@page(MANAGE)
def ask_grant() -> str:
    """Which role is to be given to which post or person, for how long."""
    session = visit().session
    values = edits.begun(peran="", jabatan="", mulai="", sampai="")
    views = [view for view in roles.role_views(session, actor(), catalogue()) if not view.everyone]
    return render_template(
        "organization/grant.html", values=values, roles=views, posts=picking.grouped(session),
        picker=picking.picker(session),
    )  # fmt: skip


@blueprint.post("/organisasi/peran/beri")
@page(MANAGE, again=ask_grant)
def grant() -> Response:
    """Gives it."""
    roles.grant(
        visit().session, actor(), edits.text("peran"), position_id=edits.chosen("jabatan"),
        person_id=edits.chosen("pegawai"), starts_on=edits.day("mulai", _("Berlaku mulai")),
        ends_on=edits.day("sampai", _("Berlaku sampai")),
    )  # fmt: skip
    return see_other("roles.listed", "peran-beri")


@blueprint.get("/organisasi/peran/<uuid:grant_id>/cabut")
@page(MANAGE_ONE)
def ask_revoke(grant_id: UUID) -> str:
    """Asks before a role is taken back, and says what follows."""
    roles.get_grant(visit().session, grant_id)
    given = next(row for row in roles.grants(visit().session, actor(), past=True) if row.id == grant_id)
    return render_template("organization/revoke.html", given=given)


@blueprint.post("/organisasi/peran/<uuid:grant_id>/cabut")
@page(MANAGE_ONE, again=ask_revoke)
def revoke(grant_id: UUID) -> Response:
    """Takes it back."""
    roles.revoke(visit().session, actor(), grant_id)
    return see_other("roles.listed", "peran-cabut")
