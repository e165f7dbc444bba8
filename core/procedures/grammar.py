"""The definition language as JSON Schema 2020-12: procedure files and tenants' bindings (engine.md)."""

from copy import deepcopy

from core.procedures.grammar_form import FIELD
from core.procedures.grammar_parts import (
    ACTORS,
    CELL,
    CODE,
    DATE,
    DURATION,
    FLAG,
    KEY,
    NOTES,
    PERIOD,
    PROCEDURE,
    REFERENCE,
    TEXT,
    TEXTS,
    Schema,
    either,
    key,
    listed,
    noted,
    odd,
    record,
    word,
)
from core.procedures.grammar_step import RECURRING, STEP, STEPS
from core.procedures.words import ACTOR_KINDS, COVER, PRINTED_COVER, SECRECY, SOURCES

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DEFINITIONS: Schema = {"step": STEP, "field": FIELD}

_KINDS: Schema = either(word(*ACTOR_KINDS), listed(word(*ACTOR_KINDS)))
_ACTOR: Schema = {
    "name": key("Nama pelaksana seperti kepala kolom", "Column head as printed", TEXT),
    "is": key("Bentuk pelaksana yang diterima", "What may fulfil it: one word or a list", _KINDS),
    "column": key("false: bukan kolom di lembar", "false: no column of the sheet", FLAG),
    "uncertain": key("Apa yang tidak pasti", "What the print leaves open", TEXT),
}

_START: Schema = record(
    {
        "by": key("Siapa yang boleh memulai", "Actors who may open a case", ACTORS),
        "from": key("Cara dimulai", "What it starts from", listed(word(*SOURCES))),
        "asks": key(
            "Yang ditanyakan saat memulai: nama (tahun) atau isian",
            "What is asked: a name or a field",
            listed(either(KEY, {"type": "object", "$ref": "#/$defs/field"}), 0),
        ),
        "subject": key("Perihal, dengan {isian}", "Subject with {field}", TEXT),
    }
)

_PERIOD: Schema = either(
    PERIOD,
    record(
        {
            "every": key("Masa", "Period", PERIOD),
            "target": key("Isian yang membedakan sasaran", "Start field that tells targets apart", KEY),
        },
        "every",
    ),
)

_NORM: Schema = either(
    TEXT,
    record(
        {
            "duration": key("Waktu baku seluruh pelaksanaan", "Norm of the case", DURATION),
            "by": key("Isian yang menentukan kelas", "Field that chooses the class", REFERENCE),
            "classes": key("Waktu baku per kelas", "Norm by class", NOTES),
            "from": key("Hari mulai dihitung: isian tanggal", "The day it runs from: a date field", REFERENCE),
            "extend": key("Perpanjangan satu kali", "One extension", TEXT),
            "basis": key("Dasar hukum", "Legal basis", TEXT),
        }
    ),
)

_WINDOW: Schema = record(
    {
        "of": key("Isian tanggal atau masa yang dibatasi", "Field that is limited", REFERENCE),
        "from": key("Berlaku sejak", "Valid from", DATE),
        "until": key("Berlaku sampai", "Valid until", DATE),
        "reason": key("Alasan yang ditampilkan", "Reason shown", TEXT),
        "basis": key("Dasar hukum", "Legal basis", TEXT),
    },
    "of",
    "reason",
)

_SETTINGS: Schema = {
    "start": key("Cara memulai pelaksanaan", "How a case starts", _START),
    "period": key("Paling banyak satu pelaksanaan per masa", "At most one case per period", _PERIOD),
    "recurring": key("Dibuka berulang", "Opened again and again", RECURRING),
    "norm": key("Waktu baku seluruh pelaksanaan", "Norm of the whole case", _NORM),
    "window": key("Jendela hukum", "Legal window", listed(_WINDOW)),
    "calendar": key("Kalender kerja yang dipakai", "Working calendar", KEY),
    "secrecy": key("Sifat pelaksanaan", "Secrecy of its cases", word(*SECRECY)),
    "anonymous": key("Pelapor boleh minta dirahasiakan", "A reporter may ask for anonymity", FLAG),
}

_CITATION: Schema = record(
    {
        "id": key("Kunci peraturan di daftar peraturan", "Id in the registry", {"type": ["string", "null"]}),
        "citation": key("Kutipan seperti tercetak", "As printed", TEXT),
        "uncertain": key("Apa yang tidak pasti", "What the print leaves open", TEXT),
    },
    "citation",
)

