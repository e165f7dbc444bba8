"""Small schemas the others are made of. `keterangan` is our keyword: what to tell who breaks a pattern."""

from typing import Any

from core.procedures.words import LIST_CELLS, PERIODS

Schema = dict[str, Any]

_KEY = "[a-z][a-z0-9_]*"
_CASE = f"(?:previous|{_KEY}\\.[a-z0-9_-]+)/"
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

TEXT: Schema = {"type": "string", "pattern": r"\S", "keterangan": "tidak boleh kosong"}
CELL: Schema = {"type": ["string", "null"]}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 1}
NUMBER: Schema = {"type": "number"}
KEY: Schema = {
    "type": "string",
    "pattern": f"^{_KEY}$",
    "keterangan": "harus huruf kecil, angka dan garis bawah, diawali huruf",
}
PROCEDURE: Schema = {
    "type": "string",
    "pattern": f"^{_KEY}\\.[a-z0-9][a-z0-9_-]*$",
    "keterangan": "harus berbentuk bidang.nama, misalnya spbe.monev",
}
CODE: Schema = {
    "type": "string",
    "pattern": "^[a-z0-9][a-z0-9-]*$",
    "keterangan": "harus huruf kecil, angka dan tanda hubung",
}
DATE: Schema = {"type": "string", "format": "date", "keterangan": "harus tanggal seperti 2026-01-31"}
REFERENCE: Schema = {
    "type": "string",
    "pattern": f"^(?:{_CASE})?{_KEY}\\.{_KEY}$",
    "keterangan": "harus berbentuk langkah.isian",
}
ORIGIN: Schema = {
    "type": "string",
    "pattern": f"^(?:{_CASE})?{_KEY}(?:\\.{_KEY})?$",
    "keterangan": "harus berbentuk langkah atau langkah.isian",
}
MOMENT: Schema = {
    "type": "string",
    "pattern": f"^(?:{_DATE}|(?:{_CASE})?{_KEY}\\.{_KEY})$",
    "keterangan": "harus tanggal seperti 2026-01-31 atau langkah.isian",
}
CONDITION: Schema = {**TEXT, "maxLength": 2000}
DURATION: Schema = {"type": ["string", "null"]}
KEYS: Schema = {"type": "array", "items": KEY, "uniqueItems": True}
TEXTS: Schema = {"type": "array", "items": TEXT}
NOTES: Schema = {"type": "object", "additionalProperties": TEXT}


def word(*words: str) -> Schema:
    """One of a closed list."""
    return {"enum": list(words)}


def listed(items: Schema, least: int = 1) -> Schema:
    """A list of at least `least` items."""
    return {"type": "array", "items": items, "minItems": least}


def noted(*about: str) -> Schema:
    """Explanations by the name of the cell they are about."""
    return {"type": "object", "properties": dict.fromkeys(about, TEXT), "additionalProperties": False}


def odd(*about: str) -> Schema:
    """Cells as oddly printed, by their name; null where the print is blank and the flow needs a value."""
    lists = {"type": ["array", "null"], "items": TEXT}
    properties = {name: lists if name in LIST_CELLS else CELL for name in about}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def record(properties: Schema, *required: str) -> Schema:
    """A mapping with these keys and no other."""
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def either(short: Schema, long: Schema) -> Schema:
    """A short form or a long one of another type; an error speaks of the one that was meant."""
    kinds = [short["type"], long["type"]] if "type" in short else ["string", long["type"]]
    return {"type": kinds, "if": {"type": long["type"]}, "then": long, "else": short}


def key(indonesian: str, english: str, schema: Schema) -> Schema:
    """A schema with the description of its key in both languages."""
    return {"description": f"{indonesian} / {english}", **schema}


ACTORS: Schema = either(KEY, listed(KEY))
PERIOD: Schema = word(*PERIODS)
