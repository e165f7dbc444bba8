"""Binds a procedure to a tenant: its own wording, its own posts, its own law. The result is an edition."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.procedures.check_actors import used
from core.procedures.flow import Flow
from core.procedures.loader import Binding, Procedure, examine
from core.procedures.merge import Overlay
from core.procedures.model import Actor, Citation, Cover, Edition, Target
from core.procedures.problems import KeyPath, Report, nearest
from core.procedures.words import TARGETS

_LISTS = ("qualifications", "related", "equipment", "warnings", "records")
_CELLS = ("number", "created", "revised", "effective", "approved_by", "unit")


@dataclass(frozen=True)
class Organization:
    """The keys that a tenant's binding may name. `regulations` are ids of national and local rules together."""

    tenant: str
    positions: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    sets: frozenset[str] = frozenset()
    regulations: frozenset[str] = frozenset()


def bind(procedure: Procedure, binding: Binding, organization: Organization, plugin_version: str = "") -> Edition:
    """The edition of `procedure` at the tenant.

    :raises ProcedureError: the binding names a step, actor, post, team, unit, set or rule that is not there,
        leaves an actor unmapped, or makes the procedure contradict itself.
    """
    report = Report(binding.document.places)
    _check_belongs(procedure, binding, report)
    merged = Overlay(procedure.document, binding.document, report).document()
    inner = Report(merged.places)
    tenants = examine(merged, inner)
    report.problems += inner.problems
    actors = _actors(tenants, binding, organization, report) if tenants else {}
    cover = _cover(binding.document.data.get("cover", {}), organization, report)
    report.raise_if_any()
    assert tenants is not None
    return Edition(
        tenant=organization.tenant,
        code=binding.code,
        plugin=procedure.plugin,
        procedure=procedure.key,
        plugin_version=plugin_version,
        title=tenants.title,
        cover=cover,
        actors=actors,
        steps=tenants.steps,
        start=tenants.start,
        secrecy=tenants.secrecy,
        extra=tenants.extra,
    )


def _check_belongs(procedure: Procedure, binding: Binding, report: Report) -> None:
    if binding.procedure != procedure.key:
        text = f"berkas ini memetakan SOP '{binding.procedure}', bukan '{procedure.key}'"
        report.add(("procedure",), text, binding.procedure, (procedure.key,))
    plugin = binding.document.data.get("plugin", procedure.plugin)
    if plugin != procedure.plugin:
        report.add(("plugin",), f"SOP '{procedure.key}' milik '{procedure.plugin}', bukan '{plugin}'")


def _actors(procedure: Procedure, binding: Binding, organization: Organization, report: Report) -> dict[str, Actor]:
    """The actors with what fulfils them, in column order; those nobody needs and nobody mapped are left out."""
    mapped: Mapping[str, Any] = binding.document.data["actors"]
    needed = used(Flow(procedure.steps), procedure.start)
    # A near name that the procedure does not know was reported where it stands.
    mistaken = {nearest(key, procedure.actors) for key in mapped if key not in procedure.actors}
    for key in procedure.actors:
        if key in needed and key not in mapped and key not in mistaken:
            report.add(("actors",), f"pelaksana '{key}' belum dipetakan")
    return {
        key: replace(actor, target=_target(actor, mapped[key], ("actors", key), organization, report))
        for key, actor in procedure.actors.items()
        if key in mapped
    }


def _target(
    actor: Actor, item: Mapping[str, Any], path: KeyPath, organization: Organization, report: Report
) -> Target | None:
    named = [name for name in TARGETS if name in item]
    if len(named) != 1:
        said = "dua kali: " + ", ".join(named) if named else "belum ditunjuk; tulis position, team, unit atau set"
        report.add(path, f"pelaksana '{actor.key}' {said}")
        return None
    name = named[0]
    here = (*path, name)
    if not set(TARGETS[name]) & set(actor.kinds):
        fitting = [word for word, kinds in TARGETS.items() if set(kinds) & set(actor.kinds)]
        text = f"pelaksana '{actor.key}' ({', '.join(actor.kinds)}) tidak dapat berupa {name}"
        report.add(here, f"{text}; yang dapat: {', '.join(fitting)}")
    value = item[name]
    for key in value if isinstance(value, list) else [value]:
        _check_key(name, key, here, organization, report)
    who = item.get("who", "any")
    if "who" in item and name not in ("team", "unit"):
        report.add((*path, "who"), "'who' hanya berlaku untuk team dan unit")
    if isinstance(value, list):
        return Target(name, "", who, tuple(value))
    # A functional is a post like any other; only the procedure cares which kind it is.
    kind = "position" if name == "functional" else name
    return Target(kind, "" if value is True else str(value), who)


def _check_key(name: str, key: Any, path: KeyPath, organization: Organization, report: Report) -> None:
    places = {
        "position": ("jabatan", organization.positions),
        "positions": ("jabatan", organization.positions),
        "functional": ("jabatan", organization.positions),
        "team": ("tim", organization.teams),
        "unit": ("unit", organization.units),
        "units": ("unit", organization.units),
        "set": ("himpunan", organization.sets),
    }
    if name in places and key not in places[name][1]:
        said, known = places[name]
        report.add(path, f"{said} '{key}' tidak ada di organisasi", key, sorted(known))


def _cover(data: Mapping[str, Any], organization: Organization, report: Report) -> Cover:
    citations = []
    for index, item in enumerate(data.get("legal_bases") or ()):
        known, rule = sorted(organization.regulations), item.get("id")
        if rule is not None and rule not in organization.regulations:
            path = ("cover", "legal_bases", index, "id")
            report.add(path, f"peraturan '{rule}' tidak ada di daftar peraturan", rule, known)
        citations.append(Citation(rule, item["citation"], item.get("uncertain")))
    cells: dict[str, Any] = {name: data.get(name) for name in _CELLS}
    cells |= {name: tuple(data.get(name) or ()) for name in _LISTS}
    cells |= {name: dict(data.get(name, {})) for name in ("uncertain", "printed", "ocr")}
    return Cover(legal_bases=tuple(citations), **cells)
