"""The library of SOPs: what this tenant runs, its editions, what each asks."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.api.blueprint import Blueprint
from core.api.door import door
from core.api.schemas import EditionDetail, ProcedureDetail, ProcedureSchema
from core.engine.errors import NoSuchProcedure
from core.errors import NotFound
from core.http.door import Guard, visit
from core.procedures.export import export
from core.procedures.model import Edition
from core.procedures.models import EditionRow, Procedure

blueprint = Blueprint("procedures", __name__, description="Pustaka SOP")

RIGHT = "procedures.read"


class NoSuchEdition(NotFound):
    """Edisi ini tidak ada di sini. Pilih edisi dari halaman SOP-nya."""

    type = "edisi-tidak-ada"


def procedure_of(session: Session, code: str) -> Procedure:
    """The SOP of this code. :raises NoSuchProcedure: there is none here."""
    found = session.scalars(select(Procedure).where(Procedure.code == code)).one_or_none()
    if found is None:
        raise NoSuchProcedure(code=code)
    return found


def edition_of(session: Session, edition_id: UUID) -> EditionRow:
    """The edition of this id. :raises NoSuchEdition: there is none here."""
    found = session.scalars(select(EditionRow).where(EditionRow.id == edition_id)).one_or_none()
    if found is None:
        raise NoSuchEdition
    return found


@blueprint.route("/procedures")
@door(Guard(right=RIGHT))
@blueprint.response(200, ProcedureSchema(many=True))
def list_procedures() -> Any:
    """Semua SOP daerah ini."""
    return visit().session.scalars(select(Procedure).order_by(Procedure.code)).all()


@blueprint.route("/procedures/<code>")
@door(Guard(right=RIGHT, finds=procedure_of))
@blueprint.response(200, ProcedureDetail)
def one_procedure(code: str) -> Any:
    """Satu SOP dengan edisi-edisinya."""
    session = visit().session
    procedure = procedure_of(session, code)
    editions = session.scalars(
        select(EditionRow).where(EditionRow.procedure_id == procedure.id).order_by(EditionRow.number.desc())
    ).all()
    names = ("id", "code", "title", "plugin", "effective_id")
    return {name: getattr(procedure, name) for name in names} | {"editions": editions}


@blueprint.route("/editions/<uuid:edition_id>")
@door(Guard(right=RIGHT, finds=edition_of))
@blueprint.response(200, EditionDetail)
def one_edition(edition_id: UUID) -> Any:
    """Satu edisi sebagaimana tercetak pada lembarnya, dan apa yang ditanyakan saat memulai."""
    session = visit().session
    row = edition_of(session, edition_id)
    edition = Edition.from_json(row.content)
    names = ("id", "number", "status", "effective_on", "content_hash")
    asks = [{"key": field.key, "label": field.label, "type": field.type} for field in edition.start.asks]
    return {name: getattr(row, name) for name in names} | {"sheet": export(edition), "asks": asks}
