"""Units edited by who may: made, changed, abolished and brought back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template

from core.http.door import Guard, actor, visit
from core.organization import positions, units
from core.organization.errors import StillNeeded
from core.organization.journal import EDIT
from core.organization.models import Unit
from core.organization.usage import ON_UNIT, not_needed
from core.tenancy.versions import version
from core.web import edits, organization, picking, terms
from core.web.door import page, see_other
from core.web.language import _

blueprint = Blueprint("offices", __name__)

MAKE = Guard(right=EDIT)
EDIT_UNIT = Guard(right=EDIT, finds=units.get_unit)


@blueprint.get("/organisasi/unit/baru")
@page(MAKE)
def ask_new() -> str:
    """A form for a new unit; the address may name the unit above it."""
    values = edits.begun(nama="", singkatan="", jenis="", induk="", meja="", opd="")
    return _form("organization/unit_new.html", units.units(visit().session), values=values)


@blueprint.post("/organisasi/unit/baru")
@page(MAKE, again=ask_new)
def create() -> Response:
    """Makes it."""
    made = units.create_unit(visit().session, actor(), **_given())
    return see_other("organization.unit", "unit-baru", unit_id=made.id)


@blueprint.get("/organisasi/unit/<uuid:unit_id>/ubah")
@page(EDIT_UNIT)
def ask_change(unit_id: UUID) -> str:
    """A form with the unit as it stands."""
    row = units.get_unit(visit().session, unit_id)
    known = units.units(visit().session, inactive=True)
    draft = edits.draft(_fields(row, known), version(Unit, row))
    return _form("organization/unit_change.html", known, row=row, draft=draft, values=draft.values)


@blueprint.post("/organisasi/unit/<uuid:unit_id>/ubah")
@page(EDIT_UNIT, again=ask_change)
def change(unit_id: UUID) -> Response:
    """Changes it."""
    session = visit().session
    changed = edits.differing(units.get_unit(session, unit_id), **_given())
    units.update_unit(session, actor(), unit_id, seen=edits.seen(), **changed)
    return see_other("organization.unit", "unit-ubah", unit_id=unit_id)


@blueprint.get("/organisasi/unit/<uuid:unit_id>/nonaktifkan")
@page(EDIT_UNIT)
def ask_close(unit_id: UUID) -> str:
    """Asks before a unit is abolished; where something hangs on it, says what."""
    row, hangs = units.get_unit(visit().session, unit_id), None
    try:
        not_needed(visit().session, ON_UNIT, unit_id, "Unit", row.name)
    except StillNeeded as needed:
        hangs = needed.details["reasons"].split("; ")
    return render_template("organization/unit_close.html", row=row, version=version(Unit, row), hangs=hangs)


@blueprint.post("/organisasi/unit/<uuid:unit_id>/nonaktifkan")
@page(EDIT_UNIT, again=ask_close)
def close(unit_id: UUID) -> Response:
    """Abolishes it."""
    units.update_unit(visit().session, actor(), unit_id, seen=edits.seen(), active=False)
    return see_other("organization.unit", "unit-tutup", unit_id=unit_id)


@blueprint.post("/organisasi/unit/<uuid:unit_id>/aktifkan")
@page(EDIT_UNIT, again=organization.unit)
def reopen(unit_id: UUID) -> Response:
    """Brings it back."""
    units.update_unit(visit().session, actor(), unit_id, seen=edits.seen(), active=True)
    return see_other("organization.unit", "unit-buka", unit_id=unit_id)


def _form(template: str, known: Sequence[Unit], row: Unit | None = None, **shown: Any) -> str:
    parent, desk = (row.parent_id, row.receiver_id) if row else (None, None)
    return render_template(
        template, row=row, kinds=terms.UNIT_KINDS, posts=picking.grouped(visit().session, keep=desk),
        parents=picking.nested(known, keep=parent, besides=row.id if row else None), **shown,
    )  # fmt: skip


def _fields(row: Unit, known: Sequence[Unit]) -> list[edits.Field]:
    above = next((unit.name for unit in known if unit.id == row.parent_id), "–")
    desk = positions.get_position(visit().session, row.receiver_id) if row.receiver_id else None
    return [
        edits.Field("nama", _("Nama unit"), row.name, row.name),
        edits.Field("singkatan", _("Singkatan"), row.short or "", row.short or "–"),
        edits.Field("jenis", _("Jenis"), row.kind, str(terms.UNIT_KINDS[row.kind])),
        edits.Field("induk", _("Berada di bawah"), str(row.parent_id or ""), above),
        edits.Field("meja", _("Meja penerima"), str(row.receiver_id or ""), desk.title if desk else _("kepalanya")),
        edits.Field("opd", _("Perangkat daerah"), edits.YES if row.opd else "", _("ya") if row.opd else _("bukan")),
    ]


def _given() -> dict[str, Any]:
    return {
        "name": edits.text("nama"),
        "short": edits.text("singkatan") or None,
        "kind": edits.text("jenis"),
        "parent_id": edits.chosen("induk"),
        "receiver_id": edits.chosen("meja"),
        "opd": edits.ticked("opd"),
    }
