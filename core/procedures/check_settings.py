"""What a procedure says of its cases as a whole: period, recurrence, norm, legal window; and spans of time."""

from collections.abc import Mapping
from typing import Any

from core.procedures.build import build_duration
from core.procedures.check_forms import check_reference
from core.procedures.flow import Flow
from core.procedures.model import Actor, Field, Start
from core.procedures.problems import KeyPath, Report
from core.procedures.words import COUNTED, PERIODS


def check_settings(
    extra: Mapping[str, Any], flow: Flow, actors: Mapping[str, Actor], start: Start, report: Report
) -> None:
    """Reports every fault of the settings, and every span of time written in a step's constructs."""
    asked = {f"case.{field.key}": field for field in start.asks}
    known = {**asked, **{f"{n.step.key}.{f.key}": f for n in flow.nodes for f in n.step.form}}
    _check_period(extra.get("period"), start, report)
    _check_norm(extra.get("norm"), known, report)
    for index, window in enumerate(extra.get("window", ())):
        _check_window(window, ("window", index), known, report)
    _check_recurring(extra.get("recurring"), ("recurring",), actors, report)
    for node in flow.nodes:
        _check_recurring(node.step.extra.get("recurring"), (*node.path, "recurring"), actors, report)
        for name in ("due", "wait_until"):
            _check_day(node.step.extra.get(name), (*node.path, name), report)


def _check_period(period: Any, start: Start, report: Report) -> None:
    target = period.get("target") if isinstance(period, dict) else None
    keys = [field.key for field in start.asks]
    if target is not None and target not in keys:
        report.add(("period", "target"), f"sasaran '{target}' tidak ditanyakan di asks", target, keys)


def _check_norm(norm: Any, known: Mapping[str, Field], report: Report) -> None:
    if isinstance(norm, str):
        build_duration(norm, ("norm",), report)
        return
    if norm is None:
        return
    for name in ("duration", "extend"):
        build_duration(norm.get(name), ("norm", name), report)
    classes = norm.get("classes", {})
    for name, text in classes.items():
        build_duration(text, ("norm", "classes", name), report)
    if ("by" in norm) != bool(classes):
        report.add(("norm",), "'by' dan 'classes' pada norm harus ditulis bersama")
    elif "by" in norm:
        _check_classes(norm["by"], classes, known, report)
    if not classes and not norm.get("duration"):
        report.add(("norm",), "norm harus memuat 'duration' atau 'classes'")
    if "from" in norm:
        check_reference(norm["from"], ("norm", "from"), known, report)


def _check_classes(by: str, classes: Mapping[str, str], known: Mapping[str, Field], report: Report) -> None:
    field = check_reference(by, ("norm", "by"), known, report)
    if field is None:
        return
    keys = [choice.key for choice in field.choices]
    for name in classes:
        if name not in keys:
            report.add(("norm", "classes", name), f"'{name}' bukan pilihan isian '{by}'", name, keys)


def _check_window(window: Mapping[str, Any], path: KeyPath, known: Mapping[str, Field], report: Report) -> None:
    field = check_reference(window["of"], (*path, "of"), known, report)
    if field and field.type not in ("date", "date_time", "period", *COUNTED):
        report.add((*path, "of"), f"isian '{window['of']}' bukan tanggal, masa atau tahun")
    bounds = [window[name] for name in ("from", "until") if name in window]
    if not bounds:
        report.add(path, "jendela hukum harus memuat 'from' atau 'until'")
    elif bounds != sorted(bounds):
        report.add((*path, "until"), "'until' lebih awal daripada 'from'")


def _check_recurring(
    recurring: Mapping[str, Any] | None, path: KeyPath, actors: Mapping[str, Actor], report: Report
) -> None:
    if recurring is None:
        return
    if recurring["every"] not in PERIODS:
        build_duration(recurring["every"], (*path, "every"), report)
    target = recurring.get("target")
    if target is not None and target not in actors:
        report.add((*path, "target"), f"pelaksana '{target}' tidak ada di actors", target, actors)


def _check_day(day: Any, path: KeyPath, report: Report) -> None:
    if isinstance(day, dict):
        build_duration(day.get("plus"), (*path, "plus"), report)
        if not {"date", "setting", "day", "after"} & set(day):
            report.add(path, "tanggal harus memuat date, setting, day atau after")
