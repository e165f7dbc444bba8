"""Forms, and everything that looks at answers: conditions, prefills, counts, dates, subjects."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from core.procedures import conditions
from core.procedures.condition_parser import BadCondition
from core.procedures.condition_types import check as misfits
from core.procedures.flow import Flow, Node
from core.procedures.model import Field, Start
from core.procedures.problems import KeyPath, Report
from core.procedures.violations import is_date
from core.procedures.words import ATTACHED, CHOOSING, CONDITION_WORDS, COUNTED

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def check_forms(flow: Flow, start: Start, report: Report) -> None:
    """Reports every fault of the fields and of what refers to them."""
    asked = {f"case.{field.key}": field for field in start.asks}
    _check_fields(start.asks, ("start", "asks"), {}, report)
    _check_subject(start, report)
    for node in flow.nodes:
        known = {**asked, **flow.visible_from(node)}
        _check_fields(node.step.form, (*node.path, "form"), known, report)
        _check_extras(node, known, report)


def check_condition(text: str, path: KeyPath, known: Mapping[str, Field], report: Report) -> None:
    """Reports what is wrong with one condition."""
    try:
        condition = conditions.parse(text)
    except BadCondition as bad:
        report.add(path, f"syarat tidak terbaca: {bad.reason}", suggestion=bad.suggestion)
        return
    for misfit in misfits(condition, known):
        report.add(path, misfit.text, misfit.word, misfit.among)


def check_reference(name: str, path: KeyPath, known: Mapping[str, Field], report: Report) -> Field | None:
    """The field that 'step.field' or 'case.field' names; reported where there is none in this case."""
    if "/" in name:  # another case's: known when it is opened
        return None
    field = known.get(name)
    if field is None:
        report.add(path, f"isian '{name}' tidak ada atau belum terisi di sini", name, known)
    return field


def _check_fields(fields: tuple[Field, ...], path: KeyPath, known: Mapping[str, Field], report: Report) -> None:
    own = {field.key: field for field in fields}
    seen: set[str] = set()
    for index, field in enumerate(fields):
        here = (*path, index)
        if field.key in seen:
            report.add(here, f"isian '{field.key}' tertulis dua kali")
        if field.key in CONDITION_WORDS:
            report.add(here, f"kunci isian '{field.key}' adalah kata syarat; pilih yang lain")
        seen.add(field.key)
        for name, fault in _misused(field):
            report.add((*here, name), f"isian '{field.key}': {fault}")
        if isinstance(field.required, str):
            check_condition(field.required, (*here, "required"), {**known, **own}, report)
        if field.prefill:
            check_reference(field.prefill, (*here, "prefill"), known, report)
        _check_fields(field.fields, (*here, "fields"), {}, report)


def _misused(field: Field) -> Iterator[tuple[str, str]]:
    """Attributes that the type of the field needs, or has no use for."""
    kind = field.type
    needed = {"choices": (*CHOOSING, "score"), "fields": ("table",), "register": ("record",)}
    for name, kinds in needed.items():
        if bool(getattr(field, name)) != (kind in kinds):
            yield name, f"'{name}' {'wajib ada' if kind in kinds else 'tidak berlaku'} untuk jenis {kind}"
    if (field.accept or field.max_mb) and kind not in ATTACHED:
        yield "accept", f"'accept' dan 'max_mb' tidak berlaku untuk jenis {kind}"
    limits = [limit for limit in (field.minimum, field.maximum) if limit is not None]
    if limits and kind not in COUNTED:
        yield "min", f"'min' dan 'max' tidak berlaku untuk jenis {kind}"
    if len(limits) == 2 and limits[0] > limits[1]:
        yield "min", "'min' lebih besar daripada 'max'"
    keys = [choice.key for choice in field.choices]
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        yield "choices", f"pilihan '{key}' tertulis dua kali"
    if field.many and kind in CHOOSING:
        yield "many", f"'many' tidak berlaku untuk jenis {kind}; gunakan choices"


def _check_subject(start: Start, report: Report) -> None:
    keys = [field.key for field in start.asks]
    for name in _PLACEHOLDER.findall(start.subject):
        if name not in keys:
            text = f"perihal menyebut '{{{name}}}' yang tidak ditanyakan di asks"
            report.add(("start", "subject"), text, name, keys)
    if set("{}") & set(_PLACEHOLDER.sub("", start.subject)):
        report.add(("start", "subject"), "kurung kurawal pada perihal tidak berpasangan")


def _check_extras(node: Node, known: Mapping[str, Field], report: Report) -> None:
    extra, path = node.step.extra, node.path
    if "when" in extra:
        check_condition(extra["when"], (*path, "when"), known, report)
    for index, document in enumerate(extra.get("documents", ())):
        if "when" in document:
            check_condition(document["when"], (*path, "documents", index, "when"), known, report)
    if "count" in extra:
        _check_count(node, known, report)
    for name in ("wait_until", "due"):
        _check_day(extra.get(name), (*path, name), known, report)
    starts = extra.get("starts")
    if isinstance(starts, dict):
        own = {f"{node.step.key}.{field.key}": field for field in node.step.form}
        for there, here in starts.get("with", {}).items():
            check_reference(here, (*path, "starts", "with", there), {**known, **own}, report)
    each = node.step.each
    if each and each.over == "rows":
        table = check_reference(each.of, (*path, "each", "of", "rows"), known, report)
        if table and table.type != "table":
            report.add((*path, "each", "of", "rows"), f"isian '{each.of}' bukan tabel")


def _check_count(node: Node, known: Mapping[str, Field], report: Report) -> None:
    own = {f"{node.step.key}.{field.key}": field for field in node.step.form}
    path = (*node.path, "count")
    field = check_reference(node.step.extra["count"], path, {**known, **own}, report)
    if field and field.type != "number":
        report.add(path, f"'count' memerlukan isian angka, bukan jenis {field.type}")


def _check_day(day: Any, path: KeyPath, known: Mapping[str, Field], report: Report) -> None:
    moment = day.get("date") if isinstance(day, dict) else day
    if isinstance(moment, str) and "." in moment:
        field = check_reference(moment, path, known, report)
        if field and field.type not in ("date", "date_time", "period"):
            report.add(path, f"isian '{moment}' bukan tanggal")
    elif isinstance(moment, str) and not is_date(moment):
        report.add(path, f"'{moment}' bukan tanggal yang ada")
