"""Jabatan: the hierarchy of posts, one post with who holds it and who did, its making, change and end."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request

from core.http import places
from core.http.door import Guard, actor, visit
from core.organization import positions, units
from core.organization.errors import StillNeeded
from core.organization.history import PAGE, history_of_position
from core.organization.journal import EDIT
from core.organization.models import Position
from core.organization.position_view import position_view
from core.organization.posts import government_tree
from core.organization.usage import ON_POSITION, not_needed
from core.tenancy.versions import version
from core.web import edits, picking, terms
from core.web.door import page, see_other
from core.web.language import _

blueprint = Blueprint("posts", __name__)

READ = Guard(right="organization.read")
READ_POSITION = Guard(right="organization.read", finds=positions.get_position)
MAKE = Guard(right=EDIT)
EDIT_POSITION = Guard(right=EDIT, finds=positions.get_position)


@blueprint.get("/organisasi/jabatan")
@page(READ)
def hierarchy() -> str:
    """Every post below its superior, with who fills it today."""
    session, closed = visit().session, []
    if actor().may(EDIT):
        closed = [post for post in positions.positions(session, inactive=True) if not post.active]
    return render_template("organization/hierarchy.html", tree=government_tree(session), closed=closed)


@blueprint.get("/organisasi/jabatan/<uuid:position_id>")
@page(READ_POSITION)
def one(position_id: UUID) -> str:
    """One post: its holders today, its superior, who answers where it is vacant, who held it before."""
    view = position_view(visit().session, position_id)
    following = places.following_day(view.history, PAGE)
    values = {"view": view, "post": view.post, "following": following}
    return render_template("organization/post.html", kinds=terms.POSITION_KINDS, capacities=terms.CAPACITIES, **values)


@blueprint.get("/organisasi/jabatan/<uuid:position_id>/riwayat")
@page(READ_POSITION)
def history(position_id: UUID) -> str:
    """Who held it further back, page by page."""
    session = visit().session
    row = positions.get_position(session, position_id)
    rows = history_of_position(session, position_id, places.after_day(request.args.get("lanjut") or None))
    values = {"rows": rows, "following": places.following_day(rows, PAGE), "capacities": terms.CAPACITIES}
    return render_template("organization/post_history.html", row=row, **values)


@blueprint.get("/organisasi/jabatan/baru")
@page(MAKE)
def ask_new() -> str:
    """A form for a new post; the address may name its unit and its superior."""
    values = edits.begun(nama="", unit="", atasan="", jenis="", eselon="", kepala="", lagi="")
    return _form("organization/post_new.html", values=values)


@blueprint.post("/organisasi/jabatan/baru")
@page(MAKE, again=ask_new)
def create() -> Response:
    """Makes it."""
    made = positions.create_position(visit().session, actor(), again=edits.ticked("lagi"), **_given())
    return see_other("posts.one", "jabatan-baru", position_id=made.id)


@blueprint.get("/organisasi/jabatan/<uuid:position_id>/ubah")
@page(EDIT_POSITION)
def ask_change(position_id: UUID) -> str:
    """A form with the post as it stands."""
    row = positions.get_position(visit().session, position_id)
    draft = edits.draft(_fields(row), version(Position, row))
    return _form("organization/post_change.html", row, draft=draft, values=draft.values)


@blueprint.post("/organisasi/jabatan/<uuid:position_id>/ubah")
@page(EDIT_POSITION, again=ask_change)
def change(position_id: UUID) -> Response:
    """Changes it."""
    session = visit().session
    changed = edits.differing(positions.get_position(session, position_id), **_given())
    positions.update_position(session, actor(), position_id, seen=edits.seen(), **changed)
    return see_other("posts.one", "jabatan-ubah", position_id=position_id)


@blueprint.get("/organisasi/jabatan/<uuid:position_id>/nonaktifkan")
@page(EDIT_POSITION)
def ask_close(position_id: UUID) -> str:
    """Asks before a post is abolished; where something hangs on it, says what."""
    row, hangs = positions.get_position(visit().session, position_id), None
    try:
        not_needed(visit().session, ON_POSITION, position_id, "Jabatan", row.title)
    except StillNeeded as needed:
        hangs = needed.details["reasons"].split("; ")
    return render_template("organization/post_close.html", row=row, version=version(Position, row), hangs=hangs)


@blueprint.post("/organisasi/jabatan/<uuid:position_id>/nonaktifkan")
@page(EDIT_POSITION, again=ask_close)
def close(position_id: UUID) -> Response:
    """Abolishes it."""
    positions.update_position(visit().session, actor(), position_id, seen=edits.seen(), active=False)
    return see_other("posts.one", "jabatan-tutup", position_id=position_id)


@blueprint.post("/organisasi/jabatan/<uuid:position_id>/aktifkan")
@page(EDIT_POSITION, again=one)
def reopen(position_id: UUID) -> Response:
    """Brings it back."""
    positions.update_position(visit().session, actor(), position_id, seen=edits.seen(), active=True)
    return see_other("posts.one", "jabatan-buka", position_id=position_id)


def _form(template: str, row: Position | None = None, **shown: Any) -> str:
    session = visit().session
    unit_id, superior = (row.unit_id, row.superior_id) if row else (None, None)
    posts = picking.grouped(session, keep=superior)
    offices = picking.nested(units.units(session, inactive=True), keep=unit_id)
    return render_template(template, row=row, kinds=terms.POSITION_KINDS, posts=posts, offices=offices, **shown)


def _fields(row: Position) -> list[edits.Field]:
    session = visit().session
    above = positions.get_position(session, row.superior_id).title if row.superior_id else _("tidak ada")
    return [
        edits.Field("nama", _("Nama jabatan"), row.title, row.title),
        edits.Field("unit", _("Unit"), str(row.unit_id), units.get_unit(session, row.unit_id).name),
        edits.Field("atasan", _("Atasan"), str(row.superior_id or ""), above),
        edits.Field("jenis", _("Jenis"), row.kind, str(terms.POSITION_KINDS[row.kind])),
        edits.Field("eselon", _("Eselon"), row.echelon or "", row.echelon or "–"),
        edits.Field("kepala", _("Kepala unit"), edits.YES if row.head else "", _("ya") if row.head else _("bukan")),
    ]


def _given() -> dict[str, Any]:
    return {
        "title": edits.text("nama"),
        "unit_id": edits.chosen("unit") or UUID(int=0),
        "superior_id": edits.chosen("atasan"),
        "kind": edits.text("jenis"),
        "echelon": edits.text("eselon") or None,
        "head": edits.ticked("kepala"),
    }
