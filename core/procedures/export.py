"""An edition as its printed sheet says it: cell by cell, in the sheet's own wording, nothing `added`."""

from collections.abc import Mapping
from typing import Any

from core.procedures.model import Actor, Citation, Edition, Step, walk


def export(edition: Edition) -> dict[str, Any]:
    """The edition as JSON. A blank cell is None, a blank list []; `uncertain` stands only where something is.

    Blocks, routings and actors without a column are modelling and stay off the sheet, as they do in print.
    """
    cover = edition.cover
    exported: dict[str, Any] = {
        "tenant": edition.tenant,
        "code": edition.code,
        "plugin": edition.plugin,
        "number": cover.number,
        "title": edition.title,
        "unit": cover.unit,
        "created": cover.created,
        "legal_bases": [_citation(citation) for citation in cover.legal_bases],
        "qualifications": list(cover.qualifications),
        "related": list(cover.related),
        "equipment": list(cover.equipment),
        "warnings": list(cover.warnings),
        "records": list(cover.records),
        "actors": [_actor(actor) for actor in edition.actors.values() if actor.column],
        "steps": [_step(step, edition) for step in walk(edition.steps) if not step.is_block],
    }
    return _as_printed(exported, cover.printed, cover.uncertain)


def _citation(citation: Citation) -> dict[str, Any]:
    return _as_printed({"id": citation.id, "citation": citation.citation}, {}, citation.uncertain)


def _actor(actor: Actor) -> dict[str, Any]:
    return _as_printed({"key": actor.key, "name": actor.name}, {}, actor.uncertain)


def _step(step: Step, edition: Edition) -> dict[str, Any]:
    columns = [key for key in step.actors if edition.actors[key].column]
    doubts = {("actors" if name == "actor" else name): text for name, text in step.uncertain.items()}
    unsure = [requirement.uncertain for requirement in step.requirements if requirement.uncertain]
    if unsure:
        doubts["requirements"] = " ".join([*filter(None, [doubts.get("requirements")]), *unsure])
    cells = {
        "no": step.no,
        "phase": step.phase,
        "activity": step.activity,
        "actors": columns,
        "requirements": [requirement.text for requirement in step.requirements],
        "duration": step.duration.text if step.duration else None,
        "output": step.output,
        "remark": step.remark,
    }
    return _as_printed(cells, step.printed, doubts)


def _as_printed(
    cells: dict[str, Any], printed: Mapping[str, Any], uncertain: Mapping[str, str] | str | None
) -> dict[str, Any]:
    """What was printed oddly replaces what the flow needed; a list cell stays a list."""
    for name, text in printed.items():
        if isinstance(cells.get(name), list):
            cells[name] = list(text or ())
        elif name in cells:
            cells[name] = text
    if uncertain:
        cells["uncertain"] = dict(uncertain) if isinstance(uncertain, Mapping) else uncertain
    return cells
