"""Who does what: every actor that is named exists and can do what it is named for."""

from collections.abc import Iterator

from core.procedures.build import as_list
from core.procedures.flow import Flow, Node
from core.procedures.model import Actor, Start
from core.procedures.problems import KeyPath, Report
from core.procedures.words import SETS

_ROUTE = ("draft", "initial", "coordinate", "sign", "to", "copy")


def check_actors(flow: Flow, actors: dict[str, Actor], start: Start, report: Report) -> None:
    """Reports every actor that is not there, and sets of members that a single task is given to."""
    for key, path in _named(flow, start):
        if key not in actors:
            if path[-1] == "actor" and not report.knows(path):
                path = (*path[:-1], "actors")
            report.add(path, f"pelaksana '{key}' tidak ada di actors", key, actors)
    for node in flow.nodes:
        _check_responsible(node, flow, actors, report)
        _check_each(node, actors, report)


def used(flow: Flow, start: Start) -> set[str]:
    """The keys of all actors that anything names."""
    return {key for key, _ in _named(flow, start)}


def _named(flow: Flow, start: Start) -> Iterator[tuple[str, KeyPath]]:
    for index, key in enumerate(start.by):
        yield key, ("start", "by", index)
    for node in flow.nodes:
        step, path = node.step, node.path
        for key in step.actors:
            yield key, (*path, "actor")
        if step.each and step.each.over == "actor":
            yield step.each.of, (*path, "each", "of")
        if step.each and step.each.supervisor:
            yield step.each.supervisor, (*path, "each", "supervisor")
        appointment = step.extra.get("appointment")
        if isinstance(appointment, dict):
            for key in as_list(appointment.get("with")):
                yield key, (*path, "appointment", "with")
        for index, document in enumerate(step.extra.get("documents", ())):
            for role in _ROUTE:
                for key in as_list(document.get("route", {}).get(role)):
                    yield key, (*path, "documents", index, "route", role)


def _check_responsible(node: Node, flow: Flow, actors: dict[str, Actor], report: Report) -> None:
    step = node.step
    if step.is_block:
        return
    by_system = step.extra.get("by") == "system"
    if by_system != ("handler" in step.extra):
        report.add((*node.path, "by"), "'by: system' dan 'handler' harus ditulis bersama")
    if not step.actors:
        if not by_system:
            report.add(node.path, f"langkah '{step.key}' belum punya pelaksana (actor)")
        return
    first = actors.get(step.actors[0])
    around = [flow.by_key[key].step.each for key in node.inside if key in flow.by_key]
    members = [each.of for each in (step.each, *around) if each]
    if first and set(first.kinds) <= set(SETS) and not step.standing and first.key not in members:
        text = f"pelaksana '{first.key}' adalah himpunan; langkah '{step.key}' perlu each: {{of: {first.key}}}"
        report.add((*node.path, "actor"), text)


def _check_each(node: Node, actors: dict[str, Actor], report: Report) -> None:
    each = node.step.each
    if each is None or each.over != "actor" or each.of not in actors:
        return
    if not set(actors[each.of].kinds) & set(SETS):
        report.add(
            (*node.path, "each", "of"),
            f"each memerlukan pelaksana jamak (units, positions, parties), bukan '{each.of}'",
        )
