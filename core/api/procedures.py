"""The library of SOPs: what this tenant runs, its editions, what each asks and what changed."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from core.api.blueprint import Blueprint
from core.api.door import door
from core.api.library_schemas import (
    DifferenceSchema,
    EditionDetail,
    EditionHead,
    EditionQuery,
    ProcedureDetail,
    ProcedureSchema,
    ShelfQuery,
    SinceQuery,
    StartSchema,
)
from core.engine import library, reading, sopfile
from core.extensions.titles import domain_title
from core.http.door import Guard, actor, visit
from core.http.transaction import platform
from core.procedures.model import Edition
from core.procedures.sheet import sheet

blueprint = Blueprint("procedures", __name__, description="Pustaka SOP")

RIGHT = "procedures.read"
OF_A_SOP = Guard(right=RIGHT, finds=library.procedure_of)
OF_AN_EDITION = Guard(right=RIGHT, finds=library.edition_of)


@blueprint.route("/procedures")
@door(Guard(right=RIGHT))
@blueprint.arguments(ShelfQuery, location="query")
@blueprint.response(200, ProcedureSchema(many=True))
def list_procedures(asked: dict[str, Any]) -> Any:
    """SOP daerah ini menurut bidang dan judul, dengan edisi yang berlaku."""
    rows = library.shelf(visit().session, actor(), asked["text"], asked["after"], asked["limit"])
    return [_shown(row) for row in rows]


@blueprint.route("/procedures/<code>")
@door(OF_A_SOP)
@blueprint.response(200, ProcedureDetail)
def one_procedure(code: str) -> Any:
    """Satu SOP: edisi-edisinya, pelaksananya di daerah ini, dan keadaan dasar hukumnya."""
    file = sopfile.sopfile(visit().session, platform().engine.editions, actor(), code, visit().now)
    return _shown(file.sop) | {
        "may_start": file.may_start,
        "editions": file.editions,
        "actors": file.bound,
        "rules": list(file.standings.values()),
    }


@blueprint.route("/procedures/<code>/editions")
@door(OF_A_SOP)
@blueprint.arguments(EditionQuery, location="query")
@blueprint.response(200, EditionHead(many=True))
def list_editions(asked: dict[str, Any], code: str) -> Any:
    """Edisi-edisi satu SOP, yang terbaru lebih dahulu."""
    procedure = library.procedure_of(visit().session, code)
    return library.editions_of(visit().session, procedure.id, asked["before"], asked["limit"])


@blueprint.route("/procedures/<code>/start")
@door(OF_A_SOP)
@blueprint.response(200, StartSchema)
def what_a_start_asks(code: str) -> Any:
    """Apa yang ditanyakan saat memulai, dan siapa yang menerima tugas pertama; bagi yang boleh memulai."""
    file = sopfile.startfile(visit().session, platform().engine.editions, actor(), code, visit().now)
    first = file.opening
    return {
        "code": code,
        "edition": file.sop.edition,
        "subject": file.edition.start.subject or file.edition.title,
        "asks": _asks(file.edition),
        "first": first and {
            "step": first.step.key, "no": first.step.no, "activity": first.step.activity, "desks": first.desks
        },
    }  # fmt: skip


@blueprint.route("/editions/<uuid:edition_id>")
@door(OF_AN_EDITION)
@blueprint.response(200, EditionDetail)
def one_edition(edition_id: UUID) -> Any:
    """Satu edisi sebagaimana tercetak pada lembarnya, dan apa yang ditanyakan saat memulai."""
    row = library.edition_of(visit().session, edition_id)
    edition = Edition.from_json(row.content)
    names = ("id", "number", "status", "effective_on", "retired_on", "content_hash")
    return {name: getattr(row, name) for name in names} | {"sheet": sheet(edition), "asks": _asks(edition)}


@blueprint.route("/editions/<uuid:edition_id>/changes")
@door(OF_AN_EDITION)
@blueprint.arguments(SinceQuery, location="query")
@blueprint.response(200, DifferenceSchema)
def edition_changes(asked: dict[str, Any], edition_id: UUID) -> Any:
    """Apa yang berubah pada edisi ini dibandingkan dengan edisi lain dari SOP yang sama."""
    found = sopfile.changes(visit().session, library.edition_of(visit().session, edition_id), asked["since"])
    if found is None:
        return {"since": None, "cover": [], "actors": [], "start": [], "steps": []}
    return {"since": found[0], **asdict(found[1])}


def _shown(row: Row[Any]) -> dict[str, Any]:
    return {**row._mapping, "domain": domain_title(platform().extensions, row.plugin)}


def _asks(edition: Edition) -> list[reading.Shown]:
    return [reading.field_shown(field) for field in edition.start.asks]
