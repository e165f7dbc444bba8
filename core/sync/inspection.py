"""Holds a file against its schema; every fault at once, with its line and the nearest valid word."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from core.errors import BadInput
from core.procedures.problems import Problem, ProcedureError, Report
from core.procedures.reader import Document, read
from core.sync.grammar import DEMO, LEGAL, ORGANIZATION, TENANT, Schema

_TYPES = {
    "string": "teks",
    "object": "pasangan kunci dan nilai",
    "array": "daftar",
    "boolean": "true atau false",
    "integer": "bilangan bulat",
    "null": "kosong (null)",
}
_SHOWN = 40


class FilesRefused(BadInput):
    """Berkas ditolak, tidak ada yang diterapkan: {listing}"""

    type = "berkas-daerah-ditolak"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.file, p.line, p.text)))
        super().__init__(
            listing=" · ".join(map(str, self.problems)),
            problems=[
                {"file": p.file, "line": p.line, "text": p.text, "suggestion": p.suggestion} for p in self.problems
            ],
        )


def open_file(source: bytes, name: str, kind: str) -> tuple[Document | None, list[Problem]]:
    """The document of a file of `kind` (tenant, organization, legal, demo), or what is wrong with it."""
    try:
        document = read(source, name)
    except ProcedureError as error:
        return None, list(error.problems)
    report = Report(document.places)
    violations = list(_VALIDATORS[kind].iter_errors(document.data))
    for violation in violations:
        _report(violation, report)
    return (None if violations else document), report.problems


def _validator(schema: Schema) -> Draft202012Validator:
    checker = FormatChecker(formats=())
    checker.checks("date")(_is_date)
    return Draft202012Validator(schema, format_checker=checker)


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return len(value) == len("2026-01-31") and bool(date.fromisoformat(value))
    except ValueError:
        return False


_VALIDATORS = {
    "tenant": _validator(TENANT),
    "organization": _validator(ORGANIZATION),
    "legal": _validator(LEGAL),
    "demo": _validator(DEMO),
}


def _report(error: Any, report: Report) -> None:
    path: tuple[Any, ...] = tuple(error.absolute_path)
    name = next((part for part in reversed(path) if isinstance(part, str)), "berkas")
    wanted: Any = error.validator_value
    match error.validator:
        case "additionalProperties":
            for unknown in _unknown(error):
                report.add((*path, unknown), f"kunci '{unknown}' tidak dikenal", unknown, error.schema["properties"])
        case "required":
            for missing in (key for key in wanted if key not in error.instance):
                report.add(path, f"kunci '{missing}' wajib ada{_inside(error, name)}")
        case "type":
            _report_type(error, path, name, report)
        case "enum":
            report.add(path, f"'{name}' tidak mengenal {_said(error.instance)}", str(error.instance), wanted)
        case "pattern" | "format":
            report.add(path, f"'{name}' {error.schema['keterangan']}, bukan {_said(error.instance)}")
        case "uniqueItems":
            report.add(path, f"'{name}' memuat butir yang sama dua kali")
        case _:
            report.add(path, f"'{name}' di luar batas: {_said(error.instance)}")


def _unknown(error: Any) -> Iterator[str]:
    return (key for key in error.instance if key not in error.schema["properties"])


def _inside(error: Any, name: str) -> str:
    key = error.instance.get("key") or error.instance.get("id") or error.instance.get("name")
    return f" pada '{key}'" if isinstance(key, str) else "" if name == "berkas" else f" pada '{name}'"


def _report_type(error: Any, path: tuple[Any, ...], name: str, report: Report) -> None:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    written = report.place(path).written
    if "string" in wanted and isinstance(error.instance, int | float) and written is not None:
        report.add(path, f"'{name}' harus teks; beri tanda kutip: {name}: \"{written}\"")
    elif wanted == ["boolean"] and isinstance(error.instance, str):
        report.add(path, f"'{name}' harus true atau false", error.instance, ("true", "false"))
    else:
        said = " atau ".join(_TYPES[kind] for kind in wanted)
        report.add(path, f"'{name}' harus {said}, bukan {_said(error.instance)}")


def _said(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= _SHOWN else f"'{value[:_SHOWN]}…'"
    if isinstance(value, dict | list):
        return _TYPES["object" if isinstance(value, dict) else "array"]
    return "kosong" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
