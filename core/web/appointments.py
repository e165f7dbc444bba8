"""Penugasan: somebody is put into a post, his days and order are put right, his time ends, or it is called off."""

from datetime import date
from uuid import UUID

from flask import Blueprint, Response, render_template

from core.http.door import Guard, actor, visit
from core.moments import spoken_date
from core.organization import assignments
from core.organization.errors import AssignmentUnknown, PositionUnknown
from core.organization.history import AssignmentView, assignment_view
from core.organization.journal import EDIT
from core.organization.posts import Post, post_with_below
from core.web import edits, picking, terms
from core.web.commands import identifier
from core.web.door import page, see_other
from core.web.language import _

blueprint = Blueprint("appointments", __name__)

MAKE = Guard(right=EDIT)
EDIT_ONE = Guard(right=EDIT, finds=assignments.get_assignment)

AT = "/organisasi/penugasan"


@blueprint.get(f"{AT}/baru")
@page(MAKE)
def ask() -> str:
    """Who is to be put into which post; the address may name either."""
    session, today = visit().session, visit().scope.today
    values = edits.begun(jabatan="", jenis="definitive", surat="", mulai=today.isoformat(), sampai="")
    post = _post(values["jabatan"])
    return render_template(
        "organization/appoint.html", values=values, post=post, picker=picking.picker(session),
        posts=picking.grouped(session) if post is None else (), capacities=terms.CAPACITIES,
    )  # fmt: skip


@blueprint.post(f"{AT}/baru")
@page(MAKE, again=ask)
def appoint() -> Response:
    """Puts him in."""
    made = assignments.assign(
        visit().session, actor(), person_id=picking.picked(), position_id=identifier("jabatan"),
        kind=edits.text("jenis"), order_number=edits.text("surat"),
        starts_on=edits.day("mulai", _("Tanggal mulai")) or date.min, ends_on=edits.day("sampai", _("Tanggal selesai")),
    )  # fmt: skip
    return see_other("posts.one", "tetapkan", position_id=made.position_id)


@blueprint.get(f"{AT}/<uuid:assignment_id>/ubah")
@page(EDIT_ONE)
def ask_change(assignment_id: UUID) -> str:
    """A form with the days and the order as they stand."""
    view = _view(assignment_id)
    draft = edits.draft(_fields(view), view.version)
    return render_template("organization/assignment_change.html", held=view, draft=draft, values=draft.values)


@blueprint.post(f"{AT}/<uuid:assignment_id>/ubah")
@page(EDIT_ONE, again=ask_change)
def change(assignment_id: UUID) -> Response:
    """Puts them right."""
    row = assignments.get_assignment(visit().session, assignment_id)
    changed = edits.differing(
        row, starts_on=edits.day("mulai", _("Tanggal mulai")), ends_on=edits.day("sampai", _("Tanggal selesai")),
        order_number=edits.text("surat") or None,
    )  # fmt: skip
    assignments.update_assignment(visit().session, actor(), assignment_id, seen=edits.seen(), **changed)
    return see_other("posts.one", "tugasan-ubah", position_id=row.position_id)


@blueprint.get(f"{AT}/<uuid:assignment_id>/akhiri")
@page(EDIT_ONE)
def ask_end(assignment_id: UUID) -> str:
    """Asks for the last day in office, and says what follows."""
    view = _view(assignment_id)
    last = (view.ends_on or visit().scope.today).isoformat()
    draft = edits.draft([edits.Field("sampai", _("Hari terakhir bertugas"), last, _last(view))], view.version)
    return render_template("organization/assignment_end.html", held=view, draft=draft, values=draft.values)


@blueprint.post(f"{AT}/<uuid:assignment_id>/akhiri")
@page(EDIT_ONE, again=ask_end)
def end(assignment_id: UUID) -> Response:
    """Sets it."""
    last = edits.day("sampai", _("Hari terakhir bertugas")) or date.min
    row = assignments.end_assignment(visit().session, actor(), assignment_id, last, seen=edits.seen())
    return see_other("posts.one", "tugasan-akhir", position_id=row.position_id)


@blueprint.get(f"{AT}/<uuid:assignment_id>/batalkan")
@page(EDIT_ONE)
def ask_cancel(assignment_id: UUID) -> str:
    """Asks before an assignment that has not begun is called off."""
    return render_template("organization/assignment_cancel.html", held=_view(assignment_id))


@blueprint.post(f"{AT}/<uuid:assignment_id>/batalkan")
@page(EDIT_ONE, again=ask_cancel)
def cancel(assignment_id: UUID) -> Response:
    """Calls it off."""
    view = _view(assignment_id)
    assignments.cancel_assignment(visit().session, actor(), assignment_id, seen=edits.seen())
    return see_other("posts.one", "tugasan-batal", position_id=view.position_id)


def _view(assignment_id: UUID) -> AssignmentView:
    view = assignment_view(visit().session, assignment_id)
    if view is None:
        raise AssignmentUnknown
    return view


def _post(raw: str) -> Post | None:
    """The post that was named already, None where it is still to be chosen. :raises PositionUnknown: it is not here."""
    if not raw:
        return None
    try:
        named = UUID(raw)
    except ValueError as error:
        raise PositionUnknown from error
    post = post_with_below(visit().session, named)
    if post is None:
        raise PositionUnknown
    return post


def _fields(view: AssignmentView) -> list[edits.Field]:
    started, last = view.starts_on.isoformat(), view.ends_on.isoformat() if view.ends_on else ""
    return [
        edits.Field("surat", _("Nomor surat keputusan"), view.order_number or "", view.order_number or "–"),
        edits.Field("mulai", _("Mulai bertugas"), started, spoken_date(view.starts_on)),
        edits.Field("sampai", _("Hari terakhir bertugas"), last, _last(view)),
    ]


def _last(view: AssignmentView) -> str:
    return spoken_date(view.ends_on) if view.ends_on else _("belum ditentukan")
