"""One entry of `steps`: a row of the sheet with everything that may be said about it, or a block of rows."""

from core.procedures.grammar_form import DOCUMENT, REQUIREMENT
from core.procedures.grammar_parts import (
    ACTORS,
    CELL,
    CONDITION,
    COUNT,
    DATE,
    DURATION,
    FLAG,
    KEY,
    KEYS,
    MOMENT,
    PERIOD,
    PROCEDURE,
    REFERENCE,
    TEXT,
    Schema,
    either,
    key,
    listed,
    noted,
    odd,
    record,
    word,
)
from core.procedures.words import CERTAINTY, KINDS, PRINTED_ROW, ROW

STEPS: Schema = listed({"$ref": "#/$defs/step"})

TARGET: Schema = either(TEXT, record({"end": key("Akhir", "An end", word("case"))}, "end"))

OUTCOME: Schema = record(
    {
        "key": key("Kunci keputusan", "Key", KEY),
        "label": key("Keputusan seperti dilihat pengguna", "Label", TEXT),
        "to": key(
            "Tujuan: kunci langkah, next, end, atau 'end: case'; langkah di belakang berarti pengembalian",
            "Target; a step behind makes it a return",
            TARGET,
        ),
        "added": key(
            "Alasan keputusan ini ada walau tidak tercetak di lembar SOP",
            "Why it exists although the sheet does not print it",
            TEXT,
        ),
    },
    "key",
    "label",
)

EACH: Schema = record(
    {
        "of": key(
            "Pelaksana jamak, {rows: langkah.tabel} atau {records: register}",
            "An actor that is a set, the rows of a table or the records of a register",
            either(
                KEY,
                record(
                    {
                        "rows": key("Isian tabel", "A table field", REFERENCE),
                        "records": key("Register plugin", "A plugin's register", KEY),
                    }
                ),
            ),
        ),
        "join": key(
            "Lanjut bila selesai: all, any, atau bilangan (sekurangnya n)",
            "Goes on at all, any or at least n",
            either(
                {"type": "integer", "minimum": 1},
                {
                    "type": "string",
                    "pattern": "^(?:all|any|at least [1-9][0-9]*)$",
                    "keterangan": "harus all, any, atau at least n",
                },
            ),
        ),
        "approve": key("Persetujuan kepala unit sebelum dikirim kembali", "Head's approval", word("head")),
        "supervisor": key("Pelaksana yang mengawasi langkah ini", "Who supervises the step", KEY),
        "steps": key("Rangkaian langkah untuk tiap anggota", "Steps run per member", STEPS),
    },
    "of",
)

BRANCH: Schema = record(
    {
        "key": key("Kunci cabang", "Key", KEY),
        "label": key("Nama cabang", "Name", TEXT),
        "steps": key("Langkah cabang", "Steps", STEPS),
    },
    "key",
    "steps",
)

# A date that follows from the case: a field, a setting of the tenant, or a day after a period.
DAY: Schema = either(
    MOMENT,
    record(
        {
            "date": key("Isian tanggal atau tanggal tetap", "A date field or a fixed date", MOMENT),
            "setting": key("Pengaturan daerah yang memuat tanggalnya", "A setting of the tenant", KEY),
            "day": key("Tanggal dalam bulan", "Day of the month", {**COUNT, "maximum": 31}),
            "month": key("Bulan", "Month", {**COUNT, "maximum": 12}),
            "after": key("Sesudah masa ini berakhir", "After the end of this period", PERIOD),
            "plus": key("Ditambah waktu", "Plus a span", DURATION),
        }
    ),
)

RECURRING: Schema = record(
    {
        "every": key("Selang: masa (bulan) atau waktu (3 bulan)", "Interval: a period or a span", TEXT),
        "day": key("Tanggal dalam masa", "Day within the period", {**COUNT, "maximum": 366}),
        "target": key("Satu per anggota pelaksana ini", "One per member of this actor", KEY),
        "until": key(
            "Sampai langkah ini selesai, tanggal ini, atau sekian kali",
            "Until the end of a step, a date or a count",
            either(
                KEY,
                record(
                    {
                        "step": key("Langkah", "A step", KEY),
                        "date": key("Tanggal", "A date", DATE),
                        "count": key("Berapa kali", "How often", COUNT),
                    }
                ),
            ),
        ),
    },
    "every",
)

APPOINTMENT: Schema = either(
    FLAG,
    record(
        {
            "with": key("Pelaksana yang diundang", "Who is invited", ACTORS),
            "place": key("Tempat lazim", "Usual place", TEXT),
        }
    ),
)