_LIST: Schema = {"type": ["array", "null"], "items": TEXT}
_COVER: Schema = record(
    {
        "number": key("Nomor SOP", "Number", CELL),
        "created": key("Tanggal pembuatan", "Date made", {**DATE, "type": ["string", "null"]}),
        "revised": key("Tanggal revisi", "Date revised", {**DATE, "type": ["string", "null"]}),
        "effective": key("Tanggal efektif", "Date effective", {**DATE, "type": ["string", "null"]}),
        "approved_by": key("Jabatan yang mengesahkan", "Position that approved it", CELL),
        "unit": key("Satuan kerja", "Unit", CELL),
        "legal_bases": key("Dasar hukum", "Legal bases", {"type": ["array", "null"], "items": _CITATION}),
        "qualifications": key("Kualifikasi pelaksana", "Qualifications", _LIST),
        "related": key("Keterkaitan", "Related procedures", _LIST),
        "equipment": key("Peralatan/perlengkapan", "Equipment", _LIST),
        "warnings": key("Peringatan", "Warnings", _LIST),
        "records": key("Pencatatan dan pendataan", "Records", _LIST),
        "uncertain": key("Apa yang tidak pasti, per bagian", "What the print leaves open", noted(*COVER)),
        "printed": key("Cetakan yang janggal, per bagian", "Odd print", odd(*PRINTED_COVER)),
        "ocr": key("Bacaan OCR yang diperbaiki", "What the OCR read", noted(*COVER)),
    }
)

_FULFILLED: Schema = {
    "position": key("Jabatan di organisasi daerah", "A position", KEY),
    "functional": key("Jabatan fungsional", "A functional position", KEY),
    "team": key("Tim", "A team", KEY),
    "unit": key("Unit kerja", "A unit", KEY),
    "set": key("Himpunan unit", "A set of units", KEY),
    "units": key("Daftar unit", "Units by name", listed(KEY)),
    "positions": key("Daftar jabatan", "Positions by name", listed(KEY)),
    "party": key("Pihak luar", "An external party", TEXT),
    "parties": key("Pihak-pihak luar", "External parties", TEXTS),
    "public": key("Masyarakat", "The public", {"const": True}),
    "system": key("Sistem", "The system", {"const": True}),
    "who": key("Siapa dalam tim: any atau head", "Any member or the head", word("any", "head")),
}


def json_schema() -> Schema:
    """The schema of a procedure file."""
    return deepcopy(
        {
            "$schema": _DIALECT,
            "$id": "urn:langkah:procedure",
            "title": "SOP",
            **record(
                {
                    "procedure": key("Nama SOP: bidang.nama", "Name: domain.name", PROCEDURE),
                    "title": key("Judul", "Title", TEXT),
                    "description": key("Ringkasan", "Summary", TEXT),
                    **_SETTINGS,
                    "actors": key(
                        "Pelaksana, menurut urutan kolom",
                        "Actors by key, in column order",
                        {"type": "object", "minProperties": 1, "propertyNames": KEY,
                         "additionalProperties": record(_ACTOR, "name", "is")},
                    ),
                    "steps": key("Langkah, menurut urutan cetak", "Steps in print order", STEPS),
                },
                "procedure",
                "title",
                "actors",
                "steps",
            ),
            "$defs": _DEFINITIONS,
        }
    )  # fmt: skip


def binding_schema() -> Schema:
    """The schema of a tenant's binding: a procedure under a code, with cover, actors and own wording."""
    return deepcopy(
        {
            "$schema": _DIALECT,
            "$id": "urn:langkah:binding",
            "title": "Pemetaan SOP daerah",
            **record(
                {
                    "procedure": key("SOP yang dipakai", "The procedure", PROCEDURE),
                    "code": key("Kode SOP di daerah ini", "Code at this tenant", CODE),
                    "title": key("Judul seperti tercetak", "Title as printed", TEXT),
                    "plugin": key("Plugin asal", "Plugin it comes from", KEY),
                    "cover": key("Halaman identitas", "Cover", _COVER),
                    **_SETTINGS,
                    "actors": key(
                        "Pemetaan pelaksana, menurut urutan kolom lembar",
                        "What fulfils each actor, in the sheet's column order",
                        {"type": "object", "minProperties": 1, "propertyNames": KEY,
                         "additionalProperties": record({**_ACTOR, **_FULFILLED})},
                    ),
                    "steps": key(
                        "Langkah yang diubah menurut kuncinya, atau daftar langkah pengganti seluruhnya",
                        "Steps changed, by key; or a list that replaces all",
                        {"type": ["object", "array"], "items": {"$ref": "#/$defs/step"},
                         "additionalProperties": {"$ref": "#/$defs/change"}},
                    ),
                },
                "procedure",
                "code",
                "actors",
            ),
            "$defs": {**_DEFINITIONS, "change": _change()},
        }
    )  # fmt: skip


def _change() -> Schema:
    """A step of a binding: any of its keys anew; null empties one."""
    properties: Schema = {
        name: {"if": {"not": {"type": "null"}}, "then": schema, "description": schema["description"]}
        for name, schema in STEP["properties"].items()
        if name != "key"
    }
    own: Schema = {
        "replace": key("Ganti langkah ini seluruhnya", "Nothing is taken over", FLAG),
        "remove": key("Langkah ini tidak ada di daerah ini", "The step does not exist here", FLAG),
        "after": key("Langkah baru sesudah langkah ini", "A new step after this one", KEY),
    }
    return {**record({**properties, **own}), "type": "object", "minProperties": 1}
