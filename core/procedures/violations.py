"""Holds a document against its schema and says what is wrong in words an author understands.

What is only an unknown key, or one wrong value, is cut out afterwards, so that the checks of meaning can
still look at the rest and all faults come out together.
"""

import copy
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from core.procedures.grammar import binding_schema, json_schema
from core.procedures.problems import KeyPath, Report, nearest
from core.procedures.reader import Document

_TYPES = {
    "string": "teks",
    "object": "pasangan kunci dan nilai",
    "array": "daftar",
    "boolean": "true atau false",
    "integer": "bilangan bulat",
    "number": "angka",
    "null": "kosong",
}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def inspect(document: Document, report: Report, kind: str) -> dict[str, Any] | None:
    """Reports every violation of the schema of `kind` ('procedure' or 'binding').

    Returns the data without what was wrong, or None where too little is left to look further.
    """
    errors = _without_echoes(_validator(kind).iter_errors(document.data))
    for error in errors:
        _report(error, report)
    if not errors:
        return document.data
    report.cut = {path for error in errors for path in _guilty(error)}
    rest = _without(document.data, report.cut)
    return rest if _validator(kind).is_valid(rest) else None


@cache
def _validator(kind: str) -> Draft202012Validator:
    checker = FormatChecker(formats=())
    checker.checks("date")(is_date)
    schema = {"procedure": json_schema, "binding": binding_schema}[kind]()
    return Draft202012Validator(schema, format_checker=checker)


def is_date(value: object) -> bool:
    """Whether a text is a day of the calendar; of anything else the type is to blame, not the date."""
    if not isinstance(value, str):
        return True
    try:
        return bool(_DATE.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def _without_echoes(errors: Iterator[ValidationError]) -> list[ValidationError]:
    """One wrong type fails both the whole and the form that was tried: the outer one says more."""
    kept: dict[tuple[Any, ...], ValidationError] = {}
    for error in sorted(errors, key=lambda e: len(e.absolute_schema_path)):
        path, fault = tuple(error.absolute_path), str(error.validator)
        if not any(seen[0] == path and seen[1] in ("type", fault) for seen in kept):
            kept[path, fault] = error
    return list(kept.values())


def _guilty(error: Any) -> Iterator[KeyPath]:
    """The keys to cut so that the rest can be looked at. Lists keep their length: places go by index."""
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        yield from ((*path, name) for name in _unknown(error))
    elif error.validator not in ("required", "minProperties"):
        while path and isinstance(path[-1], int):
            path = path[:-1]
        yield path


def _unknown(error: Any) -> list[str]:
    known = error.schema.get("properties", {})
    return [name for name in error.instance if name not in known]


def _without(data: dict[str, Any], cut: set[KeyPath]) -> dict[str, Any]:
    """A copy of `data` without the keys at `cut`, the deepest first."""
    rest = copy.deepcopy(data)
    for path in sorted(filter(None, cut), key=len, reverse=True):
        holder: Any = rest
        for part in path[:-1]:
            holder = holder[part]
        holder.pop(path[-1], None)
    return rest


def _report(error: Any, report: Report) -> None:
    path = tuple(error.absolute_path)
    name = next((part for part in reversed(path) if isinstance(part, str)), "berkas")
    wanted = error.validator_value
    match error.validator:
        case "additionalProperties":
            for unknown in _unknown(error):
                known = error.schema.get("properties", {})
                report.add((*path, unknown), f"kunci '{unknown}' tidak dikenal", unknown, known)
        case "required":
            for missing in (key for key in wanted if key not in error.instance):
                _report_missing(error, missing, path, report)
        case "type":
            _report_type(error, path, name, report)
        case "enum":
            said = _said(error.instance)
            report.add(path, f"'{name}' tidak mengenal {said}", str(error.instance), map(str, wanted))
        case "pattern" | "format":
            hint = error.schema.get("keterangan", "tidak berbentuk seharusnya")
            report.add(path, f"'{name}' {hint}, bukan {_said(error.instance)}")
        case "minItems" | "minProperties":
            report.add(path, f"'{name}' harus berisi sekurangnya {wanted} butir")
        case "uniqueItems":
            report.add(path, f"'{name}' memuat butir yang sama dua kali")
        case "const":
            report.add(path, f"'{name}' harus {str(wanted).lower()}, bukan {_said(error.instance)}")
        case _:
            limits = {"minimum": "sekurangnya", "maximum": "paling besar", "exclusiveMinimum": "lebih dari",
                      "maxLength": "panjangnya paling banyak"}  # fmt: skip
            report.add(path, f"'{name}' harus {limits.get(str(error.validator), 'memenuhi')} {wanted}")


def _report_missing(error: Any, missing: str, path: KeyPath, report: Report) -> None:
    """A key that is there under a near name is reported once, as the unknown key it is."""
    known = error.schema.get("properties", {})
    if any(nearest(unknown, known) == missing for unknown in _unknown(error)):
        return
    key = error.instance.get("key")
    where = next((part for part in reversed(path) if isinstance(part, str)), None)
    inside = f"'{key}'" if isinstance(key, str) else f"'{where}'" if where else "berkas"
    report.add(path, f"kunci '{missing}' wajib ada pada {inside}")


def _report_type(error: Any, path: KeyPath, name: str, report: Report) -> None:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    said = " atau ".join(_TYPES[kind] for kind in wanted if kind != "null")
    written = report.place(path).written
    if "string" in wanted and isinstance(error.instance, int | float) and written is not None:
        if isinstance(path[-1], int):
            report.add(path, f"butir '{name}' harus teks; beri tanda kutip: \"{written}\"")
        else:
            report.add(path, f"'{name}' harus teks; beri tanda kutip: {name}: \"{written}\"")
    elif wanted == ["boolean"] and isinstance(error.instance, str):
        report.add(path, f"'{name}' harus true atau false", error.instance, ("true", "false"))
    else:
        report.add(path, f"'{name}' harus {said}, bukan {_said(error.instance)}")


def _said(value: Any) -> str:
    if isinstance(value, str):
        shown = value if len(value) <= 40 else f"{value[:40]}…"
        return f"'{shown}'"
    if value is None:
        return "kosong"
    if isinstance(value, dict | list):
        return _TYPES["object" if isinstance(value, dict) else "array"]
    return str(value).lower() if isinstance(value, bool) else str(value)