COLLECT: Schema = record(
    {
        "filings": key("Jenis permohonan atau aduan yang dihimpun", "Kind of filing", KEY),
        "cases": key("SOP yang pelaksanaannya dihimpun", "Procedure of the cases", PROCEDURE),
        "action": key("Ditautkan atau ditutup", "Linked or closed", word("link", "close")),
    }
)

STARTS: Schema = either(
    PROCEDURE,
    record(
        {
            "procedure": key("SOP yang dimulai", "Procedure to open a case of", PROCEDURE),
            "wait": key("Menunggu pelaksanaan itu selesai", "Waits for it", FLAG),
            "with": key(
                "Isian yang dibawa: isian di sana → langkah.isian di sini",
                "Answers handed over",
                {"type": "object", "additionalProperties": REFERENCE},
            ),
        },
        "procedure",
    ),
)

_ROW: Schema = {
    "key": key("Kunci langkah, unik dalam SOP", "Key, unique in the procedure", KEY),
    "no": key("Nomor seperti tercetak, sebagai teks", "Number as printed, text", CELL),
    "phase": key("Tahap", "Phase", CELL),
    "activity": key("Kegiatan seperti tercetak", "Activity as printed", TEXT),
    "actor": key("Pelaksana", "Who does it; of several the first is responsible", ACTORS),
    "actors": key("Pelaksana, yang pertama penanggung jawab", "The same, as a list", listed(KEY)),
    "actor_inferred": key("Seberapa yakin pelaksananya", "How sure the actor is", word(*CERTAINTY)),
    "kind": key("Apa yang dilakukan pelaksana", "What the actor does", word(*KINDS)),
    "requirements": key("Kelengkapan", "Requirements", {"type": ["array", "null"], "items": REQUIREMENT}),
    "duration": key("Waktu baku seperti tercetak", "Norm time as printed", DURATION),
    "output": key("Output", "Output", CELL),
    "remark": key("Keterangan", "Remark", CELL),
    "help": key("Petunjuk bagi pelaksana", "Guidance", TEXT),
    "uncertain": key("Apa yang tidak pasti, per kolom", "What the print leaves open", noted(*ROW)),
    "printed": key(
        "Cetakan yang janggal, per kolom; lembar memakai ini",
        "Odd print kept for the sheet",
        odd(*PRINTED_ROW),
    ),
    "ocr": key("Bacaan OCR yang diperbaiki, per kolom", "What the OCR read", noted(*ROW)),
}

_FLOW: Schema = {
    "outcomes": key("Keputusan", "Named results", listed(OUTCOME)),
    "return": key("none: tidak pernah dikembalikan", "none: never returned", word("none")),
    "returns_to": key("Langkah tujuan 'dikembalikan'", "Where 'dikembalikan' goes", KEY),
    "each": key("Satu tugas per anggota", "One task per member", EACH),
    "parallel": key("Cabang serentak", "Branches side by side", listed(BRANCH, 2)),
    "optional": key("Boleh dilewati; teks menjelaskan kapan", "May be skipped", either(FLAG, TEXT)),
    "when": key("Hanya bila syarat terpenuhi", "Only on a condition", CONDITION),
    "collect": key("Menghimpun permohonan atau pelaksanaan", "Gathers filings or cases", COLLECT),
    "standing": key("Baris penutup tanpa tugas", "A closing row that opens no task", FLAG),
    "keep": key("Tidak diulang saat pengembalian", "Passed over when redone", FLAG),
    "by": key("Dikerjakan sistem", "Done by a handler", word("system")),
    "handler": key("Penangan milik plugin", "The plugin's handler", TEXT),
    "starts": key("Memulai SOP lain", "Opens a case of another procedure", STARTS),
    "all_must": key("Semua pelaksana harus menyelesaikan", "Every actor must complete", FLAG),
    "not_by": key("Tidak oleh orang yang mengerjakan langkah ini", "Not by who did these", KEYS),
    "strategic": key("Tindakan strategis: Plt dan Plh diingatkan", "Warns a Plt or Plh", FLAG),
    "form": key("Formulir", "Form", listed({"$ref": "#/$defs/field"})),
    "documents": key("Naskah dinas yang diterbitkan", "Documents it issues", listed(DOCUMENT)),
    "wait_until": key("Menunggu sampai tanggal", "Holds until a date", DAY),
    "due": key("Jatuh tempo pada tanggal", "Due on a date", DAY),
    "appointment": key("Janji temu", "An agreed time and place", APPOINTMENT),
    "recurring": key("Terbuka berulang", "Opens again and again", RECURRING),
    "count": key("Isian pengali waktu baku per butir", "Field that multiplies the norm", REFERENCE),
}

STEP: Schema = record({**_ROW, **_FLOW}, "key")
