"""The library of SOPs: what this tenant runs, its editions, what each asks."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from sqlalchemy import select

from core.api.door import Guard, door, platform, visit
from core.api.schemas import EditionDetail, ProcedureDetail, ProcedureSchema
from core.engine.errors import NoSuchProcedure
from core.errors import NotFound
from core.procedures.export import export
from core.procedures.models import EditionRow, Procedure

blueprint = Blueprint("procedures", __name__, description="Pustaka SOP")

READ = Guard(right="procedures.read")


class NoSuchEdition(NotFound):
    """Edisi ini tidak ada di sini. Pilih edisi dari halaman SOP-nya."""

    type = "edisi-tidak-ada"


@blueprint.route("/procedures")
@door(READ)
@blueprint.response(200, ProcedureSchema(many=True))
def list_procedures() -> Any:
    """Semua SOP daerah ini."""
    return visit().session.scalars(select(Procedure).order_by(Procedure.code)).all()


@blueprint.route("/procedures/<code>")
@door(READ)
@blueprint.response(200, ProcedureDetail)
def one_procedure(code: str) -> Any:
    """Satu SOP dengan edisi-edisinya."""
    session = visit().session
    procedure = session.scalars(select(Procedure).where(Procedure.code == code)).one_or_none()
    if procedure is None:
        raise NoSuchProcedure(code=code)
    editions = session.scalars(
        select(EditionRow).where(EditionRow.procedure_id == procedure.id).order_by(EditionRow.number.desc())
    ).all()
    names = ("id", "code", "title", "plugin", "effective_id")
    return {name: getattr(procedure, name) for name in names} | {"editions": editions}


@blueprint.route("/editions/<uuid:edition_id>")
@door(READ)
@blueprint.response(200, EditionDetail)
def one_edition(edition_id: UUID) -> Any:
    """Satu edisi sebagaimana tercetak pada lembarnya, dan apa yang ditanyakan saat memulai."""
    session = visit().session
    row = session.scalars(select(EditionRow).where(EditionRow.id == edition_id)).one_or_none()
    if row is None:
        raise NoSuchEdition
    edition = platform().engine.editions.get(session, edition_id).edition
    names = ("id", "number", "status", "effective_on", "content_hash")
    asks = [{"key": field.key, "label": field.label, "type": field.type} for field in edition.start.asks]
    return {name: getattr(row, name) for name in names} | {"sheet": export(edition), "asks": asks}
